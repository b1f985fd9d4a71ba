"""Symbols: the code of the APP-6(D) symbol that stands for a unit on a map.

A code has 20 digits: version 10, context 0 (reality), standard identity, symbol set, status 0 (present), headquarters
digit, amplifier 00, then entity and modifiers. Who takes part is shown as friend, whoever else is there as neutral:
their frames differ in shape. No other identity is ever given.
Source: NATO APP-6(D) and its twin MIL-STD-2525D, appendices A (structure), C (air), K (sea surface), L (subsurface).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Medium

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Platform

__all__ = ["ENTITIES", "NEUTRAL", "PARTICIPANT", "SYMBOL_SETS", "entity", "symbol_code"]

PARTICIPANT = "3"
NEUTRAL = "4"

SYMBOL_SETS: Mapping[Medium, str] = {
    Medium.SURFACE: "30",
    Medium.SUBSURFACE: "35",
    Medium.AIR: "01",
    Medium.SHORE: "10",
}

_UNSPECIFIED = "000000"

ENTITIES: Mapping[Medium, Mapping[str, str]] = {
    Medium.SURFACE: {
        "aircraft carrier": "120100",
        "cruiser": "120202",
        "destroyer": "120203",
        "frigate": "120204",
        "corvette": "120205",
        "littoral combat": "120206",
        "amphibious": "120300",
        "landing ship": "120307",
        "landing craft": "120308",
        "mine warfare": "120400",
        "minelayer": "120401",
        "minesweeper": "120402",
        "minehunter": "120404",
        "mine countermeasures": "120405",
        "patrol": "120500",
        "fast attack": "120500",
        "unmanned": "120700",
        "auxiliary": "130100",
        "rescue": "130100",
        "salvage": "130100",
        "support": "130100",
        "training ship": "130100",
        "intelligence": "130104",
        "research": "130105",
        "survey": "130106",
        "hospital": "130107",
        "replenishment": "130110",
        "fleet tanker": "130110",
        "oiler": "130110",
        "repair": "130111",
        "submarine tender": "130112",
        "tug": "130113",
        "merchant": "140100",
        "cargo": "140101",
        "container": "140102",
        "ferry": "140105",
        "tanker": "140109",
        "passenger": "140110",
        "fishing": "140200",
        "coast guard": "140300",
        "law enforcement": "140300",
        "police": "140300",
        "sar patrol": "140300",
        "yacht": "140500",
    },
    Medium.SUBSURFACE: {
        "submarine": "110100",
        "autonomous": "110400",
        "unmanned": "110400",
        "diver": "120300",
    },
    Medium.AIR: {
        "attack": "110102",
        "bomber": "110103",
        "long-range aircraft": "110103",
        "fighter": "110104",
        "transport": "110107",
        "cargo": "110107",
        "electronic": "110108",
        "tanker": "110109",
        "patrol": "110110",
        "reconnaissance": "110111",
        "trainer": "110112",
        "airborne early warning": "110116",
        "anti-submarine aircraft": "110118",
        "amphibian": "110100",
        "helicopter": "110200",
        "unmanned": "110300",
        "drone": "110300",
    },
    Medium.SHORE: {},
}
"""Words in a platform's kind, and the entity each stands for; the word that comes first in the kind decides."""

_GENERAL: Mapping[Medium, str] = {
    Medium.SURFACE: _UNSPECIFIED,
    Medium.SUBSURFACE: _UNSPECIFIED,
    Medium.AIR: "110000",
    Medium.SHORE: _UNSPECIFIED,
}
"""What stands for a kind that no word describes: a frame alone, or the plainest entity of the set."""


def entity(medium: Medium, kind: str) -> str:
    """The six digits of the entity for a platform's kind in words."""
    plain = kind.casefold()
    found = [(plain.index(word), -len(word), digits) for word, digits in ENTITIES[medium].items() if word in plain]
    return min(found)[2] if found else _GENERAL[medium]


def symbol_code(platform: Platform | None, *, takes_part: bool) -> str:
    """The symbol's code for a unit of a class; a plain ship's frame where the class is unknown.

    Args:
        platform: the class.
        takes_part: whether the unit is in the exercise; observers and other third parties are not.
    """
    medium = Medium.SURFACE if platform is None else platform.medium
    digits = _UNSPECIFIED if platform is None else entity(medium, platform.kind)
    identity = PARTICIPANT if takes_part else NEUTRAL
    headquarters = "2" if medium is Medium.SHORE else "0"
    return f"100{identity}{SYMBOL_SETS[medium]}0{headquarters}00{digits}0000"
