"""The direct and the inverse problem, points in between and areas, for numbers and for arrays.

Latitude comes before longitude. Longitudes are any finite number of degrees, those returned -180 to 180. Azimuths are
true, 0 to below 360, at both ends in the direction of travel. Between two points that coincide the azimuth is the
library's: 180 in the north and on the equator, 0 in the south. At a pole it counts from the meridian of the longitude
that was given. Between opposite points, where there are several shortest ways, the library takes one over a pole.

Numbers give numbers; arrays broadcast together and give arrays. What is no number, infinite or beyond a pole raises
`GeometryError`, which names the argument, the index and the value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, overload

import numpy as np

from waterspace.errors import GeometryError
from waterspace.geometry.arguments import Degrees, Fraction, Metres, Numbers, Point, Spot, admitted, is_scalar
from waterspace.geometry.ellipsoid import WGS84, Ellipsoid, solver
from waterspace.geometry.solving import direct_array, direct_one, inverse_array, inverse_one

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from waterspace.geometry.arrays import FloatArray

__all__ = ["Direct", "Inverse", "Place", "area_m2", "direct", "interpolate", "inverse", "perimeter_m"]


class Inverse(NamedTuple, Generic[Numbers]):
    """The shortest way between two points.

    Attributes:
        distance_m: its length.
        azimuth1_deg: its azimuth at the first point.
        azimuth2_deg: its azimuth at the second point, onwards, not back.
    """

    distance_m: Numbers
    azimuth1_deg: Numbers
    azimuth2_deg: Numbers


class Direct(NamedTuple, Generic[Numbers]):
    """Where a geodesic ends.

    Attributes:
        lat2_deg: -90 to 90.
        lon2_deg: -180 to 180.
        azimuth2_deg: its azimuth there, onwards.
    """

    lat2_deg: Numbers
    lon2_deg: Numbers
    azimuth2_deg: Numbers


class Place(NamedTuple, Generic[Numbers]):
    """A point, or as many as the arrays hold: latitude, and longitude from -180 to 180."""

    lat_deg: Numbers
    lon_deg: Numbers


@overload
def inverse(
    lat1: Degrees, lon1: Degrees, lat2: Degrees, lon2: Degrees, *, ellipsoid: Ellipsoid = ...
) -> Inverse[float]: ...
@overload
def inverse(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike, *, ellipsoid: Ellipsoid = ...
) -> Inverse[FloatArray]: ...
def inverse(
    lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike, *, ellipsoid: Ellipsoid = WGS84
) -> Inverse[float] | Inverse[FloatArray]:
    """The shortest way from one point to another.

    Args:
        lat1: of the first point, -90 to 90 degrees.
        lon1: of the first point, degrees.
        lat2: of the second point.
        lon2: of the second point.
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where an argument is no place on earth.
    """
    points = admitted(lat1=lat1, lon1=lon1, lat2=lat2, lon2=lon2)
    if is_scalar(points[0]):
        return Inverse(*inverse_one(solver(ellipsoid), *points))
    return Inverse(*inverse_array(solver(ellipsoid), *points))


@overload
def direct(
    lat1: Degrees, lon1: Degrees, azimuth1_deg: Degrees, distance_m: Metres, *, ellipsoid: Ellipsoid = ...
) -> Direct[float]: ...
@overload
def direct(
    lat1: ArrayLike, lon1: ArrayLike, azimuth1_deg: ArrayLike, distance_m: ArrayLike, *, ellipsoid: Ellipsoid = ...
) -> Direct[FloatArray]: ...
def direct(
    lat1: ArrayLike, lon1: ArrayLike, azimuth1_deg: ArrayLike, distance_m: ArrayLike, *, ellipsoid: Ellipsoid = WGS84
) -> Direct[float] | Direct[FloatArray]:
    """Where a geodesic ends.

    Args:
        lat1: of the point it starts from, -90 to 90 degrees.
        lon1: of the point it starts from, degrees.
        azimuth1_deg: any finite angle.
        distance_m: negative to run backwards; the azimuth at the end then still points onwards.
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where an argument cannot be computed with.
    """
    values = admitted(lat1=lat1, lon1=lon1, azimuth1_deg=azimuth1_deg, distance_m=distance_m)
    if is_scalar(values[0]):
        return Direct(*direct_one(solver(ellipsoid), *values))
    return Direct(*direct_array(solver(ellipsoid), *values))


@overload
def interpolate(start: Spot, end: Spot, fraction: Fraction, *, ellipsoid: Ellipsoid = ...) -> Place[float]: ...
@overload
def interpolate(start: Point, end: Point, fraction: ArrayLike, *, ellipsoid: Ellipsoid = ...) -> Place[FloatArray]: ...
def interpolate(
    start: Point, end: Point, fraction: ArrayLike, *, ellipsoid: Ellipsoid = WGS84
) -> Place[float] | Place[FloatArray]:
    """The point at a fraction of the shortest way between two points; at a half, the middle.

    Args:
        start: latitude and longitude in degrees, numbers or arrays.
        end: latitude and longitude in degrees.
        fraction: 0 at the start, 1 at the end; others lie on the geodesic drawn further.
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where an argument cannot be computed with.
    """
    lat1, lon1, lat2, lon2, part = admitted(
        lat_of_start=start[0], lon_of_start=start[1], lat_of_end=end[0], lon_of_end=end[1], fraction=fraction
    )
    way = inverse(lat1, lon1, lat2, lon2, ellipsoid=ellipsoid)
    there = direct(lat1, lon1, way.azimuth1_deg, way.distance_m * part, ellipsoid=ellipsoid)
    return Place(there.lat2_deg, there.lon2_deg)


def area_m2(lats: ArrayLike, lons: ArrayLike, *, ellipsoid: Ellipsoid = WGS84) -> float:
    """Area inside the geodesics that join corners in order, positive where they run anticlockwise.

    Of the two parts into which a ring cuts the earth the smaller one counts. A ring that crosses itself has the
    difference of its loops. A ring may cross 180 degrees and hold a pole.

    Args:
        lats: degrees, shape (n,); the first corner need not be repeated. Fewer than three corners have no area.
        lons: degrees, shape (n,).
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where a corner is no place on earth.
    """
    return _polygon(lats, lons, ellipsoid)[0]


def perimeter_m(lats: ArrayLike, lons: ArrayLike, *, ellipsoid: Ellipsoid = WGS84) -> float:
    """Length of the geodesics that join corners in order and lead back to the first.

    Args:
        lats: degrees, shape (n,).
        lons: degrees, shape (n,).
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where a corner is no place on earth.
    """
    return _polygon(lats, lons, ellipsoid)[1]


def _polygon(lats: ArrayLike, lons: ArrayLike, ellipsoid: Ellipsoid) -> tuple[float, float]:
    """Signed area and perimeter."""
    lat, lon = (np.atleast_1d(values) for values in admitted(lats=lats, lons=lons))
    if lat.ndim > 1:
        raise GeometryError(f"lats and lons have the shape {lat.shape}, expected one ring of shape (n,)")
    area, perimeter = solver(ellipsoid).polygon_area_perimeter(lon, lat)
    return float(area), float(perimeter)
