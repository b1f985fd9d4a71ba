"""Air escort: aircraft fly racetracks about a group of ships, on station or under way, to protect it.

Fighters have racetracks of their own, ahead of the group towards the direction that is watched; an early-warning
aircraft has one on the other side. The racetracks move with the group along its route, or stay over the middle of the
serial's area. Every aircraft has its own height, 300 m from the next. In a run an aircraft may have to leave early,
with a probability that the planner gives, and then flies home.

Sources: ICAO Annex 2, appendix 3 (300 m between aircraft below flight level 290); the rest is open writing on combat
air patrols, with parameters.
Limits: no refuelling and no relief on station; ground speed only, no wind; turns are half circles of six chords; no
sensor, no weapon and no intercept is modelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Band,
    Circle,
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
from waterspace.geometry.footprints import centre
from waterspace.geometry.geodesic import bearing_deg, route_length_m
from waterspace.geometry.legs import hold, legs_at_speed, parallel, trim
from waterspace.quantity import FOOT_M, KILOMETRE_M, NAUTICAL_MILE_M
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
    parameter,
)
from waterspace.serials.seamanship.patterns import (
    HEIGHT_STEP_M,
    cast,
    column_route,
    corridor_route,
    heights_m,
    pieces,
    place_of,
    run_route,
    slowest_cruise_mps,
    stations,
    stations_around,
    time_to_run_ms,
    untimed,
)
from waterspace.serials.seamanship.racetracks import orbit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Event, Exercise, Leg, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "AirEscort", "AirEscortParameters"]

_FIGHTERS = "fighters"
_EARLY_WARNING = "early_warning"
_ESCORTED = "escorted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AirEscortParameters(SerialParameters):
    """What the planner may say of an air escort."""

    route: tuple[Position, ...] = parameter(
        text=(
            "Waypoints of the group. Where none are given, those of an area that is a corridor; the group stays in "
            "the middle of any other area."
        ),
        default=(),
    )
    speed_mps: float | None = parameter(
        text="Speed of the group; faster where it would be late. Without it the group fills the window.",
        default=None,
        minimum=0.1,
    )
    spacing_m: float = parameter(
        text="From ship to ship of the group.", default=KILOMETRE_M, minimum=500.0, source="assumed"
    )
    axis_deg: float | None = parameter(
        text="True direction that is watched; without it the group's first course, or north.",
        default=None,
        minimum=0.0,
        maximum=360.0,
    )
    station_range_m: float = parameter(
        text="From the group to the middle of the fighters' racetracks.",
        default=15.0 * NAUTICAL_MILE_M,
        minimum=0.0,
        source="assumed",
    )
    early_warning_range_m: float = parameter(
        text="From the group to the middle of the early-warning aircraft's racetrack, on the far side.",
        default=10.0 * NAUTICAL_MILE_M,
        minimum=0.0,
        source="assumed",
    )
    length_m: float = parameter(
        text="Straights of a racetrack.", default=15.0 * NAUTICAL_MILE_M, minimum=1000.0, source="assumed"
    )
    width_m: float = parameter(
        text="Between the straights of a racetrack.", default=5.0 * NAUTICAL_MILE_M, minimum=500.0, source="assumed"
    )
    height_m: float = parameter(
        text="Height of the lowest aircraft; each further one flies 300 m higher.",
        default=20_000.0 * FOOT_M,
        minimum=100.0,
        source="assumed",
    )
    clearance_m: float = parameter(
        text="Air claimed beyond the racetracks.", default=5.0 * NAUTICAL_MILE_M, minimum=0.0, source="assumed"
    )
    abort_ratio: float = parameter(
        text="Probability that an aircraft has to leave early.",
        default=0.05,
        minimum=0.0,
        maximum=1.0,
        source="assumed",
    )


class AirEscort(SerialType[AirEscortParameters]):
    """Protection of a group of ships by aircraft."""

    key = "air_escort"
    title = "air escort"
    summary = "Fighters and early-warning aircraft fly racetracks about a group of ships, on station or under way."
    parameters = AirEscortParameters
    roles = (
        Role(name=_FIGHTERS, text="Aircraft towards the direction that is watched.", media=AIRCRAFT),
        Role(name=_EARLY_WARNING, text="Aircraft on the far side, which watch.", minimum=0, media=AIRCRAFT),
        Role(
            name=_ESCORTED,
            text="Ships that are escorted, in the order of their column.",
            minimum=0,
            media=SHIPS | frozenset({Medium.SUBSURFACE}),
        ),
    )
    hazards = "aircraft on racetracks under their own control, between the heights claimed"
    sources = (
        "ICAO Annex 2, appendix 3: 300 m (1 000 ft) between aircraft below flight level 290",
        "Racetracks on relative stations: open writing; numbers are parameters and assumed",
    )
    measured_by: ClassVar[Mapping[str, str]] = {
        "on_station_ratio": "share of the time asked of all aircraft that was flown on station",
        "covered_ratio": "share of the serial in which at least one fighter was on station",
        "left_early_count": "aircraft that had to leave before the end",
    }

    def needs(self, parameters: AirEscortParameters) -> Needs:
        """An area only where no route is given."""
        return Needs(area=not parameters.route)

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """Length of the route at the speed given, or at the cruising speed of the slowest ship."""
        briefing: Briefing[AirEscortParameters] = untimed(exercise, serial)
        ships = _ships(briefing)
        speed_mps = briefing.parameters.speed_mps or (slowest_cruise_mps(briefing) if ships else None)
        return None if speed_mps is None else time_to_run_ms(route_length_m(_route(briefing)), speed_mps)

    def plan(self, briefing: Briefing[AirEscortParameters]) -> Plan:
        """The group in column or lying to; aircraft on racetracks about it, at heights of their own."""
        given, group = briefing.parameters, _group(briefing)
        if not group:
            return {}
        plan = _formation(briefing)
        fighters, watchers = _flights(briefing)
        axis_deg = _axis_deg(briefing)
        ahead = stations(len(fighters), radius_m=given.station_range_m, spacing_m=2.0 * given.width_m, arc_deg=120.0)
        places = [(axis_deg + angle_deg, range_m) for angle_deg, range_m in ahead]
        places += [(axis_deg + 180.0, given.early_warning_range_m)] * len(watchers)
        layers_m = heights_m(len(places), given.height_m)
        for unit, (angle_deg, range_m), height_m in zip((*fighters, *watchers), places, layers_m, strict=True):
            plan[unit] = orbit(
                parallel(group, angle_deg % 360.0, range_m),
                (given.length_m, given.width_m),
                axis_deg=axis_deg,
                speed_mps=briefing.cruising_speed_mps(unit),
                height_m=height_m,
            )
        return plan

    def reservations(self, briefing: Briefing[AirEscortParameters], plan: Plan) -> tuple[Reservation, ...]:
        """The air about the group between the heights flown, and the water about its ships."""
        given, group, serial = briefing.parameters, _group(briefing), briefing.serial
        fighters, watchers = _flights(briefing)
        ships, claims = _ships(briefing), []
        if group and (fighters or watchers):
            top_m = heights_m(len(fighters) + len(watchers), given.height_m)[-1]
            ahead = stations(
                len(fighters), radius_m=given.station_range_m, spacing_m=2.0 * given.width_m, arc_deg=120.0
            )
            far_m = max([range_m for _, range_m in ahead] + [given.early_warning_range_m] * bool(watchers))
            claims.append(
                Reservation(
                    id=f"{serial.id}/flying",
                    owner=serial.id,
                    name=f"{serial.name or serial.id}: air escort",
                    footprint=_around(group, far_m + (given.length_m + given.width_m) / 2.0 + given.clearance_m),
                    band=Band(floor_m=max(0.0, given.height_m - HEIGHT_STEP_M), ceiling_m=top_m + HEIGHT_STEP_M),
                    windows=(briefing.window,),
                    hazard=Hazard.FLYING,
                    provenance=Provenance(confidence=Confidence.ASSUMED, note="racetracks and a clearance"),
                )
            )
        if group and ships:
            claims.append(
                Reservation(
                    id=f"{serial.id}/group",
                    owner=serial.id,
                    name=f"{serial.name or serial.id}: escorted group",
                    footprint=_around(group, (len(ships) + 1) * given.spacing_m),
                    band=SURFACE,
                    windows=(briefing.window,),
                    hazard=Hazard.NONE,
                    provenance=Provenance(confidence=Confidence.ASSUMED, note="the length of the group's column"),
                )
            )
        return tuple(claims)

    def script(self, stage: Stage[AirEscortParameters], unit: str) -> Script:
        """Fly the plan, or leave early and go home."""
        legs, given = stage.plan.get(unit, ()), stage.briefing.parameters
        if not legs or unit in _ships(stage.briefing):
            if legs:
                yield Follow(legs=legs)
            return
        luck = stage.stream(f"serviceability.{unit}")
        fails, share = float(luck.random()) < given.abort_ratio, float(luck.random())
        window = stage.briefing.window
        leave_ms = window.start_ms + round(share * (window.end_ms - window.start_ms)) if fails else window.end_ms
        yield Record(kind="air_escort.on_station", text=f"{unit} on station")
        yield Follow(legs=pieces(legs, [leave_ms])[0])
        yield Record(
            kind="air_escort.left",
            text=f"{unit} leaves its station" + (" early" if fails else ""),
            data={"early_ms": window.end_ms - leave_ms},
        )
        yield Follow(legs=_way_home(stage, unit, legs[0].height_m))

    def measures(
        self,
        briefing: Briefing[AirEscortParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """How long the aircraft were there."""
        window, (fighters, watchers) = briefing.window, _flights(briefing)
        whole_ms = window.end_ms - window.start_ms
        came_ms = {event.unit: event.time_ms for event in events if event.kind == "air_escort.on_station"}
        left = {event.unit: event for event in events if event.kind == "air_escort.left"}
        flown = {
            unit: Window(start_ms=time_ms, end_ms=left[unit].time_ms if unit in left else window.end_ms)
            for unit, time_ms in came_ms.items()
        }
        asked_ms = (len(fighters) + len(watchers)) * whole_ms
        covered_ms = _covered_ms([flown[unit] for unit in fighters if unit in flown])
        values = {
            "left_early_count": float(sum(int(event.data["early_ms"]) > 0 for event in left.values())),
            "covered_ratio": min(1.0, covered_ms / whole_ms),
        }
        if asked_ms:
            on_station_ms = sum(span.end_ms - span.start_ms for span in flown.values())
            values["on_station_ratio"] = min(1.0, on_station_ms / asked_ms)
        return tuple(
            Measure(name=name, value=value, subject=briefing.serial.id, text=self.measured_by[name])
            for name, value in values.items()
        )


def _ships(briefing: Briefing[AirEscortParameters]) -> tuple[str, ...]:
    return tuple(unit for unit in cast(briefing, _ESCORTED) if briefing.medium(unit) is not Medium.AIR)


def _flights(briefing: Briefing[AirEscortParameters]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fighters, and early-warning aircraft that are not fighters."""
    fighters = cast(briefing, _FIGHTERS, medium=Medium.AIR)
    watchers = cast(briefing, _EARLY_WARNING, medium=Medium.AIR)
    return fighters, tuple(unit for unit in watchers if unit not in fighters)


