"""The hook definitions for pre-commit: they match exercise files, and what they start works."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
import yaml

from command_line import here

ROOT = Path(__file__).parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}

every_hook = pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS.keys())


@every_hook
def test_a_hook_takes_exercise_files_and_no_others(hook: dict[str, str]) -> None:
    pattern = re.compile(hook["files"])
    assert pattern.search("plans/my.exercise.yaml")
    assert pattern.search("my.exercise.yml")
    assert not pattern.search("my.exercise.yaml.bak")
    assert not pattern.search("compose.yaml")


@every_hook
def test_a_hook_passes_a_clean_plan_and_stops_one_with_an_error(hook: dict[str, str], tmp_path: Path) -> None:
    clean, bad = tmp_path / "clean.exercise.yaml", tmp_path / "bad.exercise.yaml"
    shutil.copy(ROOT / "examples" / "passex.exercise.yaml", clean)
    shutil.copy(ROOT / "examples" / "northern-interaction-2023.exercise.yaml", bad)
    assert hook["language"] == "python"
    assert [_status(hook["entry"], clean), _status(hook["entry"], clean, bad)] == [0, 1]


def _status(entry: str, *files: Path) -> int:
    program, *arguments = shlex.split(entry)
    assert program == "waterspace"
    return here(*arguments, *files).returncode
