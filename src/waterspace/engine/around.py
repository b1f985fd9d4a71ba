"""Everybody else at sea: ships of commerce, fishing vessels, ships that watch, and those of other exercises.

`Around` says who they are, where they go and when they are inside a footprint. Traffic is built and Numba imported when
the first question is asked of it, so that an exercise without others pays nothing.

Traffic depends on the file's `traffic`, the exercise period and the seed, and on nothing else: its streams are its own,
so units, serials, sensors and observers come and go without changing it. It is kept for the next run with that seed.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Hazard, Medium, Reservation, Window
from waterspace.errors import GeometryError, NotationError, RouteError
from waterspace.geometry import legs as geometry
from waterspace.phenomena.heights import length_m
from waterspace.quantity import DAY_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from waterspace.domain import Exercise, Footprint, Leg, Observer, SeaTraffic
    from waterspace.geometry.compiled.pieces import Pieces
    from waterspace.traffic import FishingGround, Traffic, TrafficPlan
    from waterspace.traffic.drills import Drill

__all__ = ["Around", "Stranger", "get_ready", "keep_kernels"]

_BEFORE_MS = _AFTER_MS = DAY_MS
"""Traffic is there from so long before the exercise period to so long after it (assumed)."""

_NEAR_M = 100.0 * NAUTICAL_MILE_M
"""Traffic that stays farther than this from every area and every base is not worth speaking of (assumed)."""

_MOST_KEPT = 4
"""Traffics of so many seeds are kept in memory, a few megabytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """Somebody at sea who takes no part.

    Attributes:
        id: such as `MERCHANT-00012`, `context.OTAKA` for an observer of the file, or `context.DRILL/1` for a ship of
            another exercise: no id of the file has a `/`, so that they are never the same.
        kind: in words, such as `bulk carrier` or `intelligence ship`.
        length_m: of the hull.
        nation: ISO 3166-1 alpha-3; empty where it is not known.
        is_reactive: it goes by what units of the exercise do, so that only its present course is known.
        is_afloat: it is a ship; what flies is inside no footprint on the sea.
        is_naval: it is a ship of a navy or coast guard, with which signals are exchanged.
    """

    id: str
    name: str
    kind: str
    length_m: float
    nation: str = ""
    is_reactive: bool = False
    is_afloat: bool = True
    is_naval: bool = False


class _Crowd(NamedTuple):
    """Strangers whose tracks are known beforehand and are many."""

    traffic: Traffic
    pieces: Pieces


