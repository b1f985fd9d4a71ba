"""Transit: units sail or fly together along a route, in column, and arrive when the serial ends.

The leading ship is on the first waypoint when the serial starts and on the last one when it ends; the others follow
in its wake, in the order of the file: they start astern of it, or leave harbour after it, and stop as far short of the
last waypoint as they are astern, or come into harbour after it. Ships run at the one speed that fills the serial's
window, or at a given speed and then wait. Aircraft fly the route together at the
cruising speed of the slowest, stacked in height, and then hold over the last waypoint or have landed there. From
waypoint to waypoint the track is a great circle (a geodesic), or a rhumb line where the planner asks for that.

Sources: ICAO Annex 2, appendix 3, for the distance in height; the rest is plain seamanship, with parameters.
Limits: no current, no wind, no slowing down in narrow waters; alterations of course take no time; the claim on the
water is a box about the column that turns with its leader, so the rear of a long column is outside it near a turn.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Band,
    Confidence,
    Follow,
    Hazard,
    Measure,
    Medium,
    MovingBox,
    Position,
    Provenance,
    Record,
    Reservation,
    Window,
)
from waterspace.geometry.geodesic import route_length_m
from waterspace.geometry.legs import fill, hold, legs_in_window, total_length_m
from waterspace.geometry.rhumb_legs import rhumb_route
from waterspace.quantity import FOOT_M, KILOMETRE_M, NAUTICAL_MILE_M, SECOND_MS
from waterspace.serials.base import (
    AIRCRAFT,
    SHIPS,
    Briefing,
    Needs,
    Plan,
    Role,
    Script,
    SerialParameters,
    SerialType,
    Stage,
    once,
    parameter,
)
from waterspace.serials.seamanship.patterns import (
    HEIGHT_STEP_M,
    cast,
    corridor_route,
    heights_m,
    part_of_route,
    pieces,
    run_route,
    slowest_cruise_mps,
    stay,
    time_to_run_ms,
    untimed,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Event, Exercise, Leg, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "TrackKind", "Transit", "TransitParameters"]

_UNITS = "units"

_SAME_PLACE_M = 1.0
"""A way shorter than this leads nowhere."""

_rhumb_route = functools.lru_cache(maxsize=64)(rhumb_route)
"""A serial asks for its route once for each unit, and again for its claims and its measures."""


class TrackKind(StrEnum):
    """How the way leads from waypoint to waypoint."""

    GREAT_CIRCLE = "great circle"
    RHUMB_LINE = "rhumb line"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitParameters(SerialParameters):
    """What the planner may say of a transit."""

    route: tuple[Position, ...] = parameter(
        text="Waypoints in order; where none are given, those of an area that is a corridor.", default=()
    )
    track: TrackKind = parameter(
        text="The shortest way from waypoint to waypoint, or the one of constant bearing, to a metre.",
        default=TrackKind.GREAT_CIRCLE,
    )
    speed_mps: float | None = parameter(
        text=(
            "Speed to sail at (to fly at, where only aircraft take part), and then wait; faster where it would be "
            "late. Without it ships fill the window at one speed, and aircraft cruise."
        ),
        default=None,
        minimum=0.1,
    )
    leaves_harbour: bool = parameter(
        text="Ships leave the first waypoint one after the other, instead of starting astern of it.", default=False
    )
    enters_harbour: bool = parameter(
        text="Ships come to the last waypoint one after the other, instead of stopping astern of it.", default=False
    )
    spacing_m: float = parameter(
        text="Distance from ship to ship in column, and so between their arrivals.",
        default=KILOMETRE_M,
        minimum=0.0,
        source="assumed",
    )
    clearance_m: float = parameter(
        text="Water claimed ahead, astern and to each side of the column.",
        default=0.5 * NAUTICAL_MILE_M,
        minimum=0.0,
        source="assumed",
    )
    height_m: float = parameter(
        text="Height of the lowest aircraft; each further one flies 300 m higher.",
        default=2000.0 * FOOT_M,
        minimum=0.0,
        source="assumed",
    )
    depth_m: float = parameter(
        text="Depth at which submarines run; 0 at the surface.", default=0.0, minimum=0.0, source="assumed"
    )


class Transit(SerialType[TransitParameters]):
    """Passage of a group along a route."""

    key = "transit"
    title = "transit"
    summary = "Units sail or fly together along a route, in column, and arrive when the serial ends."
    parameters = TransitParameters
    roles = (Role(name=_UNITS, text="Everyone who goes.", media=SHIPS | AIRCRAFT | frozenset({Medium.SUBSURFACE})),)
    sources = (
        "Column on a guide: general seamanship; distances are parameters",
        "ICAO Annex 2, appendix 3: 300 m (1 000 ft) between aircraft below flight level 290",
    )
    measured_by: ClassVar[Mapping[str, str]] = {
        "arrived_count": "units that reached the end of their route",
        "distance_m": "mean length of the tracks that were run",
        "speed_made_good_mps": "mean length of the tracks over the time the serial took",
    }

    def needs(self, parameters: TransitParameters) -> Needs:
        """An area only where no route is given."""
        return Needs(area=not parameters.route)

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """Length of the route at the speed given, or at the cruising speed of the slowest ship."""
        briefing: Briefing[TransitParameters] = untimed(exercise, serial)
        speed_mps = briefing.parameters.speed_mps or slowest_cruise_mps(briefing)
        return None if speed_mps is None else time_to_run_ms(_way_m(briefing), speed_mps)

    def plan(self, briefing: Briefing[TransitParameters]) -> Plan:
        """Ships in column, each in the wake of the one before; aircraft one above the other."""
        given, serial = briefing.parameters, briefing.serial.id
        route = _route(briefing)
        plan: dict[str, tuple[Leg, ...]] = {}
        if not route:
            return plan
        for place, unit in enumerate(_column(briefing)):
            dives = briefing.medium(unit) is Medium.SUBSURFACE
            height_m = -given.depth_m if dives else 0.0
            plan[unit] = _sail(briefing, place, height_m) if place or dives else _lead(briefing)
        flight = cast(briefing, medium=Medium.AIR)
        for unit, height_m in zip(flight, heights_m(len(flight), given.height_m), strict=True):
            speed_mps = _flying_speed_mps(briefing)
            plan[unit] = run_route(route, briefing.window, speed_mps=speed_mps, height_m=height_m, serial=serial)
        return plan

    def reservations(self, briefing: Briefing[TransitParameters], plan: Plan) -> tuple[Reservation, ...]:
        """A box that moves with the column of ships, and one that moves with the aircraft. Neither is dangerous."""
        given, route = briefing.parameters, _route(briefing)
        ships, flight = _column(briefing), cast(briefing, medium=Medium.AIR)
        claims: list[Reservation] = []
        if route and ships:
            dives = any(briefing.medium(unit) is Medium.SUBSURFACE for unit in ships)
            band = Band(
                floor_m=SURFACE.floor_m - (given.depth_m if dives else 0.0),
                ceiling_m=SURFACE.ceiling_m,
            )
            legs = _lead(briefing)
            claims.append(_claim(briefing, "column", _box(legs, given, len(ships)), band))
        if route and flight:
            band = Band(
                floor_m=max(0.0, given.height_m - HEIGHT_STEP_M / 2.0),
                ceiling_m=heights_m(len(flight), given.height_m)[-1] + HEIGHT_STEP_M / 2.0,
            )
            legs = run_route(route, briefing.window, speed_mps=_flying_speed_mps(briefing))
            claims.append(_claim(briefing, "flight", _box(legs, given, 1), band))
        return tuple(claims)

    def script(self, stage: Stage[TransitParameters], unit: str) -> Script:
        """Follow the plan, report the arrival, and stay there."""
        legs = stage.plan.get(unit, ())
        if not legs:
            return
        arrived_ms = max((leg.end_ms for leg in legs if not leg.is_wait), default=legs[0].start_ms)
        yield Follow(legs=pieces(legs, [arrived_ms])[0])
        yield Record(
            kind="transit.arrived",
            text=f"{unit} at the end of the route",
            data={"distance_m": round(total_length_m(legs), 1)},
        )
        yield Follow(legs=stay(stage, unit))

    def measures(
        self,
        briefing: Briefing[TransitParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """Who arrived, how far it was, how fast it went."""
        subject, window = briefing.serial.id, briefing.window
        arrived = {event.unit for event in events if event.kind == "transit.arrived"}
        lengths_m = [total_length_m(legs) for legs in tracks.values() if legs]
        mean_m = sum(lengths_m) / len(lengths_m) if lengths_m else 0.0
        values = {
            "arrived_count": float(len(arrived)),
            "distance_m": mean_m,
            "speed_made_good_mps": mean_m * SECOND_MS / (window.end_ms - window.start_ms),
        }
        return tuple(
            Measure(name=name, value=value, subject=subject, text=self.measured_by[name])
            for name, value in values.items()
        )


@once
def _route(briefing: Briefing[TransitParameters]) -> tuple[Position, ...]:
    """Waypoints of the parameters; failing them, of an area that is a corridor; failing that, none.

    Where the track is a rhumb line there are points on it in between.
    """
    given = briefing.parameters
    waypoints = given.route or corridor_route(briefing)
    return _rhumb_route(tuple(waypoints)) if given.track is TrackKind.RHUMB_LINE else waypoints


@once
def _way_m(briefing: Briefing[TransitParameters]) -> float:
    """How far the leader gets in the time that the column needs: the route, and the column's length into harbour."""
    given, last = briefing.parameters, max(0, len(_column(briefing)) - 1)
    return _route_m(briefing) + (last * given.spacing_m if given.enters_harbour else 0.0)


