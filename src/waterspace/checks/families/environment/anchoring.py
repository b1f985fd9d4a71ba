"""Environment (WS4): who anchors finds a depth to anchor in, and room to swing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.checks.families.environment.depth import CLEARANCE, draught_m
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.words import at, listing
from waterspace.domain import Amount, Circle, Severity
from waterspace.notation import format_distance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Position, Window

__all__ = ["anchorage_depth", "swinging_room"]

_DEEPEST = Limit(
    name="anchor_depth_most",
    kind=Kind.DISTANCE,
    default=60.0,
    meaning="Water deeper than this is too deep to anchor in.",
)
_SCOPE = Limit(
    name="anchor_scope",
    kind=Kind.RATIO,
    default=5.0,
    meaning="Cable to be veered, as so many times the depth.",
    source="assumed; common seamanship gives five to seven times the depth (not verified)",
)
_ROLE = "anchored"
"""Role of a serial whose units lie at anchor."""
_SPARE_M = 1.0
"""Circles that touch are let pass."""
_LENGTH_M = 150.0
"""Of a ship whose class gives none (assumed)."""

_AREAS = """\
areas:
  WEST: {name: Roads, circle: {centre: 32-40.0N 123-30.0E, radius: 3 nm}}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 32-40.0N 123-30.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 32-41.0N 123-30.0E}
  CHARLIE: {name: Charlie, nation: KOR, class: cutter, start: 32-42.0N 123-30.0E}
"""
_SERIAL = """\
serials:
  S1:
    type: anchorage_defence
    area: WEST
    units: {anchored: [ALFA, BRAVO], patrol: CHARLIE}
    start: 2026-06-08T00:00Z
    duration: 3 h
    objectives: O1
    safety_officer: Navigator of Alfa
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Berth:
    """A unit at anchor in a serial, and how deep it is there; None where nobody can say."""

    serial: str
    unit: str
    position: Position
    window: Window
    cable_m: float
    depth_m: float | None


def _berths(context: Context) -> tuple[_Berth, ...]:
    """Every unit that lies at anchor, in order of time, then of place."""
    found = []
    for id_, window in context.windows.items():
        serial = context.exercise.serials[id_]
        if _ROLE not in serial.units or not getattr(serial.parameters, "at_anchor", True):
            continue
        tracks = context.plans[id_].tracks
        for unit in context.exercise.units_in(serial, _ROLE):
            if tracks.get(unit):
                position = tracks[unit][0].start
                berth = _Berth(
                    serial=id_,
                    unit=unit,
                    position=position,
                    window=window,
                    cable_m=float(getattr(serial.parameters, "cable_m", 0.0)),
                    depth_m=context.surroundings.depths.at(position).depth_m,
                )
                found.append(berth)
    return tuple(sorted(found, key=_order))


def _order(berth: _Berth) -> tuple[Window, float, float, str, str]:
    return berth.window, berth.position.lat_deg, berth.position.lon_deg, berth.serial, berth.unit


@rule(
    code="WS408",
    name="anchorage-depth",
    severity=Severity.ERROR,
    summary="A ship is to anchor where it is too deep, or too shallow for its draught.",
    why=(
        "In deep water the cable does not hold and the windlass does not lift it; in shallow water the ship takes the "
        "ground as she pitches. The depth is that of the packaged grid, or of the planner's own; where it cannot say, "
        "the rule is not checked. Ships that only lie stopped as if at anchor are let pass with `at_anchor: no`."
    ),
    source=(
        f"depths: ETOPO1 or the planner's grid; the depth to anchor in is {JUDGEMENT}; water under the keel: PIANC "
        "(not verified)"
    ),
    bad=f"""
{_AREAS.replace("32-40.0N 123-30.0E, radius", "38-30.0N 134-00.0E, radius")}{_SERIAL}""",
    good=f"""
{_AREAS}{_SERIAL}    cable: 250 m
""",
    limits=(_DEEPEST, CLEARANCE),
)
def anchorage_depth(context: Context) -> Iterator[Remark]:
    """One remark for each ship that anchors too deep or too shallow."""
    unknown = []
    for berth in _berths(context):
        if berth.depth_m is None:
            unknown.append(f"{context.unit_title(berth.unit)} ({berth.serial}) near {at(berth.position)}")
            continue
        least_m, most_m = _depths_m(context, berth)
        if least_m <= berth.depth_m <= most_m:
            continue
        deep = berth.depth_m > most_m
        amount = Amount(value=berth.depth_m, limit=most_m if deep else least_m, unit="m")
        bound = f"{most_m:.0f} m at the most" if deep else f"{least_m:.1f} m at the least"
        message = (
            f"{context.unit_title(berth.unit)} is to anchor at {at(berth.position)} in {_title(context, berth)}, where "
            f"it is {berth.depth_m:.0f} m deep; {bound} are looked for. Move the anchorage, or say `at_anchor: no`."
        )
        yield Remark(
            message=message,
            subjects=(berth.serial, berth.unit),
            path=("serials", berth.serial, "area"),
            position=berth.position,
            window=berth.window,
            shapes=(berth.position,),
            amount=amount,
        )
    if unknown:
        raise NotCheckedError(f"the grid of depths cannot say how deep it is for {listing(sorted(unknown))}")


