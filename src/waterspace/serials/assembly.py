"""Assembly: ships gather at a rendezvous, each on its own station about the guide, and report ready.

Stations lie on rings about the middle of the area, filled from within; the guide has the middle itself. A ship takes
a station on the side it comes from, enters along that station's bearing, and all close the middle at the speed of the
slowest, so that nobody crosses or overtakes. Having arrived, a ship takes a random time to report ready.

Sources: plain seamanship; every distance and time is a parameter and assumed.
Limits: the side a ship comes from is that of its start or base, not of its last serial; ships lie stopped on station.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Await,
    Circle,
    Confidence,
    Follow,
    Hazard,
    Measure,
    Medium,
    Provenance,
    Record,
    Reservation,
    Signal,
    Wait,
)
from waterspace.geometry.footprints import centre
from waterspace.geometry.geodesic import bearing_deg, destination, distance_m
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials.base import (
    SHIPS,
    Briefing,
    Plan,
    Role,
    Script,
    SerialParameters,
    SerialType,
    Stage,
    once,
    parameter,
)
from waterspace.serials.measuring.spans import mean, numbered
from waterspace.serials.seamanship.patterns import (
    cast,
    run_route,
    slowest_cruise_mps,
    stations_around,
    stay,
    time_to_run_ms,
    untimed,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Event, Exercise, Leg, Position, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "Assembly", "AssemblyParameters"]

_GUIDE = "guide"
_UNITS = "units"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblyParameters(SerialParameters):
    """What the planner may say of an assembly."""

    spacing_m: float = parameter(
        text="Least distance between stations.", default=NAUTICAL_MILE_M, minimum=500.0, source="assumed"
    )
    approach_m: float = parameter(
        text="How far outside its station a ship enters the serial.",
        default=5.0 * NAUTICAL_MILE_M,
        minimum=0.0,
        source="assumed",
    )
    settling_ms: int = parameter(
        text="Time to lie on station, for a serial without a given duration.",
        default=30 * MINUTE_MS,
        minimum=0,
        source="assumed",
    )
    reporting_ms: int = parameter(
        text="Mean of the random (exponential) time from arrival on station to reporting ready.",
        default=5 * MINUTE_MS,
        minimum=0,
        source="assumed",
    )


class Assembly(SerialType[AssemblyParameters]):
    """Gathering of a force at a rendezvous."""

    key = "assembly"
    title = "assembly"
    summary = "Ships gather at a rendezvous, take stations about a guide and report ready."
    parameters = AssemblyParameters
    roles = (
        Role(name=_GUIDE, text="Ship in the middle, on which the others form.", minimum=0, maximum=1),
        Role(name=_UNITS, text="Ships that gather.", media=SHIPS | frozenset({Medium.SUBSURFACE})),
    )
    sources = ("Plain seamanship; every distance and time is a parameter and assumed",)
    measured_by: ClassVar[Mapping[str, str]] = {
        "ready_count": "ships that reported ready",
        "ready_ratio": "share of the ships that reported ready",
        "on_station_count": "ships that reached their station",
        "gathered_ms": "from the start of the serial until the last ship was on its station; absent if one never was",
        "reporting_ms": "mean time from reaching the station to reporting ready; absent where none did",
        "assembled_ms": "from the start of the serial until the last ship reported ready; absent if one never did",
    }

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """The approach at the speed of the slowest ship, and the time to settle."""
        briefing: Briefing[AssemblyParameters] = untimed(exercise, serial)
        given, speed_mps = briefing.parameters, slowest_cruise_mps(briefing)
        approach_ms = None if speed_mps is None else time_to_run_ms(given.approach_m, speed_mps)
        return (approach_ms or 0) + given.settling_ms or None

    def plan(self, briefing: Briefing[AssemblyParameters]) -> Plan:
        """Every ship from outside its station to its station, and then a wait."""
        given, area, ships = briefing.parameters, briefing.area, _ships(briefing)
        if area is None or not ships:
            return {}
        middle = centre(area.footprint)
        speed_mps = min(briefing.cruising_speed_mps(unit) for unit in ships)
        plan: dict[str, tuple[Leg, ...]] = {}
        for unit, station in _berths(briefing, middle, ships).items():
            way_deg = bearing_deg(middle, station) if station != middle else _side_deg(briefing, middle, unit)
            entry = destination(middle, way_deg, distance_m(middle, station) + given.approach_m)
            plan[unit] = run_route((entry, station), briefing.window, speed_mps=speed_mps, serial=briefing.serial.id)
        return plan

    def reservations(self, briefing: Briefing[AssemblyParameters], plan: Plan) -> tuple[Reservation, ...]:
        """A circle about all stations, with one spacing to spare. It is not dangerous."""
        area, serial, ships = briefing.area, briefing.serial, _ships(briefing)
        if area is None or not ships:
            return ()
        middle, spacing_m = centre(area.footprint), briefing.parameters.spacing_m
        radius_m = max(distance_m(middle, station) for station in _stations(briefing)) + spacing_m
        return (
            Reservation(
                id=f"{serial.id}/stations",
                owner=serial.id,
                name=f"{serial.name or serial.id}: assembly stations",
                footprint=Circle(centre=middle, radius_m=radius_m),
                band=SURFACE,
                windows=(briefing.window,),
                hazard=Hazard.NONE,
                provenance=Provenance(confidence=Confidence.ASSUMED, note="one spacing about the outer stations"),
            ),
        )

    def script(self, stage: Stage[AssemblyParameters], unit: str) -> Script:
        """Take station, report ready; the first ship of the plan waits for all reports."""
        legs = stage.plan.get(unit, ())
        if not legs:
            return
        yield Follow(legs=tuple(leg for leg in legs if not leg.is_wait))
        yield Record(kind="assembly.on_station", text=f"{unit} on station")
        mean_ms = stage.briefing.parameters.reporting_ms
        yield Wait(duration_ms=round(float(stage.stream(f"reporting.{unit}").exponential(mean_ms))))
        yield Record(kind="assembly.ready", text=f"{unit} ready")
        yield Signal(name=f"ready.{unit}")
        end_ms = stage.briefing.window.end_ms
        if unit == next(iter(stage.plan)):
            for other in stage.plan:
                yield Await(name=f"ready.{other}", timeout_ms=max(0, end_ms - stage.now_ms))
        yield Follow(legs=stay(stage, unit))

    def measures(
        self,
        briefing: Briefing[AssemblyParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """Who was ready, and when all were."""
        expected = _ships(briefing)
        ready_ms = {event.unit: event.time_ms for event in events if event.kind == "assembly.ready"}
        there_ms = {event.unit: event.time_ms for event in events if event.kind == "assembly.on_station"}
        start_ms = briefing.window.start_ms
        values = {
            "ready_count": len(ready_ms),
            "ready_ratio": len(ready_ms) / len(expected) if expected else 0.0,
            "on_station_count": len(there_ms),
            "gathered_ms": max(there_ms.values()) - start_ms if expected and set(expected) <= set(there_ms) else None,
            "reporting_ms": mean([float(ready_ms[unit] - there_ms[unit]) for unit in ready_ms if unit in there_ms]),
            "assembled_ms": max(ready_ms.values()) - start_ms if expected and set(expected) <= set(ready_ms) else None,
        }
        return numbered(self, briefing, values)


@once
def _ships(briefing: Briefing[AssemblyParameters]) -> tuple[str, ...]:
    """Everyone who floats, the guide first. Embarked aircraft stay with their ships."""
    everyone = dict.fromkeys((*cast(briefing, _GUIDE), *cast(briefing)))
    return tuple(unit for unit in everyone if briefing.medium(unit) is not Medium.AIR)


@once
def _stations(briefing: Briefing[AssemblyParameters]) -> tuple[Position, ...]:
    """As many as there are ships, the middle of the area first."""
    assert briefing.area is not None
    middle, spacing_m = centre(briefing.area.footprint), briefing.parameters.spacing_m
    return stations_around(middle, len(_ships(briefing)), radius_m=0.0, spacing_m=spacing_m)


def _berths(briefing: Briefing[AssemblyParameters], middle: Position, ships: Sequence[str]) -> Mapping[str, Position]:
    """A station for every ship: the middle for the first, the others on the side they come from as far as may be."""
    first, *ring = _stations(briefing)
    sides_deg = {unit: _side_deg(briefing, middle, unit) for unit in ships[1:]}
    comers = sorted(sides_deg, key=lambda unit: (sides_deg[unit], unit))
    ring.sort(key=lambda station: bearing_deg(middle, station))
    bearings_deg = [bearing_deg(middle, station) for station in ring]

    def turned_off_deg(shift: int) -> float:
        pairs = zip(comers, bearings_deg[shift:] + bearings_deg[:shift], strict=True)
        return sum(abs((sides_deg[unit] - there_deg + 180.0) % 360.0 - 180.0) for unit, there_deg in pairs)

    best = min(range(len(ring)), key=turned_off_deg, default=0)
    return {ships[0]: first} | dict(zip(comers, ring[best:] + ring[:best], strict=True))


def _side_deg(briefing: Briefing[AssemblyParameters], middle: Position, unit: str) -> float:
    """Bearing from the middle on which a ship comes: that of its start or base, north where neither is known."""
    own = briefing.exercise.units[unit]
    origin = own.start or own.home
    return 0.0 if origin is None else bearing_deg(middle, origin)


SERIAL_TYPE = Assembly()
