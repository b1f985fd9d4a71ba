"""Notices (WS5): the parties of an agreement are told as long ahead as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.families.notices.announcing import by_time
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import Remark, rule
from waterspace.checks.views.dangers import dangers
from waterspace.checks.words import lasting, listing
from waterspace.domain import Amount, Severity, Window
from waterspace.messages.leads import INCSEA
from waterspace.notation import format_time
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.domain import Agreement, PlannedNotice

__all__ = ["parties_not_told"]

_PARTIES_LEAST = Limit(
    name="parties_least_lead",
    kind=Kind.DURATION,
    default=3 * DAY_MS,
    meaning="A party to an agreement on incidents at sea that is told later than this before a danger is an error.",
    source=INCSEA,
)
_PARTIES_FULL = Limit(
    name="parties_full_lead",
    kind=Kind.DURATION,
    default=5 * DAY_MS,
    meaning="As above for a warning; where the agreement says how long ahead, that holds.",
    source=INCSEA,
)
_INCIDENTS = "incidents at sea"
_BROADCAST = ("navarea", "hydropac", "hydrolant", "hydroarc")
"""Kinds of warnings that are broadcast to all ships of an ocean, whatever their flag."""


@rule(
    code="WS511",
    name="parties-not-told",
    severity=Severity.ERROR,
    summary="A party to an agreement that a participant has signed is not told of the exercise in time.",
    why=(
        "An agreement on incidents at sea asks that actions which endanger others are announced, as a rule by a "
        "NAVAREA warning three to five days ahead: one that is broadcast counts, and so does a notice `to` the party. "
        "Any other agreement that names a time asks for a notice `to` its parties so long before the exercise begins. "
        "Nothing, or less than three days, is an error; less than five, or than the agreement says, is a warning."
    ),
    source=(
        "Agreements on the prevention of incidents at sea (1972, article VI; UNTS 1991, article VI): not less than "
        "three to five days in advance, as a rule; otherwise the agreement as the file gives it"
    ),
    bad="""
agreements:
  A1: {name: Hotline, parties: [JPN, RUS], kind: exercise notification, notice: 7 d}
""",
    good="""
agreements:
  A1: {name: Hotline, parties: [JPN, RUS], kind: exercise notification, notice: 7 d}
notices:
  N1: {kind: navarea, covers: WEST, originator: JPN, planned: 2026-06-02T00:00Z}
  N2: {kind: notam, covers: WEST, originator: JPN, planned: 2026-06-02T00:00Z}
  N3: {kind: letter, covers: WEST, originator: JPN, planned: 2026-05-20T00:00Z, to: [RUS]}
""",
    limits=(_PARTIES_LEAST, _PARTIES_FULL),
)
def parties_not_told(context: Context) -> Iterator[Remark]:
    """One remark for each party of each agreement that is not told, or late."""
    nations = context.exercise.nations
    for agreement in context.exercise.agreements.values():
        others = [party for party in agreement.parties if party not in nations]
        if len(others) == len(agreement.parties):
            continue
        if _INCIDENTS in agreement.kind.casefold():
            for party in others:
                yield from _of_dangers(context, agreement, party)
        elif agreement.notice_ms is not None:
            start_ms = context.exercise.window.start_ms
            for party in others:
                told = [notice for notice in _in_order(context) if party in notice.to]
                yield from _told(context, agreement, party, (start_ms, "the exercise", told))


def _in_order(context: Context) -> list[PlannedNotice]:
    """The planned notices in order of time, those without one last."""
    undated = (notice for notice in context.exercise.notices.values() if notice.planned_ms is None)
    return [*by_time(context).values(), *undated]


def _of_dangers(context: Context, agreement: Agreement, party: str) -> Iterator[Remark]:
    """The first danger of which a party to an agreement on incidents at sea is told too late, the untold before."""
    reaching: dict[str, list[PlannedNotice]] = {}
    for notice in _in_order(context):
        if party in notice.to or any(word in notice.kind.casefold() for word in _BROADCAST):
            for id_ in context.announced[notice.id]:
                reaching.setdefault(id_, []).append(notice)
    remarks: list[Remark] = []
    for id_, danger in dangers(context).items():
        what = f"{context.serial_title(id_)}{context.area_title(id_)}"
        remarks.extend(_told(context, agreement, party, (danger.start_ms, what, reaching.get(id_, []))))
    if remarks:
        yield min(remarks, key=lambda remark: -1.0 if remark.amount is None else remark.amount.value)


def _told(
    context: Context, agreement: Agreement, party: str, what: tuple[int, str, list[PlannedNotice]]
) -> Iterator[Remark]:
    """At most one remark: that nobody tells a party of something, or that it is told late.

    Args:
        context: of the plan.
        agreement: that asks for the notice.
        party: to it.
        what: when it begins, what it is called, and the notices of it that reach the party, in order of time.
    """
    start_ms, title, notices = what
    at_sea = _INCIDENTS in agreement.kind.casefold()
    full_ms = context.limit(_PARTIES_FULL) if agreement.notice_ms is None else float(agreement.notice_ms)
    least_ms = min(context.limit(_PARTIES_LEAST), full_ms) if at_sea else 0.0
    undated = sorted(notice.id for notice in notices if notice.planned_ms is None)
    dated = [notice for notice in notices if notice.planned_ms is not None]
    asked = f"{agreement.name} ({listing(sorted(agreement.parties))}) asks for {lasting(round(full_ms))}"
    path, window = ("agreements", agreement.id), Window(start_ms=start_ms, end_ms=start_ms + 1)
    if not dated:
        unsaid = f"; {listing(undated)} has no planned time" if undated else ""
        by = f"a NAVAREA warning or a notice `to: {party}`" if at_sea else f"a notice `to: {party}`"
        message = (
            f"Nothing tells {party} of {title}, which begins at {format_time(start_ms)}, though {asked}{unsaid}. "
            f"Plan {by} by {format_time(round(start_ms - full_ms))}."
        )
        yield Remark(message=message, subjects=(agreement.id, party), path=path, window=window)
        return
    planned_ms, notice_id = dated[0].planned_ms or 0, dated[0].id
    lead_ms = start_ms - planned_ms
    if lead_ms >= full_ms:
        return
    when = f"{lasting(lead_ms)} before" if lead_ms > 0 else f"{lasting(-lead_ms)} after the beginning of"
    message = (
        f"{notice_id} tells {party} at {format_time(planned_ms)}, {when} {title} ({format_time(start_ms)}), but "
        f"{asked}. Send it earlier."
    )
    yield Remark(
        message=message,
        subjects=(agreement.id, party, notice_id),
        about=(agreement.id, party),
        path=path,
        window=window,
        severity=Severity.ERROR if lead_ms <= 0 or lead_ms < least_ms else Severity.WARNING,
        amount=Amount(value=lead_ms / DAY_MS, limit=full_ms / DAY_MS, unit="d"),
    )
