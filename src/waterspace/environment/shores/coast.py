"""The coast: what is land, which legs run over it, and whose shore is near."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waterspace.domain import Position
from waterspace.environment.shores import coastmap, nearness
from waterspace.environment.shores.nearness import NearLand
from waterspace.environment.shores.shoreline import Bounds, Boxes, Cut, Shoreline, Strokes, unwrapped
from waterspace.environment.shores.shoretree import ShoreTree
from waterspace.geometry import footprints
from waterspace.geometry.arguments import admitted
from waterspace.geometry.geodesic import FloatArray, destinations, inverses, normalise_lon, position_arrays
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from waterspace.domain import Footprint
    from waterspace.environment.shores.field import Field
    from waterspace.environment.shores.shoreline import IntArray, Segments

__all__ = ["Bounds", "Coast", "NearLand", "Resolution", "load"]

_REGION_FILE = "coast_region.npz"
_WORLD_FILE = "coast_world.npz"

_STROKE_M = 20_000.0
"""Longest stroke of a leg: straight in latitude and longitude it strays from the geodesic by 30 m at 75 degrees."""


_LEAST_RADIUS_RATIO = 0.99
"""Less than the least radius of curvature of the ellipsoid, as a part of its mean radius."""

_PIECE_M = 500.0
"""Longest piece of the region's shore that is measured to at once; shorter ones take longer to sort."""

_WORLD_PIECE_M = 2000.0
"""Longest piece of the world's shore."""

_NEAR_M = 20_000.0
"""How far around a position the nearest shore is looked for at first."""


_MANY = 1000
"""From how many points on the field is used."""

_FIELD_STEP_DEG = 0.02

