"""Routes against published distances between ports, every difference beyond the bounds explained."""

import csv
import functools
import re
from pathlib import Path

import pytest

from source_tree import ROOT
from waterspace.domain import Position
from waterspace.environment.routing import routes
from waterspace.environment.routing.routes import Route, RouteRequest
from waterspace.quantity import nautical_miles

TABLE = Path(__file__).parent / "port_distances.csv"
PAGE = ROOT / "docs" / "explanation" / "routes.md"
LEAST, MOST = -0.03, 0.01

RIVER = "the published port lies up a river that the coast does not show; the route starts at its approach point"
FAIRWAY = "the published track follows fairways well off the capes that the route passes at half a mile"

KURIL = "the published track passes through another strait of the Kurils, clear of ice; the route takes the shortest"
HORN = (
    "the publication's way through the Strait of Magellan uses channels that the packaged graph does not pass; "
    "the route goes round Cape Horn"
)
OUTSIDE = (
    "the published track keeps outside the islands off the Yangtze; the route passes between them and starts at the "
    "approach point of a port up a river"
)

EXCEPTIONS: dict[tuple[str, str, str], str] = {
    ("Yokohama", "Vladivostok", "Tsugaru-Kaikyo"): FAIRWAY,
    ("Nakhodka", "Shanghai", ""): RIVER,
    ("Shanghai", "Busan", "north of Cheju Do and via South Channel"): RIVER,
    ("Busan", "Nagasaki", ""): FAIRWAY,
    ("Shanghai", "Nagasaki", ""): RIVER,
    ("Shanghai", "Qingdao", "outside islands"): OUTSIDE,
    ("Kobe", "Shanghai", "Naikai"): RIVER,
    ("Shanghai", "Hong Kong", "Pai-chieh Hsia, Steep Island Pass and Formosa Strait"): RIVER,
    ("Yokohama", "Hakodate", ""): FAIRWAY,
    ("Yokohama", "Kobe", ""): FAIRWAY,
    ("Bukhta Nagayeva", "Petropavlovsk-Kamchatskiy", ""): KURIL,
    ("Singapore", "Hong Kong", ""): FAIRWAY,
    ("Singapore", "Penang", ""): FAIRWAY,
    ("Singapore", "Jakarta", "Selat Durian and Selat Bangka"): FAIRWAY,
    ("Montevideo", "Valparaiso", ""): HORN,
    ("Valdez", "Frederiksted", "Magellan Strait"): HORN,
    ("Buenos Aires", "Punta Arenas", ""): FAIRWAY,
    ("Tallinn", "Sankt-Peterburg", ""): FAIRWAY,
    ("Plymouth (England)", "Rotterdam", ""): RIVER,
    ("Istanbul", "Odessa", ""): FAIRWAY,
}
"""Rows whose difference is beyond the bounds: from, to and via, and why (assumed, from the charted lie of the ways)."""

WITHOUT_CANAL = {("Valdez", "Frederiksted")}
"""Rows that the table gives round South America."""


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def key(row: dict[str, str]) -> tuple[str, str, str]:
    return row["from"], row["to"], row["via"]


@functools.cache
def route(row: tuple[str, ...]) -> Route:
    start, end, lat1, lon1, lat2, lon2 = row
    closed = frozenset({"panama"}) if (start, end) in WITHOUT_CANAL else frozenset[str]()
    a, b = (Position(lat_deg=float(lat), lon_deg=float(lon)) for lat, lon in ((lat1, lon1), (lat2, lon2)))
    return routes.shortest(a, b, RouteRequest(closed_canals=closed))


def ours_nm(row: dict[str, str]) -> float:
    names = ("from", "to", "from_lat", "from_lon", "to_lat", "to_lon")
    return nautical_miles(route(tuple(row[name] for name in names)).length_m)


def difference(row: dict[str, str]) -> float:
    return ours_nm(row) / float(row["distance_nm"]) - 1.0


def test_there_are_enough_published_distances() -> None:
    assert len(rows()) >= 25
    assert all(row["source"] for row in rows())


@pytest.mark.deep
@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['from']} - {row['to']} {row['via']}".strip())
def test_a_route_is_as_long_as_the_published_one_or_the_difference_is_explained(row: dict[str, str]) -> None:
    within = LEAST <= difference(row) <= MOST
    explained = key(row) in EXCEPTIONS
    assert within or explained, f"published {row['distance_nm']}, ours {ours_nm(row):.0f} nm, {difference(row):+.1%}"


def test_every_exception_is_a_row_of_the_table() -> None:
    assert set(EXCEPTIONS) <= {key(row) for row in rows()}


@pytest.mark.deep
def test_the_page_shows_the_lengths_that_the_router_finds() -> None:
    shown = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]*) \| (\d+) \| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    lengths = {(start, end, via): (int(published), int(ours)) for start, end, via, published, ours in shown}
    assert set(lengths) == {key(row) for row in rows()}
    for row in rows():
        published, ours = lengths[key(row)]
        assert published == int(float(row["distance_nm"]))
        assert abs(ours - ours_nm(row)) <= 1.0


def test_the_page_gives_the_reasons_of_the_tests() -> None:
    page = " ".join(PAGE.read_text("utf-8").split())
    assert all(reason in page for reason in set(EXCEPTIONS.values()))
