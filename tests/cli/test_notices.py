"""`waterspace notices`: drafts of warnings, marked as such."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from command_line import here
from draft_cases import instant
from source_tree import ROOT
from waterspace.cli import notices_ledger, spots

if TYPE_CHECKING:
    from collections.abc import Sequence
    from subprocess import CompletedProcess

    from waterspace.cli.notices_forms import Wishes
    from waterspace.messages.draft import Draft
    from waterspace.notices.ledger.amending import Action
    from waterspace.notices.ledger.book import Ledger

FIRING = ROOT / "src" / "waterspace" / "serials" / "examples" / "gunnery.exercise.yaml"


def _notices(*arguments: str) -> CompletedProcess[str]:
    return here("notices", *arguments)


@pytest.mark.parametrize("form", ["navarea", "hydropac", "navtex", "safetynet"])
def test_the_command_writes_drafts_and_says_that_they_are(form: str) -> None:
    done = _notices(str(FIRING), "--format", form, "--general-area", "Sea of Japan")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("--- DRAFT - NOT PROMULGATED --- N1\n\n")
    assert "SEA OF JAPAN." in done.stdout
    assert "5.2 MILES OF" in done.stdout.replace("\n", " ")


def test_the_command_says_where_nothing_is_needed() -> None:
    done = _notices(str(ROOT / "examples" / "passex.exercise.yaml"))
    assert done.returncode == 0
    assert not done.stdout
    assert "No notice is needed" in done.stderr


def test_a_plan_without_serials_is_told_why_its_notices_are_left_out(tmp_path: Path) -> None:
    head, _, _ = (ROOT / "examples" / "passex.exercise.yaml").read_text("utf-8").partition("serials:\n")
    file = tmp_path / "areas.exercise.yaml"
    file.write_text(f"{head}notices:\n  N1: {{kind: navarea, covers: ECHO, planned: 2026-06-01T00:00Z}}\n", "utf-8")
    done = _notices(str(file))
    assert done.returncode == 0
    assert "No notice is needed" in done.stderr
    assert "N1 (navarea) covers no danger that has a time and a place; nothing is promulgated." in done.stderr


@pytest.mark.parametrize("form", ["navarea", "hydropac", "navtex", "safetynet"])
def test_what_the_command_writes_the_reader_understands(form: str) -> None:
    plan = str(ROOT / "examples" / "northern-interaction-2023.exercise.yaml")
    written = _notices(plan, "--format", form).stdout
    done = here("warnings", "-", "--format", "json", given=written)
    messages = json.loads(done.stdout)["messages"]
    assert done.returncode == 0, [message["reason"] for message in messages]
    assert [len(message["areas"]) for message in messages if message["areas"]] == [2, 1]


NORTHERN = str(ROOT / "examples" / "northern-interaction-2023.exercise.yaml")


def test_a_folder_gets_the_plan_and_a_file_for_each_draft_and_form(tmp_path: Path) -> None:
    done = _notices(str(FIRING), "--format", "all", "--mmsi", "2734450", "--out", str(tmp_path / "new"))
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert {"N1.navarea.txt", "N1.navtex.txt", "N1.gml", "N1.kml", "N1.html", "N1.ais.nmea"} <= names
    assert {"promulgation.txt", "promulgation.json", "promulgation.ics", "notices.geojson"} <= names
    assert len(done.stdout.splitlines()) == len(names)
    assert done.stderr == ""
    for name in names:
        text = (tmp_path / "new" / name).read_bytes().decode().replace("\r\n ", "").replace("\n", " ")
        assert "DRAFT - NOT PROMULGATED" in text, name


def test_one_document_stands_alone_on_standard_output() -> None:
    done = _notices(NORTHERN, "--format", "s124", "--only", "N1")
    assert done.returncode == 0, done.stderr
    assert ET.fromstring(done.stdout).tag.endswith("Dataset")  # noqa: S314  # our own text


def test_several_documents_need_a_folder() -> None:
    done = _notices(NORTHERN, "--format", "kml")
    assert done.returncode == 2
    assert not done.stdout
    assert "name a folder" in " ".join(done.stderr.split())


def test_geojson_is_one_document_of_all_places() -> None:
    features = json.loads(_notices(NORTHERN, "--format", "geojson").stdout)["features"]
    assert {feature["properties"]["message"] for feature in features} >= {"N1", "N2"}
    assert all(feature["geometry"]["type"] == "Polygon" for feature in features)


def test_an_area_notice_asks_for_the_station_and_the_others_are_not_lost() -> None:
    done = _notices(NORTHERN, "--format", "ais", "--only", "N1")
    assert done.returncode == 1
    assert "--mmsi" in done.stderr
    assert _notices(NORTHERN, "--format", "ais", "--mmsi", "2734450").stdout.count("!AIVDM") >= 3


def test_all_forms_without_a_station_say_that_area_notices_are_left_out(tmp_path: Path) -> None:
    done = _notices(str(FIRING), "--format", "all", "--out", str(tmp_path / "new"))
    assert done.returncode == 0
    assert "No AIS area notices" in done.stderr
    assert not list((tmp_path / "new").glob("*.nmea"))


def test_an_identity_that_is_no_station_is_refused() -> None:
    done = _notices(str(FIRING), "--format", "ais", "--mmsi", "12")
    assert done.returncode == 1
    assert "000000012; nine digits are expected" in done.stderr


def test_an_unknown_draft_is_named_with_the_nearest_that_there_is() -> None:
    done = _notices(NORTHERN, "--only", "N11")
    assert done.returncode == 2
    assert "N11" in done.stderr
    assert "N1" in done.stderr


def test_the_plan_stands_above_the_drafts_and_goes_to_calendars_and_programs() -> None:
    lines = _notices(str(FIRING)).stdout.splitlines()
    assert lines[0].startswith("PROMULGATION PLAN: ")
    assert any(line.startswith("--- DRAFT - NOT PROMULGATED --- N1") for line in lines)
    assert _notices(str(FIRING), "--format", "calendar").stdout.startswith("BEGIN:VCALENDAR")
    steps = json.loads(_notices(str(FIRING), "--format", "json").stdout)["steps"]
    assert [step["at"] for step in steps] == sorted(step["at"] for step in steps)


def test_a_text_in_another_language_says_that_a_machine_made_it() -> None:
    done = _notices(str(FIRING), "--format", "navarea", "--language", "ja", "--only", "N1")
    assert "NO SPEAKER HAS REVIEWED IT" in done.stdout
    assert "射撃" in done.stdout
    refused = _notices(str(FIRING), "--format", "navtex", "--language", "ja")
    assert refused.returncode == 2
    assert "--language" in refused.stderr


def test_a_ledger_tells_exactly_what_a_changed_plan_amends(tmp_path: Path) -> None:
    plan, book = tmp_path / "plan.exercise.yaml", tmp_path / "sent.ledger"
    plan.write_text(FIRING.read_text("utf-8").replace("kind: notam,", "kind: notam, firs: [RKRR],"), "utf-8")
    now = ("--ledger", str(book), "--at", "2026-06-01T00:00Z")
    listed = _notices(str(plan), *now)
    assert listed.returncode == 1
    assert "SEND  N1: was never sent" in listed.stdout
    ids = [action["notice"] for action in json.loads(_notices(str(plan), *now, "--format", "json").stdout)["actions"]]
    recorded = _notices(str(plan), *now, *_numbered(ids))
    assert recorded.returncode == 0, recorded.stderr
    assert _notices(str(plan), *now).returncode == 0
    moved = plan.read_text("utf-8").replace("start: 2026-06-09T03:00Z", "start: 2026-06-09T04:00Z")
    plan.write_text(moved, "utf-8")
    actions = json.loads(_notices(str(plan), *now, "--format", "json").stdout)["actions"]
    replaced = next(action for action in actions if action["notice"] == "N1")
    assert replaced["action"] == "replace"
    assert "NAVAREA XI 01" in replaced["text"]
    assert "CANCEL" in replaced["text"]


def _numbered(ids: list[str]) -> list[str]:
    """`--sent` for each notice, N2 as a NOTAM and the others as warnings without their series."""
    return [f"--sent={id_}={f'A01{n}/26' if id_.startswith('N2') else f'01{n}/26'}" for n, id_ in enumerate(ids, 10)]


def test_notices_that_are_recorded_together_are_recorded_as_one_by_one_with_one_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    pending = notices_ledger.pending

    def counted(drafts: Sequence[Draft], ledger: Ledger, now_ms: int, wishes: Wishes) -> tuple[Action, ...]:
        looks.append(len(ledger.sendings))
        return pending(drafts, ledger, now_ms, wishes)

    now = ("--at", "2026-06-01T00:00Z")
    sent = ["--sent=N1=0101/26", "--sent=N2=A0102/26"]
    for one in sent:
        assert _notices(str(FIRING), "--ledger", str(tmp_path / "apart"), *now, one).returncode == 0
    monkeypatch.setattr(notices_ledger, "pending", counted)
    assert _notices(str(FIRING), "--ledger", str(tmp_path / "together"), *now, *sent).returncode == 0
    assert looks == [0]
    assert (tmp_path / "together").read_bytes() == (tmp_path / "apart").read_bytes()
    # What was recorded already is looked at again, and only that.
    again = _notices(str(FIRING), "--ledger", str(tmp_path / "again"), *now, "--sent=N1=", "--sent=N1=0101/26", sent[1])
    assert again.stdout.splitlines() == [
        "recorded N1: send, without a number yet",
        "recorded N1: keep, NAVAREA XI 0101/26",
        "recorded N2: send, A0102/26",
    ]
    assert looks == [0, 0, 1]
    twice = _notices(str(FIRING), "--ledger", str(tmp_path / "twice"), *now, sent[0], "--sent=N1=0103/26")
    assert twice.returncode == 2
    assert "nothing is to be recorded for N1" in " ".join(twice.stderr.split())


def test_the_list_says_whose_clock_it_goes_by(tmp_path: Path) -> None:
    book = ("--ledger", str(tmp_path / "book"), "--only", "N1")
    assert ", by this computer's clock:\n" in _notices(str(FIRING), *book).stdout
    assert "at 010000Z JUN 26:\n" in _notices(str(FIRING), *book, "--at", "2026-06-01T00:00Z").stdout


def test_what_is_recorded_must_be_a_notice_of_the_plan_and_needs_a_ledger(tmp_path: Path) -> None:
    book = str(tmp_path / "sent.ledger")
    unknown = _notices(str(FIRING), "--ledger", book, "--sent", "N9=1/26")
    assert unknown.returncode == 2
    assert "N9" in unknown.stderr
    assert not Path(book).exists()
    without = _notices(str(FIRING), "--sent", "N1=1/26")
    assert without.returncode == 2
    assert "--ledger" in without.stderr


def test_the_text_that_was_really_sent_is_what_the_ledger_keeps(tmp_path: Path) -> None:
    text = _notices(str(FIRING), "--format", "navarea", "--only", "N1").stdout.partition("\n\n")[2].strip()
    given = tmp_path / "sent.txt"
    given.write_text(text.replace("___/26", "0123/26"), "utf-8")
    now = ("--ledger", str(tmp_path / "book"), "--at", "2026-06-02T00:00Z")
    done = _notices(str(FIRING), *now, "--sent", "N1=NAVAREA XI 0123/26", "--as-sent", str(given))
    assert done.returncode == 0, done.stderr
    assert "0123/26" in json.loads((tmp_path / "book").read_text("utf-8").splitlines()[1])["text"]
    given.write_text(text.replace("090300Z", "090400Z"), "utf-8")
    now = ("--ledger", str(tmp_path / "other"), "--at", "2026-06-02T00:00Z")
    wrong = _notices(str(FIRING), *now, "--sent", "N1=0123/26", "--as-sent", str(given))
    assert wrong.returncode == 0, wrong.stderr
    assert "WARNING: what was sent for N1 has other times than the plan has now; recorded as it was" in wrong.stderr
    assert "REPLACE  N1 (NAVAREA XI 0123/26): " in _notices(str(FIRING), *now).stdout


def test_a_calendar_follows_the_ledger(tmp_path: Path) -> None:
    now = ("--ledger", str(tmp_path / "book"), "--at", "2026-06-02T00:00Z", "--format", "calendar")
    before = _notices(str(FIRING), *now)
    assert before.returncode == 1, before.stderr
    assert "SUMMARY:Promulgate N1 (navarea)" in before.stdout
    assert _notices(str(FIRING), *now, "--sent", "N1=0123/26", "--sent", "N2=A0456/26").returncode == 0
    after = _notices(str(FIRING), *now)
    assert after.returncode == 0, after.stderr
    assert "SUMMARY:Promulgated N1 (NAVAREA XI 0123/26)" in after.stdout
    assert _notices(str(FIRING), *now, "--only", "N1").returncode == 2


def test_a_calendar_of_a_ledger_without_a_time_goes_by_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_ledger = ("--ledger", str(tmp_path / "book"), "--format", "calendar")
    monkeypatch.setattr(spots, "this_minute", lambda: instant(2026, 6, 5, 12))
    told = _notices(str(FIRING), *of_ledger, "--at", "2026-06-05T12:00Z").stdout
    assert "N1: was never sent" in told.replace("\r", "").replace("\n ", "")
    assert "DTSTART:20260605T120000Z" in told
    assert _notices(str(FIRING), *of_ledger).stdout == told


def test_the_time_that_counts_as_now_dates_texts_without_a_ledger_too() -> None:
    shown = _notices(str(FIRING), "--only", "N1", "--at", "2026-06-05T12:00Z").stdout
    assert "DATE:2026/06/05 12 UTC" in shown
    assert "LATE by 1 d 9 h at 051200Z JUN 26" in " ".join(shown.split())


def test_drafts_tell_what_is_still_to_come_at_the_time_that_counts_as_now() -> None:
    during = _notices(str(FIRING), "--at", "2026-06-09T04:00Z").stdout
    assert "B) 2606090400 C) 2606090900" in during
    last = " ".join(_notices(str(FIRING), "--at", "2026-06-09T06:00Z").stdout.split())
    assert "GUNNERY MAY TAKE PLACE, ALTERNATE 090700Z TO 090900Z JUN IN AREA" in last
    assert "GUNNERY EXERCISES MAY TAKE PLACE AT ALTN TIMES WI" in last
    over = _notices(str(FIRING), "--at", "2026-06-10T04:00Z")
    assert over.returncode == 0
    assert "OVER at 100400Z JUN 26: N2 and N1." in over.stdout
    assert "NOTAMN" not in over.stdout
    assert "DATE:" not in over.stdout
    alone = _notices(str(FIRING), "--at", "2026-06-10T04:00Z", "--only", "N1", "--format", "navarea")
    assert (alone.stdout, alone.stderr) == ("", "Over, and not drafted: N1.\n")


def test_a_text_that_went_out_without_its_cancellation_is_recorded_with_a_warning(tmp_path: Path) -> None:
    plan, given = tmp_path / "plan.exercise.yaml", tmp_path / "sent.txt"
    plan.write_text(FIRING.read_text("utf-8"), "utf-8")
    now = ("--ledger", str(tmp_path / "book"), "--at", "2026-06-02T00:00Z")
    assert _notices(str(plan), *now, "--sent", "N1=0123/26").returncode == 0
    plan.write_text(FIRING.read_text("utf-8").replace("2026-06-09T03:00Z", "2026-06-09T04:00Z"), "utf-8")
    text = _notices(str(plan), *now, "--only", "N1", "--format", "json").stdout
    (action,) = json.loads(text)["actions"]
    assert action["action"] == "replace"
    given.write_text(action["text"].replace("CANCEL NAVAREA XI 0123/26.\n", ""), "utf-8")
    done = _notices(str(plan), *now, "--sent", "N1=0130/26", "--as-sent", str(given))
    assert done.returncode == 0, done.stderr
    assert "WARNING: what was sent for N1 does not cancel NAVAREA XI 0123/26; recorded as it was sent" in done.stderr
    todo = json.loads(_notices(str(plan), *now, "--only", "N1", "--format", "json").stdout)["actions"]
    assert [(one["action"], one["number"]) for one in todo] == [
        ("cancel", "NAVAREA XI 0123/26"),
        ("keep", "NAVAREA XI 0130/26"),
    ]
    gone = _notices(str(plan), *now, "--sent", "NAVAREA XI 0123/26=0131/26")
    assert gone.stdout.startswith("recorded NAVAREA XI 0123/26: cancel, NAVAREA XI 0131/26"), gone.stderr


def test_some_of_what_a_ledger_says_can_be_shown_and_a_folder_is_refused(tmp_path: Path) -> None:
    now = ("--ledger", str(tmp_path / "book"), "--at", "2026-06-01T00:00Z")
    shown = _notices(str(FIRING), *now, "--only", "N1").stdout
    assert "N1" in shown
    assert "N2" not in shown
    assert _notices(str(FIRING), *now, "--only", "N9").returncode == 2
    refused = _notices(str(FIRING), *now, "--out", str(tmp_path / "folder"))
    assert refused.returncode == 2
    assert not (tmp_path / "folder").exists()


def test_a_notam_in_two_states_has_the_same_names_with_a_ledger_and_without(tmp_path: Path) -> None:
    plan, folder = tmp_path / "plan.exercise.yaml", tmp_path / "new"
    plan.write_text(FIRING.read_text("utf-8").replace("kind: notam,", "kind: notam, firs: [RKRR, RJJJ],"), "utf-8")
    done = _notices(str(plan), "--format", "notam", "--only", "N2", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    assert {path.name for path in folder.iterdir()} == {"N2-RKRR.notam.txt", "N2-RJJJ.notam.txt"}
    assert (folder / "N2-RKRR.notam.txt").read_text("utf-8").count("NOTAMN") == 1
    one = _notices(str(plan), "--only", "N2-RJJJ").stdout
    assert "PROMULGATE" in one
    assert "A) RJJJ" in one
    assert "A) RKRR" not in one
    now = ("--ledger", str(tmp_path / "book"), "--at", "2026-06-01T00:00Z", "--format", "json")
    ids = {action["notice"] for action in json.loads(_notices(str(plan), *now).stdout)["actions"]}
    assert {"N2-RKRR", "N2-RJJJ"} <= ids
