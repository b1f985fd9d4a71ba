"""Baselines: the shore by holder, declared lines across the water, and seas where the breadth is not 12 miles."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.files.packaged import provenance, rows
from waterspace.environment.shores import coast
from waterspace.environment.shores.openwater import boxes_around
from waterspace.environment.shores.shoreline import Bounds, Segments
from waterspace.errors import NotationError
from waterspace.geometry.geodesic import position_arrays
from waterspace.geometry.outlines import dense
from waterspace.geometry.plane import EARTH_RADIUS_M
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from waterspace.domain import Circle, Provenance
    from waterspace.environment.shores.nearness import NearLand
    from waterspace.environment.shores.openwater import Circles
    from waterspace.geometry.geodesic import FloatArray

__all__ = [
    "UNASSIGNED",
    "Baselines",
    "ClosedWaters",
    "Feature",
    "NarrowSea",
    "around",
    "closed_waters",
    "features",
    "in_each_ring",
    "narrow_seas",
    "some",
]

UNASSIGNED = "?"
"""A holder that starts with this is no state but the key of a feature that is assigned to nobody."""

_HOLDERS = "keys of features without a state with ISO 3166-1 alpha-3 codes, such as liancourt_rocks: KOR"

_LINE_STEP_M = 2000.0
"""Longest stroke of a declared line; it strays from the geodesic by centimetres."""

_NO_RING = -1

_SPARE_RATIO = 1.01
"""How much larger a box is than on a sphere it would have to be: the ellipsoid strays by a third of a per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedWaters:
    """Internal waters that declared lines close, or a single base point that closes none.

    Attributes:
        key: short name, such as `peter_the_great_bay`.
        state: ISO 3166-1 alpha-3.
        lines: latitudes and longitudes of each line, degrees.
        inland: what joins the end of each line to the start of the next over land; empty for a base point.
    """

    key: str
    name: str
    state: str
    lines: tuple[tuple[FloatArray, FloatArray], ...]
    inland: tuple[tuple[FloatArray, FloatArray], ...]
    provenance: Provenance

    def ring(self) -> tuple[FloatArray, FloatArray]:
        """The ring around the closed waters and the land behind them, empty for a base point."""
        if not self.inland:
            return np.empty(0), np.empty(0)
        parts = list(chain.from_iterable(zip(self.lines, self.inland, strict=True)))
        return np.concatenate([lat for lat, _ in parts]), np.concatenate([lon for _, lon in parts])


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowSea:
    """Water in which the territorial sea of one state is narrower than 12 nautical miles.

    Attributes:
        lat: of the corners of the area, degrees; its edges are straight in latitude and longitude.
        lon: degrees.
    """

    key: str
    name: str
    state: str
    breadth_m: float
    lat: FloatArray
    lon: FloatArray
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Land that the packaged coast gives to no state.

    Attributes:
        key: what `zones.load(holders=...)` calls it, such as `liancourt_rocks`.
        bounds: a box around it; only shores without a state in it belong to it.
        source: who says that it is in dispute, or nobody's.
    """

    key: str
    name: str
    bounds: Bounds
    source: str


@functools.cache
def closed_waters() -> tuple[ClosedWaters, ...]:
    """Every declared line of the packaged table."""
    return tuple(
        ClosedWaters(
            key=row["key"],
            name=row["name"],
            state=row["state"],
            lines=tuple(_geodesic(_points(text)) for text in row["line"].split("|")),
            inland=tuple(_points(text) for text in row["inland"].split("|") if text),
            provenance=provenance(row),
        )
        for row in rows("baselines.csv")
    )


@functools.cache
def narrow_seas() -> tuple[NarrowSea, ...]:
    """Every area of the packaged table with a breadth of its own."""
    found = []
    for row in rows("narrow_seas.csv"):
        lat, lon = _points(row["corners"])
        found.append(
            NarrowSea(
                key=row["key"],
                name=row["name"],
                state=row["state"],
                breadth_m=float(row["breadth_nm"]) * NAUTICAL_MILE_M,
                lat=lat,
                lon=lon,
                provenance=provenance(row),
            )
        )
    return tuple(found)


@functools.cache
def features() -> Mapping[str, Feature]:
    """Every feature without a state, by key."""
    sides = ("south_deg", "west_deg", "north_deg", "east_deg")
    return {
        row["key"]: Feature(
            key=row["key"],
            name=row["name"],
            bounds=Bounds(*(float(row[side]) for side in sides)),
            source=row["source"],
        )
        for row in rows("disputed_features.csv")
    }


def _points(text: str) -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes from `lat lon; lat lon`."""
    pairs = np.array([pair.split() for pair in text.split(";")], dtype=np.float64)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


