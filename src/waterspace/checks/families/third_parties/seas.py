"""Seas: which territorial seas claims and ways lead into, which serials need leave there, and who has it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.families.third_parties.consents import leave_given
from waterspace.checks.views.reach import Balls, balls
from waterspace.checks.views.sifting import balls_of, surely_clear
from waterspace.domain import Medium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Footprint, Leg, Position, Reservation
    from waterspace.environment.limits.reach import NearZone
    from waterspace.programme.passages import Sortie

__all__ = [
    "Seas",
    "asking_for_sea",
    "dives",
    "harmless",
    "lacking_for_sea",
    "landings",
    "may_exercise",
    "nations_flying",
    "nations_in",
    "reported_seas",
]


class Seas:
    """Which territorial seas footprints reach into, each worked out once."""

    def __init__(self, context: Context) -> None:
        self._zones = context.surroundings.zones
        self._known: dict[int, tuple[Footprint, tuple[NearZone, ...]]] = {}

    def near(self, footprint: Footprint) -> tuple[NearZone, ...]:
        """The deepest first; those of shores that are assigned to nobody are left out."""
        if id(footprint) not in self._known:
            found = tuple(near for near in self._zones.territorial_seas_near(footprint) if near.state)
            self._known[id(footprint)] = (footprint, found)
        return self._known[id(footprint)][1]

    def unclear(self, some: Balls) -> list[int]:
        """Numbers of the balls that may be in somebody's sea, rising."""
        clear = surely_clear(some, self._zones.surely_none_near, 1)
        return [number for number, is_clear in enumerate(clear.tolist()) if not is_clear]


def reported_seas(context: Context, seas: Seas) -> Callable[[str, str], bool]:
    """Whether another rule (WS301) speaks of a serial in the sea of a state, for its claims there are dangerous."""
    dangers: dict[str, list[Reservation]] = defaultdict(list)
    for claim in context.reservations:
        if claim.hazard.is_hazardous:
            dangers[claim.owner].append(claim)

    def told(serial: str, state: str) -> bool:
        return any(near.state == state for claim in dangers.get(serial, ()) for near in seas.near(claim.footprint))

    return told


def may_exercise(context: Context, state: str, serial: str) -> bool:
    """Whether a state hosts the exercise, or has given leave for a serial."""
    return state == context.exercise.host or leave_given(context, state, serial)


def asking_for_sea(context: Context, state: str) -> frozenset[str]:
    """The serials that need a state's leave for what they do in its territorial sea, whether they have it or not."""
    return frozenset(serial for ask in context.once(_asking).get(state, ()) for serial in ask.serials)


def lacking_for_sea(context: Context, state: str) -> frozenset[str]:
    """The serials of which a rule (WS301, WS313, WS318) says that they lack a state's leave for its territorial sea."""
    return context.once(_lacking).get(state, frozenset())


class _Ask(NamedTuple):
    """That something done in a territorial sea needs leave, which may be given for any of some serials.

    Attributes:
        excused: the nations in whose seas it needs none, for it is their own units that do it.
        is_dangerous: whether the host is asked too.
    """

    serials: tuple[str, ...]
    footprint: Footprint
    excused: frozenset[str] = frozenset()
    is_dangerous: bool = False


def _lacking(context: Context) -> Mapping[str, frozenset[str]]:
    """State to the serials that lack its leave."""
    asking = context.once(_asking).items()
    return {
        state: frozenset(serial for ask in asks if _lacks(context, state, ask) for serial in ask.serials)
        for state, asks in asking
    }


def _lacks(context: Context, state: str, ask: _Ask) -> bool:
    is_given = leave_given if ask.is_dangerous else may_exercise
    return not any(is_given(context, state, serial) for serial in ask.serials)


def _asking(context: Context) -> Mapping[str, tuple[_Ask, ...]]:
    """State to what is done in its territorial sea and needs its leave."""
    seas = Seas(context)
    dangers = [claim for claim in context.reservations if claim.hazard.is_hazardous]
    near = (dangers[number] for number in seas.unclear(Balls(*balls_of(dangers))))
    found: dict[str, list[_Ask]] = defaultdict(list)
    for ask in (
        *(_Ask((claim.owner,), claim.footprint, is_dangerous=True) for claim in near),
        *(_Ask((claim.owner,), claim.footprint, nations_in(context, claim.owner)) for claim in harmless(context, seas)),
        *_submerged(context),
        *_on_decks(context, seas),
    ):
        for zone in seas.near(ask.footprint):
            if zone.state not in ask.excused:
                found[zone.state].append(ask)
    return {state: tuple(asks) for state, asks in found.items()}


def _submerged(context: Context) -> Iterator[_Ask]:
    """Where submarines are submerged in serials."""
    from waterspace.geometry.footprints import around_track

    for unit, track in context.programme.tracks.items():
        if context.medium(unit) is Medium.SUBSURFACE:
            for serial, legs in dives(track.legs).items():
                if serial:
                    own = context.exercise.units[unit].nation
                    yield _Ask((serial,), around_track(legs, 0.0), frozenset({own}))


def _on_decks(context: Context, seas: Seas) -> Iterator[_Ask]:
    """Where aircraft take off from ships and land on them."""
    from waterspace.domain import Circle

    for sortie, (_, _, position) in landings(context, seas):
        yield _Ask(sortie.serials, Circle(centre=position, radius_m=1.0), nations_flying(context, sortie))


def nations_flying(context: Context, sortie: Sortie) -> frozenset[str]:
    """The nation of an aircraft, and those whose units take part in the serials that it flies for."""
    own = frozenset({context.exercise.units[sortie.unit].nation})
    return own.union(*(nations_in(context, serial) for serial in sortie.serials))


def harmless(context: Context, seas: Seas) -> list[Reservation]:
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


def nations_in(context: Context, serial: str) -> frozenset[str]:
    """The nations whose units take part in a serial."""
    units = context.exercise.units
    return frozenset(units[unit].nation for unit in context.assigned[serial] if unit in units)


def landings(context: Context, seas: Seas) -> list[tuple[Sortie, tuple[str, int, Position]]]:
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


def dives(legs: Sequence[Leg]) -> Mapping[str, list[Leg]]:
    """The submerged legs of a track by serial."""
    found: dict[str, list[Leg]] = defaultdict(list)
    for leg in legs:
        if leg.height_m < 0.0:
            found[leg.serial].append(leg)
    return found
