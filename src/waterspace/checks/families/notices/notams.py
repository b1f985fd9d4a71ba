"""Notices (WS5): the circle of a NOTAM's line Q covers the danger, and it goes to the regions that the danger is in."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.views.dangers import dangers
from waterspace.checks.words import at, listing
from waterspace.domain import Amount, Circle, Edit, Fix, Joined, MovingBox, Position, Severity
from waterspace.notation import format_distance
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.domain import Footprint, NotamCircle, PlannedNotice

__all__ = ["notam_circle_short", "notam_firs"]

_MINUTES = 60.0
_SPARE_M = 1.0
"""Rounding of positions and arcs that is let pass."""
_WHOLE_RATIO = 1e-4
"""How far from whole minutes, and from whole miles, still counts as whole."""
_ICAO = re.compile(r"[A-Z]{4}")

_FIRING = """\
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
"""


@rule(
    code="WS506",
    name="notam-circle-short",
    severity=Severity.ERROR,
    summary="The circle of a NOTAM does not cover all of the danger, or is not in whole minutes and miles.",
    why=(
        "Briefing systems find a NOTAM by the circle of its line Q; who flies through the part outside is not told. "
        "Line Q has whole minutes and whole nautical miles: a circle in finer steps is rounded by somebody else, and "
        "that is an advice. `--fix` rounds the middle to the minute and the radius up."
    ),
    source=(
        "form of line Q: ddmmNdddmmErrr; practice: our measurement, not published: the circle covers the area in "
        "94.9 % of the world's NOTAMs and in 76.6 % of another set"
    ),
    bad=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T03:00Z}}
  N2:
    kind: notam
    covers: S1
    originator: JPN
    planned: 2026-05-31T00:00Z
    cancel: 2026-06-08T03:00Z
    circle: {{centre: 38-30N 134-00E, radius: 4 nm}}
""",
    good=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T03:00Z}}
  N2:
    kind: notam
    covers: S1
    originator: JPN
    planned: 2026-05-31T00:00Z
    cancel: 2026-06-08T03:00Z
    circle: {{centre: 38-30N 134-00E, radius: 9 nm}}
