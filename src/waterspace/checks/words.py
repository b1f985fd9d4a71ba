"""Words of the findings: spans of time, lists of names, suggestions."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING

from waterspace.domain import SURFACE
from waterspace.notation import format_band, format_duration, format_height, format_position, format_time
from waterspace.quantity import MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Band, Position, Window
    from waterspace.geometry.meeting import Clash

__all__ = [
    "again",
    "at",
    "did_you_mean",
    "extent",
    "lasting",
    "listing",
    "plural",
    "sentence",
    "span",
    "surely_meant",
    "upward",
]

_SURE_RATIO = 0.8
"""How alike a word and a name are, by the ratio of `difflib`, where nothing else can be meant (assumed)."""
_NAMED = 4
"""How many names a sentence bears before it says how many more there are."""


def span(window: Window) -> str:
    """`210000Z to 210900Z JUL 23`; both in full where the months differ."""
    start, end = format_time(window.start_ms), format_time(window.end_ms)
    (first, _, month), (_, _, month_after) = start.partition(" "), end.partition(" ")
    return f"{first if month == month_after else start} to {end}"


def at(position: Position) -> str:
    """`39-48.0N 133-12.6E`."""
    return format_position(position.lat_deg, position.lon_deg)


def extent(clash: Clash) -> str:
    """`surface to 3000 ft, 210000Z to 210200Z JUL 23 (2 h)`."""
    return f"{_heights(clash.band)}, {span(clash.window)} ({lasting(clash.window.end_ms - clash.window.start_ms)})"


def again(windows: Sequence[Window]) -> str:
    """`, and again 220000Z to 220200Z JUL 23`, of every window after the first; nothing where there is none."""
    return f", and again {listing([span(window) for window in windows[1:]])}" if len(windows) > 1 else ""


def upward(ceiling_m: float) -> str:
    """`up to 3000 ft`; `without an upper limit`."""
    return "without an upper limit" if math.isinf(ceiling_m) else f"up to {format_height(ceiling_m)}"


def lasting(duration_ms: int) -> str:
    """`1 h 30 min`, to the nearest minute; below one minute to the second."""
    minutes_ms = (duration_ms + MINUTE_MS // 2) // MINUTE_MS * MINUTE_MS
    return format_duration(minutes_ms or duration_ms)


def _heights(band: Band) -> str:
    """A band in words; the keel and the masts of ships count as the surface."""
    floor_m = 0.0 if SURFACE.floor_m <= band.floor_m <= 0.0 else band.floor_m
    if floor_m == 0.0 and band.ceiling_m <= SURFACE.ceiling_m:
        return "on the surface"
    return format_band(floor_m, band.ceiling_m)


def sentence(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def listing(names: Sequence[str]) -> str:
    """`Alfa`, `Alfa and Bravo`, `Alfa, Bravo, Charlie, Delta and 3 more`."""
    if len(names) > _NAMED + 1:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def plural(count: int, noun: str) -> str:
    """`1 ship`, `2 ships`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def surely_meant(word: str, choices: Iterable[str]) -> str:
    """The one name that a misspelt word can only mean; empty where none is so near, or two are."""
    folded = {choice.casefold(): choice for choice in sorted(choices)}
    close = difflib.get_close_matches(word.casefold(), folded, n=2, cutoff=_SURE_RATIO)
    return folded[close[0]] if len(close) == 1 else ""


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A suggestion for a name that does not exist, with a space before it; empty where none is near."""
    folded = {choice.casefold(): choice for choice in sorted(choices)}
    close = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f" Did you mean {folded[close[0]]}?" if close else ""
