"""Words of time: what the grammar of times sees of a message's tokens.

Everything that says nothing of time becomes a `Sort.BREAK`, so that a grammar looks only at what may belong to it.
"""

from __future__ import annotations

from enum import IntEnum, auto
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.lexing import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.lexing import Token

__all__ = ["MONTHS", "PLURAL", "WEEKDAYS", "ZULU", "Mark", "Sort", "TimeCursor", "marks"]


class Sort(IntEnum):
    """Sorts of marks.

    `DAY` is a number of one or two digits, `CLOCK` one of four, `GROUP` one of six; what they are, the grammar decides.
    `NUMBER` is any other.
    """

    BREAK = auto()
    STOP = auto()
    DAY = auto()
    CLOCK = auto()
    GROUP = auto()
    NUMBER = auto()
    MONTH = auto()
    WEEKDAY = auto()
    ZONE = auto()
    SUN = auto()
    DAYLIGHT = auto()
    TO = auto()
    UNTIL = auto()
    AND = auto()
    COMMA = auto()
    FROM = auto()
    AT = auto()
    FOR = auto()
    BETWEEN = auto()
    DAILY = auto()
    EVERY = auto()
    EXCEPT = auto()
    RESERVE = auto()
    HOURS = auto()
    DAYS = auto()
    PROGRESS = auto()
    NOTICE = auto()
    HOLIDAYS = auto()
    FILLER = auto()
    OPEN = auto()
    CLOSE = auto()
    UNIT = auto()
    REPORT = auto()
    THIS = auto()


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


PLURAL = 10
"""Added to the number of a weekday that is said as `MONDAYS`."""
ZULU = 0
"""Minutes east of UTC of a time in UTC."""

_MONTH_NAMES = (
    "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER"  # in their order
).split()
MONTHS = {
    **{name: number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)},
    "SEPT": _MONTH_NAMES.index("SEPTEMBER") + 1,
}
"""Names of months and their usual short forms, to their numbers from 1."""

_WEEKDAY_NAMES = "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY".split()
WEEKDAYS = {
    **{name[:3]: number for number, name in enumerate(_WEEKDAY_NAMES)},
    **{name: number for number, name in enumerate(_WEEKDAY_NAMES)},
    **{f"{name}S": number + PLURAL for number, name in enumerate(_WEEKDAY_NAMES)},
    "TUES": 1,
    "THUR": 3,
    "THURS": 3,
}
"""Names of weekdays and their usual short forms, to their numbers from 0 for Monday."""

_HOUR_MIN = 60
_ZONES = {
    "UTC": ZULU,
    "GMT": ZULU,
    "UT": ZULU,
    "Z": ZULU,
    "ZULU": ZULU,
    "JST": 9 * _HOUR_MIN,
    "KST": 9 * _HOUR_MIN,
    "HKT": 8 * _HOUR_MIN,
    "MSK": 3 * _HOUR_MIN,
    "LOCAL": None,
    "LT": None,
}
_LETTERS = {
    **{letter: shift * _HOUR_MIN for shift, letter in enumerate("ABCDEFGHIKLM", 1)},
    **{letter: -shift * _HOUR_MIN for shift, letter in enumerate("NOPQRSTUVWXY", 1)},
}
"""Letters of the military time zones and their minutes east of UTC; J is the observer's own and is none of them."""

