"""Numbers, lengths and bearings of warnings."""

from __future__ import annotations

import pytest

from waterspace.messages.cursor import Cursor
from waterspace.messages.lexing import plain, tokens
from waterspace.messages.measures import bearings, direction, length, length_before, number
from waterspace.quantity import FOOT_M, NAUTICAL_MILE_M, YARD_M

NUMBERS = {
    "5": 5.0,
    "27.5": 27.5,
    ".5": 0.5,
    "0,5": 0.5,
    "1,000": 1000.0,
    "1/2": 0.5,
    "1 1/2": 1.5,
    "TEN": 10.0,
    "TWENTY-FIVE": 25.0,
    "TWENTY FIVE": 25.0,
    "FIVE HUNDRED": 500.0,
    "TWO HUNDRED AND FIFTY": 250.0,
    "TWO THOUSAND FIVE HUNDRED": 2500.0,
    "HALF A": 0.5,
    "ONE HALF": 0.5,
    "ONE AND A HALF": 1.5,
    "TWO AND ONE HALF": 2.5,
    "2 AND A HALF": 2.5,
    "THREE QUARTERS OF A": 0.75,
    "ONE POINT FIVE": 1.5,
    "FIVE (5)": 5.0,
    "A HUNDRED": 100.0,
}


def cursor(text: str) -> Cursor:
    """A cursor at the start of a text."""
    return Cursor(tokens(plain(text)))


@pytest.mark.parametrize(("text", "value"), NUMBERS.items(), ids=NUMBERS)
def test_a_number_is_read_in_digits_and_in_words(text: str, value: float) -> None:
    here = cursor(f"{text} MILES")
    assert number(here) == pytest.approx(value)
    assert here.peek().text == "MILES"


@pytest.mark.parametrize("text", ["MILES", "AND HALF", "A BUOY", ". MILES", "(5)"])
def test_what_is_no_number_is_left_where_it_is(text: str) -> None:
    here = cursor(text)
    assert number(here) is None
    assert here.at == 0


LENGTHS = {
    "TEN MILES": 10 * NAUTICAL_MILE_M,
    "5NM": 5 * NAUTICAL_MILE_M,
    "5.4 SEA MILES": 5.4 * NAUTICAL_MILE_M,
    "12 NAUTICAL MILES": 12 * NAUTICAL_MILE_M,
    "3 N.M.": 3 * NAUTICAL_MILE_M,
    "A MILE": NAUTICAL_MILE_M,
    "500-METRE": 500.0,
    "500M": 500.0,
    "5KM": 5000.0,
    "1,000 YARDS": 1000 * YARD_M,
    "30 FEET": 30 * FOOT_M,
    "TWO CABLES": 0.2 * NAUTICAL_MILE_M,
}


@pytest.mark.parametrize(("text", "metres"), LENGTHS.items(), ids=LENGTHS)
def test_a_length_is_read_with_its_unit(text: str, metres: float) -> None:
    found = length(cursor(f"{text} OF"))
    assert found is not None
    assert found.metres == pytest.approx(metres)
    assert not found.fault


@pytest.mark.parametrize("text", ["5M", "5 STATUTE MILES"])
def test_a_unit_that_may_be_two_things_is_doubted(text: str) -> None:
    found = length(cursor(text))
    assert found is not None
    assert found.fault


def test_a_length_is_read_backwards_from_its_unit() -> None:
    here = cursor("BUOY NR 7. ONE AND A HALF MILES FROM")
    here.at = next(at for at, token in enumerate(here.tokens) if token.text == "MILES")
    found = length_before(here)
    assert found is not None
    assert found.metres == pytest.approx(1.5 * NAUTICAL_MILE_M)
    assert here.peek().text == "FROM"


BEARINGS = {
    "BETWEEN 270 DEGREES AND 360 DEGREES": (270.0, 360.0),
    "BEARINGS FROM 162 DEGREE TO 198 DEGREE": (162.0, 198.0),
    "SECTOR 270-360 DEGREES": (270.0, 360.0),
    "SECTOR FROM 350 TO 010": (350.0, 10.0),
    "BETWEEN BEARINGS 090 AND 180 DEGREES": (90.0, 180.0),
}


@pytest.mark.parametrize(("text", "expected"), BEARINGS.items(), ids=BEARINGS)
def test_two_bearings_make_a_sector(text: str, expected: tuple[float, float]) -> None:
    assert bearings(cursor(text)) == expected


@pytest.mark.parametrize("text", ["BETWEEN 10 AND 20 MILES", "FROM 01 TO 05 JUL", "BETWEEN 400 DEGREES AND 10 DEGREES"])
def test_numbers_that_are_no_bearings_make_none(text: str) -> None:
    here = cursor(text)
    assert bearings(here) is None
    assert here.at == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NORTH OF", 0.0),
        ("SOUTHWEST OF", 225.0),
        ("NORTH-NORTHEAST FROM", 22.5),
        ("NNW OF", 337.5),
        ("TO THE EAST OF", 90.0),
    ],
)
def test_a_side_is_a_bearing(text: str, expected: float) -> None:
    assert direction(cursor(text)) == pytest.approx(expected)
