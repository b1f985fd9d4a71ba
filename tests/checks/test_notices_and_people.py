"""Notices, safety officers, objectives and command (WS501 to WS704)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import findings_of, messages_of, plan, result_of
from waterspace.checks import check
from waterspace.checks.context import Context
from waterspace.checks.families.notices.announcing import airmen_not_told, notice_late, notice_missing, share_shorter
from waterspace.domain import SURFACE, Band, Edit, Exercise, Reservation, Severity, Window
from waterspace.quantity import DAY_MS

PRACTICE = """
serials:
  S1:
    type: gunnery
    name: Shoot
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    safety_officer: Executive officer
"""


def test_ws501_takes_a_notice_for_the_area_and_not_one_to_airmen() -> None:
    assert not findings_of("WS501", PRACTICE + "notices:\n  N1: {kind: coastal, covers: WEST}\n")
    assert messages_of("WS501", PRACTICE + "notices:\n  N1: {kind: NOTAM, covers: S1}\n") == [
        (
            "error: No navigational warning is planned for S1 (Shoot) in West, which endangers shipping 080000Z "
            "to 080200Z JUN 26. Plan one that covers S1."
        )
    ]


@pytest.mark.parametrize(
    ("planned", "severity", "words"),
    [
        ("2026-06-03T00:00Z", None, ""),
        ("2026-06-03T00:01Z", Severity.WARNING, "4 d 23 h 59 min before S1 (Shoot) endangers shipping"),
        ("2026-06-05T00:00Z", Severity.WARNING, "practice 47% were given longer ahead."),
        ("2026-06-05T00:01Z", Severity.ERROR, "2 d 23 h 59 min before"),
        ("2026-06-07T23:30Z", Severity.ERROR, "practice 97% were given longer ahead."),
        ("2026-06-08T00:00Z", Severity.ERROR, "when S1 (Shoot) has already begun (080000Z JUN 26)."),
    ],
)
def test_ws502_grows_more_severe_as_the_lead_shrinks(planned: str, severity: Severity | None, words: str) -> None:
    found = findings_of("WS502", PRACTICE + f"notices:\n  N1: {{kind: navarea, covers: S1, planned: {planned}}}\n")
    assert [finding.severity for finding in found] == ([] if severity is None else [severity])
    assert all(words in finding.message for finding in found)


def test_ws502_looks_at_the_first_notice_of_each_kind_of_reader() -> None:
    notices = """
notices:
  N1: {kind: navarea, covers: S1, planned: 2026-06-01T00:00Z}
  N2: {kind: navtex, covers: S1, planned: 2026-06-07T12:00Z}
  N3: {kind: notam, covers: WEST, planned: 2026-06-07T12:00Z}
"""
    assert [finding.subjects for finding in findings_of("WS502", PRACTICE + notices)] == [("N3", "S1")]


def test_ws502_counts_the_lead_to_the_first_danger_though_a_later_one_is_higher() -> None:
    fragment = PRACTICE + "notices:\n  N1: {kind: navarea, covers: S1, planned: 2026-06-04T00:00Z}\n"
    (low,) = Context(plan(fragment)).firing
    later = Window(start_ms=low.windows[0].start_ms + 2 * DAY_MS, end_ms=low.windows[0].end_ms + 2 * DAY_MS)
    high = replace(low, id="S1/high", band=Band(ceiling_m=10_000.0), windows=(later,))
    both = _with(plan(fragment), (low, high))
    (remark,) = notice_late(both)
    assert remark.window == low.windows[0]
    assert remark.amount is not None
    assert remark.amount.value == 4.0
    (untold,) = airmen_not_told(both)
    assert "a danger up to 32808 ft. " in untold.message
    assert untold.window == low.windows[0]
    (silent,) = notice_missing(_with(plan(fragment.replace("navarea", "letter")), (low, high)))
    assert "endangers shipping 080000Z to 100200Z JUN 26" in silent.message


def test_the_lead_of_a_notam_counts_to_the_first_danger_in_the_air() -> None:
    fragment = PRACTICE + "notices:\n  N1: {kind: notam, covers: S1, planned: 2026-06-05T00:00Z}\n"
    (high,) = Context(plan(fragment)).firing
    sooner = Window(start_ms=high.windows[0].start_ms - DAY_MS, end_ms=high.windows[0].end_ms - DAY_MS)
    low = replace(high, id="S1/low", band=SURFACE, windows=(sooner,))
    (remark,) = notice_late(_with(plan(fragment), (low, high)))
    assert remark.amount is not None
    assert remark.amount.value == 3.0


def _with(exercise: Exercise, claims: tuple[Reservation, ...]) -> Context:
    """A plan as if its serials claimed something else."""
    context = Context(exercise)
    context.__dict__["reservations"] = claims
    return context


@pytest.mark.parametrize(("first", "second"), [("N1", "N2"), ("N2", "N1")])
def test_which_of_two_notices_at_the_same_minute_is_spoken_of_does_not_depend_on_their_ids(
    first: str, second: str
) -> None:
    notices = f"""
notices:
  {first}: {{kind: navarea, covers: S1, planned: 2026-06-07T12:00Z}}
  {second}: {{kind: coastal, covers: S1, planned: 2026-06-07T12:00Z}}
