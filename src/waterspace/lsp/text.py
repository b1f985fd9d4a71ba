"""A text as an editor holds it: lines, positions in the units that were agreed on, and edits of parts of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum
from functools import cached_property

from waterspace.planfile.reading import BOM

__all__ = ["Encoding", "Span", "Text"]

Span = tuple[int, int]
"""Where something begins and ends, as offsets in a text without its byte order mark."""

_BREAK = re.compile(r"\r\n|\r|\n")
_TWO_UNITS, _TWO_BYTES, _THREE_BYTES = 0x10000, 0x80, 0x800


class Encoding(StrEnum):
    """What a column of a position counts. Source: Language Server Protocol 3.17, `PositionEncodingKind`."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    UTF_32 = "utf-32"

    def units(self, character: str) -> int:
        """How many columns a character takes."""
        code = ord(character)
        if self is Encoding.UTF_32:
            return 1
        if self is Encoding.UTF_16:
            return 1 + (code >= _TWO_UNITS)
        return 1 + (code >= _TWO_BYTES) + (code >= _THREE_BYTES) + (code >= _TWO_UNITS)


class Text:
    """A text that never changes; an edit makes another one.

    Lines end at LF, CR LF or CR, as the protocol has it. Offsets count characters of `body`; a byte order mark, where
    an editor sends one, takes a column of the first line and has no offset.
    """

    def __init__(self, source: str, encoding: Encoding = Encoding.UTF_16) -> None:
        self.source = source
        self.encoding = encoding
        self._mark = source.startswith(BOM)

    @cached_property
    def body(self) -> str:
        """The text without byte order mark."""
        return self.source.removeprefix(BOM)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _BREAK.finditer(self.source))]

    @property
    def lines(self) -> int:
        """How many lines there are; at least one."""
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """The line of an offset, from 0."""
        return bisect_right(self._starts, offset + self._mark) - 1

    def span_of_line(self, line: int) -> Span:
        """Where a line begins and ends, without what ends it; the last line where there is no such line."""
        start, end = self._line(line)
        return max(0, start - self._mark), end - self._mark

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 0; an offset beyond the end counts as the end."""
        at = min(max(0, offset) + self._mark, len(self.source))
        line = bisect_right(self._starts, at) - 1
        return line, self._units(self.source[self._starts[line] : at])

    def offset(self, line: int, column: int) -> int:
        """The offset of a position; beyond the end of a line it is that end, beyond the last line the end of all."""
        return max(0, self._at(line, column) - self._mark)

    def replaced(self, start: tuple[int, int], end: tuple[int, int], new: str) -> Text:
        """The text with another part between two positions."""
        first, last = sorted((self._at(*start), self._at(*end)))
        return Text(self.source[:first] + new + self.source[last:], self.encoding)

    def with_source(self, source: str) -> Text:
        """Another text whose columns count the same."""
        return Text(source, self.encoding)

    def _line(self, line: int) -> Span:
        line = min(max(0, line), len(self._starts) - 1)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self.source)
        return start, start + len(self.source[start:end].rstrip("\r\n"))

    def _at(self, line: int, column: int) -> int:
        if line >= len(self._starts):
            return len(self.source)
        start, end = self._line(line)
        if self.source.isascii():
            return min(start + max(0, column), end)
        taken = 0
        for at in range(start, end):
            taken += self.encoding.units(self.source[at])
            if taken > column:
                return at
        return end

    def _units(self, part: str) -> int:
        return len(part) if part.isascii() else sum(map(self.encoding.units, part))
