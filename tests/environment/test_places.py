"""Named ports and airfields."""

import csv

import pytest

from corpora import corpus
from waterspace.domain import Confidence, Position
from waterspace.environment.places import (
    NamedPlace,
    PlaceKind,
    every,
    find,
    lookup,
    near_misses,
    nearest_ports,
)
from waterspace.environment.shores import coast
from waterspace.errors import NotationError
from waterspace.geometry.geodesic import distance_m
from waterspace.quantity import NAUTICAL_MILE_M


@pytest.mark.parametrize("text", ["CNTAO", "cntao", "CN TAO", "Qingdao", "QINGDAO", "  qingdao ", "Tsingtao"])
def test_a_port_is_found_by_code_name_and_alias_however_it_is_typed(text: str) -> None:
    place = find(text)
    assert place is not None
    assert (place.code, place.state, place.kind) == ("CNTAO", "CHN", PlaceKind.PORT)
    assert place.position == Position(lat_deg=36.065, lon_deg=120.3853)
    assert place.provenance.source


def test_an_airfield_is_found_by_its_indicator() -> None:
    place = find("uhww")
    assert place is not None
    assert place.kind is PlaceKind.AIRFIELD
    assert place.state == "RUS"
    assert find("Vladivostok International Airport") is place


def test_a_port_without_a_code_is_found_by_name() -> None:
    place = find("ominato")
    assert place is not None
    assert place.code == ""
    assert place.provenance.confidence is Confidence.ESTIMATED


def test_a_bare_town_means_its_port() -> None:
    assert getattr(find("Vladivostok"), "code", None) == "RUVVO"
    assert getattr(find("Petropavlovsk Kamchatsky"), "code", None) == "RUPKC"


@pytest.mark.parametrize("text", ["", " ", "-", "Atlantis", "CNTAX"])
def test_what_is_not_in_the_tables_is_not_found(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quingdao", "Qingdao"),
        ("Vladivostock", "Vladivostok"),
        ("CNTAX", "CNTAO"),
        ("Bussan", "Busan"),
        ("UHWV", "UHWW"),
        ("Misawa", "Misawa Air Base"),
        ("Misawa AB", "Misawa Air Base"),
        ("khabarovsk", "Khabarovsk-Novy Airport"),
    ],
)
def test_a_misspelling_is_answered_with_what_was_probably_meant(text: str, expected: str) -> None:
    assert expected in near_misses(text)
    assert len(near_misses(text)) <= 3


def test_a_word_for_what_a_place_is_suggests_no_place() -> None:
    assert near_misses("Atlantis Naval Base") == ()
    assert near_misses("International") == ()


def test_nothing_is_suggested_for_a_text_like_no_name() -> None:
    assert near_misses("xyzzyxyzzy") == ()


def test_every_place_is_found_by_its_own_code_and_stands_on_the_globe() -> None:
    assert len(every()) == 81
    for place in every():
        assert len(place.state) == 3
        assert abs(place.position.lat_deg) <= 90.0
        assert abs(place.position.lon_deg) <= 180.0
        assert place.provenance.confidence is not None
        if place.code:
            assert find(place.code) is place
        assert find(place.name) is not None


# ------------------------------------------------------------------------------------------------- against the coast

PORT_TO_SHORE_M = 3.0 * NAUTICAL_MILE_M
"""Published positions of ports stand for a town or an anchorage: out by a mile or two (Niigata by 2.5)."""


@pytest.mark.parametrize("place", every(), ids=lambda place: place.name)
def test_ports_lie_within_three_miles_of_their_state_s_shore_and_airfields_on_land(place: NamedPlace) -> None:
    land = coast.load().nearest_land(place.position)
    if place.kind is PlaceKind.PORT:
        assert land.distance_m <= PORT_TO_SHORE_M
        assert land.state == place.state
    else:
        assert coast.load().is_land(place.position)


# Source: World Port Index, Pub. 150: names under which ports stand there whose UN/LOCODE differs from ours.
OTHER_NAMES = {
    "CNTAO": "Qingdao Gang",
    "CNDLC": "Dalian",
    "CNSHA": "Shanghai",
    "CNZHA": "Zhanjiang",
    "KRTGH": "Tonghae",
    "JPTOY": "Fushiki-Toyama",
    "JPWKJ": "Wakkanai",
    "KPNJN": "Najin",
    "SGSIN": "Keppel - (East Singapore)",
    "INVTZ": "Vishakhapatnam",
}

# Why ports stand farther than 3.5 miles from where the index has them, and how far at most.
EXCEPTIONS = {
    "RUPKC": (8.0, "the index gives the entrance of Avacha Bay, ours is the town"),
    "CNTAO": (7.0, "the index gives the new port across the bay, ours the old harbour"),
    "CNSHA": (12.0, "the index gives the Huangpu at Wusong, ours the city"),
    "JPTOY": (5.0, "the index gives Fushiki, ours Toyama: one port with two harbours"),
    "PKKHI": (7.0, "ours lies inland of the harbour by two miles, the index seaward of it"),
    "AUDRW": (6.0, "ours is the town, the index the anchorage"),
    "JPWKJ": (118.0, "the index has it two degrees too far south"),
    "DJJIB": (5.0, "ours lies south of the harbour"),
}
NOT_IN_THE_INDEX = {"JPKKJ", "BHBAH", ""}
"""Kitakyushu is divided there, Bahrain stands under its terminals, and Ominato is left out."""


def test_ports_lie_where_the_world_port_index_has_them_and_each_exception_has_its_reason() -> None:
    with corpus("zones", "UpdatedPub150.csv").open(encoding="utf-8-sig") as file:
        index = list(csv.DictReader(file))
    off = {}
    for port in (place for place in every() if place.kind is PlaceKind.PORT and place.code not in NOT_IN_THE_INDEX):
        name = OTHER_NAMES.get(port.code)
        rows = [
            row for row in index if (row["Main Port Name"] == name if name else _locode(row["UN/LOCODE"]) == port.code)
        ]
        assert rows, port
        away_m = min(
            distance_m(port.position, Position(lat_deg=float(row["Latitude"]), lon_deg=float(row["Longitude"])))
            for row in rows
        )
        limit_nm, _ = EXCEPTIONS.get(port.code, (3.5, ""))
        if away_m > limit_nm * NAUTICAL_MILE_M:
            off[port.name] = away_m / NAUTICAL_MILE_M
    assert not off


def _locode(text: str) -> str:
    return text.replace(" ", "")


# ------------------------------------------------------------------------------------------------------------- nearest


def test_the_nearest_ports_come_in_order_of_distance() -> None:
    here = Position(lat_deg=39.8, lon_deg=133.21)
    ports = nearest_ports(here, 5)
    away = [distance_m(here, port.position) for port in ports]
    assert away == sorted(away)
    assert ports[0].name == "Vostochny"
    every_port = [place for place in every() if place.kind is PlaceKind.PORT]
    assert away[-1] == sorted(distance_m(here, port.position) for port in every_port)[4]
    assert len(nearest_ports(here, 1000)) == len(every_port)
    assert nearest_ports(here, 0) == ()


def test_a_place_is_looked_up_or_the_message_says_what_was_probably_meant() -> None:
    assert lookup("busan").code == "KRPUS"
    with pytest.raises(NotationError, match="did you mean Vladivostok"):
        lookup("Vladivostock")
    with pytest.raises(NotationError, match="give a position instead"):
        lookup("xyzzyxyzzy")
