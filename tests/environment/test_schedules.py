"""Schedules by the sun follow the sun at their place."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from waterspace.domain import Position, Schedule, SunEvent, SunTime
from waterspace.environment.sky.schedules import light_at, windows_at
from waterspace.quantity import DAY_MS, MINUTE_MS

SUNRISE, SUNSET = SunTime(event=SunEvent.SUNRISE), SunTime(event=SunEvent.SUNSET)
JULY = date(2023, 7, 20)


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def test_the_date_of_a_sunrise_is_that_of_the_place() -> None:
    """Source: sunrise 19:46Z of the 19th and sunset 10:35Z at 42N 134E, 20 July 2023, by skyfield."""
    lit = light_at(Position(lat_deg=42.0, lon_deg=134.0))(JULY)
    assert lit is not None
    assert lit.start_ms == pytest.approx(ms("2023-07-19T19:46"), abs=2 * MINUTE_MS)
    assert lit.end_ms == pytest.approx(ms("2023-07-20T10:35"), abs=2 * MINUTE_MS)


@pytest.mark.parametrize("lon_deg", [-180.0, -179.9, 0.0, 134.0, 179.9, 180.0])
def test_each_date_has_one_day_around_its_noon(lon_deg: float) -> None:
    place = Position(lat_deg=30.0, lon_deg=lon_deg)
    windows = windows_at(Schedule(first=JULY, last=date(2023, 7, 24), opens=SUNRISE, closes=SUNSET), place)
    assert len(windows) == 5
    noon_ms = ms("2023-07-20T12:00") - round(lon_deg / 360.0 * DAY_MS)
    assert windows[0].start_ms < noon_ms < windows[0].end_ms


def test_a_polar_day_is_one_window_and_a_polar_night_none() -> None:
    place = Position(lat_deg=80.0, lon_deg=20.0)
    schedule = Schedule(first=JULY, last=date(2023, 7, 21), opens=SUNRISE, closes=SUNSET)
    (window,) = windows_at(schedule, place)
    assert window.end_ms - window.start_ms == 2 * DAY_MS
    winter = Schedule(first=date(2023, 12, 20), last=date(2023, 12, 21), opens=SUNRISE, closes=SUNSET)
    assert windows_at(winter, place) == ()
