"""Merchant ships: a stream of departures at random times between ports and gates, on lanes of our own."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waterspace.errors import GeometryError
from waterspace.geometry.geodesic import distances_m
from waterspace.quantity import SECOND_MS
from waterspace.traffic import lanes
from waterspace.traffic.draws import poisson, rows, triangular
from waterspace.traffic.tables import ship_kinds, voyage_ends
from waterspace.traffic.tracks import Points, Traffic, Vessel, joined, within_span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.arrays import FloatArray
    from waterspace.traffic.lanes import Lane
    from waterspace.traffic.plan import TrafficPlan
    from waterspace.traffic.tables import ShipKind, VoyageEnd

__all__ = ["Demand", "Voyage", "build", "demand"]

_STARBOARD_RATIO = 0.3
"""Where in the width of a lane most ships are, from -1 at its port side to 1 at its starboard side (assumed)."""

_LONGER_RATIO = 1.05
"""What a way beside a lane is surely not longer than, as a part of the lane's length and the two widths at its ends."""

_REMEMBERED: dict[tuple[tuple[VoyageEnd, ...], int, float], tuple[tuple[Voyage, ...], tuple[str, ...]]] = {}
"""Voyages that this process has charted already."""

_MOST_REMEMBERED = 8

_QUANTILES = 200
_DEPART, _WHICH, _KIND, _SPEED, _LENGTH, _SIDE, _COLUMNS = range(7)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Voyage:
    """A way that ships sail, one way round.

    Attributes:
        origin: where it starts.
        destination: where it ends.
        lane: between them.
        share_ratio: of all ships; the shares of a demand add up to 1.
    """

    origin: VoyageEnd
    destination: VoyageEnd
    lane: Lane
    share_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Demand:
    """What is sailed, how long it takes and how often ships depart.

    Attributes:
        voyages: both ways of every pair of ends.
        kinds: of ships.
        departures_per_s: of all voyages together.
        mean_duration_s: of a voyage; with the departures it gives the mean number under way (Little's law).
        longest_duration_s: that no voyage exceeds.
        notes: what a reader should know.
    """

    voyages: tuple[Voyage, ...]
    kinds: tuple[ShipKind, ...]
    departures_per_s: float
    mean_duration_s: float
    longest_duration_s: float
    notes: tuple[str, ...]

    @property
    def under_way_count(self) -> float:
        """Mean number of ships under way at any time."""
        return self.departures_per_s * self.mean_duration_s


def demand(plan: TrafficPlan, progress: Callable[[float], None] = lambda _: None) -> Demand:
    """What is sailed under a plan; the same for every seed.

    Lanes that are not in the user's cache are computed, which takes up to some seconds each.

    Raises:
        GeometryError: there is no pair of ends between which anything is sailed.
    """
    kinds = plan.kinds or ship_kinds()
    voyages, notes = _voyages(plan, progress)
    mean_s = math.fsum(voyage.share_ratio * voyage.lane.length_m for voyage in voyages) * _mean_slowness(kinds)
    longest_m = max(voyage.lane.length_m for voyage in voyages) * _LONGER_RATIO + 2.0 * plan.lane_half_width_m
    span_s = (plan.end_ms - plan.start_ms) / SECOND_MS
    return Demand(
        voyages=voyages,
        kinds=kinds,
        departures_per_s=plan.merchant_count / (span_s + mean_s),
        mean_duration_s=mean_s,
        longest_duration_s=longest_m / min(kind.speeds_mps[0] for kind in kinds),
        notes=notes,
    )


def build(plan: TrafficPlan, seed: int, progress: Callable[[float], None] = lambda _: None) -> Traffic:
    """The merchant ships of a plan, from a seed.

    Every ship has its own row of random numbers: more ships of one plan do not change the others.

    Raises:
        GeometryError: there is no pair of ends between which anything is sailed.
    """
    if plan.merchant_count == 0.0:
        return joined(())
    wanted = demand(plan, progress)
    window_s = (plan.end_ms - plan.start_ms) / SECOND_MS + wanted.longest_duration_s
    count = poisson(seed, "merchant/count", wanted.departures_per_s * window_s)
    draws = rows(seed, "merchant/ships", count, _COLUMNS)
    first_ms = plan.start_ms - round(wanted.longest_duration_s * SECOND_MS)
    depart_ms = first_ms + np.floor(draws[:, _DEPART] * (plan.end_ms - first_ms)).astype(np.int64)
    kind = _chosen([each.share_ratio for each in wanted.kinds], draws[:, _KIND])
    speed_mps = _of_kinds([each.speeds_mps for each in wanted.kinds], kind, draws[:, _SPEED])
    length_m = _of_kinds([each.lengths_m for each in wanted.kinds], kind, draws[:, _LENGTH])
    side = triangular(draws[:, _SIDE], -1.0, _STARBOARD_RATIO, 1.0)
    which = _chosen([voyage.share_ratio for voyage in wanted.voyages], draws[:, _WHICH])
    parts = []
    for number, voyage in enumerate(wanted.voyages):
        longest_s = (voyage.lane.length_m * _LONGER_RATIO + 2.0 * plan.lane_half_width_m) / speed_mps
        ships = np.flatnonzero((which == number) & (depart_ms + longest_s * SECOND_MS > plan.start_ms))
        if ships.size:
            lat, lon = lanes.sideways(voyage.lane, side[ships])
            run_m = np.cumsum(distances_m(lat[:, :-1], lon[:, :-1], lat[:, 1:], lon[:, 1:]), axis=1)
            run_ms = np.rint(run_m * SECOND_MS / speed_mps[ships, None]).astype(np.int64)
            times_ms = depart_ms[ships, None] + np.concatenate(
                (np.zeros((ships.size, 1), dtype=np.int64), run_ms), axis=1
            )
            left, points = within_span(times_ms, lat, lon, (plan.start_ms, plan.end_ms))
            parts.append((ships[left], points))
    numbers, points = _in_order(parts)
    codes = [(voyage.origin.code, voyage.destination.code) for voyage in wanted.voyages]
    vessels = tuple(
        Vessel(f"MERCHANT-{ship + 1:05d}", wanted.kinds[kind_].name, length, speed, *codes[voyage_])
        for ship, kind_, length, speed, voyage_ in zip(
            *(
                values.tolist()
                for values in (numbers, kind[numbers], length_m[numbers], speed_mps[numbers], which[numbers])
            ),
            strict=True,
        )
    )
    return Traffic(vessels=vessels, points=points, notes=wanted.notes)


