"""What a warning cancels, and when it cancels itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.messages.cancels import Cancels, read_cancels
from waterspace.messages.lexing import plain, tokens

ISSUED_MS = round(datetime(2023, 4, 5, 14, tzinfo=UTC).timestamp() * 1000)


def _read(text: str, series: str = "HYDROPAC") -> Cancels:
    return read_cancels(tokens(plain(text)), ISSUED_MS, series=series)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2. CANCEL THIS MSG 200900Z APR 23.", "2023-04-20T09:00"),
        ("CANCEL THIS MESSAGE 181000 UTC MAY 23", "2023-05-18T10:00"),
        ("CANCEL THIS MSG 311000 AUG 23", "2023-08-31T10:00"),
        ("CANCEL THIS MSG 010001Z JAN 24.", "2024-01-01T00:01"),
        ("CANCEL THIS MSG 102210Z OCT.", "2023-10-10T22:10"),
        ("CANCEL THIS MSG 21 JUL 23.", "2023-07-21T23:59"),
        ("CANCEL THIS MSG ON 21 JUL.", "2023-07-21T23:59"),
        ("SELF CANCEL 211200Z JUL 23", "2023-07-21T12:00"),
        ("SELF-CANCELLING 21 JUL 2023", "2023-07-21T23:59"),
        ("CANCEL THIS MSG IN 48 HOURS", "2023-04-07T14:00"),
        ("CANCEL THIS 200900Z APR 23", "2023-04-20T09:00"),
        ("THIS MSG 200900Z APR 23", "2023-04-20T09:00"),
        ("CANCEL THIS MSG 200900Z.", "2023-04-20T09:00"),
    ],
)
def test_a_message_says_when_it_cancels_itself(text: str, when: str) -> None:
    found = _read(text)
    assert found.cancel_ms == round(datetime.fromisoformat(when).replace(tzinfo=UTC).timestamp() * 1000)
    assert not found.cancels
    assert not found.doubts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2. CANCEL HYDROPAC 1234/23.", ["HYDROPAC 1234/23"]),
        (
            "CANCEL HYDROPAC 1234/23, 1235/23 AND\n 12/24(97).",
            ["HYDROPAC 1234/23", "HYDROPAC 1235/23", "HYDROPAC 12/24"],
        ),
        ("CANCEL HYDROLANT 99/23(24,25).\n3. CANCEL HYDROARC 7/23.", ["HYDROLANT 99/23", "HYDROARC 7/23"]),
        ("CANCEL NAVAREA IV 414/23, PERSONS RESCUED.", ["NAVAREA IV 414/23"]),
        ("CANCEL 130/23 AND THIS PARA", ["HYDROPAC 130/23"]),
        ("CANCEL 130, 131/23 AND THIS PARA.", ["HYDROPAC 130/23", "HYDROPAC 131/23"]),
        ("CANCEL XIII 41/23 AND THIS PARA", ["NAVAREA XIII 41/23"]),
        ("CANCEL COASTAL WARNING WEST 123/23 PARA 2B.", ["COASTAL WARNING WEST 123/23 PARA 2B"]),
        ("CANCEL NAVAREA XI 26-0430.", ["NAVAREA XI 26-0430"]),
        ("CANCEL NAVAREA XI NO.26-0430.", ["NAVAREA XI 26-0430"]),
        ("CANCEL LN328/23.", ["LN328/23"]),
    ],
)
def test_a_message_names_those_that_it_cancels(text: str, names: list[str]) -> None:
    found = _read(text)
    assert list(found.cancels) == names
    assert found.cancel_ms is None
    assert not found.doubts


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("CANCEL THIS MSG 311000Z JUN 23", "311000Z JUN 23", "does not exist"),
        ("CANCEL THIS MSG 3101001 UTC AUG 23", "3101001 UTC", "not understood"),
        ("CANCEL THIS MSG.", "MSG", "a date was expected"),
        ("CANCEL OLD ONES", "CANCEL OLD", "it was not understood what"),
        ("CANCEL THIS MSG 201000Z APR 23. CANCEL THIS MSG 211000Z APR 23.", "211000Z APR 23", "twice"),
    ],
)
def test_a_cancellation_that_was_not_understood_is_doubted_with_its_place(text: str, place: str, reason: str) -> None:
    doubts = _read(text).doubts
    assert [text[doubt.span.start : doubt.span.end] for doubt in doubts if reason in doubt.reason] == [place]


@pytest.mark.parametrize("text", ["SELF PROPELLED BARGE ADRIFT", "TRACK CANCELED: 012-192 DEGREES", "THIS MSG IS LONG"])
def test_words_that_cancel_nothing_are_passed_over(text: str) -> None:
    assert _read(text) == Cancels()


WORDS = st.sampled_from(
    [
        *(
            "CANCEL",
            "THIS",
            "MSG",
            "SELF",
            "IN",
            "48",
            "HOURS",
            "HYDROPAC",
            "12/23",
            "12",
            ",",
            "AND",
            "PARA",
            "(",
            ")",
        ),
        *(".", "200900Z", "APR", "23"),
    ]
)


@given(st.lists(WORDS))
def test_no_words_in_any_order_break_the_reader(words: list[str]) -> None:
    text = " ".join(words)
    found = _read(text)
    for doubt in found.doubts:
        assert 0 <= doubt.span.start < doubt.span.end <= len(text)
