"""Search and rescue: a search by a standard pattern, a sighting by a law of detection, and a recovery.

Expanding square and sector searches are run round a datum; a parallel sweep shares an area out among the searchers.
Several aircraft over one datum fly at different heights and turned from each other; several ships have a datum each,
side by side where the file names fewer. The object is anywhere alike in the area, or in the circle that a pattern
reaches round one of the datums, and drifts from there if the planner says how. By the inverse cube law and by definite
range each searcher's chance gathers along its real track relative to the object; by the random-search law it gathers
with the area swept, wherever the tracks lie. With a containment below 1 the object may not be there at all. The
nearest ship goes to what was sighted and recovers it; without a ship, whoever sighted it does.

A search that is told to stop reports how long each searcher searched, and what coverage they had reached together.

Sources: IAMSAR Manual volumes II and III (patterns, coverage factor, probability of detection, on-scene coordinator);
B. O. Koopman, "Search and Screening", OEG Report 56, 1946 (detection laws).
Limits: there is one object; sweep width, law, containment and drift are the planner's; the search areas are not
optimised and do not drift; the probability that is measured takes the object to stand; searchers other than the finder
and the rescuer go on with their patterns.
"""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from waterspace.domain import (
    SURFACE,
    Await,
    Confidence,
    Follow,
    Hazard,
    Leg,
    Measure,
    Medium,
    Position,
    Proceed,
    Provenance,
    Record,
    Reservation,
    Signal,
    Wait,
    WakeReason,
    Window,
)
from waterspace.errors import RelievedError
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.intercept import intercept_ms
from waterspace.geometry.legs import hold, position_at, trim
from waterspace.notation import format_duration
from waterspace.phenomena.coverage import DetectionLaw, coverage_ratio
from waterspace.phenomena.draws import common_draws
from waterspace.quantity import DAY_MS, MINUTE_MS, SECOND_MS
from waterspace.serials.base import (
    AIRCRAFT,
    SHIPS,
    Briefing,
    Needs,
    Plan,
    Role,
    Script,
    SerialType,
    Stage,
)
from waterspace.serials.measuring.hunt import drawn_point, found_ms, law_of
from waterspace.serials.measuring.patches import patch_drawn, patch_ratio, patches_of
from waterspace.serials.seamanship.patterns import untimed
from waterspace.serials.seamanship.search_layout import (
    COORDINATOR,
    SEARCHING,
    SearchAndRescueParameters,
    SearchPattern,
    everybody,
    lots_of,
    orbit,
    reach_of,
    standing_by,
)
from waterspace.serials.seamanship.search_lots import region_area_m2
from waterspace.serials.seamanship.search_tracks import flying_claim
from waterspace.serials.seamanship.shared import once_for_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Event, Exercise, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "SearchAndRescue", "Sighting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Who is to sight the object, when, where it is then, and who recovers it.

    Attributes:
        object: its track.
    """

    finder: str
    rescuer: str
    time_ms: int
    position: Position
    object: tuple[Leg, ...]


class SearchAndRescue(SerialType[SearchAndRescueParameters]):
    """Search for somebody or something at sea, and recovery."""

    key = "search_and_rescue"
    title = "search and rescue"
    summary = "Ships and aircraft search round a datum or over an area, and recover what they find."
    parameters = SearchAndRescueParameters
    roles = (
        Role(name=SEARCHING, text="Ships and aircraft that search.", media=SHIPS | AIRCRAFT),
        Role(
            name=COORDINATOR,
            text="On-scene coordinator; may be one of the searchers, else it stands by beside the search.",
            media=SHIPS | AIRCRAFT,
        ),
    )
    hazards = "aircraft low over the search area"
    sources = (
        "IAMSAR Manual volumes II and III: patterns, coverage and probability of detection, on-scene coordinator",
        "B. O. Koopman, Search and Screening, OEG Report 56, 1946: detection laws",
    )
    measured_by: ClassVar[Mapping[str, str]] = {
        "track_m": "length of all searchers' tracks in their regions until the sighting or the end",
        "coverage_ratio": "sweep width times that length, over the area that the patterns are meant to search",
        "detection_probability_ratio": "by the law from the tracks that were run, for an object that is in the area",
        "success_probability_ratio": "that probability times the containment",
        "sighted_count": "objects sighted",
        "recovered_count": "objects recovered",
        "time_to_sighting_ms": "from the start of the serial to the sighting; absent where there was none",
        "time_to_recovery_ms": "from the start of the serial to the recovery; absent where there was none",
    }

    def needs(self, parameters: SearchAndRescueParameters) -> Needs:
        """An area, unless the datum is given."""
        return Needs(area=not parameters.datum)

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """The time in which the slowest searcher makes one pass, and the recovery."""
        briefing: Briefing[SearchAndRescueParameters] = untimed(exercise, serial)
        passes_s = [lot.pass_s for lot in lots_of(briefing)]
        if not passes_s:
            return None
        return math.ceil(max(passes_s) * SECOND_MS / MINUTE_MS) * MINUTE_MS + briefing.parameters.recovery_ms

    def plan(self, briefing: Briefing[SearchAndRescueParameters]) -> Plan:
        """Every searcher on its pattern, pass after pass; coordinators that do not search beside it."""
        id_ = briefing.serial.id
        tracks = {lot.searcher.unit: lot.legs(briefing.window, id_) for lot in lots_of(briefing)}
        tracks.update(standing_by(briefing))
        return {unit: legs for unit, legs in tracks.items() if legs}

    def reservations(self, briefing: Briefing[SearchAndRescueParameters], plan: Plan) -> tuple[Reservation, ...]:
        """The water that is searched, and the air over it where aircraft search."""
        footprint = reach_of(briefing)
        if footprint is None:
            return ()
        extent = Provenance(confidence=Confidence.ASSUMED, note="area of the serial, or the reach of the patterns")
        water = Reservation(
            id=f"{briefing.serial.id}/search-area",
            owner=briefing.serial.id,
            name=f"{briefing.serial.id} search area",
            footprint=footprint,
            band=SURFACE,
            windows=(briefing.window,),
            hazard=Hazard.NONE,
            provenance=extent,
        )
        fliers = tuple(searcher for searcher in everybody(briefing) if searcher.unit in plan)
        return (water, *flying_claim(briefing, fliers, footprint, extent))

    def script(self, stage: Stage[SearchAndRescueParameters], unit: str) -> Script:
        """Search; sight the object where the draw says so; recover it."""
        legs, began_ms = stage.plan.get(unit, ()), stage.now_ms
        if not legs:
            return
        try:
            yield from _search(stage, unit, legs)
        except RelievedError as error:
            yield from _broken_off(stage, unit, began_ms, str(error))

    def measures(
        self,
        briefing: Briefing[SearchAndRescueParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """Coverage, the probability that goes with it, sighting and recovery."""
        parts = lots_of(briefing)
        if record.actual is None or not parts:
            return ()
        given, start_ms = briefing.parameters, record.actual.start_ms
        sighted = [event.time_ms for event in events if event.kind == "search.sighted"]
        recovered = [event.time_ms for event in events if event.kind == "rescue.recovered"]
        search = Window(start_ms=start_ms, end_ms=min(sighted, default=record.actual.end_ms))
        run = {lot.searcher.unit: trim(tracks.get(lot.searcher.unit, ()), search) for lot in parts}
        swept_m = {
            lot.searcher.unit: lot.passes(run[lot.searcher.unit]) * lot.pass_s * lot.searcher.speed_mps for lot in parts
        }
        track_m = math.fsum(swept_m.values())
        patches = patches_of(parts, one_area=given.pattern is SearchPattern.PARALLEL_SWEEP)
        chance = math.fsum(
            patch.share_ratio * patch_ratio(patch, (given.law, given.sweep_width_m), run, swept_m) for patch in patches
        )
        values: dict[str, float] = {
            "track_m": track_m,
            "coverage_ratio": coverage_ratio(given.sweep_width_m, track_m, region_area_m2(parts)),
            "detection_probability_ratio": chance,
            "success_probability_ratio": chance * given.containment_ratio,
            "sighted_count": len(sighted),
            "recovered_count": len(recovered),
        }
        if sighted:
            values["time_to_sighting_ms"] = sighted[0] - start_ms
        if recovered:
            values["time_to_recovery_ms"] = recovered[0] - start_ms
        return tuple(
            Measure(name=name, value=value, subject=briefing.serial.id, text=self.measured_by[name])
            for name, value in values.items()
        )


def _search(stage: Stage[SearchAndRescueParameters], unit: str, legs: tuple[Leg, ...]) -> Script:
    """Search; sight the object where the draw says so; recover it."""
    if unit in stage.briefing.units(COORDINATOR):
        text = f"{unit} coordinates the search on scene."
        yield Record(kind="search.coordinated", text=text, data={"searchers_count": len(lots_of(stage.briefing))})
    found = _sighting(stage)
    if found is None or unit not in {found.finder, found.rescuer}:
        yield Follow(legs=legs)
        return
    yield Follow(legs=trim(legs, Window(start_ms=legs[0].start_ms, end_ms=found.time_ms)))
    object_ = stage.briefing.parameters.object
    if unit == found.finder:
        yield Record(
            kind="search.sighted",
            text=f"{unit} sights the object ({object_}); {found.rescuer} is to recover it.",
            data={
                "elapsed_ms": found.time_ms - legs[0].start_ms,
                "lat_deg": found.position.lat_deg,
                "lon_deg": found.position.lon_deg,
            },
        )
        yield Signal(name="sighted")
    if unit == found.rescuer:
        yield from _recover(stage, unit, found)
    elif stage.briefing.medium(unit) is Medium.AIR:
        rest = Window(start_ms=stage.now_ms, end_ms=stage.briefing.window.end_ms)
        yield Follow(legs=orbit(stage.briefing, unit, (stage.position(unit), found.position), rest))


def _broken_off(stage: Stage[SearchAndRescueParameters], unit: str, began_ms: int, why: str) -> Script:
    """Say how much a searcher that is told to stop has done."""
    parts = lots_of(stage.briefing)
    own = next((lot for lot in parts if lot.searcher.unit == unit), None)
    if own is None:
        return
    searched_ms = stage.now_ms - began_ms
    run_m = own.searcher.speed_mps * searched_ms / SECOND_MS
    coverage = coverage_ratio(stage.briefing.parameters.sweep_width_m, run_m, region_area_m2(parts))
    yield Record(
        kind="search.broken_off",
        text=f"{unit} breaks off its search after {format_duration(searched_ms)}: {why}.",
        data={"searched_ms": searched_ms, "coverage_ratio": coverage},
    )


@once_for_all
def _sighting(stage: Stage[SearchAndRescueParameters]) -> Sighting | None:
    """What the draws of this run say; every script reads them alike."""
    briefing, given = stage.briefing, stage.briefing.parameters
    parts = lots_of(briefing)
    if not parts:
        return None
    where, there, *chances = common_draws(stage.stream("sighting"), 2 + len(parts))
    if there >= given.containment_ratio:
        return None
    patches = patches_of(parts, one_area=given.pattern is SearchPattern.PARALLEL_SWEEP)
    patch = patch_drawn(patches, where)
    place = patch.sheet.frame.position(drawn_point(patch.sheet.outline, deepcopy(stage.stream("object"))))
    object_ = _drift(briefing, place)
    found: list[tuple[int, str]] = []
    for lot, chance in zip(parts, chances, strict=True):
        own = stage.plan.get(lot.searcher.unit, ())
        if not own or (given.law is DetectionLaw.RANDOM and lot not in patch.lots):
            continue
        law = law_of(given.law, given.sweep_width_m, lot.searcher.speed_mps, patch.area_m2)
        track = (hold(place, briefing.window),) if given.law is DetectionLaw.RANDOM else object_
        time_ms = found_ms(law, own, track, chance)
        if time_ms is not None:
            found.append((time_ms, lot.searcher.unit))
    time_ms, finder = min(found, default=(briefing.window.end_ms, ""))
    if time_ms >= briefing.window.end_ms:
        return None
    position = position_at(object_, time_ms)
    rescuer = _nearest_ship(stage, position, time_ms) or finder
    return Sighting(finder=finder, rescuer=rescuer, time_ms=time_ms, position=position, object=object_)


def _drift(briefing: Briefing[SearchAndRescueParameters], place: Position) -> tuple[Leg, ...]:
    """The object's track, for a day longer than the serial, so that whoever recovers it late still finds it."""
    given, window = briefing.parameters, briefing.window
    long = Window(start_ms=window.start_ms, end_ms=window.end_ms + DAY_MS)
    if given.drift_speed_mps <= 0.0:
        return (hold(place, long),)
    way_m = given.drift_speed_mps * (long.end_ms - long.start_ms) / SECOND_MS
    end = destination(place, given.drift_to_deg, way_m)
    return (Leg(start_ms=long.start_ms, end_ms=long.end_ms, start=place, end=end),)


