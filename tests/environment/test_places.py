"""Named ports and airfields."""

import pytest

from waterspace.domain import Confidence, Position
from waterspace.environment.places import PlaceKind, every, find, near_misses


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
        ("Bussan", "Pusan"),
        ("UHWV", "UHWW"),
    ],
)
def test_a_misspelling_is_answered_with_what_was_probably_meant(text: str, expected: str) -> None:
    assert expected in near_misses(text)
    assert len(near_misses(text)) <= 3


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
