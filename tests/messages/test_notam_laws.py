"""NOTAMs that are written are read back to the same places, heights and times, and line Q covers them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, event, given, settings

from notam_cases import notam_drafts, places_of, times_of, times_read
from waterspace.domain import Circle, Corridor
from waterspace.errors import DraftError
from waterspace.geometry import footprints
from waterspace.geometry.geodesic import between, distance_m, distances_m, position_arrays
from waterspace.messages.notam.fields import read_fields
from waterspace.messages.reader import read
from waterspace.messages.reading import Message
from waterspace.messages.writing import notam
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Footprint, Position
    from waterspace.messages.draft import Draft, DraftArea, DraftPart
    from waterspace.messages.reading import Reading

_calm = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
_SIZES = ("characters", "too small", "too short")


@given(draft=notam_drafts())
@settings(max_examples=60, deadline=None, suppress_health_check=_calm)
def test_what_is_written_is_read_back(draft: Draft) -> None:
    _check(draft)


@pytest.mark.deep
@given(draft=notam_drafts())
@settings(max_examples=300, deadline=None, suppress_health_check=_calm)
def test_thousands_of_drafts_are_read_back(draft: Draft) -> None:
    _check(draft)


def _check(draft: Draft) -> None:
    try:
        whole = notam.write_all(draft)
    except DraftError as error:
        if any(word in str(error) for word in _SIZES):
            event("refused for its size")
            return
        raise
    texts: list[str] = []
    for part in draft.paragraphs:
        own = draft.category_of(part)
        alone = replace(draft, areas=part.areas, windows=part.windows, reserves=part.reserves, category=own, parts=())
        of_part = notam.write_all(alone)
        event(f"{len(of_part)} of a paragraph")
        texts += of_part
        readings = [read(Message(id="", text=text)) for text in of_part]
        for text, reading in zip(of_part, readings, strict=True):
            assert not reading.reason, f"{reading.reason}\n{text}"
            assert not reading.remarks, f"{reading.remarks}\n{text}"
            assert not places_of(part.areas, reading), f"{places_of(part.areas, reading)}\n{text}"
            assert {area.category for area in reading.areas} == {own}, text
            _check_form(text, part)
        _check_offices(draft, part, of_part, readings)
    assert tuple(texts) == whole


def _check_offices(draft: Draft, part: DraftPart, texts: tuple[str, ...], readings: list[Reading]) -> None:
    """Each office tells all times of the paragraph."""
    by_office: dict[tuple[str, ...], list[Reading]] = {}
    for text, reading in zip(texts, readings, strict=True):
        by_office.setdefault(read_fields(text).places, []).append(reading)
    assert sorted(fir for firs in by_office for fir in firs) == sorted(draft.firs)
    for of_one in by_office.values():
        assert times_read(of_one) == times_of(part), "\n\n".join(texts)


def _check_form(text: str, part: DraftPart) -> None:
    """Lines, lengths, item D and the circle."""
    assert all(len(line) <= notam.LINE_LENGTH for line in text.splitlines()), text
    assert len(text) <= notam.LONGEST_TEXT
    fields = read_fields(text)
    assert fields.schedule is None or len(fields.schedule.text) <= 200
    assert fields.line is not None
    circle = fields.line.circle
    assert circle is not None
    assert circle.radius_nm is not None
    reach_m = max(_reach_m(circle.centre, area.footprint) for area in part.areas)
    assert reach_m <= circle.radius_nm * NAUTICAL_MILE_M + 1.0
    assert circle.radius_nm <= _least_nm(part.areas) + 2.0, text


def _reach_m(centre: Position, footprint: Footprint) -> float:
    if isinstance(footprint, Circle):
        return distance_m(centre, footprint.centre) + footprint.radius_m
    return _farthest(centre, _edge(footprint))[1]


def _least_nm(areas: tuple[DraftArea, ...]) -> float:
    """Radius of a circle that somebody finds who goes part of the way towards what is farthest, again and again."""
    points = [point for area in areas for point in _edge(area.footprint)]
    centre = points[0]
    best_m = math.inf
    for count in range(1, 60):
        far, reach_m = _farthest(centre, points)
        best_m = min(best_m, reach_m)
        if reach_m == 0.0:
            break
        centre = between(centre, far, 1.0 / (count + 1))
    return best_m / NAUTICAL_MILE_M


def _farthest(centre: Position, points: Sequence[Position]) -> tuple[Position, float]:
    ranges_m = distances_m(centre.lat_deg, centre.lon_deg, *position_arrays(points))
    return points[int(ranges_m.argmax())], float(ranges_m.max())


def _edge(footprint: Footprint) -> tuple[Position, ...]:
    if isinstance(footprint, Circle) and footprint.radius_m == 0.0:
        return (footprint.centre,)
    if isinstance(footprint, Corridor) and footprint.half_width_m == 0.0:
        return footprint.waypoints
    return footprints.outline(footprint)
