"""What is written in Chinese and Japanese is read back; Russian and Korean texts have every number of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from draft_cases import drafts, faults
from waterspace.domain import Sector, Without
from waterspace.messages.chinese import read_chinese
from waterspace.messages.japanese import read_japanese
from waterspace.messages.reading import Message
from waterspace.messages.writing import national
from waterspace.messages.writing.national.phrases import phrases_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.domain import Footprint
    from waterspace.messages.draft import Draft, DraftPart
    from waterspace.messages.reading import Reading

_READERS: dict[str, Callable[[Message], Reading]] = {"zh": read_chinese, "ja": read_japanese}
_CANCELS = {
    "zh": ((), ("琼航警998/26",), ("浙航警81/26", "浙航警82/26")),
    "ja": ((), ("水路通報26-998項",), ("水路通報26-98項", "水路通報26-99項")),
}
_SERIES = {"zh": ("", "琼航警", "NAVAREA XI"), "ja": ("", "水路通報", "NAVAREA XI")}
_calm = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

every_reader = pytest.mark.parametrize("code", sorted(_READERS))


def _plain(footprint: Footprint) -> Footprint:
    """A footprint without what has no words in a national text."""
    if isinstance(footprint, Without):
        return _plain(footprint.base)
    return replace(footprint, inner_radius_m=0.0) if isinstance(footprint, Sector) else footprint


def _fitted(part: DraftPart) -> DraftPart:
    return replace(part, areas=tuple(replace(area, footprint=_plain(area.footprint)) for area in part.areas))


@st.composite
def national_drafts(draw: st.DrawFn, code: str) -> Draft:
    """A draft that a text in a language can carry."""
    draft = draw(drafts())
    first, *others = (_fitted(part) for part in draft.paragraphs)
    return replace(
        draft,
        areas=first.areas,
        parts=tuple(others),
        series=draw(st.sampled_from(_SERIES[code])),
        issued_ms=None,
        cancel_ms=None,
        cancels=draw(st.sampled_from(_CANCELS[code])),
    )


def _check(code: str, draft: Draft) -> None:
    text = national.write(draft, code)
    event(f"{len(draft.paragraphs)} paragraphs")
    reading = _READERS[code](Message(id="", text=text))
    reading = replace(reading, cancels=tuple(sorted(reading.cancels)))
    assert not faults(draft, reading, phrases_of(code).notation.resolution_deg), text


@every_reader
@given(data=st.data())
@settings(max_examples=100, deadline=None, suppress_health_check=_calm)
def test_what_is_written_in_a_language_is_read_back(code: str, data: st.DataObject) -> None:
    _check(code, data.draw(national_drafts(code)))


@pytest.mark.deep
@every_reader
@given(data=st.data())
@settings(max_examples=1500, deadline=None, suppress_health_check=_calm)
def test_thousands_of_drafts_in_a_language_are_read_back(code: str, data: st.DataObject) -> None:
    _check(code, data.draw(national_drafts(code)))
