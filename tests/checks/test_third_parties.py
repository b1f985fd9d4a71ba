"""Third parties and law (WS301 to WS303)."""

from __future__ import annotations

import pytest

from builders import findings_of, messages_of, result_of
from waterspace.domain import Severity


def firing(centre: str, extra: str = "") -> str:
    """A firing practice round a position."""
    return f"""
areas:
  WEST: {{name: West, circle: {{centre: {centre}, radius: 5 nm}}, vertical: surface to 3000 ft}}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {{firing: ALFA, safety: BRAVO}}
    start: 2026-06-08T00:00Z
    duration: 2 h
    safety_officer: Executive officer
{extra}"""


OFF_ULLEUNGDO = "37-41.0N 130-54.0E"
OFF_OKI = "36-28.0N 133-15.0E"
MID_TSUGARU = "41-19.8N 140-16.2E"


def test_ws301_says_how_near_whose_coast_and_what_is_missing() -> None:
    found = findings_of("WS301", firing(OFF_ULLEUNGDO))
    assert len(found) == 1
    message = found[0].message
    assert message.startswith("The firing danger area of S1 (gunnery) in West reaches to ")
    assert " from the coast of KOR near 37-3" in message
    assert message.endswith(
        ", 080000Z to 080200Z JUN 26: it is in the territorial sea of KOR (12 nm, computed), and no permission of KOR "
        "for it is in the file. Enter the permission, or move the serial."
    )
    assert found[0].severity is Severity.ERROR
    assert found[0].subjects == ("S1", "KOR")


def test_ws301_only_warns_in_the_hosts_own_waters() -> None:
    found = findings_of("WS301", firing(OFF_OKI))
    assert [finding.severity for finding in found] == [Severity.WARNING]
    assert "it is in the host's own territorial sea (12 nm, computed)" in found[0].message


def test_ws301_counts_three_miles_where_the_state_claims_no_more() -> None:
    found = findings_of("WS301", firing(MID_TSUGARU))
    assert {finding.subjects for finding in found} == {("S1", "JPN")}
    assert "(3 nm, computed)" in found[0].message


@pytest.mark.parametrize("covers", ["covers: S1", "covers: [WEST]", "reference: note 17"])
def test_ws301_is_content_with_a_permission_for_the_serial_its_area_or_everything(covers: str) -> None:
    leave = f"permissions:\n  L1: {{state: KOR, kind: territorial sea, {covers}}}\n"
    assert not findings_of("WS301", firing(OFF_ULLEUNGDO, leave))


@pytest.mark.parametrize(
    "leave",
    [
        "state: KOR, kind: port call",
        "state: KOR, kind: territorial sea, covers: S9",
        "state: JPN, kind: territorial sea",
        "state: KOR, kind: extraterritorial overflight",
        "state: KOR, kind: territorial sea and overflight",
    ],
)
def test_ws301_is_not_content_with_another_permission(leave: str) -> None:
    messages = messages_of("WS301", firing(OFF_ULLEUNGDO, f"permissions:\n  L1: {{{leave}}}\n"))
    assert len(messages) == 1
    kind = leave.partition("kind: ")[2].partition(",")[0]
    another = f" L1 covers S1 but is of kind {kind}; territorial sea is needed."
    assert (" L1 does not cover it. " in messages[0]) is ("S9" in leave)
    assert (another in messages[0]) is (kind != "territorial sea")


def test_ws301_knows_which_kind_was_meant() -> None:
    (said,) = messages_of("WS301", firing(OFF_ULLEUNGDO, "permissions:\n  L1: {state: KOR, kind: teritorial sea}\n"))
    assert "is of kind teritorial sea; territorial sea is needed. Did you mean territorial sea? Enter" in said


