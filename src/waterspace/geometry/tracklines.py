"""How far off a geodesic, and how far along it: on the ellipsoid, for points and for segments, numbers and arrays.

The foot of the perpendicular is found by steps that would be exact on a sphere; each leaves some hundredth of the error
of the one before, so that five or six reach a micrometre.

Source: Karney, Geodesic intersections, Journal of Surveying Engineering 150 (2024), section on the distance from a
point to a geodesic; Baselga and Martinez-Llario, Intersection and point-to-line solutions for geodesics on the
ellipsoid, Studia Geophysica et Geodaetica 62 (2018).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, overload

import numpy as np

from waterspace.errors import GeometryError
from waterspace.geometry.arguments import Numbers, Point, Spot, admitted, is_scalar
from waterspace.geometry.ellipsoid import WGS84, Ellipsoid, solver
from waterspace.geometry.solving import direct_array, inverse_array

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.arrays import FloatArray

__all__ = ["NearestPoint", "Ray", "TrackOffset", "foot", "nearest_on_segment", "track_offset"]

_STEP_M = 1e-7
"""A step shorter than this ends the search."""

_MOST_STEPS = 40

_FAR_RATIO = 1.54
"""In radii; so far off a line, some 9,800 km, the distance hardly changes along it, and no one point is nearest."""

_SAMPLES = 181
_HALVINGS = 60


class TrackOffset(NamedTuple, Generic[Numbers]):
    """Where a point lies about a track.

    Attributes:
        cross_track_m: distance from the line: negative to the left of the way it runs, positive to the right.
        along_track_m: from the start of the track to the foot of the perpendicular; negative before the start.
        lat_deg: of the foot.
        lon_deg: of the foot.
    """

    cross_track_m: Numbers
    along_track_m: Numbers
    lat_deg: Numbers
    lon_deg: Numbers


class NearestPoint(NamedTuple, Generic[Numbers]):
    """The point of a segment nearest to a point.

    Attributes:
        distance_m: between the two, 0 or more.
        along_track_m: from the start of the segment, 0 to its length.
        lat_deg: of the nearest point.
        lon_deg: of the nearest point.
    """

    distance_m: Numbers
    along_track_m: Numbers
    lat_deg: Numbers
    lon_deg: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Ray:
    """Geodesics that run on without end, all arrays of one shape (n,).

    Attributes:
        ellipsoid: on which they lie.
        lat: of where they start, degrees.
        lon: of where they start, degrees.
        azimuth: at the start, degrees.
    """

    ellipsoid: Ellipsoid
    lat: FloatArray
    lon: FloatArray
    azimuth: FloatArray

    def at(self, along: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Latitudes, longitudes and azimuths at distances in metres from the start."""
        return direct_array(solver(self.ellipsoid), self.lat, self.lon, self.azimuth, along)

    def part(self, which: NDArray[Any]) -> Ray:
        """Some of them."""
        return Ray(ellipsoid=self.ellipsoid, lat=self.lat[which], lon=self.lon[which], azimuth=self.azimuth[which])


@overload
def track_offset(point: Spot, start: Spot, end: Spot, *, ellipsoid: Ellipsoid = ...) -> TrackOffset[float]: ...
@overload
def track_offset(point: Point, start: Point, end: Point, *, ellipsoid: Ellipsoid = ...) -> TrackOffset[FloatArray]: ...
def track_offset(
    point: Point, start: Point, end: Point, *, ellipsoid: Ellipsoid = WGS84
) -> TrackOffset[float] | TrackOffset[FloatArray]:
    """Cross-track and along-track distance of a point from the geodesic through two others.

    The geodesic runs on past both points, at most half way round the earth either way.

    Args:
        point: latitude and longitude in degrees, numbers or arrays.
        start: where the track begins.
        end: another point of the track, which gives its direction.
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where an argument is no place on earth, where start and end coincide, and where the point lies
            so far off, about 9,800 km, that no one point of the line is its nearest.
    """
    values, (lat, lon, ray, length) = _prepared(point, start, end, ellipsoid)
    if not (length > 0.0).all():
        raise GeometryError(
            f"the start and the end of {_which(values, length <= 0.0, 'the track')} coincide, so it has no direction; "
            "give two different points"
        )
    along, cross, far = foot(ray, lat, lon)
    if far.any():
        raise GeometryError(
            f"{_which(values, far, 'the point')} lies a quarter of the earth off the track, where no one point of it "
            "is nearest; give a point within 9,800 km, or ask for the nearest point of a segment"
        )
    at_lat, at_lon, _ = ray.at(along)
    return TrackOffset(*_shaped(values, cross, along, at_lat, at_lon))