def _route(briefing: Briefing[AirEscortParameters]) -> tuple[Position, ...]:
    return briefing.parameters.route or corridor_route(briefing)


def _group(briefing: Briefing[AirEscortParameters]) -> tuple[Leg, ...]:
    """Legs of the middle of the group: along the route, or a wait in the middle of the area; none without either."""
    route, serial = _route(briefing), briefing.serial.id
    if route:
        back_m = max(0, len(_ships(briefing)) - 1) * briefing.parameters.spacing_m / 2.0
        way = column_route(route, back_m)
        return run_route(way, briefing.window, speed_mps=briefing.parameters.speed_mps, serial=serial)
    area = briefing.area
    return () if area is None else (hold(centre(area.footprint), briefing.window, serial=serial),)


def _formation(briefing: Briefing[AirEscortParameters]) -> dict[str, tuple[Leg, ...]]:
    """Legs of the ships: in column along the route, or lying to about the middle of the area."""
    given, route, ships, serial = briefing.parameters, _route(briefing), _ships(briefing), briefing.serial.id
    if route:
        ways = (column_route(route, place * given.spacing_m) for place in range(len(ships)))
        legs = (run_route(way, briefing.window, speed_mps=given.speed_mps, serial=serial) for way in ways)
        return dict(zip(ships, legs, strict=True))
    middle = _group(briefing)[0].start
    places = stations_around(middle, len(ships), radius_m=0.0, spacing_m=given.spacing_m)
    return {unit: (hold(at, briefing.window, serial=serial),) for unit, at in zip(ships, places, strict=True)}


