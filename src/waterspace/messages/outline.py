"""The outline of a message: numbered paragraphs, lettered parts, and what stands in them.

A marker such as `1.`, `B.`, `(C)` or `AREA D:` opens a part where the order of markers asks for it, so that `E. COAST`
or `U.S.A.` opens none. Other marks count where they number lines, see `listing`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.cursor import COORDINATES, words
from waterspace.messages.lexing import Kind
from waterspace.messages.listing import line_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.messages.lexing import Token
    from waterspace.messages.reading import Doubt

__all__ = ["Block", "outline"]

_LOOKS_LATIN = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")  # noqa: RUF001
"""Cyrillic capitals that are typed for Latin ones."""

_BEFORE = words(". : ; , ) = BY AREAS ZONES IN OF WITHIN JOINING BETWEEN AT AND POSITIONS")
_NOUNS = words("AREA ZONE SECTION POLYGON")
_BEHIND = words(": . - )")
_BOUNDS = words("BOUND BOUNDED WITHIN IN JOINING (")
_ORDINALS: dict[str, int] = {
    **{chr(ord("A") + place): place + 1 for place in range(26)},
    **{f"{number}": number for number in range(1, 100)},
    **{f"0{number}": number for number in range(1, 10)},
}
"""Which of its kind a marker is, from 1."""
_ORDINALS |= {letter: _ORDINALS[letter.translate(_LOOKS_LATIN)] for letter in map(chr, _LOOKS_LATIN)}
_DEEPEST = 5
"""Levels of parts below the message; a marker that would open one more stands beside the last."""
_SKIPPED = 2
"""Markers that may be missing at the start of a line."""


@dataclass(slots=True)
class Block:
    """A part of a message.

    Attributes:
        label: its marker, such as `1` or `B`; empty for the message itself.
        start: index of its first token behind the marker.
        lead: index after the last token before its first child.
        end: index after its last token.
        is_area: whether its marker calls it an area, as `AREA A:` does.
        children: in order.
        doubts: of the whole message, of what may be a marker.
    """

    label: str
    start: int
    lead: int
    end: int
    is_area: bool = False
    children: list[Block] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def walk(self) -> Iterator[Block]:
        """This part and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


class _Marker(NamedTuple):
    """A marker that may open a part.

    Attributes:
        at: index of its first token.
        size: tokens of it.
        label: such as `A`.
        is_letter: whether it is a letter, and not a number.
        ordinal: which of its kind, from 1.
        starts_line: whether it stands at the start of a line.
        is_area: whether it calls the part an area.
    """

    at: int
    size: int
    label: str
    is_letter: bool
    ordinal: int
    starts_line: bool
    is_area: bool


def outline(text: str, tokens: Sequence[Token]) -> Block:
    """The parts of a message.

    Args:
        text: as `lexing.plain` gives it.
        tokens: of the text, all of them.
    """
    root = Block("", 0, len(tokens), len(tokens))
    stack: list[tuple[Block, bool, int]] = [(root, False, -1)]
    marks, root.doubts = line_marks(text, tokens)
    lines = [
        _Marker(*mark[:3], is_letter=False, ordinal=mark.ordinal, starts_line=True, is_area=False) for mark in marks
    ]
    others = _markers(text, tokens)
    if lines:
        taken = {marker.at for marker in lines}
        others = iter(sorted([*lines, *(marker for marker in others if marker.at not in taken)]))
    for marker in others:
        depth = _parent(stack, marker)
        if depth < 0:
            continue
        for block, _, _ in stack[depth:]:
            block.end = marker.at
            if not block.children:
                block.lead = marker.at
        del stack[depth:]
        parent = stack[-1][0]
        if not parent.children:
            parent.lead = marker.at
        child = Block(marker.label, marker.at + marker.size, len(tokens), len(tokens), marker.is_area)
        parent.children.append(child)
        stack.append((child, marker.is_letter, marker.ordinal))
    return root


def _parent(stack: list[tuple[Block, bool, int]], marker: _Marker) -> int:
    """How deep in the stack the part goes that a marker opens; -1 where it opens none."""
    for depth in range(len(stack) - 1, 0, -1):
        _, is_letter, ordinal = stack[depth]
        if is_letter is not marker.is_letter:
            continue
        step = marker.ordinal - ordinal
        if step == 1 or (marker.starts_line and 1 < step <= _SKIPPED + 1):
            return depth
    if marker.ordinal == 1:
        return min(len(stack), _DEEPEST)
    if marker.starts_line and not any(is_letter is marker.is_letter for _, is_letter, _ in stack[1:]):
        return min(len(stack), _DEEPEST)
    return -1


def _markers(text: str, tokens: Sequence[Token]) -> Iterator[_Marker]:
    """Whatever looks like a marker."""
    ordinals = _ORDINALS
    for at in [at for at, token in enumerate(tokens) if token[1] in ordinals]:
        extent = _extent(tokens, at)
        if extent is None:
            continue
        token, (first, size, is_area) = tokens[at], extent
        before = tokens[first - 1] if first else None
        gap = text[before.end : tokens[first].start] if before is not None else "\n"
        starts_line = "\n" in gap
        is_free = before is None or before.text in _BEFORE or before.kind in COORDINATES
        if starts_line or (gap and (is_free or is_area)):
            is_letter = token.kind is Kind.WORD
            label, ordinal = token.text.translate(_LOOKS_LATIN), ordinals[token.text]
            yield _Marker(first, size, label, is_letter, ordinal, starts_line, is_area)


def _extent(tokens: Sequence[Token], at: int) -> tuple[int, int, bool] | None:
    """First token of a marker whose letter or number is here, how many it has, and whether it calls an area."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else token
    before = tokens[at - 1].text if at else ""
    if before == "(" and after.text == ")":
        return at - 1, 3, False
    if before in _NOUNS and (after.text in _BEHIND or after.text in _BOUNDS or after.kind in COORDINATES):
        return at - 1, 3 if after.text in _BEHIND else 2, True
    if after.text in (".", ")") and after.start == token.end and not _is_initial(tokens, at):
        return at, 2, False
    return None


def _is_initial(tokens: Sequence[Token], at: int) -> bool:
    """Whether a letter and its full stop are followed by another letter at once, as in `U.S.A.`."""
    if at + 2 >= len(tokens):
        return False
    behind = tokens[at + 2]
    return behind.kind is Kind.WORD and len(behind.text) == 1 and behind.start == tokens[at + 1].end
