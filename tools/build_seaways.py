"""Precompute the world's sea ways: corners to turn at off every coast, and which of them see each other.

How to run it again, with Waterspace installed::

    python tools/build_seaways.py

It writes `seaways.npz` into the package, from the packaged coast and `straits.csv` alone; two runs give the same bytes.
With `--check` it writes nothing and says whether the packaged file is the one it makes.

How it is made. The land is widened by a clearance and simplified, on a Mercator projection (angles are true, and
lengths within a strip of one degree nearly so). A shortest way turns only at corners of that widened land, and there it
is tangent to it; so the graph keeps the convex corners, and of all pairs those that are tangent at both ends and whose
geodesic does not enter the widened land. Waters that the widening closes get corners of a finer sort: straits of the
table, and bays around ports.
"""

from __future__ import annotations

import argparse
import csv
import heapq
import io
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from waterspace.environment.routing import approaches, inshore, seaways
from waterspace.environment.shores.coast import Bounds, load
from waterspace.geometry.geodesic import destinations, inverses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TOOLS = Path(__file__).parent
DATA = TOOLS.parent / "src" / "waterspace" / "environment" / "data"
OUT = DATA / "seaways.npz"

MINUTES_IN_RADIAN = 60.0 * 180.0 / np.pi
TILE_DEG = (5, 10)
SOUTH_DEG, NORTH_DEG = -80, 85
MARGIN_DEG = 0.3
STRIP_POINTS = 200
REGION = (20.0, 110.0, 55.0, 160.0)

PASSAGE_REACH_M = 90_000.0
PASSAGE_CLEARANCE_M = 926.0
PASSAGE_LONGEST_M = 85_000.0
PASSAGE_M = 130.0
"""Clearance in narrow passages, such as Kanmon, 460 m wide, and the Bosporus, 560 m on the coast."""

QUANTUM_DEG = 2e-4
RASTER_DEG = 0.1
CELL_M = RASTER_DEG * 110_500.0
STROKE_M = 18_000.0
MOST_ROOM = 60
TANGENT_SLACK = 0.02
"""Radians by which a line may miss being tangent and still count."""


@dataclass(frozen=True, kw_only=True)
class Widening:
    """How land is widened: clearance and tolerance of the outline, in nautical miles, by where it is."""

    clearance: float
    region: float
    world: float
    polar: float

    def tolerance(self, lat: float, lon: float) -> float:
        """Tolerance of the outline at a place."""
        south, west, north, east = REGION
        if south <= lat < north and west <= lon < east:
            return self.region
        return self.polar if lat > 73.0 or lat < -57.0 else self.world


OPEN = Widening(clearance=0.55, region=0.3, world=1.0, polar=3.0)
SMOOTH = Widening(clearance=0.0, region=0.3, world=1.0, polar=3.0)

FINE_GAP, COARSE_GAP = 1.0, 2.5
"""Half the width of the gaps between obstacles that are closed, nautical miles: near straits and in the region, and
elsewhere. What lies behind is found by the router when an end lies there."""

LEAST_FINE, LEAST_COARSE = 0.7, 5.0
"""Extent of the smallest obstacle that is kept, nautical miles. A leg that meets a smaller one is led round it by the
router."""

STRAIT_REACH = 70.0
"""How far from a gate of a strait the finer measures hold, nautical miles."""


# ---------------------------------------------------------------------------------------------------------- projection


