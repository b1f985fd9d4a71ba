"""Samples of the planned ways of ships, taken once for all rules and only where the sea is not deep and wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.checks.families.environment.land import HARBOUR_M
from waterspace.domain import Medium
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.domain import Leg
    from waterspace.geometry.arrays import FloatArray
    from waterspace.geometry.separation import IndexArray

__all__ = ["Samples", "samples_of"]

_COARSE_M = 30_000.0
"""Longest step in which it is asked whether a way is in deep and wide sea."""
_FINE_M = NAUTICAL_MILE_M / 2.0
"""Step in which a way is followed where it is not."""
_DEEP_M = {Medium.SURFACE: 200.0, Medium.SUBSURFACE: 1000.0}
"""Where no depth of the packaged grid within a degree is less, and no shore near, there is no shoal and no land."""
_SHORE_M = 5.0 * NAUTICAL_MILE_M
"""How far off a shore a way is looked at closely whatever the depth: islands may rise out of the deep."""
_STEPS = (-2, 0, 2)
_BROAD_M = 100_000.0
"""What reaches farther is looked at in pieces."""
_POLAR_DEG = 60.0
"""Farther north and south a degree of longitude is short: every way is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """Points along planned legs that may be near shoals or land and are in no harbour.

    Attributes:
        ways: unit and leg, for those that have samples.
        way: number of the entry of `ways` of each sample, shape (n,), rising.
        lat: degrees, shape (n,).
        lon: degrees, shape (n,).
    """

    ways: tuple[tuple[str, Leg], ...]
    way: IndexArray
    lat: FloatArray
    lon: FloatArray


def samples_of(context: Context) -> Samples:
    """The samples of the whole plan."""
    import numpy as np

    ways = _near(context)
    moving = [number for number, (_, leg) in enumerate(ways) if not leg.is_wait]
    lat, lon, way = (np.empty(0), np.empty(0), np.empty(0, dtype=np.intp))
    if ways:
        lat, lon, way = _along(ways, moving)
        away = ~_in_harbours(context, ways, (lat, lon, way))
        lat, lon, way = lat[away], lon[away], way[away]
    return Samples(ways=ways, way=way, lat=lat, lon=lon)


def _near(context: Context) -> tuple[tuple[str, Leg], ...]:
    """Unit and leg for the legs of ships and submarines that do not lie in deep and wide sea."""
    import numpy as np

    from waterspace.geometry.reservations.earthframe import norm, ragged

    tracks = [(unit, track.legs) for unit, track in context.programme.tracks.items()]
    arrays = context.unit_legs
    wanted_m = np.array([_DEEP_M.get(context.exercise.medium(unit), -np.inf) for unit, _ in tracks])
    asked = ~np.isinf(wanted_m) & ~_all_deep(context, arrays.balls(), wanted_m)
    numbers = np.flatnonzero(asked)
    if not numbers.size:
        return ()
    track, chosen = ragged(arrays.first[numbers], arrays.size[numbers])
    starts, ends = arrays.starts[chosen], arrays.ends[chosen]
    leg, place = ragged(np.zeros(chosen.size, dtype=np.intp), 1 + (norm(ends - starts) / _COARSE_M).astype(np.intp))
    counts = np.bincount(leg, minlength=chosen.size)
    middle = starts[leg] + ((place + 0.5) / counts[leg])[:, None] * (ends[leg] - starts[leg])
    shallow = np.zeros(chosen.size, dtype=bool)
    balls = middle, np.full(leg.size, _COARSE_M)
    shallow[leg[~_all_deep(context, balls, wanted_m[numbers[track[leg]]])]] = True
    kept = np.flatnonzero(shallow)
    owners = numbers[track[kept]].tolist()
    places = (chosen[kept] - arrays.first[numbers[track[kept]]]).tolist()
    return tuple((tracks[owner][0], tracks[owner][1][at]) for owner, at in zip(owners, places, strict=True))


