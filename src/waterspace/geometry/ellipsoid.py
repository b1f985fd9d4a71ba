"""The ellipsoid on which everything is computed, and the library's solver for it."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.errors import GeometryError

if TYPE_CHECKING:
    from pyproj import Geod

__all__ = ["WGS84", "Ellipsoid", "solver"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ellipsoid:
    """An ellipsoid of revolution.

    Attributes:
        equatorial_radius_m: above 0.
        flattening_ratio: below 1; 0 for a sphere, negative for one that is longer from pole to pole than across.
    """

    equatorial_radius_m: float
    flattening_ratio: float

    def __post_init__(self) -> None:
        """Refuse what is no ellipsoid."""
        if not (math.isfinite(self.equatorial_radius_m) and self.equatorial_radius_m > 0.0):
            raise GeometryError(f"equatorial_radius_m is {self.equatorial_radius_m}, expected metres above 0")
        if not (math.isfinite(self.flattening_ratio) and self.flattening_ratio < 1.0):
            raise GeometryError(f"flattening_ratio is {self.flattening_ratio}, expected a number below 1")

    @property
    def polar_radius_m(self) -> float:
        """Distance of a pole from the centre."""
        return self.equatorial_radius_m * (1.0 - self.flattening_ratio)

    @property
    def eccentricity2_ratio(self) -> float:
        """The square of the eccentricity, negative where the flattening is."""
        return self.flattening_ratio * (2.0 - self.flattening_ratio)

    @property
    def third_flattening_ratio(self) -> float:
        """What series of auxiliary latitudes are developed in: (a - b) / (a + b)."""
        return self.flattening_ratio / (2.0 - self.flattening_ratio)

    @property
    def mean_radius_m(self) -> float:
        """The mean of the three half axes, of a sphere that comes near."""
        return self.equatorial_radius_m * (1.0 - self.flattening_ratio / 3.0)


WGS84 = Ellipsoid(equatorial_radius_m=6_378_137.0, flattening_ratio=1.0 / 298.257223563)
"""The ellipsoid of every position in an exercise.

Source: NGA.STND.0036, Department of Defense World Geodetic System 1984, version 1.0.0 (2014), table 3.1.
"""


@functools.cache
def solver(ellipsoid: Ellipsoid = WGS84) -> Geod:
    """The library's geodesics on an ellipsoid, made on first use.

    Source: Karney, Algorithms for geodesics, Journal of Geodesy 87 (2013), as implemented in PROJ.
    """
    from pyproj import Geod  # reading a plan should not pay for it

    return Geod(a=ellipsoid.equatorial_radius_m, f=ellipsoid.flattening_ratio)
