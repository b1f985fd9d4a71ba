"""Gunnery: ships in column pass a target to and fro and fire one after the other, while the range is clear.

The column steams across the line of fire; each ship fires when it passes the firing point, so that the danger area
stays where the warning says. The ship that lays the target withdraws to a flank before the first run and comes back
after the last; safety ships and aircraft keep behind the firing line. All of them are outside the danger area by a
clearance.

The ships fire guns, or what else `fires` says: missiles, rockets, bombs or torpedoes. Notices call the practice by it,
and the danger of torpedoes reaches down to the floor of the serial's area. The runs are the same.

Where the danger area is watched (the file has traffic or says by which sensors strangers are noticed), fire is checked
as soon as a stranger is known to be inside or about to enter: a ship that fires ceases, and no run begins until the
range is clear. A ship that could not fire in a run, or not to its end, makes the round again if the serial's time,
less that kept to recover the target, leaves room for another run. Where it is not watched the range is clear before a
run or, with a probability that the planner gives, fouled by chance: then that run is made without firing.

The danger area is the planner's: range, half-angle and vertical limit of whatever is fired, margins included. Guns
without a range have the practice circle of 5 nautical miles that coast guards publish for such practices; anything else
needs a range, or the radius of its own circle. See `danger_area`.

Sources: Japan Coast Guard, 10th Regional Headquarters, notice to mariners 252 of 2018 (gunnery within 5 nautical miles
of a point, guard ships placed near it); 33 CFR 334.720 (cease fire until shipping has cleared).
Limits: nothing is said of how what is fired flies or runs, how often it is fired, or whether it hits; the target's own
tow or flight is not modelled; a range fouled by chance stays so for one run. Who is noticed when is in
`engine.range_safety`.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Await,
    Band,
    Follow,
    Hazard,
    Measure,
    Medium,
    Record,
    Reservation,
    Signal,
    WakeReason,
    Window,
)
from waterspace.geometry.footprints import centre
from waterspace.geometry.legs import hold
from waterspace.quantity import NAUTICAL_MILE_M
from waterspace.serials.base import (
    AIRCRAFT,
    SHIPS,
    Briefing,
    Needs,
    Ordnance,
    Plan,
    Role,
    Script,
    SerialType,
    Stage,
    once,
)
from waterspace.serials.measuring.watched_range import fouled_times, longest_wait_ms, unsafe_firings
from waterspace.serials.seamanship.firing_runs import FiringRuns
from waterspace.serials.seamanship.frame import Frame, Point
from waterspace.serials.seamanship.gunnery_asked import (
    Fired,
    GunneryParameters,
    TargetKind,
    danger_of,
    provenance_of,
)
from waterspace.serials.seamanship.patterns import (
    area_claim,
    cast,
    heights_m,
    pieces,
    stations,
    time_to_run_ms,
    untimed,
)
from waterspace.serials.seamanship.racetracks import orbit
from waterspace.serials.seamanship.range_picture import WATCH_MEASURES, Picture, watch_measures
from waterspace.serials.seamanship.watched_runs import WatchedRuns, lay_until_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Event, Exercise, Leg, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "Fired", "Gunnery", "GunneryParameters", "TargetKind"]

_FIRING = "firing"
_TARGET = "target"
_SAFETY = "safety"

_SEA_STATE_MAX = 4
"""Highest Douglas sea state for a practice (assumed)."""
_ORBIT_M = 5.0 * NAUTICAL_MILE_M
"""Length of the racetrack of aircraft that wait, across the line of fire (assumed)."""
_ORBIT_WIDTH_M = 2.0 * NAUTICAL_MILE_M
"""Width of that racetrack (assumed)."""
_BEHIND_DEG = 120.0
"""Arc behind the firing point in which safety ships lie."""


class Gunnery(SerialType[GunneryParameters]):
    """Gunnery practice at a target on the water or in the air."""

    key = "gunnery"
    title = "gunnery"
    summary = (
        "Ships in column pass a target to and fro and fire in turn while the range is clear; everybody else keeps out "
        "of the danger area."
    )
    parameters = GunneryParameters
    roles = (
        Role(name=_FIRING, text="Ships that fire, in the order of the column.", fires=True),
        Role(
            name=_TARGET,
            text="Ship that lays and recovers the target, or aircraft that provides it.",
            minimum=0,
            media=SHIPS | AIRCRAFT,
        ),
        Role(
            name=_SAFETY,
            text="Ships and aircraft that watch the range and say when it is clear.",
            minimum=0,
            media=SHIPS | AIRCRAFT,
        ),
    )
    hazards = (
        "fire into the danger area, from the surface, for torpedoes from the floor of the serial's area, to its "
        "ceiling: everyone who does not take part keeps out"
    )
    sources = (
        "Japan Coast Guard, 10th Regional Headquarters, notice to mariners 252 of 2018: practice circle of 5 nm",
        "33 CFR 334.720: cease fire until shipping has cleared",
        "DA PAM 385-63, chapter 3: what a surface danger zone consists of; none of its figures",
    )
    measured_by: ClassVar[Mapping[str, str]] = {
        "firings_count": "times that a ship fired in a run, summed over the ships",
        "checked_count": "times that a ship held its fire because the range was fouled",
        "fired_ratio": "share of the runs asked for, summed over the ships, in which the ship fired to the end",
        "foul_count": "times that the range was fouled: by strangers where it is watched, else by chance, before a run",
        "ceased_count": "times that a ship ceased fire because a stranger was noticed; given where the area is watched",
        "waited_ms": "time for which the ships lay and waited for a clear range; given where the area is watched",
        "unsafe_count": "firings while a stranger, noticed or not, was inside; given where the area is watched",
        **WATCH_MEASURES,
    }

    def needs(self, parameters: GunneryParameters) -> Needs:
        """Daylight to see that the range is clear, a moderate sea, and somebody who watches safety."""
        return Needs(
            daylight=not parameters.night,
            sea_state_max=_SEA_STATE_MAX,
            safety_officer=True,
            source="assumed; the range must be seen to be clear, as the sources on danger areas ask",
        )

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """To set up, to make the runs, and to recover the target."""
        briefing: Briefing[GunneryParameters] = untimed(exercise, serial)
        if not cast(briefing, _FIRING, medium=Medium.SURFACE):
            return None
        runs = _runs(briefing)
        return 2 * runs.setting_up_ms + briefing.parameters.runs_count * runs.run_ms

    def plan(self, briefing: Briefing[GunneryParameters]) -> Plan:
        """The column to and fro, the laying ships out to the flanks and back, everybody else behind the firing line."""
        frame = _frame(briefing)
        if frame is None:
            return {}
        runs = _runs(briefing)
        plan: dict[str, tuple[Leg, ...]] = {}
        for place, unit in enumerate(cast(briefing, _FIRING, medium=Medium.SURFACE)):
            plan[unit] = runs.column(frame, place)
        for place, unit in enumerate(cast(briefing, _TARGET, medium=Medium.SURFACE)):
            plan.setdefault(unit, runs.laying(frame, place))
        watching = cast(briefing, _SAFETY, medium=Medium.SURFACE)
        places = stations(
            len(watching), radius_m=runs.behind_m, spacing_m=briefing.parameters.spacing_m, arc_deg=_BEHIND_DEG
        )
        for unit, (angle_deg, range_m) in zip(watching, places, strict=True):
            station = frame.position(_polar(180.0 + angle_deg, range_m))
            plan.setdefault(unit, (hold(station, briefing.window, serial=briefing.serial.id),))
        waiting = hold(
            frame.position((-runs.behind_m - _ORBIT_WIDTH_M, 0.0)), briefing.window, serial=briefing.serial.id
        )
        aircraft = cast(briefing, _TARGET, _SAFETY, medium=Medium.AIR)
        for unit, height_m in zip(aircraft, heights_m(len(aircraft), briefing.parameters.height_m), strict=True):
            speed_mps = briefing.cruising_speed_mps(unit)
            size_m = (_ORBIT_M, _ORBIT_WIDTH_M)
            axis_deg = frame.axis_deg + 90.0
            plan[unit] = orbit((waiting,), size_m, axis_deg=axis_deg, speed_mps=speed_mps, height_m=height_m)
        return plan

    def reservations(self, briefing: Briefing[GunneryParameters], plan: Plan) -> tuple[Reservation, ...]:
        """The danger area for the whole serial, and the serial's own area."""
        given, serial, frame, area = briefing.parameters, briefing.serial, _frame(briefing), briefing.area
        if frame is None or area is None:
            return ()
        ceiling_m = area.band.ceiling_m if given.ceiling_m is None else given.ceiling_m
        danger = Reservation(
            id=f"{serial.id}/danger-area",
            owner=serial.id,
            name=f"{serial.name or serial.id}: danger area",
            footprint=_runs(briefing).danger.footprint(frame),
            band=Band(floor_m=_floor_m(briefing), ceiling_m=max(ceiling_m, SURFACE.ceiling_m)),
            windows=(briefing.window,),
            hazard=Hazard.FIRING,
            provenance=provenance_of(given),
        )
        return (danger, *area_claim(briefing, name=f"{serial.name or serial.id}: firing area"))

    def live(self, briefing: Briefing[GunneryParameters]) -> tuple[Window, ...]:
        """From the beginning of the first run to the end of the last."""
        runs = _runs(briefing)
        return (Window(start_ms=runs.start_ms(0), end_ms=runs.start_ms(runs.count)),) if runs.count else ()

    def ordnance(self, parameters: GunneryParameters) -> Ordnance:
        """The reach along the line of fire, from the middle of the stretch on which the ships fire."""
        danger, given = danger_of(parameters), (parameters.ricochet_margin_m, parameters.seeker_margin_m)
        return Ordnance(
            reach_m=danger.apex_m + danger.radius_m,
            has_range=parameters.range_m is not None,
            has_margins=any(margin_m is not None for margin_m in given),
            greatest_range_m=parameters.greatest_range_m,
            fires=parameters.fires.value,
        )

    def script(self, stage: Stage[GunneryParameters], unit: str) -> Script:
        """Keep to the plan; fire in each run, or check fire."""
        legs, runs, picture = stage.plan.get(unit, ()), _runs(stage.briefing), Picture()
        if not legs:
            return
        firing = [ship for ship in cast(stage.briefing, _FIRING, medium=Medium.SURFACE) if ship in stage.plan]
        yield from picture.update()
        if picture.is_kept:
            yield from _watched(stage, unit, picture, firing)
            return
        control = next((ship for ship in (*cast(stage.briefing, _SAFETY), *firing) if ship in stage.plan), "")
        marks: list[tuple[int, int, bool]] = []
        for run in range(runs.count):
            if unit == control:
                marks.append((runs.start_ms(run), run, False))
            if unit in firing:
                marks.append((runs.fire_ms(run, firing.index(unit)), run, True))
        parts = pieces(legs, [time_ms for time_ms, _, _ in marks])
        for part, (_, run, fires) in zip(parts, marks, strict=False):
            yield Follow(legs=part)
            yield from _fire(stage, unit, run) if fires else _look(stage, run)
        yield Follow(legs=parts[-1])

    def measures(
        self,
        briefing: Briefing[GunneryParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """How often the ships fired, and why not more often."""
        counted = {
            name: float(sum(event.kind == kind for event in events))
            for name, kind in (
                ("firings_count", "firing.run"),
                ("checked_count", "firing.checked"),
                ("foul_count", "range.foul"),
            )
        }
        watched = watch_measures(events)
        if watched:
            watched["foul_count"] = float(fouled_times(events))
            watched["ceased_count"] = float(sum(event.kind == "firing.ceased" for event in events))
            watched["waited_ms"] = longest_wait_ms(events)
            watched["unsafe_count"] = float(unsafe_firings(events, record, briefing.parameters.firing_ms))
        ships = len(cast(briefing, _FIRING, medium=Medium.SURFACE))
        asked = briefing.parameters.runs_count * ships
        whole = counted["firings_count"] - watched.get("ceased_count", 0.0)
        values = counted | ({"fired_ratio": whole / asked} if asked else {}) | watched
        return tuple(
            Measure(name=name, value=value, subject=briefing.serial.id, text=self.measured_by[name])
            for name, value in values.items()
        )


@once
def _runs(briefing: Briefing[GunneryParameters]) -> FiringRuns:
    """The runs, as long as the serial's window and the slowest laying ship allow."""
    given, danger = briefing.parameters, danger_of(briefing.parameters)
    laying = cast(briefing, _TARGET, medium=Medium.SURFACE)
    runs = FiringRuns(
        window=briefing.window,
        serial=briefing.serial.id,
        danger=danger,
        ships=len(cast(briefing, _FIRING, medium=Medium.SURFACE)),
        asked=given.runs_count,
        speed_mps=given.speed_mps,
        spacing_m=given.spacing_m,
        target_range_m=given.target_range_m,
        clearance_m=given.clearance_m,
        firing_ms=given.firing_ms,
        settling_ms=given.settling_ms,
        setting_up_ms=given.setting_up_ms,
        laying_mps=min((briefing.cruising_speed_mps(unit) for unit in laying), default=0.0),
        tow_m=given.tow_m,
    )
    laying_ms = time_to_run_ms(runs.laying_way_m(len(laying)), runs.laying_mps) or 0
    return runs if laying_ms <= given.setting_up_ms else replace(runs, setting_up_ms=laying_ms)


def _watched(stage: Stage[GunneryParameters], unit: str, picture: Picture, firing: list[str]) -> Script:
    """What a unit does where the danger area is watched."""
    given, legs, runs, frame = (
        stage.briefing.parameters,
        stage.plan[unit],
        _runs(stage.briefing),
        _frame(stage.briefing),
    )
    if unit in firing and frame is not None:
        yield from WatchedRuns(
            stage=stage,
            unit=unit,
            place=firing.index(unit),
            runs=runs,
            frame=frame,
            picture=picture,
            firing=partial(_firing, unit, given),
        ).script()
    elif unit in cast(stage.briefing, _TARGET, medium=Medium.SURFACE):
        yield from lay_until_over(stage, legs, runs)
    else:
        yield Follow(legs=legs)


def _firing(unit: str, given: GunneryParameters, run: int) -> Record:
    return Record(
        kind="firing.run",
        text=f"{unit} fires at the {given.target.value} target, run {run + 1}",
        data={"run": run + 1, "range_m": given.target_range_m, "firing_ms": given.firing_ms},
    )


def _fire(stage: Stage[GunneryParameters], unit: str, run: int) -> Script:
    """Fire, if the range has been reported clear for this run."""
    given = stage.briefing.parameters
    wake = yield Await(name=f"clear.{run}", timeout_ms=0)
    if wake.reason is WakeReason.SIGNALLED:
        yield _firing(unit, given, run)
    else:
        yield Record(kind="firing.checked", text=f"{unit} checks fire, run {run + 1}", data={"run": run + 1})


def _look(stage: Stage[GunneryParameters], run: int) -> Script:
    """See whether the range is clear, and say so."""
    if float(stage.stream("range").random()) < stage.briefing.parameters.foul_ratio:
        yield Record(kind="range.foul", text=f"range fouled, run {run + 1} without firing", data={"run": run + 1})
    else:
        yield Signal(name=f"clear.{run}")
        yield Record(kind="range.clear", text=f"range clear for run {run + 1}", data={"run": run + 1})


@once
def _frame(briefing: Briefing[GunneryParameters]) -> Frame | None:
    """The sheet at the firing point, placed so that the danger area lies in the middle of the serial's area."""
    area, given = briefing.area, briefing.parameters
    if area is None:
        return None
    middle = Frame(origin=centre(area.footprint), axis_deg=given.bearing_deg)
    return Frame(origin=middle.position((-_runs(briefing).danger.middle_m, 0.0)), axis_deg=given.bearing_deg)


def _floor_m(briefing: Briefing[GunneryParameters]) -> float:
    """How deep the danger reaches: the keels of ships, or for torpedoes the floor of the serial's area."""
    if briefing.parameters.fires is not Fired.TORPEDOES or briefing.area is None:
        return SURFACE.floor_m
    return min(briefing.area.band.floor_m, SURFACE.floor_m)


def _polar(angle_deg: float, range_m: float) -> Point:
    return range_m * math.cos(math.radians(angle_deg)), range_m * math.sin(math.radians(angle_deg))


SERIAL_TYPE = Gunnery()
