"""Which times belong to which part of a message.

A part has its own times, else those of the part that it stands in. A message whose areas have none may give them in a
paragraph that names no place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Position
from waterspace.messages.cursor import COORDINATES
from waterspace.messages.lexing import Kind
from waterspace.messages.reading import Doubt, Span
from waterspace.messages.times import NO_TIMES, Times, read_times
from waterspace.quantity import DAY_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.messages.cancels import Cancels
    from waterspace.messages.heading import Heading
    from waterspace.messages.lexing import Token
    from waterspace.messages.outline import Block
    from waterspace.messages.reading import WarnedArea

__all__ = ["Apart", "Timing", "mixed", "read_timing"]

_NUMBERED = ("NO", "NR")
"""Stand before the number of the next part, as in `NO. 2.`."""
_LAST_MINUTE_MS = DAY_MS - MINUTE_MS


@dataclass(slots=True)
class Timing:
    """The times of a message's parts.

    Attributes:
        times: of each part, by the index of its first token: its own, else those of the part around it.
        floating: parts that have times and name no place.
        doubts: of all of them.
    """

    times: dict[int, Times] = field(default_factory=dict)
    floating: list[Block] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def of(self, block: Block, area: WarnedArea) -> Times:
        """The times of an area in a part; hours that the sun gives are those at the area."""
        found = self.times.get(block.start, NO_TIMES)
        if not found and len(self.floating) == 1:
            found = self.times[self.floating[0].start]
        if not found.lacks_place:
            return found
        seen = found.at(_middle(area))
        self.doubt(seen)
        return seen

    def doubt(self, times: Times) -> None:
        """Take over the doubts of some times, each once."""
        self.doubts += [doubt for doubt in times.doubts if doubt not in self.doubts]


def _middle(area: WarnedArea) -> Position | None:
    """A place amid an area; None where it has no positions."""
    if not area.positions:
        return None
    first = area.positions[0].lon_deg
    count = len(area.positions)
    lon_deg = first + sum((position.lon_deg - first + 540.0) % 360.0 - 180.0 for position in area.positions) / count
    lat_deg = sum(position.lat_deg for position in area.positions) / count
    return Position(lat_deg=lat_deg, lon_deg=(lon_deg + 180.0) % 360.0 - 180.0)


class Apart(NamedTuple):
    """What of a message gives no times, and what it says of its own.

    Attributes:
        heading: of it.
        cancels: what it cancels, and when itself.
        issued_ms: when it was issued; None where unknown.
        year: of its number; None where unknown.
    """

    heading: Heading
    cancels: Cancels
    issued_ms: int | None
    year: int | None


def mixed(times: Times, areas: Sequence[WarnedArea]) -> list[Doubt]:
    """A doubt where times and areas take turns in one part, so that each area may have times of its own.

    Args:
        times: of the part.
        areas: of the part by itself.
    """
    if len(areas) < len("AB") or len(times.spans) < len("AB"):
        return []
    places = [(area.spans[0], False) for area in areas if area.spans]
    turns = sorted([*places, *((span, True) for span in times.spans)])
    changes = sum(one[1] is not other[1] for one, other in pairwise(turns))
    if changes < len("ABA"):
        return []
    reason = (
        "Times and areas take turns, and nothing says which times are those of which area: each area is given all of "
        "them; paragraphs with numbers were expected."
    )
    return [Doubt(times.spans[-1], reason)]


def read_timing(tokens: Sequence[Token], root: Block, apart: Apart, placed: Iterable[int]) -> Timing:
    """The times of a message's parts.

    Args:
        tokens: of the message.
        root: its outline.
        apart: its heading and cancellations, whose words give no times.
        placed: indices of the first tokens of the parts that give places.
    """
    timing, words, placed = Timing(), _Words(tokens, apart), frozenset(placed)
    _read(words, root, NO_TIMES, timing, placed)
    if timing.floating and placed:
        _lend(words, timing, placed)
    if apart.cancels.cancel_ms is not None:
        timing.doubts += _late(timing, apart.cancels.cancel_ms)
    return timing


class _Words:
    """The words of a message that may give times."""

    def __init__(self, tokens: Sequence[Token], apart: Apart) -> None:
        self.tokens = tokens
        self.apart = apart
        places = [token.start for token in tokens]
        spans = (Span(0, apart.heading.end), *apart.cancels.spans) if apart.heading.end else apart.cancels.spans
        self.skipped = sorted((bisect_left(places, span.start), bisect_left(places, span.end)) for span in spans)

    def of(self, *blocks: Block) -> Times:
        """The times of a part by itself, or of several as if they were one."""
        words = list(chain.from_iterable(map(self._said, blocks)))
        apart = self.apart
        if not words:
            return NO_TIMES
        return read_times(words, apart.issued_ms, cancel_ms=apart.cancels.cancel_ms, year=apart.year)

    def _said(self, block: Block) -> list[Token]:
        at = block.start
        words: list[Token] = []
        first = bisect_right(self.skipped, (at, at)) - 1 if self.skipped else 0
        for start, end in self.skipped[max(first, 0) :]:
            if start >= block.lead:
                break
            words += self.tokens[at : max(start, at)]
            at = max(at, end)
        words += self.tokens[at : max(block.lead, at)]
        return words

    def is_only(self, block: Block, times: Times) -> bool:
        """Whether a part says nothing but its times."""
        own = [token for token in self.tokens[block.start : block.lead] if token.kind is not Kind.SIGN]
        own = own[:-1] if own and own[-1].text in _NUMBERED else own
        spans = times.spans
        return all(any(span.start <= token.start and token.end <= span.end for span in spans) for token in own)

    def begins(self, block: Block, times: Times) -> bool:
        """Whether a part begins with its times."""
        first = next((token for token in self.tokens[block.start : block.lead] if token.kind is not Kind.SIGN), None)
        return first is not None and bool(times.spans) and times.spans[0].start <= first.start

    def last_place(self, block: Block) -> int:
        """The place in the text where the last coordinate of a part by itself ends; 0 where it has none."""
        own = self.tokens[block.start : block.lead]
        return next((token.end for token in reversed(own) if token.kind in COORDINATES), 0)


def _read(words: _Words, block: Block, around: Times, timing: Timing, placed: frozenset[int]) -> bool:
    """Read the times of a part and of those in it; whether any of them gives places."""
    own = words.of(block)
    timing.doubts += own.doubts
    says = bool(own.spells or own.reserves or own.lacks_place)
    timing.times[block.start] = times = own if says else around
    if says and around.has_hours and own.are_days_alone:
        reason = "A day stands alone in a part of a message that gives hours for all: which hours it has is not told."
        timing.doubts.append(Doubt(own.spans[0], reason))
    is_placed = block.start in placed
    for child in block.children:
        is_placed = _read(words, child, times, timing, placed) or is_placed
    if len(block.children) > 1:
        _gather(words, block.children, timing, placed)
        if not times:
            _spread(words, block.children, timing)
    if says and not is_placed:
        timing.floating.append(block)
    return is_placed


def _gather(words: _Words, parts: Sequence[Block], timing: Timing, placed: frozenset[int]) -> None:
    """Give a place that stands in the last of some numbered times all of them: nothing else stands in the others."""
    row: list[Block] = []
    for part in parts:
        times = timing.times[part.start]
        if row and part.start in placed and words.begins(part, times):
            together = words.of(*row, part)
            for one in row:
                timing.floating.remove(one)
            _keep(timing, part.start, together)
        is_row = not part.children and part.start not in placed and part in timing.floating
        row = [*row, part] if is_row and words.is_only(part, times) else []


def _keep(timing: Timing, start: int, together: Times) -> None:
    """Give a part the times of several."""
    timing.times[start] = together
    timing.doubt(together)


def _lend(words: _Words, timing: Timing, placed: frozenset[int]) -> None:
    """Give the only place of a message all times that stand in parts of their own; else doubt what they are of."""
    lacking = [start for start in placed if not timing.times[start]]
    if lacking and len(placed) == 1:
        _keep(timing, lacking[0], words.of(*timing.floating))
        return
    bound = [times for block in timing.floating if _is_bound(times := timing.times[block.start])]
    if bound and (len(timing.floating) > 1 or not lacking):
        which = "which of the places they are of is not told" if lacking else "every place has times of its own"
        timing.doubts.append(Doubt(bound[0].spans[0], f"Times stand in a part that names no place, and {which}."))


def _is_bound(times: Times) -> bool:
    """Whether some of the times have an end, so that they are not when something was seen."""
    return times.lacks_place or any(spell.end_ms is not None for spell in (*times.spells, *times.reserves))


def _spread(words: _Words, parts: Sequence[Block], timing: Timing) -> None:
    """Give all places of a list the times that stand behind the last of them, where no other has any."""
    ends = [words.last_place(part) for part in parts]
    listed = [part for part, end in zip(parts, ends, strict=True) if end]
    if len(listed) < len("AB") or listed[-1].children:
        return
    times = timing.times[listed[-1].start]
    is_behind = bool(times.spans) and times.spans[0].start >= words.last_place(listed[-1])
    if is_behind and not any(timing.times[part.start] for part in parts if part is not listed[-1]):
        for inner in (inner for part in listed[:-1] for inner in part.walk()):
            timing.times[inner.start] = times


def _late(timing: Timing, cancel_ms: int) -> list[Doubt]:
    """A doubt where times end after the message has cancelled itself; a day without an hour may be that of the end."""
    for times in timing.times.values():
        for spell in (*times.spells, *times.reserves):
            latest_ms = max(spell.end_ms or 0, spell.start_ms or 0)
            is_that_day = latest_ms % DAY_MS == _LAST_MINUTE_MS and latest_ms // DAY_MS == cancel_ms // DAY_MS
            if latest_ms > cancel_ms and not is_that_day:
                return [Doubt(times.spans[0], "The message cancels itself before the last of its times has ended.")]
    return []
