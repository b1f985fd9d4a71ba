"""What the wire models refuse, as faults with their place in the file and a sentence for a person."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from waterspace.errors import Fault, NotationError
from waterspace.planfile.contradiction import ContradictionError
from waterspace.planfile.corners import CornersError
from waterspace.planfile.pieces import Fact
from waterspace.planfile.scalars import TEXT, Reader, TooFewError, UnknownWordError, near_miss, near_miss_or_all, show
from waterspace.planfile.tree import plain

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from waterspace.planfile.contradiction import Contradiction
    from waterspace.planfile.tree import Path, Tree

__all__ = ["explain", "known_keys"]

_KEY = "[key]"
_MAPPINGS = frozenset({"model_type", "model_attributes_type", "dict_type"})


def explain(
    error: ValidationError, model: type[BaseModel], tree: Tree, *, prefix: Path = (), also: tuple[str, ...] = ()
) -> list[Fault]:
    """The faults behind what a model refused.

    Args:
        error: of the model.
        model: that refused.
        tree: of the file.
        prefix: path of the mapping that the model was given.
        also: keys that the mapping may have beside those of the model.
    """
    faults = []
    for detail in error.errors(include_url=False):
        path = (*prefix, *(str(part) for part in detail["loc"] if part != _KEY))
        if any(path[:end] in tree.refused for end in range(len(path) + 1)):
            continue
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, ContradictionError):
            faults += [_contradicted(one, (*path, *one.at), tree) for one in cause.contradictions]
        else:
            faults.append(_fault(detail, path, tree, _Known(model, path[len(prefix) :], also)))
    return faults


def _contradicted(one: Contradiction, path: Path, tree: Tree) -> Fault:
    dotted = ".".join(path)
    return tree.lines.fault(
        tree.nearest(path),
        f"{_named(path) or 'The file'} {one.said}.",
        path=dotted,
        found=_found(path, tree),
        expected=one.expected,
        advice=one.advice,
    )


def _found(path: Path, tree: Tree) -> str:
    node = tree.find(path)
    return show(plain(node)) if node is not None else "nothing"


def _named(path: Path) -> str:
    """A path with dots; where a rule of a policy is in it, with its number as the log of a run counts, from 1."""
    of_rule = len(path) > 3 and (path[0], path[2]) == ("policies", "rules") and path[3].isdecimal()
    return ".".join(path) + (f" (rule {int(path[3]) + 1})" if of_rule else "")


class _Known:
    """What a model says of a path."""

    def __init__(self, model: type[BaseModel], path: Path, also: tuple[str, ...]) -> None:
        self._model = model
        self._path = path
        self._also = also

    def siblings(self) -> tuple[str, ...]:
        """Keys that may stand where the path's last key stands."""
        extra = self._also if len(self._path) == 1 else ()
        return (*known_keys(self._model, self._path[:-1]), *extra)

    def expected(self) -> str:
        """What the path's value should be, in words."""
        return _expected(self._model, self._path)


def _fault(detail: ErrorDetails, path: Path, tree: Tree, known: _Known) -> Fault:
    kind, dotted = detail["type"], ".".join(path)
    if kind == "extra_forbidden":
        key = path[-1]
        owner = f"{_named(path[:-1])} has" if path[:-1] else "The file has"
        message = f"{owner} no key {show(key)!r}."
        advice = near_miss_or_all(key, known.siblings())
        return tree.lines.fault(_key_offset(tree, path), message, path=dotted, found=show(key), advice=advice)
    if kind == "missing":
        owner = _named(path[:-1]) or "The file"
        expected = known.expected()
        message = f"{owner} lacks the key {path[-1]}{'' if expected == TEXT.expected else f': {expected}'}."
        return tree.lines.fault(tree.nearest(path[:-1]), message, path=dotted, found="nothing", expected=expected)
    cause = detail.get("ctx", {}).get("error")
    if detail["loc"][-1:] == (_KEY,):
        return _unfit_key(cause, path, tree)
    if isinstance(cause, CornersError):
        corner = (*path, str(cause.corner))
        message = f"The sides of {dotted} bound no area: {cause.reason}."
        return tree.lines.fault(
            tree.nearest(corner), message, path=".".join(corner), found=cause.found, expected=cause.expected
        )
    offset, name = tree.nearest(path), _named(path) or "The file"
    if isinstance(cause, NotationError):
        return _unread(cause, name, dotted, tree, offset)
    expected = "a mapping of keys and values" if kind in _MAPPINGS else "a list"
    found = show(detail["input"])
    message = f"{name} is {_article(found, detail['input'])}, but {expected} is expected."
    return tree.lines.fault(offset, message, path=dotted, found=found, expected=expected)


def _article(found: str, value: object) -> str:
    return f"the text {found!r}" if isinstance(value, str) else found


def _unread(cause: NotationError, name: str, path: str, tree: Tree, offset: int) -> Fault:
    found = show(cause.found)
    if isinstance(cause, TooFewError):
        message = f"{name} has {found}, but {cause.expected} are needed."
        return tree.lines.fault(offset, message, path=path, found=found, expected=cause.expected)
    shown = found if found in {"a list", "a mapping"} else repr(found)
    reason = f": {cause.reason}" if cause.reason else ""
    message = f"{name} is {shown}, but {cause.expected} is expected{reason}."
    advice = near_miss(cause.found, cause.choices) if isinstance(cause, UnknownWordError) else ""
    return tree.lines.fault(offset, message, path=path, found=found, expected=cause.expected, advice=advice)


def _unfit_key(cause: Any, path: Path, tree: Tree) -> Fault:  # noqa: ANN401  # pydantic does not say
    expected = cause.expected if isinstance(cause, NotationError) else "another key"
    message = f"The key {show(path[-1])!r} is not {expected}."
    return tree.lines.fault(
        _key_offset(tree, path), message, path=".".join(path), found=show(path[-1]), expected=expected
    )


def _key_offset(tree: Tree, path: Path) -> int:
    offset = tree.key_offset(path)
    return tree.nearest(path) if offset is None else offset


def known_keys(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """Keys that the mapping at a path may have, those of every mapping last."""
    found = _annotation(model, path)
    return tuple(sorted(_fields(found), key=lambda key: key in Fact.model_fields))


def _expected(model: type[BaseModel], path: Path) -> str:
    owner = _annotation(model, path[:-1])
    field = _fields(owner)[path[-1]]
    readers = [part for part in field.metadata if isinstance(part, Reader)]
    if readers:
        return str(readers[0].expected)
    return "a list" if typing.get_origin(field.annotation) is tuple else "a mapping of keys and values"


def _fields(model: Any) -> Mapping[str, FieldInfo]:  # noqa: ANN401  # a model class
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _is_model(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)


def _annotation(model: type[BaseModel], path: Path) -> object:
    """The model or type that reads the value at a path; None where nothing does."""
    found: object = model
    for key in path:
        if _is_model(found):
            field = _fields(found).get(key)
            found = None if field is None else _bare(field.annotation)
        else:
            # the value type of a mapping, or the item type of a list
            arguments = [part for part in typing.get_args(found) if part is not Ellipsis]
            found = _bare(arguments[-1]) if arguments else None
    return found


def _bare(annotation: object) -> object:
    """An annotation without `None`."""
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        given = [part for part in typing.get_args(annotation) if part is not types.NoneType]
        return _bare(given[0])
    return annotation
