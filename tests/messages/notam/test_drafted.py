"""What drafts of NOTAMs have, and others rarely: blanks for numbers, alternate times, cancellations without item C."""

from __future__ import annotations

from datetime import UTC, datetime

from waterspace.domain import Circle, Corridor, Polygon, Position, Without
from waterspace.geometry.footprints import contains
from waterspace.messages.finding import messages_in
from waterspace.messages.notam import read_notam
from waterspace.messages.reading import Form, Message, Reading, Spell, Verdict

_HEAD = """(A____/26 NOTAMN
Q) RJJJ/QWMLW/IV/BO/W/000/999/4010N13600E019
A) RJJJ B) 2607200000 C) 2607240900
"""
_SQUARE = "402000N1354000E 402000N1362000E 400000N1362000E 400000N1354000E 402000N1354000E"


def _read(text: str) -> Reading:
    return read_notam(Message(id="", text=text))


def _hours(day: int) -> Spell:
    start, end = (int(datetime(2026, 7, day, hour, tzinfo=UTC).timestamp()) * 1000 for hour in (0, 9))
    return Spell(start, end)


def test_blanks_stand_for_a_number_that_nobody_has_given() -> None:
    reading = _read(f"{_HEAD}E) GUN FRNG WI AREA BOUNDED BY: {_SQUARE}.\nF) SFC G) UNL)")
    assert (reading.verdict, reading.number) == (Verdict.UNDERSTOOD, "")
    replacing = _read(f"{_HEAD.replace('NOTAMN', 'NOTAMR A0123/26')}E) WI AREA BOUNDED BY: {_SQUARE}.\nF) SFC G) UNL)")
    assert (replacing.number, replacing.cancels) == ("", ("A0123/26",))


def test_a_notam_that_only_cancels_needs_no_item_c() -> None:
    text = "(A____/26 NOTAMC A0123/26\nQ) RJJJ/QWMCN/IV/BO/W/000/999/\nA) RJJJ B) 2607200000\nE) GUN FRNG CANCELLED)"
    reading = _read(text)
    assert (reading.verdict, reading.reason, reading.cancels) == (Verdict.NO_AREA, "", ("A0123/26",))
    assert "Item C" in _read(text.replace("NOTAMC A0123/26", "NOTAMN")).reason


def test_alternate_times_are_taken_out_of_item_d() -> None:
    text = f"{_HEAD}D) DAILY 0000-0900\nE) GUN FRNG WI AREA BOUNDED BY: {_SQUARE}.\nALTN TIMES: 23-24 0000-0900.\n"
    area = _read(f"{text}F) SFC G) UNL)").areas[0]
    assert area.spells == (_hours(20), _hours(21), _hours(22))
    assert area.reserves == (_hours(23), _hours(24))


def test_alternate_times_that_are_not_understood_are_doubted() -> None:
    text = f"{_HEAD}E) GUN FRNG WI AREA BOUNDED BY: {_SQUARE}.\nALTN TIMES: THE DAY AFTER.\nF) SFC G) UNL)"
    assert _read(text).verdict is Verdict.REVIEW


def test_a_width_belongs_to_the_line_behind_it() -> None:
    body = "AREA A: ALONG LINE 402000N1354000E - 410000N1360000E.\nAREA B: WI 5NM EITHER SIDE OF LINE "
    reading = _read(f"{_HEAD}E) {body}402000N1374000E - 410000N1380000E.\nF) SFC G) UNL)")
    assert [area.form for area in reading.areas] == [Form.LINE, Form.AREA]
    assert [area.footprint.half_width_m for area in reading.areas if isinstance(area.footprint, Corridor)] == [
        0.0,
        9260.0,
    ]


def test_a_corridor_may_come_back_to_where_it_began() -> None:
    points = "402000N1354000E - 410000N1360000E - 410000N1370000E - 402000N1354000E - 400000N1350000E"
    area = _read(f"{_HEAD}E) WI 5NM EITHER SIDE OF LINE {points}.\nF) SFC G) UNL)").areas[0]
    assert len(area.positions) == 5


def test_drafts_in_one_file_are_found_apart() -> None:
    one = f"{_HEAD}E) GUN FRNG WI AREA BOUNDED BY: {_SQUARE}.\nF) SFC G) UNL)"
    assert len(messages_in(f"{one}\n\n{one}")) == 2


def test_an_area_that_is_left_out_is_cut() -> None:
    holes = "EXCLUDING WI 3NM RADIUS OF 401000N1360000E, EXCLUDING AREA BOUNDED BY: 401000N1354500E 401500N1354500E"
    reading = _read(f"{_HEAD}E) WI AREA BOUNDED BY: {_SQUARE}, {holes} 401500N1355000E.\nF) SFC G) UNL)")
    (area,) = reading.areas
    assert reading.verdict is Verdict.UNDERSTOOD
    assert isinstance(area.footprint, Without)
    assert [type(hole) for hole in area.footprint.holes] == [Circle, Polygon]
    assert not contains(area.footprint, Position(lat_deg=40.0 + 1 / 6, lon_deg=136.0))


def test_one_place_at_two_heights_is_two_areas_and_each_keeps_what_is_left_out_of_it() -> None:
    around = "WI 10NM RADIUS OF 401000N1360000E"
    hole = "EXCLUDING WI 1NM RADIUS OF 401000N1360000E"
    other = "WI 3NM RADIUS OF 411000N1370000E, SFC - UNL"
    body = f"AREA A: {around}, SFC - 1000FT AMSL.\nAREA B: {other}.\nAREA C: {around}, 18000FT AMSL - UNL, {hole}."
    reading = _read(f"{_HEAD}E) ACT IN FLW AREAS:\n{body}\nF) SFC G) UNL)")
    assert [type(area.footprint) for area in reading.areas] == [Circle, Circle, Without]
    assert [area.band.ceiling_m < 400.0 for area in reading.areas] == [True, False, False]


def test_a_place_that_is_told_twice_is_one_area() -> None:
    twice = "WI 10NM RADIUS OF 401000N1360000E. ACT WI 10NM RADIUS OF 401000N1360000E."
    assert len(_read(f"{_HEAD}E) {twice}\nF) SFC G) UNL)").areas) == 1
