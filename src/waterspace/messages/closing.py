"""Where a NOTAM ends: at the parenthesis that closes it, and what stands behind that.

One without it ends behind item G where positions follow: words alone are replies of the office that sent it.
"""

from __future__ import annotations

import re

from waterspace.messages.openings import POSITION

__all__ = ["behind_end"]

_OPENING = re.compile(r"\(?\s*[A-Z]{1,2}(?:\d{1,5}|_+)/\d{2,4}\s+NOTAM[NRC]\b")
_SIGN = re.compile(r"(?<![A-Z0-9.])(?:[A-GQ]|\d{1,2})(?P<mark>\))|(?P<open>\()|(?P<close>\))")
_LAST_ITEM = re.compile(r"(?<![A-Z0-9])G\)[^\n]{1,60}\n[^\S\n]*\n")
_LATER_ITEM = re.compile(r"^\s*(?:[A-G]\)|Q\)|END\s+PART|PART\s+\d)|\bNOTAM[NRC]\b", re.MULTILINE)
_TRAILER = re.compile(r"\s*(?:(?:CREATED|SOURCE)\b.*|N{3,4}|[\W_\d]*)$")
_WORD = re.compile(r"[^\W\d_]{2}")


def behind_end(text: str) -> int | None:
    """Where the first words stand behind the end of a NOTAM; None where only its trailers do, or nothing.

    Args:
        text: with one NOTAM, in capitals.
    """
    opening = _OPENING.search(text)
    if opening is None:
        return None
    end = _end(text, opening)
    if end is None:
        last = _LAST_ITEM.search(text, opening.end())
        end = None if last is None or POSITION.search(text, last.end()) is None else last.end()
    if end is None or _LATER_ITEM.search(text, end) is not None:
        return None
    place = end
    for line in text[end:].split("\n"):
        if _TRAILER.match(line) is None and _WORD.search(line) is not None:
            return place + len(line) - len(line.lstrip())
        place += len(line) + 1
    return None


def _end(text: str, opening: re.Match[str]) -> int | None:
    """Where the parenthesis stands that closes a NOTAM; None where none does."""
    depth = 1
    for sign in _SIGN.finditer(text, opening.end()):
        if sign["open"] is not None:
            depth += 1
        elif sign["close"] is not None or depth > 1:
            depth -= 1
            if depth == 0:
                return sign.end() if not text[sign.end() : text.find("\n", sign.end())].strip() else None
    return None
