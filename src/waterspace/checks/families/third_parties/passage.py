"""Third parties and law (WS3): in somebody else's territorial sea ships pass, and do nothing else unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.families.third_parties.consents import shortcomings
from waterspace.checks.families.third_parties.seas import (
    Seas,
    exercising,
    is_dangerous_in,
    lacks,
    may_exercise,
    submerged,
    working_aircraft,
)
from waterspace.checks.rule import NotCheckedError, Remark, rule
from waterspace.checks.views.diving import depth_unsaid, on_passage
from waterspace.checks.views.intrusion import serials_around
from waterspace.checks.views.reach import time_of
from waterspace.checks.words import at, listing, sentence, span
from waterspace.domain import Amount, Medium, Severity, Window
from waterspace.geometry.balls import balls
from waterspace.notation import format_distance, format_time
from waterspace.quantity import MINUTE_MS, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.domain import Leg, Position, Reservation
    from waterspace.environment.limits.reach import NearZone

__all__ = ["passage_not_innocent", "submerged_in_a_territorial_sea"]

_COMPUTED = "The limit is computed from the packaged shoreline, not legal."


# --------------------------------------------------------------------------------------------------- WS313: not passage


@rule(
    code="WS313",
    name="passage-not-innocent",
    severity=Severity.ERROR,
    summary="Ships exercise, or work aircraft, in a foreign territorial sea without that state's permission.",
    why=(
        "Passage is continuous and expeditious; whatever has no direct bearing on it ends its innocence: a serial that "
        "asks for an area of its own, though nothing in it is dangerous, and the launching, landing or taking on board "
        "of aircraft on the way. Dangerous claims are reported by WS301. The host invites, and a state whose "
        f"own units take part in a serial has agreed to it, so that neither is looked at. {_COMPUTED}"
    ),
    source="UN Convention on the Law of the Sea, articles 18(2) and 19(2)(a)-(l), the last: any other activity",
    bad="""
areas:
  WEST: {name: West, circle: {centre: 37-41.0N 130-54.0E, radius: 5 nm}}
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: ALFA}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
    good="""
areas:
  WEST: {name: West, circle: {centre: 37-41.0N 130-54.0E, radius: 5 nm}}
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: ALFA}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
permissions:
  L1: {state: KOR, kind: territorial sea, covers: S1, date: 2026-05-01T00:00Z, reference: note 17}
""",
)
def passage_not_innocent(context: Context) -> Iterator[Remark]:
    """One remark for each serial and state, and one for each aircraft, sortie and state."""
    told: set[tuple[str, str]] = set()
    for need in context.once(exercising):
        claim, near = need.of, need.near
        key = (claim.owner, near.state)
        if key not in told and lacks(context, need) and not is_dangerous_in(context, *key):
            told.add(key)
            yield _no_passage(context, claim, near)
    yield from _flights(context, told)


def _no_passage(context: Context, claim: Reservation, near: NearZone) -> Remark:
    window, state = time_of(claim), near.state
    reach = f"reaches to {format_distance(near.distance_m)} from" if near.distance_m > 0.0 else "reaches over"
    message = (
        f"{sentence(context.claim_title(claim))} {reach} the coast of {state} near {at(near.position)}, "
        f"{span(window)}: it is in the waters of {state} ({nautical_miles(near.breadth_m):g} nm, computed), an "
        f"exercise is no innocent passage, and no permission of {state} for {claim.owner} is in the file."
        f"{shortcomings(context, state, claim.owner)} Enter the permission, or move it."
    )
    return Remark(
        message=message,
        subjects=(claim.owner, state),
        path=("serials", claim.owner),
        position=near.position,
        window=window,
        shapes=(claim.footprint,),
        amount=_miles(near),
    )


def _miles(near: NearZone) -> Amount:
    return Amount(round(nautical_miles(near.distance_m), 1), round(nautical_miles(near.breadth_m), 1), "nm")


