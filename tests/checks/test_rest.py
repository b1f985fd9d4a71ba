"""Rest of crews and hours flown (WS606, WS607)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import findings_of, messages_of
from planting import clock, flotilla, hunt, period
from waterspace.checks.families.people import rest
from waterspace.checks.views.duties import Duties
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


def test_of_two_duties_at_once_the_greater_share_counts_and_their_time_together() -> None:
    rows = [
        (0, 15 * HOUR_MS, 1.0 / 3.0, "LONG"),
        (2 * HOUR_MS, 5 * HOUR_MS, 1.0, "A"),
        (4 * HOUR_MS, 6 * HOUR_MS, 1.0, "B"),
    ]
    ((_, served_ms, start_ms),) = Duties({"U": rows}).busiest(24 * HOUR_MS)
    assert abs(served_ms - (4 + 11 / 3) * HOUR_MS) < 1.0
    assert start_ms == 0


@given(st.lists(days(), min_size=1, max_size=3), st.lists(days(), min_size=1, max_size=3), st.integers(1, 600))
def test_the_most_service_of_overlapping_duties_is_what_trying_every_minute_finds(
    some: list[list[Row]], others: list[list[Row]], length: int
) -> None:
    units = [sorted(one + other) for one, other in zip(some, others, strict=False)]
    duties = Duties({f"U{number}": rows for number, rows in enumerate(units)})
    for (_, served_ms, _), rows in zip(duties.busiest(length * MINUTE_MS), units, strict=True):
        minutes = [0.0] * 4_000
        for begin_ms, end_ms, share, _ in rows:
            for minute in range(begin_ms // MINUTE_MS, end_ms // MINUTE_MS):
                minutes[minute] = max(minutes[minute], share)
        most = max(sum(minutes[start : start + length]) for start in range(3_000))
        assert abs(served_ms / MINUTE_MS - most) < 1e-3


def _spans(rows: list[Row], pause: int) -> list[tuple[int, int]]:
    """Service on end in minutes, shares left out that do not count in full."""
    found: list[tuple[int, int]] = []
    for begin_ms, end_ms, share, _ in rows:
        if share == 1.0:
            begin, end = begin_ms // MINUTE_MS, end_ms // MINUTE_MS
            if found and begin - found[-1][1] < max(pause, 1):
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((begin, end))
    return found


def _rests(spans: list[tuple[int, int]], begin: int, end: int) -> list[tuple[float, float]]:
    """The rests that touch a span of time: how long they are, and how much of them lies in it."""
    edges = [-1e6, *(edge for span in spans for edge in span), 1e6]
    rests = zip(edges[::2], edges[1::2], strict=True)
    return [(b - a, min(b, end) - max(a, begin)) for a, b in rests if min(b, end) > max(a, begin)]


@given(st.lists(days(), min_size=1, max_size=3), st.integers(60, 900), st.integers(0, 90))
def test_rest_is_cut_up_as_looking_at_every_span_that_begins_or_ends_with_service_finds(
    units: list[list[Row]], length: int, pause: int
) -> None:
    stretches = Duties({f"U{number}": rows for number, rows in enumerate(units)}).stretches(pause * MINUTE_MS)
    endless = 10_000.0 * HOUR_MS
    longest = {unit: found for unit, found, _ in stretches.rest_at_a_stretch(length * MINUTE_MS, endless)}
    in_two = {unit: found for unit, found, _ in stretches.rest_in_two(length * MINUTE_MS, endless)}
    on_end = {unit: found for unit, found, _ in stretches.longest(0.0)}
    for number, rows in enumerate(units):
        spans, unit = _spans(rows, pause), f"U{number}"
        looks = [(begin, begin + length) for begin, _ in spans] + [(end - length, end) for _, end in spans]
        rests = [_rests(spans, *look) for look in looks]
        least = min((max((whole for whole, _ in found), default=0.0) for found in rests), default=1e6)
        both = min((sum(sorted((cut for _, cut in found), reverse=True)[:2]) for found in rests), default=1e6)
        assert (longest[unit] / MINUTE_MS if unit in longest else None) == (least if least < 1e5 else None)
        assert (in_two[unit] / MINUTE_MS if unit in in_two else None) == (both if rests else None)
        assert (on_end[unit] / MINUTE_MS if unit in on_end else None) == (
            max(end - begin for begin, end in spans) if spans else None
        )


def _day(*minutes: int) -> str:
    """Serials of Alfa from 080000Z: minutes of service, of rest, of service and so on."""
    lines, at_ms = "serials:\n", START_MS
    for number, long in enumerate(minutes):
        if number % 2 == 0:
            lines += (
                f"  S{number // 2 + 1}: {{type: assembly, area: WEST, units: {{units: ALFA}}, start: {clock(at_ms)}, "
                f"duration: {long} min}}\n"
            )
        at_ms += long * MINUTE_MS
    return lines


def test_ws606_says_that_no_rest_of_a_day_is_long_enough() -> None:
    cut_up = _day(240, 350, 210, 355, 300)
    assert messages_of("WS606", cut_up) == [
        (
            "warning: Alfa has no more than 5 h 55 min out of service at a stretch in 24 h, 080000Z to 090000Z JUN 26, "
            "beside S1 (assembly), S2 (assembly) and S3 (assembly); one stretch of 6 h or more should be left to "
            "sleep. Move a serial, or relieve the ship in one."
        )
    ]
    (found,) = findings_of("WS606", cut_up)
    assert found.amount == (355 / 60, 6.0, "h")
    assert not findings_of("WS606", cut_up + "check: {limits: {rest_at_a_stretch: 5 h}}\n")


def test_ws606_says_that_the_rest_of_a_day_is_in_too_many_pieces() -> None:
    cut_up = _day(200, 380, 200, 190, 200, 200, 200)
    assert messages_of("WS606", cut_up) == [
        (
            "warning: Alfa has its rest in 24 h, 080000Z to 090000Z JUN 26, in pieces beside S1 (assembly), S2 "
            "(assembly), S3 (assembly) and S4 (assembly): the two longest give 9 h 40 min, and 10 h or more should be "
            "left to sleep in two. Move a serial, or relieve the ship in one."
        )
    ]
    assert not findings_of("WS606", cut_up + "check: {limits: {rest_in_a_day: 9 h}}\n")


def test_ws606_says_that_service_goes_on_for_too_long() -> None:
    on_end = _day(420, 50, 390)
    assert messages_of("WS606", on_end) == [
        (
            "warning: Alfa is in service for 14 h 20 min on end, 080000Z to 081420Z JUN 26, in S1 (assembly) and S2 "
            "(assembly); after 14 h at the most its crew should rest. Move a serial, or relieve the ship in one."
        )
    ]
    (found,) = findings_of("WS606", on_end)
    assert found.window == Window(start_ms=START_MS, end_ms=START_MS + 860 * MINUTE_MS)
    assert not findings_of("WS606", on_end + "check: {limits: {rest_counts_from: 30 min}}\n")
    assert not findings_of("WS606", on_end + "check: {limits: {service_on_end: 15 h, rest_in_a_day: 9 h}}\n")


def test_ws606_cuts_no_rest_by_time_stood_in_watches() -> None:
    watches = _day(120, 60, 24 * 60, 60, 300)
    assert not findings_of("WS606", watches)


@pytest.mark.parametrize(("first", "hours"), [(720, 4.0), (721, 4.0), (780, 4 + 1 / 3), (900, 5.0)])
def test_ws606_is_not_silenced_by_a_minute_more(first: int, hours: float) -> None:
    """Of 15 h 9 count in full, and of the 6 h left 2; 8 h of another serial leave 5 of the day."""
    (found,) = findings_of("WS606", _day(first, 60, 480))
    assert found.amount is not None
    assert abs(found.amount.value - hours) < 0.02
    assert found.subjects == ("ALFA", "S1", "S2")


def test_ws606_finds_long_serials_end_to_end_for_days() -> None:
    assert findings_of("WS606", _day(*[13 * 60, 0] * 9))
    assert not findings_of("WS606", _day(9 * 13 * 60))


@given(st.integers(1, 40 * 60), st.sampled_from((0.0, 0.25, 1.0 / 3.0, 0.5, 1.0)))
def test_a_minute_more_of_a_serial_changes_what_counts_by_no_more_than_a_minute(minutes: int, share: float) -> None:
    watches = rest._Watches(12.0 * HOUR_MS, 24.0 * HOUR_MS, share)

    def counted_ms(lasts: int) -> float:
        rows = list(rest._rows(Window(start_ms=0, end_ms=lasts * MINUTE_MS), "S1", watches))
        assert rows[0][0] == 0
        assert rows[-1][1] == lasts * MINUTE_MS
        assert all(before[1] == after[0] for before, after in pairwise(rows))
        return sum((end_ms - start_ms) * part for start_ms, end_ms, part, _ in rows)

    now_ms = counted_ms(minutes)
    assert abs(counted_ms(minutes + 1) - now_ms) <= MINUTE_MS + 1.0
    if minutes <= 720:
        assert now_ms == minutes * MINUTE_MS
    elif minutes >= 1440:
        assert abs(now_ms - share * minutes * MINUTE_MS) < 1.0


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
    passage = LONG_DAY.replace("start: 2026-06-08T10:00Z, duration: 8 h", "start: 2026-06-08T08:00Z, duration: 24 h")
    assert not findings_of("WS606", passage)
    assert findings_of("WS606", passage + "check: {limits: {rest_watch_share: 0.5}}\n")


def test_ws606_keeps_to_the_limit_of_the_staff() -> None:
    assert not findings_of("WS606", LONG_DAY + "check: {limits: {rest_in_a_day: 8 h}}\n")


def test_ws607_says_what_each_crew_flies() -> None:
    ships = flotilla(Position(lat_deg=38.5, lon_deg=134.0), endurance="30 h", helicopter=", crews: 2")
    serials = "serials:\n" + hunt("S1", START_MS, 600) + hunt("S2", START_MS + 12 * HOUR_MS, 600)
    (said,) = messages_of("WS607", period(START_MS) + ships + serials)
    assert "for each of 2 crews, in 2 flights; a crew should fly 8 h at most." in said