def _sail(briefing: Briefing[TransitParameters], place: int, height_m: float) -> tuple[Leg, ...]:
    """Legs of the ship at a place in the column, the leader at 0."""
    given, route, window = briefing.parameters, _route(briefing), briefing.window
    back_m, span_ms = place * given.spacing_m, window.end_ms - window.start_ms
    serial = briefing.serial.id
    begin_m = 0.0 if given.leaves_harbour else -back_m
    end_m = max(begin_m, _route_m(briefing) - (0.0 if given.enters_harbour else back_m))
    way = part_of_route(route, begin_m, end_m)
    speed_mps = max(given.speed_mps or 0.0, _way_m(briefing) * SECOND_MS / span_ms)
    if end_m - begin_m < _SAME_PLACE_M or speed_mps <= 0.0:
        return (hold(way[-1], window, height_m, serial),)
    leave_ms = window.start_ms + round((begin_m + back_m) / speed_mps * SECOND_MS)
    arrive_ms = window.start_ms + round((end_m + back_m) / speed_mps * SECOND_MS)
    under_way = Window(start_ms=leave_ms, end_ms=min(arrive_ms, window.end_ms))
    return fill(legs_in_window(way, under_way, height_m, serial), window)


@once
def _lead(briefing: Briefing[TransitParameters]) -> tuple[Leg, ...]:
    """Legs of the leader on the surface, which the claim moves with too."""
    return _sail(briefing, 0, 0.0)


