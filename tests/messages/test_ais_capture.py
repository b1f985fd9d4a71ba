"""Captures of AIS as files: area notices are read, everything else of them is counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import corpus
from structured_cases import FIRST_DAY_MS, windows_daily
from waterspace.domain import Circle, Position
from waterspace.messages.ais_area import read_area_notices
from waterspace.messages.draft import Draft, DraftArea
from waterspace.messages.finding import messages_in
from waterspace.messages.reader import read, read_all
from waterspace.messages.reading import Message, Reading, Spell, Verdict
from waterspace.messages.writing import ais_area
from waterspace.quantity import DAY_MS, SECOND_MS

if TYPE_CHECKING:
    from pathlib import Path

MMSI = 4_310_001
AT = Position(lat_deg=40.0, lon_deg=136.0)
OTHER = "!AIVDM,1,1,,B,15NBj>PP1gG>1PVKTDTUJOv00<0M,0*09"
BULLETIN = """\
HYDROPAC 77/26.
SEA OF JAPAN.
1. GUNNERY 0000Z TO 0900Z DAILY 20 THRU 22 JUL IN AREA BOUND BY
   38-20.00N 134-10.00E, 38-20.00N 134-40.00E, 38-40.00N 134-40.00E.
2. CANCEL THIS MSG 221000Z JUL 26.
"""


def sentences(days: int = 1, at: Position = AT) -> list[str]:
    """The sentences of notices of a circle on some days, as our own writer makes them."""
    area = DraftArea(footprint=Circle(centre=at, radius_m=9_260.0))
    draft = Draft(id="D1", areas=(area,), windows=windows_daily(days))
    return [line for notice in ais_area.write(draft, mmsi=MMSI, linkage=7) for line in notice.vdm(2)]


def tagged(line: str, time_ms: int) -> str:
    return f"\\g:1-1-5,s:r003669945,c:{time_ms // SECOND_MS}*4A\\{line}"


def trailed(line: str, time_ms: int) -> str:
    return f"{line},d-109,S2105,T56.1,r003669946,{time_ms // SECOND_MS},{time_ms // SECOND_MS - 59}"


def clocked(line: str, time_ms: int) -> str:
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(time_ms / SECOND_MS, UTC):%Y-%m-%dT%H:%M:%SZ} {line}"


def readings(text: str) -> list[Reading]:
    return [read(message) for message in messages_in(text, "capture.nmea")]


@pytest.mark.parametrize("logged", [tagged, trailed, clocked])
def test_a_notice_takes_its_year_from_when_it_was_heard(logged: object) -> None:
    assert callable(logged)
    heard_ms = FIRST_DAY_MS - DAY_MS
    (reading,) = readings("\n".join(logged(line, heard_ms) for line in sentences()))
    assert reading.verdict is Verdict.UNDERSTOOD, reading.reason
    (window,) = windows_daily(1)
    assert reading.areas[0].spells == (Spell(window.start_ms, window.end_ms),)
    assert (reading.series, reading.number) == ("AIS AREA NOTICE", "004310001/7")


def test_a_notice_of_which_nobody_says_when_it_was_heard_leaves_a_doubt_about_the_year() -> None:
    (reading,) = readings("\n".join(sentences()))
    assert reading.verdict is Verdict.REVIEW
    assert "no year" in reading.reason
    assert reading.areas


def test_text_and_sentences_in_one_file_are_read_each_with_its_line() -> None:
    lines = [tagged(line, FIRST_DAY_MS) for line in sentences()]
    found = readings("\n".join([lines[0], BULLETIN + OTHER, *lines[1:], "$GPZDA,000000,20,07,2026,00,00*4A"]))
    assert [reading.message.id for reading in found] == ["HYDROPAC 77/26", "AIS AREA NOTICE 004310001/7", "AIS"]
    assert [reading.verdict for reading in found] == [Verdict.UNDERSTOOD, Verdict.UNDERSTOOD, Verdict.NO_AREA]
    assert [reading.message.line for reading in found] == [1, 1, 7]
    assert len(found[0].areas[0].spells) == 3


def test_parts_of_a_notice_with_others_between_them_are_put_together() -> None:
    area = [
        DraftArea(footprint=Circle(centre=Position(lat_deg=40.0 + step, lon_deg=136.0), radius_m=9_260.0))
        for step in range(6)
    ]
    draft = Draft(id="D1", areas=tuple(area), windows=windows_daily(1))
    (notice,) = ais_area.write(draft, mmsi=MMSI, linkage=7)
    lines = notice.vdm(2)
    assert len(lines) > 1
    mixed = [one for line in lines for one in (tagged(line, FIRST_DAY_MS), OTHER)]
    first, others = readings("\n".join(mixed))
    (alone,) = read_area_notices("\n".join(lines), FIRST_DAY_MS)
    assert [area.footprint for area in first.areas] == [area.footprint for area in alone.areas]
    assert first.verdict is Verdict.UNDERSTOOD
    assert others.remarks[0].reason.startswith(f"{len(lines)} AIS messages carry no area notice")


def test_a_notice_that_is_sent_again_counts_once() -> None:
    lines = sentences(3)
    heard = [tagged(line, FIRST_DAY_MS) for line in (*lines, *lines, *lines)]
    assert [reading.message.id for reading in readings("\n".join(heard))] == [
        f"AIS AREA NOTICE 004310001/{linkage}" for linkage in (7, 8, 9)
    ]


def test_other_messages_are_counted_in_one_remark_and_wrong_ones_in_one_doubt() -> None:
    wrong = OTHER.replace("*09", "*10")
    (only,) = readings("\n".join([OTHER] * 500))
    assert only.verdict is Verdict.NO_AREA
    assert [remark.reason.split()[0] for remark in only.remarks] == ["500"]
    (both,) = readings("\n".join([OTHER, wrong, OTHER, wrong, wrong, OTHER[:30]]))
    assert both.verdict is Verdict.REVIEW
    assert len(both.doubts) == 2
    assert "2 more that are wrong" in both.reason
    assert "ends before its checksum" in both.reason
    for doubt in both.doubts:
        assert both.message.text[doubt.span.start : doubt.span.end].startswith("!AIVDM")


def test_a_single_message_with_two_notices_says_so() -> None:
    reading = read(Message(id="1", text="\n".join(sentences(2)), issued_ms=FIRST_DAY_MS))
    assert reading.verdict is Verdict.REVIEW
    assert "2 area notices stand in one message" in reading.reason


def test_files_of_sentences_in_a_folder_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.nmea").write_text("\n".join(tagged(line, FIRST_DAY_MS) for line in sentences()), encoding="ascii")
    (tmp_path / "b.txt").write_text(BULLETIN, encoding="ascii")
    assert [reading.message.id for reading in read_all([str(tmp_path)])] == [
        "AIS AREA NOTICE 004310001/7",
        "HYDROPAC 77/26",
    ]


@given(st.text(st.sampled_from("!AIVDM,1*0B2\\c:7\n $#"), max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_capture_brings_the_reader_down_or_loses_a_line(noise: str) -> None:
    found = readings(f"{noise}\n{OTHER}\n{BULLETIN}")
    assert any(reading.message.id == "HYDROPAC 77/26" and reading.areas for reading in found)


def test_captures_of_another_library_hold_one_notice() -> None:
    text = corpus("ais", "libais", "typeexamples.nmea").read_text(encoding="ascii", errors="replace")
    notice, others = readings(text)
    assert notice.verdict is Verdict.UNDERSTOOD
    assert notice.areas[0].spells == (Spell(1_325_394_120_000, 1_325_395_320_000),)
    assert others.verdict is Verdict.NO_AREA


@given(
    st.floats(-80.0, 80.0),
    st.floats(-179.0, 179.0),
    st.integers(1, 999_999_999),
    st.integers(1, 1023),
    st.integers(1, 3),
)
@settings(max_examples=60, deadline=None)
def test_another_library_decodes_the_head_of_whatever_is_written(
    lat_deg: float, lon_deg: float, mmsi: int, linkage: int, days: int
) -> None:
    pyais = pytest.importorskip("pyais", reason="pyais is not installed, and decodes the same sentences")
    area = DraftArea(footprint=Circle(centre=Position(lat_deg=lat_deg, lon_deg=lon_deg), radius_m=9_260.0))
    draft = Draft(id="D1", areas=(area,), windows=windows_daily(days))
    for number, notice in enumerate(ais_area.write(draft, mmsi=mmsi, linkage=linkage)):
        lines = notice.vdm(1)
        decoded = pyais.decode(*(line.encode() for line in lines))
        (own,) = read_area_notices("\n".join(lines), FIRST_DAY_MS)
        assert (decoded.msg_type, decoded.mmsi, decoded.dac, decoded.fid) == (8, mmsi, 1, 22)
        assert own.number == f"{decoded.mmsi:09d}/{decoded.linkage}"
        assert decoded.day == 20 + number
        assert decoded.duration == 540