""",
)
def notam_circle_short(context: Context) -> Iterator[Remark]:
    """One remark for each circle that misses a part, or that line Q cannot have."""
    for notice in context.exercise.notices.values():
        if notice.circle is None:
            continue
        shapes = _covered(context, notice)
        reach_m, shape = _farthest(notice.circle.centre, shapes)
        if reach_m > notice.circle.radius_m + _SPARE_M:
            yield _short(notice, notice.circle, (reach_m, shape), shapes)
        elif not _is_whole(notice.circle):
            yield _uneven(notice, notice.circle, shapes)


def _short(
    notice: PlannedNotice,
    circle: NotamCircle,
    farthest: tuple[float, Footprint | None],
    shapes: tuple[Footprint, ...],
) -> Remark:
    reach_m, shape = farthest
    better = _rounded(circle, 0.0, shapes)
    message = (
        f"The circle of {notice.id} ({notice.kind}), {format_distance(circle.radius_m)} about {at(circle.centre)}, "
        f"misses {format_distance(reach_m - circle.radius_m)}: what it warns of reaches {format_distance(reach_m)} "
        f"from there. Give it {_words(better)}."
    )
    drawn = Circle(centre=circle.centre, radius_m=circle.radius_m)
    return Remark(
        message=message,
        subjects=(notice.id,),
        path=("notices", notice.id, "circle"),
        position=circle.centre,
        shapes=(drawn, *(() if shape is None else (shape,))),
        amount=Amount(round(nautical_miles(circle.radius_m), 2), round(nautical_miles(reach_m), 2), "nm"),
        fix=_fix(notice, circle, better),
    )


def _uneven(notice: PlannedNotice, circle: NotamCircle, shapes: tuple[Footprint, ...]) -> Remark:
    better = _rounded(circle, circle.radius_m, shapes)
    message = (
        f"The circle of {notice.id} ({notice.kind}), {nautical_miles(circle.radius_m):.2f} nm about "
        f"{at(circle.centre)}, is not in whole minutes and whole nautical miles, as line Q has them. Give it "
        f"{_words(better)}."
    )
    return Remark(
        message=message,
        subjects=(notice.id,),
        path=("notices", notice.id, "circle"),
        severity=Severity.ADVICE,
        position=circle.centre,
        shapes=(Circle(centre=circle.centre, radius_m=circle.radius_m),),
        fix=_fix(notice, circle, better),
    )


def _rounded(circle: NotamCircle, least_m: float, shapes: tuple[Footprint, ...]) -> tuple[int, Position]:
    """A radius in whole miles that covers the shapes and is not below another, and a centre on whole minutes."""
    lat, lon = (round(value * _MINUTES) / _MINUTES for value in (circle.centre.lat_deg, circle.centre.lon_deg))
    centre = Position(lat_deg=lat, lon_deg=lon)
    return _whole_up(max(least_m, _farthest(centre, shapes)[0])), centre


def _words(better: tuple[int, Position]) -> str:
    """`9 nm about 38-30.0N 134-00.0E`, the same in a message and in its fix."""
    radius, centre = better
    return f"{radius} nm about {at(centre)}"


def _fix(notice: PlannedNotice, circle: NotamCircle, better: tuple[int, Position]) -> Fix:
    """The better circle as edits of the file."""
    path = ("notices", notice.id, "circle")
    radius, centre = better
    edits = [Edit(path=(*path, "radius"), text=f"{radius} nm")]
    if not _is_on_minutes(circle.centre):
        edits.append(Edit(path=(*path, "centre"), text=at(centre)))
    return Fix(title=f"Give {notice.id} a circle of {_words(better)}", edits=tuple(edits))


def _whole_up(radius_m: float) -> int:
    return max(1, math.ceil((radius_m - _SPARE_M) / NAUTICAL_MILE_M))


def _is_whole(circle: NotamCircle) -> bool:
    miles = nautical_miles(circle.radius_m)
    return _is_on_minutes(circle.centre) and abs(miles - round(miles)) < _WHOLE_RATIO


def _is_on_minutes(centre: Position) -> bool:
    minutes = (centre.lat_deg * _MINUTES, centre.lon_deg * _MINUTES)
    return all(abs(value - round(value)) < _WHOLE_RATIO for value in minutes)


def _covered(context: Context, notice: PlannedNotice) -> tuple[Footprint, ...]:
    """The danger areas that a notice warns of, each once, the first first; without any, the areas that it names."""
    known = dangers(context)
    told = sorted((known[id_] for id_ in context.announced[notice.id] if id_ in known), key=lambda one: one.order)
    shapes = dict.fromkeys(shape for danger in told for shape in danger.footprints)
    areas = context.exercise.areas
    return tuple(shapes) or tuple(areas[name].footprint for name in notice.covers if name in areas)


def _farthest(centre: Position, shapes: tuple[Footprint, ...]) -> tuple[float, Footprint | None]:
    """How far the farthest of some footprints reaches from a point, and which that is; 0 where there is none."""
    reaches = [(_reach_m(centre, shape), shape) for shape in shapes]
    return max(reaches, key=lambda entry: entry[0], default=(0.0, None))


def _reach_m(centre: Position, shape: Footprint) -> float:
    """Distance of the farthest point of a footprint; to half a metre where it has arcs other than a circle's."""
    from waterspace.geometry import footprints
    from waterspace.geometry.geodesic import distance_m, distances_m, position_arrays

    if isinstance(shape, Circle):
        return distance_m(centre, shape.centre) + shape.radius_m
    if isinstance(shape, Joined):
        return max(_reach_m(centre, part) for part in shape.parts)
    corners = footprints.outline(shape)
    if isinstance(shape, MovingBox) and not corners:
        corners = tuple(leg.start for leg in shape.legs)
    return float(distances_m(centre.lat_deg, centre.lon_deg, *position_arrays(corners)).max())


