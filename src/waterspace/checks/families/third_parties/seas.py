"""Seas: which territorial seas claims and ways lead into, which serials need leave there, and who has it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

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

__all__ = ["Seas", "asking_for_sea", "dives", "harmless", "landings", "may_exercise", "nations_in", "reported_seas"]


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
    return context.once(_asking).get(state, frozenset())


def _asking(context: Context) -> Mapping[str, frozenset[str]]:
    """State to the serials that do something in its territorial sea, other than its own units and those beside them."""
    seas = Seas(context)
    dangers = [claim for claim in context.reservations if claim.hazard.is_hazardous]
    near = [dangers[number] for number in seas.unclear(Balls(*balls_of(dangers)))]
    nobody: set[str] = set()
    found: dict[str, set[str]] = defaultdict(set)
    for serial, footprint, nations in (
        *((claim.owner, claim.footprint, nobody) for claim in near),
        *((claim.owner, claim.footprint, nations_in(context, claim.owner)) for claim in harmless(context, seas)),
        *_submerged(context),
        *_on_decks(context, seas),
    ):
        for zone in seas.near(footprint):
            if zone.state not in nations:
                found[zone.state].add(serial)
    return {state: frozenset(serials) for state, serials in found.items()}


def _submerged(context: Context) -> Iterator[tuple[str, Footprint, set[str]]]:
    """Where submarines are submerged, by serial, and whose they are."""
    from waterspace.geometry.footprints import around_track

    for unit, track in context.programme.tracks.items():
        if context.medium(unit) is Medium.SUBSURFACE:
            for serial, legs in dives(track.legs).items():
                if serial:
                    yield serial, around_track(legs, 0.0), {context.exercise.units[unit].nation}


def _on_decks(context: Context, seas: Seas) -> Iterator[tuple[str, Footprint, set[str]]]:
    """Where aircraft take off from ships and land on them, by serial, and whose they are."""
    from waterspace.domain import Circle

    for sortie, (_, _, position) in landings(context, seas):
        for serial in sortie.serials:
            yield serial, Circle(centre=position, radius_m=1.0), {context.exercise.units[sortie.unit].nation}


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


def nations_in(context: Context, serial: str) -> set[str]:
    """The nations whose units take part in a serial."""
    units = context.exercise.units
    return {units[unit].nation for unit in context.assigned[serial] if unit in units}


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
