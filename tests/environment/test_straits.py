"""Straits: their widths on the packaged coast, which lie near, and which a leg passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.environment import straits
from waterspace.environment.shores import coast
from waterspace.geometry.geodesic import between, destination, distance_m, inverse
from waterspace.quantity import nautical_miles

AGREEMENT_NM = 0.1
UNEXPLAINED_NM = 0.5

EVERY = tuple(straits.load().values())
every_strait = pytest.mark.parametrize("strait", EVERY, ids=lambda strait: strait.key)
every_measured = pytest.mark.parametrize(
    "strait", [each for each in EVERY if each.width_computed_m is not None], ids=lambda strait: strait.key
)


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


# ------------------------------------------------------------------------------------------------------------- table


def test_there_are_as_many_straits_as_the_table_has_rows_and_the_mapping_cannot_be_changed() -> None:
    assert len(EVERY) == 55
    assert list(straits.load())[:5] == ["korea_w", "tsushima_e", "tsugaru_w", "tsugaru_e", "laperouse"]
    with pytest.raises(TypeError):
        straits.load()["new"] = EVERY[0]  # type: ignore[index]


@every_strait
def test_every_strait_says_where_its_gate_comes_from_and_how_sure_its_facts_are(strait: straits.Strait) -> None:
    assert strait.name
    assert strait.gate_source
    assert strait.provenance.confidence is not None
    if not strait.provenance.source:
        assert strait.width_published_m is None


@every_measured
def test_the_width_on_the_packaged_coast_is_the_computed_one(strait: straits.Strait) -> None:
    assert strait.width_computed_m is not None
    measured_nm = nautical_miles(straits.measured_width_m(strait))
    assert measured_nm == pytest.approx(nautical_miles(strait.width_computed_m), abs=AGREEMENT_NM)


@every_measured
def test_a_width_that_differs_from_the_published_one_is_explained(strait: straits.Strait) -> None:
    if strait.width_published_m is None:
        return
    apart_nm = nautical_miles(abs(straits.measured_width_m(strait) - strait.width_published_m))
    assert apart_nm <= UNEXPLAINED_NM or strait.width_note


@every_measured
def test_both_ends_of_a_gate_stand_on_a_shore_of_high_or_full_resolution(strait: straits.Strait) -> None:
    for end in strait.gate:
        assert coast.load().nearest_land(end).distance_m < 600.0
        assert coast.load().resolution_at(end).spacing_m <= 200.0


# ---------------------------------------------------------------------------------------------------------- crossing


@every_strait
def test_a_leg_through_the_middle_of_a_gate_passes_it_either_way(strait: straits.Strait) -> None:
    middle = between(*strait.gate, 0.5)
    length_m, bearing_deg = inverse(*strait.gate)
    here = destination(middle, bearing_deg + 90.0, length_m / 4.0)
    there = destination(middle, bearing_deg - 90.0, length_m / 4.0)
    assert strait in straits.crossed(here, there)
    assert strait in straits.crossed(there, here)
    assert strait not in straits.crossed(here, here)


def test_straits_are_named_in_the_order_of_the_passage() -> None:
    west, east = at(41.15, 139.9), at(41.7, 141.2)
    assert [strait.key for strait in straits.crossed(west, east)] == ["tsugaru_w", "tsugaru_e"]
    assert [strait.key for strait in straits.crossed(east, west)] == ["tsugaru_e", "tsugaru_w"]


def test_a_leg_that_passes_the_end_of_a_gate_on_the_outside_does_not_pass_the_gate() -> None:
    strait = straits.load()["laperouse"]
    _, bearing_deg = inverse(*strait.gate)
    beyond = destination(strait.gate[1], bearing_deg, 5000.0)
    leg = (destination(beyond, bearing_deg + 90.0, 20_000.0), destination(beyond, bearing_deg - 90.0, 20_000.0))
    assert strait not in straits.crossed(*leg)


def test_a_leg_across_180_degrees_passes_the_bering_strait() -> None:
    start, middle = at(62.0, 179.0), between(*straits.load()["bering_w"].gate, 0.5)
    length_m, bearing_deg = inverse(start, middle)
    end = destination(start, bearing_deg, length_m + 20_000.0)
    assert [strait.key for strait in straits.crossed(start, end)] == ["bering_w"]


# ---------------------------------------------------------------------------------------------------------- nearness


def test_the_nearest_strait_comes_first_and_none_is_farther_than_asked() -> None:
    found = straits.near(at(41.5, 140.5), 300_000.0)
    assert [near.strait.key for near in found[:2]] == ["tsugaru_w", "tsugaru_e"]
    assert [near.distance_m for near in found] == sorted(near.distance_m for near in found)
    assert all(near.distance_m <= 300_000.0 for near in found)
    assert straits.near(at(39.8, 133.21), 100_000.0) == ()


@given(
    strait=st.sampled_from(EVERY),
    part=st.floats(0.01, 0.99),
    off_m=st.floats(0.0, 200_000.0),
    side=st.sampled_from((90.0, -90.0)),
)
def test_a_gate_is_as_far_as_one_went_from_it_at_a_right_angle(
    strait: straits.Strait, part: float, off_m: float, side: float
) -> None:
    foot = between(*strait.gate, part)
    here = destination(foot, inverse(foot, strait.gate[1])[1] + side, off_m)
    (near,) = (found for found in straits.near(here, off_m + 1000.0) if found.strait == strait)
    assert near.distance_m == pytest.approx(off_m, abs=2.0)
    assert distance_m(near.position, here) == pytest.approx(near.distance_m, abs=0.01)
