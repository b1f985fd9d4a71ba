"""Rule: one thing that is asked of a plan, with its reason, its source and an example of both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypedDict, Unpack

if TYPE_CHECKING:
    from waterspace.checks.context import Context
    from waterspace.domain import Position, Severity, Window

__all__ = ["JUDGEMENT", "Check", "NotCheckedError", "Remark", "Rule", "RuleText", "registered", "rule"]

JUDGEMENT = "our judgement"
"""What stands as the source of a rule that no publication gives."""


class NotCheckedError(Exception):
    """A rule lacks the data it needs. Raised by a rule, after whatever it could say; never leaves `check`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a rule has to say once; with the rule's code it becomes a finding.

    Attributes:
        message: one or two sentences for a person.
        subjects: ids of what is meant, most important first.
        path: keys that lead to the value in the file.
        position: where on the sea.
        window: when.
        severity: None for that of the rule.
    """

    message: str
    subjects: tuple[str, ...]
    path: tuple[str, ...]
    position: Position | None = None
    window: Window | None = None
    severity: Severity | None = None


Check: TypeAlias = "Callable[[Context], Iterable[Remark]]"
"""Looks at a plan and remarks on it; raises `NotCheckedError` where data is absent."""


class RuleText(TypedDict):
    """What is said about a rule; see `Rule`."""

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    source: str
    bad: str
    good: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that is asked of a plan.

    Attributes:
        code: family and number, such as `WS201`.
        name: a few words joined by hyphens.
        severity: of its findings, unless a finding says otherwise.
        summary: what is wrong where it speaks, in one sentence.
        why: what comes of it.
        source: the publication with the number it gives, or `JUDGEMENT`.
        bad: part of an exercise file that it speaks about; `waterspace.checks.example` makes it whole.
        good: the same part, in order.
        check: does the work.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    source: str
    bad: str
    good: str
    check: Check


_RULES: dict[str, Rule] = {}


def rule(**text: Unpack[RuleText]) -> Callable[[Check], Check]:
    """Make a rule of a function that remarks on a plan."""

    def register(check: Check) -> Check:
        made = Rule(**text, check=check)
        assert made.code not in _RULES or _RULES[made.code].check.__module__ == check.__module__, made.code
        _RULES[made.code] = made
        return check

    return register


def registered() -> tuple[Rule, ...]:
    """The rules of the modules imported so far, in order of code."""
    return tuple(_RULES[code] for code in sorted(_RULES))
