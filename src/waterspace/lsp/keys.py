"""What may stand at a path of an exercise file, and what it means: from the models that also make the JSON Schema."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from waterspace import checks, planfile
from waterspace.errors import PluginError
from waterspace.planfile.parameters import COMMON_KEYS, parameter_keys
from waterspace.planfile.scalars import Reader
from waterspace.planfile.wire import FileWire
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic.fields import FieldInfo

__all__ = ["Key", "Path", "TypeOf", "key_at", "keys_in", "sections", "value_kind"]

Path = tuple[str, ...]
TypeOf = typing.Callable[[str], "str | None"]
"""From the id of a serial to its type, as far as the file gives it."""

_FACT = ("source", "confidence", "note")
"""Keys that every entry may have; they come last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a key means.

    Attributes:
        name: of the key.
        text: what it means.
        expected: what may be written, in words, with an example; empty for mappings.
        bounds: what is refused beyond that, such as `at most 9`; empty where nothing is.
        choices: the words allowed, each with what it means where that is said.
        examples: of what may be written.
        required: whether the mapping must have it.
        default: what holds without it, as a planner would write it.
        source: of the default.
        holds: `text`, `mapping` or `list`.
        takes_several: whether a list of such values may stand there.
        reader: gives the text its meaning; None for mappings.
    """

    name: str
    text: str
    expected: str = ""
    bounds: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    examples: tuple[str, ...] = ()
    required: bool = False
    default: str = ""
    source: str = ""
    holds: str = "text"
    takes_several: bool = False
    reader: Reader[Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """What an annotation of the models says."""

    model: type[BaseModel] | None = None
    values: Any = None
    items: Any = None
    reader: Reader[Any] | None = None


def sections() -> tuple[Path, ...]:
    """Paths of the mappings from an id to an entry, such as `units` and `context.observers`."""
    return _sections(FileWire)


@cache
def _sections(model: type[BaseModel], above: Path = ()) -> tuple[Path, ...]:
    found: list[Path] = []
    for name, field in model.model_fields.items():
        kind = _kind_of_field(field)
        path = (*above, field.alias or name)
        if kind.values is not None and _kind(kind.values).model is not None:
            found.append(path)
        elif kind.model is not None and not above:
            found += _sections(kind.model, path)
    return tuple(found)


def key_at(path: Path, type_of: TypeOf) -> Key | None:
    """What the key at the end of a path means; None for ids, items of lists and keys that are unknown."""
    return next((key for key in keys_in(path[:-1], type_of) if key.name == path[-1]), None) if path else None


def keys_in(path: Path, type_of: TypeOf) -> tuple[Key, ...]:
    """The keys that the mapping at a path may have, those of every entry last; empty where there is no such mapping."""
    if len(path) >= 2 and path[0] == "serials" and path[2:] in {(), ("units",)}:
        type_ = type_of(path[1])
        return _roles(type_) if path[2:] else _of_serial(type_)
    if path == ("check", "limits"):
        return _limits()
    model = _model_at(path)
    return () if model is None else _of_model(model)


@cache
def _limits() -> tuple[Key, ...]:
    """The limits of rules that a staff may set."""
    return tuple(
        Key(
            name=limit.name,
            text=limit.meaning,
            expected=limit.expected,
            default=limit.write(limit.default),
            source=limit.source,
        )
        for limit in checks.known_limits()
    )


def value_kind(path: Path, type_of: TypeOf) -> Key | None:
    """The key whose value, or one item of whose value, stands at a path; None where nothing is known of it."""
    found = key_at(path, type_of)
    if found is None and path and path[-1].isdecimal():
        found = key_at(path[:-1], type_of)
    if found is None and len(path) > 1:
        found = _role_or_free(path, type_of)
    return found


def _role_or_free(path: Path, type_of: TypeOf) -> Key | None:
    """The value of a role, or of another key that the file chooses, such as the id of a disputed feature."""
    above = path[:-1] if not path[-1].isdecimal() else path[:-2]
    outer = key_at(above, type_of)
    if outer is None or outer.holds != "mapping" or outer.reader is None:
        return None
    return Key(name=path[-1], text=outer.text, expected=outer.expected, reader=outer.reader, takes_several=True)


def _model_at(path: Path) -> type[BaseModel] | None:
    kind = _Kind(model=FileWire)
    for step in path:
        if kind.model is not None:
            field = _fields(kind.model).get(step)
            if field is None:
                return None
            kind = _kind_of_field(field)
        elif kind.values is not None:
            kind = _kind(kind.values)
        elif kind.items is not None and step.isdecimal():
            kind = _kind(kind.items)
        else:
            return None
    return kind.model


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name.removesuffix("_"): field for name, field in model.model_fields.items()}


def _kind_of_field(field: FieldInfo) -> _Kind:
    reader = next((part for part in field.metadata if isinstance(part, Reader)), None)
    return _Kind(reader=reader) if reader is not None else _kind(field.annotation)


def _kind(annotation: Any) -> _Kind:  # noqa: ANN401  # whatever an annotation may be
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        reader = next((part for part in arguments[1:] if isinstance(part, Reader)), None)
        return _Kind(reader=reader) if reader is not None else _kind(arguments[0])
    if origin in {typing.Union, types.UnionType}:
        return _kind(next(part for part in arguments if part is not types.NoneType))
    if origin is dict:
        return _Kind(values=arguments[1])
    if origin is tuple:
        return _Kind(items=arguments[0])
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _Kind(model=annotation)
    return _Kind()


@cache
def _schema() -> dict[str, Any]:
    return planfile.json_schema(())


def _described(model: type[BaseModel]) -> dict[str, Any]:
    """What the schema says of the keys of a model."""
    schema = _schema()
    part = schema if model is FileWire else schema["definitions"].get(model.__name__.removesuffix("Wire"), {})
    return typing.cast("dict[str, Any]", part)


@cache
def _of_model(model: type[BaseModel]) -> tuple[Key, ...]:
    described = _described(model)
    properties, required = described.get("properties", {}), described.get("required", ())
    keys = [
        _key(name, str(properties.get(name, {}).get("description", "")), field, is_required=name in required)
        for name, field in _fields(model).items()
    ]
    return tuple(sorted(keys, key=lambda key: key.name in _FACT))


def _key(name: str, text: str, field: FieldInfo, *, is_required: bool) -> Key:
    kind = _kind_of_field(field)
    reader, holds, several = kind.reader, "text", False
    if kind.model is not None:
        holds = "mapping"
    elif kind.values is not None:
        holds, reader = "mapping", _inner_reader(kind.values)
    elif kind.items is not None:
        item = _kind(kind.items)
        reader, several = item.reader, True
        holds = "list" if reader is None else "text"
    return _with_reader(name, text, reader, holds, several=several, required=is_required)


def _inner_reader(values: Any) -> Reader[Any] | None:  # noqa: ANN401  # an annotation
    kind = _kind(values)
    return kind.reader or (_kind(kind.items).reader if kind.items is not None else None)


def _with_reader(  # a key has that many sides
    name: str, text: str, reader: Reader[Any] | None, holds: str, *, several: bool, required: bool
) -> Key:
    schema = {} if reader is None else reader.schema
    return Key(
        name=name,
        text=text,
        expected="" if reader is None else reader.expected,
        bounds="" if reader is None else reader.bounds,
        choices=tuple((str(word), "") for word in schema.get("enum", ()) if isinstance(word, str)),
        examples=tuple(str(example) for example in schema.get("examples", ())),
        required=required,
        holds=holds,
        takes_several=several,
        reader=reader,
    )


def _of_serial(type_: str | None) -> tuple[Key, ...]:
    common = [
        Key(name=key.name, text=key.text, required=True, choices=_types()) if key.name == "type" else key
        for key in _of_model(typing.cast("type[BaseModel]", _model_at(("serials", "any"))))
    ]
    assert {key.name for key in common} == COMMON_KEYS
    own = _parameters(type_) if type_ is not None else ()
    first = [key for key in common if key.name not in _FACT]
    return (*first[:1], *own, *first[1:], *common[len(first) :])


@cache
def _types() -> tuple[tuple[str, str], ...]:
    return tuple((key, _title(key)) for key in registry.keys())  # noqa: SIM118  # a function of that name


def _title(key: str) -> str:
    try:
        found = registry.get(key)
    except PluginError as error:
        return str(error)
    return f"{found.title}: {found.summary}"


def _usable(key: str, ask: Callable[[str], Iterable[Key]]) -> tuple[Key, ...]:
    try:
        return tuple(ask(key))
    except (KeyError, PluginError):
        return ()


@cache
def _parameters(type_: str) -> tuple[Key, ...]:
    return _usable(type_, _read_parameters)


def _read_parameters(type_: str) -> Iterable[Key]:
    known = parameter_keys(type_)
    fields = _fields(known.wire)
    for name, parameter in known.parameters.items():
        kind = _kind_of_field(fields[name])
        several = kind.items is not None
        reader = _kind(kind.items).reader if several else kind.reader
        key = _with_reader(name, parameter.text, reader, "text", several=several, required=parameter.required)
        yield Key(
            **{slot: getattr(key, slot) for slot in key.__slots__ if slot not in {"default", "source"}},
            default=parameter.default,
            source=parameter.source,
        )


def _roles(type_: str | None) -> tuple[Key, ...]:
    return () if type_ is None else _usable(type_, _read_roles)


def _read_roles(type_: str) -> Iterable[Key]:
    for role in registry.get(type_).roles:
        yield Key(
            name=role.name,
            text=role.text,
            expected="ids of units or groups",
            bounds=_how_many(role.minimum, role.maximum),
            required=role.minimum > 0,
            takes_several=role.maximum != 1,
        )


def _how_many(minimum: int, maximum: int | None) -> str:
    if maximum is None:
        return f"at least {minimum}"
    return f"{minimum}" if minimum == maximum else f"{minimum} to {maximum}"
