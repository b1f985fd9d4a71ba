"""Warned: the warnings of others that may concern a plan, of thousands that lie elsewhere or hold at other times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from waterspace.domain import Circle, Corridor, Polygon, Sector, Window, join_windows
from waterspace.messages.phrasing.schedules import whole_minutes
from waterspace.messages.reading import Category
from waterspace.quantity import DEGREE_M, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.domain import Exercise, Footprint, Position, Reservation
    from waterspace.geometry.balls import Balls
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.reservations.legarrays import LegArrays
    from waterspace.messages.reading import Reading, WarnedArea
    from waterspace.messages.standing import StandingWarning
    from waterspace.programme import Programme

__all__ = ["Scene", "Warned", "warned_by_others"]

_ROUNDING_M = 50.0
_MOST_APART_M = 300.0
"""However coarse the coordinates of a warning are, water further from ours is not taken for ours, assumed."""
_PART = 0.9
"""How much of a water lies in ours at our very hours where it is taken for a part of ours, assumed."""
_COMMON = 3
"""How many corners of such a part lie at the limits of ours at least, assumed: a cut leaves that many."""
_OF_BREADTH = 0.125
"""What lies at a limit is nearer to it than such a share of how broad the part is, assumed; else all of a narrow water
would.
"""
_SAYING_LESS = frozenset({Category.MILITARY_EXERCISE, Category.HAZARDOUS_OPERATIONS, Category.NAVIGATION_PROHIBITED})
"""What a warning of our very water may say instead of what we call it: that something goes on there, and not what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Warnings of others.

    Attributes:
        readings: of every message, those that do not concern the plan too.
        warnings: those that may be in force while it lasts, by id.
        claims: their areas near its water.
        doubtful: id of each that was not understood whole to those of its areas that may be in force then.
        own: id of a warning to the serials whose water and hours areas of it tell, so that these areas are taken for
            the plan's own; one serial for each such area.
    """

    readings: tuple[Reading, ...]
    warnings: Mapping[str, StandingWarning]
    claims: tuple[Reservation, ...]
    doubtful: Mapping[str, tuple[WarnedArea, ...]]
    own: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What warnings are held against.

    Attributes:
        exercise: names their files.
        programme: of its serials.
        claims: of its serials, each with a time.
        unit_legs: those of the programme's tracks.
    """

    exercise: Exercise
    programme: Programme
    claims: tuple[Reservation, ...]
    unit_legs: LegArrays


def warned_by_others(scene: Scene) -> Warned:
    """The warnings in the files that the plan names.

    Raises:
        DataFileError: one of them cannot be read.
    """
    from waterspace.messages.reading import Verdict
    from waterspace.messages.standing import read, standing

    readings, during = read(scene.exercise.data.warning_paths()), _during(scene)
    if during is None:
        return Warned(readings=readings, warnings={}, claims=(), doubtful={}, own={})
    warnings = {warning.id: warning for warning in standing(readings, during)}
    places = {id_: tuple(_places(warning, during)) for id_, warning in warnings.items()}
    timed = [(area, claim) for some in places.values() for area, claim in some if claim is not None]
    close = [timed[number] for number in _near(scene, [claim.footprint for _, claim in timed])]
    own = dict(_own(scene, close))
    own |= _own_parts(scene, [(area, claim) for area, claim in close if (claim.owner, claim.id) not in own])
    serials: dict[str, tuple[str, ...]] = {}
    for (id_, _), serial in own.items():
        serials[id_] = (*serials.get(id_, ()), serial)
    return Warned(
        readings=readings,
        warnings=warnings,
        claims=tuple(claim for _, claim in close if (claim.owner, claim.id) not in own),
        doubtful={
            id_: tuple(area for area, claim in some if claim is None or (id_, claim.id) not in own)
            for id_, some in places.items()
            if some and warnings[id_].reading.verdict is Verdict.REVIEW
        },
        own=serials,
    )


def _places(warning: StandingWarning, during: Window) -> Iterator[tuple[WarnedArea, Reservation | None]]:
    """The areas of a warning that may be in force at some time, each with its claim if a time of it was understood."""
    for area, claim in zip(warning.areas, warning.reservations, strict=True):
        if any(window.overlap(during) for window in claim.windows):
            yield area, claim
    for area in warning.vague:
        yield area, None


def _during(scene: Scene) -> Window | None:
    """From the first to the last time at which something of ours is at sea; None where nothing is."""
    spans = [window for claim in scene.claims for window in (claim.windows[0], claim.windows[-1])]
    legs = [track.legs for track in scene.programme.tracks.values() if track.legs]
    spans += [Window(start_ms=some[0].start_ms, end_ms=some[-1].end_ms) for some in legs]
    if not spans:
        return None
    return Window(start_ms=min(span.start_ms for span in spans), end_ms=max(span.end_ms for span in spans))


