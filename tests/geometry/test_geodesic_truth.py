"""Geodesics, rhumb lines, areas and coordinates agree with what others computed and published.

`$WATERSPACE_CORPORA/geodesy` holds twenty geodesics, the cases by which GeographicLib tests its tools, with the answers
of Debian's version 2.1.2, and published examples. Spheres and other ellipsoids go through the same functions.
"""

from __future__ import annotations

import csv
import json
import math
from collections import Counter
from typing import Any

import pytest

from corpora import corpus
from geodesy_tools import NOT_OFFERED, PARTLY, Case, check
from waterspace import geometry
from waterspace.domain import Polygon, Position
from waterspace.geometry import Ellipsoid, footprints, geodesic
from waterspace.quantity import NAUTICAL_MILE_M

AZIMUTH_TOLERANCE_DEG = 1e-8
SPHERE = Ellipsoid(equatorial_radius_m=6_371_000.0, flattening_ratio=0.0)
MINUTE_IS_MILE = Ellipsoid(equatorial_radius_m=NAUTICAL_MILE_M * 60.0 * math.degrees(1.0), flattening_ratio=0.0)
MODELS = (("sphere", SPHERE, 1.0), ("sphere_nm_per_arcmin", MINUTE_IS_MILE, NAUTICAL_MILE_M))


def turn_deg(a: float, b: float) -> float:
    return abs((a - b + 180.0) % 360.0 - 180.0)


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=geodesic.normalise_lon(lon))


def published(model: str) -> list[dict[str, Any]]:
    cases = json.loads(corpus("geodesy", "published_examples.json").read_text(encoding="utf-8"))["cases"]
    assert len(cases) == 29
    return [case for case in cases if case["model"] == model]


def tool_cases() -> list[Case]:
    rows = json.loads(corpus("geodesy", "geographiclib_tool_tests.json").read_text(encoding="utf-8"))
    return [
        Case(row["name"], row["tool"], row["args"], row["debian_2_1_2_stdout"]) for row in rows if row["debian_pass"]
    ]


