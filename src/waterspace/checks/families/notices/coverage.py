"""Notices (WS5): what a warning names is as large as the danger that it warns of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.limits import ASSUMED, Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.audiences import reaches_ships
from waterspace.checks.words import at, listing, span
from waterspace.domain import Amount, Circle, Severity, Window
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Area, Footprint, PlannedNotice, Position, Reservation
    from waterspace.geometry.arrays import FloatArray

__all__ = ["warning_too_small"]

_MARGIN = Limit(
    name="warning_margin",
    kind=Kind.DISTANCE,
    default=NAUTICAL_MILE_M / 2.0,
    meaning="A danger area that reaches farther than this beyond the areas that its warnings name is not covered.",
    source=f"{ASSUMED}: what a position in whole minutes may be off",
)

_FIRING = """
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    practice_radius: %s
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
notices:
  N1: {kind: navarea, covers: WEST, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T03:00Z}
  N2: {kind: notam, covers: WEST, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T03:00Z}
"""


@rule(
    code="WS513",
    name="warning-too-small",
    severity=Severity.ERROR,
    summary="The danger area of a serial reaches beyond the areas that its only navigational warnings name.",
    why=(
        "A master who reads the limits of an area and keeps just outside them believes that he is safe. A warning "
        "that names the serial itself is taken to give its whole danger area; one that names an area gives that area "
        "and nothing more. Up to half a mile is let pass (assumed)."
    ),
    source=f"{JUDGEMENT}; the danger area is that of the serial type, with the parameters of the file",
    bad=_FIRING % "17 nm",
    good=_FIRING % "15 nm",
    limits=(_MARGIN,),
)
def warning_too_small(context: Context) -> Iterator[Remark]:
    """One remark for each serial, about the farthest point that none of its warnings gives."""
    margin_m = context.limit(_MARGIN)
    worst: dict[str, tuple[float, Position, Reservation]] = {}
    for danger, areas in _told_by_area(context):
        away_m, there = _farthest_outside(danger.footprint, [area.footprint for area in areas])
        if away_m > margin_m and (danger.owner not in worst or away_m > worst[danger.owner][0]):
            worst[danger.owner] = away_m, there, danger
    for id_, (away_m, there, danger) in worst.items():
        yield _beyond(context, id_, (away_m, there), danger)


def _told_by_area(context: Context) -> Iterator[tuple[Reservation, list[Area]]]:
    """Each danger that warnings give by areas alone, with those areas; without what lies within one for certain."""
    near: list[tuple[Reservation, list[Area]]] = []
    for danger in context.firing:
        area = context.exercise.serials[danger.owner].area
        if _warnings(context, danger.owner):
            continue
        areas = _areas(context, _warnings(context, area))
        if areas and all(one.footprint != danger.footprint for one in areas):
            near.append((danger, areas))
    for (danger, areas), is_within in zip(near, _surely_within(near), strict=True):
        if not is_within:
            yield danger, areas


def _warnings(context: Context, name: str) -> list[PlannedNotice]:
    return [notice for _, notice in context.naming.get(name, ()) if name and reaches_ships(notice)]


def _areas(context: Context, notices: Sequence[PlannedNotice]) -> list[Area]:
    known = context.exercise.areas
    return [known[name] for name in dict.fromkeys(name for one in notices for name in one.covers) if name in known]


def _surely_within(found: Sequence[tuple[Reservation, Sequence[Area]]]) -> list[bool]:
    """Whether a circle about a danger lies within a round area of its warnings, for all of them at once."""
    from waterspace.geometry import footprints
    from waterspace.geometry.geodesic import distances_m, position_arrays

    pairs = [
        (number, footprints.bounding_circle(danger.footprint), area.footprint)
        for number, (danger, areas) in enumerate(found)
        for area in areas
        if isinstance(area.footprint, Circle)
    ]
    within = [False] * len(found)
    if pairs:
        here = position_arrays([ball.centre for _, ball, _ in pairs])
        apart_m = distances_m(*here, *position_arrays([round_.centre for _, _, round_ in pairs]))
        for (number, ball, round_), off_m in zip(pairs, apart_m.tolist(), strict=True):
            within[number] |= off_m + ball.radius_m <= round_.radius_m
    return within


def _farthest_outside(danger: Footprint, areas: Sequence[Footprint]) -> tuple[float, Position]:
    """How far the edge of a danger is outside all of some areas where it is farthest, metres, and where that is."""
    import numpy as np

    from waterspace.geometry import footprints
    from waterspace.geometry.geodesic import position_arrays

    corners = footprints.outline(danger)
    points = position_arrays(corners)
    middle = footprints.centre(danger)
    away_m = np.min([_outside_m(points, area, middle) for area in areas], axis=0)
    farthest = int(np.argmax(away_m))
    return float(away_m[farthest]), corners[farthest]


def _outside_m(points: tuple[FloatArray, FloatArray], area: Footprint, middle: Position) -> FloatArray:
    """Distances of points about a middle, latitudes and longitudes of shape (n,), from an area, 0 within it."""
    import numpy as np
    import shapely

    from waterspace.geometry.geodesic import distances_m
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import solid

    if isinstance(area, Circle):
        off_m = distances_m(*points, area.centre.lat_deg, area.centre.lon_deg) - area.radius_m
        outside_m: FloatArray = np.maximum(off_m, 0.0)
        return outside_m
    plane = Plane(middle)
    return np.asarray(shapely.distance(solid(area, plane), shapely.points(plane.project(*points))))


def _beyond(context: Context, serial: str, found: tuple[float, Position], danger: Reservation) -> Remark:
    from waterspace.geometry import footprints
    from waterspace.geometry.geodesic import bearing_deg

    away_m, there = found
    notices = sorted(notice.id for notice in _warnings(context, context.exercise.serials[serial].area))
    area = context.exercise.areas[context.exercise.serials[serial].area]
    towards_deg = round(bearing_deg(footprints.centre(area.footprint), there)) % 360
    window = Window(start_ms=danger.windows[0].start_ms, end_ms=danger.windows[-1].end_ms)
    margin_m = context.limit(_MARGIN)
    message = (
        f"The danger area of {context.serial_title(serial)}{context.area_title(serial)}, {span(window)}, reaches "
        f"{nautical_miles(away_m):.1f} nm beyond what {listing(notices)} {'names' if len(notices) == 1 else 'name'}, "
        f"farthest at {at(there)}, towards {towards_deg:03d} from the middle of the area; "
        f"{nautical_miles(margin_m):g} nm are let pass. Let the warning cover {serial}, or make the area larger."
    )
    return Remark(
        message=message,
        subjects=(serial, *notices),
        about=(serial,),
        path=("notices", notices[0], "covers"),
        position=there,
        window=window,
        shapes=(danger.footprint, area.footprint),
        amount=Amount(value=nautical_miles(away_m), limit=nautical_miles(margin_m), unit="nm"),
    )