def _flights(context: Context, exercising_in: AbstractSet[tuple[str, str]]) -> Iterator[Remark]:
    """Aircraft that take off from a ship, or land on one, in a foreign territorial sea.

    Args:
        context: the plan.
        exercising_in: serials and states of which it is said already that they exercise there.
    """
    told: set[tuple[str, int, str]] = set()
    for need in context.once(working_aircraft):
        (sortie, deck), state = need.of, need.near.state
        key = (sortie.unit, sortie.window.start_ms, state)
        pairs = [(serial, state) for serial in need.serials]
        is_told = key in told or any(pair in exercising_in or is_dangerous_in(context, *pair) for pair in pairs)
        if not is_told and lacks(context, need):
            told.add(key)
            yield _from_deck(context, (sortie.unit, sortie.serials[0]), deck, need.near)


def _in_waters(codes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which codes of zones are of land, internal waters and territorial seas."""
    import numpy as np

    from waterspace.environment.limits.breadths import Zone

    wanted = {Zone.LAND, Zone.INTERNAL_WATERS, Zone.TERRITORIAL_SEA}
    return np.isin(codes, [number for number, zone in enumerate(Zone) if zone in wanted])


def _from_deck(context: Context, who: tuple[str, str], deck: tuple[str, int, Position], near: NearZone) -> Remark:
    (unit, serial), (what, time_ms, position), state = who, deck, near.state
    ship = context.unit_title(context.exercise.units[unit].home_unit)
    message = (
        f"{context.unit_title(unit)} {what} on board {ship} near {at(position)} at {format_time(time_ms)} for "
        f"{context.serial_title(serial)}, {format_distance(near.distance_m)} from the coast of {state} and so in its "
        f"waters ({nautical_miles(near.breadth_m):g} nm, computed): that is no innocent passage, and no permission of "
        f"{state} covers {serial}.{shortcomings(context, state, serial)} Enter the permission, or fly elsewhere."
    )
    return Remark(
        message=message,
        subjects=(unit, serial, state),
        path=("serials", serial),
        position=position,
        window=Window(start_ms=time_ms, end_ms=time_ms + MINUTE_MS),
        amount=_miles(near),
    )


# -------------------------------------------------------------------------------------------------- WS318: submarines


@rule(
    code="WS318",
    name="submerged-in-a-territorial-sea",
    severity=Severity.ERROR,
    summary="A submarine is planned to be submerged in a foreign territorial sea without that state's permission.",
    why=(
        "In a territorial sea submarines go on the surface and show their flag; one that is found submerged may be "
        "treated as a threat. Serials whose dangerous claims lie there are reported by WS301. Of passages between "
        "serials the plan gives no depth: where one leads through such a sea, that is not checked, and said. "
        f"{_COMPUTED}"
    ),
    source="UN Convention on the Law of the Sea, article 20",
    bad="""
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn,
           range: 4000 nm, endurance: 20 d}
  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 16 kn, economical_speed: 8 kn, range: 6000 nm,
         endurance: 40 d}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  DELTA: {name: Delta, nation: JPN, class: boat, start: 37-40.0N 131-20.0E}
serials:
  S1:
    type: transit
    units: {units: DELTA}
    route: [37-40.0N 131-20.0E, 37-40.0N 131-03.0E]
    depth: 60 m
    start: 2026-06-08T00:00Z
    duration: 3 h
    objectives: O1
""",
    good="""
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn,
           range: 4000 nm, endurance: 20 d}
  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 16 kn, economical_speed: 8 kn, range: 6000 nm,
         endurance: 40 d}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  DELTA: {name: Delta, nation: JPN, class: boat, start: 37-40.0N 131-20.0E}
serials:
  S1:
    type: transit
    units: {units: DELTA}
    route: [37-40.0N 131-30.0E, 37-40.0N 131-15.0E]
    depth: 60 m
    start: 2026-06-08T00:00Z
    duration: 3 h
    objectives: O1
