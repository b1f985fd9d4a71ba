"""The exercise file: read, described to editors, edited in place, begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waterspace.planfile.document import Document
from waterspace.planfile.loading import load, loads
from waterspace.planfile.template import new_file

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Document", "json_schema", "load", "loads", "new_file"]


def json_schema(serial_types: Iterable[str] | None = None) -> dict[str, Any]:
    """The JSON Schema of exercise files.

    Args:
        serial_types: keys of the types to describe; without them every type that can be used here, plug-ins included.
    """
    from waterspace.planfile import schema

    return schema.json_schema(serial_types)
