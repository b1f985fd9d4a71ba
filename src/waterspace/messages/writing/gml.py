"""Footprints as the geometry of S-124: points, curves, and surfaces bounded by straight lines and arcs.

Circles, and sectors whose limits are whole tenths of a degree, are bounded by arcs by their centre, as exact as the
numbers; their radii are in metres. Everything else that is round becomes corners: half a metre from circles and
sectors, a thousandth of the width from the ends of corridors, a ten-thousandth of the length from their sides; the
outline of a corridor that runs back over its own way touches itself. What lies across 180 degrees, or around a pole, is
cut there into corners of six decimals (a decimetre); other corners have seven. Lines between corners are straight in
latitude and longitude to most who draw them, and geodesics to this package: corners far apart show a difference.

Source: S-100 5.0.0 Part 7 and 10b, `S100_ArcByCenterPoint` (bearings have one decimal); IHO DCEG of S-124.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from waterspace.domain import Circle, Corridor, Joined, Polygon, Position, Sector
from waterspace.messages.gml.names import EPSG_4326, GML, S100, S124
from waterspace.messages.reading import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from waterspace.domain import Footprint

__all__ = ["Ids", "geometry", "pair"]

_DECIMALS = 7
_DATE_LINE_DEG, _TURN_DEG = 180.0, 360.0
_TENTHS = 10.0
_EXACT = 1e-7


class Ids:
    """Gives each element of a dataset an id of its own."""

    def __init__(self) -> None:
        self._given = 0

    def new(self, letter: str) -> str:
        """The next id."""
        self._given += 1
        return f"{letter}{self._given:03d}"


def geometry(form: Form, footprint: Footprint, ids: Ids) -> Iterator[Element]:
    """Elements named `geometry` that show a footprint; a moving box is drawn as all that it sweeps over."""
    if form is Form.POSITION and isinstance(footprint, Circle):
        yield _wrapped(_point(footprint.centre, ids))
    elif form is Form.LINE and isinstance(footprint, Corridor):
        yield from map(_wrapped, _curves(footprint.waypoints, ids))
    else:
        yield from map(_wrapped, _surfaces(footprint, ids))


def pair(position: Position) -> str:
    """Latitude and longitude with a space between."""
    return f"{_plain(position.lat_deg)} {_plain(position.lon_deg)}"


def _plain(value: float) -> str:
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def _wrapped(inner: Element) -> Element:
    outer = Element(f"{S124}geometry")
    outer.append(inner)
    return outer


def _point(position: Position, ids: Ids) -> Element:
    outer = Element(f"{S100}pointProperty")
    point = SubElement(outer, f"{S100}Point", {f"{GML}id": ids.new("P"), "srsName": EPSG_4326})
    SubElement(point, f"{GML}pos").text = pair(position)
    return outer


def _curves(waypoints: Sequence[Position], ids: Ids) -> Iterator[Element]:
    for line in _pieces(waypoints):
        outer = Element(f"{S100}curveProperty")
        curve = SubElement(outer, f"{S100}Curve", {f"{GML}id": ids.new("C"), "srsName": EPSG_4326})
        _add_line(SubElement(curve, f"{GML}segments"), line)
        yield outer


def _pieces(waypoints: Sequence[Position]) -> Iterator[list[Position]]:
    """A line in pieces that end and begin on the meridian of 180 degrees where it crosses it."""
    piece = [waypoints[0]]
    for here, there in itertools.pairwise(waypoints):
        side = math.copysign(_DATE_LINE_DEG, here.lon_deg)
        ahead_deg = there.lon_deg + math.copysign(_TURN_DEG, here.lon_deg)
        if abs(there.lon_deg - here.lon_deg) > _DATE_LINE_DEG:
            share = (side - here.lon_deg) / (ahead_deg - here.lon_deg) if ahead_deg != here.lon_deg else 0.0
            lat_deg = here.lat_deg + (there.lat_deg - here.lat_deg) * share
            yield [*piece, Position(lat_deg=lat_deg, lon_deg=side)]
            piece = [Position(lat_deg=lat_deg, lon_deg=-side)]
        piece.append(there)
    yield piece if len(piece) > 1 else piece * 2


def _position(corner: Sequence[float]) -> Position:
    return Position(lat_deg=corner[1], lon_deg=corner[0])


def _add_line(segments: Element, positions: Sequence[Position]) -> None:
    stroke = SubElement(segments, f"{GML}LineStringSegment")
    SubElement(stroke, f"{GML}posList").text = " ".join(map(pair, positions))


# ------------------------------------------------------------------------------------------------------------ surfaces


def _surfaces(footprint: Footprint, ids: Ids) -> Iterator[Element]:
    if isinstance(footprint, Joined):
        for part in footprint.parts:
            yield from _surfaces(part, ids)
        return
    drawn = _drawn(footprint)
    if drawn["type"] != "Polygon" or any(abs(corner[0]) >= _DATE_LINE_DEG for corner in drawn["coordinates"][0]):
        yield from _cut(drawn, ids)
    elif isinstance(footprint, Polygon):
        yield _surface([_linear(footprint.vertices)], ids)
    elif isinstance(footprint, Circle):
        yield _surface([_circle(footprint.centre, footprint.radius_m, ids)], ids)
    elif isinstance(footprint, Sector) and _has_tenths(footprint):
        yield _surface(_sector(footprint, ids), ids)
    else:
        yield from _cut(drawn, ids)


def _drawn(footprint: Footprint) -> Mapping[str, Any]:
    from waterspace.geometry import geojson

    if isinstance(footprint, Polygon):
        return geojson.ring_of(footprint.vertices)
    return geojson.geometry_of([footprint])


def _cut(drawn: Mapping[str, Any], ids: Ids) -> Iterator[Element]:
    parts = {"Polygon": [drawn.get("coordinates")], "MultiPolygon": drawn.get("coordinates")}.get(drawn["type"])
    for rings in parts or ():
        assert rings is not None
        yield _surface([_linear([_position(corner) for corner in ring[:-1]]) for ring in rings], ids)


def _surface(rings: Sequence[Element], ids: Ids) -> Element:
    """A surface of one patch: the outer ring, then the holes."""
    outer = Element(f"{S100}surfaceProperty")
    surface = SubElement(outer, f"{S100}Surface", {f"{GML}id": ids.new("S"), "srsName": EPSG_4326})
    patch = SubElement(SubElement(surface, f"{GML}patches"), f"{GML}PolygonPatch")
    for number, ring in enumerate(rings):
        SubElement(patch, f"{GML}interior" if number else f"{GML}exterior").append(ring)
    return outer


def _linear(corners: Sequence[Position]) -> Element:
    ring = Element(f"{GML}LinearRing")
    SubElement(ring, f"{GML}posList").text = " ".join(map(pair, (*corners, corners[0])))
    return ring


def _has_tenths(sector: Sector) -> bool:
    """Whether the limits of a sector can be told in tenths of a degree."""
    first_deg = sector.bearing_deg - sector.half_angle_deg
    return all(abs(angle - round(angle)) < _EXACT for angle in (first_deg * _TENTHS, _sweep_deg(sector) * _TENTHS))


def _sweep_deg(sector: Sector) -> float:
    return 2.0 * sector.half_angle_deg


def _sector(sector: Sector, ids: Ids) -> list[Element]:
    """The rings of a sector: one, or the outer and the inner circle of a whole ring."""
    from waterspace.geometry.geodesic import destination

    centre, radius_m, inner_m = sector.centre, sector.radius_m, sector.inner_radius_m
    sweep_deg = _sweep_deg(sector)
    if sweep_deg >= _TURN_DEG:
        return [_circle(centre, range_m, ids) for range_m in (radius_m, inner_m) if range_m > 0.0]
    first_deg = (sector.bearing_deg - sector.half_angle_deg) % _TURN_DEG
    ends = [destination(centre, first_deg + turn_deg, radius_m) for turn_deg in (0.0, sweep_deg)]
    ring, segments = _arced(ids)
    if inner_m > 0.0:
        inner = [destination(centre, first_deg + turn_deg, inner_m) for turn_deg in (0.0, sweep_deg)]
    else:
        inner = [centre, centre]
    _add_line(segments, [inner[0], ends[0]])
    _add_arc(segments, centre, radius_m, (first_deg, sweep_deg))
    _add_line(segments, [ends[1], inner[1]])
    if inner_m > 0.0:
        _add_arc(segments, centre, inner_m, ((first_deg + sweep_deg) % _TURN_DEG, -sweep_deg))
    return [ring]


def _circle(centre: Position, radius_m: float, ids: Ids) -> Element:
    ring, segments = _arced(ids)
    _add_arc(segments, centre, radius_m, None)
    return ring


def _arced(ids: Ids) -> tuple[Element, Element]:
    """A ring of one curve, and where its segments go."""
    ring = Element(f"{GML}Ring")
    curve = SubElement(
        SubElement(ring, f"{GML}curveMember"), f"{S100}Curve", {f"{GML}id": ids.new("C"), "srsName": EPSG_4326}
    )
    return ring, SubElement(curve, f"{GML}segments")


def _add_arc(segments: Element, centre: Position, radius_m: float, angles_deg: tuple[float, float] | None) -> None:
    """An arc from a bearing over an angle, clockwise where it is positive; a circle without angles.

    The schema asks a circle for its angles, though its documentation does not.
    """
    kind = "S100_CircleByCenterPoint" if angles_deg is None else "S100_ArcByCenterPoint"
    start_deg, sweep_deg = (0.0, _TURN_DEG) if angles_deg is None else angles_deg
    arc = SubElement(segments, f"{S100}{kind}", {"interpolation": "circularArcCenterPointWithRadius"})
    SubElement(arc, f"{GML}pos").text = pair(centre)
    SubElement(arc, f"{S100}radius", {"uom": "m"}).text = f"{radius_m:.3f}"
    SubElement(arc, f"{S100}startAngle").text = f"{start_deg:.1f}"
    SubElement(arc, f"{S100}angularDistance").text = f"{sweep_deg:.1f}"
