"""What `import waterspace` gives: functions that take an exercise, or the path of its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import waterspace
from campaign_cases import PASSEX
from waterspace.errors import PlanFileError


class Entry:
    """A path as some libraries have it."""

    def __fspath__(self) -> str:
        return os.fspath(PASSEX)


@pytest.mark.parametrize("path", [PASSEX, str(PASSEX), Entry()])
def test_a_path_gives_what_the_exercise_in_its_file_gives(path: str | os.PathLike[str]) -> None:
    exercise = waterspace.load(PASSEX)
    assert waterspace.check(path, select=["WS5"]) == waterspace.check(exercise, select=["WS5"])
    assert waterspace.run(path, seed=3).digest == waterspace.run(exercise, seed=3).digest


def test_a_campaign_of_a_path_is_that_of_its_exercise() -> None:
    vary = ["serials.S1.duration=20 min,40 min"]
    of_path = waterspace.campaign(str(PASSEX), runs=4, seed=3, vary=vary)
    assert of_path.digest == waterspace.campaign(waterspace.load(PASSEX), runs=4, seed=3, vary=vary).digest


def test_a_path_that_leads_nowhere_says_so(tmp_path: Path) -> None:
    for function in (waterspace.check, waterspace.run, waterspace.campaign):
        with pytest.raises(PlanFileError) as refused:
            function(tmp_path / "busy.exercise.yaml")
        assert "There is no such file" in str(refused.value)


def test_what_is_neither_exercise_nor_path_is_refused_with_the_way_to_an_exercise() -> None:
    result = waterspace.check(PASSEX)
    for function in (waterspace.check, waterspace.run, waterspace.campaign):
        with pytest.raises(TypeError, match=r"not CheckResult; waterspace\.load\(path\) gives an exercise"):
            function(result)  # type: ignore[arg-type]
