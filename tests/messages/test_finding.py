"""Messages are found in files of every kind, each with its file and line; what is broken is told and the rest read."""
# ruff: noqa: RUF001  # the commas of Chinese are its own

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.errors import DataFileError
from waterspace.messages.finding import find, messages_in
from waterspace.messages.reader import read
from waterspace.messages.reading import Verdict

FIRST = """150600Z JUL 26
HYDROPAC 9999/26(97).
SEA OF JAPAN.
1. GUNNERY EXERCISES 0000Z TO 0900Z DAILY
   20 THRU 23 JUL IN AREA BOUND BY
   40-20.00N 135-40.00E, 40-20.00N 136-20.00E,
   40-00.00N 136-20.00E, 40-00.00N 135-40.00E.
2. CANCEL HYDROPAC 9998/26.
3. CANCEL THIS MSG 231000Z JUL 26.
"""
SECOND = """NAVAREA XI 998/26
EAST CHINA SEA.
1. ROCKET LAUNCHING 210100 TO 210400 UTC JUL
   IN AREA WITHIN 5 MILES OF 30-00N 125-00E.
2. CANCEL THIS MESSAGE 210500 UTC JUL 26.
"""
NAVTEX = """ZCZC JA42
150610 UTC JUL 26
NAV WARN 0999/26
SEA OF JAPAN
WRECK IN 40-10.0N 135-50.0E.
NNNN
"""


def test_a_bulletin_is_cut_at_its_headings_and_every_message_keeps_its_line() -> None:
    found = messages_in(f"{FIRST}\n{SECOND}\n{FIRST.replace('9999', '9997')}", "bulletin.txt")
    assert [(message.id, message.line) for message in found] == [
        ("HYDROPAC 9999/26", 1),
        ("NAVAREA XI 998/26", 11),
        ("HYDROPAC 9997/26", 17),
    ]
    assert all(message.file == "bulletin.txt" and not message.doubts for message in found)
    assert found[0].text.rstrip("\n") == FIRST.rstrip("\n")


@pytest.mark.parametrize("word", ["WARNING NO.26-06", "NAVIGATIONAL WARNING 06", "WARNING 06"])
def test_a_heading_of_a_navarea_that_says_warning_before_its_number_parts_messages(word: str) -> None:
    year = "" if "NO." in word else "/26"
    texts = [
        f"NAVAREA XI {word}12{year}\nGUNNERY 140000Z TO 140900Z SEP 26 IN AREA WITHIN 5 MILES OF 37-30N 134-30E.\n",
        f"NAVAREA XI {word}13{year}\nGUNNERY 150000Z TO 150900Z SEP 26 IN AREA WITHIN 5 MILES OF 38-30N 134-30E.\n",
    ]
    found = messages_in("\n".join(texts))
    assert [message.id.split()[:2] for message in found] == [["NAVAREA", "XI"]] * 2
    assert not any("WARNING" in message.id for message in found)
    assert [len(read(message).areas) for message in found] == [1, 1]


def test_a_date_time_group_of_its_own_line_in_a_sentence_parts_nothing() -> None:
    text = FIRST.replace("20 THRU 23 JUL IN", "AT\n   200000Z JUL 26\n   IN")
    assert len(messages_in(text)) == 1


@pytest.mark.parametrize(
    "noise", [":\n\n\n\n", "::\n", "REF:\n\n\n", "|| ; ; 88\n", "CQ CQ DE JMH\n", "*** START\n", "1/5\n"]
)
def test_noise_above_a_bulletin_takes_no_name_from_it(noise: str) -> None:
    found = messages_in(f"{noise}{FIRST}")
    assert found[-1].id == "HYDROPAC 9999/26"
    assert (read(found[-1]).series, read(found[-1]).number) == ("HYDROPAC", "9999/26")
    assert read(found[-1]).issued_ms == read(messages_in(FIRST)[0]).issued_ms


@pytest.mark.parametrize("mark", ["UNCLASSIFIED ", "UNCLAS ", "> ", "| ", "**"])
def test_what_stands_before_a_heading_in_its_line_takes_no_name_from_it(mark: str) -> None:
    found = messages_in(f"{mark}{FIRST}\n{mark}{SECOND}")
    assert [message.id for message in found] == ["HYDROPAC 9999/26", "NAVAREA XI 998/26"]
    assert [read(message).number for message in found] == ["9999/26", "998/26"]


