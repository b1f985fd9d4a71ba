"""Where and when one claim and another, or one track and one claim, meet: the exact code behind the index.

Edges are right to about a metre within 500 km of the centre of the smaller footprint, the sides of a corridor to a
thousandth of its width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import SURFACE, Band, Circle, Leg, MovingBox, Position, Reservation, Window
from waterspace.geometry.boxes import BoxMotion
from waterspace.geometry.encounter import Encounter
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import destination, distance_m, inverse
from waterspace.geometry.plane import Plane
from waterspace.geometry.regions import Patch, patches
from waterspace.geometry.shapes import TOUCH_M, meeting_point, overlap, shape_of, solid, swept_shape
from waterspace.geometry.slices import MovingSide, Side, StillSide

if TYPE_CHECKING:
    from waterspace.domain import Footprint

__all__ = [
    "Clash",
    "clash",
    "footprints_meet",
    "shared_band",
    "shared_region",
    "shared_windows",
    "track_clash",
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
    windows = shared_windows(a.windows, b.windows)
    if not windows or not a.band.meets(b.band):
        return None
    here, there = bounding_circle(a.footprint), bounding_circle(b.footprint)
    if distance_m(here.centre, there.centre) > here.radius_m + there.radius_m:
        return None
    band = shared_band(a.band, b.band)
    if isinstance(a.footprint, MovingBox):
        box = BoxMotion.of(a.footprint)
        return _between(a, b, _first_meeting(Encounter(box, _side(b.footprint)), windows, band))
    if isinstance(b.footprint, MovingBox):
        box = BoxMotion.of(b.footprint)
        return _between(a, b, _first_meeting(Encounter(box, _side(a.footprint)), windows, band))
    position = footprints_meet(a.footprint, b.footprint)
    return None if position is None else _between(a, b, Clash(window=windows[0], position=position, band=band))


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
    sides = [_side(reservation.footprint) for reservation in reservations]
    found = []
    for unit, legs in tracks.items():
        if not legs:
            continue
        box = BoxMotion(legs)
        for number, (reservation, side) in enumerate(zip(reservations, sides, strict=True)):
            met = _box_clash(legs, box, reservation, side)
            if met is not None:
                found.append((unit, number, met))
    return found


def _box_clash(legs: Sequence[Leg], box: BoxMotion, reservation: Reservation, side: Side) -> Clash | None:
    """What `track_clash` finds, for a unit whose motion is known and a side that may be shared."""
    span = Window(start_ms=legs[0].start_ms, end_ms=legs[-1].end_ms)
    windows = [window for window in reservation.windows if window.overlap(span)]
    if not windows:
        return None
    bands = {height_m: _band_at(height_m, reservation.band) for height_m in {leg.height_m for leg in legs}}
    if not any(bands.values()):
        return None
    takes_part = np.array([bands[leg.height_m] is not None for leg in legs], dtype=np.bool_)
    met = _first_meeting(Encounter(box, side, takes_part), windows, reservation.band)
    if met is None:
        return None
    leg = legs[int(box.motion.leg_at(float(met.window.start_ms)))]
    return Clash(window=met.window, position=met.position, band=bands[leg.height_m] or reservation.band)


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


def _between(a: Reservation, b: Reservation, met: Clash | None) -> Clash | None:
    """A clash that knows the footprints of the claims."""
    return None if met is None else replace(met, between=(a.footprint, b.footprint))


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


def _side(footprint: Footprint) -> Side:
    """A footprint as something that a box may meet."""
    return MovingSide(BoxMotion.of(footprint)) if isinstance(footprint, MovingBox) else StillSide(footprint)


def _first_meeting(encounter: Encounter, windows: Sequence[Window], band: Band) -> Clash | None:
    """The first meeting in any of the windows, as a clash."""
    for window in windows:
        met = encounter.first(window)
        if met is not None:
            return Clash(window=met.window, position=met.position, band=band)
    return None


def _band_at(height_m: float, band: Band) -> Band | None:
    """The heights of a band that a unit at a height takes up; None where it takes up none of them."""
    if height_m == 0.0:
        if not band.meets(SURFACE):
            return None
        return Band(floor_m=max(band.floor_m, SURFACE.floor_m), ceiling_m=min(band.ceiling_m, SURFACE.ceiling_m))
    return Band(floor_m=height_m, ceiling_m=height_m) if band.floor_m < height_m < band.ceiling_m else None
