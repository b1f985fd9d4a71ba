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
_BREAK = re.compile(r"[ \t]*[\r\n]\s*|[ \t]{2,}")
_NEAR = frozenset("0123456789NSEW.")
"""What may stand on both sides of a break that cuts a coordinate."""

_TAIL = re.compile(r"[0-9NSEW.]{1,40}\Z")
_HEAD = re.compile(r"[0-9NSEW.]{1,40}")
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
    for gap in _BREAK.finditer(text):
        start, end = gap.span()
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
    """A cheap look at what stands beside a break, which spares most of them the close one."""
    left, right = text[start - 1 : start], text[end : end + 1]
    if left not in _NEAR or right not in _NEAR:
        return False
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
    left, right = _left(text, before), after[0]
    following = text[after.end() : after.end() + 1]
    if following.isalpha() or following == ")":
        right = right.rstrip("NSEW")
    rest, latitude_digits = _rest(left)
    if not rest or not right:
        return False
    joined = _WHOLE.match(rest + right)
    if joined is None or joined.end() <= len(rest):
        return False
    if _WHOLE.fullmatch(rest) and not _wants_more(rest, latitude_digits, right):
        return False
    alone = _WHOLE.match(right)
    if (
        alone
        and not right[alone.end() : alone.end() + 1].isdigit()
        and rest[-1:] not in "NSEW."
        and rest[0] not in "NSEW"
    ):
        return False
    return joined[0][-1] in "NSEW" or not (rest + right)[joined.end() : joined.end() + 1].isdigit()


def _left(text: str, before: re.Match[str]) -> str:
    """What stands before a break, without the end of a word and without the first parts of `59 49 00S`."""
    start = before.start()
    found = before[0]
    if start and text[start - 1].isalpha():
        found = found.lstrip("NSEW")
    if start >= 2 and text[start - 1] == " " and text[start - 2].isdigit() and len(found) <= 2:
        return ""
    return found


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


def _wants_more(rest: str, latitude_digits: int, right: str) -> bool:
    """Whether a coordinate with its hemisphere first is shorter than the latitude before it, or ends in a half."""
    if rest[0] not in "NSEW":
        return False
    digits = sum(sign.isdigit() for sign in rest.partition(".")[0])
    if rest[0] in "EW":
        return digits < _LON_DIGITS.get(latitude_digits, digits) and right[0].isdigit()
    return re.match(r"\d\d(?!\d)[EW]", right) is not None
