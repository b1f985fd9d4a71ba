"""Mutual interference (WS2): submarines keep clear of what others lower, tow or drop into the water."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.limits import ASSUMED, Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.diving import on_passage
from waterspace.checks.views.intrusion import runs
from waterspace.checks.words import at, lasting, sentence, span
from waterspace.domain import SURFACE, Amount, Band, Hazard, Medium, MovingBox, Reservation, Severity, Window
from waterspace.quantity import NAUTICAL_MILE_M, YARD_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.domain import Leg
    from waterspace.geometry.reservations.nearness import Nearness
    from waterspace.geometry.separation import IndexArray

__all__ = ["CLEAR", "submarine_near_underwater_danger"]

CLEAR = Limit(
    name="submarine_clear",
    kind=Kind.DISTANCE,
    default=4000.0 * YARD_M,
    meaning="A submarine keeps this far from the underwater activity, tow or underwater fire of another serial.",
    source=f"{ASSUMED}; as far as a published code asks of deep submarines near fishing gear, see WS304",
)

_NEAR = """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn,
           range: 4000 nm, endurance: 20 d}
  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 16 kn, economical_speed: 8 kn, range: 6000 nm,
         endurance: 40 d}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  DELTA: {name: Delta, nation: JPN, class: boat, start: %s}
