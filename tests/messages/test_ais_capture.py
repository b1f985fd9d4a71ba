"""Captures of AIS as files: area notices are read, everything else of them is counted once."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import corpus
from structured_cases import FIRST_DAY_MS, windows_daily
from waterspace.domain import Circle, Position, Window, join_windows
from waterspace.messages.ais.notices import CANCELLATION, HEAD_BITS, Head
from waterspace.messages.ais.sentences import as_vdm, checksum, heard
from waterspace.messages.ais_area import read_area_notices
from waterspace.messages.draft import Draft, DraftArea
from waterspace.messages.finding import messages_in
from waterspace.messages.reader import read, read_all
from waterspace.messages.reading import Message, Reading, Spell, Verdict
from waterspace.messages.standing import standing
from waterspace.messages.writing import ais_area
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    import random
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
    logged = [tagged(line, FIRST_DAY_MS) for line in (*lines, *lines, *lines)]
    assert [reading.message.id for reading in readings("\n".join(logged))] == [
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
    st.integers(2_000_000, 999_999_999),
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


def two_senders() -> tuple[list[str], list[str]]:
    """Notices of two stations of the same number of parts, sent with one sequence number."""
    found = []
    for number, lat_deg in ((1, 20.0), (2, 50.0)):
        area = [
            DraftArea(footprint=Circle(centre=Position(lat_deg=lat_deg + step, lon_deg=136.0), radius_m=9_260.0))
            for step in range(4)
        ]
        draft = Draft(id="D1", areas=tuple(area), windows=windows_daily(1), activity="GUNNERY")
        (notice,) = ais_area.write(draft, mmsi=MMSI + number, linkage=7)
        found.append(list(notice.vdm(2)))
    (first, second) = found
    assert len(first) == len(second) == 2
    assert first[1] != second[1]
    return first, second


def test_parts_of_two_senders_with_one_sequence_number_are_never_joined_without_a_doubt() -> None:
    (a1, a2), (b1, b2) = two_senders()
    for order in ((a1, b1, a2, b2), (a1, b1, b2, a2), (a1, a2, b1, b2)):
        found = readings("\n".join(tagged_alike(line) for line in order))
        sure = [reading for reading in found if reading.verdict is Verdict.UNDERSTOOD]
        if order == (a1, a2, b1, b2):
            assert [reading.number for reading in found] == ["004310002/7", "004310003/7"]
            assert len(sure) == 2
        else:
            assert not [reading for reading in sure if reading.areas], order
            assert "004310" not in found[-1].message.id
            assert found[-1].verdict is Verdict.REVIEW


def tagged_alike(line: str) -> str:
    return f"\\c:{FIRST_DAY_MS // SECOND_MS}*4A\\{line}"


def with_source(line: str, source: str) -> str:
    return f"\\s:{source},c:{FIRST_DAY_MS // SECOND_MS}*4A\\{line}"


def in_group(line: str, number: int, group: int) -> str:
    time = f",c:{FIRST_DAY_MS // SECOND_MS}" if number == 1 else ""
    return f"\\g:{number}-2-{group}{time}*4A\\{line}"


def test_a_channel_a_station_or_a_group_tells_two_senders_apart() -> None:
    (a1, a2), (b1, b2) = two_senders()
    ways = (
        [with_source(a1, "r1"), with_source(b1, "r2"), with_source(a2, "r1"), with_source(b2, "r2")],
        [in_group(a1, 1, 11), in_group(b1, 1, 12), in_group(a2, 2, 11), in_group(b2, 2, 12)],
        [tagged_alike(line) for line in (a1, on_channel_b(b1), a2, on_channel_b(b2))],
    )
    for lines in ways:
        found = readings("\n".join(lines))
        assert [reading.number for reading in found] == ["004310002/7", "004310003/7"]
        assert [reading.verdict for reading in found] == [Verdict.UNDERSTOOD, Verdict.UNDERSTOOD]
        assert [round(reading.areas[0].positions[0].lat_deg) for reading in found] == [20, 50]


def on_channel_b(line: str) -> str:
    body = line[1:-3].replace(",A,", ",B,", 1)
    return f"!{body}*{checksum(body)}"


def test_a_notice_that_two_stations_hear_is_one_though_its_parts_stand_twice() -> None:
    (a1, a2), _ = two_senders()
    (reading,) = readings("\n".join(tagged_alike(line) for line in (a1, a1, a2, a2)))
    assert reading.verdict is Verdict.UNDERSTOOD
    assert len(reading.areas) == 4


def test_a_part_far_behind_is_not_of_the_message_that_began_before() -> None:
    (a1, _), (_, b2) = two_senders()
    (only,) = readings("\n".join([tagged_alike(a1), *[OTHER] * 60, tagged_alike(b2)]))
    assert only.verdict is Verdict.REVIEW
    assert not only.areas
    assert "1 more that are wrong" in only.reason
    assert only.remarks[0].reason.startswith("60 AIS messages")


def test_the_same_sentences_heard_in_another_year_are_another_notice() -> None:
    lines = sentences()
    year_ms = 365 * DAY_MS
    logged = [tagged(line, FIRST_DAY_MS + late_ms) for late_ms in (-year_ms, -year_ms + DAY_MS, 0) for line in lines]
    first, second = readings("\n".join(logged))
    assert second.areas[0].spells[0].start_ms == windows_daily(1)[0].start_ms
    assert first.areas[0].spells[0].start_ms == windows_daily(1)[0].start_ms - year_ms
    both = [warning.reservations[0].windows[0].start_ms for warning in standing((first, second))]
    assert len(both) == 2


def at_once(minutes: int | None, notice: int = 37) -> str:
    """The sentence of a notice that starts when it is heard."""
    (line,) = sentences()
    (one,) = heard(line)
    head = Head.read(one.bits)
    assert head is not None
    (changed,) = as_vdm(replace(head, start=None, minutes=minutes, notice=notice).bits() + one.bits[HEAD_BITS:], 2)
    return changed


def test_what_starts_at_once_is_in_force_from_the_first_to_the_last_that_is_heard() -> None:
    line, step_ms = at_once(60), 6 * MINUTE_MS
    found = readings("\n".join(tagged(line, FIRST_DAY_MS + number * step_ms) for number in range(101)))
    assert len(found) <= 14
    windows = join_windows([one.windows[0] for warning in standing(found) for one in warning.reservations])
    assert windows == (Window(start_ms=FIRST_DAY_MS, end_ms=FIRST_DAY_MS + 100 * step_ms + 60 * MINUTE_MS),)
    assert len(readings("\n".join(tagged(at_once(None), FIRST_DAY_MS + number) for number in range(9)))) == 1


def test_a_notice_that_is_sent_anew_after_it_was_taken_back_can_be_taken_back_again() -> None:
    line, back = at_once(24 * 60), at_once(None, CANCELLATION)
    hours = ((0, line), (1, back), (2, back), (3, line), (5, back), (6, back))
    found = readings("\n".join(tagged(one, FIRST_DAY_MS + hour * HOUR_MS) for hour, one in hours))
    windows = join_windows([one.windows[0] for warning in standing(found) for one in warning.reservations])
    spans = [((one.start_ms - FIRST_DAY_MS) // HOUR_MS, (one.end_ms - FIRST_DAY_MS) // HOUR_MS) for one in windows]
    assert spans == [(0, 1), (3, 5)]


def test_a_message_of_a_notice_and_of_sentences_that_are_wrong_is_in_doubt() -> None:
    (a1, a2), (b1, _) = two_senders()
    reading = read(Message(id="1", text=f"{a1}\n{a2}\n{b1}", issued_ms=FIRST_DAY_MS))
    assert reading.verdict is Verdict.REVIEW
    assert "ends after part 1" in reading.reason


@given(st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_nothing_is_put_together_that_nobody_sent_and_no_sentence_is_lost(chance: random.Random) -> None:
    sent = [
        "".join(chance.choice("01") for _ in range(8 * chance.randint(60, 130))) for _ in range(chance.randint(1, 5))
    ]
    open_ = [list(as_vdm(bits, chance.randint(0, 1))) for bits in sent]
    lines: list[str] = []
    while any(open_):
        lines.append(chance.choice([parts for parts in open_ if parts]).pop(0))
    found = list(heard("\n".join(lines)))
    assert sorted(place for one in found for place in one.sentences) == [
        (at, at + len(line))
        for at, line in zip(accumulate((len(line) + 1 for line in lines), initial=0), lines, strict=False)
    ]
    for one in found:
        assert one.fault or any(one.bits.startswith(bits) for bits in sent)
