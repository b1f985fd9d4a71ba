"""Water under the keel and distance from land (WS410, WS411)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from builders import findings_of, plan, result_of
from waterspace.checks import check
from waterspace.checks.context import Context
from waterspace.checks.families.environment.sampling import samples_of
from waterspace.environment.bathymetry import depth
from waterspace.environment.shores import coast
from waterspace.quantity import NAUTICAL_MILE_M

TANKER = """
classes:
  tanker: {name: Tanker, kind: tanker, medium: surface, max_speed: 20 kn, economical_speed: 12 kn%s}
units:
  ALFA: {name: Alfa, nation: JPN, class: tanker, start: %s}
serials:
  S1: {type: transit, units: {units: ALFA}, route: [%s, %s], start: 2026-06-08T00:00Z, duration: 3 h, objectives: O1}
"""


def way(here: str, there: str, draught: str = ", draught: 8 m") -> str:
    """A tanker from one place to another."""
    return TANKER % (draught, here, here, there)


def test_ws410_says_the_draught_the_depth_the_place_and_what_is_needed() -> None:
    (finding,) = findings_of("WS410", way("32-40.0N 123-30.0E", "32-42.0N 123-30.0E", ", draught: 90 m"))
    assert finding.message.startswith("Alfa draws 90.0 m and passes over ")
    assert finding.message.endswith("108.0 m are needed. Lead it round the shoal.")
    assert finding.amount is not None
    assert 30.0 < finding.amount.value < 50.0
    assert finding.where is not None


def test_ws410_follows_its_limit_and_assumes_a_draught() -> None:
    fragment = way("32-40.0N 123-30.0E", "32-42.0N 123-30.0E", "")
    assert not findings_of("WS410", fragment)
    (finding,) = findings_of("WS410", fragment + "check: {limits: {under_keel_share: 900 %}}\n") or (None,)
    assert finding is not None
    assert finding.message.startswith("Alfa draws 6.0 m")


BOAT = """
classes:
  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 16 kn, economical_speed: 8 kn, draught: 7 m}
units:
  DELTA: {name: Delta, nation: JPN, class: boat, start: 43-36.0S 179-54.0E}
serials:
  S1: {type: transit, units: {units: DELTA}, route: [43-36.0S 179-54.0E, 43-36.0S 180-00.0E], depth: %s,
       start: 2026-06-08T00:00Z, duration: 3 h, objectives: O1}
"""


def test_ws410_wants_room_under_a_dived_submarine_and_not_its_draught() -> None:
    (finding,) = findings_of("WS410", BOAT % "480 m")
    assert finding.message.startswith("Delta is 480 m deep and passes over ")
    assert finding.message.endswith("530.0 m are needed. Lead it round the shoal.")
    assert finding.amount is not None
    assert 400.0 < finding.amount.value < 520.0
    assert finding.amount.limit == 530.0
    assert not findings_of("WS410", BOAT % "0 m")


@pytest.mark.parametrize(("room", "is_found"), [("10 m", False), ("50 m", False), ("150 m", True)])
def test_ws410_follows_the_limit_of_a_dived_submarine(room: str, is_found: bool) -> None:
    fragment = BOAT % "350 m" + f"check: {{limits: {{under_submarine: {room}}}}}\n"
    assert bool(findings_of("WS410", fragment)) is is_found


def test_ws410_is_not_checked_off_a_shore_that_the_grid_is_too_coarse_for() -> None:
    result = result_of(way("37-30.0N 130-20.0E", "37-30.0N 130-45.0E"), "WS410")
    assert not result.findings
    (reason,) = (one.reason for one in result.not_checked)
    assert reason.startswith("the grid of depths cannot say how deep it is for Alfa near 37-30.0N 130-")


def test_ws410_checks_the_open_sea_in_full_and_takes_no_sample_there() -> None:
    exercise = plan(way("30-00.0N 150-00.0E", "30-30.0N 151-00.0E"))
    assert samples_of(Context(exercise)).lat.size == 0
    assert not check(exercise, select=["WS410", "WS411"]).not_checked


def test_no_shoal_or_land_is_left_out_by_what_counts_as_deep_and_wide() -> None:
    rng = np.random.default_rng(7)
    lat, lon = rng.uniform(-59.0, 59.0, 4000), rng.uniform(-180.0, 180.0, 4000)
    grid = depth.load()
    least = depth.least_by_degree_m()[np.floor(lat + 90.0).astype(int), np.floor(lon + 180.0).astype(int) % 360]
    deep = least > 200.0
    assert deep.sum() > 500
    north, east = rng.uniform(-0.9, 0.9, deep.sum()), rng.uniform(-0.9, 0.9, deep.sum())
    near_lat, near_lon = lat[deep] + north, lon[deep] + east
    assert not coast.load().on_land(near_lat, near_lon).any()
    depths_m = grid.depths_m(near_lat, near_lon)
    assert not (depths_m < 200.0).any()


def test_within_a_mile_of_land_the_packaged_depths_are_unknown() -> None:
    lat, lon = np.random.default_rng(8).uniform((33.0, 127.0), (46.0, 143.0), (20_000, 2)).T
    off_m = coast.load().exact_distances_m(lat, lon)
    near = (off_m > 0.0) & (off_m < 2000.0)
    assert near.sum() > 100
    assert np.isnan(depth.load().depths_m(lat[near], lon[near])).all()


def test_ws411_says_how_far_off_and_leaves_what_is_ashore_to_ws402() -> None:
    (finding,) = findings_of("WS411", way("37-30.0N 130-20.0E", "37-30.0N 130-48.0E"))
    assert finding.amount is not None
    assert finding.amount.limit == pytest.approx(1.0)
    shore_m = coast.load().exact_distances_m(37.5, 130.8)[0]
    assert finding.amount.value * NAUTICAL_MILE_M == pytest.approx(shore_m, abs=20.0)
    assert not findings_of("WS411", way("37-30.0N 130-20.0E", "37-30.0N 131-20.0E"))


def test_ws411_follows_its_limit_even_where_that_is_wider_than_the_grid_sees() -> None:
    fragment = way("37-30.0N 130-20.0E", "37-30.0N 130-40.0E")
    assert not findings_of("WS411", fragment)
    assert findings_of("WS411", fragment + "check: {limits: {land_distance: 8 nm}}\n")


def test_a_ship_in_its_own_harbour_is_let_pass() -> None:
    fragment = way("37-30.0N 130-20.0E", "37-30.0N 130-48.0E").replace(
        "start: 37", "home: 37-30.0N 130-48.0E, start: 37"
    )
    assert not findings_of("WS411", fragment)


def test_a_plan_without_ships_is_clean() -> None:
    exercise = replace(plan(""), units={}, serials={}, groups={})
    result = check(exercise, select=["WS410", "WS411"])
    assert not result.findings
    assert not result.not_checked
