"""Where and when one claim and another, or one track and one claim, meet: the exact code behind the index.

Edges are right to about a metre within 500 km of the centre of the smaller footprint, the sides of a corridor to a
thousandth of its width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import SURFACE, Band, Circle, Leg, MovingBox, Position, Reservation, Window
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.encounter import Encounter, first_meetings
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import destination, distance_m, inverse
from waterspace.geometry.plane import Plane
from waterspace.geometry.regions import Patch, patches
from waterspace.geometry.shapes import TOUCH_M, meeting_point, overlap, shape_of, solid, swept_shape
from waterspace.geometry.slices import StillSide

if TYPE_CHECKING:
    from waterspace.domain import Footprint

__all__ = [
    "Clash",
    "clash",
    "clash_each",
    "footprints_meet",
    "shared_band",
    "shared_region",
    "shared_windows",
    "track_clash",
    "track_clash_each",
    "track_clashes",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """The first time that two claims want the same water or air.

    Attributes:
        window: for claims that stand still, the first window that both have; where one moves, from the first instant
            (right to a second) until they part for a minute or more.
        position: in both footprints at the start of the window.
        band: the heights that both claim; a unit off the surface claims only its own height.
        between: the two footprints; None where one side is a unit and not a claim.
    """

    window: Window
    position: Position
    band: Band
    between: tuple[Footprint, Footprint] | None = field(default=None, repr=False, compare=False)

    def region(self) -> tuple[Patch, ...]:
        """The water that both want, in pieces to be drawn; computed anew each time.

        Where a claim moves, all of it that it covers in the window counts. A unit has no size, so that it wants none.
        """
        return () if self.between is None else shared_region(*self.between, self.window)


def clash(a: Reservation, b: Reservation) -> Clash | None:
    """The first time at which two reservations overlap in space, height and time; None where they never do.

    Claims that share less than a metre only touch, as neighbouring areas with a common edge do.
    """
    return clash_each(((a, b),))[0]


def clash_each(pairs: Sequence[tuple[Reservation, Reservation]]) -> list[Clash | None]:
    """What `clash` finds for each pair; those in which a claim moves are looked at together, ten times as fast."""
    found: list[Clash | None] = [None] * len(pairs)
    moving: list[int] = []
    encounters: list[tuple[Encounter, list[Window]]] = []
    known = _Sides()
    for place, (a, b) in enumerate(pairs):
        windows = shared_windows(a.windows, b.windows)
        if not windows or not a.band.meets(b.band) or not _may_meet(a.footprint, b.footprint):
            continue
        if isinstance(a.footprint, MovingBox):
            encounter = Encounter(known.box(a.footprint), known.side(b.footprint))
        elif isinstance(b.footprint, MovingBox):
            encounter = Encounter(known.box(b.footprint), known.side(a.footprint))
        else:
            position = footprints_meet(a.footprint, b.footprint)
            if position is not None:
                found[place] = _between(a, b, windows[0], position)
            continue
        moving.append(place)
        encounters.append((encounter, windows))
    for place, met in zip(moving, first_meetings(encounters), strict=True):
        if met is not None:
            found[place] = _between(*pairs[place], met.window, met.position)
    return found


def _may_meet(a: Footprint, b: Footprint) -> bool:
    """Whether the circles around two footprints meet."""
    here, there = bounding_circle(a), bounding_circle(b)
    return distance_m(here.centre, there.centre) <= here.radius_m + there.radius_m


class _Sides:
    """Footprints as what may meet, each made once."""

    def __init__(self) -> None:
        self._boxes: dict[int, BoxMotion] = {}
        self._sides: dict[int, StillSide] = {}

    def box(self, footprint: MovingBox) -> BoxMotion:
        """As what goes its way; the caller keeps the footprint."""
        if id(footprint) not in self._boxes:
            self._boxes[id(footprint)] = BoxMotion.of(footprint)
        return self._boxes[id(footprint)]

    def side(self, footprint: Footprint) -> BoxMotion | StillSide:
        """As what another box may meet."""
        if isinstance(footprint, MovingBox):
            return self.box(footprint)
        if id(footprint) not in self._sides:
            self._sides[id(footprint)] = StillSide(footprint)
        return self._sides[id(footprint)]


def track_clash(legs: Sequence[Leg], reservation: Reservation) -> Clash | None:
    """The first time at which a unit is inside a reservation; None where it never is.

    A leg at height 0 takes up the band of a ship (`SURFACE`); any other leg must be above the floor and below the
    ceiling by its own height. A unit within a metre of the edge is not yet inside.
    """
    found = track_clashes({"": legs}, (reservation,))
    return found[0][2] if found else None


def track_clashes(
    tracks: Mapping[str, Sequence[Leg]], reservations: Sequence[Reservation]
) -> list[tuple[str, int, Clash]]:
    """What `track_clash` finds for every unit and every reservation, with the arrays of each made once.

    Returns:
        Unit id, number of the reservation and their clash; in the order of `tracks`, then of the numbers.
    """
    pairs = [(unit, number) for unit, legs in tracks.items() if legs for number in range(len(reservations))]
    met = track_clash_each([(tracks[unit], reservations[number]) for unit, number in pairs])
    return [(unit, number, found) for (unit, number), found in zip(pairs, met, strict=True) if found is not None]


def track_clash_each(pairs: Sequence[tuple[Sequence[Leg], Reservation]]) -> list[Clash | None]:
    """What `track_clash` finds for each track, of one leg or more, and its reservation; all are looked at together."""
    found: list[Clash | None] = [None] * len(pairs)
    sides, boxes = _Sides(), dict[int, BoxMotion]()
    tried: list[tuple[int, BoxMotion]] = []
    encounters: list[tuple[Encounter, list[Window]]] = []
    for place, (legs, reservation) in enumerate(pairs):
        span = Window(start_ms=legs[0].start_ms, end_ms=legs[-1].end_ms)
        windows = [window for window in reservation.windows if window.overlap(span)]
        if not windows:
            continue
        heights = [leg.height_m for leg in legs]
        bands = {height_m: _band_at(height_m, reservation.band) is not None for height_m in set(heights)}
        if any(bands.values()):
            if id(legs) not in boxes:
                boxes[id(legs)] = BoxMotion(legs)
            box, takes_part = boxes[id(legs)], np.array([bands[height_m] for height_m in heights], dtype=np.bool_)
            encounters.append((Encounter(box, sides.side(reservation.footprint), takes_part), windows))
            tried.append((place, box))
    for (place, box), met in zip(tried, first_meetings(encounters), strict=True):
        if met is not None:
            legs, reservation = pairs[place]
            leg = legs[int(box.motion.leg_at(float(met.window.start_ms)))]
            band = _band_at(leg.height_m, reservation.band) or reservation.band
            found[place] = Clash(window=met.window, position=met.position, band=band)
    return found


def shared_region(a: Footprint, b: Footprint, window: Window) -> tuple[Patch, ...]:
    """The water that two footprints share, in pieces; of a moving box, what it covers in a window counts."""
    import shapely

    small = min((bounding_circle(a), bounding_circle(b)), key=lambda circle: circle.radius_m)
    plane = Plane(small.centre)
    span_ms = float(window.start_ms), float(window.end_ms)
    covered = (
        swept_shape(footprint, plane, span_ms) if isinstance(footprint, MovingBox) else solid(footprint, plane)
        for footprint in (a, b)
    )
    return patches(plane, shapely.intersection(*covered))


def _between(a: Reservation, b: Reservation, window: Window, position: Position) -> Clash:
    """The clash of two claims in a window and at a position."""
    band = shared_band(a.band, b.band)
    return Clash(window=window, position=position, band=band, between=(a.footprint, b.footprint))


def footprints_meet(a: Footprint, b: Footprint) -> Position | None:
    """A position in both of two footprints, whatever the time; None where they do not overlap."""
    if isinstance(a, Circle) and isinstance(b, Circle):
        return _circles_meet(a, b)
    small = min((bounding_circle(a), bounding_circle(b)), key=lambda circle: circle.radius_m)
    plane = Plane(small.centre)
    first, second = shape_of(a, plane), shape_of(b, plane)
    if not overlap(first, second):
        return None
    return plane.position(*meeting_point(first, second))


def _circles_meet(a: Circle, b: Circle) -> Position | None:
    """The middle of the overlap of two circles, on the line between their centres; None where they do not overlap."""
    apart_m, bearing_deg = inverse(a.centre, b.centre)
    if apart_m > a.radius_m + b.radius_m - TOUCH_M:
        return None
    nearest_m, farthest_m = max(-a.radius_m, apart_m - b.radius_m), min(a.radius_m, apart_m + b.radius_m)
    return destination(a.centre, bearing_deg, (nearest_m + farthest_m) / 2.0)


def shared_band(a: Band, b: Band) -> Band:
    """The heights that two bands that meet share."""
    return Band(floor_m=max(a.floor_m, b.floor_m), ceiling_m=min(a.ceiling_m, b.ceiling_m))


def shared_windows(a: Sequence[Window], b: Sequence[Window]) -> list[Window]:
    """The windows that two lists of windows share, in order."""
    pairs = (first.overlap(second) for first in a for second in b)
    return sorted(window for window in pairs if window is not None)


def _band_at(height_m: float, band: Band) -> Band | None:
    """The heights of a band that a unit at a height takes up; None where it takes up none of them."""
    if height_m == 0.0:
        if not band.meets(SURFACE):
            return None
        return Band(floor_m=max(band.floor_m, SURFACE.floor_m), ceiling_m=min(band.ceiling_m, SURFACE.ceiling_m))
    return Band(floor_m=height_m, ceiling_m=height_m) if band.floor_m < height_m < band.ceiling_m else None
