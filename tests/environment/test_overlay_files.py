"""Air routes, density of traffic and hospitals from files of the planner."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest

from waterspace.domain import Circle, Corridor, DataFiles, Polygon, Position
from waterspace.environment.overlays import air_routes, density, firs, hospitals
from waterspace.environment.surroundings import Surroundings
from waterspace.errors import DataFileError
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from pathlib import Path


def feature(kind: str, coordinates: Any, **properties: object) -> dict[str, Any]:  # noqa: ANN401
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def written(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "overlay.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def square(west: float, south: float, side: float) -> list[list[list[float]]]:
    east, north = west + side, south + side
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def test_a_route_has_the_width_and_the_heights_that_its_feature_gives(tmp_path: Path) -> None:
    line = [[133.0, 38.0], [135.0, 38.0]]
    path = written(
        tmp_path,
        feature("LineString", line, designator="B332", width="20 nm", lower="FL100", upper="FL250"),
        feature("LineString", line),
        feature("Polygon", square(133.0, 38.0, 1.0), ident="TMA", vertical="1000 ft to FL150"),
    )
    first, second, third = air_routes.read(path)
    assert isinstance(first.footprint, Corridor)
    assert first.name == "B332"
    assert first.footprint.half_width_m == pytest.approx(10.0 * NAUTICAL_MILE_M)
    assert (first.band.floor_m, first.band.ceiling_m) == pytest.approx((3048.0, 7620.0))
    assert isinstance(second.footprint, Corridor)
    assert second.name == "feature 2"
    assert second.footprint.half_width_m == pytest.approx(5.0 * NAUTICAL_MILE_M)
    assert second.band.ceiling_m == math.inf
    assert isinstance(third.footprint, Polygon)
    assert third.band.floor_m == pytest.approx(304.8)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (feature("Point", [133.0, 38.0]), "found a Point"),
        (feature("LineString", [[1, 1], [2, 2]], width="wide"), "width"),
        (feature("LineString", [[1, 1], [2, 2]], width="0 nm"), "above 0"),
        (feature("LineString", [[1, 1], [2, 2]], lower="FL200", upper="FL100"), "lower below upper"),
    ],
)
def test_a_route_that_is_none_is_refused_with_its_feature(tmp_path: Path, made: dict[str, Any], words: str) -> None:
    with pytest.raises(DataFileError, match=words) as caught:
        air_routes.read(written(tmp_path, made))
    assert "feature 1" in str(caught.value)


def test_the_mean_density_is_weighted_by_area_and_knows_what_it_does_not_know(tmp_path: Path) -> None:
    cells = [
        feature("Polygon", square(133.0, 0.0, 1.0), density=4),
        feature("Polygon", square(134.0, 0.0, 1.0), density="1.0"),
    ]
    found = density.read(written(tmp_path, *cells))
    corners = ((0.25, 133.5), (0.25, 134.25), (0.75, 134.25), (0.75, 133.5))
    inside = Polygon(vertices=tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in corners))
    mean = found.over(inside)
    assert mean.mean_count == pytest.approx(3.0, rel=1e-3)
    assert mean.known_ratio == pytest.approx(1.0, rel=1e-3)
    edge = found.over(Circle(centre=Position(lat_deg=0.5, lon_deg=133.0), radius_m=20_000.0))
    assert edge.mean_count == pytest.approx(4.0)
    assert edge.known_ratio == pytest.approx(0.5, rel=1e-3)
    assert found.over(Circle(centre=Position(lat_deg=30.0, lon_deg=133.0), radius_m=20_000.0)) == (0.0, 0.0)


def test_cells_on_both_sides_of_180_degrees_count(tmp_path: Path) -> None:
    cells = [
        feature("Polygon", square(179.0, 10.0, 1.0), density=2),
        feature("Polygon", square(-180.0, 10.0, 1.0), density=6),
    ]
    mean = density.read(written(tmp_path, *cells)).over(
        Circle(centre=Position(lat_deg=10.5, lon_deg=180.0), radius_m=20_000.0)
    )
    assert mean.mean_count == pytest.approx(4.0, rel=1e-3)
    assert mean.known_ratio == pytest.approx(1.0, rel=1e-3)


@pytest.mark.parametrize("value", ["many", "-1", "inf", "nan", None])
def test_a_density_that_is_no_number_is_refused(tmp_path: Path, value: object) -> None:
    with pytest.raises(DataFileError, match="density"):
        density.read(written(tmp_path, feature("Polygon", square(1.0, 1.0, 1.0), density=value)))


def test_a_hospital_has_a_name_a_place_and_perhaps_a_state(tmp_path: Path) -> None:
    points = [feature("Point", [131.9, 43.1], name="General", state="rus"), feature("Point", [129.0, 35.1])]
    first, second = hospitals.read(written(tmp_path, *points))
    assert (first.name, first.state) == ("General", "RUS")
    assert first.position == Position(lat_deg=43.1, lon_deg=131.9)
    assert (second.name, second.state) == ("feature 2", "")
    with pytest.raises(DataFileError, match="expected a Point"):
        hospitals.read(written(tmp_path, feature("Polygon", square(1.0, 1.0, 1.0))))


def test_a_region_knows_its_state_where_the_file_says_it(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        feature("Polygon", square(133.0, 38.0, 1.0), icao="RJJJ", state="jpn"),
        feature("Polygon", square(135.0, 38.0, 1.0), icao="UHHH", country="Russian Federation"),
    )
    assert dict(firs.read(path).states) == {"RJJJ": "JPN"}


def test_without_a_file_there_is_none_of_them_and_with_one_there_is(tmp_path: Path) -> None:
    around = Surroundings()
    assert around.air_routes is None
    assert around.traffic_density is None
    assert around.hospitals is None
    path = written(tmp_path, feature("Point", [131.9, 43.1], name="General"))
    given = Surroundings(DataFiles(folder=str(tmp_path), hospitals=path.name)).hospitals
    assert given is not None
    assert [hospital.name for hospital in given] == ["General"]
