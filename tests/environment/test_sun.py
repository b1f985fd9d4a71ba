"""The sun: altitude and daylight."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus
from strategies import positions
from waterspace.domain import Position, Window
from waterspace.environment.sky.sun import HORIZON_DEG, daylight, first_dark_ms, sun_altitude_deg
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

SEA_OF_JAPAN = Position(lat_deg=42.0, lon_deg=134.0)
INSTANTS = st.integers(0, 60 * 365 * DAY_MS)


def at(text: str) -> int:
    moment = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    return round(moment.timestamp() * SECOND_MS)


def day(text: str, days: int = 1) -> Window:
    return Window(start_ms=at(text), end_ms=at(text) + days * DAY_MS)


@pytest.fixture(scope="module")
def published() -> dict[str, list[dict[str, object]]]:
    text = corpus("astro", "published_usno.json").read_text(encoding="utf-8")
    loaded: dict[str, list[dict[str, object]]] = json.loads(text)
    return loaded


def test_sunrise_and_sunset_agree_with_the_naval_observatory(published: dict[str, list[dict[str, float]]]) -> None:
    for case in published["sun"]:
        position = Position(lat_deg=case["lat"], lon_deg=case["lon"])
        rise, fall = at(str(case["sunrise_utc"])), at(str(case["sunset_utc"]))
        (light,) = daylight(position, Window(start_ms=rise - 4 * HOUR_MS, end_ms=fall + 4 * HOUR_MS))
        assert abs(light.start_ms - rise) <= MINUTE_MS
        assert abs(light.end_ms - fall) <= MINUTE_MS


@pytest.mark.parametrize(
    ("name", "horizon_deg"), [("astronomical", -18.0), ("nautical", -12.0), ("civil", -6.0), ("sun", HORIZON_DEG)]
)
def test_twilight_agrees_with_the_naval_observatory(
    published: dict[str, list[dict[str, object]]], name: str, horizon_deg: float
) -> None:
    dawn, dusk = ("sunrise", "sunset") if name == "sun" else (f"{name}_dawn", f"{name}_dusk")
    for case in published["twilight"]:
        events = dict(case["events"])  # type: ignore[call-overload]
        position = Position(lat_deg=case["lat"], lon_deg=case["lon"])  # type: ignore[arg-type]
        start_ms = at(str(case["from_utc"]))
        (light,) = daylight(position, Window(start_ms=start_ms, end_ms=start_ms + DAY_MS), horizon_deg)
        assert abs(light.start_ms - at(events[dawn])) <= MINUTE_MS
        assert abs(light.end_ms - at(events[dusk])) <= MINUTE_MS


def test_the_sun_of_the_exercise_area_rises_and_sets_as_skyfield_says() -> None:
    light = daylight(SEA_OF_JAPAN, Window(start_ms=at("2023-07-19T15:00"), end_ms=at("2023-07-20T15:00")))
    assert len(light) == 1
    assert abs(light[0].start_ms - at("2023-07-19T19:46")) <= MINUTE_MS
    assert abs(light[0].end_ms - at("2023-07-20T10:35")) <= MINUTE_MS
    nautical = daylight(SEA_OF_JAPAN, Window(start_ms=at("2023-07-20T03:00"), end_ms=at("2023-07-20T15:00")), -12.0)
    assert abs(nautical[0].end_ms - at("2023-07-20T11:49")) <= MINUTE_MS


def test_darkness_begins_at_sunset() -> None:
    dark_ms = first_dark_ms(SEA_OF_JAPAN, Window(start_ms=at("2023-07-20T03:00"), end_ms=at("2023-07-21T03:00")))
    assert dark_ms is not None
    assert abs(dark_ms - at("2023-07-20T10:35")) <= MINUTE_MS


def test_a_window_that_begins_at_night_is_dark_at_once() -> None:
    window = Window(start_ms=at("2023-07-20T15:00"), end_ms=at("2023-07-21T03:00"))
    assert first_dark_ms(SEA_OF_JAPAN, window) == window.start_ms


def test_a_window_within_the_day_is_never_dark() -> None:
    window = Window(start_ms=at("2023-07-20T00:00"), end_ms=at("2023-07-20T10:00"))
    assert first_dark_ms(SEA_OF_JAPAN, window) is None
    assert daylight(SEA_OF_JAPAN, window) == (window,)


def test_a_night_within_a_long_window_is_not_missed_though_both_ends_are_light() -> None:
    window = Window(start_ms=at("2023-07-20T03:00"), end_ms=at("2023-07-23T03:00"))
    light = daylight(SEA_OF_JAPAN, window)
    assert len(light) == 4
    assert (light[0].start_ms, light[-1].end_ms) == (window.start_ms, window.end_ms)


@pytest.mark.parametrize("lat_deg", [72.0, 80.0, 89.9, 90.0])
@pytest.mark.parametrize("lon_deg", [-180.0, 0.0, 33.0, 180.0])
def test_polar_day_and_polar_night_are_ordinary_answers(lat_deg: float, lon_deg: float) -> None:
    summer, winter = day("2023-06-20", 3), day("2023-12-20", 3)
    north, south = (Position(lat_deg=sign * lat_deg, lon_deg=lon_deg) for sign in (1.0, -1.0))
    assert first_dark_ms(north, summer) is None
    assert first_dark_ms(south, winter) is None
    assert daylight(north, winter) == daylight(south, summer) == ()
    assert first_dark_ms(north, winter) == winter.start_ms


def test_a_night_of_a_few_minutes_is_found() -> None:
    position = Position(lat_deg=66.55, lon_deg=0.0)
    window = Window(start_ms=at("2023-06-05T12:00"), end_ms=at("2023-06-06T12:00"))
    light = daylight(position, window)
    assert len(light) == 2
    assert 0 < light[1].start_ms - light[0].end_ms < 30 * MINUTE_MS


def test_an_empty_window_has_no_light() -> None:
    noon = at("2023-07-20T03:00")
    assert daylight(SEA_OF_JAPAN, Window(start_ms=noon, end_ms=noon)) == ()


@given(position=positions(), start_ms=INSTANTS, hours=st.integers(1, 72), part=st.floats(0.0, 1.0))
def test_the_sun_is_up_in_daylight_and_down_outside_it(
    position: Position, start_ms: int, hours: int, part: float
) -> None:
    window = Window(start_ms=start_ms, end_ms=start_ms + hours * HOUR_MS)
    time_ms = start_ms + int(part * (window.end_ms - start_ms - 1))
    inside = any(span.start_ms <= time_ms < span.end_ms for span in daylight(position, window))
    altitude_deg = sun_altitude_deg(position, time_ms)
    if abs(altitude_deg - HORIZON_DEG) > 0.02:
        assert inside == (altitude_deg > HORIZON_DEG)


@given(position=positions(), start_ms=INSTANTS, hours=st.integers(1, 48))
def test_the_first_darkness_is_the_first_instant_without_daylight(
    position: Position, start_ms: int, hours: int
) -> None:
    window = Window(start_ms=start_ms, end_ms=start_ms + hours * HOUR_MS)
    dark_ms = first_dark_ms(position, window)
    if dark_ms is None:
        assert daylight(position, window) == (window,)
    else:
        assert window.start_ms <= dark_ms < window.end_ms
        assert daylight(position, window) != (window,)
