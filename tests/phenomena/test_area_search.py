"""Searching an area along real tracks: lanes without end agree with Koopman, and drawn objects with the measure."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement import RUNS, agrees
from waterspace.phenomena.area_search import found_ratio, places_in, potentials
from waterspace.phenomena.coverage import definite_range_ratio, inverse_cube_ratio
from waterspace.phenomena.detection import DefiniteRange, InverseCube, detection_ms
from waterspace.phenomena.relative_motion import RelativeLeg

SPACING_M = 2_000.0
SPEED_MPS = 6.0


def lanes(count: int, half_m: float) -> np.ndarray:
    """Parallel runs a spacing apart, as pieces."""
    side_m = (np.arange(count) - (count - 1) / 2.0) * SPACING_M
    ends_m = np.full(count, half_m)
    return np.column_stack([-ends_m, side_m, ends_m, side_m, 2.0 * ends_m / SPEED_MPS])


@settings(max_examples=15, deadline=None)
@given(coverage=st.floats(0.05, 2.0))
def test_lanes_without_end_find_as_often_as_koopman_says(coverage: float) -> None:
    width_m = coverage * SPACING_M
    between = places_in(((-50.0, -1_000.0), (50.0, -1_000.0), (50.0, 1_000.0), (-50.0, 1_000.0)), 2_000)
    eye = InverseCube(sweep_width_m=width_m, at_mps=SPEED_MPS)
    many = lanes(101, 5e6)
    assert found_ratio([(eye, many)], between) == pytest.approx(inverse_cube_ratio(coverage), abs=3e-3)
    sure = DefiniteRange(range_m=width_m / 2.0)
    assert found_ratio([(sure, many)], between) == pytest.approx(definite_range_ratio(coverage), abs=3e-3)


@given(
    x=st.floats(-5_000.0, 5_000.0),
    y=st.floats(-5_000.0, 5_000.0),
    to=st.tuples(st.floats(-5_000.0, 5_000.0), st.floats(-5_000.0, 5_000.0)),
)
def test_a_piece_gathers_what_the_closed_form_gathers(x: float, y: float, to: tuple[float, float]) -> None:
    lasts_s = 600.0
    leg = RelativeLeg(
        start_ms=0,
        end_ms=600_000,
        east_m=x,
        north_m=y,
        east_mps=(to[0] - x) / lasts_s,
        north_mps=(to[1] - y) / lasts_s,
    )
    law = InverseCube(sweep_width_m=1_000.0, at_mps=SPEED_MPS)
    piece = np.array([[x, y, *to, lasts_s]])
    expected = law.potential_ratio(leg)
    if leg.speed_mps * lasts_s > 1.0 and leg.lateral_m > 1.0:
        assert potentials(law, piece, np.zeros((1, 2)))[0] == pytest.approx(expected, rel=1e-6)
    sure = DefiniteRange(range_m=700.0)
    assert potentials(sure, piece, np.zeros((1, 2)))[0] in {sure.potential_ratio(leg), 0.0, math.inf}


@pytest.mark.deep
@pytest.mark.parametrize("coverage", [0.25, 0.5, 1.0])
def test_ten_thousand_drawn_objects_are_found_as_often_as_measured(coverage: float) -> None:
    box = ((-8_000.0, -6_000.0), (8_000.0, -6_000.0), (8_000.0, 6_000.0), (-8_000.0, 6_000.0))
    pieces = lanes(6, 7_000.0)
    law = InverseCube(sweep_width_m=coverage * SPACING_M, at_mps=SPEED_MPS)
    luck = np.random.default_rng(5)
    found = 0
    for ahead_m, side_m, draw in zip(
        luck.uniform(-8_000.0, 8_000.0, RUNS), luck.uniform(-6_000.0, 6_000.0, RUNS), luck.random(RUNS), strict=True
    ):
        passes = [
            RelativeLeg(
                start_ms=round(1e7) * number,
                end_ms=round(1e7) * number + round(1000.0 * row[4]),
                east_m=ahead_m - row[0],
                north_m=side_m - row[1],
                east_mps=-SPEED_MPS,
            )
            for number, row in enumerate(pieces)
        ]
        found += detection_ms(law, passes, float(draw)) is not None
    measured = found_ratio([(law, pieces)], places_in(box, 4_000))
    assert agrees(found, measured)
    assert measured == pytest.approx(inverse_cube_ratio(coverage * 84.0 / 96.0), abs=0.05)


def test_places_are_as_many_as_asked_for_and_inside() -> None:
    angles = np.linspace(0.0, 2.0 * math.pi, 60, endpoint=False)
    places = places_in(list(zip(1_000.0 * np.cos(angles), 1_000.0 * np.sin(angles), strict=True)), 1_000)
    assert len(places) == pytest.approx(1_000, rel=0.05)
    assert np.hypot(*places.T).max() <= 1_000.0
    assert np.abs(places.mean(axis=0)).max() < 10.0
    assert len(places_in(((0.0, 0.0), (1.0, 0.0), (2.0, 0.0)))) == 1


def test_a_searcher_that_does_not_move_finds_nothing_here() -> None:
    still = np.array([[0.0, 0.0, 0.0, 0.0, 600.0]])
    assert found_ratio([(InverseCube(sweep_width_m=100.0, at_mps=1.0), still)], np.ones((3, 2))) == 0.0
