"""Light: events, states, refraction and glare."""

import datetime as dt
import json
import math
from pathlib import Path

import ephem  # type: ignore[import-untyped]
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus
from strategies import positions
from waterspace.domain import Position
from waterspace.environment.sky import light, sun
from waterspace.environment.sky.light import Light, LightEvent, LightKind, Polar
from waterspace.errors import GeometryError
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

SEA_OF_JAPAN = Position(lat_deg=42.0, lon_deg=134.0)
INSTANTS = st.integers(-70 * 365 * DAY_MS, 130 * 365 * DAY_MS)
SUN_KINDS = tuple(LightKind)[:8]
USNO_HORIZON = "-0:34"
EPHEM_1970 = 25_567.5


def at(text: str) -> int:
    moment = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    return round(moment.timestamp() * SECOND_MS)


def place(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


@pytest.fixture(scope="module")
def published() -> dict[str, list[dict[str, object]]]:
    path: Path = corpus("astro", "published_usno.json")
    loaded: dict[str, list[dict[str, object]]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


# --------------------------------------------------------------------------------------------------------- known cases


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (LightKind.SUNRISE, "2023-07-20T19:46"),
        (LightKind.SUNSET, "2023-07-20T10:35"),
        (LightKind.NAUTICAL_DUSK, "2023-07-20T11:49"),
        (LightKind.ASTRONOMICAL_DUSK, "2023-07-20T12:37"),
    ],
)
def test_a_day_in_the_sea_of_japan_is_known_to_the_minute(kind: LightKind, expected: str) -> None:
    found = light.next_event(SEA_OF_JAPAN, kind, at("2023-07-20T00:00"))
    assert found is not None
    assert abs(found - at(expected)) <= 30 * SECOND_MS


def test_all_eight_events_of_the_sun_agree_with_the_naval_observatory(
    published: dict[str, list[dict[str, object]]],
) -> None:
    for case in published["twilight"]:
        here, start_ms = place(float(str(case["lat"])), float(str(case["lon"]))), at(str(case["from_utc"]))
        found = light.events(here, start_ms, start_ms + DAY_MS, SUN_KINDS)
        expected = [(name, at(when)) for name, when in case["events"]]  # type: ignore[attr-defined]
        assert [event.kind for event in found] == [name for name, _ in expected]
        assert all(abs(event.time_ms - when) <= MINUTE_MS for event, (_, when) in zip(found, expected, strict=True))


def test_a_moon_that_is_up_for_half_an_hour_agrees_with_the_naval_observatory(
    published: dict[str, list[dict[str, object]]],
) -> None:
    for case in published["moon_rise_set"]:
        here = place(float(str(case["lat"])), float(str(case["lon"])))
        rise_ms, set_ms = at(str(case["rise_utc"])), at(str(case["set_utc"]))
        moonrise, moonset = light.events(
            here, rise_ms - 6 * HOUR_MS, set_ms + 6 * HOUR_MS, (LightKind.MOONRISE, LightKind.MOONSET)
        )
        assert (moonrise.kind, moonset.kind) == (LightKind.MOONRISE, LightKind.MOONSET)
        assert abs(moonrise.time_ms - rise_ms) <= MINUTE_MS
        assert abs(moonset.time_ms - set_ms) <= MINUTE_MS


def test_the_events_of_a_day_come_in_order_and_each_once() -> None:
    found = light.events(SEA_OF_JAPAN, at("2023-07-19T15:00"), at("2023-07-20T15:00"))
    assert [event.kind.value for event in found] == [
        "astronomical_dawn",
        "nautical_dawn",
        "civil_dawn",
        "sunrise",
        "moonrise",
        "sunset",
        "civil_dusk",
        "nautical_dusk",
        "moonset",
        "astronomical_dusk",
    ]
    assert list(found) == sorted(found, key=lambda event: event.time_ms)


def test_only_the_kinds_asked_for_are_given() -> None:
    found = light.events(SEA_OF_JAPAN, at("2023-07-20"), at("2023-07-22"), (LightKind.SUNSET,))
    assert [event.kind for event in found] == [LightKind.SUNSET] * 2


def test_an_event_at_the_very_time_asked_for_is_the_next_one() -> None:
    first_ms = light.next_event(SEA_OF_JAPAN, LightKind.SUNSET, at("2023-07-20"))
    assert first_ms is not None
    again_ms = light.next_event(SEA_OF_JAPAN, LightKind.SUNSET, first_ms)
    assert again_ms is not None
    assert abs(again_ms - first_ms) <= 1
    later_ms = light.next_event(SEA_OF_JAPAN, LightKind.SUNSET, first_ms + SECOND_MS)
    assert later_ms is not None
    assert later_ms - first_ms > 23 * HOUR_MS


