"""Context: what the rules share while one plan is checked; each part is worked out when a rule first asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from waterspace.domain import Hazard, Medium, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.checks.limits import Limit
    from waterspace.checks.references import Reference
    from waterspace.checks.warned import Warned
    from waterspace.domain import Exercise, Leg, PlannedNotice, Position, Reservation
    from waterspace.environment.surroundings import Surroundings
    from waterspace.geometry.meeting import Clash
    from waterspace.geometry.reservations.index import Meetings, ReservationIndex
    from waterspace.geometry.reservations.legarrays import LegArrays
    from waterspace.geometry.separation import IndexArray
    from waterspace.programme import Programme, SerialPlan
    from waterspace.serials.base import Briefing, Needs, SerialType

__all__ = ["Conflict", "Context"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two reservations that meet.

    Attributes:
        first: the one that begins first; of two that begin together, the one whose owner comes first by name.
    """

    first: Reservation
    second: Reservation
    clash: Clash


class Context:
    """One plan, seen as the rules want to see it.

    Attributes:
        exercise: the plan as the file gives it.
    """

    def __init__(self, exercise: Exercise, limits: Mapping[str, float] | None = None) -> None:
        """What rules ask of a plan.

        Args:
            exercise: the plan.
            limits: name of a limit to what the staff sets it to.
        """
        self.exercise = exercise
        self._limits = limits or {}
        self._made: dict[Callable[[Context], Any], Any] = {}
        self._top_speeds_mps: dict[str, float] = {}

    def limit(self, limit: Limit) -> float:
        """What a limit is set to; in SI, degrees or milliseconds."""
        return self._limits.get(limit.name, limit.default)

    @cached_property
    def types(self) -> Mapping[str, SerialType[Any]]:
        """Id of a serial to its type, for the serials whose type exists here."""
        from waterspace.serials import registry

        given = self.exercise.serials.items()
        return {id_: registry.get(serial.type) for id_, serial in given if registry.exists(serial.type)}

    @cached_property
    def programme(self) -> Programme:
        """The programme of the serials whose type exists here."""
        from waterspace.programme import build

        serials = {id_: serial for id_, serial in self.exercise.serials.items() if id_ in self.types}
        whole = len(serials) == len(self.exercise.serials)
        return build(self.exercise if whole else replace(self.exercise, serials=serials))

    @property
    def windows(self) -> Mapping[str, Window]:
        """Id of a serial to its planned time, for the serials that have one."""
        return self.programme.timing.windows

    @property
    def plans(self) -> Mapping[str, SerialPlan]:
        """Id of a serial to its plan, for the serials that have a time."""
        return self.programme.plans

    @cached_property
    def plan_tracks(self) -> tuple[tuple[str, str, tuple[Leg, ...]], ...]:
        """Serial, unit and its legs in that serial, for every unit that a serial moves; in order of the serials."""
        plans = sorted(self.plans.items())
        return tuple((id_, unit, legs) for id_, plan in plans for unit, legs in plan.tracks.items() if legs)

    @cached_property
    def plan_legs(self) -> LegArrays:
        """The legs of `plan_tracks`, in the same order."""
        from waterspace.geometry.reservations.legarrays import LegArrays

        return LegArrays.of([legs for _, _, legs in self.plan_tracks])

    @cached_property
    def unit_legs(self) -> LegArrays:
        """The legs of the programme's tracks, in the order of `programme.tracks`."""
        from waterspace.geometry.reservations.legarrays import LegArrays

        return LegArrays.of([track.legs for track in self.programme.tracks.values()])

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference between entries of the file."""
        from waterspace.checks.references import references

        return tuple(references(self.exercise))

    def once(self, make: Callable[[Context], T]) -> T:
        """What a function makes of this plan, made once; for what only a few rules share."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @cached_property
    def naming(self) -> Mapping[str, tuple[tuple[int, PlannedNotice], ...]]:
        """Id of a serial or an area to the planned notices that name it, each with its place in the file."""
        found: dict[str, list[tuple[int, PlannedNotice]]] = {}
        for number, notice in enumerate(self.exercise.notices.values()):
            for name in dict.fromkeys(notice.covers):
                found.setdefault(name, []).append((number, notice))
        return {name: tuple(notices) for name, notices in found.items()}

    @cached_property
    def announced(self) -> Mapping[str, tuple[str, ...]]:
        """Id of a planned notice to the serials that it covers, by name or by area, and that have a time."""
        found: dict[str, list[str]] = {id_: [] for id_ in self.exercise.notices}
        for id_ in self.windows:
            names = dict.fromkeys((id_, self.exercise.serials[id_].area))
            told = dict.fromkeys(notice.id for name in names for _, notice in self.naming.get(name, ()))
            for notice_id in told:
                found[notice_id].append(id_)
        return {id_: tuple(serials) for id_, serials in found.items()}

    @cached_property
    def assigned(self) -> Mapping[str, frozenset[str]]:
        """Id of a serial to the units in it, in whatever role."""
        return {id_: frozenset(self.exercise.units_in(serial)) for id_, serial in self.exercise.serials.items()}

    @cached_property
    def reservations(self) -> tuple[Reservation, ...]:
        """Every claim of the serials, in order of time, owner and id."""
        claims = (claim for claim in self.programme.reservations if claim.windows)
        return tuple(sorted(claims, key=lambda claim: (claim.windows[0], claim.owner, claim.id)))

    @cached_property
    def firing(self) -> tuple[Reservation, ...]:
        """The claims of the serials that endanger shipping."""
        return tuple(claim for claim in self.reservations if claim.hazard.endangers_shipping)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every meeting of two claims of different serials of which at least one is dangerous."""
        return tuple(self._conflicts())

    def _conflicts(self) -> Iterator[Conflict]:
        claims, met = self.reservations, self.meetings
        places = [k for k, second in enumerate(met.second.tolist()) if second < len(claims)]
        for k, clash in zip(places, met.clashes(places), strict=True):
            yield Conflict(first=claims[int(met.first[k])], second=claims[int(met.second[k])], clash=clash)

    @cached_property
    def claimants(self) -> NDArray[np.intp]:
        """Of each of `reservations` a number for its owner, then one below nought for each of `outsiders`."""
        import numpy as np

        numbers = {id_: number for number, id_ in enumerate(self.plans)}
        ours = [numbers[claim.owner] for claim in self.reservations]
        return np.array(ours + [-1] * len(self.outsiders), dtype=np.intp)

    @cached_property
    def met_pairs(self) -> frozenset[frozenset[str]]:
        """Pairs of serials of which claims meet, at least one of them dangerous."""
        claims, met = self.reservations, self.meetings
        pairs = zip(met.first.tolist(), met.second.tolist(), strict=True)
        return frozenset(frozenset((claims[a].owner, claims[b].owner)) for a, b in pairs if b < len(claims))

    @cached_property
    def met_dangers(self) -> frozenset[frozenset[str]]:
        """Pairs of serials of which dangerous claims meet each other."""
        claims, met = self.reservations, self.meetings
        pairs = [(a, b) for a, b in zip(met.first.tolist(), met.second.tolist(), strict=True) if b < len(claims)]
        both = ((claims[a], claims[b]) for a, b in pairs)
        return frozenset(
            frozenset((a.owner, b.owner)) for a, b in both if a.hazard.is_hazardous and b.hazard.is_hazardous
        )

    @cached_property
    def index(self) -> ReservationIndex:
        """The claims of the serials, then those of others, to be found again by place, height and time."""
        from waterspace.geometry.reservations.index import ReservationIndex

        return ReservationIndex((*self.reservations, *self.outsiders))

    @cached_property
    def meetings(self) -> Meetings:
        """Every meeting of claims of different owners of which at least one is dangerous.

        Numbers count through `reservations`, then `outsiders`; those of others do not concern each other.
        """
        import numpy as np

        claims = (*self.reservations, *self.outsiders)
        owners, ours = np.array([claim.owner for claim in claims]), len(self.reservations)
        dangers = np.array([claim.hazard.is_hazardous for claim in claims], dtype=np.bool_)

        def matters(first: IndexArray, second: IndexArray) -> NDArray[np.bool_]:
            apart = (owners[first] != owners[second]) & (np.minimum(first, second) < ours)
            wanted: NDArray[np.bool_] = apart & (dangers[first] | dangers[second])
            return wanted

        return self.index.meetings(matters)

    @cached_property
    def outsiders(self) -> tuple[Reservation, ...]:
        """Claims of others: exercises whose place is known, standing reservations, areas of a file, warnings.

        Their ids and owners begin with their sort, so that they are nobody else's.
        """
        from waterspace.environment.outsiders import with_areas

        warned = self.warned.claims if self.exercise.data.warnings else ()
        return tuple(with_areas(self.exercise, self.surroundings.areas, warned))

    @cached_property
    def warned(self) -> Warned:
        """The messages in the files of warnings that the plan names, and which of them may concern it."""
        from waterspace.checks.warned import Scene, warned_by_others

        scene = Scene(
            exercise=self.exercise, programme=self.programme, claims=self.reservations, unit_legs=self.unit_legs
        )
        return warned_by_others(scene)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What is known of the sea around the exercise."""
        from waterspace.environment.surroundings import Surroundings

        return Surroundings.of(self.exercise)

    def briefing(self, serial: str) -> Briefing[Any]:
        """What the type of a serial may look at, at its planned time."""
        from waterspace.serials.base import Briefing

        return Briefing(exercise=self.exercise, serial=self.exercise.serials[serial], window=self.windows[serial])

    def medium(self, unit: str) -> Medium | None:
        """Where a unit moves, or None where its class is unknown."""
        platform = self.exercise.platform(unit)
        return None if platform is None else platform.medium

    def top_speed_mps(self, unit: str) -> float:
        """Greatest speed of a unit; its cruising speed where the class gives none."""
        known = self._top_speeds_mps.get(unit)
        if known is None:
            from waterspace.serials.base import top_speed_mps

            known = self._top_speeds_mps[unit] = top_speed_mps(self.exercise, unit)
        return known

    @cached_property
    def needs(self) -> Mapping[str, Needs]:
        """Id of a serial that has a time to what its type asks of the place and the day."""
        serials, types = self.exercise.serials, self.types
        return {id_: types[id_].needs(serials[id_].parameters) for id_ in self.windows}

    @cached_property
    def _middles(self) -> dict[str, Position]:
        """Id of an area to its middle, for those that were asked for."""
        return {}

    def area_position(self, serial: str) -> Position | None:
        """A middle of the serial's area; where it names none, where its first unit begins; None where nobody does."""
        from waterspace.geometry.footprints import centre

        area = self.exercise.areas.get(self.exercise.serials[serial].area)
        if area is not None:
            if area.id not in self._middles:
                self._middles[area.id] = centre(area.footprint)
            return self._middles[area.id]
        plan = self.plans.get(serial)
        tracks = () if plan is None else tuple(legs for _, legs in sorted(plan.tracks.items()) if legs)
        return tracks[0][0].start if tracks else None

    def serial_title(self, serial: str) -> str:
        """`S104 (Surface gunnery)`; its type where it has no name."""
        found = self.exercise.serials.get(serial)
        return serial if found is None else f"{serial} ({found.name or found.type.replace('_', ' ')})"

    def unit_title(self, unit: str) -> str:
        """The name of a unit; its id where it has none."""
        found = self.exercise.units.get(unit)
        return unit if found is None else found.name or unit

    def area_title(self, serial: str) -> str:
        """` in Foxtrot`, or nothing where the serial has no area."""
        area = self.exercise.areas.get(self.exercise.serials[serial].area)
        return "" if area is None else f" in {area.name or area.id}"

    def claim_title(self, claim: Reservation) -> str:
        """`the firing danger area of S104 (Surface gunnery) in Foxtrot`."""
        return f"{_CLAIMS[claim.hazard]} of {self.serial_title(claim.owner)}{self.area_title(claim.owner)}"


_CLAIMS = {
    Hazard.NONE: "the working room",
    Hazard.FIRING: "the firing danger area",
    Hazard.FLYING: "the flying area",
    Hazard.UNDERWATER: "the underwater activity",
    Hazard.TOWING: "the tow",
    Hazard.MANOEUVRE: "the manoeuvring room",
    Hazard.EXERCISE: "the exercise area",
    Hazard.WARNING: "the warning area",
}
"""What a claim is called, by its hazard."""
