"""Rest of crews and hours flown (WS606, WS607)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builders import findings_of, messages_of
from planting import flotilla, hunt, period
from waterspace.checks.rest import _Duty, _most
from waterspace.domain import Position, Window
from waterspace.quantity import HOUR_MS, MINUTE_MS

START_MS = 1_780_876_800_000
LONG_DAY = """
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 8 h}
  S2: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T10:00Z, duration: 8 h}
"""


@st.composite
def days(draw: st.DrawFn) -> list[_Duty]:
    steps = draw(
        st.lists(
            st.tuples(st.integers(0, 300), st.integers(1, 300), st.sampled_from((1.0, 0.5))), min_size=1, max_size=6
        )
    )
    now, found = 0, []
    for pause, lasts, share in steps:
        window = Window(start_ms=(now + pause) * MINUTE_MS, end_ms=(now + pause + lasts) * MINUTE_MS)
        found.append(_Duty(window=window, share=share, serial="S"))
        now += pause + lasts
    return found


@given(days(), st.integers(1, 600))
def test_the_most_service_in_a_moving_span_is_what_trying_every_minute_finds(duties: list[_Duty], length: int) -> None:
    minutes = [0.0] * 4_000
    for duty in duties:
        for minute in range(duty.window.start_ms // MINUTE_MS, duty.window.end_ms // MINUTE_MS):
            minutes[minute] = duty.share
    most = max(sum(minutes[start : start + length]) for start in range(3_000))
    found_ms, start_ms = _most(duties, length * MINUTE_MS)
    assert abs(found_ms / MINUTE_MS - most) < 1e-6
    begin = start_ms // MINUTE_MS
    assert abs(sum(minutes[max(begin, 0) : max(begin + length, 0)]) - most) < 1e-6


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
