"""What is odd about a message that was understood is remarked at its place and changes no verdict."""

# ruff: noqa: RUF001  # the commas of Chinese are its own

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
    remarks = [remark for remark in (*reading.remarks, *reading.doubts) if words in remark.reason]
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


SWAPPED = "40-20N 135-40E{0}40-20N 136-20W{0}40-00N 136-20E{0}40-00N 135-40E"
CROSSED = "40-20N 135-40E{0}40-20N 136-20E{0}40-00N 135-40E{0}40-00N 136-20E"
SQUARE = "40-20N 135-40E{0}40-20N 136-20E{0}40-00N 136-20E{0}40-00N 135-40E"


def english(corners: str, when: str = "200000Z TO 200900Z JUL") -> str:
    return f"HYDROPAC 9999/26.\n1. GUNNERY {when} IN AREA BOUND BY\n{corners.format(', ')}{TAIL}"


def chinese(corners: str, when: str = "9月10日0800时至1000时") -> str:
    return f"琼航警901/26，南海，{when}，在{corners.format('、')}诸点连线水域内射击。"


def japanese(corners: str, when: str = "令和8年7月20日") -> str:
    return f"射撃訓練。期間 {when} 0900から1600まで 区域 {corners.format('、')} により囲まれる区域"


def notam(corners: str, until: str = "2607230900", radius: str = "020") -> str:
    told = corners.format(" - ").replace("-40", "40").replace("-20", "20").replace("-00", "00")
    line = f"Q) RJJJ/QWMLW/IV/BO/W/000/300/4010N13600E{radius}\nA) RJJJ B) 2607200000 C) {until}"
    return f"P9999/26 NOTAMN\n{line}\nE) FRNG WI {told}\nF) SFC G) FL300"


@pytest.mark.parametrize("text", [english(SQUARE), chinese(SQUARE), japanese(SQUARE), notam(SQUARE)])
def test_what_is_sound_in_any_language_is_understood_without_a_remark(text: str) -> None:
    reading = linted(read(Message(id="x", text=text)))
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    assert not reading.remarks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (english(SWAPPED), "E and W may be swapped"),
        (chinese(SWAPPED), "E and W may be swapped"),
        (japanese(SWAPPED), "E and W may be swapped"),
        (notam(SWAPPED), "E and W may be swapped"),
        (english(CROSSED), "bound no area"),
        (chinese(CROSSED), "bound no area"),
        (japanese(CROSSED), "bound no area"),
        (notam(CROSSED), "bound no area"),
        (english(SQUARE, "0000Z TO 0900Z TUESDAY 20 JUL"), "is not a TUESDAY"),
        (chinese(SQUARE, "9月10日(周一)0800时至1000时"), "is not the weekday"),
        (japanese(SQUARE, "令和8年7月20日(火)"), "is not the weekday"),
        (english(SQUARE).replace("201000Z", "200800Z"), "cancels itself before"),
        (notam(SQUARE, until="2607190900"), "Item C is not later than item B"),
    ],
)
def test_what_cannot_be_right_is_doubted_once_in_every_language(text: str, words: str) -> None:
    reading = linted(read(Message(id="x", text=text)))
    assert words in reading.reason
    assert not any(words in remark.reason for remark in reading.remarks)


def test_a_circle_of_a_notam_that_does_not_cover_is_remarked() -> None:
    reading = linted(read(Message(id="x", text=notam(SQUARE, radius="005"))))
    assert any("does not cover" in remark.reason for remark in reading.remarks)