def _geodesic(points: tuple[FloatArray, FloatArray]) -> tuple[FloatArray, FloatArray]:
    """A line with points every few kilometres of its geodesics; a single point twice."""
    lat, lon = points
    if lat.size == 1:
        return np.repeat(lat, 2), np.repeat(lon, 2)
    return dense(lat, lon, _LINE_STEP_M, closed=False)


class Baselines:
    """From where the zones are measured: shores by holder, and declared lines."""

    def __init__(self, holders: Mapping[str, str]) -> None:
        """Assign features to states.

        Args:
            holders: ISO 3166-1 alpha-3 code by key of a feature; every other feature stays unassigned.

        Raises:
            NotationError: a key that no feature has, or a code that no state with a shore has; it names all of them.
        """
        wrong = {key: why for key, state in holders.items() if (why := _why_none(key, state))}
        if wrong:
            found = ", ".join(f"{key}: {holders[key]}" for key in wrong)
            raise NotationError(found, _HOLDERS, "; ".join(wrong.values()))
        self._holders = dict(holders)

    # ----------------------------------------------------------------------------------------------- from where

    def within(self, bounds: Bounds) -> Segments:
        """Shores and declared lines in a box, and some more, with holders for states: a code, or `?` and a key.

        Args:
            bounds: a box as in `Coast.cuts`.
        """
        cuts = [(cut.shoreline, cut.shoreline.shore_cells(cut.bounds)) for cut in coast.load().cuts(bounds)]
        found = [_no_segments(), *(self._labelled(shoreline.segments(cells)) for shoreline, cells in cuts)]
        lines = self._lines
        for turn_deg in (0.0, 360.0, -360.0):
            lon = (lines.lon1 + lines.lon2) / 2.0 - turn_deg
            near = (lines.lat1 >= bounds.south_deg) & (lines.lat1 <= bounds.north_deg)
            near &= (lon >= bounds.west_deg) & (lon <= bounds.east_deg)
            found.append(some(lines, near))
        return Segments._make(np.concatenate(parts) for parts in zip(*found, strict=True))

    def lines_near(self, circles: Circles, within_m: float) -> NDArray[np.bool_]:
        """Which of many circles lie behind declared lines, or may have a line in the box around a circle like theirs.

        Such a circle is any that holds the same footprint with a radius of no more than twice theirs, and what is
        within a distance of it: a line is as long as it likes, so that `within` must find it in neither.
        """
        boxes, known = boxes_around(circles, within_m, 3.0)
        sums = self._line_sums
        south, west, north, east = (np.floor(edge).astype(np.intp) for edge in boxes)
        rows = np.clip(south + 90, 0, 180), np.clip(north + 91, 0, 180)
        columns = np.clip(west + 180, 0, 360), np.clip(east + 181, 0, 360)
        held = sums[rows[1], columns[1]] - sums[rows[0], columns[1]] - sums[rows[1], columns[0]]
        held += sums[rows[0], columns[0]]
        near: NDArray[np.bool_] = ~known | (held > 0) | (self.closed_at(circles.lat, circles.lon) >= 0)
        return near

    @functools.cached_property
    def _line_sums(self) -> NDArray[np.intp]:
        """How many declared lines are counted south and west of each whole degree, shape (181, 361)."""
        lines = self._lines
        lon = ((lines.lon1 + lines.lon2) / 2.0 + 180.0) % 360.0
        row, column = np.floor(lines.lat1 + 90.0).astype(np.intp), np.floor(lon).astype(np.intp)
        counts = np.zeros((180, 360), dtype=np.intp)
        np.add.at(counts, (np.clip(row, 0, 179), np.clip(column, 0, 359)), 1)
        return np.pad(counts.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))

    @functools.cached_property
    def _lines(self) -> Segments:
        """Every declared line as segments; their rings are counted below zero."""
        found = [_no_segments()]
        for closed in closed_waters():
            for lat, lon in closed.lines:
                state = np.full(lat.size - 1, closed.state)
                ring = np.full(lat.size - 1, _NO_RING)
                found.append(Segments(lat[:-1], lon[:-1], lat[1:], lon[1:], state, ring))
        return Segments._make(np.concatenate(parts) for parts in zip(*found, strict=True))

    def _labelled(self, shores: Segments) -> Segments:
        """The same segments with the keys or the holders of features for the empty state."""
        free = np.flatnonzero(shores.state == "")
        if not free.size:
            return shores
        lat, lon = (shores.lat1[free] + shores.lat2[free]) / 2.0, (shores.lon1[free] + shores.lon2[free]) / 2.0
        state = shores.state.astype(object)
        state[free] = self._labels(lat, lon)
        return shores._replace(state=state.astype(np.str_))

    def _labels(self, lat: FloatArray, lon: FloatArray) -> NDArray[np.object_]:
        """Keys or holders of the features that points of a shore without a state belong to."""
        label = np.full(lat.size, UNASSIGNED, dtype=object)
        for key, feature in reversed(tuple(features().items())):
            south, west, north, east = feature.bounds
            inside = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
            label[inside] = self._holders.get(key, UNASSIGNED + key)
        return label

    def counted(self, land: NearLand) -> str:
        """The state that a shore is counted to, or `?` and the key of the feature that it is."""
        if land.state:
            return land.state
        lat, lon = position_arrays([land.position])
        return str(self._labels(lat, lon)[0])

    # ------------------------------------------------------------------------------------------------ in which

    def closed_at(self, lat: FloatArray, lon: FloatArray) -> NDArray[np.intp]:
        """Which of `closed_waters()` each point lies behind the lines of, -1 for none; land is not looked at."""
        return _in_rings(_closed_rings(), lat, lon)

    def narrow_at(self, lat: FloatArray, lon: FloatArray) -> Mapping[str, FloatArray]:
        """The breadth of the territorial sea of states that have a narrow sea: infinite outside of it."""
        found: dict[str, FloatArray] = {}
        for sea, inside in zip(narrow_seas(), in_each_ring(_narrow_rings(), lat, lon), strict=True):
            breadth = found.setdefault(sea.state, np.full(len(lat), np.inf))
            breadth[inside] = np.minimum(breadth[inside], sea.breadth_m)
        return found


