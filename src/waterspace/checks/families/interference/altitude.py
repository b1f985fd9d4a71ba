"""Mutual interference (WS2): height between those who fly in the same place at the same time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.checks.limits import ASSUMED, Kind, Limit
from waterspace.checks.rule import Remark, rule
from waterspace.checks.views.intrusion import runs, serials_around
from waterspace.checks.words import at, lasting, sentence, span
from waterspace.domain import Amount, Band, Hazard, Medium, MovingBox, Reservation, Severity, Window
from waterspace.notation import format_height
from waterspace.quantity import FOOT_M, MINUTE_MS, NAUTICAL_MILE_M, feet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.domain import Leg, Position, Shape
    from waterspace.geometry.separation import IndexArray

__all__ = ["LEAST_HEIGHT", "LEAST_RANGE", "altitude_block"]

_ICAO = "ICAO Annex 2, appendix 3: vertical separation of cruising levels (not verified)"
LEAST_HEIGHT = Limit(
    name="altitude_separation",
    kind=Kind.HEIGHT,
    default=1000.0 * FOOT_M,
    meaning="Aircraft of two serials in the same place are to keep at least this much height between them.",
    source=_ICAO,
)
LEAST_RANGE = Limit(
    name="altitude_transit_range",
    kind=Kind.DISTANCE,
    default=2.0 * NAUTICAL_MILE_M,
    meaning="Aircraft on their way that pass within this distance of each other count as being in the same place.",
    source=ASSUMED,
)

_FLYING = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  HAWK: {name: Hawk, nation: JPN, class: z9, start: 38-30.0N 133-55.0E}
  KITE: {name: Kite, nation: KOR, class: z9, start: 38-30.0N 134-05.0E}
serials:
  S1:
    type: search_and_rescue
    area: WEST
    units: {coordinator: ALFA, searching: HAWK}
    height: 500 ft
    start: 2026-06-08T00:00Z
    duration: 1 h
    objectives: O1
  S2:
    type: search_and_rescue
    area: WEST
    units: {coordinator: BRAVO, searching: KITE}
    height: %s
    start: 2026-06-08T00:00Z
    duration: 1 h
    objectives: O1
"""


