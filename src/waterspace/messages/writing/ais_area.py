"""AIS area notices: message 8, area code 1, function 22, as sentences for a base station or as they are heard.

Source: IMO SN.1/Circ.289, annex, 11; Recommendation ITU-R M.1371-5; IEC 61162-1. Our reading of it is told in
`waterspace.messages.ais.figures`.

What the format cannot carry, and what is done instead:

* Daily hours: a notice has one start and one duration of at most 262,142 minutes (182 days). Each window is a notice
  with a linkage of its own; a longer window is several, one after the other. What is in force until further notice
  starts at once and has no duration.
* More than ten sub-areas: the places of a draft go into as many notices as they need.
* Rings, holes, and sectors with an inner radius: a slice of a ring becomes a polygon; holes are refused.
* Corridors, and polygons of more than 33 corners: a polygon of fewer corners around them, as is
  any polygon whose sides would cross once they are rounded.
* Alternate times: notices like the others, with the words `ALTERNATE DATE` first.
* Years, heights, numbers of notices, charts: not at all. Of the words, fourteen letters.
* Numbers: see `ais.figures`. Circles and sectors are rounded up so that they cover; corners are the nearest that half
  degrees and whole steps reach: each edge moves by up to 1/230 of its length. `Broadcast.stray_m` is what it came to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from waterspace.domain import Circle, Corridor, Joined, Polygon, Position, Sector, Window
from waterspace.errors import DraftError, GeometryError
from waterspace.messages.ais import figures
from waterspace.messages.ais.figures import Figure
from waterspace.messages.ais.notices import CANCELLATION, CODES, MOST_MINUTES, MOST_SUB_AREAS, Head
from waterspace.messages.ais.sentences import as_bbm, as_vdm
from waterspace.messages.draft import ALTERNATE
from waterspace.messages.phrasing.schedules import whole_minutes
from waterspace.messages.reading import Category, Form
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Footprint
    from waterspace.messages.draft import Draft, DraftArea, DraftPart

__all__ = ["Broadcast", "cancellation", "write"]

_MOST_CORNERS = 33
"""So that a text has room beside a polygon: a point, eight sub-areas of four legs, and the text."""
_COARSEST_M = 100_000.0
_FULL_DEG = 359.0
_LINKAGES = 1023
_LEAST_MMSI, _MMSI = 2_000_000, 10**9
"""The least identity is of a coast station, 00 and the country's number, 2xx to 7xx. Source: ITU-R M.585-9."""
_ALTERNATE = "ALTERNATE DATE"
_OTHER = 125
_WORDS = {
    Category.GUNNERY: "GUNNERY",
    Category.MISSILE: "MISSILE FIRING",
    Category.BOMBING: "BOMBING",
    Category.ROCKET_LAUNCHING: "ROCKET LAUNCH",
    Category.MILITARY_EXERCISE: "NAVAL EXERCISE",
    Category.HAZARDOUS_OPERATIONS: "HAZARDOUS OPS",
    Category.NAVIGATION_PROHIBITED: "PROHIBITED",
    Category.UNDERWATER_OPERATIONS: "UNDERWATER OPS",
    Category.DISTRESS: "DISTRESS",
    Category.OTHER: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """One area notice.

    Attributes:
        window: when it is in force; None until further notice.
        linkage: 1 to 1023; a cancellation cites it.
        bits: of the whole message.
        areas: of the draft, that it shows.
        stray_m: how far the edges that it shows lie from those of the draft at the most.
    """

    window: Window | None
    linkage: int
    bits: str
    areas: tuple[DraftArea, ...] = ()
    stray_m: float = 0.0

    def vdm(self, sequence: int = 0, channel: str = "A") -> tuple[str, ...]:
        """The sentences that a receiver gives out."""
        return as_vdm(self.bits, sequence, channel)

    def bbm(self, sequence: int = 0, channel: int = 3) -> tuple[str, ...]:
        """The sentences that tell a base station to send it; 3 is both channels."""
        return as_bbm(self.bits, sequence, channel)


def write(draft: Draft, *, mmsi: int, linkage: int = 1) -> tuple[Broadcast, ...]:
    """A draft as area notices, in order of time.

    Args:
        draft: anything but a bare cancellation.
        mmsi: identity of the station that sends them.
        linkage: of the first notice, 1 to 1023; those that follow count on, from 1 again behind 1023.

    Raises:
        DraftError: a place cannot be shown, there is no room for saying that a time is an alternate one, or there are
            more notices than linkages.
    """
    _check(mmsi, linkage)
    found: list[Broadcast] = []
    for part in draft.paragraphs:
        shown = [(area, _shown(area)) for area in part.areas]
        for window in _spans(part.windows):
            when = _When(part, window, _ALTERNATE if part.is_alternate else "")
            found += [_broadcast(draft, when, group, mmsi) for group in _packed(shown)]
        for window in _spans(part.reserves) if part.reserves else ():
            when = _When(part, window, _ALTERNATE)
            found += [_broadcast(draft, when, group, mmsi) for group in _packed(shown)]
    if len(found) > _LINKAGES:
        raise DraftError(f"{len(found)} notices would be needed, and there are {_LINKAGES} linkages; shorten the draft")
    ordered = sorted(found, key=lambda one: one.window.start_ms if one.window else 0)
    numbered = ((one, (linkage - 1 + number) % _LINKAGES + 1) for number, one in enumerate(ordered))
    return tuple(replace(one, linkage=number, bits=_linked(one.bits, number)) for one, number in numbered)


def cancellation(linkage: int, *, mmsi: int) -> Broadcast:
    """A notice that takes back one that was sent.

    Raises:
        DraftError: the linkage or the identity is none.
    """
    _check(mmsi, linkage)
    head = Head(mmsi=mmsi, linkage=linkage, notice=CANCELLATION)
    return Broadcast(window=None, linkage=linkage, bits=head.bits())


def _check(mmsi: int, linkage: int) -> None:
    if not _LEAST_MMSI <= mmsi < _MMSI:
        raise DraftError(
            f"the identity of a station (MMSI) is {mmsi:09d}; nine digits are expected, of a coast station two noughts "
            "and its country's number first, such as 002734450"
        )
    if not 0 < linkage <= _LINKAGES:
        raise DraftError(f"the linkage of a notice is {linkage}; 1 to {_LINKAGES} are expected")


def _linked(bits: str, linkage: int) -> str:
    """The same message with another linkage, which stands in bits 56 to 65."""
    return f"{bits[:56]}{linkage:010b}{bits[66:]}"


def _spans(windows: Sequence[Window]) -> Iterator[Window | None]:
    """Windows that a notice can tell; None for until further notice."""
    if not windows:
        yield None
    most_ms = MOST_MINUTES * MINUTE_MS
    for window in whole_minutes(windows):
        for start_ms in range(window.start_ms, window.end_ms, most_ms):
            yield Window(start_ms=start_ms, end_ms=min(start_ms + most_ms, window.end_ms))


def _packed(shown: Sequence[tuple[DraftArea, _Shown]]) -> Iterator[list[tuple[DraftArea, _Shown]]]:
    """Places in groups that fit into a notice, in order."""
    group: list[tuple[DraftArea, _Shown]] = []
    for area, one in shown:
        if group and sum(len(other.bits) for _, other in group) + len(one.bits) >= MOST_SUB_AREAS:
            yield group
            group = []
        group.append((area, one))
    if group:
        yield group


class _When(NamedTuple):
    """One time of a paragraph, and words that say what kind of time it is."""

    part: DraftPart
    window: Window | None
    kind: str = ""


def _broadcast(draft: Draft, when: _When, group: Sequence[tuple[DraftArea, _Shown]], mmsi: int) -> Broadcast:
    part, window = when.part, when.window
    category = draft.category_of(part)
    start = minutes = None
    if window is not None:
        moment = datetime.fromtimestamp(window.start_ms // SECOND_MS, UTC)
        start = (moment.month, moment.day, moment.hour, moment.minute)
        minutes = (window.end_ms - window.start_ms) // MINUTE_MS
    head = Head(mmsi=mmsi, linkage=1, notice=CODES.get(category, _OTHER), start=start, minutes=minutes)
    subs = [bits for _, one in group for bits in one.bits]
    if when.kind:
        if len(subs) == MOST_SUB_AREAS:
            raise DraftError(
                f"a place of draft {draft.id} leaves no room to say {when.kind}; make several places of it"
            )
        subs.append(figures.text(when.kind))
    activity = draft.activity_of(part).upper().removesuffix(ALTERNATE)
    words = activity[: figures.TEXT_LENGTH] or _WORDS[category]
    if words and len(subs) < MOST_SUB_AREAS:
        subs.append(figures.text(f" {words}" if when.kind else words))
    if len(subs) > MOST_SUB_AREAS:
        raise DraftError(
            f"a place of draft {draft.id} takes {len(subs)} sub-areas of an area notice, which has {MOST_SUB_AREAS}; "
            "make several places of it"
        )
    return Broadcast(
        window=window,
        linkage=1,
        bits=head.bits() + "".join(subs),
        areas=tuple(area for area, _ in group),
        stray_m=max(one.stray_m for _, one in group),
    )


# ------------------------------------------------------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class _Shown:
    """The sub-areas that show a place, and how far from it they stray."""

    bits: tuple[str, ...]
    stray_m: float


def _shown(area: DraftArea) -> _Shown:
    try:
        bits = tuple(_figures(area.form, area.footprint))
        stray_m = _stray_m(area, "".join(bits))
    except GeometryError as error:
        raise DraftError(f"a place cannot be shown in an area notice: {error}") from error
    return _Shown(bits, stray_m)


def _figures(form: Form, footprint: Footprint) -> Iterator[str]:
    match footprint:
        case Circle():
            yield figures.circle(footprint.centre, footprint.radius_m)
        case Sector() if footprint.inner_radius_m == 0.0 and 2.0 * footprint.half_angle_deg > _FULL_DEG:
            yield figures.circle(footprint.centre, footprint.radius_m)
        case Sector() if footprint.inner_radius_m == 0.0:
            yield figures.sector(footprint)
        case Corridor() if form is Form.LINE:
            yield from figures.legs(Figure.POLYLINE, footprint.waypoints)
        case Polygon() if len(footprint.vertices) <= _MOST_CORNERS and _is_kept(footprint.vertices):
            yield from figures.legs(Figure.POLYGON, footprint.vertices)
        case Joined():
            for part in footprint.parts:
                yield from _figures(form, part)
        case _:
            for ring in _rings(footprint):
                yield from figures.legs(Figure.POLYGON, ring)


def _rings(footprint: Footprint) -> Iterator[Sequence[Position]]:
    """The pieces of a footprint, each with few corners around it."""
    import shapely

    from waterspace.geometry.footprints import centre
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import solid

    plane = Plane(centre(footprint))
    for piece in shapely.get_parts(solid(footprint, plane)):
        if piece.interiors:
            raise GeometryError("it has a hole, which no sub-area has; warn of the whole of it, or of parts around it")
        tolerance_m = 1.0
        while tolerance_m < _COARSEST_M:
            few = _around(piece, tolerance_m).exterior.coords[:-1]
            ring = [plane.position(float(x), float(y)) for x, y in few]
            if len(ring) <= _MOST_CORNERS and _is_kept(ring):
                yield ring
                break
            tolerance_m *= 1.5
        else:
            raise GeometryError("its outline has too many corners for an area notice")


def _is_kept(ring: Sequence[Position]) -> bool:
    """Whether no sides of a polygon cross once its legs have been rounded."""
    from waterspace.geometry.soundness import defect

    shapes = figures.read_figures("".join(figures.legs(Figure.POLYGON, ring))).shapes
    return all(isinstance(shape, Polygon) and defect(shape.vertices) is None for _, shape, _ in shapes)


def _around(piece: Any, tolerance_m: float) -> Any:  # noqa: ANN401  # shapely ships no types
    """A piece with fewer corners, none of it left out, and nothing further than twice the tolerance added.

    Lengths below a millimetre are dropped first: steps of 1e-300 m are too short to have a direction.
    """
    import numpy as np
    import shapely

    even = shapely.transform(piece, lambda points: np.round(points, 3))
    return even.buffer(tolerance_m, join_style="mitre").simplify(tolerance_m)


def _stray_m(area: DraftArea, bits: str) -> float:
    """How far the edges of what was made lie from those of a place."""
    import shapely

    from waterspace.geometry.footprints import centre
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import shape_of

    shapes = [shape for _, shape, _ in figures.read_figures(bits).shapes]
    found: Footprint = shapes[0] if len(shapes) == 1 else Joined(parts=tuple(shapes))
    plane = Plane(centre(area.footprint))
    given, made = shape_of(area.footprint, plane), shape_of(found, plane)
    core = given.core.boundary if given.core.geom_type in {"Polygon", "MultiPolygon"} else given.core
    apart_m = shapely.distance(core, shapely.points(shapely.get_coordinates(made.core)))
    return float(max(abs(apart_m + made.radius_m - given.radius_m)))
