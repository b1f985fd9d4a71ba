"""What stands around our own drafts is no message: every draft that we write is read once, and no sheet is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from source_tree import ROOT
from waterspace.messages.drafted import AMENDMENTS, head, texts_of
from waterspace.messages.finding import messages_in
from waterspace.notices.ledger.amending import ActionKind
from waterspace.notices.promulgation import as_text
from waterspace.notices.promulgation.plan import Promulgation, Task

NORTHERN = str(ROOT / "examples" / "northern-interaction-2023.exercise.yaml")
FOREIGN = "HYDROPAC 9999/26(97).\nGUNNERY 200000Z TO 200900Z JUL 26 IN AREA WITHIN 5 MILES OF 40-20N 135-40E.\n"


def _run(*arguments: str, given: str = "") -> str:
    """What the command says, as a real process."""
    command = [sys.executable, "-m", "waterspace", *arguments]
    env = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, input=given.encode(), capture_output=True, check=False, timeout=120, env=env, cwd=ROOT
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout.decode()


def _messages(*arguments: str, given: str = "") -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(_run("warnings", *arguments, "--format", "json", given=given))["messages"]
    return read


def test_a_folder_of_every_form_is_read_as_its_drafts_and_nothing_else(tmp_path: Path) -> None:
    _run("notices", NORTHERN, "--format", "all", "--mmsi", "431000001", "--out", str(tmp_path))
    read = _messages(str(tmp_path))
    assert [one["message"] for one in read if one["verdict"] != "understood"] == []
    of_files: dict[str, int] = {}
    for one in read:
        name = Path(one["file"]).name
        of_files[name] = of_files.get(name, 0) + 1
    texts = ("navarea.txt", "hydropac.txt", "navtex.txt", "safetynet.txt", "gml")
    once = {f"{draft}.{suffix}": 1 for draft in ("N1", "N2") for suffix in texts}
    # One NOTAM and one area notice for each time and place, as these forms carry no more.
    assert of_files == once | {"N3.notam.txt": 3, "N1.ais.nmea": 4, "N2.ais.nmea": 2}
    starts = {tuple(window) for one in read for area in one["areas"] for window in area["windows"]}
    assert all(start is not None and start.startswith("2023-07-2") for start, _ in starts)


def test_the_plan_with_the_drafts_below_it_is_read_as_the_drafts(tmp_path: Path) -> None:
    written = _run("notices", NORTHERN)
    assert [one["verdict"] for one in _messages("-", given=written)] == ["understood"] * 5
    sheet = tmp_path / "promulgation.txt"
    sheet.write_text(written[: written.index("--- DRAFT")], "utf-8")
    assert _run("warnings", str(sheet)) == "no message\n"


def test_the_list_of_a_ledger_is_no_message_and_its_texts_are(tmp_path: Path) -> None:
    ledger = str(tmp_path / "sent.ledger")
    written = _run("notices", NORTHERN, "--ledger", ledger, "--at", "2023-07-10T00:00Z")
    assert written.startswith(AMENDMENTS)
    assert [one["verdict"] for one in _messages("-", given=written)] == ["understood"] * 5


@pytest.mark.parametrize("form", ["plan", "amendments"])
def test_the_messages_of_others_beside_a_sheet_are_kept_with_their_lines(form: str) -> None:
    plan = "PROMULGATION PLAN: X\nDRAFT - NOT PROMULGATED. All times are UTC.\n\nUTC    DO  NOTICE\n\nFRI 14 JUL 2023\n"
    sheet = f"{plan}0600Z  CONFIRM  N1\n" if form == "plan" else f"{AMENDMENTS}a.ledger at X:\nSEND  N1 to ...\n"
    [first, second] = messages_in(f"{FOREIGN}{sheet}{FOREIGN.replace('9999', '9998')}", "a.txt")
    assert (first.id, first.line, first.text.strip()) == ("HYDROPAC 9999/26", 1, FOREIGN.strip())
    assert (second.id, second.line) == ("HYDROPAC 9998/26", 3 + sheet.count("\n"))


PLAN_SHEET = """PROMULGATION PLAN: X
DRAFT - NOT PROMULGATED. All times are UTC.
LATE IN THE PLAN: N1. They stand here at the times by which they are due.
OVER at 150000Z JUL 23: N9. Too late to tell of them; no text is drafted.

UTC    DO          NOTICE        TO WHOM              BY

FRI 14 JUL 2023
0600Z  PROMULGATE  N1 (navarea)  NAVAREA coordinator
                   Gunnery, 220000Z JUL 23 to 230900Z JUL 23.
0700Z  CONFIRM     N1 (navarea)  NAVAREA coordinator
                   Originator: X.
