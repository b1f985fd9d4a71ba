"""Notices (WS5): whoever may come into danger is told, and in time."""

from __future__ import annotations

import bisect
import math
from collections import Counter, defaultdict
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.views.audiences import reaches_airmen, reaches_ships
from waterspace.checks.views.dangers import dangers
from waterspace.checks.words import listing, span, upward
from waterspace.domain import SURFACE, Amount, Severity, Window
from waterspace.messages.leads import FULL_MS, INCSEA, LEAST_MS
from waterspace.notation import format_duration, format_time
from waterspace.quantity import DAY_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.checks.views.dangers import Danger
    from waterspace.domain import PlannedNotice, Reservation

__all__ = [
    "FULL_LEAD",
    "LEADS_MEASURED",
    "LEAST_LEAD",
    "airmen_not_told",
    "by_time",
    "notice_late",
    "notice_missing",
    "share_shorter",
]

LEAST_LEAD = Limit(
    name="notice_least_lead",
    kind=Kind.DURATION,
    default=LEAST_MS,
    meaning="A first notice later than this before the danger is an error.",
    source=INCSEA,
)
FULL_LEAD = Limit(
    name="notice_full_lead",
    kind=Kind.DURATION,
    default=FULL_MS,
    meaning="A first notice later than this before the danger is a warning.",
    source=INCSEA,
)

LEADS_MEASURED = 8_749
_LEADS = (
    (0.0, 0.027),
    (0.24, 0.05),
    (1.0, 0.224),
    (1.2, 0.25),
    (2.8, 0.50),
    (3.0, 0.533),
    (4.9, 0.75),
    (5.0, 0.764),
    (8.5, 0.95),
)
"""Lead in days, and the share of notices in practice that had less.

Source: our measurement of 8,749 navigational warnings of gunnery, missiles, rockets and other hazards, 2018 to 2026:
first start minus the originator's date-time group. The warnings are not published; docs/explanation/checking.md tells
the method.
"""


@rule(
    code="WS501",
    name="notice-missing",
    severity=Severity.ERROR,
    summary="No navigational warning is planned for an area that is dangerous to shipping.",
    why=(
        "Ships that are not of the exercise keep clear only of what they have been told. A planned notice counts if it "
        "names the serial or its area; a NOTAM does not reach ships, nor does a letter, nor a kind that nobody knows."
    ),
    source=(
        "IHO S-124, data classification and encoding guide, 3.13, after IMO resolution A.706(17): events which might "
        "affect the safety of shipping, such as naval exercises and missile firings"
    ),
    bad="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
notices:
  N1: {kind: notam, covers: S1, originator: JPN, planned: 2026-06-02T00:00Z}
""",
    good="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
notices:
  N1: {kind: notam, covers: S1, originator: JPN, planned: 2026-06-02T00:00Z}
  N2: {kind: navarea, covers: S1, originator: JPN, planned: 2026-06-02T00:00Z}
""",
)
def notice_missing(context: Context) -> Iterator[Remark]:
    """One remark for each serial whose danger to shipping no warning covers."""
    for id_, danger in dangers(context).items():
        if not _covering(context, id_, airmen=False):
            when = span(Window(start_ms=danger.start_ms, end_ms=danger.end_ms))
            message = (
                f"No navigational warning is planned for {context.serial_title(id_)}{context.area_title(id_)}, which "
                f"endangers shipping {when}. Plan one that covers {id_}."
            )
            yield _untold(id_, danger.first, message)


def _untold(serial: str, claim: Reservation, message: str) -> Remark:
    from waterspace.geometry.footprints import centre

    return Remark(
        message=message,
        subjects=(serial,),
        path=("serials", serial),
        position=centre(claim.footprint),
        window=claim.windows[0],
        shapes=(claim.footprint,),
    )


