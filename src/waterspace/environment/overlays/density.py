"""How thick the traffic of ships is, on cells that a user has. None are packaged."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Polygon
from waterspace.environment.overlays.geojson import Feature, fault, read_features, text_of
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import positions_from
from waterspace.geometry.plane import Plane
from waterspace.geometry.regions import area_on_earth_m2
from waterspace.geometry.shapes import solid

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from waterspace.domain import Circle, Footprint
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["PROPERTIES", "MeanDensity", "TrafficDensity", "read"]

_DENSITY = ("density", "value", "hours", "DN")
PROPERTIES = (*_DENSITY, "name", "id")
"""Names of the properties that mean something."""

_HALF_TURN_DEG, _TURN_DEG = 180.0, 360.0
_DEGREE_M = 110_000.0
"""Less than the length of any degree of latitude."""
_MARGIN_DEG = 0.1


class MeanDensity(NamedTuple):
    """The traffic in an area.

    Attributes:
        mean_count: over the part of the area that has cells, in the unit of the file; 0 where none has.
        known_ratio: share of the area that has cells.
    """

    mean_count: float
    known_ratio: float


class TrafficDensity:
    """Cells, each with how much traffic there is in it.

    Attributes:
        cells: outlines.
        values: shape (n,), not negative, in the unit of the file.
    """

    def __init__(self, cells: tuple[Polygon, ...], values: FloatArray) -> None:
        """Cells and their values, one each."""
        self.cells, self.values = cells, values
        lat = [[corner.lat_deg for corner in cell.vertices] for cell in cells]
        lon = [[corner.lon_deg for corner in cell.vertices] for cell in cells]
        self._box = np.array(
            [(min(a), max(a), min(o), max(o)) for a, o in zip(lat, lon, strict=True)], dtype=np.float64
        ).reshape(-1, 4)

    def __len__(self) -> int:
        """How many cells there are."""
        return len(self.cells)

    def over(self, footprint: Footprint) -> MeanDensity:
        """The mean in a footprint, weighted by area."""
        import shapely

        around = bounding_circle(footprint)
        plane = Plane(around.centre)
        area = solid(footprint, plane)
        whole_m2 = area_on_earth_m2(plane, area)
        near = self._near(around)
        if not near.size or whole_m2 <= 0.0:
            return MeanDensity(0.0, 0.0)
        parts = [shapely.intersection(area, solid(self.cells[int(k)], plane)) for k in near]
        shares_m2 = np.array([area_on_earth_m2(plane, part) for part in parts])
        known_m2 = float(shares_m2.sum())
        if known_m2 <= 0.0:
            return MeanDensity(0.0, 0.0)
        return MeanDensity(float(shares_m2 @ self.values[near]) / known_m2, min(known_m2 / whole_m2, 1.0))

    def _near(self, around: Circle) -> NDArray[np.intp]:
        """Numbers of the cells whose boxes come near a circle."""
        high_deg = around.radius_m / _DEGREE_M + _MARGIN_DEG
        lat, lon = around.centre.lat_deg, around.centre.lon_deg
        south, north, west, east = self._box.T
        close = (south <= lat + high_deg) & (north >= lat - high_deg)
        poleward = abs(lat) + high_deg
        if poleward < 89.0:
            wide_deg = high_deg / math.cos(math.radians(poleward))
            apart = np.abs((west + east) / 2.0 - lon)
            apart = np.minimum(apart, np.abs(_TURN_DEG - apart))
            close &= apart <= wide_deg + (east - west) / 2.0
        return np.flatnonzero(close)


def read(path: Path | str) -> TrafficDensity:
    """The cells of a GeoJSON file.

    Every polygon is a cell; its property `density` (or `value`, `hours`, `DN`) is how much traffic there is in it.
    Any unit will do that the limit of the rule is set in; hours of ships per square kilometre and month are usual. A
    file without any feature has no cells.

    Raises:
        DataFileError: the file cannot be read, or has a feature that is no cell with a number.
    """
    cells: list[Polygon] = []
    values: list[float] = []
    for feature in read_features(path):
        if feature.kind != "Polygon":
            raise fault(path, feature, f"found a {feature.kind}: expected a Polygon.")
        value = _value(path, feature)
        for part in feature.parts:
            cells.append(Polygon(vertices=positions_from(*part.line)))
            values.append(value)
    return TrafficDensity(tuple(cells), np.array(values, dtype=np.float64))


def _value(path: Path | str, feature: Feature) -> float:
    text = text_of(feature, *_DENSITY)
    if not text:
        raise fault(path, feature, "it has no density.", "Add a property density, a number.")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0.0 <= value < math.inf:
        raise fault(path, feature, f"density is {text!r}: expected a number, 0 or more.")
    return value
