"""Reach: which claims come near which places, found among thousands without a look at most of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.domain import Footprint, Position, Reservation, Window
    from waterspace.geometry.meeting import Clash

__all__ = ["Balls", "Near", "balls", "clash_order", "near_pairs", "nearest_claims", "shared_m2", "time_of"]

_SPARE_M = 50.0
"""Added to every reach, for rounding."""

_BULGE = 6.0
"""What lies between points bulges from the chord between them by its square over this many radii of the earth."""

_FAR_M = 4_000_000.0
"""What is wider may be anywhere."""

_CELLS = 2_000_000
"""How many pairs are looked at in one go."""


class Balls(NamedTuple):
    """A ball about each of some shapes, through the earth.

    Attributes:
        middle: earth-centred, shape (n, 3), metres.
        reach_m: shape (n,).
    """

    middle: NDArray[np.float64]
    reach_m: NDArray[np.float64]


class Near(NamedTuple):
    """A claim and the place that it comes near.

    Attributes:
        place: number of the place.
        apart_m: least distance along the surface, 0 where they meet.
        position: midway between the points at which they are nearest.
    """

    claim: Reservation
    place: int
    apart_m: float
    position: Position


def balls(shapes: Sequence[Footprint | Position]) -> Balls:
    """A ball about each shape; a moving box is held with all its way."""
    import numpy as np

    from waterspace.geometry.geodesic import position_arrays
    from waterspace.geometry.plane import EARTH_RADIUS_M
    from waterspace.geometry.reservations.earthframe import earth_centred, norm

    if not shapes:
        return Balls(np.zeros((0, 3)), np.zeros(0))
    pairs = [_points(shape) for shape in shapes]
    points = earth_centred(*position_arrays([one for some, _ in pairs for one in some]))
    counts = np.array([len(some) for some, _ in pairs])
    first = np.cumsum(counts) - counts
    low, high = np.minimum.reduceat(points, first), np.maximum.reduceat(points, first)
    wide_m = norm(high - low)
    reach_m = wide_m / 2.0 + wide_m**2 / (_BULGE * EARTH_RADIUS_M) + np.array([more for _, more in pairs]) + _SPARE_M
    return Balls((low + high) / 2.0, np.where(wide_m > _FAR_M, np.inf, reach_m))


def _points(shape: Footprint | Position) -> tuple[Sequence[Position], float]:  # noqa: PLR0911  # one for each kind
    """Positions between which a shape lies, and how far it reaches beyond them."""
    from waterspace.domain import Circle, Corridor, Joined, MovingBox, Polygon, Sector, Without

    match shape:
        case Circle() | Sector():
            return (shape.centre,), shape.radius_m
        case Polygon():
            return shape.vertices, 0.0
        case Corridor():
            return shape.waypoints, shape.half_width_m
        case MovingBox():
            ends = [*(leg.start for leg in shape.legs), shape.legs[-1].end]
            return ends, max(shape.ahead_m, shape.astern_m) + shape.abeam_m
        case Joined():
            parts = [_points(part) for part in shape.parts]
            return [one for some, _ in parts for one in some], max(more for _, more in parts)
        case Without():
            return _points(shape.base)
        case _:
            return (shape,), 0.0


def near_pairs(ours: Balls, theirs: Balls, within_m: float) -> list[tuple[int, int]]:
    """Numbers of the pairs that may come within a distance; what is left out surely does not."""
    import numpy as np

    found: list[tuple[int, int]] = []
    if not theirs.reach_m.size:
        return found
    step = max(_CELLS // theirs.reach_m.size, 1)
    for start in range(0, ours.reach_m.size, step):
        here, reach_m = ours.middle[start : start + step], ours.reach_m[start : start + step]
        square = np.maximum(
            (here**2).sum(axis=1)[:, None] + (theirs.middle**2).sum(axis=1) - 2.0 * here @ theirs.middle.T, 0.0
        )
        close = np.sqrt(square) <= within_m + reach_m[:, None] + theirs.reach_m
        first, second = np.nonzero(close)
        found.extend(zip((first + start).tolist(), second.tolist(), strict=True))
    return found


def nearest_claims(
    claims: Sequence[Reservation], places: Sequence[Footprint | Position], within_m: float
) -> Iterable[Near]:
    """For each serial and place the claim that comes nearest, if it comes within a distance; in order of time.

    Args:
        claims: in order of time.
        places: what they may come near.
        within_m: along the surface; what is exactly so far does not count, what overlaps always does.
    """
    from waterspace.domain import Position
    from waterspace.geometry.footprints import nearest_m
    from waterspace.geometry.meeting import footprints_meet

    best: dict[tuple[str, int], Near] = {}
    measured: dict[tuple[int, int], tuple[float, Position] | None] = {}
    for number, place in near_pairs(balls([claim.footprint for claim in claims]), balls(places), within_m):
        claim, other = claims[number], places[place]
        key = (id(claim.footprint), place)
        if key not in measured:
            apart_m, position = nearest_m(claim.footprint, other)
            inside = None
            if apart_m <= 0.0 and not isinstance(other, Position):
                inside = footprints_meet(claim.footprint, other)
            counts = inside is not None or apart_m < within_m
            measured[key] = (apart_m, inside or position) if counts else None
        found = measured[key]
        if found is not None:
            known = best.get((claim.owner, place))
            if known is None or found[0] < known.apart_m:
                best[claim.owner, place] = Near(claim, place, *found)
    return best.values()


def shared_m2(first: Footprint, second: Footprint, window: Window) -> float:
    """How much water two footprints share; of a moving box, what it covers in a window counts."""
    from waterspace.domain import Polygon
    from waterspace.geometry.footprints import area_m2
    from waterspace.geometry.reservations.pairwise import shared_region

    total = 0.0
    for patch in shared_region(first, second, window):
        rings = [Polygon(vertices=ring) for ring in (patch.outer, *patch.holes) if len(set(ring)) > 2]
        if rings:
            total += area_m2(rings[0]) - sum(area_m2(hole) for hole in rings[1:])
    return total


def time_of(claim: Reservation) -> Window:
    """From the first to the last instant of a claim."""
    from waterspace.domain import Window

    return Window(start_ms=claim.windows[0].start_ms, end_ms=claim.windows[-1].end_ms)


def clash_order(clash: Clash) -> tuple[object, ...]:
    """By time, then by place: an order of clashes that no spelling of ids decides."""
    return clash.window, round(clash.position.lat_deg, 6), round(clash.position.lon_deg, 6)
