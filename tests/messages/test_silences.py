"""Words that could change time or place and that no rule reads are doubted, and others are not."""

from __future__ import annotations

import pytest

from warning_texts import AREA, read, told
from waterspace.messages.reading import Verdict


@pytest.mark.parametrize(
    "words",
    [
        f"GUNNERY UNTIL COMPLETION OF EXERCISE {AREA}",
        f"GUNNERY {AREA} UNTIL EASTER",
        f"GUNNERY UNTIL MID MAY {AREA}",
        f"GUNNERY UNTIL APPROX 05 MAR {AREA}",
    ],
)
def test_until_before_words_that_tell_no_time_is_doubted(words: str) -> None:
    reading = read(words)
    assert reading.verdict is Verdict.REVIEW
    (doubt,) = reading.doubts
    assert doubt.reason.startswith("UNTIL ")
    assert reading.message.text[doubt.span.start : doubt.span.end].startswith("UNTIL ")


@pytest.mark.parametrize(
    "words",
    [f"GUNNERY UNTIL FURTHER NOTICE {AREA}", f"GUNNERY UNTIL 05 MAR {AREA}", f"GUNNERY {AREA} UNTIL 051200Z MAR"],
)
def test_until_a_time_or_further_notice_is_understood(words: str) -> None:
    reading = read(words)
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert reading.areas[0].spells


@pytest.mark.parametrize("word", ["COMPLETED", "CEASED", "TERMINATED", "POSTPONED"])
def test_what_may_be_over_is_doubted_where_places_are_given(word: str) -> None:
    reading = read(f"CABLE OPERATIONS {word} {AREA}")
    assert told(reading, reading.doubts) == [word]
    assert read(f"CABLE OPERATIONS NOT {word} {AREA}").verdict is Verdict.UNDERSTOOD
    assert read(f"CABLE OPERATIONS {word}").verdict is Verdict.NO_AREA


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("GUNNERY 010000Z TO 020000Z APR IN AREA NEAR OKI ISLANDS", "IN AREA NEAR OKI ISLANDS"),
        ("ROCKET LAUNCHING 010000Z TO 020000Z APR OFF CAPE ERIMO", "OFF CAPE ERIMO"),
        ("CANCEL HYDROPAC 81/26. MISSILES NOW 010000Z TO 020000Z APR IN SAME AREA", "IN SAME AREA"),
        ("GUNNERY POSTPONED TO 010000Z TO 020000Z APR, AREA UNCHANGED", "AREA UNCHANGED"),
    ],
)
def test_what_takes_place_where_only_words_say_is_doubted(words: str, place: str) -> None:
    reading = read(words)
    (doubt,) = reading.doubts
    assert reading.verdict is Verdict.REVIEW
    assert doubt.reason.startswith(f"The place is told in words only, if at all: {place}.")
    assert reading.message.text[doubt.span.start : doubt.span.end] == place


@pytest.mark.parametrize(
    "words",
    [
        "CANCEL HYDROPAC 99/26. GUNNERY OFF CAPE ERIMO",
        "GUNNERY OFF CAPE ERIMO CANCELLED",
        "GALE WARNING. WIND NORTH FORCE 8 IN WATERS OFF CAPE ERIMO",
        "PERSON OVERBOARD OFF CAPE ERIMO",
    ],
)
def test_what_is_called_off_and_what_claims_no_water_needs_no_place(words: str) -> None:
    assert read(words).verdict is Verdict.NO_AREA


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("GUNNERY IN AREA WITHIN 10 OF 12-30N 110-20E", "10"),
        ("GUNNERY WITHIN TEN OF 12-30N 110-20E", "TEN"),
        ("GUNNERY WITHIN 10 OF LINE JOINING 12-30N 110-20E AND 12-40N 110-20E", "10"),
        ("GUNNERY IN AREA, RADIUS 5 AROUND 12-30N 110-20E", "5"),
        ("GUNNERY IN AREA 5 RADIUS OF 12-30N 110-20E", "5"),
        ("GUNNERY ALONG LINE JOINING 12-30N 110-20E AND 12-40N 110-20E 3 WIDE", "3"),
        ("GUNNERY 3 EITHER SIDE OF LINE JOINING 12-30N 110-20E AND 12-40N 110-20E", "3"),
    ],
)
def test_a_distance_without_its_unit_is_doubted_at_its_place(words: str, number: str) -> None:
    reading = read(words)
    doubts = [doubt for doubt in reading.doubts if "without a unit" in doubt.reason]
    assert told(reading, doubts) == [number]


def test_a_distance_from_a_place_that_is_only_named_is_doubted() -> None:
    reading = read("DRILLING WITHIN 500 METERS OF PLATFORM ALFA")
    assert reading.verdict is Verdict.REVIEW
    assert "PLATFORM ALFA, whose position is not given" in reading.reason
    assert read(f"DRILLING {AREA}. DIVING WITHIN 500 METERS OF PLATFORM ALFA").verdict is Verdict.REVIEW


@pytest.mark.parametrize(
    "words",
    [
        "DRILLING WITHIN 500 METERS OF PLATFORM ALFA 12-30.0N 110-20.0E",
        "DRILLING WITHIN 500 METERS OF:\nA. 12-30.0N 110-20.0E.\nB. 12-40.0N 110-20.0E",
        f"DRILLING {AREA}. VESSELS NOT TO PASS WITHIN 2 MILES OF THE VESSEL",
    ],
)
def test_a_distance_from_positions_and_a_berth_of_a_vessel_are_not_doubted(words: str) -> None:
    reading = read(words)
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