# -------------------------------------------------------------------------------------------------- polar day and night


@pytest.mark.parametrize("lat_deg", [72.0, 80.0, 90.0])
@pytest.mark.parametrize("lon_deg", [-180.0, 0.0, 33.0, 180.0])
def test_polar_day_and_night_have_no_event_and_say_so(lat_deg: float, lon_deg: float) -> None:
    north, south = place(lat_deg, lon_deg), place(-lat_deg, lon_deg)
    summer, winter = at("2023-06-20"), at("2023-12-20")
    for here, now_ms, polar in (
        (north, summer, Polar.DAY),
        (north, winter, Polar.NIGHT),
        (south, summer, Polar.NIGHT),
        (south, winter, Polar.DAY),
    ):
        assert light.state(here, now_ms).polar is polar
        assert light.next_event(here, LightKind.SUNRISE, now_ms) is None
        assert light.next_event(here, LightKind.SUNSET, now_ms) is None


def test_a_polar_night_may_have_twilight() -> None:
    noon = light.state(place(69.0, 33.0), at("2023-12-20T10:00"))
    assert (noon.light, noon.polar) == (Light.CIVIL_TWILIGHT, Polar.NIGHT)
    assert str(noon) == "polar night (civil twilight)"
    assert str(light.state(place(89.0, 0.0), at("2023-12-20T10:00"))) == "polar night"
    assert str(light.state(place(80.0, 0.0), at("2023-06-20T23:00"))) == "polar day"


def test_the_next_sunset_of_a_polar_day_is_found_by_who_looks_far_enough() -> None:
    here, now_ms = place(80.0, 0.0), at("2023-06-20")
    found = light.next_event(here, LightKind.SUNSET, now_ms, within_ms=90 * DAY_MS)
    assert found is not None
    assert at("2023-08-15") < found < at("2023-09-05")


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2023-07-20T03:00", "day"),
        ("2023-07-20T10:50", "civil twilight"),
        ("2023-07-20T11:30", "nautical twilight"),
        ("2023-07-20T12:15", "astronomical twilight"),
        ("2023-07-20T15:00", "night"),
    ],
)
def test_an_evening_gets_darker_by_name(time: str, expected: str) -> None:
    assert str(light.state(SEA_OF_JAPAN, at(time))) == expected


# -------------------------------------------------------------------------------------------------- altitude, azimuth


def test_the_sun_stands_in_the_south_at_noon_in_the_sea_of_japan() -> None:
    noon = light.sun(SEA_OF_JAPAN, at("2023-07-20T03:10"))
    assert noon.azimuth_deg == pytest.approx(180.0, abs=2.0)
    assert noon.altitude_deg == pytest.approx(90.0 - 42.0 + 20.7, abs=0.1)


def test_refraction_lifts_a_sun_at_the_horizon_by_its_own_breadth() -> None:
    assert float(light.refraction_deg(0.0)) == pytest.approx(29.0 / 60.0, abs=1.0 / 60.0)
    assert float(light.refraction_deg(-0.5667)) == pytest.approx(34.0 / 60.0, abs=1.0 / 60.0)
    assert float(light.refraction_deg(45.0)) == pytest.approx(1.0 / 60.0, abs=0.1 / 60.0)


@given(st.floats(-90.0, 90.0))
def test_refraction_never_lowers_and_never_turns_the_order_of_altitudes(altitude_deg: float) -> None:
    here, above = light.refraction_deg([altitude_deg, altitude_deg + 0.01]).tolist()
    assert 0.0 <= here <= 0.6
    assert altitude_deg + here < altitude_deg + 0.01 + above


@given(position=positions(), time_ms=INSTANTS)
def test_one_place_and_many_places_have_the_same_sun(position: Position, time_ms: int) -> None:
    one = light.sun(position, time_ms)
    many = light.solar_altitudes_deg([[position.lat_deg]], [position.lon_deg, 0.0], [[time_ms], [0]])
    assert many.shape == (2, 2)
    assert many[0, 0] == pytest.approx(one.altitude_deg, abs=1e-9)
    assert 0.0 <= one.azimuth_deg < 360.0


