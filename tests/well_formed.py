"""What holds of every reading, whatever was read."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from typing import TYPE_CHECKING

from waterspace.messages.lint import linted
from waterspace.messages.reading import Verdict
from waterspace.messages.showing import as_data, as_geojson

if TYPE_CHECKING:
    from waterspace.messages.reading import Reading, WarnedArea

__all__ = ["assert_well_formed"]


def assert_well_formed(reading: Reading) -> None:
    """Spans lie in the text, times are ordered, the verdict fits, and programs can be told of it."""
    length = len(reading.message.text)
    spans = [doubt.span for doubt in (*reading.doubts, *reading.remarks, *linted(reading).remarks)]
    spans += [span for area in reading.areas for span in area.spans]
    assert all(0 <= span.start <= span.end <= length for span in spans), f"a span lies outside: {spans}"
    unended = [doubt.reason for doubt in reading.doubts if not doubt.reason.endswith(".")]
    assert not unended, f"no sentences: {unended}"
    starts = [doubt.span for doubt in reading.doubts]
    assert starts == sorted(starts), "doubts stand in the order of the text"
    for area in reading.areas:
        _assert_area(area)
    expected = Verdict.UNDERSTOOD if reading.areas else Verdict.NO_AREA
    assert reading.verdict is (Verdict.REVIEW if reading.doubts else expected)
    json.dumps([as_data(reading), as_geojson([linted(reading)])], allow_nan=False).encode()


def _assert_area(area: WarnedArea) -> None:
    assert len(area.spans) == len(area.positions)
    assert area.positions
    assert all(abs(position.lat_deg) <= 90.0 and -180.0 <= position.lon_deg <= 180.0 for position in area.positions), (
        f"no places on earth: {area.positions}"
    )
    assert math.isfinite(area.resolution_deg)
    for spells in (area.spells, area.reserves):
        for spell in spells:
            assert spell.start_ms is None or spell.end_ms is None or spell.start_ms <= spell.end_ms, (
                f"backwards: {spell}"
            )
        begins = [spell.start_ms for spell in spells if spell.start_ms is not None]
        assert all(first <= second for first, second in pairwise(begins)), f"not in order: {spells}"
