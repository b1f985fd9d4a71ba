"""Others at sea in real runs: every encounter is found, followers keep their distance, streams stay apart."""

from __future__ import annotations

import itertools
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from others_cases import ALONE, FISHING, FOLLOWED, NEIGHBOURS, load
from source_tree import ROOT
from waterspace import planfile
from waterspace.domain import Circle, Event, Exercise, Leg, Observer, Position, SeaTraffic, Window
from waterspace.engine import Rehearsal, read_checkpoint, rehearse, resume, take_checkpoint, write_checkpoint
from waterspace.engine.around import Around
from waterspace.geometry.approach import closest_approach
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import distance_m, distances_m
from waterspace.geometry.legs import position_at, positions_at, trim
from waterspace.geometry.visits import windows_within
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from waterspace.engine.rehearsal import Outcome

RANGE_M = 5.0 * NAUTICAL_MILE_M
AGAIN_MS = 30 * MINUTE_MS
OF_OTHERS = {"encounter", "observer", "traffic", "area"}


def _met(outcome: Outcome) -> list[tuple[str, str, int]]:
    """Unit, stranger and time of every encounter."""
    found = [(e.unit, str(e.data["stranger"]), e.time_ms) for e in outcome.events if e.kind == "encounter.begun"]
    return sorted(found)


def _expected(exercise: Exercise, outcome: Outcome, seed: int) -> list[tuple[str, str, int]]:
    """The same from the tracks of the whole run, searched pair by pair in NumPy, which is another way to the answer."""
    around = Around(exercise, seed)
    strangers = {
        id_: around.legs(id_) for id_, who in around.strangers.items() if not who.is_reactive and who.is_afloat
    }
    strangers |= {id_: track.legs for id_, track in outcome.others.items()}
    found: list[tuple[str, str, int]] = []
    for unit, track in outcome.tracks.items():
        for id_, legs in strangers.items():
            last_ms = None
            for window in windows_within(track.legs, legs, RANGE_M):
                if last_ms is None or window.start_ms - last_ms > AGAIN_MS:
                    found.append((unit, id_, window.start_ms))
                last_ms = window.end_ms
    return sorted(found)


def _of_units(outcome: Outcome) -> list[tuple[int, str, str, str]]:
    """What happened but for what strangers did."""
    return [
        (event.time_ms, event.kind, event.unit, event.text)
        for event in outcome.events
        if event.kind.partition(".")[0] not in OF_OTHERS
    ]


@pytest.mark.parametrize(
    "parts", [(FISHING,), (FOLLOWED,), (FISHING, NEIGHBOURS)], ids=["fishing", "followed", "drill"]
)
def test_every_approach_of_a_stranger_is_met_at_its_instant_and_no_other(
    tmp_path: Path, parts: tuple[str, ...]
) -> None:
    exercise = load(tmp_path, *parts)
    outcome = rehearse(exercise, 3)
    found, expected = _met(outcome), _expected(exercise, outcome, 3)
    assert len(found) > 5
    assert [entry[:2] for entry in found] == [entry[:2] for entry in expected]
    for (unit, stranger, time_ms), (_, _, solved_ms) in zip(found, expected, strict=True):
        assert abs(time_ms - solved_ms) <= 1000, (unit, stranger)


def test_the_closest_approach_told_of_a_fishing_vessel_is_the_one_that_comes(tmp_path: Path) -> None:
    exercise = load(tmp_path, FISHING)
    outcome = rehearse(exercise)
    around = Around(exercise, 1)
    told = [event for event in outcome.events if event.kind == "encounter.begun"]
    exact = 0
    for event in told:
        legs = around.legs(str(event.data["stranger"]))
        within = Window(start_ms=event.time_ms, end_ms=event.time_ms + HOUR_MS)
        cpa = closest_approach(trim(outcome.tracks[event.unit].legs, within), trim(legs, within))
        assert cpa is not None
        exact += abs(cpa[1] - float(event.data["cpa_m"])) < 2.0
    assert exact > len(told) / 2  # some come again, or are closest later than an hour after


