"""Consents: which permissions of a state count for a serial, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.checks.context import Context
    from waterspace.domain import Permission

__all__ = ["TERRITORIAL_SEA", "covers", "gave", "holds", "kind_of"]

TERRITORIAL_SEA = "territorial sea"
"""The kind of permission that counts in a territorial sea."""


def kind_of(permission: Permission) -> str:
    """Its kind in small letters, with single spaces."""
    return " ".join(permission.kind.casefold().replace("_", " ").replace("-", " ").split())


def gave(context: Context, state: str, *kinds: str) -> tuple[Permission, ...]:
    """The permissions of a state whose kind names one of some things, word for word."""
    return tuple(
        permission
        for permission in context.exercise.permissions.values()
        if permission.state == state and any(f" {kind} " in f" {kind_of(permission)} " for kind in kinds)
    )


def covers(context: Context, permission: Permission, serial: str) -> bool:
    """Whether a permission is for a serial: it names it or its area, or nothing at all."""
    names = {serial, context.exercise.serials[serial].area}
    return not permission.covers or bool(names.intersection(permission.covers))


def holds(context: Context, permission: Permission, serial: str) -> bool:
    """Whether a permission covers a serial and is not dated after it starts."""
    window = context.windows.get(serial)
    late = window is not None and permission.date_ms is not None and permission.date_ms > window.start_ms
    return covers(context, permission, serial) and not late
