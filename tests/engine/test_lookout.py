"""Who notices whom: one more observer or sensor leaves the others as they were, and nobody sees beyond his horizon."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreement import RUNS, agrees
from script_cases import at_sea
from waterspace.domain import DataFiles, Leg, Medium, Platform, Position, Sensors, Weather, Window
from waterspace.engine.lookout import Lookout, Sighting, Target, Watcher, is_small
from waterspace.engine.streams import Streams
from waterspace.engine.weather import Weather as RunWeather
from waterspace.environment.metoc.weather import Conditions
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.legs import hold, legs_at_speed, position_at
from waterspace.phenomena.horizon import radar_range_m, radio_range_m, visual_range_m
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M

HERE = Position(lat_deg=39.8, lon_deg=133.2)
SPAN = Window(start_ms=0, end_ms=6 * HOUR_MS)
ALL = Sensors()
FRIGATE = Platform(key="frigate", name="Frigate", kind="frigate", medium=Medium.SURFACE, length_m=134.0)


def draws(seed: int = 1) -> Callable[[str], float]:
    """Numbers by name, as a run gives them."""
    streams, known = Streams(seed), dict[str, float]()

    def draw(name: str) -> float:
        if name not in known:
            known[name] = float(streams.get(f"S1/lookout/{name}").random())
        return known[name]

    return draw


def ship(unit: str, off_m: float = 0.0, platform: Platform | None = FRIGATE) -> Watcher:
    return Watcher.ship(unit, (hold(destination(HERE, 90.0, off_m), SPAN),), platform)


def passing(length_m: float = 180.0, off_m: float = 3000.0, knots: float = 12.0, ais_ratio: float = 1.0) -> Target:
    """A ship that goes north past the others, at a distance to the west of them."""
    abeam = destination(HERE, 270.0, off_m)
    way_m = knots * KNOT_MPS * SPAN.end_ms / 1000.0
    ends = (destination(abeam, 180.0, way_m / 2.0), destination(abeam, 0.0, way_m / 2.0))
    legs = legs_at_speed(ends, 0, knots * KNOT_MPS)
    return Target(id="M1", legs=legs, length_m=length_m, ais_ratio=ais_ratio)


def lookout(*watchers: Watcher, sensors: Sensors = ALL, weather: tuple[Weather, ...] = ()) -> Lookout:
    return Lookout(watchers, sensors, RunWeather(replace(at_sea(), weather=weather)), SPAN)


def by_look(watch: Lookout, target: Target, seed: int) -> dict[tuple[str, str], Sighting]:
    return {(each.unit, each.sensor): each for each in watch.sightings(target, draws(seed))}


@settings(deadline=None, max_examples=40)
@given(
    off_m=st.floats(0.0, 40_000.0),
    length_m=st.floats(10.0, 350.0),
    knots=st.floats(3.0, 25.0),
    seed=st.integers(0, 10_000),
    more=st.integers(1, 3),
)
def test_one_more_observer_changes_nobody_s_luck_and_only_makes_the_first_sighting_earlier(
    off_m: float, length_m: float, knots: float, seed: int, more: int
) -> None:
    target = passing(length_m, off_m, knots, ais_ratio=0.5)
    some = lookout(ship("A"), ship("B", 4000.0))
    others = [ship(f"X{number}", -6000.0 * (number + 1)) for number in range(more)]
    all_ = lookout(others[0], ship("A"), ship("B", 4000.0), *others[1:])
    before, after = by_look(some, target, seed), by_look(all_, target, seed)
    assert {look: sighting for look, sighting in after.items() if not look[0].startswith("X")} == before
    first, earlier = some.first(target, draws(seed)), all_.first(target, draws(seed))
    assert first is None or (earlier is not None and earlier.time_ms <= first.time_ms)


@settings(deadline=None, max_examples=40)
@given(
    off_m=st.floats(0.0, 40_000.0), seed=st.integers(0, 10_000), without=st.sampled_from(("ais", "radar", "lookout"))
)
def test_one_sensor_less_leaves_the_others_luck_untouched(off_m: float, seed: int, without: str) -> None:
    target = passing(off_m=off_m)
    whole = by_look(lookout(ship("A")), target, seed)
    fewer = by_look(lookout(ship("A"), sensors=replace(ALL, **{without: False})), target, seed)
    name = {"ais": "ais", "radar": "radar", "lookout": "eye"}[without]
    assert fewer == {look: sighting for look, sighting in whole.items() if look[1] != name}


@settings(deadline=None, max_examples=60)
@given(
    off_m=st.floats(0.0, 60_000.0),
    length_m=st.floats(10.0, 350.0),
    seed=st.integers(0, 10_000),
    visibility_m=st.floats(500.0, 30_000.0),
)
def test_nobody_notices_what_is_beyond_the_horizon_or_the_visibility(
    off_m: float, length_m: float, seed: int, visibility_m: float
) -> None:
    target, watcher = passing(length_m, off_m), ship("A")
    weather = (Weather(window=SPAN, visibility_m=visibility_m),)
    reach_m = {
        "radar": radar_range_m(watcher.radar_m, target.top_m),
        "eye": min(visibility_m, visual_range_m(watcher.eye_m, target.top_m)),
        "ais": radio_range_m(max(watcher.radar_m, watcher.eye_m), target.top_m),
    }
    for (_, sensor), sighting in by_look(lookout(watcher, weather=weather), target, seed).items():
        assert sighting.range_m <= reach_m[sensor] + 5.0
        really_m = distance_m(position_at(watcher.legs, sighting.time_ms), position_at(target.legs, sighting.time_ms))
        assert sighting.range_m == pytest.approx(really_m, abs=5.0)


def _always(draw: float, name: str) -> float:
    return draw


def test_it_takes_as_long_in_radar_range_as_the_drawn_numbers_say() -> None:
    """A ship that lies in range all the time: half of the radars have it after log 2 mean times."""
    target = Target(id="M1", legs=(hold(destination(HERE, 0.0, 9000.0), SPAN),), length_m=180.0)
    watch = lookout(ship("A"), sensors=replace(ALL, ais=False, lookout=False, radar_mean_ms=10 * MINUTE_MS))
    stream, half_ms = np.random.default_rng(1), 10 * MINUTE_MS * np.log(2.0)
    found = [watch.first(target, partial(_always, float(draw))) for draw in stream.random(RUNS // 10)]
    early = sum(sighting is not None and sighting.time_ms <= half_ms for sighting in found)
    assert agrees(early, 0.5, RUNS // 10)


def test_the_share_of_small_vessels_that_send_ais_is_the_share_that_is_heard() -> None:
    watch = lookout(ship("A"), sensors=replace(ALL, radar=False, lookout=False))
    target = passing(28.0, 2000.0, ais_ratio=0.3)
    heard = sum(watch.first(target, draws(seed)) is not None for seed in range(600))
    assert agrees(heard, 0.3, 600)
    assert all(watch.first(replace(target, ais_ratio=0.0), draws(seed)) is None for seed in range(20))
    assert all(watch.first(replace(target, ais_ratio=1.0), draws(seed)) is not None for seed in range(20))


def test_a_merchant_ship_is_heard_before_it_is_seen() -> None:
    sightings = by_look(lookout(ship("A")), passing(), 1)
    assert sightings["A", "ais"].time_ms < sightings["A", "eye"].time_ms
    assert sightings["A", "ais"].range_m > 15.0 * NAUTICAL_MILE_M


def test_fog_that_comes_down_blinds_the_eye_and_lifts_again() -> None:
    sensors = replace(ALL, ais=False, radar=False, lookout_mean_ms=1000)
    target = Target(id="M1", legs=(hold(destination(HERE, 0.0, 4000.0), SPAN),), length_m=180.0)
    fog = Weather(window=Window(start_ms=0, end_ms=2 * HOUR_MS), visibility_m=200.0)
    found = lookout(ship("A"), sensors=sensors, weather=(fog,)).first(target, draws())
    assert found is not None
    assert 2 * HOUR_MS <= found.time_ms < 2 * HOUR_MS + MINUTE_MS


@pytest.mark.parametrize("order", [1, -1])
def test_of_spells_that_overlap_the_least_visibility_holds_as_it_does_for_all_else(order: int) -> None:
    """A day of clear weather over two hours of fog, in either order: the fog holds, for the eye as for a serial."""
    sensors = replace(ALL, ais=False, radar=False, lookout_mean_ms=1000)
    target = Target(id="M1", legs=(hold(destination(HERE, 0.0, 4000.0), SPAN),), length_m=180.0)
    fog = Weather(window=Window(start_ms=0, end_ms=2 * HOUR_MS), visibility_m=200.0)
    clear = Weather(window=SPAN, visibility_m=20_000.0)
    found = lookout(ship("A"), sensors=sensors, weather=(fog, clear)[::order]).first(target, draws())
    assert found is not None
    assert 2 * HOUR_MS <= found.time_ms < 2 * HOUR_MS + MINUTE_MS


class _Fog(RunWeather):
    """Fields that the planner brings: fog for two hours, and only to the west of a meridian."""

    def conditions(self, position: Position, time_ms: int) -> Conditions:
        thick = position.lon_deg < HERE.lon_deg + 0.1 and time_ms < 2 * HOUR_MS
        return Conditions(visibility_m=200.0 if thick else 20_000.0)


def test_fog_of_the_fields_blinds_whoever_is_in_it_until_it_lifts() -> None:
    sensors = replace(ALL, ais=False, radar=False, lookout_mean_ms=1000)
    target = Target(id="M1", legs=(hold(destination(HERE, 0.0, 4000.0), SPAN),), length_m=180.0)
    weather = _Fog(replace(at_sea(), data=DataFiles(weather="fields.nc")))
    inside, outside = (Lookout((ship("A", off_m),), sensors, weather, SPAN) for off_m in (0.0, 12_000.0))
    late, early = inside.first(target, draws()), outside.first(target, draws())
    assert late is not None
    assert early is not None
    assert early.time_ms < MINUTE_MS
    assert 2 * HOUR_MS <= late.time_ms < 2 * HOUR_MS + MINUTE_MS


def test_an_aircraft_sees_from_its_height_and_not_from_the_deck() -> None:
    up = replace(hold(HERE, Window(start_ms=HOUR_MS, end_ms=SPAN.end_ms)), height_m=600.0)
    legs: tuple[Leg, ...] = (hold(HERE, Window(start_ms=0, end_ms=HOUR_MS)), up)
    target = Target(id="M1", legs=(hold(destination(HERE, 0.0, 60_000.0), SPAN),), length_m=180.0, ais_ratio=1.0)
    clear = (Weather(window=SPAN, visibility_m=80_000.0),)
    found = lookout(Watcher.aircraft("H", legs, None), weather=clear).first(target, draws())
    assert found is not None
    assert (found.sensor, found.unit) == ("eye", "H")
    assert found.time_ms >= HOUR_MS
    assert lookout(ship("A"), weather=clear, sensors=replace(ALL, ais=False)).first(target, draws()) is None


def test_heights_of_the_class_take_the_place_of_those_assumed_and_none_means_no_radar() -> None:
    tall = replace(FRIGATE, radar_height_m=40.0, eye_height_m=25.0)
    assert (ship("A", platform=tall).radar_m, ship("A", platform=tall).eye_m) == (40.0, 25.0)
    assert ship("A").radar_m == pytest.approx(21.4, abs=0.1)
    blind = ship("A", platform=replace(FRIGATE, radar_height_m=0.0))
    assert ("A", "radar") not in by_look(lookout(blind), passing(), 1)
    patrol = replace(FRIGATE, medium=Medium.AIR, radar_height_m=1.0)
    aloft = (replace(hold(HERE, SPAN), height_m=300.0),)
    assert ("P", "radar") in by_look(lookout(Watcher.aircraft("P", aloft, patrol)), passing(), 1)


def test_a_vessel_of_forty_metres_is_small_and_one_of_ninety_is_not() -> None:
    assert is_small(40.0)
    assert not is_small(90.0)


def test_with_nobody_to_look_or_nobody_to_be_seen_nothing_is_noticed() -> None:
    assert lookout().first(passing(), draws()) is None
    later = Target(id="M1", legs=(hold(HERE, Window(start_ms=SPAN.end_ms, end_ms=SPAN.end_ms + 1)),), length_m=50.0)
    assert lookout(ship("A")).first(later, draws()) is None


def test_the_stream_of_a_look_is_named_after_the_serial_the_observer_the_sensor_and_the_stranger() -> None:
    """What was drawn for one look today is drawn for it whatever else comes to be drawn."""
    key = int.from_bytes(hashlib.sha256(b"7\x1fS1/lookout/A/radar/M1").digest()[:16], "big")
    expected = float(np.random.Generator(np.random.Philox(key=key)).random())
    assert draws(7)("A/radar/M1") == expected
