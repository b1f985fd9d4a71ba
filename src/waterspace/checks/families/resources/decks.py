"""Resources and environment (WS1, WS4): decks have room for the helicopters that use them, and lie still enough."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.words import at, lasting, listing, plural, span
from waterspace.domain import Amount, Medium, Severity, Window
from waterspace.notation import format_time
from waterspace.quantity import MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Leg, Position
    from waterspace.programme import Sortie

__all__ = ["deck_motion", "deck_overbooked"]

_DECK_TIME = Limit(
    name="deck_time",
    kind=Kind.DURATION,
    default=10 * MINUTE_MS,
    meaning="How long a helicopter takes up a spot before it takes off and after it has landed.",
)
_DECK_SEA_STATE = Limit(
    name="deck_sea_state",
    kind=Kind.COUNT,
    default=5,
    meaning="Highest Douglas sea state in which helicopters use a deck whose class says nothing of that.",
    source="assumed, for design limits of roll 5, pitch 3 degrees and 2 m/s of vertical velocity (HEL-1, NPS TSSE)",
)

_ON_DECK_M = 50.0
"""A helicopter at no height and this near to a ship stands on its deck."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Stay:
    """A helicopter takes up a spot.

    Attributes:
        visits: whether it stands there as part of a serial of landings.
    """

    window: Window
    unit: str
    serial: str
    visits: bool


def _example(spots: int) -> str:
    return f"""
classes:
  cutter:
    name: Cutter
    kind: patrol vessel
    medium: surface
    max_speed: 24 kn
    economical_speed: 12 kn
    range: 4000 nm
    helicopter_spots: {spots}
  hopper:
    name: Hopper
    kind: ship helicopter
    medium: air
    max_speed: 130 kn
    cruise_speed: 120 kn
    endurance: 3 h
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}}
  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}}
  HELO1: {{name: Helo 1, nation: JPN, class: hopper, home: ALFA}}
  HELO2: {{name: Helo 2, nation: JPN, class: hopper, home: ALFA}}
serials:
  S1:
    type: asw_search
    area: WEST
    units: {{searching: [ALFA, BRAVO, HELO1, HELO2]}}
    start: 2026-06-08T00:00Z
    duration: 1 h
    objectives: O1
"""


@rule(
    code="WS108",
    name="deck-overbooked",
    severity=Severity.ERROR,
    summary="More helicopters are to use a deck at one time than it has spots.",
    why=(
        "A helicopter that cannot land waits in the air on fuel that was meant for the way home. A spot is taken up "
        "for a while before each take-off and after each landing, and while a helicopter stands on deck in a serial of "
        "landings; in between, those at home are taken to be in the hangar, and a flight of several airframes uses "
        "one spot. Where only take-offs or landings coincide it is a warning, for one of them can go first; it is an "
        "error where helicopters stand in each other's way in a serial, or are based on a ship without a deck."
    ),
    source=f"the helicopter spots of the class, as the file or the library gives them; the time on deck is {JUDGEMENT}",
    bad=_example(1),
    good=_example(2),
    limits=(_DECK_TIME,),
)
def deck_overbooked(context: Context) -> Iterator[Remark]:
    """One remark for each time at which a deck is too small."""
    unknown: list[str] = []
    for deck, stays in sorted(_stays(context).items()):
        platform = context.exercise.platform(deck)
        spots = None if platform is None else platform.helicopter_spots
        if spots is None:
            unknown.append(deck)
        elif spots == 0:
            yield _no_deck(context, deck, stays)
        elif len({stay.unit for stay in stays}) > spots:
            yield from _too_many(context, deck, stays, spots)
    if unknown:
        names = listing([context.unit_title(deck) for deck in unknown])
        raise NotCheckedError(f"nothing says how many helicopters can be on the deck of {names}")