def test_who_is_to_pass_closer_than_a_mile_is_called_and_nobody_else(tmp_path: Path) -> None:
    outcome = rehearse(load(tmp_path, FISHING, "  call_range: 2 nm\n"))
    called = {str(event.data["stranger"]) for event in outcome.events if event.kind == "encounter.called"}
    close = {
        str(event.data["stranger"])
        for event in outcome.events
        if event.kind == "encounter.begun" and float(event.data["cpa_m"]) < 2.0 * NAUTICAL_MILE_M
    }
    assert called == close
    assert called


def test_a_wider_range_meets_more_and_each_at_that_range(tmp_path: Path) -> None:
    narrow, wide = (
        _met(rehearse(load(tmp_path, FISHING, f"  encounter_range: {range_nm} nm\n"))) for range_nm in (3, 8)
    )
    assert {entry[:2] for entry in narrow} < {entry[:2] for entry in wide}


def test_an_observer_that_is_faster_keeps_its_distance_while_the_unit_turns(tmp_path: Path) -> None:
    outcome = rehearse(load(tmp_path, FOLLOWED))
    (closed,) = (e for e in outcome.events if e.kind == "observer.closed" and e.data["observer"] == "context.WATCHER")
    watcher, unit = outcome.others["context.WATCHER"], outcome.tracks["ALFA"]
    times = np.arange(closed.time_ms, watcher.legs[-1].end_ms, MINUTE_MS)
    apart_m = distances_m(*positions_at(watcher.legs, times), *positions_at(unit.legs, times))
    assert np.allclose(apart_m, 3.0 * NAUTICAL_MILE_M, atol=40.0)


def test_an_observer_never_exceeds_the_speed_of_its_class(tmp_path: Path) -> None:
    outcome = rehearse(load(tmp_path, FOLLOWED))
    for id_, most_mps in (("context.WATCHER", 20.0 * KNOT_MPS), ("context.LAME", 12.0 * KNOT_MPS)):
        legs = outcome.others[id_].legs
        speeds = [distance_m(leg.start, leg.end) * 1000.0 / leg.duration_ms for leg in legs if leg.duration_ms > 1000]
        assert speeds
        assert max(speeds) <= most_mps * 1.005


def test_an_observer_begins_where_its_route_does_and_is_there_for_its_time_only(tmp_path: Path) -> None:
    exercise = load(tmp_path, FOLLOWED)
    legs = rehearse(exercise).others["context.LAME"].legs
    observer = exercise.observers["LAME"]
    assert legs[0].start == observer.route[0]
    assert (legs[0].start_ms, legs[-1].end_ms) == (observer.window.start_ms, observer.window.end_ms)
    assert all(a.end_ms == b.start_ms and a.end == b.start for a, b in itertools.pairwise(legs))


def test_ships_of_another_exercise_stay_inside_it_while_it_lasts(tmp_path: Path) -> None:
    exercise = load(tmp_path, NEIGHBOURS)
    drill = exercise.other_exercises["OTHERS"]
    assert drill.footprint is not None
    around = Around(exercise, 5)
    ships = [id_ for id_ in around.strangers if id_.startswith("context.OTHERS")]
    assert len(ships) == drill.ships
    for ship in ships:
        legs = around.legs(ship)
        assert (legs[0].start_ms, legs[-1].end_ms) == (drill.window.start_ms, drill.window.end_ms)
        places = [position_at(legs, time_ms) for time_ms in range(legs[0].start_ms, legs[-1].end_ms, 5 * MINUTE_MS)]
        assert all(contains(drill.footprint, place) for place in places)


def test_a_serial_in_the_water_of_another_exercise_says_so_when_it_begins(tmp_path: Path) -> None:
    (event,) = (e for e in rehearse(load(tmp_path, NEIGHBOURS)).events if e.kind == "area.occupied")
    assert (event.serial, event.data["by"]) == ("S1", "OTHERS")
    later = NEIGHBOURS.replace("2026-06-08T03:00Z", "2026-06-08T17:00Z").replace(
        "2026-06-08T12:00Z", "2026-06-08T18:00Z"
    )
    assert not [e for e in rehearse(load(tmp_path, later)).events if e.kind == "area.occupied"]


