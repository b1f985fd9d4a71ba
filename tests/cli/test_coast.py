"""`waterspace coast`: says which coast answers, and builds the finer one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from waterspace.cli import coast
from waterspace.environment.files import cache
from waterspace.environment.shores import hires

APP = typer.Typer()
APP.command("coast")(coast.command)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WATERSPACE_CACHE", str(tmp_path))
    return tmp_path


def test_without_a_finer_coast_it_says_where_the_packaged_one_is_fine(own_cache: Path) -> None:
    result = CliRunner().invoke(APP, [])
    assert result.exit_code == 0
    assert f"cache {own_cache}" in result.stdout
    assert "elsewhere: intermediate resolution" in result.stdout


def test_building_writes_the_finer_coast_and_the_field(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def build(progress: object) -> Path:
        assert callable(progress)
        progress(1.0)
        return cache.write("coast-world-high", "another", {"numbers": np.arange(3)})

    monkeypatch.setattr(hires, "build", build)
    monkeypatch.setattr("waterspace.environment.shores.coast.Coast.field", lambda *_: asked.append("field"))
    monkeypatch.setattr(hires, "load", object)
    result = CliRunner().invoke(APP, ["build"])
    assert result.exit_code == 0
    assert str(own_cache / "coast-world-high.cache") in result.stdout
    assert "elsewhere: high resolution, from the cache" in result.stdout
    assert asked == ["field"]
