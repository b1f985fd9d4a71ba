"""Warnings of others on the map of a report, on its printed chart and on cards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import waterspace
from waterspace.checks.example import whole
from waterspace.domain import DataFiles, Window
from waterspace.quantity import DAY_MS
from waterspace.reports.area_chart import draw_area_chart
from waterspace.reports.claims import claims_as_run
from waterspace.reports.extent import Extent
from waterspace.reports.payload import build_payload
from waterspace.reports.warned import warnings_around

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.domain import Exercise

TEXT = """\
HYDROPAC 77/26.
1. GUNNERY 0000Z TO 0900Z DAILY 07 THRU 09 JUN IN AREA BOUND BY
   38-20.00N 133-50.00E, 38-20.00N 134-40.00E, 38-40.00N 134-40.00E, 38-40.00N 133-50.00E.
2. CANCEL THIS MSG 091000Z JUN 26.

HYDROPAC 78/26.
1. GUNNERY 0000Z TO 0900Z DAILY 07 THRU 09 JUN IN AREA BOUND BY
   08-20.00N 133-50.00E, 08-20.00N 134-40.00E, 08-40.00N 134-40.00E, 08-40.00N 133-50.00E.
2. CANCEL THIS MSG 091000Z JUN 26.
"""


def exercise(folder: Path, key: str = "w.txt") -> Exercise:
    (folder / "w.txt").write_text(TEXT, encoding="utf-8")
    file = folder / "plan.exercise.yaml"
    file.write_text(whole(f"context:\n  warnings: {key}\n"), encoding="utf-8")
    return waterspace.load(file)


def test_the_map_shows_warnings_near_by_with_number_and_times_in_force_while_they_are(tmp_path: Path) -> None:
    run = waterspace.run(exercise(tmp_path), seed=1)
    wire = build_payload(run)
    shown = [one for one in wire["reservations"] if one["id"].startswith("warnings/")]  # type: ignore[attr-defined]
    assert [one["name"] for one in shown] == ["HYDROPAC 77/26, 070000Z to 090900Z JUN 26, 3 times"]
    assert shown[0]["standing"]
    assert len(shown[0]["spans"]) == 3
    bare, claims = replace(run, exercise=replace(run.exercise, data=DataFiles())), claims_as_run(run)
    assert draw_area_chart(run, claims) != draw_area_chart(bare, claims)


def test_windows_are_cut_to_the_time_that_is_shown(tmp_path: Path) -> None:
    plan = exercise(tmp_path)
    whole_window = plan.window
    (start_ms, end_ms) = (whole_window.start_ms, whole_window.start_ms + 7 * DAY_MS)
    some = list(warnings_around(plan, Window(start_ms=start_ms, end_ms=end_ms)))
    assert [len(claim.windows) for claim in some] == [1, 1]
    box = Extent(south_deg=0.0, west_deg=100.0, north_deg=20.0, east_deg=140.0)
    assert [claim.owner for claim in warnings_around(plan, whole_window, box)] == ["HYDROPAC 78/26"]


def test_a_file_that_is_missing_leaves_the_map_without_warnings(tmp_path: Path) -> None:
    plan = exercise(tmp_path, "nowhere.txt")
    assert not list(warnings_around(plan, plan.window))
