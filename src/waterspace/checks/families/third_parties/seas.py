"""Seas: what is done in territorial seas and needs the leave of their states, and who has it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from waterspace.checks.families.third_parties.consents import leave_given
from waterspace.checks.views.sifting import balls_of, surely_clear
from waterspace.domain import Medium
from waterspace.geometry.balls import Balls, balls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from waterspace.checks.context import Context
    from waterspace.domain import Footprint, Leg, Position, Reservation
    from waterspace.environment.limits.reach import NearZone
    from waterspace.programme.passages import Sortie

__all__ = [
    "Deck",
    "Dive",
    "Need",
    "Seas",
    "asking_for_sea",
    "dangerous",
    "exercising",
    "is_dangerous_in",
    "lacking_for_sea",
    "lacks",
    "may_exercise",
    "submerged",
    "working_aircraft",
]

T = TypeVar("T")

_FEW = 20
"""Claims that are looked at as quickly as a circle about a piece of sea."""

Deck: TypeAlias = "tuple[Sortie, tuple[str, int, Position]]"
"""A flight, and what it does on board of a ship, when and where."""

Dive: TypeAlias = "tuple[str, str, Sequence[Leg]]"
"""A submarine, a serial and her submerged legs in it."""


class Seas:
    """Which territorial seas footprints reach into, each worked out once."""

    def __init__(self, context: Context) -> None:
        self._zones = context.surroundings.zones
        self._known: dict[int, tuple[Footprint, tuple[NearZone, ...]]] = {}

    def near(self, footprint: Footprint) -> tuple[NearZone, ...]:
        """The deepest first; those of shores that are assigned to nobody are left out."""
        return tuple(near for near in self.anybodys(footprint) if near.state)

    def anybodys(self, footprint: Footprint) -> tuple[NearZone, ...]:
        """The deepest first, with those of shores that are assigned to nobody."""
        if id(footprint) not in self._known:
            self._known[id(footprint)] = (footprint, tuple(self._zones.territorial_seas_near(footprint)))
        return self._known[id(footprint)][1]

    def unclear(self, some: Balls, few: int = 1) -> list[int]:
        """Numbers of the balls that may be in somebody's sea, rising; all of them where they are fewer than `few`."""
        clear = surely_clear(some, self._zones.surely_none_near, few)
        return [number for number, is_clear in enumerate(clear.tolist()) if not is_clear]


# ------------------------------------------------------------------------------------------------- what asks for leave


class Need(NamedTuple, Generic[T]):
    """That something done in a territorial sea needs leave, which may be given for any of some serials.

    Attributes:
        near: the sea; of no state where its shore is assigned to nobody.
        of: what is done there.
        is_dangerous: whether the host is asked too.
    """

    serials: tuple[str, ...]
    near: NearZone
    of: T
    is_dangerous: bool = False


def dangerous(context: Context) -> tuple[Need[Reservation], ...]:
    """Dangerous claims (WS301), of whomever they are, also off shores that are assigned to nobody."""
    seas = context.once(Seas)
    claims = [claim for claim in context.reservations if claim.hazard.is_hazardous]
    unclear = (claims[number] for number in seas.unclear(Balls(*balls_of(claims)), _FEW))
    return tuple(
        Need((claim.owner,), near, claim, is_dangerous=True)
        for claim in unclear
        for near in seas.anybodys(claim.footprint)
    )


def exercising(context: Context) -> tuple[Need[Reservation], ...]:
    """Claims that are not dangerous (WS313), but in the seas of nations whose units take part in the serial."""
    seas = context.once(Seas)
    return tuple(
        Need((claim.owner,), near, claim)
        for claim in _harmless(context, seas)
        for near in seas.near(claim.footprint)
        if near.state not in _nations_in(context, claim.owner)
    )


def working_aircraft(context: Context) -> tuple[Need[Deck], ...]:
    """Take-offs and landings on ships (WS313), but in the seas of nations of the aircraft or in its serials."""
    from waterspace.domain import Circle

    seas, units = context.once(Seas), context.exercise.units
    return tuple(
        Need(sortie.serials, near, (sortie, deck))
        for sortie, deck in _landings(context, seas)
        for near in seas.near(Circle(centre=deck[2], radius_m=1.0))
        if near.state != units[sortie.unit].nation
        and not any(near.state in _nations_in(context, serial) for serial in sortie.serials)
    )


def submerged(context: Context) -> tuple[Need[Dive], ...]:
    """Submarines below the surface (WS318), but in their own seas; between serials, for no serial."""
    from waterspace.geometry.footprints import around_track

    return tuple(
        Need((serial,) if serial else (), near, (unit, serial, legs))
        for unit, track in context.programme.tracks.items()
        if context.medium(unit) is Medium.SUBSURFACE
        for serial, legs in _dives(track.legs).items()
        for near in context.once(Seas).near(around_track(legs, 0.0))
        if near.state != context.exercise.units[unit].nation
    )


