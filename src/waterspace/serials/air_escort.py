"""Air escort: aircraft fly racetracks about a group of ships, on station or under way, to protect it.

Fighters have racetracks of their own, ahead of the group towards the direction that is watched; an early-warning
aircraft has one on the other side. The racetracks move with the group along its route, or stay over the middle of the
serial's area. Every aircraft has its own height, 300 m from the next. In a run an aircraft may have to leave early,
with a probability that the planner gives, and then flies home; every fighter leaves when its time on station is up,
where such a time is given. Aircraft in reserve wait over the group at heights of their own. The first of them that is
free takes the station of a fighter that leaves, at its cruising speed, and keeps it for its own time on station. The
first that is told that a fighter is lost, by a breakdown or at the end of its endurance, does the same at once.

Sources: ICAO Annex 2, appendix 3 (300 m between aircraft below flight level 290); the rest is open writing on combat
air patrols, with parameters.
Limits: no refuelling; a reserve relieves fighters only, and is at their height at once; where it stands in for one that
is lost, nobody relieves the one it was meant for; ground speed only, no wind; turns are half circles of six chords; no
sensor, no weapon and no intercept is modelled.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Band,
    Circle,
    Confidence,
    Follow,
    Hazard,
    Leg,
    Measure,
    Medium,
    MovingBox,
    Position,
    Provenance,
    Record,
    Reservation,
    SerialStatus,
    WakeReason,
    Window,
)
from waterspace.errors import OrderError, RelievedError
from waterspace.geometry.footprints import centre
from waterspace.geometry.geodesic import bearing_deg, route_length_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.geometry.legs import hold, legs_at_speed, parallel, position_at, trim
from waterspace.quantity import FOOT_M, KILOMETRE_M, MINUTE_MS, NAUTICAL_MILE_M
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
from waterspace.serials.measuring.spans import gaps, length_ms, mean, numbered
from waterspace.serials.seamanship.patterns import (
    HEIGHT_STEP_M,
    cast,
    column_route,
    corridor_route,
    heights_m,
    place_of,
    run_route,
    slowest_cruise_mps,
    stations,
    stations_around,
    time_to_run_ms,
    untimed,
)
from waterspace.serials.seamanship.racetracks import orbit
from waterspace.serials.seamanship.shared import once_for_all

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from waterspace.domain import Event, Exercise, Order, Serial, SerialRecord, Wake

__all__ = ["SERIAL_TYPE", "AirEscort", "AirEscortParameters"]

_FIGHTERS = "fighters"
_EARLY_WARNING = "early_warning"
_ESCORTED = "escorted"
_RESERVE = "reserve"


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
    time_on_station_ms: int | None = parameter(
        text="How long a fighter stays on station; without it, until the serial ends.", default=None, minimum=MINUTE_MS
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
            name=_RESERVE,
            text="Aircraft that wait over the group and take the station of a fighter that leaves.",
            minimum=0,
            media=AIRCRAFT,
            stands_in=_FIGHTERS,
        ),
        Role(
            name=_ESCORTED,
            text="Ships that are escorted, in the order of their column.",
            minimum=0,
            media=SHIPS | frozenset({Medium.SUBSURFACE}),
        ),
    )
    goes_beyond_area = True
    hazards = "aircraft on racetracks under their own control, between the heights claimed"
    sources = (
        "ICAO Annex 2, appendix 3: 300 m (1 000 ft) between aircraft below flight level 290",
        "Racetracks on relative stations: open writing; numbers are parameters and assumed",
    )
    measured_by: ClassVar[Mapping[str, str]] = {
        "covered_ratio": "share of the serial in which at least one fighter was on station",
        "on_station_ratio": "share of the time asked of all aircraft that was flown on station",
        "left_early_count": "aircraft that had to leave before the end, or before their time on station was up",
        "time_on_station_ms": "mean time on station of the aircraft that were there; absent where none was",
        "relieved_count": "stations that an aircraft in reserve took over",
        "gaps_count": "times in which no fighter was on station",
        "longest_gap_ms": "the longest of these",
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
        reserve = _reserve(briefing)
        places += [(axis_deg, 0.0)] * len(reserve)
        layers_m = heights_m(len(places), given.height_m)
        for unit, (angle_deg, range_m), height_m in zip(
            (*fighters, *watchers, *reserve), places, layers_m, strict=True
        ):
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
            top_m = heights_m(len(fighters) + len(watchers) + len(_reserve(briefing)), given.height_m)[-1]
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
        legs = stage.plan.get(unit, ())
        if not legs:
            return
        own = next((watch for watch in _watches(stage) if watch.unit == unit), None)
        waits = unit in _reserve(stage.briefing)
        if own is None and not waits:
            yield Follow(legs=legs)
            return
        on_station, roster = False, _roster(stage)
        try:
            if waits:
                own = yield from _in_reserve(stage, unit, own)
            if own is None:
                return
            roster.kept[unit] = own.station
            if own.station != unit:
                words = f"{unit} leaves the reserve for the station of {own.station}"
                yield Record(kind="air_escort.relieving", text=words, data={"station": own.station})
                yield Follow(legs=(_way_there(stage, own),))
            on_station = True
            yield Record(kind="air_escort.on_station", text=f"{unit} on station", data=_told(own))
            there = stage.plan[own.station]
            yield Follow(legs=trim(there, Window(start_ms=own.there_ms, end_ms=own.leave_ms)))
            yield Record(
                kind="air_escort.left",
                text=f"{unit} leaves its station" + (" early" if own.due_ms > own.leave_ms else ""),
                data={"early_ms": own.due_ms - own.leave_ms},
            )
            on_station = False
            roster.kept.pop(unit)
            roster.left[unit] = ""
            yield Follow(legs=_way_home(stage, unit, legs[0].height_m))
        except (RelievedError, OrderError) as error:
            if on_station:
                text = f"{unit} leaves its station: {error}"
                yield Record(kind="air_escort.left", text=text, data={"early_ms": 0})
            roster.left[unit] = roster.kept.pop(unit, "")
            if isinstance(error, OrderError):
                raise

    def measures(
        self,
        briefing: Briefing[AirEscortParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """How long the aircraft were there."""
        window, (fighters, watchers) = _asked(briefing, record), _flights(briefing)
        whole_ms = window.end_ms - window.start_ms
        came_ms = {event.unit: event.time_ms for event in events if event.kind == "air_escort.on_station"}
        left = {event.unit: event for event in events if event.kind == "air_escort.left"}
        flown = {
            unit: Window(start_ms=time_ms, end_ms=left[unit].time_ms if unit in left else window.end_ms)
            for unit, time_ms in came_ms.items()
        }
        asked_ms = (len(fighters) + len(watchers)) * whole_ms
        spans = [span for unit, span in flown.items() if unit not in watchers]
        free = gaps(spans, window) if fighters and whole_ms else ()
        times_ms = [float(span.end_ms - span.start_ms) for span in flown.values()]
        values: dict[str, float | None] = {
            "covered_ratio": min(1.0, length_ms(spans) / whole_ms) if whole_ms else 0.0,
            "on_station_ratio": min(1.0, sum(times_ms) / asked_ms) if asked_ms else None,
            "left_early_count": sum(int(event.data["early_ms"]) > 0 for event in left.values()),
            "time_on_station_ms": mean(times_ms),
            "relieved_count": None
            if not fighters
            else sum(event.kind == "air_escort.on_station" and "station" in event.data for event in events),
            "gaps_count": len(free) if fighters else None,
            "longest_gap_ms": max((gap.end_ms - gap.start_ms for gap in free), default=0) if fighters else None,
        }
        return numbered(self, briefing, values)


def _in_reserve(
    stage: Stage[AirEscortParameters], unit: str, own: _Watch | None
) -> Generator[Order, Wake, _Watch | None]:
    """Wait over the group until it is time, or until a fighter is lost; whose station is then to be kept."""
    legs, end_ms = stage.plan[unit], stage.briefing.window.end_ms
    while True:
        until_ms = end_ms if own is None else own.called_ms
        rest = trim(legs, Window(start_ms=stage.now_ms, end_ms=until_ms))
        if not rest:
            if own is None or _is_due(stage, own):
                return own
            own = None
            continue
        wake = yield Follow(legs=rest, heeds=frozenset({WakeReason.MESSAGE}))
        station = _to_be_kept(stage, str(wake.data.get("lost", ""))) if wake.reason is WakeReason.MESSAGE else ""
        there_ms = _joins_ms(stage, unit, station, stage.now_ms) if station else None
        if there_ms is not None:
            return _watch(stage, unit, station, (stage.now_ms, there_ms))


def _is_due(stage: Stage[AirEscortParameters], own: _Watch) -> bool:
    """Whether the station that an aircraft is to take is kept by nobody but the one whose time on it is up."""
    leavers = {watch.unit for watch in _watches(stage) if watch.leave_ms == own.called_ms}
    return all(unit in leavers for unit, station in _roster(stage).kept.items() if station == own.station)


def _to_be_kept(stage: Stage[AirEscortParameters], lost: str) -> str:
    """The station of a fighter that is lost, where nobody else keeps it; empty for none."""
    roster, fighters = _roster(stage), _flights(stage.briefing)[0]
    station = roster.left.get(lost, lost)
    return "" if station not in fighters or station in roster.kept.values() else station


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roster:
    """Who keeps which station; every script writes down its own.

    Attributes:
        kept: aircraft that is on a station, or on its way there, to that station.
        left: aircraft that is there no more to the station that it left before its time; empty where its time was up.
    """

    kept: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)


@once_for_all
def _roster(stage: Stage[AirEscortParameters]) -> _Roster:  # noqa: ARG001  # one for each stage
    """The roster of a serial, empty at first."""
    return _Roster()


def _asked(briefing: Briefing[AirEscortParameters], record: SerialRecord) -> Window:
    """The time for which cover was asked: as long as was planned, even where the last aircraft left before."""
    window, planned = briefing.window, record.planned
    if planned is None or record.status is not SerialStatus.COMPLETED:
        return window
    end_ms = planned.begun_at(window.start_ms).end_ms
    return Window(start_ms=window.start_ms, end_ms=max(window.end_ms, end_ms))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watch:
    """One aircraft's time on one station.

    Attributes:
        station: the aircraft whose station it is by the plan.
        called_ms: when it leaves the reserve, or the start of the serial.
        there_ms: when it is on station.
        leave_ms: when it leaves, early or not.
        due_ms: when it was to leave.
    """

    unit: str
    station: str
    called_ms: int
    there_ms: int
    leave_ms: int
    due_ms: int


@once_for_all
def _watches(stage: Stage[AirEscortParameters]) -> tuple[_Watch, ...]:
    """Who keeps which station when, by the draws of this run; every script reads them alike."""
    window = stage.briefing.window
    fighters, watchers = _flights(stage.briefing)
    found = [
        _watch(stage, unit, unit, (window.start_ms, window.start_ms))
        for unit in (*fighters, *watchers)
        if stage.plan.get(unit)
    ]
    waiting = [unit for unit in _reserve(stage.briefing) if stage.plan.get(unit)]
    leaving = [watch for watch in found if watch.unit in fighters]
    while leaving and waiting:
        first = min(leaving, key=lambda watch: (watch.leave_ms, watch.unit))
        leaving.remove(first)
        if first.leave_ms >= window.end_ms:
            break
        ways = {unit: _joins_ms(stage, unit, first.station, first.leave_ms) for unit in waiting}
        there = {unit: time_ms for unit, time_ms in ways.items() if time_ms is not None}
        if not there:
            continue
        unit = min(there, key=lambda name: (there[name], waiting.index(name)))
        waiting.remove(unit)
        found.append(_watch(stage, unit, first.station, (first.leave_ms, there[unit])))
        leaving.append(found[-1])
    return tuple(found)


def _watch(stage: Stage[AirEscortParameters], unit: str, station: str, times_ms: tuple[int, int]) -> _Watch:
    """How long an aircraft keeps a station that it was called to at one instant and takes at another."""
    given, window = stage.briefing.parameters, stage.briefing.window
    called_ms, there_ms = times_ms
    luck = deepcopy(stage.stream(f"serviceability.{unit}"))
    fails, share = float(luck.random()) < given.abort_ratio, float(luck.random())
    watching = unit in _flights(stage.briefing)[1]
    limited = given.time_on_station_ms is not None and not watching
    due_ms = min(window.end_ms, there_ms + (given.time_on_station_ms or 0)) if limited else window.end_ms
    leave_ms = there_ms + round(share * (due_ms - there_ms)) if fails else due_ms
    return _Watch(unit=unit, station=station, called_ms=called_ms, there_ms=there_ms, leave_ms=leave_ms, due_ms=due_ms)


def _joins_ms(stage: Stage[AirEscortParameters], unit: str, station: str, from_ms: int) -> int | None:
    """When an aircraft in reserve can be on a station that it leaves for at an instant; None for too late."""
    here, end_ms = position_at(stage.plan[unit], from_ms), stage.briefing.window.end_ms
    speed_mps = stage.briefing.cruising_speed_mps(unit)
    found = intercept_ms(here, speed_mps, stage.plan[station], 0.0, (from_ms, end_ms))
    return None if found is None or found >= end_ms else max(found, from_ms + 1)


def _way_there(stage: Stage[AirEscortParameters], own: _Watch) -> Leg:
    there = stage.plan[own.station]
    return Leg(
        start_ms=own.called_ms,
        end_ms=own.there_ms,
        start=position_at(stage.plan[own.unit], own.called_ms),
        end=position_at(there, own.there_ms),
        height_m=there[0].height_m,
        serial=stage.briefing.serial.id,
    )


def _told(own: _Watch) -> dict[str, float | int | str]:
    """What a report of being on station says: whose station it is, where it is another's."""
    return {} if own.station == own.unit else {"station": own.station, "relief_ms": own.there_ms - own.called_ms}


def _ships(briefing: Briefing[AirEscortParameters]) -> tuple[str, ...]:
    return tuple(unit for unit in cast(briefing, _ESCORTED) if briefing.medium(unit) is not Medium.AIR)


@once
def _flights(briefing: Briefing[AirEscortParameters]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fighters (the first in reserve, where there is none else), and early-warning aircraft that are not fighters."""
    fighters = cast(briefing, _FIGHTERS, medium=Medium.AIR) or cast(briefing, _RESERVE, medium=Medium.AIR)[:1]
    watchers = cast(briefing, _EARLY_WARNING, medium=Medium.AIR)
    return fighters, tuple(unit for unit in watchers if unit not in fighters)


def _reserve(briefing: Briefing[AirEscortParameters]) -> tuple[str, ...]:
    """Aircraft in reserve that are nothing else."""
    fighters, watchers = _flights(briefing)
    return tuple(unit for unit in cast(briefing, _RESERVE, medium=Medium.AIR) if unit not in {*fighters, *watchers})


def _route(briefing: Briefing[AirEscortParameters]) -> tuple[Position, ...]:
    return briefing.parameters.route or corridor_route(briefing)


@once
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


SERIAL_TYPE = AirEscort()
