"""The moon: phases, age, illumination and direction."""

import datetime as dt
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus
from strategies import positions
from waterspace.domain import Position, Window
from waterspace.environment.sky import light, moon
from waterspace.environment.sky.moon import MoonPhase
from waterspace.errors import GeometryError
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

INSTANTS = st.integers(-70 * 365 * DAY_MS, 130 * 365 * DAY_MS)
SYNODIC_MS = 29.53 * DAY_MS


def at(text: str) -> int:
    moment = dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)
    return round(moment.timestamp() * SECOND_MS)


def test_the_illuminated_fraction_agrees_with_the_naval_observatory() -> None:
    published = json.loads(corpus("astro", "published_usno.json").read_text(encoding="utf-8"))
    ours = moon.illuminated_ratios([at(case["when_utc"]) for case in published["moon_illum"]])
    assert np.all(np.abs(ours - [case["fraction"] for case in published["moon_illum"]]) <= 0.01)


def test_quarters_agree_with_the_naval_observatory() -> None:
    published = json.loads(corpus("astro", "published_usno.json").read_text(encoding="utf-8"))
    names = {"first_quarter": MoonPhase.FIRST_QUARTER, "full_moon": MoonPhase.FULL}
    for name, when in published["moon_phases"]:
        found = moon.next_phase_ms(names[name], at(when) - 3 * DAY_MS)
        assert abs(found - at(when)) <= MINUTE_MS
        assert moon.phase(found) is names[name]


def test_the_moon_of_the_exercise_is_a_waxing_crescent() -> None:
    here = light.moon(Position(lat_deg=42.0, lon_deg=134.0), at("2023-07-20T00:00"))
    assert here.phase is MoonPhase.WAXING_CRESCENT
    assert here.illuminated_ratio == pytest.approx(0.0466, abs=0.001)
    assert here.age_ms == pytest.approx(at("2023-07-20T00:00") - at("2023-07-17T18:32"), abs=MINUTE_MS)


def test_a_month_has_every_phase_in_its_order() -> None:
    start_ms = moon.next_phase_ms(MoonPhase.NEW, at("2023-07-01"))
    seen = [moon.phase(start_ms + hour * HOUR_MS) for hour in range(int(SYNODIC_MS / HOUR_MS))]
    changes = [name for name, before in zip(seen, [None, *seen], strict=False) if name is not before]
    assert changes == [*MoonPhase, MoonPhase.NEW]


@pytest.mark.parametrize("wanted", [MoonPhase.WAXING_CRESCENT, MoonPhase.WANING_GIBBOUS])
def test_a_crescent_has_no_instant(wanted: MoonPhase) -> None:
    with pytest.raises(ValueError, match="has no instant"):
        moon.next_phase_ms(wanted, 0)


@given(time_ms=INSTANTS)
def test_an_age_is_at_most_a_month_and_a_new_moon_is_dark(time_ms: int) -> None:
    age_ms = float(moon.ages_ms(time_ms))
    assert 0.0 <= age_ms <= 30.0 * DAY_MS
    assert float(moon.illuminated_ratios(time_ms - age_ms)) < 0.005


@given(position=positions(), time_ms=INSTANTS)
def test_directions_are_in_range_and_take_arrays(position: Position, time_ms: int) -> None:
    altitudes, azimuths = moon.directions([position.lat_deg, position.lat_deg], position.lon_deg, time_ms)
    assert altitudes.shape == azimuths.shape == (2,)
    assert altitudes[0] == altitudes[1]
    assert -90.0 <= altitudes[0] <= 90.0
    assert 0.0 <= azimuths[0] < 360.0


@given(position=positions(), start_ms=INSTANTS)
def test_at_moonrise_and_moonset_the_upper_limb_is_at_the_horizon(position: Position, start_ms: int) -> None:
    for change in moon.passages(position, Window(start_ms=start_ms, end_ms=start_ms + 2 * DAY_MS)):
        altitudes, _ = moon.directions(position.lat_deg, position.lon_deg, change.time_ms)
        assert float(altitudes) == pytest.approx(-(34.0 + 15.5) / 60.0, abs=0.025)


def test_a_month_at_the_pole_has_one_moonrise_and_one_moonset() -> None:
    pole, start_ms = Position(lat_deg=90.0, lon_deg=0.0), at("2023-07-01")
    kinds = (light.LightKind.MOONRISE, light.LightKind.MOONSET)
    found = light.events(pole, start_ms, start_ms + 27 * DAY_MS, kinds)
    assert sorted(event.kind for event in found) == sorted(kinds)


def test_a_time_out_of_range_is_refused() -> None:
    for ask in (
        moon.illuminated_ratios,
        moon.ages_ms,
        moon.phase,
        lambda when: moon.next_phase_ms(MoonPhase.NEW, when),
    ):
        with pytest.raises(GeometryError, match="1800 to 2299"):
            ask(500 * 365 * DAY_MS)