class Around:
    """Who else is at sea while an exercise runs."""

    def __init__(self, exercise: Exercise, seed: int) -> None:
        """Take what the exercise asks for; nothing is built yet. Traffic is there in the period and a day around it.

        Args:
            exercise: the plan.
            seed: of the streams from which others are drawn.
        """
        self._exercise = exercise
        self._seed = seed
        self._turned: dict[str, tuple[Leg, ...]] = {}
        self._notes: tuple[str, ...] = ()

    @property
    def is_asked_for(self) -> bool:
        """Whether the file asks for others who meet its units: for traffic, followers, or ships of other exercises."""
        exercise = self._exercise
        return (
            exercise.traffic is not None
            or any(observer.shadows for observer in exercise.observers.values())
            or any(other.ships for other in exercise.other_exercises.values())
        )

    @functools.cached_property
    def strangers(self) -> Mapping[str, Stranger]:
        """Id to everybody there is, in a fixed order: traffic, ships of other exercises, observers."""
        return MappingProxyType({stranger.id: stranger for stranger in self._everybody()})

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how traffic was made."""
        crowd = self._crowd
        return (*self._notes, *(crowd.traffic.notes if crowd else ()))

    @functools.cached_property
    def tracks(self) -> tuple[str, ...]:
        """Ids of the strangers whose tracks are in `pieces`, in that order."""
        crowd = self._crowd
        vessels = tuple(vessel.id for vessel in crowd.traffic.vessels) if crowd else ()
        return (*vessels, *self._sailing)

    @functools.cached_property
    def reactive(self) -> tuple[str, ...]:
        """Ids of the strangers that go by what units do."""
        return tuple(stranger.id for stranger in self.strangers.values() if stranger.is_reactive)

    @functools.cached_property
    def pieces(self) -> Pieces:
        """The curves of all ships whose tracks are known beforehand."""
        from waterspace.geometry.compiled.pieces import pieces_of

        keep_kernels()
        own = pieces_of([self._routes[id_] for id_ in self._sailing])
        return own if self._crowd is None else _laid_end_to_end(self._crowd.pieces, own)

    def legs(self, stranger: str) -> tuple[Leg, ...]:
        """The legs of a stranger in order of time; of one that goes by what units do, those so far and its course.

        Raises:
            KeyError: there is no such stranger.
        """
        if stranger in self._turned:
            return self._turned[stranger]
        if stranger in self._routes:
            return self._routes[stranger]
        assert self._crowd is not None, "who is not of the file is of the traffic"
        return self._crowd.traffic.legs(self._numbers[stranger])

    def turn(self, stranger: str, legs: tuple[Leg, ...]) -> None:
        """Say where a stranger goes that goes by what units do."""
        self._turned[stranger] = legs

    def stays(self, footprint: Footprint, window: Window) -> tuple[tuple[str, Window], ...]:
        """When strangers are inside a footprint, still or moving, cut to a window and in order of time.

        Of a stranger that reacts, its present course is what counts; ask again when it has changed.
        """
        turned = [id_ for id_, legs in self._turned.items() if legs and self.strangers[id_].is_afloat]
        if not self.tracks and not turned:
            return ()
        keep_kernels()
        from waterspace.geometry.compiled.fleet import Fleet

        stays: list[tuple[str, Window]] = []
        for fleet, ids in ((Fleet(self.pieces), self.tracks), (Fleet.of([self.legs(id_) for id_ in turned]), turned)):
            if ids:
                found = fleet.visits(footprint, window.start_ms, window.end_ms)
                times = zip(found.track.tolist(), found.start_ms.tolist(), found.end_ms.tolist(), strict=True)
                stays += [(ids[track], Window(start_ms=start_ms, end_ms=end_ms)) for track, start_ms, end_ms in times]
        return tuple(sorted(stays, key=lambda stay: (stay[1].start_ms, stay[0])))

    def occupied(self, reservations: Sequence[Reservation], window: Window) -> tuple[str, ...]:
        """Ids of other exercises that claim water and air at the same time as some reservations do, within a window."""
        from waterspace.geometry.reservations.pairwise import clash

        drills = [
            Reservation(
                id=f"{other.id}/exercise",
                owner=other.id,
                name=other.name,
                footprint=other.footprint,
                band=other.band,
                windows=(shared,),
                hazard=Hazard.EXERCISE,
            )
            for other in self._exercise.other_exercises.values()
            if other.footprint is not None and (shared := other.window.overlap(window)) is not None
        ]
        return tuple(drill.owner for drill in drills if any(clash(claim, drill) for claim in reservations))

    @functools.cached_property
    def _routes(self) -> Mapping[str, tuple[Leg, ...]]:
        """The tracks of observers that run a route; of those that follow, nothing yet."""
        routes: dict[str, tuple[Leg, ...]] = {}
        for observer in self._exercise.observers.values():
            legs = () if self._follows(observer) else _route(observer)
            if legs or self._follows(observer):
                routes[_context_id(observer.id)] = legs
        return routes

    @functools.cached_property
    def _sailing(self) -> tuple[str, ...]:
        """Ids of the observers that are ships and run a route."""
        return tuple(id_ for id_, legs in self._routes.items() if legs and self.strangers[id_].is_afloat)

    @functools.cached_property
    def _numbers(self) -> Mapping[str, int]:
        crowd = self._crowd
        return {vessel.id: number for number, vessel in enumerate(crowd.traffic.vessels)} if crowd else {}

    def _follows(self, observer: Observer) -> bool:
        return observer.shadows in self._exercise.units and observer.window.end_ms > observer.window.start_ms

    def _everybody(self) -> Iterator[Stranger]:
        crowd = self._crowd
        for vessel in crowd.traffic.vessels if crowd else ():
            is_naval = vessel.id.startswith("context.")
            yield Stranger(id=vessel.id, name=vessel.id, kind=vessel.kind, length_m=vessel.length_m, is_naval=is_naval)
        for observer in self._exercise.observers.values():
            id_ = _context_id(observer.id)
            if id_ in self._routes:
                platform = self._exercise.platforms.get(observer.platform)
                yield Stranger(
                    id=id_,
                    name=observer.name or observer.id,
                    kind="observer" if platform is None else platform.kind,
                    length_m=length_m(platform),
                    nation=observer.nation,
                    is_reactive=self._follows(observer),
                    is_afloat=platform is None or platform.medium in {Medium.SURFACE, Medium.SUBSURFACE},
                    is_naval=True,
                )

    @functools.cached_property
    def _crowd(self) -> _Crowd | None:
        """Traffic and the ships of other exercises; None where there are none."""
        exercise = self._exercise
        span = _span(exercise)
        drills = tuple(_drills(exercise, span))
        if exercise.traffic is None and not drills:
            return None
        plan, notes = _plan(exercise, span)
        self._notes = notes
        crowd = _crowd(plan, drills, self._seed)
        if plan.merchant_count and not _comes_near(exercise, crowd.pieces):
            far = f"no ship comes within {_NEAR_M / NAUTICAL_MILE_M:.0f} nm: the table of ports is of the Sea of Japan"
            self._notes = (*notes, far)
        return crowd


def get_ready(exercise: Exercise, report: Callable[[str], None]) -> None:
    """Compile what a run among others needs, and find the lanes of its traffic, with a word where that takes long.

    Both are kept in the user's cache. A run does it too where nobody has, but says nothing.

    Args:
        exercise: that is to be run; where it asks for no others and no sensors there is nothing to do.
        report: told a line before what takes long, and one after it.
    """
    if not Around(exercise, 0).is_asked_for and exercise.sensors is None:
        return
    from waterspace.geometry.compiled import warm_up

    keep_kernels()
    warm_up(report)
    if exercise.traffic is not None and exercise.traffic.merchants:
        from waterspace.traffic import merchant

        said: list[str] = []

        def progress(_: float) -> None:
            if not said:
                said.append("Computing the lanes of the traffic; this is done once and takes about a minute ...")
                report(said[0])

        merchant.demand(_plan(exercise, _span(exercise))[0], progress)
        if said:
            report("The lanes are kept in the user's cache")


def keep_kernels() -> None:
    """Have compiled code kept in the user's cache, if nobody has chosen a place yet and none has been loaded."""
    from waterspace.environment.files import cache
    from waterspace.geometry.compiled.folder import choose_folder, chosen_folder

    if chosen_folder() is None:
        choose_folder(cache.folder() / "kernels")