""",
)
def submerged_in_a_territorial_sea(context: Context) -> Iterator[Remark]:
    """One remark for each submarine, serial and state.

    Of a passage nobody gives a depth. It is no finding here, other than in WS205 and WS304: the law that submarines
    surface there is known to whoever commands one, and to say that a breach of it is planned would accuse of what no
    plan says. But whoever answers for the plan should know that it leaves this open, and where: so it is not checked.
    """
    boats = [unit for unit in context.programme.tracks if context.medium(unit) is Medium.SUBSURFACE]
    if not boats:
        return
    for need in context.once(submerged):
        unit, serial, legs = need.of
        if lacks(context, need) and not is_dangerous_in(context, serial, need.near.state):
            yield _dived_in(context, (unit, serial), legs, need.near)
    unsaid = list(dict.fromkeys(_unsaid(context, boats)))
    if unsaid:
        raise NotCheckedError(f"no depth is given for {listing(unsaid)}")


def _unsaid(context: Context, boats: Sequence[str]) -> Iterator[str]:
    """Passages of submarines through the territorial seas of states that have not given leave, in words."""
    from waterspace.geometry.footprints import around_track

    seas = context.once(Seas)
    ways = [(unit, legs) for unit in boats for legs in depth_unsaid(context.programme.tracks[unit].legs)]
    shapes = [around_track(legs, 0.0) for _, legs in ways]
    for number in seas.unclear(balls(shapes)) if shapes else ():
        unit, legs = ways[number]
        ends = [serial for serial in serials_around(context, unit, legs[0].start_ms) if serial]
        for near in seas.near(shapes[number]):
            invited = near.state in (context.exercise.units[unit].nation, context.exercise.host)
            if not invited and not any(may_exercise(context, near.state, serial) for serial in ends):
                yield (
                    f"{context.unit_title(unit)} {on_passage(context, unit, legs[0].start_ms)}, through the "
                    f"territorial sea of {near.state} near {at(near.position)}"
                )


def _dived_in(context: Context, who: tuple[str, str], legs: Sequence[Leg], near: NearZone) -> Remark:
    (unit, serial), state = who, near.state
    window = _first_time(context, legs, state)
    depth_m = -min(leg.height_m for leg in legs)
    where = f" in {context.serial_title(serial)}" if serial else ""
    message = (
        f"{context.unit_title(unit)} is planned to be submerged at {depth_m:.0f} m{where} to within "
        f"{format_distance(near.distance_m)} of the coast of {state} near {at(near.position)}, {span(window)}: that is "
        f"in the territorial sea of {state} ({nautical_miles(near.breadth_m):g} nm, computed), where submarines go on "
        f"the surface, and no permission of {state} for it is in the file."
        f"{shortcomings(context, state, serial) if serial else ''} Surface it there, or keep it outside."
    )
    return Remark(
        message=message,
        subjects=(unit, *filter(None, (serial,)), state),
        path=("serials", serial) if serial else ("units", unit),
        position=near.position,
        window=window,
        shapes=(tuple(legs),),
        amount=_miles(near),
    )


_LOOKS = 200
"""How many instants of a submerged run are looked at for when it enters a territorial sea, and leaves it."""


def _first_time(context: Context, legs: Sequence[Leg], state: str) -> Window:
    """When legs first lie in a state's waters, right to a two-hundredth of their time."""
    import numpy as np

    from waterspace.geometry.geodesic import position_arrays
    from waterspace.geometry.legs import position_at

    whole = Window(start_ms=legs[0].start_ms, end_ms=legs[-1].end_ms)
    times_ms = np.linspace(whole.start_ms, whole.end_ms, _LOOKS + 1).astype(np.int64)
    positions = [position_at(legs, int(time_ms)) for time_ms in times_ms]
    codes, states = context.surroundings.zones.classify(*position_arrays(positions))
    inside = np.flatnonzero(_in_waters(codes) & (states == state))
    if not inside.size:
        return whole
    gap = np.flatnonzero(np.diff(inside) > 1)
    last = int(inside[gap[0]]) if gap.size else int(inside[-1])
    start, end = max(int(inside[0]) - 1, 0), min(last + 1, _LOOKS)
    return Window(start_ms=int(times_ms[start]), end_ms=int(times_ms[end]))
