"""Finds serial types: the modules of this package, and those of installed plug-ins."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module, resources
from typing import TYPE_CHECKING, Any

from waterspace import plugins
from waterspace.errors import PluginError, WaterspaceError
from waterspace.serials.base import SerialType

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Blame", "built_in_keys", "example", "exists", "get", "keys", "origin", "serial_types"]

_PACKAGE = "waterspace.serials"
_FRAME = frozenset({"base", "registry"})
"""Modules of the package that are not serial types; what types share lies in the package `seamanship`."""


@cache
def built_in_keys() -> tuple[str, ...]:
    """Keys of the types that come with Waterspace, sorted, found by the names of their modules."""
    package = import_module(_PACKAGE)
    modules = pkgutil.iter_modules(package.__path__)
    return tuple(sorted(module.name for module in modules if not module.ispkg and module.name not in _FRAME))


def keys() -> tuple[str, ...]:
    """Keys of every type that can be used here, built in first, each group sorted. No type is imported."""
    own = built_in_keys()
    return own + tuple(name for name in plugins.names(plugins.SERIAL_TYPES) if name not in own)


def exists(key: str) -> bool:
    """Whether a type can be used here. Installed packages are looked through only for a key that is not built in."""
    return key in built_in_keys() or key in plugins.names(plugins.SERIAL_TYPES)


@cache
def get(key: str) -> SerialType[Any]:
    """The serial type behind a key.

    Raises:
        KeyError: no such type is built in or installed.
        PluginError: a plug-in offers something that is not a serial type, or cannot be imported.
    """
    if key in built_in_keys():
        found = import_module(f"{_PACKAGE}.{key}").SERIAL_TYPE
    else:
        found = plugins.load(plugins.SERIAL_TYPES, key)
    if not isinstance(found, SerialType):
        message = (
            f"plug-in {key!r} offers {type(found).__name__}, not an instance of waterspace.serials.base.SerialType"
        )
        raise PluginError(message)
    if found.key != key:
        message = f"serial type registered as {key!r} calls itself {found.key!r}; the two must agree"
        raise PluginError(message)
    return found


def example(key: str) -> str:
    """A small exercise file with one serial `S1` of a type; empty where the type gives none.

    Raises:
        KeyError: no such type is built in or installed.
        PluginError: a plug-in's type cannot be used.
    """
    own = get(key).example
    if own or key not in built_in_keys():
        return own
    file = resources.files(_PACKAGE).joinpath("examples", f"{key}.exercise.yaml")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


class Blame:
    """A context that says whose fault it is where a plug-in's serial type breaks.

    A fault of a built-in type is our own and passes on as it is.
    """

    def __init__(self, key: str, serial: str) -> None:
        self._key = key
        self._serial = serial

    def __enter__(self) -> None:
        """Nothing to set up."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Turn what a plug-in raised into an error that names it.

        Raises:
            PluginError: the type comes from a plug-in and raised something of its own.
        """
        passes = not isinstance(error, Exception) or isinstance(error, WaterspaceError | StopIteration)
        if passes or self._key in built_in_keys():
            return
        message = (
            f"the plug-in of serial type {self._key!r} failed in serial {self._serial}: {type(error).__name__}: {error}"
        )
        raise PluginError(message) from error


def serial_types() -> Mapping[str, SerialType[Any]]:
    """Every type, imported, by key."""
    return {key: get(key) for key in keys()}


def origin(key: str) -> str:
    """Where a type comes from: `built in`, or `plug-in`."""
    return "built in" if key in built_in_keys() else "plug-in"
