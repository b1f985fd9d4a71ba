"""Whether two values of a plan mean the same, however they were written.

The order in which things stand does not count where it says nothing: names in a list, corners of a polygon begun
elsewhere or run the other way round, parts of a joined area. It counts in a route and in a list of preferences.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from waterspace.domain import Polygon, Position

__all__ = ["NEAR_M", "same"]

NEAR_M = 1.0
"""Positions closer than this are one position (assumed: what rounding to a hundredth of a second leaves, and more)."""

_RATIO = 1e-6
"""Numbers that differ by a smaller share are one number: 9.26 m/s is 18 kn (assumed)."""

_PREFERENCES = frozenset({"areas"})
"""Fields that list names in order of preference."""

_UNORDERED = frozenset({"parts", "holes", "suppressions", "weather"})
"""Fields whose entries may stand in any order."""


def same(old: object, new: object, name: str = "") -> bool:  # noqa: C901, PLR0911  # one for each kind of value
    """Whether two values mean the same.

    Args:
        old: a value of a plan.
        new: the same value of another plan.
        name: of the field that holds it, which may say that order counts, or does not.
    """
    if old is new:
        return True
    if isinstance(old, bool) or isinstance(new, bool):
        return old == new
    if isinstance(old, int) and isinstance(new, int):
        return old == new
    if isinstance(old, int | float) and isinstance(new, int | float):
        return math.isclose(old, new, rel_tol=_RATIO, abs_tol=1e-9)
    if type(old) is not type(new):
        return False
    if isinstance(old, Position) and isinstance(new, Position):
        return _same_position(old, new)
    if isinstance(old, Polygon) and isinstance(new, Polygon):
        return _same_ring(old.vertices, new.vertices)
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if name == "limits":
            old, new = _limits(old), _limits(new)
        return old.keys() == new.keys() and all(same(value, new[key], str(key)) for key, value in old.items())
    if isinstance(old, tuple) and isinstance(new, tuple):
        return _same_list(old, new, name)
    if is_dataclass(old) and is_dataclass(new):
        return all(same(getattr(old, one.name), getattr(new, one.name), one.name) for one in fields(old))
    return old == new


def _limits(given: Mapping[str, str]) -> Mapping[str, float | str]:
    """The limits of a check as numbers; a text that is none stays a text."""
    from waterspace.checks import known_limits
    from waterspace.checks.limits import read

    return {**given, **read(given, known_limits())[0]}


def _same_position(old: Position, new: Position) -> bool:
    from waterspace.geometry.geodesic import distance_m

    return old == new or distance_m(old, new) < NEAR_M


def _same_ring(old: Sequence[Position], new: Sequence[Position]) -> bool:
    if len(old) != len(new):
        return False
    ways = (tuple(new), tuple(reversed(new)))
    return any(
        all(_same_position(a, b) for a, b in zip(old, (*ring[first:], *ring[:first]), strict=True))
        for ring in ways
        for first in range(len(ring))
    )


def _same_list(old: tuple[Any, ...], new: tuple[Any, ...], name: str) -> bool:
    if name not in _PREFERENCES and all(isinstance(one, str) for one in (*old, *new)):
        return set(old) == set(new)
    if len(old) != len(new):
        return False
    if name in _UNORDERED:
        left = list(new)
        return all(_taken(one, left) for one in old)
    return all(same(a, b, name) for a, b in zip(old, new, strict=True))


def _taken(one: object, left: list[Any]) -> bool:
    """Whether a value is among others, from which it is then taken."""
    index = next((number for number, other in enumerate(left) if same(one, other)), None)
    if index is None:
        return False
    del left[index]
    return True
