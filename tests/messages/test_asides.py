"""Words beside a place that widen, shift or hold it open are told, and letters in numbers are doubted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warning_texts import AREA, read, told
from waterspace.messages import asides
from waterspace.messages.lexing import plain, tokens
from waterspace.messages.reading import Verdict


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("GUNNERY IN AREA WITHIN 1O MILES OF 37-30N 134-30E", "1O"),
        ("GUNNERY IN AREA WITHIN O5 MILES OF 37-30N 134-30E", "O5"),
        ("GUNNERY IN AREA WITHIN IO MILES OF 37-30N 134-30E", "IO"),
        ("GUNNERY IN AREA WITHIN IONM OF 37-30N 134-30E", "IO"),
        ("GUNNERY IN AREA WITHIN LOKM OF 37-30N 134-30E", "LO"),
        ("GUNNERY IN AREA WITHIN 1l NM OF 37-30N 134-30E", "1l"),
        ("GUNNERY IN AREA WITHIN 1OMILES OF 37-30N 134-30E", "1O"),
        ("GUNNERY IN AREA WITHIN 10 MILES OF 37-3ON 134-30E", "3ON"),
        (f"GUNNERY 14O600Z TO 150600Z MAR {AREA}", "14O600Z"),
    ],
)
def test_a_letter_that_stands_for_a_digit_is_doubted(words: str, found: str) -> None:
    reading = read(words)
    assert reading.verdict is Verdict.REVIEW
    assert found in told(reading, tuple(doubt for doubt in reading.doubts if "mixes letters" in doubt.reason))


@pytest.mark.parametrize(
    "words",
    [
        "GUNNERY IN AREA WITHIN 10 MILES OF 37-30N 134-30E",
        "GUNNERY IN AREA WITHIN 15NM OF 37-30N 134-30E. BUOY L4 AND HN10/26 REMAIN. E-MAIL: RCCO1@USCG.MIL",
    ],
)
def test_letters_behind_numbers_that_are_units_or_names_are_none(words: str) -> None:
    assert read(words).verdict is Verdict.UNDERSTOOD


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("VESSELS REQUESTED TO KEEP 20 MILES CLEAR", "20 MILES"),
        ("VESSELS REQUESTED TO KEEP CLEAR BY AT LEAST 20 MILES", "20 MILES"),
        ("SAFE DISTANCE 15NM", "15NM"),
        ("LENGTH OF TOW 900 METRES TWO MILE BERTH REQUESTED", "TWO MILE"),
        ("DO NOT APPROACH CLOSER THAN .5 MILES", ".5 MILES"),
    ],
)
def test_a_distance_to_keep_is_remarked_on_and_is_no_part_of_the_area(words: str, found: str) -> None:
    reading = read(f"GUNNERY {AREA}. {words}")
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert told(reading, reading.remarks) == [found]
    assert len(reading.areas) == 1


@pytest.mark.parametrize(
    "words",
    ["WIDE BERTH REQUESTED", "VESSELS ARE ADVISED TO KEEP CLEAR", "BRIDGE WITH VERTICAL CLEARANCE 22 METRES"],
)
def test_words_of_keeping_clear_without_a_distance_are_not_remarked_on(words: str) -> None:
    assert read(f"GUNNERY {AREA}. {words}").remarks == ()


def test_the_distance_that_makes_the_area_is_not_taken_for_one_to_keep() -> None:
    reading = read("GUNNERY. KEEP CLEAR OF AREA WITHIN 5 MILES OF 12-30N 110-20E")
    assert (reading.verdict, reading.remarks) == (Verdict.UNDERSTOOD, ())


@pytest.mark.parametrize(
    "words",
    [
        "AREA MAY BE EXTENDED 10 MILES EASTWARD",
        "AREA EXTENDED BY 5 MILES",
        "DANGER ZONE MAY BE SHIFTED 3 MILES NORTH",
    ],
)
def test_an_area_that_may_reach_further_than_its_positions_is_doubted(words: str) -> None:
    reading = read(f"GUNNERY {AREA}. {words}")
    assert reading.verdict is Verdict.REVIEW
    assert words in told(reading, reading.doubts)


@pytest.mark.parametrize(
    "words", ["ALL POSITIONS TOKYO DATUM", "POSITIONS ON WGS 72 DATUM", "POSITIONS REFERRED TO PULKOVO 1942"]
)
def test_positions_on_another_datum_are_doubted(words: str) -> None:
    reading = read(f"GUNNERY {AREA}. {words}")
    assert reading.verdict is Verdict.REVIEW
    assert "another datum than WGS 84" in reading.reason


@pytest.mark.parametrize("words", ["WGS84 DATUM", "WGS-84 DATUM", "DATUM WGS 1984", "DEPTHS BELOW CHART DATUM"])
def test_the_datum_of_the_world_and_one_of_depths_are_not(words: str) -> None:
    assert read(f"GUNNERY {AREA}. {words}").verdict is Verdict.UNDERSTOOD


@pytest.mark.parametrize(
    "words",
    ["TIMES SUBJECT TO CHANGE", "TIMES MAY CHANGE", "PERIOD MAY BE EXTENDED", "FIRING SUBJECT TO WEATHER"],
)
def test_what_may_change_is_remarked_on(words: str) -> None:
    reading = read(f"GUNNERY {AREA}. {words}")
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert told(reading, reading.remarks) == [words]


_BITS = ["O", "I", "L", "IO", "LOL", "5", "10", "NM", "KM", "MILES", "METRES", "NAUTICAL MILES", "SEA MILE", "A", "N"]


@given(
    st.lists(st.tuples(st.sampled_from(_BITS), st.sampled_from(["", "", " ", "-", "'", ".", ", ", "\n"])), max_size=9)
)
def test_the_quick_look_for_letters_in_numbers_passes_over_none(bits: list[tuple[str, str]]) -> None:
    text = plain("".join(bit + behind for bit, behind in bits))
    found = asides.mistyped({token.text for token in tokens(text)}, text)
    assert [(doubt.span.start, doubt.span.end) for doubt in found] == [
        match.span() for match in asides.LETTERED.finditer(text)
    ]