def _span(exercise: Exercise) -> Window:
    """When traffic is there; the programme has no say in it, so that a serial more changes no ship."""
    period = exercise.window
    return Window(start_ms=period.start_ms - _BEFORE_MS, end_ms=period.end_ms + _AFTER_MS)


def _plan(exercise: Exercise, span: Window) -> tuple[TrafficPlan, tuple[str, ...]]:
    """The traffic that a file asks for, and what is to be said of it."""
    from waterspace.traffic import TrafficPlan

    traffic = exercise.traffic
    grounds, notes = ((), ()) if traffic is None else _grounds(exercise, traffic)
    plan = TrafficPlan(
        start_ms=span.start_ms,
        end_ms=span.end_ms,
        merchant_count=0.0 if traffic is None else float(traffic.merchants),
        pairs_count=1 if traffic is None else traffic.lanes,
        grounds=grounds,
    )
    if plan.merchant_count:
        notes = ("who sails where, how often and how fast is assumed", *notes)
    return plan, notes


@functools.lru_cache(maxsize=_MOST_KEPT)
def _crowd(plan: TrafficPlan, drills: tuple[Drill, ...], seed: int) -> _Crowd:
    """All that is drawn from a seed, with its curves; what cannot be built is left out, and a note says so."""
    from waterspace.geometry.compiled.pieces import pieces_of_runs
    from waterspace.traffic import drills as others
    from waterspace.traffic import fishing, merchant
    from waterspace.traffic.tracks import Traffic, joined

    parts = [merchant.build(plan, seed)]
    for ground in plan.grounds:
        try:
            parts.append(fishing.build(ground, plan, seed))
        except (GeometryError, NotationError, RouteError) as error:
            parts.append(Traffic(vessels=(), points=joined(()).points, notes=(f"left out: {error}",)))
    parts += [others.build(drill, seed) for drill in drills]
    traffic = joined(parts)
    return _Crowd(traffic, pieces_of_runs(traffic.runs(), len(traffic)))


