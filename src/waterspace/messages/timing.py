"""Which times belong to which part of a message.

A part has its own times, else those of the part that it stands in. A message whose areas have none may give them in a
paragraph that names no place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Position
from waterspace.messages.reading import Doubt, Span
from waterspace.messages.times import NO_TIMES, Times, read_times
from waterspace.quantity import DAY_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.messages.cancels import Cancels
    from waterspace.messages.lexing import Token
    from waterspace.messages.outline import Block
    from waterspace.messages.reading import WarnedArea

__all__ = ["Timing", "read_timing"]

_LAST_MINUTE_MS = DAY_MS - MINUTE_MS


@dataclass(slots=True)
class Timing:
    """The times of a message's parts.

    Attributes:
        times: of each part, by the index of its first token: its own, else those of the part around it.
        floating: of parts that name no place.
        doubts: of all of them.
    """

    times: dict[int, Times] = field(default_factory=dict)
    floating: list[Times] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def of(self, block: Block, area: WarnedArea) -> Times:
        """The times of an area in a part; hours that the sun gives are those at the area."""
        found = self.times.get(block.start, NO_TIMES)
        if not found and len(self.floating) == 1:
            found = self.floating[0]
        if not found.lacks_place:
            return found
        seen = found.at(_middle(area))
        self.doubts += [doubt for doubt in seen.doubts if doubt not in self.doubts]
        return seen


def _middle(area: WarnedArea) -> Position | None:
    """A place amid an area; None where it has no positions."""
    if not area.positions:
        return None
    first = area.positions[0].lon_deg
    count = len(area.positions)
    lon_deg = first + sum((position.lon_deg - first + 540.0) % 360.0 - 180.0 for position in area.positions) / count
    lat_deg = sum(position.lat_deg for position in area.positions) / count
    return Position(lat_deg=lat_deg, lon_deg=(lon_deg + 180.0) % 360.0 - 180.0)


class _Known(NamedTuple):
    """What is known of a message while its times are read."""

    issued_ms: int | None
    cancel_ms: int | None
    skipped: Sequence[Span]
    placed: frozenset[int]


def read_timing(
    tokens: Sequence[Token],
    root: Block,
    apart: tuple[int, Cancels],
    *,
    issued_ms: int | None,
    placed: Iterable[int],
) -> Timing:
    """The times of a message's parts.

    Args:
        tokens: of the message.
        root: its outline.
        apart: where its heading ends and what it cancels, whose words give no times.
        issued_ms: when it was issued; None where unknown.
        placed: indices of the first tokens of the parts that give places.
    """
    timing = Timing()
    end, cancels = apart
    skipped = (Span(0, end), *cancels.spans) if end else cancels.spans
    known = _Known(issued_ms, cancels.cancel_ms, skipped, frozenset(placed))
    _read(tokens, root, NO_TIMES, timing, known)
    timing.doubts += [] if cancels.cancel_ms is None else _late(timing, cancels)
    return timing


def _read(
    tokens: Sequence[Token],
    block: Block,
    around: Times,
    timing: Timing,
    known: _Known,
) -> None:
    """Read the times of a part and of those in it."""
    words = _outside(tokens[block.start : block.lead], known.skipped)
    own = read_times(words, known.issued_ms, cancel_ms=known.cancel_ms)
    timing.doubts += own.doubts
    says = bool(own.spells or own.reserves or own.lacks_place)
    if says and not any(inner.start in known.placed for inner in block.walk()):
        timing.floating.append(own)
    timing.times[block.start] = own if says else around
    for child in block.children:
        _read(tokens, child, timing.times[block.start], timing, known)


def _outside(tokens: Sequence[Token], spans: Sequence[Span]) -> Sequence[Token]:
    """The tokens that stand in none of some spans."""
    if not spans or not tokens or all(span.end <= tokens[0].start or span.start >= tokens[-1].end for span in spans):
        return tokens
    return [token for token in tokens if not any(span.start <= token.start < span.end for span in spans)]


def _late(timing: Timing, cancels: Cancels) -> list[Doubt]:
    """A doubt where times end after the message has cancelled itself; a day without an hour may be that of the end."""
    cancel_ms = cancels.cancel_ms or 0
    for times in timing.times.values():
        for spell in (*times.spells, *times.reserves):
            latest_ms = max(spell.end_ms or 0, spell.start_ms or 0)
            is_that_day = latest_ms % DAY_MS == _LAST_MINUTE_MS and latest_ms // DAY_MS == cancel_ms // DAY_MS
            if latest_ms > cancel_ms and not is_that_day:
                return [Doubt(times.spans[0], "The message cancels itself before the last of its times has ended.")]
    return []
