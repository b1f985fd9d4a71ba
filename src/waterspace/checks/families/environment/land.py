"""Environment (WS4): ships, areas and dangers are on the water."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.intrusion import serials_around
from waterspace.checks.views.sifting import balls_around, balls_of, surely_clear
from waterspace.checks.words import at, listing, sentence
from waterspace.domain import Medium, Severity
from waterspace.geometry.answers import Answers
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Footprint, Leg, Position
    from waterspace.environment.shores.coast import Coast
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["HARBOUR_M", "over_land"]

HARBOUR_M = 5.0 * NAUTICAL_MILE_M
"""How far from a named port or a ship's home land on its way is let pass."""

_FEW_CLAIMS, _FEW_LEGS = 20, 400
"""Claims, and legs, that are looked at as quickly as a circle about a piece of sea."""

_STEP_M = NAUTICAL_MILE_M
"""Steps in which a way is followed out of a harbour."""


@rule(
    code="WS402",
    name="over-land",
    severity=Severity.ERROR,
    summary="An area, a danger, the start of a ship or its planned way lies over land.",
    why=(
        "A slip in a degree or a minute puts a ship ashore or a danger area over a town. Ways between serials are "
        "taken as straight, so land there is a warning: plan a transit with waypoints. An area that holds land is a "
        "warning, firing over it is an error. Within 5 nm of a named port or of a ship's home nothing is said, for "
        "harbours are finer than the packaged shoreline."
    ),
    source=(
        "GSHHG shoreline (Wessel and Smith, A global, self-consistent, hierarchical, high-resolution shoreline "
        f"database, Journal of Geophysical Research 101, 1996); the 5 nm are {JUDGEMENT}"
    ),
    bad="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [37-30.0N 136-00.0E, 37-30.0N 137-30.0E]
    start: 2026-06-10T00:00Z
    duration: 6 h
    objectives: O1
""",
    good="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [37-30.0N 136-00.0E, 38-00.0N 137-00.0E, 37-30.0N 137-45.0E]
    start: 2026-06-10T00:00Z
    duration: 8 h
    objectives: O1
""",
)
def over_land(context: Context) -> Iterator[Remark]:
    """Dangers, areas, starts, ways in serials, and ways between them."""
    from waterspace.environment.shores import coast

    shore = coast.load()
    burnt: set[str] = set()
    clear = surely_clear(balls_of(context.firing), lambda circles: circles.surely_at_sea(shore), _FEW_CLAIMS)
    for danger, is_clear in zip(context.firing, clear.tolist(), strict=True):
        land = None if is_clear else _LAND_IN.answer(danger.footprint)
        if land is not None:
            burnt.add(context.exercise.serials[danger.owner].area)
            message = f"{sentence(context.claim_title(danger))} reaches over land near {at(land)}. Move it."
            yield Remark(message=message, subjects=(danger.owner,), path=("serials", danger.owner), position=land)
    areas = context.exercise.areas
    clear = surely_clear(balls_around(areas.values()), lambda circles: circles.surely_at_sea(shore), _FEW_CLAIMS)
    for (id_, area), is_clear in zip(areas.items(), clear.tolist(), strict=True):
        land = None if is_clear or id_ in burnt else _LAND_IN.answer(area.footprint)
        if land is not None:
            message = f"The area {area.name or id_} holds land near {at(land)}. Is every corner right?"
            path, severity = ("areas", id_), Severity.WARNING
            yield Remark(message=message, subjects=(id_,), path=path, position=land, severity=severity)
    yield from _starts(context, shore)
    yield from _ways(context, shore)


def _land_in(footprints: Sequence[Footprint]) -> Sequence[Position | None]:
    from waterspace.environment.shores import coast

    return [coast.load().land_in(footprint) for footprint in footprints]


def _land_on(ways: Sequence[tuple[Position, Position]]) -> Sequence[Position | None]:
    from waterspace.environment.shores import coast

    return coast.load().land_on_legs(ways)


_LAND_IN = Answers(_land_in, most=8192)
"""A point of land in footprints; many serials have claims alike, and the next check has most of them again."""

_LAND_ON = Answers(_land_on, most=40_000)
"""The first point of land on straight ways, None where one is all at sea."""


def _starts(context: Context, shore: Coast) -> Iterator[Remark]:
    for id_, unit in context.exercise.units.items():
        if unit.start is None or not _floats(context, id_) or not shore.is_land(unit.start):
            continue
        if not _in_harbour(context, id_, unit.start):
            message = f"{context.unit_title(id_)} starts at {at(unit.start)}, which is on land."
            yield Remark(message=message, subjects=(id_,), path=("units", id_, "start"), position=unit.start)


