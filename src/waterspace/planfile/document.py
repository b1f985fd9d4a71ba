"""An exercise file as a text that can be edited in place: whatever is not edited stays as it was, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.planfile.quoting import quote_like
from waterspace.planfile.reading import BOM, decode, read
from waterspace.planfile.tree import Scalar, compose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from waterspace.domain import Place
    from waterspace.planfile.tree import Tree

__all__ = ["Document"]


@dataclass(frozen=True, eq=True)
class Document:
    """A file's bytes, with the span of every value.

    Attributes:
        content: the bytes.
        file: what to call it.
    """

    content: bytes
    file: str = "<text>"

    @classmethod
    def read(cls, path: str | Path) -> Document:
        """The document in a file; `-` reads standard input.

        Raises:
            PlanFileError: it cannot be read.
        """
        return cls(read(path), str(path))

    @cached_property
    def text(self) -> str:
        """The content as text, a byte order mark included.

        Raises:
            PlanFileError: it is not text.
        """
        decode(self.content, self.file)
        return self.content.decode("utf-8")

    @cached_property
    def _tree(self) -> Tree:
        return compose(self.text.removeprefix(BOM), self.file)

    def value(self, path: str) -> str:
        """The text at a dotted path, without quotes.

        Raises:
            KeyError: no text stands there.
            PlanFileError: the document is not YAML.
        """
        return self._scalar(path).text

    def place(self, path: str) -> Place:
        """Where the text at a dotted path stands.

        Raises:
            KeyError: no text stands there.
            PlanFileError: the document is not YAML.
        """
        return self._tree.lines.place(self._scalar(path).start)

    def replace(self, path: str, new_text: str) -> Document:
        """The document with another text at a dotted path; quotes are added where YAML needs them.

        Raises:
            KeyError: no text stands there.
            PlanFileError: the document is not YAML.
        """
        return self.replace_all({path: new_text})

    def replace_all(self, new_texts: Mapping[str, str]) -> Document:
        """The document with other texts at dotted paths; quotes are added where YAML needs them.

        Raises:
            KeyError: no text stands at one of them.
            PlanFileError: the document is not YAML.
        """
        text = self.text.removeprefix(BOM)
        spans = sorted((*self._span(self._scalar(path)), new) for path, new in new_texts.items())
        parts, done = [BOM * self.text.startswith(BOM)], 0
        for start, end, new in spans:
            parts += (text[done:start], quote_like(new, text[start:end]))
            done = end
        document = Document("".join((*parts, text[done:])).encode("utf-8"), self.file)
        assert all(document.value(path) == new for path, new in new_texts.items()), "what is written must be read"
        return document

    def texts(self) -> Iterator[str]:
        """The dotted path of every text, in the order of the file.

        Raises:
            PlanFileError: the document is not YAML.
        """
        tree = self._tree
        return (".".join(path) for path in tree.paths() if isinstance(tree.find(path), Scalar))

    def _scalar(self, path: str) -> Scalar:
        node = self._tree.find(tuple(path.split(".")))
        if not isinstance(node, Scalar):
            raise KeyError(path)
        return node

    def _span(self, scalar: Scalar) -> tuple[int, int]:
        """Start and end without the line breaks that end a block of text."""
        text = self.text.removeprefix(BOM)
        return scalar.start, scalar.start + len(text[scalar.start : scalar.end].rstrip())
