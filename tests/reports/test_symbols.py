"""Symbols have the codes of the standard, and no identity but participant and neutral."""

from __future__ import annotations

import csv
import re

import pytest

from corpora import corpus
from waterspace.domain import Medium, Platform
from waterspace.environment.classes import library
from waterspace.reports.symbols import ENTITIES, SYMBOL_SETS, entity, symbol_code

WHAT_THE_STANDARD_CALLS_IT = {
    (Medium.SURFACE, "120100"): "Carrier",
    (Medium.SURFACE, "120202"): "Cruiser",
    (Medium.SURFACE, "120203"): "Destroyer",
    (Medium.SURFACE, "120204"): "Frigate",
    (Medium.SURFACE, "120206"): "Littoral Combatant Ship",
    (Medium.SURFACE, "120300"): "Amphibious Warfare Ship",
    (Medium.SURFACE, "120307"): "Landing Ship",
    (Medium.SURFACE, "120308"): "Landing Craft",
    (Medium.SURFACE, "120400"): "Mine Warfare Ship",
    (Medium.SURFACE, "120401"): "Mine Layer",
    (Medium.SURFACE, "120402"): "Mine Sweeper",
    (Medium.SURFACE, "120404"): "Mine Hunter",
    (Medium.SURFACE, "120500"): "Patrol Boat",
    (Medium.SURFACE, "130104"): "Intelligence Collector",
    (Medium.SURFACE, "130107"): "Hospital Ship",
    (Medium.SURFACE, "130111"): "Repair Ship",
    (Medium.SURFACE, "130112"): "Submarine Tender",
    (Medium.SURFACE, "140100"): "Merchant Ship",
    (Medium.SURFACE, "140109"): "Oiler/Tanker",
    (Medium.SURFACE, "140200"): "Fishing Vessel",
    (Medium.SURFACE, "140300"): "Law Enforcement Vessel",
    (Medium.AIR, "110103"): "Bomber",
    (Medium.AIR, "110104"): "Fighter",
    (Medium.AIR, "110110"): "Patrol",
    (Medium.AIR, "110116"): "Airborne Early Warning (AEW)",
    (Medium.AIR, "110200"): "Rotary-Wing",
    (Medium.SUBSURFACE, "110100"): "Submarine",
}
"""The last words of the name that MIL-STD-2525D gives an entity."""


def platform(kind: str, medium: Medium = Medium.SURFACE) -> Platform:
    return Platform(key="k", name="n", kind=kind, medium=medium)


@pytest.mark.parametrize(
    ("kind", "medium", "digits"),
    [
        ("destroyer", Medium.SURFACE, "120203"),
        ("helicopter destroyer", Medium.SURFACE, "120203"),
        ("destroyer / large ASW ship", Medium.SURFACE, "120203"),
        ("destroyer/cruiser", Medium.SURFACE, "120203"),
        ("Frigate", Medium.SURFACE, "120204"),
        ("replenishment ship", Medium.SURFACE, "130110"),
        ("fleet tanker", Medium.SURFACE, "130110"),
        ("tanker", Medium.SURFACE, "140109"),
        ("coast guard patrol", Medium.SURFACE, "140300"),
        ("patrol vessel", Medium.SURFACE, "120500"),
        ("SAR patrol", Medium.SURFACE, "140300"),
        ("something nobody has heard of", Medium.SURFACE, "000000"),
        ("submarine", Medium.SUBSURFACE, "110100"),
        ("maritime patrol aircraft", Medium.AIR, "110110"),
        ("SAR helicopter", Medium.AIR, "110200"),
        ("something new", Medium.AIR, "110000"),
        ("joint headquarters", Medium.SHORE, "000000"),
    ],
)
def test_a_kind_in_words_becomes_the_entity_that_it_names(kind: str, medium: Medium, digits: str) -> None:
    assert entity(medium, kind) == digits


def test_a_code_has_its_parts_where_the_standard_puts_them() -> None:
    assert symbol_code(platform("frigate"), takes_part=True) == "10033000001202040000"
    assert symbol_code(platform("frigate"), takes_part=False) == "10043000001202040000"
    assert symbol_code(platform("headquarters", Medium.SHORE), takes_part=True) == "10031002000000000000"
    assert symbol_code(None, takes_part=True) == "10033000000000000000"


def test_every_class_of_the_library_has_a_symbol_and_nobody_is_made_out_to_be_hostile() -> None:
    for known in library().values():
        for takes_part in (True, False):
            code = symbol_code(known, takes_part=takes_part)
            assert re.fullmatch(r"100[34](01|10|30|35)0[02]00\d{6}0000", code), known.key


def test_every_naval_class_of_the_library_says_more_than_that_it_floats() -> None:
    plain = [known.key for known in library().values() if entity(known.medium, known.kind) == "000000"]
    assert plain == [key for key in plain if library()[key].medium is Medium.SHORE]


def test_codes_are_those_of_a_table_that_others_made() -> None:
    path = corpus("symbology", "sidc_map_sea_air.csv")
    names: dict[str, str] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            names.setdefault(row["number_sidc_friend"], row["name"])
    seen = set()
    for medium, words in ENTITIES.items():
        for digits in words.values():
            code = f"1003{SYMBOL_SETS[medium]}0000{digits}0000"
            expected = WHAT_THE_STANDARD_CALLS_IT.get((medium, digits))
            if code in names and expected:
                assert names[code].split(" : ")[-1] == expected, code
                seen.add(code)
    assert len(seen) > 20
