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
