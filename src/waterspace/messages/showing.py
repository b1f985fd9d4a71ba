"""Readings for programs: as GeoJSON features, one for each warned area, and as plain data with every span."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waterspace.domain import Polygon
from waterspace.errors import GeometryError
from waterspace.geometry import geojson
from waterspace.messages.properties import DECIMALS, heights, roundness
from waterspace.messages.reading import Form
from waterspace.messages.shapes import corners_of
from waterspace.notation import format_time_iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from waterspace.messages.reading import Doubt, Reading, Span, Spell, WarnedArea

__all__ = ["as_data", "as_geojson"]

_CORNERS = 3
_RESOLUTION_DECIMALS = 9
"""Of half the last digit of a coordinate, which is itself smaller than a position's last."""


def as_geojson(readings: Iterable[Reading]) -> dict[str, Any]:
    """A `FeatureCollection`: a feature for each warned area, one without a geometry for a message that has none.

    Circles are polygons with `center` (longitude, latitude) and `radius_nm` among their properties. `windows` are pairs
    of UTC times; `null` stands for an end, or a beginning, that the message leaves open.
    """
    features: list[dict[str, Any]] = []
    for reading in readings:
        features += [_feature(reading, area) for area in reading.areas] or [_feature(reading, None)]
    return {"type": "FeatureCollection", "features": features}


def as_data(reading: Reading) -> dict[str, Any]:
    """Everything that is known of a message, with the characters of its text that each part came from."""
    message = reading.message
    return {
        "message": message.id,
        "file": message.file or None,
        "line": message.line,
        "text": message.text,
        "series": reading.series or None,
        "number": reading.number or None,
        "issued": _time(reading.issued_ms),
        "verdict": reading.verdict.value,
        "reason": reading.reason,
        "doubts": [_doubt(doubt) for doubt in reading.doubts],
        "remarks": [_doubt(remark) for remark in reading.remarks],
        "cancels": list(reading.cancels),
        "cancelled_at": _time(reading.cancel_ms),
        "areas": [_area(area) for area in reading.areas],
    }


def _feature(reading: Reading, area: WarnedArea | None) -> dict[str, Any]:
    properties: dict[str, Any] = {
        "message": reading.message.id,
        "verdict": reading.verdict.value,
        "reason": reading.reason,
        "category": None if area is None else area.category.value,
        "windows": [] if area is None else _windows(area.spells),
        "cancels": list(reading.cancels),
        "remarks": [remark.reason for remark in reading.remarks],
    }
    if area is not None:
        properties |= {"form": area.form.value, "label": area.label or None, "reserves": _windows(area.reserves)}
        properties |= heights(area.band) | roundness(area.footprint)
    return {"type": "Feature", "geometry": None if area is None else _geometry(area), "properties": properties}


def _geometry(area: WarnedArea) -> Mapping[str, Any] | None:
    """What is drawn of an area: the very corners of a polygon, arcs as strokes; None where nothing can be drawn."""
    footprint, points = area.footprint, area.positions
    if area.form is Form.POSITION:
        return geojson.geometry_of([], points[0]) if points else None
    if area.form is Form.LINE:
        return geojson.line_of(points) if points else None
    if isinstance(footprint, Polygon):
        return geojson.ring_of(corners_of(area))
    try:
        return geojson.geometry_of([footprint], points[0] if points else None)
    except GeometryError:
        return geojson.ring_of(points) if len(set(points)) >= _CORNERS else None


def _area(area: WarnedArea) -> dict[str, Any]:
    return {
        "form": area.form.value,
        "label": area.label or None,
        "category": area.category.value,
        "positions": [
            {
                "lat_deg": round(position.lat_deg, DECIMALS),
                "lon_deg": round(position.lon_deg, DECIMALS),
                **_span(span),
            }
            for position, span in zip(area.positions, area.spans, strict=True)
        ],
        "resolution_deg": round(area.resolution_deg, _RESOLUTION_DECIMALS),
        "windows": _windows(area.spells),
        "reserves": _windows(area.reserves),
        **heights(area.band),
        "shape": type(area.footprint).__name__.lower(),
        **roundness(area.footprint),
        "geometry": _geometry(area),
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {"reason": doubt.reason, **_span(doubt.span)}


def _windows(spells: Sequence[Spell]) -> list[list[str | None]]:
    return [[_time(spell.start_ms), _time(spell.end_ms)] for spell in spells]


def _time(time_ms: int | None) -> str | None:
    return None if time_ms is None else format_time_iso(time_ms)
