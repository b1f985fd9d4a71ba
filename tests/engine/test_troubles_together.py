"""Several troubles at once, troubles that come again, rules that contradict the day: a serial still comes to an end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waterspace import planfile
from waterspace.domain import Event, Exercise, SerialStatus
from waterspace.engine import Outcome, rehearse
from waterspace.quantity import HOUR_MS, MINUTE_MS

HEAD = """\
waterspace: 1
exercise: {name: Two ships, period: {start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z}}
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, length: 100 m, max_speed: 20 kn, economical_speed: 12 kn}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: JPN, class: cutter, start: 38-31.0N 134-00.0E}
  LATE: {name: Late, nation: JPN, class: cutter, start: 40-30.0N 137-00.0E}
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
  TWIN: {circle: {centre: 38-30.0N 134-00.0E, radius: 14 nm}}
  EAST: {circle: {centre: 38-30.0N 134-40.0E, radius: 15 nm}}
"""
GUNS = """\
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T03:00Z
    range: 5 nm
"""
BOTH = """\
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, LATE]}
    start: 2026-06-08T03:00Z
    duration: 2 h
    conditions: {sea_state: 4}
"""


def play(folder: Path, *texts: str) -> Outcome:
    return rehearse(load(folder, *texts))


def load(folder: Path, *texts: str) -> Exercise:
    file = folder / "plan.exercise.yaml"
    file.write_text("".join((HEAD, *texts)), encoding="utf-8")
    return planfile.load(file)


def decisions(outcome: Outcome) -> list[str]:
    return [str(event.data["decision"]) for event in of_kind(outcome, "serial.decision")]


def of_kind(outcome: Outcome, kind: str) -> list[Event]:
    return [event for event in outcome.events if event.kind == kind]


def policy(*rules: str) -> str:
    return "policies:\n  P:\n    rules:\n" + "".join(f"    - {{{rule}}}\n" for rule in rules)


def spell(sea_state: int, start: str, end: str) -> str:
    return f'  - {{start: 2026-06-08T{start}Z, end: 2026-06-08T{end}Z, sea_state: "{sea_state}"}}\n'


ROUGH = "weather:\n" + spell(8, "00:00", "23:59")


def test_a_serial_is_not_moved_to_where_the_same_weather_is(tmp_path: Path) -> None:
    swap = policy("when: weather, then: swap area, areas: [TWIN, EAST, WEST]", "then: scrub")
    outcome = play(tmp_path, GUNS, swap, ROUGH)
    assert decisions(outcome) == ["scrub"]
    assert outcome.records[0].status is SerialStatus.NOT_RUN


def others(centre: str) -> str:
    return f"""\
context:
  exercises:
    THEIRS:
      name: Theirs
      participants: [USA, JPN]
      start: 2026-06-08T01:00Z
      end: 2026-06-08T20:00Z
      circle: {{centre: {centre}, radius: 3 nm}}
"""


def test_an_area_at_the_same_place_is_no_way_out_and_one_that_is_left_is_left_for_good(tmp_path: Path) -> None:
    swap = policy("when: area occupied, then: swap area, areas: [TWIN, WEST, EAST]")
    outcome = play(tmp_path, GUNS, swap, others("38-30.0N 134-00.0E"))
    assert decisions(outcome) == ["swap area"]
    assert outcome.records[0].area == "EAST"


def test_whoever_goes_on_without_late_units_still_looks_at_the_weather(tmp_path: Path) -> None:
    go_on = policy("when: late, then: go on")
    assert play(tmp_path, BOTH, go_on).records[0].reason == "without LATE"
    record = play(tmp_path, BOTH, go_on, ROUGH).records[0]
    assert record.status is SerialStatus.NOT_RUN


def test_each_spell_of_weather_beyond_the_limits_is_asked_about(tmp_path: Path) -> None:
    patient = policy("when: weather, clears_within: 30 min, then: go on", "when: weather, then: scrub")
    day = "weather:\n" + spell(5, "03:30", "03:40") + spell(9, "03:50", "20:00")
    calm = BOTH.replace("LATE", "BRAVO")
    outcome = play(tmp_path, calm, patient, day)
    assert decisions(outcome) == ["go on", "scrub"]
    record = outcome.records[0]
    assert record.status is SerialStatus.CUT_SHORT
    assert record.reason == "weather beyond limits: sea state 9, limit 4"


def test_a_stranger_that_stays_is_not_expected_to_leave(tmp_path: Path) -> None:
    lies = """\
context:
  observers:
    LIES:
      name: Lies there
      nation: NZL
      class: type815a
      start: 2026-06-08T00:00Z
      end: 2026-06-09T00:00Z
      route: [38-30.0N 134-00.0E]