def test_the_twenty_geodesics_agree_both_ways() -> None:
    rows = list(csv.DictReader(corpus("geodesy", "geodesic_20.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 20
    for row in rows:
        lat1, lon1, azimuth1, lat2, lon2, azimuth2, length_m = (
            float(row[name]) for name in ("lat1", "lon1", "azi1", "lat2", "lon2", "azi2", "s12_m")
        )
        way = geometry.inverse(lat1, lon1, lat2, lon2)
        assert way.distance_m == pytest.approx(length_m, abs=1e-6)
        assert turn_deg(way.azimuth1_deg, azimuth1) < AZIMUTH_TOLERANCE_DEG
        assert turn_deg(way.azimuth2_deg, azimuth2) < AZIMUTH_TOLERANCE_DEG
        end = geometry.direct(lat1, lon1, azimuth1, length_m)
        assert geometry.inverse(end.lat2_deg, end.lon2_deg, lat2, lon2).distance_m < 1e-6
        assert turn_deg(end.azimuth2_deg, azimuth2) < AZIMUTH_TOLERANCE_DEG
        distance_m, bearing_deg = geodesic.inverse(at(lat1, lon1), at(lat2, lon2))
        assert distance_m == pytest.approx(length_m, abs=1e-6)
        assert turn_deg(bearing_deg, azimuth1) < AZIMUTH_TOLERANCE_DEG


def test_the_areas_under_the_twenty_geodesics_agree() -> None:
    for row in csv.DictReader(corpus("geodesy", "geodesic_20.csv").read_text(encoding="utf-8").splitlines()):
        lat1, lon1, lat2, lon2 = (float(row[name]) for name in ("lat1", "lon1", "lat2", "lon2"))
        turn = (lon2 - lon1 + 180.0) % 360.0 - 180.0
        along_equator = [lon1 + turn * share for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
        area_m2 = geometry.area_m2([*[0.0] * 5, lat2, lat1], [*along_equator, lon2, lon1])
        assert area_m2 == pytest.approx(float(row["S12_m2"]), abs=1.0)


def test_the_published_examples_on_the_ellipsoid_agree() -> None:
    cases = published("WGS84")
    assert len(cases) == 5
    for case in cases:
        way = geometry.inverse(*case["p1"], *case["p2"])
        assert way.distance_m == pytest.approx(case["expect_s12"], abs=1e-3), case["id"]
        for name, azimuth_deg in (("expect_azi1", way.azimuth1_deg), ("expect_azi2", way.azimuth2_deg)):
            if name in case:
                assert turn_deg(azimuth_deg, case[name]) < case.get("tol_azi", 1e-6), case["id"]


def test_the_published_examples_on_spheres_agree_to_their_last_digit() -> None:
    """The same functions, told that the earth is the sphere for which the example was computed."""
    kinds: Counter[str] = Counter()
    for model, ellipsoid, unit_m in MODELS:
        for case in published(model):
            expected = case["expect"] if isinstance(case["expect"], list) else [case["expect"]]
            found = on_sphere(case, ellipsoid, unit_m)
            half = 0.5000001 * 10.0 ** -case["round"]
            assert found == pytest.approx(expected, abs=half), case["id"]
            kinds[case["op"]] += 1
    assert kinds.total() == 24
    assert len(kinds) == 13


def on_sphere(case: dict[str, Any], ellipsoid: Ellipsoid, unit_m: float) -> list[float]:
    """What an example asks for, in its unit."""
    if case["op"] == "area":
        lats, lons = zip(*case["ring"], strict=True)
        return [abs(geometry.area_m2(lats, lons, ellipsoid=ellipsoid))]
    if case["op"] in {"cross_track", "along_track"}:
        offset = geometry.track_offset(case["p"], case["p1"], case["p2"], ellipsoid=ellipsoid)
        return [(offset.cross_track_m if case["op"] == "cross_track" else offset.along_track_m) / unit_m]
    if case["op"] == "intersection":
        crossing = geometry.intersection(case["p1"], case["brg1"], case["p2"], case["brg2"], ellipsoid=ellipsoid)
        return [crossing.lat_deg, crossing.lon_deg]
    if "destination" in case["op"]:
        direct = geometry.rhumb_direct if "rhumb" in case["op"] else geometry.direct
        return list(direct(case["p1"][0], case["p1"][1], case["brg"], case["dist_m"], ellipsoid=ellipsoid)[:2])
    return between_two(case, ellipsoid, unit_m)


def between_two(case: dict[str, Any], ellipsoid: Ellipsoid, unit_m: float) -> list[float]:
    (lat1, lon1), (lat2, lon2) = case["p1"], case["p2"]
    way = geometry.inverse(lat1, lon1, lat2, lon2, ellipsoid=ellipsoid)
    rhumb = geometry.rhumb_inverse(lat1, lon1, lat2, lon2, ellipsoid=ellipsoid)
    half = geometry.rhumb_direct(lat1, lon1, rhumb.azimuth_deg, rhumb.distance_m / 2.0, ellipsoid=ellipsoid)
    return {
        "distance": [way.distance_m / unit_m],
        "initial_bearing": [way.azimuth1_deg],
        "final_bearing": [way.azimuth2_deg],
        "midpoint": list(geometry.interpolate((lat1, lon1), (lat2, lon2), 0.5, ellipsoid=ellipsoid)),
        "rhumb_distance": [rhumb.distance_m],
        "rhumb_bearing": [rhumb.azimuth_deg],
        "rhumb_midpoint": list(half),
    }[case["op"]]


def test_the_area_of_a_footprint_is_that_of_its_corners() -> None:
    for case in published("sphere"):
        if case["op"] == "area":
            ring = Polygon(vertices=tuple(at(*corner) for corner in case["ring"]))
            lats, lons = zip(*case["ring"], strict=True)
            assert footprints.area_m2(ring) == pytest.approx(abs(geometry.area_m2(lats, lons)))
            assert footprints.area_m2(ring) == pytest.approx(case["expect"], rel=0.012), case["id"]


def test_every_case_of_the_reference_tools_is_met_or_named_with_the_reason_why_not() -> None:
    """167 cases: by our functions, by PROJ's projections directly, or not at all; see the lists in `geodesy_tools`."""
    cases = tool_cases()
    assert len(cases) == 167
    by = Counter(check(case) for case in cases)
    assert by == {"ours": 129, "ours, some columns": 17, "pyproj": 14, "not offered": 7}
    assert set(NOT_OFFERED) | set(PARTLY) <= {case.name for case in cases}
