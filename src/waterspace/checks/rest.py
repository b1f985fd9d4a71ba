"""Safety of people (WS6): crews sleep, and aircrew do not fly more than they can."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.checks.flying import flights_of
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import lasting, listing, plural, span
from waterspace.domain import Amount, Medium, PhaseKind, Severity, Window
from waterspace.quantity import DAY_MS, HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.checks.context import Context

__all__ = ["flying_hours", "rest_short"]

_WEEK_MS = 7 * DAY_MS
_STCW = "STCW Code A-VIII/1: rest of 10 h in any 24 h and 77 h in any 7 days (not verified); navies set their own"

REST_DAY = Limit(
    name="rest_in_a_day",
    kind=Kind.DURATION,
    default=10 * HOUR_MS,
    meaning="Less time out of service than this in any 24 h is a finding.",
    source=_STCW,
)
REST_WEEK = Limit(
    name="rest_in_a_week",
    kind=Kind.DURATION,
    default=77 * HOUR_MS,
    meaning="Less time out of service than this in any 7 days is a finding.",
    source=_STCW,
)
WATCHES_FROM = Limit(
    name="rest_watches_from",
    kind=Kind.DURATION,
    default=12 * HOUR_MS,
    meaning="A serial that lasts longer is stood in watches, so that only a share of it counts for each of the crew.",
)
WATCH_SHARE = Limit(
    name="rest_watch_share",
    kind=Kind.RATIO,
    default=1.0 / 3.0,
    meaning="The share of a serial stood in watches that each of the crew is up for.",
    source="assumed: three watches",
)
FLYING_DAY = Limit(
    name="flying_in_a_day",
    kind=Kind.DURATION,
    default=8 * HOUR_MS,
    meaning="More flying than this for a crew in any 24 h is a finding.",
)
FLYING_WEEK = Limit(
    name="flying_in_a_week",
    kind=Kind.DURATION,
    default=30 * HOUR_MS,
    meaning="More flying than this for a crew in any 7 days is a finding.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Duty:
    """A time in service, and the share of it that each of the crew is up for."""

    window: Window
    share: float
    serial: str


@rule(
    code="WS606",
    name="rest-short",
    severity=Severity.WARNING,
    summary="The crew of a ship has too little time out of service in 24 hours or in seven days.",
    why=(
        "Tired people make the mistakes that an exercise is not meant to practise. Every serial that moves a ship "
        "counts in full for its crew; one that lasts longer than 12 h is stood in watches, so that a third of it "
        "counts; one of a harbour phase does not count. Of serials at the same time one counts. Aircrew are looked at "
        "by WS607."
    ),
    source=f"{_STCW}; what counts as service is {JUDGEMENT}",
    bad="""
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 8 h, objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T10:00Z, duration: 8 h, objectives: O1}
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 8 h, objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T18:00Z, duration: 8 h, objectives: O1}
""",
    limits=(REST_DAY, REST_WEEK, WATCHES_FROM, WATCH_SHARE),
)
def rest_short(context: Context) -> Iterator[Remark]:
    """At most two remarks for each ship: the worst day, and the worst week if its days are all in order."""
    spans = ((DAY_MS, "24 h", REST_DAY), (_WEEK_MS, "7 days", REST_WEEK))
    for unit, duties in sorted(_duties(context).items()):
        for length_ms, title, limit in spans:
            wanted_ms = context.limit(limit)
            service_ms, start_ms = _most(duties, length_ms)
            rest_ms = length_ms - service_ms
            if rest_ms >= wanted_ms:
                continue
            window = Window(start_ms=start_ms, end_ms=start_ms + length_ms)
            serials = _within(duties, window)
            message = (
                f"{context.unit_title(unit)} has {lasting(round(rest_ms))} out of service in {title}, {span(window)}, "
                f"beside {listing([context.serial_title(id_) for id_ in serials])}; {limit.write(wanted_ms)} or more "
                "should be left to sleep. Move a serial, or relieve the ship in one."
            )
            yield Remark(
                message=message,
                subjects=(unit, *serials),
                path=("serials", serials[-1], "start"),
                about=(unit, title),
                window=window,
                amount=Amount(value=rest_ms / HOUR_MS, limit=wanted_ms / HOUR_MS, unit="h"),
            )
            break


def _duties(context: Context) -> Mapping[str, Sequence[_Duty]]:
    """Ship to its times in service, in order, none at the same time as another."""
    exercise = context.exercise
    from_ms, share = context.limit(WATCHES_FROM), context.limit(WATCH_SHARE)
    found: dict[str, Sequence[_Duty]] = {}
    for unit, serials in context.programme.assignments.items():
        if not serials or context.medium(unit) not in {Medium.SURFACE, Medium.SUBSURFACE}:
            continue
        duties: list[_Duty] = []
        for id_ in serials:
            phase = exercise.phases.get(exercise.serials[id_].phase)
            if phase is not None and phase.kind is PhaseKind.HARBOUR:
                continue
            window = context.windows[id_]
            counts = share if window.end_ms - window.start_ms > from_ms else 1.0
            start_ms = max(window.start_ms, duties[-1].window.end_ms) if duties else window.start_ms
            if start_ms < window.end_ms:
                duties.append(_Duty(window=Window(start_ms=start_ms, end_ms=window.end_ms), share=counts, serial=id_))
        if duties:
            found[unit] = duties
    return found


def _most(duties: Sequence[_Duty], length_ms: int) -> tuple[float, int]:
    """The most time in service in any span of a length, and when the first such span begins.

    The time in service in a moving span changes its trend only where the span begins or ends with a duty, and is
    greatest where it begins with one or ends with one.
    """
    import numpy as np

    total_ms = sum((duty.window.end_ms - duty.window.start_ms) * duty.share for duty in duties)
    first_ms, last_ms = duties[0].window.start_ms, duties[-1].window.end_ms
    if last_ms - first_ms <= length_ms:
        return total_ms, first_ms
    edges = [edge for duty in duties for edge in (duty.window.start_ms, duty.window.end_ms)]
    gains = [gain for duty in duties for gain in (0.0, (duty.window.end_ms - duty.window.start_ms) * duty.share)]
    served = np.cumsum(gains)
    starts = np.array(sorted(set(edges[::2]) | {edge - length_ms for edge in edges[1::2]}))
    in_service = np.interp(starts + length_ms, edges, served) - np.interp(starts, edges, served)
    best = int(np.argmax(in_service))
    return float(in_service[best]), int(starts[best])


def _within(duties: Sequence[_Duty], window: Window) -> list[str]:
    return [duty.serial for duty in duties if duty.window.overlap(window) is not None]


_FLIGHTS = """
classes:
  cutter:
    name: Cutter
    kind: patrol vessel
    medium: surface
    max_speed: 24 kn
    economical_speed: 12 kn
    range: 4000 nm
    helicopter_spots: 1
  hopper:
    name: Hopper
    kind: ship helicopter
    medium: air
    max_speed: 130 kn
    cruise_speed: 120 kn
    endurance: 7 h