"""
    rules = policy("when: stranger, clears_within: 2 h, then: postpone, by: 30 min, at_most: 9 h", "then: scrub")
    assert decisions(play(tmp_path, GUNS, rules, lies)) == ["scrub"]


def test_a_rule_that_cannot_be_carried_out_leaves_the_word_to_the_next(tmp_path: Path) -> None:
    rules = policy("when: late, then: go on", "when: late, then: scrub")
    alone = GUNS.replace("firing: ALFA", "firing: LATE")
    outcome = play(tmp_path, alone, rules)
    assert decisions(outcome) == ["scrub"]
    assert outcome.records[0].reason == "scrubbed: units late"


def test_late_units_are_asked_about_when_those_it_follows_have_ended(tmp_path: Path) -> None:
    first = """\
serials:
  S0: {type: assembly, area: WEST, units: {units: [BRAVO]}, start: 2026-06-08T01:00Z, duration: 150 min}
"""
    second = BOTH.replace("serials:\n", "").replace("    conditions", "    after: S0\n    conditions")
    outcome = play(tmp_path, first, second, policy("when: late, then: scrub"))
    (decided,) = of_kind(outcome, "serial.decision")
    assert decided.time_ms == outcome.records[0].actual.end_ms  # type: ignore[union-attr]


def test_practice_says_so_in_words_of_its_own(tmp_path: Path) -> None:
    texts = [event.text for event in of_kind(play(tmp_path, BOTH.replace("LATE", "BRAVO"), ROUGH), "serial.decision")]
    words = "for longer than it is waited for; it is scrubbed (sea state 8, limit 4)."
    assert texts[-1] == f"S1: weather beyond limits, {words}"
    assert not any("rule" in text for text in texts)


TROUBLES = ("late", "weather", "area occupied", "stranger", "breakdown", "no link")
rules = st.builds(
    lambda when, then, ready, clears: ", ".join(
        filter(None, (f"when: {when}" if when else "", f"ready: {ready}" if ready else "", clears, then))
    ),
    st.sampled_from(("", *TROUBLES)),
    st.sampled_from(
        (
            "then: postpone, by: 20 min, at_most: 3 h",
            "then: swap area, areas: [TWIN, EAST]",
            "then: swap area, areas: [EAST, WEST, TWIN]",
            "then: go on",
            "then: scrub",
        )
    ),
    st.integers(0, 2),
    st.sampled_from(("", "clears_within: 1 h", "clears_within: 5 h")),
)
spells = st.builds(
    lambda state, at, lasts: spell(state, f"{at:02d}:00", f"{min(23, at + lasts):02d}:30"),
    st.integers(0, 9),
    st.integers(0, 22),
    st.integers(0, 9),
)


def _is_reachable(given_rules: list[str]) -> bool:
    """No rule but the last decides everything."""
    return all("when" in rule or "ready" in rule or "clears" in rule or "postpone" in rule for rule in given_rules[:-1])


def check_any(folder: Path, given_rules: list[str], day: list[str], serial: str, seed: int) -> None:
    texts = [serial, policy(*given_rules), others("38-30.0N 134-10.0E")]
    if day:
        texts.append("weather:\n" + "".join(day))
    texts.append("breakdowns:\n  B: {every: 5 h, repair: 50 min}\n")
    texts.append("links:\n  L: {range: 60 nm, outage_every: 4 h, outage: 30 min}\n")
    outcome = rehearse(load(folder, *texts), seed)
    (record,) = outcome.records
    assert outcome.events[-1].kind == "run.ended"
    assert len(decisions(outcome)) <= 60
    if record.actual is not None and record.planned is not None:
        assert record.actual.start_ms - record.planned.start_ms <= 24 * HOUR_MS  # a move may take half a day
        assert record.actual.end_ms - record.actual.start_ms <= 8 * HOUR_MS + MINUTE_MS
    for track in outcome.tracks.values():
        assert all(one.end_ms == other.start_ms for one, other in zip(track.legs, track.legs[1:], strict=False))
    assert rehearse(load(folder, *texts), seed).digest == outcome.digest


cases = (
    st.lists(rules, min_size=1, max_size=4).filter(_is_reachable),
    st.lists(spells, max_size=4),
    st.sampled_from((GUNS, BOTH)),
    st.integers(1, 5),
)


@given(*cases)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_policies_and_the_day_a_serial_comes_to_an_end(
    tmp_path_factory: pytest.TempPathFactory, given_rules: list[str], day: list[str], serial: str, seed: int
) -> None:
    check_any(tmp_path_factory.mktemp("plan"), given_rules, day, serial, seed)


@pytest.mark.deep
@given(*cases)
@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_policies_and_the_day_a_serial_comes_to_an_end_at_length(
    tmp_path_factory: pytest.TempPathFactory, given_rules: list[str], day: list[str], serial: str, seed: int
) -> None:
    check_any(tmp_path_factory.mktemp("plan"), given_rules, day, serial, seed)
