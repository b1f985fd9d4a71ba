"""Which maritime zone a point lies in: limits that are computed from the coast, never legal limits."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np

from waterspace.domain import Circle, Position
from waterspace.environment.limits.baselines import (
    UNASSIGNED,
    Baselines,
    around,
    closed_waters,
    features,
    narrow_seas,
    some,
)
from waterspace.environment.limits.breadths import CONTIGUOUS_ZONE_M, EEZ_M, TERRITORIAL_SEA_M, Zone
from waterspace.environment.limits.lakes import in_caspian, in_lakes
from waterspace.environment.shores import coast
from waterspace.environment.shores.shoretree import ShoreTree
from waterspace.errors import GeometryError
from waterspace.geometry.geodesic import normalise_lon
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import ArrayLike, NDArray

    from waterspace.domain import Footprint
    from waterspace.environment.limits.reach import NearZone
    from waterspace.environment.shores.coast import Bounds
    from waterspace.environment.shores.openwater import Circles
    from waterspace.geometry.geodesic import FloatArray

__all__ = [
    "CAVEAT",
    "Zone",
    "ZoneAt",
    "Zones",
    "load",
]

CAVEAT: Final = "Computed from the packaged shoreline and a few declared lines: not a legal limit."

_PIECE_M = 2000.0
"""Longest piece of shore that is measured as a straight line."""

_SOMEBODY: Final = "somebody"
"""A holder in place of an unassigned feature, to see what that would change."""

_ANTARCTICA: Final = "antarctica"
"""Key of the continent in the table of features."""

_IN_STRAIT_M = 6.0 * NAUTICAL_MILE_M
"""How far from the gate of a strait a point is told of its regime (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneAt:
    """What is computed of one point.

    Attributes:
        zone: the innermost zone that the point lies in.
        state: whose it is, ISO 3166-1 alpha-3; empty on the high seas and where it is unknown.
        distance_m: to the nearest baseline of anybody, 0 on land and in internal waters.
        territorial_sea_m: breadth of the territorial sea in force there: of the zone's state, or of the nearest one.
        notes: what a reader should know before relying on it, never empty.
    """

    zone: Zone
    state: str
    distance_m: float
    territorial_sea_m: float
    notes: tuple[str, ...] = (CAVEAT,)


def load(holders: Mapping[str, str] = MappingProxyType({})) -> Zones:
    """The zones, with features in dispute left to nobody or assigned to states.

    Args:
        holders: ISO 3166-1 alpha-3 code by key of a feature (`baselines.features()` lists them).

    Raises:
        NotationError: a key or a code that is not known.
    """
    return _load(tuple(sorted(holders.items())))


@functools.lru_cache(maxsize=8)
def _load(holders: tuple[tuple[str, str], ...]) -> Zones:
    return Zones(Baselines(dict(holders)))


class Zones:
    """Maritime zones computed from baselines.

    The normal baseline is the packaged shoreline, which is the high-water line: the low-water line is not known. Where
    the belts of two states meet, each point belongs to the state whose baseline is nearest. Land that is assigned to
    nobody makes no zone; what lies within 12 nautical miles of such land and in nobody's territorial sea is unknown,
    and so is what lies within 200 nautical miles of such land alone.

    Attributes:
        baselines: from where everything is measured.
    """

    def __init__(self, baselines: Baselines) -> None:
        self.baselines = baselines

    # ---------------------------------------------------------------------------------------------------- one point

    def at(self, position: Position) -> ZoneAt:
        """The zone of one point, exact on the data.

        Raises:
            GeometryError: the position is no point of the earth.
        """
        _check(np.array([position.lat_deg]), np.array([position.lon_deg]))
        near = self._near(position)
        if coast.load().is_land(position):
            return self._on_land(position, near)
        lat, lon = np.array([position.lat_deg]), np.array([normalise_lon(position.lon_deg)])
        closed = int(self.baselines.closed_at(lat, lon)[0])
        if closed >= 0:
            waters = closed_waters()[closed]
            return _inside(Zone.INTERNAL_WATERS, waters.state, near, f"Behind the declared lines of {waters.name}.")
        if in_lakes(lat, lon)[0]:
            return _lake(near, is_caspian=bool(in_caspian(lat, lon)[0]))
        breadths = {state: float(breadth[0]) for state, breadth in self.baselines.narrow_at(lat, lon).items()}
        return _at_sea(position, near, breadths)

    def _on_land(self, position: Position, near: Mapping[str, float]) -> ZoneAt:
        """A point of land: whose the nearest shore is, or far inland nobody can tell."""
        if min(near.values()) <= EEZ_M:
            return _inside(Zone.LAND, _holder_of(near), near)
        holder = self.baselines.counted(coast.load().nearest_land(position))
        if holder == UNASSIGNED + _ANTARCTICA:  # no border runs through it
            return _inside(Zone.LAND, "", {}, _land_note(holder))
        return _inside(Zone.LAND, "", {}, "Too far from every shore to tell whose land it is.")

    def _near(self, position: Position) -> Mapping[str, float]:
        """Distances to the nearest baseline of each holder, nearest first: those within 24 nm, or else 200 nm."""
        for within_m in (CONTIGUOUS_ZONE_M, EEZ_M):
            found = {
                holder: distance_m for holder, distance_m, _ in self._feet(position, within_m) if distance_m <= within_m
            }
            if any(not holder.startswith(UNASSIGNED) for holder in found):
                break
        if not found:
            land = coast.load().nearest_land(position)
            found = {land.state or UNASSIGNED: land.distance_m}
        return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))

    def _feet(self, position: Position, within_m: float) -> Iterator[tuple[str, float, Position]]:
        """Holder, distance and nearest point of each baseline within a distance, and of some farther ones."""
        shores = self.baselines.within(around(Circle(centre=position, radius_m=within_m)))
        for holder in sorted(set(shores.state.tolist())):
            tree = ShoreTree(some(shores, shores.state == holder), _PIECE_M)
            foot = tree.nearest(np.array([position.lat_deg]), np.array([position.lon_deg]))
            point = Position(lat_deg=float(foot.lat[0]), lon_deg=normalise_lon(float(foot.lon[0])))
            yield holder, float(foot.distance_m[0]), point

    # -------------------------------------------------------------------------------------------------- many points

    def classify(self, lat: ArrayLike, lon: ArrayLike) -> tuple[NDArray[np.uint8], NDArray[np.str_]]:
        """The zones of many points, as `at` gives them.

        Args:
            lat: degrees, any shape.
            lon: degrees, of a shape that broadcasts with that of the latitudes.

        Returns:
            For each point its index in `tuple(Zone)`, and the state, empty where there is none.

        Raises:
            GeometryError: a position is no point of the earth.
        """
        from waterspace.environment.limits.zonefield import classify

        lat_, lon_ = np.broadcast_arrays(np.asarray(lat, dtype=np.float64), np.asarray(lon, dtype=np.float64))
        _check(lat_, lon_)
        codes, states = classify(self.baselines, lat_.ravel(), (lon_.ravel() + 180.0) % 360.0 - 180.0)
        return codes.reshape(lat_.shape), states.reshape(lat_.shape)

    def limits(self, kind: Zone, bounds: Bounds) -> list[tuple[FloatArray, FloatArray]]:
        """Lines to draw: the outer limits of a zone inside a box, as latitudes and longitudes.

        Internal waters give the declared lines. The others come from a grid, right to about a tenth of its step.

        Args:
            kind: internal waters, territorial sea, contiguous zone or exclusive economic zone.
            bounds: at most 360 degrees wide.

        Raises:
            GeometryError: a zone without an outer limit, or an empty box.
        """
        from waterspace.environment.limits.zonelimits import limits

        return limits(self.baselines, kind, bounds)

    # --------------------------------------------------------------------------------------------------- footprints

    def territorial_seas_near(self, footprint: Footprint) -> tuple[NearZone, ...]:
        """Whose territorial sea, internal waters or land a footprint reaches into, the deepest first.

        See `waterspace.environment.limits.reach`.
        """
        return _seas_near(self.baselines, footprint)

    def surely_none_near(self, circles: Circles) -> NDArray[np.bool_]:
        """Which of many circles surely hold no footprint for which `territorial_seas_near` says something.

        It may leave out some: so many are looked at in the time that one takes to be looked at closely.
        """
        clear = circles.surely_at_sea(coast.load(), TERRITORIAL_SEA_M)
        clear[clear] = ~self.baselines.lines_near(circles.take(np.flatnonzero(clear)), TERRITORIAL_SEA_M)
        return clear


