"""Places of drafts as the geometries of RFC 7946, as forms for maps draw them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from waterspace.domain import Circle, Corridor, Polygon
from waterspace.messages.reading import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.messages.draft import DraftArea

__all__ = ["drawn"]


def drawn(area: DraftArea) -> Mapping[str, Any]:
    """A geometry with the very corners of a polygon, and arcs as strokes; cut at 180 degrees, which is east."""
    from waterspace.geometry import geojson

    shape = area.footprint
    if area.form is Form.POSITION and isinstance(shape, Circle):
        centre = shape.centre
        return geojson.geometry_of([], replace(centre, lon_deg=180.0) if centre.lon_deg == -180.0 else centre)
    if area.form is Form.LINE and isinstance(shape, Corridor):
        return geojson.line_of(shape.waypoints)
    if isinstance(shape, Polygon):
        return geojson.ring_of(shape.vertices)
    return geojson.geometry_of([shape])
