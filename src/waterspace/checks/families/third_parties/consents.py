"""Consents: which permissions of a state count for what, for which serial, and whether in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.words import did_you_mean, listing
from waterspace.notation import format_time

if TYPE_CHECKING:
    from waterspace.checks.context import Context
    from waterspace.domain import Permission

__all__ = [
    "AIRSPACE",
    "CALLS_OF_AIRCRAFT",
    "CALLS_OF_SHIPS",
    "covers",
    "gave",
    "holds",
    "is_for",
    "is_for_sea",
    "leave_given",
    "shortcomings",
]

_TERRITORIAL_SEA = "territorial sea"
"""The kind of permission that counts in a territorial sea. Nothing else does: leave to pass is none to exercise."""

CALLS_OF_SHIPS = ("port call", "port visit", "port entry", "diplomatic clearance")
"""Kinds of permission of which one counts for a ship in a port."""

CALLS_OF_AIRCRAFT = ("overflight", "landing", "basing", "diplomatic clearance")
"""Kinds of permission of which one counts for an aircraft on an airfield."""

AIRSPACE = ("airspace", "fir", "flight information region")
"""Kinds of permission of which one counts for a danger in the air of a flight information region."""


def is_for(permission: Permission, *kinds: str) -> bool:
    """Whether the kind of a permission names one of some things, word for word."""
    return any(f" {kind} " in f" {_kind_of(permission)} " for kind in kinds)


def is_for_sea(permission: Permission) -> bool:
    """Whether a permission is for what is done in a territorial sea."""
    return _kind_of(permission) == _TERRITORIAL_SEA


def _kind_of(permission: Permission) -> str:
    """Its kind in small letters, with single spaces."""
    return " ".join(permission.kind.casefold().replace("_", " ").replace("-", " ").split())


def gave(context: Context, state: str, *kinds: str) -> tuple[Permission, ...]:
    """The permissions of a state whose kind names one of some things."""
    return tuple(permission for permission in _of(context, state) if is_for(permission, *kinds))


def _of(context: Context, state: str) -> tuple[Permission, ...]:
    return tuple(permission for permission in context.exercise.permissions.values() if permission.state == state)


def covers(context: Context, permission: Permission, serial: str) -> bool:
    """Whether a permission is for a serial: it names it or its area, or nothing at all."""
    names = {serial, context.exercise.serials[serial].area}
    return not permission.covers or bool(names.intersection(permission.covers))


def holds(context: Context, permission: Permission, serial: str) -> bool:
    """Whether a permission covers a serial and is not dated after it starts."""
    return covers(context, permission, serial) and not _is_late(context, permission, serial)


def _is_late(context: Context, permission: Permission, serial: str) -> bool:
    window = context.windows.get(serial)
    return window is not None and permission.date_ms is not None and permission.date_ms > window.start_ms


def leave_given(context: Context, state: str, serial: str) -> bool:
    """Whether a state has given leave for what a serial does in its territorial sea."""
    return any(is_for_sea(given) and holds(context, given, serial) for given in _of(context, state))


def shortcomings(context: Context, state: str, serial: str) -> str:
    """Why the permissions of a state do not count in its sea: for something else, of another kind, or too late.

    Returns:
        Sentences, each with a space before it; empty where there is no permission of the state.
    """
    given = _of(context, state)
    other = [permission.id for permission in given if not covers(context, permission, serial)]
    elsewhere = f" {listing(other)} {'does' if len(other) == 1 else 'do'} not cover it." if other else ""
    rest = (permission for permission in given if permission.id not in other)
    return "".join((elsewhere, *(_shortcoming(context, permission, serial) for permission in rest)))


def _shortcoming(context: Context, permission: Permission, serial: str) -> str:
    """Why a permission that covers a serial does not count."""
    if not is_for_sea(permission):
        meant = did_you_mean(_kind_of(permission), [_TERRITORIAL_SEA])
        return (
            f" {permission.id} covers {serial} but is of kind {permission.kind}; {_TERRITORIAL_SEA} is needed.{meant}"
        )
    if permission.date_ms is None or not _is_late(context, permission, serial):
        return ""
    return f" {permission.id} is dated {format_time(permission.date_ms)}, after it starts."
