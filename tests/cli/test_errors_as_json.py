"""With `--format json` standard output holds one JSON document, even where a command fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from waterspace.checks.example import whole
from waterspace.cli import complaint
from waterspace.cli.app import perform
from waterspace.errors import DataFileError, PlanFileError, RouteError

if TYPE_CHECKING:
    from pathlib import Path


def failed(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Exit status, the object on standard output, and standard error, of a real process."""
    result = subprocess.run(
        [sys.executable, "-m", "waterspace", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=os.environ,
    )
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
        ("where", "--format", "json"),
    ],
)
def test_an_error_of_usage_is_an_object_beside_the_sentence(arguments: tuple[str, ...]) -> None:
    status, error, said = failed(*arguments)
    assert status == error["status"] == 2
    assert error["kind"] == "usage"
    assert error["message"] in said


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
    command = [sys.executable, "-m", "waterspace", "check", "no-such.exercise.yaml", "--format", "json"]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)
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