def _axis_deg(briefing: Briefing[AirEscortParameters]) -> float:
    """The direction that is watched."""
    given, route = briefing.parameters, _route(briefing)
    if given.axis_deg is not None:
        return given.axis_deg
    return bearing_deg(route[0], route[1]) if len(route) > 1 else 0.0


def _around(group: tuple[Leg, ...], reach_m: float) -> Circle | MovingBox:
    """Everything within reach of a group: a circle where it stays, a box where it moves."""
    if all(leg.is_wait for leg in group):
        return Circle(centre=group[0].start, radius_m=reach_m)
    return MovingBox(legs=group, ahead_m=reach_m, astern_m=reach_m, abeam_m=reach_m)


def _way_home(stage: Stage[AirEscortParameters], unit: str, height_m: float) -> tuple[Leg, ...]:
    """The flight to an aircraft's ship or base, as far as it gets in the serial; nothing where it knows of neither."""
    briefing, own = stage.briefing, stage.briefing.exercise.units[unit]
    home = place_of(stage, own.home_unit) if own.home_unit else own.home
    if home is None:
        return ()
    speed_mps = briefing.cruising_speed_mps(unit)
    flight = legs_at_speed((stage.position(unit), home), stage.now_ms, speed_mps, height_m, briefing.serial.id)
    return trim(flight, briefing.window)


def _covered_ms(spans: list[Window]) -> int:
    """Length of the union of some spans of time."""
    total_ms, reached_ms = 0, 0
    for span in sorted(spans):
        total_ms += max(0, span.end_ms - max(span.start_ms, reached_ms))
        reached_ms = max(reached_ms, span.end_ms)
    return total_ms


SERIAL_TYPE = AirEscort()
