"""The computed territorial seas against those that volunteers of OpenStreetMap drew from laws and treaties.

The definitions were written down before anything was measured with them:

- points are drawn evenly over the earth among those at sea, not in lakes, within 24 nautical miles of the packaged
  shore;
- left out are points within 24 nautical miles of land that the packaged data assigns to nobody, for the other side
  assigns it to somebody;
- left out are points where the other side does not measure from the shore: where the point itself lies in a drawn sea
  but farther than 12 nautical miles and 2 km from the packaged shore, and where the nearest piece of 2 km of the drawn
  edge at sea does. Such seas stand on straight or archipelagic baselines, closing lines or treaties;
- left out are points where this side does not measure from the shore: where a declared line is the nearest baseline.

Everything else counts, narrow seas and lines between neighbours included. Earlier definitions knew less of straight
baselines; `docs/explanation/zones.md` gives what was measured with each.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from pykdtree.kdtree import KDTree

from corpora import corpus
from waterspace.environment.limits import zones
from waterspace.environment.limits.baselines import UNASSIGNED, some
from waterspace.environment.limits.lakes import in_lakes
from waterspace.environment.limits.zones import Zone
from waterspace.environment.shores import coast
from waterspace.environment.shores.shoretree import ShoreTree, on_ellipsoid
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

REGION = (33.0, 127.0, 52.0, 147.0)
WORLD = (-60.0, -180.0, 72.0, 180.0)
SEED = 20230720
POINTS = 12_000
TOLERANCE_M = 2000.0
EDGE_STEP_DEG = 0.02
LIMIT_M = 12.0 * NAUTICAL_MILE_M
BAND_M = 24.0 * NAUTICAL_MILE_M


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What both sides say of the points that count; an empty state for no territorial sea."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    ours: NDArray[np.str_]
    theirs: NDArray[np.str_]

    @property
    def membership(self) -> float:
        """Part of the points on whose being in a territorial sea both agree."""
        return float(np.mean((self.ours == "") == (self.theirs == "")))

    @property
    def state(self) -> float:
        """Part of the points that both put into a territorial sea on whose state they agree."""
        both = (self.ours != "") & (self.theirs != "")
        return float(np.mean(self.ours[both] == self.theirs[both]))

    def places(self, count: int) -> list[tuple[tuple[str, str, float, float], int]]:
        """Where they differ: ours, theirs, and squares of two degrees, the most frequent first."""
        differ = np.flatnonzero(self.ours != self.theirs)
        squares = zip(
            self.ours[differ].tolist(),
            self.theirs[differ].tolist(),
            (np.floor(self.lat[differ] / 2.0) * 2.0).tolist(),
            (np.floor(self.lon[differ] / 2.0) * 2.0).tolist(),
            strict=True,
        )
        return Counter(squares).most_common(count)


def drawn_seas() -> tuple[list[Any], list[str]]:
    """Land and territorial sea of each state, as drawn."""
    with corpus("zones", "borders.geo.json").open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    shapes, states = [], []
    for feature in features:
        for geometry in feature["geometry"]["geometries"]:
            shapes.append(shapely.make_valid(shapely.geometry.shape(geometry)))
            states.append(feature["properties"]["isoA3"])
    return shapes, states


def held_by(state: str) -> str:
    """The state that holds a territory with a code of its own, by the table with which the coast was labelled."""
    table = json.loads((corpus_root() / "tools" / "coast_states.json").read_text(encoding="utf-8"))
    return str(table["held_by"].get(state, state))


def corpus_root() -> Any:  # noqa: ANN401
    from pathlib import Path

    return Path(__file__).parents[2]


def sample(box: tuple[float, float, float, float], count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points at sea near the shore, evenly over the earth."""
    south, west, north, east = box
    generator = np.random.default_rng(SEED)
    shore = coast.load()
    kept: list[NDArray[np.float64]] = []
    while sum(len(points) for points in kept) < count:
        sine = generator.uniform(np.sin(np.radians(south)), np.sin(np.radians(north)), 200_000)
        lat, lon = np.degrees(np.arcsin(sine)), generator.uniform(west, east, 200_000)
        sea = np.flatnonzero(~shore.on_land(lat, lon))
        away = shore.exact_distances_m(lat[sea], lon[sea])
        near = sea[(away > 0.0) & (away <= BAND_M)]
        near = near[~in_lakes(lat[near], lon[near])]
        kept.append(np.stack((lat[near], lon[near]), axis=1))
    points = np.concatenate(kept)[:count]
    return points[:, 0].copy(), points[:, 1].copy()


