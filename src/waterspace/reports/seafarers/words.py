"""The words of a card for seafarers in a language, from the file of the language that a speaker can mend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from waterspace.messages.draft import Restriction
from waterspace.messages.languages import Standing, language
from waterspace.messages.reading import Category

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.messages.languages import Language

__all__ = ["CardWords", "card_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """Everything that a card says in one language; names in braces are filled in.

    Attributes:
        language: with its code, its standing and the names of waters.
        what: what goes on, by category.
        asked: what ships are asked to do, by restriction.
        advice: what to do at sea, in order; every sentence holds wherever the card is read.
        days: names of the days of the week, Monday first.
        months: names of the months, as they stand in a date.
        is_year_first: whether the first of two days of a year names it; else the last does.
        calendar: how a date is written.
        times: how clocks, hours and days from one to another are written.
        others: every other phrase by its name.
    """

    language: Language
    what: Mapping[Category, str]
    asked: Mapping[Restriction, str]
    advice: tuple[str, ...]
    days: tuple[str, ...]
    months: tuple[str, ...]
    is_year_first: bool
    calendar: Mapping[str, str]
    times: Mapping[str, str]
    others: Mapping[str, str]

    @property
    def is_machine_made(self) -> bool:
        """Whether the card must say that no speaker has reviewed its words."""
        return self.language.standing is Standing.MACHINE

    def number(self, text: str) -> str:
        """A number with the decimal sign of the language."""
        return text.replace(".", self.language.decimal)


@cache
def card_words(code: str) -> CardWords:
    """The words of a card in a language.

    Args:
        code: one of `waterspace.messages.languages.CODES`.
    """
    own = language(code)
    card = cast("dict[str, Any]", own.card)
    calendar = card["calendar"]
    return CardWords(
        language=own,
        what={category: card["what"][category.value] for category in Category},
        asked={restriction: card["asked"][restriction.value] for restriction in Restriction},
        advice=tuple(card["advice"]),
        days=tuple(calendar["days"]),
        months=tuple(calendar["months"]),
        is_year_first=calendar["year_stands"] == "first",
        calendar=calendar,
        times=card["times"],
        others=card["phrases"],
    )
