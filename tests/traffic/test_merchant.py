"""Merchant ships: never over land, never too fast, as many as they should be, each by its own chance."""

from __future__ import annotations

import functools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.environment import places
from waterspace.environment.shores import coast
from waterspace.errors import GeometryError
from waterspace.geometry.geodesic import distances_m
from waterspace.geometry.legs import positions_at
from waterspace.quantity import DAY_MS, HOUR_MS, NAUTICAL_MILE_M
from waterspace.traffic import Traffic, TrafficPlan, build, merchant
from waterspace.traffic.draws import triangular
from waterspace.traffic.tables import ShipKind, VoyageEnd, ship_kinds, voyage_ends

START_MS = 1_689_379_200_000  # 2023-07-15T00:00Z
HARBOUR_M = 10.0 * NAUTICAL_MILE_M


def end(code: str, group: str = "") -> VoyageEnd:
    return VoyageEnd(code=code, position=places.lookup(code).position, group=group, weight_ratio=2.0, is_gate=False)


ENDS = (
    end("KRUSN"),
    end("JPKIJ"),
    end("JPTOY", "coast"),
    VoyageEnd(code="GATE", position=Position(lat_deg=41.2, lon_deg=143.8), group="", weight_ratio=5.0, is_gate=True),
)
PLAN = TrafficPlan(start_ms=START_MS, end_ms=START_MS + 4 * DAY_MS, merchant_count=400.0, ends=ENDS)


@functools.cache
def made() -> Traffic:
    return build(PLAN, 7)


def assert_at_sea(traffic: Traffic, ends: tuple[VoyageEnd, ...]) -> int:
    """No leg farther than a harbour's approaches from every port runs over land; how many such legs there were."""
    ports = [each.position for each in ends if not each.is_gate]
    legs = [(leg.start, leg.end) for number in range(len(traffic)) for leg in traffic.legs(number)]
    lat, lon = (np.array([getattr(start, name) for start, _ in legs]) for name in ("lat_deg", "lon_deg"))
    lat2, lon2 = (np.array([getattr(stop, name) for _, stop in legs]) for name in ("lat_deg", "lon_deg"))
    open_water = np.ones(len(legs), dtype=bool)
    for port in ports:
        for at_lat, at_lon in ((lat, lon), (lat2, lon2)):
            open_water &= distances_m(at_lat, at_lon, port.lat_deg, port.lon_deg) > HARBOUR_M
    looked_at = [leg for leg, is_open in zip(legs, open_water.tolist(), strict=True) if is_open]
    assert not any(coast.load().land_on_legs(looked_at))
    return len(looked_at)


def test_no_ship_sails_over_land_beyond_the_approaches_of_its_harbours() -> None:
    assert assert_at_sea(made(), ENDS) > 1000


@pytest.mark.deep
def test_none_of_two_thousand_ships_of_the_packaged_tables_sails_over_land() -> None:
    plan = TrafficPlan(start_ms=START_MS, end_ms=START_MS + 9 * DAY_MS, merchant_count=2000.0)
    traffic = build(plan, 1)
    assert 1800 < len(traffic) < 2200
    assert assert_at_sea(traffic, voyage_ends()) > 10_000
    assert traffic.size_bytes < 20_000_000


def test_every_leg_is_sailed_at_the_speed_of_its_ship_which_its_kind_allows() -> None:
    traffic = made()
    bounds = {kind.name: kind for kind in ship_kinds()}
    segments = traffic.segments()
    own = np.array([vessel.speed_mps for vessel in traffic.vessels])[segments.vessel]
    lasting = segments.end_ms - segments.start_ms > 60_000
    assert segments.speed_mps[lasting] == pytest.approx(own[lasting], rel=1e-3)
    for vessel in traffic.vessels:
        assert bounds[vessel.kind].speeds_mps[0] <= vessel.speed_mps <= bounds[vessel.kind].speeds_mps[2]
        assert bounds[vessel.kind].lengths_m[0] <= vessel.length_m <= bounds[vessel.kind].lengths_m[2]


def test_tracks_lie_within_the_span_and_each_leg_starts_where_and_when_the_one_before_ends() -> None:
    traffic = made()
    for number, track in enumerate(traffic.tracks()):
        assert track.unit == traffic.vessels[number].id
        assert track.legs[0].start_ms >= PLAN.start_ms
        assert track.legs[-1].end_ms <= PLAN.end_ms
        assert all(leg.start_ms < leg.end_ms for leg in track.legs)
        for leg, after in zip(track.legs[:-1], track.legs[1:], strict=True):
            assert (leg.end_ms, leg.end) == (after.start_ms, after.start)


