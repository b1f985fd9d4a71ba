"""The geometry of S-124 read: points, curves, and surfaces bounded by straight lines and arcs.

What was cut at 180 degrees is joined again. A surface bounded by one circle is a circle; by an arc and two lines
through its centre, or by two arcs and two lines, a sector; any other arc becomes corners half a metre from it at most.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Joined, Polygon, Position, Sector, Without
from waterspace.errors import GeometryError
from waterspace.messages.gml.mending import mended, spliced
from waterspace.messages.gml.names import GML, S100, local
from waterspace.messages.reading import Doubt, Form, Span
from waterspace.quantity import KILOMETRE_M, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from waterspace.domain import Footprint

__all__ = ["Picture", "Source", "read_geometry"]

_NUMBER = re.compile(r"\S+")
_POLE_DEG, _DATE_LINE_DEG, _TURN_DEG = 90.0, 180.0, 360.0
_LENGTHS_M = {"m": 1.0, "metre": 1.0, "metres": 1.0, "km": KILOMETRE_M, "nm": NAUTICAL_MILE_M, "nmi": NAUTICAL_MILE_M}
_REACH = 100_000
"""Characters among which a text is looked for, so that none that is absent is sought to the end of a long file."""
_SAME_DEG = 2e-7
"""Positions nearer than this are one: coordinates have seven decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One place of a dataset.

    Attributes:
        positions: as the dataset gives them: corners, the points of a line, or a centre.
        spans: which characters gave each of `positions`.
    """

    form: Form
    footprint: Footprint
    positions: tuple[Position, ...]
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Source:
    """The text of a dataset, in which the place of each number is found in one pass.

    Attributes:
        text: of the whole dataset.
        at: where the search goes on.
        doubts: what was not understood.
    """

    text: str
    at: int = 0
    doubts: list[Doubt] = field(default_factory=list)

    def find(self, text: str) -> int:
        """Where a text that stands behind all that were found stands; where the last one stood if it is not there."""
        place = self.text.find(text, self.at, self.at + _REACH + len(text))
        if place < 0:
            return self.at
        self.at = place + len(text)
        return place

    def doubt(self, reason: str, text: str = "") -> None:
        """Keep a doubt about a text that was found last, or about the place where the search has come to."""
        start = self.text.rfind(text, max(self.at - _REACH, 0), self.at) if text else self.at
        span = Span(self.at, self.at) if start < 0 else Span(start, start + len(text))
        sentence = f"{reason[:1].upper()}{reason[1:]}"
        self.doubts.append(Doubt(span, sentence if sentence.endswith(".") else f"{sentence}."))


@dataclass(slots=True)
class _Points:
    positions: list[Position] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def extend(self, other: _Points) -> None:
        self.positions += other.positions
        self.spans += other.spans


@dataclass(slots=True)
class _Arc:
    """An arc by its centre; a whole circle where `sweep_deg` is 360."""

    centre: Position
    radius_m: float
    start_deg: float
    sweep_deg: float


@dataclass(slots=True)
class _Ring:
    """The segments of one ring: lists of positions, and arcs."""

    segments: list[_Points | _Arc] = field(default_factory=list)
    points: _Points = field(default_factory=_Points)

    @property
    def arcs(self) -> list[_Arc]:
        return [segment for segment in self.segments if isinstance(segment, _Arc)]


def read_geometry(parents: Iterable[Element], source: Source) -> list[Picture]:
    """The places that elements named `geometry` hold: one for all surfaces, one for all curves, one for each point.

    Args:
        parents: in the order of the text.
        source: the text; doubts are kept in it.
    """
    surfaces: list[tuple[Footprint, _Points]] = []
    lines: list[_Points] = []
    points = _Points()
    for element in itertools.chain.from_iterable(parents):
        kind = local(element.tag)
        try:
            if kind == "pointProperty":
                points.extend(_listed(element, source))
            elif kind == "curveProperty":
                lines.append(_curve(element, source))
            elif kind == "surfaceProperty":
                surfaces += _surfaces(element, source)
            else:
                source.doubt(f"a geometry is a {kind}; a point, a curve or a surface is expected")
        except GeometryError as error:
            source.doubt(str(error))
    return [*_areas(surfaces, source), *_lines(lines, source), *_singles(points)]


def _areas(surfaces: Sequence[tuple[Footprint, _Points]], source: Source) -> list[Picture]:
    if not surfaces:
        return []
    parts = [footprint for footprint, _ in surfaces]
    try:
        parts = mended(parts)
    except GeometryError as error:
        source.doubt(str(error))
    footprint = parts[0] if len(parts) == 1 else Joined(parts=tuple(parts))
    told = _Points()
    for _, given in surfaces:
        told.extend(given)
    return [_picture(Form.AREA, footprint, told)]


def _lines(lines: Sequence[_Points], source: Source) -> list[Picture]:
    found = []
    for line in spliced([(points.positions, points.spans) for points in lines if points.positions]):
        try:
            footprint = Corridor(waypoints=tuple(line[0]), half_width_m=0.0)
        except GeometryError as error:
            source.doubt(str(error))
            continue
        found.append(_picture(Form.LINE, footprint, _Points(*line)))
    return found


def _singles(points: _Points) -> list[Picture]:
    return [
        _picture(Form.POSITION, Circle(centre=position, radius_m=0.0), _Points([position], [span]))
        for position, span in zip(points.positions, points.spans, strict=True)
    ]


def _picture(form: Form, footprint: Footprint, points: _Points) -> Picture:
    return Picture(form=form, footprint=footprint, positions=tuple(points.positions), spans=tuple(points.spans))


# ------------------------------------------------------------------------------------------------------------ surfaces


def _surfaces(element: Element, source: Source) -> list[tuple[Footprint, _Points]]:
    found = []
    patches = [*element.iter(f"{GML}PolygonPatch"), *element.iter(f"{S100}Polygon"), *element.iter(f"{GML}Polygon")]
    if not patches:
        source.doubt("a surface has no patch; a PolygonPatch is expected")
    for patch in patches:
        outer = [_ring(ring, source) for ring in patch.findall(f"{GML}exterior")]
        holes = [_ring(ring, source) for ring in patch.findall(f"{GML}interior")]
        if len(outer) != 1:
            source.doubt(f"a patch has {len(outer)} outer rings; one is expected")
            continue
        told = outer[0].points
        for hole in holes:
            told.extend(hole.points)
        found.append((_bounded(outer[0], holes), told))
    return found


def _bounded(outer: _Ring, holes: Sequence[_Ring]) -> Footprint:
    base = _enclosed(outer)
    inner = [_enclosed(hole) for hole in holes]
    if isinstance(base, Circle) and len(inner) == 1 and isinstance(inner[0], Circle) and inner[0].centre == base.centre:
        return Sector.ring(base.centre, inner[0].radius_m, base.radius_m)
    return Without(base=base, holes=tuple(inner)) if inner else base


def _enclosed(ring: _Ring) -> Footprint:
    """What a ring encloses."""
    arcs = ring.arcs
    if len(ring.segments) == 1 and arcs and abs(arcs[0].sweep_deg) == _TURN_DEG:
        return Circle(centre=arcs[0].centre, radius_m=arcs[0].radius_m)
    return _sector(ring) or Polygon(vertices=tuple(_corners(ring)))


def _sector(ring: _Ring) -> Footprint | None:
    """A sector, where two lines and one or two arcs of one centre make a ring; None where they do not."""
    arcs = ring.arcs
    lines = [segment for segment in ring.segments if isinstance(segment, _Points)]
    outer = max(arcs, key=lambda arc: arc.radius_m, default=None)
    if outer is None or len(arcs) > 2 or any(not _is_same(arc.centre, outer.centre) for arc in arcs):
        return None
    inner = min(arcs, key=lambda arc: arc.radius_m) if len(arcs) == 2 else None
    if inner is not None and abs(inner.sweep_deg) != abs(outer.sweep_deg):
        return None
    ends = [end for line in lines for end in line.positions]
    if len(ends) != 4 or (inner is None and sum(_is_same(end, outer.centre) for end in ends) != 2):
        return None
    first_deg = outer.start_deg + min(outer.sweep_deg, 0.0)
    half_deg = abs(outer.sweep_deg) / 2.0
    return Sector(
        centre=outer.centre,
        bearing_deg=(first_deg + half_deg) % _TURN_DEG,
        half_angle_deg=half_deg,
        radius_m=outer.radius_m,
        inner_radius_m=inner.radius_m if inner else 0.0,
    )


def _corners(ring: _Ring) -> list[Position]:
    """Corners in order, arcs drawn, none of them twice in a row."""
    from waterspace.geometry.geodesic import positions_from
    from waterspace.geometry.outlines import arc, arc_step_deg

    found: list[Position] = []
    for segment in ring.segments:
        if isinstance(segment, _Points):
            found += segment.positions
            continue
        low_deg, high_deg = sorted((segment.start_deg, segment.start_deg + segment.sweep_deg))
        drawn = positions_from(
            *arc(segment.centre, (low_deg, high_deg), segment.radius_m, arc_step_deg(segment.radius_m))
        )
        found += drawn if segment.sweep_deg >= 0.0 else reversed(drawn)
    kept = [here for here, before in zip(found, [None, *found], strict=False) if before is None or here != before]
    while len(kept) > 1 and _is_same(kept[0], kept[-1]):
        kept.pop()
    return kept


def _is_same(first: Position, second: Position) -> bool:
    return abs(first.lat_deg - second.lat_deg) <= _SAME_DEG and abs(first.lon_deg - second.lon_deg) <= _SAME_DEG


def _ring(element: Element, source: Source) -> _Ring:
    ring = _Ring()
    for line in element.findall(f"{GML}LinearRing"):
        _add_line(ring, line, source)
    for member in element.iter(f"{GML}segments"):
        for segment in member:
            if local(segment.tag) == "LineStringSegment":
                _add_line(ring, segment, source)
            elif local(segment.tag) in {"S100_ArcByCenterPoint", "S100_CircleByCenterPoint"}:
                _add_arc(ring, segment, source)
            else:
                source.doubt(f"an edge is a {local(segment.tag)}; a line or an arc by its centre is expected")
    return ring


def _add_line(ring: _Ring, element: Element, source: Source) -> None:
    points = _listed(element, source)
    ring.segments.append(points)
    ring.points.extend(points)


def _add_arc(ring: _Ring, element: Element, source: Source) -> None:
    points = _listed(element, source)
    radius = element.find(f"{S100}radius")
    if len(points.positions) != 1 or radius is None:
        raise GeometryError("an arc needs one centre and a radius; one of them is missing")
    unit = radius.get("uom", "")
    scale = _LENGTHS_M.get(unit.rpartition("/")[2].lower())
    if scale is None:
        source.doubt(f"the radius of an arc is in {unit or 'no unit'}; m, km or nmi is expected")
        scale = 1.0
    start_deg = element.findtext(f"{S100}startAngle")
    sweep_deg = element.findtext(f"{S100}angularDistance")
    arc = _Arc(
        points.positions[0],
        _number(radius.text or "") * scale,
        _number(start_deg) if start_deg else 0.0,
        _number(sweep_deg) if sweep_deg else _TURN_DEG,
    )
    ring.segments.append(arc)
    ring.points.extend(points)


# ----------------------------------------------------------------------------------------------------- lines and points


def _curve(element: Element, source: Source) -> _Points:
    points = _Points()
    for member in element.iter(f"{GML}segments"):
        for segment in member:
            if local(segment.tag) != "LineStringSegment":
                source.doubt(f"a line has a {local(segment.tag)}; straight strokes are expected")
            points.extend(_listed(segment, source))
    if not points.positions:
        raise GeometryError("a curve has no positions; a LineStringSegment is expected")
    return points


def _listed(element: Element, source: Source) -> _Points:
    """Every position in an element, in order."""
    points = _Points()
    for child in element.iter():
        if child.tag in {f"{GML}posList", f"{GML}pos"} and child.text:
            start = source.find(child.text)
            numbers = list(_NUMBER.finditer(child.text))
            if len(numbers) % 2:
                raise GeometryError(f"a list of positions has {len(numbers)} numbers; an even count is expected")
            for lat, lon in zip(numbers[::2], numbers[1::2], strict=True):
                points.positions.append(_position(lat.group(), lon.group()))
                points.spans.append(Span(start + lat.start(), start + lon.end()))
    if not points.positions:
        raise GeometryError("a geometry has no positions; pos or posList is expected")
    return points


def _position(lat: str, lon: str) -> Position:
    lat_deg, lon_deg = _number(lat), _number(lon)
    if not (-_POLE_DEG <= lat_deg <= _POLE_DEG and -_DATE_LINE_DEG <= lon_deg <= _DATE_LINE_DEG):
        raise GeometryError(
            f"a position is {lat} {lon}; a latitude from -90 to 90 before a longitude from -180 to 180 is expected"
        )
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise GeometryError(f"a coordinate is {text[:40]!r}; a number is expected") from None