_RESOLUTIONS = {100.0: "full", 200.0: "high", 1000.0: "intermediate"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """How finely a shore is known.

    Attributes:
        name: of GSHHG: full, high or intermediate.
        spacing_m: how far a shore may stray from the finest that the source has.
    """

    name: str
    spacing_m: float


@functools.cache
def load() -> Coast:
    """The packaged coast; its files are read when they are first asked something."""
    return Coast()


class Coast:
    """The shores of the oceans and of the largest lakes, from GSHHG.

    Between 115 and 160 degrees east and 20 and 60 degrees north, and around the straits of the world, it is the high
    resolution (points every 200 m or so), at the ends of the straits' gates the full one, elsewhere the intermediate
    one (every kilometre or so), which is read when it is first asked for. Where `hires.build` has put the world at high
    resolution into the user's cache, that answers outside the region; `resolution_at` says what does. The sea is what
    lies outside the high-water line; lakes above 5,000 square kilometres count as sea, every other inland water as
    land.
    """

    def __init__(self) -> None:
        self._field: Field | None = None

    @functools.cached_property
    def _region(self) -> Shoreline:
        """The high resolution."""
        return Shoreline.packaged(_REGION_FILE)

    @functools.cached_property
    def _world(self) -> Shoreline:
        """The rest of the world, from the cache where it is there; it has a hole where the region is."""
        from waterspace.environment.shores import hires  # what stays in the region does without

        return hires.load() or Shoreline.packaged(_WORLD_FILE)

    def resolution_at(self, position: Position) -> Resolution:
        """How finely the shore is known at a position."""
        shoreline = self._region if self._region.covers(*position_arrays([position])).all() else self._world
        spacing_m = shoreline.spacing_m(position.lat_deg, position.lon_deg)
        return Resolution(name=_RESOLUTIONS[spacing_m], spacing_m=spacing_m)

    def digest(self) -> str:
        """What the shores that answer are, so that what is computed from them can tell whether it still fits."""
        from waterspace.environment.shores import hires

        return f"{hires.packaged_digest()} {self._world.size}"

    def is_land(self, position: Position) -> bool:
        """Whether a position is on land."""
        return bool(self.on_land(position.lat_deg, position.lon_deg)[0])

    def on_land(self, lat: ArrayLike, lon: ArrayLike) -> NDArray[np.bool_]:
        """Which of many points, in degrees, are on land; always an array of shape (n,)."""
        lat_, lon_ = _checked(lat, lon)
        near = self._region.covers(lat_, lon_)
        if near.all():
            return self._region.on_land(lat_, lon_)
        land = np.zeros(len(lat_), dtype=bool)
        land[near] = self._region.on_land(lat_[near], lon_[near])
        land[~near] = self._world.on_land(lat_[~near], lon_[~near])
        return land

    def shore_in(self, boxes: Boxes) -> NDArray[np.bool_]:
        """Which of many boxes, none of them across the antimeridian, meet a cell with shore in it; shape (n,)."""
        south, west, north, east = self._region.bounds
        within = (boxes.south_deg >= south) & (boxes.north_deg <= north)
        within &= (boxes.west_deg >= west) & (boxes.east_deg <= east)
        meets = (boxes.north_deg >= south) & (boxes.south_deg <= north)
        meets &= (boxes.east_deg >= west) & (boxes.west_deg <= east)
        found = self._region.shore_in(boxes) & meets
        if not within.all():
            beyond = Boxes(*(edge[~within] for edge in boxes))
            found[~within] |= self._world.shore_in(beyond)
        return found

    # ------------------------------------------------------------------------------------------------------ legs

    def land_on_leg(self, a: Position, b: Position, slack_m: float = 0.0) -> Position | None:
        """The first point of land on the geodesic from `a` to `b`, or None; see `land_on_legs`."""
        return self.land_on_legs(((a, b),), slack_m)[0]

    def land_on_legs(
        self, legs: Sequence[tuple[Position, Position]], slack_m: float = 0.0
    ) -> tuple[Position | None, ...]:
        """The first point of land on each of many geodesics, None where one is all at sea.

        Args:
            legs: from and to.
            slack_m: the parts of a leg within this distance of its ends are not looked at. A harbour lies among land,
                and published positions of ports are out by a mile or two.
        """
        if not legs:
            return ()
        index, lat, lon, last = _strokes(legs, slack_m)
        found: list[Position | None] = [None] * len(legs)
        if not index.size:
            return tuple(found)
        part = self._first_land(lat, lon, last)
        for stroke in np.flatnonzero(part < np.inf)[::-1].tolist():
            end = stroke if last[stroke] else stroke + 1
            here_lat = lat[stroke] + part[stroke] * (lat[end] - lat[stroke])
            here_lon = lon[stroke] + part[stroke] * (unwrapped(lon[end], lon[stroke]) - lon[stroke])
            found[index[stroke]] = Position(lat_deg=float(here_lat), lon_deg=normalise_lon(float(here_lon)))
        return tuple(found)

    def _first_land(self, lat: FloatArray, lon: FloatArray, last: NDArray[np.bool_]) -> FloatArray:
        """How far along the stroke from each point to the next there is land, infinite where there is none.

        Args:
            lat: points of all legs, one after the other.
            lon: degrees.
            last: whether a point ends a leg, so that no stroke leads on from it.
        """
        part = np.where(self.on_land(lat, lon), 0.0, np.inf)
        start = np.flatnonzero(~last)
        lat1, lon1, lat2 = lat[start], lon[start], lat[start + 1]
        lon2 = unwrapped(lon[start + 1], lon1)
        for turn_deg in (0.0, 360.0, -360.0):
            west, east = np.minimum(lon1, lon2) + turn_deg, np.maximum(lon1, lon2) + turn_deg
            here = np.flatnonzero((east >= -180.0) & (west <= 180.0))
            if not here.size:
                continue
            strokes = Strokes(lat1[here], lon1[here] + turn_deg, lat2[here], lon2[here] + turn_deg)
            part[start[here]] = np.minimum(part[start[here]], self._first_crossings(strokes))
        return part

    def _first_crossings(self, strokes: Strokes) -> FloatArray:
        """As `Shoreline.first_crossings`, over both cuts."""
        first = self._region.first_crossings(strokes)
        inside = self._region.covers(strokes.lat1, strokes.lon1) & self._region.covers(strokes.lat2, strokes.lon2)
        return first if inside.all() else np.minimum(first, self._world.first_crossings(strokes))

    # --------------------------------------------------------------------------------------------------- nearness

    def nearest(self, place: Footprint | Position, within_m: float) -> tuple[NearLand, ...]:
        """The nearest shore of each state within a distance of a footprint or a position, nearest first.

        Right to 100 m of the data for distances up to 200 nautical miles. What lies wholly inland is measured to the
        shore as well: ask `land_in` whether it touches land. A moving box stands for all that it sweeps over.
        """
        return nearness.nearest(self.cuts, place, within_m)

    def nearest_land(self, position: Position) -> NearLand:
        """The nearest shore, wherever in the world it is; from a point on land the shore of that land or of a lake.

        Exact to a metre up to 500 km away and to 0.01 % beyond, on the shoreline that is loaded.

        Raises:
            GeometryError: the position is none.
        """
        admitted(lat_deg=position.lat_deg, lon_deg=position.lon_deg)
        within_m = _NEAR_M
        while True:
            shores = self.shores_near(position, within_m)
            if shores.lat1.size:
                tree = ShoreTree(shores, _PIECE_M)
                feet = tree.nearest(np.array([position.lat_deg]), np.array([position.lon_deg]))
                if feet.distance_m[0] <= within_m:
                    break
            within_m *= 2.0
        return NearLand(
            state=str(tree.shores.state[feet.piece[0]]),
            distance_m=float(feet.distance_m[0]),
            position=Position(lat_deg=float(feet.lat[0]), lon_deg=normalise_lon(float(feet.lon[0]))),
        )

    def shores_near(self, position: Position, within_m: float) -> Segments:
        """The segments of shore within a distance of a position, and some more."""
        return nearness.shores_near(self.cuts, position, within_m)

    def distances_m(self, lat: ArrayLike, lon: ArrayLike) -> FloatArray:
        """Distances of many points, in degrees, to the nearest shore; 0 on land; shape (n,).

        A thousand points or more in the region (115-160 east, 20-60 north) are looked up in a field that is computed on
        first use and kept in the user's cache: half of them are right to 5 m, 19 of 20 to 50 m, and those less than
        5 km off the shore to 400 m. Fewer points, and points elsewhere, are measured as `exact_distances_m` does.
        """
        lat_, lon_ = _checked(lat, lon)
        inside = np.flatnonzero(self._region.covers(lat_, lon_))
        if inside.size < _MANY:
            return self.exact_distances_m(lat_, lon_)
        looked_up = self.field().distances_m(lat_[inside], lon_[inside])
        np.maximum(looked_up, 0.0, out=looked_up)
        looked_up[self.on_land(lat_[inside], lon_[inside])] = 0.0
        if inside.size == lat_.size:
            return looked_up
        found = np.empty(len(lat_))
        found[inside] = looked_up
        outside = np.flatnonzero(~self._region.covers(lat_, lon_))
        found[outside] = self.exact_distances_m(lat_[outside], lon_[outside])
        return found

    def field(self, progress: Callable[[float], None] = lambda _: None) -> Field:
        """Distance to the shore and whose it is at the nodes of a grid over the region, every 0.02 degrees.

        The first call computes it, in some seconds, and puts it into the user's cache. For other boxes and steps see
        `waterspace.environment.shores.field.build`.

        Args:
            progress: is told how much is done, 0 to 1, where it has to be computed.
        """
        from waterspace.environment.shores import field

        if self._field is None:
            self._field = field.kept(self, self._region.bounds, _FIELD_STEP_DEG, progress)
        return self._field

    def exact_distances_m(self, lat: ArrayLike, lon: ArrayLike) -> FloatArray:
        """Geodesic distances of many points, in degrees, to the shoreline itself; 0 on land; shape (n,)."""
        lat_, lon_ = _checked(lat, lon)
        found = np.zeros(len(lat_))
        sea = np.flatnonzero(~self.on_land(lat_, lon_))
        near = self._region.covers(lat_[sea], lon_[sea])
        edge_m = _edge_distances_m(self._region.bounds, lat_[sea], lon_[sea])
        distance = np.full(len(sea), np.inf)
        distance[near] = self._region_tree.nearest(lat_[sea[near]], lon_[sea[near]]).distance_m
        beyond = distance > edge_m
        if beyond.any():
            there = lat_[sea[beyond]], lon_[sea[beyond]]
            distance[beyond] = np.minimum(distance[beyond], self._world_distances_m(*there, distance[beyond]))
        back = ~near & (distance > -edge_m)  # the region has islets that the world leaves out
        if back.any():
            region = self._region_tree.nearest(lat_[sea[back]], lon_[sea[back]]).distance_m
            distance[back] = np.minimum(distance[back], region)
        found[sea] = distance
        return found

    def _world_distances_m(self, lat: FloatArray, lon: FloatArray, known_m: FloatArray) -> FloatArray:
        """Distances to the shores of the world where they are less than to those of the region, else no less.

        Where the points lie together only the shores around them are made ready, in a tenth of the time.

        Args:
            lat: degrees.
            lon: degrees, -180 to 180.
            known_m: distances to the shores of the region, endless where they are not known.
        """
        lost = np.isinf(known_m)
        if lost.any() and "_world_tree" not in self.__dict__:
            known_m = known_m.copy()
            known_m[lost] = self._region_tree.nearest(lat[lost], lon[lost]).distance_m
        around = nearness.bounds_around(lat, lon, float(known_m.max()))
        if "_world_tree" in self.__dict__ or around is None:
            return self._world_tree.nearest(lat, lon).distance_m
        shores = self._world.segments(self._world.shore_cells(around))
        if not shores.lat1.size:
            return np.full(lat.size, np.inf)
        return ShoreTree(shores, _WORLD_PIECE_M).nearest(lat, lon).distance_m

    @functools.cached_property
    def _region_tree(self) -> ShoreTree:
        return ShoreTree(self._region.every_segment(), _PIECE_M)

    @functools.cached_property
    def _world_tree(self) -> ShoreTree:
        return ShoreTree(self._world.every_segment(), _WORLD_PIECE_M)

    def land_in(self, footprint: Footprint) -> Position | None:
        """A point of land in a footprint, or None where all of it is sea."""
        shores = self.nearest(footprint, 0.0)
        if shores:
            return shores[0].position
        return next((point for point in footprints.points_inside(footprint) if self.is_land(point)), None)

    # ----------------------------------------------------------------------------------------------------- drawing

    def polygons(self, bounds: Bounds, tolerance_deg: float) -> list[tuple[FloatArray, FloatArray]]:
        """Land inside a box, to be drawn: rings of latitudes and longitudes, each closed, clipped and simplified.

        Fill them by the even-odd rule: the ring of a lake lies in the ring of its land. Longitudes run on beyond 180
        where the box does.

        Args:
            bounds: at most 360 degrees wide.
            tolerance_deg: how far a simplified ring may stray; smaller islands are left out. 0 keeps every point.
        """
        return coastmap.polygons(self.cuts(bounds), bounds, tolerance_deg)

    def cuts(self, bounds: Bounds) -> list[Cut]:
        """The packaged cuts that a box meets, with the part of the box that falls to each."""
        found = []
        for turn_deg in (0.0, 360.0, -360.0):
            west, east = max(bounds.west_deg + turn_deg, -180.0), min(bounds.east_deg + turn_deg, 180.0)
            if west > east:
                continue
            part = Bounds(bounds.south_deg, west, bounds.north_deg, east)
            if self._region.bounds.meets(part):
                found.append(Cut(self._region, part, turn_deg))
            if not self._region.bounds.holds(part):
                found.append(Cut(self._world, part, turn_deg))
        return found


def _checked(lat: ArrayLike, lon: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Latitudes and longitudes as arrays of one shape (n,), longitudes from -180 to 180.

    Raises:
        GeometryError: where a point is none.
    """
    lat_, lon_ = (np.atleast_1d(values) for values in admitted(lat=lat, lon=lon))
    if not lat_.size:
        return lat_, lon_
    if lon_.min() < -180.0 or lon_.max() > 180.0:
        lon_ = np.where(np.abs(lon_) > 180.0, (lon_ + 180.0) % 360.0 - 180.0, lon_)
    return lat_, lon_


def _edge_distances_m(bounds: Bounds, lat: FloatArray, lon: FloatArray) -> FloatArray:
    """How far points in a box surely are from its edge; outside, less 0, how far they surely are from the box."""
    lat_deg = np.minimum(lat - bounds.south_deg, bounds.north_deg - lat)
    middle_deg, half_deg = (bounds.west_deg + bounds.east_deg) / 2.0, (bounds.east_deg - bounds.west_deg) / 2.0
    lon_deg = np.clip(half_deg - np.abs(unwrapped(lon, middle_deg) - middle_deg), -90.0, 90.0)
    across_deg = np.degrees(np.arcsin(np.sin(np.radians(lon_deg)) * np.cos(np.radians(lat))))
    shortest: FloatArray = np.radians(np.minimum(lat_deg, across_deg)) * EARTH_RADIUS_M * _LEAST_RADIUS_RATIO
    return shortest


def _strokes(
    legs: Sequence[tuple[Position, Position]], slack_m: float
) -> tuple[IntArray, FloatArray, FloatArray, NDArray[np.bool_]]:
    """Points along legs, close enough to be joined by strokes: index of the leg, latitude, longitude, is it the end."""
    lat1, lon1 = position_arrays([a for a, _ in legs])
    lat2, lon2 = position_arrays([b for _, b in legs])
    length, bearing = inverses(lat1, lon1, lat2, lon2)
    used = np.flatnonzero(length >= 2.0 * slack_m)
    looked_at = length[used] - 2.0 * slack_m
    longest = _STROKE_M * np.cos(np.radians(np.maximum(np.abs(lat1), np.abs(lat2))[used]))
    count = np.maximum(1, np.ceil(looked_at / np.maximum(longest, _STROKE_M / 50.0))).astype(np.intp)
    item = np.repeat(np.arange(len(used)), count + 1)
    place = np.arange(len(item)) - np.repeat(np.cumsum(count + 1) - count - 1, count + 1)
    index = used[item]
    run_m = slack_m + looked_at[item] * place / count[item]
    lat, lon = destinations(lat1[index], lon1[index], bearing[index], run_m)
    return index, lat, lon, place == count[item]
