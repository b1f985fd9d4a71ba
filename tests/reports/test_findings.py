"""Findings as text, JSON, SARIF and workflow commands."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from waterspace import checks, planfile
from waterspace.checks.example import whole
from waterspace.domain import Amount, CheckResult, Finding, NotChecked, Place, Severity
from waterspace.errors import Fault, PlanFileError
from waterspace.reports.amounts import amount_words
from waterspace.reports.findings import (
    FORMATS,
    as_geojson,
    as_github,
    as_json,
    as_sarif,
    as_text,
    by_severity,
    faults_as_result,
    summary,
    together,
)


def finding(
    code: str = "WS201", severity: Severity = Severity.ERROR, message: str = "Two meet.", line: int = 4
) -> Finding:
    """A finding."""
    place = Place(file="a b/plan.exercise.yaml", line=line, column=5)
    return Finding(code=code, severity=severity, message=message, subjects=("S1", "S2"), place=place)


RESULT = CheckResult(
    findings=(
        finding(),
        finding("WS502", Severity.WARNING),
        finding("WS701", Severity.ADVICE),
        finding("WS701", Severity.ADVICE),
    ),
    not_checked=(NotChecked(code="WS403", reason="no weather is given for S1"),),
    rules=32,
)
CLEAN = CheckResult(findings=(), not_checked=(), rules=33)


def test_text_has_a_line_to_jump_to_and_the_message_under_it() -> None:
    assert as_text(RESULT).split("\n\n")[0] == (
        "a b/plan.exercise.yaml:4:5: error WS201 danger-meets-danger\n    Two meet."
    )


def test_text_ends_with_one_line_that_counts_and_names_what_was_not_checked() -> None:
    lines = as_text(RESULT).splitlines()
    assert lines[-2:] == [
        "1 error, 1 warning, 2 advice; 32 rules applied in full; not checked, or in part",
        "    only: WS403",
    ]
    assert "not checked WS403: no weather is given for S1." in lines
    assert as_text(CLEAN) == "no findings; 33 rules applied in full; not checked, or in part only: none\n"


def test_the_summary_counts_what_was_not_checked_where_a_list_would_be_long() -> None:
    gaps = tuple(NotChecked(code=f"WS4{number:02}", reason="no depths are given") for number in range(1, 7))
    text = as_text(CheckResult(findings=(), not_checked=gaps, rules=9))
    assert text.count("WS406") == 1
    assert text.endswith("no findings; 9 rules applied in full; not checked, or in part only: 6 rules\n")


def test_rules_that_were_left_out_by_choice_are_counted_so_that_silence_never_reads_as_safe() -> None:
    narrow = CheckResult(findings=(), not_checked=(), rules=1, left_out=("WS001", "WS002"))
    assert (
        "1 rule applied in full, 2 left out by choice (WS001, WS002; --select, --ignore or waterspace.toml)"
        in summary(narrow)
    )
    assert json.loads(as_json(narrow))["left_out"] == ["WS001", "WS002"]
    assert together([CLEAN, narrow]).left_out == ("WS001", "WS002")
    assert "left_out" not in json.loads(as_json(CLEAN))


def test_counts_and_degrees_are_told_as_people_say_them() -> None:
    assert amount_words(Amount(1, 0, "helicopters")) == "1 helicopter against 0"
    assert amount_words(Amount(3, 2, "serials")) == "3 serials against 2"
    assert amount_words(Amount(6, 5, "Douglas sea state")) == "6 against 5 Douglas sea state"


def test_what_a_baseline_hides_is_counted_in_text_and_for_programs() -> None:
    hidden = CheckResult(findings=(), not_checked=(), rules=9, known=RESULT.findings, baselines=("known.json",))
    assert "no new findings; 4 known ones not shown (1 error), baseline known.json; 9 rules" in summary(hidden)
    assert "1 error, 1 warning, 2 advice new; nothing hidden as known, baseline b;" in summary(
        replace(RESULT, baselines=("b",))
    )
    told = {"findings": 4, "errors": 1, "baselines": ["known.json"]}
    assert json.loads(as_json(hidden))["known"] == told
    assert json.loads(as_geojson(hidden))["waterspace"]["known"] == told


def test_errors_come_first_where_that_is_asked_for_and_the_rest_keeps_its_order() -> None:
    mixed = replace(RESULT, findings=tuple(reversed(RESULT.findings)))
    ordered = by_severity(mixed)
    assert [one.code for one in ordered.findings] == ["WS201", "WS502", "WS701", "WS701"]
    assert set(ordered.findings) == set(mixed.findings)


def test_a_map_never_looks_clean_where_something_could_not_be_read_or_failed() -> None:
    error = PlanFileError((Fault(file="plan", line=3, column=2, path="exercise", message="no name"),))
    said = json.loads(as_geojson(faults_as_result(error)))
    assert said["features"] == []
    assert [one["line"] for one in said["waterspace"]["faults"]] == [3]
    failed = replace(RESULT, findings=(replace(finding(), is_internal=True), finding("WS502")))
    told = json.loads(as_geojson(failed))["waterspace"]
    assert [one["code"] for one in told["internal"]] == ["WS201"]
    assert [one["code"] for one in told["without_place"]] == ["WS502"]
    assert told["not_checked"] == [{"code": "WS403", "reason": "no weather is given for S1"}]


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(0.875, 2.0, "d"), "21 h against 2 d"),
        (Amount(2.125, 3.0, "d"), "2 d 3 h against 3 d"),
        (Amount(-0.125, 2.0, "d"), "minus 3 h against 2 d"),
        (Amount(90.0, 0.5, "min"), "1 h 30 min against 30 s"),
        (Amount(2.5, 0.0, "h too early"), "2 h 30 min too early"),
        (Amount(123456.0, 0.00001, "m"), "123456 m against 0 m"),
        (
            Amount(0.4, 0.95, "share of leads in practice that were shorter"),
            "40% of leads in practice that were shorter against 95%",
        ),
        (Amount(31.25, 30.0, "%"), "31.25% against 30%"),
        (Amount(float("inf"), 2.0, "nm"), "unlimited nm against 2 nm"),
    ],
)
def test_amounts_are_told_as_a_person_would(amount: Amount, words: str) -> None:
    assert amount_words(amount) == words


def test_text_folds_long_messages_and_not_their_words() -> None:
    text = as_text(CheckResult(findings=(finding(message="word " * 60 + "39-48.0N"),), not_checked=(), rules=1))
    assert max(map(len, text.splitlines())) <= 100
    assert "39-48.0N" in text
    assert "1 rule applied" in text


@pytest.mark.parametrize("severity", Severity)
def test_text_is_plain_unless_colours_are_asked_for(severity: Severity) -> None:
    result = CheckResult(findings=(finding(severity=severity),), not_checked=(), rules=1)
    assert "\x1b" not in as_text(result)
    coloured = as_text(result, colour=True)
    assert f"m{severity.value}\x1b[0m WS201" in coloured


def test_a_finding_of_a_rule_that_no_longer_exists_is_still_shown() -> None:
    old = CheckResult(findings=(finding("WS299"),), not_checked=(), rules=1)
    assert as_text(old).startswith("a b/plan.exercise.yaml:4:5: error WS299\n")
    assert "title=WS299::" in as_github(old)
    assert json.loads(as_sarif(old))["runs"][0]["results"][0]["ruleIndex"] == -1


def test_json_has_exactly_the_fixed_names() -> None:
    record = json.loads(as_json(RESULT))
    assert list(record) == ["findings", "not_checked"]
    assert record["findings"][0] == {
        "id": "",
        "code": "WS201",
        "severity": "error",
        "message": "Two meet.",
        "file": "a b/plan.exercise.yaml",
        "line": 4,
        "column": 5,
        "subjects": ["S1", "S2"],
        "where": None,
        "when": [],
        "value": None,
        "limit": None,
        "unit": None,
        "fix": None,
        "suggestions": [],
        "internal": False,
    }
    assert record["not_checked"] == [{"code": "WS403", "reason": "no weather is given for S1"}]


def test_faults_of_a_file_become_findings_with_their_places() -> None:
    with pytest.raises(PlanFileError) as caught:
        planfile.loads(whole("serials:\n  S1: {type: assembly, start: yesterday}"), file="bad.exercise.yaml")
    result = faults_as_result(caught.value)
    assert {one.code for one in result.findings} == {"WS000"}
    assert result.has_errors
    assert result.findings[0].place.file == "bad.exercise.yaml"
    assert result.findings[0].place.line > 1
    assert summary(result) == "1 error: the file cannot be understood, so no rule was applied"


def test_a_fault_of_the_whole_file_stands_at_its_beginning_with_the_advice() -> None:
    fault = Fault(file="-", line=0, column=0, message="It is empty.", advice="Write something.")
    result = faults_as_result(PlanFileError((fault,)))
    assert result.findings[0].place == Place(file="-", line=1, column=1)
    assert result.findings[0].message == "It is empty. Write something."
    assert '"uri": "stdin"' in as_sarif(result)


def test_results_of_several_files_are_put_together_and_gaps_are_named_once() -> None:
    whole_ = together([RESULT, CLEAN, RESULT])
    assert len(whole_.findings) == 8
    assert whole_.not_checked == RESULT.not_checked
    assert whole_.rules == 33
    assert together([]) == CheckResult(findings=(), not_checked=(), rules=0)


def test_a_faulty_file_among_others_is_counted_with_their_findings() -> None:
    fault = faults_as_result(PlanFileError((Fault(file="x", line=1, column=1, message="Bad."),)))
    assert summary(together([fault, RESULT])).startswith("2 errors, 1 warning, 2 advice; 32 rules applied")


def test_sarif_names_every_rule_and_points_at_them() -> None:
    log = json.loads(as_sarif(RESULT))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in checks.rules()]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "a%20b/plan.exercise.yaml"},
        "region": {"startLine": 4, "startColumn": 5},
    }
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "note"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert notes == [
        {
            "associatedRule": {"id": "WS403"},
            "level": "note",
            "message": {"text": "Not checked: no weather is given for S1."},
        }
    ]


def test_sarif_gives_absolute_paths_as_addresses() -> None:
    place = Place(file="/plans/a.exercise.yaml", line=1, column=1)
    one = Finding(code="WS001", severity=Severity.ERROR, message="?", subjects=(), place=place)
    assert "file:///plans/a.exercise.yaml" in as_sarif(CheckResult(findings=(one,), not_checked=(), rules=1))


def test_workflow_commands_escape_what_would_end_them() -> None:
    message = "50 % here,\nand: there"
    result = CheckResult(findings=(finding(message=message),), not_checked=RESULT.not_checked, rules=1)
    first, second, last = as_github(result).splitlines()
    assert first == (
        "::error file=a b/plan.exercise.yaml,line=4,col=5,title=WS201 danger-meets-danger::50 %25 here,%0Aand: there"
    )
    assert second == "::notice title=WS403 not checked::no weather is given for S1"
    assert last.startswith("1 error;")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_ends_with_a_line_end(name: str) -> None:
    for result in (RESULT, CLEAN):
        text = FORMATS[name](result)
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