def _stays(context: Context) -> Mapping[str, Sequence[_Stay]]:
    """Ship to the times at which a helicopter takes up one of its spots, in order."""
    from waterspace.programme.passages import carrier

    found: dict[str, list[_Stay]] = defaultdict(list)
    exercise, deck_ms = context.exercise, round(context.limit(_DECK_TIME))
    based: dict[str, set[str]] = defaultdict(set)
    for unit in {sortie.unit for sortie in context.programme.sorties}:
        based[carrier(exercise, exercise.units[unit])].add(unit)
    for sortie in context.programme.sorties:
        ship = carrier(exercise, exercise.units[sortie.unit])
        if ship and context.medium(ship) is not Medium.SHORE:
            off_ms, on_ms = sortie.window.start_ms, sortie.window.end_ms
            before, after = (
                Window(start_ms=off_ms - deck_ms, end_ms=off_ms),
                Window(start_ms=on_ms, end_ms=on_ms + deck_ms),
            )
            found[ship].append(_Stay(window=before, unit=sortie.unit, serial=sortie.serials[0], visits=False))
            found[ship].append(_Stay(window=after, unit=sortie.unit, serial=sortie.serials[-1], visits=False))
        for serial in sortie.serials:
            if _may_crowd(context, serial, based):
                for deck, stay in _visits(context, sortie.unit, serial):
                    found[deck].append(stay)
    for stays in found.values():
        stays.sort()
    return found


def _may_crowd(context: Context, serial: str, based: Mapping[str, set[str]]) -> bool:
    """Whether those in a serial, with those based on its ships, are more than the smallest of its decks holds."""
    units = context.assigned[serial]
    guests = {unit for unit in units if context.medium(unit) is Medium.AIR}
    for ship in units - guests:
        platform = context.exercise.platform(ship)
        spots = 0 if platform is None else platform.helicopter_spots or 0
        if len(guests | based.get(ship, set())) > spots:
            return True
    return False


def _visits(context: Context, unit: str, serial: str) -> Iterator[tuple[str, _Stay]]:
    """The times at which a helicopter stands on a deck in a serial, each with the ship."""
    tracks = context.plans[serial].tracks
    standing = [leg for leg in tracks.get(unit, ()) if leg.height_m == 0.0 and leg.duration_ms > 0]
    if not standing:
        return
    ships = [name for name in sorted(tracks) if tracks[name] and context.medium(name) is Medium.SURFACE]
    for leg in standing:
        ship = _under(leg, {name: tracks[name] for name in ships})
        if ship:
            window = Window(start_ms=leg.start_ms, end_ms=leg.end_ms)
            yield ship, _Stay(window=window, unit=unit, serial=serial, visits=True)


def _under(leg: Leg, ships: Mapping[str, Sequence[Leg]]) -> str:
    """The ship that is where a leg begins and where it ends; empty where none is."""
    from waterspace.geometry.geodesic import distance_m
    from waterspace.geometry.legs import position_at

    for ship, legs in ships.items():
        near = distance_m(position_at(legs, leg.start_ms), leg.start) < _ON_DECK_M
        if near and distance_m(position_at(legs, leg.end_ms), leg.end) < _ON_DECK_M:
            return ship
    return ""


def _no_deck(context: Context, deck: str, stays: Sequence[_Stay]) -> Remark:
    units = sorted({stay.unit for stay in stays})
    names = listing([context.unit_title(unit) for unit in units])
    serials = sorted({stay.serial for stay in stays}, key=lambda id_: (context.windows[id_], id_))
    titles = listing([context.serial_title(id_) for id_ in serials])
    message = (
        f"{names} {'is' if len(units) == 1 else 'are'} to take off from {context.unit_title(deck)} or to land there "
        f"for {titles} ({span(stays[0].window)}); that ship has no helicopter deck. Name another ship."
    )
    based = {unit for unit in units if context.exercise.units[unit].home_unit == deck}
    guest = next((stay for stay in stays if stay.unit not in based), None)
    return Remark(
        message=message,
        subjects=(deck, *units, *serials),
        path=("units", units[0], "home") if guest is None else _role_path(context, guest.serial, deck),
        about=(deck,),
        position=_deck_position(context, deck, stays[0].window.start_ms),
        window=stays[0].window,
        amount=Amount(value=float(len(units)), limit=0.0, unit="helicopters"),
    )


