"""The reader of warnings takes any text: it neither fails nor hides where it looked."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.messages.chinese import read_chinese
from waterspace.messages.japanese import read_japanese
from waterspace.messages.notam import read_notam
from waterspace.messages.reading import Form, Message, Reading
from waterspace.messages.warnings import read_warning

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = [
    "WITHIN",
    "5",
    "MILES",
    "OF",
    "BETWEEN",
    "12-00N",
    "110-00E",
    "13-00S",
    "179-00W",
    "99-99N",
    "AREA",
    "AREAS",
    "BOUND",
    "BY",
    "BOUNDED",
    "A.",
    "B.",
    "1.",
    "2.",
    "(",
    ")",
    ".",
    ",",
    ":",
    "TO",
    "AND",
    "EXCEPT",
    "RADIUS",
    "DEGREES",
    "BEARING",
    "045",
    "HALF",
    "HUNDRED",
    "CANCEL",
    "LINE",
    "JOINING",
    "12-00",
    "N",
    "E",
    "NORTH",
    "FROM",
    "VIA",
    "ARC",
    "CENTRED",
    "ON",
    "CLOCKWISE",
    "COASTLINE",
    "EACH",
    "SIDE",
    "WIDE",
    "CIRCLE",
    "SECTOR",
    "\n",
    "2300Z",
    "JUL",
    "DAILY",
    "THRU",
    "UNTIL",
    "THIS",
    "MSG",
    "OVERDUE",
    ".5",
    "1/2",
    "M",
    "KM",
]
messages = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@given(messages | st.text(max_size=300))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_failing(text: str) -> None:
    reading = read_warning(Message(id="1", text=text))
    for area in reading.areas:
        assert len(area.spans) == len(area.positions)
        assert all(0 <= span.start < span.end <= len(text) for span in area.spans)
    assert all(0 <= doubt.span.start <= doubt.span.end <= len(text) for doubt in reading.doubts)


def written(position: Position) -> str:
    """A position in degrees, minutes and hundredths."""
    lat, lon = round(abs(position.lat_deg) * 6000), round(abs(position.lon_deg) * 6000)
    north, east = "NS"[position.lat_deg < 0], "EW"[position.lon_deg < 0]
    return f"{lat // 6000:02}-{lat % 6000 / 100:05.2f}{north} {lon // 6000:03}-{lon % 6000 / 100:05.2f}{east}"


hundredths_lat = st.integers(-89 * 6000, 89 * 6000)
hundredths_lon = st.integers(-179 * 6000, 179 * 6000)
positions = st.builds(lambda lat, lon: Position(lat_deg=lat / 6000, lon_deg=lon / 6000), hundredths_lat, hundredths_lon)


@given(st.lists(positions, min_size=3, max_size=12, unique=True))
@settings(max_examples=200, deadline=None)
def test_the_corners_that_were_written_are_the_corners_that_are_read(corners: list[Position]) -> None:
    text = "GUNNERY IN AREA BOUND BY\n" + ",\n".join(written(corner) for corner in corners) + "."
    reading = read_warning(Message(id="1", text=text))
    told = ("corner", "bound no area")
    assert all(any(word in doubt.reason for word in told) for doubt in reading.doubts), "nothing else is doubted"
    (area,) = reading.areas
    assert area.form is Form.AREA
    for found, corner in zip(area.positions, corners, strict=True):
        assert abs(found.lat_deg - corner.lat_deg) < 1e-9
        assert abs(found.lon_deg - corner.lon_deg) < 1e-9


@pytest.mark.parametrize("length", [20_000, pytest.param(200_000, marks=pytest.mark.deep)])
def test_long_texts_of_markers_and_positions_are_read_to_their_end(length: int) -> None:
    for piece in ("1. ", "(A) ", "12-00N 110-00E AND ", "WITHIN 5 MILES OF ", "EXCEPT "):
        text = piece * (length // len(piece)) + "\nWRECK IN 12-00N 110-00E."
        reading = read_warning(Message(id="1", text=text))
        places = [span.end for area in reading.areas for span in area.spans] + [
            doubt.span.end for doubt in reading.doubts
        ]
        assert max(places) >= len(text) - 1


HEADED = "P9999/26 NOTAMN Q) RJJJ/QWMLW/IV/BO/W/000/300/4010N13600E019 A) RJJJ B) 2607200000 C) 2607230900 "
REPEATED: dict[Callable[[Message], Reading], tuple[str, ...]] = {
    read_warning: ("A", "(", "10-00N ", "12-00N 110-00E ", "DAILY ", "0000Z ", "20 JUL ", "AND ", "1", "CANCEL ", " "),
    read_notam: ("A", "(", "E) ", f"{HEADED}E) ", "402000N1354000E-", "N39\n4300E1192100 ", "  ", "\n", "Q) ", "1"),
    read_chinese: ("一", "1", "9月1日", "21-10.00N 112-20.00E、", "撤销", "琼航警1/26、", "(", "每日"),
    read_japanese: ("一", "令和8年", "7月20日、", "取消す", "航行警報26-1", "毎日", "(", "40-20N 135-40E、"),
}
GROWTH, GROWTH_ALLOWED, LEAST_S = 4, 9.0, 0.3
"""Four times the text may take nine times as long, four being linear and sixteen square; less than this is noise."""


@pytest.mark.deep
@pytest.mark.parametrize("read", REPEATED, ids=lambda read: read.__name__)
def test_the_work_grows_with_the_text_and_not_with_its_square(read: Callable[[Message], Reading]) -> None:
    for piece in REPEATED[read]:
        took_s = []
        for length in (50_000, GROWTH * 50_000):
            message = Message(id="1", text=piece * (length // len(piece)), issued_ms=1_784_505_600_000)
            gc.disable()  # looking for garbage among all that other tests left takes longer than to read
            try:
                start_s = time.process_time()
                read(message)
                took_s.append(time.process_time() - start_s)
            finally:
                gc.enable()
        assert took_s[1] < max(GROWTH_ALLOWED * took_s[0], LEAST_S), f"{piece!r}: {took_s}"
