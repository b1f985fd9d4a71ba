"""Notices (WS5): what a warning or a NOTAM names is as large as the danger that it tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.limits import ASSUMED, Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.audiences import reaches_airmen, reaches_ships
from waterspace.checks.words import at, listing, span
from waterspace.domain import SURFACE, Amount, Circle, Severity, Window
from waterspace.messages.leads import BEYOND_M
from waterspace.quantity import nautical_miles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Area, PlannedNotice, Position, Reservation

    _Farthest = tuple[float, Position, Reservation]
    _Reaches = Callable[[PlannedNotice], bool]

__all__ = ["warning_too_small"]

_MARGIN = Limit(
    name="warning_margin",
    kind=Kind.DISTANCE,
    default=BEYOND_M,
    meaning="A danger area that reaches farther than this beyond the areas that its notices name is not covered.",
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
    summary="The danger area of a serial reaches beyond the areas that its only warnings, or its only NOTAMs, name.",
    why=(
        "A master or a pilot who reads the limits of an area and keeps just outside them believes that he is safe. A "
        "notice that names the serial itself is taken to give its whole danger area; one that names an area gives "
        "that area and nothing more. Warnings are held against what endangers ships, NOTAMs against that of it which "
        "reaches above their masts. Up to half a mile is let pass (assumed)."
    ),
    source=f"{JUDGEMENT}; the danger area is that of the serial type, with the parameters of the file",
    bad=_FIRING % "17 nm",
    good=_FIRING % "15 nm",
    limits=(_MARGIN,),
)
def warning_too_small(context: Context) -> Iterator[Remark]:
    """One remark for each serial, about the farthest point that no warning gives, and one where NOTAMs give less."""
    found: dict[_Farthest, list[str]] = {}
    for reaches in (reaches_ships, reaches_airmen):
        for farthest in _worst(context, reaches).values():
            area = context.exercise.serials[farthest[2].owner].area
            found.setdefault(farthest, []).extend(notice.id for notice in _notices(context, area, reaches))
    for (away_m, there, danger), notices in found.items():
        yield _beyond(context, sorted(notices), (away_m, there), danger)


def _worst(context: Context, reaches: _Reaches) -> dict[str, _Farthest]:
    """Id of a serial to how far it reaches out of what an audience is told, metres, where, and with which danger."""
    from waterspace.geometry.reaching import farthest_outside

    margin_m = context.limit(_MARGIN)
    worst: dict[str, _Farthest] = {}
    for danger, areas in _told_by_area(context, reaches):
        away_m, there = farthest_outside(danger.footprint, [area.footprint for area in areas])
        if away_m > margin_m and (danger.owner not in worst or away_m > worst[danger.owner][0]):
            worst[danger.owner] = away_m, there, danger
    return worst


def _told_by_area(context: Context, reaches: _Reaches) -> Iterator[tuple[Reservation, list[Area]]]:
    """Each danger that notices give by areas alone, with those areas; without what lies within one for certain."""
    near: list[tuple[Reservation, list[Area]]] = []
    for danger in context.firing:
        area = context.exercise.serials[danger.owner].area
        is_low = reaches is reaches_airmen and danger.band.ceiling_m <= SURFACE.ceiling_m
        if is_low or _notices(context, danger.owner, reaches):
            continue
        areas = _areas(context, _notices(context, area, reaches))
        if areas and all(one.footprint != danger.footprint for one in areas):
            near.append((danger, areas))
    for (danger, areas), is_within in zip(near, _surely_within(near), strict=True):
        if not is_within:
            yield danger, areas


def _notices(context: Context, name: str, reaches: _Reaches) -> list[PlannedNotice]:
    return [notice for _, notice in context.naming.get(name, ()) if name and reaches(notice)]


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


def _beyond(context: Context, notices: list[str], found: tuple[float, Position], danger: Reservation) -> Remark:
    from waterspace.geometry import footprints
    from waterspace.geometry.geodesic import bearing_deg

    away_m, there = found
    serial = danger.owner
    area = context.exercise.areas[context.exercise.serials[serial].area]
    towards_deg = round(bearing_deg(footprints.centre(area.footprint), there)) % 360
    window = Window(start_ms=danger.windows[0].start_ms, end_ms=danger.windows[-1].end_ms)
    margin_m = context.limit(_MARGIN)
    message = (
        f"The danger area of {context.serial_title(serial)}{context.area_title(serial)}, {span(window)}, reaches "
        f"{nautical_miles(away_m):.1f} nm beyond what {listing(notices)} {'names' if len(notices) == 1 else 'name'}, "
        f"farthest at {at(there)}, towards {towards_deg:03d} from the middle of the area; "
        f"{nautical_miles(margin_m):g} nm are let pass. Let {listing(notices)} cover {serial}, or make the area larger."
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
