"""Mutual interference (WS2): who fires keeps the own units clear, and answers for the margins of the range."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.checks.limits import ASSUMED, Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import at, lasting, listing, sentence, span
from waterspace.domain import SURFACE, Amount, Band, Hazard, Medium, MovingBox, Reservation, Severity, Window
from waterspace.notation import format_distance
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.domain import Leg
    from waterspace.geometry.reservations.nearness import Nearness
    from waterspace.geometry.separation import IndexArray

__all__ = ["OWN_CLEAR", "RANGE_SHARE", "margin_unstated", "own_unit_in_danger"]

OWN_CLEAR = Limit(
    name="own_unit_clear",
    kind=Kind.DISTANCE,
    default=NAUTICAL_MILE_M / 2.0,
    meaning="A unit of a firing serial that does not fire itself keeps this far outside the danger area.",
    source=ASSUMED,
)
RANGE_SHARE = Limit(
    name="danger_range_share",
    kind=Kind.RATIO,
    default=1.0,
    meaning="The danger area reaches at least this share of the greatest range of what is fired.",
    source=(
        "surface danger zones of an open range take 100 % of the greatest range: US naval facilities manual 1027.3b, "
        "http://navalfacilities.tpub.com/1027_3b/1027_3b0039.htm"
    ),
)

_FIRING = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, target: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 3 h
    objectives: O1
    safety_officer: Executive officer, Bravo
%s
"""


@rule(
    code="WS208",
    name="own-unit-in-danger",
    severity=Severity.ERROR,
    summary="A ship of the firing serial that does not fire is in its danger area, or too near it, while others fire.",
    why=(
        "In May 2020 a support ship that had laid a target had not yet drawn off when a missile was fired: it took the "
        "ship for the target, and nineteen of its crew died. Whoever lays, tows or watches is outside the danger area, "
        "with room to spare, from before the first round until after the last. A tow that is shorter than the danger "
        "area is wide puts its tug inside, by its very length."
    ),
    source=f"{JUDGEMENT}, after the accident off Konarak of 10 May 2020 as the press told it (not verified)",
    bad=_FIRING % "    tow: 1000 m\n    practice_radius: 3 nm",
    good=_FIRING % "    tow: 4 nm\n    practice_radius: 3 nm",
    limits=(OWN_CLEAR,),
)
def own_unit_in_danger(context: Context) -> Iterator[Remark]:
    """One remark for each unit and serial, about where it is nearest."""
    dangers = [danger for claim in context.firing if (danger := _live(context, claim)) is not None]
    if not dangers:
        return
    nearest: dict[tuple[str, str], _Inside] = {}
    for inside in _near_own(context, dangers):
        key = inside.danger.owner, inside.unit
        if key not in nearest or inside.order < nearest[key].order:
            nearest[key] = inside
    for inside in nearest.values():
        yield _own_remark(context, inside)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inside:
    """A unit near a danger of its own serial."""

    danger: Reservation
    unit: str
    legs: tuple[Leg, ...]
    nearness: Nearness
    windows: tuple[Window, ...]

    @property
    def order(self) -> tuple[object, ...]:
        near = self.nearness
        return round(near.apart_m), near.time_ms, self.danger.id


def _live(context: Context, claim: Reservation) -> Reservation | None:
    """A danger of a serial, for the time in which somebody may fire; None where nobody ever does."""
    live = context.plans[claim.owner].live
    if live == claim.windows:
        return claim
    windows = tuple(shared for window in claim.windows for part in live if (shared := window.overlap(part)) is not None)
    return replace(claim, windows=windows) if windows else None


def _watchers(context: Context, serial: str) -> Iterator[tuple[str, tuple[Leg, ...]]]:
    """Units of a serial that have a track in it and do not fire, and their legs."""
    exercise, roles = context.exercise, context.types[serial].roles
    names = (name for role in roles if role.fires for name in exercise.serials[serial].units.get(role.name, ()))
    fire = frozenset(exercise.expand(tuple(names)))
    return ((unit, legs) for unit, legs in context.plans[serial].tracks.items() if legs and unit not in fire)


def _near_own(context: Context, dangers: Sequence[Reservation]) -> Iterator[_Inside]:
    """Units that come near the dangers of their own serial."""
    import numpy as np

    from waterspace.geometry.reservations.nearness import least_distance, within_at
    from waterspace.geometry.reservations.neighbours import neighbours
    from waterspace.geometry.reservations.table import Table

    serials = {danger.owner: number for number, danger in enumerate(dangers)}
    ways = [
        (unit, way)
        for serial in serials
        for unit, legs in _watchers(context, serial)
        for way in _ways(context, (serial, unit), legs)
    ]
    claims = (*dangers, *(way for _, way in ways))
    owner = np.array([serials[claim.owner] for claim in claims])
    count, clear_m = len(dangers), context.limit(OWN_CLEAR)

    def matters(first: IndexArray, second: IndexArray) -> NDArray[np.bool_]:
        pairs = (np.minimum(first, second) < count) & (np.maximum(first, second) >= count)
        wanted: NDArray[np.bool_] = pairs & (owner[first] == owner[second])
        return wanted

    first, second = neighbours(Table.of(claims), clear_m, 0.0, matters)
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        danger, (unit, way) = dangers[a], ways[b - count]
        near = least_distance(danger, way)
        if near is not None and near.apart_m < clear_m and isinstance(way.footprint, MovingBox):
            windows = within_at(danger.footprint, way.footprint, clear_m, near.window) or (near.window,)
            yield _Inside(danger=danger, unit=unit, legs=way.footprint.legs, nearness=near, windows=windows)


