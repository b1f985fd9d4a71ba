"""The phrases of a national text, filled in: what a language's file says of warnings, as values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from waterspace.messages.languages import language
from waterspace.messages.phrasing.positions import Notation
from waterspace.quantity import HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from waterspace.messages.languages import Language

__all__ = ["Phrases", "phrases_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What a language says in warnings.

    Attributes:
        language: with the names of waters, and its standing.
        offset_ms: of the clocks of its texts: local time minus UTC.
        notation: of positions.
        is_shortest: whether positions leave out decimals that say nothing.
        hemispheres: letters of north, south, east and west.
        era: from which years count; empty for the common era.
        era_begins: its first year.
        is_year_first: whether the first of several days names what all of them have in common; else the last does.
        months: January first.
        series: of warnings whose draft names none in this language.
        lists: what stands between the items of a list and before the last of them.
        activities: what goes on, by category.
        restrictions: what ships are asked to do, whole sentences.
        phrases: every other phrase by its name.
    """

    language: Language
    offset_ms: int
    notation: Notation
    is_shortest: bool
    hemispheres: str
    era: str
    era_begins: int
    is_year_first: bool
    months: tuple[str, ...]
    series: str
    lists: Mapping[str, tuple[str, str]]
    activities: Mapping[str, str]
    restrictions: Mapping[str, str]
    phrases: Mapping[str, str]

    def of(self, name: str, **values: object) -> str:
        """A phrase, filled in."""
        return self.phrases[name].format(**values)

    def listed(self, name: str, items: Sequence[str]) -> str:
        """Items as a list."""
        between, before_last = self.lists[name]
        *others, last = items
        return f"{between.join(others)}{before_last}{last}" if others else last

    def years(self, day: date) -> str:
        """The year of a day, counted from the era where there is one."""
        if not self.era or day.year <= self.era_begins:
            return str(day.year)
        return f"{self.era}{day.year - self.era_begins + 1}"


@cache
def phrases_of(code: str) -> Phrases:
    """The phrases of a language.

    Args:
        code: one of the languages in which warnings are written.
    """
    own = language(code)
    table = cast("dict[str, Any]", own.warning)
    offset = str(table["utc_offset"])
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    ahead_ms = hours * HOUR_MS + minutes * MINUTE_MS
    return Phrases(
        language=own,
        offset_ms=-ahead_ms if offset.startswith("-") else ahead_ms,
        notation=Notation[str(table["notation"]).upper()],
        is_shortest=table["is_shortest"],
        hemispheres=table["hemispheres"],
        era=table["era"],
        era_begins=table["era_begins"],
        is_year_first=table["year_stands"] == "first",
        months=tuple(table["months"]),
        series=table["series"],
        lists={name: (pair[0], pair[1]) for name, pair in table["lists"].items()},
        activities=table["activities"],
        restrictions=table["restrictions"],
        phrases=table["phrases"],
    )