def _why_none(key: str, state: str) -> str:
    """Why a feature cannot be counted to a state, as half a sentence; empty where it can."""
    if key not in features():
        import difflib

        near = difflib.get_close_matches(key, features(), n=1)
        return (
            f"no feature is called {key!r}, {f'perhaps {near[0]!r}' if near else 'known are ' + ', '.join(features())}"
        )
    if state not in _shore_states():
        return f"{state!r}, given for {key}, is the code of no state with a shore"
    return ""


@functools.cache
def _shore_states() -> frozenset[str]:
    """Every state that holds a shore."""
    world = Bounds(-90.0, -180.0, 90.0, 180.0)
    return frozenset(state for cut in coast.load().cuts(world) for state in cut.shoreline.states.tolist() if state)


def around(circle: Circle) -> Bounds:
    """A box around everything in a circle; all longitudes where a pole is in it."""
    reach = circle.radius_m / EARTH_RADIUS_M * _SPARE_RATIO
    lat = math.radians(circle.centre.lat_deg)
    wide = math.pi
    if abs(lat) + reach < math.pi / 2.0:
        wide = math.asin(math.sin(reach) / math.cos(lat))
    south, north = (max(min(math.degrees(edge), 90.0), -90.0) for edge in (lat - reach, lat + reach))
    lon_deg, wide_deg = circle.centre.lon_deg, math.degrees(wide)
    return Bounds(south, lon_deg - wide_deg, north, lon_deg + wide_deg)


def some(shores: Segments, which: NDArray[np.intp] | NDArray[np.bool_]) -> Segments:
    """Some of many segments."""
    return Segments._make(part[which] for part in shores)


def _no_segments() -> Segments:
    """Segments of which there are none."""
    empty = np.empty(0)
    return Segments(empty, empty, empty, empty, np.empty(0, dtype="U1"), np.empty(0, dtype=np.intp))


@functools.cache
def _closed_rings() -> tuple[tuple[FloatArray, FloatArray], ...]:
    return tuple(closed.ring() for closed in closed_waters())


@functools.cache
def _narrow_rings() -> tuple[tuple[FloatArray, FloatArray], ...]:
    return tuple((sea.lat, sea.lon) for sea in narrow_seas())


def _in_rings(rings: tuple[tuple[FloatArray, FloatArray], ...], lat: FloatArray, lon: FloatArray) -> NDArray[np.intp]:
    """The first ring that each point lies in, -1 for none."""
    found = np.full(len(lat), _NO_RING, dtype=np.intp)
    for index, inside in enumerate(in_each_ring(rings, lat, lon)):
        found[inside & (found == _NO_RING)] = index
    return found


def in_each_ring(
    rings: tuple[tuple[FloatArray, FloatArray], ...], lat: FloatArray, lon: FloatArray
) -> list[NDArray[np.bool_]]:
    """For each ring which points lie in it."""
    import shapely

    found = []
    for ring_lat, ring_lon in rings:
        inside = np.zeros(len(lat), dtype=bool)
        if ring_lat.size:
            near = np.flatnonzero(
                (lat >= ring_lat.min()) & (lat <= ring_lat.max()) & (lon >= ring_lon.min()) & (lon <= ring_lon.max())
            )
            if near.size:
                area = shapely.Polygon(np.stack((ring_lon, ring_lat), axis=1))
                shapely.prepare(area)
                inside[near] = shapely.intersects_xy(area, lon[near], lat[near])
        found.append(inside)
    return found
