"""Search theory against worked examples, and the laws it must obey."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.phenomena.coverage import (
    DetectionLaw,
    combined_ratio,
    coverage_ratio,
    definite_range_ratio,
    detection_ratio,
    inverse_cube_ratio,
    random_search_ratio,
)
from waterspace.phenomena.draws import common_draws
from waterspace.quantity import NAUTICAL_MILE_M

# Source: Koopman, random search 1-exp(-WL/A); inverse cube (visual, parallel sweeps) erf(sqrt(pi)/2*C); definite range
# min(1, C). The IAMSAR curve is quoted as 0.47 at C = 0.5 and 0.78 at C = 1.0.
WORKED = (
    # coverage, random, inverse cube, definite range
    (0.25, 0.221199, 0.245969, 0.25),
    (0.5, 0.393469, 0.469116, 0.5),
    (0.75, 0.527633, 0.652775, 0.75),
    (1.0, 0.632121, 0.789909, 1.0),
    (1.5, 0.77687, 0.939888, 1.0),
    (2.0, 0.864665, 0.987811, 1.0),
)

coverages = st.floats(0.0, 20.0)


@pytest.mark.parametrize(("coverage", "random", "inverse_cube", "definite_range"), WORKED)
def test_the_laws_give_the_worked_probabilities(
    coverage: float, random: float, inverse_cube: float, definite_range: float
) -> None:
    assert random_search_ratio(coverage) == pytest.approx(random, abs=1e-5)
    assert inverse_cube_ratio(coverage) == pytest.approx(inverse_cube, abs=1e-5)
    assert definite_range_ratio(coverage) == pytest.approx(definite_range, abs=1e-5)


@pytest.mark.parametrize(("coverage", "quoted"), [(0.5, 0.47), (1.0, 0.78)])
def test_the_inverse_cube_law_agrees_with_the_iamsar_curve_as_quoted(coverage: float, quoted: float) -> None:
    assert inverse_cube_ratio(coverage) == pytest.approx(quoted, abs=0.01)


def test_ten_hours_at_ten_knots_with_two_miles_in_a_hundred_square_miles_cover_it_twice() -> None:
    mile_m = NAUTICAL_MILE_M
    coverage = coverage_ratio(2.0 * mile_m, 10.0 * 10.0 * mile_m, 100.0 * mile_m**2)
    assert coverage == pytest.approx(2.0, abs=1e-6)
    assert random_search_ratio(coverage) == pytest.approx(0.864665, abs=1e-6)


def test_three_random_searches_of_half_coverage_equal_one_of_one_and_a_half() -> None:
    assert combined_ratio([random_search_ratio(0.5)] * 3) == pytest.approx(0.77687, abs=1e-5)


def test_an_aircraft_and_a_ship_add_their_effort() -> None:
    # Source: formulas of AMSA, National Search and Rescue Manual, 2023: effort Z = W V T, in square nautical miles.
    efforts = (1.35 * 90.0 * 3.0, 2.25 * 15.0 * 8.0)
    assert efforts == pytest.approx((364.5, 270.0))
    covered = math.fsum(
        coverage_ratio(width, speed * time, 88.9187726177356)
        for width, speed, time in ((1.35, 90.0, 3.0), (2.25, 15.0, 8.0))
    )
    assert covered == pytest.approx(7.135726026)


def test_an_area_without_size_cannot_be_covered() -> None:
    assert coverage_ratio(1.0, 1.0, 0.0) == 0.0


@settings(deadline=None)
@given(coverages, coverages, st.sampled_from(DetectionLaw))
def test_more_coverage_never_makes_detection_less_likely(one: float, other: float, law: DetectionLaw) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= detection_ratio(law, low) <= detection_ratio(law, high) <= 1.0


@settings(deadline=None)
@given(coverages)
def test_random_tracks_are_the_worst_and_a_definite_range_the_best(coverage: float) -> None:
    assert random_search_ratio(coverage) <= inverse_cube_ratio(coverage) + 1e-12
    assert inverse_cube_ratio(coverage) <= definite_range_ratio(coverage) + 1e-12


@settings(deadline=None)
@given(coverages, coverages)
def test_random_searches_combine_by_adding_their_coverage(one: float, other: float) -> None:
    together = combined_ratio((random_search_ratio(one), random_search_ratio(other)))
    assert together == pytest.approx(random_search_ratio(one + other), abs=1e-12)


def test_common_draws_read_a_stream_without_moving_it_on() -> None:
    stream = np.random.default_rng(7)
    first = common_draws(stream, 4)
    assert common_draws(stream, 4) == first
    assert common_draws(stream, 2) == first[:2]
    assert float(stream.random()) == first[0]