def test_as_many_ships_are_under_way_as_depart_in_the_time_that_a_voyage_takes() -> None:
    demand = merchant.demand(PLAN)
    times_ms = [PLAN.start_ms + hours * HOUR_MS for hours in (0, 24, 48, 72, 96)]
    seeds = range(40)
    counts = np.array(
        [[made_with.at(time)[0].size for time in times_ms] for made_with in (build(PLAN, s) for s in seeds)]
    )
    expected = demand.under_way_count
    spread = np.sqrt(expected / len(seeds))  # of the mean of Poisson numbers
    assert np.abs(counts.mean(axis=0) - expected).max() < 4.0 * spread
    assert counts.sum() > 0
    whole = np.array([len(build(PLAN, seed)) for seed in seeds])
    assert abs(whole.mean() - PLAN.merchant_count) < 4.0 * np.sqrt(PLAN.merchant_count / len(seeds))


def test_the_same_seed_gives_the_same_ships_and_another_seed_others() -> None:
    again, other = build(PLAN, 7), build(PLAN, 8)
    assert again.vessels == made().vessels
    assert all(np.array_equal(a, b) for a, b in zip(again.points, made().points, strict=True))
    assert other.vessels != again.vessels


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**31), st.floats(1.0, 100.0))
def test_more_ships_do_not_change_those_that_were_there(seed: int, more: float) -> None:
    few = build(replace(PLAN, merchant_count=80.0), seed)
    many = build(replace(PLAN, merchant_count=80.0 + more), seed)
    legs = {vessel.id: (vessel, many.legs(number)) for number, vessel in enumerate(many.vessels)}
    for number, vessel in enumerate(few.vessels):
        assert legs[vessel.id] == (vessel, few.legs(number))


def test_positions_at_an_instant_are_those_of_the_legs() -> None:
    traffic = made()
    for time_ms in (PLAN.start_ms, PLAN.start_ms + 31 * HOUR_MS + 17, PLAN.end_ms):
        numbers, lat, lon = traffic.at(time_ms)
        there = [k for k in range(len(traffic)) if _is_there(traffic, k, time_ms)]
        assert numbers.tolist() == there
        for number, here_lat, here_lon in zip(numbers.tolist(), lat, lon, strict=True):
            want_lat, want_lon = positions_at(traffic.legs(number), [time_ms])
            assert distances_m(here_lat, here_lon, want_lat, want_lon)[0] < 0.01


def _is_there(traffic: Traffic, number: int, time_ms: int) -> bool:
    legs = traffic.legs(number)
    return legs[0].start_ms <= time_ms <= legs[-1].end_ms


def test_ships_spread_over_open_water_and_more_of_them_keep_to_starboard() -> None:
    voyage = next(
        each for each in merchant.demand(PLAN).voyages if (each.origin.code, each.destination.code) == ("KRUSN", "GATE")
    )
    width_m = voyage.lane.high_m - voyage.lane.low_m
    assert width_m.max() == pytest.approx(2.0 * PLAN.lane_half_width_m)
    assert width_m[0] == 0.0  # a port
    draws = triangular(np.linspace(0.001, 0.999, 999), -1.0, 0.3, 1.0)
    assert np.mean(draws > 0.0) > 0.55


def test_nothing_is_sailed_within_a_group_and_what_is_left_out_is_said() -> None:
    inner = tuple(replace(each, group="coast") for each in ENDS[:3])
    demand = merchant.demand(replace(PLAN, ends=(*inner, ENDS[3])))
    assert {frozenset((v.origin.code, v.destination.code)) for v in demand.voyages} == {
        frozenset((each.code, "GATE")) for each in inner
    }
    assert not demand.notes
    (note,) = merchant.demand(replace(PLAN, pairs_count=2)).notes
    assert note.startswith("of 6 pairs of ports and gates the 2 with the most traffic are sailed: ")


def test_ends_without_a_way_between_them_are_refused_and_named() -> None:
    inner = tuple(replace(each, group="coast") for each in ENDS[:3])
    with pytest.raises(GeometryError, match="no pair of ends"):
        merchant.demand(replace(PLAN, ends=inner))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end_ms": START_MS}, "expected an end after the start"),
        ({"merchant_count": -1.0}, "merchant ships, expected 0"),
        ({"merchant_count": float("nan")}, "merchant ships, expected 0"),
        ({"pairs_count": 0}, "pairs of ports, expected 1"),
        ({"lane_half_width_m": 1e6}, "expected 0 to 20 nautical miles"),
    ],
)
def test_a_plan_that_cannot_be_built_is_refused(changes: dict[str, float], words: str) -> None:
    with pytest.raises(GeometryError, match=words):
        replace(PLAN, **changes)  # type: ignore[arg-type]


def test_a_plan_without_ships_has_no_traffic() -> None:
    traffic = build(replace(PLAN, merchant_count=0.0), 1)
    assert len(traffic) == 0
    assert traffic.at(PLAN.start_ms)[0].size == 0
    assert traffic.segments().vessel.size == 0


def test_the_only_kind_of_ship_is_that_of_every_ship() -> None:
    kind = ShipKind(name="coaster", share_ratio=1.0, lengths_m=(60.0, 70.0, 80.0), speeds_mps=(4.0, 5.0, 6.0))
    assert {vessel.kind for vessel in build(replace(PLAN, kinds=(kind,)), 1).vessels} == {"coaster"}
