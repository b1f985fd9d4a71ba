"""Beaufort, Douglas, swell and visibility, at their boundaries and back."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.environment.metoc import sea_scales
from waterspace.environment.metoc.sea_scales import BEAUFORT, DOUGLAS, SWELL, UNKNOWN, VISIBILITY
from waterspace.errors import GeometryError
from waterspace.quantity import KNOT_MPS

# Source: WMO code table 1100, least and greatest wind of each force in metres a second.
FORCES = [
    (0.0, 0.2),
    (0.3, 1.5),
    (1.6, 3.3),
    (3.4, 5.4),
    (5.5, 7.9),
    (8.0, 10.7),
    (10.8, 13.8),
    (13.9, 17.1),
    (17.2, 20.7),
    (20.8, 24.4),
    (24.5, 28.4),
    (28.5, 32.6),
    (32.7, 90.0),
]


@pytest.mark.parametrize("number", range(13))
def test_both_ends_of_a_force_belong_to_it(number: int) -> None:
    low_mps, high_mps = FORCES[number]
    assert sea_scales.beaufort(low_mps) == sea_scales.beaufort(high_mps) == number
    assert BEAUFORT[number].number == number
    assert BEAUFORT[number].from_mps == low_mps
    assert high_mps < BEAUFORT[number].to_mps


# Source: the middle of each force in the column of knots of the same table.
@pytest.mark.parametrize(("wind_kn", "number"), [(0, 0), (2, 1), (5, 2), (9, 3), (13, 4), (19, 5), (24, 6), (30, 7)])
def test_the_middle_of_a_force_in_knots_is_that_force(wind_kn: int, number: int) -> None:
    assert sea_scales.beaufort(wind_kn * KNOT_MPS) == number


@pytest.mark.parametrize(("wind_kn", "number"), [(37, 8), (44, 9), (51, 10), (59, 11), (64, 12), (150, 12)])
def test_so_is_that_of_a_gale(wind_kn: int, number: int) -> None:
    assert sea_scales.beaufort(wind_kn * KNOT_MPS) == number


def test_the_names_and_waves_of_the_forces_are_those_of_the_table() -> None:
    assert (BEAUFORT[0].name, BEAUFORT[0].wave_m, BEAUFORT[0].highest_wave_m) == ("calm", 0.0, None)
    assert (BEAUFORT[5].name, BEAUFORT[5].wave_m, BEAUFORT[5].highest_wave_m) == ("fresh breeze", 2.0, 2.5)
    assert (BEAUFORT[8].name, BEAUFORT[8].wave_m, BEAUFORT[8].highest_wave_m) == ("gale", 5.5, 7.5)
    assert (BEAUFORT[12].name, BEAUFORT[12].to_mps) == ("hurricane", math.inf)


# Source: WMO code table 3700, "the exact bounding height shall be assigned for the lower code figure".
@pytest.mark.parametrize(
    ("height_m", "state"),
    [(0.0, 0), (0.1, 1), (0.5, 2), (1.25, 3), (2.5, 4), (4.0, 5), (6.0, 6), (9.0, 7), (14.0, 8), (14.1, 9), (30.0, 9)],
)
def test_a_bounding_height_has_the_lower_state(height_m: float, state: int) -> None:
    assert sea_scales.douglas(height_m) == state
    if height_m < 14.0:
        assert sea_scales.douglas(height_m + 0.01) == state + 1


def test_the_states_of_the_sea_join_without_gaps() -> None:
    assert [state.number for state in DOUGLAS] == list(range(10))
    assert all(a.to_m == b.over_m for a, b in itertools.pairwise(DOUGLAS))
    assert DOUGLAS[5].name == "rough"
    assert (DOUGLAS[4].over_m, DOUGLAS[4].to_m) == (1.25, 2.5)


@pytest.mark.parametrize(
    ("distance_m", "code"),
    [
        (0, 0),
        (49, 0),
        (50, 1),
        (200, 2),
        (500, 3),
        (999, 3),
        (1000, 4),
        (2000, 5),
        (4000, 6),
        (10_000, 7),
        (20_000, 8),
        (49_999, 8),
        (50_000, 9),
        (math.inf, 9),
    ],
)
def test_visibility_has_the_code_of_the_distance_that_it_reaches(distance_m: float, code: int) -> None:
    assert sea_scales.visibility(distance_m) == code
    assert VISIBILITY[code].from_m <= distance_m
    assert VISIBILITY[code].number == code


@pytest.mark.parametrize(
    ("height_m", "length_m", "degree"),
    [
        (0.0, 50.0, 0),
        (1.0, 50.0, 1),
        (1.9, 150.0, 1),
        (1.9, 250.0, 2),
        (2.0, 50.0, 3),
        (4.0, 150.0, 4),
        (3.0, 250.0, 5),
        (4.1, 99.0, 6),
        (5.0, 100.0, 7),
        (5.0, 201.0, 8),
    ],
)
def test_swell_has_the_degree_of_its_height_and_length(height_m: float, length_m: float, degree: int) -> None:
    assert sea_scales.swell(height_m, length_m) == degree
    assert SWELL[degree].number == degree


def test_a_swell_of_ten_seconds_is_156_metres_long() -> None:
    assert sea_scales.swell_length_m(10.0) == pytest.approx(156.1, abs=0.1)


@given(wind_mps=st.floats(0.0, 100.0), height_m=st.floats(0.0, 30.0), distance_m=st.floats(0.0, 100_000.0))
def test_a_value_lies_in_the_span_of_its_code(wind_mps: float, height_m: float, distance_m: float) -> None:
    force, state = BEAUFORT[sea_scales.beaufort(wind_mps)], DOUGLAS[sea_scales.douglas(height_m)]
    code = VISIBILITY[sea_scales.visibility(distance_m)]
    assert force.from_mps * (1 - 1e-8) <= wind_mps <= force.to_mps
    assert state.over_m <= height_m <= state.to_m * (1 + 1e-8)
    assert code.from_m * (1 - 1e-8) <= distance_m <= code.to_m


def test_arrays_are_coded_one_by_one_and_nan_is_unknown() -> None:
    assert sea_scales.beauforts([[0.0, 10.0], [np.nan, 40.0]]).tolist() == [[0, 5], [UNKNOWN, 12]]
    assert sea_scales.douglas_states([0.3, np.nan]).tolist() == [2, UNKNOWN]
    assert sea_scales.visibilities([]).shape == (0,)


@pytest.mark.parametrize("value", [-0.1, math.nan])
def test_what_cannot_be_measured_is_refused(value: float) -> None:
    for scale in (sea_scales.beaufort, sea_scales.douglas, sea_scales.visibility, sea_scales.swell_length_m):
        with pytest.raises(GeometryError, match="give 0 or more"):
            scale(value)
    with pytest.raises(GeometryError, match="length of swell"):
        sea_scales.swell(1.0, value)
