"""General areas, localities and navigational areas: the names that issuers give to where a notice is."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpora import corpus
from waterspace.domain import Circle, Corridor, Polygon, Position
from waterspace.environment.limits.breadths import Zone
from waterspace.environment.limits.zones import load
from waterspace.messages.draft import Issuer
from waterspace.notices.waters.localities import locality
from waterspace.notices.waters.navareas import coordinator, navarea, navareas
from waterspace.notices.waters.seas import Sea, general_area, seas

if TYPE_CHECKING:
    from waterspace.domain import Footprint

NAMES = MappingProxyType(
    {
        (39.0, 134.0): "SEA OF JAPAN",
        (30.0, 125.0): "EAST CHINA SEA",
        (36.0, 123.0): "YELLOW SEA",
        (15.0, 114.0): "SOUTH CHINA SEA",
        (24.5, 119.3): "TAIWAN STRAIT",
        (53.0, 150.0): "SEA OF OKHOTSK",
        (58.0, 179.9): "BERING SEA",
        (58.0, -179.9): "BERING SEA",
        (72.0, 37.0): "BARENTS SEA",
        (56.0, 3.0): "NORTH SEA",
        (43.5, 31.0): "BLACK SEA",
        (20.0, 38.5): "RED SEA",
        (15.0, 88.0): "BAY OF BENGAL",
        (-35.0, 160.0): "TASMAN SEA",
        (88.0, -120.0): "ARCTIC OCEAN",
        (36.0, 15.9): "EASTERN MEDITERRANEAN SEA",
        (35.0, 150.0): "WESTERN NORTH PACIFIC",
        (-30.0, -90.0): "EASTERN SOUTH PACIFIC",
        (-40.0, 5.0): "EASTERN SOUTH ATLANTIC",
        (-20.0, 105.0): "EASTERN INDIAN OCEAN",
    }
)


LAKES = {"caspian_sea"}
"""Seas of the table that no navigational area reaches."""


def wrapped(lon_deg: float) -> float:
    return (lon_deg + 180.0) % 360.0 - 180.0


def at(lat_deg: float, lon_deg: float, radius_m: float = 9_000.0) -> tuple[Footprint, ...]:
    return (Circle(centre=Position(lat_deg=lat_deg, lon_deg=lon_deg), radius_m=radius_m),)


@pytest.mark.parametrize(("where", "name"), NAMES.items())
def test_a_place_has_the_name_of_its_sea(where: tuple[float, float], name: str) -> None:
    assert general_area(at(*where)) == name


def test_each_issuer_has_names_of_its_own() -> None:
    off_vladivostok, off_kamchatka = at(42.4, 131.8), at(52.3, 159.8)
    assert general_area(off_vladivostok, Issuer.RUSSIA) == "ZALIV PETRA VELIKOGO"
    assert general_area(off_vladivostok, Issuer.JAPAN) == "SEA OF JAPAN"
    assert general_area(off_kamchatka, Issuer.RUSSIA) == "KAMCHATKA EAST COAST"
    assert general_area(at(30.0, 145.0), Issuer.JAPAN) == "NORTH PACIFIC"


def test_a_place_in_two_seas_has_both_names_the_larger_part_first() -> None:
    strip = Polygon(
        vertices=tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in ((76, 62), (76, 74), (78, 74), (78, 62)))
    )
    assert general_area((strip,)) == "KARA SEA AND BARENTS SEA"
    assert general_area(at(72.0, 37.0) + at(73.0, 38.0) + at(73.0, 65.0)) == "BARENTS SEA AND KARA SEA"


def test_a_part_of_a_sea_beside_its_whole_is_told_as_the_whole() -> None:
    assert general_area(at(40.0, -150.0)) == "NORTH PACIFIC"


@given(st.floats(-70.0, 70.0), st.floats(-180.0, 180.0), st.sampled_from(Issuer))
@settings(max_examples=100, deadline=None)
def test_no_general_area_names_a_sea_and_a_part_of_it(lat_deg: float, lon_deg: float, issuer: Issuer) -> None:
    named = general_area(at(lat_deg, lon_deg, 400_000.0), issuer).split(" AND ")
    assert not [one for one in named for other in named if one != other and one.endswith(f" {other}")]


def test_what_lies_in_no_sea_has_no_name() -> None:
    assert general_area(at(45.0, -85.0)) == ""
    assert general_area(at(48.0, 70.0)) == ""
    assert general_area(()) == ""


@given(
    st.floats(40.0, 60.0), st.floats(-179.99, 179.99), st.floats(100.0, 50_000.0), st.sampled_from([0.0, 360.0, -360.0])
)
@settings(max_examples=60, deadline=None)
def test_names_do_not_depend_on_the_turn_in_which_a_longitude_is_told(
    lat_deg: float, lon_deg: float, radius_m: float, turn_deg: float
) -> None:
    from waterspace.notices.waters.sampling import inside, sampled

    lat, lon = sampled(at(lat_deg, lon_deg, radius_m))
    assert ((lon >= -180.0) & (lon <= 180.0)).all()
    for sea in seas():
        assert (
            inside(sea.area, lat, lon) == inside(sea.area, lat, lon + turn_deg)
        ).mean() > 0.99  # rounding on an edge


@st.composite
def off_shores_of_outlines(draw: st.DrawFn) -> tuple[float, float, Sea]:
    """A latitude, a longitude and the sea whose outline holds them, each sea as often as the others."""
    import shapely

    sea = draw(st.sampled_from(seas()))
    west, south, east, north = sea.area.bounds
    lat_deg = south + draw(st.floats(0.01, 0.99)) * (north - south)
    cut = shapely.get_parts(shapely.intersection(shapely.LineString([(west, lat_deg), (east, lat_deg)]), sea.area))
    part = cut[draw(st.integers(0, len(cut) - 1))]
    lon_deg = shapely.line_interpolate_point(part, draw(st.floats(0.01, 0.99)), normalized=True).x
    assume(sea.area.contains(shapely.Point(lon_deg, lat_deg)))
    return lat_deg, lon_deg, sea


def is_within(sea: Sea, lat_deg: float, lon_deg: float, by_deg: float) -> bool:
    import shapely

    turns = [shapely.Point(lon_deg + turn_deg, lat_deg) for turn_deg in (-360.0, 0.0, 360.0)]
    return bool(shapely.intersects(sea.area.buffer(by_deg), turns).any())


def is_on_land(lat_deg: float, lon_deg: float) -> bool:
    codes, _ = load().classify(np.array([lat_deg]), np.array([lon_deg]))
    return tuple(Zone)[codes[0]] is Zone.LAND


@given(off_shores_of_outlines(), st.sampled_from(Issuer))
@settings(max_examples=100, deadline=None)
def test_a_point_has_the_name_of_the_first_outline_of_the_table_that_holds_it(
    place: tuple[float, float, Sea], issuer: Issuer
) -> None:
    lat_deg, lon_deg, _ = place
    used = [sea for sea in seas() if issuer in sea.names]
    held = [sea for sea in used if is_within(sea, lat_deg, lon_deg, 0.0)]
    assume(held == [sea for sea in used if is_within(sea, lat_deg, lon_deg, 1e-6)])
    assume(held == [sea for sea in used if is_within(sea, lat_deg, lon_deg, -1e-6)])
    assert general_area(at(lat_deg, wrapped(lon_deg), 0.0), issuer) == (held[0].names[issuer] if held else "")


@given(off_shores_of_outlines())
@settings(max_examples=100, deadline=None)
def test_within_each_outline_a_place_has_a_name(place: tuple[float, float, Sea]) -> None:
    lat_deg, lon_deg, sea = place
    for issuer in sea.names:
        assert general_area(at(lat_deg, wrapped(lon_deg), 0.0), issuer)


def test_lines_and_points_have_a_name_too() -> None:
    ends = (Position(lat_deg=38.0, lon_deg=134.0), Position(lat_deg=40.0, lon_deg=135.0))
    assert general_area((Corridor(waypoints=ends, half_width_m=0.0),)) == "SEA OF JAPAN"
    assert general_area(at(39.0, 134.0, 0.0)) == "SEA OF JAPAN"


def test_outlines_of_tables_bound_areas() -> None:
    for area in (*(sea.area for sea in seas()), *(one.area for one in navareas().values())):
        assert area.is_valid
        assert area.area > 0.0


def test_keys_of_seas_are_used_once() -> None:
    assert max(Counter(sea.key for sea in seas()).values()) == 1


def _benchmark() -> Any:  # noqa: ANN401  # a module that is a script
    path = Path(__file__).parents[2] / "benchmarks" / "general_areas.py"
    spec = importlib.util.spec_from_file_location("general_areas", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.deep
def test_general_areas_are_those_that_issuers_gave() -> None:
    corpus("navwarn")
    benchmark = _benchmark()
    results = [kind for _, kind, *_ in benchmark.compared()]
    assert len(results) > 1000
    assert sum(kind in benchmark.AGREE for kind in results) >= 0.95 * len(results)


# ------------------------------------------------------------------------------------------------- navigational areas


def test_a_place_lies_in_its_navigational_area() -> None:
    assert navarea(at(38.0, 134.0)) == ("XI",)
    assert navarea(at(44.0, 137.0)) == ("XIII",)
    assert navarea(at(30.0, 145.0)) == ("XI",)
    assert navarea(at(35.0, -70.0)) == ("IV",)
    assert navarea(at(56.0, 3.0)) == ("I",)
    assert navarea(at(10.0, 85.0)) == ("VIII",)
    assert navarea(at(75.0, 80.0)) == ("XX",)
    assert navarea(()) == ()


def test_near_an_assumed_limit_both_areas_are_named_the_fuller_first() -> None:
    assert navarea(at(40.6, 135.0)) == ("XIII", "XI")
    assert navarea(at(40.3, 135.0)) == ("XI", "XIII")
    assert set(navarea(at(30.0, 180.0))) == {"XI", "XII"}


@given(off_shores_of_outlines())
@settings(max_examples=100, deadline=None)
def test_the_areas_leave_no_sea_without_one(place: tuple[float, float, Sea]) -> None:
    lat_deg, lon_deg, sea = place
    has_one = navarea(at(lat_deg, wrapped(lon_deg))) or sea.key in LAKES
    assert has_one or is_on_land(lat_deg, wrapped(lon_deg))


def test_each_area_has_a_coordinator() -> None:
    assert len(navareas()) == 21
    assert coordinator("XI") == "Japan Hydrographic and Oceanographic Department"
    assert all(coordinator(number) and len(area.state) == 3 for number, area in navareas().items())


# --------------------------------------------------------------------------------------------------------- localities


def test_a_locality_is_told_as_its_issuer_tells_it() -> None:
    assert locality(at(37.2, 133.2), Issuer.JAPAN) == "OKI SHOTO, NORTHWARD"
    assert locality(at(36.2, 133.2), Issuer.JAPAN) == "OKI SHOTO"
    assert locality(at(73.2, 50.0), Issuer.RUSSIA) == "WEST OF NOVAYA ZEMLYA ISLANDS"
    assert locality(at(10.0, 109.0)) == "VIETNAM"
    assert locality(at(10.0, 114.3)) == ""  # the nearest shore is disputed
    assert locality(at(18.0, 111.0), Issuer.CHINA) == ""


def test_far_from_all_that_is_known_there_is_no_locality() -> None:
    assert locality(at(10.0, -140.0)) == ""
    assert locality(at(39.0, 150.0), Issuer.JAPAN) == ""
    assert locality(()) == ""


def test_a_locality_is_found_on_either_side_of_180_degrees() -> None:
    assert locality(at(71.2, 179.0), Issuer.RUSSIA) == "WEST OF OSTROV VRANGELYA"
    assert locality(at(71.2, -178.0), Issuer.RUSSIA) == "EAST OF OSTROV VRANGELYA"
    assert locality(at(71.5, 179.9) + at(71.5, -179.9), Issuer.RUSSIA) == "NORTH OF OSTROV VRANGELYA"
