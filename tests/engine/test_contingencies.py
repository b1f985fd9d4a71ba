"""What may go otherwise than planned, from the keys of a file to the events and records of a run."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace import planfile
from waterspace.domain import Event, Exercise, SerialStatus
from waterspace.engine import rehearse
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import speed_mps
from waterspace.notation import parse_time
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS

TWO_SHIPS = """\
waterspace: 1
exercise: {name: Two ships, period: {start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z}}
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, length: 100 m, max_speed: 20 kn, economical_speed: 12 kn}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: JPN, class: cutter, start: 38-31.0N 134-00.0E}
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
  EAST: {circle: {centre: 38-30.0N 135-00.0E, radius: 15 nm}}
"""
ASSEMBLY = """\
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T06:00Z
    duration: 2 h
"""


def load(tmp_path: Path, *texts: str) -> Exercise:
    file = tmp_path / "plan.exercise.yaml"
    file.write_text("".join((TWO_SHIPS, *texts)), encoding="utf-8")
    return planfile.load(file)


def of_kind(events: tuple[Event, ...], kind: str) -> list[Event]:
    return [event for event in events if event.kind == kind]


TRANSIT = """\
serials:
  S1:
    type: transit
    units: {units: ALFA}
    start: 2026-06-08T06:00Z
    route: [38-30.0N 134-00.0E, 38-30.0N 136-00.0E]
    speed: 20 kn
"""


def weather(sea_state: int, start: str = "00:00", end: str = "23:00", wind_from: str = "090") -> str:
    return (
        f"weather:\n  - {{start: 2026-06-08T{start}Z, end: 2026-06-08T{end}Z, "
        f'sea_state: "{sea_state}", wind_from: "{wind_from}"}}\n'
    )


class TestSeaSlowsShips:
    def test_a_head_sea_slows_a_ship_to_what_its_power_leaves(self, tmp_path: Path) -> None:
        calm = rehearse(load(tmp_path, TRANSIT))
        rough = rehearse(load(tmp_path, TRANSIT, weather(5)))
        fast, slow = (
            max(speed_mps(leg) for leg in run.tracks["ALFA"].legs if not leg.is_wait) for run in (calm, rough)
        )
        assert fast == pytest.approx(20.0 * KNOT_MPS, rel=1e-3)
        # Aertssen, force 7 for the waves of sea state 5, head: 21 / 100 + 0.11 of the greatest speed is lost.
        assert slow == pytest.approx(20.0 * KNOT_MPS * (1.0 - 0.32), rel=1e-3)

    def test_a_following_sea_costs_less_than_a_head_sea(self, tmp_path: Path) -> None:
        ends = []
        for wind_from in ("090", "270"):
            record = rehearse(load(tmp_path, TRANSIT, weather(5, wind_from=wind_from))).records[0]
            assert record.actual is not None
            ends.append(record.actual.end_ms)
        assert ends[0] > ends[1]

    def test_a_calm_sea_changes_nothing(self, tmp_path: Path) -> None:
        assert rehearse(load(tmp_path, TRANSIT, weather(3))).tracks == rehearse(load(tmp_path, TRANSIT)).tracks

    def test_a_ship_slows_where_the_weather_changes_and_not_before(self, tmp_path: Path) -> None:
        legs = rehearse(load(tmp_path, TRANSIT, weather(5, start="07:00"))).tracks["ALFA"].legs
        moving = [leg for leg in legs if not leg.is_wait and leg.serial == "S1"]
        cut = [leg for leg in moving if leg.end_ms % HOUR_MS == 0]
        assert len(cut) == 1
        assert speed_mps(moving[moving.index(cut[0]) + 1]) < speed_mps(cut[0])

    @given(st.integers(0, 9), st.integers(0, 359))
    @settings(max_examples=15, deadline=None)
    def test_whatever_the_sea_a_ship_goes_the_same_way_and_no_faster(
        self, tmp_path_factory: pytest.TempPathFactory, sea_state: int, wind: int
    ) -> None:
        folder = tmp_path_factory.mktemp("plan")
        calm = rehearse(load(folder, TRANSIT)).tracks["ALFA"].legs
        rough = rehearse(load(folder, TRANSIT, weather(sea_state, wind_from=f"{wind:03d}"))).tracks["ALFA"].legs
        assert distance_m(calm[0].start, rough[0].start) < 1.0
        assert max(speed_mps(leg) for leg in rough) <= max(speed_mps(leg) for leg in calm) + 0.01
        assert all(one.end_ms == other.start_ms for one, other in itertools.pairwise(rough))
        assert all(distance_m(one.end, other.start) < 0.01 for one, other in itertools.pairwise(rough))


class TestWeatherStopsWork:
    LIMITED = ASSEMBLY + "    conditions: {sea_state: 4}\n"

    def test_a_serial_waits_until_the_sea_has_gone_down(self, tmp_path: Path) -> None:
        run = rehearse(load(tmp_path, self.LIMITED, weather(5, start="05:00", end="07:00")))
        record = run.records[0]
        assert record.actual is not None
        assert record.planned is not None
        assert record.actual.start_ms - record.planned.start_ms == HOUR_MS
        assert "weather" in record.reason
        assert [event.data["decision"] for event in of_kind(run.events, "serial.decision")] == ["postpone"]

    def test_it_is_given_up_where_the_sea_stays_high(self, tmp_path: Path) -> None:
        record = rehearse(load(tmp_path, self.LIMITED, weather(5))).records[0]
        assert record.status is SerialStatus.NOT_RUN
        assert record.reason == "scrubbed: weather beyond limits"

    def test_a_running_serial_is_broken_off_when_the_sea_rises(self, tmp_path: Path) -> None:
        record = rehearse(load(tmp_path, self.LIMITED, weather(5, start="06:30"))).records[0]
        assert record.actual is not None
        assert record.planned is not None
        assert record.status is SerialStatus.CUT_SHORT
        assert record.reason == "weather beyond limits: sea state 5, limit 4"
        assert record.actual.end_ms - record.planned.start_ms >= 30 * MINUTE_MS

    def test_a_policy_may_say_to_go_on(self, tmp_path: Path) -> None:
        policy = "policies:\n  BOLD: {rules: [{when: weather, then: go on}]}\n"
        record = rehearse(load(tmp_path, self.LIMITED, policy, weather(5))).records[0]
        assert record.status is SerialStatus.COMPLETED

    def test_wind_and_sight_stop_work_too(self, tmp_path: Path) -> None:
        limited = ASSEMBLY + "    conditions: {wind: 20 kn, visibility: 1 nm}\n"
        foggy = (
            "weather:\n  - {start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z, visibility: 0.5 nm, wind_speed: 5 kn}\n"
        )
        windy = (
            "weather:\n  - {start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z, visibility: 5 nm, wind_speed: 25 kn}\n"
        )
        for spell in (foggy, windy):
            assert rehearse(load(tmp_path, limited, spell)).records[0].status is SerialStatus.NOT_RUN


class TestPolicies:
    OTHERS = """\
