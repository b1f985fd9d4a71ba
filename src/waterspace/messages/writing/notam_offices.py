"""Whose NOTAM office publishes for a flight information region, and how line Q names several of its regions.

A state publishes for its own regions. A NOTAM for several of them has the nationality letters of the state with XX
behind them in line Q, and one more X where the state has one letter. Where the regions of a state have several pairs of
letters, those of the first are taken; China, Indonesia and Russia have their own habit.

Source: ICAO Doc 8126, 6.2, qualifier `FIR`; ICAO Doc 7910, nationality letters; 111 NOTAMs of several regions from 2020
to 2026: `ZXXX` of China, `UUXX` of Russia, `WRXX` of Indonesia, `VOXX` for VOMF VEBF, two letters and `XX` of ten
other states. Australia, Canada, Japan and the United States had none: their lines are by the rule alone. Some offices
name the region of a neighbour as well, which is not done here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from waterspace.errors import DraftError
from waterspace.messages.phrasing.numbers import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.draft import Draft

__all__ = ["Office", "by_office", "offices"]

_ICAO = re.compile(r"[A-Z]{4}")
_BLANK = "____"
"""Stands for a region that nobody has named yet."""
_STATES = (
    ("ZXXX", re.compile("Z(?![KM])")),
    ("KXXX", re.compile("K|P[AFGHOP]|TJ")),
    ("CXXX", re.compile("C")),
    ("YXXX", re.compile("Y")),
    ("UUXX", re.compile("U[EHILNORSUW]")),
    ("WRXX", re.compile("W[AIQR]")),
    ("RJXX", re.compile("R[JO]")),
    ("", re.compile("V[AEIO]")),
)
"""States whose regions have several pairs of letters, or one letter: how line Q names several of them, empty for the
letters of the first. Source: as above; regions of one pair of letters are of one state."""
_MOST = 7
"""Most regions of item A. Source: ICAO Doc 8126, 6.2.8, item A: up to seven."""


class Office(NamedTuple):
    """A NOTAM office as far as a notice knows it.

    Attributes:
        region: as line Q names it, `RJJJ` or `ZXXX`.
        firs: of item A, in the order in which they were given.
    """

    region: str
    firs: tuple[str, ...]


def offices(firs: Sequence[str]) -> tuple[Office, ...]:
    """The offices that publish for some regions, in the order of their first ones; a blank one where none is named.

    Raises:
        DraftError: what is no code of a region, or too many for item A.
    """
    if not firs:
        return (Office(_BLANK, (_BLANK,)),)
    odd = next((fir for fir in firs if not _ICAO.fullmatch(fir)), None)
    if odd is not None:
        raise DraftError(f"{odd!r} is no flight information region: ICAO codes have four capital letters")
    together: dict[tuple[str, str], list[str]] = {}
    for fir in dict.fromkeys(firs):
        together.setdefault(_state(fir), []).append(fir)
    found = tuple(Office(_region(state, of), tuple(of)) for (_, state), of in together.items())
    most = max(found, key=lambda office: len(office.firs))
    if len(most.firs) > _MOST:
        raise DraftError(
            f"{len(most.firs)} regions of one state are named, and item A holds {_MOST}; draft two notices"
        )
    return found


def by_office(draft: Draft) -> tuple[Draft, ...]:
    """A draft for airmen as it is, or one for each office of its regions, such as `N3-RJJJ` and `N3-UHHH`.

    Each office numbers, replaces and cancels its own. Each draft names the regions of the others.

    Raises:
        DraftError: as `offices`.
    """
    whose = offices(draft.firs)
    if len(whose) == 1:
        return (draft,)
    found = []
    for office in whose:
        others = [fir for fir in draft.firs if fir not in office.firs]
        told = f"ACT ALSO IN {listed(others)} FIR, SEE NOTAM OF THAT FIR"
        found.append(replace(draft, id=f"{draft.id}-{office.region}", firs=office.firs, remarks=(*draft.remarks, told)))
    return tuple(found)


def _state(fir: str) -> tuple[str, str]:
    """What the regions of a state share, and how line Q names several."""
    known = next(((pattern.pattern, region) for region, pattern in _STATES if pattern.match(fir)), None)
    return known or (fir[:2], "")


def _region(state: str, firs: Sequence[str]) -> str:
    if len(firs) == 1:
        return firs[0]
    pairs = {fir[:2] for fir in firs}
    if state[1:2] == "X":
        return state
    return f"{firs[0][:2]}XX" if len(pairs) == 1 or not state else state