def mercator(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes and latitudes in degrees, shape (n, 2), on the plane; its unit is a minute of arc at the equator."""
    lat = np.radians(np.clip(lonlat[:, 1], -89.0, 89.0))
    return np.column_stack((lonlat[:, 0] * 60.0, MINUTES_IN_RADIAN * np.log(np.tan(np.pi / 4.0 + lat / 2.0))))


def lonlat_of(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The inverse of `mercator`."""
    lat = 2.0 * np.arctan(np.exp(points[:, 1] / MINUTES_IN_RADIAN)) - np.pi / 2.0
    return np.column_stack((points[:, 0] / 60.0, np.degrees(lat)))


def box_of(south: float, west: float, north: float, east: float) -> Any:  # noqa: ANN401
    """A box of latitudes and longitudes on the plane."""
    (x1, y1), (x2, y2) = mercator(np.array([[west, south], [east, north]], dtype=float))
    return shapely.box(x1, y1, x2, y2)


# ----------------------------------------------------------------------------------------------------------------- land


def land_by_tile() -> dict[tuple[int, int], NDArray[Any]]:
    """The polygons of land, in degrees, in and a little around each tile; by south and west of the tile."""
    coast = load()
    found = {}
    for south in range(SOUTH_DEG, NORTH_DEG, TILE_DEG[0]):
        for west in range(-180, 180, TILE_DEG[1]):
            edges = (south - MARGIN_DEG, west - MARGIN_DEG, south + TILE_DEG[0], west + TILE_DEG[1])
            rings = coast.polygons(Bounds(edges[0], edges[1], edges[2] + MARGIN_DEG, edges[3] + MARGIN_DEG), 0.0)
            if not rings:
                continue
            lines = [shapely.LineString(np.column_stack((lon, lat))) for lat, lon in rings]
            faces = shapely.get_parts(shapely.polygonize([shapely.unary_union(lines)]))
            inner = shapely.get_coordinates(shapely.point_on_surface(faces))
            found[south, west] = faces[coast.on_land(inner[:, 1], inner[:, 0])]
    return found


def widen(tiles: dict[tuple[int, int], NDArray[Any]], widening: Widening) -> Any:  # noqa: ANN401
    """The land, widened, as one geometry on the plane; its outline is not yet simplified."""
    parts = []
    for (south, west), faces in tiles.items():
        tolerance = widening.tolerance(south + TILE_DEG[0] / 2.0, west + TILE_DEG[1] / 2.0)
        for strip in range(south, south + TILE_DEG[0]):
            around = shapely.box(
                west - MARGIN_DEG, strip - MARGIN_DEG, west + TILE_DEG[1] + MARGIN_DEG, strip + 1 + MARGIN_DEG
            )
            here = shapely.intersection(faces[shapely.intersects(faces, around)], around)
            if not len(here):
                continue
            stretch = 1.0 / np.cos(np.radians(max(abs(strip), abs(strip + 1))))
            plane = shapely.transform(here, mercator)
            wide = shapely.union_all(shapely.buffer(plane, (widening.clearance + tolerance) * stretch, quad_segs=3))
            bounds = box_of(strip, west, strip + 1, west + TILE_DEG[1]).bounds
            parts += polygons_of(shapely.clip_by_rect(wide, *bounds))
    return shapely.union_all(parts)


def polygons_of(shape: Any) -> list[Any]:  # noqa: ANN401
    """The polygons of any geometry."""
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0.0]


def simplify(shape: Any, widening: Widening) -> Any:  # noqa: ANN401
    """The widened land with a simpler outline, nowhere nearer to the land than the clearance."""
    found = []
    for part in polygons_of(shape):
        rings = [simplify_ring(ring, widening) for ring in (part.exterior, *part.interiors)]
        rings = [ring for ring in rings if len(ring) >= 4]
        if rings:
            found.append(shapely.Polygon(rings[0], rings[1:]))
    shapes = np.array(found, dtype=object)
    crossed = ~shapely.is_valid(shapes)
    shapes[crossed] = shapely.make_valid(shapes[crossed])
    return shapely.union_all(shapes)


