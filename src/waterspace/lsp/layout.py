"""Where the keys and values of a text stand: from a path to a span, and from an offset to a path.

A text that is half typed does not parse. Then what cannot be read is blanked out, the last edited line first, so that
the rest of the file keeps its names and places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.errors import PlanFileError, WaterspaceError
from waterspace.planfile.reading import NOT_TEXT
from waterspace.planfile.tree import Listing, Scalar, Table, compose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.lsp.text import Span
    from waterspace.planfile.tree import Node, Path, Tree

__all__ = ["Layout", "Site", "layout_of", "token_at"]

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+'")
_TOKEN = re.compile(r"[^\s,{}\[\]#][^,{}\[\]\r\n]*")
_BREAK = re.compile(r"\r\n|\r|\n")
_BEHIND = re.compile(r"\s#|:(?=\s|$)")
"""What ends a key or a value that is not in quotation marks."""
_MOST_LINES = 8
"""Unreadable lines that are blanked out."""
_LARGE = 500_000
"""Characters above which a text that does not parse is not mended: that would take longer than a keystroke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A key or a value, and where it stands."""

    path: Path
    is_key: bool
    span: Span


class Layout:
    """The tree of a text with spans.

    Attributes:
        text: without byte order mark.
        tree: of the text, or of what is left when unreadable lines are blanked out.
        is_whole: whether nothing was blanked out.
    """

    def __init__(self, text: str, tree: Tree, *, is_whole: bool) -> None:
        self.text = text
        self.tree = tree
        self.is_whole = is_whole

    # ------------------------------------------------------------------------------------------- path to span

    def key_span(self, path: Path) -> Span | None:
        """Where the key of a path stands, quotation marks included; None where it is not in the text."""
        start = self.tree.key_offset(path) if path else None
        return None if start is None else (start, self._key_end(start, path[-1]))

    def value_span(self, path: Path) -> Span | None:
        """Where the value of a path stands, without line breaks after it; None where it is not in the text."""
        node = self.tree.find(path)
        return None if node is None else self._span(node)

    def entry_span(self, path: Path) -> Span | None:
        """From the key of a path to the end of its value."""
        key, value = self.key_span(path), self.value_span(path)
        if key is None:
            return value
        return key if value is None else (key[0], max(key[1], value[1]))

    def text_at(self, path: Path) -> str | None:
        """The text at a path, without quotation marks; None where none stands there."""
        node = self.tree.find(path)
        return node.text if isinstance(node, Scalar) else None

    def keys_at(self, path: Path) -> tuple[str, ...]:
        """The keys of a mapping, in order; empty where there is no mapping."""
        node = self.tree.find(path)
        return tuple(node.keys) if isinstance(node, Table) else ()

    def _span(self, node: Node) -> Span:
        return node.start, node.start + len(self.text[node.start : node.end].rstrip())

    def _key_end(self, start: int, key: str) -> int:
        quoted = _QUOTED.match(self.text, start)
        return start + len(key) if quoted is None else quoted.end()

    # ----------------------------------------------------------------------------------------- offset to path

    def site(self, offset: int) -> Site | None:
        """The key or text at an offset, its last character's end included; None between them."""
        path: list[str] = []
        node: Node | None = self.tree.root
        while node is not None:
            if isinstance(node, Scalar):
                start, end = self._span(node)
                return Site(path=tuple(path), is_key=False, span=(start, end)) if start <= offset <= end else None
            step = self._step_in_table(node, offset) if isinstance(node, Table) else _step_in_listing(node, offset)
            if step is None:
                return None
            path.append(step)
            span = self.key_span(tuple(path)) if isinstance(node, Table) else None
            if span is not None and span[0] <= offset <= span[1]:
                return Site(path=tuple(path), is_key=True, span=span)
            node = self.tree.find(tuple(path))
        return None

    def _step_in_table(self, table: Table, offset: int) -> str | None:
        found = None
        for key, start in table.keys.items():
            if start > offset:
                break
            found = key
        return found

    def span_from(self, offset: int) -> Span:
        """From where a fault or finding points to the end of the key or value that begins there."""
        end = self._ends.get(offset)
        return (offset, end) if end is not None and end > offset else token_at(self.text, offset)

    @cached_property
    def _ends(self) -> dict[int, int]:
        ends: dict[int, int] = {}
        for path in self.tree.paths():
            value = self.value_span(path)
            if value is not None and path:
                ends[value[0]] = value[1]
        for path in self.tree.paths():
            key = self.key_span(path)
            if key is not None:
                ends[key[0]] = key[1]
        return ends

    def entries(self, path: Path) -> Iterator[tuple[Path, Span]]:
        """Every entry of a mapping with the span of its key."""
        for key in self.keys_at(path):
            span = self.key_span((*path, key))
            if span is not None:
                yield (*path, key), span


def _step_in_listing(listing: Listing, offset: int) -> str | None:
    for number, item in enumerate(listing.items):
        if item.start <= offset <= item.end:
            return str(number)
    return None


def token_at(text: str, offset: int) -> Span:
    """What stands at an offset of a text that does not parse: to a comma, a bracket, a comment or the line's end."""
    quoted = _QUOTED.match(text, offset)
    if quoted is not None:
        return quoted.span()
    token = _TOKEN.match(text, offset)
    if token is not None:
        return offset, offset + len(_BEHIND.split(token[0], maxsplit=1)[0].rstrip())
    return offset, min(len(text), offset + (text[offset : offset + 1] not in {"\n", "\r", ""}))


def layout_of(text: str, edited_line: int | None = None) -> Layout | None:
    """The layout of a text, whole or mended; None where nothing can be read.

    Args:
        text: without byte order mark.
        edited_line: line of the last edit, from 0, which is the first to be suspected.
    """
    readable = NOT_TEXT.sub(" ", text)
    try:
        return Layout(readable, compose(readable, ""), is_whole=readable == text)
    except PlanFileError as error:
        line = error.faults[-1].line - 1
    except WaterspaceError:
        return None
    if len(text) > _LARGE:
        return None
    tries = [{line}, {line - 1}] if edited_line is None else [{edited_line}, {line}, {line - 1}]
    return next((found for lines in tries if (found := _mended(readable, lines, 1)) is not None), None) or _mended(
        readable, set() if edited_line is None else {edited_line}, _MOST_LINES
    )


def _mended(text: str, lines: set[int], tries: int) -> Layout | None:
    """The layout without some lines, and without those that are blamed then, one after the other.

    libyaml blames the line in which it noticed; what is wrong is there or above it.
    """
    for _ in range(tries):
        blanked = _blanked(text, lines)
        try:
            return Layout(blanked, compose(blanked, ""), is_whole=False)
        except PlanFileError as error:
            blamed = error.faults[-1].line - 1
        except WaterspaceError:
            return None
        lines = lines | {blamed, _line_above(blanked, blamed)}
    return None


def _line_above(text: str, line: int) -> int:
    """The nearest line above one that is not blank: what begins there is often what is wrong."""
    parts = _BREAK.split(text, maxsplit=line)[:line]
    return next((number for number in range(len(parts) - 1, -1, -1) if parts[number].strip()), 0)


def _blanked(text: str, lines: set[int]) -> str:
    """The text with blanks in place of some lines."""
    parts = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    return "".join(re.sub(r"[^\r\n]", " ", part) if number in lines else part for number, part in enumerate(parts))
