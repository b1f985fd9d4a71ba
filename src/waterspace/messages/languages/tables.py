"""The table of a language: loaded from its file and checked against the English one, every fault named at once.

A file has words of a card in `card`, for which the English file is the model, and, in languages in which warnings are
written, those of a warning in `warning`. English warnings are not written from a table: see `messages.writing`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING

from waterspace.errors import DataFileError
from waterspace.messages.draft import Restriction
from waterspace.messages.reading import Category

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["CODES", "Language", "Standing", "language", "parse"]

CODES = ("en", "ja", "zh", "ru", "ko")
"""The languages that ship, English first."""


class Standing(StrEnum):
    """What a text is worth: it is the source of the others, nobody has reviewed it, or a speaker has."""

    SOURCE = "source"
    MACHINE = "machine"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of one language.

    Attributes:
        code: as HTML names it.
        name: in the language itself.
        standing: of all of its words.
        reviewed_by: who reviewed it and when; empty until somebody has.
        decimal: the sign between whole numbers and tenths.
        singular: numbers that take the phrases whose names end in `_one`.
        seas: names of waters by the English ones in capitals.
        card: tables of the card by the names of the file.
        warning: tables of warnings; empty where none are written.
    """

    code: str
    name: str
    standing: Standing
    reviewed_by: str
    decimal: str
    singular: re.Pattern[str]
    seas: Mapping[str, str]
    card: Mapping[str, object]
    warning: Mapping[str, object]

    def sea(self, name: str) -> str:
        """The name of waters; as it came where the file has none."""
        return self.seas.get(name.upper(), name)

    def is_known(self, name: str) -> bool:
        """Whether the file has a name for waters."""
        return name.upper() in self.seas

    def counted(self, name: str, number: str) -> str:
        """The name of a phrase for a number: with `_one` behind it where the language says so."""
        return f"{name}_one" if self.singular.search(number) else name


@cache
def language(code: str) -> Language:
    """The words of a language that ships.

    Args:
        code: one of `CODES`.

    Raises:
        ValueError: it is none of them.
        DataFileError: its file lacks something; the message names all that it lacks.
    """
    if code not in CODES:
        raise ValueError(f"no language {code!r}; there are {', '.join(CODES)}")
    name = f"{code}.toml"
    return parse((files("waterspace.messages.languages") / name).read_text(encoding="utf-8"), name)


def parse(text: str, name: str) -> Language:
    """The words of a language from the text of its file.

    Args:
        text: TOML, see the head of `en.toml`.
        name: of the file, for messages.

    Raises:
        DataFileError: it is no TOML, or it lacks something; the message names all that it lacks.
    """
    import tomllib

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(name, f"The file is no TOML: {error}.") from error
    found = list(_faults(table))
    if found:
        raise DataFileError(name, " ".join(found))
    own = table["language"]
    return Language(
        code=own["code"],
        name=own["name"],
        standing=Standing(own["standing"]),
        reviewed_by=own["reviewed_by"],
        decimal=own["decimal"],
        singular=re.compile(own["singular"]),
        seas=table["seas"],
        card=table["card"],
        warning=table.get("warning", {}),
    )


@cache
def _english() -> Mapping[str, object]:
    """The English file, which is the model of the others."""
    import tomllib

    return tomllib.loads((files("waterspace.messages.languages") / "en.toml").read_text(encoding="utf-8"))


def _faults(table: Mapping[str, object]) -> Iterator[str]:
    """What a file lacks or has wrong, a sentence each."""
    model: dict[str, object] = {**_english()}
    model.pop("warning", None)
    if "warning" in table:
        model["warning"] = _WARNING
    yield from _compared("", model, table)
    yield from _choices(table.get("warning"))
    own = table.get("language")
    if not isinstance(own, dict):
        return
    if own.get("standing") not in tuple(Standing):
        yield f"language.standing is {own.get('standing')!r}: expected one of {', '.join(Standing)}."
    elif own["standing"] == Standing.REVIEWED and not own.get("reviewed_by"):
        yield "language.reviewed_by is empty: expected who reviewed it, and when."
    try:
        re.compile(str(own.get("singular", "")))
    except re.error as error:
        yield f"language.singular is no regular expression: {error}."


def _choices(warning: object) -> Iterator[str]:
    """Where the table of a warning has none of what it is to choose from."""
    if not isinstance(warning, dict):
        return
    for name, pattern, wanted in _PATTERNS:
        given = warning.get(name)
        if isinstance(given, str) and not re.fullmatch(pattern, given):
            yield f"warning.{name} is {given!r}: expected {wanted}."


_PATTERNS = (
    ("utc_offset", r"[+-]\d\d:\d\d", "hours and minutes ahead of UTC, such as +09:00"),
    ("notation", "seconds|hundredths", "seconds or hundredths"),
    ("hemispheres", r"\w{4}", "the four letters of north, south, east and west"),
    ("year_stands", "first|last", "first or last"),
)