def _role_path(context: Context, serial: str, deck: str) -> tuple[str, ...]:
    """Keys to the role in which a serial has a ship; to the serial where it has none."""
    for role, names in context.exercise.serials[serial].units.items():
        if deck in context.exercise.expand(names):
            return ("serials", serial, "units", role)
    return ("serials", serial)


def _too_many(context: Context, deck: str, stays: Sequence[_Stay], spots: int) -> Iterator[Remark]:
    """The spans of time in which more helicopters want a spot than there are, each with everybody in it."""
    edges = sorted({edge for stay in stays for edge in (stay.window.start_ms, stay.window.end_ms)})
    begun: list[_Stay] = []
    waiting = list(reversed(stays))
    span_, there, most = None, set[_Stay](), 0
    for start_ms, end_ms in pairwise(edges):
        while waiting and waiting[-1].window.start_ms <= start_ms:
            begun.append(waiting.pop())
        begun = [stay for stay in begun if stay.window.end_ms > start_ms]
        count = len({stay.unit for stay in begun})
        if count > spots:
            span_ = Window(start_ms=start_ms if span_ is None else span_.start_ms, end_ms=end_ms)
            there.update(begun)
            most = max(most, count)
        elif span_ is not None:
            yield _crowd(context, deck, there, (span_, most, spots))
            span_, there, most = None, set(), 0
    if span_ is not None:
        yield _crowd(context, deck, there, (span_, most, spots))


def _crowd(context: Context, deck: str, stays: set[_Stay], found: tuple[Window, int, int]) -> Remark:
    """What is said of a time at which a deck is too small: when, how many at most, how many spots."""
    window, most, spots = found
    units = sorted({stay.unit for stay in stays})
    serials = sorted({stay.serial for stay in stays}, key=lambda id_: (context.windows[id_], id_))
    names = listing([context.unit_title(unit) for unit in units])
    visited = [id_ for id_ in serials if any(stay.visits and stay.serial == id_ for stay in stays)]
    titles = listing([context.serial_title(id_) for id_ in serials])
    here = _deck_position(context, deck, window.start_ms)
    position = "" if here is None else f" near {at(here)}"
    message = (
        f"{names} want the deck of {context.unit_title(deck)}{position} at once, {span(window)} "
        f"({lasting(window.end_ms - window.start_ms)}), for {titles}; it has "
        f"{plural(spots, 'helicopter spot')}. Let one go first, or give it another deck."
    )
    return Remark(
        message=message,
        subjects=(deck, *serials, *units),
        path=_role_path(context, visited[0] if visited else serials[-1], deck),
        about=(deck, *serials, *sorted({_when(context, stay) for stay in stays})),
        severity=Severity.ERROR if any(stay.visits for stay in stays) else Severity.WARNING,
        position=here,
        window=window,
        amount=Amount(value=float(most), limit=float(spots), unit="helicopters"),
    )


def _when(context: Context, stay: _Stay) -> str:
    """Whether a helicopter stands there in its serial, to take off for it, or when it is back from it."""
    is_before = stay.window.start_ms < context.windows[stay.serial].start_ms
    return "in" if stay.visits else "before" if is_before else "after"


def _deck_position(context: Context, deck: str, time_ms: int) -> Position | None:
    from waterspace.geometry.legs import position_at

    track = context.programme.tracks.get(deck)
    return None if track is None or not track.legs else position_at(track.legs, time_ms)


_ROUGH = """
classes:
  cutter:
    name: Cutter
    kind: patrol vessel
    medium: surface
    max_speed: 24 kn
    economical_speed: 12 kn
    range: 4000 nm
    helicopter_spots: 1
    deck_sea_state: 4
  hopper:
    name: Hopper
    kind: ship helicopter
    medium: air
    max_speed: 130 kn
    cruise_speed: 120 kn
    endurance: 3 h
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  HELO: {name: Helo, nation: JPN, class: hopper, home: ALFA}
serials:
  S1:
    type: asw_search
    area: WEST
    units: {searching: [ALFA, BRAVO, HELO]}
    start: 2026-06-08T00:00Z
    duration: 1 h
    objectives: O1
    conditions: {sea_state: 6}
"""


