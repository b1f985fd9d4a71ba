"""Editing: what a fix wants, as splices of the text that touch nothing else: no comment, no order, no layout."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Edit, Sorting
from waterspace.planfile.quoting import quote, quote_like
from waterspace.planfile.tree import Listing, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.planfile.tree import Node, Tree

__all__ = ["Splice", "applied", "splices"]

_SPACES = re.compile(r" *")
_NOTHING = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")
"""What stands between an entry and the dash of the next."""
_COMMENT_BELOW = re.compile(r"(?:\r\n|\r|\n)( *)#")
"""A comment in the line below, and how far it is indented."""


class Splice(NamedTuple):
    """A piece of a text and what is to stand there instead."""

    start: int
    end: int
    text: str


def applied(text: str, pieces: Iterable[Splice]) -> str:
    """The text with pieces replaced.

    Raises:
        ValueError: two pieces overlap.
    """
    parts: list[str] = []
    done = 0
    for piece in sorted(pieces):
        if piece.start < done:
            raise ValueError(f"two edits want the same text at offset {piece.start}")
        parts += (text[done : piece.start], piece.text)
        done = piece.end
    return "".join((*parts, text[done:]))


def splices(text: str, tree: Tree, edit: Edit | Sorting) -> list[Splice]:
    """What an edit does to a text.

    Raises:
        KeyError: its path leads nowhere, or to what it cannot be applied to, such as a list with comments that would
            stay behind when it is sorted. A list of one may be written as a text.
    """
    if isinstance(edit, Sorting):
        return _sorted(text, tree, edit)
    node, parent = tree.find(edit.path), tree.find(edit.path[:-1])
    if isinstance(node, Scalar):
        end = _content_end(text, node)
        return [Splice(node.start, end, quote_like(edit.text, text[node.start : end]))]
    if edit.path[-1:] == ("0",) and isinstance(parent, Scalar):
        return splices(text, tree, Edit(edit.path[:-1], edit.text))
    if node is None and isinstance(parent, Table) and edit.path:
        return [_added(text, parent, edit.path[-1], quote(edit.text))]
    raise KeyError(".".join(edit.path))


def _content_end(text: str, node: Node) -> int:
    """Where a value ends, less the line breaks and comments that end a block."""
    if isinstance(node, Scalar):
        return node.start + len(text[node.start : node.end].rstrip())
    if not node.block:
        return node.end
    children: list[Node] = list(node.entries.values()) if isinstance(node, Table) else node.items
    return _content_end(text, children[-1]) if children else node.end


def _added(text: str, table: Table, key: str, value: str) -> Splice:
    """One more key at the end of a mapping, laid out as the others are."""
    last = list(table.entries.values())[-1] if table.entries else None
    if not table.block:
        if last is None:
            inside = text.index("{", table.start) + 1
            return Splice(inside, inside, f"{quote(key)}: {value}")
        end = _content_end(text, last)
        return Splice(end, end, f", {quote(key)}: {value}")
    assert last is not None, "a mapping in block style has a key"
    first = min(table.keys.values())
    column = first - _line_start(text, first)
    end = _line_end(text, _content_end(text, last))
    return Splice(end, end, f"{_break_of(text)}{' ' * column}{quote(key)}: {value}")


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_end(text: str, offset: int) -> int:
    """The end of a line, its break not included."""
    found = [place for mark in "\r\n" if (place := text.find(mark, offset)) >= 0]
    return min(found, default=len(text))


def _break_of(text: str) -> str:
    """How the lines of a text end."""
    first = _line_end(text, 0)
    return "\r\n" if text.startswith("\r\n", first) else text[first : first + 1] or "\n"


def _sorted(text: str, tree: Tree, edit: Sorting) -> list[Splice]:
    node = tree.find(edit.path)
    if not isinstance(node, Listing) or sorted(edit.order) != list(range(len(node.items))):
        raise KeyError(".".join(edit.path))
    spans = _lines_of(text, node) if node.block else [(item.start, _content_end(text, item)) for item in node.items]
    if _stays_behind(text, node, spans):
        raise KeyError(f"{'.'.join(edit.path)} carries comments that would stay behind")
    pieces = [text[start:end] for start, end in spans]
    return [Splice(start, end, pieces[number]) for (start, end), number in zip(spans, edit.order, strict=True)]


def _stays_behind(text: str, listing: Listing, spans: list[tuple[int, int]]) -> bool:
    """Whether something that is said of one entry, or of the place where it stands, would not move with it."""
    if not spans:
        return False
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    first, last = spans[0][0], spans[-1][1]
    if listing.block:
        below = _COMMENT_BELOW.match(text, last)
        return any(map(str.strip, gaps)) or (below is not None and len(below[1]) > _indent(text, first))
    gaps += [text[listing.start + 1 : first], text[last : listing.end - 1]]
    return any(gap.strip(", \t\r\n") for gap in gaps)


def _indent(text: str, line_start: int) -> int:
    return _end_of(_SPACES, text, line_start) - line_start


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    """The end of what matches, which may be nothing."""
    found = pattern.match(text, start)
    assert found is not None, "it matches nothing, too"
    return found.end()


def _lines_of(text: str, listing: Listing) -> list[tuple[int, int]]:
    """The lines of each entry, its own comments above it included, without the break of its last line."""
    spans = []
    done = listing.start
    for item in listing.items:
        dash = _end_of(_NOTHING, text, done)
        start = _line_start(text, dash)
        column = dash - start
        if text[start:dash].strip():
            raise KeyError("a list in a list")
        while start > 0:
            above = _line_start(text, start - 1 - text.startswith("\r\n", start - 2))
            line = text[above:start]
            if not line.lstrip().startswith("#") or len(line) - len(line.lstrip()) != column:
                break
            start = above
        done = _content_end(text, item)
        spans.append((start, _line_end(text, done)))
    return spans