def _near(scene: Scene, waters: Sequence[Footprint]) -> list[int]:
    """Numbers of the waters that may meet a claim or a way of ours, rising: a coarse look, that leaves none out."""
    import numpy as np

    from waterspace.geometry.balls import Balls, balls, near_pairs

    if not waters:
        return []
    ours, theirs = _ours(scene), balls(waters)
    reach_m = ours.reach_m[:, None]
    low, high = (ours.middle - reach_m).min(axis=0), (ours.middle + reach_m).max(axis=0)
    gap = np.maximum(np.maximum(low - theirs.middle, theirs.middle - high), 0.0)
    inside = np.flatnonzero((gap**2).sum(axis=1) <= theirs.reach_m**2)
    rest = Balls(theirs.middle[inside], theirs.reach_m[inside])
    return sorted({int(inside[number]) for _, number in near_pairs(ours, rest, 0.0)})


def _ours(scene: Scene) -> Balls:
    """A ball about each claim and each track of ours."""
    import numpy as np

    from waterspace.geometry.balls import Balls, balls

    claims, (middle, reach_m) = balls([claim.footprint for claim in scene.claims]), scene.unit_legs.balls()
    return Balls(np.concatenate((claims.middle, middle)), np.concatenate((claims.reach_m, reach_m)))


def _own(scene: Scene, claims: Sequence[tuple[WarnedArea, Reservation]]) -> Iterator[tuple[tuple[str, str], str]]:
    """The claims, by warning and id, that tell the very water and hours of something of ours, and of what."""
    ours, called = list(_waters(scene)), _called(scene) if claims else {}
    for number, alike in _alike([claim.footprint for _, claim in claims], [water for _, water, _ in ours]):
        area, claim = claims[number]
        apart_m = min(2.0 * area.resolution_deg * DEGREE_M + _ROUNDING_M, _MOST_APART_M)
        same = [
            (serial, windows)
            for serial, water, windows in map(ours.__getitem__, alike)
            if _meet(claim.windows, windows) and _is_same_water(claim.footprint, water, apart_m)
        ]
        meant = next((serial for serial, _ in same if area.category in called[serial] | _SAYING_LESS), None)
        if meant is not None and _tells_hours(claim.windows, [window for _, windows in same for window in windows]):
            yield (claim.owner, claim.id), meant


def _own_parts(scene: Scene, claims: Sequence[tuple[WarnedArea, Reservation]]) -> Iterator[tuple[tuple[str, str], str]]:
    """The claims that tell a part of a water of ours, its hours and what goes on there, by warning and id, and of what.

    So does the coastal warning in which a state repeats what lies in its territorial sea: its outline is drawn around
    the part with few corners, and reaches no farther than the few corners around the whole.
    """
    by_hours, called = (_by_hours(scene), _called(scene)) if claims else ({}, {})
    for area, claim in claims:
        for serials, water in by_hours.get(whole_minutes(claim.windows), ()):
            meant = next((serial for serial in serials if area.category in called[serial]), None)
            if meant is not None and isinstance(claim.footprint, Polygon) and _is_part(claim.footprint, water):
                yield (claim.owner, claim.id), meant
                break


def _called(scene: Scene) -> Mapping[str, frozenset[Category]]:
    """Serials to what a notice calls what goes on in them; an exercise where nothing is dangerous."""
    from waterspace.programme.subjects import subject_of

    found: dict[str, set[Category]] = {id_: set() for id_ in scene.programme.timing.windows}
    for claim in scene.claims:
        category = subject_of(scene.exercise, claim).category
        found.setdefault(claim.owner, set()).add(category)
    plain = {Category.MILITARY_EXERCISE}
    return {id_: frozenset(some - {Category.OTHER} or plain) for id_, some in found.items()}


def _by_hours(scene: Scene) -> Mapping[tuple[Window, ...], Sequence[tuple[Sequence[str], Footprint]]]:
    """Waters of ours by the hours of a serial there, and by those of all serials there together, with these serials."""
    together: dict[Footprint, list[tuple[str, tuple[Window, ...]]]] = {}
    for serial, water, windows in _waters(scene):
        together.setdefault(water, []).append((serial, windows))
    found: dict[tuple[Window, ...], list[tuple[Sequence[str], Footprint]]] = {}
    for water, members in together.items():
        whole = tuple(window for _, windows in members for window in windows)
        every = tuple(serial for serial, _ in members)
        for serials, windows in (*(((serial,), windows) for serial, windows in members), (every, whole)):
            found.setdefault(whole_minutes(join_windows(windows)), []).append((serials, water))
    return found