def _ways(context: Context, who: tuple[str, str], legs: tuple[Leg, ...]) -> Iterator[Reservation]:
    """What a unit does in a serial, as claims without a size, one for each height."""
    serial, unit = who
    for height_m in dict.fromkeys(leg.height_m for leg in legs):
        there = tuple(leg for leg in legs if leg.height_m == height_m)
        ship = height_m == 0.0 and context.medium(unit) is not Medium.AIR
        yield Reservation(
            id=unit,
            owner=serial,
            name=unit,
            footprint=MovingBox(legs=there, ahead_m=0.0, astern_m=0.0, abeam_m=0.0),
            band=SURFACE if ship else Band(floor_m=height_m - 1.0, ceiling_m=height_m + 1.0),
            windows=(Window(start_ms=there[0].start_ms, end_ms=there[-1].end_ms),),
            hazard=Hazard.NONE,
        )


def _own_remark(context: Context, inside: _Inside) -> Remark:
    near, clear_m, serial = inside.nearness, context.limit(OWN_CLEAR), inside.danger.owner
    roles = [role for role in context.types[serial].roles if inside.unit in context.briefing(serial).units(role.name)]
    role = f", {listing([role.name for role in roles])}," if roles else ""
    how = "is inside" if near.apart_m <= 0.0 else f"comes within {nautical_miles(near.apart_m):.2f} nm of"
    first, last = inside.windows[0], inside.windows[-1]
    when = Window(start_ms=first.start_ms, end_ms=last.end_ms)
    message = (
        f"{context.unit_title(inside.unit)}{role} {how} {context.claim_title(inside.danger)}, in which it has a part, "
        f"near {at(near.position)}, {span(when)} ({lasting(when.end_ms - when.start_ms)}), while others fire; "
        f"{nautical_miles(clear_m):.2f} nm outside is the least. Give it a longer tow, or more clearance."
    )
    return Remark(
        message=sentence(message),
        subjects=(inside.unit, serial),
        path=("serials", serial),
        position=near.position,
        windows=inside.windows,
        shapes=(inside.danger.footprint, inside.legs),
        amount=Amount(round(nautical_miles(near.apart_m), 2), round(nautical_miles(clear_m), 2), "nm"),
    )


@rule(
    code="WS209",
    name="margin-unstated",
    severity=Severity.ADVICE,
    summary="The danger area is shorter than what is fired can reach, or nobody says what it keeps for ricochets.",
    why=(
        "A range that is written down without its margins looks the same whether they are in it or forgotten. Rounds "
        "skip off the water, and a missile that loses its target seeks another: ricochet_margin and seeker_margin "
        "widen the danger area, and 0 says that the range holds them already. It is a warning where the danger area "
        "does not reach as far as the greatest range of what is fired."
    ),
    source=f"{RANGE_SHARE.source}; the zone includes direct fire and ricochet (ibid., 1027_3b0036.htm)",
    bad=_FIRING % "    range: 6 nm\n    half_angle: '15'",
    good=_FIRING % "    range: 6 nm\n    half_angle: '15'\n    ricochet_margin: 0.5 nm\n    greatest_range: 6 nm",
    limits=(RANGE_SHARE,),
)
def margin_unstated(context: Context) -> Iterator[Remark]:
    """One remark for each serial that fires, about what is worse."""
    share = context.limit(RANGE_SHARE)
    for claim in context.firing:
        owner = context.types.get(claim.owner)
        parameters = context.exercise.serials[claim.owner].parameters
        ordnance = None if owner is None else owner.ordnance(parameters)
        if ordnance is None:
            continue
        wanted_m = share * (ordnance.greatest_range_m or 0.0)
        title = context.claim_title(claim)
        if ordnance.reach_m < wanted_m - 1.0:
            message = (
                f"{title} reaches {nautical_miles(ordnance.reach_m):.2f} nm from where it is fired, "
                f"{nautical_miles(wanted_m - ordnance.reach_m):.2f} nm less than the {format_distance(wanted_m)} that "
                f"are asked for by the greatest range of what is fired. Widen the range, or fire with less."
            )
            amount = Amount(round(nautical_miles(ordnance.reach_m), 2), round(nautical_miles(wanted_m), 2), "nm")
            yield _about_range(claim, message, Severity.WARNING, amount)
        elif ordnance.has_range and not ordnance.has_margins:
            message = (
                f"{title} has a range, but nobody says what it keeps for ricochets or for a seeker. Give "
                f"ricochet_margin or seeker_margin; 0 says that the range holds it."
            )
            yield _about_range(claim, message, None, None)


def _about_range(claim: Reservation, message: str, severity: Severity | None, amount: Amount | None) -> Remark:
    from waterspace.geometry.footprints import centre

    return Remark(
        message=sentence(message),
        subjects=(claim.owner,),
        path=("serials", claim.owner, "range"),
        position=centre(claim.footprint),
        windows=claim.windows,
        shapes=(claim.footprint,),
        severity=severity,
        amount=amount,
    )