def _all_deep(context: Context, balls: tuple[FloatArray, FloatArray], wanted_m: FloatArray) -> NDArray[np.bool_]:
    """Which balls, shape (n, 3) and (n,), surely lie in sea that is wide and deeper than wanted."""
    import numpy as np

    from waterspace.environment.bathymetry import depth
    from waterspace.environment.shores import coast
    from waterspace.environment.shores.openwater import Circles

    if context.exercise.data.path("depths") is not None:
        return np.zeros(wanted_m.size, dtype=bool)
    reach_m = balls[1]
    x, y, z = balls[0].T
    lat, lon = np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
    least = depth.least_by_degree_m()
    row = np.clip(np.floor(lat + 90.0), 0, 179).astype(np.intp)
    column = np.floor(lon + 180.0).astype(np.intp) % 360
    found = least[row, column]
    wide = reach_m > _COARSE_M
    if wide.any():
        around = [least[np.clip(row + north, 0, 179), (column + east) % 360] for north in _STEPS for east in _STEPS]
        found = np.where(wide, np.min(around, axis=0), found)
    deep: NDArray[np.bool_] = (found > wanted_m) & (np.abs(lat) < _POLAR_DEG) & (reach_m < _BROAD_M)
    which = np.flatnonzero(deep)
    circles = Circles.of_balls(balls[0][which], reach_m[which])
    deep[which] = circles.surely_at_sea(coast.load(), _SHORE_M)
    return deep


def _along(ways: tuple[tuple[str, Leg], ...], moving: list[int]) -> tuple[FloatArray, FloatArray, IndexArray]:
    """Points along legs, their ends included: latitudes, longitudes, numbers of the legs."""
    import numpy as np

    from waterspace.geometry.geodesic import destinations, inverses, position_arrays

    lat, lon = position_arrays([leg.start for _, leg in ways])
    to_lat, to_lon = position_arrays([leg.end for _, leg in ways])
    length_m, course = np.zeros(len(ways)), np.zeros(len(ways))
    if moving:
        index = np.array(moving, dtype=np.intp)
        length_m[index], course[index] = inverses(lat[index], lon[index], to_lat[index], to_lon[index])
    counts = 1 + np.ceil(length_m / _FINE_M).astype(np.intp)
    way = np.repeat(np.arange(len(ways)), counts)
    place = np.arange(way.size) - np.repeat(np.cumsum(counts) - counts, counts)
    run_m = np.minimum(place * _FINE_M, length_m[way])
    is_start = run_m == 0.0
    at_lat, at_lon = lat[way], lon[way]
    on = np.flatnonzero(~is_start)
    if on.size:
        at_lat[on], at_lon[on] = destinations(at_lat[on], at_lon[on], course[way[on]], run_m[on])
    return at_lat, at_lon, way


def _in_harbours(
    context: Context, ways: tuple[tuple[str, Leg], ...], points: tuple[FloatArray, FloatArray, IndexArray]
) -> NDArray[np.bool_]:
    """Which points are near a named port, or near the home of their own unit."""
    import numpy as np

    from waterspace.environment import places
    from waterspace.geometry.geodesic import position_arrays
    from waterspace.geometry.reservations.earthframe import earth_centred, norm

    lat, lon, way = points
    here = earth_centred(lat, lon)
    homes = [context.exercise.units[unit].home or leg.start for unit, leg in ways]
    has_home = np.array([context.exercise.units[unit].home is not None for unit, _ in ways], dtype=bool)
    near: NDArray[np.bool_] = has_home[way] & (norm(here - earth_centred(*position_arrays(homes))[way]) < HARBOUR_M)
    ports = [place.position for place in places.every() if place.kind is places.PlaceKind.PORT]
    low, high = here.min(axis=0) - HARBOUR_M, here.max(axis=0) + HARBOUR_M
    for port in earth_centred(*position_arrays(ports)):
        if (port > low).all() and (port < high).all():
            near |= norm(here - port) < HARBOUR_M
    return near
