"""Integrity (WS0) of what a staff says about the check of its own plan: limits that exist, acceptances that accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.limits import read
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.domain import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context

__all__ = ["limit_unknown", "suppression_unused"]


@rule(
    code="WS009",
    name="limit-unknown",
    severity=Severity.ERROR,
    summary="A limit that the file sets does not exist, or is set to what it cannot be.",
    why="The staff believes that the plan is checked against its own number, while it is checked against another.",
    source=JUDGEMENT,
    bad="""
check:
  limits: {notice_least_lede: 2 d}
""",
    good="""
check:
  limits: {notice_least_lead: 2 d}
""",
)
def limit_unknown(context: Context) -> Iterator[Remark]:
    """One remark for each limit that cannot be used."""
    from waterspace.checks.catalogue import known_limits

    _, wrong = read(context.exercise.check.limits, known_limits())
    for name, sentence in wrong.items():
        yield Remark(message=sentence, subjects=(name,), path=("check", "limits", name))


@rule(
    code="WS010",
    name="suppression-unused",
    severity=Severity.ADVICE,
    summary="An acceptance in the file accepts nothing.",
    why=(
        "It outlived what it accepted, or names the wrong rule; left in the file it will silence the next finding of "
        "its kind, which nobody has looked at."
    ),
    source=JUDGEMENT,
    bad="""
check:
  suppress:
    - {rule: WS071, about: S1, reason: "A visit, not training.", by: Staff officer operations}
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h}
objectives: {}
check:
  suppress:
    - {rule: WS701, about: S1, reason: "A visit, not training.", by: Staff officer operations}
""",
)
def suppression_unused(context: Context) -> Iterator[Remark]:  # noqa: ARG001  # see the module `acceptance`
    """The runner asks when all other rules have spoken; see `waterspace.checks.acceptance.unused`."""
    yield from ()
