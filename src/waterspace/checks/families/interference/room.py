"""Mutual interference (WS2): the room that a serial was given, beside the room that it is planned to take up."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import at, extent, sentence
from waterspace.domain import SURFACE, Band, Hazard, Reservation, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.checks.context import Context
    from waterspace.domain import Window
    from waterspace.geometry.meeting import Clash

__all__ = ["danger_in_area"]

_FIRING = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-30.0N 134-20.0E}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA}
    bearing: '090'
    half_angle: '20'
    range: 8 nm
    ricochet_margin: 0 m
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Alfa
  S2: {type: assembly, area: HOTEL, units: {units: BRAVO}, start: 2026-06-08T01:00Z, duration: 2 h, objectives: O1}
"""


@rule(
    code="WS213",
    name="danger-in-area",
    severity=Severity.ADVICE,
    summary="A firing danger area reaches into the area of another serial, though not where that is planned to be.",
    why=(
        "A serial is planned in a part of the area that it was given: a formation in its middle, a search in its "
        "pattern. Its officers were given the whole of it, and may use it. Where somebody else's shells may fall in "
        "the rest they must know, or the areas must be drawn apart. What a serial is planned to take up is looked at "
        "by WS201 and WS202, and what they report is not told again."
    ),
    source=f"{JUDGEMENT}; the size of the danger area is that of its serial type, with the parameters of the file",
    bad=_FIRING
    + """
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
  HOTEL: {name: Hotel, circle: {centre: 38-30.0N 134-20.0E, radius: 12 nm}}
""",
    good=_FIRING
    + """
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
  HOTEL: {name: Hotel, circle: {centre: 38-30.0N 134-20.0E, radius: 5 nm}}
""",
)
def danger_in_area(context: Context) -> Iterator[Remark]:
    """One remark for each pair of serials of which no claims meet, about where the danger first reaches the area."""
    from waterspace.geometry.reservations.index import ReservationIndex

    dangers = [claim for claim in context.firing if claim.owner in context.plans]
    rooms = _rooms(context) if dangers else {}
    if not rooms:
        return
    count, claims = len(dangers), (*dangers, *rooms.values())
    met = ReservationIndex(claims).meetings(lambda first, second: (first < count) != (second < count))
    numbers = zip(met.first.tolist(), met.second.tolist(), strict=True)
    pairs = [(claims[min(pair)], claims[max(pair)].owner) for pair in numbers]
    places = [
        place
        for place, (danger, owner) in enumerate(pairs)
        if danger.owner != owner and frozenset((danger.owner, owner)) not in context.met_pairs
    ]
    found: dict[tuple[str, str], list[tuple[Clash, Reservation]]] = defaultdict(list)
    for place, clash in zip(places, met.clashes(places), strict=True):
        danger, owner = pairs[place]
        found[danger.owner, owner].append((clash, danger))
    for (owner, other_id), clashes in found.items():
        clash, danger = min(clashes, key=_in_order)
        area = context.exercise.areas[context.exercise.serials[other_id].area]
        message = (
            f"{context.claim_title(danger)} reaches into {area.name}, where {context.serial_title(other_id)} is held, "
            f"near {at(clash.position)}, {extent(clash)}, though not where it is planned to be. Tell its officers "
            f"which part is closed to them, or draw the areas apart."
        )
        yield Remark(
            message=sentence(message), subjects=(owner, other_id), path=("serials", other_id, "area"), clash=clash
        )


def _in_order(found: tuple[Clash, Reservation]) -> tuple[Window, float, float]:
    clash, _ = found
    return clash.window, clash.position.lat_deg, clash.position.lon_deg


def _rooms(context: Context) -> Mapping[str, Reservation]:
    """Id of a serial to the whole of its area at the time of the serial, for those that have one."""
    areas, found = context.exercise.areas, {}
    for id_, window in context.windows.items():
        area = areas.get(context.exercise.serials[id_].area)
        if area is not None:
            found[id_] = Reservation(
                id=f"{id_}/area",
                owner=id_,
                name=area.name,
                footprint=area.footprint,
                band=SURFACE if area.band == Band() else area.band,
                windows=(window,),
                hazard=Hazard.NONE,
            )
    return found