# ---------------------------------------------------------------------------------------------------------- who has it


def may_exercise(context: Context, state: str, serial: str) -> bool:
    """Whether a state hosts the exercise, or has given leave for a serial."""
    return state == context.exercise.host or leave_given(context, state, serial)


def lacks(context: Context, need: Need[T]) -> bool:
    """Whether leave for something has not been given."""
    is_given = leave_given if need.is_dangerous else may_exercise
    return not any(is_given(context, need.near.state, serial) for serial in need.serials)


def is_dangerous_in(context: Context, serial: str, state: str) -> bool:
    """Whether dangerous claims of a serial are in the sea of a state, so that WS301 speaks of it."""
    return (serial, state) in context.once(_endangered)


def _endangered(context: Context) -> frozenset[tuple[str, str]]:
    return frozenset((need.of.owner, need.near.state) for need in context.once(dangerous))


def asking_for_sea(context: Context, state: str) -> frozenset[str]:
    """The serials that need a state's leave for what they do in its territorial sea, whether they have it or not."""
    return context.once(_asking).get(state, frozenset())


def lacking_for_sea(context: Context, state: str) -> frozenset[str]:
    """The serials of which a rule (WS301, WS313, WS318) says that they lack a state's leave for its territorial sea."""
    return context.once(_lacking).get(state, frozenset())


def _asking(context: Context) -> Mapping[str, frozenset[str]]:
    return _by_state(_needs(context))


def _lacking(context: Context) -> Mapping[str, frozenset[str]]:
    return _by_state(need for need in _needs(context) if lacks(context, need))


def _needs(context: Context) -> Iterator[Need[Any]]:
    yield from context.once(dangerous)
    yield from context.once(exercising)
    yield from context.once(working_aircraft)
    yield from context.once(submerged)


def _by_state(needs: Iterable[Need[Any]]) -> Mapping[str, frozenset[str]]:
    """State to the serials that need something of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for need in needs:
        found[need.near.state].update(need.serials)
    return {state: frozenset(serials) for state, serials in found.items()}


# --------------------------------------------------------------------------------------------------- what is done there


def _harmless(context: Context, seas: Seas) -> list[Reservation]:
    """The claims that are not dangerous, of serials that ask for an area of their own that is in somebody's sea."""
    exercise, types = context.exercise, context.types
    areas = list(exercise.areas.values())
    near = seas.unclear(balls([area.footprint for area in areas]))
    coastal = {areas[number].id for number in near if seas.near(areas[number].footprint)}
    asking = {
        id_
        for id_ in context.windows
        if exercise.serials[id_].area in coastal and types[id_].needs(exercise.serials[id_].parameters).area
    }
    return [claim for claim in context.reservations if not claim.hazard.is_hazardous and claim.owner in asking]


def _nations_in(context: Context, serial: str) -> frozenset[str]:
    """The nations whose units take part in a serial."""
    units = context.exercise.units
    return frozenset(units[unit].nation for unit in context.assigned[serial] if unit in units)


def _landings(context: Context, seas: Seas) -> list[tuple[Sortie, tuple[str, int, Position]]]:
    """Where aircraft take off from ships and land on them, as far as it may be in somebody's waters."""
    found: list[tuple[Sortie, tuple[str, int, Position]]] = []
    begins: dict[str, Mapping[int, Position]] = {}
    ends: dict[str, Mapping[int, Position]] = {}
    for sortie in context.programme.sorties:
        unit = sortie.unit
        if not context.exercise.units[unit].home_unit:
            continue
        if unit not in begins:
            legs = context.programme.tracks[unit].legs
            begins[unit] = {leg.start_ms: leg.start for leg in reversed(legs)}
            ends[unit] = {leg.end_ms: leg.end for leg in reversed(legs)}
        for what, time_ms, at_time in (
            ("takes off", sortie.window.start_ms, begins[unit]),
            ("lands", sortie.window.end_ms, ends[unit]),
        ):
            if time_ms in at_time:
                found.append((sortie, (what, time_ms, at_time[time_ms])))
    if not found:
        return found
    return [found[number] for number in seas.unclear(balls([deck[2] for _, deck in found]))]


def _dives(legs: Sequence[Leg]) -> Mapping[str, list[Leg]]:
    """The submerged legs of a track by serial."""
    found: dict[str, list[Leg]] = defaultdict(list)
    for leg in legs:
        if leg.height_m < 0.0:
            found[leg.serial].append(leg)
    return found
