"""Detection along a relative track: laws, closed forms, and 10,000 drawn runs beside each."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agreement import RUNS, agrees
from waterspace.errors import ModelError
from waterspace.phenomena.coverage import definite_range_ratio, inverse_cube_ratio, random_search_ratio, random_search_s
from waterspace.phenomena.detection import (
    DefiniteRange,
    InverseCube,
    Law,
    RandomSearch,
    SteadyLook,
    detected_ratio,
    detection_ms,
    piecewise_detection_ms,
)
from waterspace.phenomena.lateral_range import inverse_cube_lateral_ratio
from waterspace.phenomena.relative_motion import RelativeLeg
from waterspace.quantity import HOUR_MS, SECOND_MS

offsets = st.floats(-30_000.0, 30_000.0)
speeds = st.floats(-15.0, 15.0)
draws = st.floats(0.0, 1.0, exclude_max=True)
laws: st.SearchStrategy[Law] = st.one_of(
    st.builds(DefiniteRange, range_m=st.floats(100.0, 20_000.0)),
    st.builds(
        InverseCube,
        sweep_width_m=st.floats(100.0, 20_000.0),
        at_mps=st.floats(1.0, 100.0),
        limit_m=st.just(math.inf) | st.floats(100.0, 30_000.0),
    ),
    st.builds(SteadyLook, limit_m=st.floats(100.0, 30_000.0), mean_s=st.floats(1.0, 10_000.0)),
    st.builds(RandomSearch, sweep_width_m=st.floats(100.0, 20_000.0), area_m2=st.floats(1e6, 1e10)),
)


@st.composite
def relative_tracks(draw: st.DrawFn) -> tuple[RelativeLeg, ...]:
    """Up to four straight pieces, each beginning where the one before ended."""
    east_m, north_m, now_ms = draw(offsets), draw(offsets), draw(st.integers(0, 10**12))
    found: list[RelativeLeg] = []
    for _ in range(draw(st.integers(1, 4))):
        east_mps, north_mps = draw(speeds | st.just(0.0)), draw(speeds | st.just(0.0))
        lasts_ms = draw(st.integers(1000, 4 * HOUR_MS))
        found.append(
            RelativeLeg(
                start_ms=now_ms,
                end_ms=now_ms + lasts_ms,
                east_m=east_m,
                north_m=north_m,
                east_mps=east_mps,
                north_mps=north_mps,
            )
        )
        east_m, north_m = east_m + east_mps * lasts_ms / SECOND_MS, north_m + north_mps * lasts_ms / SECOND_MS
        now_ms += lasts_ms
    return tuple(found)


def until(legs: tuple[RelativeLeg, ...], time_ms: int) -> tuple[RelativeLeg, ...]:
    """The track up to an instant."""
    return tuple(replace(leg, end_ms=min(leg.end_ms, time_ms)) for leg in legs if leg.start_ms < time_ms)


def passing(lateral_m: float, speed_mps: float = 10.0, half_s: float = 1e6) -> RelativeLeg:
    """A long straight pass at a lateral range."""
    return RelativeLeg(
        start_ms=0,
        end_ms=round(2.0 * half_s * SECOND_MS),
        east_m=lateral_m,
        north_m=-half_s * speed_mps,
        north_mps=speed_mps,
    )


@given(laws, relative_tracks(), draws)
def test_a_detection_is_on_the_track_and_comes_where_the_chance_reaches_the_draw(
    law: Law, legs: tuple[RelativeLeg, ...], draw: float
) -> None:
    found_ms = detection_ms(law, legs, draw)
    whole = detected_ratio(law, legs)
    assume(abs(whole - draw) > 1e-9)
    assert (found_ms is not None) == (whole > draw and whole > 0.0)
    if found_ms is None:
        return
    assert legs[0].start_ms <= found_ms <= legs[-1].end_ms
    assert detected_ratio(law, until(legs, found_ms + 2)) >= draw - 1e-6
    assert detected_ratio(law, until(legs, found_ms - 2)) <= draw + 1e-6


@given(st.floats(500.0, 20_000.0), st.floats(-20_000.0, 20_000.0), st.floats(0.0, 30.0), st.floats(100.0, 20_000.0))
def test_the_potential_is_the_integral_of_the_rate_over_the_run(
    lateral_m: float, along_m: float, speed_mps: float, width_m: float
) -> None:
    law = InverseCube(sweep_width_m=width_m, at_mps=10.0)
    leg = RelativeLeg(start_ms=0, end_ms=1_000_000, east_m=lateral_m, north_m=along_m, north_mps=speed_mps)
    count = 20_000
    seconds = (np.arange(count) + 0.5) * leg.duration_s / count
    rate = 10.0 * width_m**2 / (8.0 * math.pi) / np.hypot(lateral_m, along_m + speed_mps * seconds) ** 3
    assert law.potential_ratio(leg) == pytest.approx(float(rate.mean()) * leg.duration_s, rel=1e-4)


@given(relative_tracks(), st.floats(100.0, 20_000.0), st.integers(1, 10**6))
def test_cutting_a_track_changes_neither_the_chance_nor_the_instant(
    legs: tuple[RelativeLeg, ...], width_m: float, cut: int
) -> None:
    law = InverseCube(sweep_width_m=width_m, at_mps=10.0)
    first = legs[0]
    at_ms = first.start_ms + cut % (first.end_ms - first.start_ms)
    gone_s = (at_ms - first.start_ms) / SECOND_MS
    rest = replace(
        first,
        start_ms=at_ms,
        east_m=first.east_m + first.east_mps * gone_s,
        north_m=first.north_m + first.north_mps * gone_s,
    )
    parts = (replace(first, end_ms=at_ms), rest, *legs[1:])
    assert detected_ratio(law, parts) == pytest.approx(detected_ratio(law, legs), abs=1e-6)


@given(st.floats(1.0, 20_000.0), st.floats(100.0, 20_000.0), st.floats(1.0, 30.0))
def test_a_long_straight_pass_has_the_chance_of_the_lateral_range_curve(
    lateral_m: float, width_m: float, speed_mps: float
) -> None:
    law = InverseCube(sweep_width_m=width_m, at_mps=10.0)
    got = detected_ratio(law, (passing(lateral_m, speed_mps, 1e8),))
    assert got == pytest.approx(inverse_cube_lateral_ratio(lateral_m, law.width_m(speed_mps)), abs=1e-6)


@given(relative_tracks(), draws, st.floats(100.0, 10_000.0), st.floats(1.0, 3.0))
def test_with_the_same_draw_a_wider_sweep_never_detects_later(
    legs: tuple[RelativeLeg, ...], draw: float, width_m: float, wider: float
) -> None:
    narrow = detection_ms(InverseCube(sweep_width_m=width_m, at_mps=10.0), legs, draw)
    wide = detection_ms(InverseCube(sweep_width_m=width_m * wider, at_mps=10.0), legs, draw)
    assert narrow is None or (wide is not None and wide <= narrow + 1)


@given(relative_tracks(), draws, st.floats(100.0, 10_000.0), st.floats(500.0, 20_000.0))
def test_nothing_is_seen_beyond_the_limit_of_range(
    legs: tuple[RelativeLeg, ...], draw: float, width_m: float, limit_m: float
) -> None:
    found_ms = detection_ms(InverseCube(sweep_width_m=width_m, at_mps=10.0, limit_m=limit_m), legs, draw)
    if found_ms is not None:
        leg = next(leg for leg in legs if leg.start_ms <= found_ms <= leg.end_ms)
        gone_s = (found_ms - leg.start_ms) / SECOND_MS
        range_m = math.hypot(leg.east_m + leg.east_mps * gone_s, leg.north_m + leg.north_mps * gone_s)
        assert range_m <= limit_m + 0.05


def test_a_definite_range_detects_on_entry_to_the_millisecond() -> None:
    leg = RelativeLeg(start_ms=5000, end_ms=2_005_000, east_m=3000.0, north_m=-14_000.0, north_mps=10.0)
    assert detection_ms(DefiniteRange(range_m=5000.0), [leg], 0.7) == 5000 + 1_000_000
    assert detection_ms(DefiniteRange(range_m=2999.0), [leg], 0.0) is None


def test_who_passes_over_the_observer_is_detected_before_it_gets_there() -> None:
    leg = RelativeLeg(start_ms=0, end_ms=2_000_000, east_m=0.0, north_m=-10_000.0, north_mps=10.0)
    law = InverseCube(sweep_width_m=1000.0, at_mps=10.0)
    assert detected_ratio(law, [leg]) == 1.0
    found = [detection_ms(law, [leg], draw) for draw in (0.001, 0.5, 0.999999)]
    assert all(time_ms is not None and time_ms < 1_000_000 for time_ms in found)


def test_a_standing_pair_detects_at_a_constant_rate() -> None:
    leg = RelativeLeg(start_ms=0, end_ms=HOUR_MS, east_m=600.0, north_m=800.0)
    law = InverseCube(sweep_width_m=1000.0, at_mps=8.0 * math.pi)
    # the rate is w W² / 8π r³ = 1e6 / 1e9 per second
    assert detection_ms(law, [leg], 1.0 - math.exp(-1.0)) == 1_000_000


@pytest.mark.parametrize("lateral_m", [500.0, 1500.0, 4000.0])
def test_drawn_passes_agree_with_the_inverse_cube_curve(lateral_m: float) -> None:
    stream, law, leg = np.random.default_rng(1), InverseCube(sweep_width_m=4000.0, at_mps=10.0), passing(lateral_m)
    found = sum(detection_ms(law, (leg,), float(draw)) is not None for draw in stream.random(RUNS))
    assert agrees(found, inverse_cube_lateral_ratio(lateral_m, 4000.0))


@pytest.mark.deep
@pytest.mark.parametrize("coverage", [0.5, 1.0])
@pytest.mark.parametrize("cube", [True, False])
def test_drawn_parallel_sweeps_agree_with_the_curve_of_coverage(coverage: float, cube: bool) -> None:
    width_m, stream = 2000.0, np.random.default_rng(2)
    spacing_m = width_m / coverage
    law: Law = InverseCube(sweep_width_m=width_m, at_mps=10.0) if cube else DefiniteRange(range_m=width_m / 2.0)
    found = 0
    for place, draw in stream.random((RUNS, 2)):
        legs = (passing((place + sweep) * spacing_m, half_s=1e8) for sweep in sorted(range(-50, 51), key=abs))
        found += detection_ms(law, legs, float(draw)) is not None
    assert agrees(found, inverse_cube_ratio(coverage) if cube else definite_range_ratio(coverage))


@pytest.mark.parametrize("coverage", [0.3, 1.0, 2.0])
def test_drawn_random_searches_agree_with_koopmans_formula(coverage: float) -> None:
    law, stream = RandomSearch(sweep_width_m=2000.0, area_m2=1e9), np.random.default_rng(3)
    lasts_s = coverage * 1e9 / (2000.0 * 10.0)
    leg = passing(700.0, 10.0, lasts_s / 2.0)
    drawn = [float(draw) for draw in stream.random(RUNS)]
    found = [detection_ms(law, (leg,), draw) for draw in drawn]
    assert agrees(sum(time_ms is not None for time_ms in found), random_search_ratio(coverage))
    for time_ms, draw in zip(found, drawn, strict=True):
        alone_s = random_search_s(1e9, 2000.0, 10.0, draw)
        assert time_ms is None or time_ms == pytest.approx(alone_s * SECOND_MS, abs=1.01)


def test_searchers_that_really_wander_find_as_the_random_search_law_says() -> None:
    """Geometry, not the law: legs thrown at random over a square that closes on itself, seen within half a width."""
    stream, side_m, width_m, leg_m, count = np.random.default_rng(4), 100_000.0, 2000.0, 20_000.0, 25
    coverage = count * leg_m * width_m / side_m**2
    found = 0
    for _ in range(RUNS):
        x, y, turn = stream.random(count) * side_m, stream.random(count) * side_m, stream.random(count) * math.tau
        along = np.cos(turn), np.sin(turn)
        dx = (x + side_m / 2.0) % side_m - side_m / 2.0
        dy = (y + side_m / 2.0) % side_m - side_m / 2.0
        run = dx * along[0] + dy * along[1]
        off = np.abs(dx * along[1] - dy * along[0])
        found += bool(np.any((np.abs(run) <= leg_m / 2.0) & (off <= width_m / 2.0)))
    assert agrees(found, random_search_ratio(coverage))


@pytest.mark.parametrize("lateral_m", [0.0, 3000.0, 4900.0])
def test_drawn_steady_looks_agree_with_the_time_within_range(lateral_m: float) -> None:
    """Koopman's continuous looking: 1 - exp(-time within range / mean), the time being a chord at the speed."""
    stream, law, leg = np.random.default_rng(5), SteadyLook(limit_m=5000.0, mean_s=400.0), passing(lateral_m)
    found = sum(detection_ms(law, (leg,), float(draw)) is not None for draw in stream.random(RUNS))
    within_s = 2.0 * math.sqrt(5000.0**2 - lateral_m**2) / 10.0
    assert agrees(found, -math.expm1(-within_s / 400.0))


