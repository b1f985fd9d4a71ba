"""Applying rules: which, in what order, and what is left out."""

from __future__ import annotations

import pytest

from builders import plan, reordered
from waterspace.checks import check, codes_matching, rules
from waterspace.checks.context import Context
from waterspace.checks.rule import registered
from waterspace.domain import Severity
from waterspace.errors import UnknownRuleError

MIXED = """
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
  EAST: {circle: {centre: 38-30.0N 135-00.0E, radius: 15 nm}}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: assembly, area: WEST, units: {units: GHOST}, start: 2026-06-20T00:00Z, duration: 2 h}
  S3: {type: manoeuvres, area: WEST, units: {ships: ALFA}, start: 2026-06-08T01:00Z, duration: 2 h}
  S4: {type: manoeuvres, area: WEST, units: {ships: BRAVO}, start: 2026-06-08T01:30Z, duration: 2 h}
"""


def test_findings_stand_in_the_order_of_the_file_and_then_of_the_codes() -> None:
    found = check(plan(MIXED)).findings
    keys = [(finding.place.line, finding.place.column, finding.code) for finding in found]
    assert keys == sorted(keys)
    assert {finding.code for finding in found} >= {"WS001", "WS002", "WS003", "WS101", "WS201", "WS202", "WS701"}


def test_the_same_plan_gives_the_same_findings_however_its_serials_are_ordered() -> None:
    exercise = plan(MIXED)
    forth = check(reordered(exercise, ["S1", "S2", "S3", "S4"])).findings
    back = check(reordered(exercise, ["S4", "S3", "S2", "S1"])).findings
    assert forth == back


def test_rules_are_selected_and_ignored_by_the_beginning_of_their_codes() -> None:
    exercise = plan(MIXED)
    assert {finding.code for finding in check(exercise, select=["WS2", "ws101"]).findings} == {
        "WS101",
        "WS201",
        "WS202",
    }
    assert {finding.code[:3] for finding in check(exercise, ignore=["WS0", "WS7"]).findings} == {"WS1", "WS2"}
    assert check(exercise, select=["WS20"], ignore=["WS202"]).rules == len(codes_matching("WS20")) - 1
    assert check(exercise, select=["WS2"], ignore=["WS2"]).rules == 0


@pytest.mark.parametrize("options", [{"select": ["WS9"]}, {"ignore": ["WS2011"]}, {"select": [""]}])
def test_asking_for_a_rule_that_does_not_exist_is_an_error(options: dict[str, list[str]]) -> None:
    with pytest.raises(UnknownRuleError):
        check(plan(""), select=options.get("select", ()), ignore=options.get("ignore", ()))


def test_an_error_decides_how_a_result_is_judged() -> None:
    assert check(plan(MIXED)).has_errors
    assert not check(plan(MIXED), select=["WS002"]).has_errors


def test_a_rule_that_is_not_applied_in_full_keeps_what_it_found() -> None:
    fragment = """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn, range: 50 nm}
  raft: {name: Raft, kind: raft, medium: surface, max_speed: 24 kn, economical_speed: 12 kn}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  RAFT: {name: Raft, nation: JPN, class: raft, start: 38-30.0N 134-00.0E}
serials:
  S1:
    type: transit
    units: {units: [ALFA, RAFT]}
    route: [38-30.0N 134-00.0E, 39-30.0N 134-00.0E]
    start: 2026-06-08T00:00Z
    duration: 5 h
"""
    result = check(plan(fragment), select=["WS103", "WS101"])
    assert [finding.severity for finding in result.findings] == [Severity.ERROR]
    assert [one.code for one in result.not_checked] == ["WS103"]
    assert result.rules == 1


def test_the_catalogue_holds_every_rule_that_was_made() -> None:
    assert rules() == registered()


def test_the_programme_is_worked_out_once() -> None:
    context = Context(plan(MIXED))
    assert context.programme is context.programme
    assert context.conflicts is context.conflicts
