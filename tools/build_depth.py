"""Cut the packaged depths out of ETOPO1.

How to run it again, in the development environment (`make` makes it; it has netCDF4 and pykdtree)::

    pip download --no-deps pybacktrack==1.5.0
    .venv/bin/python tools/build_depth.py pybacktrack-1.5.0-py3-none-any.whl

It writes `depth_region.npz` and `depth_world.npz` into the package. With `--check` it writes nothing and says whether
the packaged arrays are those it makes. Two runs with the same coast give the same bytes.

What goes in: ETOPO1 Bedrock (Amante and Eakins 2009, NOAA, public domain), which travels inside that package as a grid
of one node every 0.1 degrees, made with `grdsample -I0.1` from `ETOPO1_Bed_g`. Nothing else of the package is taken or
run: the wheel is opened as the archive that it is. The region keeps every node; the world keeps, for every 0.5
degrees, the mean of the 5 by 5 nodes around and the shallowest of them, rounded up towards the surface to 10 m, and for
every square of one degree the least depth in it and its eight neighbours. Land is 0. A bit for each node says that land
of the packaged coast lies within one cell, or on it.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import netCDF4
import numpy as np
from pykdtree.kdtree import KDTree

from waterspace.environment.shores import coast
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

DATA = Path(__file__).parent.parent / "src" / "waterspace" / "environment" / "data"
MEMBER = "pybacktrack/bundle_data/topography/ETOPO1_0.1.grd"
SOURCE = (
    "ETOPO1 Bedrock, C. Amante and B. W. Eakins, NOAA Technical Memorandum NESDIS NGDC-24, 2009, "
    "doi 10.7289/V5C8276M; NOAA National Centers for Environmental Information; public domain"
)
MADE = "tools/build_depth.py from ETOPO1_0.1.grd of the package pybacktrack 1.5.0 (one node every 0.1 degrees)"
REGION = (20.0, 115.0, 60.0, 160.0)
NODES_A_DEGREE = 10
WORLD_STEP = 5
SHALLOW_STEP_M = 10
DEGREE_M = 60.0 * NAUTICAL_MILE_M
SHORE_STEP_M = 1000.0
RADIUS_M = 6_371_000.0


def read_grid(wheel: Path) -> NDArray[np.int16]:
    """Heights in metres of shape (1801, 3600), from 90 south and from 0 east, without the column of 360."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as archive:
            path = archive.extract(MEMBER, folder)
        with netCDF4.Dataset(path) as grid:
            heights = np.rint(np.ma.filled(grid["z"][:], np.nan))
    assert heights.shape == (1801, 3601)
    assert np.isfinite(heights).all()
    return heights[:, :-1].astype(np.int16)


def region_depths(heights: NDArray[np.int16]) -> NDArray[np.int16]:
    """Every node of the region, positive down, 0 on land."""
    south, west, north, east = (round(edge * NODES_A_DEGREE) for edge in REGION)
    cut = heights[south + 900 : north + 901, west : east + 1]
    return np.maximum(-cut, 0).astype(np.int16)


def world_depths(heights: NDArray[np.int16]) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Mean and shallowest depth of the nodes around every fifth one, from 180 west; 0 on land."""
    half = WORLD_STEP // 2
    turned = np.roll(heights, heights.shape[1] // 2, axis=1).astype(np.int32)
    turned = np.pad(np.pad(turned, ((0, 0), (half, half)), mode="wrap"), ((half, half), (0, 0)), mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(turned, (WORLD_STEP, WORLD_STEP))[::WORLD_STEP, ::WORLD_STEP]
    mean = np.maximum(-np.rint(around.mean((2, 3))), 0)
    shallowest = np.maximum(-around.max((2, 3)), 0) // SHALLOW_STEP_M
    return mean.astype(np.int16), shallowest.astype(np.int16)


def least_by_degree(depths: NDArray[np.int16], shallowest: NDArray[np.int16]) -> NDArray[np.uint16]:
    """Least depth in each square of one degree and its eight neighbours, in metres, 0 where one of them has land.

    Args:
        depths: of the world, from 90 south and 180 west.
        shallowest: of the same nodes, in units of `SHALLOW_STEP_M`.
    """
    of_nodes = np.where(depths > 0, shallowest.astype(np.int32) * SHALLOW_STEP_M, 0)
    rows = np.clip(np.arange(depths.shape[0]) * WORLD_STEP // NODES_A_DEGREE, 0, 179)
    columns = np.arange(depths.shape[1]) * WORLD_STEP // NODES_A_DEGREE
    by_row = np.full((180, depths.shape[1]), np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(by_row, rows, of_nodes)
    least = np.full((360, 180), np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(least, columns, by_row.T)
    least = least.T
    wide = np.minimum(np.minimum(np.roll(least, 1, axis=1), np.roll(least, -1, axis=1)), least)
    beyond = np.pad(wide, ((1, 1), (0, 0)), mode="edge")
    around: NDArray[np.uint16] = np.minimum(np.minimum(beyond[:-2], beyond[2:]), wide).astype(np.uint16)
    return around


def near_land(lats: NDArray[np.float64], lons: NDArray[np.float64], reach_m: float) -> NDArray[np.bool_]:
    """Which nodes of a grid lie on land or within a distance of it."""
    margin_deg = 2.0
    west, east = max(lons[0] - margin_deg, -180.0), min(lons[-1] + margin_deg, 180.0)
    bounds = coast.Bounds(max(lats[0] - margin_deg, -90.0), west, min(lats[-1] + margin_deg, 90.0), east)
    rings = coast.load().polygons(bounds, 0.0)
    shore = KDTree(np.concatenate([ecef(*densified(lat, lon)) for lat, lon in rings]))
    lat, lon = (axis.ravel() for axis in np.meshgrid(lats, lons, indexing="ij"))
    chord, _ = shore.query(ecef(lat, lon), k=1)
    near: NDArray[np.bool_] = coast.load().on_land(lat, lon) | (chord <= reach_m)
    return near.reshape(len(lats), len(lons))


def nodes(first: float, last: float, count: int) -> NDArray[np.float64]:
    """Evenly spaced degrees, both ends included."""
    return np.linspace(first, last, count, dtype=np.float64)


def densified(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points along a ring no further apart than a kilometre; the edges of the map are left out."""
    length = np.hypot(np.diff(lat), np.diff(lon) * np.cos(np.radians(lat[:-1]))) * DEGREE_M
    count = np.maximum(np.ceil(length / SHORE_STEP_M).astype(int), 1)
    item = np.repeat(np.arange(len(count)), count)
    part = (np.arange(len(item)) - np.repeat(np.cumsum(count) - count, count)) / count[item]
    along_lat = lat[item] + part * np.diff(lat)[item]
    along_lon = lon[item] + part * np.diff(lon)[item]
    is_shore = (np.abs(along_lon) < 179.999) & (np.abs(along_lat) < 89.999)
    return along_lat[is_shore], along_lon[is_shore]