context:
  exercises:
    THEIRS:
      name: Theirs
      participants: [USA, JPN]
      start: 2026-06-08T05:00Z
      end: 2026-06-08T12:00Z
      circle: {centre: 38-30.0N 134-00.0E, radius: 10 nm}
"""
    GUNS = """\
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T06:00Z
    range: 5 nm
"""

    def test_an_occupied_area_is_swapped_for_a_free_one(self, tmp_path: Path) -> None:
        policy = "policies:\n  P: {serials: S1, rules: [{when: area occupied, then: swap area, areas: [WEST, EAST]}]}\n"
        exercise = load(tmp_path, self.GUNS, self.OTHERS, policy)
        run = rehearse(exercise)
        record = run.records[0]
        assert record.area == "EAST"
        assert record.status is SerialStatus.COMPLETED
        firing = of_kind(run.events, "firing.run")
        assert firing
        east = exercise.areas["EAST"].footprint.centre  # type: ignore[union-attr]
        assert all(event.position is not None and distance_m(event.position, east) < 28_000.0 for event in firing)

    def test_where_no_rule_fits_the_serial_is_scrubbed(self, tmp_path: Path) -> None:
        policy = "policies:\n  P: {rules: [{when: area occupied, ready: 5, then: go on}]}\n"
        record = rehearse(load(tmp_path, self.GUNS, self.OTHERS, policy)).records[0]
        assert record.status is SerialStatus.NOT_RUN
        assert record.reason == "scrubbed: area occupied"

    def test_without_a_policy_the_serial_is_held_all_the_same(self, tmp_path: Path) -> None:
        record = rehearse(load(tmp_path, self.GUNS, self.OTHERS)).records[0]
        assert record.status is SerialStatus.COMPLETED

    def test_it_waits_for_late_units_as_long_as_the_policy_says(self, tmp_path: Path) -> None:
        far = ASSEMBLY.replace("06:00Z", "00:30Z").replace("area: WEST", "area: EAST")
        patient = "policies:\n  P: {rules: [{when: late, then: postpone, by: 30 min, at_most: 4 h}]}\n"
        hasty = "policies:\n  P: {rules: [{when: late, then: scrub}]}\n"
        assert rehearse(load(tmp_path, far, patient)).records[0].status is SerialStatus.COMPLETED
        record = rehearse(load(tmp_path, far, hasty)).records[0]
        assert record.status is SerialStatus.NOT_RUN
        assert record.reason == "scrubbed: units late"


class TestBreakdowns:
    RATES = "breakdowns:\n  OLD: {units: ALFA, every: 6 h, repair: 1 h}\n"

    def test_breakdowns_come_at_the_rate_of_the_file(self, tmp_path: Path) -> None:
        exercise = load(tmp_path, ASSEMBLY, self.RATES)
        counts = [len(of_kind(rehearse(exercise, seed).events, "unit.failed")) for seed in range(60)]
        mean = (exercise.window.end_ms - exercise.window.start_ms) / (7 * HOUR_MS)
        assert sum(counts) / len(counts) == pytest.approx(mean, rel=0.25)

    def test_a_unit_without_a_rate_never_breaks_down(self, tmp_path: Path) -> None:
        exercise = load(tmp_path, ASSEMBLY, self.RATES)
        assert {
            event.unit for seed in range(20) for event in of_kind(rehearse(exercise, seed).events, "unit.failed")
        } == {"ALFA"}

    def test_a_rate_for_one_unit_leaves_the_luck_of_another_alone(self, tmp_path: Path) -> None:
        both = self.RATES + "  NEW: {units: BRAVO, every: 9 h, repair: 1 h}\n"

        def of_alfa(text: str) -> list[int]:
            events = rehearse(load(tmp_path, ASSEMBLY, text), 5).events
            return [event.time_ms for event in of_kind(events, "unit.failed") if event.unit == "ALFA"]

        times_ms = of_alfa(self.RATES)
        assert times_ms
        assert of_alfa(both)[: len(times_ms)] == times_ms or of_alfa(both) == times_ms[: len(of_alfa(both))]

    def test_every_breakdown_is_repaired_after_the_time_it_says(self, tmp_path: Path) -> None:
        events = rehearse(load(tmp_path, ASSEMBLY, self.RATES), 3).events
        for event in of_kind(events, "unit.failed"):
            due_ms = event.time_ms + int(event.data["repair_ms"])
            repaired = [other.time_ms for other in of_kind(events, "unit.repaired")]
            assert due_ms in repaired or due_ms > events[-1].time_ms - 13 * HOUR_MS


def test_the_same_file_and_seed_give_the_same_run(tmp_path: Path) -> None:
    exercise = load(tmp_path, ASSEMBLY, TestBreakdowns.RATES, weather(5, start="03:00", end="08:00"))
    assert rehearse(exercise, 7).digest == rehearse(exercise, 7).digest


def test_keys_that_ask_for_nothing_change_nothing(tmp_path: Path) -> None:
    """A policy for a trouble that never comes, and a link that always reaches, leave a run as it was."""
    quiet = "policies:\n  P: {rules: [{when: stranger, then: scrub}]}\nlinks:\n  HF: {range: 4000 nm}\n"
    assert rehearse(load(tmp_path, ASSEMBLY, quiet)).digest == rehearse(load(tmp_path, ASSEMBLY)).digest


class TestDarkness:
    """On 8 June at 38.5N 134E the sun sets at about 1018Z and rises at about 1940Z."""

    GUNS = """\
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T06:00Z
    range: 5 nm
    foul: 0
