"""Warned: the warnings of others that may concern a plan, of thousands that lie elsewhere or hold at other times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Polygon, Window
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.domain import Exercise, Footprint, Reservation
    from waterspace.geometry.balls import Balls
    from waterspace.geometry.reservations.legarrays import LegArrays
    from waterspace.messages.reading import Reading, WarnedArea
    from waterspace.messages.standing import StandingWarning
    from waterspace.programme import Programme

__all__ = ["Scene", "Warned", "warned_by_others"]

_DEGREE_M = 60.0 * NAUTICAL_MILE_M
"""A degree of latitude, to half a percent."""
_ROUNDING_M = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """Warnings of others.

    Attributes:
        readings: of every message, those that do not concern the plan too.
        warnings: those that may be in force while it lasts, by id.
        claims: their areas near its water.
        doubtful: id of each that was not understood whole to those of its areas that may be in force then.
        own: id of a warning to the serial whose water and hours it tells, so that it is taken for the plan's own.
    """

    readings: tuple[Reading, ...]
    warnings: Mapping[str, StandingWarning]
    claims: tuple[Reservation, ...]
    doubtful: Mapping[str, tuple[WarnedArea, ...]]
    own: Mapping[str, str]


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
    return Warned(
        readings=readings,
        warnings=warnings,
        claims=tuple(claim for _, claim in close if claim.owner not in own),
        doubtful={
            id_: tuple(area for area, _ in some)
            for id_, some in places.items()
            if some and warnings[id_].reading.verdict is Verdict.REVIEW
        },
        own=own,
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


def _own(scene: Scene, claims: Sequence[tuple[WarnedArea, Reservation]]) -> Iterator[tuple[str, str]]:
    """The warnings that tell the very water and hours of something of ours, and of what."""
    exercise = scene.exercise
    ours = [(claim.owner, claim.footprint, claim.windows) for claim in scene.claims] if claims else []
    for id_, window in scene.programme.timing.windows.items() if claims else ():
        planned = exercise.areas.get(exercise.serials[id_].area)
        if planned is not None:
            ours.append((id_, planned.footprint, (window, *exercise.serials[id_].reserve)))
    for area, claim in claims:
        apart_m = 2.0 * area.resolution_deg * _DEGREE_M + _ROUNDING_M
        for serial, water, windows in ours:
            if _share_hours(claim.windows, windows) and _is_same_water(claim.footprint, water, apart_m):
                yield claim.owner, serial
                break


def _share_hours(theirs: Sequence[Window], ours: Sequence[Window]) -> bool:
    """Whether a window of a warning is one of ours, to the minute."""
    return any(
        abs(one.start_ms - other.start_ms) <= MINUTE_MS and abs(one.end_ms - other.end_ms) <= MINUTE_MS
        for one in theirs
        for other in ours
    )


def _is_same_water(first: Footprint, second: Footprint, apart_m: float) -> bool:
    """Whether two waters are one: circles alike, or polygons each of whose corners is one of the other."""
    from waterspace.geometry.geodesic import distance_m

    if isinstance(first, Circle) and isinstance(second, Circle):
        return distance_m(first.centre, second.centre) <= apart_m and abs(first.radius_m - second.radius_m) <= apart_m
    if not isinstance(first, Polygon) or not isinstance(second, Polygon):
        return False
    if len(first.vertices) != len(second.vertices):
        return False
    pairs = ((first.vertices, second.vertices), (second.vertices, first.vertices))
    return all(
        any(distance_m(corner, other) <= apart_m for other in others) for corners, others in pairs for corner in corners
    )
