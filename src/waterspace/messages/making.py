"""What a list of positions makes, given what the words around it announce."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from waterspace.errors import GeometryError
from waterspace.messages import shapes
from waterspace.messages.arcs import arc
from waterspace.messages.intent import Intent, Shape
from waterspace.messages.oddities import odd_corner

if TYPE_CHECKING:
    from waterspace.domain import Position
    from waterspace.messages.cursor import Point
    from waterspace.messages.joints import Run
    from waterspace.messages.measures import Length
    from waterspace.messages.places import Places

__all__ = ["Clause", "Listed", "make"]

_CORNERS = 3


@dataclass(slots=True)
class Clause:
    """A radius, or a radius and a sector, that stands behind the positions besides what stands before them."""

    length: Length
    bearings_deg: tuple[float, float] | None


@dataclass(slots=True)
class Listed:
    """A list of positions and what is announced of it.

    Attributes:
        run: the positions.
        intent: what is announced.
        clauses: further radii behind the list.
        is_inherited: whether the words above the part announce it.
    """

    run: Run
    intent: Intent
    clauses: list[Clause] = field(default_factory=list)
    is_inherited: bool = False


def make(listed: Listed, places: Places) -> None:
    """Make areas of a list of positions, and keep them or the doubts about them."""
    _check(listed, places)
    if any(point.fault for point in listed.run.points):
        return
    try:
        _make(listed, places)
    except GeometryError as error:
        places.doubt(listed.run.span, str(error))


def _check(listed: Listed, places: Places) -> None:
    """Doubt what cannot be right in the list itself."""
    run, intent = listed.run, listed.intent
    for half in run.broken:
        places.doubt_at(half, f"{half.text} is half a position; the other half is expected beside it")
    for point in run.points:
        if point.fault:
            places.doubt(point.span, f"a coordinate {point.fault}; a position on earth is expected")
    if intent.bearings_deg is not None and intent.length is None and not intent.of_line:
        places.doubt(run.span, "a sector is announced here, and no range is given")
    if intent.strange:
        places.doubt(run.span, f"{intent.strange.lower()} is said of the place here, which positions alone do not tell")


def _make(listed: Listed, places: Places) -> None:
    run, intent = listed.run, listed.intent
    if intent.shape is Shape.WITHIN and intent.length is not None:
        _circles(listed, places)
    elif intent.is_centre:
        places.doubt(run.span, "a circle is announced here, and no radius is given")
    elif intent.shape is Shape.NONE and intent.range is not None and intent.bearing_deg is not None:
        _offset(listed, places)
    elif intent.shape is Shape.BOUND or (intent.shape is Shape.AREA and len(run.points) >= _CORNERS):
        _corners(listed, places)
    elif len(run.points) > 1 and _is_line(run, intent):
        places.add(shapes.line(_in_order(run)), is_hole=intent.is_hole)
    else:
        _singles(listed, places)


def _is_line(run: Run, intent: Intent) -> bool:
    """Whether positions that are no area make a line."""
    if intent.shape is Shape.AREA:
        return False
    if intent.shape is Shape.LINE or (intent.is_between and len(run.points) == 2):
        return True
    return any(joint.is_to for joint in run.joints)


def _in_order(run: Run) -> list[Point]:
    """The points of a line as they are passed: `FROM a TO b VIA c d` passes c and d before b."""
    points = run.points
    if len(points) > 2 and run.joints[1].is_via and not run.joints[0].is_via:
        return [points[0], *points[2:], points[1]]
    return points


def _singles(listed: Listed, places: Places) -> None:
    """Positions, each for itself."""
    run, intent = listed.run, listed.intent
    if intent.shape is Shape.AREA and len(run.points) > 1:
        places.doubt(run.span, "an area is announced and two positions are given, which may be corners or ends")
    elif len(run.points) >= _CORNERS and intent.shape is Shape.NONE and not listed.is_inherited:
        places.doubt(run.span, "positions stand in a list, and nothing says whether they bound an area")
    for point in run.points:
        places.add(shapes.single(point), is_hole=intent.is_hole)


def _circles(listed: Listed, places: Places) -> None:
    """Circles, sectors, or what lies within a distance of a line."""
    run, intent = listed.run, listed.intent
    length = intent.length
    if length is None:
        return
    if length.fault:
        places.doubt(run.span, f"the distance from here {length.fault}")
    if intent.of_line or (len(run.points) == 2 and intent.is_between):
        places.add(shapes.corridor(_in_order(run), length.metres), is_hole=intent.is_hole)
        return
    for point in run.points:
        for clause in (Clause(length, intent.bearings_deg), *listed.clauses):
            places.add(shapes.circle(point, clause.length.metres, clause.bearings_deg), is_hole=intent.is_hole)


def _offset(listed: Listed, places: Places) -> None:
    """A position given by bearing and range from another."""
    from waterspace.geometry.geodesic import destination

    intent, points = listed.intent, listed.run.points
    if intent.range is None or intent.bearing_deg is None:
        return
    moved = destination(points[0].position, intent.bearing_deg, intent.range.metres)
    for point in (points[0]._replace(position=moved), *points[1:]):
        places.add(shapes.single(point), is_hole=intent.is_hole)


def _corners(listed: Listed, places: Places) -> None:
    """Corners of one area, or of several that are closed one after the other."""
    run, intent = listed.run, listed.intent
    if len(run.points) < _CORNERS:
        count = "one position" if len(run.points) == 1 else "two positions"
        places.doubt(run.span, f"an area is bounded by {count}; at least three are expected")
        return
    named = next((joint for joint in run.joints if joint.names and not joint.in_brackets), None)
    if named is not None:
        places.doubt(run.span, f"between corners of an area stands {' '.join(named.names)}, which is not understood")
    edges = [joint.edge for joint in run.joints if joint.edge and not joint.is_centre]
    edges += [run.edge_behind] * bool(run.edge_behind)
    if edges:
        words = " ".join(edges[0]).lower()
        places.doubt(run.span, f"an edge is no straight line ({words}), and is drawn straight between its ends")
    if any(joint.is_centre for joint in run.joints):
        _with_arcs(listed, places)
        return
    for ring in _rings(listed, places):
        odd = odd_corner([point.position for point in ring])
        if odd is not None:
            places.doubt(ring[odd[0]].span, odd[1])
        places.add(shapes.polygon(ring), is_hole=intent.is_hole)


def _rings(listed: Listed, places: Places) -> list[list[Point]]:
    """Lists of corners, cut where one comes back to its first, or where areas are joined by `AND`."""
    run = listed.run
    rings: list[list[Point]] = []
    ring: list[Point] = []
    for place, point in enumerate(run.points):
        left = len(run.points) - place
        if listed.intent.is_plural and place and run.joints[place - 1].is_and and min(len(ring), left) >= _CORNERS:
            places.doubt(run.span, "areas are announced, and their corners are told apart by AND alone")
            rings.append(ring)
            ring = []
        ring.append(point)
        if len(ring) > _CORNERS and point.position == ring[0].position:
            rings.append(ring)
            ring = []
    if ring and rings and len(ring) < _CORNERS:
        if any(point.position != rings[-1][0].position for point in ring):
            places.doubt(run.span, "corners stand behind the one that closes the area")
        ring = []
    return [*rings, ring] if ring else rings


def _with_arcs(listed: Listed, places: Places) -> None:
    """One area, some of whose edges are arcs around a centre that stands between their ends."""
    run = listed.run
    corners: list[Point] = []
    vertices: list[Position] = []
    for place, point in enumerate(run.points):
        if place and run.joints[place - 1].is_centre:
            end = run.points[place + 1] if place + 1 < len(run.points) else run.points[0]
            found = arc(run.points[place - 1].position, end.position, point.position, run.joints[place - 1].edge)
            if found.fault:
                places.doubt(point.span, found.fault)
            vertices += found.between
        else:
            corners.append(point)
            vertices.append(point.position)
    places.add(shapes.polygon(corners, vertices), is_hole=listed.intent.is_hole)