def _is_part(part: Polygon, whole: Footprint) -> bool:
    """Whether a polygon lies in a water as it may be told with few corners, and has limits in common with it.

    What reaches out of that water anywhere is none, however little of it does.
    """
    import shapely

    from waterspace.errors import GeometryError
    from waterspace.geometry.shapes import solid

    try:
        plane, outer, room = _told(whole)
        inner = solid(part, plane)
    except GeometryError:
        return False
    if not inner.area or not room.contains(inner) or inner.intersection(outer).area < _PART * inner.area:
        return False
    apart_m = min(_MOST_APART_M, _OF_BREADTH * 2.0 * inner.area / inner.length)
    corners = shapely.points(plane.project_positions(part.vertices))
    return int((~shapely.contains(outer.buffer(-apart_m), corners)).sum()) >= _COMMON


@lru_cache(maxsize=256)
def _told(whole: Footprint) -> tuple[Plane, Any, Any]:
    """A plane, a water on it, and how far parts of it may reach that are told with few corners.

    Raises:
        GeometryError: the water bounds nothing.
    """
    from waterspace.geometry.cornering import covering
    from waterspace.geometry.footprints import centre
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import solid

    plane = Plane(centre(whole))
    outer = solid(whole, plane)
    few = solid(covering(whole), plane) if isinstance(whole, Circle | Corridor | Polygon | Sector) else outer
    return plane, outer, few.union(outer).buffer(_MOST_APART_M)


def _alike(theirs: Sequence[Footprint], ours: Sequence[Footprint]) -> Iterator[tuple[int, list[int]]]:
    """Numbers of the waters of theirs of which a first corner lies at a corner of waters of ours, and of these, rising.

    What is left out is surely not the same water; the centre of a circle counts as its corner.
    """
    from waterspace.geometry.balls import balls, near_pairs

    corners = [(corner, number) for number, water in enumerate(ours) for corner in _corners(water)]
    firsts = [(corner, number) for number, water in enumerate(theirs) for corner in _corners(water)[:1]]
    here, there = (balls([corner for corner, _ in some]) for some in (firsts, corners))
    pairs = [(firsts[first][1], corners[corner][1]) for first, corner in near_pairs(here, there, _MOST_APART_M)]
    for number, alike in groupby(sorted(set(pairs)), key=itemgetter(0)):
        yield number, [other for _, other in alike]


def _corners(water: Footprint) -> tuple[Position, ...]:
    """By which a water is known again; none where it is neither a circle nor a polygon."""
    if isinstance(water, Circle):
        return (water.centre,)
    return water.vertices if isinstance(water, Polygon) else ()


def _waters(scene: Scene) -> Iterator[tuple[str, Footprint, tuple[Window, ...]]]:
    """What a notice of ours may tell: serials, their claims and areas, and their hours with those in reserve."""
    exercise = scene.exercise
    for claim in scene.claims:
        serial = exercise.serials.get(claim.owner)
        yield claim.owner, claim.footprint, (*claim.windows, *(serial.reserve if serial is not None else ()))
    for id_, window in scene.programme.timing.windows.items():
        planned = exercise.areas.get(exercise.serials[id_].area)
        if planned is not None:
            yield id_, planned.footprint, (window, *exercise.serials[id_].reserve)


def _meet(first: Sequence[Window], second: Sequence[Window]) -> bool:
    return any(one.overlap(other) for one in first for other in second)


def _tells_hours(theirs: Sequence[Window], ours: Sequence[Window]) -> bool:
    """Whether each window of a warning is one of ours, or several that follow each other, to the minute."""
    joined = join_windows(ours)
    return all(
        any(abs(window.start_ms - own.start_ms) <= MINUTE_MS for own in ours)
        and any(abs(window.end_ms - own.end_ms) <= MINUTE_MS for own in ours)
        and any(
            own.start_ms - MINUTE_MS <= window.start_ms and window.end_ms <= own.end_ms + MINUTE_MS for own in joined
        )
        for window in theirs
    )


def _is_same_water(first: Footprint, second: Footprint, apart_m: float) -> bool:
    """Whether two waters are one: circles alike, or polygons alike corner by corner in order, either way round."""
    from waterspace.geometry.geodesic import distance_m

    if isinstance(first, Circle) and isinstance(second, Circle):
        return abs(first.radius_m - second.radius_m) <= apart_m and distance_m(first.centre, second.centre) <= apart_m
    if not isinstance(first, Polygon) or not isinstance(second, Polygon):
        return False
    corners, others, count = first.vertices, second.vertices, len(first.vertices)
    if count != len(others):
        return False
    starts = [at for at, other in enumerate(others) if distance_m(corners[0], other) <= apart_m]
    return any(
        all(distance_m(corner, others[(at + step * turn) % count]) <= apart_m for step, corner in enumerate(corners))
        for at in starts
        for turn in (1, -1)
    )