def simplify_ring(ring: Any, widening: Widening) -> NDArray[np.float64]:  # noqa: ANN401
    """A closed ring with fewer points, strip by strip, because the scale of the plane varies with the latitude."""
    points = shapely.get_coordinates(ring)
    if len(points) < STRIP_POINTS:
        simple: NDArray[np.float64] = shapely.get_coordinates(
            shapely.simplify(ring, tolerance_on_plane(points, widening))
        )
        return simple
    pieces = []
    for start in range(0, len(points) - 1, STRIP_POINTS):
        piece = points[start : start + STRIP_POINTS + 1]
        line = shapely.simplify(shapely.LineString(piece), tolerance_on_plane(piece, widening), preserve_topology=False)
        pieces.append(shapely.get_coordinates(line)[:-1])
    return np.concatenate([*pieces, pieces[0][:1]])


def tolerance_on_plane(points: NDArray[np.float64], widening: Widening) -> float:
    """The tolerance at some points, in units of the plane."""
    lon, lat = lonlat_of(points.mean(axis=0, keepdims=True))[0]
    return float(widening.tolerance(lat, lon) / np.cos(np.radians(lat)))


# -------------------------------------------------------------------------------------------------------------- corners


@dataclass(frozen=True, kw_only=True)
class Corners:
    """Convex corners of widened land.

    Attributes:
        lonlat: degrees, shape (n, 2).
        before: direction on the plane to the corner before, shape (n, 2); the land lies to the left of the ring.
        after: direction to the corner after.
    """

    lonlat: NDArray[np.float64]
    before: NDArray[np.float64]
    after: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.lonlat)

    def take(self, which: NDArray[Any]) -> Corners:
        """Some of them."""
        return Corners(lonlat=self.lonlat[which], before=self.before[which], after=self.after[which])

    def and_also(self, others: Corners) -> Corners:
        """These and others."""
        return Corners(
            lonlat=np.concatenate((self.lonlat, others.lonlat)),
            before=np.concatenate((self.before, others.before)),
            after=np.concatenate((self.after, others.after)),
        )


def corners_of(shape: Any) -> Corners:  # noqa: ANN401
    """The convex corners of a geometry, seen from the sea."""
    where, before, after = [], [], []
    for part in polygons_of(shape):
        for place, ring in enumerate((part.exterior, *part.interiors)):
            points = shapely.get_coordinates(ring)[:-1]
            if shapely.is_ccw(ring) != (place == 0):
                points = points[::-1]
            back, ahead = np.roll(points, 1, axis=0) - points, np.roll(points, -1, axis=0) - points
            turn = -back[:, 0] * ahead[:, 1] + back[:, 1] * ahead[:, 0]
            convex = turn > 0.0
            where.append(points[convex])
            before.append(back[convex])
            after.append(ahead[convex])
    corners = Corners(
        lonlat=lonlat_of(np.concatenate(where)), before=np.concatenate(before), after=np.concatenate(after)
    )
    return corners.take(np.abs(corners.lonlat[:, 0]) < 179.999)


def pieces_of(shape: Any, shrink: float, cell_deg: int = 1) -> NDArray[Any]:  # noqa: ANN401
    """A geometry, a little eroded so that its outline can be sailed along, cut along a grid."""
    parts = shapely.get_parts(shape)
    tree = shapely.STRtree(parts)
    found = []
    for south in range(SOUTH_DEG, NORTH_DEG, 5):
        strip = box_of(south, -180, south + 5, 180)
        hit = parts[tree.query(strip, predicate="intersects")]
        rows = np.array(polygons_of_many(shapely.clip_by_rect(hit, *strip.bounds)), dtype=object)
        if not len(rows):
            continue
        inner = shapely.STRtree(rows)
        eroded_by = shrink / np.cos(np.radians(max(abs(south), abs(south + 5))))
        for west in range(-180, 180, 5):
            column = box_of(south, west, south + 5, west + 5)
            near = shapely.buffer(column, eroded_by * 2.0)
            block = shapely.clip_by_rect(rows[inner.query(near, predicate="intersects")], *near.bounds)
            block = shapely.buffer(block, -eroded_by, join_style="mitre")
            for south2 in range(south, south + 5, cell_deg):
                for west2 in range(west, west + 5, cell_deg):
                    cell = box_of(south2, west2, south2 + cell_deg, west2 + cell_deg)
                    found += polygons_of_many(shapely.clip_by_rect(block, *cell.bounds))
    return np.array(found, dtype=object)