def _ways(context: Context, shore: Coast) -> Iterator[Remark]:
    """Planned ways that cross land: one remark for each serial, and one for each way between two."""
    moving = list(_perhaps_over_land(context, shore))
    hits = _LAND_ON.answers([(leg.start, leg.end) for _, leg in moving])
    grounded: dict[tuple[str, str, str], list[tuple[str, Position]]] = defaultdict(list)
    for (unit, leg), hit in zip(moving, hits, strict=True):
        land = None if hit is None else _beyond_harbours(context, shore, (unit, leg), hit)
        if land is None:
            continue
        way = (leg.serial, "", "") if leg.serial else ("", *serials_around(context, unit, leg.start_ms))
        if unit not in {name for name, _ in grounded[way]}:
            grounded[way].append((unit, land))
    for (serial, origin, destination), found in sorted(grounded.items()):
        yield _aground(context, (serial, origin, destination), found)


def _perhaps_over_land(context: Context, shore: Coast) -> Iterator[tuple[str, Leg]]:
    """Unit and leg, in order of unit and time, for every leg of what floats that may hold land."""
    import numpy as np

    tracks, legs = context.programme.tracks, context.unit_legs
    middle, reach_m = legs.leg_balls()
    floats = np.repeat(np.array([_floats(context, unit) for unit in tracks], dtype=np.bool_), legs.size) & legs.moves
    looked_at = np.flatnonzero(floats)
    clear = surely_clear(
        (middle[looked_at], reach_m[looked_at]), lambda circles: circles.surely_at_sea(shore), _FEW_LEGS
    )
    left = looked_at[~clear]
    track = np.searchsorted(legs.first, left, side="right") - 1
    units = list(tracks)
    found = [
        (units[number], tracks[units[number]].legs[place])
        for number, place in zip(track.tolist(), (left - legs.first[track]).tolist(), strict=True)
    ]
    found.sort(key=lambda entry: entry[0])
    yield from found


def _aground(context: Context, way: tuple[str, str, str], found: Sequence[tuple[str, Position]]) -> Remark:
    serial, origin, destination = way
    names = listing([context.unit_title(unit) for unit, _ in found])
    units, land = tuple(unit for unit, _ in found), found[0][1]
    if serial:
        message = (
            f"{context.serial_title(serial)} takes {names} over land near {at(land)}. Change its route or its area."
        )
        here, about = ("serials", serial), (serial, "in it")
        return Remark(message=message, subjects=(serial, *units), about=about, path=here, position=land)
    begin = context.serial_title(origin) if origin else "the start"
    end = context.serial_title(destination) if destination else "its last position"
    message = (
        f"The straight way of {names} from {begin} to {end} crosses land near {at(land)}. "
        "Plan a transit with waypoints; `waterspace route` finds some."
    )
    named = tuple(filter(None, (destination, origin)))
    path = ("serials", named[0]) if named else ("units", units[0])
    return Remark(
        message=message,
        subjects=(*named, *units),
        about=(f"from {origin}", f"to {destination}"),
        path=path,
        position=land,
        severity=Severity.WARNING,
    )


def _floats(context: Context, unit: str) -> bool:
    return context.medium(unit) in {Medium.SURFACE, Medium.SUBSURFACE}


def _in_harbour(context: Context, unit: str, position: Position) -> bool:
    """Whether a position is near the home of a unit or near a named port."""
    from waterspace.geometry.geodesic import distance_m, distances_m

    home = context.exercise.units[unit].home
    if home is not None and distance_m(home, position) < HARBOUR_M:
        return True
    return bool((distances_m(position.lat_deg, position.lon_deg, *_ports()) < HARBOUR_M).any())


@cache
def _ports() -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes of the named ports."""
    from waterspace.environment import places
    from waterspace.geometry.geodesic import position_arrays

    return position_arrays([place.position for place in places.every() if place.kind is places.PlaceKind.PORT])


def _beyond_harbours(context: Context, shore: Coast, way: tuple[str, Leg], hit: Position) -> Position | None:
    """The first land on a leg that is not in a harbour, or None."""
    from waterspace.geometry.geodesic import between, distance_m

    unit, leg = way
    land: Position | None = hit
    length_m = distance_m(leg.start, leg.end)
    while land is not None and _in_harbour(context, unit, land):
        run_m = distance_m(leg.start, land) + _STEP_M
        here = between(leg.start, leg.end, min(run_m / length_m, 1.0))
        while run_m < length_m and _in_harbour(context, unit, here):
            run_m += _STEP_M
            here = between(leg.start, leg.end, min(run_m / length_m, 1.0))
        land = shore.land_on_leg(here, leg.end) if run_m < length_m else None
    return land
