"""What no value says alone: a piece of sea has exactly one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.planfile.tree import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.errors import Fault
    from waterspace.planfile.tree import Path, Tree

__all__ = ["disagreements"]

_SHAPES = ("polygon", "circle", "sector", "corridor")
_SHAPED = (("areas",), ("context", "exercises"), ("context", "reservations"))
_MAY_LACK_SHAPE = ("context", "exercises")


def disagreements(tree: Tree) -> Iterator[Fault]:
    """The faults of pieces of sea with no shape, or with several."""
    for section in _SHAPED:
        table = tree.find(section)
        if isinstance(table, Table):
            for id_, entry in table.entries.items():
                if isinstance(entry, Table):
                    yield from _shape_faults((*section, id_), entry, tree, may_lack=section == _MAY_LACK_SHAPE)


def _shape_faults(path: Path, entry: Table, tree: Tree, *, may_lack: bool) -> Iterator[Fault]:
    given = [key for key in entry.keys if key in _SHAPES]
    dotted = ".".join(path)
    expected = "exactly one of polygon, circle, sector and corridor"
    if len(given) > 1:
        message = f"{dotted} has {' and '.join(given)}, but {expected} is expected."
        yield tree.lines.fault(
            entry.keys[given[1]], message, path=f"{dotted}.{given[1]}", found=", ".join(given), expected=expected
        )
    if not given and not may_lack:
        message = f"{dotted} has no shape: {expected} is expected."
        yield tree.lines.fault(tree.nearest(path), message, path=dotted, found="nothing", expected=expected)
