"""Everybody else at sea: ships of commerce, fishing vessels, ships that watch, and those of other exercises.

`Around` says who they are, where they go and when they are inside a footprint. It costs nothing where the exercise asks
for none: the traffic is built, and Numba imported, when the first question is asked of somebody who is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from waterspace.domain import Hazard, Medium, Reservation, Window
from waterspace.geometry import legs as geometry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.domain import Exercise, Footprint, Leg, Observer

__all__ = ["Around", "Stranger"]

_OBSERVER_LENGTH_M = 100.0
"""Of a ship that watches and whose class gives no length (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """Somebody at sea who takes no part.

    Attributes:
        id: such as `MERCHANT-00012`, or `context.OTAKA` for an observer of the file.
        kind: in words, such as `bulk carrier` or `observer`.
        length_m: of the hull.
        nation: ISO 3166-1 alpha-3; empty where it is not known.
        is_reactive: it goes by what units of the exercise do, so that only its present course is known.
        is_afloat: it is a ship; what flies is inside no footprint on the sea.
    """

    id: str
    name: str
    kind: str
    length_m: float
    nation: str = ""
    is_reactive: bool = False
    is_afloat: bool = True


class Around:
    """Who else is at sea while an exercise runs.

    Attributes:
        strangers: id to everybody there is, in a fixed order.
    """

    def __init__(self, exercise: Exercise, seed: int, window: Window) -> None:
        """Look at what the exercise asks for.

        Args:
            exercise: the plan.
            seed: of the streams from which others are drawn.
            window: the time for which they are wanted.
        """
        self._exercise = exercise
        self._seed = seed
        self._window = window
        found = dict(self._observers())
        self.strangers: Mapping[str, Stranger] = MappingProxyType({id_: who for id_, (who, _) in found.items()})
        self._legs: dict[str, tuple[Leg, ...]] = {id_: legs for id_, (_, legs) in found.items()}

    def legs(self, stranger: str) -> tuple[Leg, ...]:
        """The legs of a stranger in order of time; empty for one that is nowhere.

        Raises:
            KeyError: there is no such stranger.
        """
        return self._legs[stranger]

    def stays(self, footprint: Footprint, window: Window) -> tuple[tuple[str, Window], ...]:
        """When strangers are inside a footprint, still or moving, cut to a window and in order of time.

        Of a stranger that reacts, its present course is what counts; ask again when it has changed.
        """
        afloat = [id_ for id_, who in self.strangers.items() if who.is_afloat and self.legs(id_)]
        if not afloat:
            return ()
        from waterspace.geometry.compiled.fleet import Fleet

        fleet = Fleet.of([self.legs(id_) for id_ in afloat])
        found = fleet.visits(footprint, window.start_ms, window.end_ms)
        times = zip(found.track.tolist(), found.start_ms.tolist(), found.end_ms.tolist(), strict=True)
        stays = [(afloat[track], Window(start_ms=start_ms, end_ms=end_ms)) for track, start_ms, end_ms in times]
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

    def _observers(self) -> Iterator[tuple[str, tuple[Stranger, tuple[Leg, ...]]]]:
        """Those of the file that have a place, with their legs."""
        for observer in self._exercise.observers.values():
            legs = _route(observer)
            if legs:
                platform = self._exercise.platforms.get(observer.platform)
                id_ = f"context.{observer.id}"
                yield (
                    id_,
                    (
                        Stranger(
                            id=id_,
                            name=observer.name or observer.id,
                            kind="observer" if platform is None else platform.kind,
                            length_m=(platform and platform.length_m) or _OBSERVER_LENGTH_M,
                            nation=observer.nation,
                            is_afloat=platform is None or platform.medium in {Medium.SURFACE, Medium.SUBSURFACE},
                        ),
                        legs,
                    ),
                )


def _route(observer: Observer) -> tuple[Leg, ...]:
    """An observer's route as legs that fill its time; a sighting stays where it was."""
    if not observer.route or observer.window.end_ms <= observer.window.start_ms:
        return ()
    return geometry.legs_in_window(observer.route, observer.window)
