"""The outline of a message: numbered paragraphs, lettered parts, and what stands in them.

A marker such as `1.`, `B.`, `(C)` or `AREA D:` opens a part where the order of markers asks for it, so that `E. COAST`
or `U.S.A.` opens none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from waterspace.messages.cursor import COORDINATES
from waterspace.messages.lexing import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.messages.lexing import Token

__all__ = ["Block", "outline"]

_LOOKS_LATIN = str.maketrans("АВСЕНКМОРТХ", "ABCEHKMOPTX")  # noqa: RUF001
"""Cyrillic capitals that are typed for Latin ones."""

_BEFORE = frozenset(".:;,)=") | {
    "BY",
    "AREAS",
    "ZONES",
    "IN",
    "OF",
    "WITHIN",
    "JOINING",
    "BETWEEN",
    "AT",
    "AND",
    "POSITIONS",
}
_NOUNS = frozenset({"AREA", "ZONE", "SECTION", "POLYGON"})
_MOST_NUMBER = 99
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
    """

    label: str
    start: int
    lead: int
    end: int
    is_area: bool = False
    children: list[Block] = field(default_factory=list)

    def walk(self) -> Iterator[Block]:
        """This part and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


class _Marker(NamedTuple):
    """A marker that may open a part: where, how many tokens, its order among its kind."""

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
    for marker in _markers(text, tokens):
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
        return len(stack)
    if marker.starts_line and not any(is_letter is marker.is_letter for _, is_letter, _ in stack[1:]):
        return len(stack)
    return -1


def _markers(text: str, tokens: Sequence[Token]) -> Iterator[_Marker]:
    """Whatever looks like a marker."""
    count = len(tokens)
    for at, token in enumerate(tokens):
        kind = token.kind
        if len(token.text) > 2 or (kind is not Kind.NUMBER and kind is not Kind.WORD):
            continue
        ordinal = _ordinal(token)
        if not ordinal:
            continue
        after = tokens[at + 1] if at + 1 < count else token
        before = tokens[at - 1] if at else None
        first, size = at, 2
        opens_area = before is not None and before.text in _NOUNS
        if before is not None and before.text == "(" and after.text == ")":
            first -= 1
            size = 3
        elif opens_area and (after.text in (":", ".", "-", ")", "(") or after.kind in COORDINATES or _bounds(after)):
            first -= 1
            size = 3 if after.text in (":", ".", "-", ")") else 2
        elif after.text not in (".", ")") or after.start != token.end:
            continue
        before = tokens[first - 1] if first else None
        gap = text[before.end : tokens[first].start] if before is not None else "\n"
        starts_line = "\n" in gap
        if before is None or starts_line or (gap and (before.text in _BEFORE or before.kind in COORDINATES)):
            label = token.text.translate(_LOOKS_LATIN)
            yield _Marker(first, size, label, kind is Kind.WORD, ordinal, starts_line, opens_area)
        elif opens_area and gap:
            yield _Marker(first, size, token.text, kind is Kind.WORD, ordinal, False, opens_area)


def _bounds(token: Token) -> bool:
    return token.text in ("BOUND", "BOUNDED", "WITHIN", "IN", "JOINING")


def _ordinal(token: Token) -> int:
    """Which of its kind a marker is, from 1; 0 where it is none."""
    if token.kind is Kind.NUMBER:
        return int(token.text) if token.text.isdigit() and int(token.text) <= _MOST_NUMBER else 0
    letter = token.text.translate(_LOOKS_LATIN)
    return ord(letter) - ord("A") + 1 if len(letter) == 1 and "A" <= letter <= "Z" else 0
