"""Which maritime zone a point lies in: limits that are computed from the coast, never legal limits."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from waterspace.domain import Position
from waterspace.environment import coast
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from waterspace.domain import Footprint
    from waterspace.environment.coast import Bounds, NearLand
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["NearZone", "Zone", "ZoneAt", "Zones", "load"]

TERRITORIAL_SEA_M: Final = 12.0 * NAUTICAL_MILE_M
"""Source: UN Convention on the Law of the Sea, article 3."""

CONTIGUOUS_ZONE_M: Final = 24.0 * NAUTICAL_MILE_M
"""Source: UN Convention on the Law of the Sea, article 33(2)."""

EEZ_M: Final = 200.0 * NAUTICAL_MILE_M
"""Source: UN Convention on the Law of the Sea, article 57."""


class Zone(StrEnum):
    """Where a point lies, from the land outwards."""

    LAND = "land"
    INTERNAL_WATERS = "internal_waters"
    TERRITORIAL_SEA = "territorial_sea"
    CONTIGUOUS_ZONE = "contiguous_zone"
    EEZ = "eez"
    HIGH_SEAS = "high_seas"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneAt:
    """What is computed of one point.

    Attributes:
        zone: the innermost zone that the point lies in.
        state: whose zone it is, ISO 3166-1 alpha-3; empty on the high seas and where it is unknown.
        distance_m: to the baseline, 0 on land and in internal waters; None where no baseline is within 200 nm.
        territorial_sea_m: breadth of the territorial sea in force there.
        notes: what a reader should know before relying on it.
    """

    zone: Zone
    state: str
    distance_m: float | None
    territorial_sea_m: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearZone:
    """How far a footprint reaches into the territorial sea or the internal waters of a state.

    Attributes:
        state: ISO 3166-1 alpha-3; empty for a feature that is assigned to nobody.
        zone: the innermost zone that the footprint reaches: land, internal waters or territorial sea.
        depth_m: how far inside the outer limit of the territorial sea it reaches.
        distance_m: from the footprint to the baseline.
        breadth_m: of the territorial sea in force there.
        position: a nearest point of the baseline.
    """

    state: str
    zone: Zone
    depth_m: float
    distance_m: float
    breadth_m: float
    position: Position


@functools.cache
def _load(holders: tuple[tuple[str, str], ...]) -> Zones:
    return Zones(dict(holders))


def load(holders: Mapping[str, str] = MappingProxyType({})) -> Zones:
    """The zones, with disputed features left to nobody or assigned to states."""
    return _load(tuple(sorted(holders.items())))


class Zones:
    """Maritime zones computed from the coast."""

    def __init__(self, holders: Mapping[str, str]) -> None:
        self._holders = dict(holders)

    def at(self, position: Position) -> ZoneAt:
        """The zone of one point."""
        shore = coast.load()
        near = shore.nearest(position, CONTIGUOUS_ZONE_M)
        if not any(land.state for land in near):
            near = shore.nearest(position, EEZ_M)
        held = [land for land in near if land.state]
        state = held[0].state if held else ""
        if shore.is_land(position):
            return ZoneAt(zone=Zone.LAND, state=state, distance_m=0.0, territorial_sea_m=TERRITORIAL_SEA_M)
        free = [land for land in near if not land.state]
        return ZoneAt(
            zone=_zone(held[0].distance_m if held else None, free[0].distance_m if free else None),
            state=state if held else "",
            distance_m=held[0].distance_m if held else None,
            territorial_sea_m=TERRITORIAL_SEA_M,
        )

    def classify(self, lat: ArrayLike, lon: ArrayLike) -> tuple[NDArray[np.uint8], NDArray[np.str_]]:
        """Zones of many points: index into `tuple(Zone)`, and state."""
        lat_, lon_ = (np.atleast_1d(np.asarray(values, dtype=np.float64)) for values in (lat, lon))
        order = tuple(Zone)
        found = [self.at(Position(lat_deg=a, lon_deg=b)) for a, b in zip(lat_.tolist(), lon_.tolist(), strict=True)]
        codes = np.array([order.index(each.zone) for each in found], dtype=np.uint8)
        return codes, np.array([each.state for each in found], dtype="U3")

    def limits(self, kind: Zone, bounds: Bounds) -> list[tuple[FloatArray, FloatArray]]:
        """Outer limit lines of a zone inside a box, as latitudes and longitudes."""
        return []

    def territorial_seas_near(self, footprint: Footprint) -> tuple[NearZone, ...]:
        """Whose territorial sea a footprint reaches into, the deepest first."""
        return tuple(_near_zone(land) for land in coast.load().nearest(footprint, TERRITORIAL_SEA_M))


def _zone(held_m: float | None, free_m: float | None) -> Zone:
    if held_m is not None and held_m <= TERRITORIAL_SEA_M:
        return Zone.TERRITORIAL_SEA
    if free_m is not None and (free_m <= TERRITORIAL_SEA_M or held_m is None):
        return Zone.UNKNOWN
    if held_m is None:
        return Zone.HIGH_SEAS
    return Zone.CONTIGUOUS_ZONE if held_m <= CONTIGUOUS_ZONE_M else Zone.EEZ


def _near_zone(land: NearLand) -> NearZone:
    return NearZone(
        state=land.state,
        zone=Zone.LAND if land.distance_m <= 0.0 else Zone.TERRITORIAL_SEA,
        depth_m=TERRITORIAL_SEA_M - land.distance_m,
        distance_m=land.distance_m,
        breadth_m=TERRITORIAL_SEA_M,
        position=land.position,
    )
