"""Acceptance: findings that the file says somebody has accepted are put aside, and listed."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from waterspace.checks.catalogue import rules
from waterspace.checks.rule import Remark
from waterspace.checks.words import listing
from waterspace.domain import Suppressed
from waterspace.notation import format_time

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from waterspace.domain import Exercise, Finding, Suppression

__all__ = ["accepted", "unused"]


def accepted(
    findings: Iterable[Finding], suppressions: Sequence[Suppression]
) -> tuple[list[Finding], list[Suppressed]]:
    """What nobody has accepted, and what somebody has, each in the order given; a rule that failed stays."""
    kept: list[Finding] = []
    put_aside: list[Suppressed] = []
    for finding in findings:
        by = next((one for one in suppressions if _accepts(one, finding)), None)
        if by is None or finding.is_internal:
            kept.append(finding)
        else:
            put_aside.append(Suppressed(finding=finding, suppression=by))
    return kept, put_aside


def unused(
    exercise: Exercise, result: tuple[Iterable[Suppressed], Iterable[Finding]], codes: Collection[str]
) -> Iterator[Remark]:
    """One remark for each suppression that accepts nothing, of the rules that were applied.

    Args:
        exercise: what was checked.
        result: what somebody has accepted, and what nobody has.
        codes: of the rules that were applied.
    """
    put_aside, kept = result
    kept = tuple(kept)
    known = [rule.code for rule in rules()]
    used = {id(one.suppression) for one in put_aside}
    for number, one in enumerate(exercise.check.suppressions):
        code, path = one.rule.partition("-")[0].upper(), ("check", "suppress", str(number))
        if code not in known:
            close = difflib.get_close_matches(code, known, n=1, cutoff=0.6)
            advice = f"did you mean {close[0]}?" if close else "`waterspace rule` lists them all."
            yield Remark(message=f"There is no rule {one.rule} to accept; {advice}", subjects=(one.rule,), path=path)
            continue
        if id(one) in used or code not in codes:
            continue
        about = f" about {listing(one.about)}" if one.about else ""
        later = sum(_is_over(one, finding) for finding in kept)
        if one.until_ms is not None and later:
            whose = "the finding" if later == 1 else f"the {later} findings"
            message = (
                f"What {one.by} accepted of {one.rule}{about} ended {format_time(one.until_ms)}; {whose} of it "
                "that it names begin later. Have it accepted anew with a later `until`, or remove the entry."
            )
            if later == 1:
                message = message.replace("begin later", "begins later")
            yield Remark(message=message, subjects=(one.rule, *one.about), path=path)
            continue
        message = (
            f"Nothing is found of {one.rule}{about} that {one.by} could have accepted ({one.reason}). Remove the "
            f"entry: what it accepted is mended, or it names the wrong rule."
        )
        yield Remark(message=message, subjects=(one.rule, *one.about), path=path)


def _accepts(suppression: Suppression, finding: Finding) -> bool:
    return _names(suppression, finding) and not _begins_later(suppression, finding)


def _is_over(suppression: Suppression, finding: Finding) -> bool:
    """Whether its end alone keeps a suppression from accepting a finding."""
    return _names(suppression, finding) and _begins_later(suppression, finding)


def _names(suppression: Suppression, finding: Finding) -> bool:
    wanted = suppression.rule.casefold()
    if wanted not in {finding.code.casefold(), finding.id.casefold()}:
        return False
    return set(suppression.about) <= set(finding.subjects)


def _begins_later(suppression: Suppression, finding: Finding) -> bool:
    until_ms = suppression.until_ms
    return until_ms is not None and bool(finding.when) and finding.when[0].start_ms > until_ms