@pytest.mark.parametrize("mark", ["> ", ">", ">> "])
def test_a_bulletin_that_is_quoted_in_mail_is_read_as_it_was(mark: str) -> None:
    quoted = "".join(f"{mark}{line}\n" for line in FIRST.splitlines())
    [message] = messages_in(quoted)
    reading, plain = read(message), read(messages_in(FIRST)[0])
    assert (message.id, reading.verdict) == ("HYDROPAC 9999/26", "understood")
    assert [area.spells for area in reading.areas] == [area.spells for area in plain.areas]
    span = reading.areas[0].spans[0]
    assert message.text[span.start : span.end] == "40-20.00N 135-40.00E"


def test_a_reference_at_the_beginning_of_a_line_parts_nothing() -> None:
    text = FIRST.replace("2. CANCEL HYDROPAC 9998/26.", "2. CANCEL\nHYDROPAC 9998/26.")
    assert len(messages_in(text)) == 1


def test_messages_without_headings_are_parted_by_blank_lines() -> None:
    body = FIRST.split("\n", 2)[2]
    found = messages_in(f"{body}\n{body}\n\n{body}")
    assert [(message.id, message.line) for message in found] == [("1", 1), ("2", 9), ("3", 18)]


def test_blank_lines_inside_a_message_part_nothing() -> None:
    assert len(messages_in(FIRST.replace("\n", "\n\n"))) == 1
    body = FIRST.split("\n", 2)[2]
    assert len(messages_in(body.replace("\n", "\n\n"))) == 1


def test_a_bulletin_without_line_ends_is_cut_where_date_time_groups_and_headings_stand() -> None:
    flat = "  ".join((FIRST + FIRST.replace("9999", "9996")).split("\n"))
    found = messages_in(flat)
    assert [message.id for message in found] == ["HYDROPAC 9999/26", "HYDROPAC 9996/26"]
    assert not any(message.doubts for message in found)


def test_two_messages_in_one_line_are_cut_and_the_second_is_doubted() -> None:
    first, second = messages_in(FIRST.rstrip() + " " + SECOND)
    assert not first.doubts
    assert "runs on" in second.doubts[0].reason


def test_two_messages_without_a_heading_between_them_are_doubted() -> None:
    (both,) = messages_in(FIRST + FIRST.split("\n", 2)[2])
    assert any("cancels itself twice" in doubt.reason for doubt in both.doubts)


def test_a_capture_of_navtex_is_cut_at_its_marks() -> None:
    found = messages_in(NAVTEX + "\n" + NAVTEX.replace("JA42", "JA43").replace("0999", "1000"))
    assert [message.id for message in found] == ["NAV WARN 0999/26", "NAV WARN 1000/26"]
    assert not any(message.doubts for message in found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (NAVTEX.replace("NNNN\n", "") + NAVTEX, "The end is missing"),
        (NAVTEX + NAVTEX.replace("ZCZC JA42\n", ""), "The beginning is missing"),
        (NAVTEX.replace("JA42", "J*4"), "Found 'J*4' after `ZCZC`"),
        (NAVTEX.replace("WRECK", "WR**K"), "characters were lost"),
    ],
)
def test_what_was_lost_on_the_air_is_told_with_its_place(text: str, reason: str) -> None:
    found = messages_in(text)
    doubts = [(message, doubt) for message in found for doubt in message.doubts]
    assert any(reason in doubt.reason for _, doubt in doubts)
    assert all(0 <= doubt.span.start <= doubt.span.end <= len(message.text) for message, doubt in doubts)


def test_a_message_of_navtex_among_others_asks_no_marks_of_them() -> None:
    found = messages_in("\n".join([FIRST, NAVTEX, *(SECOND.replace("998", f"99{number}") for number in range(8))]))
    assert len(found) == 10
    assert not any(message.doubts for message in found)


@pytest.mark.parametrize("cut", ["NAV WARN 0999/26\n", "WRECK IN 40-10.0N 135-50.0E."])
def test_a_message_of_a_capture_that_lost_its_marks_and_more_is_doubted(cut: str) -> None:
    bare = NAVTEX.replace("ZCZC JA42\n150610 UTC JUL 26\n", "").replace("NNNN\n", "").replace(cut, "")
    found = messages_in(NAVTEX + bare + "\n" + NAVTEX.replace("JA42", "JA43"))
    assert any("is missing" in doubt.reason for doubt in found[1].doubts)


