"""YAML text to a tree of texts with their spans; meanings come later.

The events come from libyaml. Whatever makes YAML surprising is refused here: anchors and aliases (so a small file can
never unfold into a huge one), tags, merge keys, several documents, duplicate keys, empty values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from waterspace.errors import Fault, PlanFileError, WaterspaceError
from waterspace.planfile.lines import Lines
from waterspace.planfile.reading import NOT_TEXT
from waterspace.planfile.syntax import explain_syntax

__all__ = ["DEEPEST", "MOST_VALUES", "Listing", "Node", "Path", "Scalar", "Table", "Tree", "compose", "plain"]

DEEPEST = 40
"""Levels of nesting allowed; a plan needs eight."""

MOST_VALUES = 1_000_000
"""Values in a file; 10,000 serials take some 200,000."""

Path = tuple[str, ...]


@dataclass(slots=True)
class Scalar:
    """A text, quoted or not, and its span in the file (quotes included)."""

    text: str
    start: int
    end: int
    block: ClassVar[bool] = False


@dataclass(slots=True)
class Table:
    """A mapping. `keys` holds where each key starts."""

    start: int
    end: int
    block: bool
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Listing:
    """A sequence."""

    start: int
    end: int
    block: bool
    items: list[Node] = field(default_factory=list)


Node = Scalar | Table | Listing


@dataclass(slots=True)
class Tree:
    """What a text says, before anybody asks what it means.

    Attributes:
        root: the mapping at the top.
        faults: what was refused.
        refused: paths of values that were refused, so that nobody complains of them again.
    """

    root: Table
    lines: Lines
    faults: list[Fault] = field(default_factory=list)
    refused: set[Path] = field(default_factory=set)

    def find(self, path: Path) -> Node | None:
        """The value at a path, or None."""
        node: Node | None = self.root
        for key in path:
            if isinstance(node, Table):
                node = node.entries.get(key)
            elif isinstance(node, Listing) and key.isdecimal() and int(key) < len(node.items):
                node = node.items[int(key)]
            else:
                return None
        return node

    def offset(self, path: Path) -> int | None:
        """Where to point for a path: at the value, or at its key where the value begins on a line of its own."""
        parent, node = self.find(path[:-1]), self.find(path)
        if node is None:
            return None
        if path and node.block and isinstance(parent, Table):
            return parent.keys[path[-1]]
        return node.start

    def key_offset(self, path: Path) -> int | None:
        """Where a key of a mapping starts, or None."""
        parent = self.find(path[:-1])
        return parent.keys.get(path[-1]) if isinstance(parent, Table) else None

    def nearest(self, path: Path) -> int:
        """Where to point for a path that may not stand in the file: at the nearest value around it."""
        for end in range(len(path), 0, -1):
            offset = self.offset(path[:end])
            if offset is not None:
                return offset
        return self.root.start

    def paths(self) -> Iterator[Path]:
        """The path of every value, in the order of the file."""
        yield from _paths((), self.root)


def _paths(path: Path, node: Node) -> Iterator[Path]:
    yield path
    if isinstance(node, Table):
        for key, value in node.entries.items():
            yield from _paths((*path, key), value)
    elif isinstance(node, Listing):
        for index, value in enumerate(node.items):
            yield from _paths((*path, str(index)), value)


def plain(node: Node) -> Any:  # noqa: ANN401  # texts, lists and dictionaries of them
    """Texts, lists and dictionaries, without spans."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Table):
        return {key: plain(value) for key, value in node.entries.items()}
    return [plain(value) for value in node.items]


def compose(text: str, file: str) -> Tree:
    """The tree of a text.

    Raises:
        PlanFileError: it is not YAML, is nested too deeply, or is not a mapping at the top.
        WaterspaceError: libyaml is missing.
    """
    import yaml

    if not yaml.__with_libyaml__:
        raise WaterspaceError("PyYAML is installed without libyaml: install a wheel of PyYAML, or libyaml before it")
    lines = Lines(text, file)
    composer = _Composer(lines, yaml.CBaseLoader(text).get_event)
    try:
        root = composer.document()
    except yaml.MarkedYAMLError as error:
        raise PlanFileError((*composer.faults, *explain_syntax(error, text, lines))) from None
    except _StopError as stop:
        raise PlanFileError((*composer.faults, lines.fault(stop.offset, stop.message, advice=stop.advice))) from None
    if not isinstance(root, Table):
        raise PlanFileError((*composer.faults, _no_mapping(root, lines)))
    return Tree(root=root, lines=lines, faults=composer.faults, refused=composer.refused)


def _no_mapping(root: Node | None, lines: Lines) -> Fault:
    advice = "Begin with the line waterspace: 1; waterspace new writes a starting file."
    if root is None:
        return Fault(file=lines.file, line=0, column=0, message="The file holds no keys.", advice=advice)
    found = "a list" if isinstance(root, Listing) else "a text"
    message = f"The file is {found}, but a mapping of keys such as exercise, units and serials is expected."
    return lines.fault(root.start, message, found=found, expected="a mapping", advice=advice)