def _depths_m(context: Context, berth: _Berth) -> tuple[float, float]:
    """The least and the greatest depth in which a ship is to anchor."""
    least_m = draught_m(context, berth.unit) * (1.0 + context.limit(CLEARANCE))
    return least_m, context.limit(_DEEPEST)


def _may_anchor(context: Context, berth: _Berth) -> bool:
    """Whether WS408 lets a berth be; where the depth is not known nothing speaks against it."""
    least_m, most_m = _depths_m(context, berth)
    return berth.depth_m is None or least_m <= berth.depth_m <= most_m


@rule(
    code="WS409",
    name="swinging-room",
    severity=Severity.WARNING,
    summary="A ship at anchor swings into another's circle, or into land.",
    why=(
        "A ship swings round her anchor on her cable and her own length (150 m where the class gives none, assumed). "
        "The cable is that of the serial, or the scope times the depth where that is more. Circles are not to overlap, "
        "for ships of different kinds do not swing together when the tide turns. Where the depth alone forbids "
        "anchoring (WS408), nothing is said of the room."
    ),
    source=(
        "circle of the length of ship and the cable veered: common seamanship; cable of five times the depth: assumed; "
        "shore: GSHHG (Wessel and Smith, Journal of Geophysical Research 101, 1996)"
    ),
    bad=f"""
{_AREAS}{_SERIAL}    cable: 50 m
""",
    good=f"""
{_AREAS}{_SERIAL}    cable: 250 m
""",
    limits=(_SCOPE,),
)
def swinging_room(context: Context) -> Iterator[Remark]:
    """One remark for each two ships whose circles meet, and for each whose circle reaches land."""
    berths = tuple(berth for berth in _berths(context) if _may_anchor(context, berth))
    if not berths:
        return
    from waterspace.environment.shores import coast
    from waterspace.geometry.geodesic import distance_m

    reaches_m = [_reach_m(context, berth) for berth in berths]
    for first, second in _near_each_other(berths, reaches_m):
        a, b = berths[first], berths[second]
        apart_m, room_m = distance_m(a.position, b.position), reaches_m[first] + reaches_m[second]
        both = a.window.overlap(b.window)
        if both is None or apart_m > room_m - _SPARE_M:
            continue
        where = listing(list(dict.fromkeys((_title(context, a), _title(context, b)))))
        message = (
            f"{context.unit_title(a.unit)} at {at(a.position)} and {context.unit_title(b.unit)} at {at(b.position)} "
            f"anchor {format_distance(apart_m)} apart in {where}, and "
            f"swing on {format_distance(reaches_m[first])} and {format_distance(reaches_m[second])} of cable and ship. "
            "Anchor them farther apart."
        )
        yield Remark(
            message=message,
            subjects=(*dict.fromkeys((a.serial, b.serial)), *sorted((a.unit, b.unit))),
            path=("serials", a.serial),
            position=a.position,
            window=both,
            shapes=_circles((a, reaches_m[first]), (b, reaches_m[second])),
            amount=Amount(value=apart_m, limit=room_m, unit="m"),
        )
    shore = coast.load()
    for berth, reach_m in zip(berths, reaches_m, strict=True):
        near = shore.nearest(Circle(centre=berth.position, radius_m=reach_m), 0.0)
        if near:
            off_m = distance_m(berth.position, near[0].position)
            message = (
                f"{context.unit_title(berth.unit)} anchors at {at(berth.position)} in "
                f"{context.serial_title(berth.serial)}, {format_distance(off_m)} from land, and swings on "
                f"{format_distance(reach_m)} of cable and ship. Anchor it farther off."
            )
            yield Remark(
                message=message,
                subjects=(berth.serial, berth.unit),
                path=("serials", berth.serial, "area"),
                position=berth.position,
                window=berth.window,
                shapes=_circles((berth, reach_m)),
                amount=Amount(value=off_m, limit=reach_m, unit="m"),
            )


def _reach_m(context: Context, berth: _Berth) -> float:
    """How far from her anchor the stern of a ship may be."""
    platform = context.exercise.platform(berth.unit)
    length_m = None if platform is None else platform.length_m
    cable_m = max(berth.cable_m, context.limit(_SCOPE) * (berth.depth_m or 0.0))
    return cable_m + (_LENGTH_M if length_m is None else length_m)


def _near_each_other(berths: Sequence[_Berth], reaches_m: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Numbers of berths of different units that may be too close to each other, the lower first."""
    import numpy as np

    from waterspace.geometry.reservations.earthframe import norm, points_of

    points, reach = points_of([berth.position for berth in berths]), np.array(reaches_m)
    for number, point in enumerate(points[:-1]):
        after = slice(number + 1, None)
        close = norm(points[after] - point) < reach[after] + reach[number]
        for other in (np.flatnonzero(close) + number + 1).tolist():
            if berths[other].unit != berths[number].unit:
                yield number, other


def _title(context: Context, berth: _Berth) -> str:
    return f"{context.serial_title(berth.serial)}{context.area_title(berth.serial)}"


def _circles(*swung: tuple[_Berth, float]) -> tuple[Circle, ...]:
    return tuple(Circle(centre=berth.position, radius_m=reach_m) for berth, reach_m in swung)