def test_stays_are_those_of_sampled_tracks(tmp_path: Path) -> None:
    exercise = load(tmp_path, FISHING, FOLLOWED)
    around = Around(exercise, 1)
    circle = Circle(centre=Position(lat_deg=39.25, lon_deg=133.8), radius_m=8_000.0)
    window = Window(start_ms=exercise.window.start_ms + HOUR_MS, end_ms=exercise.window.start_ms + 9 * HOUR_MS)
    stays = around.stays(circle, window)
    assert len({id_ for id_, _ in stays}) > 2
    assert [stay.start_ms for _, stay in stays] == sorted(stay.start_ms for _, stay in stays)
    times = np.arange(window.start_ms, window.end_ms, MINUTE_MS)
    for id_ in around.strangers:
        legs = around.legs(id_)
        if not legs:
            continue
        off_m = distances_m(*positions_at(legs, times), circle.centre.lat_deg, circle.centre.lon_deg)
        there = (times >= legs[0].start_ms) & (times <= legs[-1].end_ms)
        known = np.zeros(times.size, dtype=bool)
        for other, stay in stays:
            known |= (other == id_) & (times >= stay.start_ms) & (times <= stay.end_ms)
        surely = np.abs(off_m - circle.radius_m) > 2.0
        assert np.array_equal(known[surely], ((off_m < circle.radius_m) & there)[surely]), id_


def test_strangers_leave_the_luck_and_the_ways_of_all_units_as_they_were(tmp_path: Path) -> None:
    alone = rehearse(load(tmp_path), 4)
    for parts in ((FISHING,), (FOLLOWED,), (FISHING, NEIGHBOURS)):
        crowded = rehearse(load(tmp_path, *parts), 4)
        assert _of_units(crowded) == _of_units(alone)
        assert crowded.tracks == alone.tracks


def test_an_observer_more_leaves_all_other_strangers_as_they_were(tmp_path: Path) -> None:
    exercise = load(tmp_path, FISHING, NEIGHBOURS)
    watcher = Observer(
        id="NEW",
        name="New",
        nation="NZL",
        platform="type815a",
        window=exercise.window,
        shadows="BRAVO",
    )
    more = replace(exercise, observers={"NEW": watcher})
    before, after = _met(rehearse(exercise, 2)), _met(rehearse(more, 2))
    assert [entry for entry in after if entry[1] != "context.NEW"] == before
    assert [entry for entry in after if entry[1] == "context.NEW"]


def test_another_seed_makes_other_strangers_and_the_same_seed_the_same(tmp_path: Path) -> None:
    exercise = load(tmp_path, FISHING, NEIGHBOURS)
    assert rehearse(exercise, 1).digest == rehearse(replace(exercise), 1).digest
    assert _met(rehearse(exercise, 1)) != _met(rehearse(exercise, 2))


def test_a_run_among_others_that_was_cut_and_resumed_is_the_same_run(tmp_path: Path) -> None:
    exercise = load(tmp_path, FISHING, FOLLOWED)
    whole = rehearse(exercise, 6)
    run = Rehearsal(exercise, 6)
    run.run(exercise.window.start_ms + 5 * HOUR_MS)
    write_checkpoint(take_checkpoint(run), tmp_path / "cut")
    again = resume(read_checkpoint(tmp_path / "cut"), exercise)
    assert again.finish().digest == whole.digest