_REGIONS = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"icao": "RJJJ", "state": "JPN"}, "geometry": {"type": "Polygon", "coordinates":
    [[[134.02, 37], [138, 37], [138, 40], [134.02, 40], [134.02, 37]]]}},
  {"type": "Feature", "properties": {"icao": "UHHH", "state": "RUS"}, "geometry": {"type": "Polygon", "coordinates":
    [[[130, 37], [134.02, 37], [134.02, 40], [130, 40], [130, 37]]]}}
]}
"""


@rule(
    code="WS512",
    name="notam-firs",
    severity=Severity.WARNING,
    summary="A NOTAM is sent for other flight information regions than those that its danger lies in.",
    why=(
        "A NOTAM is filed by region: in a region that it does not name nobody is told. The regions come from the file "
        "under `environment.firs`; without one only the form of the codes is looked at, and the rule is not checked."
    ),
    source=(
        "ICAO Annex 11, co-ordination of activities potentially hazardous to civil aircraft, also over the high seas "
        f"(as in EU regulation 2017/373, article 3c); {JUDGEMENT}"
    ),
    files={"firs.geojson": _REGIONS},
    bad=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T03:00Z}}
  N2:
    kind: notam
    covers: S1
    originator: JPN
    planned: 2026-05-31T00:00Z
    cancel: 2026-06-08T03:00Z
    firs: [RJJJ]
environment: {{firs: firs.geojson}}
""",
    good=f"""
{_FIRING}notices:
  N1: {{kind: navarea, covers: S1, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T03:00Z}}
  N2:
    kind: notam
    covers: S1
    originator: JPN
    planned: 2026-05-31T00:00Z
    cancel: 2026-06-08T03:00Z
    firs: [RJJJ, UHHH]
environment: {{firs: firs.geojson}}
""",
)
def notam_firs(context: Context) -> Iterator[Remark]:
    """One remark for each notice whose regions are no codes, too few, or beside the danger."""
    from waterspace.environment.overlays.firs import code_of

    naming = [notice for notice in context.exercise.notices.values() if notice.firs]
    if not naming:
        return
    unread = []
    for notice in naming:
        odd = [name for name in notice.firs if not _ICAO.fullmatch(name)]
        if odd:
            message = (
                f"{notice.id} ({notice.kind}) names {listing(odd)} for a flight information region; ICAO codes have "
                "four capital letters."
            )
            yield Remark(message=message, subjects=(notice.id,), path=("notices", notice.id, "firs"))
        elif context.surroundings.firs is None:
            unread.append(notice.id)
        else:
            yield from _astray(context, notice, _covered(context, notice))
    if unread:
        names = listing(sorted(unread))
        raise NotCheckedError(f"no file of flight information regions is given to hold {names} against")
    regions = context.surroundings.firs
    known = set() if regions is None else {code_of(name) for name in regions.footprints}
    strange = sorted({name for notice in naming for name in notice.firs if _ICAO.fullmatch(name)} - known)
    if strange:
        raise NotCheckedError(f"the file of flight information regions does not have {listing(strange)}")


def _astray(context: Context, notice: PlannedNotice, shapes: tuple[Footprint, ...]) -> Iterator[Remark]:
    """What is wrong with the codes of one notice, as far as the file of regions knows them."""
    from waterspace.environment.overlays.firs import code_of
    from waterspace.geometry.meeting import footprints_meet

    regions = context.surroundings.firs
    assert regions is not None, "asked only where there is a file"
    within: dict[str, tuple[Position, Footprint]] = {}
    for name, polygons in regions.footprints.items():
        for polygon in polygons:
            for shape in shapes:
                met = footprints_meet(polygon, shape)
                if met is not None:
                    within.setdefault(code_of(name), (met, shape))
    known = {code_of(name) for name in regions.footprints}
    missing = sorted(within.keys() - set(notice.firs))
    beside = sorted(known.intersection(notice.firs) - within.keys())
    if not within or not (missing or beside):
        return
    parts = []
    if missing:
        position = within[missing[0]][0]
        parts.append(f"does not name {listing(missing)}, in which its danger lies near {at(position)}")
    if beside:
        position = next(iter(within.values()))[0]
        parts.append(f"names {listing(beside)}, in which nothing of it lies")
    message = f"{notice.id} ({notice.kind}) {' and '.join(parts)}. Send it for {listing(sorted(within))}."
    yield Remark(
        message=message,
        subjects=(notice.id,),
        path=("notices", notice.id, "firs"),
        position=position,
        shapes=tuple(dict.fromkeys(shape for _, shape in within.values())),
    )
