"""A first run among others says what it compiles; the next says nothing, and a check never compiles."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from others_cases import FISHING, load


def _waterspace(cache: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "waterspace", *words],
        env={**os.environ, "WATERSPACE_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )


@pytest.mark.deep
def test_the_first_run_among_others_says_that_it_compiles_and_keeps_it(tmp_path: Path) -> None:
    load(tmp_path, FISHING)
    file, out = str(tmp_path / "others.exercise.yaml"), str(tmp_path / "out")
    cache = tmp_path / "cache"
    _waterspace(cache, "check", file)
    assert not (cache / "kernels").exists()
    first = _waterspace(cache, "run", file, "--out", out)
    assert "Compiling the kernels of the engine" in first.stderr
    assert str(cache / "kernels") in first.stderr
    second = _waterspace(cache, "run", file, "--out", out)
    assert "ompil" not in second.stderr
    assert first.stdout == second.stdout