serials:
  S1: {type: asw_search, area: WEST, units: {searching: [ALFA, HELO]}, start: 2026-06-08T00:00Z, duration: 5 h,
       objectives: O1}
  S2: {type: asw_search, area: WEST, units: {searching: [ALFA, HELO]}, start: 2026-06-08T09:00Z, duration: 5 h,
       objectives: O1}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
"""


@rule(
    code="WS607",
    name="flying-hours",
    severity=Severity.WARNING,
    summary="The crews of an aircraft fly more hours in 24 hours or in seven days than they should.",
    why=(
        "A tired crew flies into the sea on the last approach of the day. Flights count from take-off to landing; of "
        "an aircraft without a base its serials count. Crews take turns (`crews`), and so do the airframes of a "
        "flight, each with crews of its own."
    ),
    source="8 h a day and 30 h a week are assumed; every service sets its own",
    bad=f"""{_FLIGHTS}
  HELO: {{name: Helo, nation: JPN, class: hopper, home: ALFA}}
""",
    good=f"""{_FLIGHTS}
  HELO: {{name: Helo, nation: JPN, class: hopper, home: ALFA, crews: 2}}
""",
    limits=(FLYING_DAY, FLYING_WEEK),
)
def flying_hours(context: Context) -> Iterator[Remark]:
    """At most one remark for each aircraft: its worst day, or its worst week if its days are all in order."""
    spans = ((DAY_MS, "24 h", FLYING_DAY), (_WEEK_MS, "7 days", FLYING_WEEK))
    for unit, flights in sorted(_flights(context).items()):
        entry = context.exercise.units[unit]
        crews = max(entry.crews, 1) * max(entry.count, 1)
        for length_ms, title, limit in spans:
            allowed_ms = context.limit(limit)
            flown_ms, start_ms = _most(flights, length_ms)
            if flown_ms / crews <= allowed_ms:
                continue
            window = Window(start_ms=start_ms, end_ms=start_ms + length_ms)
            serials = _within(flights, window)
            each = "" if crews == 1 else f", {lasting(round(flown_ms / crews))} for each of {crews} crews"
            message = (
                f"{context.unit_title(unit)} flies {lasting(round(flown_ms))} in {title}, {span(window)}{each}, in "
                f"{plural(len(serials), 'flight')}; a crew should fly {limit.write(allowed_ms)} at most. Plan another "
                "crew, or another aircraft."
            )
            yield Remark(
                message=message,
                subjects=(unit, *dict.fromkeys(serials)),
                path=("units", unit),
                about=(unit, title),
                window=window,
                amount=Amount(value=flown_ms / crews / HOUR_MS, limit=allowed_ms / HOUR_MS, unit="h"),
            )
            break


def _flights(context: Context) -> Mapping[str, Sequence[_Duty]]:
    """Aircraft to its times in the air, in order, none at the same time as another."""
    spans: dict[str, list[tuple[Window, str]]] = defaultdict(list)
    for unit, flights in flights_of(context).items():
        spans[unit] = [(flight.window, flight.serials[0]) for flight in flights]
    for unit, serials in context.programme.assignments.items():
        if serials and unit not in spans and context.medium(unit) is Medium.AIR:
            spans[unit] = [(context.windows[id_], id_) for id_ in serials]
    found: dict[str, Sequence[_Duty]] = {}
    for unit, given in spans.items():
        duties: list[_Duty] = []
        for window, serial in given:
            start_ms = max(window.start_ms, duties[-1].window.end_ms) if duties else window.start_ms
            if start_ms < window.end_ms:
                own = Window(start_ms=start_ms, end_ms=window.end_ms)
                duties.append(_Duty(window=own, share=1.0, serial=serial))
        if duties:
            found[unit] = duties
    return found
