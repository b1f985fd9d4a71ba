"""Heights, depths and vertical limits."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.errors import NotationError
from waterspace.notation import format_band, format_height, parse_band, parse_height

heights = st.one_of(st.floats(-11_000.0, 40_000.0), st.sampled_from([-math.inf, 0.0, math.inf]))


@pytest.mark.parametrize(
    ("text", "height_m"),
    [
        ("3000 ft", 914.4),
        ("300 m", 300.0),
        ("FL100", 3048.0),
        ("fl 50", 1524.0),
        ("depth 40 m", -40.0),
        ("depth of 40 m", -40.0),
        ("40 m deep", -40.0),
        ("Depth 0 m", 0.0),
        ("surface", 0.0),
        ("SFC", 0.0),
        ("sea level", 0.0),
        ("sea bed", -math.inf),
        ("Seabed", -math.inf),
        ("unlimited", math.inf),
        ("UNL", math.inf),
    ],
)
def test_heights_read_as_metres_above_mean_sea_level(text: str, height_m: float) -> None:
    assert parse_height(text) == pytest.approx(height_m)


@pytest.mark.parametrize(
    ("text", "floor_m", "ceiling_m"),
    [
        ("surface to FL100", 0.0, 3048.0),
        ("depth 40 m to surface", -40.0, 0.0),
        ("sea bed to 3000 ft", -math.inf, 914.4),
        ("0 m TO unlimited", 0.0, math.inf),
        ("depth 300 m  to  depth 20 m", -300.0, -20.0),
    ],
)
def test_vertical_limits_read_as_floor_and_ceiling(text: str, floor_m: float, ceiling_m: float) -> None:
    assert parse_band(text) == pytest.approx((floor_m, ceiling_m))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3000", "the unit is missing"),
        ("-40 m", "write a height below the surface as a depth"),
        ("FL", ""),
        ("depth surface", ""),
        ("high", ""),
    ],
)
def test_any_other_height_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_height(text)
    assert reason in caught.value.reason
    assert caught.value.found == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("surface", "two heights with the word to"),
        ("surface to 10 m to 20 m", "two heights with the word to"),
        ("FL100 to surface", "the lower limit comes first"),
        ("surface to surface", "the lower limit comes first"),
        ("0 to 3000 ft", "'0' is not a height"),
        ("bottom to top", "'bottom' is not a height"),
    ],
)
def test_any_other_vertical_limits_are_refused_with_their_reason(text: str, reason: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_band(text)
    assert reason in caught.value.reason
    assert caught.value.found == text


@given(height_m=heights)
def test_a_height_reads_back_to_the_foot_or_the_metre(height_m: float) -> None:
    text = format_height(height_m)
    assert parse_height(text) == pytest.approx(height_m, abs=0.51)
    assert format_height(parse_height(text)) == text


def test_heights_and_limits_are_shown_as_a_chart_would() -> None:
    assert format_height(914.4) == "3000 ft"
    assert format_height(-40.2) == "depth 40 m"
    assert format_height(-0.1) == format_height(0.1) == "surface"
    assert format_band(-math.inf, 914.4) == "sea bed to 3000 ft"
    assert format_band(0.0, math.inf) == "surface to unlimited"
    assert parse_band(format_band(-40.0, 0.0)) == (-40.0, 0.0)
