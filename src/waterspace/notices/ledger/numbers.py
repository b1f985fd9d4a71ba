"""Numbers of notices as others can cite them, so that what cancels one later names it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.errors import LedgerError
from waterspace.messages.audience import HYDRO, Kind, kind_of
from waterspace.notices.ledger.sending import parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.draft import Draft
    from waterspace.notices.ledger.sending import Sending

__all__ = ["citable", "is_same", "oddity"]

_MOST_NUMBER = 80
_OF_AIRMEN = re.compile(r"[A-Z]\d{4}/\d{2}")
"""Source: ICAO Doc 8126: the letter of the series, four digits, a stroke and two digits of the year."""
_BARE = re.compile(r"[\d/ -]+")
_SERIES_OF_KIND = {kind: kind.value.upper() for kind in HYDRO}


def citable(number: str, of: Draft | Sending) -> str:
    """Numbers by which others can cite a notice, their blanks single.

    A number of a warning to ships without its series gets that of the notice: `0123/26` becomes `NAVAREA XI 0123/26`.

    Args:
        number: that the coordinator gave; several with commas between them.
        of: the notice whose it is.

    Raises:
        LedgerError: it is none.
    """
    parts = parts_of(" ".join(number.split())) or (number,)
    for part in parts:
        if not re.search(r"\d", part) or re.search(r"_|--", part) or len(part) > _MOST_NUMBER:
            raise LedgerError(
                f"{part!r} is no number of a notice; give it as others cite it, such as `NAVAREA XI 0123/26` or "
                "`A1234/26`"
            )
    kind = kind_of(of.kind)
    if kind is Kind.NOTAM:
        return ", ".join(_of_airmen(part) for part in parts)
    series = of.series or _SERIES_OF_KIND.get(kind or Kind.MARINERS, "")
    return ", ".join(f"{series} {part}" if series and _BARE.fullmatch(part) else part for part in parts)


def is_same(told: str, number: str) -> bool:
    """Whether a number that a text cites, with or without its series, is a number of a notice."""
    *series, last = told.upper().split() or [""]
    *meant, known = number.upper().split() or [""]
    return last.lstrip("0") == known.lstrip("0") and (not series or series == meant)


def oddity(number: str, of: Draft, told: Sequence[str]) -> str:
    """What is odd about the number that a notice is recorded with, half a sentence; empty where nothing is.

    Args:
        number: as `citable` gives it.
        of: the notice.
        told: what the text that was sent calls itself, with its series; empty where it was not given or has no number.
    """
    parts = parts_of(number)
    if told and not any(is_same(name, part) or is_same(part, name) for name in told for part in parts):
        return f"calls itself {' and '.join(told)}, and {number} was given"
    if kind_of(of.kind) is Kind.NOTAM:
        return ""
    if any(_OF_AIRMEN.fullmatch(part) for part in parts):
        return f"was given {number}, a number of a NOTAM"
    series = of.series or _SERIES_OF_KIND.get(kind_of(of.kind) or Kind.MARINERS, "")
    others = {part.rpartition(" ")[0] for part in parts} - {series, ""}
    return f"was given {number}, and is of {series}" if series and others else ""


def _of_airmen(part: str) -> str:
    if not _OF_AIRMEN.fullmatch(part.upper()):
        raise LedgerError(
            f"{part!r} is no number of a NOTAM; give it as others cite it: a letter, four digits and the year, such as "
            "`A1234/26`"
        )
    return part.upper()
