"""Warnings that stand: each once, until another of them takes it back; numbers come again, and so do words."""

from __future__ import annotations

import pytest

from waterspace.messages.finding import messages_in
from waterspace.messages.reader import read
from waterspace.messages.reading import Message, Reading
from waterspace.messages.standing import standing
from waterspace.notation import format_time, parse_time


def issued(name: str, at: str, text: str) -> Reading:
    """The reading of a message of which somebody else says when it was issued; a day in 2026, or nothing."""
    return read(Message(id=name, text=text, issued_ms=parse_time(f"2026-{at}T00:00Z") if at else None))


def notice(name: str, at: str, day: int, month: str = "JUN", minute: int = 30) -> Reading:
    text = f"{name}\nGUNNERY {day:02d}0000Z TO {day:02d}0900Z {month} 26 WITHIN 5 MILES OF 38-{minute}N 134-00E.\n"
    return issued(name, at, text)


def cancel(name: str, at: str, by: str = "HYDROPAC 99/26") -> Reading:
    return issued(by, at, f"{by}\nCANCEL {name}.\n")


def days(*readings: Reading) -> list[str]:
    """The first day of each message that stands, in order."""
    return [format_time(one.reservations[0].windows[0].start_ms)[:2] for one in standing(readings)]


def test_a_number_that_comes_again_is_not_cancelled_by_what_was_said_before() -> None:
    first, new = notice("HYDROPAC 12/26", "06-01", 9), notice("HYDROPAC 12/26", "06-19", 22)
    assert cancel("HYDROPAC 12/26", "06-11").cancels == ("HYDROPAC 12/26",)
    assert days(first, cancel("HYDROPAC 12/26", "06-05"), new) == ["22"]
    assert days(new, cancel("HYDROPAC 12/26", "06-05"), first) == ["22"]
    assert days(first, cancel("HYDROPAC 12/26", "06-20"), new) == ["09"]


def test_a_cancellation_before_the_only_message_of_a_number_cancels_nothing() -> None:
    assert days(cancel("HYDROPAC 12/26", "06-01"), notice("HYDROPAC 12/26", "06-11", 22)) == ["22"]
    assert days(notice("HYDROPAC 12/26", "06-11", 22), cancel("HYDROPAC 12/26", "06-12")) == []


def test_a_cancellation_means_every_copy_of_a_message() -> None:
    one, other = notice("HYDROPAC 12/26", "06-01", 22), notice("HYDROPAC 12/26", "", 22)
    assert days(one, one, other, cancel("HYDROPAC 12/26", "06-11")) == []


def test_a_cancellation_of_which_nobody_knows_the_time_cancels_the_last_before_it() -> None:
    first, new = notice("HYDROPAC 12/26", "06-01", 9), notice("HYDROPAC 12/26", "06-19", 22)
    undated = cancel("HYDROPAC 12/26", "")
    assert undated.issued_ms is None
    assert days(first, undated, new) == ["22"]
    assert days(first, new, undated) == ["09"]
    assert days(undated, first, new) == ["09", "22"]
    assert days(undated, new) == []


def test_two_messages_of_the_same_words_and_other_names_both_count() -> None:
    words = "GUNNERY 220000Z TO 220900Z JUN 26 WITHIN 5 MILES OF 38-30N 134-00E."
    first, second = issued("HYDROPAC 12/26", "06-01", words), issued("HYDROPAC 13/26", "06-01", words)
    assert [one.id for one in standing((first, second))] == ["HYDROPAC 12/26", "HYDROPAC 13/26"]
    found = standing((first, second, cancel("HYDROPAC 12/26", "06-02")))
    assert [one.id for one in found] == ["HYDROPAC 13/26"]


def test_the_same_words_issued_in_another_year_are_another_warning() -> None:
    words = "GUNNERY 220000Z TO 220900Z JUN WITHIN 5 MILES OF 38-30N 134-00E."
    first = read(Message(id="GA12", text=words, issued_ms=parse_time("2025-06-20T00:00Z")))
    second = read(Message(id="GA12", text=words, issued_ms=parse_time("2026-06-20T00:00Z")))
    starts = [format_time(one.reservations[0].windows[0].start_ms) for one in standing((first, second))]
    assert starts == ["220000Z JUN 25", "220000Z JUN 26"]
    assert [one.id for one in standing((first, second))] == ["GA12", "GA12 (2)"]
    (own,) = next(standing((second,))).reservations
    (only,) = standing((first, second), own.windows[0])
    assert only.reading is second


@pytest.mark.parametrize("copies", [1, 2, 5])
def test_copies_of_a_message_without_a_name_count_once(copies: int) -> None:
    text = "GUNNERY 220000Z TO 220900Z JUN 26 WITHIN 5 MILES OF 38-30N 134-00E.\n"
    readings = [read(message) for number in range(copies) for message in messages_in(text, f"{number}.txt")]
    assert len(list(standing(readings))) == 1


def test_a_message_that_was_taken_back_and_is_sent_again_stands() -> None:
    text = "GUNNERY 220000Z TO 220900Z JUN 26 WITHIN 5 MILES OF 38-30N 134-00E."
    first, again = issued("GA12", "06-01", text), issued("GA12", "06-03", text)
    back = issued("GA13", "06-02", "CANCEL GA12.")
    assert back.cancels
    assert [one.reading for one in standing((first, back, again))] == [again]
