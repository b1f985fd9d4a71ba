"""Plans with one danger area, and files of data laid out around it, for tests of what it must keep clear of."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builders import plan
from planting import clock, off, period, sea
from waterspace.checks.context import Context
from waterspace.domain import Circle, Position
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import bearing_deg
from waterspace.quantity import HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["danger_of", "feature", "gunnery", "overlay", "passage", "rectangles", "submarine"]

_DATE_LINE_DEG = 180.0


def gunnery(position: Position, start_ms: int, radius_nm: float = 4.0, ceiling: str = "3000 ft") -> str:
    """A plan with a gunnery practice, whose danger area is a circle."""
    return (
        f"{period(start_ms)}"
        "areas:\n"
        f"  WEST: {{name: West, circle: {{centre: {sea(position)}, radius: 15 nm}}, vertical: surface to {ceiling}}}\n"
        "serials:\n"
        "  S1:\n"
        "    type: gunnery\n"
        "    area: WEST\n"
        "    units: {firing: ALFA, safety: BRAVO}\n"
        f"    practice_radius: {radius_nm} nm\n"
        f"    start: {clock(start_ms)}\n"
        "    duration: 2 h\n"
        "    objectives: O1\n"
    )


def danger_of(fragment: str) -> Circle:
    """The danger area of such a plan."""
    (claim,) = Context(plan(fragment)).firing
    assert isinstance(claim.footprint, Circle)
    return bounding_circle(claim.footprint)


def submarine(route: Sequence[Position], start_ms: int, depth_m: float, hours: int = 8) -> str:
    """A plan with a submarine on its way, submerged."""
    here, there = (sea(position) for position in route)
    return (
        f"{period(start_ms)}"
        "classes:\n"
        "  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn}\n"
        "  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 16 kn, economical_speed: 8 kn}\n"
        "units:\n"
        "  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}\n"
        f"  DELTA: {{name: Delta, nation: JPN, class: boat, start: {here}}}\n"
        "serials:\n"
        "  S1:\n"
        "    type: transit\n"
        "    units: {units: DELTA}\n"
        f"    route: [{here}, {there}]\n"
        f"    depth: {depth_m:g} m\n"
        f"    start: {clock(start_ms)}\n"
        f"    duration: {hours} h\n"
        "    objectives: O1\n"
    )


def passage(between: Sequence[Position], start_ms: int) -> str:
    """A plan with a submarine that goes two single miles on the surface; of the way between no depth is given."""
    near, far = between
    before, after = off(near, bearing_deg(near, far) + 180.0, 1.0), off(far, bearing_deg(near, far), 1.0)
    second = (
        "  S2: {type: transit, units: {units: DELTA}, objectives: O1,"
        f" route: [{sea(far)}, {sea(after)}], start: {clock(start_ms + 10 * HOUR_MS)}, duration: 1 h}}\n"
    )
    return submarine((before, near), start_ms, 0.0, hours=1) + second


def overlay(*features: dict[str, Any]) -> str:
    """The path of a GeoJSON file with some features; the same for the same features."""
    text = json.dumps({"type": "FeatureCollection", "features": features})
    folder = Path(tempfile.gettempdir()) / "waterspace-planted"
    folder.mkdir(exist_ok=True)
    path = folder / f"{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}.geojson"
    if not path.exists():
        path.write_text(text, encoding="utf-8")
    return str(path)


def feature(kind: str, coordinates: Any, **properties: object) -> dict[str, Any]:  # noqa: ANN401
    """A feature of such a file."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def rectangles(middle: Position, half_deg: float, **properties: object) -> list[dict[str, Any]]:
    """A rectangle in degrees about a position, cut at 180 degrees where it lies across."""
    south, north = middle.lat_deg - half_deg, middle.lat_deg + half_deg
    west, east = middle.lon_deg - half_deg, middle.lon_deg + half_deg
    if east > _DATE_LINE_DEG:
        spans = [(west, _DATE_LINE_DEG), (-_DATE_LINE_DEG, east - 2.0 * _DATE_LINE_DEG)]
    elif west < -_DATE_LINE_DEG:
        spans = [(-_DATE_LINE_DEG, east), (west + 2.0 * _DATE_LINE_DEG, _DATE_LINE_DEG)]
    else:
        spans = [(west, east)]
    return [
        feature("Polygon", [[[a, south], [b, south], [b, north], [a, north], [a, south]]], **properties)
        for a, b in spans
    ]
