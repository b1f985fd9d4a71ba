"""Looking for something along real tracks: laws of detection, a target that wanders, when it is found, how likely.

A target that nobody plays starts anywhere in the area alike, runs straight on a course drawn likewise, and is thrown
back by the edge of the area as a ball by a cushion; so it is anywhere alike at every later instant, too.

Source: B. O. Koopman, Search and Screening, OEG Report 56, 1946: detection laws. That reflection keeps places and
courses evenly spread is Liouville's theorem for billiards.
Limits: those of `phenomena.detection` and `phenomena.area_search`; the edges of an area are straight on its sheet.
"""

from __future__ import annotations

import math
from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.geodesic import inverses
from waterspace.phenomena.area_search import found_ratio, places_in
from waterspace.phenomena.coverage import DetectionLaw
from waterspace.phenomena.detection import DefiniteRange, InverseCube, Law, RandomSearch, detection_ms
from waterspace.phenomena.relative_motion import relative_legs
from waterspace.quantity import SECOND_MS
from waterspace.serials.seamanship.frame import Point, Sheet, encloses, fill_window

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Leg, Window
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.serials.seamanship.frame import Frame

__all__ = ["drawn_point", "found_ms", "law_of", "standing_ratio", "track_law", "wanderer"]

_TRIES = 10_000
"""Draws after which an outline counts as having no area."""


def track_law(kind: DetectionLaw, sweep_width_m: float, speed_mps: float) -> DefiniteRange | InverseCube:
    """A law that follows the tracks, for a searcher of a speed; anything but random search.

    Args:
        kind: of the law; random search, which does not follow tracks, is read as inverse cube.
        sweep_width_m: against the target at that speed, above 0.
        speed_mps: above 0.
    """
    if kind is DetectionLaw.DEFINITE_RANGE:
        return DefiniteRange(range_m=sweep_width_m / 2.0)
    return InverseCube(sweep_width_m=sweep_width_m, at_mps=speed_mps)


def law_of(kind: DetectionLaw, sweep_width_m: float, speed_mps: float, area_m2: float) -> Law:
    """The law by which one searcher finds a target.

    Args:
        kind: of the law.
        sweep_width_m: against the target at the speed, above 0.
        speed_mps: of the searcher, above 0.
        area_m2: in which the target is, above 0.
    """
    if kind is DetectionLaw.RANDOM:
        return RandomSearch(sweep_width_m=sweep_width_m, area_m2=area_m2)
    return track_law(kind, sweep_width_m, speed_mps)


def found_ms(law: Law, searcher: Sequence[Leg], target: Sequence[Leg], draw_ratio: float) -> int | None:
    """When a searcher on its track finds a target on its own, by one drawn number; None for never.

    Args:
        law: of detection.
        searcher: in order of time.
        target: in order of time.
        draw_ratio: from 0 to below 1.
    """
    return detection_ms(law, relative_legs(searcher, target), draw_ratio)


def drawn_point(outline: Sequence[Point], luck: np.random.Generator) -> Point:
    """A point anywhere in an outline alike; the middle of the corners where it has no area."""
    corners = np.asarray(outline, dtype=float)
    low_m, high_m = corners.min(axis=0), corners.max(axis=0)
    for _ in range(_TRIES):
        ahead_m, starboard_m = (low_m + (high_m - low_m) * luck.random(2)).tolist()
        if encloses(outline, (ahead_m, starboard_m)):
            return ahead_m, starboard_m
    ahead_m, starboard_m = corners.mean(axis=0).tolist()
    return ahead_m, starboard_m


def wanderer(
    sheet: Sheet, stream: np.random.Generator, window: Window, *, speed_mps: float, serial: str
) -> tuple[Leg, ...]:
    """The track of a target that nobody plays; every script that asks reads the same.

    Args:
        sheet: the area.
        stream: of random numbers; it is not moved on.
        window: what the track fills.
        speed_mps: 0 for a target that stands.
        serial: id written on the legs.
    """
    luck = deepcopy(stream)
    here, course_rad = drawn_point(sheet.outline, luck), 2.0 * math.pi * float(luck.random())
    ahead = math.cos(course_rad), math.sin(course_rad)
    return fill_window(
        map(sheet.frame.position, _bounces(sheet.outline, here, ahead)), window, speed_mps=speed_mps, serial=serial
    )


def standing_ratio(sheet: Sheet, team: Iterable[tuple[DefiniteRange | InverseCube, Sequence[Leg]]]) -> float:
    """Chance that searchers on their tracks have found something that stands anywhere in an area alike.

    Args:
        sheet: the area.
        team: each searcher's law and track.
    """
    tracks = [(law, _pieces(sheet.frame, legs)) for law, legs in team if legs]
    return found_ratio(tracks, places_in(sheet.outline))


def _pieces(frame: Frame, legs: Sequence[Leg]) -> FloatArray:
    """A track on the sheet, as `area_search` takes it."""
    ends = [(leg.start, leg.end) for leg in legs]
    lat = np.array([[end.lat_deg for end in pair] for pair in ends])
    lon = np.array([[end.lon_deg for end in pair] for pair in ends])
    ranges_m, bearings_deg = inverses(frame.origin.lat_deg, frame.origin.lon_deg, lat, lon)
    angles_rad = np.radians(bearings_deg - frame.axis_deg)
    ahead_m, starboard_m = ranges_m * np.cos(angles_rad), ranges_m * np.sin(angles_rad)
    times_s = np.array([leg.duration_ms for leg in legs]) / SECOND_MS
    return np.column_stack([ahead_m[:, 0], starboard_m[:, 0], ahead_m[:, 1], starboard_m[:, 1], times_s])


def _bounces(outline: Sequence[Point], here: Point, ahead: Point) -> Iterator[Point]:
    """The corners of a ball's way over a table without end."""
    corners = np.asarray(outline, dtype=float)
    sides = np.roll(corners, -1, axis=0) - corners
    place, way, last = np.asarray(here), np.asarray(ahead), -1
    yield here
    while True:
        cross = way[0] * sides[:, 1] - way[1] * sides[:, 0]
        gap = corners - place
        with np.errstate(divide="ignore", invalid="ignore"):
            run_m = (gap[:, 0] * sides[:, 1] - gap[:, 1] * sides[:, 0]) / cross
            share = (gap[:, 0] * way[1] - gap[:, 1] * way[0]) / cross
        hits = (share >= 0.0) & (share <= 1.0) & (run_m > 0.0) & (np.arange(len(sides)) != last)
        if not hits.any():
            return
        last = int(np.argmin(np.where(hits, run_m, np.inf)))
        place = place + run_m[last] * way
        along = sides[last] / np.hypot(*sides[last])
        way = 2.0 * float(way @ along) * along - way
        yield float(place[0]), float(place[1])