"""
LIST_SHEET = f"""{AMENDMENTS}a.ledger at X:
FIRST SEND  N1: was never sent.
TOO LATE  N2: was never sent, and is over; nothing can be done.
KEEP  N3 (NAVAREA XI 0123/26): says the same; nothing to do.
"""
INDENTED = "".join(
    f"{' ' * 10}{line}\n" for line in FOREIGN.replace("HYDROPAC 9999/26(97)", "NAVAREA XI 0999/26").splitlines()
)


@pytest.mark.parametrize("sheet", [PLAN_SHEET, LIST_SHEET], ids=["plan", "list"])
@pytest.mark.parametrize(
    ("foreign", "id_"),
    [
        (INDENTED, "NAVAREA XI 0999/26"),
        (f"\n{INDENTED}", "NAVAREA XI 0999/26"),
        (f"{' ' * 10}110500Z JUL 26\n{INDENTED}", "NAVAREA XI 0999/26"),
        (FOREIGN.replace("HYDROPAC 9999/26(97).", "HYDROPAC  1234/26"), "HYDROPAC 1234/26"),
        (f"\n{FOREIGN.replace('HYDROPAC 9999/26(97).', 'HYDROPAC  1234/26')}", "HYDROPAC 1234/26"),
        (f"{' ' * 10}ZCZC JA42\n{INDENTED}{' ' * 10}NNNN\n", "NAVAREA XI 0999/26"),
    ],
)
def test_a_message_that_looks_like_a_line_of_the_sheet_is_kept_whole(sheet: str, foreign: str, id_: str) -> None:
    [message] = messages_in(f"{sheet}{foreign}", "a.txt")
    assert (message.id, message.text.strip()) == (id_, foreign.strip())
    assert message.line == sheet.count("\n") + 1 + foreign.startswith("\n")


@pytest.mark.parametrize("sheet", [PLAN_SHEET, LIST_SHEET], ids=["plan", "list"])
def test_words_without_a_heading_behind_a_sheet_are_kept(sheet: str) -> None:
    words = f"{' ' * 10}GUNNERY 200000Z TO 200900Z JUL 26 IN AREA\n{' ' * 10}WITHIN 5 MILES OF 40-20N 135-40E.\n"
    assert messages_in(sheet, "a.txt") == []
    [message] = messages_in(f"{sheet}\n{words}", "a.txt")
    assert message.text.strip() == words.strip()


def test_sheets_know_all_that_plans_and_ledgers_have_done() -> None:
    for task in Task:
        sheet = f"{PLAN_SHEET}0800Z  {task.upper()}  N1 (navarea)\n"
        assert messages_in(sheet, "a.txt") == []
    for kind in ActionKind:
        assert messages_in(f"{AMENDMENTS}a.ledger at X:\n{kind.upper()}  N1: is so.\n", "a.txt") == []


def test_a_plan_that_leaves_all_out_is_no_message() -> None:
    sheet = as_text(Promulgation(exercise="X", steps=(), left_out=("N7 covers no danger; nothing is promulgated.",)))
    assert messages_in(sheet, "a.txt") == []
    [message] = messages_in(f"{sheet}{INDENTED}", "a.txt")
    assert message.text.strip() == INDENTED.strip()


def test_the_list_of_a_ledger_for_programs_is_read_as_its_drafts(tmp_path: Path) -> None:
    ledger = str(tmp_path / "sent.ledger")
    written = _run("notices", NORTHERN, "--ledger", ledger, "--at", "2023-07-10T00:00Z", "--format", "json")
    read = _messages("-", given=written)
    assert {one["verdict"] for one in read} == {"understood"}
    assert {one["message"] for one in read} == {action["notice"] for action in json.loads(written)["actions"]}


def test_a_text_without_a_name_has_that_of_its_draft_and_the_time_above_it() -> None:
    near_ms = 1_689_487_200_000
    above = head("N7", near_ms=near_ms, beside="TEXT MADE BY A MACHINE")
    [message] = messages_in(f"{above}GUNNERY IN AREA WITHIN 5 MILES OF 40-20N 135-40E.\n")
    assert (message.id, message.issued_ms, message.line) == ("N7", near_ms, 4)


def test_a_document_of_somebody_else_is_no_sheet_of_ours() -> None:
    assert texts_of({"status": "in force", "steps": []}) is None
    assert texts_of({"status": "in force", "actions": []}) is None
    assert texts_of({"actions": []}) is None
    assert texts_of([{"status": "DRAFT - NOT PROMULGATED"}]) is None
    assert texts_of({"status": "DRAFT - NOT PROMULGATED", "steps": []}) == []
    kept = {"notice": "N2", "text": None}
    sent = {"notice": "N1", "text": "NAVAREA XI ___/26."}
    actions = {"status": "DRAFT - NOT PROMULGATED", "actions": [sent, kept]}
    assert texts_of(actions) == [{"id": "N1", "text": "NAVAREA XI ___/26."}]