def test_notams_of_a_list_are_cut_at_their_numbers() -> None:
    one = (
        "A0001/26 NOTAMN\nQ) RJJJ/QWMLW/IV/BO/W/000/300/4010N13600E019\n"
        "A) RJJJ B) 2607200000 C) 2607230900\nE) FIRING\n"
    )
    found = messages_in(one + "\n" + one.replace("A0001", "P0002"))
    assert [message.id for message in found] == ["A0001/26", "P0002/26"]


def test_lines_of_json_keep_their_ids_and_a_bad_one_spoils_no_other() -> None:
    rows = [
        json.dumps({"id": "one", "text": FIRST, "issued": "2026-07-15T06:00Z", "other": [1]}),
        '{"id": "two", "text": ',
        json.dumps({"id": "three"}),
        json.dumps({"text": SECOND, "issued": "150600Z JUL 2026"}),
    ]
    found = messages_in("\n".join(rows), "rows.jsonl")
    assert [(message.id, message.line) for message in found] == [
        ("one", 1),
        ("2", 2),
        ("three", 3),
        ("NAVAREA XI 998/26", 4),
    ]
    assert found[0].issued_ms == found[3].issued_ms == 1784095200000
    assert not found[0].doubts
    assert "Line 2 is no JSON" in found[1].doubts[0].reason
    assert "expected an object with `text`" in found[2].doubts[0].reason


def test_an_array_of_json_is_read_and_a_broken_one_is_an_error_that_names_the_line() -> None:
    document = json.dumps([{"id": 7, "text": FIRST}, {"id": "b", "text": SECOND}], indent=1)
    assert [message.id for message in messages_in(document)] == ["7", "b"]
    with pytest.raises(DataFileError, match=r"x\.json, line \d+: it is no JSON array"):
        messages_in(document[:-3], "x.json")


def test_each_message_of_a_bulletin_in_one_row_is_read_under_the_id_of_the_row() -> None:
    found = messages_in(json.dumps({"id": "both", "text": FIRST + SECOND}))
    assert [message.id for message in found] == ["both", "both"]
    assert [message.text for message in found] == [FIRST, SECOND]
    assert not any(message.doubts for message in found)


def test_an_empty_file_is_told_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b" \n")
    (message,) = find([str(empty)])
    assert "empty" in message.doubts[0].reason
    with pytest.raises(DataFileError, match="cannot be read"):
        list(find([str(tmp_path / "none.txt")]))


def test_a_folder_is_read_by_name_and_one_that_holds_nothing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(SECOND)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.nav").write_text(NAVTEX)
    (tmp_path / "a.txt").write_text(FIRST)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    found = list(find([str(tmp_path)]))
    assert [Path(message.file).name for message in found] == ["a.txt", "b.txt", "c.nav"]
    (tmp_path / "bare").mkdir()
    with pytest.raises(DataFileError, match="holds no file of messages"):
        list(find([str(tmp_path / "bare")]))


JAPANESE_ITEM = """水路通報第36号 26-512項
射撃訓練が実施される。期間 令和8年9月16日、0900から1600まで 区域 31-00N 131-00E を中心とする半径5海里の円内
"""
CHINESE_ITEM = "琼航警182/26，南海，9月16日0900时至1600时，在18-20.00N 110-40.00E半径5海里范围内实弹射击，禁止驶入。\n"
NINE_JAPAN_MS = 1789516800000
"""16 September 2026, 09:00 of Japan."""


@pytest.mark.parametrize("between", ["", "\n"])
def test_a_warning_of_china_and_one_of_japan_keep_their_own_clocks(between: str) -> None:
    for text in (CHINESE_ITEM + between + JAPANESE_ITEM, JAPANESE_ITEM + between + CHINESE_ITEM):
        readings = {message.id: read(message) for message in messages_in(text)}
        starts = {name: one.areas[0].spells[0].start_ms for name, one in readings.items()}
        assert starts == {"水路通報第36号26-512項": NINE_JAPAN_MS, "琼航警182/26": NINE_JAPAN_MS + 3_600_000}


