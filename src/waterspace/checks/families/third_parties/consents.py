"""Consents: which permissions of a state count for what, for which serial, and whether in time."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from waterspace.checks.words import did_you_mean, listing, span
from waterspace.domain import TERRITORIAL_SEA
from waterspace.notation import format_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Permission, Window

__all__ = [
    "AIRSPACE",
    "CALLS_OF_AIRCRAFT",
    "CALLS_OF_SHIPS",
    "covers",
    "gave",
    "holds",
    "is_for",
    "leave_given",
    "misspelt",
    "shortcomings",
]

CALLS_OF_SHIPS = ("port call", "port visit", "port entry", "diplomatic clearance")
"""Kinds of permission of which one counts for a ship in a port."""

CALLS_OF_AIRCRAFT = ("overflight", "landing", "basing", "diplomatic clearance")
"""Kinds of permission of which one counts for an aircraft on an airfield."""

AIRSPACE = ("airspace", "fir", "flight information region")
"""Kinds of permission of which one counts for a danger in the air of a flight information region."""


_REFUSING = frozenset({"not", "refused", "denied", "declined", "rejected", "withdrawn", "revoked", "cancelled"})
"""Words with which a part of what is written about a kind gives no leave, wherever in it they stand."""

_EXCLUDING = frozenset({"no", "non", "without", "except", "excluding", "neither", "nor"})
"""Words with which a part of what is written about a kind gives no leave for what stands behind them."""

_PARTS = re.compile(r"[,;:.()\[\]\n]| but ")
"""What parts of the text of a kind are divided by."""


_NO_OBJECTION = re.compile(r"\bno[ -]objections?\b")


def is_for(permission: Permission, *kinds: str) -> bool:
    """Whether the kind of a permission names one of some things, word for word, and does not refuse it.

    It may name others beside it, and more than one of it: `Port calls, bunkering`.
    """
    wanted = [_words(kind) for kind in kinds]
    return any(_names(part, kind) for part in _granted(permission) for kind in wanted)


def _granted(permission: Permission) -> Iterator[list[str]]:
    """Words of the parts of the kind of a permission, up to where they exclude something; none of a part refused."""
    for part in _PARTS.split(permission.kind.casefold()):
        words = _words(_NO_OBJECTION.sub("", part))
        if _REFUSING.isdisjoint(words):
            yield list(itertools.takewhile(lambda word: word not in _EXCLUDING, words))


def _words(text: str) -> list[str]:
    """The words of a text, each as if of one thing."""
    return [_singular(word) for word in re.findall(r"[^\W_]+", text.casefold())]


def _singular(word: str) -> str:
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def _names(words: list[str], kind: list[str]) -> bool:
    """Whether the words of a kind stand together among others."""
    return any(words[start : start + len(kind)] == kind for start in range(len(words) - len(kind) + 1))


def gave(context: Context, state: str, *kinds: str) -> tuple[Permission, ...]:
    """The permissions of a state whose kind names one of some things."""
    return tuple(permission for permission in _of(context, state) if is_for(permission, *kinds))


def _of(context: Context, state: str) -> tuple[Permission, ...]:
    return tuple(permission for permission in context.exercise.permissions.values() if permission.state == state)


def covers(context: Context, permission: Permission, serial: str) -> bool:
    """Whether a permission is for a serial: it names it or its area, or nothing at all."""
    return permission.covers_any({serial, context.exercise.serials[serial].area})


def holds(context: Context, permission: Permission, serial: str) -> bool:
    """Whether a permission covers a serial, is not dated after it starts, and is valid for all of its times."""
    windows = _windows(context, serial)
    is_in_time = not permission.is_late_for(windows) and not permission.is_run_out_in(windows)
    return is_in_time and covers(context, permission, serial)


def _windows(context: Context, serial: str) -> tuple[Window, ...]:
    """When a serial is, and may be instead; nothing where it has no time."""
    window = context.windows.get(serial)
    return () if window is None else (window, *context.exercise.serials[serial].reserve)


def leave_given(context: Context, state: str, serial: str) -> bool:
    """Whether a state has given leave for what a serial does in its territorial sea."""
    return any(given.is_for_sea and holds(context, given, serial) for given in _of(context, state))


def shortcomings(context: Context, state: str, serial: str) -> str:
    """Why the permissions of a state do not count in its sea: for something else, of another kind, too late or run out.

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
    if not permission.is_for_sea:
        meant = did_you_mean(permission.plain_kind, [TERRITORIAL_SEA])
        return f" {permission.id} covers {serial} but is of kind {permission.kind}; {TERRITORIAL_SEA} is needed.{meant}"
    said = ""
    windows = _windows(context, serial)
    if permission.date_ms is not None and permission.is_late_for(windows):
        starts = "starts" if permission.is_late_for(windows[:1]) else "may start instead"
        said = f" {permission.id} is dated {format_time(permission.date_ms)}, after it {starts}."
    if permission.valid is not None and permission.is_run_out_in(windows):
        times = "time" if len(windows) == 1 else "times, alternate ones included"
        said += f" {permission.id} holds {span(permission.valid)} only, not for all of its {times}."
    return said


def misspelt(context: Context, state: str, serials: Iterable[str], kinds: Sequence[str]) -> str:
    """Which permissions of a state that cover some serials are of no such kind, but nearly.

    Returns:
        Sentences, each with a space before it; empty where no kind is near.
    """
    names = tuple(serials)
    refused = _REFUSING | _EXCLUDING
    near = (
        (given, did_you_mean(given.plain_kind, kinds))
        for given in _of(context, state)
        if not is_for(given, *kinds) and (not given.covers or any(covers(context, given, name) for name in names))
    )
    return "".join(
        f" {given.id} is of kind {given.kind}.{meant}"
        for given, meant in near
        if meant and refused.isdisjoint(_words(given.kind))
    )
