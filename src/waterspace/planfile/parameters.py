"""The keys of a serial type's parameters, made from its dataclass: `range_m` becomes `range`, read as a distance."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, create_model

from waterspace import notation
from waterspace.domain import Position
from waterspace.errors import PluginError
from waterspace.planfile import scalars
from waterspace.planfile.pieces import Wire
from waterspace.planfile.scalars import OneOrMore, Reader, bounded, words
from waterspace.planfile.wire import SerialWire
from waterspace.quantity import SECOND_MS
from waterspace.serials import registry

if TYPE_CHECKING:
    from waterspace.serials.base import SerialType

__all__ = ["COMMON_KEYS", "Kind", "Parameter", "ParameterKeys", "parameter_keys"]

COMMON_KEYS = frozenset(field.alias or name for name, field in SerialWire.model_fields.items())
"""Keys that every serial has; a type may not call a parameter by one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How the values of one suffix are read and shown."""

    reader: Reader[Any]
    write: Callable[[Any], str]


def _parse_seconds(text: str) -> float:
    return notation.parse_duration(text) / SECOND_MS


def _write_seconds(duration_s: float) -> str:
    return notation.format_duration(round(duration_s * SECOND_MS))


def _write_number(value: float) -> str:
    return f"{value:g}"


def _write_degrees(angle_deg: float) -> str:
    return f"{angle_deg:g} deg"


_SUFFIXES: Mapping[str, Kind] = {
    "_mps": Kind(reader=scalars.SPEED, write=notation.format_speed),
    "_m": Kind(reader=scalars.DISTANCE, write=notation.format_distance),
    "_ms": Kind(reader=scalars.DURATION, write=notation.format_duration),
    "_s": Kind(reader=Reader(_parse_seconds, scalars.DURATION.expected, scalars.DURATION.schema), write=_write_seconds),
    "_deg": Kind(reader=scalars.BEARING, write=notation.format_bearing),
    "_kg": Kind(reader=scalars.MASS, write=notation.format_mass),
    "_count": Kind(reader=scalars.COUNT, write=str),
    "_ratio": Kind(reader=scalars.RATIO, write=_write_number),
}
_SPECIAL: Mapping[str, Kind] = {
    # names that say more than their suffix
    "height_m": Kind(reader=scalars.HEIGHT, write=notation.format_height),
    "ceiling_m": Kind(reader=scalars.HEIGHT, write=notation.format_height),
    "floor_m": Kind(reader=scalars.HEIGHT, write=notation.format_height),
    "altitude_m": Kind(reader=scalars.HEIGHT, write=notation.format_height),
    "angle_deg": Kind(reader=scalars.ANGLE, write=_write_degrees),
}
_PLAIN: Mapping[object, Kind] = {
    str: Kind(reader=scalars.TEXT, write=str),
    bool: Kind(reader=scalars.FLAG, write=lambda flag: "yes" if flag else "no"),
    int: Kind(reader=scalars.COUNT, write=str),
    float: Kind(reader=scalars.NUMBER, write=_write_number),
    Position: Kind(
        reader=scalars.POSITION, write=lambda position: notation.format_position(position.lat_deg, position.lon_deg)
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a serial type, as a planner sees it.

    Attributes:
        key: in the file.
        field: of the type's dataclass.
        text: what it means.
        expected: what may be written, with an example.
        required: whether the file must give it.
        default: as a planner would write it; empty where there is none.
        source: of the default.
    """

    key: str
    field: str
    text: str
    expected: str
    required: bool
    default: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterKeys:
    """The keys of a serial type's parameters.

    Attributes:
        wire: model that reads them.
        make: the type's own frozen dataclass.
        parameters: by key, in the order of the dataclass.
    """

    wire: type[Wire]
    make: Callable[..., object]
    parameters: Mapping[str, Parameter]

    def build(self, wire: Wire) -> object:
        """The type's parameters; what the file does not give keeps its default.

        Raises:
            ValueError: the type's dataclass refuses the values.
        """
        given = wire.model_fields_set
        return self.make(**{parameter.field: getattr(wire, field) for field, parameter in self.fields(given)})

    def fields(self, given: set[str]) -> list[tuple[str, Parameter]]:
        """The parameters among the given fields of the wire model."""
        return [(name, self.parameters[name.removesuffix("_")]) for name in given]


