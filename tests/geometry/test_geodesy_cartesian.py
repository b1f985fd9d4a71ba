"""Latitude, longitude and height to earth-centred coordinates and back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from strategies import positions
from waterspace import geometry
from waterspace.errors import GeometryError
from waterspace.geometry import WGS84, Ellipsoid

if TYPE_CHECKING:
    from waterspace.domain import Position

SPHERE = Ellipsoid(equatorial_radius_m=6_371_000.0, flattening_ratio=0.0)
LONG = Ellipsoid(equatorial_radius_m=6_400_000.0, flattening_ratio=-0.01)

ellipsoids = st.sampled_from((WGS84, SPHERE, LONG))


@given(place=positions(), height=st.floats(-5e6, 4e7), ellipsoid=ellipsoids)
def test_there_and_back_is_where_one_was(place: Position, height: float, ellipsoid: Ellipsoid) -> None:
    point = geometry.to_cartesian(place.lat_deg, place.lon_deg, height, ellipsoid=ellipsoid)
    lat_deg, lon_deg, height_m = geometry.from_cartesian(*point, ellipsoid=ellipsoid)
    assert height_m == pytest.approx(height, abs=1e-6)
    assert lat_deg == pytest.approx(place.lat_deg, abs=1e-12 * 6e6 / (6e6 + min(height, 0.0)) + 1e-12)
    assert geometry.inverse(lat_deg, lon_deg, place.lat_deg, place.lon_deg).distance_m < 1e-6


@given(x=st.floats(-5e4, 5e4), y=st.floats(-5e4, 5e4), z=st.floats(-5e4, 5e4), ellipsoid=ellipsoids)
def test_deep_inside_the_earth_points_are_found_again(x: float, y: float, z: float, ellipsoid: Ellipsoid) -> None:
    lat_deg, lon_deg, height_m = geometry.from_cartesian(x, y, z, ellipsoid=ellipsoid)
    back = geometry.to_cartesian(lat_deg, lon_deg, height_m, ellipsoid=ellipsoid)
    assert math.dist(back, (x, y, z)) < 1e-5


def test_the_axes_lead_where_they_should() -> None:
    a, b = WGS84.equatorial_radius_m, WGS84.polar_radius_m
    assert geometry.to_cartesian(0.0, 0.0) == (a, 0.0, 0.0)
    assert geometry.to_cartesian(0.0, 90.0, 10.0) == pytest.approx((0.0, a + 10.0, 0.0), abs=1e-8)
    assert geometry.to_cartesian(-90.0, 50.0) == pytest.approx((0.0, 0.0, -b))
    assert geometry.from_cartesian(-a, 0.0, 0.0) == (0.0, 180.0, 0.0)
    assert geometry.from_cartesian(0.0, 0.0, b + 5.0) == pytest.approx((90.0, 0.0, 5.0))


def test_from_the_centre_the_nearest_point_is_a_pole() -> None:
    assert geometry.from_cartesian(0.0, 0.0, 0.0) == pytest.approx((90.0, 0.0, -WGS84.polar_radius_m))
    assert geometry.from_cartesian(0.0, 0.0, 0.0, ellipsoid=SPHERE) == (90.0, 0.0, -6_371_000.0)
    assert geometry.from_cartesian(0.0, 0.0, 0.0, ellipsoid=LONG) == (0.0, 0.0, -6_400_000.0)
    assert geometry.from_cartesian(0.0, 0.0, -1.0).lat_deg == -90.0


def test_arrays_broadcast() -> None:
    point = geometry.to_cartesian([[0.0], [45.0]], [0.0, 90.0, 180.0])
    assert {column.shape for column in point} == {(2, 3)}
    assert np.all(np.abs(geometry.from_cartesian(*point).height_m) < 1e-8)


def test_what_is_no_place_is_refused() -> None:
    with pytest.raises(GeometryError, match="height_m is nan, expected a finite distance in metres"):
        geometry.to_cartesian(0.0, 0.0, math.nan)
    with pytest.raises(GeometryError, match=r"y_m\[1\] is inf"):
        geometry.from_cartesian(0.0, [0.0, math.inf], 0.0)
