"""Warming up sweeps away what older kernels left and nobody uses, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from waterspace.geometry.compiled import warm_up
from waterspace.geometry.compiled.kernels import compiler
from waterspace.quantity import DAY_MS, SECOND_MS

if TYPE_CHECKING:
    import pytest


def test_code_of_older_kernels_goes_when_nobody_has_used_it_for_a_month(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own, old, used, other = (tmp_path / name for name in ("kernels-own", "kernels-old", "kernels-used", "letters"))
    monkeypatch.setattr(compiler, "kernel_folder", lambda: own)
    for folder in (old, used, other):
        folder.mkdir()
        (folder / "complete").touch()
    past_s = time.time() - 31 * DAY_MS / SECOND_MS
    for folder in (old, other):
        os.utime(folder / "complete", (past_s, past_s))
    warm_up(lambda _: None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kernels-own", "kernels-used", "letters"]
