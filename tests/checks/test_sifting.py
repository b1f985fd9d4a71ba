"""Sifting leaves out only what has nothing to be said about."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace import planfile
from waterspace.checks import check
from waterspace.checks.context import Context
from waterspace.checks.families.environment import daylight, land
from waterspace.checks.families.third_parties import seas
from waterspace.checks.views.sifting import balls_of, surely_clear
from waterspace.domain import Circle, Platform, Position
from waterspace.domain.unit import Medium
from waterspace.environment.limits import zones
from waterspace.environment.shores import coast
from waterspace.environment.shores.openwater import Circles
from waterspace.environment.sky.sun import first_dark_ms
from waterspace.geometry.geodesic import destination, distance_m, positions_from
from waterspace.geometry.reservations.earthframe import points_of
from waterspace.phenomena.fuel import Runs, fuel_history, surely_lasts
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M, SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import CheckResult

    Bools = NDArray[np.bool_]

_BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "check_large.py"


@cache
def benchmark() -> Any:  # noqa: ANN401  # a script
    """The script that makes large plans."""
    spec = importlib.util.spec_from_file_location("check_large", _BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def text(seed: int = 3) -> str:
    """A plan of 200 serials of two groups that share their waters."""
    made: str = benchmark().plan_text(200, seed)
    return made


@cache
def large() -> Context:
    """What the rules see of it."""
    return Context(planfile.loads(text()))


def test_the_generator_writes_the_same_plan_for_the_same_seed_and_most_of_it_is_clean() -> None:
    assert text() == benchmark().plan_text(200, 3)
    assert text() != benchmark().plan_text(200, 4)
    context = Context(planfile.loads(text()))
    assert 1.1 < len(context.reservations) / len(context.exercise.serials) < 1.3
    assert len({serial.type for serial in context.exercise.serials.values()}) >= 10
    codes = Counter(finding.code for finding in check(context.exercise).findings)
    assert codes["WS201"] > 0
    assert codes["WS101"] + codes["WS102"] < 20


def test_what_sifting_leaves_out_changes_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def result(few: int) -> CheckResult:
        monkeypatch.setattr(seas, "_FEW", few)
        monkeypatch.setattr(land, "_FEW_CLAIMS", few)
        monkeypatch.setattr(land, "_FEW_LEGS", few)
        near_land = text().replace("N 144.", "N 141.")  # the same groups in waters with islands
        return check(planfile.loads(near_land), select=("WS301", "WS402"))

    assert result(1) == result(10**9)
    assert result(1).findings


@given(
    st.lists(st.tuples(st.floats(20.0, 60.0), st.floats(-180.0, 180.0)), min_size=1, max_size=30),
    st.floats(20.0, 60.0),
    st.floats(-180.0, 180.0),
)
@settings(deadline=None)
def test_a_ball_that_holds_something_is_never_called_clear(
    places: list[tuple[float, float]], lat_deg: float, lon_deg: float
) -> None:
    something = Position(lat_deg=lat_deg, lon_deg=lon_deg)
    middles = [Position(lat_deg=lat, lon_deg=lon) for lat, lon in places]
    middles.append(destination(something, 30.0, 9_000.0))
    reach_m = np.full(len(middles), 10_000.0)

    def are_clear(circles: Circles) -> Bools:
        centres = positions_from(circles.lat, circles.lon)
        away_m = np.array([distance_m(centre, something) for centre in centres])
        clear: Bools = away_m > circles.radius_m * 1.0001
        return clear

    clear = surely_clear((points_of(middles), reach_m), are_clear, 1)
    for middle, one in zip(middles, clear.tolist(), strict=True):
        assert not one or distance_m(middle, something) > 10_000.0
    assert not clear[-1]


@given(
    st.lists(st.tuples(st.floats(-75.0, 75.0), st.floats(-180.0, 180.0)), min_size=1, max_size=20),
    st.floats(10.0, 150_000.0),
)
@settings(deadline=None, max_examples=60)
def test_a_circle_that_is_said_to_be_at_sea_holds_no_land_and_one_far_from_baselines_is_in_nobodys_sea(
    places: list[tuple[float, float]], radius_m: float
) -> None:
    lat, lon = np.array(places).T
    circles = Circles(lat, lon, np.full(lat.size, radius_m))
    shore, seas = coast.load(), zones.load()
    at_sea, clear = circles.surely_at_sea(shore), seas.surely_none_near(circles)
    for number, centre in enumerate(positions_from(lat, lon)):
        circle = Circle(centre=centre, radius_m=radius_m)
        assert not at_sea[number] or shore.land_in(circle) is None
        assert not clear[number] or not seas.territorial_seas_near(circle)


def test_most_of_the_open_ocean_is_said_to_be_at_sea() -> None:
    lat, lon = (values.ravel() for values in np.meshgrid(np.arange(25.0, 35.0), np.arange(170.0, 179.0)))
    circles = Circles(lat, lon, np.full(lat.size, 20_000.0))
    assert circles.surely_at_sea(coast.load()).mean() > 0.9
    assert zones.load().surely_none_near(circles).mean() > 0.9


def test_the_ball_of_a_claim_holds_its_outline() -> None:
    from waterspace.geometry.footprints import outline

    claims = Context(planfile.loads(text())).reservations
    middle, reach_m = balls_of(claims)
    for number, claim in enumerate(claims):
        corners = points_of(outline(claim.footprint))
        assert np.linalg.norm(corners - middle[number], axis=1).max() <= reach_m[number] + 1.0


def test_where_the_sun_is_said_to_stay_up_it_does() -> None:
    context = Context(planfile.loads(text()))
    places = {id_: daylight._positions(context, id_) for id_ in context.windows}
    light = daylight._surely_light(context, places)
    assert len(light) > len(places) // 5
    for id_ in light:
        assert all(first_dark_ms(position, context.windows[id_]) is None for position in places[id_])


@given(st.floats(500.0, 9_000.0), st.floats(0.05, 0.3), st.lists(st.integers(0, 30 * 24), max_size=4))
@settings(deadline=None, max_examples=30)
def test_fuel_that_is_said_to_last_lasts(range_nm: float, least_ratio: float, fills_h: list[int]) -> None:
    context = large()
    platform = Platform(
        key="x",
        name="x",
        kind="x",
        medium=Medium.SURFACE,
        max_speed_mps=14.0,
        economical_speed_mps=8.0,
        range_m=range_nm * NAUTICAL_MILE_M,
    )
    legs = context.unit_legs
    track = context.programme.tracks["D0"].legs
    rows = slice(int(legs.first[0]), int(legs.first[0] + legs.size[0]))
    assert next(iter(context.programme.tracks)) == "D0"
    lasting_ms = (legs.end_ms - legs.start_ms)[rows]
    speed_mps = np.where(lasting_ms > 0, legs.most_m[rows] * SECOND_MS / np.maximum(lasting_ms, 1), 0.0)
    runs = Runs(
        legs.start_ms[rows].astype(np.float64), legs.end_ms[rows].astype(np.float64), legs.most_m[rows], speed_mps
    )
    fills_ms = [track[0].start_ms + hours * HOUR_MS for hours in fills_h]
    lowest_ratio = min(state.remaining_ratio for state in fuel_history(platform, track, fills_ms))
    if surely_lasts(platform, runs, fills_ms, least_ratio):
        assert lowest_ratio >= least_ratio
    elif lowest_ratio > least_ratio + 0.02 * (1.0 - lowest_ratio + len(fills_ms)):
        pytest.fail("far from empty, and not sure")
