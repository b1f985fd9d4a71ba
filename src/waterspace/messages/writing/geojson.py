"""GeoJSON: the places of drafts for maps and programs, a feature for each place of each paragraph.

The properties have the names that `waterspace warnings --format geojson` gives to those of the warnings of others, so
that one program reads both.

What the format does not carry: the words of the notice, charts, and who originates it. Arcs are drawn by strokes; a
circle has its `center` and `radius_nm` besides.

Source: RFC 7946, The GeoJSON Format.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from waterspace.messages.draft import STATUS
from waterspace.messages.properties import heights, roundness
from waterspace.messages.writing.drawing import drawn
from waterspace.notation import format_time_iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Window
    from waterspace.messages.draft import Draft, DraftArea, DraftPart

__all__ = ["as_features", "write"]


def write(drafts: Iterable[Draft]) -> str:
    """Drafts as one `FeatureCollection`, in one line."""
    return json.dumps(as_features(drafts), ensure_ascii=False)


def as_features(drafts: Iterable[Draft]) -> dict[str, Any]:
    """Drafts as one `FeatureCollection`; a draft that has no place is a feature without a geometry."""
    return {"type": "FeatureCollection", "features": [feature for draft in drafts for feature in _features(draft)]}


def _features(draft: Draft) -> Iterator[dict[str, Any]]:
    said = {
        "message": draft.id,
        "status": STATUS,
        "kind": draft.kind or None,
        "series": draft.series or None,
        "number": draft.number or None,
        "issued": _time(draft.issued_ms),
        "category": draft.category.value,
        "restriction": draft.restriction.value,
        "cancels": list(draft.cancels),
        "cancelled_at": _time(draft.cancel_ms),
    }
    if not draft.paragraphs:
        yield {"type": "Feature", "geometry": None, "properties": said | {"windows": [], "reserves": []}}
    for part in draft.paragraphs:
        for area in part.areas:
            yield {"type": "Feature", "geometry": drawn(area), "properties": said | _of_place(draft, part, area)}


def _of_place(draft: Draft, part: DraftPart, area: DraftArea) -> dict[str, Any]:
    return {
        "category": draft.category_of(part).value,
        "windows": _windows(part.windows) or [[None, None]],
        "reserves": _windows(part.reserves),
        "activity": part.activity or None,
        "form": area.form.value,
        "label": area.label or None,
        **heights(area.band),
        **roundness(area.footprint),
    }


def _windows(windows: Sequence[Window]) -> list[list[str | None]]:
    return [[_time(window.start_ms), _time(window.end_ms)] for window in windows]


def _time(time_ms: int | None) -> str | None:
    return None if time_ms is None else format_time_iso(time_ms)
