"""Rest of crews and hours flown (WS606, WS607)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builders import findings_of, messages_of
from planting import flotilla, hunt, period
from waterspace.checks.duties import Duties
from waterspace.domain import Position, Window
from waterspace.quantity import HOUR_MS, MINUTE_MS

START_MS = 1_780_876_800_000
LONG_DAY = """
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 8 h}
  S2: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T10:00Z, duration: 8 h}
"""


Row = tuple[int, int, float, str]


@st.composite
def days(draw: st.DrawFn) -> list[Row]:
    step = st.tuples(st.integers(0, 300), st.integers(1, 300), st.sampled_from((1.0, 0.5)))
    now, found = 0, []
    for pause, lasts, share in draw(st.lists(step, min_size=1, max_size=6)):
        found.append(((now + pause) * MINUTE_MS, (now + pause + lasts) * MINUTE_MS, share, "S"))
        now += pause + lasts
    return found


@given(st.lists(days(), min_size=1, max_size=3), st.integers(1, 600))
def test_the_most_service_in_a_moving_span_is_what_trying_every_minute_finds(
    units: list[list[Row]], length: int
) -> None:
    duties = Duties({f"U{number}": rows for number, rows in enumerate(units)})
    for (unit, served_ms, start_ms), rows in zip(duties.busiest(length * MINUTE_MS), units, strict=True):
        minutes = [0.0] * 4_000
        for begin_ms, end_ms, share, _ in rows:
            for minute in range(begin_ms // MINUTE_MS, end_ms // MINUTE_MS):
                minutes[minute] = share
        most = max(sum(minutes[start : start + length]) for start in range(3_000))
        begin = start_ms // MINUTE_MS
        assert abs(served_ms / MINUTE_MS - most) < 1e-3, unit
        assert abs(sum(minutes[max(begin, 0) : max(begin + length, 0)]) - most) < 1e-3, unit


def test_of_two_duties_at_once_one_counts() -> None:
    rows = [(0, 5 * HOUR_MS, 1.0, "A"), (HOUR_MS, 2 * HOUR_MS, 1.0, "B"), (4 * HOUR_MS, 6 * HOUR_MS, 1.0, "C")]
    assert list(Duties({"U": rows}).busiest(10 * HOUR_MS)) == [("U", 6.0 * HOUR_MS, 0)]
    assert Duties({"U": rows}).within("U", Window(start_ms=0, end_ms=HOUR_MS)) == ["A"]


def test_ws606_says_how_little_is_left_to_sleep_beside_which_serials() -> None:
    assert messages_of("WS606", LONG_DAY) == [
        (
            "warning: Alfa has 8 h out of service in 24 h, 080000Z to 090000Z JUN 26, beside S1 (assembly) and S2 "
            "(assembly); 10 h or more should be left to sleep. Move a serial, or relieve the ship in one."
        )
    ]


def test_ws606_lets_a_harbour_phase_be_and_counts_a_third_of_a_long_passage() -> None:
    phase = "phases:\n  P1: {kind: harbour, start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z}\n"
    assert not findings_of("WS606", LONG_DAY.replace("units: ALFA}", "units: ALFA}, phase: P1") + phase)
    passage = LONG_DAY.replace("start: 2026-06-08T10:00Z, duration: 8 h", "start: 2026-06-08T08:00Z, duration: 16 h")
    assert not findings_of("WS606", passage)
    assert findings_of("WS606", passage + "check: {limits: {rest_watch_share: 0.5}}\n")


def test_ws606_keeps_to_the_limit_of_the_staff() -> None:
    assert not findings_of("WS606", LONG_DAY + "check: {limits: {rest_in_a_day: 8 h}}\n")


def test_ws607_says_what_each_crew_flies() -> None:
    ships = flotilla(Position(lat_deg=38.5, lon_deg=134.0), endurance="30 h", helicopter=", crews: 2")
    serials = "serials:\n" + hunt("S1", START_MS, 600) + hunt("S2", START_MS + 12 * HOUR_MS, 600)
    (said,) = messages_of("WS607", period(START_MS) + ships + serials)
    assert "for each of 2 crews, in 2 flights; a crew should fly 8 h at most." in said