@rule(
    code="WS405",
    name="deck-motion",
    severity=Severity.WARNING,
    summary="Helicopters take off from a ship, or land on it, in a sea that is too high for its deck.",
    why=(
        "A deck that rolls, pitches and heaves breaks the helicopter and whoever lashes it down, and whoever is in the "
        "air then has nowhere to go. The limit is the class's `deck_sea_state`, else one for all; the true limits "
        "belong to each pair of ship and helicopter, with wind and course. Serials may have their own limit (WS403). "
        "Nothing is said where no weather is given."
    ),
    source=(
        "design limits for helicopter operations: roll 5, pitch 3 degrees, vertical velocity 2 m/s (NPS TSSE, USW "
        "2025); that sea state 5 stands for them is assumed"
    ),
    bad=f"""{_ROUGH}
weather:
  - {{start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 5}}
""",
    good=f"""{_ROUGH}
weather:
  - {{start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 4}}
""",
    limits=(_DECK_SEA_STATE,),
)
def deck_motion(context: Context) -> Iterator[Remark]:
    """One remark for each flight from a ship, about its take-off and landing."""
    from waterspace.programme.passages import carrier

    exercise = context.exercise
    if not exercise.weather and not exercise.data.weather:
        return
    unknown: set[str] = set()
    for sortie in context.programme.sorties:
        deck = carrier(exercise, exercise.units[sortie.unit])
        if not deck or context.medium(deck) is Medium.SHORE:
            continue
        times_ms = (sortie.window.start_ms, sortie.window.end_ms)
        states = [_sea_state(context, deck, time_ms) for time_ms in times_ms]
        unknown.update(sortie.serials if None in states else ())
        platform = exercise.platform(deck)
        own = None if platform is None else platform.deck_sea_state
        limit = context.limit(_DECK_SEA_STATE) if own is None else own
        high = [(state, -time_ms) for state, time_ms in zip(states, times_ms, strict=True) if state is not None]
        if high and max(high)[0] > limit:
            yield _rough(context, sortie, deck, (max(high)[0], -max(high)[1], limit))
    if unknown:
        raise NotCheckedError(f"the weather given leaves out the flights for {listing(sorted(unknown))}")


def _sea_state(context: Context, deck: str, time_ms: int) -> int | None:
    """The sea state where a ship is; that of the schedule where the file names no fields."""
    if context.exercise.data.weather:
        here = _deck_position(context, deck, time_ms)
        found = None if here is None else context.surroundings.conditions(here, time_ms)
        return None if found is None else found.sea_state
    return max(
        (
            spell.sea_state
            for spell in context.exercise.weather
            if spell.sea_state is not None and spell.window.start_ms <= time_ms < spell.window.end_ms
        ),
        default=None,
    )


def _rough(context: Context, sortie: Sortie, deck: str, found: tuple[int, int, float]) -> Remark:
    """What is said of a flight: the sea state, when it holds, and the limit."""
    state, time_ms, limit = found
    does = "takes off from" if time_ms == sortie.window.start_ms else "lands on"
    here = _deck_position(context, deck, time_ms)
    position = "" if here is None else f" near {at(here)}"
    message = (
        f"{context.unit_title(sortie.unit)} {does} {context.unit_title(deck)}{position} at {format_time(time_ms)} for "
        f"{listing([context.serial_title(id_) for id_ in sortie.serials])} in sea state {state}; its deck is used up "
        f"to {limit:g}. Move the flight, or plan without it."
    )
    return Remark(
        message=message,
        subjects=(sortie.unit, deck, *sortie.serials),
        path=("serials", sortie.serials[0], "start"),
        about=(sortie.unit, sortie.serials[0]),
        position=here,
        window=sortie.window,
        amount=Amount(value=float(state), limit=float(limit), unit="Douglas sea state"),
    )