_WORDS: dict[str, tuple[Sort, int | None]] = {
    **{word: (Sort.MONTH, number) for word, number in MONTHS.items()},
    **{word: (Sort.WEEKDAY, number) for word, number in WEEKDAYS.items()},
    **{word: (Sort.ZONE, shift) for word, shift in _ZONES.items()},
    "SUNRISE": (Sort.SUN, 0),
    "SUNSET": (Sort.SUN, 1),
    "DAYLIGHT": (Sort.DAYLIGHT, 0),
    "DARKNESS": (Sort.DAYLIGHT, 1),
    **dict.fromkeys(("TO", "THRU", "THROUGH", "THRU'"), (Sort.TO, None)),
    **dict.fromkeys(("UNTIL", "TILL", "UNTILL"), (Sort.UNTIL, None)),
    "AND": (Sort.AND, None),
    **dict.fromkeys(("FROM", "COMMENCING", "COMMENCE", "COMMENCES", "STARTING", "BEGINNING", "SINCE"), (Sort.FROM, 0)),
    **dict.fromkeys(("AT", "ON", "OF"), (Sort.AT, None)),
    "FOR": (Sort.FOR, None),
    "BETWEEN": (Sort.BETWEEN, None),
    **dict.fromkeys(("DAILY", "NIGHTLY"), (Sort.DAILY, None)),
    **dict.fromkeys(("EVERY", "EACH"), (Sort.EVERY, None)),
    **dict.fromkeys(("EXCEPT", "EXCEPTING", "EXCLUDING"), (Sort.EXCEPT, None)),
    **dict.fromkeys(
        ("ALTERNATE", "ALTERNATES", "ALTERNATIVE", "ALTERNATIVES", "RESERVE", "RESERVES", "RESERVED", "BACKUP"),
        (Sort.RESERVE, None),
    ),
    **dict.fromkeys(("HOURS", "HOUR", "HRS", "HR"), (Sort.HOURS, None)),
    **dict.fromkeys(("DAYS", "DAY"), (Sort.DAYS, None)),
    "PROGRESS": (Sort.PROGRESS, None),
    "UFN": (Sort.NOTICE, None),
    "NOTICE": (Sort.NOTICE, None),
    **dict.fromkeys(("HOLIDAYS", "HOLIDAY"), (Sort.HOLIDAYS, None)),
    "WEEKDAYS": (Sort.WEEKDAY, 2 * PLURAL),
    "WEEKENDS": (Sort.WEEKDAY, 2 * PLURAL + 1),
    **dict.fromkeys(
        ("METERS", "METER", "METRES", "METRE", "MILES", "MILE", "FEET", "FATHOMS", "KM", "NM", "KHZ", "MHZ", "KNOTS"),
        (Sort.UNIT, None),
    ),
    **dict.fromkeys(
        ("REPORTED", "RECEIVED", "SIGHTED", "OBSERVED", "SEEN", "ADRIFT", "OVERDUE", "LAST", "FLIGHT", "BULLETIN"),
        (Sort.REPORT, None),
    ),
    **dict.fromkeys(("FURTHER", "THE", "DURING", "TIME", "DATE", "DATES", "PERIOD", "PERIODS"), (Sort.FILLER, None)),
}
_AFTER_THE_VERB = frozenset(
    "BE NOT HAVE CAUSE LIKELY AFFECT RESULT EXPERIENCE INTERFERE PASS DEVIATE OCCUR EXIST ALSO CONTACT".split()
)
"""Words that show a `MAY` before them to be no month."""
_SIGNS = {
    ",": Sort.COMMA,
    ";": Sort.COMMA,
    "/": Sort.COMMA,
    "&": Sort.AND,
    "-": Sort.TO,
    ".": Sort.STOP,
    "(": Sort.OPEN,
    ")": Sort.CLOSE,
}
_NUMBERS = {1: Sort.DAY, 2: Sort.DAY, 4: Sort.CLOCK, 6: Sort.GROUP}


def marks(tokens: Sequence[Token]) -> list[Mark]:
    """What the grammar of times sees of tokens, unknown words in a row as one; ends with some of `Sort.BREAK`."""
    found: list[Mark] = []
    last = Sort.COMMA
    for index, (kind, text, start, end, *_) in enumerate(tokens):
        mark: Mark | None = None
        if kind is _WORD:
            known = _WORDS.get(text)
            if known is not None:
                last = known[0]
                found.append(Mark(last, known[1], start, end))
                continue
            if found:
                _mend(found, text)
                mark = _after_digits(found, text, start)
                last = found[-1].sort
                if mark is None and found[-1].end == end:
                    continue
        elif kind is _NUMBER or kind is _ZULU:
            mark = _number(found, tokens, index)
            if mark is None:
                last = found[-1].sort
                continue
        elif kind is _SIGN:
            mark = _sign(text, start, end, last)
        if mark is not None:
            found.append(mark)
            last = mark.sort
        elif last is not _BREAK or text == "T":
            found.append(Mark(_BREAK, None, start, end))
            last = _BREAK
    place = tokens[-1].end if tokens else 0
    found.extend([Mark(_BREAK, None, place, place)] * _AHEAD)
    return found


_WORD, _NUMBER, _ZULU, _SIGN, _BREAK = Kind.WORD, Kind.NUMBER, Kind.ZULU, Kind.SIGN, Sort.BREAK