def test_a_large_array_is_computed_in_blocks_as_a_small_one_is() -> None:
    generator = np.random.default_rng(3)
    lat, lon = generator.uniform(-90.0, 90.0, (300, 1)), generator.uniform(-180.0, 180.0, 200)
    times = at("2023-07-20") + generator.integers(0, DAY_MS, 200)
    whole = light.solar_altitudes_deg(lat, lon, times)
    assert whole.shape == (300, 200)
    assert np.array_equal(whole[7], light.solar_altitudes_deg(lat[7], lon, times))


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg", "time_ms"),
    [
        (90.1, 0.0, 0),
        (-91.0, 0.0, 0),
        (math.nan, 0.0, 0),
        (0.0, math.inf, 0),
        (0.0, 0.0, 400 * 365 * DAY_MS),
        (0.0, 0.0, -400 * 365 * DAY_MS),
    ],
)
def test_what_cannot_be_computed_is_refused(lat_deg: float, lon_deg: float, time_ms: int) -> None:
    here = place(lat_deg, lon_deg)
    with pytest.raises(GeometryError):
        light.sun(here, time_ms)
    with pytest.raises(GeometryError):
        light.moon(here, time_ms)
    with pytest.raises(GeometryError):
        light.events(here, time_ms, time_ms + DAY_MS)
    with pytest.raises(GeometryError):
        light.solar_altitudes_deg([0.0, lat_deg], [lon_deg, 0.0], time_ms)


# ---------------------------------------------------------------------------------------------------------------- glare


def test_a_low_sun_dazzles_from_its_bearing() -> None:
    evening = at("2023-07-20T10:00")
    bearing_deg = light.glare_bearing_deg(SEA_OF_JAPAN, evening)
    assert bearing_deg == pytest.approx(293.5, abs=0.5)
    relative_deg = light.relative_glare_deg(SEA_OF_JAPAN, evening, heading_deg=303.5)
    assert relative_deg == pytest.approx(-10.0, abs=0.5)


def test_neither_a_high_sun_nor_one_that_is_down_dazzles() -> None:
    for time in ("2023-07-20T03:00", "2023-07-20T12:00"):
        assert light.glare_bearing_deg(SEA_OF_JAPAN, at(time)) is None
        assert light.relative_glare_deg(SEA_OF_JAPAN, at(time), 0.0) is None


@given(position=positions(), time_ms=INSTANTS)
def test_glare_comes_from_the_azimuth_of_a_sun_between_the_horizon_and_the_limit(
    position: Position, time_ms: int
) -> None:
    now = light.sun(position, time_ms)
    bearing_deg = light.glare_bearing_deg(position, time_ms)
    is_low = 0.0 <= now.apparent_altitude_deg <= light.GLARE_LIMIT_DEG
    assert bearing_deg == (now.azimuth_deg if is_low else None)


# ------------------------------------------------------------------------------------------------------------- laws


@given(position=positions(), start_ms=INSTANTS, kind=st.sampled_from(SUN_KINDS))
def test_at_an_event_the_sun_stands_at_its_altitude(position: Position, start_ms: int, kind: LightKind) -> None:
    found = light.next_event(position, kind, start_ms)
    if found is None:
        return
    assert start_ms <= found < start_ms + 2 * DAY_MS
    horizon_deg = {"sun": sun.HORIZON_DEG, "civ": -6.0, "nau": -12.0, "ast": -18.0}[kind.value[:3]]
    before, after = light.solar_altitudes_deg(
        position.lat_deg, position.lon_deg, [found - SECOND_MS, found + SECOND_MS]
    ).tolist()
    assert min(before, after) - 1e-4 <= horizon_deg <= max(before, after) + 1e-4


@given(position=positions(), start_ms=INSTANTS)
def test_the_events_of_two_halves_are_those_of_the_whole(position: Position, start_ms: int) -> None:
    middle_ms, end_ms = start_ms + 17 * HOUR_MS, start_ms + 40 * HOUR_MS
    kinds = (LightKind.SUNRISE, LightKind.SUNSET, LightKind.CIVIL_DUSK)
    halves = light.events(position, start_ms, middle_ms, kinds) + light.events(position, middle_ms, end_ms, kinds)
    whole = light.events(position, start_ms, end_ms, kinds)
    assert len(halves) == len(whole)
    assert all(abs(a.time_ms - b.time_ms) <= SECOND_MS for a, b in zip(halves, whole, strict=True))


# ------------------------------------------------------------------------------------------------------------- oracles


def _observer(position: Position, time_ms: int) -> "ephem.Observer":
    observer = ephem.Observer()
    observer.lat, observer.lon = math.radians(position.lat_deg), math.radians(position.lon_deg)
    observer.elevation = observer.pressure = 0.0
    observer.date = time_ms / DAY_MS + EPHEM_1970
    return observer


