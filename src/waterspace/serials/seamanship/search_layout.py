"""Where a search and rescue takes place: what the planner may say of it, and who searches or stands by where."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Polygon, Position
from waterspace.geometry.footprints import centre
from waterspace.geometry.geodesic import distance_m
from waterspace.phenomena.coverage import DetectionLaw
from waterspace.quantity import KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials.base import Briefing, SerialParameters, once, parameter
from waterspace.serials.seamanship.frame import Frame, Sheet, fill_window, sheet_of
from waterspace.serials.seamanship.search_lots import Lot, area_lots, box, datum_lots, disc, slots
from waterspace.serials.seamanship.search_patterns import (
    SECTOR_TURN_DEG,
    SQUARE_TURN_DEG,
    expanding_square,
    sector_search,
)
from waterspace.serials.seamanship.search_tracks import CLEARANCE_M, Searcher, searchers

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Leg, Window

__all__ = [
    "COORDINATOR",
    "SEARCHING",
    "SearchAndRescueParameters",
    "SearchPattern",
    "everybody",
    "lots_of",
    "orbit",
    "reach_of",
    "standing_by",
]

SEARCHING = "searching"
"""Role of those who search."""
COORDINATOR = "coordinator"
"""Role of the on-scene coordinator."""

_STANDOFF_M = NAUTICAL_MILE_M
"""How far the on-scene coordinator keeps off the search, and coordinators off each other (assumed)."""
_ORBIT_M = NAUTICAL_MILE_M
"""Radius of the circle of an aircraft that stays over a place (assumed)."""


class SearchPattern(StrEnum):
    """The pattern of the search."""

    EXPANDING_SQUARE = "expanding square"
    SECTOR = "sector"
    PARALLEL_SWEEP = "parallel sweep"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAndRescueParameters(SerialParameters):
    """What the planner may say of a search and rescue."""

    pattern: SearchPattern = parameter(
        text="Pattern of the search.", default=SearchPattern.PARALLEL_SWEEP, source="IAMSAR Manual volume III"
    )
    datum: tuple[Position, ...] = parameter(
        text="Most probable position of the object, one for each searching ship; the middle of the area where absent.",
        default=(),
    )
    object: str = parameter(text="What is searched for, in words.", default="person in the water", source="assumed")
    track_spacing_m: float = parameter(
        text="Distance between tracks.", default=NAUTICAL_MILE_M, minimum=50.0, source="assumed"
    )
    sweep_width_m: float = parameter(
        text="Sweep width of every searcher against the object.", default=NAUTICAL_MILE_M, minimum=1.0, source="assumed"
    )
    law: DetectionLaw = parameter(
        text="How a searcher detects: along its real track, or by the area swept (random search).",
        default=DetectionLaw.INVERSE_CUBE,
        source="IAMSAR Manual volume II: ideal conditions",
    )
    containment_ratio: float = parameter(
        text="Probability that the object is in the area searched at all.",
        default=1.0,
        minimum=0.0,
        maximum=1.0,
        source="assumed",
    )
    drift_speed_mps: float = parameter(
        text="Speed at which the object drifts, from where it is when the search begins.",
        default=0.0,
        minimum=0.0,
        maximum=5.0,
        source="assumed",
    )
    drift_to_deg: float = parameter(
        text="True direction in which the object drifts.", default=0.0, minimum=0.0, maximum=360.0, source="assumed"
    )
    axis_deg: float = parameter(
        text="True direction of the first leg, or of the sweeps.",
        default=0.0,
        minimum=0.0,
        maximum=360.0,
        source="assumed",
    )
    legs_count: int = parameter(
        text="Legs of an expanding square; side of a parallel sweep round a datum, in track spacings.",
        default=8,
        minimum=1,
        maximum=100,
        source="assumed",
    )
    radius_m: float = parameter(
        text="Length of the legs of a sector search.", default=5.0 * NAUTICAL_MILE_M, minimum=100.0, source="assumed"
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
    recovery_ms: int = parameter(
        text="Time to recover the object once alongside.", default=20 * MINUTE_MS, minimum=0, source="assumed"
    )


@once
def everybody(briefing: Briefing[SearchAndRescueParameters]) -> tuple[Searcher, ...]:
    """Searchers, then coordinators that do not search, each aircraft with a height of its own."""
    given = briefing.parameters
    return searchers(
        briefing,
        SEARCHING,
        COORDINATOR,
        ship_speed_mps=given.ship_speed_mps,
        aircraft_speed_mps=given.aircraft_speed_mps,
        height_m=given.height_m,
    )


def _datums(briefing: Briefing[SearchAndRescueParameters]) -> tuple[Position, ...]:
    if briefing.parameters.datum:
        return briefing.parameters.datum
    return () if briefing.area is None else (centre(briefing.area.footprint),)


@once
def lots_of(briefing: Briefing[SearchAndRescueParameters]) -> tuple[Lot, ...]:
    """Who searches where; nothing where no place is known."""
    given, datums = briefing.parameters, _datums(briefing)
    searching = briefing.units(SEARCHING)
    team = tuple(searcher for searcher in everybody(briefing) if searcher.unit in searching)
    if not datums or not team:
        return ()
    if given.pattern is SearchPattern.PARALLEL_SWEEP:
        if briefing.area is not None:
            sheet = sheet_of(briefing.area.footprint, given.axis_deg)
        else:
            frame = Frame(origin=datums[0], axis_deg=given.axis_deg)
            sheet = Sheet(frame=frame, outline=box(given.legs_count * given.track_spacing_m))
        return area_lots(sheet, team, given.track_spacing_m)
    if given.pattern is SearchPattern.SECTOR:
        pattern, turn_deg = sector_search(given.radius_m), SECTOR_TURN_DEG
    else:
        pattern, turn_deg = expanding_square(given.track_spacing_m, given.legs_count), SQUARE_TURN_DEG
    step_m = 2.0 * max(math.hypot(*point) for point in pattern) + 2.0 * CLEARANCE_M
    return datum_lots(slots(datums, given.axis_deg, team, step_m), given.axis_deg, pattern, turn_deg)


def standing_by(briefing: Briefing[SearchAndRescueParameters]) -> dict[str, tuple[Leg, ...]]:
    """Coordinators that do not search: ships to port of the search, aircraft over its middle."""
    parts = lots_of(briefing)
    searching = {lot.searcher.unit for lot in parts}
    waiting = [searcher for searcher in everybody(briefing) if searcher.unit not in searching]
    if not parts or not waiting:
        return {}
    frame = Frame(origin=parts[0].sheet.frame.origin, axis_deg=briefing.parameters.axis_deg)
    edge_m = min(frame.point(lot.sheet.frame.position(corner))[1] for lot in parts for corner in lot.sheet.outline)
    found: dict[str, tuple[Leg, ...]] = {}
    for searcher in waiting:
        if searcher.flies:
            found[searcher.unit] = orbit(briefing, searcher.unit, (frame.origin,), briefing.window)
        else:
            edge_m -= _STANDOFF_M
            place = frame.position((0.0, edge_m))
            found[searcher.unit] = fill_window((place,), briefing.window, speed_mps=0.0, serial=briefing.serial.id)
    return found


def orbit(
    briefing: Briefing[SearchAndRescueParameters], unit: str, way: tuple[Position, ...], window: Window
) -> tuple[Leg, ...]:
    """An aircraft's circle round a place, at its own height.

    Args:
        briefing: of the serial.
        unit: the aircraft.
        way: the place, after where the aircraft comes from if it is not on the circle yet.
        window: what the legs fill.
    """
    own = next(searcher for searcher in everybody(briefing) if searcher.unit == unit)
    frame = Frame(origin=way[-1])
    circle = map(frame.position, itertools.cycle(disc(_ORBIT_M)))
    return fill_window(
        itertools.chain(way[:-1], circle),
        window,
        speed_mps=own.speed_mps,
        height_m=own.height_m,
        serial=briefing.serial.id,
    )


def reach_of(briefing: Briefing[SearchAndRescueParameters]) -> Footprint | None:
    """What the patterns reach: the area that is swept, or a circle that holds every pattern round a datum."""
    parts = lots_of(briefing)
    if not parts:
        return None
    if briefing.parameters.pattern is SearchPattern.PARALLEL_SWEEP:
        if briefing.area is not None:
            return briefing.area.footprint
        sheet = parts[0].sheet
        return Polygon(vertices=tuple(sheet.frame.position(corner) for corner in sheet.outline))
    middle = parts[0].sheet.frame.origin
    radius_m = max(distance_m(middle, lot.sheet.frame.origin) + lot.sheet.radius_m for lot in parts)
    return Circle(centre=middle, radius_m=radius_m)