@functools.lru_cache(maxsize=4096)
def _seas_near(baselines: Baselines, footprint: Footprint) -> tuple[NearZone, ...]:
    """As `Zones.territorial_seas_near`; claims of many serials are alike, and so are those of the next check."""
    from waterspace.environment.limits.reach import territorial_seas_near

    return territorial_seas_near(baselines, footprint)


def _check(lat: FloatArray, lon: FloatArray) -> None:
    """Refuse what is no point of the earth."""
    bad = np.flatnonzero(~((np.abs(lat) <= 90.0) & np.isfinite(lon)))
    if bad.size:
        first = int(bad[0])
        where = f"point {first}: " if lat.size > 1 else ""
        raise GeometryError(
            f"{where}latitude {lat.flat[first]}, longitude {lon.flat[first]}: "
            "expected a latitude from -90 to 90 and a longitude, both in degrees"
        )


# --------------------------------------------------------------------------------------------------- what is computed


def _holder_of(near: Mapping[str, float]) -> str:
    """The nearest holder; empty for an unassigned feature."""
    holder = next(iter(near))
    return "" if holder.startswith(UNASSIGNED) else holder


def _inside(zone: Zone, state: str, near: Mapping[str, float], *notes: str) -> ZoneAt:
    """On land, or in waters that lines close."""
    if near and not state:
        notes = (*notes, _land_note(next(iter(near))))
    return ZoneAt(zone=zone, state=state, distance_m=0.0, territorial_sea_m=TERRITORIAL_SEA_M, notes=(CAVEAT, *notes))


