"""Mending: applies the safe fixes of findings to a file, until none is left that can be applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace import planfile
from waterspace.domain import Severity
from waterspace.errors import PlanFileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.domain import CheckResult, Exercise, Finding
    from waterspace.planfile import Document

__all__ = ["Mended", "mend"]

_ROUNDS = 10
"""One fix may uncover what another mends; more rounds than this are one fix undoing another."""


class Mended(NamedTuple):
    """A file after its fixes.

    Attributes:
        document: the file as it is then.
        done: the findings whose fixes were applied, in order.
        result: what the rules say of it then.
    """

    document: Document
    done: tuple[Finding, ...]
    result: CheckResult


def mend(document: Document, check: Callable[[Exercise], CheckResult]) -> Mended:
    """Apply every safe fix that leaves a file that can be read, takes its finding away, and brings no error.

    What mends an error itself may uncover others: where a name was misspelt, no rule had looked at whom it names.

    Args:
        document: of an exercise file.
        check: what the rules say of a plan.

    Raises:
        PlanFileError: the file cannot be understood as it is.
    """
    state = Mended(document, (), check(_exercise(document)))
    tried: set[str] = set()
    for _ in range(_ROUNDS):
        waiting = [one for one in state.result.findings if one.fix and one.fix.is_safe and one.id not in tried]
        if not waiting:
            break
        tried.update(one.id for one in waiting)
        for findings in _errors_first(waiting):
            state = _round(state, findings, check)
    return state


def _errors_first(findings: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    errors = [one for one in findings if one.severity is Severity.ERROR]
    return errors, [one for one in findings if one.severity is not Severity.ERROR]


def _round(state: Mended, findings: list[Finding], check: Callable[[Exercise], CheckResult]) -> Mended:
    """The file after those fixes that help, tried together, and where that brings an error half by half."""
    changed, applied = _together(state.document, findings)
    if not applied:
        return state
    after = check(_exercise(changed))
    left = {one.id for one in after.findings}
    helped = [one for one in applied if one.id not in left]
    if len(helped) < len(applied):
        return _round(state, helped, check)
    if applied[0].severity is Severity.ERROR or _errors(after) <= _errors(state.result):
        return Mended(changed, (*state.done, *applied), after)
    for half in _halves(applied):
        state = _round(state, half, check)
    return state


def _errors(result: CheckResult) -> frozenset[str]:
    return frozenset(one.id or one.code for one in result.findings if one.severity is Severity.ERROR)


def _exercise(document: Document) -> Exercise:
    return planfile.loads(document.content, document.file)


def _together(document: Document, findings: list[Finding]) -> tuple[Document, list[Finding]]:
    """All fixes at once, without those that do not fit beside the others or after which nothing could be read.

    Where all cannot be, one half is applied after the other, so that a thousand fixes cost little more than those among
    them that fail.
    """
    fixes = [finding.fix for finding in findings if finding.fix is not None]
    assert len(fixes) == len(findings), "only findings with a fix come here"
    try:
        changed = document.edit(edit for fix in fixes for edit in fix.edits)
        _exercise(changed)
    except (KeyError, ValueError, PlanFileError):
        applied: list[Finding] = []
        for half in _halves(findings):
            document, more = _together(document, half)
            applied += more
        return document, applied
    return changed, findings


def _halves(findings: list[Finding]) -> tuple[list[Finding], ...]:
    """The first half of some findings and the other; of one finding no half."""
    middle = len(findings) // 2
    return (findings[:middle], findings[middle:]) if middle else ()
