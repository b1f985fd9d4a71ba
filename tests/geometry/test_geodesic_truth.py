"""Geodesics and areas agree with what others computed."""

from __future__ import annotations

import csv
import json
import re

import pytest

from corpora import corpus
from waterspace.domain import Polygon, Position
from waterspace.geometry import footprints, geodesic

AZIMUTH_TOLERANCE_DEG = 1e-8
NUMBER = r"-?\d+(?:\.\d+)?"


def at(lat: float, lon: float) -> Position:
    return Position(lat_deg=lat, lon_deg=geodesic.normalise_lon(lon))


def turn_deg(a: float, b: float) -> float:
    return abs((a - b + 180.0) % 360.0 - 180.0)


def test_the_twenty_geodesics_agree_both_ways() -> None:
    rows = list(csv.DictReader(corpus("geodesy", "geodesic_20.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 20
    for row in rows:
        start, end = at(float(row["lat1"]), float(row["lon1"])), at(float(row["lat2"]), float(row["lon2"]))
        length_m, azimuth_deg = float(row["s12_m"]), float(row["azi1"])
        distance_m, bearing_deg = geodesic.inverse(start, end)
        assert distance_m == pytest.approx(length_m, abs=1e-3)
        assert turn_deg(bearing_deg, azimuth_deg) < AZIMUTH_TOLERANCE_DEG
        assert geodesic.distance_m(geodesic.destination(start, azimuth_deg, length_m), end) < 1e-3


def test_the_published_examples_on_the_ellipsoid_agree() -> None:
    cases = json.loads(corpus("geodesy", "published_examples.json").read_text(encoding="utf-8"))["cases"]
    cases = [case for case in cases if case["model"] == "WGS84"]
    assert len(cases) == 5
    for case in cases:
        distance_m, bearing_deg = geodesic.inverse(at(*case["p1"]), at(*case["p2"]))
        assert distance_m == pytest.approx(case["expect_s12"], abs=1e-3), case["id"]
        if "expect_azi1" in case:
            assert turn_deg(bearing_deg, case["expect_azi1"]) < case.get("tol_azi", 1e-6), case["id"]


def test_the_published_examples_on_the_sphere_agree_within_its_flattening() -> None:
    cases = json.loads(corpus("geodesy", "published_examples.json").read_text(encoding="utf-8"))["cases"]
    cases = [case for case in cases if case["model"] == "sphere" and case["op"] in {"distance", "area"}]
    assert len(cases) == 5
    for case in cases:
        if case["op"] == "distance":
            assert geodesic.distance_m(at(*case["p1"]), at(*case["p2"])) == pytest.approx(case["expect"], rel=0.006)
        else:
            ring = Polygon(vertices=tuple(at(*corner) for corner in case["ring"]))
            assert footprints.area_m2(ring) == pytest.approx(case["expect"], rel=0.012), case["id"]


def test_the_inverse_cases_of_the_reference_tool_agree() -> None:
    """Plain cases on WGS-84: `-i` with four decimal numbers; the tool prints azimuths and a distance."""
    text = corpus("geodesy", "geographiclib_tool_tests.json").read_text(encoding="utf-8")
    form = re.compile(rf'^-i(?: -p \d+)? --input-string "({NUMBER}) ({NUMBER}) ({NUMBER}) (\.?{NUMBER})"$')
    compared = 0
    for case in json.loads(text):
        given = form.match(case["args"])
        answer = case["debian_2_1_2_stdout"].split()
        if case["tool"] != "GeodSolve" or given is None or not case["debian_pass"] or "nan" in answer:
            continue
        lat1, lon1, lat2, lon2 = map(float, given.groups())
        places = len(answer[2].partition(".")[2])
        distance_m = geodesic.distance_m(at(lat1, lon1), at(lat2, lon2))
        assert distance_m == pytest.approx(float(answer[2]), abs=max(0.51 * 10.0**-places, 1e-3)), case["args"]
        compared += 1
    assert compared >= 10


def test_the_areas_of_the_reference_tool_agree() -> None:
    text = corpus("geodesy", "geographiclib_tool_tests.json").read_text(encoding="utf-8")
    form = re.compile(rf'^--input-string "((?:{NUMBER} {NUMBER}; ?)+{NUMBER} {NUMBER})"$')
    compared = 0
    for case in json.loads(text):
        given = form.match(case["args"])
        if case["tool"] != "Planimeter" or given is None or not case["debian_pass"]:
            continue
        corners = [tuple(map(float, corner.split())) for corner in given[1].split(";")]
        if max(abs(lon) for _, lon in corners) > 300.0:
            continue
        area_m2 = footprints.area_m2(Polygon(vertices=tuple(at(*corner) for corner in corners)))
        assert area_m2 == pytest.approx(float(case["debian_2_1_2_stdout"].split()[2]), abs=0.2), case["args"]
        compared += 1
    assert compared >= 4
