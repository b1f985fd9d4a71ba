"""What is written in Chinese and Japanese is read back; Russian and Korean texts have every number of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from draft_cases import drafts, faults, instant
from national_scan import KOREAN, RUSSIAN, lengths, positions, times
from waterspace.domain import Circle, Corridor, Polygon, Sector, Window, Without
from waterspace.messages.chinese import read_chinese
from waterspace.messages.japanese import read_japanese
from waterspace.messages.reading import Message
from waterspace.messages.writing import national
from waterspace.messages.writing.national.phrases import phrases_of
from waterspace.quantity import DAY_MS, HOUR_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.domain import Footprint, Position
    from waterspace.messages.draft import Draft, DraftPart
    from waterspace.messages.reading import Reading

_READERS: dict[str, Callable[[Message], Reading]] = {"zh": read_chinese, "ja": read_japanese}
_MARKS = {"ru": RUSSIAN, "ko": KOREAN}
_CANCELS = {
    "zh": ((), ("琼航警998/26",), ("浙航警81/26", "浙航警82/26")),
    "ja": ((), ("水路通報26-998項",), ("水路通報26-98項", "水路通報26-99項")),
}
_SERIES = {"zh": ("", "琼航警", "NAVAREA XI"), "ja": ("", "水路通報", "NAVAREA XI")}
_calm = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

every_scan = pytest.mark.parametrize("code", sorted(_MARKS))
every_reader = pytest.mark.parametrize("code", sorted(_READERS))


def _plain(footprint: Footprint) -> Footprint:
    """A footprint without what has no words in a national text."""
    if isinstance(footprint, Without):
        return _plain(footprint.base)
    return replace(footprint, inner_radius_m=0.0) if isinstance(footprint, Sector) else footprint


def _fitted(part: DraftPart) -> DraftPart:
    """A paragraph without what has no words, and of the draft's category: readers find one in a message."""
    return replace(
        part, category=None, areas=tuple(replace(area, footprint=_plain(area.footprint)) for area in part.areas)
    )


@st.composite
def _alike(draw: st.DrawFn) -> tuple[tuple[Window, ...], tuple[Window, ...]]:
    """The same hours on some days, and on others in reserve, mostly later."""
    first_ms = draw(st.sampled_from((instant(2026, 7, 20), instant(2026, 12, 29), instant(2028, 2, 27))))
    start_ms = first_ms + draw(st.integers(0, 47)) * HOUR_MS // 2
    length_ms = draw(st.integers(1, 47)) * HOUR_MS // 2
    days = draw(st.sets(st.integers(0, 12), min_size=1, max_size=8))
    others = draw(st.sets(st.integers(0, 45), min_size=1, max_size=5)) - days
    sides = [
        tuple(
            Window(start_ms=start_ms + day * DAY_MS, end_ms=start_ms + day * DAY_MS + length_ms) for day in sorted(one)
        )
        for one in (days, others)
    ]
    return sides[0], sides[1]


@st.composite
def national_drafts(draw: st.DrawFn, code: str) -> Draft:
    """A draft that a text in a language can carry."""
    draft = draw(drafts())
    first, *others = (_fitted(part) for part in draft.paragraphs)
    if draw(st.booleans()):
        windows, reserves = draw(_alike())
        first = replace(first, windows=windows, reserves=reserves)
    return replace(
        draft,
        areas=first.areas,
        windows=first.windows,
        reserves=first.reserves,
        parts=tuple(others),
        series=draw(st.sampled_from(_SERIES.get(code, ("",)))),
        issued_ms=None,
        cancel_ms=None,
        cancels=draw(st.sampled_from(_CANCELS.get(code, ((),)))),
    )


def _check(code: str, draft: Draft) -> None:
    text = national.write(draft, code)
    event(f"{len(draft.paragraphs)} paragraphs")
    reading = _READERS[code](Message(id="", text=text))
    reading = replace(reading, cancels=tuple(sorted(reading.cancels)))
    assert not faults(draft, reading, phrases_of(code).notation.resolution_deg), text


@every_reader
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=_calm)
def test_what_is_written_in_a_language_is_read_back(code: str, data: st.DataObject) -> None:
    _check(code, data.draw(national_drafts(code)))


@pytest.mark.deep
@every_reader
@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=_calm)
def test_thousands_of_drafts_in_a_language_are_read_back(code: str, data: st.DataObject) -> None:
    _check(code, data.draw(national_drafts(code)))


def _numbers(footprint: Footprint) -> tuple[tuple[Position, ...], float]:
    """The positions and the length of a footprint."""
    match footprint:
        case Polygon():
            return footprint.vertices, 0.0
        case Corridor():
            return footprint.waypoints, footprint.half_width_m
        case Circle() | Sector():
            return (footprint.centre,), footprint.radius_m
    raise AssertionError(footprint)


def _scan(code: str, draft: Draft) -> None:
    """Every position, length and time of a draft is found in its text, in order, and no other."""
    text, marks = national.write(draft, code), _MARKS[code]
    resolution_deg = phrases_of(code).notation.resolution_deg + 1e-9
    shapes = [_numbers(area.footprint) for part in draft.paragraphs for area in part.areas]
    meant = [point for points, _ in shapes for point in points]
    said = positions(text, marks)
    assert len(said) == len(meant), text
    for (lat_deg, lon_deg), point in zip(said, meant, strict=True):
        assert abs(lat_deg - point.lat_deg) <= resolution_deg, text
        assert abs((lon_deg - point.lon_deg + 180.0) % 360.0 - 180.0) <= resolution_deg, text
    far = [length_m / NAUTICAL_MILE_M for _, length_m in shapes if length_m]
    assert lengths(text, marks) == pytest.approx(far, abs=0.010001), text
    assert times(text, marks) == [
        (
            sorted((window.start_ms, window.end_ms) for window in part.windows),
            sorted((window.start_ms, window.end_ms) for window in part.reserves),
        )
        for part in draft.paragraphs
    ], text


@every_scan
@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=_calm)
def test_every_position_length_and_time_stands_in_a_text_that_no_reader_reads(code: str, data: st.DataObject) -> None:
    _scan(code, data.draw(national_drafts(code)))


@pytest.mark.deep
@every_scan
@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=_calm)
def test_thousands_of_texts_that_no_reader_reads_have_every_number(code: str, data: st.DataObject) -> None:
    _scan(code, data.draw(national_drafts(code)))
