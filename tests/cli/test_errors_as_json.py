"""With `--format json` standard output holds one JSON document, even where a command fails."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from command_line import here, process
from waterspace.checks.example import whole
from waterspace.cli import complaint
from waterspace.cli.app import perform
from waterspace.errors import DataFileError, PlanFileError, RouteError

if TYPE_CHECKING:
    from pathlib import Path


def failed(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Exit status, the object on standard output, and standard error."""
    result = here(*arguments)
    error: dict[str, Any] = json.loads(result.stdout)["error"]
    return result.returncode, error, result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("where", "Atlantis", "--format", "json"),
        ("route", "Atlantis", "Busan", "--format=json"),
        ("check", "x.yaml", "--select", "WX9", "--format", "json"),
        ("coast", "paint", "--format", "json"),
        ("ports", "Atlantis", "--format", "json"),
        ("classes", "Atlantis", "--format", "json"),
        ("where", "--format", "json"),
    ],
)
def test_an_error_of_usage_is_an_object_beside_the_sentence(arguments: tuple[str, ...]) -> None:
    status, error, said = failed(*arguments)
    assert status == error["status"] == 2
    assert error["kind"] == "usage"
    assert error["message"] in said


@pytest.mark.parametrize(
    "arguments", [("where", "-5N 3E"), ("where", "-39.8", "133.2"), ("route", "Busan", "-39.8 133.2")]
)
def test_a_minus_before_a_position_is_answered_with_the_letters_to_write(arguments: tuple[str, ...]) -> None:
    status, error, said = failed(*arguments, "--format", "json")
    assert status == 2
    for text in (error["message"], said):
        assert "write S for south or W for west, and quote it" in text


def test_an_option_that_is_a_number_of_another_command_is_no_position() -> None:
    assert complaint.hint_of("No such option: -5", ("check", "-5")) == ""
    assert complaint.hint_of("No such option: --att", ("where", "--att")) == ""


def test_a_cache_of_another_version_is_told_in_a_sentence_without_a_line_of_source(tmp_path: Path) -> None:
    (tmp_path / "coast-world-high.cache").write_bytes(b'{"format": "waterspace cache 0"}'.ljust(4096))
    result = process("coast", "status", WATERSPACE_CACHE=str(tmp_path))
    assert result.returncode == 0
    assert result.stderr.startswith("waterspace: the world's coast at high resolution is not used")
    assert "made by another version" in result.stderr
    assert "UserWarning" not in result.stderr
    assert ".py" not in result.stderr


def test_the_faults_of_an_exercise_file_come_with_their_places(tmp_path: Path) -> None:
    plan = tmp_path / "plan.exercise.yaml"
    plan.write_text("waterspace: 1\nexercise: {}\n", encoding="utf-8")
    status, error, said = failed("where", "39N 133E", "--exercise", str(plan), "--format", "json")
    assert status == error["status"] == 2
    assert error["kind"] == "plan_file"
    assert [fault["path"] for fault in error["faults"]] == ["exercise.name", "exercise.period"]
    assert all(fault["line"] == 2 and fault["file"] == str(plan) for fault in error["faults"])
    assert error["message"] in said


def test_a_file_of_data_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    plan = tmp_path / "plan.exercise.yaml"
    plan.write_text(whole("environment: {areas: missing.geojson}\n"), encoding="utf-8")
    status, error, _ = failed("route", "39N 133E", "40N 134E", "--exercise", str(plan), "--format", "json")
    assert (status, error["kind"]) == (2, "data_file")
    assert error["file"] == str(tmp_path / "missing.geojson")
    assert "there is no such file" in error["reason"]


def test_a_check_of_a_bad_file_keeps_to_its_own_document() -> None:
    result = here("check", "no-such.exercise.yaml", "--format", "json")
    assert result.returncode == 2
    assert "error" not in json.loads(result.stdout)


def test_a_fault_of_our_own_is_an_object_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("waterspace.environment.places.matching", broken)
    monkeypatch.setattr(sys, "argv", ["waterspace", "ports", "--format", "json"])
    assert perform() == 3
    told = capsys.readouterr()
    assert json.loads(told.out)["error"]["kind"] == "internal"
    assert "ZeroDivisionError" in told.err


def test_without_the_option_standard_output_stays_empty(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["waterspace", "ports", "Atlantis"])
    assert perform() == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "Atlantis" in told.err


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (("where", "A", "--format", "json"), True),
        (("where", "A", "--format=json"), True),
        (("where", "A", "--format", "json", "--format", "text"), False),
        (("where", "A", "--format"), False),
        (("where", "--", "--format", "json"), False),
        (("where", "json"), False),
        ((), False),
    ],
)
def test_the_option_is_found_wherever_it_stands(arguments: tuple[str, ...], asked: bool) -> None:
    assert complaint.asked_for_json(arguments) is asked


def test_kinds_are_named_after_the_errors() -> None:
    errors = (DataFileError("f", "r"), RouteError(), PlanFileError(()))
    assert [complaint.kind_of(error) for error in errors] == ["data_file", "route", "plan_file"]
