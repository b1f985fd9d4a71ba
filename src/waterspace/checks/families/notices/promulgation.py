"""Notices (WS5): how long they hold, who sends them, and how long ahead each public hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.families.notices.announcing import FULL_LEAD, LEADS_MEASURED, LEAST_LEAD, by_time, share_shorter
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.audiences import reaches_airmen, reaches_ships
from waterspace.checks.views.dangers import dangers, serial_order
from waterspace.checks.words import lasting
from waterspace.domain import Amount, Edit, Fix, Severity, Window
from waterspace.messages.audience import Kind as Public
from waterspace.messages.audience import kind_of
from waterspace.messages.leads import CANCEL_AFTER_MS, CANCEL_SOURCE, NOTAM_MS, NOTAM_SOURCE
from waterspace.notation import format_time, format_time_iso
from waterspace.quantity import DAY_MS, hours, whole_minute_ms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from waterspace.checks.context import Context
    from waterspace.checks.views.dangers import Danger
    from waterspace.domain import PlannedNotice

__all__ = [
    "cancel_early",
    "cancel_missing",
    "lead_below_practice",
    "notam_late",
    "originator_missing",
]

_CANCEL_AFTER = Limit(
    name="notice_cancel_after",
    kind=Kind.DURATION,
    default=CANCEL_AFTER_MS,
    meaning="A fix cancels a notice so long after the last end of what it covers.",
    source=CANCEL_SOURCE,
)
_PRACTICE_SHARE = Limit(
    name="notice_practice_share",
    kind=Kind.RATIO,
    default=0.25,
    meaning="A further notice is spoken of where a smaller share than this of the measured ones had a shorter lead.",
)
_NOTAM_LEAD = Limit(
    name="notam_full_lead",
    kind=Kind.DURATION,
    default=NOTAM_MS,
    meaning="A first NOTAM later than this before the danger is a warning.",
    source=NOTAM_SOURCE,
)

_FIRING = """\
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
"""


@rule(
    code="WS504",
    name="cancel-early",
    severity=Severity.ERROR,
    summary="A notice is cancelled before the last of what it covers has ended, reserve times included.",
    why=(
        "Whoever reads that a warning is cancelled takes the water for clear. Serials that are put off to their "
        "reserve times need the warning then. `--fix` sets the time to an hour after the last end."
    ),
    source=(
        "IMO resolution A.706(17), 4.1: a warning stays in force until it is cancelled; practice: our measurement, "
        "not published: cancelled 1 h after the last end in 95.8 % of 6,016 dated warnings, before it in 0.2 %"
    ),
    bad=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z, cancel: 2026-06-08T01:00Z}}
""",
    good=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z, cancel: 2026-06-08T03:00Z}}
""",
    limits=(_CANCEL_AFTER,),
)
def cancel_early(context: Context) -> Iterator[Remark]:
    """One remark for each notice that is cancelled too early."""
    in_danger = dangers(context)
    for notice in context.exercise.notices.values():
        if notice.cancel_ms is None:
            continue
        last = _last_end(context, notice, in_danger)
        if last is None or notice.cancel_ms >= last[0]:
            continue
        end_ms, id_ = last
        message = (
            f"{notice.id} ({notice.kind}) is cancelled at {format_time(notice.cancel_ms)}, "
            f"{lasting(end_ms - notice.cancel_ms)} before {context.serial_title(id_)}{context.area_title(id_)} ends at "
            f"{format_time(end_ms)}, reserve times included. Cancel it after that."
        )
        yield Remark(
            message=message,
            subjects=(notice.id, id_),
            about=(notice.id,),
            path=("notices", notice.id, "cancel"),
            window=Window(start_ms=notice.cancel_ms, end_ms=end_ms),
            position=context.area_position(id_),
            amount=Amount(value=hours(end_ms - notice.cancel_ms), limit=0.0, unit="h too early"),
            fix=_cancel_fix(context, notice, end_ms),
        )


@rule(
    code="WS505",
    name="cancel-missing",
    severity=Severity.ADVICE,
    summary="A notice of a danger says nothing of when it is cancelled.",
    why=(
        "A warning without an end is read out for weeks, and those who have learnt that the water is clear stop "
        "believing the next one. `--fix` adds the time, an hour after the last end."
    ),
    source=(
        "IHO S-53, message element 8, cancellation details; practice: our measurement, not published: 1 h after the "
        "last end in 95.8 % of 6,016 dated warnings"
    ),
    bad=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z}}
""",
    good=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z, cancel: 2026-06-08T03:00Z}}