@rule(
    code="WS502",
    name="notice-late",
    severity=Severity.ERROR,
    summary="The first notice of a danger is planned later than three to five days ahead.",
    why=(
        "Masters plan their routes days ahead; a warning that comes late is not read, or costs others dearly. Under "
        "three days is an error, under five a warning. The finding says how many of the warnings measured in practice "
        "were given longer ahead."
    ),
    source=(
        "Agreements on the prevention of incidents at sea (1972, article VI; UNTS 1991, article VI): as a rule not "
        "less than three to five days in advance; practice: our measurement of 8,749 warnings, not published; "
        "distribution as tabled here: 5 % less than 0.24 days, 25 % 1.2, 50 % 2.8, 75 % 4.9, 95 % 8.5"
    ),
    bad="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
notices:
  N1: {kind: navarea, covers: S1, originator: JPN, planned: 2026-06-06T12:00Z}
""",
    good="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
notices:
  N1: {kind: navarea, covers: S1, originator: JPN, planned: 2026-06-02T00:00Z}
""",
    limits=(LEAST_LEAD, FULL_LEAD),
)
def notice_late(context: Context) -> Iterator[Remark]:
    """One remark for each notice that is the first to warn of a danger and comes late.

    Its lead counts to the first of the claims that endanger those whom it reaches, however high a later one is.
    """
    undated: set[str] = set()
    place = {id_: number for number, id_ in enumerate(by_time(context))}
    first_of: dict[str, list[tuple[Danger, Reservation]]] = defaultdict(list)
    for id_, danger in dangers(context).items():
        for airmen, claim in ((False, danger.first), (True, danger.first_aloft)):
            notices = _covering(context, id_, airmen=airmen)
            dated = [notice.id for notice in notices if notice.id in place]
            if dated:
                first_of[min(dated, key=place.__getitem__)].append((danger, claim))
            undated.update(notice.id for notice in notices if not dated)
    for notice_id, warned_of in sorted(first_of.items()):
        yield from _lead(context, context.exercise.notices[notice_id], warned_of)
    if undated:
        raise NotCheckedError(f"no planned time is given for {listing(sorted(undated))}")


