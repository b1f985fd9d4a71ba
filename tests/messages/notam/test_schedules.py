"""Item D: 150 and more schedules that were expanded by hand, the sun by an almanac, and laws."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notam_schedules import ROWS, Row
from waterspace.domain import Position
from waterspace.messages.notam.expanding import expand
from waterspace.messages.reading import Spell

BLUFFTON = Position(lat_deg=40.8939, lon_deg=-83.8917)
DEFIANCE = Position(lat_deg=41.281944, lon_deg=-84.362778)
NORTH = Position(lat_deg=80.0, lon_deg=20.0)
MINUTE_MS = 60_000
_WINDOW = re.compile(r"(?:(\d\d)/)?(\d\d)(?:\.\.(\d\d))? (\d{4})-(?:\+(\d{4})|(?:(\d\d)/)?(\d\d) (\d{4})|(\d{4}))")


def moment(group: str) -> datetime:
    return datetime.strptime(group, "%y%m%d%H%M").replace(tzinfo=UTC)


def milliseconds(time: datetime) -> int:
    return int(time.timestamp()) * 1000


def typed(row: Row) -> tuple[Spell, ...]:
    """The windows of a row as they are typed; those that touch are one, as in the expansion."""
    start = moment(row.start)
    month, year = start.month, start.year
    found: list[tuple[datetime, datetime]] = []
    for part in row.windows.split(", "):
        match = _WINDOW.fullmatch(part)
        assert match is not None, part
        if match[1]:
            year += 1 if int(match[1]) < month else 0
            month = int(match[1])
        for number in range(int(match[2]), int(match[3] or match[2]) + 1):
            day = datetime(year, month, number, tzinfo=UTC)
            begin = day + hours(match[4])
            if match[5]:
                finish = day + timedelta(days=1) + hours(match[5])
            elif match[7]:
                later = int(match[6] or month)
                finish = datetime(year + (later < month), later, int(match[7]), tzinfo=UTC) + hours(match[8])
                month = later
            else:
                finish = day + hours(match[9])
            found.append((begin, finish))
    joined: list[tuple[datetime, datetime]] = []
    for begin, finish in sorted(found):
        if joined and joined[-1][1] == begin:
            joined[-1] = (joined[-1][0], finish)
        else:
            joined.append((begin, finish))
    return tuple(Spell(milliseconds(begin), milliseconds(finish)) for begin, finish in joined)


def hours(digits: str) -> timedelta:
    return timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))


def told(spells: tuple[Spell, ...]) -> list[str]:
    """Windows to read in a failure."""
    return [
        " to ".join(
            datetime.fromtimestamp((edge or 0) / 1000, UTC).strftime("%d %b %H:%M")
            for edge in (each.start_ms, each.end_ms)
        )
        for each in spells
    ]


def test_there_are_at_least_150_schedules_expanded_by_hand() -> None:
    assert len(ROWS) >= 150
    assert len({(row.schedule, row.start, row.end) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.schedule} ({row.rule})")
def test_a_schedule_expands_to_the_windows_typed_by_hand(row: Row) -> None:
    windows = expand(row.schedule, milliseconds(moment(row.start)), milliseconds(moment(row.end)))
    assert told(windows.spells) == told(typed(row))
    assert windows.misread == ()


# ------------------------------------------------------------------------------------------------------------ the sun


def expanded(schedule: str, start: str, end: str, position: Position | None = None) -> tuple[Spell, ...]:
    windows = expand(schedule, milliseconds(moment(start)), milliseconds(moment(end)), position)
    assert windows.misread == ()
    return windows.spells


@pytest.mark.parametrize(
    ("schedule", "begin", "finish"),
    [
        ("SR-SS", "1809121113", "1809122350"),
        ("HJ", "1809121113", "1809122350"),
        ("DAILY SUNRISE-SUNSET", "1809121113", "1809122350"),
        ("SR MINUS30-SS PLUS30", "1809121043", "1809130020"),
        ("SR PLUS 15-2000", "1809121128", "1809122000"),
        ("SR-15-SS+10", "1809121058", "1809130000"),
        ("SR-30MIN TO SS+30MIN", "1809121043", "1809130020"),
        ("1200-SS MINUS60", "1809121200", "1809122250"),
        ("12 SR-1500", "1809121113", "1809121500"),
    ],
)
def test_hours_by_the_sun_are_those_of_the_almanac(schedule: str, begin: str, finish: str) -> None:
    """Source: US Naval Observatory, Bluffton, Ohio, 12 September 2018: sunrise 11:13, sunset 23:50 UTC."""
    (spell,) = expanded(schedule, "1809120600", "1809130600", BLUFFTON)
    assert abs((spell.start_ms or 0) - milliseconds(moment(begin))) <= MINUTE_MS
    assert abs((spell.end_ms or 0) - milliseconds(moment(finish))) <= MINUTE_MS


def test_hours_from_civil_dawn_are_those_of_the_almanac() -> None:
    """Source: US Naval Observatory, Defiance, Ohio, 8 November 2019: civil dawn 11:48, sunset 22:25 UTC."""
    (spell,) = expanded("BCMT-SS", "1911080600", "1911090400", DEFIANCE)
    assert abs((spell.start_ms or 0) - milliseconds(moment("1911081148"))) <= MINUTE_MS
    assert abs((spell.end_ms or 0) - milliseconds(moment("1911082225"))) <= MINUTE_MS


def test_the_night_lasts_from_sunset_to_the_next_sunrise() -> None:
    (spell,) = expanded("HN", "1809121200", "1809131300", BLUFFTON)
    assert abs((spell.start_ms or 0) - milliseconds(moment("1809122350"))) <= MINUTE_MS
    assert milliseconds(moment("1809131110")) < (spell.end_ms or 0) < milliseconds(moment("1809131118"))


OKI = Position(lat_deg=37.5, lon_deg=134.5)


def daylights(schedule: str, start: str, end: str) -> list[tuple[str, str]]:
    """First and last of the hours of windows at Oki, in UTC."""
    edges = [(each.start_ms or 0, each.end_ms or 0) for each in expanded(schedule, start, end, OKI)]
    first, last = (
        [f"{datetime.fromtimestamp(edge / 1000, UTC):%d%H}" for edge in side] for side in zip(*edges, strict=True)
    )
    return list(zip(first, last, strict=True))


@pytest.mark.parametrize(
    ("schedule", "start", "end", "expected"),
    [
        ("HJ", "2609140000", "2609150000", [("1400", "1409"), ("1420", "1500")]),
        ("MON-FRI HJ", "2609140000", "2609160900", [("1400", "1409"), ("1420", "1509"), ("1520", "1609")]),
        ("MON HJ", "2609130000", "2609150000", [("1320", "1409"), ("1420", "1500")]),
        ("14-15 SR-SS", "2609132000", "2609151000", [("1320", "1409"), ("1420", "1509")]),
        ("14-15 SR-SS", "2609142000", "2609161000", [("1420", "1509"), ("1520", "1609")]),
        ("HJ EXC 12-13", "2609110000", "2609140000", [("1100", "1109"), ("1120", "1209"), ("1320", "1400")]),
        ("HJ EXC SUN", "2609120000", "2609132000", [("1200", "1209"), ("1220", "1309")]),
        ("DAILY SR-2200", "2609132000", "2609150000", [("1320", "1322"), ("1420", "1422")]),
        ("MON-TUE SR-2200", "2609132000", "2609150000", [("1320", "1322"), ("1420", "1422")]),
        ("MON-TUE SR-0200", "2609132000", "2609150000", [("1320", "1402"), ("1420", "1500")]),
        ("EVERY OTHER DAY HJ", "2609132000", "2609160000", [("1320", "1409"), ("1520", "1600")]),
    ],
)
def test_daylight_of_a_day_is_that_of_the_place_or_of_utc(
    schedule: str, start: str, end: str, expected: list[tuple[str, str]]
) -> None:
    """14 September 2026 is a Monday; at Oki the sun rises about 20:59 UTC of the day before."""
    assert daylights(schedule, start, end) == expected


def test_sunrise_about_midnight_of_utc_leaves_no_day_out() -> None:
    assert len(expanded("MON-SUN HJ", "2601010000", "2612310000", Position(lat_deg=0.0, lon_deg=90.0))) == 365


def test_hours_by_the_sun_need_a_sun_and_a_place() -> None:
    for position in (NORTH, None):
        windows = expand("SR-SS", milliseconds(moment("2612200000")), milliseconds(moment("2612220000")), position)
        assert windows.spells == ()
        assert "SR" in windows.misread[0].reason


# ----------------------------------------------------------------------------------------------- what is not understood


@pytest.mark.parametrize(
    ("schedule", "told_of"),
    [
        ("MON-FRI 0800-1000 EXC HOL", "holidays"),
        ("0800", "without an end"),
        ("0800-", "without an end"),
        ("0800-1000 LT", "LT"),
        ("0870-1000", "no time of day"),
        ("0800-2500", "no time of day"),
        ("32 0800-1000", "no day of a month"),
        ("AUG 20 0800-1000", "outside of items B to C"),
        ("FEB 30 0800-1000", "outside of items B to C"),
        ("20-22", "days without hours"),
        ("HO", "HO"),
        ("AS NOTIFIED BY ATC", "NOTIFIED"),
        ("0800-1000 ON", "no date follows"),
        ("2607200800", "without an end"),
        ("2607320800 TO 2607321000", "no date and time"),
        ("JUL", "without a day"),
        ("01-02 2224-0109, 02-03 2322-0207", "overlap"),
        ("0800-1000 EXC", "exception of nothing"),
        ("", "neither days nor hours"),
    ],
)
def test_what_is_not_understood_is_told(schedule: str, told_of: str) -> None:
    windows = expand(schedule, milliseconds(moment("2607010000")), milliseconds(moment("2607310000")))
    assert told_of in " ".join(each.reason for each in windows.misread)


def test_days_that_may_be_in_several_months_are_told() -> None:
    windows = expand("05 0800-1000", milliseconds(moment("2606010000")), milliseconds(moment("2608310000")))
    assert "any of 3 months" in windows.misread[0].reason
    assert len(windows.spells) == 3


def test_a_schedule_without_an_end_is_followed_for_a_while_and_told() -> None:
    windows = expand("DAILY 0800-1000", milliseconds(moment("2606010000")), None)
    assert len(windows.spells) == 800
    assert "no end" in windows.misread[0].reason


# ----------------------------------------------------------------------------------------------------------------- laws

_clock = st.integers(0, 24 * 60 - 1)


@given(st.sets(st.integers(2, 30), min_size=1), _clock, _clock)
@settings(deadline=None)
def test_dates_and_hours_expand_to_one_window_each(days: set[int], first: int, last: int) -> None:
    text = (
        " ".join(f"{day:02}" for day in sorted(days))
        + f" {first // 60:02}{first % 60:02}-{last // 60:02}{last % 60:02}"
    )
    start, end = moment("2607020000"), moment("2607312359")
    windows = expand(text, milliseconds(start), milliseconds(end))
    length = (last - first) % (24 * 60) or 24 * 60
    total = sum((each.end_ms or 0) - (each.start_ms or 0) for each in windows.spells)
    assert total == len(days) * length * MINUTE_MS
    for day in days:
        begin = milliseconds(datetime(2026, 7, day, tzinfo=UTC)) + first * MINUTE_MS
        assert any((each.start_ms or 0) <= begin < (each.end_ms or 0) for each in windows.spells)


@given(st.text(alphabet="0123456789 -/,()AHNCEXDLYMONTUJRS+.", max_size=60))
@settings(deadline=None)
def test_any_text_gives_windows_in_order_within_items_b_and_c(text: str) -> None:
    start, end = milliseconds(moment("2607010000")), milliseconds(moment("2608150000"))
    windows = expand(text, start, end, BLUFFTON)
    for each in windows.spells:
        assert start <= (each.start_ms or 0) < (each.end_ms or 0) <= end
    for before, after in pairwise(windows.spells):
        assert (before.end_ms or 0) < (after.start_ms or 0)
    assert windows.spells or windows.misread
    assert all(0 <= each.start <= each.end <= len(text) for each in windows.misread)
