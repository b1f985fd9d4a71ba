"""Geometry on the WGS-84 ellipsoid: geodesics, legs in time, footprints, and where they meet.

For numbers and arrays of latitudes and longitudes from anywhere, checked before they are computed with:

    from waterspace import geometry

    geometry.inverse(39.8, 133.2, 43.1, 131.9).distance_m
    geometry.rhumb_inverse(39.8, 133.2, 43.1, 131.9).azimuth_deg

For what the rest of the project is made of, `Position`, tracks and footprints: `geodesic`, `legs`, `footprints`,
`meeting` and `intercept`. Everything is imported when it is first used: Shapely by the first call that compares or
draws shapes, PROJ by the first distance, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from waterspace.geometry.cartesian import Cartesian, Geodetic, from_cartesian, to_cartesian
    from waterspace.geometry.crossing import Crossing, CrossingKind, intersection
    from waterspace.geometry.ellipsoid import WGS84, Ellipsoid
    from waterspace.geometry.geodesy import (
        Direct,
        Inverse,
        Place,
        area_m2,
        direct,
        interpolate,
        inverse,
        perimeter_m,
    )
    from waterspace.geometry.mgrs import from_mgrs, to_mgrs
    from waterspace.geometry.rhumb import RhumbDirect, RhumbInverse, rhumb_direct, rhumb_inverse
    from waterspace.geometry.segments import segment_intersection
    from waterspace.geometry.tracklines import NearestPoint, TrackOffset, nearest_on_segment, track_offset

__all__ = [
    "WGS84",
    "Cartesian",
    "Crossing",
    "CrossingKind",
    "Direct",
    "Ellipsoid",
    "Geodetic",
    "Inverse",
    "NearestPoint",
    "Place",
    "RhumbDirect",
    "RhumbInverse",
    "TrackOffset",
    "area_m2",
    "direct",
    "footprints",
    "from_cartesian",
    "from_mgrs",
    "geodesic",
    "intercept",
    "interpolate",
    "intersection",
    "inverse",
    "legs",
    "meeting",
    "nearest_on_segment",
    "perimeter_m",
    "rhumb_direct",
    "rhumb_inverse",
    "segment_intersection",
    "to_cartesian",
    "to_mgrs",
    "track_offset",
]

_HOMES = {
    "cartesian": ("Cartesian", "Geodetic", "from_cartesian", "to_cartesian"),
    "crossing": ("Crossing", "CrossingKind", "intersection"),
    "ellipsoid": ("WGS84", "Ellipsoid"),
    "geodesy": ("Direct", "Inverse", "Place", "area_m2", "direct", "interpolate", "inverse", "perimeter_m"),
    "mgrs": ("from_mgrs", "to_mgrs"),
    "rhumb": ("RhumbDirect", "RhumbInverse", "rhumb_direct", "rhumb_inverse"),
    "segments": ("segment_intersection",),
    "tracklines": ("NearestPoint", "TrackOffset", "nearest_on_segment", "track_offset"),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # the names above are of many kinds
    if name in _MODULES:
        value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
