"""Finds installed plug-ins by entry point and loads them when they are asked for."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from waterspace.errors import PluginError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SERIAL_TYPES", "load", "names"]

SERIAL_TYPES = "waterspace.serials"
"""Entry-point group of serial types: name = key of the type, value = `package.module:SERIAL_TYPE`."""


@cache
def _found(group: str) -> Mapping[str, EntryPoint]:
    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value)):
        if entry.name in found and found[entry.name].value != entry.value:
            message = (
                f"two installed packages both offer {entry.name!r} for {group}: "
                f"{found[entry.name].value} and {entry.value}; uninstall one of them"
            )
            raise PluginError(message)
        found[entry.name] = entry
    return found


def names(group: str) -> tuple[str, ...]:
    """Names that installed packages offer in an entry-point group, sorted. Nothing is imported.

    Raises:
        PluginError: two packages offer different things under one name.
    """
    return tuple(_found(group))


def load(group: str, name: str) -> Any:  # noqa: ANN401  # the group's owner knows the type and checks it
    """The object behind a name.

    Raises:
        KeyError: no installed package offers the name.
        PluginError: it cannot be imported.
    """
    entry = _found(group)[name]
    try:
        return entry.load()
    except Exception as error:
        distribution = entry.dist.name if entry.dist is not None else "an installed package"
        message = f"plug-in {name!r} ({entry.value}, from {distribution}) cannot be loaded: {error}"
        raise PluginError(message) from error