"""

    def test_a_practice_that_runs_into_the_dark_is_broken_off_at_sunset(self, tmp_path: Path) -> None:
        run = rehearse(load(tmp_path, self.GUNS.replace("06:00Z", "09:30Z")))
        record = run.records[0]
        assert record.actual is not None
        assert record.status is SerialStatus.CUT_SHORT
        assert record.reason == "darkness: it needs daylight"
        sunset_ms = record.actual.end_ms
        assert abs(sunset_ms - parse_time("2026-06-08T10:18Z")) < 10 * MINUTE_MS
        assert all(event.time_ms <= sunset_ms for event in of_kind(run.events, "firing.run"))

    def test_one_that_is_due_in_the_dark_waits_for_the_sun_if_that_is_near(self, tmp_path: Path) -> None:
        late = rehearse(load(tmp_path, self.GUNS.replace("06:00Z", "19:00Z"))).records[0]
        assert late.actual is not None
        assert abs(late.actual.start_ms - parse_time("2026-06-08T19:40Z")) < 10 * MINUTE_MS
        never = rehearse(load(tmp_path, self.GUNS.replace("06:00Z", "12:00Z"))).records[0]
        assert never.reason == "scrubbed: darkness"

    def test_who_asks_for_no_light_gets_none(self, tmp_path: Path) -> None:
        night = self.GUNS.replace("06:00Z", "12:00Z") + "    night: yes\n"
        assert rehearse(load(tmp_path, night)).records[0].status is SerialStatus.COMPLETED


def test_a_decision_names_who_stands_in_the_way(tmp_path: Path) -> None:
    policy = "policies:\n  P: {rules: [{when: area occupied, then: scrub}]}\n"
    run = rehearse(load(tmp_path, TestPolicies.GUNS, TestPolicies.OTHERS, policy))
    (decided,) = of_kind(run.events, "serial.decision")
    assert decided.text == "S1: area occupied; by rule 1 it is scrubbed (Theirs)."


def test_a_serial_that_waited_for_one_that_was_not_held_says_so(tmp_path: Path) -> None:
    first = "serials:\n  S0:\n    type: gunnery\n    area: EAST\n    units: {firing: ALFA}\n"
    first += "    start: 2026-06-08T00:30Z\n    latest: 2026-06-08T00:30Z\n    range: 5 nm\n"
    second = ASSEMBLY.replace("serials:\n", "").replace("06:00Z", "00:10Z") + "    after: S0\n"
    record = rehearse(load(tmp_path, first, second)).records[1]
    assert record.reason == "waited for S0 to end"