""",
    limits=(_CANCEL_AFTER,),
)
def cancel_missing(context: Context) -> Iterator[Remark]:
    """One remark for each notice of a danger without a cancel time; a letter is not cancelled."""
    dangerous = dangers(context)
    for notice in context.exercise.notices.values():
        if kind_of(notice.kind) is Public.LETTER or notice.cancel_ms is not None:
            continue
        if dangerous.keys().isdisjoint(context.announced[notice.id]):
            continue
        last = _last_end(context, notice, dangerous)
        assert last is not None, "a notice that covers a danger covers a serial with a time"
        end_ms, id_ = last
        message = (
            f"{notice.id} ({notice.kind}) has no cancel time; {context.serial_title(id_)}{context.area_title(id_)}, "
            f"the last that it covers, ends at {format_time(end_ms)}, reserve times included."
        )
        yield Remark(
            message=message,
            subjects=(notice.id, id_),
            about=(notice.id,),
            path=("notices", notice.id),
            position=context.area_position(id_),
            fix=_cancel_fix(context, notice, end_ms),
        )


def _last_end(context: Context, notice: PlannedNotice, in_danger: Collection[str]) -> tuple[int, str] | None:
    """When the last danger that a notice covers ends, reserve times included, and which serial that is.

    What endangers nobody counts only where its name stands in the notice, and nothing dangerous does.
    """
    ends = [
        (max(context.windows[id_].end_ms, *(spare.end_ms for spare in context.exercise.serials[id_].reserve), 0), id_)
        for id_ in _warned_of(context, notice, in_danger)
    ]
    if not ends:
        return None
    last_ms = max(end_ms for end_ms, _ in ends)
    last = (id_ for end_ms, id_ in ends if end_ms == last_ms)
    return last_ms, min(last, key=lambda id_: serial_order(context, id_))


def _warned_of(context: Context, notice: PlannedNotice, in_danger: Collection[str]) -> list[str]:
    covered = context.announced[notice.id]
    dangers = [id_ for id_ in covered if id_ in in_danger]
    return dangers or [id_ for id_ in covered if id_ in notice.covers]


def _cancel_fix(context: Context, notice: PlannedNotice, end_ms: int) -> Fix:
    margin_ms = round(context.limit(_CANCEL_AFTER))
    cancel_ms = whole_minute_ms(end_ms + margin_ms)
    edit = Edit(path=("notices", notice.id, "cancel"), text=format_time_iso(cancel_ms))
    return Fix(title=f"Cancel {notice.id} at {format_time(cancel_ms)}", edits=(edit,))


@rule(
    code="WS507",
    name="originator-missing",
    severity=Severity.WARNING,
    summary="A notice does not say who sends it.",
    why=(
        "A warning goes out through the coordinator of its area or an aeronautical authority, and somebody of the "
        "staff must hand it in. A notice without a sender is one that everybody took for another's task."
    ),
    source=(
        "IMO resolution A.706(17): warnings are promulgated by the NAVAREA coordinator on information of national "
        f"coordinators (wording not verified); {JUDGEMENT}"
    ),
    bad="""
notices:
  N1: {kind: navarea, covers: WEST, planned: 2026-06-01T00:00Z}
""",
    good="""
notices:
  N1: {kind: navarea, covers: WEST, originator: JPN, planned: 2026-06-01T00:00Z}
""",
)
def originator_missing(context: Context) -> Iterator[Remark]:
    """One remark for each notice without an originator."""
    for notice in context.exercise.notices.values():
        if notice.originator.strip():
            continue
        when = "" if notice.planned_ms is None else f", planned for {format_time(notice.planned_ms)},"
        message = f"{notice.id} ({notice.kind}){when} names no originator. Say who sends it."
        yield Remark(message=message, subjects=(notice.id,), path=("notices", notice.id))


@rule(
    code="WS508",
    name="lead-below-practice",
    severity=Severity.ADVICE,
    summary="A further kind of notice of a danger comes later than most notices in practice do.",
    why=(
        "Those who hear NAVTEX, coastal warnings or NAVAREA warnings are not the same. WS502 looks at the first notice "
        "alone; whoever hears only the later kind is told with its lead. The finding says how many of the warnings "
        "measured in practice were given longer ahead."
    ),
    source="our measurement of 8,749 warnings, not published: 5 % less than 0.24 days, 25 % 1.2, 50 % 2.8, 75 % 4.9",
    bad=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z, cancel: 2026-06-08T03:00Z}}
  N2: {{kind: coastal, covers: S1, originator: JPN, planned: 2026-06-07T12:00Z, cancel: 2026-06-08T03:00Z}}
""",
    good=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z, cancel: 2026-06-08T03:00Z}}
  N2: {{kind: coastal, covers: S1, originator: JPN, planned: 2026-06-05T12:00Z, cancel: 2026-06-08T03:00Z}}
