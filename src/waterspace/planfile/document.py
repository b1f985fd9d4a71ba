"""An exercise file as a text that can be edited in place: whatever is not edited stays as it was, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.domain import Edit
from waterspace.planfile.editing import applied, splices
from waterspace.planfile.reading import BOM, decode, read
from waterspace.planfile.tree import Scalar, compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from waterspace.domain import Place, Sorting
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
        for path in new_texts:
            self._scalar(path)
        return self.edit(Edit(tuple(path.split(".")), new) for path, new in new_texts.items())

    def edit(self, edits: Iterable[Edit | Sorting]) -> Document:
        """The document after the edits of a fix: other texts, keys added, lists in another order.

        Raises:
            KeyError: the path of an edit leads nowhere, or to what it cannot be applied to; a list is not sorted whose
                comments would stay behind.
            ValueError: two edits want the same text, or one would not be read as it is written beside another.
            PlanFileError: the document is not YAML, or would no longer be.
        """
        wanted = tuple(edits)
        text, mark = self.text.removeprefix(BOM), BOM * self.text.startswith(BOM)
        pieces = [piece for edit in wanted for piece in splices(text, self._tree, edit)]
        document = Document((mark + applied(text, pieces)).encode("utf-8"), self.file)
        for edit in wanted:
            if isinstance(edit, Edit) and not document.reads(edit):
                raise ValueError(f"{'.'.join(edit.path)} would not be read as it is written beside the other edits")
        return document

    def reads(self, edit: Edit) -> bool:
        """Whether the text of an edit stands where it is to stand."""
        for path in (edit.path, edit.path[:-1]):
            node = self._tree.find(path)
            if isinstance(node, Scalar):
                return node.text == edit.text
        return False

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
