"""Safety of people (WS6): crews sleep, and aircrew do not fly more than they can."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.duties import Duties
from waterspace.checks.views.flights import flights_of
from waterspace.checks.words import lasting, listing, plural, span
from waterspace.domain import Amount, Medium, PhaseKind, Severity, Window
from waterspace.quantity import DAY_MS, HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context

    _Row = tuple[int, int, float, str]

__all__ = ["flying_hours", "rest_short"]

_WEEK_MS = 7 * DAY_MS
_STCW = (
    "STCW Code, section A-VIII/1 (2010), as marineteacher.com retells it (What are the STCW rest hours): 10 h of rest "
    "in any 24 h and 77 h in any 7 days, the 10 h in no more than two periods of which one has 6 h or more, and 14 h "
    "at the most between two periods; navies set their own"
)

_REST_DAY = Limit(
    name="rest_in_a_day",
    kind=Kind.DURATION,
    default=10 * HOUR_MS,
    meaning="Less time out of service than this in any 24 h is a finding.",
    source=_STCW,
)
_REST_WEEK = Limit(
    name="rest_in_a_week",
    kind=Kind.DURATION,
    default=77 * HOUR_MS,
    meaning="Less time out of service than this in any 7 days is a finding.",
    source=_STCW,
)
_REST_AT_A_STRETCH = Limit(
    name="rest_at_a_stretch",
    kind=Kind.DURATION,
    default=6 * HOUR_MS,
    meaning="No rest as long as this in any 24 h is a finding.",
    source=_STCW,
)
_SERVICE_ON_END = Limit(
    name="service_on_end",
    kind=Kind.DURATION,
    default=14 * HOUR_MS,
    meaning="More time than this between two rests is a finding.",
    source=_STCW,
)
_REST_COUNTS = Limit(
    name="rest_counts_from",
    kind=Kind.DURATION,
    default=HOUR_MS,
    meaning="A shorter pause between serials than this is no rest of its own.",
    source=f"{_STCW}; 1 h is what it asks of the third period where it lets there be three",
)
_WATCHES_FROM = Limit(
    name="rest_watches_from",
    kind=Kind.DURATION,
    default=12 * HOUR_MS,
    meaning="A serial that lasts longer is stood in watches in part: the longer it lasts, the less counts in full.",
)
_WATCHES_THROUGHOUT = Limit(
    name="rest_watches_throughout",
    kind=Kind.DURATION,
    default=DAY_MS,
    meaning="A serial that lasts so long or longer is stood in watches from beginning to end.",
)
_WATCH_SHARE = Limit(
    name="rest_watch_share",
    kind=Kind.RATIO,
    default=1.0 / 3.0,
    meaning="The share of a serial stood in watches that each of the crew is up for.",
    source="assumed: three watches",
)
_FLYING_DAY = Limit(
    name="flying_in_a_day",
    kind=Kind.DURATION,
    default=8 * HOUR_MS,
    meaning="More flying than this for a crew in any 24 h is a finding.",
)
_FLYING_WEEK = Limit(
    name="flying_in_a_week",
    kind=Kind.DURATION,
    default=30 * HOUR_MS,
    meaning="More flying than this for a crew in any 7 days is a finding.",
)


@rule(
    code="WS606",
    name="rest-short",
    severity=Severity.WARNING,
    summary="The crew of a ship has too little time out of service in 24 hours or in seven days, or too much cut up.",
    why=(
        "Tired people make the mistakes that an exercise is not meant to practise. Every serial that moves a ship "
        "counts in full for its crew; one of 24 h or more is stood in watches, so that a third of it counts; of one "
        "between 12 h and 24 h a first part counts in full, the less the longer it lasts, and a third of the "
        "remainder; one of a harbour phase does not count. What serials at the same time take up together counts once. "
        "Rest in small pieces is no sleep: two of them should make up the day's rest and one should be long, and "
        "nobody should serve on end for too long; time stood in watches cuts no rest. Aircrew are looked at by WS607."
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
    limits=(
        *(_REST_DAY, _REST_WEEK, _REST_AT_A_STRETCH, _SERVICE_ON_END, _REST_COUNTS),
        *(_WATCHES_FROM, _WATCHES_THROUGHOUT, _WATCH_SHARE),
    ),
)
def rest_short(context: Context) -> Iterator[Remark]:
    """One remark for each ship: of its worst day, of how its rest is cut up, or of its worst week; the first holds."""
    duties = _duties(context)
    named: set[str] = set()
    days, weeks = _too_little(context, duties, DAY_MS), _too_little(context, duties, _WEEK_MS)
    for short in chain(days, _cut_up(context, duties), weeks):
        if short.unit not in named:
            named.add(short.unit)
            yield _short(context, duties, short)


class _Short(NamedTuple):
    """A ship whose crew has too little rest.

    Attributes:
        kind: what it is about, in a word or two.
        window: in which.
        found_ms: of rest, or of service on end.
        limit_ms: for it.
        words: the sentence, with a place for the ship, the time, the serials and the limit.
    """

    unit: str
    kind: str
    window: Window
    found_ms: float
    limit_ms: float
    words: str


_TOO_LITTLE = (
    "{ship} has {found} out of service in {kind}, {span}, beside {serials}; {limit} or more should be left to sleep"
)
_NO_STRETCH = (
    "{ship} has no more than {found} out of service at a stretch in 24 h, {span}, beside {serials}; one stretch of "
    "{limit} or more should be left to sleep"
)
_IN_PIECES = (
    "{ship} has its rest in 24 h, {span}, in pieces beside {serials}: the two longest give {found}, and {limit} or "
    "more should be left to sleep in two"
)
_ON_END = (
    "{ship} is in service for {found} on end, {span}, in {serials}; after {limit} at the most its crew should rest"
)


def _too_little(context: Context, duties: Duties, length_ms: int) -> Iterator[_Short]:
    """Ships with too little time out of service in a day or in a week."""
    title, limit = ("24 h", _REST_DAY) if length_ms == DAY_MS else ("7 days", _REST_WEEK)
    wanted_ms = context.limit(limit)
    for unit, service_ms, start_ms in duties.busiest(length_ms):
        if length_ms - service_ms < wanted_ms:
            window = Window(start_ms=start_ms, end_ms=start_ms + length_ms)
            yield _Short(unit, title, window, length_ms - service_ms, wanted_ms, _TOO_LITTLE)


def _cut_up(context: Context, duties: Duties) -> Iterator[_Short]:
    """Ships whose crews serve on end for too long, sleep for too short a time at a stretch, or in too many pieces."""
    stretches = duties.stretches(context.limit(_REST_COUNTS))
    most_ms, long_ms, day_ms = (context.limit(one) for one in (_SERVICE_ON_END, _REST_AT_A_STRETCH, _REST_DAY))
    for unit, service_ms, start_ms in stretches.longest(most_ms):
        window = Window(start_ms=start_ms, end_ms=start_ms + round(service_ms))
        yield _Short(unit, "on end", window, service_ms, most_ms, _ON_END)
    for unit, rest_ms, start_ms in stretches.rest_at_a_stretch(DAY_MS, long_ms):
        window = Window(start_ms=start_ms, end_ms=start_ms + DAY_MS)
        yield _Short(unit, "a stretch", window, rest_ms, long_ms, _NO_STRETCH)
    for unit, rest_ms, start_ms in stretches.rest_in_two(DAY_MS, day_ms):
        window = Window(start_ms=start_ms, end_ms=start_ms + DAY_MS)
        yield _Short(unit, "in two", window, rest_ms, day_ms, _IN_PIECES)


def _short(context: Context, duties: Duties, short: _Short) -> Remark:
    serials = list(dict.fromkeys(duties.within(short.unit, short.window)))
    message = short.words.format(
        ship=context.unit_title(short.unit),
        kind=short.kind,
        found=lasting(round(short.found_ms)),
        span=span(short.window),
        serials=listing([context.serial_title(id_) for id_ in serials]),
        limit=_REST_DAY.write(short.limit_ms),
    )
    return Remark(
        message=f"{message}. Move a serial, or relieve the ship in one.",
        subjects=(short.unit, *serials),
        path=("serials", serials[-1], "start"),
        about=(short.unit, short.kind),
        window=short.window,
        amount=Amount(value=short.found_ms / HOUR_MS, limit=short.limit_ms / HOUR_MS, unit="h"),
    )


def _duties(context: Context) -> Duties:
    """The times in service of every ship."""
    exercise = context.exercise
    watches = _Watches(*(context.limit(one) for one in (_WATCHES_FROM, _WATCHES_THROUGHOUT, _WATCH_SHARE)))
    harbour = {id_ for id_, phase in exercise.phases.items() if phase.kind is PhaseKind.HARBOUR}
    counted: dict[str, tuple[_Row, ...]] = {}
    for id_, window in context.windows.items():
        if exercise.serials[id_].phase not in harbour:
            counted[id_] = tuple(_rows(window, id_, watches))
    ships = {
        unit: sorted(row for id_ in serials for row in counted.get(id_, ()))
        for unit, serials in context.programme.assignments.items()
        if serials and context.medium(unit) in {Medium.SURFACE, Medium.SUBSURFACE}
    }
    return Duties(ships)


def _rows(window: Window, serial: str, watches: _Watches) -> Iterator[_Row]:
    """What of a serial counts: all of it, or a first part and a share of the remainder where it is stood in watches.

    How long everybody is kept up is not in the plan. Half a day can be done with all hands, a day cannot; between the
    two the first part shrinks evenly to nothing, so that a minute more or less never changes much. The part in full
    comes first because people are called for the beginning of a serial and stand down into watches after it. That is
    our judgement; a staff that knows better sets the three limits.
    """
    lasts_ms = window.end_ms - window.start_ms
    in_full_ms = min(watches.in_full_ms(lasts_ms), lasts_ms)
    until_ms = window.start_ms + in_full_ms
    if in_full_ms:
        yield window.start_ms, until_ms, 1.0, serial
    if in_full_ms < lasts_ms:
        yield until_ms, window.end_ms, watches.share, serial


class _Watches(NamedTuple):
    """From which length on serials are stood in watches, from which throughout, and the share that then counts."""

    from_ms: float
    throughout_ms: float
    share: float

    def in_full_ms(self, lasts_ms: int) -> int:
        """How much of a serial of a length counts in full."""
        if lasts_ms <= self.from_ms:
            return lasts_ms
        if lasts_ms >= self.throughout_ms:
            return 0
        return round(self.from_ms * (self.throughout_ms - lasts_ms) / (self.throughout_ms - self.from_ms))


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
    limits=(_FLYING_DAY, _FLYING_WEEK),
)
def flying_hours(context: Context) -> Iterator[Remark]:
    """At most one remark for each aircraft: its worst day, or its worst week if its days are all in order."""
    flights = _flights(context)
    named: set[str] = set()
    for length_ms, title, limit in ((DAY_MS, "24 h", _FLYING_DAY), (_WEEK_MS, "7 days", _FLYING_WEEK)):
        allowed_ms = context.limit(limit)
        for unit, flown_ms, start_ms in flights.busiest(length_ms):
            entry = context.exercise.units[unit]
            crews = max(entry.crews, 1) * max(entry.count, 1)
            if flown_ms / crews <= allowed_ms or unit in named:
                continue
            named.add(unit)
            window = Window(start_ms=start_ms, end_ms=start_ms + length_ms)
            serials = flights.within(unit, window)
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


def _flights(context: Context) -> Duties:
    """The times in the air of every aircraft."""
    spans: dict[str, list[tuple[int, int, float, str]]] = defaultdict(list)
    for unit, flights in flights_of(context).items():
        spans[unit] = [(one.window.start_ms, one.window.end_ms, 1.0, one.serials[0]) for one in flights]
    for unit, serials in context.programme.assignments.items():
        if serials and unit not in spans and context.medium(unit) is Medium.AIR:
            windows = ((context.windows[id_], id_) for id_ in serials)
            spans[unit] = [(window.start_ms, window.end_ms, 1.0, id_) for window, id_ in windows]
    return Duties(spans)
