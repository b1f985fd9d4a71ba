"""Calendars: what is in them comes out again by the rules of RFC 5545."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from draft_cases import instant
from source_tree import ROOT
from waterspace import planfile
from waterspace.messages.writing import navarea, notam
from waterspace.notices import draft_all
from waterspace.notices.ledger import Ledger, amendments, record
from waterspace.notices.promulgation import as_entries_so_far
from waterspace.notices.promulgation.calendar import Entry, as_calendar
from waterspace.notices.promulgation.plan import Task, promulgation_plan
from waterspace.notices.promulgation.sheet import as_entries
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from waterspace.domain import Exercise
    from waterspace.messages.draft import Draft

STAMP_MS = 1_784_505_600_000  # 2026-07-20T00:00Z
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=200)


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def plain(value: str) -> str:
    signs = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda match: signs.get(match.group(1), match.group(1)), value)


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    depth: list[str] = []
    for line in unfolded(text):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            depth.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert depth.pop() == value
        elif depth[-1] == "VEVENT":
            found[-1][name] = plain(value)
        elif depth[-1] == "VALARM":
            found[-1][f"ALARM-{name}"] = plain(value)
    assert depth == []
    return found


PLAN = planfile.load(str(ROOT / "src" / "waterspace" / "serials" / "examples" / "gunnery.exercise.yaml"))
NOW_MS = instant(2026, 6, 3)


def so_far(plan: Exercise, ledger: Ledger, now_ms: int = NOW_MS) -> dict[str, dict[str, str]]:
    """The events of a plan by their ids, as the ledger has it."""
    todo = amendments(draft_all(plan), ledger, now_ms=now_ms, write=written_as)
    entries = as_entries_so_far(promulgation_plan(plan), ledger, todo, now_ms)
    found = events(as_calendar(entries, name=plan.name, stamp_ms=now_ms))
    assert len({event["UID"] for event in found}) == len(found)
    return {event["UID"].partition("@")[0]: event for event in found}


def written_as(draft: Draft) -> str:
    return notam.write(draft) if draft.kind == "notam" else navarea.write(draft)


def both_sent(plan: Exercise) -> Ledger:
    """A ledger of a plan whose notices were all sent, with numbers."""
    ledger = Ledger()
    for action in amendments(draft_all(plan), ledger, now_ms=NOW_MS, write=written_as):
        number = "A0456/26" if action.draft and action.draft.kind == "notam" else "0123/26"
        ledger = record(ledger, action, number, NOW_MS)
    return ledger


def without(plan: Exercise, *names: str) -> Exercise:
    """A plan without some of its serials and notices, and so without what would be proposed."""
    return replace(
        plan,
        serials={id_: one for id_, one in plan.serials.items() if id_ not in names},
        notices={id_: one for id_, one in plan.notices.items() if id_ not in names},
    )


def test_a_newer_calendar_wins_and_has_the_same_ids() -> None:
    entries = as_entries(promulgation_plan(PLAN))
    moved = replace(PLAN.serials["S1"], start_ms=instant(2026, 6, 9, 4))
    again = as_entries(promulgation_plan(replace(PLAN, serials={**PLAN.serials, "S1": moved})))
    old, new = (
        {event["UID"]: event for event in events(as_calendar(some, name="Plan", stamp_ms=stamp_ms))}
        for some, stamp_ms in ((entries, STAMP_MS), (again, STAMP_MS + MINUTE_MS))
    )
    assert old.keys() == new.keys()
    assert all(0 <= int(old[uid]["SEQUENCE"]) < int(new[uid]["SEQUENCE"]) < 2**31 for uid in old)
    assert old["N1-repeat@Gunnery"]["DTSTART"] != new["N1-repeat@Gunnery"]["DTSTART"]


def test_a_calendar_before_anything_was_sent_is_that_of_the_plan() -> None:
    before_ms = NOW_MS - 20 * DAY_MS
    plain_events = events(as_calendar(as_entries(promulgation_plan(PLAN)), name=PLAN.name, stamp_ms=before_ms))
    assert so_far(PLAN, Ledger(), before_ms) == {event["UID"].partition("@")[0]: event for event in plain_events}


def test_what_was_sent_stands_where_it_was_sent_and_needs_no_number_any_more() -> None:
    found = so_far(PLAN, both_sent(PLAN), NOW_MS + DAY_MS)
    assert found["N1-promulgate"]["SUMMARY"] == "Promulgated N1 (NAVAREA XI 0123/26)"
    assert found["N1-promulgate"]["DTSTART"] == found["N1-promulgate"]["LAST-MODIFIED"] == "20260603T000000Z"
    assert "ALARM-TRIGGER" not in found["N1-promulgate"]
    assert (found["N1-confirm"]["STATUS"], found["N1-cancel"]["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert "ALARM-TRIGGER" not in found["N1-confirm"]


def test_what_is_to_be_replaced_stands_now() -> None:
    moved = replace(PLAN.serials["S1"], start_ms=instant(2026, 6, 9, 4))
    found = so_far(replace(PLAN, serials={**PLAN.serials, "S1": moved}), both_sent(PLAN), NOW_MS + DAY_MS)
    assert found["N1-promulgate"]["DTSTART"] == "20260604T000000Z"
    assert found["N1-promulgate"]["SUMMARY"].startswith("Replace N1 (navarea): ")
    assert found["N1-confirm"]["DTSTART"] == "20260605T000000Z"


def test_what_is_late_and_unsent_stands_now_and_no_alarm_rings_in_the_past() -> None:
    found = so_far(PLAN, Ledger())
    assert (found["N1-promulgate"]["DTSTART"], found["N1-promulgate"]["ALARM-TRIGGER"]) == ("20260603T000000Z", "PT0M")
    assert found["N1-confirm"]["DTSTART"] == "20260604T000000Z"
    moved = replace(PLAN.serials["S1"], start_ms=instant(2026, 6, 9, 4))
    replaced = so_far(replace(PLAN, serials={**PLAN.serials, "S1": moved}), both_sent(PLAN), NOW_MS + DAY_MS)
    assert replaced["N1-promulgate"]["ALARM-TRIGGER"] == "PT0M"
    last = so_far(PLAN, Ledger(), instant(2026, 6, 9, 4))
    assert last["N1-confirm"]["DTSTART"] == last["N1-promulgate"]["DTSTART"] == "20260609T040000Z"
    over = so_far(PLAN, Ledger(), instant(2026, 6, 10, 4))
    assert {event["STATUS"] for event in over.values()} == {"CANCELLED"}


def test_what_is_gone_is_taken_out_and_its_cancellation_stands_now_until_it_was_sent() -> None:
    ledger = both_sent(PLAN)
    plan = without(PLAN, "S1", "N1", "N2")
    found = so_far(plan, ledger, NOW_MS + DAY_MS)
    assert set(found) == {f"{id_}-{task}" for id_ in ("N1", "N2") for task in Task}
    assert (found["N1-cancel"]["STATUS"], found["N1-cancel"]["DTSTART"]) == ("CONFIRMED", "20260604T000000Z")
    assert "is not planned any more" in found["N1-cancel"]["DESCRIPTION"]
    assert all(found[f"N1-{task}"]["STATUS"] == "CANCELLED" for task in Task if task is not Task.CANCEL)
    for action in amendments(draft_all(plan), ledger, now_ms=NOW_MS + DAY_MS, write=written_as):
        ledger = record(ledger, action, "", NOW_MS + DAY_MS)
    found = so_far(plan, ledger, NOW_MS + 2 * DAY_MS)
    assert {event["STATUS"] for event in found.values()} == {"CANCELLED"}


def test_a_notam_of_several_offices_is_one_notice_of_the_calendar() -> None:
    notices = {**PLAN.notices, "N2": replace(PLAN.notices["N2"], firs=("RKRR", "RJJJ"))}
    ledger = Ledger()
    for at, action in enumerate(
        amendments(draft_all(replace(PLAN, notices=notices)), ledger, now_ms=NOW_MS, write=written_as)
    ):
        number = f"A045{at}/26" if action.draft and action.draft.kind == "notam" else "0123/26"
        ledger = record(ledger, action, number, NOW_MS)
    found = so_far(replace(PLAN, notices=notices), ledger, NOW_MS + DAY_MS)
    assert found["N2-promulgate"]["SUMMARY"].startswith("Promulgated N2-R")
    assert "N2-RJJJ-promulgate" not in found
    plan = without(PLAN, "S1", "N1", "N2")
    sent = {one.id: one.number for one in ledger.latest}
    gone = so_far(plan, ledger, NOW_MS + DAY_MS)
    assert set(gone) == {f"{id_}-{task}" for id_ in ("N1", "N2") for task in Task}
    entry = gone["N2-cancel"]
    names = [f"{id_} ({sent[id_]})" for id_ in ("N2-RJJJ", "N2-RKRR")]
    assert (entry["SUMMARY"], entry["STATUS"]) == (f"Cancel {' and '.join(names)}", "CONFIRMED")
    for name in names:
        assert f"{name}: is not planned any more" in entry["DESCRIPTION"]
    # One office is told: the entry stays open for the other, and names it alone.
    for told, left in (names, names[::-1]):
        half = gone_in_part(plan, ledger, told.partition(" ")[0])
        entry = so_far(plan, half, NOW_MS + 2 * DAY_MS)["N2-cancel"]
        assert (entry["SUMMARY"], entry["STATUS"]) == (f"Cancel {left}", "CONFIRMED")
        assert told not in entry["DESCRIPTION"]
    entry = so_far(plan, gone_in_part(plan, ledger, "N2-RJJJ", "N2-RKRR"), NOW_MS + 2 * DAY_MS)["N2-cancel"]
    assert entry["STATUS"] == "CANCELLED"


def gone_in_part(plan: Exercise, ledger: Ledger, *ids: str) -> Ledger:
    """A ledger in which some of what a plan does not have any more is cancelled a day later."""
    for action in amendments(draft_all(plan), ledger, now_ms=NOW_MS + DAY_MS, write=written_as):
        if action.id in ids:
            ledger = record(ledger, action, "", NOW_MS + DAY_MS)
    return ledger


@given(
    summary=TEXTS.map(lambda text: text.replace("\n", " ")),
    description=TEXTS,
    start_ms=st.integers(0, 4_000_000_000_000),
    hours=st.none() | st.integers(1, 500),
)
def test_every_entry_comes_out_as_it_went_in(summary: str, description: str, start_ms: int, hours: int | None) -> None:
    end_ms = None if hours is None else start_ms + hours * HOUR_MS
    entry = Entry(id="N1@SPRING", start_ms=start_ms, end_ms=end_ms, summary=summary, description=description)
    text = as_calendar([entry], name="Spring, and more", stamp_ms=STAMP_MS)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = events(text)
    assert event["SUMMARY"] == summary
    assert event.get("DESCRIPTION", "") == description
    assert ("DTEND" in event) is (hours is not None)
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTART"])


def test_a_calendar_has_what_the_standard_asks_for_in_order_of_time() -> None:
    late = Entry(id="b", start_ms=STAMP_MS + DAY_MS, summary="Cancel", is_cancelled=True, sequence=2)
    early = Entry(
        id="a",
        start_ms=STAMP_MS,
        end_ms=STAMP_MS + HOUR_MS,
        summary="Send",
        alarm_ms=HOUR_MS,
        categories=("NOTAM", "A,B"),
    )
    text = as_calendar([late, early], name="Plan", stamp_ms=STAMP_MS)
    lines = unfolded(text)
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Waterspace//Promulgation plan//EN"]
    first, second = events(text)
    assert (first["UID"], second["UID"]) == ("a", "b")
    assert (first["DTSTART"], first["DTEND"], first["DTSTAMP"]) == (
        "20260720T000000Z",
        "20260720T010000Z",
        "20260720T000000Z",
    )
    assert first["ALARM-TRIGGER"] == "-PT60M"
    assert "CATEGORIES:NOTAM,A\\,B" in lines
    assert (second["STATUS"], second["SEQUENCE"]) == ("CANCELLED", "2")


def test_the_same_entries_give_the_same_text() -> None:
    entries = [Entry(id=str(number), start_ms=STAMP_MS, summary="x") for number in range(3)]
    assert as_calendar(entries, name="P", stamp_ms=0) == as_calendar(reversed(entries), name="P", stamp_ms=0)
