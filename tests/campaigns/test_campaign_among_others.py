"""A campaign among strangers is the same whoever does its runs, and each run has strangers of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import waterspace
from others_cases import FISHING, FOLLOWED, load

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.deep
def test_a_campaign_among_others_is_the_same_in_processes(tmp_path: Path) -> None:
    exercise = load(tmp_path, FISHING, FOLLOWED)
    alone = waterspace.campaign(exercise, runs=6, executor="local")
    shared = waterspace.campaign(exercise, runs=6, executor="processes", workers=2)
    assert shared.table["digest"] == alone.table["digest"]
    assert len(set(alone.table["digest"])) == 6
