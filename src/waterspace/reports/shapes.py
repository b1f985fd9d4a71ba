"""Shapes in words: a footprint, how large it is, and how one differs from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Joined, MovingBox, Polygon, Sector
from waterspace.errors import GeometryError
from waterspace.notation import format_bearing, format_distance, format_position
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Position

__all__ = ["miles", "moved_m", "place_words", "shape_change", "shape_words", "size_words"]

_ROUND_RATIO = 0.005
"""A size that differs by less is the same size to a reader (assumed)."""


def place_words(position: Position) -> str:
    """`39-48.0N 133-12.6E`."""
    return format_position(position.lat_deg, position.lon_deg)


def miles(distance_m: float) -> str:
    """`12.3 nm`; below a mile, where a cable counts, `0.35 nm`; below a cable in metres."""
    distance_nm = nautical_miles(distance_m)
    if distance_nm < 0.1:
        return f"{distance_m:.0f} m"
    return f"{distance_nm:.2f} nm" if round(distance_nm, 2) < 1.0 else f"{distance_nm:.1f} nm"


def shape_words(footprint: Footprint) -> str:  # noqa: PLR0911  # one for each kind
    """`circle of 10.0 nm round 39-48.0N 133-12.6E`, `polygon 40-40.0N 132-20.0E, ...`."""
    match footprint:
        case Circle():
            return f"circle of {format_distance(footprint.radius_m)} round {place_words(footprint.centre)}"
        case Polygon():
            return f"polygon {', '.join(map(place_words, footprint.vertices))}"
        case Corridor():
            route = ", ".join(map(place_words, footprint.waypoints))
            return f"{format_distance(footprint.half_width_m)} to each side of {route}"
        case Sector():
            inner = f"{format_distance(footprint.inner_radius_m)} to " if footprint.inner_radius_m else ""
            return (
                f"sector of {inner}{format_distance(footprint.radius_m)} round {place_words(footprint.centre)}, "
                f"{footprint.half_angle_deg:g} degrees to each side of {format_bearing(footprint.bearing_deg)}"
            )
        case MovingBox():
            ends = (footprint.legs[0].start, footprint.legs[-1].end)
            return f"box that moves from {place_words(ends[0])} to {place_words(ends[1])}"
        case Joined():
            return "; and ".join(map(shape_words, footprint.parts))
    return f"{shape_words(footprint.base)}; less {'; less '.join(map(shape_words, footprint.holes))}"


def size_words(footprint: Footprint) -> str:
    """`314 nm²`; empty where the shape is unsound."""
    size_m2 = _area_m2(footprint)
    return "" if size_m2 is None else _square_miles(size_m2)


def moved_m(old: Footprint, new: Footprint) -> float | None:
    """From middle to middle; None where one of the shapes is unsound."""
    ends = _middle(old), _middle(new)
    if ends[0] is None or ends[1] is None:
        return None
    from waterspace.geometry.geodesic import distance_m

    return distance_m(ends[0], ends[1])


def shape_change(old: Footprint, new: Footprint) -> str:
    """`moved 12.0 nm towards 045, 20 % larger (314 to 377 nm²)`; empty where only the form differs."""
    from waterspace.geometry.geodesic import bearing_deg

    parts = []
    start, end = _middle(old), _middle(new)
    distance_m = moved_m(old, new)
    if start is not None and end is not None and distance_m is not None and distance_m >= 1.0:
        parts.append(f"moved {miles(distance_m)} towards {format_bearing(bearing_deg(start, end))}")
    was_m2, now_m2 = _area_m2(old), _area_m2(new)
    if was_m2 and now_m2 and abs(now_m2 - was_m2) > _ROUND_RATIO * was_m2:
        more = "larger" if now_m2 > was_m2 else "smaller"
        share = round(abs(now_m2 - was_m2) / was_m2 * 100)
        parts.append(f"{share} % {more} ({_square_miles(was_m2)} to {_square_miles(now_m2)})")
    return ", ".join(parts)


def _square_miles(size_m2: float) -> str:
    size = size_m2 / NAUTICAL_MILE_M**2
    return f"{size:.0f} nm²" if size >= 100.0 else f"{size:.3g} nm²"


def _middle(footprint: Footprint) -> Position | None:
    from waterspace.geometry.footprints import centre

    try:
        return centre(footprint)
    except GeometryError:
        return None


def _area_m2(footprint: Footprint) -> float | None:
    from waterspace.geometry.footprints import area_m2

    try:
        return area_m2(footprint)
    except GeometryError:
        return None
