"""Character offsets of a text as lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

from waterspace.domain import Place
from waterspace.errors import Fault

__all__ = ["Lines"]

_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """Where lines start. Lines end as editors see it: at LF, CR LF or CR."""

    __slots__ = ("_starts", "file")

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_right(self._starts, offset)

    def place(self, offset: int) -> Place:
        """The place of an offset."""
        line = self.line(offset)
        return Place(file=self.file, line=line, column=offset - self._starts[line - 1] + 1)

    def fault(  # a fault has that many parts
        self, offset: int, message: str, *, path: str = "", found: str = "", expected: str = "", advice: str = ""
    ) -> Fault:
        """A fault at an offset."""
        place = self.place(offset)
        return Fault(
            file=self.file,
            line=place.line,
            column=place.column,
            message=message,
            path=path,
            found=found,
            expected=expected,
            advice=advice,
        )