"""
    (late,) = findings_of("WS502", PRACTICE + notices)
    assert late.subjects == (second, "S1")
    assert f"{second} (coastal) is planned for" in late.message
    assert not findings_of("WS508", PRACTICE + notices)


@pytest.mark.parametrize(("first", "second"), [("S1", "S2"), ("S2", "S1")])
def test_which_of_two_dangers_at_the_same_minute_is_spoken_of_does_not_depend_on_their_ids(
    first: str, second: str
) -> None:
    serials = PRACTICE.replace("S1:", f"{first}:") + PRACTICE.removeprefix("\nserials:\n").replace(
        "S1:", f"{second}:"
    ).replace("Shoot", "Another shoot")
    (late,) = findings_of(
        "WS502", serials + "notices:\n  N1: {kind: navarea, covers: WEST, planned: 2026-06-07T12:00Z}\n"
    )
    assert f"before {second} (Another shoot) endangers shipping" in late.message


def test_ws502_is_not_checked_for_a_notice_without_a_planned_time() -> None:
    result = result_of(PRACTICE + "notices:\n  N1: {kind: navarea, covers: S1}\n", "WS502")
    assert [one.reason for one in result.not_checked] == ["no planned time is given for N1"]


def test_the_share_of_notices_that_came_later_only_grows_with_the_lead() -> None:
    shares = [share_shorter(round(days * DAY_MS / 10)) for days in range(120)]
    assert shares == sorted(shares)
    assert shares[0] == pytest.approx(0.027)
    assert shares[28] == pytest.approx(0.5)
    assert shares[-1] == 0.95


def test_ws503_lets_a_danger_be_that_stays_on_the_water() -> None:
    low = "areas:\n  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 50 m}\n"
    notices = "notices:\n  N1: {kind: navarea, covers: S1}\n"
    assert not findings_of("WS503", low + PRACTICE + notices)
    assert messages_of("WS503", PRACTICE + notices) == [
        ("warning: No NOTAM is planned for S1 (Shoot) in West, a danger up to 3000 ft. Plan one that covers S1.")
    ]


def test_ws601_needs_more_than_blanks() -> None:
    exercise = plan(PRACTICE)
    blank = replace(exercise.serials["S1"], safety_officer="  ")
    found = check(replace(exercise, serials={"S1": blank}), select=["WS601"]).findings
    assert [finding.message for finding in found] == ["S1 (Shoot) names no safety officer; a gunnery serial needs one."]


def test_ws602_sees_through_capitals_and_spaces() -> None:
    fragment = PRACTICE + "    conducting_officer: executive  Officer\n"
    assert messages_of("WS602", fragment) == [
        (
            "error: Executive officer is both safety officer and conducting officer of S1 (Shoot). Name another "
            "officer for safety."
        )
    ]


def test_ws701_says_once_that_there_are_no_objectives() -> None:
    bare = replace(plan(PRACTICE), objectives={})
    assert [finding.message for finding in check(bare, select=["WS7"]).findings] == [
        "The exercise has no objectives, so nobody can say afterwards whether it succeeded."
    ]


def test_ws702_asks_for_a_serial_for_every_objective() -> None:
    assert messages_of("WS702", PRACTICE) == [
        "warning: No serial serves objective O1: Both ships have worked together in each other's language."
    ]


SHIPS = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, count: 2}
"""


@pytest.mark.parametrize(
    ("groups", "missing"),
    [
        ("", "no command ship or flagship and no group with the role OTC (officer in tactical command)"),
        ("groups:\n  G1: {units: ALFA, flagship: ALFA}\n", "no group with the role OTC (officer in tactical command)"),
        ("groups:\n  G1: {units: ALFA, roles: otc}\n", "no command ship or flagship"),
    ],
)
def test_ws703_asks_three_ships_who_commands(groups: str, missing: str) -> None:
    assert messages_of("WS703", SHIPS + groups) == [f"advice: With 3 ships at sea the plan names {missing}."]


def test_ws704_leaves_a_flagship_that_does_not_exist_to_ws001() -> None:
    fragment = "groups:\n  G1: {units: ALFA, flagship: GHOST}\n"
    assert {finding.code for finding in result_of(fragment, "WS001", "WS704").findings} == {"WS001"}


@pytest.mark.parametrize(
    ("kind", "hint", "meant"),
    [
        ("navaera", "Did you mean navarea?", "navarea"),
        ("NAVTX", "Did you mean navtex?", "navtex"),
        ("notma", "Did you mean notam?", "notam"),
        ("zebra", "Write navarea, coastal, navtex, local or notam, or letter.", None),
    ],
)
def test_a_notice_of_a_kind_that_nobody_knows_warns_nobody(kind: str, hint: str, meant: str | None) -> None:
    fragment = PRACTICE + f"notices:\n  N1: {{kind: {kind}, covers: S1, planned: 2026-06-01T00:00Z}}\n"
    (finding,) = findings_of("WS001", fragment)
    assert finding.message == (
        f"N1 is of kind {kind}, but there is no such kind of notice; it counts as a warning to nobody. {hint}"
    )
    assert finding.severity is Severity.ERROR
    edits = finding.fix.edits if finding.fix else ()
    assert [edit.text for edit in edits if isinstance(edit, Edit)] == ([meant] if meant else [])
    assert findings_of("WS501", fragment)


@pytest.mark.parametrize("kind", ["NAVAREA XI", "navtex", "HYDROPAC", "S-124", "local warnings", "safetynet", "ntm"])
def test_a_notice_to_ships_counts_however_its_kind_is_written(kind: str) -> None:
    fragment = PRACTICE + f"notices:\n  N1: {{kind: {kind}, covers: S1, planned: 2026-06-01T00:00Z}}\n"
    assert not findings_of("WS001", fragment)
    assert not findings_of("WS501", fragment)


def test_a_letter_is_a_notice_and_no_warning() -> None:
    fragment = PRACTICE + "notices:\n  N1: {kind: letter, covers: S1, planned: 2026-06-01T00:00Z}\n"
    assert not findings_of("WS001", fragment)
    assert findings_of("WS501", fragment)