@overload
def nearest_on_segment(point: Spot, start: Spot, end: Spot, *, ellipsoid: Ellipsoid = ...) -> NearestPoint[float]: ...
@overload
def nearest_on_segment(
    point: Point, start: Point, end: Point, *, ellipsoid: Ellipsoid = ...
) -> NearestPoint[FloatArray]: ...
def nearest_on_segment(
    point: Point, start: Point, end: Point, *, ellipsoid: Ellipsoid = WGS84
) -> NearestPoint[float] | NearestPoint[FloatArray]:
    """The point nearest to another on the shortest way between two.

    Args:
        point: latitude and longitude in degrees, numbers or arrays.
        start: where the segment begins.
        end: where it ends; may coincide with the start.
        ellipsoid: WGS-84 unless told otherwise.

    Raises:
        GeometryError: where an argument is no place on earth.
    """
    values, (lat, lon, ray, length) = _prepared(point, start, end, ellipsoid)
    along, _, far = foot(ray, lat, lon)
    if far.any():
        along[far] = _searched(ray.part(far), (lat[far], lon[far]), length[far])
    inside = (along > 0.0) & (along < length)
    at_lat, at_lon, _ = ray.at(np.where(inside, along, 0.0))
    end_lat, end_lon = (np.ravel(np.asarray(value)) for value in values[4:])
    candidates = np.stack(
        [
            (inverse_array(solver(ellipsoid), there_lat, there_lon, lat, lon)[0], reached, there_lat, there_lon)
            for reached, there_lat, there_lon in (
                (np.zeros_like(length), ray.lat, ray.lon),
                (length, end_lat, end_lon),
                (along, at_lat, at_lon),
            )
        ]
    )
    candidates[2, 0, ~inside] = np.inf
    best = np.argmin(candidates[:, 0], axis=0)
    return NearestPoint(*_shaped(values, *candidates[best, :, np.arange(best.size)].T))


def foot(ray: Ray, lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray, NDArray[np.bool_]]:
    """The feet of the perpendiculars from points on rays, within half a turn of their starts.

    Args:
        ray: as many as there are points.
        lat: degrees, shape (n,).
        lon: degrees, shape (n,).

    Returns:
        Distances along and across in metres, right positive, and which points lie too far off for a sure foot.
    """
    radius_m = ray.ellipsoid.mean_radius_m
    geod = solver(ray.ellipsoid)
    along, cross = np.zeros_like(lat), np.zeros_like(lat)
    left = np.arange(lat.size)
    for _ in range(_MOST_STEPS):
        part = ray.part(left)
        at_lat, at_lon, course = part.at(along[left])
        distance, bearing, _ = inverse_array(geod, at_lat, at_lon, lat[left], lon[left])
        turn, arc = np.radians(bearing - course), distance / radius_m
        step = radius_m * np.arctan2(np.sin(arc) * np.cos(turn), np.cos(arc))
        along[left] += step
        cross[left] = np.copysign(distance, np.sin(turn))
        left = left[np.abs(step) > _STEP_M]
        if left.size == 0:
            break
    far = np.abs(cross) > _FAR_RATIO * radius_m
    far[left] = True
    return along, cross, far


def _prepared(
    point: Point, start: Point, end: Point, ellipsoid: Ellipsoid
) -> tuple[tuple[Any, ...], tuple[FloatArray, FloatArray, Ray, FloatArray]]:
    """The arguments as given, and flat: points, rays from the starts, and the lengths of the segments."""
    values = admitted(
        lat_of_point=point[0],
        lon_of_point=point[1],
        lat_of_start=start[0],
        lon_of_start=start[1],
        lat_of_end=end[0],
        lon_of_end=end[1],
    )
    lat, lon, lat1, lon1, lat2, lon2 = (np.ravel(np.asarray(value, dtype=np.float64)) for value in values)
    length, azimuth, _ = inverse_array(solver(ellipsoid), lat1, lon1, lat2, lon2)
    return values, (lat, lon, Ray(ellipsoid=ellipsoid, lat=lat1, lon=lon1, azimuth=azimuth), length)


def _distance(ray: Ray, point: tuple[FloatArray, FloatArray], along: FloatArray) -> FloatArray:
    """Distances of points from places on rays."""
    at_lat, at_lon, _ = ray.at(along)
    return inverse_array(solver(ray.ellipsoid), at_lat, at_lon, *point)[0]


def _searched(ray: Ray, point: tuple[FloatArray, FloatArray], length: FloatArray) -> FloatArray:
    """Where segments come nearest to points that lie about a quarter of the earth off: sampled, then narrowed down."""
    shares = np.linspace(0.0, 1.0, _SAMPLES)
    distances = np.stack([_distance(ray, point, share * length) for share in shares])
    middle = shares[np.argmin(distances, axis=0)]
    low, high = np.maximum(middle - shares[1], 0.0) * length, np.minimum(middle + shares[1], 1.0) * length
    for _ in range(_HALVINGS):
        third = (high - low) / 3.0
        nearer = _distance(ray, point, low + third) < _distance(ray, point, high - third)
        low, high = np.where(nearer, low, low + third), np.where(nearer, high - third, high)
    best: FloatArray = (low + high) / 2.0
    return best


def _shaped(values: tuple[Any, ...], *results: FloatArray) -> tuple[Any, ...]:
    """Results in the shape of the arguments."""
    if is_scalar(values[0]):
        return tuple(float(result[0]) for result in results)
    return tuple(result.reshape(values[0].shape) for result in results)


def _which(values: tuple[Any, ...], wrong: NDArray[np.bool_], name: str) -> str:
    """The name of what is wrong, with the index of the first where there are several."""
    if is_scalar(values[0]):
        return name
    index = np.unravel_index(int(np.argmax(wrong)), values[0].shape)
    return f"{name} [{', '.join(str(int(part)) for part in index)}]"
