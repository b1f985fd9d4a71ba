"""`waterspace notices`: drafts of warnings, marked as such."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from source_tree import ROOT

FIRING = ROOT / "src" / "waterspace" / "serials" / "examples" / "gunnery.exercise.yaml"


def _notices(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a real process."""
    command = [sys.executable, "-m", "waterspace", "notices", *arguments]
    given_env = os.environ | {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=given_env)


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
    assert "No warning to mariners is needed" in done.stderr


@pytest.mark.parametrize("form", ["navarea", "hydropac", "navtex", "safetynet"])
def test_what_the_command_writes_the_reader_understands(form: str) -> None:
    plan = str(ROOT / "examples" / "northern-interaction-2023.exercise.yaml")
    written = _notices(plan, "--format", form).stdout
    command = [sys.executable, "-m", "waterspace", "warnings", "-", "--format", "json"]
    done = subprocess.run(command, input=written, capture_output=True, text=True, check=False, timeout=120)
    messages = json.loads(done.stdout)["messages"]
    assert done.returncode == 0, [message["reason"] for message in messages]
    assert [len(message["areas"]) for message in messages if message["areas"]] == [2, 1]
