"""Geometries of findings as GeoJSON: valid for every geographic information system."""

from __future__ import annotations

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from waterspace import checks, planfile
from waterspace.checks.example import whole
from waterspace.domain import Circle, Position
from waterspace.errors import PlanFileError
from waterspace.geometry.geojson import geometry_of

CIRCLES = st.builds(
    lambda lat_deg, lon_deg, radius_m: Circle(
        centre=Position(lat_deg=38.0 + lat_deg, lon_deg=134.0 + lon_deg), radius_m=radius_m
    ),
    st.floats(-0.2, 0.2),
    st.floats(-0.2, 0.2),
    st.floats(500.0, 30_000.0),
)


@given(st.lists(CIRCLES, min_size=1, max_size=5))
def test_areas_that_overlap_are_united_to_a_valid_geometry_of_the_same_water(circles: list[Circle]) -> None:
    drawn = shapely.from_geojson(json.dumps(geometry_of(circles)))
    alone = shapely.union_all([shapely.from_geojson(json.dumps(geometry_of([one]))) for one in circles])
    assert drawn.is_valid
    assert drawn.symmetric_difference(alone).area < 1e-5


def test_areas_apart_stay_apart() -> None:
    far = [Circle(centre=Position(lat_deg=38.0, lon_deg=lon_deg), radius_m=5_000.0) for lon_deg in (134.0, 135.0)]
    assert geometry_of(far)["type"] == "MultiPolygon"


@pytest.mark.deep
def test_what_the_rules_draw_for_their_bad_examples_is_valid() -> None:
    seen = 0
    for rule in checks.rules():
        try:
            result = checks.check(planfile.loads(whole(rule.bad)))
        except PlanFileError:  # an example that is about what cannot be read
            continue
        for finding in result.findings:
            if finding.where is not None:
                seen += 1
                assert shapely.from_geojson(json.dumps(finding.where)).is_valid, (rule.code, finding.message)
    assert seen > len(checks.rules())
