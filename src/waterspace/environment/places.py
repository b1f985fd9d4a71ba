"""Named ports and airfields."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from waterspace.domain import Position, Provenance
from waterspace.environment.files.packaged import provenance, rows
from waterspace.errors import NotationError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NamedPlace", "PlaceKind", "every", "find", "lookup", "matching", "near_misses", "nearest_ports"]

_SIMILARITY_RATIO = 0.7
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_WORD = 3

_OF_ITS_KIND = frozenset(("air", "airport", "base", "corps", "facility", "international", "marine", "naval", "station"))
"""Words of names that say what a place is, not which."""


class PlaceKind(StrEnum):
    """What a named place is."""

    PORT = "port"
    AIRFIELD = "airfield"


_TABLES: Mapping[str, PlaceKind] = {"ports.csv": PlaceKind.PORT, "airfields.csv": PlaceKind.AIRFIELD}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A port or an airfield.

    Attributes:
        code: UN/LOCODE of a port, ICAO location indicator of an airfield; empty where it has none.
        aliases: other spellings of the name.
        state: ISO 3166-1 alpha-3.
    """

    code: str
    name: str
    state: str
    position: Position
    kind: PlaceKind
    aliases: tuple[str, ...] = ()
    provenance: Provenance = Provenance()


@functools.cache
def every() -> tuple[NamedPlace, ...]:
    """Every named place: ports, then airfields, in the order of the tables."""
    return tuple(_place(row, kind) for table, kind in _TABLES.items() for row in rows(table))


def find(name_or_code: str) -> NamedPlace | None:
    """The place with a code or a name, or None. Capitals, spaces and hyphens make no difference.

    A code goes before a name, a port before an airfield of the same name.
    """
    return _index().get(_plain(name_or_code))


def lookup(name_or_code: str) -> NamedPlace:
    """As `find`.

    Raises:
        NotationError: no place has that code or name; the message names those that look like it.
    """
    place = find(name_or_code)
    if place is None:
        misses = near_misses(name_or_code)
        advice = f"did you mean {' or '.join(misses)}?" if misses else "give a position instead"
        expected = "the name or code of a port or airfield that `waterspace ports` lists, such as Busan or CNTAO"
        raise NotationError(name_or_code, expected, advice)
    return place


def matching(text: str) -> tuple[NamedPlace, ...]:
    """The places that have a text in their name, an alias or their code, and those of a state; every place for none.

    Capitals, spaces and hyphens make no difference. Places come in the order of the tables.
    """
    part = _plain(text)
    return tuple(
        place
        for place in every()
        if part == place.state.casefold()
        or any(part in _plain(own) for own in (place.code, place.name, *place.aliases))
    )


def nearest_ports(position: Position, count: int = 3) -> tuple[NamedPlace, ...]:
    """The ports nearest to a position, nearest first; fewer only where there are not so many."""
    from waterspace.geometry.geodesic import distances_m, position_arrays

    ports = [place for place in every() if place.kind is PlaceKind.PORT]
    away_m = distances_m(position.lat_deg, position.lon_deg, *position_arrays([port.position for port in ports]))
    nearest = sorted(zip(away_m.tolist(), range(len(ports)), strict=True))[: max(count, 0)]
    return tuple(ports[index] for _, index in nearest)


def near_misses(name_or_code: str, limit: int = 3) -> tuple[str, ...]:
    """Names and codes that look like a text, the most similar first; empty where none does.

    Names that share a word with it, such as Misawa Air Base with Misawa, go first; a word for what a
    place is, such as Airport, does not count, nor one of many names. A name stands for its aliases.
    """
    import difflib

    index = _index()
    text = _plain(name_or_code)
    shared = (_by_word().get(word, ()) for word in _words(name_or_code))
    of_words = [name for names in shared if len(names) <= limit for name in names]
    found = difflib.get_close_matches(text, index, n=2 * limit, cutoff=_SIMILARITY_RATIO)
    names = (index[key].code if key == _plain(index[key].code) else index[key].name for key in found)
    return tuple(dict.fromkeys((*of_words, *names)))[:limit]


@functools.cache
def _by_word() -> Mapping[str, tuple[str, ...]]:
    """Word of a name or an alias to the names that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for place in every():
        for word in dict.fromkeys(word for text in (place.name, *place.aliases) for word in _words(text)):
            found[word] = (*found.get(word, ()), place.name)
    return MappingProxyType(found)


def _words(text: str) -> list[str]:
    """Words of three letters or more that say which place is meant, in small letters."""
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _LEAST_WORD and word not in _OF_ITS_KIND]


@functools.cache
def _index() -> Mapping[str, NamedPlace]:
    """Plain code, name or alias to place; the first that claims a text keeps it."""
    index: dict[str, NamedPlace] = {}
    for texts in ((place.code for place in every()), (place.name for place in every())):
        for text, place in zip(texts, every(), strict=True):
            index.setdefault(_plain(text), place)
    for place in every():
        for alias in place.aliases:
            index.setdefault(_plain(alias), place)
    index.pop("", None)
    return MappingProxyType(index)


def _plain(text: str) -> str:
    """A text as it is compared."""
    return "".join(text.casefold().replace("-", " ").split())


def _place(row: Mapping[str, str], kind: PlaceKind) -> NamedPlace:
    """One row of a table."""
    return NamedPlace(
        code=row["code"],
        name=row["name"],
        state=row["state"],
        position=Position(lat_deg=float(row["lat_deg"]), lon_deg=float(row["lon_deg"])),
        kind=kind,
        aliases=tuple(row["aliases"].split(";")) if row["aliases"] else (),
        provenance=provenance(row),
    )