def polygons_of_many(shapes: NDArray[Any]) -> list[Any]:
    """The polygons of many geometries."""
    return [
        part
        for part in shapely.get_parts(shapely.get_parts(shapes))
        if part.geom_type == "Polygon" and part.area > 1e-9
    ]


# ----------------------------------------------------------------------------------------------------------- visibility


class Sight:
    """Which geodesics enter some widened land."""

    def __init__(self, shape: Any, pieces: NDArray[Any]) -> None:  # noqa: ANN401
        self.tree = shapely.STRtree(pieces)
        rows, columns = round((NORTH_DEG - SOUTH_DEG) / RASTER_DEG), round(360.0 / RASTER_DEG)
        lat = SOUTH_DEG + (np.arange(rows) + 0.5) * RASTER_DEG
        lon = -180.0 + (np.arange(columns) + 0.5) * RASTER_DEG
        grid = np.stack(np.meshgrid(lon, lat), axis=-1).reshape(-1, 2)
        land = np.zeros(len(grid), dtype=bool)
        for start in range(0, len(grid), 500_000):
            points = shapely.points(mercator(grid[start : start + 500_000]))
            land[start + self.tree.query(points, predicate="intersects")[0]] = True
        inside = land.reshape(rows, columns)
        edge = np.zeros_like(inside)
        outline = lonlat_of(shapely.get_coordinates(shapely.segmentize(shapely.boundary(shape), RASTER_DEG * 20.0)))
        edge[self._cell(outline[:, 1], outline[:, 0])] = True
        self.solid = inside & ~spread(edge, 2)
        self.inland = inside & ~spread(edge, 1)
        near = spread(inside | edge, 1)
        self.room = np.zeros(inside.shape, dtype=np.uint8)
        while self.room.max() < MOST_ROOM:
            self.room += ~near
            near = spread(near, 1)

    def _cell(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Row and column of points."""
        lon = (lon + 180.0) % 360.0
        row = np.clip((lat - SOUTH_DEG) / RASTER_DEG, 0, round((NORTH_DEG - SOUTH_DEG) / RASTER_DEG) - 1)
        column = np.clip(lon / RASTER_DEG, 0, round(360.0 / RASTER_DEG) - 1)
        return row.astype(np.intp), column.astype(np.intp)

    def rough(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which great circles between unit vectors, shape (n, 3), are not plainly over land."""
        angle = np.arccos(np.clip((start * end).sum(axis=1), -1.0, 1.0))
        alive = np.arange(len(start))
        for level in (4, 16, 64, 256):
            if not alive.size:
                break
            steps = (np.arange(level) + 0.5) / level
            a, b, w = start[alive], end[alive], angle[alive]
            ok = np.ones(len(alive), dtype=bool)
            for step in steps:
                mix = np.sin((1.0 - step) * w)[:, None] * a + np.sin(step * w)[:, None] * b
                lat = np.degrees(np.arctan2(mix[:, 2], np.hypot(mix[:, 0], mix[:, 1])))
                lon = np.degrees(np.arctan2(mix[:, 1], mix[:, 0]))
                ok &= ~self.solid[self._cell(lat, lon)]
            alive = alive[ok]
        found = np.zeros(len(start), dtype=bool)
        found[alive] = True
        return found

    def exact(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which geodesics between points, longitudes and latitudes of shape (n, 2), stay out of the widened land."""
        clear = np.ones(len(start), dtype=bool)
        for first in range(0, len(start), 20_000):
            part = slice(first, first + 20_000)
            clear[part] = self._exact(start[part], end[part])
        return clear

    def _exact(self, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.bool_]:
        """As `exact`: where there is room, run on as far as the room goes; elsewhere look at a stroke."""
        length, bearing = inverses(start[:, 1], start[:, 0], end[:, 1], end[:, 0])
        clear = np.ones(len(start), dtype=bool)
        run = np.zeros(len(start))
        going = np.arange(len(start))
        while going.size:
            lat, lon = destinations(start[going, 1], start[going, 0], bearing[going], run[going])
            cell = self._cell(lat, lon)
            clear[going[self.solid[cell]]] = False
            narrow = np.clip(np.cos(np.radians(np.abs(lat) + 0.1 * self.room[cell])), 0.05, 1.0) * CELL_M
            roomy = self.room[cell] >= 3
            step = np.where(
                roomy, (self.room[cell] - 1.0) * narrow, STROKE_M * np.clip(np.cos(np.radians(lat)), 0.2, 1.0)
            )
            step = np.minimum(step, length[going] - run[going])
            look = np.flatnonzero(~roomy & clear[going] & (np.abs(lat) < 84.0))
            if look.size:
                which = going[look]
                lat2, lon2 = destinations(start[which, 1], start[which, 0], bearing[which], run[which] + step[look])
                clear[which[self._hits(lat[look], lon[look], lat2, lon2)]] = False
            run[going] += np.maximum(step, 1.0)
            going = going[clear[going] & (run[going] < length[going] - 0.5)]
        return clear

    def _hits(
        self, lat1: NDArray[np.float64], lon1: NDArray[np.float64], lat2: NDArray[np.float64], lon2: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """Which strokes enter the widened land."""
        hits = np.zeros(len(lat1), dtype=bool)
        lon2 = lon1 + (lon2 - lon1 + 180.0) % 360.0 - 180.0
        for turn in (0.0, 360.0, -360.0):
            low, high = np.minimum(lon1, lon2) + turn, np.maximum(lon1, lon2) + turn
            here = np.flatnonzero((high >= -180.0) & (low <= 180.0))
            a = mercator(np.column_stack((lon1[here] + turn, lat1[here])))
            b = mercator(np.column_stack((lon2[here] + turn, lat2[here])))
            lines = shapely.linestrings(np.stack((a, b), axis=1))
            hits[here[self.tree.query(lines, predicate="intersects")[0]]] = True
        return hits


def spread(cells: NDArray[np.bool_], times: int) -> NDArray[np.bool_]:
    """Cells and their neighbours, so many times over."""
    for _ in range(times):
        wide = cells | np.roll(cells, 1, axis=1) | np.roll(cells, -1, axis=1)
        tall = wide.copy()
        tall[1:] |= wide[:-1]
        tall[:-1] |= wide[1:]
        cells = tall
    return cells


def vectors(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors of points in degrees."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)


def normals(corners: Corners) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Normals of the great circles along both sides of each corner."""
    here = vectors(corners.lonlat)
    lon, lat = np.radians(corners.lonlat[:, 0]), np.radians(corners.lonlat[:, 1])
    east = np.stack((-np.sin(lon), np.cos(lon), np.zeros_like(lon)), axis=1)
    north = np.stack((-np.sin(lat) * np.cos(lon), -np.sin(lat) * np.sin(lon), np.cos(lat)), axis=1)
    found = []
    for way in (corners.before, corners.after):
        unit = way / np.hypot(way[:, 0], way[:, 1])[:, None]
        found.append(np.cross(unit[:, :1] * east + unit[:, 1:] * north, here))
    return found[0], found[1]


def tangent_pairs(corners: Corners, block: int = 2000) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Pairs i < j of corners whose great circle is tangent to the land at both, block by block."""
    here = vectors(corners.lonlat)
    before, after = normals(corners)
    for top in range(0, len(corners), block):
        rows = slice(top, top + block)
        for left in range(top, len(corners), block):
            columns = slice(left, left + block)
            slack = TANGENT_SLACK * np.sqrt(np.clip(1.0 - (here[rows] @ here[columns].T) ** 2, 0.0, 1.0))
            good = one_side(before[rows] @ here[columns].T, after[rows] @ here[columns].T, slack)
            good &= one_side(here[rows] @ before[columns].T, here[rows] @ after[columns].T, slack)
            i, j = np.nonzero(good)
            keep = i + top < j + left
            yield i[keep] + top, j[keep] + left


def one_side(a: NDArray[np.float64], b: NDArray[np.float64], slack: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where two signed distances do not lie on opposite sides of zero."""
    return (a * b >= 0.0) | (np.minimum(np.abs(a), np.abs(b)) < slack)


# ------------------------------------------------------------------------------------------------------------- assembly


def gates() -> NDArray[np.float64]:
    """Middles of the gates of the straits, longitude and latitude."""
    table = DATA / "straits.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    return np.array(
        [
            [(float(row["gate_" + axis + "1"]) + float(row["gate_" + axis + "2"])) / 2.0 for axis in ("lon", "lat")]
            for row in rows
        ]
    )


def fine_zone() -> Any:  # noqa: ANN401
    """Where the finer measures hold, on the plane."""
    south, west, north, east = REGION
    around = [box_of(south, west, north, east)]
    for lon, lat in gates():
        reach = STRAIT_REACH / np.cos(np.radians(lat))
        around.append(shapely.Point(mercator(np.array([[lon, lat]]))[0]).buffer(reach))
    return shapely.union_all(around)


def close_gaps(shape: Any, half: float) -> Any:  # noqa: ANN401
    """A geometry with the gaps of less than about twice a width filled; at 45 degrees of latitude that width."""
    wide = half * 1.4
    return shapely.buffer(shapely.buffer(shape, wide, quad_segs=2), -wide, quad_segs=2)


def obstacles() -> Any:  # noqa: ANN401
    """What the graph goes round."""
    land = simplify(widen(land_by_tile(), OPEN), OPEN)
    zone = fine_zone()
    everywhere = box_of(-89, -180, 89, 180)
    fine = shapely.intersection(close_gaps(land, FINE_GAP), zone)
    coarse = shapely.intersection(close_gaps(land, COARSE_GAP), shapely.difference(everywhere, zone))
    whole = simplify(shapely.union_all([fine, coarse], grid_size=0.001), SMOOTH)
    parts = np.array(polygons_of(whole), dtype=object)
    bounds = shapely.bounds(parts)
    middle = lonlat_of(np.column_stack(((bounds[:, 0] + bounds[:, 2]) / 2.0, (bounds[:, 1] + bounds[:, 3]) / 2.0)))
    extent = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) * np.cos(np.radians(middle[:, 1]))
    least = np.where(shapely.intersects(zone, parts), LEAST_FINE, LEAST_COARSE)
    return shapely.union_all(parts[extent >= least])