def stands_on_a_shore(shapes: list[Any], lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether the nearest piece of the drawn edge at sea is within 12 nautical miles and 2 km of the packaged shore."""
    edges = shapely.get_coordinates(shapely.segmentize(shapely.boundary(np.array(shapes)), EDGE_STEP_DEG))
    box = (lon.min() - 2.0, lon.max() + 2.0, lat.min() - 1.0, lat.max() + 1.0)
    edges = edges[(edges[:, 0] >= box[0]) & (edges[:, 0] <= box[1]) & (edges[:, 1] >= box[2]) & (edges[:, 1] <= box[3])]
    edge_lat, edge_lon = edges[:, 1].copy(), edges[:, 0].copy()
    shore = coast.load()
    at_sea = np.flatnonzero(~shore.on_land(edge_lat, edge_lon))
    edge_lat, edge_lon = edge_lat[at_sea], edge_lon[at_sea]
    far = shore.exact_distances_m(edge_lat, edge_lon) > LIMIT_M + TOLERANCE_M
    _, nearest = KDTree(on_ellipsoid(edge_lat, edge_lon)).query(on_ellipsoid(lat, lon), k=1)
    stands: NDArray[np.bool_] = ~far[nearest]
    return stands


def is_measured_from_a_shore_of_a_state(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether no shore that is assigned to nobody is within 24 nautical miles, and no declared line is the nearest."""
    shores = zones.load().baselines.within(coast.Bounds(-90.0, -180.0, 90.0, 180.0))
    free = np.char.startswith(shores.state, UNASSIGNED)
    away = ShoreTree(some(shores, free), 2000.0).nearest(lat, lon).distance_m > BAND_M
    tree = ShoreTree(shores, 2000.0)
    from_shore: NDArray[np.bool_] = away & (tree.shores.ring[tree.nearest(lat, lon).piece] >= 0)
    return from_shore


def compare(box: tuple[float, float, float, float]) -> Compared:
    """Both sides, point by point."""
    shapes, states = drawn_seas()
    lat, lon = sample(box, POINTS)
    theirs = np.full(lat.size, "", dtype="U3")
    which, shape = shapely.STRtree(shapely.points(lon, lat)).query(np.array(shapes), predicate="intersects")[::-1]
    theirs[which] = [held_by(states[index]) for index in shape.tolist()]
    off = (theirs != "") & (coast.load().exact_distances_m(lat, lon) > LIMIT_M + TOLERANCE_M)
    counts = ~off & stands_on_a_shore(shapes, lat, lon) & is_measured_from_a_shore_of_a_state(lat, lon)
    lat, lon, theirs = lat[counts], lon[counts], theirs[counts]
    codes, owner = zones.load().classify(lat, lon)
    order = tuple(Zone)
    inner = np.isin(codes, [order.index(zone) for zone in (Zone.TERRITORIAL_SEA, Zone.INTERNAL_WATERS)])
    return Compared(lat=lat, lon=lon, ours=np.where(inner, owner, ""), theirs=theirs)


@pytest.mark.deep
def test_territorial_seas_of_the_region_agree_with_those_drawn_from_laws_away_from_straight_baselines() -> None:
    compared = compare(REGION)
    assert compared.lat.size > 0.25 * POINTS
    assert compared.membership >= 0.97, compared.places(12)
    assert compared.state >= 0.97, compared.places(12)


@pytest.mark.deep
def test_territorial_seas_of_the_world_agree_with_those_drawn_from_laws_away_from_straight_baselines() -> None:
    compared = compare(WORLD)
    assert compared.lat.size > 0.25 * POINTS
    assert compared.membership >= 0.97, compared.places(20)
    assert compared.state >= 0.97, compared.places(20)
