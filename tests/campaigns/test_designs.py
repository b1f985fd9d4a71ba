"""Points spread evenly: Latin hypercubes, Sobol points, grids, and how many variants there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.campaigns.designs import Design, latin_hypercube, usual_variants, variants
from waterspace.campaigns.factors import Factor
from waterspace.campaigns.sobol import MOST_DIMENSIONS, sobol_points
from waterspace.errors import CampaignError

SPEED = Factor(path="speed", places=("speed",), unit=" kn", low=4.0, high=12.0)
STATE = Factor(path="state", places=("state",), low=2.0, high=6.0, whole=True)
WORD = Factor(path="word", places=("word",), choices=("one", "two", "three"))


@given(count=st.integers(1, 60), dimensions=st.integers(1, 6), seed=st.integers(0, 2**32))
def test_a_latin_hypercube_has_one_point_in_every_part_of_every_dimension(
    count: int, dimensions: int, seed: int
) -> None:
    points = latin_hypercube(count, dimensions, np.random.default_rng(seed))
    assert points.shape == (count, dimensions)
    for column in points.T:
        assert sorted((column * count).astype(int)) == list(range(count))


@given(power=st.integers(0, 8), start=st.integers(0, 3), dimension=st.integers(0, MOST_DIMENSIONS - 1))
def test_sobol_points_have_one_in_each_part_of_every_run_of_a_power_of_two(
    power: int, start: int, dimension: int
) -> None:
    size = 1 << power
    shift = np.random.default_rng(start).integers(0, 2**32, size=MOST_DIMENSIONS, dtype=np.uint32)
    points = sobol_points(size * (start + 1), MOST_DIMENSIONS, shift)[size * start :, dimension]
    assert sorted((points * size).astype(int)) == list(range(size))


@given(power=st.integers(0, 4), split=st.integers(0, 4))
def test_the_first_two_dimensions_have_one_point_in_every_box_of_one_size(power: int, split: int) -> None:
    split = min(split, power)
    wide, high = 1 << split, 1 << (power - split)
    points = sobol_points(1 << power, 2)
    boxes = {(int(x * wide), int(y * high)) for x, y in points}
    assert len(boxes) == 1 << power


def test_sobol_points_are_those_of_an_independent_library() -> None:
    # Source: scipy 1.16, scipy.stats.qmc.Sobol(21, scramble=False, bits=32), the sixth and the fourteenth point.
    sixth = "875 875 125 375 875 625 875 375 375 125 375 875 875 125 875 375 875 375 375 625 625"
    fourteenth = (
        "8125 6875 8125 0625 4375 9375 5625 5625 5625 4375 8125 9375 0625 8125 1875 5625 1875 6875 5625 9375 5625"
    )
    points = sobol_points(14, 21)
    assert points[5].tolist() == [float(f"0.{digits}") for digits in sixth.split()]
    assert points[13].tolist() == [float(f"0.{digits}") for digits in fourteenth.split()]


def test_more_dimensions_than_there_are_direction_numbers_are_refused() -> None:
    with pytest.raises(CampaignError, match="up to 21 varied values, and 22 are varied: take --design lhs"):
        sobol_points(4, 22)


def test_a_grid_has_every_pair_and_the_ends_of_a_range() -> None:
    rows = variants((SPEED, WORD), Design.GRID, 0, 1)
    assert len(rows) == 15
    assert {row[0] for row in rows} == {"4 kn", "6 kn", "8 kn", "10 kn", "12 kn"}
    assert {row[1] for row in rows} == {"one", "two", "three"}
    assert [row[0] for row in variants((STATE,), Design.GRID, 0, 1)] == ["2", "3", "4", "5", "6"]


@pytest.mark.parametrize("design", [Design.LHS, Design.SOBOL])
def test_values_stay_in_their_range_and_whole_ones_come_equally_often(design: Design) -> None:
    rows = variants((SPEED, STATE, WORD), design, 64, 3)
    speeds = [float(row[0].removesuffix(" kn")) for row in rows]
    assert 4.0 <= min(speeds) < 4.2
    assert 11.8 < max(speeds) <= 12.0
    states = [row[1] for row in rows]
    assert {state: 12 <= states.count(state) <= 14 for state in set(states)} == dict.fromkeys("23456", True)
    assert variants((SPEED, STATE, WORD), design, 64, 3) == rows
    assert variants((SPEED, STATE, WORD), design, 64, 4) != rows


def test_a_grid_that_is_too_large_is_refused() -> None:
    many = tuple(Factor(path=str(n), places=(str(n),), low=0.0, high=1.0) for n in range(6))
    with pytest.raises(CampaignError, match="the grid has 15625 variants"):
        variants(many, Design.GRID, 0, 1)


@given(runs=st.integers(1, 5000))
def test_there_are_about_as_many_variants_as_runs_of_each(runs: int) -> None:
    for design in (Design.LHS, Design.SOBOL):
        count = usual_variants(design, runs)
        assert 1 <= count <= max(1, 2 * runs**0.5)
    assert usual_variants(Design.SOBOL, runs).bit_count() == 1


def test_a_thousand_runs_have_variants_that_divide_them() -> None:
    assert usual_variants(Design.LHS, 1000) == 25
    assert usual_variants(Design.SOBOL, 1000) == 32
