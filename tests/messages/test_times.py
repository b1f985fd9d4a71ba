"""The times of a warning: what each form of words means, counted out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.environment.sky.sun import sun_altitude_deg
from waterspace.messages.lexing import plain, tokens
from waterspace.messages.reading import Message, Spell
from waterspace.messages.times import Times, read_times
from waterspace.messages.warnings import read_warning
from waterspace.quantity import DAY_MS, MINUTE_MS

ISSUE = "2023-04-05T14:00"


def _ms(when: str) -> int:
    return round(datetime.fromisoformat(when).replace(tzinfo=UTC).timestamp() * 1000)


def _said(time_ms: int | None) -> str:
    return "-" if time_ms is None else datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%d%H%M%b%y")


def _spells(spells: tuple[Spell, ...]) -> list[str]:
    return [f"{_said(spell.start_ms)} {_said(spell.end_ms)}" for spell in spells]


def _read(text: str, issued: str | None = ISSUE, cancel: str | None = None) -> Times:
    issued_ms = None if issued is None else _ms(issued)
    return read_times(tokens(plain(text)), issued_ms, cancel_ms=None if cancel is None else _ms(cancel))


def _daily(clocks: str, *days: str) -> list[str]:
    start, end = clocks.split()
    found = []
    for day in days:
        later = datetime.strptime(day, "%d%b%y").replace(tzinfo=UTC) + timedelta(days=end <= start)
        found.append(f"{day[:2]}{start}{day[2:]} {later.strftime('%d')}{end}{later.strftime('%b%y')}")
    return found


STRETCHES = [
    ("131200Z TO 132359Z JUL", ["131200Jul23 132359Jul23"]),
    ("131200Z JUL TO 020300Z AUG", ["131200Jul23 020300Aug23"]),
    ("131200Z UNTIL 140300Z MAY", ["131200May23 140300May23"]),
    ("131200Z-131400Z,141200Z-141400Z MAY 23", ["131200May23 131400May23", "141200May23 141400May23"]),
    (
        "HAZARDOUS OPERATIONS 100900Z TO 101200Z, 140900Z TO 141430Z\n AND 280900Z TO 281430Z APR IN AREA BOUND BY",
        ["100900Apr23 101200Apr23", "140900Apr23 141430Apr23", "280900Apr23 281430Apr23"],
    ),
    ("FROM 110001 UTC TO 132359 UTC APR 23.", ["110001Apr23 132359Apr23"]),
    ("FROM 111200 TO 111300 FROM 121200 TO 121300 UTC APR", ["111200Apr23 111300Apr23", "121200Apr23 121300Apr23"]),
    ("131200Z T0 141300Z APR", ["131200Apr23 141300Apr23"]),
    ("300900Z APR TO 021700Z MAY", ["300900Apr23 021700May23"]),
    ("311800Z DEC TO 010600Z JAN", ["311800Dec23 010600Jan24"]),
    ("121300Z TO 1500Z APR", ["121300Apr23 121500Apr23"]),
    ("16 2200Z TO 170400Z APR", ["162200Apr23 170400Apr23"]),
    ("0800Z 12 APR TO 1600Z 14 APR", ["120800Apr23 141600Apr23"]),
    ("FROM 0000UTC 16 TO 0800UTC 17 SEP", ["160000Sep23 170800Sep23"]),
    ("FROM 12 APR 0800 UTC TO 14 APR 1600 UTC", ["120800Apr23 141600Apr23"]),
    ("120000Z TO 122400Z APR", ["120000Apr23 130000Apr23"]),
    ("COMMENCING 010000Z JUL FOR 3 DAYS", ["010000Jul23 040000Jul23"]),
    ("FOR 36 HOURS FROM 010600Z JUL", ["010600Jul23 021800Jul23"]),
    ("BETWEEN 121200Z AND 121800Z APR", ["121200Apr23 121800Apr23"]),
    ("120900I TO 121800I APR", ["120000Apr23 120900Apr23"]),
    ("31 OCT THRU 29 NOV", ["310000Oct23 292359Nov23"]),
    ("12 APR 2023 THRU 14 APR 2023", ["120000Apr23 142359Apr23"]),
    ("12 MAY UNTIL 30 MAY BY M/V NAME", ["120000May23 302359May23"]),
    ("GUNNERY EXERCISES 12 APR IN AREA", ["120000Apr23 122359Apr23"]),
    ("281400Z MAY UNTIL FURTHER NOTICE", ["281400May23 -"]),
    ("28 MAY UNTIL FURTHER NOTICE", ["280000May23 -"]),
    ("FROM 08 NOV", ["080000Nov23 -"]),
    ("UNTIL FURTHER NOTICE", ["051400Apr23 -"]),
    ("SURVEY IN PROGRESS BY M/V NAME", ["051400Apr23 -"]),
    ("IN PROGRESS UNTIL 110900Z JUN", ["051400Apr23 110900Jun23"]),
    ("IN PROGRESS UNTIL 31 DEC BY M/V NAME", ["051400Apr23 312359Dec23"]),
    ("IN PROGRESS BY M/V NAME UNTIL 31 DEC", ["051400Apr23 312359Dec23"]),
    ("IN PROGRESS THRU 31 JUL", ["051400Apr23 312359Jul23"]),
    ("SPECIAL ACTIVITIES TO 30 SEP BY VESSEL NAME", ["051400Apr23 302359Sep23"]),
    ("UNTIL 31 DEC 25 IN", ["051400Apr23 312359Dec25"]),
    ("UNTIL 31 JUL 1000 METRE BERTH REQUESTED", ["051400Apr23 312359Jul23"]),
    (
        "IN PROGRESS UNTIL 121200Z, 131200Z TO 131300Z AND 141200Z TO 141300Z APR",
        ["051400Apr23 121200Apr23", "131200Apr23 131300Apr23", "141200Apr23 141300Apr23"],
    ),
    ("DISTRESS SIGNALS RECEIVED ON 406 MHZ AT 041047Z APR IN", ["041047Apr23 -"]),
    ("ICEBERGS REPORTED ON 02 APR IN", ["020000Apr23 -"]),
    ("MAN OVERBOARD FROM VESSEL ON 02 APR", ["020000Apr23 -"]),
    ("GUNNERY EXERCISES ON 12 APR", ["120000Apr23 122359Apr23"]),
]


@pytest.mark.parametrize(("text", "expected"), STRETCHES)
def test_a_stretch_of_time_goes_from_its_first_instant_to_its_last(text: str, expected: list[str]) -> None:
    times = _read(text)
    assert _spells(times.spells) == expected
    assert not times.doubts
    assert not times.reserves


RECURRING = [
    ("1241Z TO 1727Z DAILY 08 THRU 10 MAY", _daily("1241 1727", "08May23", "09May23", "10May23")),
    (
        "2200Z TO 0800Z DAILY 09 THRU 10 AND 16 THRU 17 APR",
        _daily("2200 0800", "09Apr23", "10Apr23", "16Apr23", "17Apr23"),
    ),
    (
        "0800Z TO 0900Z COMMENCING DAILY 01, 08 THRU 09,\n 29 AND 30 JUL",
        _daily("0800 0900", "01Jul23", "08Jul23", "09Jul23", "29Jul23", "30Jul23"),
    ),
    ("0600Z TO 0700Z DAILY 30 DEC THRU 01 JAN", _daily("0600 0700", "30Dec23", "31Dec23", "01Jan24")),
    ("0600Z TO 0700Z DAILY 29 JUN, 05 AND 07 JUL", _daily("0600 0700", "29Jun23", "05Jul23", "07Jul23")),
    ("FOR 12 HOURS FROM 2200 UTC 03 TO 05 JUL", _daily("2200 1000", "03Jul23", "04Jul23", "05Jul23")),
    (
        "FOR 13 HOURS FROM 2000 UTC 05 TO 06 12 TO 13 MAY",
        _daily("2000 0900", "05May23", "06May23", "12May23", "13May23"),
    ),
    ("DAILY 10 TO 11 MAY FOR 13 HOURS FROM 2000 UTC IN AREA", _daily("2000 0900", "10May23", "11May23")),
    (
        "FOR 13 HOURS FROM 2000 UTC 30 APR TO 01 MAY 05 TO 06 MAY",
        _daily("2000 0900", "30Apr23", "01May23", "05May23", "06May23"),
    ),
    ("10 TO 12 DEC 0600 TO 1300 UTC", _daily("0600 1300", "10Dec23", "11Dec23", "12Dec23")),
    ("17 18 19 AUG 0000 TO 0900 UTC IN AREA", _daily("0000 0900", "17Aug23", "18Aug23", "19Aug23")),
    ("0001 TO 0900 UTC DAILY FROM 12 TO 13 AND 17 JUN", _daily("0001 0900", "12Jun23", "13Jun23", "17Jun23")),
    ("DAILY 0600Z TO 0900Z 12 THRU 13 APR BY M/V NAME", _daily("0600 0900", "12Apr23", "13Apr23")),
    ("BETWEEN 0800 AND 1600 UTC DAILY 12 TO 13 APR", _daily("0800 1600", "12Apr23", "13Apr23")),
    ("12TH TO 13TH APRIL 2023 FROM 08:00 TO 17:30 UTC", _daily("0800 1730", "12Apr23", "13Apr23")),
    ("0900 TO 1700 LOCAL TIME (UTC+8) DAILY 12 AND 13 APR", _daily("0100 0900", "12Apr23", "13Apr23")),
    ("0500Z TO 0900Z AND 1100Z TO 1500Z DAILY 18 APR", ["180500Apr23 180900Apr23", "181100Apr23 181500Apr23"]),
    ("0100 TO 0200 0300 TO 0400 UTC 05 MAY", ["050100May23 050200May23", "050300May23 050400May23"]),
    (
        "1400Z TO 2300Z DAILY 17 AND 19 AND 2000Z TO 2300Z 24 AND 25 MAY",
        [*_daily("1400 2300", "17May23", "19May23"), *_daily("2000 2300", "24May23", "25May23")],
    ),
    (
        (
            "0900Z TO 1000Z DAILY 02 THRU 03, 071200Z TO 071300Z MAY,\n "
            "0900Z TO 1000Z DAILY 10 MAY AND 141200Z TO 141500Z MAY"
        ),
        [
            *_daily("0900 1000", "02May23", "03May23"),
            "071200May23 071300May23",
            *_daily("0900 1000", "10May23"),
            "141200May23 141500May23",
        ],
    ),
    (
        "0000 TO 1000 UTC 06 APR 0100 TO 0200 UTC 07 APR",
        [*_daily("0000 1000", "06Apr23"), *_daily("0100 0200", "07Apr23")],
    ),
    (
        "12 AND 13 APR 2200 TO 0400 UTC AND 15 APR 0600 TO 0700 UTC",
        [*_daily("2200 0400", "12Apr23", "13Apr23"), *_daily("0600 0700", "15Apr23")],
    ),
    (
        "0800Z TO 1200Z DAILY UNTIL 10 APR EXCEPT SUNDAYS",
        _daily("0800 1200", "05Apr23", "06Apr23", "07Apr23", "08Apr23", "10Apr23"),
    ),
    ("0900Z TO 1700Z EVERY MON/WED 10 THRU 20 APR", _daily("0900 1700", "10Apr23", "12Apr23", "17Apr23", "19Apr23")),
    ("0900Z TO 1700Z WEEKDAYS 13 THRU 17 APR", _daily("0900 1700", "13Apr23", "14Apr23", "17Apr23")),
    (
        "MONDAY THRU WEDNESDAY 10 THRU 30 APR 0900Z TO 1700Z EXCEPT 17 THRU 26 APR",
        _daily("0900 1700", "10Apr23", "11Apr23", "12Apr23"),
    ),
    ("SATURDAYS AND SUNDAYS 0800Z TO 1200Z 08 THRU 15 APR", _daily("0800 1200", "08Apr23", "09Apr23", "15Apr23")),
    (
        "0500Z TO 1300Z DAILY MONDAY THRU THURSDAY AND 0500Z TO 1000Z FRIDAYS 05 JUN THRU 09 JUN 23",
        [*_daily("0500 1300", "05Jun23", "06Jun23", "07Jun23", "08Jun23"), *_daily("0500 1000", "09Jun23")],
    ),
    ("01 THRU 10 MAY EXCEPT SATURDAYS AND SUNDAYS", ["010000May23 052359May23", "080000May23 102359May23"]),
    ("WEDNESDAY 12 APR 0900Z TO 1200Z", _daily("0900 1200", "12Apr23")),
    ("24 HOURS DAILY 12 APR", ["120000Apr23 130000Apr23"]),
    ("H24 12 APR", ["120000Apr23 130000Apr23"]),
    ("TOWING 10 8100 METER LONG CABLES 10 APR THRU 12 MAY", ["100000Apr23 122359May23"]),
]


@pytest.mark.parametrize(("text", "expected"), RECURRING)
def test_hours_recur_on_each_of_their_days(text: str, expected: list[str]) -> None:
    times = _read(text)
    assert sorted(_spells(times.spells)) == sorted(expected)
    assert not times.doubts


RESERVES = [
    (
        "191218Z TO 191647Z APR, ALTERNATE 201153Z TO 201622Z, 211128Z TO 211556Z",
        ["191218Apr23 191647Apr23"],
        ["201153Apr23 201622Apr23", "211128Apr23 211556Apr23"],
    ),
    (
        "0800Z TO 1200Z DAILY 18 AND 19 JUL, ALTERNATE 20 JUL IN AREA",
        _daily("0800 1200", "18Jul23", "19Jul23"),
        _daily("0800 1200", "20Jul23"),
    ),
    ("182200Z TO 190300Z JUL, ALTERNATE 20 JUL", ["182200Jul23 190300Jul23"], _daily("2200 0300", "20Jul23")),
    ("12 APR, ALTERNATE 13 THRU 14 APR BY M/V NAME", ["120000Apr23 122359Apr23"], ["130000Apr23 142359Apr23"]),
    (
        "ROCKET LAUNCHING 21 (RESERVE 22) MAY 0600 TO 0900 UTC",
        _daily("0600 0900", "21May23"),
        _daily("0600 0900", "22May23"),
    ),
    (
        "050600 UTC TO 051200 UTC MAY RESERVE 060600 UTC TO 061200 UTC MAY",
        ["050600May23 051200May23"],
        ["060600May23 061200May23"],
    ),
    (
        "181200Z TO 181500Z MAY, ALTERNATE 1100Z TO 1300Z DAILY 19 AND 20 MAY",
        ["181200May23 181500May23"],
        _daily("1100 1300", "19May23", "20May23"),
    ),
]


@pytest.mark.parametrize(("text", "mains", "reserves"), RESERVES)
def test_alternates_are_kept_apart_and_take_the_hours_of_the_others(
    text: str, mains: list[str], reserves: list[str]
) -> None:
    times = _read(text)
    assert _spells(times.spells) == mains
    assert _spells(times.reserves) == reserves
    assert not times.doubts


DOUBTFUL = [
    ("MONDAY 12 APR 0900Z TO 1200Z", "MONDAY 12 APR", "is not a MONDAY"),
    ("31 JUN THRU 02 JUL", "31 JUN", "does not exist"),
    ("29 FEB 23 THRU 02 MAR 23", "29 FEB 23", "does not exist"),
    ("131200Z TO 121200Z JUL", "121200Z JUL", "before its first"),
    ("131200Z TO 131100Z JUL", "131200Z TO 131100Z JUL", "before its start"),
    ("12 APR THRU 10 APR", "10 APR", "before its first"),
    ("0900 TO 1700 LOCAL 12 APR", "0900", "local time"),
    ("2500Z TO 0700Z DAILY 12 AND 13 APR", "2500Z", "no time of day"),
    ("120900Z TO 120960Z APR", "120960Z", "no time of day"),
    ("0800Z TO 0900Z DAUKY 12 AND 13 APR", "0800Z TO 0900Z", "names no days"),
    ("0600 TO 1300 UTC", "0600 TO 1300 UTC", "names no days"),
    ("0600Z TO 0700Z DAILY UNTIL FURTHER NOTICE", "UNTIL FURTHER NOTICE", "without a last day"),
    ("9999999Z TO 121200Z APR", "9999999Z", "not understood"),
    ("32 APR IN AREA", "32 APR", "not understood"),
    ("251200Z 251500Z APR", "251200Z", "side by side"),
    ("131200Z APR XX TO 141300Z APR", "131200Z APR", "stands alone"),
    ("ALTERNATE SATELLITE RE-ENTRY 051200Z TO 051300Z MAY", "ALTERNATE", "alternate"),
    ("0500Z TO 1300Z DAILY 12 THRU 14 APR EXCEPT HOLIDAYS", "HOLIDAYS", "Holidays"),
    ("281200Z TO 281500Z, 301200Z TO 301500Z AND 011200Z TO 011500Z MAY", "301500Z", "later month"),
    ("181200Z TO 181500Z, 191300Z TO 191400Z JUL, ALTERNATE 20 JUL", "20 JUL", "have no hours"),
    ("08 THRU 14 MAR", "14 MAR", "without a year"),
    ("FROM APR 12 TO APR 14", "APR", "without a day"),
    ("UNTIL END OF MAY", "MAY", "without a day"),
    ("UNTIL MAY 2024", "MAY", "without a day"),
    ("FROM 30 MINUTES AFTER SUNSET TO SUNRISE 12 APR", "SUNSET", "no time of day"),
    ("0600 HRS TO 1800 HRS LOCAL 12 APR", "0600", "local time"),
    ("0600Z TO 0900Z DAILY COMMENCING 10 APR", "10 APR", "no last one"),
    ("0600 TO 0900 IN AREA", "0600", "not understood"),
]


@pytest.mark.parametrize(("text", "place", "reason"), DOUBTFUL)
def test_what_contradicts_itself_is_doubted_with_its_place(text: str, place: str, reason: str) -> None:
    doubts = _read(text).doubts
    assert [text[doubt.span.start : doubt.span.end] for doubt in doubts if reason in doubt.reason][:1] == [place]


@pytest.mark.parametrize(
    "text",
    [
        "VESSELS MAY BE MET ON CHANNEL 16 MAY BE CAREFUL",
        "RACON 12 MAY BE UNRELIABLE",
        "ALTERNATE AREA BETWEEN",
        "IN DEPTHS 1000 TO 1500 METERS",
        "CHART RUS 61001 DNC 23, DNC 24.",
        "WITHIN 24 HOURS OF SAILING",
        "EXCEPT ISLAND AND ISLANDS NEAR IT",
        "UNMANNED X12 APR",
        "PHONE: 811 3427 6172",
        "42-40.00N 131-41.00E, 42-40.00N 131-57.00E, 42-38.50N 132-15.00E.",
    ],
)
def test_what_is_no_time_gives_none_and_no_doubt(text: str) -> None:
    assert not _read(text)


@pytest.mark.parametrize(
    ("text", "issued", "cancel", "expected"),
    [
        ("0600Z TO 0700Z 31 DEC", "2022-12-28T00:00", None, "310600Dec22 310700Dec22"),
        ("0600Z TO 0700Z 02 JAN", "2022-12-28T00:00", None, "020600Jan23 020700Jan23"),
        ("UNTIL 03 JAN", "2023-01-05T00:00", "2024-01-04T01:00", "050000Jan23 032359Jan24"),
        ("28 DEC THRU 05 JAN", None, "2019-01-06T00:59", "280000Dec18 052359Jan19"),
        ("01 JAN THRU 31 DEC", None, "2019-01-01T00:59", "010000Jan18 312359Dec18"),
        ("12 DEC THRU 15 MAR 18", None, None, "120000Dec17 152359Mar18"),
    ],
)
def test_a_day_without_a_year_is_taken_from_the_cancellation_or_the_issue(
    text: str, issued: str | None, cancel: str | None, expected: str
) -> None:
    times = _read(text, issued, cancel)
    assert _spells(times.spells) == [expected]
    assert not times.doubts


def test_a_day_without_a_year_in_a_message_without_any_is_doubted_and_gives_no_spell() -> None:
    times = _read("0600Z TO 0700Z 12 APR", issued=None)
    assert not times.spells
    assert "a year was expected" in times.doubts[0].reason


def test_hours_of_the_sun_wait_for_a_place_and_then_follow_it() -> None:
    times = _read("SUNRISE TO SUNSET DAILY 12 AND 13 APR")
    assert times.lacks_place
    assert not times.spells
    for lon_deg in (135.0, -120.0):
        place = Position(lat_deg=40.0, lon_deg=lon_deg)
        seen = times.at(place)
        assert len(seen.spells) == 2
        assert not seen.doubts
        for spell, later in pairwise(seen.spells):
            assert spell.start_ms is not None
            assert spell.end_ms is not None
            assert 12 * 3600_000 < spell.end_ms - spell.start_ms < 14 * 3600_000
            assert sun_altitude_deg(place, (spell.start_ms + spell.end_ms) // 2) > 50.0
            assert sun_altitude_deg(place, spell.start_ms) == pytest.approx(-0.8, abs=0.1)
            assert abs((later.start_ms or 0) - spell.start_ms - DAY_MS) < 5 * MINUTE_MS
    assert _read("0300Z TO SUNSET DAILY 12 APR").at(place).spells
    assert "no place" in times.at(None).doubts[0].reason


def test_daylight_and_darkness_are_the_sun_s_hours() -> None:
    place = Position(lat_deg=40.0, lon_deg=135.0)
    light = _read("DURING DAYLIGHT HOURS 12 APR").at(place).spells[0]
    dark = _read("DURING HOURS OF DARKNESS 12 APR").at(place).spells[0]
    assert light.end_ms == dark.start_ms


def test_the_places_of_the_words_of_times_are_told() -> None:
    text = "GUNNERY EXERCISES 0600Z TO 0900Z DAILY 12 AND 13 APR IN AREA"
    (span,) = _read(text).spans
    assert text[span.start : span.end] == "0600Z TO 0900Z DAILY 12 AND 13 APR"


CLOCKS = st.integers(0, 24 * 60 - 1)
DAYS = st.dates(date(2023, 4, 6), date(2023, 11, 30))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}{minute % 60:02}"


@given(DAYS, CLOCKS, st.integers(1, 20 * 24 * 60))
def test_a_written_stretch_is_read_back(day: date, minute: int, length: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
    end = start + timedelta(minutes=length)
    text = f"{start:%d%H%M}Z {start:%b} TO {end:%d%H%M}Z {end:%b}"
    times = _read(text)
    assert times.spells == (Spell(round(start.timestamp() * 1000), round(end.timestamp() * 1000)),)
    assert not times.doubts


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=5), DAYS, CLOCKS, CLOCKS)
def test_written_lists_of_days_are_read_back(runs: list[tuple[int, int]], day: date, first: int, last: int) -> None:
    """Days in runs, each run so many days after the last, written with each month once."""
    words: list[str] = []
    expected: list[date] = []
    for gap, more in runs:
        begin = (expected[-1] if expected else day) + timedelta(days=gap + 1)
        end = begin + timedelta(days=more)
        expected += [begin + timedelta(days=shift) for shift in range(more + 1)]
        words.append(f"{begin:%d %b} THRU {end:%d %b}" if more else f"{begin:%d %b}")
    for index in range(len(words) - 1):  # a month that the next day names again may be left out
        here, there = words[index].split(), words[index + 1].split()
        if here[-1] == there[-1] == there[1] and here[1] == here[-1]:
            words[index] = " ".join(word for word in here if word != here[-1])
    text = f"{_clock(first)}Z TO {_clock(last)}Z DAILY {', '.join(words)}"
    times = _read(text)
    length = last - first if last > first else last - first + 24 * 60
    assert [spell.start_ms for spell in times.spells] == [
        round(datetime(one.year, one.month, one.day, tzinfo=UTC).timestamp() * 1000) + first * MINUTE_MS
        for one in expected
    ]
    assert {(spell.end_ms or 0) - (spell.start_ms or 0) for spell in times.spells} == {length * MINUTE_MS}
    assert not times.doubts


WORDS = st.sampled_from(
    [
        *("12", "30", "99", "0", "8", "23", "00", "2023", "0900", "0600Z", "2400Z", "131200Z", "APR", "MAY", "UTC"),
        *(
            "TO",
            "THRU",
            "AND",
            "T0",
            "H24",
            "XX",
            ",",
            "(",
            ")",
            ".",
            "-",
            "/",
            ":",
            "+",
            "42-40.00N",
            "AT",
            "ON",
            "IN",
        ),
        *("DAILY", "EVERY", "MONDAY", "SUNDAYS", "EXCEPT", "HOLIDAYS", "UNTIL", "FURTHER", "NOTICE", "FROM", "FOR"),
        *("HOURS", "DAYS", "ALTERNATE", "RESERVE", "SUNRISE", "SUNSET", "DAYLIGHT", "LOCAL", "PROGRESS", "BETWEEN"),
    ]
)


@given(st.lists(WORDS, max_size=40))
def test_no_words_in_any_order_break_the_reader(words: list[str]) -> None:
    text = " ".join(words)
    times = _read(text).at(Position(lat_deg=40.0, lon_deg=135.0))
    for spell in (*times.spells, *times.reserves):
        assert spell.end_ms is None or spell.start_ms is None or spell.start_ms < spell.end_ms
    for doubt in times.doubts:
        assert 0 <= doubt.span.start < doubt.span.end <= len(text)


@pytest.mark.parametrize(
    "word", ["12, ", "12 THRU ", "131200Z ", "0600Z TO ", "EXCEPT ", "MONDAY ", "ALTERNATE ", "DAILY "]
)
def test_long_garbage_takes_time_in_proportion(word: str) -> None:
    """Twice as much makes about twice the marks that rules look at; a quadratic reader would not end here."""
    times = _read(word * 20_000)
    assert not times.spells or len(times.spells) <= 20_000


HOURS_OF_ALL = "HYDROPAC 9810/26(97).\n1. GUNNERY 0000Z-0900Z ON 07-09 JUN IN AREAS:\n"


@pytest.mark.parametrize(
    "parts",
    [
        "B. 5 MILES RADIUS OF 36-00N 134-00E. ON 08 JUN ALSO IN AREA\nC. WITHIN 5 MILES OF 34-00N 134-00E.",
        "B. WITHIN 5 MILES OF 36-00N 134-00E, ON 08 JUN ONLY.",
        "B. WITHIN 5 MILES OF 36-00N 134-00E, 08 JUN.",
    ],
)
def test_a_day_alone_in_a_part_beside_hours_of_the_whole_is_doubted(parts: str) -> None:
    text = f"{HOURS_OF_ALL}A. WITHIN 5 MILES OF 38-00N 134-00E.\n{parts}\n2. CANCEL THIS MSG 091000Z JUN 26.\n"
    assert "A day stands alone" in read_warning(Message(id="1", text=text)).reason


def test_a_day_alone_beside_hours_of_the_same_part_is_doubted_unless_something_was_seen_on_it() -> None:
    text = "WITHIN 5 MILES OF 36-00N 134-00E {} 08 JUN.\nGUNNERY 0000Z-0900Z ON 07 AND 09 JUN 26."
    found = [read_warning(Message(id="1", text=text.format(word))) for word in ("ON", "REPORTED")]
    assert ["A day stands alone" in reading.reason for reading in found] == [True, False]
