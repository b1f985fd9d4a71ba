"""Bands of height."""

from __future__ import annotations

import math

import pytest

from waterspace.domain import Band


def test_a_band_around_others_reaches_from_the_lowest_to_the_highest() -> None:
    low, high = Band(floor_m=-15.0, ceiling_m=60.0), Band(floor_m=900.0, ceiling_m=math.inf)
    assert Band.around(iter([high, low])) == Band(floor_m=-15.0, ceiling_m=math.inf)
    assert Band.around([low]) == low
    with pytest.raises(ValueError, match="empty"):
        Band.around([])