@pytest.mark.parametrize(
    "line",
    [
        "水路通報 26-500項を取り消す。",
        "日本水路通報8年28項を取り消す。",
        "水路通報第36号 26-500項を取消す。",
        "取消琼航警181/26。",
    ],
)
def test_what_a_line_in_chinese_or_japanese_cancels_is_no_heading(line: str) -> None:
    assert len(messages_in(f"{JAPANESE_ITEM}{line}\n")) == 1


CHINESE = "浙航警900/26，东海，9月16日0000时至0800时，在28-29.06N 123-25.66E附近水域有火箭残骸掉落，禁止驶入。"
JAPANESE = "射撃訓練が実施される。期間 令和7年6月3日、0900から1600まで 区域 31-00N 131-00E を中心とする半径5海里の円内"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "gb18030"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        ("WRECK IN 45°32.5N 130°10.0E – UNLIT", "cp1252"),
    ],
)
def test_older_encodings_are_told_by_the_words_they_make(text: str, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes(text.encode(encoding))
    (message,) = find([str(file)])
    assert message.text == text


def test_a_few_lost_bytes_are_marked_and_a_file_of_bytes_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "noise.txt"
    file.write_bytes(FIRST.encode().replace(b"GUNNERY", b"GUN\xffERY"))
    (message,) = find([str(file)])
    assert [message.text[doubt.span.start : doubt.span.end] for doubt in message.doubts] == ["\ufffd"]
    file.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(DataFileError, match="not UTF-8 text"):
        list(find([str(file)]))


@given(
    st.lists(st.sampled_from([FIRST, SECOND, NAVTEX, "\n", "NNNN\n", "HYDROPAC 1/26", "CANCEL ", "{", "*", "ZCZC "]))
)
def test_nothing_of_a_text_is_lost_or_doubled_when_it_is_cut(parts: list[str]) -> None:
    text = "".join(parts)
    found = messages_in(text)
    if text.strip() and not text.lstrip().startswith(("{", "[")):
        assert "".join("".join(message.text.split()) for message in found) == "".join(text.split())
        for message in found:
            assert all(0 <= doubt.span.start <= doubt.span.end <= len(message.text) for doubt in message.doubts)
            first = message.text.split("\n", 1)[0]
            assert first in text.split("\n")[message.line - 1]


@given(st.text(max_size=300))
def test_any_text_is_cut_without_an_error(text: str) -> None:
    if not text.lstrip("\ufeff \t\r\n").startswith("["):
        assert messages_in(text)


@pytest.mark.parametrize(
    "row",
    [
        {"issued": "2026-07-15T06:00Z"},
        {"issued": "150600Z JUL 26"},
        {"issued": "", "issueDate": "150600Z JUL 2026"},
        {"issued": "", "authority": "NAVAREA XI 999/26 150600Z JUL 26."},
    ],
)
def test_the_issue_of_a_message_is_taken_from_the_keys_that_tell_it(row: dict[str, str]) -> None:
    text = "SEA OF JAPAN.\nGUNNERY IN 40-20.00N 135-40.00E."
    (message,) = messages_in(json.dumps({"id": "A", "text": text, **row}))
    assert message.issued_ms == 1784095200000


GUNNERY = (
    "HYDROPAC 9801/26(97).\nSEA OF JAPAN.\nGUNNERY 070000Z TO 070900Z JUN 26 IN AREA\n"
    "WITHIN 5 MILES OF 38-00.00N 134-00.00E.\n"
)
DERELICT = "HYDROPAC 9802/26(97).\nDERELICT VESSEL ADRIFT IN 39-00.00N 134-00.00E.\n"
FIRING = (
    "浙航警9803/26\n东海，自6月8日0800时至1700时，"
    "在以29-00.00N 122-30.00E为圆心，半径5海里的水域内实弹射击，禁止驶入。\n"
)


@pytest.mark.parametrize(
    "noise",
    ["MSG 2: ", "FWD: ", "Fwd: Fw: ", "2ND MSG FOLLOWS - ", "#2 ", "[2] ", "=== ", "", "MSG 2: 080600Z JUN 26 "],
)
def test_a_heading_behind_a_blank_line_begins_a_message_whatever_few_words_stand_before_it(noise: str) -> None:
    for other in (DERELICT, DERELICT.replace("\n", " ")):
        found = [read(message) for message in messages_in(f"{GUNNERY}\n{noise}{other}")]
        assert [reading.number for reading in found] == ["9801/26", "9802/26"]
        assert [bool(reading.areas[0].spells) for reading in found] == [True, False]
        assert [len(reading.areas) for reading in found] == [1, 1]


@pytest.mark.parametrize("noise", ["[转发] ", "【转】", "转发：", "航行警报 ", "FWD: "])
@pytest.mark.parametrize("first", [GUNNERY, FIRING.replace("9803", "9804")])
def test_a_chinese_heading_behind_noise_begins_a_message_of_its_own_clock(noise: str, first: str) -> None:
    alone = read(messages_in(first)[0])
    found = [read(message) for message in messages_in(f"{first}\n{noise}{FIRING}")]
    assert [message.message.id for message in found[1:]] == ["浙航警9803/26"]
    assert [area.spells for area in found[0].areas] == [area.spells for area in alone.areas]
    assert [area.form for area in found[0].areas] == [area.form for area in alone.areas]


@pytest.mark.parametrize(
    "line",
    [
        "CANCEL HYDROPAC 9881/26.",
        "REF NAVAREA XI 9812/26.",
        "REF: A. HYDROPAC 9881/26",
        "3. CANCEL HYDROPAC 9881/26.",
        "SEE ALSO HYDROPAC 9881/26.",
        "THIS CANCELS\nHYDROPAC 9881/26.",
        "HYDROPAC 9881/26 IS CANCELLED.",
        "HYDROPAC 9881/26 REFERS.",
        "取消浙航警9810/26。",
        "参见 琼航警9810/26。",
    ],
)
def test_a_reference_behind_a_blank_line_parts_nothing(line: str) -> None:
    assert len(messages_in(f"{GUNNERY}\n{line}\n")) == 1


@pytest.mark.parametrize(
    "noise",
    [
        "\nPlease find below the next of the warnings that came today ",
        "\n2. ",
        "\nRE: ",
        "\nFwd:\n",
        "Another: ",
        "\nNEXT MSG\n",
    ],
)
def test_a_heading_that_may_be_that_of_another_message_is_doubted(noise: str) -> None:
    (reading,) = (read(message) for message in messages_in(f"{GUNNERY}{noise}{DERELICT}"))
    assert "A second heading stands in it, HYDROPAC 9802/26" in reading.reason


NOTICE = (
    "(A9801/26 NOTAMN\nQ) RJJJ/QWMLW/IV/BO/W/000/300/3800N13400E005\nA) RJJJ B) 2606070000 C) 2606070900\n"
    "E) FIRING (DAY AND NIGHT) WITHIN 5NM OF 380000N1340000E.\nF) SFC G) FL300)\n"
)
PLAIN = "Gunnery on 08 Jun 26 0000Z to 0900Z within 5 miles of 40-00N 135-00E.\n"


@pytest.mark.parametrize("notice", [NOTICE, NOTICE[1:-2] + "\n", NOTICE.replace("F) SFC G) FL300)", ")")])
def test_what_stands_behind_the_end_of_a_notam_is_a_message_of_its_own(notice: str) -> None:
    found = [read(message) for message in messages_in(f"{notice}\n{PLAIN}\n{PLAIN.replace('08', '09')}")]
    assert [len(reading.areas) for reading in found] == [1, 1, 1]
    assert [reading.message.line for reading in found] == [1, notice.count("\n") + 2, notice.count("\n") + 4]
    assert len({reading.areas[0].spells for reading in found}) == 3


def test_what_stands_right_behind_the_end_of_a_notam_is_doubted() -> None:
    (reading,) = (read(message) for message in messages_in(NOTICE + PLAIN))
    assert reading.reason == "Text stands behind the end of the NOTAM; nothing was expected there."
    assert len(reading.areas) == 1


@pytest.mark.parametrize("trailer", ["", "CREATED: 01 Jun 2026 00:00:00\nSOURCE: RJAAYNYX\n", "\n--- 1/2 ---\n"])
def test_the_trailers_of_a_notam_are_its_own(trailer: str) -> None:
    (reading,) = (read(message) for message in messages_in(NOTICE + trailer))
    assert reading.verdict is Verdict.UNDERSTOOD