@once
def _route_m(briefing: Briefing[TransitParameters]) -> float:
    return route_length_m(_route(briefing))


@once
def _column(briefing: Briefing[TransitParameters]) -> tuple[str, ...]:
    """Ships and submarines, in the order of the file."""
    return tuple(unit for unit in cast(briefing) if briefing.medium(unit) is not Medium.AIR)


def _flying_speed_mps(briefing: Briefing[TransitParameters]) -> float:
    """At which the aircraft fly together: as given where no ship takes part, else as the slowest of them cruises."""
    given_mps = None if _column(briefing) else briefing.parameters.speed_mps
    return given_mps or min(briefing.cruising_speed_mps(unit) for unit in cast(briefing, medium=Medium.AIR))


def _box(legs: tuple[Leg, ...], given: TransitParameters, in_column: int) -> MovingBox:
    return MovingBox(
        legs=legs,
        ahead_m=given.clearance_m,
        astern_m=given.clearance_m + (in_column - 1) * given.spacing_m,
        abeam_m=given.clearance_m,
    )


def _claim(briefing: Briefing[TransitParameters], what: str, box: MovingBox, band: Band) -> Reservation:
    serial = briefing.serial
    return Reservation(
        id=f"{serial.id}/{what}",
        owner=serial.id,
        name=f"{serial.name or serial.id}: {what}",
        footprint=box,
        band=band,
        windows=(briefing.window,),
        hazard=Hazard.NONE,
        provenance=Provenance(confidence=Confidence.ASSUMED, note="the room a column keeps about itself"),
    )


SERIAL_TYPE = Transit()
