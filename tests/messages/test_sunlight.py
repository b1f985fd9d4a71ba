"""Sunrise and sunset of a warning's days are those of the sun itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Position, Window
from waterspace.environment.sky.sun import passages
from waterspace.messages.daytimes import SUNRISE, SUNSET
from waterspace.messages.sunlight import sun_at
from waterspace.quantity import DAY_MS, SECOND_MS

DAYS = st.integers(-10_000, 30_000)


@given(st.floats(-66.0, 66.0), st.floats(-180.0, 180.0), DAYS)
def test_every_rise_and_set_is_a_passage_of_the_sun_on_the_day_of_the_place(lat: float, lon: float, day: int) -> None:
    place = Position(lat_deg=lat, lon_deg=lon)
    sun = sun_at(place, day, day + 3)
    midday_ms = day * DAY_MS + DAY_MS // 2 - round(lon / 360.0 * DAY_MS)
    seen = passages(place, Window(start_ms=midday_ms - DAY_MS // 2, end_ms=midday_ms + DAY_MS // 2))
    for which, is_rise in ((SUNRISE, True), (SUNSET, False)):
        told_ms = sun(day, which)
        expected = [crossing.time_ms for crossing in seen if crossing.is_rise is is_rise]
        if abs(lat) < 60.0:
            assert told_ms is not None
            assert min(abs(told_ms - time_ms) for time_ms in expected) <= SECOND_MS
        elif told_ms is not None:
            assert told_ms in expected or min(abs(told_ms - time_ms) for time_ms in expected) <= SECOND_MS
