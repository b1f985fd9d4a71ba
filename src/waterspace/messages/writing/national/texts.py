"""Warnings in Japanese, Chinese, Russian and Korean, in the form of each coast's own texts and by its own clock.

The words stand in the file of the language, see `waterspace.messages.languages`: machine-made until a speaker has
reviewed them, which the text itself does not say; `standing_text` is to be shown beside it.

What the form does not carry: heights, what is taken out of an area and rings, what moves, times finer than a minute,
positions finer than the language's notation, lengths finer than a hundredth of a mile or a kilometre, bearings finer
than a tenth of a degree. The draft's own words for what goes on are not translated: the category has words instead.
Names of waters that the file does not know and remarks stay in their language; a locality in Latin letters that it
does not know is left out.

Source: wording of regional notices of the Japan Coast Guard and of coastal warnings of the maritime safety
administration of China; the Russian and Korean wording is assumed, after Russian warnings in English and the fields of
the Korean hydrographic agency's warnings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.messages.languages import Standing, language
from waterspace.messages.phrasing.titles import number_text
from waterspace.messages.writing.national.phrases import phrases_of
from waterspace.messages.writing.national.places import notation_for, places_text
from waterspace.messages.writing.national.times import moment_text, times_text
from waterspace.quantity import whole_minute_ms

if TYPE_CHECKING:
    from waterspace.messages.draft import Draft, DraftPart
    from waterspace.messages.phrasing.positions import Notation
    from waterspace.messages.writing.national.phrases import Phrases

__all__ = ["LANGUAGES", "standing_text", "write"]

LANGUAGES = ("ja", "zh", "ru", "ko")
"""The languages in which warnings are written."""

_MACHINE = "TEXT MADE BY A MACHINE - NO SPEAKER HAS REVIEWED IT"
_FLAGS = re.compile(
    r"(?:INTERNATIONAL )?(?:CODE )?(?:SIGNAL )?FLAGS? (?P<flags>[A-Z0-9]{1,4}(?:(?:,| AND|, AND) [A-Z0-9]{1,4})*)"
    r"(?: (?:DISPLAYED|HOISTED|SHOWN))?"
)
_BETWEEN_FLAGS = re.compile(r",? AND |, ")


def write(draft: Draft, code: str) -> str:
    """The text of a warning in a language.

    Args:
        draft: with at least one place or one cancellation.
        code: one of `LANGUAGES`.

    Raises:
        ValueError: there is no such language.
        DraftError: it says nothing, or what the form has no words for.
    """
    if code not in LANGUAGES:
        raise ValueError(f"no warnings are written in {code!r}; there are {', '.join(LANGUAGES)}")
    if not draft.paragraphs and not draft.cancels:
        raise DraftError(f"draft {draft.id!r} has no places and cancels nothing; give it one of them")
    phrases = phrases_of(code)
    notation = notation_for(draft, phrases)
    pieces = [phrases.of("heading", series=_series(draft, phrases), number=_number(draft, phrases))]
    if draft.paragraphs:
        pieces += _title(draft, phrases)
        pieces += [_part(draft, part, phrases, notation) for part in draft.paragraphs]
        pieces.append(phrases.restrictions[draft.restriction])
    pieces += [phrases.of("remark", remark=_remark(remark, phrases)) for remark in draft.remarks]
    if draft.cancels:
        pieces.append(phrases.of("cancel", names=phrases.listed("names", draft.cancels)))
    if draft.cancel_ms is not None and phrases.phrases["cancel_itself"]:
        end_ms = whole_minute_ms(draft.cancel_ms)
        pieces.append(phrases.of("cancel_itself", moment=moment_text(end_ms, phrases)))
    return "".join(pieces).rstrip("\n")


def standing_text(code: str) -> str:
    """What is to be shown beside a text in a language; empty once a speaker has reviewed its words."""
    return "" if language(code).standing is Standing.REVIEWED else _MACHINE


def _series(draft: Draft, phrases: Phrases) -> str:
    """The draft's series where it is in the letters of the language, else the language's own."""
    return draft.series if draft.series and not draft.series.isascii() else phrases.series


def _number(draft: Draft, phrases: Phrases) -> str:
    """The number as the language writes it, or blanks in its place."""
    text = number_text(draft)
    number, slash, year = text.partition("/")
    return phrases.of("number", number=number, year=year) if slash else text


def _title(draft: Draft, phrases: Phrases) -> list[str]:
    """Where it is, on which charts, and what goes on where the language says that first."""
    activity = phrases.listed("names", [phrases.activities[category] for category in draft.categories])
    area = " ".join(_names(draft, phrases))
    if phrases.language.code == "ru":
        area = area.upper()
    title = phrases.of("area", area=area, activity=activity) if area else phrases.of("no_area", activity=activity)
    return [title, phrases.of("charts", charts=phrases.listed("charts", draft.charts)) if draft.charts else ""]


def _names(draft: Draft, phrases: Phrases) -> list[str]:
    """The general area, of two seas both where the language knows them, and the locality if it has letters of it."""
    own, locality = phrases.language, draft.locality.rstrip(".")
    waters = draft.general_area.rstrip(".").split(" AND ")
    names = [phrases.listed("names", [own.sea(name) for name in waters])]
    if not all(map(own.is_known, waters)):
        names = [own.sea(draft.general_area.rstrip("."))]
    if own.is_known(locality) or not locality.isascii():
        names.append(own.sea(locality))
    return [name for name in names if name]


def _part(draft: Draft, part: DraftPart, phrases: Phrases, notation: Notation) -> str:
    """What goes on in some places at some times; where the title says it for all of them, only where and when."""
    times = times_text(part.windows, part.reserves, phrases)
    return phrases.of(
        "part" if len(draft.categories) == 1 else "part_of_several",
        times=phrases.of("alternates", times=times) if part.is_alternate else times,
        places=places_text(part.areas, phrases, notation),
        activity=phrases.activities[draft.category_of(part)],
    )


def _remark(remark: str, phrases: Phrases) -> str:
    """A remark: flags in the words of the language, anything else as it came."""
    found = _FLAGS.fullmatch(remark.upper().rstrip("."))
    if found is None:
        return remark.rstrip(".")
    flags = [phrases.of("flag", flag=name) for name in _BETWEEN_FLAGS.split(found["flags"])]
    return phrases.of("flags", flags=phrases.listed("flags", flags))