@given(relative_tracks(), draws, st.lists(st.integers(0, 10**7), max_size=5))
def test_a_run_cut_at_instants_is_the_same_run_and_a_law_that_changes_in_name_only_changes_nothing(
    legs: tuple[RelativeLeg, ...], draw: float, cuts: list[int]
) -> None:
    law = SteadyLook(limit_m=12_000.0, mean_s=900.0)
    times_ms = sorted(legs[0].start_ms + cut for cut in cuts)
    parts = [part for leg in legs for part in leg.cut(times_ms)]
    assert (parts[0].start_ms, parts[-1].end_ms) == (legs[0].start_ms, legs[-1].end_ms)
    for part in parts:
        whole = next(leg for leg in legs if leg.start_ms <= part.start_ms and part.end_ms <= leg.end_ms)
        assert part.range_at_m(part.end_ms) == pytest.approx(whole.range_at_m(part.end_ms), abs=1e-3)
    at_once, in_parts = (
        detection_ms(law, legs, draw),
        piecewise_detection_ms([(replace(law), part) for part in parts], draw),
    )
    assume(abs(detected_ratio(law, legs) - draw) > 1e-9)
    assert (at_once is None) == (in_parts is None)
    assert at_once is None or abs(at_once - (in_parts or 0)) <= 2


def test_what_cannot_be_is_refused_by_name() -> None:
    with pytest.raises(ModelError, match="mean_s is 0"):
        SteadyLook(limit_m=1.0, mean_s=0.0)
    with pytest.raises(ModelError, match="range_m is -1"):
        DefiniteRange(range_m=-1.0)
    with pytest.raises(ModelError, match="sweep_width_m is 0"):
        InverseCube(sweep_width_m=0.0, at_mps=1.0)
    with pytest.raises(ModelError, match="limit_m is 0"):
        InverseCube(sweep_width_m=1.0, at_mps=1.0, limit_m=0.0)
    with pytest.raises(ModelError, match="area_m2 is nan"):
        RandomSearch(sweep_width_m=1.0, area_m2=math.nan)
    with pytest.raises(ModelError, match="a draw of 1"):
        detection_ms(DefiniteRange(range_m=1.0), (), 1.0)
