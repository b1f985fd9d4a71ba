"""Which of very many circles surely hold nothing but sea: one look at the cells of the shorelines for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.environment.shores.shoreline import Boxes
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.shores.coast import Coast
    from waterspace.geometry.arrays import FloatArray

__all__ = ["Circles", "boxes_around"]

_FARTHEST_DEG = 80.0
"""Circles that reach farther north or south are not looked at, nor those that reach across the antimeridian."""

_SPARE_RATIO, _SPARE_M = 1.02, 1000.0
"""A box is made larger by this, for it is drawn on a sphere; a ball's middle also lies a little under the sea."""

_NARROW_DEG = 20.0
"""Circles of a greater radius are not looked at."""


class Circles(NamedTuple):
    """Circles on the sea; arrays of shape (n,).

    Attributes:
        lat: of the centres, degrees.
        lon: degrees, -180 to 180.
        radius_m: endless for one that is not to be looked at.
    """

    lat: FloatArray
    lon: FloatArray
    radius_m: FloatArray

    @classmethod
    def of_balls(cls, middle: FloatArray, reach_m: FloatArray) -> Circles:
        """Circles that hold what earth-centred balls of middles, shape (n, 3), hold of the sea."""
        from waterspace.geometry.geodesic import ellipsoid

        x, y, z = middle.T
        lat = np.degrees(np.arctan2(z, np.hypot(x, y) * (1.0 - ellipsoid().es)))
        return cls(lat, np.degrees(np.arctan2(y, x)), reach_m)

    def take(self, which: NDArray[np.intp]) -> Circles:
        """Some of them."""
        return Circles(*(column[which] for column in self))

    def surely_at_sea(self, coast: Coast, within_m: float = 0.0) -> NDArray[np.bool_]:
        """Which of them lie at sea with no shore within a distance; it may leave out some that do.

        Args:
            coast: knows the shores.
            within_m: 0 or more.
        """
        clear = np.zeros(self.lat.size, dtype=np.bool_)
        boxes, known = boxes_around(self, within_m)
        which = np.flatnonzero(known)
        which = which[~coast.shore_in(Boxes(*(edge[which] for edge in boxes)))]
        clear[which] = ~coast.on_land(self.lat[which], self.lon[which])
        return clear


def boxes_around(circles: Circles, within_m: float, widened_ratio: float = 1.0) -> tuple[Boxes, NDArray[np.bool_]]:
    """A box around all that is within a distance of each circle, and which of them can be trusted.

    Args:
        circles: around what.
        within_m: 0 or more.
        widened_ratio: by how much the radius is to be multiplied first.
    """
    reach_m = (circles.radius_m * widened_ratio + within_m) * _SPARE_RATIO + _SPARE_M
    reach = np.minimum(reach_m / EARTH_RADIUS_M, np.radians(_NARROW_DEG))
    reach_deg, lat = np.degrees(reach), np.radians(np.clip(circles.lat, -_FARTHEST_DEG, _FARTHEST_DEG))
    wide_deg = np.degrees(np.arcsin(np.minimum(np.sin(reach) / np.cos(lat), 1.0)))
    boxes = Boxes(circles.lat - reach_deg, circles.lon - wide_deg, circles.lat + reach_deg, circles.lon + wide_deg)
    known = (np.abs(circles.lat) + reach_deg < _FARTHEST_DEG) & (reach_deg < _NARROW_DEG)
    known &= (boxes.west_deg >= -180.0) & (boxes.east_deg <= 180.0)
    return boxes, known
