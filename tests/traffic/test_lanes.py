"""Lanes are found once and kept; a file that is damaged is never used, and its place is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from waterspace.domain import Position
from waterspace.environment.files import cache
from waterspace.environment.shores import coast
from waterspace.geometry.geodesic import distances_m
from waterspace.quantity import NAUTICAL_MILE_M
from waterspace.traffic import lanes

A, B, C = (Position(lat_deg=lat, lon_deg=lon) for lat, lon in ((39.0, 133.0), (39.5, 135.5), (41.3, 139.9)))
INLAND = Position(lat_deg=49.0, lon_deg=110.0)


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    coast.load().field()
    monkeypatch.setenv("WATERSPACE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def same(one: lanes.Lane | None, other: lanes.Lane | None) -> bool:
    assert one is not None
    assert other is not None
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in lanes.Lane.__slots__)


def test_a_lane_is_computed_once_and_serves_both_ways(own_cache: Path) -> None:
    told: list[float] = []
    first = lanes.between([(A, C), (A, B)], told.append)
    assert first.computed_count == 2
    assert told == sorted(told)
    assert told[-1] == 1.0
    again = lanes.between([(C, A), (B, A)], told.append)
    assert again.computed_count == 0
    assert again.notes == ()
    for one, back in zip(first.found, again.found, strict=True):
        assert back is not None
        assert same(one, back.back())
    more = lanes.between([(B, C), (A, B)])
    assert more.computed_count == 1
    assert lanes.between([(A, C), (B, C), (A, B)]).computed_count == 0


@pytest.mark.parametrize("harm", ["cut", "changed", "empty", "another"])
def test_a_file_that_cannot_be_used_is_made_again_and_that_is_said(own_cache: Path, harm: str) -> None:
    first = lanes.between([(A, B)])
    path = own_cache / f"{lanes.CACHE_NAME}.cache"
    content = bytearray(path.read_bytes())
    if harm == "cut":
        path.write_bytes(content[:-100])
    elif harm == "changed":
        content[-70] ^= 0xFF
        path.write_bytes(content)
    elif harm == "empty":
        path.write_bytes(b"")
    else:
        cache.write(lanes.CACHE_NAME, "another version", {"keys": np.zeros((0, 4))})
    again = lanes.between([(A, B)])
    assert again.computed_count == 1
    assert len(again.notes) == 1
    assert "computed again" in again.notes[0]
    assert str(path) in again.notes[0]
    assert same(first.found[0], again.found[0])
    third = lanes.between([(A, B)])
    assert (third.computed_count, third.notes) == (0, ())


def test_lanes_are_found_where_nothing_can_be_kept_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coast.load().field()
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("WATERSPACE_CACHE", str(tmp_path / "file"))
    found = lanes.between([(A, B)])
    assert found.found[0] is not None
    assert any("not kept" in note for note in found.notes)


def test_what_is_done_when_the_work_is_interrupted_is_kept(own_cache: Path) -> None:
    def interrupt(done: float) -> None:
        if done > 0.0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lanes.between([(A, B), (A, C)], interrupt)
    assert lanes.between([(A, B), (A, C)]).computed_count == 1


def test_ends_without_a_way_have_no_lane_and_are_not_looked_for_again(own_cache: Path) -> None:
    assert lanes.between([(A, INLAND)]).found == (None,)
    assert lanes.between([(INLAND, A)]).computed_count == 0


def test_the_water_beside_a_lane_is_as_wide_as_it_is_and_its_ends_at_a_port_have_no_width(own_cache: Path) -> None:
    (found,) = lanes.between([(A, C)]).found
    assert found is not None
    assert (found.low_m <= 0.0).all()
    assert (found.high_m >= 0.0).all()
    half_m = 4.0 * NAUTICAL_MILE_M
    lane = lanes.charted(found, half_m, (True, False))
    assert lane.low_m[0] == -half_m
    assert lane.high_m[-1] == lane.low_m[-1] == 0.0
    lat, lon = lanes.sideways(lane, np.array([-1.0, 0.0, 1.0]))
    off_m = distances_m(lat[:, 0], lon[:, 0], lane.lat[0], lane.lon[0])
    assert off_m == pytest.approx([half_m, 0.0, half_m], abs=0.01)
    assert lat[:, -1].tolist() == [lane.lat[-1]] * 3


def test_a_leg_on_which_a_way_would_run_over_land_gets_no_width(own_cache: Path) -> None:
    west, east = 138.2, 138.6  # either side of Sado
    lane = lanes.Lane(
        lat=np.array([37.2, 37.9, 38.8]),
        lon=np.array([137.6, 137.9, 138.0]),
        low_m=np.zeros(3),
        high_m=np.full(3, 20.0 * NAUTICAL_MILE_M),
        canal=np.zeros(2, dtype=bool),
    )
    assert coast.load().is_land(Position(lat_deg=38.0, lon_deg=(west + east) / 2.0))
    narrowed = lanes.charted(lane, 30.0 * NAUTICAL_MILE_M, (True, True))
    assert (narrowed.high_m == 0.0).all()
