"""Notices: cancel times, circles, parties, regions, reserve times (WS504 to WS512)."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

import waterspace
from builders import findings_of, messages_of, plan, result_of
from waterspace import checks, planfile
from waterspace.checks.example import whole
from waterspace.domain import Edit, Severity
from waterspace.planfile.document import Document

if TYPE_CHECKING:
    from waterspace.domain import CheckResult

FIRING = """
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer
"""
PLANTED = Path(__file__).parent / "planted"
MENDED = {
    code: strategy
    for name in ("promulgation", "notams")
    for code, strategy in runpy.run_path(str(PLANTED / f"{name}.py"))["DEFECTS"].items()
    if code in {"WS504", "WS505", "WS506"}
}


def mended(text: str, code: str) -> str:
    """The text after every fix that a rule proposes for it."""
    document = Document(text.encode())
    for finding in checks.check(planfile.loads(text), select=[code]).findings:
        assert finding.fix is not None
        assert finding.fix.is_safe
        document = document.edit(finding.fix.edits)
    return document.text


@pytest.mark.parametrize("code", sorted(MENDED))
def test_the_safe_fix_leaves_nothing_of_the_finding(code: str) -> None:
    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(MENDED[code])
    def hold(pair: tuple[str, str]) -> None:
        text = mended(whole(pair[0]), code)
        assert not checks.check(planfile.loads(text), select=[code]).findings

    hold()


def test_ws504_counts_the_reserve_and_says_by_how_much_the_cancel_time_is_early() -> None:
    fragment = FIRING + (
        "    reserve: [{start: 2026-06-09T00:00Z, end: 2026-06-09T02:00Z}]\n"
        "notices:\n  N1: {kind: navarea, covers: WEST, originator: JPN, cancel: 2026-06-09T00:30Z}\n"
    )
    (finding,) = findings_of("WS504", fragment)
    assert finding.message == (
        "N1 (navarea) is cancelled at 090030Z JUN 26, 1 h 30 min before S1 (gunnery) in West ends at 090200Z JUN 26, "
        "reserve times included. Cancel it after that."
    )
    assert finding.fix is not None
    assert finding.fix.title == "Cancel N1 at 090300Z JUN 26"
    longer = fragment + "check: {limits: {notice_cancel_after: 3 h}}\n"
    (finding,) = findings_of("WS504", longer)
    assert finding.fix is not None
    assert finding.fix.title == "Cancel N1 at 090500Z JUN 26"


def test_ws505_lets_a_notice_of_what_is_not_dangerous_pass() -> None:
    assert not findings_of("WS505", "")


@pytest.mark.parametrize(("kind", "found"), [("navarea", 1), ("notam", 1), ("letter", 0), ("letters", 0)])
def test_ws505_asks_no_letter_when_it_is_cancelled(kind: str, found: int) -> None:
    fragment = FIRING + f"notices:\n  N1: {{kind: {kind}, covers: S1, originator: JPN, planned: 2026-05-30T00:00Z}}\n"
    assert len(findings_of("WS505", fragment)) == found


def test_ws506_says_how_much_is_missed_and_measures_the_danger_and_not_the_area() -> None:
    fragment = FIRING + (
        "notices:\n  N1: {kind: notam, covers: S1, originator: JPN, circle: {centre: 38-30N 134-00E, radius: 4 nm}}\n"
    )
    (finding,) = findings_of("WS506", fragment)
    assert finding.amount is not None
    assert finding.amount.value == pytest.approx(4.0)
    assert finding.amount.limit < 15.0, "the area of 15 nm is larger than the danger in it"
    assert "misses" in finding.message
    assert finding.where is not None


def test_ws506_covers_a_polygon_to_its_farthest_corner_across_the_antimeridian() -> None:
    shape = "[20-00N 179-50E, 20-20N 179-50E, 20-20N 179-50W, 20-00N 179-50W]"
    head = f"areas:\n  FAR: {{name: Far, polygon: {shape}}}\nnotices:\n"
    line = "  N1: {kind: notam, covers: FAR, circle: {centre: 20-10N 180-00E, radius: %s nm}}\n"
    assert findings_of("WS506", head + line % 13)
    assert not findings_of("WS506", head + line % 14), "the corners are 13.7 nm away"


def test_ws506_keeps_a_radius_that_is_larger_than_it_must_be() -> None:
    head = "areas:\n  FAR: {name: Far, circle: {centre: 20-00N 179-00E, radius: 5 nm}}\nnotices:\n"
    text = whole(head + "  N1: {kind: notam, covers: FAR, circle: {centre: 20-00.4N 179-00E, radius: 30.2 nm}}\n")
    (finding,) = checks.check(planfile.loads(text), select=["WS506"]).findings
    assert finding.severity is Severity.ADVICE
    assert finding.fix is not None
    assert finding.fix.title == "Give N1 a circle of 31 nm about 20-00.0N 179-00.0E"


@pytest.mark.parametrize(
    ("circle", "said"),
    [
        ("{centre: 38-30.4N 134-00E, radius: 4 nm}", "misses 1.4 nm: what it warns of reaches 5.4 nm from there."),
        ("{centre: 38-30.4N 134-00E, radius: 20.2 nm}", "is not in whole minutes and whole nautical miles, as line Q"),
    ],
)
def test_a_circle_is_told_in_the_numbers_that_its_fix_writes(circle: str, said: str) -> None:
    fragment = FIRING + f"notices:\n  N1: {{kind: notam, covers: S1, originator: JPN, circle: {circle}}}\n"
    (finding,) = findings_of("WS506", fragment)
    assert finding.fix is not None
    radius, centre = (edit.text for edit in finding.fix.edits if isinstance(edit, Edit))
    assert said in finding.message
    assert finding.message.endswith(f" Give it {radius} about {centre}.")


def test_ws508_is_silent_about_the_first_of_all_and_about_notams() -> None:
    late = "notices:\n  N1: {kind: %s, covers: S1, originator: JPN, planned: 2026-06-07T22:00Z}\n"
    assert not findings_of("WS508", FIRING + late % "navarea")
    both = late % "notam" + "  N2: {kind: navarea, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z}\n"
    assert not findings_of("WS508", FIRING + both)
    assert findings_of("WS508", FIRING + both.replace("notam", "navtex"))


def test_ws508_and_ws509_follow_their_limits_and_ws509_leaves_the_rest_to_ws502() -> None:
    notices = (
        "notices:\n  N1: {kind: navarea, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z}\n"
        "  N2: {kind: navtex, covers: S1, originator: JPN, planned: 2026-06-06T00:00Z}\n"
        "  N3: {kind: notam, covers: S1, originator: JPN, planned: %s}\n"
    )
    at_six = FIRING + notices % "2026-06-02T00:00Z"
    assert messages_of("WS509", at_six) == [
        (
            "warning: N3 (notam) is planned for 020000Z JUN 26, 6 d before S1 (gunnery) in West endangers aircraft; "
            "7 d are looked for. Send it earlier."
        )
    ]
    assert not findings_of("WS509", at_six + "check: {limits: {notam_full_lead: 6 d}}\n")
    assert not findings_of("WS508", at_six)
    assert findings_of("WS508", at_six + "check: {limits: {notice_practice_share: 0.5}}\n")
    at_four = FIRING + notices % "2026-06-04T00:00Z"
    assert not findings_of("WS509", at_four)
    assert findings_of("WS502", at_four)


def test_ws510_is_silent_where_no_weather_stops_it_and_says_what_does() -> None:
    said = messages_of("WS510", FIRING + "    conditions: {visibility: 3 nm}\n")
    assert said == [
        (
            "advice: S1 (gunnery) in West, 080000Z to 080200Z JUN 26, can be stopped by the sea and visibility and has "
            "no reserve time. Name one, and let its notices cover it."
        )
    ]


def test_ws511_takes_a_broadcast_for_agreements_on_incidents_at_sea_only() -> None:
    agreed = "agreements:\n  A1: {name: Agreed, parties: [JPN, RUS], kind: %s, notice: 5 d}\n"
    warning = "notices:\n  N1: {kind: navarea, covers: S1, originator: JPN, planned: 2026-05-20T00:00Z}\n"
    assert not findings_of("WS511", FIRING + agreed % "incidents at sea" + warning)
    assert messages_of("WS511", FIRING + agreed % "exercises" + warning) == [
        (
            "error: Nothing tells RUS of the exercise, which begins at 010000Z JUN 26, though Agreed (JPN and RUS) "
            "asks for 5 d. Plan a notice `to: RUS` by 270000Z MAY 26."
        )
    ]


def test_ws511_warns_between_three_and_five_days_and_errs_below() -> None:
    agreed = "agreements:\n  A1: {name: Agreed, parties: [JPN, RUS], kind: incidents at sea}\n"
    line = "notices:\n  N1: {kind: navarea, covers: S1, originator: JPN, planned: %s}\n"
    found = [
        finding.severity
        for day in ("2026-06-04T00:00Z", "2026-06-06T00:00Z", "2026-06-08T01:00Z")
        for finding in findings_of("WS511", FIRING + agreed + line % day)
    ]
    assert found == [Severity.WARNING, Severity.ERROR, Severity.ERROR]


def test_ws511_does_not_speak_of_agreements_among_others_or_among_ourselves() -> None:
    for parties in ("[USA, RUS]", "[JPN, KOR]"):
        assert not findings_of("WS511", f"agreements:\n  A1: {{name: A, parties: {parties}, notice: 9 d}}\n")


REGIONS = {"RJJJ": (130.0, 134.05), "RKRR": (134.05, 138.0), "UHHH": (138.0, 145.0)}


def with_regions(folder: Path, firs: str) -> CheckResult:
    """What WS512 says of a NOTAM for some regions, of which three are known."""
    features = [
        {
            "type": "Feature",
            "properties": {"icao": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[west, 36.0], [east, 36.0], [east, 41.0], [west, 41.0], [west, 36.0]]],
            },
        }
        for name, (west, east) in REGIONS.items()
    ]
    (folder / "firs.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    path = folder / "plan.exercise.yaml"
    notice = f"notices:\n  N1: {{kind: notam, covers: S1, originator: JPN, firs: {firs}}}\n"
    path.write_text(whole(FIRING + notice + "environment: {firs: firs.geojson}\n"), encoding="utf-8")
    return waterspace.check(waterspace.load(path), select=["WS512"])


def test_ws512_names_the_region_that_is_missing_and_the_one_beside(tmp_path: Path) -> None:
    assert not with_regions(tmp_path, "[RJJJ, RKRR]").findings
    (finding,) = with_regions(tmp_path, "[RJJJ, UHHH]").findings
    assert finding.message.startswith("N1 (notam) does not name RKRR, in which its danger lies near 38-")
    assert finding.message.endswith("and names UHHH, in which nothing of it lies. Send it for RJJJ and RKRR.")


def test_ws512_is_not_checked_against_what_the_file_does_not_have(tmp_path: Path) -> None:
    result = with_regions(tmp_path, "[RJJJ, RKRR, ZYSH]")
    assert [one.reason for one in result.not_checked] == ["the file of flight information regions does not have ZYSH"]
    notice = "notices:\n  N1: {kind: notam, covers: S1, originator: JPN, firs: [RJJJ]}\n"
    assert [one.reason for one in result_of(FIRING + notice, "WS512").not_checked] == [
        "no file of flight information regions is given to hold N1 against"
    ]


def test_a_notice_of_a_serial_without_a_time_is_let_pass() -> None:
    exercise = plan("notices:\n  N1: {kind: notam, covers: S9, originator: JPN, cancel: 2026-06-01T00:00Z}\n")
    assert not checks.check(exercise, select=["WS504", "WS505", "WS506", "WS508", "WS509"]).findings


def test_ws504_asks_only_for_the_dangers_that_a_notice_of_an_area_covers() -> None:
    quiet = "  S2: {type: assembly, area: WEST, units: {units: BRAVO}, start: 2026-06-08T09:00Z, duration: 2 h}\n"
    notice = "notices:\n  N1: {{kind: navarea, covers: WEST, planned: 2026-06-01T00:00Z, cancel: 2026-06-08T{}Z}}\n"
    firing = (
        "serials:\n  S1: {type: gunnery, area: WEST, units: {firing: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h}\n"
    )
    assert not findings_of("WS504", firing + quiet + notice.format("03:00"))
    (finding,) = findings_of("WS504", firing + quiet + notice.format("01:00"))
    assert "1 h before S1 (gunnery) in West ends at 080200Z JUN 26" in finding.message
    assert finding.amount is not None
    assert (finding.amount.value, finding.amount.unit) == (1.0, "h too early")


WIDE = FIRING.replace("    duration: 2 h\n", "    duration: 2 h\n    practice_radius: 17 nm\n")
BY_AREA = "notices:\n  N1: {kind: navarea, covers: WEST, originator: JPN, planned: 2026-06-01T00:00Z}\n"


def test_ws513_says_how_far_and_which_way_a_danger_reaches_beyond_the_area_of_its_warning() -> None:
    (finding,) = findings_of("WS513", WIDE + BY_AREA)
    assert "reaches 2.0 nm beyond what N1 names, farthest at " in finding.message
    assert ", towards " in finding.message
    assert finding.amount is not None
    assert finding.amount.value == pytest.approx(2.0, abs=0.05)
    assert finding.subjects == ("S1", "N1")


def test_ws513_takes_a_warning_that_names_the_serial_for_all_of_its_danger() -> None:
    second = "  N2: {kind: coastal, covers: S1, originator: JPN, planned: 2026-06-01T00:00Z}\n"
    assert not findings_of("WS513", WIDE + BY_AREA + second)
    assert findings_of("WS513", WIDE + BY_AREA + second.replace("coastal", "notam"))
    assert not findings_of("WS513", WIDE + BY_AREA + "check: {limits: {warning_margin: 2.5 nm}}\n")


def test_ws513_holds_notams_against_what_reaches_above_the_masts() -> None:
    notam = "  N2: {kind: notam, covers: WEST, originator: JPN, planned: 2026-06-01T00:00Z}\n"
    ships = BY_AREA.replace("covers: WEST", "covers: S1")
    (finding,) = findings_of("WS513", WIDE + ships + notam)
    assert finding.subjects == ("S1", "N2")
    assert "Let N2 cover S1" in finding.message
    (finding,) = findings_of("WS513", WIDE + BY_AREA + notam)
    assert finding.subjects == ("S1", "N1", "N2")
    assert "beyond what N1 and N2 name" in finding.message
    assert not findings_of("WS513", WIDE + ships + notam.replace("WEST", "S1"))
    low = WIDE.replace("    practice_radius", "    ceiling: 30 m\n    practice_radius")
    assert not findings_of("WS513", low + ships + notam)


def test_ws513_measures_from_areas_of_any_shape_and_takes_them_together() -> None:
    box = (
        "areas:\n  WEST: {name: West, polygon: [38-14N 133-40E, 38-46N 133-40E, 38-46N 134-20E, 38-14N 134-20E]}\n"
        "  MORE: {name: More, circle: {centre: 38-30N 134-00E, radius: 30 nm}}\n"
    )
    (finding,) = findings_of("WS513", box + WIDE + BY_AREA)
    assert finding.amount is not None
    assert 0.5 < finding.amount.value < 2.0
    assert not findings_of("WS513", box + WIDE + BY_AREA.replace("covers: WEST", "covers: [WEST, MORE]"))
