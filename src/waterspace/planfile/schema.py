"""The JSON Schema of exercise files: editors complete keys and parameters, and underline what cannot be read."""

from __future__ import annotations

import ast
import inspect
import json
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from waterspace.environment import classes, places
from waterspace.planfile import arranging, contingencies, handling, others, pieces, sensing, surrounding, wire
from waterspace.planfile.agreement import SHAPES
from waterspace.planfile.parameters import parameter_keys
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from waterspace.planfile.parameters import ParameterKeys
    from waterspace.serials.base import SerialType

__all__ = ["DRAFT", "json_schema", "write_schema"]

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors know best."""

_ONE_SHAPE = ("Area", "Habitat", "Reservation", "Shape")
_SPANS = (["start", "end"], ["from", "to", "daily"])


def json_schema(serial_types: Iterable[str] | None = None) -> dict[str, Any]:
    """The schema of exercise files.

    Args:
        serial_types: keys of the types to describe; without them every type that can be used here, plug-ins included.
    """
    types = registry.keys() if serial_types is None else tuple(serial_types)
    schema = wire.FileWire.model_json_schema(by_alias=True, schema_generator=_Generator)
    definitions: dict[str, Any] = {_short(name): definition for name, definition in sorted(schema.pop("$defs").items())}
    descriptions = _descriptions()
    for name, definition in (("File", schema), *definitions.items()):
        _describe(definition, descriptions[f"{name}Wire"], descriptions)
    _add_serial_types(definitions["Serial"], types)
    for name in _ONE_SHAPE:
        definitions[name]["oneOf"] = [{"required": [shape]} for shape in SHAPES]
    definitions["Span"]["oneOf"] = [{"required": list(keys)} for keys in _SPANS]
    for name in ("Unit", "Observer"):
        definitions[name]["properties"]["class"]["examples"] = list(classes.library())
    definitions["Unit"]["properties"]["home"]["examples"] = [place.code for place in places.every() if place.code]
    tidy: dict[str, Any] = _tidy(
        {"$schema": DRAFT, **schema, "title": "Waterspace exercise", "definitions": definitions}
    )
    return tidy


def write_schema(schema: Mapping[str, Any]) -> str:
    """A schema as the text of a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


class _Generator(GenerateJsonSchema):
    """Leaves out what only pydantic needs: titles, defaults, and the null that stands for an absent key."""

    def default_schema(self, schema: Any) -> dict[str, Any]:  # noqa: ANN401  # pydantic's own core schema
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: Any) -> dict[str, Any]:  # noqa: ANN401
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False


def _short(name: str) -> str:
    return name.removesuffix("Wire")


def _descriptions() -> Mapping[str, Mapping[str, str]]:
    """Class name to attribute to the text under it, read from the source of the wire models; empty for the class."""
    found: dict[str, dict[str, str]] = {}
    for node in (
        node
        for module in (pieces, arranging, contingencies, handling, others, sensing, surrounding, wire)
        for node in ast.parse(inspect.getsource(module)).body
    ):
        if isinstance(node, ast.ClassDef):
            inherited = [found[base.id] for base in node.bases if isinstance(base, ast.Name) and base.id in found]
            own = dict(_texts(node))
            found[node.name] = {key: text for texts in (*inherited, own) for key, text in texts.items()}
            found[node.name][""] = ast.get_docstring(node) or ""
    return found


def _texts(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, following in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(following, ast.Expr)
            and isinstance(following.value, ast.Constant)
        ):
            yield statement.target.id.removesuffix("_"), str(following.value.value)


def _describe(definition: dict[str, Any], texts: Mapping[str, str], all_texts: Mapping[str, Mapping[str, str]]) -> None:
    """Add descriptions, and put what stands in every mapping behind its own keys."""
    definition["description"] = texts[""]
    definition.pop("title", None)
    given = definition["properties"]
    common = [key for key in all_texts["Fact"] if key in given]
    described = {}
    for key in [*(key for key in given if key not in common), *common]:
        # A reference may have no siblings in this draft.
        value = {"allOf": [given[key]]} if "$ref" in given[key] else given[key]
        described[key] = {"description": texts[key], **value}
    definition["properties"] = described


def _add_serial_types(serial: dict[str, Any], types: tuple[str, ...]) -> None:
    """One branch for each type: its parameters beside the keys that every serial has, and no others."""
    common = dict.fromkeys(serial["properties"], True)
    known = [(registry.get(key), parameter_keys(key)) for key in types]
    serial["properties"]["type"] = {
        "description": serial["properties"]["type"]["description"],
        "enum": [serial_type.key for serial_type, _ in known],
        "enumDescriptions": [f"{serial_type.title}: {serial_type.summary}" for serial_type, _ in known],
    }
    del serial["additionalProperties"]
    serial["allOf"] = [
        {
            "if": {"properties": {"type": {"const": serial_type.key}}, "required": ["type"]},
            "then": _branch(serial_type, keys, common),
        }
        for serial_type, keys in known
    ]


def _branch(serial_type: SerialType[Any], keys: ParameterKeys, common: Mapping[str, Any]) -> dict[str, Any]:
    own = keys.wire.model_json_schema(by_alias=True, schema_generator=_Generator)
    properties = {key: dict(value) for key, value in own.get("properties", {}).items()}
    for key, parameter in keys.parameters.items():
        default = f" Default: {parameter.default}." if parameter.default else ""
        properties[key] = {"description": f"{parameter.text}{default}", **_without(properties[key], "description")}
    roles = {role.name: {"description": role.text} for role in serial_type.roles}
    branch = {
        "properties": {**common, **properties, "units": {"properties": roles}},
        "required": [key for key, parameter in keys.parameters.items() if parameter.required],
        "additionalProperties": False,
    }
    return branch if branch["required"] else _without(branch, "required")


def _without(mapping: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in mapping.items() if name != key}


def _tidy(value: Any) -> Any:  # noqa: ANN401  # JSON
    """References to where this draft keeps definitions, under their short names."""
    if isinstance(value, dict):
        if "patternProperties" in value:
            value = {**value, "additionalProperties": False}
        return {key: _tidy_reference(inner) if key == "$ref" else _tidy(inner) for key, inner in value.items()}
    return [_tidy(inner) for inner in value] if isinstance(value, list | tuple) else value


def _tidy_reference(reference: str) -> str:
    return f"#/definitions/{_short(reference.rpartition('/')[2])}"