def _drawn(count: int, seed: int) -> list[tuple[Position, int]]:
    """Places spread evenly over the Earth and times from 1900 to 2100."""
    generator = np.random.default_rng(seed)
    lat = np.degrees(np.arcsin(generator.uniform(-1.0, 1.0, count))).tolist()
    lon = generator.uniform(-180.0, 180.0, count).tolist()
    times = generator.integers(at("1900-01-01"), at("2100-01-01"), count).tolist()
    return [(place(a, b), time) for a, b, time in zip(lat, lon, times, strict=True)]


def _height_after_a_minute(position: Position, time_ms: int) -> float:
    pair = light.solar_altitudes_deg(position.lat_deg, position.lon_deg, [time_ms, time_ms + MINUTE_MS])
    return abs(float(pair[1] - pair[0]))


@pytest.mark.deep
def test_the_sun_of_two_centuries_stands_where_ephem_has_it() -> None:
    body = ephem.Sun()
    for position, time_ms in _drawn(20_000, seed=7):
        body.compute(_observer(position, time_ms))
        ours = light.sun(position, time_ms)
        assert ours.altitude_deg == pytest.approx(math.degrees(body.alt), abs=0.006)
        apart_deg = (ours.azimuth_deg - math.degrees(body.az) + 180.0) % 360.0 - 180.0
        assert abs(apart_deg) * math.cos(body.alt) <= 0.006


@pytest.mark.deep
@pytest.mark.parametrize(
    ("kind", "horizon_deg"),
    [(LightKind.SUNRISE, sun.HORIZON_DEG), (LightKind.CIVIL_DAWN, -6.0), (LightKind.ASTRONOMICAL_DAWN, -18.0)],
)
def test_the_sun_rises_when_ephem_says_so(kind: LightKind, horizon_deg: float) -> None:
    compared = 0
    for position, time_ms in _drawn(2_000, seed=11):
        observer = _observer(position, time_ms)
        observer.horizon = math.radians(horizon_deg)
        ours_ms = light.next_event(position, kind, time_ms)
        try:
            theirs = observer.next_rising(ephem.Sun(), use_center=True)
        except ephem.CircumpolarError:
            continue
        if ours_ms is None or _height_after_a_minute(position, ours_ms) < 0.02:
            continue  # it grazes the horizon: a hair's breadth of altitude is minutes
        theirs_ms = (float(theirs) - EPHEM_1970) * DAY_MS
        assert abs(ours_ms - theirs_ms) <= 30 * SECOND_MS, (position, time_ms)
        compared += 1
    assert compared > 1_500


@pytest.mark.deep
def test_the_moon_rises_and_sets_when_ephem_says_so_wherever_its_search_finds_anything() -> None:
    compared = 0
    for position, time_ms in _drawn(1_000, seed=13):
        if abs(position.lat_deg) > 60.0:
            continue
        observer = _observer(position, time_ms)
        observer.horizon = USNO_HORIZON
        for kind, search in ((LightKind.MOONRISE, observer.next_rising), (LightKind.MOONSET, observer.next_setting)):
            observer.date = time_ms / DAY_MS + EPHEM_1970
            theirs_ms = (float(search(ephem.Moon())) - EPHEM_1970) * DAY_MS
            ours_ms = light.next_event(position, kind, time_ms)
            assert ours_ms is not None
            assert abs(ours_ms - theirs_ms) <= 5 * SECOND_MS
            compared += 1
    assert compared > 1_000


@pytest.mark.deep
def test_a_second_library_has_the_same_sunsets() -> None:
    astral_sun = pytest.importorskip("astral.sun", reason="astral is not installed")
    from astral import Observer

    compared = 0
    for position, time_ms in _drawn(3_000, seed=17):
        if abs(position.lat_deg) > 60.0:
            continue
        moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=time_ms)
        observer = Observer(position.lat_deg, position.lon_deg, 0.0)
        fall = astral_sun.sunset(observer, moment.date())
        fall_ms = round(fall.timestamp() * SECOND_MS)
        ours = light.events(position, fall_ms - HOUR_MS, fall_ms + HOUR_MS, (LightKind.SUNSET,))
        assert len(ours) == 1
        assert abs(ours[0].time_ms - fall_ms) <= MINUTE_MS
        compared += 1
    assert compared > 2_000


def test_an_event_is_a_plain_value() -> None:
    assert LightEvent(kind=LightKind.SUNSET, time_ms=1) == LightEvent(kind=LightKind("sunset"), time_ms=1)
