"""Rule: one thing that is asked of a plan, with its reason, its source and an example of both sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NotRequired, TypeAlias, TypedDict, Unpack

if TYPE_CHECKING:
    from waterspace.checks.context import Context
    from waterspace.checks.limits import Limit
    from waterspace.domain import Amount, Fix, Position, Severity, Shape, Window
    from waterspace.geometry.meeting import Clash

__all__ = ["JUDGEMENT", "Check", "NotCheckedError", "Remark", "Rule", "RuleText", "registered", "rule"]

_SECTION = re.compile(r"^(\w+):", re.MULTILINE)

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
        position: where on the sea; without it, that of the clash.
        window: when; without it, that of the clash.
        severity: None for that of the rule.
        about: ids by which the same matter is known again after an edit elsewhere; without it, the subjects. To be
            given where the list of subjects grows and shrinks with the rest of the plan.
        clash: where claims or tracks meet; gives position, window and shapes.
        windows: where it holds at several times; `window` is then left out.
        shapes: what a map draws, beside what the clash gives.
        amount: how much was found against which limit.
        fix: what would mend it.
    """

    message: str
    subjects: tuple[str, ...]
    path: tuple[str, ...]
    position: Position | None = None
    window: Window | None = None
    severity: Severity | None = None
    about: tuple[str, ...] | None = None
    clash: Clash | None = None
    windows: tuple[Window, ...] = ()
    shapes: tuple[Shape, ...] = ()
    amount: Amount | None = None
    fix: Fix | None = None


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
    limits: NotRequired[tuple[Limit, ...]]
    files: NotRequired[Mapping[str, str]]


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
        limits: the numbers in it that a staff may change.
        files: name to content of the files of data that the examples name.
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
    limits: tuple[Limit, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def reads(self) -> Mapping[str, str]:
        """Key of the plan under which a file of data is named, such as `environment.firs`, to the examples' file."""
        found: dict[str, str] = {}
        for file in self.files:
            named = re.compile(rf"(\w+): *{re.escape(file)}(?![\w.-])")
            for example in (self.bad, self.good):
                for match in named.finditer(example):
                    section = _SECTION.findall(example, 0, match.end())[-1]
                    found[f"{section}.{match[1]}"] = file
        return found


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
