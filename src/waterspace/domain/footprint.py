"""Shapes on the surface of the earth. They only hold numbers; `geometry` computes on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.domain.place import Position
    from waterspace.domain.track import Leg

__all__ = ["Circle", "Corridor", "Footprint", "MovingBox", "Polygon", "Sector"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """An area bounded by geodesics.

    Attributes:
        vertices: at least three corners in order, either way round, the first not repeated.
    """

    vertices: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Everything within a range of a point."""

    centre: Position
    radius_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A slice of a disc, or of a ring.

    Attributes:
        centre: the apex.
        bearing_deg: true bearing of the middle line from the apex.
        half_angle_deg: opening to each side of the middle line, above 0 to 180.
        radius_m: outer range.
        inner_radius_m: inner range, 0 for a slice that reaches the apex.
    """

    centre: Position
    bearing_deg: float
    half_angle_deg: float
    radius_m: float
    inner_radius_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """Everything within a distance of a line of geodesics."""

    waypoints: tuple[Position, ...]
    half_width_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingBox:
    """A box that moves along timed legs, aligned with the course of the leg.

    Attributes:
        legs: the track of the centre, in order of time.
        ahead_m: reach ahead of the centre.
        astern_m: reach astern of the centre.
        abeam_m: reach to each side.
    """

    legs: tuple[Leg, ...]
    ahead_m: float
    astern_m: float
    abeam_m: float


Footprint = Polygon | Circle | Sector | Corridor | MovingBox
