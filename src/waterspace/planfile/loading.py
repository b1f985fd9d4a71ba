"""An exercise file to an exercise, or to one error that lists every fault."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from waterspace.domain import Exercise, Place, SourceText
from waterspace.errors import Fault, PlanFileError
from waterspace.planfile.reading import decode, read
from waterspace.planfile.tree import Tree, compose, plain

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.planfile.parameters import ParameterKeys
    from waterspace.planfile.wire import FileWire

__all__ = ["Places", "load", "loads", "without_collector"]


def load(path: str | Path) -> Exercise:
    """The exercise in a file; `-` reads standard input.

    Raises:
        PlanFileError: with every fault of the file.
    """
    return _exercise(read(path), str(path))


def loads(content: str | bytes, file: str = "<text>") -> Exercise:
    """The exercise in a text.

    Args:
        content: of an exercise file; bytes are read as UTF-8.
        file: what to call it in faults and places.

    Raises:
        PlanFileError: with every fault of the text.
    """
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    return _exercise(content, file)


def _exercise(content: bytes, file: str) -> Exercise:
    from waterspace.planfile.build import build

    with without_collector():
        tree = compose(decode(content, file), file)
        wire, parameters, faults = _validate(tree)
        if wire is None or faults:
            raise PlanFileError(tuple(faults))
        return build(wire, parameters, Places(tree), SourceText(file=file, content=content))


@contextmanager
def without_collector() -> Iterator[None]:
    """Nothing that is made here is garbage, and looking for some takes a third of the time of a large file."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _validate(tree: Tree) -> tuple[FileWire | None, Mapping[str, object], list[Fault]]:
    """The wire model (None where it refuses), the parameters of the serials, and every fault."""
    from pydantic import ValidationError

    from waterspace.planfile.agreement import disagreements
    from waterspace.planfile.windows import sunless
    from waterspace.planfile.wire import FileWire

    faults = [*tree.faults, *disagreements(tree)]
    data = plain(tree.root)
    reader = _SerialReader(tree)
    serials = data.get("serials")
    if isinstance(serials, dict):
        data["serials"] = {id_: reader.read(id_, entry) for id_, entry in serials.items()}
    wire = None
    try:
        wire = FileWire.model_validate(data)
    except ValidationError as error:
        from waterspace.planfile.explain import explain

        faults += explain(error, FileWire, tree)
    if wire is not None and not faults:
        faults += sunless(wire, tree)
    return wire, reader.parameters, faults + reader.faults


class _SerialReader:
    """Tells the keys that every serial has from the parameters of its type, and reads those."""

    def __init__(self, tree: Tree) -> None:
        from waterspace.planfile.parameters import COMMON_KEYS

        self.parameters: dict[str, object] = {}
        self.faults: list[Fault] = []
        self._tree = tree
        self._common = COMMON_KEYS
        self._known: dict[str, ParameterKeys | None] = {}

    def read(self, id_: str, entry: object) -> object:
        """The keys that every serial has; the others are kept as parameters."""
        if not isinstance(entry, dict):
            return entry
        type_ = entry.get("type")
        common = {key: value for key, value in entry.items() if key in self._common}
        keys = self._keys(id_, type_) if isinstance(type_, str) else None
        if keys is not None:
            self._read_parameters(id_, keys, {key: value for key, value in entry.items() if key not in self._common})
        return common

    def _keys(self, id_: str, type_: str) -> ParameterKeys | None:
        from waterspace.planfile.parameters import parameter_keys
        from waterspace.planfile.scalars import near_miss_or_all, show
        from waterspace.serials import registry

        if type_ not in self._known:
            try:
                self._known[type_] = parameter_keys(type_)
            except KeyError:
                self._known[type_] = None
        if self._known[type_] is None:
            path = ("serials", id_, "type")
            self.faults.append(
                self._tree.lines.fault(
                    self._tree.nearest(path),
                    f"There is no serial type {show(type_)!r}.",
                    path=".".join(path),
                    found=show(type_),
                    expected="a serial type",
                    advice=near_miss_or_all(type_, registry.keys()),
                )
            )
        return self._known[type_]

    def _read_parameters(self, id_: str, keys: ParameterKeys, given: Mapping[str, Any]) -> None:
        from pydantic import ValidationError

        from waterspace.planfile.explain import explain

        path = ("serials", id_)
        try:
            self.parameters[id_] = keys.build(keys.wire.model_validate(given))
        except ValidationError as error:
            self.faults += explain(error, keys.wire, self._tree, prefix=path, also=tuple(sorted(self._common)))
        except ValueError as error:
            message = f"The parameters of serial {id_} do not go together: {error}."
            self.faults.append(self._tree.lines.fault(self._tree.nearest(path), message, path=".".join(path)))


class Places(Mapping[str, Place]):
    """Where each value stands, by dotted path; worked out when asked, for plans are large and questions few."""

    __slots__ = ("_tree",)

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def __getitem__(self, path: str) -> Place:
        """The place of a value.

        Raises:
            KeyError: no value has that path.
        """
        offset = self._tree.offset(tuple(path.split(".")) if path else ())
        if offset is None:
            raise KeyError(path)
        return self._tree.lines.place(offset)

    def __iter__(self) -> Iterator[str]:
        """Every path, in the order of the file."""
        return (".".join(path) for path in self._tree.paths())

    def __len__(self) -> int:
        """How many values there are."""
        return sum(1 for _ in self._tree.paths())