@cache
def parameter_keys(key: str) -> ParameterKeys:
    """The keys of a type's parameters.

    Raises:
        KeyError: there is no such type.
        PluginError: its parameters cannot be read from a file.
    """
    serial_type = registry.get(key)
    parameters: dict[str, Parameter] = {}
    fields: dict[str, Any] = {}
    hints = _hints(serial_type)
    for field in dataclasses.fields(serial_type.parameters):  # type: ignore[arg-type]  # a dataclass by contract
        name, kind = _key_and_kind(field.name, hints[field.name], serial_type)
        if name in COMMON_KEYS or name in parameters:
            message = f"serial type {key!r}: parameter {field.name!r} would be the key {name!r}, which is taken"
            raise PluginError(message)
        annotation = _annotation(field, hints[field.name], kind)
        parameters[name] = _parameter(name, field, kind)
        # A trailing underscore keeps keys such as `schema` and `copy` apart from pydantic's own attributes.
        default = ... if parameters[name].required else None
        fields[f"{name}_"] = (annotation, Field(default, alias=name, description=parameters[name].text or None))
    wire = create_model(f"{serial_type.key}_parameters", __base__=Wire, **fields)
    return ParameterKeys(wire=wire, make=serial_type.parameters, parameters=parameters)


def _hints(serial_type: SerialType[Any]) -> Mapping[str, Any]:
    try:
        return typing.get_type_hints(serial_type.parameters)
    except NameError as error:
        message = (
            f"serial type {serial_type.key!r}: a parameter's annotation names {error.name}, not importable at run time"
        )
        raise PluginError(message) from error


def _key_and_kind(name: str, hint: object, serial_type: SerialType[Any]) -> tuple[str, Kind]:
    suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), "")
    if suffix:
        special = next((kind for ending, kind in _SPECIAL.items() if name.endswith(ending)), None)
        return name.removesuffix(suffix), special or _SUFFIXES[suffix]
    item = _item(hint)
    if isinstance(item, type) and issubclass(item, StrEnum):
        return name, Kind(reader=words(item), write=str)
    if item not in _PLAIN:
        message = (
            f"serial type {serial_type.key!r}: parameter {name!r} has the type {hint}, which no text can be read as"
        )
        raise PluginError(message)
    return name, _PLAIN[item]


def _item(hint: object) -> object:
    """The type of one value: without `None`, and of a tuple's items."""
    if typing.get_origin(hint) in {types.UnionType, typing.Union}:
        given = [part for part in typing.get_args(hint) if part is not types.NoneType]
        return _item(given[0]) if len(given) == 1 else hint
    if typing.get_origin(hint) is tuple:
        return _item(typing.get_args(hint)[0])
    return hint


def _is_tuple(hint: object) -> bool:
    return typing.get_origin(hint) is tuple or any(typing.get_origin(part) is tuple for part in typing.get_args(hint))


def _annotation(field: dataclasses.Field[Any], hint: object, kind: Kind) -> object:
    reader = kind.reader
    minimum, maximum = field.metadata.get("minimum"), field.metadata.get("maximum")
    if minimum is not None or maximum is not None:
        reader = bounded(reader, kind.write, minimum=minimum, maximum=maximum)
    if not _is_tuple(hint):
        return Annotated[Any, reader]
    return Annotated[tuple[Annotated[Any, reader], ...], OneOrMore()]


def _parameter(name: str, field: dataclasses.Field[Any], kind: Kind) -> Parameter:
    required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    return Parameter(
        key=name,
        field=field.name,
        text=field.metadata.get("text", ""),
        expected=kind.reader.expected,
        required=required,
        default=_shown_default(field.default, kind),
        source=field.metadata.get("source", ""),
    )


def _shown_default(default: object, kind: Kind) -> str:
    if default is dataclasses.MISSING or default is None or default in ((), ""):
        return ""
    if isinstance(default, tuple):
        return ", ".join(kind.write(part) for part in default)
    return kind.write(default)