def _compared(path: str, model: Mapping[str, object], table: Mapping[str, object]) -> Iterator[str]:
    """Where a table differs from its model in names, in kinds of values, in lengths of lists and in words in braces."""
    for name in table.keys() - model.keys():
        yield f"{path}{name} is not known: expected one of {', '.join(model)}."
    for name, wanted in model.items():
        place = f"{path}{name}"
        if name not in table:
            yield f"{place} is missing."
            continue
        given = table[name]
        if type(given) is not type(wanted):
            yield f"{place} is {given!r}: expected {_KINDS[type(wanted)]}."
        elif isinstance(wanted, dict) and isinstance(given, dict):
            yield from _compared(f"{place}.", wanted, given)
        elif isinstance(wanted, list) and isinstance(given, list):
            if len(given) != len(wanted) or not all(isinstance(entry, str) for entry in given):
                yield f"{place} has {len(given)} entries: expected {len(wanted)} texts."
        elif isinstance(wanted, str) and isinstance(given, str):
            yield from _text(place, wanted, given)


_KINDS = {str: "a text", list: "a list", dict: "a table", bool: "true or false", int: "a whole number"}


def _text(place: str, wanted: str, given: str) -> Iterator[str]:
    """What is wrong with one text."""
    try:
        said, meant = _braces(given), _braces(wanted)
    except ValueError as error:
        yield f"{place} cannot be filled in: {error}."
        return
    may_be_empty = place.partition("warning.phrases.")[2] in _MAY_BE_EMPTY or place.startswith(_MAY_BE_ANYTHING)
    if not given and not may_be_empty and wanted:
        yield f"{place} is empty."
    elif given and said != meant and place.partition("warning.phrases.")[2] not in _MAY_LEAVE_OUT:
        yield f"{place} has {_list(said)} to be filled in: expected {_list(meant)}."
    elif said - meant:
        yield f"{place} has {_list(said)} to be filled in: expected none but {_list(meant)}."


def _braces(text: str) -> frozenset[str]:
    """The names in braces of a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _list(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "nothing"


_PAIR = ["", ""]
_WARNING: Mapping[str, object] = {
    "utc_offset": "+00:00",
    "notation": "seconds",
    "is_shortest": False,
    "hemispheres": "NSEW",
    "era": "",
    "era_begins": 0,
    "year_stands": "first",
    "months": [""] * 12,
    "series": "-",
    "lists": dict.fromkeys(("areas", "positions", "days", "hours", "clauses", "names", "charts", "flags"), _PAIR),
    "activities": {category.value: "-" for category in Category},
    "restrictions": {restriction.value: "" for restriction in Restriction},
    "phrases": {
        "heading": "{series}{number}",
        "area": "{area}{activity}",
        "no_area": "{activity}",
        "charts": "{charts}",
        "part": "{times}{places}{activity}",
        "part_of_several": "{times}{places}{activity}",
        "item": "{place}{number}",
        "polygon": "{positions}{count}",
        "circle": "{position}{length}",
        "sector": "{position}{length}{first}{last}",
        "corridor": "{positions}{length}{count}",
        "line": "{positions}{count}",
        "position": "{position}",
        "point": "{position}{number}",
        "miles": "{length}",
        "miles_one": "{length}",
        "kilometres": "{length}",
        "date": "{year}{month}{day}",
        "date_without_year": "{month}{day}",
        "date_day": "{day}",
        "range": "{first}{last}",
        "clock": "{hour}{minute}",
        "hours": "{start}{end}",
        "overnight": "{start}{end}",
        "daily": "{days}{hours}{reserve}",
        "once": "{days}{hours}{reserve}",
        "moment": "{date}{clock}{hour}{minute}",
        "number": "{number}{year}",
        "stretch": "{start}{end}",
        "open": "-",
        "reserve": "{days}",
        "reserves": "{times}{reserves}",
        "alternates": "{times}",
        "remark": "{remark}",
        "flags": "{flags}",
        "flag": "{flag}",
        "cancel": "{names}",
        "cancel_itself": "{moment}",
    },
}
"""What a warning's table must have: every text with the names in braces that are filled in."""

_MAY_BE_EMPTY = frozenset({"no_area", "charts", "kilometres", "cancel_itself"})
"""Phrases that a language may do without: the text then leaves out what they say."""
_MAY_LEAVE_OUT = frozenset({"area", "no_area", "part", "item", "polygon", "corridor", "line", "point", "moment"})
"""Phrases that need not say all of what they are given."""
_MAY_BE_ANYTHING = ("language.reviewed_by", "warning.era", "warning.restrictions")
