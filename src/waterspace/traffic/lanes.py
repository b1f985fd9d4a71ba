"""Lanes: the shortest ways by sea between ends of voyages, how wide the water beside them is, kept once computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from waterspace.errors import RouteError
from waterspace.geometry.geodesic import destinations, distances_m, inverses, positions_from, runs
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Position
    from waterspace.geometry.arrays import FloatArray

__all__ = ["CACHE_NAME", "Lane", "Lanes", "between", "charted", "sideways"]

CACHE_NAME = "traffic-lanes"

_VERSION = 1
"""Of this module's work: raise it when it finds other lanes."""

_TAPER_M = 12.0 * NAUTICAL_MILE_M
"""Length over which a lane that may be wide narrows to a waypoint where it may not (assumed)."""

_PIECE_M = 60.0 * NAUTICAL_MILE_M
"""Longest piece of a lane; narrows beside one piece do not make the others narrow."""

_STEP_M = NAUTICAL_MILE_M
"""How far apart, along and across, the water beside a lane is looked at."""

_WIDEST_M = 20.0 * NAUTICAL_MILE_M
_SHORE_M = 0.9 * NAUTICAL_MILE_M
"""Distance off the shore within which no ship leaves the lane itself (assumed; no islet slips through the steps)."""

_WAYS_APART_M = 0.4 * NAUTICAL_MILE_M
_SAVE_EVERY = 10

