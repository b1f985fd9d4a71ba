"""Heights of ships: what a class says, else parts of the length; one ship is as tall for every question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Medium, Platform
from waterspace.phenomena import heights


def of(medium: Medium = Medium.SURFACE, **known: float | None) -> Platform:
    return Platform(key="x", name="X", kind="x", medium=medium, **known)  # type: ignore[arg-type]


@given(hull_m=st.floats(1.0, 400.0))
def test_heights_grow_with_the_length_and_the_radio_is_as_high_as_the_radar(hull_m: float) -> None:
    small, large = of(length_m=hull_m), of(length_m=hull_m * 1.5)
    for height in (heights.radar_m, heights.eye_m, heights.radio_m):
        assert 2.0 <= height(small) <= height(large)
    assert heights.radio_m(small) == heights.radar_m(small)


def test_a_frigate_has_the_heights_that_are_assumed_of_it_and_nobody_knows_of_a_ship_of_a_hundred_metres() -> None:
    frigate = of(length_m=134.0)
    assert heights.radar_m(frigate) == pytest.approx(21.4, abs=0.1)
    assert heights.eye_m(frigate) == pytest.approx(14.7, abs=0.1)
    assert heights.top_m(180.0) == pytest.approx(36.0)
    assert heights.length_m(None) == heights.length_m(of()) == 100.0
    assert heights.radio_m(None) == heights.radio_m(of(length_m=100.0))


def test_what_the_class_says_holds_and_a_ship_without_radar_has_a_radio() -> None:
    assert heights.radar_m(of(length_m=134.0, radar_height_m=30.0)) == 30.0
    assert heights.radio_m(of(length_m=134.0, radar_height_m=30.0)) == 30.0
    assert heights.eye_m(of(eye_height_m=9.0)) == 9.0
    assert heights.radar_m(of(radar_height_m=0.0)) == 0.0
    assert heights.radio_m(of(length_m=134.0, radar_height_m=0.0)) == heights.radio_m(of(length_m=134.0))


def test_antennas_of_those_that_are_no_ships() -> None:
    assert heights.radio_m(of(Medium.AIR), 600.0) == 600.0
    assert heights.radio_m(of(Medium.SUBSURFACE)) == 0.0
    assert heights.radio_m(of(Medium.SHORE)) == heights.SHORE_ANTENNA_M