def _voyages(plan: TrafficPlan, progress: Callable[[float], None]) -> tuple[tuple[Voyage, ...], tuple[str, ...]]:
    """Both ways of every pair of ends, and what is to be said of them; asked for again they are remembered."""
    ends = plan.ends or voyage_ends()
    key = ends, plan.pairs_count, plan.lane_half_width_m
    known = _REMEMBERED.get(key)
    if known is not None:
        return known
    pairs, notes = _pairs(ends, plan.pairs_count)
    found = lanes.between([(a.position, b.position) for a, b in pairs], progress)
    notes += [
        f"no way by sea between {a.code} and {b.code} was found; nothing is sailed between them"
        for (a, b), lane in zip(pairs, found.found, strict=True)
        if lane is None
    ]
    sailed = [(pair, lane) for pair, lane in zip(pairs, found.found, strict=True) if lane is not None]
    if not sailed:
        raise GeometryError("traffic: found no pair of ends with a way by sea between them; give other ends of voyages")
    whole = math.fsum(2.0 * a.weight_ratio * b.weight_ratio for (a, b), _ in sailed)
    voyages = []
    for (a, b), lane in sailed:
        out, share = (
            lanes.charted(lane, plan.lane_half_width_m, (a.is_gate, b.is_gate)),
            a.weight_ratio * b.weight_ratio,
        )
        for origin, destination, way in ((a, b, out), (b, a, out.back())):
            voyages.append(Voyage(origin=origin, destination=destination, lane=way, share_ratio=share / whole))
    while len(_REMEMBERED) >= _MOST_REMEMBERED:
        _REMEMBERED.pop(next(iter(_REMEMBERED)))
    _REMEMBERED[key] = tuple(voyages), tuple(notes)
    return tuple(voyages), (*notes, *found.notes)


def _pairs(ends: Sequence[VoyageEnd], count: int) -> tuple[list[tuple[VoyageEnd, VoyageEnd]], list[str]]:
    """The pairs of ends that carry the most, and what is to be said of the others."""
    weighted = [
        (-a.weight_ratio * b.weight_ratio, number, (a, b))
        for number, (a, b) in enumerate(itertools.combinations(ends, 2))
        if a.weight_ratio * b.weight_ratio > 0.0 and not (a.group and a.group == b.group)
    ]
    weighted.sort(key=lambda each: each[:2])
    taken = weighted[:count]
    notes = []
    if len(taken) < len(weighted):
        part = math.fsum(each[0] for each in taken) / math.fsum(each[0] for each in weighted)
        notes.append(
            f"of {len(weighted)} pairs of ports and gates the {len(taken)} with the most traffic are sailed: "
            f"{part:.0%} of it"
        )
    return [pair for _, _, pair in taken], notes


def _mean_slowness(kinds: Sequence[ShipKind]) -> float:
    """Mean seconds to a metre over all kinds."""
    quantiles = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    whole = math.fsum(kind.share_ratio for kind in kinds)
    return math.fsum(
        kind.share_ratio / whole * float(np.mean(1.0 / triangular(quantiles, *kind.speeds_mps))) for kind in kinds
    )


def _chosen(shares: Sequence[float], uniform: FloatArray) -> NDArray[np.intp]:
    """What is chosen by shares at quantiles."""
    edges = np.cumsum(shares)
    chosen: NDArray[np.intp] = np.searchsorted(edges, uniform * edges[-1], side="right")
    return np.minimum(chosen, len(shares) - 1)


def _of_kinds(spreads: Sequence[tuple[float, float, float]], kind: NDArray[np.intp], uniform: FloatArray) -> FloatArray:
    """Values of the distributions of kinds at quantiles."""
    low, mode, high = np.array(spreads)[kind].T
    return triangular(uniform, low, mode, high)


def _in_order(parts: Sequence[tuple[NDArray[np.intp], Points]]) -> tuple[NDArray[np.intp], Points]:
    """Ships of several voyages in order of their numbers, with their points."""
    if not parts:
        return np.empty(0, dtype=np.intp), joined(()).points
    numbers = np.concatenate([ships for ships, _ in parts])
    counts = np.concatenate([np.diff(points.first) for _, points in parts])
    begins = np.cumsum(counts) - counts
    order = np.argsort(numbers)
    first = np.concatenate(([0], np.cumsum(counts[order]))).astype(np.int64)
    source = np.repeat(begins[order] - first[:-1], counts[order]) + np.arange(int(first[-1]))
    columns = [np.concatenate([points[field] for _, points in parts])[source] for field in (1, 2, 3)]
    return numbers[order], Points(first, *columns)
