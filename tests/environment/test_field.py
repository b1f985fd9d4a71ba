"""The field of distances to the shore: right, kept, and never used when it is damaged."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from waterspace.domain import Position
from waterspace.environment.files import cache
from waterspace.environment.shores import field
from waterspace.environment.shores.coast import Bounds, Coast, load

if TYPE_CHECKING:
    from waterspace.environment.shores.field import Field

BOX = Bounds(33.0, 127.0, 47.0, 143.0)
STEP_DEG = 0.02


@pytest.fixture(scope="module")
def coast() -> Coast:
    return load()


@pytest.fixture(scope="module")
def made(coast: Coast) -> Field:
    return field.build(coast, BOX, STEP_DEG)


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WATERSPACE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def points_in(bounds: Bounds, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    draws = np.random.default_rng(seed)
    lat = draws.uniform(bounds.south_deg, bounds.north_deg, count)
    return lat, draws.uniform(bounds.west_deg, bounds.east_deg, count)


# ---------------------------------------------------------------------------------------------------------- accuracy


def test_nineteen_of_twenty_distances_are_right_to_a_quarter_of_a_kilometre(coast: Coast, made: Field) -> None:
    lat, lon = points_in(BOX, 20_000, 21)
    exact = coast.exact_distances_m(lat, lon)
    sea = exact > 0.0
    errors = np.abs(np.maximum(made.distances_m(lat, lon), 0.0) - exact)[sea]
    assert np.percentile(errors, 95) <= 250.0
    assert np.percentile(errors, 50) <= 20.0
    assert errors.max() <= 2000.0


def test_distances_at_the_nodes_are_right_to_some_tens_of_metres_near_and_to_a_hundred_far(
    coast: Coast, made: Field
) -> None:
    draws = np.random.default_rng(22)
    row, column = draws.integers(0, len(made.lats), 3000), draws.integers(0, len(made.lons), 3000)
    exact = coast.exact_distances_m(made.lats[row], made.lons[column])
    kept = made.distance_m[row, column]
    sea = exact > 0.0
    near = sea & (exact < 80_000.0)
    assert kept[near] == pytest.approx(exact[near], abs=60.0)
    assert np.abs(kept - exact)[sea].max() <= 300.0
    assert ((kept <= 0.0) == coast.on_land(made.lats[row], made.lons[column]))[np.abs(kept) > 1.0].all()


def test_the_nearest_state_is_that_of_the_nearest_land(coast: Coast, made: Field) -> None:
    draws = np.random.default_rng(23)
    row, column = draws.integers(0, len(made.lats), 150), draws.integers(0, len(made.lons), 150)
    sea = made.distance_m[row, column] > 0.0
    lat, lon, owner = made.lats[row][sea], made.lons[column][sea], made.state[row, column][sea]
    near = [coast.nearest_land(Position(lat_deg=a, lon_deg=b)) for a, b in zip(lat, lon, strict=True)]
    states = np.append(made.states, "")[np.minimum(owner, len(made.states))].tolist()
    agree = np.mean([each.state == state for each, state in zip(near, states, strict=True)])
    assert agree >= 0.97  # the rest lie near a line of equal distance, where centimetres decide


def test_inland_the_field_stays_negative_and_has_no_state(made: Field) -> None:
    assert made.distances_m(np.array([43.5]), np.array([142.9]))[0] == -5000.0
    row, column = np.abs(made.lats - 43.5).argmin(), np.abs(made.lons - 142.9).argmin()
    assert made.state[row, column] >= len(made.states)


@pytest.mark.parametrize(
    "bounds",
    [Bounds(-19.0, 177.0, -15.0, 183.0), Bounds(49.0, -8.0, 52.0, 3.0), Bounds(86.0, -40.0, 90.0, 10.0)],
)
def test_a_field_can_be_built_anywhere(coast: Coast, bounds: Bounds) -> None:
    told: list[float] = []
    small = field.build(coast, bounds, 0.05, told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    lat, lon = points_in(bounds, 300, 24)
    exact = coast.exact_distances_m(lat, lon)
    sea = exact > 0.0
    errors = np.abs(np.maximum(small.distances_m(lat, lon), 0.0) - exact)[sea]
    assert np.percentile(errors, 95) <= 1000.0


# -------------------------------------------------------------------------------------------------------- many points


def test_few_points_are_measured_exactly_and_build_no_field(own_cache: Path) -> None:
    fresh = Coast()
    lat, lon = points_in(BOX, 999, 25)
    assert np.array_equal(fresh.distances_m(lat, lon), fresh.exact_distances_m(lat, lon))
    assert not own_cache.exists()


@pytest.mark.deep
def test_many_points_come_from_the_field_which_is_then_kept(own_cache: Path, coast: Coast) -> None:
    fresh = Coast()
    lat, lon = points_in(Bounds(15.0, 110.0, 60.0, 160.0), 3000, 26)
    found = fresh.distances_m(lat, lon)
    assert len(list(own_cache.glob("field-*.cache"))) == 1
    exact = coast.exact_distances_m(lat, lon)
    assert np.all(found[exact == 0.0] == 0.0)
    assert np.percentile(np.abs(found - exact), 95) <= 250.0
    outside = (lat < 20.0) | (lon < 115.0)
    assert np.array_equal(found[outside], exact[outside])
    again = Coast()
    assert np.array_equal(again.distances_m(lat, lon), found)
    assert again.field().distance_m.base is not None  # mapped, not read


# -------------------------------------------------------------------------------------------------------- the cache


SMALL = Bounds(45.0, 141.0, 46.5, 143.0)


def keep(coast: Coast) -> Field:
    return field.kept(coast, SMALL, 0.05)


def test_a_field_that_was_kept_is_the_one_that_was_built(own_cache: Path, coast: Coast) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first, second = keep(coast), keep(coast)
    assert not [path for path in own_cache.iterdir() if path.suffix != ".cache"]
    for name, array in first.arrays().items():
        assert np.array_equal(array, second.arrays()[name])


@pytest.mark.parametrize("spoil", ["shorten", "change", "empty", "other"])
def test_a_damaged_field_is_noticed_said_and_built_again(own_cache: Path, coast: Coast, spoil: str) -> None:
    whole = keep(coast)
    (path,) = own_cache.glob("*.cache")
    content = bytearray(path.read_bytes())
    match spoil:
        case "shorten":
            path.write_bytes(content[:-100])
        case "change":
            content[-200] ^= 255
            path.write_bytes(content)
        case "empty":
            path.write_bytes(b"")
        case "other":
            path.write_bytes(content.replace(b"field 1", b"field 0"))
    with pytest.warns(UserWarning, match=str(path.name)):
        again = keep(coast)
    assert np.array_equal(again.distance_m, whole.distance_m)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        keep(coast)


def test_where_nothing_can_be_written_the_field_is_used_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, coast: Coast
) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    monkeypatch.setenv("WATERSPACE_CACHE", str(file))
    with pytest.warns(UserWarning, match="not kept"):
        made = keep(coast)
    assert made.distance_m.shape == (31, 41)


def test_what_fails_while_it_is_written_leaves_the_old_file_and_no_other(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = cache.write("name", "a", {"numbers": np.arange(5)})
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        cache.write("name", "b", {"numbers": np.arange(6)})
    assert path.read_bytes() == before
    assert list(own_cache.iterdir()) == [path]
    assert cache.read("name", "a")["numbers"].tolist() == [0, 1, 2, 3, 4]
    with pytest.raises(cache.UnusableFileError):
        cache.read("name", "b")


@pytest.mark.parametrize(
    ("platform", "variable", "rest"),
    [("linux", "XDG_CACHE_HOME", ("waterspace",)), ("win32", "LOCALAPPDATA", ("waterspace",))],
)
def test_the_cache_stands_where_the_platform_keeps_caches(
    platform: str, variable: str, rest: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WATERSPACE_CACHE", raising=False)
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert cache.folder() == tmp_path.joinpath(*rest)
    monkeypatch.setattr("sys.platform", "darwin")
    assert cache.folder() == Path.home() / "Library" / "Caches" / "waterspace"
