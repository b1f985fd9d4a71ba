"""Turns as arcs: where a ship puts the wheel over, and the way she then describes.

An arc is given as points on it, near enough that the chords between them are never more than 0.5 m off it; so it is
made of short geodesics like everything else, and whatever computes on legs computes on turns. A turn takes one of two
forms, as seamen expect:

- *by* a waypoint, for turns of up to 120 degrees: wheel over before it, so that she comes out on the new course;
- *through* a waypoint, for sharper turns and where the turn was not foreseen: she holds her course up to it, and then
  turns until her bow is on the next waypoint.

Where two turns leave no room for the whole circle, the turn is as wide as there is room for (assumed: she uses her
engines, or slows down). Deviations of less than 0.5 m are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.geometry.angles import turn_deg
from waterspace.geometry.geodesic import bearing_deg, destination, destinations, distance_m, positions_from

if TYPE_CHECKING:
    from waterspace.domain import Position

__all__ = ["CHORD_ERROR_M", "Turn", "turn_by", "turn_towards"]

CHORD_ERROR_M = 0.5
"""How far the chords of an arc may be off it, and off the corner where no arc is worth the while."""

_SHARP_DEG = 120.0
"""Turns of more than this go through the waypoint: wheel over before it would be too far ahead of it (assumed)."""

_FITS = 0.999
"""Share of the greatest radius that is used where the next waypoint would lie inside the turning circle."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn by a waypoint, in two halves that meet where it is nearest to the waypoint.

    Attributes:
        before: points from wheel over up to the middle of the arc.
        after: points after that, up to where she is on the new course.
    """

    before: tuple[Position, ...]
    after: tuple[Position, ...]


def turn_by(before: Position, corner: Position, after: Position, radius_m: float, room_m: float) -> Turn | None:
    """The turn at a corner that begins before it; None where it is too slight or too sharp for one.

    Args:
        before: where the way to the corner comes from.
        corner: the waypoint.
        after: where the way leads.
        radius_m: of the turning circle, above 0.
        room_m: how far from the corner the turn may begin and end.
    """
    coming_deg, going_deg = bearing_deg(corner, before) + 180.0, bearing_deg(corner, after)
    angle_deg = turn_deg(coming_deg, going_deg)
    half_rad = math.radians(abs(angle_deg)) / 2.0
    if abs(angle_deg) > _SHARP_DEG or _is_slight(angle_deg, radius_m):
        return None
    lead_m = min(radius_m * math.tan(half_rad), room_m)
    fitting_m = lead_m / math.tan(half_rad)
    if _is_slight(angle_deg, fitting_m):
        return None
    side = math.copysign(1.0, angle_deg)
    wheel_over = destination(corner, coming_deg + 180.0, lead_m)
    centre = destination(wheel_over, bearing_deg(wheel_over, corner) + 90.0 * side, fitting_m)
    begin_deg = bearing_deg(centre, wheel_over)
    earlier = _arc(centre, fitting_m, begin_deg, angle_deg / 2.0)
    later = _arc(centre, fitting_m, begin_deg + angle_deg / 2.0, angle_deg / 2.0)
    return Turn((wheel_over, *earlier), later)


def turn_towards(here: Position, course_deg: float, goal: Position, radius_m: float) -> tuple[Position, ...]:
    """Points after `here` along the turn from a course until the bow is on a goal; none where she need not turn."""
    range_m, wanted_deg = distance_m(here, goal), bearing_deg(here, goal)
    angle_deg = turn_deg(course_deg, wanted_deg)
    if range_m <= 0.0 or _is_slight(angle_deg, radius_m):
        return ()
    sine = abs(math.sin(math.radians(angle_deg)))
    fitting_m = min(radius_m, _FITS * range_m / (2.0 * sine)) if sine > 0.0 else radius_m
    side = math.copysign(1.0, angle_deg) if abs(angle_deg) < 180.0 else 1.0
    centre = destination(here, course_deg + 90.0 * side, fitting_m)
    away_m = distance_m(centre, goal)
    if away_m <= fitting_m or _is_slight(angle_deg, fitting_m):
        return ()
    begin_deg = bearing_deg(centre, here)
    end_deg = bearing_deg(centre, goal) - side * math.degrees(math.acos(fitting_m / away_m))
    sweep_deg = (side * (end_deg - begin_deg)) % 360.0
    return _arc(centre, fitting_m, begin_deg, side * sweep_deg)


def _is_slight(angle_deg: float, radius_m: float) -> bool:
    """Whether the corner and the arc are nowhere farther apart than the chords of an arc may be off it."""
    half_rad = math.radians(min(abs(angle_deg), 179.0)) / 2.0
    return radius_m * (1.0 / math.cos(half_rad) - 1.0) <= CHORD_ERROR_M


def _arc(centre: Position, radius_m: float, begin_deg: float, sweep_deg: float) -> tuple[Position, ...]:
    """Points after the first of an arc, of which the last ends it."""
    step_rad = 2.0 * math.acos(max(1.0 - CHORD_ERROR_M / radius_m, 0.5))
    steps = max(1, math.ceil(math.radians(abs(sweep_deg)) / step_rad))
    bearings = [begin_deg + sweep_deg * step / steps for step in range(1, steps + 1)]
    return positions_from(*destinations(centre.lat_deg, centre.lon_deg, bearings, radius_m))
