"""Mutual interference (WS2): claims that leave too little room between them, or sweep across others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.checks.limits import ASSUMED, Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.reach import clash_order
from waterspace.checks.words import again, at, extent, lasting, sentence, span
from waterspace.domain import Amount, Hazard, Medium, MovingBox, Severity, Window, join_windows
from waterspace.notation import format_height
from waterspace.quantity import FOOT_M, MINUTE_MS, NAUTICAL_MILE_M, feet, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.domain import Reservation
    from waterspace.geometry.meeting import Clash
    from waterspace.geometry.reservations.nearness import Nearness
    from waterspace.geometry.separation import IndexArray

__all__ = ["BUFFER", "BUFFER_HEIGHT", "LEAST_STAY", "box_sweeps_across", "claims_too_near"]

BUFFER = Limit(
    name="firing_buffer",
    kind=Kind.DISTANCE,
    default=NAUTICAL_MILE_M,
    meaning="A claim of another serial nearer than this to a firing danger area is too near.",
    source=f"{ASSUMED}: room for an error in position and for a ship that is slow to turn",
)
BUFFER_HEIGHT = Limit(
    name="firing_buffer_height",
    kind=Kind.HEIGHT,
    default=1000.0 * FOOT_M,
    meaning="A claim of another serial in the air nearer than this above or below a firing danger area is too near.",
    source=f"{ASSUMED}, as the least vertical separation of air traffic (ICAO Annex 2, appendix 3; not verified)",
)
LEAST_STAY = Limit(
    name="sweep_least_stay",
    kind=Kind.DURATION,
    default=5 * MINUTE_MS,
    meaning="A moving box that stays in the water of another serial no longer than this is let be.",
)

_FIRING = """
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
  EAST: {circle: {centre: 38-30.0N 134-25.0E, radius: 5 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA}
    practice_radius: %s
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Alfa
  S2: {type: asw_search, area: EAST, units: {searching: BRAVO}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
notices:
  N1: {kind: navarea, covers: [WEST, EAST], originator: JPN, planned: 2026-06-02T00:00Z}
  N2: {kind: notam, covers: [WEST, EAST], originator: JPN, planned: 2026-06-02T00:00Z}
"""


@rule(
    code="WS204",
    name="claims-too-near",
    severity=Severity.WARNING,
    summary="Another serial works so near to a firing danger area that a small error puts it inside.",
    why=(
        "The claims do not meet on paper. At sea a position is wrong by some cables, a ship overshoots its turn, a "
        "shell falls at the edge: nobody has room for any of it. Claims count as too near where less than one buffer "
        "lies between them along the surface and, at the same time, less than another in height."
    ),
    source=f"{JUDGEMENT}; the size of each claim is that of its serial type, with the parameters of the file",
    bad=_FIRING % "14 nm",
    good=_FIRING % "13 nm",
    limits=(BUFFER, BUFFER_HEIGHT),
)
def claims_too_near(context: Context) -> Iterator[Remark]:
    """One remark for each pair of serials that no other rule reports, about where they are nearest."""
    if not context.firing:
        return
    near: dict[frozenset[str], _Gap] = {}
    for gap in _gaps(context):
        pair = frozenset((gap.danger.owner, gap.other.owner))
        if pair not in near or gap.order < near[pair].order:
            near[pair] = gap
    for gap in near.values():
        yield _too_near(context, gap)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """A claim near a firing danger area, by how much they are apart, and by how much they should be at the least."""

    danger: Reservation
    other: Reservation
    nearness: Nearness
    above_m: float
    buffer_m: float
    buffer_height_m: float

    @property
    def order(self) -> tuple[object, ...]:
        """The nearest first, whatever the claims are called; names last."""
        near, where = self.nearness, self.nearness.position
        return (
            round(near.apart_m) + round(self.above_m),
            near.window,
            round(where.lat_deg, 6),
            round(where.lon_deg, 6),
            not self.other.hazard.is_hazardous,
            self.danger.id,
            self.other.id,
        )


def _gaps(context: Context) -> Iterator[_Gap]:
    """Every claim that is too near a firing danger area, of serials whose claims do not meet."""
    import numpy as np

    from waterspace.geometry.reservations.nearness import least_distance

    claims, owners = context.reservations, context.claimants
    firing = np.zeros(owners.size, dtype=np.bool_)
    firing[: len(claims)] = [claim.hazard.endangers_shipping for claim in claims]

    def matters(first: IndexArray, second: IndexArray) -> NDArray[np.bool_]:
        ours = (owners[first] >= 0) & (owners[second] >= 0) & (owners[first] != owners[second])
        wanted: NDArray[np.bool_] = ours & (firing[first] | firing[second])
        return wanted

    buffer_m, height_m = context.limit(BUFFER), context.limit(BUFFER_HEIGHT)
    for a, b in zip(
        *(column.tolist() for column in context.index.neighbours(buffer_m, height_m, matters)), strict=True
    ):
        if frozenset((claims[a].owner, claims[b].owner)) in context.met_pairs:
            continue
        danger, other = (claims[a], claims[b]) if firing[a] else (claims[b], claims[a])
        above_m = max(0.0, danger.band.floor_m - other.band.ceiling_m, other.band.floor_m - danger.band.ceiling_m)
        nearness = least_distance(danger, other)
        is_apart_in_height = above_m > 0.0 and above_m >= height_m
        if nearness is None or nearness.apart_m >= buffer_m or is_apart_in_height:
            continue
        yield _Gap(
            danger=danger,
            other=other,
            nearness=nearness,
            above_m=above_m,
            buffer_m=buffer_m,
            buffer_height_m=height_m,
        )


def _too_near(context: Context, gap: _Gap) -> Remark:
    near, danger, other = gap.nearness, context.claim_title(gap.danger), context.claim_title(gap.other)
    window = _time_within(gap)
    where = f"near {at(near.position)}, {span(window)} ({lasting(window.end_ms - window.start_ms)})"
    room, height = _miles(near.apart_m), format_height(gap.above_m)
    if near.apart_m <= 0.0:
        side = "above" if gap.other.band.floor_m >= gap.danger.band.ceiling_m else "below"
        message = (
            f"{other} is {height} {side} {danger} {where}; the buffer is {format_height(gap.buffer_height_m)}. Move "
            f"one of them in time, place or height."
        )
        amount = Amount(round(feet(gap.above_m), 1), round(feet(gap.buffer_height_m), 1), "ft")
    else:
        also = f" and {height} in height" if gap.above_m > 0.0 else ""
        message = (
            f"{other} comes within {room}{also} of {danger} {where}; the buffer is {_miles(gap.buffer_m)}. "
            f"Move one of them in time or place."
        )
        amount = Amount(round(nautical_miles(near.apart_m), 2), round(nautical_miles(gap.buffer_m), 2), "nm")
    return Remark(
        message=sentence(message),
        subjects=(gap.danger.owner, gap.other.owner),
        path=("serials", gap.other.owner),
        position=near.position,
        window=window,
        shapes=(gap.danger.footprint, gap.other.footprint),
        amount=amount,
    )


def _time_within(gap: _Gap) -> Window:
    """The time about the nearest approach at which two claims are within the buffer, where one of them moves."""
    from waterspace.geometry.reservations.nearness import within_at

    near, sides = gap.nearness, (gap.danger.footprint, gap.other.footprint)
    if not any(isinstance(side, MovingBox) for side in sides):
        return near.window
    spans = within_at(*sides, gap.buffer_m, near.window)
    return next((one for one in spans if one.start_ms <= near.time_ms <= one.end_ms), near.window)


def _miles(distance_m: float) -> str:
    """`0.63 nm`; a buffer is compared in miles, however small the gap."""
    return f"{nautical_miles(distance_m):.2f} nm"


_TRANSIT = """
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
  S2:
    type: transit
    units: {units: BRAVO}
    route: [%s]
    start: 2026-06-08T00:00Z
    duration: 4 h
    objectives: O1
"""


@rule(
    code="WS207",
    name="box-sweeps-across",
    severity=Severity.WARNING,
    summary="A formation under way sweeps across the water in which another serial works.",
    why=(
        "Neither is dangerous to the other, but a column that steams through a rendezvous or a search breaks both up, "
        "and each has to give way to ships that it did not expect. Submarines that stay below the other's water, and a "
        "stay of five minutes or less (assumed), are let pass."
    ),
    source=JUDGEMENT,
    bad=_TRANSIT % "38-31.0N 133-50.0E, 38-31.0N 134-50.0E",
    good=_TRANSIT % "38-31.0N 134-30.0E, 38-31.0N 135-30.0E",
    limits=(LEAST_STAY,),
)
def box_sweeps_across(context: Context) -> Iterator[Remark]:
    """One remark for each pair of serials that no other rule reports, about every meeting that lasts."""
    stays: dict[frozenset[str], list[tuple[Reservation, Reservation, Clash]]] = defaultdict(list)
    least_ms = context.limit(LEAST_STAY)
    for box, other, clash in _sweeps(context):
        if _stay_ms(clash) > least_ms and not _dives_below(context, (box, other), clash.window):
            stays[frozenset((box.owner, other.owner))].append((box, other, clash))
    for found in stays.values():
        box, other, clash = min(found, key=lambda stay: clash_order(stay[2]))
        windows = join_windows(stay.window for _, _, stay in found)
        stay_ms = max(_stay_ms(stay) for *_, stay in found)
        lead = _leading(context, box, clash)
        message = (
            f"{context.serial_title(box.owner)}{f', led by {context.unit_title(lead)},' if lead else ''} sweeps across "
            f"{context.claim_title(other)}: it enters near {at(clash.position)}, {extent(clash)}{again(windows)}. "
            f"Move one of the serials in time or place."
        )
        yield Remark(
            message=sentence(message),
            subjects=tuple(filter(None, (box.owner, other.owner, lead))),
            about=(box.owner, other.owner),
            path=("serials", other.owner),
            clash=clash,
            windows=windows,
            amount=Amount(round(stay_ms / MINUTE_MS, 1), least_ms / MINUTE_MS, "min"),
        )


def _stay_ms(clash: Clash) -> int:
    return clash.window.end_ms - clash.window.start_ms


def _dives_below(context: Context, pair: tuple[Reservation, Reservation], window: Window) -> bool:
    """Whether all units of the serial of one of two claims are, while the claims meet, below the other."""
    for under, above in (pair, pair[::-1]):
        tracks = context.plans[under.owner].tracks.values()
        every = (leg for track in tracks for leg in track)
        legs = (leg for leg in every if leg.start_ms < window.end_ms and leg.end_ms > window.start_ms)
        highest_m = max((leg.height_m for leg in legs), default=0.0)
        if highest_m < above.band.floor_m:
            return True
    return False


def _sweeps(context: Context) -> Iterator[tuple[Reservation, Reservation, Clash]]:
    """Moving boxes and the claims of others, each time that they meet, neither dangerous, of serials not reported."""
    import numpy as np

    from waterspace.geometry.meeting import clash_each, every_clash

    claims, owners = context.reservations, context.claimants
    moving, works = np.zeros((2, owners.size), dtype=np.bool_)
    moving[: len(claims)] = [isinstance(claim.footprint, MovingBox) for claim in claims]
    works[: len(claims)] = [claim.hazard is Hazard.NONE for claim in claims]
    if not (moving & works).any():
        return

    def matters(first: IndexArray, second: IndexArray) -> NDArray[np.bool_]:
        wanted: NDArray[np.bool_] = works[first] & works[second] & (moving[first] | moving[second])
        wanted &= owners[first] != owners[second]
        return wanted

    first, second = context.index.neighbours(0.0, 0.0, matters)
    near = [
        (a, b)
        for a, b in zip(first.tolist(), second.tolist(), strict=True)
        if frozenset((claims[a].owner, claims[b].owner)) not in context.met_pairs
    ]
    pairs = [(claims[a], claims[b]) if moving[a] else (claims[b], claims[a]) for a, b in near]
    met = [(*pair, first) for pair, first in zip(pairs, clash_each(pairs), strict=True) if first is not None]
    for (box, other, _), clashes in zip(met, every_clash(met), strict=True):
        yield from ((box, other, clash) for clash in clashes)


def _leading(context: Context, box: Reservation, clash: Clash) -> str:
    """The ship or aircraft of a formation that is nearest to where it first meets another; empty where none is known.

    Of several as near, the one that comes first by name.
    """
    from waterspace.geometry.geodesic import distance_m
    from waterspace.geometry.legs import position_at

    tracks = {unit: legs for unit, legs in context.plans[box.owner].tracks.items() if legs}
    ships = {unit: legs for unit, legs in tracks.items() if context.medium(unit) is not Medium.AIR} or tracks
    away = (
        (round(distance_m(position_at(legs, clash.window.start_ms), clash.position)), unit)
        for unit, legs in ships.items()
    )
    return min(away, default=(0, ""))[1]
