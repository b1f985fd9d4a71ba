"""What is wrong with a text, as marks in it: faults, findings, and what could not be checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from waterspace import checks
from waterspace.domain import Severity
from waterspace.errors import UnknownRuleError
from waterspace.lsp.layout import token_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import CheckResult, Finding
    from waterspace.errors import Fault
    from waterspace.lsp.names import Name
    from waterspace.lsp.plan import Plan
    from waterspace.lsp.text import Span

__all__ = ["FILE_FAULT", "Mark", "Related", "marks_of_faults", "marks_of_result"]

FILE_FAULT = "WS000"
"""The code of whatever keeps a file from being understood."""

_UNUSED = re.compile(r"unused\b")
_MOST_RELATED = 8


class Related(NamedTuple):
    """Another place that a mark is about."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something to be said of a part of a text.

    Attributes:
        span: the value or key at fault.
        severity: None for what could not be checked.
        code: of the rule.
        message: for a person.
        related: where the other subjects are defined.
        is_unused: whether the text does nothing, so that it may be drawn faintly.
        finding: None for faults and for what could not be checked.
        fault: None for findings.
    """

    span: Span
    severity: Severity | None
    code: str
    message: str
    related: tuple[Related, ...] = ()
    is_unused: bool = False
    finding: Finding | None = None
    fault: Fault | None = None


def marks_of_faults(plan: Plan, faults: tuple[Fault, ...]) -> tuple[Mark, ...]:
    """One mark for each fault of a file."""
    return tuple(
        Mark(
            span=_span(plan, fault.line, fault.column),
            severity=Severity.ERROR,
            code=FILE_FAULT,
            message=f"{fault.message} {fault.advice}".strip(),
            fault=fault,
        )
        for fault in faults
    )


def marks_of_result(plan: Plan, result: CheckResult) -> tuple[Mark, ...]:
    """One mark for each finding, and one for each rule that could not be applied in full."""
    top = _span(plan, 0, 0)
    said = [
        Mark(span=top, severity=None, code=one.code, message=f"{one.code} was not checked: {one.reason}")
        for one in result.not_checked
    ]
    return (*(_mark(plan, finding) for finding in result.findings), *said)


def _mark(plan: Plan, finding: Finding) -> Mark:
    return Mark(
        span=_span(plan, finding.place.line, finding.place.column),
        severity=finding.severity,
        code=finding.code,
        message=finding.message,
        related=tuple(_related(plan, finding))[:_MOST_RELATED],
        is_unused=_is_unused(finding.code),
        finding=finding,
    )


def _is_unused(code: str) -> bool:
    try:
        return _UNUSED.match(checks.get(code).name) is not None
    except UnknownRuleError:
        return False


def _related(plan: Plan, finding: Finding) -> Iterator[Related]:
    """The definitions of the subjects that the finding does not stand on itself."""
    if plan.names is None:
        return
    line = finding.place.line - 1
    for subject in finding.subjects:
        name = plan.names.anywhere(subject)
        if name is not None and plan.text.line_of(name.span[0]) != line and not _holds(plan, name, finding):
            yield Related(name.span, f"{subject}: {plan.label(name.section, subject) or name.section}")


def _holds(plan: Plan, name: Name, finding: Finding) -> bool:
    """Whether the finding stands inside the entry itself, where nobody need be sent to it."""
    entry = None if plan.layout is None else plan.layout.entry_span(name.path)
    if entry is None:
        return False
    first, last = (plan.text.line_of(offset) for offset in entry)
    return first < finding.place.line <= last + 1


def _span(plan: Plan, line: int, column: int) -> Span:
    """What stands at a line and column, both from 1; the first line where the whole file is meant."""
    if line <= 0:
        return plan.text.span_of_line(0)
    start, end = plan.text.span_of_line(line - 1)
    offset = min(start + max(0, column - 1), max(start, end))
    if plan.layout is not None and plan.layout.is_whole:
        return plan.layout.span_from(offset)
    return token_at(plan.text.body, offset)
