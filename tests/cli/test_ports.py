"""`waterspace ports`: the places that can be named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from waterspace.cli.app import app
from waterspace.environment import places
from waterspace.notation import parse_position


def ports(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["ports", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def known(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(ports(*arguments, "--format", "json"))
    return found


def test_every_place_is_listed_with_what_finds_it_and_on_whose_word_it_stands() -> None:
    found = known()
    assert len(found) == len(places.every())
    for entry in found:
        place = places.find(entry["code"] or entry["name"])
        assert place is not None
        assert (entry["name"], entry["state"], entry["kind"]) == (place.name, place.state, place.kind.value)
        assert entry["position"] == [place.position.lat_deg, place.position.lon_deg]
        assert entry["source"] or entry["confidence"] == "estimated"


def test_the_list_in_words_has_a_line_for_each_place_with_its_position() -> None:
    lines = ports().splitlines()
    assert len(lines) == len(places.every())
    in_order = sorted(places.every(), key=lambda place: (place.state, place.name.casefold()))
    for line, place in zip(lines, in_order, strict=True):
        assert line.startswith(place.code)
        assert place.name in line
        lat_deg, lon_deg = parse_position(line.split("  ")[-1])
        assert lat_deg == pytest.approx(place.position.lat_deg, abs=0.001)
        assert lon_deg == pytest.approx(place.position.lon_deg, abs=0.001)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("tsing tao", ["CNTAO"]), ("cntao", ["CNTAO"]), ("vladivostok", ["RUVVO", "UHWW"]), ("Ominato", [None])],
)
def test_a_part_of_a_name_or_a_code_chooses_places(text: str, codes: list[str | None]) -> None:
    assert [entry["code"] for entry in known(text)] == codes


def test_a_state_chooses_its_places() -> None:
    found = known("kor")
    assert {entry["state"] for entry in found} >= {"KOR"}
    assert {entry["name"] for entry in found} >= {place.name for place in places.every() if place.state == "KOR"}


def test_a_text_that_nothing_has_is_refused_with_the_way_to_the_whole_list() -> None:
    result = CliRunner().invoke(app, ["ports", "Atlantis"])
    assert result.exit_code == 2
    assert "`waterspace ports` lists them all" in " ".join(result.output.split())


@pytest.mark.parametrize("place", ["Atlantis", "Vladivostock"])
def test_a_place_that_is_unknown_elsewhere_points_to_the_list(place: str) -> None:
    result = CliRunner().invoke(app, ["where", place])
    assert result.exit_code == 2
    assert "`waterspace ports` lists the places" in " ".join(result.output.split())
