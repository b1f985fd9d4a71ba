"""What is odd about a message that was understood is remarked at its place and changes no verdict."""

from __future__ import annotations

import pytest

from waterspace.messages.lint import linted
from waterspace.messages.reader import read
from waterspace.messages.reading import Message, Verdict

HEAD = "HYDROPAC 9999/26.\n1. GUNNERY EXERCISES 200000Z TO 200900Z JUL IN AREA BOUND BY\n"
TAIL = ".\n2. CANCEL THIS MSG 201000Z JUL 26.\n"
SECONDS = ", ".join(f"{20 + n}-{10 + n}.{(7 * n) % 60:02d}N 130-{20 + n}.{(11 * n + 3) % 60:02d}E" for n in range(7))


@pytest.mark.parametrize(
    ("corners", "words", "piece"),
    [
        (
            "40-20.00N 135-40.00E, 40-20.00N 136-20.00E, 40-00.00N 135-40.00E, 40-00.00N 136-20.00E",
            "cross",
            None,
        ),
        (
            "40-20.00N 135-40.00E, 40-20.00N 136-20.00W, 40-00.00N 136-20.00E, 40-00.00N 135-40.00E",
            "E and W may be swapped",
            "40-20.00N 136-20.00W",
        ),
        (
            "40-20.00N 135-40.00E, 40-20.00N 136-20.00E, 40-00.00S 136-20.00E, 40-00.00N 135-40.00E",
            "N and S may be swapped",
            "40-00.00S 136-20.00E",
        ),
        (SECONDS, "may be seconds", "0-10.00N"),
    ],
)
def test_an_odd_area_is_remarked_at_its_place(corners: str, words: str, piece: str | None) -> None:
    reading = linted(read(Message(id="x", text=HEAD + corners + TAIL)))
    remarks = [remark for remark in reading.remarks if words in remark.reason]
    assert remarks
    if piece is not None:
        assert reading.message.text[remarks[0].span.start : remarks[0].span.end].endswith(piece)


def test_a_sound_area_across_180_degrees_or_the_equator_is_not_remarked() -> None:
    for corners in (
        "10-00.75N 179-00.00E, 10-00.00N 179-00.00W, 09-00.00N 179-00.00W, 09-00.00N 179-00.00E",
        "01-00.75N 135-40.00E, 01-00.00N 136-20.00E, 01-00.00S 136-20.00E, 01-00.00S 135-40.00E",
    ):
        reading = linted(read(Message(id="x", text=HEAD + corners + TAIL)))
        assert reading.verdict is Verdict.UNDERSTOOD
        assert not reading.remarks
