"""From an exercise to drafts of warnings, and from their texts back to its dangers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings

from draft_cases import faults
from source_tree import ROOT
from strategies import moving_boxes, waters
from waterspace import planfile
from waterspace.domain import Exercise, MovingBox, PlannedNotice, Polygon
from waterspace.geometry import footprints
from waterspace.geometry.plane import Plane
from waterspace.messages.draft import Issuer, Restriction
from waterspace.messages.phrasing.positions import Notation
from waterspace.messages.reader import read
from waterspace.messages.reading import Category, Message
from waterspace.messages.writing import hydropac, navarea, navtex, safetynet
from waterspace.notices import drafts
from waterspace.notices.originating import issuer_of, series_of
from waterspace.notices.sweeping import still
from waterspace.programme import build
from waterspace.quantity import HOUR_MS

EXAMPLES = (*sorted((ROOT / "examples").glob("*.yaml")), *sorted((ROOT / "src/waterspace/serials/examples").glob("*")))
NORTHERN = ROOT / "examples" / "northern-interaction-2023.exercise.yaml"
FIRING = ROOT / "src" / "waterspace" / "serials" / "examples" / "gunnery.exercise.yaml"


def load(path: Path) -> Exercise:
    """The exercise in a file."""
    return planfile.load(str(path))


@pytest.mark.parametrize("path", [path for path in EXAMPLES if path.suffix == ".yaml"], ids=lambda path: path.stem)
@pytest.mark.parametrize("form", [navarea, hydropac, navtex, safetynet], ids=lambda form: form.__name__)
def test_every_draft_of_the_examples_is_read_back(path: Path, form: ModuleType) -> None:
    for draft in drafts(load(path)):
        meant = replace(draft, general_area="SEA OF JAPAN")
        reading = read(Message(id="", text=form.write(meant)))
        assert not faults(meant, reading, Notation.HUNDREDTHS.resolution_deg)


def test_each_planned_warning_has_a_draft_and_a_notam_none() -> None:
    found = drafts(load(NORTHERN))
    assert [draft.id for draft in found] == ["N1", "N2"]
    assert {draft.issuer for draft in found} == {Issuer.RUSSIA}
    assert {draft.series for draft in found} == {"NAVAREA XIII"}
    assert {draft.restriction for draft in found} == {Restriction.DANGEROUS}


def test_serials_at_other_times_are_other_paragraphs() -> None:
    first, _ = drafts(load(NORTHERN))
    assert len(first.paragraphs) == 2
    assert all(part.areas and part.windows for part in first.paragraphs)


def test_a_firing_that_no_notice_covers_gets_one_proposed() -> None:
    exercise = replace(load(FIRING), notices={})
    (draft,) = drafts(exercise)
    claims = [claim for claim in build(exercise).reservations if claim.hazard.endangers_shipping]
    assert draft.id == "PROPOSED-S1"
    assert [area.footprint for area in draft.areas] == [claim.footprint for claim in claims]
    assert draft.category is Category.GUNNERY
    assert draft.cancel_ms == claims[0].windows[-1].end_ms + HOUR_MS


def test_a_notice_that_covers_an_area_names_its_limits_at_the_times_of_its_firings() -> None:
    exercise = load(FIRING)
    area = exercise.serials["S1"].area
    (planned,) = [notice for notice in exercise.notices.values() if notice.kind == "navarea"]
    (draft,) = drafts(replace(exercise, notices={"N1": replace(planned, covers=(area,))}))
    assert [one.footprint for one in draft.areas] == [exercise.areas[area].footprint]
    assert draft.windows


def test_a_notice_that_covers_nothing_has_no_draft() -> None:
    exercise = load(NORTHERN)
    planned = replace(exercise.notices["N1"], covers=("NOBODY",))
    assert "N1" not in [draft.id for draft in drafts(replace(exercise, notices={"N1": planned}))]


def test_a_type_that_is_not_installed_is_left_out() -> None:
    exercise = load(FIRING)
    strange = replace(exercise.serials["S1"], id="S2", type="no such type")
    assert drafts(replace(exercise, serials={**exercise.serials, "S2": strange})) == drafts(exercise)


@pytest.mark.parametrize(
    ("kind", "originator", "issuer", "series"),
    [
        ("navarea", "Coordinator of NAVAREA XI", Issuer.JAPAN, "NAVAREA XI"),
        ("navarea", "Coordinator of NAVAREA XIII", Issuer.RUSSIA, "NAVAREA XIII"),
        ("navarea", "Coordinator of NAVAREA XII", Issuer.USA, "NAVAREA XII"),
        ("coastal", "CHN", Issuer.CHINA, "COASTAL WARNING"),
        ("navtex", "JPN", Issuer.JAPAN, ""),
        ("hydropac", "Coordinator of NAVAREA XI", Issuer.USA, ""),
        ("navarea", "the staff", Issuer.USA, ""),
    ],
)
def test_the_originator_tells_the_style(kind: str, originator: str, issuer: Issuer, series: str) -> None:
    notice = PlannedNotice(id="N1", kind=kind, covers=("S1",), originator=originator)
    assert issuer_of(replace(load(FIRING), host=""), notice) is issuer
    assert series_of(notice) == series


@given(box=waters().filter(lambda place: abs(place.lat_deg) < 80.0).flatmap(moving_boxes))
@settings(max_examples=30, deadline=None)
def test_the_outline_of_what_moves_holds_all_that_it_sweeps(box: MovingBox) -> None:
    import shapely

    drawn = still(box)
    assert isinstance(drawn, Polygon)
    assert len(drawn.vertices) <= 8
    plane = Plane(footprints.centre(box))
    area = shapely.Polygon(plane.project_positions(drawn.vertices))
    assert area.contains(shapely.MultiPoint(plane.project_positions(footprints.outline(box))))