def _lead(context: Context, notice: PlannedNotice, warned_of: Sequence[tuple[Danger, Reservation]]) -> Iterator[Remark]:
    danger, claim = min(warned_of, key=lambda entry: (entry[1].windows[0].start_ms, entry[0].order))
    start_ms = claim.windows[0].start_ms
    lead_ms = start_ms - (notice.planned_ms or 0)
    full_ms, least_ms = context.limit(FULL_LEAD), context.limit(LEAST_LEAD)
    if lead_ms >= max(full_ms, least_ms):
        return
    planned = f"{notice.id} ({notice.kind}) is planned for {format_time(notice.planned_ms or 0)}"
    title = context.serial_title(danger.serial)
    if lead_ms <= 0:
        message = f"{planned}, when {title} has already begun ({format_time(start_ms)})."
    else:
        lead = format_duration(lead_ms // MINUTE_MS * MINUTE_MS)
        whom = "aircraft" if reaches_airmen(notice) else "shipping"
        message = (
            f"{planned}, {lead} before {title} endangers {whom}; {FULL_LEAD.write(full_ms)} are looked for, "
            f"{LEAST_LEAD.write(least_ms)} at the least.{_practice(notice, lead_ms)}"
        )
    is_error = lead_ms < least_ms
    yield Remark(
        message=message,
        subjects=(notice.id, *sorted(one.serial for one, _ in warned_of)),
        path=("notices", notice.id, "planned"),
        severity=Severity.ERROR if is_error else Severity.WARNING,
        about=(notice.id,),
        window=claim.windows[0],
        shapes=(claim.footprint,),
        amount=Amount(value=lead_ms / DAY_MS, limit=(least_ms if is_error else full_ms) / DAY_MS, unit="d"),
    )


def _practice(notice: PlannedNotice, lead_ms: int) -> str:
    """How the lead compares with warnings to ships in practice; nothing of what airmen are told, which is no such."""
    if reaches_airmen(notice):
        return ""
    share = 1.0 - share_shorter(lead_ms)
    return f" Of {LEADS_MEASURED:,} warnings to ships measured in practice {share:.0%} were given longer ahead."


def share_shorter(lead_ms: int) -> float:
    """Share of the measured notices that came later than this, straight lines between the measured points."""
    lead_days = lead_ms / DAY_MS
    place = bisect.bisect_right(_LEADS, lead_days, key=lambda point: point[0])
    if place == len(_LEADS):
        return _LEADS[-1][1]
    (low_days, low), (high_days, high) = list(pairwise(_LEADS))[max(place - 1, 0)]
    return low + (high - low) * max(0.0, lead_days - low_days) / (high_days - low_days)


@rule(
    code="WS503",
    name="airmen-not-told",
    severity=Severity.WARNING,
    summary="No NOTAM is planned for a firing danger area that reaches into the air.",
    why=(
        "Aircraft do not receive warnings to ships. A claim that stays within masthead height of the sea (60 m, "
        "assumed) is let pass."
    ),
    source=(
        "Agreement on the prevention of incidents at sea of 1972, article VI: notice to mariners and airmen; the "
        f"height is {JUDGEMENT}"
    ),
    bad="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
notices:
  N1: {kind: navarea, covers: S1, originator: JPN, planned: 2026-06-02T00:00Z}
""",
    good="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
notices:
  N1: {kind: navarea, covers: S1, originator: JPN, planned: 2026-06-02T00:00Z}
  N2: {kind: notam, covers: S1, originator: JPN, planned: 2026-06-02T00:00Z}
""",
)
def airmen_not_told(context: Context) -> Iterator[Remark]:
    """One remark for each serial whose danger reaches above the ships and that no NOTAM covers."""
    for id_, danger in dangers(context).items():
        ceiling_m = danger.highest.band.ceiling_m
        if ceiling_m > SURFACE.ceiling_m and not _covering(context, id_, airmen=True):
            message = (
                f"No NOTAM is planned for {context.serial_title(id_)}{context.area_title(id_)}, a danger "
                f"{upward(ceiling_m)}. Plan one that covers {id_}."
            )
            yield _untold(id_, danger.first_aloft, message)


def _covering(context: Context, serial: str, *, airmen: bool) -> tuple[PlannedNotice, ...]:
    """Planned notices to mariners, or to airmen, that name a serial or its area."""
    names = {serial, context.exercise.serials[serial].area} - {""}
    naming = {number: notice for name in names for number, notice in context.naming.get(name, ())}
    reaches = reaches_airmen if airmen else reaches_ships
    return tuple(notice for _, notice in sorted(naming.items(), key=itemgetter(0)) if reaches(notice))


def by_time(context: Context) -> Mapping[str, PlannedNotice]:
    """The planned notices by id, in order of time, those without a time left out.

    Of two at the same minute that comes first which covers more of the serials; after that they go by what they are and
    whom they reach. Ids, which may be spelt in any way, tell apart only what is else equal.
    """
    return context.once(_by_time)


def _by_time(context: Context) -> Mapping[str, PlannedNotice]:
    dated = [notice for notice in context.exercise.notices.values() if notice.planned_ms is not None]
    crowded = Counter(notice.planned_ms for notice in dated)
    keys = {
        notice.id: (notice.planned_ms, *(_traits(context, notice) if crowded[notice.planned_ms] > 1 else ()))
        for notice in dated
    }
    return {notice.id: notice for notice in sorted(dated, key=lambda notice: keys[notice.id])}


def _traits(context: Context, notice: PlannedNotice) -> tuple[object, ...]:
    """What a notice is; its id last."""
    covered = sorted(context.windows[id_] for id_ in context.announced[notice.id])
    circle = notice.circle
    return (
        -len(covered),
        covered,
        notice.kind.casefold(),
        notice.originator,
        math.inf if notice.cancel_ms is None else notice.cancel_ms,
        sorted(notice.firs),
        sorted(notice.to),
        () if circle is None else (circle.radius_m, circle.centre.lat_deg, circle.centre.lon_deg),
        notice.id,
    )