def _lake(near: Mapping[str, float], *, is_caspian: bool) -> ZoneAt:
    if is_caspian:
        return ZoneAt(
            zone=Zone.UNKNOWN,
            state="",
            distance_m=min(near.values()),
            territorial_sea_m=TERRITORIAL_SEA_M,
            notes=(
                CAVEAT,
                "The Caspian Sea has a regime of its own, by the convention of 12 August 2018: not modelled.",
            ),
        )
    return _inside(Zone.INTERNAL_WATERS, _holder_of(near), near, "A lake; borders in it are lines of equal distance.")


def _at_sea(position: Position, near: Mapping[str, float], narrow: Mapping[str, float]) -> ZoneAt:
    """A point of the sea outside of closed waters."""
    states = [holder for holder in near if not holder.startswith(UNASSIGNED)]
    breadth = {state: min(narrow.get(state, TERRITORIAL_SEA_M), TERRITORIAL_SEA_M) for state in states}
    zone, state = _zone(near, breadth)
    unassigned = [_unassigned_note(key, near[key]) for key in _deciding(near, breadth)]
    notes = (CAVEAT, *_narrow_notes(states, breadth), *unassigned, *_strait_notes(position))
    is_held = zone not in {Zone.UNKNOWN, Zone.HIGH_SEAS}
    return ZoneAt(
        zone=zone,
        state=state if is_held else "",
        distance_m=near[state] if is_held else min(near.values()),
        territorial_sea_m=breadth.get(state, TERRITORIAL_SEA_M),
        notes=notes,
    )


def _zone(near: Mapping[str, float], breadth: Mapping[str, float]) -> tuple[Zone, str]:
    """The zone at sea and the state that it is measured from, empty where no state is near.

    Args:
        near: distances to the nearest baseline of each holder, nearest first.
        breadth: of the territorial sea of a state there; 12 nautical miles for one that is not in it.
    """
    states = [holder for holder in near if not holder.startswith(UNASSIGNED)]
    territorial = [state for state in states if near[state] <= breadth.get(state, TERRITORIAL_SEA_M)]
    state = next(iter(territorial or states), "")
    distance_m = near[state] if state else np.inf
    free_m = min((near[key] for key in near if key.startswith(UNASSIGNED)), default=np.inf)
    if territorial:
        return Zone.TERRITORIAL_SEA, state
    if free_m <= TERRITORIAL_SEA_M:
        return Zone.UNKNOWN, state
    if distance_m <= CONTIGUOUS_ZONE_M:
        return Zone.CONTIGUOUS_ZONE, state
    if distance_m <= EEZ_M:
        return Zone.EEZ, state
    return (Zone.UNKNOWN if free_m <= EEZ_M else Zone.HIGH_SEAS), state


def _deciding(near: Mapping[str, float], breadth: Mapping[str, float]) -> list[str]:
    """The unassigned features near by with which the answer changes if some state is given them."""
    answer = _zone(near, breadth)
    changed = {key: {_SOMEBODY if holder == key else holder: near[holder] for holder in near} for key in near}
    return [key for key in near if key.startswith(UNASSIGNED) and _zone(changed[key], breadth) != answer]


def _unassigned_note(holder: str, distance_m: float) -> str:
    """What to say of an unassigned feature with which the zone would be another."""
    feature = features().get(holder.removeprefix(UNASSIGNED))
    away = f"{nautical_miles(distance_m):.0f} nm away"
    if feature is None:
        return f"Land {away} is assigned to no state; the zone depends on it."
    return (
        f"{feature.name}, {away}, is assigned to no state; the zone depends on it "
        f"(holders: {feature.key}; {feature.source})."
    )


def _land_note(holder: str) -> str:
    """What to say of land, or of water that counts as its inside, whose shore is assigned to no state."""
    feature = features().get(holder.removeprefix(UNASSIGNED))
    if feature is None:
        return "The nearest shore is assigned to no state."
    return f"The nearest shore, {feature.name}, is assigned to no state (holders: {feature.key}; {feature.source})."


def _narrow_notes(states: list[str], breadth: Mapping[str, float]) -> list[str]:
    """What to say of narrow territorial seas."""
    said = {sea.state: sea.provenance.source for sea in narrow_seas()}
    return [
        f"The territorial sea of {state} is {nautical_miles(breadth[state]):g} nm wide here ({said[state]}); "
        "how far this water extends is assumed."
        for state in states
        if breadth[state] < TERRITORIAL_SEA_M
    ]


def _strait_notes(position: Position) -> list[str]:
    """What to say of straits around a point."""
    from waterspace.environment import straits

    return [
        f"{near.strait.name}: {near.strait.regime} ({near.strait.provenance.confidence})."
        for near in straits.near(position, _IN_STRAIT_M)
        if near.strait.regime
    ]