serials:
  S1: {type: asw_search, area: WEST, units: {searching: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h,
       objectives: O1}
  S2:
    type: transit
    units: {units: DELTA}
    route: [%s]
    depth: 60 m
    start: 2026-06-08T00:00Z
    duration: 3 h
    objectives: O1
"""


@rule(
    code="WS205",
    name="submarine-near-underwater-danger",
    severity=Severity.ERROR,
    summary="A submarine comes near the dipping, towing or underwater ordnance of a serial in which it has no part.",
    why=(
        "Nobody on the surface sees a submerged submarine, and it hears a towed or lowered body late: it fouls the "
        "tow, is struck by the body, or is taken for the target. Water for submarines and for underwater work is kept "
        "apart in time or place. Submerged legs count, and passages, of which the plan gives no depth; so "
        "does all water that a serial claims for the submarine that it searches for."
    ),
    source=JUDGEMENT,
    bad=_NEAR % ("38-30.0N 134-40.0E", "38-31.0N 134-21.5E, 38-45.0N 134-21.5E"),
    good=_NEAR % ("38-30.0N 134-40.0E", "38-31.0N 134-25.0E, 38-45.0N 134-25.0E"),
    limits=(CLEAR,),
)
def submarine_near_underwater_danger(context: Context) -> Iterator[Remark]:
    """One remark for each submarine and each serial of others, about where they are nearest."""
    boats = [unit for unit in context.programme.tracks if context.medium(unit) is Medium.SUBSURFACE]
    dangers = [claim for claim in context.reservations if _is_underwater(claim)]
    if not boats or not dangers:
        return
    nearest: dict[tuple[str, str], _Approach] = {}
    for approach in _approaches(context, dangers, boats):
        key = approach.danger.owner, approach.room.unit
        if key not in nearest or approach.order < nearest[key].order:
            nearest[key] = approach
    for approach in nearest.values():
        yield _remark(context, approach)


def _is_underwater(claim: Reservation) -> bool:
    """Whether something is lowered, towed or fired below the keels of ships."""
    if claim.hazard is Hazard.FIRING:
        return claim.band.floor_m < SURFACE.floor_m
    return claim.hazard in {Hazard.UNDERWATER, Hazard.TOWING}


class _Room(NamedTuple):
    """Where a submarine is: its way, or the water of a serial in which it may be anywhere."""

    claim: Reservation
    unit: str
    serial: str
    is_way: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Approach:
    danger: Reservation
    room: _Room
    nearness: Nearness
    windows: tuple[Window, ...]
    clear_m: float

    @property
    def order(self) -> tuple[object, ...]:
        """The nearest first, whatever anything is called; names last."""
        near, where = self.nearness, self.nearness.position
        return (
            round(near.apart_m),
            near.time_ms,
            round(where.lat_deg, 6),
            round(where.lon_deg, 6),
            self.danger.id,
            self.room.claim.id,
        )


def _rooms(context: Context, boats: Sequence[str]) -> Iterator[_Room]:
    for unit in boats:
        below = (leg for leg in context.programme.tracks[unit].legs if leg.height_m < 0.0 or not leg.serial)
        for serial, legs in groupby(below, key=attrgetter("serial")):
            for way in runs(legs):
                yield _Room(_way(unit, way), unit, serial, is_way=True)
    searched = [claim for claim in context.reservations if claim.hazard is Hazard.UNDERWATER]
    for claim in searched:
        for unit in boats:
            if unit in context.assigned.get(claim.owner, frozenset()):
                yield _Room(claim, unit, claim.owner, is_way=False)


def _way(unit: str, legs: Sequence[Leg]) -> Reservation:
    window = Window(start_ms=legs[0].start_ms, end_ms=legs[-1].end_ms)
    return Reservation(
        id=f"{unit}/way",
        owner=unit,
        name=unit,
        footprint=MovingBox(legs=tuple(legs), ahead_m=0.0, astern_m=0.0, abeam_m=0.0),
        band=Band(),
        windows=(window,),
        hazard=Hazard.NONE,
    )


def _approaches(context: Context, dangers: Sequence[Reservation], boats: Sequence[str]) -> Iterator[_Approach]:
    """Every danger that a submarine of no part in it comes near."""
    import numpy as np

    from waterspace.geometry.reservations.nearness import least_distance, within_at
    from waterspace.geometry.reservations.neighbours import neighbours
    from waterspace.geometry.reservations.table import Table

    rooms, count, clear_m = list(_rooms(context, boats)), len(dangers), context.limit(CLEAR)

    def matters(first: IndexArray, second: IndexArray) -> NDArray[np.bool_]:
        wanted: NDArray[np.bool_] = (np.minimum(first, second) < count) & (np.maximum(first, second) >= count)
        return wanted

    table = Table.of((*dangers, *(room.claim for room in rooms)))
    for a, b in zip(*(numbers.tolist() for numbers in neighbours(table, clear_m, 0.0, matters)), strict=True):
        danger, room = dangers[a], rooms[b - count]
        if room.unit in context.assigned.get(danger.owner, frozenset()):
            continue
        if not room.is_way and frozenset((danger.owner, room.serial)) in context.met_pairs:
            continue
        near = least_distance(danger, room.claim)
        if near is None or near.apart_m >= clear_m:
            continue
        moves = room.is_way or isinstance(danger.footprint, MovingBox)
        windows: tuple[Window, ...] = (near.window,)
        if moves:
            windows = within_at(danger.footprint, room.claim.footprint, clear_m, near.window) or windows
        yield _Approach(danger=danger, room=room, nearness=near, windows=windows, clear_m=clear_m)


def _remark(context: Context, approach: _Approach) -> Remark:
    near, room, clear_m = approach.nearness, approach.room, approach.clear_m
    when = Window(start_ms=approach.windows[0].start_ms, end_ms=approach.windows[-1].end_ms)
    how = "is inside" if near.apart_m <= 0.0 else f"comes within {nautical_miles(near.apart_m):.2f} nm of"
    if not room.is_way:
        how = f"may come within {nautical_miles(near.apart_m):.2f} nm of" if near.apart_m > 0.0 else "may be inside"
    message = (
        f"The submarine {context.unit_title(room.unit)}, {_doing(context, room)}, {how} "
        f"{context.claim_title(approach.danger)} near {at(near.position)}, {span(when)} "
        f"({lasting(when.end_ms - when.start_ms)}); {nautical_miles(clear_m):.2f} nm are to be kept. Give it other "
        f"water, or another time."
    )
    serial = (room.serial,) if room.serial else ()
    footprint = room.claim.footprint
    return Remark(
        message=sentence(message),
        subjects=(room.unit, approach.danger.owner, *serial),
        about=(room.unit, approach.danger.owner),
        path=("serials", room.serial) if room.serial else ("units", room.unit),
        position=near.position,
        windows=approach.windows,
        shapes=(approach.danger.footprint, footprint.legs if isinstance(footprint, MovingBox) else footprint),
        amount=Amount(round(near.apart_m / NAUTICAL_MILE_M, 2), round(clear_m / NAUTICAL_MILE_M, 2), "nm"),
    )


def _doing(context: Context, room: _Room) -> str:
    if room.serial:
        return f"in {context.serial_title(room.serial)}"
    return on_passage(context, room.unit, room.claim.windows[0].start_ms)
