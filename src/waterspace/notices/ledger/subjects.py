"""What a text that was sent says of goings-on, and what it asks of ships or aircraft, in the words of English texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.messages.category import category
from waterspace.messages.draft import Restriction
from waterspace.messages.lexing import tokens
from waterspace.messages.reading import Category
from waterspace.messages.writing.styles import STYLES

if TYPE_CHECKING:
    from waterspace.messages.draft import Draft, DraftPart

__all__ = ["asked_in", "is_english", "subjects_of"]

_NOT_LATIN = re.compile(r"[\u0370-\u1dff\u3040-\ud7ff]")
_ASKED = {
    Restriction.PROHIBITED_INSIDE: re.compile(r"\bTERRITORIAL (?:WATERS?|SEAS?)\b"),
    Restriction.PROHIBITED: re.compile(
        r"\b(?:NAVIGATION|ENTERING|ENTRY|PASSAGE|TRANSIT|FLIGHTS?|FLYING)\b[^.]*\b(?:PROHIBITED|FORBIDDEN)\b"
        r"|\b(?:PROHIBITED|FORBIDDEN) (?:TO|FROM) (?:ENTER|NAVIGAT|FLY)"
    ),
    Restriction.DANGEROUS: re.compile(r"\bDANGEROUS (?:TO|FOR)\b"),
    Restriction.WIDE_BERTH: re.compile(r"\bBERTH\b|\bCLEAR\b|\bAVOID\b"),
}
"""What asks for what, the strictest first; beside the words of our own texts a few that mean the same, assumed."""

_STRICT = frozenset({Restriction.DANGEROUS, Restriction.PROHIBITED, Restriction.PROHIBITED_INSIDE})
_OF_ASKING = frozenset({Category.HAZARDOUS_OPERATIONS, Category.NAVIGATION_PROHIBITED})
"""What a text may be taken for that says what ships or aircraft are asked to do and not what goes on."""


def is_english(text: str) -> bool:
    """Whether a text has Latin letters alone, so that its words may be looked at."""
    return not _NOT_LATIN.search(text)


def asked_in(text: str, draft: Draft) -> Restriction | None:
    """What a text asks for; None where that is what its draft asks for.

    Args:
        text: in English.
        draft: of it; what its own goings-on and remarks say is not asked for by the text.
    """
    told = _asked(text)
    if draft.restriction in told:
        return None
    own = _asked(". ".join((*map(_words, _activities(draft)), *draft.remarks, draft.general_area, draft.locality)))
    found = next((one for one in _ASKED if one in told - own), Restriction.NONE)
    return None if found is draft.restriction else found


def subjects_of(draft: Draft, part: DraftPart) -> frozenset[Category]:
    """All that a reader may take a paragraph of a draft for, as its words and what is asked of ships are read."""
    own = _words(draft.activity_of(part) or _of_style(draft, draft.category_of(part)))
    after = ". ".join((STYLES[draft.issuer].restrictions[draft.restriction], *draft.remarks))
    about = {draft.category_of(part), _read(own), _read(f"{own}. {after}")}
    if _read(own) is Category.OTHER:
        about.add(_read(". ".join((*_activities(draft), draft.general_area, draft.locality, after))))
        about |= _OF_ASKING if draft.restriction in _STRICT else set()
    return frozenset(about)


def _asked(text: str) -> set[Restriction]:
    words = _words(text)
    found = {one for one, pattern in _ASKED.items() if pattern.search(words)}
    if Restriction.PROHIBITED_INSIDE in found:
        is_asked = re.search(r"\b(?:PROHIBITED|FORBIDDEN)\b", words) is not None
        found -= {Restriction.PROHIBITED, Restriction.DANGEROUS} if is_asked else {Restriction.PROHIBITED_INSIDE}
    return found


def _activities(draft: Draft) -> list[str]:
    """What goes on in each paragraph, in the words of its text."""
    return [draft.activity_of(part) or _of_style(draft, draft.category_of(part)) for part in draft.paragraphs]


def _of_style(draft: Draft, about: Category) -> str:
    return STYLES[draft.issuer].activities[about]


def _words(text: str) -> str:
    return " ".join(text.upper().split())


def _read(words: str) -> Category:
    return category(tokens(words.upper()))
