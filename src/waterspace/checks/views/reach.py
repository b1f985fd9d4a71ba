"""Reach: which claims come near which places, found among thousands without a look at most of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.geometry.balls import balls, near_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Footprint, Position, Reservation, Window
    from waterspace.geometry.meeting import Clash

__all__ = ["Near", "clash_order", "nearest_claims", "shared_m2", "time_of"]


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