@pytest.mark.parametrize("kind", ["Territorial Sea", '"territorial  sea"', "territorial_sea"])
def test_ws301_reads_the_kind_of_a_permission_as_people_write_it(kind: str) -> None:
    leave = f"permissions:\n  L1: {{state: KOR, kind: {kind}}}\n"
    assert not findings_of("WS301", firing(OFF_ULLEUNGDO, leave))


def test_ws301_does_not_count_a_permission_dated_after_the_serial_starts() -> None:
    leave = "permissions:\n  L1: {state: KOR, kind: territorial sea, date: 2026-06-08T00:%s}\n"
    assert not findings_of("WS301", firing(OFF_ULLEUNGDO, leave % "00Z"))
    messages = messages_of("WS301", firing(OFF_ULLEUNGDO, leave % "01Z"))
    assert len(messages) == 1
    assert " L1 is dated 080001Z JUN 26, after it starts. Enter the permission" in messages[0]


@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-05-01", "2025-06-01"), ("2026-05-01", "2026-06-08T01:00Z"), ("2026-06-08T00:01Z", "2026-06-10")],
)
def test_ws301_does_not_count_a_permission_that_does_not_hold_for_all_of_the_serial(start: str, end: str) -> None:
    valid = ", ".join(f"{key}: {day}{'' if 'T' in day else 'T00:00Z'}" for key, day in (("start", start), ("end", end)))
    leave = f"permissions:\n  L1: {{state: KOR, kind: territorial sea, covers: S1, valid: {{{valid}}}}}\n"
    (said,) = messages_of("WS301", firing(OFF_ULLEUNGDO, leave))
    assert said.startswith("error: ")
    assert " L1 holds " in said
    assert said.endswith(" only, not for all of its time. Enter the permission, or move the serial.")
    assert not findings_of(
        "WS316", firing(OFF_ULLEUNGDO, leave.replace("valid", "date: 2026-05-01T00:00Z, reference: 1, valid"))
    )
    whole = "{start: 2026-06-08T00:00Z, end: 2026-06-08T02:00Z}"
    assert not findings_of("WS301", firing(OFF_ULLEUNGDO, leave.replace(f"{{{valid}}}", whole)))


def test_ws301_is_neutral_about_a_shore_that_no_state_is_given_for() -> None:
    found = findings_of("WS301", firing("37-14.5N 131-52.0E"))
    assert [(finding.severity, finding.subjects) for finding in found] == [(Severity.WARNING, ("S1",))]
    assert found[0].message.endswith(
        ", less than 12 nm. The packaged data assigns this shore to no state: settle whose consent is needed, or "
        "move the serial."
    )


def test_ws301_says_over_where_the_claim_covers_the_shore() -> None:
    assert " reaches over the coast of KOR near " in messages_of("WS301", firing("37-35.0N 130-54.0E"))[0]


def test_ws301_asks_only_of_dangerous_claims() -> None:
    fragment = """
areas:
  WEST: {circle: {centre: 37-41.0N 130-54.0E, radius: 5 nm}}
"""
    assert not findings_of("WS301", fragment)


DRILL = """
context:
  exercises:
    X1: {name: Autumn drill, participants: [ITA, FRA], start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z%s}
"""


def test_ws302_names_the_other_exercise_and_who_takes_part() -> None:
    with_place = DRILL % ", circle: {centre: 38-30.0N 134-00.0E, radius: 10 nm}"
    dangerous = firing("38-30.0N 134-00.0E") + with_place
    assert messages_of("WS302", dangerous)[0] == (
        "error: The firing danger area of S1 (gunnery) in West meets Autumn drill (FRA, ITA) near 38-30.0N 134-00.0E, "
        "surface to 3000 ft, 080000Z to 080200Z JUN 26 (2 h). Move the serial in time, place or height."
    )
    assert messages_of("WS302", with_place)[0].startswith("warning: The working room of S1 (assembly) in West meets ")


