"""Where a NOTAM ends: at the parenthesis that closes it, and what stands behind that.

One without it ends behind item G where positions follow: words alone are replies of the office that sent it.
"""

from __future__ import annotations

import re

from waterspace.messages.openings import POSITION

__all__ = ["behind_end"]

_OPENING = re.compile(r"NOTAM[NRC]\b(?<=\s......)")
_NUMBER = re.compile(r"[A-Z]{1,2}(?:\d{1,5}|_{1,9})/\d{2,4}\s{1,9}\Z")
_REACH = 30
_SIGN = re.compile(r"[()]")
_MARK = re.compile(r"(?:\A|[^A-Z0-9.])(?:[A-GQ]|\d{1,2})\Z")
"""What stands before the parenthesis of an item or of a number in a list, which closes nothing."""
_USUAL_MARKS = frozenset(f"{blank}{letter}" for blank in " \n" for letter in "ABCDEFGQ")
_LAST_ITEM = re.compile(r"(?<![A-Z0-9])G\)[^\n]{1,60}\n[^\S\n]*\n")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LATER_ITEM = re.compile(r"^[^\S\n]*(?:[A-G]\)|Q\)|END\s+PART|PART\s+\d)|\bNOTAM[NRC]\b", re.MULTILINE)
_TRAILER = re.compile(r"\s*(?:(?:CREATED|SOURCE)\b.*|N{3,4}|[\W_\d]*)$")
_WORD = re.compile(r"[^\W\d_]{2}")


def behind_end(text: str) -> int | None:
    """Where the first words stand behind the end of a NOTAM; None where only its trailers do, or nothing.

    Args:
        text: with one NOTAM, in capitals.
    """
    start = next((found.end() for found in _OPENING.finditer(text) if _is_numbered(text, found.start())), None)
    if start is None:
        return None
    end = _end(text, start)
    if end is None and _BLANK_LINE.search(text, start) is not None:
        last = _LAST_ITEM.search(text, start)
        end = None if last is None or POSITION.search(text, last.end()) is None else last.end()
    if end is None or _LATER_ITEM.search(text, end) is not None:
        return None
    place = end
    for line in text[end:].split("\n"):
        if _TRAILER.match(line) is None and _WORD.search(line) is not None:
            return place + len(line) - len(line.lstrip())
        place += len(line) + 1
    return None


def _is_numbered(text: str, at: int) -> bool:
    """Whether the number of a NOTAM stands before a place."""
    return _NUMBER.search(text, max(at - _REACH, 0), at) is not None


def _end(text: str, start: int) -> int | None:
    """Where the parenthesis stands that closes a NOTAM; None where none does."""
    depth = 1
    for sign in _SIGN.finditer(text, start):
        at = sign.start()
        if sign[0] == "(":
            depth += 1
        elif depth > 1 or not (text[at - 2 : at] in _USUAL_MARKS or _MARK.search(text[max(at - 3, 0) : at])):
            depth -= 1
            if depth == 0:
                line_end = text.find("\n", at)
                return None if text[at + 1 : len(text) if line_end < 0 else line_end].strip() else at + 1
    return None
