"""What a run among others leaves behind: the tracks of those who followed, on the map and in the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import waterspace
from others_cases import FISHING, FOLLOWED, load
from waterspace.reports import folder as folders
from waterspace.reports.page import render_page
from waterspace.reports.payload import build_payload

if TYPE_CHECKING:
    from pathlib import Path


def _entries(payload: Any) -> dict[str, Any]:  # noqa: ANN401  # a JSON document
    return {unit["id"]: unit for unit in payload["units"]}


def test_a_run_with_followers_is_read_back_with_their_tracks(tmp_path: Path) -> None:
    run = waterspace.run(load(tmp_path, FISHING, FOLLOWED))
    folders.write_run(run, tmp_path / "run")
    again = folders.read_run(tmp_path / "run")
    assert set(run.others) == {"context.WATCHER", "context.LAME"}
    assert again.others == run.others
    assert again.tracks == run.tracks
    assert {summary.unit for summary in again.summaries} == {"ALFA", "BRAVO"}


def test_the_map_shows_the_way_of_a_follower_and_the_route_of_one_who_passes(tmp_path: Path) -> None:
    run = waterspace.run(load(tmp_path, FOLLOWED))
    entries = _entries(build_payload(run))
    alone = _entries(build_payload(waterspace.run(load(tmp_path, FOLLOWED.replace("shadows: ALFA, ", "")))))
    assert entries["context.WATCHER"]["observer"]
    assert entries["context.WATCHER"]["actual"] is not None
    assert alone["context.WATCHER"]["actual"] is None  # it has no route, and follows nobody
    assert entries["context.PASSER"]["actual"] == alone["context.PASSER"]["actual"]


def test_the_page_says_who_else_was_at_sea_and_that_they_are_not_drawn(tmp_path: Path) -> None:
    crowded, plain = (render_page(waterspace.run(load(tmp_path, *parts))) for parts in ((FISHING,), ()))
    assert "51 strangers at sea" in crowded
    assert "are not drawn" in crowded
    assert "strangers at sea" not in plain


def test_traffic_adds_nothing_but_events_to_a_folder(tmp_path: Path) -> None:
    plain, crowded = waterspace.run(load(tmp_path)), waterspace.run(load(tmp_path, FISHING))
    assert crowded.tracks == plain.tracks
    assert not crowded.others
    assert len(crowded.events) > len(plain.events)