""",
    limits=(_PRACTICE_SHARE,),
)
def lead_below_practice(context: Context) -> Iterator[Remark]:
    """One remark for each notice that is the first of its kind, later than the first of all, and late."""
    wanted = context.limit(_PRACTICE_SHARE)
    found: dict[str, Danger] = {}
    first_of = _firsts(context)
    for id_, danger in dangers(context).items():
        firsts = first_of.get(id_, {}).values()
        earliest_ms = min((notice.planned_ms or 0 for notice in firsts), default=0)
        for notice in firsts:
            if (notice.planned_ms or 0) > earliest_ms:
                found.setdefault(notice.id, danger)
    for notice_id, danger in sorted(found.items()):
        notice, id_ = context.exercise.notices[notice_id], danger.serial
        lead_ms = max(danger.start_ms - (notice.planned_ms or 0), 0)
        share = share_shorter(lead_ms)
        if share >= wanted:
            continue
        message = (
            f"{notice.id} is the first {notice.kind} notice of {context.serial_title(id_)}{context.area_title(id_)} "
            f"and comes {lasting(lead_ms)} before it, at {format_time(notice.planned_ms or 0)}. Of "
            f"{LEADS_MEASURED:,} warnings measured in practice {1.0 - share:.0%} were given longer ahead. "
            "Send it with the first."
        )
        yield Remark(
            message=message,
            subjects=(notice.id, id_),
            about=(notice.id,),
            path=("notices", notice.id, "planned"),
            position=context.area_position(id_),
            window=context.windows[id_],
            amount=Amount(value=share, limit=wanted, unit="share of leads in practice that were shorter"),
        )


def _firsts(context: Context) -> Mapping[str, Mapping[str, PlannedNotice]]:
    """Id of a serial to the first dated notice to mariners of each kind."""
    found: dict[str, dict[str, PlannedNotice]] = {}
    for notice in by_time(context).values():
        kind = notice.kind.casefold()
        if not reaches_ships(notice):
            continue
        for id_ in context.announced[notice.id]:
            found.setdefault(id_, {}).setdefault(kind, notice)
    return found


@rule(
    code="WS509",
    name="notam-late",
    severity=Severity.WARNING,
    summary="The first NOTAM of a danger is planned less than seven days ahead.",
    why=(
        "Airlines plan fuel and routes ahead; a NOTAM that comes late turns aircraft in the air. What comes later than "
        "five days ahead WS502 says already."
    ),
    source=(
        "ICAO Annex 15: seven days (not verified); practice: our measurement, not published: half of the NOTAMs of "
        "firing came 4.7 days ahead or more, of danger areas 5.3, of temporary restrictions 3.7"
    ),
    bad=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T03:00Z}}
  N2: {{kind: notam, covers: S1, originator: JPN, planned: 2026-06-02T12:00Z, cancel: 2026-06-08T03:00Z}}
""",
    good=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T03:00Z}}
  N2: {{kind: notam, covers: S1, originator: JPN, planned: 2026-05-31T12:00Z, cancel: 2026-06-08T03:00Z}}
""",
    limits=(_NOTAM_LEAD,),
)
def notam_late(context: Context) -> Iterator[Remark]:
    """One remark for each NOTAM that is the first for a danger, and neither early enough nor WS502's."""
    in_danger, full_ms = dangers(context), context.limit(_NOTAM_LEAD)
    told_ms = max(context.limit(FULL_LEAD), context.limit(LEAST_LEAD))
    known: set[str] = set()
    for notice in by_time(context).values():
        if not reaches_airmen(notice):
            continue
        planned_ms = notice.planned_ms or 0
        told = [in_danger[id_] for id_ in context.announced[notice.id] if id_ in in_danger and id_ not in known]
        known.update(danger.serial for danger in told)
        starts = [(danger.first_aloft.windows[0].start_ms, danger.order, danger.serial) for danger in told]
        if not starts or not told_ms <= min(starts)[0] - planned_ms < full_ms:
            continue
        start_ms, _, id_ = min(starts)
        lead_ms = start_ms - planned_ms
        message = (
            f"{notice.id} ({notice.kind}) is planned for {format_time(planned_ms)}, {lasting(lead_ms)} before "
            f"{context.serial_title(id_)}{context.area_title(id_)} endangers aircraft; {_NOTAM_LEAD.write(full_ms)} "
            "are looked for. Send it earlier."
        )
        yield Remark(
            message=message,
            subjects=(notice.id, id_),
            about=(notice.id,),
            path=("notices", notice.id, "planned"),
            position=context.area_position(id_),
            window=context.windows[id_],
            amount=Amount(value=lead_ms / DAY_MS, limit=full_ms / DAY_MS, unit="d"),
        )
