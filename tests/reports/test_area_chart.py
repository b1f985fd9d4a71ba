"""The chart of an exercise's areas, as the report prints it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from report_cases import crowded_run, named, small_run
from waterspace import programme
from waterspace.reports.area_chart import draw_area_chart
from waterspace.reports.page import render_page

if TYPE_CHECKING:
    from waterspace.domain import Run

MOST_BYTES = 150_000


def drawn(run: Run) -> str:
    return draw_area_chart(run, programme.build(run.exercise).reservations)


@pytest.mark.parametrize("make", [small_run, crowded_run])
def test_it_is_small_and_needs_no_style_sheet(make: object) -> None:
    picture = drawn(make())  # type: ignore[operator]
    assert len(picture.encode()) <= MOST_BYTES
    assert " style=" not in picture


def test_it_names_the_areas() -> None:
    run = small_run()
    picture = drawn(run)
    for area in run.exercise.areas.values():
        assert (area.name or area.id) in picture


def test_the_page_holds_it_once_and_as_it_is() -> None:
    run = small_run()
    page = render_page(run)
    figures = re.findall(r'<figure class="printed-chart">(.*?)</figure>', page, re.DOTALL)
    assert figures == [drawn(run)]


def test_a_name_that_looks_like_markup_stays_text() -> None:
    picture = drawn(named(small_run(), "</text><script>alert(1)</script>"))
    assert "<script" not in picture
    assert "&lt;script" in picture


def test_an_exercise_without_areas_has_a_chart_all_the_same() -> None:
    run = small_run()
    bare = replace(run, exercise=replace(run.exercise, areas={}))
    assert drawn(bare).startswith("<svg ")


def test_ships_have_tracks_and_aircraft_have_none() -> None:
    run = small_run()
    assert "Track" in drawn(run)
    assert "Track" not in drawn(replace(run, tracks={}))