def ecef(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of a sphere, in metres, of shape (n, 3): right to a third of a per cent, and a cell is coarser."""
    phi, theta = np.radians(lat), np.radians(lon)
    return RADIUS_M * np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)], axis=-1)


# ------------------------------------------------------------------------------------------------------------ coding


def coded(depths: NDArray[np.int16]) -> NDArray[np.uint8]:
    """What a node differs from what its three neighbours foretell, in two planes of bytes, small where they are small.

    The inverse is `waterspace.environment.bathymetry.sheets.decoded`.
    """
    with np.errstate(over="ignore"):
        rest = np.diff(np.diff(depths, axis=0, prepend=np.int16(0)), axis=1, prepend=np.int16(0)).astype(np.int16)
    zigzag = ((rest << 1) ^ (rest >> 15)).astype(np.uint16)
    return np.stack([(zigzag >> 8).astype(np.uint8), (zigzag & 0xFF).astype(np.uint8)])


def packed(arrays: dict[str, Any], about: dict[str, Any]) -> bytes:
    """A NumPy archive without the time of its making."""
    about_bytes = np.frombuffer(json.dumps(about, indent=1).encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in ({"about": about_bytes} | arrays).items():
            member = io.BytesIO()
            np.save(member, array)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), member.getvalue(), zipfile.ZIP_LZMA)
    return buffer.getvalue()


def region_file(heights: NDArray[np.int16]) -> bytes:
    """Every node of the region."""
    south, west, north, east = REGION
    depths = region_depths(heights)
    lats = nodes(south, north, depths.shape[0])
    lons = nodes(west, east, depths.shape[1])
    step_deg = 1.0 / NODES_A_DEGREE
    shore = near_land(lats, lons, step_deg * DEGREE_M)
    about = about_grid(lats, lons, step_deg) | {"depths": "ETOPO1 at the node"}
    return packed({"depths": coded(depths), "shore": np.packbits(shore)}, about)


def world_file(heights: NDArray[np.int16]) -> bytes:
    """Means and shallowest depths of the world."""
    mean, shallowest = world_depths(heights)
    step_deg = WORLD_STEP / NODES_A_DEGREE
    lats = nodes(-90.0, 90.0, mean.shape[0])
    lons = nodes(-180.0, 180.0 - step_deg, mean.shape[1])
    shore = near_land(lats, lons, step_deg * DEGREE_M)
    about = about_grid(lats, lons, step_deg) | {
        "depths": "mean of the 5 by 5 nodes of 0.1 degrees around",
        "shallowest": f"least of them, in units of {SHALLOW_STEP_M} m, rounded up towards the surface",
        "shallowest_unit_m": SHALLOW_STEP_M,
        "least": "least depth in each square of one degree and its eight neighbours, from 90 south and 180 west",
    }
    shore_bits = np.packbits(shore)
    least = least_by_degree(mean, shallowest)
    return packed({"depths": coded(mean), "shallowest": coded(shallowest), "shore": shore_bits, "least": least}, about)


def about_grid(lats: NDArray[np.float64], lons: NDArray[np.float64], step_deg: float) -> dict[str, Any]:
    """What a file says of itself."""
    return {
        "source": SOURCE,
        "made": MADE,
        "rows": len(lats),
        "columns": len(lons),
        "south_deg": float(lats[0]),
        "west_deg": float(lons[0]),
        "step_deg": step_deg,
        "unit": "metres below mean sea level, 0 on land",
        "shore": "1 where land of the packaged coast lies within one cell of the node",
    }


def main() -> None:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path, help="pybacktrack-1.5.0-py3-none-any.whl")
    parser.add_argument("--check", action="store_true", help="write nothing, compare with what is packaged")
    options = parser.parse_args()
    heights = read_grid(options.wheel)
    differ = []
    for name, content in (("depth_region.npz", region_file(heights)), ("depth_world.npz", world_file(heights))):
        print(f"{name}: {len(content):,} bytes")
        if not options.check:
            (DATA / name).write_bytes(content)
        elif (DATA / name).read_bytes() != content:
            differ.append(name)
    if differ:
        sys.exit(f"not what is packaged: {', '.join(differ)}")


if __name__ == "__main__":
    main()
