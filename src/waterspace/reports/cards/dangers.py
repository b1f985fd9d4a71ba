"""Dangers near a unit's way: danger areas of others that are active when it passes close by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from waterspace.domain import Corridor
from waterspace.errors import GeometryError
from waterspace.geometry.footprints import bounding_circle, distance_between_m
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import length_m, position_at, trim
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M
from waterspace.reports.cards.values import CardDanger

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Leg, Reservation

__all__ = ["NEAR_M", "dangers_near"]

NEAR_M = 10.0 * NAUTICAL_MILE_M
"""How near a danger area is told (assumed: half an hour's way of a ship that is in no hurry)."""

_ROUNDS = 24
"""Of the search for the nearest moment: each leaves two thirds, so that a day comes down to seconds."""


def dangers_near(legs: tuple[Leg, ...], claims: Iterable[tuple[str, Reservation]]) -> tuple[CardDanger, ...]:
    """The danger areas that a track comes within `NEAR_M` of while they are active, in order of time.

    A danger area that moves is measured to all that it sweeps over.

    Args:
        legs: of the unit, in order of time.
        claims: title and reservation of each danger area of others.
    """
    found = [danger for title, claim in claims for danger in _near(legs, title, claim)]
    return tuple(sorted(found, key=lambda danger: (danger.window, danger.title)))


def _near(legs: tuple[Leg, ...], title: str, claim: Reservation) -> Iterator[CardDanger]:
    for window in claim.windows:
        try:
            nearest = _nearest(trim(legs, window), claim.footprint)
        except GeometryError:  # a shape that crosses itself has no distance; a rule reports it
            return
        if nearest is not None:
            closest_ms, apart_m = nearest
            yield CardDanger(
                title=title,
                window=window,
                closest_ms=closest_ms,
                distance_m=apart_m,
                band=claim.band,
                footprint=claim.footprint,
            )


def _nearest(legs: tuple[Leg, ...], footprint: Footprint) -> tuple[int, float] | None:
    """When and how near a track comes; None where it stays farther off than `NEAR_M`."""
    around = bounding_circle(footprint)
    best: tuple[float, Leg] | None = None
    for leg in legs:
        if distance_m(leg.start, around.centre) - around.radius_m - length_m(leg) > NEAR_M:
            continue
        apart_m = _apart_m(leg, footprint)
        if apart_m <= NEAR_M and (best is None or apart_m < best[0]):
            best = apart_m, leg
    return None if best is None else (_moment(best[1], footprint), best[0])


def _apart_m(leg: Leg, footprint: Footprint) -> float:
    if leg.is_wait:
        return distance_between_m(footprint, leg.start)
    return distance_between_m(footprint, Corridor(waypoints=(leg.start, leg.end), half_width_m=0.0))


def _moment(leg: Leg, footprint: Footprint) -> int:
    """When a leg is nearest, to the minute; of several such times the first that the search meets."""
    first_ms, last_ms = leg.start_ms, leg.end_ms
    if not leg.is_wait:
        for _ in range(_ROUNDS):
            third_ms = (last_ms - first_ms) // 3
            early_ms, late_ms = first_ms + third_ms, last_ms - third_ms
            early_m, late_m = (
                distance_between_m(footprint, position_at((leg,), time_ms)) for time_ms in (early_ms, late_ms)
            )
            if early_m <= late_m:
                last_ms = late_ms
            else:
                first_ms = early_ms
            if third_ms < MINUTE_MS // 3:
                break
    return round(first_ms / MINUTE_MS) * MINUTE_MS