@rule(
    code="WS206",
    name="altitude-block",
    severity=Severity.ERROR,
    summary="Aircraft of two serials are in the same place at the same time with too little height between them.",
    why=(
        "Blocks of height that touch, or a flight out through the block of another, leave no room for an error of the "
        "altimeter or of the pilot. Blocks that overlap are reported as dangers that meet (WS201)."
    ),
    source=_ICAO,
    bad=_FLYING % "1600 ft",
    good=_FLYING % "3500 ft",
    limits=(LEAST_HEIGHT, LEAST_RANGE),
)
def altitude_block(context: Context) -> Iterator[Remark]:
    """One remark for each pair of serials or flights, about the first meeting."""
    flights = _flights(context)
    if not flights:
        return
    first: dict[tuple[frozenset[str], bool], _Meeting] = {}
    for meeting in _meetings(context, flights):
        key = frozenset((meeting.low.key, meeting.high.key)), meeting.is_passage
        if key not in first or meeting.order < first[key].order:
            first[key] = meeting
    for meeting in first.values():
        yield _remark(context, meeting)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flight:
    """Air that a serial flies in, or the way of an aircraft between serials, as a claim.

    Attributes:
        claim: a box without a size for an aircraft on its way.
        unit: the aircraft; empty for the air of a serial.
        serials: whose air it is, or which the aircraft comes from and goes to.
        home: deck or base of the aircraft; empty where it has none.
    """

    claim: Reservation
    unit: str = ""
    serials: frozenset[str] = frozenset()
    home: str = ""

    @property
    def key(self) -> str:
        return f"unit {self.unit}" if self.unit else f"serial {self.claim.owner}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """Two that come too near in height, and where they do."""

    low: _Flight
    high: _Flight
    position: Position
    window: Window
    apart_m: float
    least_m: float

    @property
    def is_passage(self) -> bool:
        return bool(self.low.unit or self.high.unit)

    @property
    def order(self) -> tuple[object, ...]:
        """The first, whatever they are called; names last."""
        where = self.position
        return (
            self.window,
            self.apart_m,
            round(where.lat_deg, 6),
            round(where.lon_deg, 6),
            self.low.claim.id,
            self.high.claim.id,
        )


def _flights(context: Context) -> list[_Flight]:
    """The air that the serials claim for flying, and the ways of aircraft; nothing where fewer than two fly."""
    blocks = [
        _Flight(claim=claim, serials=frozenset((claim.owner,)))
        for claim in context.reservations
        if claim.hazard is Hazard.FLYING
    ]
    flying = (unit for unit in context.programme.tracks if context.medium(unit) is Medium.AIR)
    ways = [way for unit in flying for way in _ways(context, unit)]
    return [*blocks, *ways]


def _ways(context: Context, unit: str) -> Iterator[_Flight]:
    """What an aircraft flies between serials, in parts at one height each."""
    known = context.exercise.units[unit]
    outside = [leg for leg in context.programme.tracks[unit].legs if not leg.serial and leg.height_m > 0.0]
    by_height: dict[float, list[Leg]] = defaultdict(list)
    for leg in outside:
        by_height[leg.height_m].append(leg)
    for height_m, legs in by_height.items():
        for number, way in enumerate(runs(legs)):
            window = Window(start_ms=way[0].start_ms, end_ms=way[-1].end_ms)
            claim = Reservation(
                id=f"{unit}/way-{height_m:.0f}-{number}",
                owner=unit,
                name=unit,
                footprint=MovingBox(legs=tuple(way), ahead_m=0.0, astern_m=0.0, abeam_m=0.0),
                band=Band(floor_m=height_m, ceiling_m=height_m),
                windows=(window,),
                hazard=Hazard.NONE,
            )
            around = frozenset(filter(None, serials_around(context, unit, window.start_ms)))
            yield _Flight(claim=claim, unit=unit, serials=around, home=known.home_unit or str(known.home or ""))


def _meetings(context: Context, flights: Sequence[_Flight]) -> Iterator[_Meeting]:
    import numpy as np

    from waterspace.geometry.reservations.neighbours import neighbours
    from waterspace.geometry.reservations.table import Table

    least_m, range_m = context.limit(LEAST_HEIGHT), context.limit(LEAST_RANGE)
    named = {key: number for number, key in enumerate(dict.fromkeys(flight.key for flight in flights))}
    keys = np.array([named[flight.key] for flight in flights])

    def matters(first: IndexArray, second: IndexArray) -> NDArray[np.bool_]:
        wanted: NDArray[np.bool_] = keys[first] != keys[second]
        return wanted

    # a way has no thickness: a little room above and below makes its height meet that of another on the same level
    claims = [_thick(flight.claim, least_m) if flight.unit else flight.claim for flight in flights]
    first, second = neighbours(Table.of(claims), range_m, least_m, matters)
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        one, other = flights[a], flights[b]
        if _together(context, one, other) or frozenset((one.claim.owner, other.claim.owner)) in context.met_dangers:
            continue
        found = _meeting(one, other, least_m, range_m)
        if found is not None:
            yield found


def _thick(claim: Reservation, by_m: float) -> Reservation:
    return replace(claim, band=Band(floor_m=claim.band.floor_m - by_m, ceiling_m=claim.band.ceiling_m))


def _together(context: Context, one: _Flight, other: _Flight) -> bool:
    """Whether two have to do with each other: an aircraft of the serial, or two of one serial or one deck."""
    if one.unit and other.unit:
        return bool(one.serials & other.serials) or (bool(one.home) and one.home == other.home)
    way, block = (one, other) if one.unit else (other, one)
    return bool(way.unit) and way.unit in context.assigned.get(block.claim.owner, frozenset())


def _meeting(one: _Flight, other: _Flight, least_m: float, range_m: float) -> _Meeting | None:
    """Where two are in the same place with too little height between them; None where they never are."""
    from waterspace.geometry.meeting import clash
    from waterspace.geometry.reservations.nearness import least_distance

    low, high = sorted((one, other), key=lambda flight: (flight.claim.band.ceiling_m, flight.claim.band.floor_m))
    apart_m = max(high.claim.band.floor_m - low.claim.band.ceiling_m, 0.0)
    if apart_m >= least_m:
        return None
    if one.unit and other.unit:
        near = least_distance(one.claim, other.claim)
        if near is None or near.apart_m >= range_m:
            return None
        window = Window(start_ms=near.time_ms, end_ms=min(near.time_ms + MINUTE_MS, near.window.end_ms))
        position = near.position
    else:
        met = clash(*(replace(flight.claim, band=Band()) for flight in (one, other)))
        if met is None:
            return None
        window, position = met.window, met.position
    return _Meeting(low=low, high=high, position=position, window=window, apart_m=apart_m, least_m=least_m)


def _remark(context: Context, meeting: _Meeting) -> Remark:
    high, low = meeting.high, meeting.low
    if meeting.apart_m <= 0.0 and low.unit:
        high, low = low, high
    names = [_title(context, flight) for flight in (high, low)]
    how = f"only {format_height(meeting.apart_m)} above" if meeting.apart_m > 0.0 else "at the same height as"
    message = (
        f"{names[0]} is {how} {names[1]} near {at(meeting.position)}, {span(meeting.window)} "
        f"({lasting(meeting.window.end_ms - meeting.window.start_ms)}); {format_height(meeting.least_m)} are to lie "
        f"between them. Give one of them another height, or another time."
    )
    ids = tuple(flight.unit or flight.claim.owner for flight in (high, low))
    path = ("units", high.unit) if high.unit else ("serials", high.claim.owner)
    return Remark(
        message=sentence(message),
        subjects=ids,
        path=path,
        position=meeting.position,
        window=meeting.window,
        shapes=tuple(_drawn(flight) for flight in (high, low)),
        amount=Amount(round(feet(meeting.apart_m), 1), round(feet(meeting.least_m), 1), "ft"),
    )


def _drawn(flight: _Flight) -> Shape:
    footprint = flight.claim.footprint
    return footprint.legs if flight.unit and isinstance(footprint, MovingBox) else footprint


def _title(context: Context, flight: _Flight) -> str:
    if not flight.unit:
        return context.claim_title(flight.claim)
    height = format_height(flight.claim.band.floor_m)
    return f"{context.unit_title(flight.unit)}, on its way at {height},"
