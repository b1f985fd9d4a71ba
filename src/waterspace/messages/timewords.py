"""The words of times: names of months and weekdays, zones, signs and whatever else the grammar of times knows."""

from __future__ import annotations

from enum import IntEnum, auto
from typing import Final

from waterspace.quantity import HOUR_MS, MINUTE_MS

__all__ = [
    "AFTER_THE_VERB",
    "LETTERS",
    "MONTHS",
    "NUMBERS",
    "PLURAL",
    "SIGNS",
    "WEEKDAYS",
    "WORDS",
    "ZULU",
    "Sort",
]


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
    SHIFT = auto()
    THIS = auto()


PLURAL = 10
"""Added to the number of a weekday that is said as `MONDAYS`."""
ZULU = 0
"""Minutes east of UTC of a time in UTC."""

_MONTH_NAMES = (
    *("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE"),
    *("JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"),
)
MONTHS = {
    **{name: number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)},
    "SEPT": _MONTH_NAMES.index("SEPTEMBER") + 1,
}
"""Names of months and their usual short forms, to their numbers from 1."""

_WEEKDAY_NAMES = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
WEEKDAYS = {
    **{name[:3]: number for number, name in enumerate(_WEEKDAY_NAMES)},
    **{name: number for number, name in enumerate(_WEEKDAY_NAMES)},
    **{f"{name}S": number + PLURAL for number, name in enumerate(_WEEKDAY_NAMES)},
    "TUES": 1,
    "THUR": 3,
    "THURS": 3,
}
"""Names of weekdays and their usual short forms, to their numbers from 0 for Monday."""

_HOUR_MIN = HOUR_MS // MINUTE_MS
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
LETTERS = {
    **{letter: shift * _HOUR_MIN for shift, letter in enumerate("ABCDEFGHIKLM", 1)},
    **{letter: -shift * _HOUR_MIN for shift, letter in enumerate("NOPQRSTUVWXY", 1)},
}
"""Letters of the military time zones and their minutes east of UTC; J is the observer's own and is none of them."""

WORDS: dict[str, tuple[Sort, int | None]] = {
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
    **dict.fromkeys(("BEFORE", "AFTER"), (Sort.SHIFT, None)),
    **dict.fromkeys(
        ("FURTHER", "THE", "DURING", "TIME", "DATE", "DATES", "PERIOD", "PERIODS", "END", "MONTH", "WEEK"),
        (Sort.FILLER, None),
    ),
}
AFTER_THE_VERB: Final = frozenset(
    {
        *("BE", "NOT", "HAVE", "CAUSE", "LIKELY", "AFFECT", "RESULT", "EXPERIENCE", "INTERFERE", "PASS", "DEVIATE"),
        *("OCCUR", "EXIST", "ALSO", "CONTACT"),
    }
)
"""Words that show a `MAY` before them to be no month."""
SIGNS: Final = {
    ",": Sort.COMMA,
    ";": Sort.COMMA,
    "/": Sort.COMMA,
    "&": Sort.AND,
    "-": Sort.TO,
    ".": Sort.STOP,
    "(": Sort.OPEN,
    ")": Sort.CLOSE,
}
NUMBERS: Final = {1: Sort.DAY, 2: Sort.DAY, 4: Sort.CLOCK, 6: Sort.GROUP}
