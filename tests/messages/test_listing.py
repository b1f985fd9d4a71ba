"""Lines are numbered in many ways: no number of a line is read as a day, and no time of a list is lost."""

from __future__ import annotations

import pytest

from waterspace.messages.reader import read
from waterspace.messages.reading import Message, Reading, Verdict
from waterspace.notation import format_time, parse_time

ISSUED = parse_time("2026-07-15T00:00Z")
MARKS = ["{}. ", "{}) ", "({}) ", "{}.) ", "{}- ", "{}: ", "{}/ ", "#{} ", "[{}] ", "NO. {}. "]
"""How lines are numbered, the number in braces."""
FIRING = "GUNNERY EXERCISES 0000Z TO 0900Z DAILY 20 THRU 21 JUL IN AREA WITHIN 3 MILES OF 40-20N 135-40E."
LAUNCH = "ROCKET FIRING 220000Z TO 220300Z JUL IN AREA WITHIN 5 MILES OF 41-00N 135-00E."
CANCEL = "CANCEL THIS MSG 231000Z JUL 26."


def _read(*lines: str) -> Reading:
    return read(Message(id="one", text="\n".join(["HYDROPAC 999/26.", "SEA OF JAPAN.", *lines]), issued_ms=ISSUED))


def _starts(reading: Reading) -> list[list[str]]:
    return [[format_time(spell.start_ms)[:6] for spell in area.spells if spell.start_ms] for area in reading.areas]


@pytest.mark.parametrize("mark", [*MARKS, "{} - ", "I. "])
def test_each_numbered_paragraph_keeps_its_own_times_whatever_its_mark(mark: str) -> None:
    marks = ["I. ", "II. ", "III. "] if mark == "I. " else [mark.format(number) for number in (1, 2, 3)]
    reading = _read(*(mark + line for mark, line in zip(marks, (FIRING, LAUNCH, CANCEL), strict=True)))
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert _starts(reading) == [["200000", "210000"], ["220000"]]
    assert reading.cancel_ms == parse_time("2026-07-23T10:00Z")


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    "times",
    [("200000Z TO 200900Z JUL", "220000Z TO 220300Z JUL"), ("20 JUL 0000Z TO 0900Z", "22 JUL 0000Z TO 0300Z")],
)
def test_no_time_of_a_numbered_list_above_the_place_is_lost(mark: str, times: tuple[str, str]) -> None:
    listed = [mark.format(number) + line for number, line in enumerate(times, start=1)]
    reading = _read("GUNNERY EXERCISES:", *listed, "IN AREA WITHIN 5 MILES OF 41-00N 135-00E.", CANCEL)
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert _starts(reading) == [["200000", "220000"]]


@pytest.mark.parametrize("mark", ["{} - ", "{} "])
def test_a_number_that_may_be_a_day_is_asked_about(mark: str) -> None:
    listed = [mark.format(number) + line for number, line in ((1, "20 JUL 0000Z TO 0900Z"), (2, "22 JUL 0000Z"))]
    reading = _read("GUNNERY EXERCISES:", *listed, "IN AREA WITHIN 5 MILES OF 41-00N 135-00E.", CANCEL)
    assert reading.verdict is Verdict.REVIEW
    assert "1 begins a line and may be its number or a day" in reading.reason


@pytest.mark.parametrize(
    "lines", [("GUNNERY 0000Z TO 0900Z FROM", "1 - 3 AUG"), ("GUNNERY 0000Z TO 0900Z", "1 AND", "2 AUG")]
)
def test_a_day_that_happens_to_begin_a_line_is_a_day(lines: tuple[str, ...]) -> None:
    reading = _read(*lines, "IN AREA WITHIN 5 MILES OF 41-00N 135-00E.", "CANCEL THIS MSG 041000Z AUG 26.")
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert _starts(reading)[0][0] == "010000"


@pytest.mark.parametrize("mark", ["- ", "* ", ""])
def test_areas_and_times_that_take_turns_in_one_paragraph_are_asked_about(mark: str) -> None:
    reading = _read(*(mark + line for line in (FIRING, LAUNCH, CANCEL)))
    assert reading.verdict is Verdict.REVIEW
    assert "take turns" in reading.reason


AREA = "IN AREA WITHIN 5 MILES OF 38-00N 134-00E."
TIMES = ("200000Z TO 200900Z JUL", "210000Z TO 210900Z JUL")


@pytest.mark.parametrize(
    "lines",
    [
        (f"GUNNERY {AREA}", *TIMES),
        (f"1. GUNNERY {AREA}", *(f"{number}. {time}." for number, time in enumerate(TIMES, 2))),
        ("GUNNERY.", *(f"{number}. {time}." for number, time in enumerate(TIMES, 1)), f"3. {AREA}"),
        *(
            (f"GUNNERY {AREA}", *map("{} {}".format, marks, TIMES))
            for marks in (("1.", "2."), ("A.", "B."), ("#1", "#2"))
        ),
    ],
)
def test_times_that_stand_in_lines_of_their_own_are_those_of_the_only_place(lines: tuple[str, ...]) -> None:
    reading = _read(*lines)
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert _starts(reading) == [["200000", "210000"]]


@pytest.mark.parametrize(
    "lines",
    [
        (f"GUNNERY 1. {AREA}", "2. IN AREA WITHIN 5 MILES OF 39-00N 134-00E.", f"3. {TIMES[0]}.", f"4. {TIMES[1]}."),
        ("GUNNERY.", f"A. {TIMES[0]}.", f"B. {TIMES[1]}.", f"2. {AREA}"),
        ("GUNNERY.", f"1. {TIMES[0]}.", f"2. {TIMES[1]} {AREA}", "3. CABLE OPERATIONS IN 41-00N 130-00E 25 JUL."),
    ],
)
def test_times_of_which_nothing_says_whose_they_are_are_never_lost_in_silence(lines: tuple[str, ...]) -> None:
    reading = _read(*lines)
    starts = {start for area in _starts(reading) for start in area}
    assert reading.verdict is Verdict.REVIEW or {"200000", "210000"} <= starts


@pytest.mark.parametrize("mark", ["{}- ", "P{}- ", "{}-", "{}. ", "({}) "])
@pytest.mark.parametrize("corner", ["{}-00N {}-00E", "{}-00.00N {}-00.00E", "{}-00-00N {}-00-00E"])
@pytest.mark.parametrize("between", ["\n", " "])
def test_the_number_of_a_corner_is_no_part_of_its_latitude(mark: str, corner: str, between: str) -> None:
    corners = [(38, 134), (38, 135), (37, 135), (37, 134)]
    said = [mark.format(number) + corner.format(*place) for number, place in enumerate(corners, 1)]
    reading = _read(f"GUNNERY 200000Z TO 200900Z JUL IN AREA BOUND BY{between}{between.join(said)}.")
    (area,) = reading.areas
    assert reading.verdict is Verdict.REVIEW or [(place.lat_deg, place.lon_deg) for place in area.positions] == corners