def test_without_others_in_the_file_nothing_is_said_and_nothing_is_built(tmp_path: Path) -> None:
    exercise = load(tmp_path, FOLLOWED.partition("    WATCHER")[0] + "    PASSER" + FOLLOWED.partition("    PASSER")[2])
    kinds = {event.kind.partition(".")[0] for event in rehearse(exercise).events}
    assert not kinds & OF_OTHERS
    asked = (
        "import sys; from waterspace import planfile; from waterspace.engine import rehearse; "
        f"rehearse(planfile.load({str(tmp_path / 'others.exercise.yaml')!r})); "
        "assert not {'numba', 'waterspace.traffic', 'waterspace.engine.encounters'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, cwd=ROOT)


def test_a_ground_without_water_and_a_follower_of_nobody_are_told_and_left_out(tmp_path: Path) -> None:
    inland = FISHING.replace("39-15.0N 133-50.0E", "36-00.0N 138-00.0E").replace("25 nm", "5 nm")
    ghost = FOLLOWED.replace("shadows: ALFA", "shadows: GHOST")
    outcome = rehearse(load(tmp_path, inland, ghost))
    (begun,) = (event for event in outcome.events if event.kind == "traffic.begun")
    assert "BANK" in begun.text
    assert "no water" in begun.text
    assert "context.WATCHER" not in outcome.others


@pytest.mark.deep
def test_the_running_example_among_merchants_meets_whom_its_tracks_meet() -> None:
    exercise = planfile.load(ROOT / "examples" / "northern-interaction-2023.exercise.yaml")
    crowded = replace(exercise, traffic=SeaTraffic(merchants=300, lanes=20))
    outcome = rehearse(crowded, 1)
    found = {(unit, stranger) for unit, stranger, _ in _met(outcome)}
    around = Around(crowded, 1)
    ships = {id_: around.legs(id_) for id_, who in around.strangers.items() if who.is_afloat}
    afloat = {unit: track.legs for unit, track in outcome.tracks.items() if _at_sea(crowded, unit)}
    expected = _pairs(afloat, ships)
    assert len(found) > 20
    assert found <= expected
    in_port = {pair for pair in expected - found if not _meets_at_sea(crowded, afloat[pair[0]], ships[pair[1]])}
    assert expected - found == in_port
    assert all(isinstance(event, Event) for event in outcome.events)


def _at_sea(exercise: Exercise, unit: str) -> bool:
    platform = exercise.platform(unit)
    return platform is not None and platform.medium.value == "surface"


def _pairs(units: dict[str, tuple[Leg, ...]], ships: dict[str, tuple[Leg, ...]]) -> set[tuple[str, str]]:
    from waterspace.geometry.compiled.fleet import Fleet

    names, others = list(units), list(ships)
    found = Fleet.of([*units.values(), *ships.values()]).meetings(RANGE_M, 0, 10**15)
    pairs = zip(found.first.tolist(), found.second.tolist(), strict=True)
    return {(names[a], others[b - len(names)]) for a, b in pairs if a < len(names) <= b}


def _meets_at_sea(exercise: Exercise, legs: tuple[Leg, ...], other: tuple[Leg, ...]) -> bool:
    """Whether two meet while the first is anywhere but where its track begins or ends, its base."""
    for window in windows_within(legs, other, RANGE_M):
        moving = [
            leg for leg in legs if not leg.is_wait and leg.start_ms < window.end_ms and leg.end_ms > window.start_ms
        ]
        if moving:
            return True
    return False


@given(
    seed=st.integers(0, 2**16),
    distance_m=st.floats(0.5, 12.0).map(lambda distance_nm: distance_nm * NAUTICAL_MILE_M),
    platform=st.sampled_from(("frigate", "slow", "type815a")),
    hours=st.tuples(st.integers(0, 8), st.integers(1, 9)),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_follower_keeps_to_its_speed_and_once_on_station_leaves_it_only_when_outrun(
    tmp_path: Path, seed: int, distance_m: float, platform: str, hours: tuple[int, int]
) -> None:
    exercise = load(tmp_path)
    start_ms = exercise.window.start_ms + hours[0] * HOUR_MS
    window = Window(start_ms=start_ms, end_ms=start_ms + hours[1] * HOUR_MS)
    watcher = Observer(
        id="W", name="W", nation="NZL", platform=platform, window=window, shadows="ALFA", distance_m=distance_m
    )
    outcome = rehearse(replace(exercise, observers={"W": watcher}), seed)
    legs, unit = outcome.others["context.W"].legs, outcome.tracks["ALFA"].legs
    most_mps = exercise.platforms[platform].max_speed_mps
    assert most_mps is not None
    assert (legs[0].start_ms, legs[-1].end_ms) == (window.start_ms, window.end_ms)
    assert all(a.end_ms == b.start_ms and a.end == b.start for a, b in itertools.pairwise(legs))
    lasting = [leg for leg in legs if leg.duration_ms >= MINUTE_MS]
    assert all(_run_m(leg) <= most_mps * leg.duration_ms / 1000.0 * 1.005 + 25.0 for leg in lasting)
    closed = [event.time_ms for event in outcome.events if event.kind == "observer.closed"]
    if closed and most_mps > 15.0 * KNOT_MPS:
        times = np.arange(closed[0], window.end_ms, MINUTE_MS)
        apart_m = distances_m(*positions_at(legs, times), *positions_at(unit, times))
        assert np.allclose(apart_m, distance_m, atol=60.0)


def _run_m(leg: Leg) -> float:
    return distance_m(leg.start, leg.end)


def test_a_sensor_or_a_serial_more_leaves_every_stranger_where_it_was(tmp_path: Path) -> None:
    serial = """\
  S2:
    type: transit
    units: {units: [BRAVO]}
    route: [39-30.0N 134-40.0E, 40-30.0N 135-40.0E]
    after: S1
    speed: 16 kn
"""
    few = load(tmp_path, FISHING, NEIGHBOURS)
    more = [load(tmp_path, serial, FISHING, NEIGHBOURS), load(tmp_path, FISHING, NEIGHBOURS, "sensors: {}\n")]
    before = Around(few, 8)
    for exercise in more:
        after = Around(exercise, 8)
        assert after.strangers == before.strangers
        assert all(after.legs(id_) == before.legs(id_) for id_ in before.strangers)
    assert _met(rehearse(more[1], 8)) == _met(rehearse(few, 8))


def test_who_follows_a_helicopter_follows_the_ship_that_carries_it(tmp_path: Path) -> None:
    text = FOLLOWED.replace("shadows: ALFA", "shadows: HELO")
    carried = "  helo: {name: Helo, kind: helicopter, medium: air, max_speed: 140 kn, cruise_speed: 120 kn}\nunits:\n"
    carried += "  HELO: {name: Helo, nation: JPN, class: helo, home: ALFA}\n"
    path = tmp_path / "helo.exercise.yaml"
    path.write_text(ALONE.replace("units:\n", carried, 1) + text, encoding="utf-8")
    outcome = rehearse(planfile.load(path))
    (left,) = (e for e in outcome.events if e.kind == "observer.left" and e.data["observer"] == "context.WATCHER")
    assert abs(float(left.data["range_m"]) - 3.0 * NAUTICAL_MILE_M) < 40.0


WEAVER = """\
traffic: {merchants: 0}
context:
  observers:
    WEAVER:
      {name: Weaver, nation: NZL, class: slow, start: 2026-06-08T12:50Z, end: 2026-06-08T13:40Z,
       route: [39-37.0N 134-40.0E, 39-34.7N 134-40.0E, 39-37.0N 134-40.0E, 39-34.7N 134-40.0E, 39-37.0N 134-40.0E]}
"""


def test_one_who_weaves_in_and_out_of_range_is_met_once_in_half_an_hour(tmp_path: Path) -> None:
    """Two contacts with a ship that lies still are found in one look, less than half an hour apart."""
    exercise = load(tmp_path, WEAVER)
    outcome = rehearse(exercise)
    legs = Around(exercise, 1).legs("context.WEAVER")
    assert len(windows_within(outcome.tracks["ALFA"].legs, legs, RANGE_M)) == 2
    found = _met(outcome)
    assert [entry[:2] for entry in found] == [entry[:2] for entry in _expected(exercise, outcome, 1)]
    assert [unit for unit, _, _ in found] == ["ALFA"]


def test_an_observer_that_is_called_like_a_ship_of_another_exercise_is_another(tmp_path: Path) -> None:
    watch = FOLLOWED.replace("WATCHER:", "OTHERS-1:").partition("context:\n")[2]
    exercise = load(tmp_path, NEIGHBOURS, watch)
    strangers = Around(exercise, 1).strangers
    ships = [id_ for id_, who in strangers.items() if who.kind == "ship of another exercise"]
    assert len(ships) == exercise.other_exercises["OTHERS"].ships
    assert strangers["context.OTHERS-1"].kind != "ship of another exercise"
    outcome = rehearse(exercise)
    assert {who for _, who, _ in _met(outcome)} & set(ships)


def test_a_ground_that_is_crowded_by_its_area_takes_as_many_vessels_as_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waterspace.traffic.fishing.MOST_FISHING", 12)
    exercise = load(tmp_path, FISHING)
    (event,) = (event for event in rehearse(exercise, 4).events if event.kind == "traffic.begun")
    assert event.text.startswith("12 strangers at sea")
    assert "vessels asked for; no more than 12 are made" in event.text
