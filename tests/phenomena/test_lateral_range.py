"""Lateral range curves: area, known points, refusals."""

from __future__ import annotations

import math
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.errors import ModelError
from waterspace.phenomena.coverage import definite_range_ratio, inverse_cube_ratio
from waterspace.phenomena.lateral_range import (
    definite_lateral_ratio,
    inverse_cube_lateral_ratio,
    inverse_cube_width_m,
    sweep_width_m,
)

widths = st.floats(10.0, 50_000.0)


@given(widths)
def test_the_area_under_the_inverse_cube_curve_is_its_sweep_width(width_m: float) -> None:
    curve = partial(inverse_cube_lateral_ratio, sweep_width_m=width_m)
    beyond_m = width_m / (2.0 * math.pi * 200.0)  # the tail of 1 - exp(-c/x²) from 200 widths on, both sides
    assert sweep_width_m(curve, 200.0 * width_m) + beyond_m == pytest.approx(width_m, rel=1e-4)


@given(widths)
def test_the_area_under_the_definite_curve_is_its_sweep_width(width_m: float) -> None:
    curve = partial(definite_lateral_ratio, sweep_width_m=width_m)
    assert sweep_width_m(curve, 2.0 * width_m) == pytest.approx(width_m, rel=1e-3)


@given(st.floats(1.0, 1e5), st.floats(0.001, 0.999))
def test_one_known_point_tells_the_sweep_width(lateral_m: float, seen_ratio: float) -> None:
    width_m = inverse_cube_width_m(lateral_m, seen_ratio)
    assert inverse_cube_lateral_ratio(lateral_m, width_m) == pytest.approx(seen_ratio, rel=1e-9)


def test_as_many_are_missed_within_half_a_width_as_are_seen_beyond_it() -> None:
    # Source: OEG Report 56: what defines the effective search width.
    width_m = 1000.0
    curve = partial(inverse_cube_lateral_ratio, sweep_width_m=width_m)
    inside_m, everywhere_m = sweep_width_m(curve, width_m / 2.0), sweep_width_m(curve, 1000.0 * width_m, 100_000)
    assert width_m - inside_m == pytest.approx(everywhere_m - inside_m, rel=0.01)


@given(st.floats(0.2, 5.0))
def test_all_parallel_sweeps_together_give_the_curve_of_coverage(coverage: float) -> None:
    """The potentials of all sweeps add up: the sum of 1/(x-nS)² is (π/S)² / sin²(πx/S)."""
    cells, square = 4000, math.pi * coverage**2 / 4.0
    missed = math.fsum(math.exp(-square / math.sin(math.pi * (cell + 0.5) / cells) ** 2) for cell in range(cells))
    assert 1.0 - missed / cells == pytest.approx(inverse_cube_ratio(coverage), abs=1e-6)
    assert definite_range_ratio(coverage) >= 1.0 - missed / cells - 1e-9


@given(widths, st.floats(0.0, 1e6), st.floats(0.0, 1e6))
def test_a_wider_pass_is_never_likelier_to_detect(width_m: float, one_m: float, other_m: float) -> None:
    near_m, far_m = sorted((one_m, other_m))
    for curve in (inverse_cube_lateral_ratio, definite_lateral_ratio):
        assert 0.0 <= curve(far_m, width_m) <= curve(near_m, width_m) <= 1.0
        assert curve(-near_m, width_m) == curve(near_m, width_m)


def test_what_cannot_be_is_refused_by_name() -> None:
    with pytest.raises(ModelError, match="sweep_width_m is 0"):
        inverse_cube_lateral_ratio(1.0, 0.0)
    with pytest.raises(ModelError, match="seen_ratio is 1"):
        inverse_cube_width_m(100.0, 1.0)
    with pytest.raises(ModelError, match="even number"):
        sweep_width_m(lambda _: 1.0, 1.0, steps_count=3)