class _StopError(Exception):
    """Reading on makes no sense."""

    def __init__(self, offset: int, message: str, advice: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.advice = advice


class _Composer:
    """Builds nodes from events, and notes what it refuses."""

    def __init__(self, lines: Lines, next_event: Any) -> None:  # noqa: ANN401  # libyaml's parser is untyped
        from yaml import events

        self.lines = lines
        self.faults: list[Fault] = []
        self.refused: set[Path] = set()
        self._next = next_event
        self._path: list[str] = []
        self._near = 0
        self._count = 0
        self._scalar_event = events.ScalarEvent
        self._alias_event = events.AliasEvent
        self._mapping_event = events.MappingStartEvent
        self._mapping_end: Any = events.MappingEndEvent
        self._sequence_end: Any = events.SequenceEndEvent
        self._stream_end = events.StreamEndEvent

    def document(self) -> Node | None:
        self._next()  # the stream's start
        first = self._next()
        if first.__class__ is self._stream_end:
            return None
        root = self._node(self._next())
        if root is None:
            return None
        self._next()  # the document's end
        more = self._next()
        if more.__class__ is not self._stream_end:
            message = "A second document begins here, but an exercise file is one document."
            advice = "Remove the line --- or move what follows to a file of its own."
            self._refuse(more.start_mark.index, message, advice)
        return root

    def _node(self, event: Any) -> Node | None:  # noqa: ANN401  # libyaml's events
        """The node that begins with an event; None where it was refused."""
        self._count += 1
        if self._count > MOST_VALUES:
            message = f"The file has more than {MOST_VALUES:,} values; this is the first too many."
            raise _StopError(event.start_mark.index, message, "Is it really an exercise file?")
        kind = event.__class__
        if kind is self._scalar_event:
            return self._scalar(event)
        if kind is self._alias_event:
            advice = "Write the value out; aliases are not used in exercise files."
            message = f"*{event.anchor} repeats a value from elsewhere."
            self._refuse(event.start_mark.index, message, advice)
            self.refused.add(tuple(self._path))
            return None
        self._refuse_properties(event)
        if len(self._path) >= DEEPEST:
            message = f"The nesting is deeper than {DEEPEST} levels here."
            advice = "Look for brackets that are never closed, or for a list inside itself."
            raise _StopError(event.start_mark.index, message, advice)
        return self._table(event) if kind is self._mapping_event else self._listing(event)

    def _scalar(self, event: Any) -> Scalar | None:  # noqa: ANN401  # libyaml's events
        text: str = event.value
        if not event.style:
            if text in _NULLS:
                self._refuse_null()
                return None
        elif event.style == '"' and NOT_TEXT.search(text):
            message = "The text holds a control character, written as an escape."
            self._refuse(event.start_mark.index, message, "Leave it out.")
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        return Scalar(text, event.start_mark.index, event.end_mark.index)

    def _table(self, start: Any) -> Table:  # noqa: ANN401  # libyaml's events
        table = Table(start.start_mark.index, start.end_mark.index, not start.flow_style)
        path, next_event = self._path, self._next
        while (event := next_event()).__class__ is not self._mapping_end:
            key = self._key(event, table)
            path.append("?" if key is None else key)
            if key is None:
                self._pass_over(next_event())
            else:
                table.keys[key] = self._near = event.start_mark.index
                value = self._node(next_event())
                if value is not None:
                    table.entries[key] = value
            path.pop()
        table.end = event.end_mark.index
        return table

    def _listing(self, start: Any) -> Listing:  # noqa: ANN401  # libyaml's events
        listing = Listing(start.start_mark.index, start.end_mark.index, not start.flow_style)
        path, next_event = self._path, self._next
        while (event := next_event()).__class__ is not self._sequence_end:
            path.append(str(len(listing.items)))
            self._near = event.start_mark.index
            value = self._node(event)
            path.pop()
            listing.items.append(Scalar("", event.start_mark.index, event.end_mark.index) if value is None else value)
        listing.end = event.end_mark.index
        return listing

    def _key(self, event: Any, table: Table) -> str | None:  # noqa: ANN401  # libyaml's events
        """The text of a key; None where it was refused and its value is to be passed over."""
        offset = event.start_mark.index
        if event.__class__ is not self._scalar_event:
            self._refuse(offset, "A list, a mapping or an alias stands where a key is expected.", "Write a word.")
            self._pass_over(event)
            return None
        key: str = event.value
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if not event.style and key == "<<":
            self._refuse(offset, "The merge key << is not used in exercise files.", "Write the values out.")
            return None
        if not event.style and key in _NULLS:
            self._refuse(offset, "The key is empty.", "Write a word before the colon.")
            return None
        if key in table.keys:
            first, second = self.lines.line(table.keys[key]), self.lines.line(offset)
            message = f"{'.'.join((*self._path, key))} is given twice, in line {first} and in line {second}."
            self._refuse(offset, message, "Remove one, or give it another name.")
            return None
        return key

    def _pass_over(self, event: Any) -> None:  # noqa: ANN401  # libyaml's events
        """Read a value that nobody will use, and say nothing of it."""
        said = len(self.faults)
        self._path.append("?")
        try:
            self._node(event)
        finally:
            del self.faults[said:]
        self._path.pop()

    def _refuse_null(self) -> None:
        path = tuple(self._path)
        self._refuse(self._near, f"{'.'.join(path) or 'The file'} has no value.", "Write a value, or remove the line.")
        self.refused.add(path)

    def _refuse_properties(self, event: Any) -> None:  # noqa: ANN401  # libyaml's events
        offset = event.start_mark.index
        if event.anchor is not None:
            advice = "Remove it; anchors are not used in exercise files."
            self._refuse(offset, f"&{event.anchor} marks a value to be repeated elsewhere.", advice)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            advice = "Remove it; every value is read as text and given its meaning by its key."
            self._refuse(offset, f"{tag} is a YAML tag.", advice)

    def _refuse(self, offset: int, message: str, advice: str) -> None:
        self.faults.append(self.lines.fault(offset, message, path=".".join(self._path), advice=advice))


_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
