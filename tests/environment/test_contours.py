"""Lines along which a field on a grid is zero."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from waterspace.environment.shores.contours import zero_lines


def test_a_hill_gives_one_closed_line_around_it_at_the_right_distance() -> None:
    row, column = np.mgrid[0:40, 0:60]
    ((rows, columns),) = zero_lines(10.0 - np.hypot(row - 20.0, column - 30.0))
    assert (rows[0], columns[0]) == (rows[-1], columns[-1])
    assert np.hypot(rows - 20.0, columns - 30.0) == pytest.approx(10.0, abs=0.02)


def test_a_slope_gives_one_open_line_from_edge_to_edge() -> None:
    row, _ = np.mgrid[0:5, 0:9]
    ((rows, columns),) = zero_lines(row - 2.25)
    assert rows == pytest.approx(2.25)
    assert sorted(columns.tolist()) == list(range(9))


@pytest.mark.parametrize("values", [np.ones((4, 4)), -np.ones((4, 4)), np.zeros((3, 3))])
def test_a_field_that_keeps_its_sign_has_no_line(values: np.ndarray) -> None:
    assert zero_lines(values) == []


@pytest.mark.parametrize(("middle", "joined"), [(2.0, True), (0.5, False)])
def test_two_opposite_corners_are_joined_if_the_mean_is_positive(middle: float, joined: bool) -> None:
    lines = zero_lines(np.array([[middle, -1.0], [-1.0, middle]]))
    assert len(lines) == 2
    cuts_south_west = any({0.0} <= set(rows.tolist()) and {0.0} <= set(columns.tolist()) for rows, columns in lines)
    assert cuts_south_west is not joined


@given(arrays(np.float64, (6, 7), elements=st.floats(-5.0, 5.0).filter(lambda value: abs(value) > 1e-3)))
@settings(max_examples=60, deadline=None)
def test_every_edge_whose_ends_differ_in_sign_is_crossed_once_and_every_line_is_closed_or_ends_at_the_rim(
    values: np.ndarray,
) -> None:
    lines = zero_lines(values)
    positive = values >= 0.0
    crossings = int(np.sum(positive[1:] != positive[:-1]) + np.sum(positive[:, 1:] != positive[:, :-1]))
    met = 0
    for rows, columns in lines:
        closed = rows[0] == rows[-1] and columns[0] == columns[-1] and len(rows) > 2
        met += len(rows) - int(closed)
        if not closed:
            for row, column in ((rows[0], columns[0]), (rows[-1], columns[-1])):
                assert row in {0.0, 5.0} or column in {0.0, 6.0}
    assert met == crossings