def open_graph(shape: Any) -> Graph:  # noqa: ANN401
    """Corners and the pairs of them that see each other, i < j in rising order."""
    corners = corners_of(shape)
    offing_m = load().exact_distances_m(corners.lonlat[:, 1], corners.lonlat[:, 0])
    corners = corners.take(offing_m > 0.45 * 1852.0)
    corners = corners.take(np.lexsort((np.round(corners.lonlat[:, 0] / 5.0), corners.lonlat[:, 1])))
    log(f"{len(corners)} corners")
    sight = Sight(shape, pieces_of(shape, 0.04))
    log("raster")
    here = vectors(corners.lonlat)
    kept: list[NDArray[np.intp]] = []
    for i, j in tangent_pairs(corners):
        rough = np.concatenate(
            [sight.rough(here[i[k : k + 200_000]], here[j[k : k + 200_000]]) for k in range(0, len(i), 200_000)]
        )
        kept.append(np.stack((i[rough], j[rough])))
    pairs = np.concatenate(kept, axis=1)
    log(f"{pairs.shape[1]} pairs in rough sight")
    clear = sight.exact(corners.lonlat[pairs[0]], corners.lonlat[pairs[1]])
    pairs = pairs[:, clear]
    log(f"{pairs.shape[1]} pairs in sight")
    order = np.lexsort((pairs[1], pairs[0]))
    return Graph(
        corners=corners,
        first=pairs[0, order],
        second=pairs[1, order],
        narrow_m=np.zeros(len(corners)),
        solid=sight.inland,
    )


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Corners, which of them see each other, how near to land the narrow ones lie in metres, and where land is."""

    corners: Corners
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    narrow_m: NDArray[np.float64]
    solid: NDArray[np.bool_]


def with_passages(graph: Graph, shape: Any) -> Graph:  # noqa: ANN401
    """A graph with ways through the straits that the widening closes."""
    corners, edges, narrow = graph.corners, [(graph.first, graph.second)], [graph.narrow_m]
    for name, lon, lat in passages():
        if not shapely.intersects_xy(shape, *mercator(np.array([[lon, lat]]))[0]):
            log(f"{name}: open")
            continue
        added = passage(graph.corners, lon, lat)
        if added is None:
            log(f"{name}: no way through")
            continue
        more, pairs = added
        pairs = np.where(pairs < 0, -pairs - 1 + len(corners), pairs)
        corners = corners.and_also(more)
        narrow.append(np.full(len(more), PASSAGE_M))
        edges.append((pairs.min(axis=1), pairs.max(axis=1)))
        log(f"{name}: {len(more)} corners, {len(pairs)} lines")
    first, second = (np.concatenate(part) for part in zip(*edges, strict=True))
    return Graph(corners=corners, first=first, second=second, narrow_m=np.concatenate(narrow), solid=graph.solid)


def passages() -> list[tuple[str, float, float]]:
    """Names and middles of the narrow waters that ships pass through: straits of the table, and a few more."""
    table = DATA / "straits.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    found = [(row["key"], *middle) for row, middle in zip(rows, gates().tolist(), strict=True)]
    more = csv.DictReader((TOOLS / "seaway_passages.csv").read_text(encoding="utf-8").splitlines())
    found += [(row["name"], float(row["lon"]), float(row["lat"])) for row in more]
    for row in csv.DictReader((DATA / "canals.csv").read_text(encoding="utf-8").splitlines()):
        for end in (row["waypoints"].split(";")[0], row["waypoints"].split(";")[-1]):
            lat, lon = (float(number) for number in end.split())
            found.append((f"end of the {row['name']}", lon, lat))
    return found


def passage(corners: Corners, lon: float, lat: float) -> tuple[Corners, NDArray[np.intp]] | None:
    """The shortest ways from a narrow spot to the corners around.

    Returns:
        More corners, and pairs of corners, the new ones as -1, -2 and so on; None where the spot is on land or leads
        nowhere.
    """
    water = inshore.Waters(lat, lon, PASSAGE_REACH_M, PASSAGE_CLEARANCE_M)
    near = np.flatnonzero(
        seaways.lengths_m(corners.lonlat[:, 1], corners.lonlat[:, 0], lat, lon) < 0.97 * PASSAGE_REACH_M
    )
    if not near.size:
        return None
    flat = np.concatenate((np.zeros((1, 2)), water.plane.project(corners.lonlat[near, 1], corners.lonlat[near, 0])))
    opened = list(approaches.opened(water, flat[:1], PASSAGE_M))
    if not opened:
        return None
    local = approaches.Approach.of(water, flat, (opened[0], PASSAGE_M))
    parent = reach(local)
    used: set[int] = set()
    for leaf in range(1, len(flat)):
        node = leaf
        while node in parent and node not in used:
            used.add(node)
            node = parent[node]
    if not used:
        return None
    new = [0, *sorted(node for node in used if node >= len(flat))]
    ids = {node: -1 - place for place, node in enumerate(new)} | {k + 1: int(near[k]) for k in range(len(near))}
    back, ahead = local.sides(np.array(new))
    latitudes, longitudes = local.positions()
    more = Corners(lonlat=np.column_stack((longitudes[new], latitudes[new])), before=back, after=ahead)
    return more, np.array([(ids[node], ids[parent[node]]) for node in sorted(used)])


def reach(local: approaches.Approach) -> dict[int, int]:
    """The node before each on the shortest ways from node 0; no way leads on through another place."""
    cost, parent, queue = {0: 0.0}, {}, [(0.0, 0)]
    done: set[int] = set()
    while queue:
        reached, node = heapq.heappop(queue)
        if node in done:
            continue
        done.add(node)
        if 0 < node < local.places or reached > PASSAGE_LONGEST_M:
            continue
        for other, length in zip(*(part.tolist() for part in local.seen(node)), strict=True):
            if reached + length < cost.get(other, np.inf):
                cost[other] = reached + length
                parent[other] = node
                heapq.heappush(queue, (cost[other], other))
    return parent


def largest_part(graph: Graph) -> Graph:
    """Only the corners that can be reached from most others: lakes and closed seas are left out."""
    label = np.arange(len(graph.corners))
    while True:
        least = np.minimum(label[graph.first], label[graph.second])
        after = label.copy()
        np.minimum.at(after, graph.first, least)
        np.minimum.at(after, graph.second, least)
        after = after[after]
        if np.array_equal(after, label):
            break
        label = after
    values, counts = np.unique(label, return_counts=True)
    kept = label == values[np.argmax(counts)]
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        if 15 < count < counts.max():
            log(f"left out: {count} corners around {graph.corners.lonlat[label == value].mean(axis=0).round(1)}")
    number = np.cumsum(kept) - 1
    both = kept[graph.first]
    return Graph(
        corners=graph.corners.take(kept),
        first=number[graph.first[both]],
        second=number[graph.second[both]],
        narrow_m=graph.narrow_m[kept],
        solid=graph.solid,
    )


START = time.monotonic()


def log(text: str) -> None:
    """Say how far the work is."""
    print(f"{time.monotonic() - START:7.1f} s  {text}", flush=True)


def encode(graph: Graph) -> bytes:
    """The bytes of the packaged file."""
    corners = graph.corners
    order = np.lexsort((graph.second, graph.first))
    first, second = graph.first[order], graph.second[order]
    bearing = [
        np.round(np.degrees(np.arctan2(way[:, 0], way[:, 1])) / 2.0).astype(np.int8)
        for way in (corners.before, corners.after)
    ]
    quanta = np.round(corners.lonlat / QUANTUM_DEG).astype(np.int32)
    arrays: dict[str, NDArray[Any]] = {
        "lon": np.diff(quanta[:, 0], prepend=0).astype(np.int32),
        "lat": np.diff(quanta[:, 1], prepend=0).astype(np.int32),
        "before": bearing[0],
        "after": bearing[1],
        "narrow": np.round(graph.narrow_m / 10.0).astype(np.uint8),
        "solid": np.packbits(graph.solid, axis=1),
        "degree": np.bincount(first, minlength=len(corners)).astype(np.uint16),
        "other": np.where(np.diff(first, prepend=-1) > 0, second, np.diff(second, prepend=0)).astype(np.uint16),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, array, allow_pickle=False)
            archive.writestr(
                zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), content.getvalue(), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def main() -> int:
    """Write the packaged file, or compare it."""
    parser = argparse.ArgumentParser(description="Precompute the world's sea ways.")
    parser.add_argument("--check", action="store_true", help="only say whether the packaged file is up to date")
    options = parser.parse_args()
    shape = obstacles()
    content = encode(largest_part(with_passages(open_graph(shape), shape)))
    if options.check:
        same = OUT.exists() and OUT.read_bytes() == content
        print("up to date" if same else "out of date")
        return 0 if same else 1
    OUT.write_bytes(content)
    log(f"{len(content)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
