"""What the grammar of times sees of a message's tokens, and a cursor over it.

Everything that says nothing of time becomes a `Sort.BREAK`, so that a rule looks only at what may belong to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.lexing import Kind
from waterspace.messages.timewords import AFTER_THE_VERB, LETTERS, MONTHS, NUMBERS, SIGNS, WORDS, Sort
from waterspace.quantity import HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.lexing import Token

__all__ = ["Mark", "TimeCursor", "marks"]

_AHEAD = 8
"""Marks of `Sort.BREAK` at the end, more than any rule looks ahead, so that none needs to ask whether it may."""
_WORD, _NUMBER, _ZULU, _SIGN = Kind.WORD, Kind.NUMBER, Kind.ZULU, Kind.SIGN
_BREAK = Sort.BREAK
_HOUR_MIN = HOUR_MS // MINUTE_MS
_LONGEST_NUMBER = 9
_ENDING = frozenset({Sort.DAY, Sort.CLOCK, Sort.GROUP, Sort.MONTH})
"""What an unknown word may end, or show to be no time."""
_JOINING = (":", "+")
"""Signs that may stand between the halves of a time although they say nothing of time themselves."""
_IN_A_LIST = frozenset({Sort.DAY, Sort.TO, Sort.UNTIL, Sort.AND, Sort.COMMA, Sort.OPEN, Sort.CLOSE, Sort.RESERVE})


class Mark(NamedTuple):
    """What the grammar of times sees of a token.

    Attributes:
        sort: of it.
        value: the number; the month from 1; the weekday from 0 for Monday, `PLURAL` more for Mondays; the minutes
            east of UTC of a zone, None where nobody says them; 0 for sunrise and 1 for sunset.
        start: place of its first character in the text.
        end: place after its last.
        is_zulu: a time with its Z.
    """

    sort: Sort
    value: int | None
    start: int
    end: int
    is_zulu: bool = False


def marks(tokens: Sequence[Token]) -> list[Mark]:
    """What the grammar of times sees of tokens, unknown words in a row as one; ends with some of `Sort.BREAK`."""
    found: list[Mark] = []
    words, signs, make = WORDS, SIGNS, tuple.__new__  # the constructor of a named tuple takes twice as long
    last = Sort.COMMA
    for index, (kind, text, start, end, _, _, _) in enumerate(tokens):
        if kind is _WORD:
            known = words.get(text)
            if known is not None:
                last, value = known
                found.append(make(Mark, (last, value, start, end, False)))
            elif last in _ENDING:
                _behind(found, text, start, end)
                last = found[-1].sort
            elif last is not _BREAK or text == "T":
                last = _BREAK
                found.append(make(Mark, (_BREAK, None, start, end, False)))
        elif kind is _SIGN:
            sort = signs.get(text, _BREAK)
            if last is not _BREAK or not (sort is Sort.COMMA or (sort is _BREAK and text not in _JOINING)):
                last = sort  # and a comma after what says nothing of time says nothing either
                found.append(make(Mark, (sort, None, start, end, False)))
        elif kind is _NUMBER or kind is _ZULU:
            _number(found, tokens, index)
            last = found[-1].sort
        elif last is not _BREAK:
            last = _BREAK
            found.append(make(Mark, (_BREAK, None, start, end, False)))
    place = tokens[-1].end if tokens else 0
    found.extend([Mark(_BREAK, None, place, place)] * _AHEAD)
    return found


def _behind(found: list[Mark], text: str, start: int, end: int) -> None:
    """Add a word that is no word of time behind a number or a month.

    It may be the ending of an ordinal or the letter of a zone right after digits, or show a `MAY` to be a verb.
    """
    before = found[-1]
    if before.end == start:
        if before.sort is Sort.DAY and text in ("ST", "ND", "RD", "TH"):
            found[-1] = before._replace(end=end)
            return
        if before.sort in (Sort.CLOCK, Sort.GROUP) and not before.is_zulu and text in LETTERS:
            found.append(Mark(Sort.ZONE, LETTERS[text], start, end))
            return
    if before.sort is Sort.MONTH and before.value == MONTHS["MAY"] and text in AFTER_THE_VERB:
        found[-1] = Mark(_BREAK, None, before.start, before.end)
    found.append(Mark(_BREAK, None, start, end))


def _number(found: list[Mark], tokens: Sequence[Token], index: int) -> None:
    """Add a number, or a time with its Z."""
    kind, text, start, end = tokens[index][:4]
    if kind is _ZULU:
        found.append(Mark(NUMBERS[len(text)], int(text), start, end, is_zulu=True))
        return
    before = tokens[index - 1] if index else None
    if before is not None and before.end == start and _joined(found, text, end, before):
        return
    sort = NUMBERS.get(len(text), Sort.NUMBER) if "." not in text else _BREAK
    value = int(text) if sort is not _BREAK and len(text) <= _LONGEST_NUMBER else None
    found.append(tuple.__new__(Mark, (sort, value, start, end, False)))


def _joined(found: list[Mark], text: str, end: int, before: Token) -> bool:
    """Add a number that stands right behind another token, if it means something with it.

    `T0` is read for `TO`; the others are `09:00`, `UTC+8`, `H24` and names such as `X12`, which are no days.
    """
    if text == "0" and before.text == "T":
        found[-1] = Mark(Sort.TO, None, before.start, end)
    elif before.text == ":" and len(text) == len("00") and len(found) > 1 and found[-2].sort is Sort.DAY:
        found.pop()
        hours = found.pop()
        found.append(Mark(Sort.CLOCK, 100 * (hours.value or 0) + int(text), hours.start, end))
    elif before.text in ("+", "-") and len(found) > 1 and found[-2].sort is Sort.ZONE and text.isdigit():
        shift = int(text) * _HOUR_MIN if len(text) < len("000") else _minutes(int(text))
        found.pop()
        zone = found.pop()
        found.append(Mark(Sort.ZONE, shift if before.text == "+" else -shift, zone.start, end))
    elif before.text == "H" and text == "24":
        found += [Mark(Sort.DAY, int(text), before.start, end), Mark(Sort.HOURS, None, end, end)]
    elif before.kind is not _WORD or before.text in WORDS:
        return False
    elif found[-1].sort is not _BREAK:
        found.append(Mark(_BREAK, None, before.end, end))
    return True


def _minutes(clock: int) -> int:
    """Minutes of hours and minutes written as one number."""
    hours, minutes = divmod(clock, 100)
    return hours * _HOUR_MIN + minutes


class TimeCursor:
    """A place in a list of marks.

    Attributes:
        marks: all of them.
        at: index of the next.
        years: that a number of two or four digits after a month may be, with and without their century.
    """

    __slots__ = ("_seen", "at", "marks", "years")

    def __init__(self, found: list[Mark], years: frozenset[int] = frozenset()) -> None:
        """Stand before the first mark."""
        self.marks = found
        self.at = 0
        self.years = years
        self._seen = (0, 0, False)

    def reaches(self, at: int) -> bool:
        """Whether a list of days that goes on from a mark comes to the name of a month.

        What was found is kept for all marks that were passed, so that long lists take no more time than they are long.
        """
        first, last, answer = self._seen
        if not first <= at < last:
            last = at
            while self.marks[last].sort in _IN_A_LIST:
                last += 1
            answer = self.marks[last].sort is Sort.MONTH and self.marks[last - 1].sort not in (Sort.TO, Sort.UNTIL)
            self._seen = (at, last + 1, answer)
        return answer

    def sort(self, ahead: int = 0) -> Sort:
        """The sort of a mark ahead, at most a few."""
        return self.marks[self.at + ahead].sort

    def take(self) -> Mark:
        """The next mark, and go past it."""
        mark = self.marks[self.at]
        self.at += 1
        return mark

    def skip(self, *sorts: Sort) -> bool:
        """Go past marks of some sorts; whether there were any."""
        before = self.at
        while self.marks[self.at].sort in sorts:
            self.at += 1
        return self.at > before