def test_ws302_is_not_checked_against_an_exercise_at_an_unknown_place_at_the_same_time() -> None:
    result = result_of(DRILL % "", "WS302")
    assert not result.findings
    assert [one.reason for one in result.not_checked] == ["no position is given for Autumn drill"]
    earlier = (DRILL % "").replace("06-08", "06-04").replace("06-09", "06-05")
    assert not result_of(earlier, "WS302").not_checked


def test_ws302_speaks_once_of_a_serial_and_an_area_that_meet_by_several_claims() -> None:
    fragment = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  HELO: {name: Helo, nation: JPN, class: z9, start: 38-30.0N 134-00.0E}
serials:
  S1: {type: asw_search, area: WEST, units: {searching: [ALFA, HELO]}, start: 2026-06-08T00:00Z, duration: 2 h}
context:
  reservations:
    R1:
      name: Survey
      hazard: none
      circle: {centre: 38-30.0N 134-00.0E, radius: 20 nm}
      windows: [{start: 2026-06-08T00:00Z, end: 2026-06-08T06:00Z}]
"""
    found = findings_of("WS302", fragment)
    assert [(finding.subjects, finding.severity) for finding in found] == [(("S1", "R1"), Severity.WARNING)]


def test_ws303_leaves_serials_to_ws302_and_harmless_claims_alone() -> None:
    fragment = """
context:
  reservations:
    R1:
      name: Rocket launch
      hazard: %s
      circle: {centre: 38-30.0N 134-00.0E, radius: 10 nm}
      windows: [{start: 2026-06-08T00:00Z, end: 2026-06-08T02:00Z}]
"""
    assert {finding.code for finding in result_of(fragment % "warning", "WS3").findings} == {"WS302"}
    assert not findings_of("WS303", fragment % "none")


NAMESAKES = """
context:
  exercises:
    X1:
      name: Autumn drill
      participants: [ITA]
      start: 2026-06-08T00:00Z
      end: 2026-06-08T06:00Z
      circle: {centre: 38-30.0N 134-00.0E, radius: 5 nm}
  reservations:
    X1:
      name: Missile range
      hazard: firing
      circle: {centre: 38-30.0N 134-00.0E, radius: 5 nm}
      windows: [{start: 2026-06-08T00:00Z, end: 2026-06-08T06:00Z}]
"""


def _said_of_others(fragment: str) -> set[tuple[str, Severity, str]]:
    found = result_of(fragment, "WS302", "WS303").findings
    return {(one.code, one.severity, one.message) for one in found}


def test_an_exercise_and_a_reservation_of_others_of_one_id_are_two_things() -> None:
    apart = NAMESAKES.replace("  reservations:\n    X1:", "  reservations:\n    R1:")
    assert apart != NAMESAKES
    said = _said_of_others(NAMESAKES)
    assert said == _said_of_others(apart)
    assert {(code, severity.value) for code, severity, _ in said} == {
        ("WS302", "warning"),
        ("WS302", "error"),
        ("WS303", "warning"),
    }
    assert not any("Missile range (ITA)" in message for _, _, message in said)
    found = result_of(NAMESAKES, "WS302", "WS303").findings
    assert {one.subjects[-1] for one in found if one.code == "WS302"} == {"X1"}
    assert not any(one.id.endswith("-2") for one in found)


def test_a_finding_about_an_outsider_keeps_its_id_unless_another_is_called_alike() -> None:
    alone, reservations = NAMESAKES.split("  reservations:\n")
    (before,) = findings_of("WS302", alone)
    beside = f"{alone}  reservations:\n{reservations.replace('X1', 'R1')}"
    assert before.id in {one.id for one in findings_of("WS302", beside)}
    assert len({one.id for one in findings_of("WS302", NAMESAKES)}) == 2


def test_a_serial_meets_an_outsider_that_has_the_id_of_the_serial() -> None:
    as_serial = NAMESAKES.replace("  reservations:\n    X1:", "  reservations:\n    S1:")
    assert _said_of_others(as_serial) == _said_of_others(NAMESAKES)
