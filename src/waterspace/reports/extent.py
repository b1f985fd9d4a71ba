"""Extent: the least box of latitude and longitude around positions, in one piece over 180 degrees too."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Extent"]

_TURN_DEG = 360.0
_LEAST_SPAN_DEG = 0.1
_POLE_DEG = 85.0
_WIDEST_SCREEN_RATIO = 2.6
_TALLEST_SCREEN_RATIO = 1.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A box from south-west to north-east.

    Attributes:
        west_deg: from -180 to 180.
        east_deg: not less than `west_deg`; above 180 where the box lies across that meridian.
    """

    south_deg: float
    west_deg: float
    north_deg: float
    east_deg: float

    @classmethod
    def around(cls, positions: Iterable[Position]) -> Extent:
        """The box around positions that lie within half a turn of the first; at least one."""
        points = tuple(positions)
        origin = points[0].lon_deg
        lons = [_near(point.lon_deg, origin) for point in points]
        lats = [point.lat_deg for point in points]
        return _turned(cls(south_deg=min(lats), west_deg=min(lons), north_deg=max(lats), east_deg=max(lons)))

    @classmethod
    def union(cls, extents: Iterable[Extent]) -> Extent:
        """The box around boxes; the whole world for none."""
        boxes = tuple(extents)
        if not boxes:
            return cls(south_deg=-60.0, west_deg=-180.0, north_deg=70.0, east_deg=180.0)
        middle = boxes[0].middle.lon_deg
        shifts = [_near(box.middle.lon_deg, middle) - (box.west_deg + box.east_deg) / 2.0 for box in boxes]
        whole = cls(
            south_deg=min(box.south_deg for box in boxes),
            west_deg=min(box.west_deg + shift for box, shift in zip(boxes, shifts, strict=True)),
            north_deg=max(box.north_deg for box in boxes),
            east_deg=max(box.east_deg + shift for box, shift in zip(boxes, shifts, strict=True)),
        )
        return _turned(whole)

    @property
    def span_deg(self) -> float:
        """The longer side."""
        return max(self.north_deg - self.south_deg, self.east_deg - self.west_deg)

    @property
    def middle(self) -> Position:
        """The middle, its longitude from -180 to 180."""
        lon_deg = (self.west_deg + self.east_deg) / 2.0
        return Position(lat_deg=(self.south_deg + self.north_deg) / 2.0, lon_deg=_near(lon_deg, 0.0))

    def padded(self, share_ratio: float = 0.06) -> Extent:
        """Larger on each side by a share of the longer side, and never a point."""
        margin_deg = max(self.span_deg, _LEAST_SPAN_DEG) * share_ratio + _LEAST_SPAN_DEG / 2.0
        return Extent(
            south_deg=max(-_POLE_DEG, self.south_deg - margin_deg),
            west_deg=self.west_deg - margin_deg,
            north_deg=min(_POLE_DEG, self.north_deg + margin_deg),
            east_deg=min(self.east_deg + margin_deg, self.west_deg - margin_deg + _TURN_DEG),
        )

    def widened(self) -> Extent:
        """Larger, so that it fills any screen on which the whole is seen: flat and wide, or narrow and tall."""
        box = self.padded(0.5)
        squeeze_ratio = math.cos(math.radians(box.middle.lat_deg))
        across_deg = (box.east_deg - box.west_deg) * squeeze_ratio
        up_deg = box.north_deg - box.south_deg
        more_across_deg = max(0.0, _WIDEST_SCREEN_RATIO * up_deg - across_deg) / squeeze_ratio / 2.0
        more_up_deg = max(0.0, across_deg * _TALLEST_SCREEN_RATIO - up_deg) / 2.0
        west_deg = box.west_deg - more_across_deg
        return Extent(
            south_deg=max(-_POLE_DEG, box.south_deg - more_up_deg),
            west_deg=west_deg,
            north_deg=min(_POLE_DEG, box.north_deg + more_up_deg),
            east_deg=min(box.east_deg + more_across_deg, west_deg + _TURN_DEG),
        )

    def rounded(self) -> list[float]:
        """South, west, north and east to a thousandth of a degree."""
        return [round(value, 3) for value in (self.south_deg, self.west_deg, self.north_deg, self.east_deg)]


def _turned(extent: Extent) -> Extent:
    """The same box with its western side from -180 to 180."""
    turn_deg = _near(extent.west_deg, 0.0) - extent.west_deg
    return replace(extent, west_deg=extent.west_deg + turn_deg, east_deg=extent.east_deg + turn_deg)


def _near(lon_deg: float, reference_deg: float) -> float:
    """The same longitude within half a turn of another."""
    return lon_deg - _TURN_DEG * round((lon_deg - reference_deg) / _TURN_DEG)
