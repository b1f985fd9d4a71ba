"""Fishing vessels: inside their ground, as many as its density says, at trawling speed, home and back where asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from waterspace.domain import Circle, Polygon, Position
from waterspace.environment import places
from waterspace.environment.bathymetry import depth
from waterspace.environment.shores import coast
from waterspace.errors import GeometryError, NotationError
from waterspace.geometry.footprints import area_m2, contains
from waterspace.geometry.geodesic import distances_m
from waterspace.quantity import DAY_MS, HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M
from waterspace.traffic import FishingGround, Traffic, TrafficPlan, build
from waterspace.traffic.fishing import OFF_LAND_M, water_of

START_MS = 1_689_379_200_000  # 2023-07-15T00:00Z
TIMES_MS = [START_MS + hours * HOUR_MS + 123 for hours in range(0, 72, 5)]


def at(lat_deg: float, lon_deg: float) -> Position:
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


BANK = FishingGround(
    name="BANK",
    area=Polygon(vertices=(at(39.0, 134.0), at(39.9, 134.2), at(39.5, 135.0), at(39.7, 136.0), at(39.1, 135.6))),
    density_per_m2=3e-9,
)
SHELF = FishingGround(
    name="SHELF",
    area=Circle(centre=at(36.2, 133.2), radius_m=50.0 * NAUTICAL_MILE_M),  # with the Oki islands in its middle
    density_per_m2=4e-9,
    depth_m=(60.0, 300.0),
    off_land_m=(3.0 * NAUTICAL_MILE_M, 40.0 * NAUTICAL_MILE_M),
)


def plan(*grounds: FishingGround) -> TrafficPlan:
    return TrafficPlan(start_ms=START_MS, end_ms=START_MS + 3 * DAY_MS, grounds=grounds)


def assert_at_sea(traffic: Traffic) -> None:
    legs = [(leg.start, leg.end) for number in range(len(traffic)) for leg in traffic.legs(number)]
    assert not any(coast.load().land_on_legs(legs))


def test_every_vessel_stays_in_its_ground_at_all_times() -> None:
    traffic = build(plan(BANK), 3)
    assert len(traffic) == round(BANK.density_per_m2 * water_of(BANK).area_m2)
    assert 0.9 * area_m2(BANK.area) < water_of(BANK).area_m2 < area_m2(BANK.area)
    for time_ms in TIMES_MS:
        numbers, lat, lon = traffic.at(time_ms)
        assert numbers.tolist() == list(range(len(traffic)))
        assert all(contains(BANK.area, at(*place)) for place in zip(lat.tolist(), lon.tolist(), strict=True))
    assert_at_sea(traffic)


def test_a_band_of_depth_and_distance_off_land_is_kept() -> None:
    water = water_of(SHELF)
    rows, columns = np.nonzero(water.is_fished)
    points = np.stack((columns, rows), axis=-1) * water.cell_m + np.array(water.corner_m) + water.cell_m / 2.0
    lat, lon = water.plane.unproject(points)
    depths_m, off_m = depth.load().depths_m(lat, lon), coast.load().distances_m(lat, lon)
    assert ((depths_m >= 60.0) & (depths_m <= 300.0)).all()
    assert ((off_m >= 3.0 * NAUTICAL_MILE_M) & (off_m <= 40.0 * NAUTICAL_MILE_M)).all()
    traffic = build(plan(SHELF), 3)
    assert len(traffic) >= 10
    for time_ms in TIMES_MS:
        _, lat, lon = traffic.at(time_ms)
        assert (coast.load().exact_distances_m(lat, lon) > 2.0 * NAUTICAL_MILE_M).all()
    assert_at_sea(traffic)


def test_a_ground_on_the_shore_is_fished_only_off_land() -> None:
    ground = replace(BANK, area=Circle(centre=at(38.0, 138.5), radius_m=25.0 * NAUTICAL_MILE_M), density_per_m2=1e-8)
    traffic = build(plan(ground), 1)
    _, lat, lon = traffic.at(TIMES_MS[2])
    assert lat.size >= 5
    assert (
        coast.load().exact_distances_m(lat, lon) > OFF_LAND_M - 0.75 * NAUTICAL_MILE_M
    ).all()  # half a cell's diagonal
    assert_at_sea(traffic)


def test_vessels_tow_at_trawling_speed_without_end() -> None:
    traffic = build(plan(BANK), 3)
    segments = traffic.segments()
    lasting = segments.end_ms - segments.start_ms > 60_000
    assert (segments.speed_mps[lasting] >= 2.98 * KNOT_MPS).all()
    assert (segments.speed_mps[lasting] <= 4.52 * KNOT_MPS).all()
    first, last = traffic.points.first[:-1], traffic.points.first[1:] - 1
    assert (traffic.points.time_ms[first] == START_MS).all()
    assert (traffic.points.time_ms[last] == START_MS + 3 * DAY_MS).all()


def test_vessels_with_a_home_port_come_from_it_and_go_back_and_never_over_land() -> None:
    ground = replace(SHELF, home_port="Sakaiminato", fishing_ms=DAY_MS)
    traffic = build(plan(ground), 3)
    port = places.lookup("Sakaiminato").position
    assert {(vessel.origin, vessel.destination) for vessel in traffic.vessels} == {("SHELF", "Sakaiminato")}
    near, far = 0, 0
    for time_ms in TIMES_MS:
        _, lat, lon = traffic.at(time_ms)
        assert lat.size == len(traffic)
        away_m = distances_m(lat, lon, port.lat_deg, port.lon_deg)
        near, far = near + int((away_m < 3000.0).sum()), far + int((away_m > 30_000.0).sum())
    trip_ms = DAY_MS + 12 * HOUR_MS
    assert near / (len(TIMES_MS) * len(traffic)) == pytest.approx(12 * HOUR_MS / trip_ms, abs=0.2)
    assert far > near
    segments = traffic.segments()
    assert segments.speed_mps.max() <= 9.02 * KNOT_MPS
    off_m = distances_m(segments.lat, segments.lon, port.lat_deg, port.lon_deg)
    legs = [(leg.start, leg.end) for number in range(len(traffic)) for leg in traffic.legs(number)]
    open_water = [leg for leg, away_m in zip(legs, off_m.tolist(), strict=True) if away_m > 15.0 * NAUTICAL_MILE_M]
    assert open_water
    assert not any(coast.load().land_on_legs(open_water))


def test_a_denser_ground_keeps_its_vessels_and_another_ground_does_not_change_them() -> None:
    alone = build(plan(BANK), 5)
    dense = build(plan(replace(BANK, density_per_m2=6e-9)), 5)
    both = build(plan(SHELF, BANK), 5)
    assert len(dense) > len(alone)
    by_id = {vessel.id: dense.legs(number) for number, vessel in enumerate(dense.vessels)}
    together = {vessel.id: both.legs(number) for number, vessel in enumerate(both.vessels)}
    for number, vessel in enumerate(alone.vessels):
        assert by_id[vessel.id] == together[vessel.id] == alone.legs(number)
    other = build(plan(BANK), 6)
    assert other.legs(0) != alone.legs(0)


def test_a_ground_too_small_for_a_tow_says_whom_it_leaves_out() -> None:
    tiny = replace(BANK, area=Circle(centre=at(39.5, 134.5), radius_m=1.2 * NAUTICAL_MILE_M), density_per_m2=2e-5)
    traffic = build(plan(tiny), 1)
    wanted = round(2e-5 * water_of(tiny).area_m2)
    assert len(traffic) < wanted
    assert traffic.notes == (
        f"fishing ground BANK: {wanted - len(traffic)} of {wanted} vessels found no room for a tow and are left out",
    )


def test_a_ground_of_too_many_vessels_is_cut_to_what_may_be_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = build(plan(BANK), 3)
    assert len(whole) > 7
    monkeypatch.setattr("waterspace.traffic.fishing.MOST_FISHING", 7)
    traffic = build(plan(BANK), 3)
    assert [vessel.id for vessel in traffic.vessels] == [f"FISHING-BANK-{number:04d}" for number in range(1, 8)]
    assert [traffic.legs(number) for number in range(7)] == [whole.legs(number) for number in range(7)]
    assert traffic.notes == (f"fishing ground BANK: {len(whole)} vessels asked for; no more than 7 are made",)


def test_a_ground_without_water_and_an_unknown_port_are_refused() -> None:
    with pytest.raises(GeometryError, match="fishing ground BANK: found no water"):
        build(plan(replace(BANK, depth_m=(20_000.0, 30_000.0))), 1)
    with pytest.raises(GeometryError, match="found no water"):
        build(plan(replace(BANK, area=Circle(centre=at(36.3, 138.5), radius_m=20_000.0))), 1)
    with pytest.raises(NotationError):
        build(plan(replace(BANK, home_port="Nowhere")), 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"density_per_m2": -1.0}, "a density of"),
        ({"depth_m": (200.0, 100.0)}, "expected the least first"),
        ({"tow_speeds_mps": (2.0, 1.0, 3.0)}, "expected them rising"),
        ({"steaming_speed_mps": 0.0}, "expected more than 0"),
        ({"fishing_ms": 0}, "at least an hour"),
    ],
)
def test_a_ground_that_cannot_be_fished_is_refused_by_name(changes: dict[str, object], words: str) -> None:
    with pytest.raises(GeometryError, match=f"fishing ground BANK: .*{words}"):
        replace(BANK, **changes)  # type: ignore[arg-type]


def test_two_grounds_of_one_name_are_refused() -> None:
    with pytest.raises(GeometryError, match="two fishing grounds of one name"):
        plan(BANK, BANK)


def test_a_ground_may_say_how_many_vessels_it_has_whatever_its_water() -> None:
    ground = replace(BANK, vessels_count=9, density_per_m2=0.0)
    assert len(build(plan(ground), 1)) == 9
