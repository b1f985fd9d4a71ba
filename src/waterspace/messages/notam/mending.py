"""Coordinates that a line break cut in two, put together again.

Teletype lines end after 69 characters, wherever that is: `N39` at the end of one line and `4300E1192100` at the
beginning of the next are one position. Lists on the web have made of such a break two blanks.

Source: Aeronautical Telecommunications, Annex 10 volume II, 4.4: lines of at most 69 characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from waterspace.messages.reading import Span

__all__ = ["Mended", "mend"]

_HALF = (
    r"[NS]\d{4}(?:\d\d)?(?:\.\d+)?|[EW]\d{5}(?:\d\d)?(?:\.\d+)?"
    r"|\d{4}(?:\d\d)?(?:\.\d+)?[NS]|\d{5}(?:\d\d)?(?:\.\d+)?[EW]"
)
_WHOLE = re.compile(_HALF)
_BREAK = re.compile(r"[ \t\r\n](?:(?<=[\r\n])\s*|[ \t]*[\r\n]\s*|[ \t]+)")
"""Of one sign at least that every break begins with: the search leaps from one to the next."""
_NEAR = frozenset("0123456789NSEW.")
"""What may stand on both sides of a break that cuts a coordinate."""

_TAIL = re.compile(r"[0-9NSEW.]{1,40}\Z")
_HEAD = re.compile(r"[0-9NSEW.]{1,40}")
_LATITUDE = re.compile(r"(?:(\d{4}|\d{6})(?:\.\d+)?[NS]|[NS](\d{4}|\d{6})(?:\.\d+)?)[ ,/-]{1,3}\Z")
_LONGITUDE = re.compile(r"[ ,/-]{0,3}(\d{5}|\d{7})(?:\.\d+)?[EW]")
_SECONDS = re.compile(r"\d\d(?:\.\d+)?[ ,/-]{0,3}[EW]\d{7}")
_REACH = 40
_LON_DIGITS = {4: 5, 6: 7}
"""Digits of a longitude that goes with a latitude of so many."""


class Mended(NamedTuple):
    """A text without the breaks that cut a coordinate.

    Attributes:
        text: what is left.
        starts: places in `text` from which on another shift holds, ascending, the first 0.
        shifts: what to add to a place in `text` from there on.
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def place(self, place: int) -> int:
        """The place in the text as it came."""
        return place + self.shifts[bisect_right(self.starts, place) - 1]

    def span(self, start: int, end: int) -> Span:
        """The span in the text as it came of characters that are left."""
        if len(self.starts) == 1:
            return Span(start, end)
        return Span(self.place(start), self.place(max(end - 1, start)) + min(end - start, 1))


def mend(text: str) -> Mended:
    """Join coordinates that were cut.

    Args:
        text: in capitals, as `lexing.plain` gives it.
    """
    starts, shifts, parts = [0], [0], []
    done = 0
    kept = 0
    near = _NEAR
    for gap in _BREAK.finditer(text):
        start, end = gap.span()
        if text[start - 1 : start] not in near or text[end : end + 1] not in near:
            continue
        if not (_may_cut(text, start, end) and _cuts(text, start, end)):
            continue
        parts.append(text[done : gap.start()])
        kept += gap.start() - done
        done = gap.end()
        starts.append(kept)
        shifts.append(done - kept)
    if not parts:
        return Mended(text, (0,), (0,))
    parts.append(text[done:])
    return Mended("".join(parts), tuple(starts), tuple(shifts))


def _may_cut(text: str, start: int, end: int) -> bool:
    """A cheap look at the words beside a break, which spares most of them the close one."""
    left, right = text[start - 1 : start], text[end : end + 1]
    if left.isalpha() and text[start - 2 : start - 1].isalpha():
        return False
    following = text[end + 1 : end + 2]
    return not (right.isalpha() and (following.isalpha() or following == ")"))


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a break from `start` to `end` lies inside a coordinate."""
    before = _TAIL.search(text, max(start - _REACH, 0), start)
    after = _HEAD.match(text, end)
    if before is None or after is None:
        return False
    right = after[0]
    following = text[after.end() : after.end() + 1]
    if following.isalpha() or following == ")":
        right = right.rstrip("NSEW")
    rest, latitude_digits = _rest(_left(text, before))
    if not latitude_digits:
        latitude = _LATITUDE.search(text, max(before.start() - _REACH, 0), before.start())
        latitude_digits = len(latitude[1] or latitude[2]) if latitude else 0
    if not rest or not right:
        return False
    joined = _WHOLE.match(rest + right)
    if joined is None or joined.end() <= len(rest):
        return False
    if _WHOLE.fullmatch(rest) and not _wants_more(rest, latitude_digits, text, end):
        return False
    alone = _WHOLE.match(right)
    if alone and _stands_alone(rest, right, alone) and not _is_short(alone[0], joined[0], latitude_digits, text, end):
        return False
    return joined[0][-1] in "NSEW" or not (rest + right)[joined.end() : joined.end() + 1].isdigit()


def _stands_alone(rest: str, right: str, alone: re.Match[str]) -> bool:
    """Whether what follows a break may be a coordinate of its own, and what precedes it a number."""
    return not right[alone.end() : alone.end() + 1].isdigit() and rest[-1] not in "NSEW." and rest[0] not in "NSEW"


def _is_short(alone: str, joined: str, latitude_digits: int, text: str, end: int) -> bool:
    """Whether only the joined coordinate has as many digits as the other half of its position asks for."""
    counts = [sum(sign.isdigit() for sign in half.partition(".")[0]) for half in (alone, joined)]
    if alone[-1] in "EW":
        wanted = _LON_DIGITS.get(latitude_digits)
    else:
        longitude = _LONGITUDE.match(text, end + len(alone))
        wanted = len(longitude[1]) - 1 if longitude else None
    return counts[0] != wanted and counts[1] == wanted


def _left(text: str, before: re.Match[str]) -> str:
    """What stands before a break, without the end of a word and without the first parts of `59 49 00S`."""
    start = before.start()
    found = before[0]
    if start and text[start - 1].isalpha():
        found = found.lstrip("NSEW")
    is_part = found.isdigit() and len(found) <= len("59") and text[max(start - 2, 0) : start][:1].isdigit()
    return "" if is_part and text[start - 1] == " " else found


def _rest(left: str) -> tuple[str, int]:
    """What is left of a run after the whole coordinates at its beginning, and the digits of the last latitude."""
    place, digits = 0, 0
    while place < len(left):
        whole = _WHOLE.match(left, place)
        if whole is None or (whole.end() == len(left) and left[place] in "NSEW"):
            break
        if whole.end() < len(left) and left[whole.end()].isdigit() and left[place] in "NSEW":
            break
        if any(letter in whole[0] for letter in "NS"):
            digits = sum(sign.isdigit() for sign in whole[0].partition(".")[0])
        place = whole.end()
    return left[place:], digits


def _wants_more(rest: str, latitude_digits: int, text: str, end: int) -> bool:
    """Whether a coordinate with its hemisphere first is shorter than the other half of its position asks for."""
    if rest[0] not in "NSEW":
        return False
    digits = sum(sign.isdigit() for sign in rest.partition(".")[0])
    if rest[0] in "EW":
        return digits < _LON_DIGITS.get(latitude_digits, digits) and text[end].isdigit()
    return _SECONDS.match(text, end) is not None
