"""Promulgation plans: every danger is told in time, nothing is cancelled early, and everybody can read the sheet."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draft_cases import at, instant
from source_tree import ROOT
from waterspace import planfile
from waterspace.domain import SURFACE, Circle, Exercise, PlannedNotice, Position, Window
from waterspace.messages.audience import Kind, kind_of, reaches_airmen, reaches_ships
from waterspace.messages.leads import FOLLOWING_MS, FULL_MS, NOTAM_MS
from waterspace.notices.drafting.drafts import drafted
from waterspace.notices.promulgation.calendar import as_calendar
from waterspace.notices.promulgation.plan import Promulgation, Step, Task, promulgation_plan
from waterspace.notices.promulgation.sheet import as_entries, as_json, as_text
from waterspace.programme import build
from waterspace.quantity import DAY_MS, HOUR_MS

FIRING = planfile.load(str(ROOT / "src" / "waterspace" / "serials" / "examples" / "gunnery.exercise.yaml"))
NORTHERN = planfile.load(str(ROOT / "examples" / "northern-interaction-2023.exercise.yaml"))
START_MS = instant(2026, 6, 9, 3)
LAST_MS = instant(2026, 6, 9, 9)
KINDS = (
    "navarea",
    "NAVAREA XI",
    "coastal",
    "navtex",
    "hydropac",
    "ais",
    "vhf",
    "notam",
    "NOTAMs",
    "letter",
    "unheard of",
)


def noticed(*notices: PlannedNotice) -> Exercise:
    """The example of a firing with other notices."""
    return replace(FIRING, notices={notice.id: notice for notice in notices})


def notice(id_: str, kind: str, planned_ms: int | None = None, **given: object) -> PlannedNotice:
    """A notice of the firing by a named officer."""
    made = PlannedNotice(id=id_, kind=kind, covers=("S1",), originator="Staff of Alfa", planned_ms=planned_ms)
    return replace(made, **given)  # type: ignore[arg-type]


def step(promulgation: Promulgation, id_: str) -> Step:
    """The step with an id."""
    (found,) = (one for one in promulgation.steps if one.id == id_)
    return found


@st.composite
def plans(draw: st.DrawFn) -> Exercise:
    """The firing three times, with alternate times or not, and notices of any kinds and times in any order."""
    serials = {}
    for number in range(1, 4):
        start_ms = START_MS + draw(st.integers(0, 100)) * HOUR_MS
        spare = start_ms + draw(st.integers(-40, 40)) * HOUR_MS
        reserve = (Window(start_ms=spare, end_ms=spare + 2 * HOUR_MS),) if draw(st.booleans()) else ()
        id_ = f"S{number}"
        area = draw(st.sampled_from(("ECHO", "")))
        serials[id_] = replace(
            FIRING.serials["S1"],
            id=id_,
            area=area or "ECHO",
            start_ms=start_ms,
            end_ms=start_ms + 2 * HOUR_MS,
            duration_ms=None,
            reserve=reserve,
        )
    times = st.none() | st.integers(-240, 300).map(lambda hours: START_MS + hours * HOUR_MS)
    notices = [
        PlannedNotice(
            id=f"N{number}",
            kind=draw(st.sampled_from(KINDS)),
            covers=tuple(draw(st.lists(st.sampled_from((*serials, "ECHO", "NOBODY")), min_size=1, max_size=3))),
            planned_ms=draw(times),
            cancel_ms=draw(times),
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return replace(FIRING, serials=serials, notices={one.id: one for one in draw(st.permutations(notices))})


@given(exercise=plans())
@settings(max_examples=150, deadline=None)
def test_every_danger_is_told_before_it_begins(exercise: Exercise) -> None:
    owners = {one.notice.id: {name for claim in one.claims for name in claim.owners} for one in drafted(exercise)}
    told = [one for one in promulgation_plan(exercise).steps if one.task is Task.PROMULGATE]
    for claim in build(exercise).reservations:
        if not claim.hazard.endangers_shipping:
            continue
        start_ms = claim.windows[0].start_ms
        mine = [one for one in told if claim.owner in owners[one.notice] and one.at_ms < start_ms]
        assert any(reaches_ships(one.kind) and one.at_ms <= start_ms - FULL_MS for one in mine), claim.owner
        if claim.band.ceiling_m > SURFACE.ceiling_m:
            assert any(reaches_airmen(one.kind) and one.at_ms <= start_ms - NOTAM_MS for one in mine), claim.owner


@given(exercise=plans())
@settings(max_examples=100, deadline=None)
def test_nothing_is_cancelled_before_the_last_end_alternate_times_included(exercise: Exercise) -> None:
    windows = {claim.owner: claim.windows for claim in build(exercise).reservations if claim.hazard.endangers_shipping}
    owners = {one.notice.id: {name for claim in one.claims for name in claim.owners} for one in drafted(exercise)}
    for one in promulgation_plan(exercise).steps:
        if one.task is Task.CANCEL:
            ends = [w.end_ms for id_ in owners[one.notice] for w in (*windows[id_], *exercise.serials[id_].reserve)]
            assert one.at_ms >= max(ends)


@given(exercise=plans())
@settings(max_examples=100, deadline=None)
def test_steps_are_in_order_of_time_and_each_notice_goes_through_its_tasks_in_order(exercise: Exercise) -> None:
    steps = promulgation_plan(exercise).steps
    assert [one.at_ms for one in steps] == sorted(one.at_ms for one in steps)
    assert all(one.at_ms <= one.due_ms for one in steps)
    assert len({one.id for one in steps}) == len(steps)
    for id_ in {one.notice for one in steps}:
        tasks = [list(Task).index(one.task) for one in steps if one.notice == id_]
        assert tasks[0] == 0
        assert tasks == sorted(tasks)


@given(exercise=plans(), data=st.data())
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_file_changes_neither_steps_nor_their_ids(exercise: Exercise, data: st.DataObject) -> None:
    shuffled = replace(
        exercise,
        notices=dict(data.draw(st.permutations(list(exercise.notices.items())))),
        serials=dict(data.draw(st.permutations(list(exercise.serials.items())))),
    )
    assert promulgation_plan(shuffled) == promulgation_plan(exercise)


@given(exercise=plans())
@settings(max_examples=50, deadline=None)
def test_each_notice_has_a_step_or_a_sentence_why_not(exercise: Exercise) -> None:
    promulgation = promulgation_plan(exercise)
    told = {one.notice for one in promulgation.steps if one.task is Task.PROMULGATE}
    left = {sentence.split()[0] for sentence in promulgation.left_out}
    assert told | left >= set(exercise.notices)
    assert not told & left
    assert all(kind_of(exercise.notices[id_].kind) is not Kind.LETTER for id_ in left)


def test_a_time_that_is_early_enough_is_kept() -> None:
    early_ms = START_MS - 9 * DAY_MS
    found = step(promulgation_plan(noticed(notice("N1", "navarea", early_ms))), "N1-promulgate")
    assert (found.at_ms, found.due_ms) == (early_ms, START_MS - FULL_MS)
    assert not found.is_late


def test_a_late_time_is_told_and_the_step_stands_at_the_time_by_which_it_is_due() -> None:
    promulgation = promulgation_plan(noticed(notice("N1", "navarea", START_MS - 2 * DAY_MS)))
    found = step(promulgation, "N1-promulgate")
    assert found.at_ms == START_MS - FULL_MS
    assert found.is_late
    assert found.remark == "The plan has 070300Z JUN 26, 3 d after it is due, too late."
    assert "LATE IN THE PLAN: N1." in as_text(promulgation)


def test_what_was_due_before_now_is_late_by_how_much_until_it_is_over() -> None:
    exercise = noticed(notice("N1", "navarea", START_MS - 6 * DAY_MS))

    def remark(now_ms: int | None, task: str = "promulgate") -> str:
        return step(promulgation_plan(exercise, now_ms=now_ms), f"N1-{task}").remark

    late = "LATE by 3 d at 070300Z JUN 26: hand it in at once, if that was not done."
    assert remark(START_MS - 2 * DAY_MS) == late
    assert remark(START_MS - 5 * DAY_MS - 15 * HOUR_MS) == (
        "The plan had 030300Z JUN 26; due 040300Z JUN 26, 15 h left at 031200Z JUN 26: hand it in at once, if that was "
        "not done."
    )
    assert remark(START_MS - 2 * DAY_MS, "confirm").endswith(
        "LATE by 3 d at 070300Z JUN 26: ask at once, if that was not done."
    )
    assert remark(START_MS, "repeat").endswith(
        "LATE by 1 d at 090300Z JUN 26: have it repeated at once, if that was not done."
    )
    for now_ms in (None, START_MS - 6 * DAY_MS):
        for task in ("promulgate", "confirm", "repeat", "cancel"):
            assert "LATE" not in remark(now_ms, task)
            assert "left at" not in remark(now_ms, task)


def test_what_is_over_is_said_to_be_over_and_is_not_late() -> None:
    exercise = noticed(notice("N1", "navarea", START_MS - 6 * DAY_MS), notice("N2", "notam"))
    promulgation = promulgation_plan(exercise, now_ms=LAST_MS + DAY_MS)
    assert set(promulgation.over) == {"N1", "N2"}
    for one in promulgation.steps:
        assert "OVER since 090900Z JUN 26" in one.remark
        assert "LATE" not in one.remark
    assert "too late to tell of it" in step(promulgation, "N1-promulgate").remark
    assert "OVER at 100900Z JUN 26: N2 and N1." in as_text(promulgation)
    assert all(one["is_over"] for one in json.loads(as_json(promulgation))["steps"])
    last = promulgation_plan(exercise, now_ms=LAST_MS - 60_000)
    assert last.over == ()
    assert "Only alternate times are left" in step(last, "N1-promulgate").remark


@given(exercise=plans())
@settings(max_examples=30, deadline=None)
def test_every_draft_bears_a_date_and_never_one_at_which_it_is_late(exercise: Exercise) -> None:
    due_ms = {one.notice: one.due_ms for one in promulgation_plan(exercise).steps if one.task is Task.PROMULGATE}
    for one in drafted(exercise):
        if one.draft is not None:
            assert one.draft.issued_ms is not None
            assert one.draft.issued_ms <= due_ms[one.notice.id]
            if one.notice.planned_ms is None:
                assert one.draft.issued_ms == due_ms[one.notice.id]


def test_a_further_notice_to_those_who_are_told_may_come_later() -> None:
    first = notice("N1", "navarea", START_MS - 6 * DAY_MS)
    further = notice("N2", "navtex", START_MS - 2 * DAY_MS)
    alone = step(promulgation_plan(noticed(further)), "N2-promulgate")
    assert alone.is_late
    both = step(promulgation_plan(noticed(further, first)), "N2-promulgate")
    assert both.due_ms == START_MS - FOLLOWING_MS
    assert not both.is_late


def test_a_coastal_warning_of_a_part_is_the_first_of_its_place() -> None:
    place = Circle(centre=Position(lat_deg=35.9, lon_deg=134.6), radius_m=15_000.0)
    late = notice("N1", "navarea", START_MS - 2 * DAY_MS, covers=("ECHO",), originator="Coordinator of NAVAREA XI")
    exercise = replace(noticed(late), areas={"ECHO": replace(FIRING.areas["ECHO"], footprint=place)})
    unasked = "it needs the leave of JPN, and only JPN may warn of it there (WS301)."
    assert unasked in step(promulgation_plan(replace(exercise, host="KOR")), "N1-promulgate").remark
    promulgation = promulgation_plan(replace(exercise, host="JPN"))
    assert unasked not in step(promulgation, "N1-promulgate").remark
    for id_ in ("N1-promulgate", "N1-COASTAL-JPN-promulgate"):
        found = step(promulgation, id_)
        assert found.due_ms == START_MS - FULL_MS
        assert found.is_late


@pytest.mark.parametrize("kind", ["navarea", "notam"])
def test_a_notice_of_an_area_says_which_danger_reaches_beyond_it(kind: str) -> None:
    small = replace(FIRING.areas["ECHO"], footprint=Circle(centre=at(37.0, 130.5), radius_m=1_852.0))
    exercise = replace(noticed(notice("N1", kind, covers=("ECHO",))), areas={"ECHO": small})
    said = "The danger of S1 reaches 4.2 nm beyond ECHO, which is told: let N1 cover S1."
    assert said in step(promulgation_plan(exercise), "N1-promulgate").remark
    (told,) = [one for one in drafted(exercise) if one.notice.id == "N1"]
    assert told.beyond == said
    named = notice("N2", kind, covers=("S1",))
    also = replace(exercise, notices={**exercise.notices, "N2": named})
    assert not [one for one in drafted(also) if one.beyond]
    assert not [one for one in drafted(noticed(notice("N1", kind, covers=("ECHO",)))) if one.beyond]


def test_airmen_are_not_warned_of_less_than_reaches_them() -> None:
    small = replace(FIRING.areas["ECHO"], footprint=Circle(centre=at(37.0, 130.5), radius_m=1_852.0))
    low = replace(FIRING.serials["S1"].parameters, ceiling_m=30.0)  # type: ignore[type-var]
    exercise = replace(
        noticed(notice("N1", "notam", covers=("ECHO",))),
        areas={"ECHO": small},
        serials={"S1": replace(FIRING.serials["S1"], parameters=low)},
    )
    assert not [one for one in drafted(exercise) if one.beyond]


def test_a_notam_does_not_make_a_warning_to_ships_a_further_one() -> None:
    airmen = notice("N1", "notam", START_MS - 9 * DAY_MS)
    ships = notice("N2", "navarea", START_MS - 2 * DAY_MS)
    assert step(promulgation_plan(noticed(airmen, ships)), "N2-promulgate").is_late


def test_the_number_is_asked_for_a_day_later_and_before_the_danger() -> None:
    found = promulgation_plan(noticed(notice("N1", "navarea", START_MS - 6 * DAY_MS)))
    assert step(found, "N1-confirm").at_ms == START_MS - 5 * DAY_MS


def test_what_nothing_repeats_near_the_coast_is_repeated_a_day_ahead() -> None:
    first = notice("N1", "navarea", START_MS - 6 * DAY_MS)
    assert step(promulgation_plan(noticed(first)), "N1-repeat").at_ms == START_MS - DAY_MS
    followed = promulgation_plan(noticed(first, notice("N2", "navtex", START_MS - 3 * DAY_MS)))
    assert not [one for one in followed.steps if one.task is Task.REPEAT]


@pytest.mark.parametrize("host", ["JPN", "KOR"])
def test_a_coastal_warning_of_a_part_does_not_tell_the_rest_near_the_coast(host: str) -> None:
    place = Circle(centre=at(35.9, 134.6), radius_m=15_000.0)
    first = notice("N1", "navarea", START_MS - 6 * DAY_MS, covers=("ECHO",), originator="Coordinator of NAVAREA XI")
    exercise = replace(noticed(first), host=host, areas={"ECHO": replace(FIRING.areas["ECHO"], footprint=place)})
    promulgation = promulgation_plan(exercise)
    assert ("N1-COASTAL-JPN" in {one.notice for one in promulgation.steps}) is (host == "JPN")
    assert step(promulgation, "N1-repeat").at_ms == START_MS - DAY_MS


def test_what_lies_near_the_shore_alone_is_heard_in_the_coastal_warning_of_another_notice() -> None:
    inner = Circle(centre=at(35.75, 134.9), radius_m=1_000.0)
    outer = Circle(centre=at(35.75, 134.9), radius_m=30_000.0)
    areas = {id_: replace(FIRING.areas["ECHO"], id=id_, footprint=one) for id_, one in (("E", inner), ("F", outer))}
    serials = {
        id_: replace(FIRING.serials["S1"], id=id_, area=area, reserve=()) for id_, area in (("S1", "E"), ("S2", "F"))
    }
    notices = (
        notice("N1", "navarea", START_MS - 6 * DAY_MS, covers=("E", "F")),
        notice("N2", "navarea", START_MS - 6 * DAY_MS, covers=("E",)),
    )
    promulgation = promulgation_plan(replace(noticed(*notices), host="JPN", areas=areas, serials=serials))
    assert {one.notice for one in promulgation.steps if one.task is Task.REPEAT} == {"N1"}


@pytest.mark.parametrize(("lat_deg", "lon_deg", "is_repeated"), [(35.9, 134.6, True), (40.0, 160.0, False)])
def test_what_no_navtex_reaches_is_not_repeated_by_it(lat_deg: float, lon_deg: float, is_repeated: bool) -> None:
    place = Circle(centre=Position(lat_deg=lat_deg, lon_deg=lon_deg), radius_m=15_000.0)
    first = notice("N1", "navarea", START_MS - 6 * DAY_MS, covers=("ECHO",))
    exercise = replace(noticed(first), areas={"ECHO": replace(FIRING.areas["ECHO"], footprint=place)})
    assert bool([one for one in promulgation_plan(exercise).steps if one.task is Task.REPEAT]) is is_repeated


@pytest.mark.parametrize("ceiling_m", [math.inf, 3_000.0])
def test_a_notam_without_a_ceiling_says_so_and_a_region_that_is_none_is_named(ceiling_m: float) -> None:
    exercise = noticed(notice("N1", "notam", firs=("RJJJ", "XXXX")))
    parameters = replace(FIRING.serials["S1"].parameters, ceiling_m=ceiling_m)  # type: ignore[type-var]
    serial = replace(FIRING.serials["S1"], parameters=parameters)
    remark = step(promulgation_plan(replace(exercise, serials={"S1": serial})), "N1-promulgate").remark
    assert ("No ceiling is given for S1: the NOTAM says unlimited (UNL)." in remark) is math.isinf(ceiling_m)
    assert "XXXX is the code of no region: no ICAO location indicator begins with X." in remark
    assert "RJJJ is" not in remark


def test_it_is_cancelled_at_the_plans_own_time_or_an_hour_after_the_last_end() -> None:
    own = notice("N1", "navarea", cancel_ms=LAST_MS + 5 * HOUR_MS)
    early = notice("N2", "navarea", cancel_ms=LAST_MS - HOUR_MS)
    found = promulgation_plan(noticed(own, notice("N3", "navarea"), early))
    assert step(found, "N1-cancel").at_ms == LAST_MS + 5 * HOUR_MS
    assert step(found, "N3-cancel").at_ms == LAST_MS + HOUR_MS
    assert step(found, "N2-cancel").at_ms == LAST_MS + HOUR_MS
    assert "before its last end" in step(found, "N2-cancel").remark


def test_what_the_plan_lacks_is_proposed_for_ships_and_for_aircraft() -> None:
    promulgation = promulgation_plan(noticed())
    told = [one for one in promulgation.steps if one.task is Task.PROMULGATE]
    assert [(one.notice, one.at_ms) for one in told] == [
        ("PROPOSED-NOTAM-S1", START_MS - NOTAM_MS),
        ("PROPOSED-S1", START_MS - FULL_MS),
    ]
    assert all(one.remark.startswith("Proposed") for one in told)


@pytest.mark.parametrize(
    ("given_", "to"),
    [
        (notice("N1", "navarea", originator="Coordinator of NAVAREA XI"), "coordinator of NAVAREA XI"),
        (notice("N1", "safetynet", originator="Coordinator of NAVAREA XI"), "coordinator of NAVAREA XI, for SafetyNET"),
        (notice("N1", "navtex", to=("JPN", "KOR")), "NAVTEX coordinator; JPN and KOR"),
        (notice("N1", "hydropac"), "National Geospatial-Intelligence Agency, USA"),
        (notice("N1", "notam", firs=("RJJJ",)), "NOTAM office of FIR RJJJ"),
        (notice("N1", "notam", firs=("RJJJ", "RKRR")), "NOTAM offices of FIRs RJJJ and RKRR"),
        (notice("N1", "letter", to=("JPN", "RUS", "CHN")), "JPN, RUS and CHN"),
        (notice("N1", "letter"), "addressees not named"),
    ],
)
def test_each_kind_goes_to_whom_it_belongs(given_: PlannedNotice, to: str) -> None:
    assert step(promulgation_plan(noticed(given_)), "N1-promulgate").to == to


@pytest.mark.parametrize(
    ("originator", "coordinator"),
    [
        ("Coordinator of NAVAREA XIII", "Department of Navigation and Oceanography"),
        ("Coordinator of NAVAREA V", "Diretoria de Hidrografia e Navegacao"),
        ("Coordinator of NAVAREA XXIX", "Japan Hydrographic and Oceanographic Department"),
        ("Staff of Alfa", "Japan Hydrographic and Oceanographic Department"),
    ],
)
def test_who_coordinates_is_named_as_the_table_has_it(originator: str, coordinator: str) -> None:
    promulgation = promulgation_plan(noticed(notice("N1", "navarea", originator=originator), notice("N2", "navtex")))
    assert step(promulgation, "N1-promulgate").coordinator == coordinator
    assert (f"Coordinator: {coordinator} (not verified)." in as_text(promulgation)) is bool(coordinator)
    assert step(promulgation, "N2-promulgate").coordinator == ""


def test_a_letter_is_a_step_without_a_cancellation() -> None:
    found = promulgation_plan(noticed(notice("N1", "letter", to=("JPN",))))
    assert [one.task for one in found.steps if one.notice == "N1"] == [Task.PROMULGATE, Task.CONFIRM]
    assert step(found, "N1-promulgate").due_ms <= START_MS - FULL_MS


def test_the_sheet_of_the_example_reads_as_it_should() -> None:
    lines = as_text(promulgation_plan(NORTHERN)).splitlines()
    assert lines[:3] == [
        "PROMULGATION PLAN: Northern/Interaction-2023",
        "DRAFT - NOT PROMULGATED. All times are UTC.",
        "LATE IN THE PLAN: N2. They stand here at the times by which they are due.",
    ]
    at = lines.index("SUN 16 JUL 2023")
    row = " ".join(lines[at + 1].split())
    assert row == "0600Z PROMULGATE N1 (navarea) coordinator of NAVAREA XIII 170000Z JUL 23"
    assert lines[at + 2].strip() == "Gunnery exercises, 220000Z JUL 23 to 230900Z JUL 23 (S109 and S116)."
    assert all(len(line) <= 120 for line in lines)


@given(exercise=plans())
@settings(max_examples=30, deadline=None)
def test_sheet_json_and_calendar_have_every_step(exercise: Exercise) -> None:
    promulgation = promulgation_plan(exercise)
    rows = [line for line in as_text(promulgation).splitlines() if line[:4].isdigit() and line[4] == "Z"]
    assert [row.split()[1] for row in rows] == [one.task.upper() for one in promulgation.steps]
    document = json.loads(as_json(promulgation))
    assert [one["id"] for one in document["steps"]] == [one.id for one in promulgation.steps]
    entries = as_entries(promulgation)
    assert [one.start_ms for one in entries] == [one.at_ms for one in promulgation.steps]
    assert len({one.id for one in entries}) == len(entries)
    assert as_calendar(entries, name="Plan", stamp_ms=0).count("BEGIN:VALARM") == len(entries)


@pytest.mark.parametrize(
    ("to", "originator", "is_own"),
    [
        ("coordinator of NAVAREA XI", "Coordinator of NAVAREA XI", True),
        ("coordinator of NAVAREA XI, for SafetyNET; RUS", "Coordinator of NAVAREA XI", True),
        ("coordinator of NAVAREA XI", "Coordinator of NAVAREA XIII", False),
        ("coordinator of NAVAREA XI", "Air element", False),
    ],
)
def test_who_hands_in_to_himself_is_told_that_it_is_his_own(to: str, originator: str, is_own: bool) -> None:
    one = replace(step(promulgation_plan(NORTHERN), "N1-promulgate"), to=to, originator=originator)
    text = " ".join(as_text(Promulgation(exercise="X", steps=(one,))).split())
    assert (f"Originator: {originator}, whose own it is to promulgate." in text) is is_own
    assert f"Originator: {originator}" in text