_Key: TypeAlias = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lane:
    """The way between two ends.

    Attributes:
        lat: of its points, degrees, shape (n,).
        lon: degrees.
        low_m: how far to port of each point there is water to sail, 0 or less, shape (n,).
        high_m: how far to starboard, 0 or more.
        canal: whether each leg runs through a canal, which the coast shows as land, shape (n - 1,).
    """

    lat: FloatArray
    lon: FloatArray
    low_m: FloatArray
    high_m: FloatArray
    canal: NDArray[np.bool_]

    @property
    def length_m(self) -> float:
        """Of all legs."""
        return float(distances_m(self.lat[:-1], self.lon[:-1], self.lat[1:], self.lon[1:]).sum())

    def back(self) -> Lane:
        """The same lane sailed the other way."""
        return Lane(
            lat=self.lat[::-1],
            lon=self.lon[::-1],
            low_m=-self.high_m[::-1],
            high_m=-self.low_m[::-1],
            canal=self.canal[::-1],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lanes:
    """Lanes between pairs of positions.

    Attributes:
        found: each pair's lane, None where there is no way.
        notes: what happened to the file in which they are kept.
        computed_count: how many of them were not known before.
    """

    found: tuple[Lane | None, ...]
    notes: tuple[str, ...]
    computed_count: int


def between(pairs: Iterable[tuple[Position, Position]], progress: Callable[[float], None] = lambda _: None) -> Lanes:
    """The lanes between pairs of positions, from the user's cache; what is not there is computed and put there.

    A lane takes from 0.05 to 3 s to compute. What has been computed is kept even if the work is interrupted.

    Args:
        pairs: from and to.
        progress: is told how much of what has to be computed is done, 0 to 1.
    """
    wanted = list(pairs)
    known, notes = _read()
    missing = sorted({_key(a, b): (a, b) for a, b in wanted if _key(a, b) not in known}.items())
    unsaved = 0
    try:
        for done, (key, (a, b)) in enumerate(missing):
            progress(done / len(missing))
            known[key] = _lane(*((b, a) if _is_turned(a, b) else (a, b)))
            unsaved += 1
            if unsaved >= _SAVE_EVERY:
                notes += _write(known)
                unsaved = 0
    finally:
        if unsaved:
            notes += _write(known)
    if missing:
        progress(1.0)
    found = tuple(_as_asked(known[_key(a, b)], _is_turned(a, b)) for a, b in wanted)
    return Lanes(found=found, notes=tuple(dict.fromkeys(notes)), computed_count=len(missing))


def charted(lane: Lane, half_width_m: float, gates: tuple[bool, bool]) -> Lane:
    """A lane no wider than ships make it, of which it is known that no way in it runs over land.

    Ways less than half a mile apart are sailed from end to end; a leg on which one meets land gets no width at all.

    Args:
        lane: as it was found.
        half_width_m: most distance from it.
        gates: whether it may be wide at its start and at its end; at a port it is not.
    """
    low_m, high_m = np.maximum(lane.low_m, -half_width_m), np.minimum(lane.high_m, half_width_m)
    for end, is_gate in ((0, gates[0]), (-1, gates[1])):
        if not is_gate:
            low_m[end] = high_m[end] = 0.0
    parts = np.linspace(-1.0, 1.0, 1 + 2 * max(1, round(half_width_m / _WAYS_APART_M)))
    while True:
        narrowed = replace(lane, low_m=low_m, high_m=high_m)
        aground = _aground(narrowed, parts)
        if not aground.any():
            return narrowed
        low_m, high_m = (np.where(aground, 0.0, side_m) for side_m in (low_m, high_m))


def sideways(lane: Lane, part: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Ways beside a lane.

    Args:
        lane: to sail along.
        part: where in the width of the lane each way runs: -1 as far to port as may be, 1 to starboard; shape (n,).

    Returns:
        Latitudes and longitudes in degrees, shape (n, points).
    """
    off_m = (lane.low_m + lane.high_m) / 2.0 + part[:, None] * (lane.high_m - lane.low_m) / 2.0
    lat, lon = destinations(lane.lat, lane.lon, _abeam_deg(lane.lat, lane.lon), off_m)
    straight = off_m == 0.0
    return np.where(straight, lane.lat, lat), np.where(straight, lane.lon, lon)


def _aground(lane: Lane, parts: FloatArray) -> NDArray[np.bool_]:
    """The points of a lane that have a width and from or to which some way in it meets land, shape (points,)."""
    from waterspace.environment.shores import coast

    lat, lon = sideways(lane, parts)
    wide = (lane.low_m < 0.0) | (lane.high_m > 0.0)
    leg = np.flatnonzero(wide[:-1] | wide[1:])
    starts = positions_from(lat[:, leg].ravel(), lon[:, leg].ravel())
    ends = positions_from(lat[:, leg + 1].ravel(), lon[:, leg + 1].ravel())
    met = coast.load().land_on_legs(list(zip(starts, ends, strict=True)))
    over = leg[np.array([land is not None for land in met], dtype=np.bool_).reshape(len(parts), -1).any(axis=0)]
    found = np.zeros(lat.shape[1], dtype=np.bool_)
    found[over] = found[over + 1] = True
    return found & wide


def _key(a: Position, b: Position) -> _Key:
    """What a pair is kept under, either way round."""
    ends = sorted(((a.lat_deg, a.lon_deg), (b.lat_deg, b.lon_deg)))
    return (*ends[0], *ends[1])


def _is_turned(a: Position, b: Position) -> bool:
    return (b.lat_deg, b.lon_deg) < (a.lat_deg, a.lon_deg)


def _as_asked(lane: Lane | None, is_turned: bool) -> Lane | None:  # noqa: FBT001
    return lane.back() if lane is not None and is_turned else lane


# ---------------------------------------------------------------------------------------------------------- computing


def _lane(a: Position, b: Position) -> Lane | None:
    """The lane between two positions, None where there is no way."""
    from waterspace.environment.routing.routes import shortest

    try:
        route = shortest(a, b)
    except RouteError:
        return None
    if len(route.waypoints) < 2:
        return None
    lat = np.array([place.lat_deg for place in route.waypoints])
    lon = np.array([place.lon_deg for place in route.waypoints])
    canal = np.array([bool(name) for name in route.canals])
    lat, lon, leg = _cut(lat, lon)
    low_m, high_m = (side * _room_m(lat, lon, side) for side in (-1.0, 1.0))
    canal = canal[leg]
    narrow = np.append(canal, False) | np.append(False, canal)
    return Lane(
        lat=lat,
        lon=lon,
        low_m=np.where(narrow, 0.0, low_m),
        high_m=np.where(narrow, 0.0, high_m),
        canal=canal,
    )


def _cut(lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray, NDArray[np.intp]]:
    """More points on long legs: near both ends of each, and between them; and which leg each piece is of."""
    length_m, course = inverses(lat[:-1], lon[:-1], lat[1:], lon[1:])
    lats, lons, legs = [], [], []
    for number, (whole_m, bearing) in enumerate(zip(length_m.tolist(), course.tolist(), strict=True)):
        marks = np.zeros(1)
        if whole_m > 3.0 * _TAPER_M:
            count = int(np.ceil((whole_m - 2.0 * _TAPER_M) / _PIECE_M))
            marks = np.concatenate((marks, np.linspace(_TAPER_M, whole_m - _TAPER_M, count + 1)))
        more_lat, more_lon = destinations(lat[number], lon[number], bearing, marks)
        more_lat[0], more_lon[0] = lat[number], lon[number]
        lats.append(more_lat)
        lons.append(more_lon)
        legs.append(np.full(marks.size, number))
    return np.append(np.concatenate(lats), lat[-1]), np.append(np.concatenate(lons), lon[-1]), np.concatenate(legs)


def _room_m(lat: FloatArray, lon: FloatArray, side: float) -> FloatArray:
    """How far to one side (-1 port, 1 starboard) of each point of a lane ships may sail, metres, shape (n,).

    The water beside each piece is looked at every mile along and across. A point has the room of the tighter of the
    two pieces that it joins.
    """
    from waterspace.environment.shores import coast

    length_m, course = inverses(lat[:-1], lon[:-1], lat[1:], lon[1:])
    count = np.ceil(length_m / _STEP_M).astype(np.intp) + 1
    piece = np.repeat(np.arange(len(length_m)), count)
    place = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)
    run_m = length_m[piece] * place / (count[piece] - 1)
    on_lat, on_lon, on_course = runs(lat[piece], lon[piece], course[piece], run_m)
    off_m = np.arange(_STEP_M, _WIDEST_M + _STEP_M / 2.0, _STEP_M)
    probe_lat, probe_lon = destinations(
        on_lat[:, None], on_lon[:, None], on_course[:, None] + 90.0 * side, off_m[None, :]
    )
    shore_m = coast.load().distances_m(probe_lat.ravel(), probe_lon.ravel()).reshape(probe_lat.shape)
    clear = np.logical_and.accumulate(shore_m >= _SHORE_M, axis=1).sum(axis=1) * _STEP_M
    room = np.full(len(length_m), np.inf)
    np.minimum.at(room, piece, clear)
    found: FloatArray = np.minimum(np.append(room, np.inf), np.append(np.inf, room))
    return found


def _abeam_deg(lat: FloatArray, lon: FloatArray) -> FloatArray:
    """The bearing to starboard at each point of a lane, between those of the two legs that meet there."""
    length_m, course = inverses(lat[:-1], lon[:-1], lat[1:], lon[1:])
    _, _, arriving = runs(lat[:-1], lon[:-1], course, length_m)
    after, before = np.append(course, arriving[-1]), np.append(course[0], arriving)
    turn_deg = (after - before + 180.0) % 360.0 - 180.0
    found: FloatArray = before + turn_deg / 2.0 + 90.0
    return found


# ------------------------------------------------------------------------------------------------------------- keeping


def _made_from() -> str:
    """What lanes depend on: the coast, the sea ways, and the router, which finds other ways when it is mended."""
    import hashlib
    from importlib import resources

    from waterspace.environment.files.packaged import read_bytes
    from waterspace.environment.shores import coast

    digest = hashlib.sha256()
    for name in ("seaways.npz", "canals.csv"):
        digest.update(read_bytes(name))
    router = resources.files("waterspace.environment.routing")
    for module in sorted((each for each in router.iterdir() if each.name.endswith(".py")), key=lambda each: each.name):
        digest.update(module.read_bytes())
    return f"traffic lanes {_VERSION} {coast.load().digest()} {digest.hexdigest()[:16]}"


def _read() -> tuple[dict[_Key, Lane | None], list[str]]:
    """The lanes that are kept, and what is to be said of their file."""
    from waterspace.environment.files import cache

    try:
        return _lanes(cache.read(CACHE_NAME, _made_from())), []
    except (FileNotFoundError, NotADirectoryError):
        return {}, []
    except (cache.UnusableFileError, OSError) as error:
        return {}, [f"lanes of the traffic are computed again: {error}"]


def _write(known: dict[_Key, Lane | None]) -> list[str]:
    """Keep lanes, and those that others have kept meanwhile; what is to be said where that fails."""
    from waterspace.environment.files import cache

    others, _ = _read()
    try:
        cache.write(CACHE_NAME, _made_from(), _arrays(others | known))
    except OSError as error:
        return [f"lanes of the traffic were not kept for the next time: {error}"]
    return []


def _arrays(known: Mapping[_Key, Lane | None]) -> dict[str, NDArray[Any]]:
    """Lanes laid end to end."""
    keys = sorted(known)
    lanes = [known[key] for key in keys]
    counts = [0 if lane is None else lane.lat.size for lane in lanes]
    there = [lane for lane in lanes if lane is not None]
    return {
        "keys": np.array(keys, dtype=np.float64).reshape(-1, 4),
        "first": np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        **{
            name: np.concatenate([np.empty(0), *(getattr(lane, name) for lane in there)])
            for name in ("lat", "lon", "low_m", "high_m")
        },
        "canal": np.concatenate([np.empty(0, dtype=np.bool_), *(np.append(lane.canal, False) for lane in there)]),
    }


def _lanes(arrays: Mapping[str, NDArray[Any]]) -> dict[_Key, Lane | None]:
    """Lanes from arrays as `_arrays` made them."""
    known: dict[_Key, Lane | None] = {}
    first = arrays["first"].tolist()
    for number, (lat1, lon1, lat2, lon2) in enumerate(arrays["keys"].tolist()):
        part = slice(first[number], first[number + 1])
        lane = None
        if part.start < part.stop:
            lane = Lane(
                lat=np.array(arrays["lat"][part]),
                lon=np.array(arrays["lon"][part]),
                low_m=np.array(arrays["low_m"][part]),
                high_m=np.array(arrays["high_m"][part]),
                canal=np.array(arrays["canal"][part][:-1]),
            )
        known[lat1, lon1, lat2, lon2] = lane
    return known