def _grounds(exercise: Exercise, traffic: SeaTraffic) -> tuple[tuple[FishingGround, ...], tuple[str, ...]]:
    """The fishing grounds of a file, and what is to be said of those that have no place."""
    from waterspace.traffic import FishingGround

    grounds, notes = [], []
    for id_, fleet in traffic.fishing.items():
        area = exercise.areas.get(fleet.area)
        footprint = fleet.footprint if area is None else area.footprint
        if footprint is None:
            notes.append(f"fishing ground {id_} is left out: there is no area {fleet.area}")
            continue
        grounds.append(
            FishingGround(
                name=id_,
                area=footprint,
                density_per_m2=1.0 / fleet.spacing_m**2,
                vessels_count=fleet.vessels,
                depth_m=fleet.depth_m,
                off_land_m=fleet.off_land_m,
                home_port=fleet.home,
            )
        )
    return tuple(grounds), tuple(notes)


def _drills(exercise: Exercise, span: Window) -> Iterator[Drill]:
    """Exercises of others that have ships and a place."""
    from waterspace.traffic.drills import Drill

    for other in exercise.other_exercises.values():
        shared = other.window.overlap(span)
        if other.ships and other.footprint is not None and shared is not None:
            yield Drill(
                name=_context_id(other.id),
                footprint=other.footprint,
                start_ms=shared.start_ms,
                end_ms=shared.end_ms,
                ships=other.ships,
            )


def _comes_near(exercise: Exercise, pieces: Pieces) -> bool:
    """Whether a waypoint of traffic lies near an area or a base of the exercise; yes where none of these is known."""
    from waterspace.geometry.compiled.pieces import places
    from waterspace.geometry.footprints import centre
    from waterspace.geometry.geodesic import position_arrays

    known = [centre(area.footprint) for area in exercise.areas.values()]
    known += [place for unit in exercise.units.values() if (place := unit.start or unit.home) is not None]
    points = places(*position_arrays(list(dict.fromkeys(known))))
    return not known or any(
        bool((((pieces.curve[:, 0] - point) ** 2).sum(axis=1) <= _NEAR_M**2).any()) for point in points
    )


def _laid_end_to_end(one: Pieces, other: Pieces) -> Pieces:
    """The tracks of two sets, one after the other."""
    return type(one)(
        np.concatenate((one.first, other.first[1:] + one.first[-1])),
        *(np.concatenate((a, b)) for a, b in zip(one[1:], other[1:], strict=True)),
    )


def _context_id(id_: str) -> str:
    return f"context.{id_}"


def _route(observer: Observer) -> tuple[Leg, ...]:
    """An observer's route as legs that fill its time; a sighting stays where it was."""
    if not observer.route or observer.window.end_ms <= observer.window.start_ms:
        return ()
    return geometry.legs_in_window(observer.route, observer.window)
