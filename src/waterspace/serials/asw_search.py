"""Anti-submarine search: ships, helicopters and aircraft search an area for a submarine, real or simulated.

Each searcher has a strip of the area as wide as it is fast, and runs parallel sweeps or wanders over it. Whether and
when it detects is drawn from one of Koopman's laws, which ask for no sensor data but a sweep width that the planner
gives. By the random-search law the time to detection is exponential, with mean area over the rate at which area is
swept. By definite range and by the inverse cube law the chance gathers along the track relative to the target. A
submarine that plays the target counts with its real track, by every law. One that is simulated is anywhere in the
area alike: under random search nothing more is asked of it; else it runs straight at the target's speed and is thrown
back by the edge of the area. Searchers draw independently of each other.

A search that is told to stop reports how long it searched and what coverage it had reached.

Sources: B. O. Koopman, "Search and Screening", OEG Report 56, 1946.
Limits: the submarine does not evade; the sweep width holds for every searcher, depth and direction; the probability
that is measured takes a simulated target to stand; nothing is done about a contact but to report it. No weapon is
modelled.
"""

from __future__ import annotations

import math
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
    Provenance,
    Record,
    Reservation,
    Signal,
    Window,
)
from waterspace.errors import RelievedError
from waterspace.geometry.footprints import area_m2
from waterspace.geometry.legs import trim
from waterspace.notation import format_duration
from waterspace.phenomena.coverage import DetectionLaw, combined_ratio, coverage_ratio, random_search_ratio
from waterspace.phenomena.detection import Law, detected_ratio
from waterspace.phenomena.relative_motion import relative_legs
from waterspace.quantity import KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS
from waterspace.serials.base import (
    AIRCRAFT,
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
from waterspace.serials.measuring.hunt import found_ms, law_of, standing_ratio, track_law, wanderer
from waterspace.serials.measuring.spans import closest_m
from waterspace.serials.seamanship.frame import Sheet, fill_window, sheet_of
from waterspace.serials.seamanship.patterns import untimed
from waterspace.serials.seamanship.search_patterns import (
    Strip,
    irregular,
    length_m,
    parallel_sweep,
    share_out,
    to_and_fro,
)
from waterspace.serials.seamanship.search_tracks import (
    CLEARANCE_M,
    Searcher,
    flying_claim,
    length_inside_m,
    lots,
    searchers,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Event, Exercise, Leg, Serial, SerialRecord

__all__ = ["SERIAL_TYPE", "AswSearch", "AswSearchParameters", "SearchTracks"]

_SEARCHING = "searching"
_TARGET = "target"


class SearchTracks(StrEnum):
    """How the searchers move over their strips."""

    PARALLEL = "parallel"
    RANDOM = "random"


@dataclass(frozen=True, slots=True, kw_only=True)
class AswSearchParameters(SerialParameters):
    """What the planner may say of an anti-submarine search."""

    tracks: SearchTracks = parameter(
        text="How searchers move over their strips: parallel sweeps, or without a pattern.",
        default=SearchTracks.PARALLEL,
        source="assumed",
    )
    law: DetectionLaw = parameter(
        text="How a searcher detects: by the area swept (random search), or along the track relative to the target.",
        default=DetectionLaw.RANDOM,
        source="assumed",
    )
    sweep_width_m: float = parameter(
        text="Sweep width of every searcher against the target.",
        default=2.0 * NAUTICAL_MILE_M,
        minimum=1.0,
        source="assumed",
    )
    track_spacing_m: float = parameter(
        text="Distance between neighbouring parallel tracks.",
        default=2.0 * NAUTICAL_MILE_M,
        minimum=500.0,
        source="assumed",
    )
    axis_deg: float = parameter(
        text="True direction of the parallel tracks.",
        default=0.0,
        minimum=0.0,
        maximum=360.0,
        source="assumed",
    )
    ship_speed_mps: float = parameter(
        text="Speed of searching ships, no more than their greatest.",
        default=12.0 * KNOT_MPS,
        minimum=0.1,
        source="assumed",
    )
    aircraft_speed_mps: float = parameter(
        text="Speed of searching aircraft, no more than their greatest.",
        default=90.0 * KNOT_MPS,
        minimum=0.1,
        source="assumed",
    )
    height_m: float = parameter(
        text="Height of the lowest searching aircraft; each further one flies 300 m higher.",
        default=150.0,
        minimum=30.0,
        source="assumed",
    )
    target_speed_mps: float = parameter(
        text="Speed of the submarine, played or simulated.",
        default=4.0 * KNOT_MPS,
        minimum=0.0,
        source="assumed",
    )
    target_depth_m: float = parameter(
        text="Depth of the submarine that plays the target.",
        default=60.0,
        minimum=20.0,
        source="assumed",
    )
    simulated_target: bool = parameter(
        text="Whether a target is simulated where no submarine plays it.",
        default=True,
        source="assumed",
    )


class AswSearch(SerialType[AswSearchParameters]):
    """Search of an area for a submarine."""

    key = "asw_search"
    title = "anti-submarine search"
    summary = (
        "Ships, helicopters and aircraft search an area for a submarine, real or simulated, in strips side by side."
    )
    parameters = AswSearchParameters
    roles = (
        Role(name=_SEARCHING, text="Ships and aircraft that search.", media=SHIPS | AIRCRAFT),
        Role(
            name=_TARGET,
            text="Submarine that plays the target; without one a target is simulated.",
            minimum=0,
            media=frozenset({Medium.SUBSURFACE}),
        ),
    )
    hazards = "sonar towed or dipped, and submarines under way, below the surface of the area; low aircraft above it"
    sources = (
        "B. O. Koopman, Search and Screening, OEG Report 56, 1946: random search, definite range, inverse cube law",
    )
    measured_by: ClassVar[Mapping[str, str]] = {
        "coverage_ratio": "sweep width times length of track in the area, over the area",
        "detection_probability_ratio": "by the law from the tracks that were run: chance that a target was detected",
        "detections_count": "searchers that detected the target",
        "first_detection_ms": "from the start of the serial to the first detection; absent where there was none",
        "track_m": "length of all searchers' tracks in the area",
        "effort_ratio": "that length over what the searchers would have run in the time planned",
        "closest_target_m": "least range of a searcher from a submarine that played the target; absent without one",
    }

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """The time in which the slowest searcher runs its strip once, or a random search covers the area once."""
        briefing: Briefing[AswSearchParameters] = untimed(exercise, serial)
        team, area = _team(briefing), briefing.area
        if area is None or not team:
            return None
        given = briefing.parameters
        if given.tracks is SearchTracks.RANDOM:
            swept_m2ps = given.sweep_width_m * math.fsum(searcher.speed_mps for searcher in team)
            longest_s = area_m2(area.footprint) / swept_m2ps
        else:
            sheet = sheet_of(area.footprint, given.axis_deg)
            shares = lots(sheet, team, _keep_off_m(given))
            longest_s = max(
                length_m(parallel_sweep(sheet.outline, given.track_spacing_m, strip)) / searcher.speed_mps
                for searcher, strip in zip(team, shares, strict=True)
            )
        return math.ceil(longest_s * SECOND_MS / MINUTE_MS) * MINUTE_MS

    def plan(self, briefing: Briefing[AswSearchParameters]) -> Plan:
        """Every searcher on its strip, over and over until the end; the target wandering below."""
        if briefing.area is None:
            return {}
        given, team = briefing.parameters, _team(briefing)
        sheet = sheet_of(briefing.area.footprint, given.axis_deg)
        tracks: dict[str, tuple[Leg, ...]] = {}
        for searcher, strip in zip(team, lots(sheet, team, _keep_off_m(given)), strict=True):
            points = (
                irregular(sheet.outline, strip, CLEARANCE_M)
                if given.tracks is SearchTracks.RANDOM
                else to_and_fro(parallel_sweep(sheet.outline, given.track_spacing_m, strip))
            )
            tracks[searcher.unit] = fill_window(
                map(sheet.frame.position, points),
                briefing.window,
                speed_mps=searcher.speed_mps,
                height_m=searcher.height_m,
                serial=briefing.serial.id,
            )
        tracks.update(_targets(briefing, sheet, tracks))
        return {unit: legs for unit, legs in tracks.items() if legs}

    def reservations(self, briefing: Briefing[AswSearchParameters], plan: Plan) -> tuple[Reservation, ...]:
        """The water below the area, the air that aircraft use, and the surface for whoever searches on it."""
        if briefing.area is None:
            return ()
        team = tuple(searcher for searcher in _team(briefing) if searcher.unit in plan)
        extent = Provenance(source=briefing.area.provenance.source, confidence=Confidence.ASSUMED, note="whole area")
        claims = [_claim(briefing, "under-water", Band(ceiling_m=0.0), Hazard.UNDERWATER, extent)]
        if any(not searcher.flies for searcher in team):
            claims.append(_claim(briefing, "surface", SURFACE, Hazard.NONE, extent))
        return (*claims, *flying_claim(briefing, team, briefing.area.footprint, extent))

    def script(self, stage: Stage[AswSearchParameters], unit: str) -> Script:
        """Follow the plan; report a detection when it comes."""
        legs = stage.plan.get(unit, ())
        if not legs:
            return
        began_ms = stage.now_ms
        try:
            yield from _search(stage, unit, legs)
        except RelievedError as error:
            yield from _broken_off(stage, unit, began_ms, str(error))

    def measures(
        self,
        briefing: Briefing[AswSearchParameters],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """Coverage reached, the probability that goes with it, and what was detected."""
        if briefing.area is None or record.actual is None:
            return ()
        given, id_ = briefing.parameters, briefing.serial.id
        sheet = sheet_of(briefing.area.footprint, given.axis_deg)
        track_m = math.fsum(length_inside_m(tracks.get(searcher.unit, ()), sheet) for searcher in _team(briefing))
        coverage = coverage_ratio(given.sweep_width_m, track_m, area_m2(briefing.area.footprint))
        detections = [event for event in events if event.kind == "search.detection"]
        values: dict[str, float] = {
            "track_m": track_m,
            "coverage_ratio": coverage,
            "detection_probability_ratio": _probability_ratio(briefing, tracks, coverage),
            "detections_count": len({event.unit for event in detections}),
        }
        planned = record.planned or record.actual
        could_m = math.fsum(one.speed_mps for one in _team(briefing)) * (planned.end_ms - planned.start_ms) / SECOND_MS
        if could_m > 0.0:
            values["effort_ratio"] = track_m / could_m
        boats, team = _boats(briefing, tracks), _team(briefing)
        range_m = closest_m((tracks.get(one.unit) for one in team), (tracks[boat] for boat in boats))
        if range_m is not None:
            values["closest_target_m"] = range_m
        if detections:
            values["first_detection_ms"] = min(event.time_ms for event in detections) - record.actual.start_ms
        return tuple(
            Measure(name=name, value=value, subject=id_, text=self.measured_by[name]) for name, value in values.items()
        )


@once
def _team(briefing: Briefing[AswSearchParameters]) -> tuple[Searcher, ...]:
    given = briefing.parameters
    return searchers(
        briefing,
        _SEARCHING,
        ship_speed_mps=given.ship_speed_mps,
        aircraft_speed_mps=given.aircraft_speed_mps,
        height_m=given.height_m,
    )


def _keep_off_m(given: AswSearchParameters) -> float:
    """How far strips stay apart so that ships do; outer lanes lie a quarter of a spacing inside at the least."""
    lane_m = 0.0 if given.tracks is SearchTracks.RANDOM else given.track_spacing_m / 4.0
    return max(0.0, CLEARANCE_M - lane_m)


def _targets(briefing: Briefing[AswSearchParameters], sheet: Sheet, taken: Plan) -> dict[str, tuple[Leg, ...]]:
    given = briefing.parameters
    boats = [unit for unit in briefing.units(_TARGET) if unit not in taken]
    if not boats:
        return {}
    strips: tuple[Strip, ...] = share_out(whole(sheet), [1.0] * len(boats), CLEARANCE_M)
    return {
        boat: fill_window(
            map(sheet.frame.position, irregular(sheet.outline, strip, CLEARANCE_M)),
            briefing.window,
            speed_mps=min(given.target_speed_mps, briefing.max_speed_mps(boat)),
            height_m=-given.target_depth_m,
            serial=briefing.serial.id,
        )
        for boat, strip in zip(boats, strips, strict=True)
    }


def _claim(
    briefing: Briefing[AswSearchParameters], part: str, band: Band, hazard: Hazard, extent: Provenance
) -> Reservation:
    assert briefing.area is not None
    id_ = briefing.serial.id
    return Reservation(
        id=f"{id_}/{part}",
        owner=id_,
        name=f"{id_} anti-submarine search, {part.replace('-', ' ')}",
        footprint=briefing.area.footprint,
        band=band,
        windows=(briefing.window,),
        hazard=hazard,
        provenance=extent,
    )


def _search(stage: Stage[AswSearchParameters], unit: str, legs: tuple[Leg, ...]) -> Script:
    """Follow the plan; report a detection when it comes."""
    found_ms = _detection_ms(stage, unit)
    if found_ms is None or found_ms >= legs[-1].end_ms:
        yield Follow(legs=legs)
        return
    start_ms = legs[0].start_ms
    yield Follow(legs=trim(legs, Window(start_ms=start_ms, end_ms=found_ms)))
    yield Record(
        kind="search.detection",
        text=f"{unit} reports a contact after {round((found_ms - start_ms) / MINUTE_MS)} min of search.",
        data={"elapsed_ms": found_ms - start_ms, "sweep_width_m": stage.briefing.parameters.sweep_width_m},
    )
    yield Signal(name="contact")
    yield Follow(legs=trim(legs, Window(start_ms=found_ms, end_ms=legs[-1].end_ms)))


def _broken_off(stage: Stage[AswSearchParameters], unit: str, began_ms: int, why: str) -> Script:
    """Say how much a searcher that is told to stop has done."""
    searcher = next((one for one in _team(stage.briefing) if one.unit == unit), None)
    if searcher is None or stage.briefing.area is None:
        return
    searched_ms = stage.now_ms - began_ms
    run_m = searcher.speed_mps * searched_ms / SECOND_MS
    coverage = coverage_ratio(stage.briefing.parameters.sweep_width_m, run_m, area_m2(stage.briefing.area.footprint))
    yield Record(
        kind="search.broken_off",
        text=f"{unit} breaks off its search after {format_duration(searched_ms)}: {why}.",
        data={"searched_ms": searched_ms, "coverage_ratio": coverage},
    )


def _detection_ms(stage: Stage[AswSearchParameters], unit: str) -> int | None:
    """When a searcher would detect if it searched long enough; None where there is nothing to detect."""
    briefing = stage.briefing
    given = briefing.parameters
    searcher = next((one for one in _team(briefing) if one.unit == unit), None)
    boats = _boats(briefing, stage.plan)
    if searcher is None or briefing.area is None or not (given.simulated_target or boats):
        return None
    luck, own = stage.stream(f"detection/{unit}"), stage.plan[unit]
    if not boats and given.law is DetectionLaw.RANDOM:
        mean_s = area_m2(briefing.area.footprint) / (given.sweep_width_m * searcher.speed_mps)
        return own[0].start_ms + round(luck.exponential(mean_s) * SECOND_MS)
    targets = [stage.plan[boat] for boat in boats]
    if not targets:
        sheet = sheet_of(briefing.area.footprint, given.axis_deg)
        speed_mps, id_ = given.target_speed_mps, briefing.serial.id
        targets = [wanderer(sheet, stage.stream("target"), briefing.window, speed_mps=speed_mps, serial=id_)]
    law = _law(briefing, searcher)
    found = [found_ms(law, own, target, float(luck.random())) for target in targets]
    return min((time_ms for time_ms in found if time_ms is not None), default=None)


def _boats(briefing: Briefing[AswSearchParameters], tracks: Mapping[str, tuple[Leg, ...]]) -> tuple[str, ...]:
    """Submarines that play the target and have a track."""
    searching = {searcher.unit for searcher in _team(briefing)}
    return tuple(boat for boat in briefing.units(_TARGET) if boat not in searching and tracks.get(boat))


def _law(briefing: Briefing[AswSearchParameters], searcher: Searcher) -> Law:
    assert briefing.area is not None
    given = briefing.parameters
    return law_of(given.law, given.sweep_width_m, searcher.speed_mps, area_m2(briefing.area.footprint))


def _probability_ratio(
    briefing: Briefing[AswSearchParameters], tracks: Mapping[str, tuple[Leg, ...]], coverage: float
) -> float:
    """Chance that at least one target has been detected."""
    given, team = briefing.parameters, [one for one in _team(briefing) if tracks.get(one.unit)]
    if boats := _boats(briefing, tracks):
        return combined_ratio(
            detected_ratio(_law(briefing, one), relative_legs(tracks[one.unit], tracks[boat]))
            for one in team
            for boat in boats
        )
    if given.law is DetectionLaw.RANDOM or briefing.area is None:
        return random_search_ratio(coverage)
    sheet = sheet_of(briefing.area.footprint, given.axis_deg)
    return standing_ratio(
        sheet, [(track_law(given.law, given.sweep_width_m, one.speed_mps), tracks[one.unit]) for one in team]
    )


SERIAL_TYPE = AswSearch()