def _nearest_ship(stage: Stage[SearchAndRescueParameters], position: Position, time_ms: int) -> str | None:
    ships = [unit for unit in stage.plan if stage.briefing.medium(unit) is not Medium.AIR]
    return min(ships, key=lambda unit: distance_m(position_at(stage.plan[unit], time_ms), position), default=None)


def _recover(stage: Stage[SearchAndRescueParameters], unit: str, found: Sighting) -> Script:
    """Go to the object as fast as possible and take it on board."""
    patience_ms = max(0, stage.briefing.window.end_ms - stage.now_ms)
    wake = yield Await(name="sighted", timeout_ms=patience_ms)
    if wake.reason is WakeReason.TIMEOUT:
        return
    flies = stage.briefing.medium(unit) is Medium.AIR
    height_m = stage.briefing.parameters.height_m if flies else 0.0
    speed_mps, here = stage.briefing.max_speed_mps(unit), stage.position(unit)
    met_ms = intercept_ms(here, speed_mps, found.object, 0.0, (stage.now_ms, found.object[-1].end_ms))
    goal = found.position if met_ms is None else position_at(found.object, met_ms)
    yield Proceed(waypoints=(goal,), speed_mps=speed_mps, height_m=height_m)
    yield Record(
        kind="rescue.on_scene", text=f"{unit} is at the object.", data={"elapsed_ms": stage.now_ms - found.time_ms}
    )
    yield Wait(duration_ms=stage.briefing.parameters.recovery_ms)
    yield Record(
        kind="rescue.recovered",
        text=f"{unit} has recovered the object.",
        data={"elapsed_ms": stage.now_ms - found.time_ms},
    )


SERIAL_TYPE = SearchAndRescue()