def _sign(text: str, start: int, end: int, last: Sort) -> Mark | None:
    """The mark of a sign; a comma after what says nothing of time says nothing either."""
    sort = _SIGNS.get(text)
    if sort is None:
        return Mark(_BREAK, None, start, end) if text in (":", "+") else None
    return None if last is _BREAK and sort is Sort.COMMA else Mark(sort, None, start, end)


def _mend(found: list[Mark], text: str) -> None:
    """Take back the month May where the word after it shows it to be a verb."""
    before = found[-1]
    if before.sort is Sort.MONTH and text in _AFTER_THE_VERB and before.value == MONTHS["MAY"]:
        found[-1] = Mark(_BREAK, None, before.start, before.end)


def _after_digits(found: list[Mark], text: str, start: int) -> Mark | None:
    """A short word that is nothing of its own and stands right after another: an ordinal's ending, a zone's letter.

    Returns:
        A mark to append; None where there is none, and the one before ends where the word does if it took it.
    """
    before = found[-1]
    if len(text) > len("TH") or before.end != start:
        return None
    if before.sort is Sort.DAY and text in ("ST", "ND", "RD", "TH"):
        found[-1] = before._replace(end=start + len(text))
    elif before.sort in (Sort.CLOCK, Sort.GROUP) and not before.is_zulu and text in _LETTERS:
        return Mark(Sort.ZONE, _LETTERS[text], start, start + len(text))
    return None


def _number(found: list[Mark], tokens: Sequence[Token], index: int) -> Mark | None:
    """The mark of a number.

    `T0` read for `TO`, `09:00` and `UTC+8` are mended here, in the marks before it.
    """
    token = tokens[index]
    text = token.text
    if token.kind is Kind.ZULU:
        return Mark(_NUMBERS[len(text)], int(text), token.start, token.end, is_zulu=True)
    before = tokens[index - 1] if index else None
    if before is not None and before.end == token.start:
        if text == "0" and before.text == "T":
            found.pop()
            return Mark(Sort.TO, None, before.start, token.end)
        if before.text == ":" and len(text) == len("00") and len(found) > 1 and found[-2].sort is Sort.DAY:
            found.pop()
            hours = found.pop()
            return Mark(Sort.CLOCK, 100 * (hours.value or 0) + int(text), hours.start, token.end)
        if before.text in "+-" and len(found) > 1 and found[-2].sort is Sort.ZONE and "." not in text:
            shift = int(text) * _HOUR_MIN if len(text) < len("000") else _minutes(int(text))
            found.pop()
            zone = found.pop()
            found.append(Mark(Sort.ZONE, shift if before.text == "+" else -shift, zone.start, token.end))
            return None
    sort = _NUMBERS.get(len(text), Sort.NUMBER) if "." not in text else Sort.BREAK
    return Mark(
        sort, int(text) if sort is not Sort.BREAK and len(text) < len("1" * 9) else None, token.start, token.end
    )


def _minutes(clock: int) -> int:
    """Minutes of hours and minutes written as one number."""
    hours, minutes = divmod(clock, 100)
    return hours * _HOUR_MIN + minutes


_AHEAD = 8
"""Marks of `Sort.BREAK` at the end, more than any rule looks ahead, so that none needs to ask whether it may."""
_IN_A_LIST = frozenset({Sort.DAY, Sort.TO, Sort.UNTIL, Sort.AND, Sort.COMMA, Sort.OPEN, Sort.CLOSE, Sort.RESERVE})


class TimeCursor:
    """A place in a list of marks.

    Attributes:
        marks: all of them.
        at: index of the next.
        years: that a number of two or four digits after a month may be, with and without their century.
    """

    __slots__ = ("_reaches", "at", "marks", "years")

    def __init__(self, found: list[Mark], years: frozenset[int] = frozenset()) -> None:
        """Stand before the first mark."""
        self.marks = found
        self.at = 0
        self.years = years
        self._reaches: list[bool] = []

    @property
    def reaches(self) -> list[bool]:
        """For each mark whether a list of days that goes on from it comes to the name of a month."""
        if not self._reaches:
            found = [False] * (len(self.marks) + 1)
            for index in range(len(self.marks) - 1, -1, -1):
                sort = self.marks[index].sort
                found[index] = sort is Sort.MONTH or (found[index + 1] and sort in _IN_A_LIST)
            self._reaches = found
        return self._reaches

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
