"""Audiences: whom a notice reaches, by the words with which a plan says what it is."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["HYDRO", "WORDS", "Kind", "kind_of", "reaches_airmen", "reaches_ships", "words_of"]


class Kind(StrEnum):
    """What a notice is, whatever word its plan has for it; `mariners` is a warning to ships of no kind more exact."""

    NAVAREA = "navarea"
    COASTAL = "coastal"
    LOCAL = "local"
    HYDROPAC = "hydropac"
    HYDROLANT = "hydrolant"
    HYDROARC = "hydroarc"
    NAVTEX = "navtex"
    SAFETYNET = "safetynet"
    S124 = "s-124"
    AIS = "ais"
    MARINERS = "mariners"
    NOTAM = "notam"
    LETTER = "letter"


HYDRO = (Kind.HYDROPAC, Kind.HYDROLANT, Kind.HYDROARC)
"""Warnings of the National Geospatial-Intelligence Agency of the USA, in its style whoever the issuer is."""
_SHIPS = {
    "ais": Kind.AIS,
    "avurnav": Kind.COASTAL,
    "broadcast": Kind.MARINERS,
    "coastal": Kind.COASTAL,
    "hydroarc": Kind.HYDROARC,
    "hydrolant": Kind.HYDROLANT,
    "hydropac": Kind.HYDROPAC,
    "local": Kind.LOCAL,
    "mariners": Kind.MARINERS,
    "navarea": Kind.NAVAREA,
    "navigational": Kind.MARINERS,
    "navtex": Kind.NAVTEX,
    "nm": Kind.MARINERS,
    "ntm": Kind.MARINERS,
    "plain": Kind.MARINERS,
    "s-124": Kind.S124,
    "safetynet": Kind.SAFETYNET,
    "vhf": Kind.LOCAL,
}
"""Words for what is broadcast or published to whoever is at sea.

Source: IMO resolution A.706(17) and IHO S-53 (NAVAREA, coastal and local warnings, NAVTEX, SafetyNET); HYDROLANT,
HYDROPAC and HYDROARC of NGA; S-124 of IHO; the others assumed.
"""
_ADDRESSED = frozenset({"letter", "note", "message", "signal"})
"""Words for what reaches those alone to whom it is sent, as `to` names them (assumed)."""
_KINDS = {**_SHIPS, "notam": Kind.NOTAM, **dict.fromkeys(_ADDRESSED, Kind.LETTER)}
_ORDER = tuple(Kind)

WORDS = frozenset(_KINDS)
"""Every word that says whom a notice reaches."""

_WORD = re.compile(r"s-?124|[^\W\d_]+")


def words_of(text: str) -> tuple[str, ...]:
    """`navarea`, `xi` of `NAVAREA XI`; `letter` of `Letters`."""
    words = [word.replace("s124", "s-124") for word in _WORD.findall(text.casefold())]
    return tuple(word.removesuffix("s") if word.removesuffix("s") in _KINDS else word for word in words)


def reaches_airmen(text: str) -> bool:
    """Whether aircraft are told by a notice of a kind."""
    return "notam" in text.casefold()


def reaches_ships(text: str) -> bool:
    """Whether ships of any flag are told by a notice of a kind; a kind that is not known tells nobody."""
    return not reaches_airmen(text) and not _SHIPS.keys().isdisjoint(words_of(text))


def kind_of(text: str) -> Kind | None:
    """What a notice is by its kind in the plan; None for a kind that nobody knows.

    Of several words that decides which reaches more: `coastal warning by NAVTEX` is a coastal warning, and what ships
    are told is no letter.
    """
    if reaches_airmen(text):
        return Kind.NOTAM
    return min((_KINDS[word] for word in words_of(text) if word in _KINDS), key=_ORDER.index, default=None)
