"""Mending: applies the safe fixes of findings to a file, until none is left that can be applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace import planfile
from waterspace.errors import PlanFileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    """Apply every safe fix that leaves a file that can be read and takes its finding away.

    Args:
        document: of an exercise file.
        check: what the rules say of a plan.

    Raises:
        PlanFileError: the file cannot be understood as it is.
    """
    result = check(_exercise(document))
    done: list[Finding] = []
    tried: set[str] = set()
    for _ in range(_ROUNDS):
        waiting = [one for one in result.findings if one.fix and one.fix.is_safe and one.id not in tried]
        if not waiting:
            break
        tried.update(one.id for one in waiting)
        changed, applied = _together(document, waiting)
        after = check(_exercise(changed))
        left = {one.id for one in after.findings}
        helped = [one for one in applied if one.id not in left]
        if len(helped) < len(applied):
            changed, helped = _together(document, helped)
            after = check(_exercise(changed))
        document, result = changed, after
        done += helped
    return Mended(document, tuple(done), result)


def _exercise(document: Document) -> Exercise:
    return planfile.loads(document.content, document.file)


def _together(document: Document, findings: Iterable[Finding]) -> tuple[Document, list[Finding]]:
    """One fix after the other, without those that no longer fit or after which nothing could be read."""
    applied = []
    for finding in findings:
        assert finding.fix is not None, "only findings with a fix come here"
        try:
            changed = document.edit(finding.fix.edits)
            _exercise(changed)
        except (KeyError, ValueError, PlanFileError):
            continue
        document = changed
        applied.append(finding)
    return document, applied
