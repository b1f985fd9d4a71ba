"""Shapes on the surface of the earth. They only hold numbers; `geometry` computes on them.

A shape that holds what nobody can compute with, such as a latitude beyond a pole or a negative radius, is refused when
it is made. Whether the sides of a polygon cross is a question for `geometry.soundness`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.errors import GeometryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.domain.place import Position
    from waterspace.domain.track import Leg

__all__ = ["Circle", "Corridor", "Footprint", "Joined", "MovingBox", "Polygon", "Sector", "Without"]

_POLE_DEG = 90.0
_HALF_CIRCLE_DEG = 180.0
_CORNERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """An area bounded by geodesics: the smaller of the two parts of the earth on both sides of them.

    It may lie across 180° and around a pole.

    Attributes:
        vertices: at least three corners in order, either way round, the first not repeated.
    """

    vertices: tuple[Position, ...]

    def __post_init__(self) -> None:
        """Refuse what has no area or no place.

        Raises:
            GeometryError: fewer than three distinct corners, or one that is nowhere.
        """
        _check_positions("polygon", self.vertices)
        distinct = len(set(self.vertices))
        if distinct < _CORNERS:
            raise GeometryError(f"a polygon needs at least three distinct corners; {distinct} are given")


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Everything within a range of a point."""

    centre: Position
    radius_m: float

    def __post_init__(self) -> None:
        """Refuse a centre that is nowhere and a radius that is none.

        Raises:
            GeometryError: as above.
        """
        _check_positions("circle", (self.centre,))
        _check_lengths("circle", radius_m=self.radius_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A slice of a disc, or of a ring; with a half angle of 180 degrees a whole ring.

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

    def __post_init__(self) -> None:
        """Refuse an apex that is nowhere, angles and ranges that are none.

        Raises:
            GeometryError: as above.
        """
        _check_positions("sector", (self.centre,))
        _check_lengths("sector", radius_m=self.radius_m, inner_radius_m=self.inner_radius_m)
        if not 0.0 < self.half_angle_deg <= _HALF_CIRCLE_DEG or not math.isfinite(self.bearing_deg):
            raise GeometryError(
                f"a sector opens by more than 0 and up to 180 degrees to each side of a bearing, not by "
                f"{self.half_angle_deg} to each side of {self.bearing_deg}"
            )
        if self.inner_radius_m > self.radius_m:
            raise GeometryError(
                f"the inner radius of a sector, {self.inner_radius_m} m, is larger than its radius, {self.radius_m} m"
            )

    @classmethod
    def ring(cls, centre: Position, inner_radius_m: float, radius_m: float) -> Sector:
        """Everything between two ranges of a point."""
        return cls(
            centre=centre,
            bearing_deg=0.0,
            half_angle_deg=_HALF_CIRCLE_DEG,
            radius_m=radius_m,
            inner_radius_m=inner_radius_m,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """Everything within a distance of a line of geodesics."""

    waypoints: tuple[Position, ...]
    half_width_m: float

    def __post_init__(self) -> None:
        """Refuse a line without points, points that are nowhere, and a width that is none.

        Raises:
            GeometryError: as above.
        """
        if not self.waypoints:
            raise GeometryError("a corridor needs at least one waypoint; none is given")
        _check_positions("corridor", self.waypoints)
        _check_lengths("corridor", half_width_m=self.half_width_m)


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

    def __post_init__(self) -> None:
        """Refuse a box that has no track, or a reach that is none.

        Raises:
            GeometryError: as above.
        """
        if not self.legs:
            raise GeometryError("a moving box needs at least one leg; none is given")
        _check_lengths("moving box", ahead_m=self.ahead_m, astern_m=self.astern_m, abeam_m=self.abeam_m)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Everything that lies in any of several footprints; they may lie apart.

    Attributes:
        parts: at least one; none of them moves.
    """

    parts: tuple[Footprint, ...]

    def __post_init__(self) -> None:
        """Refuse nothing, and what moves.

        Raises:
            GeometryError: as above.
        """
        if not self.parts:
            raise GeometryError("joined footprints need at least one part; none is given")
        _check_still("joined", self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """A footprint less what lies in others.

    Attributes:
        base: what is left where nothing is taken out; it does not move.
        holes: what is taken out; none of them moves. They may reach over the edge of the base.
    """

    base: Footprint
    holes: tuple[Footprint, ...]

    def __post_init__(self) -> None:
        """Refuse what moves.

        Raises:
            GeometryError: as above.
        """
        _check_still("less others", (self.base, *self.holes))


Footprint = Polygon | Circle | Sector | Corridor | MovingBox | Joined | Without


def _check_positions(shape: str, positions: Iterable[Position]) -> None:
    for position in positions:
        lat_deg, lon_deg = position.lat_deg, position.lon_deg
        if not (-_POLE_DEG <= lat_deg <= _POLE_DEG and -_HALF_CIRCLE_DEG <= lon_deg <= _HALF_CIRCLE_DEG):
            raise GeometryError(
                f"a {shape} has a position at latitude {lat_deg}, longitude {lon_deg}; latitudes from -90 to 90 and "
                f"longitudes from -180 to 180 are expected (east of 180° longitudes are negative)"
            )


def _check_lengths(shape: str, **lengths_m: float) -> None:
    for name, length_m in lengths_m.items():
        if not 0.0 <= length_m < math.inf:
            raise GeometryError(f"a {shape} has {name} = {length_m}; a length of 0 or more is expected")


def _check_still(shape: str, parts: Iterable[Footprint]) -> None:
    if any(isinstance(part, MovingBox) for part in parts):
        raise GeometryError(f"a moving box cannot be part of a footprint that is {shape}; claim it on its own")
