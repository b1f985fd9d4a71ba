"""A small scan of national texts in Russian and Korean: positions, lengths and times found again by their own marks.

It shares nothing with the writer: no phrases, no tables, no arithmetic of dates but Python's own.
"""
# ruff: noqa: RUF001  # their letters are theirs

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

__all__ = ["KOREAN", "RUSSIAN", "Marks", "lengths", "positions", "times"]

_MONTHS = [
    "ЯНВАРЯ",
    "ФЕВРАЛЯ",
    "МАРТА",
    "АПРЕЛЯ",
    "МАЯ",
    "ИЮНЯ",
    "ИЮЛЯ",
    "АВГУСТА",
    "СЕНТЯБРЯ",
    "ОКТЯБРЯ",
    "НОЯБРЯ",
    "ДЕКАБРЯ",
]


@dataclass(frozen=True)
class Marks:
    """What marks a language's texts."""

    hours_ahead: int
    position: str
    south_west: str
    length: str
    times: str
    day: str
    through: str
    hours: str
    next_day: str
    stretch: str
    reserve: str
    is_backwards: bool


RUSSIAN = Marks(
    hours_ahead=3,
    position=r"(\d\d)-(\d\d(?:\.\d+)?)([СЮ]) (\d{3})-(\d\d(?:\.\d+)?)([ВЗ])",
    south_west="ЮЗ",
    length=r"([\d.]+) МИЛ[ЬИ]",
    times=r"^(?:[А-Я -]+?) ((?:С )?\d.*МСК.*)$",
    day=rf"(?P<d>\b\d{{1,2}})(?: (?P<m>{'|'.join(_MONTHS)}))?(?: (?P<y>\d{{4}}))?(?=[ ,]|$)",
    through=r"^ ПО $",
    hours=r"(?P<a>\d{4}) ДО (?P<b>\d{4})(?P<n> СЛЕДУЮЩЕГО ДНЯ)?",
    next_day=" СЛЕДУЮЩЕГО ДНЯ",
    stretch=r"С (\d{4}) МСК (\d+ [А-Я]+ \d{4}) ДО (\d{4}) МСК (\d+ [А-Я]+ \d{4})",
    reserve=r", РЕЗЕРВ (.*)$",
    is_backwards=True,
)
KOREAN = Marks(
    hours_ahead=9,
    position=r"(\d\d)-(\d\d-\d\d)([NS]) (\d{3})-(\d\d-\d\d)([EW])",
    south_west="SW",
    length=r"([\d.]+)해리",
    times=r"^일시: (.*)$",
    day=r"(?:(?P<y>\d{4})년 )?(?:(?P<m>\d{1,2})월 )?(?P<d>\d{1,2})일",
    through=r"^ ~ $",
    hours=r"(?P<a>\d\d:\d\d) ~ (?P<n>다음 날 )?(?P<b>\d\d:\d\d)",
    next_day="다음 날 ",
    stretch=r"(\d{4}년 \d+월 \d+일) (\d\d:\d\d)부터 ((?:\d{4}년 )?(?:\d+월 )?\d+일) (\d\d:\d\d)까지",
    reserve=r"(?:,| \() ?예비일 (.*?)\)?$",
    is_backwards=False,
)


def positions(text: str, marks: Marks) -> list[tuple[float, float]]:
    """Latitudes and longitudes, in degrees, in the order of the text."""

    def degrees(whole: str, rest: str, letter: str) -> float:
        minutes, _, seconds = rest.partition("-")
        value = int(whole) + float(minutes) / 60.0 + float(seconds or 0) / 3600.0
        return -value if letter in marks.south_west else value

    found = re.findall(marks.position, text)
    return [(degrees(*one[:3]), degrees(*one[3:])) for one in found]


def lengths(text: str, marks: Marks) -> list[float]:
    """Lengths in miles, in the order of the text."""
    return [float(number) for number in re.findall(marks.length, text)]


def times(text: str, marks: Marks) -> list[tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
    """Windows and alternate windows of each paragraph, in milliseconds since 1970."""
    made = []
    for match in re.finditer(marks.times, text, re.MULTILINE):
        main, reserves = match[1], ""
        reserve = re.search(marks.reserve, main)
        if reserve is not None:
            main, reserves = main[: reserve.start()], reserve[1]
        windows, hours = _windows(main, marks)
        alternates, _ = _windows(reserves, marks)
        if reserves and not alternates:
            count = len(_days(main, marks))
            days = _days(reserves, marks) if marks.is_backwards else _days(f"{main}, {reserves}", marks)[count:]
            alternates = _on(days, hours, marks)
        made.append((sorted(windows), sorted(alternates)))
    return made


def _windows(text: str, marks: Marks) -> tuple[list[tuple[int, int]], list[re.Match[str]]]:
    """The windows of a clause, and the hours of its last days."""
    found = []
    for match in re.finditer(marks.stretch, text):
        if marks.is_backwards:
            ends = [(match[2], match[1]), (match[4], match[3])]
        else:
            ends = [(match[1], match[2]), (match[3], match[4])]
        first, last = _days(f"{ends[0][0]}, {ends[1][0]}", marks)
        found.append((_ms(first, ends[0][1], marks), _ms(last, ends[1][1], marks)))
    rest = re.sub(marks.stretch, lambda match: "#" * len(match[0]), text)
    hours = list(re.finditer(marks.hours, rest))
    groups: list[tuple[str, list[re.Match[str]]]] = []
    end = 0
    for match in hours:
        before = rest[end : match.start()]
        end = match.end()
        if re.search(marks.day, before.replace("#", "")):
            groups.append((before.replace("#", ""), [match]))
        else:
            groups[-1][1].append(match)
    for before, several in groups:
        found += _on(_days(before, marks), several, marks)
    return found, groups[-1][1] if groups else []


def _on(days: list[datetime], hours: list[re.Match[str]], marks: Marks) -> list[tuple[int, int]]:
    made = []
    for day in days:
        for match in hours:
            end = day + timedelta(days=1) if match["n"] else day
            made.append((_ms(day, match["a"], marks), _ms(end, match["b"], marks)))
    return made


def _days(text: str, marks: Marks) -> list[datetime]:
    """The days of a text, ranges filled."""
    matches = [match for match in re.finditer(marks.day, text) if match["d"]]
    year = month = ""
    dated: list[datetime] = []
    for match in reversed(matches) if marks.is_backwards else matches:
        year, month = match["y"] or year, match["m"] or month
        number = _MONTHS.index(month) + 1 if marks.is_backwards else int(month)
        dated.append(datetime(int(year), number, int(match["d"]), tzinfo=UTC))
    if marks.is_backwards:
        dated.reverse()
    found: list[datetime] = []
    for at, day in enumerate(dated):
        if at and re.match(marks.through, text[matches[at - 1].end() : matches[at].start()]):
            while found[-1] + timedelta(days=1) < day:
                found.append(found[-1] + timedelta(days=1))
        found.append(day)
    return found


def _ms(day: datetime, clock: str, marks: Marks) -> int:
    digits = clock.replace(":", "")
    at = day + timedelta(hours=int(digits[:2]) - marks.hours_ahead, minutes=int(digits[2:]))
    return round(at.timestamp() * 1000)
