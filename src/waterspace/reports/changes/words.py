"""Values of a plan in words, and what differs between two of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from waterspace.domain import (
    Band,
    Circle,
    Corridor,
    Joined,
    MovingBox,
    Polygon,
    Position,
    Provenance,
    Sector,
    Window,
    Without,
)
from waterspace.notation import format_band, format_distance, format_duration, format_offset
from waterspace.quantity import DAY_MS, NAUTICAL_MILE_M
from waterspace.reports.changes.sameness import same
from waterspace.reports.lines import clock, joined, span
from waterspace.reports.shapes import place_words, shape_words
from waterspace.reports.wording import amount

__all__ = ["Difference", "differences", "in_words", "label", "longer", "reworded", "shift_words", "sooner"]

_SHAPES = (Circle, Polygon, Sector, Corridor, MovingBox, Joined, Without)

_INSTANT_MS = 3650 * DAY_MS
"""A number of milliseconds above this is an instant, and no duration that a plan has."""

_LABELS: Mapping[str, str] = {
    "band": "heights",
    "by": "accepted by",
    "command_ship": "command ship",
    "footprint": "place",
    "home": "home position",
    "home_name": "home port",
    "home_unit": "carried by",
    "hull": "hull number",
    "local_offset_ms": "local time",
    "platform": "class",
    "window": "period",
    "windows": "times",
}
"""What a field is called where its name is not what a mariner calls it."""

_EMPTY = (None, "", ())

_OWN = ("id", "key")
"""Fields that say again by which key a mapping holds a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of a thing that is not as it was.

    Attributes:
        label: the field as a reader knows it.
        name: the field.
        was: the old value.
        now: the new value.
    """

    label: str
    name: str
    was: object
    now: object


def differences(old: Any, new: Any, without: frozenset[str] = frozenset(), under: str = "") -> Iterator[Difference]:  # noqa: ANN401
    """Every field that differs between two values of one class, those of smaller values inside them on their own.

    Args:
        old: a value of a plan.
        new: another of the same class.
        without: fields to leave out.
        under: label of what holds the two; empty for a thing of its own.
    """
    for one in fields(new):
        if one.name in without:
            continue
        was, now = getattr(old, one.name), getattr(new, one.name)
        if same(was, now, one.name):
            continue
        name = f"{under}, {label(one.name)}" if under else label(one.name)
        if _opens(was, now):
            yield from differences(was, now, under="" if isinstance(now, Provenance) else name)
        else:
            yield Difference(label=name, name=one.name, was=was, now=now)


def _opens(was: object, now: object) -> bool:
    """Whether the fields inside two values are told one by one."""
    whole = (Band, Position, Window, *_SHAPES)
    return is_dataclass(now) and type(was) is type(now) and not isinstance(now, whole)


def label(name: str) -> str:
    """`max_speed_mps` as `max speed`."""
    return _LABELS.get(name) or amount(name, "").name


def reworded(difference: Difference, offset_ms: int) -> tuple[str, str, str]:
    """The old value, the new value, and a sentence: `range 20.0 nm (was 18.0 nm)`."""
    was, now, name = difference.was, difference.now, difference.label
    texts = in_words(difference.name, was, offset_ms), in_words(difference.name, now, offset_ms)
    if texts[0] == texts[1]:
        texts = _exactly(was), _exactly(now)
    if _are_names(was) and _are_names(now) and was and now:
        return *texts, f"{name}: {_come_and_gone(set(was), set(now))}"  # type: ignore[call-overload]
    if was in _EMPTY:
        return "", texts[1], f"{name}: {texts[1]} (not given before)"
    if now in _EMPTY:
        return texts[0], "", f"{name}: no longer given (was {texts[0]})"
    return *texts, f"{name}: {texts[1]} (was {texts[0]})"


def in_words(name: str, value: Any, offset_ms: int, without: Collection[str] = ()) -> str:  # noqa: ANN401, C901, PLR0911  # one for each kind of value
    """A value as a reader wants it; empty where there is none.

    Args:
        name: of the field, whose ending says the unit.
        value: of any kind that a plan holds.
        offset_ms: local time minus UTC.
        without: fields to leave out of a value that has fields.
    """
    if value in _EMPTY:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value).replace("_", " ")
    if isinstance(value, int | float):
        return _number(name, value, offset_ms)
    if isinstance(value, str):
        return value
    if isinstance(value, Window):
        return span(value, offset_ms)
    if isinstance(value, Position):
        return place_words(value)
    if isinstance(value, Band):
        return format_band(value.floor_m, value.ceiling_m)
    if isinstance(value, _SHAPES):
        return shape_words(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {in_words(name, one, offset_ms, _OWN)}" for key, one in sorted(value.items()))
    if isinstance(value, tuple | frozenset | list):
        texts = [in_words(name, one, offset_ms) for one in value]
        return ", ".join(sorted(texts) if isinstance(value, frozenset) else texts)
    if is_dataclass(value) and not isinstance(value, type):
        given = ((one.name, getattr(value, one.name)) for one in fields(value) if one.name not in without)
        given = ((key, one) for key, one in given if one != Band())  # which says nothing
        told = ((key, text) for key, one in given if (text := in_words(key, one, offset_ms)))
        return ", ".join(text if key == "footprint" else f"{label(key)} {text}" for key, text in told)
    return str(value)


def _number(name: str, value: float, offset_ms: int) -> str:
    if name.endswith("offset_ms"):
        return format_offset(round(value))
    if name.endswith("_ms") and abs(value) >= _INSTANT_MS:
        return clock(round(value), offset_ms)
    if name.endswith("_ms"):
        return format_duration(round(value))
    if name.endswith("angle_deg"):
        return f"{value:g} degrees"  # to each side or in all, and no bearing
    if name.endswith("_m") and math.isfinite(value):
        return format_distance(value) if abs(value) >= NAUTICAL_MILE_M else f"{value:.6g} m"
    return amount(name, value).text if math.isfinite(value) else "unlimited"


def _exactly(value: object) -> str:
    """A value to the last digit, for two that read alike."""
    if isinstance(value, Position):
        return f"{value.lat_deg:.6f} {value.lon_deg:.6f}"
    return f"{value:.9g} in SI units" if isinstance(value, float) else str(value)


def _are_names(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, str) for one in value)


def _come_and_gone(was: set[str], now: set[str]) -> str:
    """`S110 added, S109 dropped`; the whole list where only its order changed."""
    parts = [
        f"{joined(sorted(names))} {verb}" for verb, names in (("added", now - was), ("dropped", was - now)) if names
    ]
    return ", ".join(parts) or "in another order"


def shift_words(by_ms: int) -> str:
    """`1 h 20 min later`, `5 min earlier`."""
    return f"{format_duration(abs(by_ms))} {'later' if by_ms > 0 else 'earlier'}"


def longer(by_ms: int) -> str:
    """`1 h longer`, `30 min shorter`."""
    return f"{format_duration(abs(by_ms))} {'longer' if by_ms > 0 else 'shorter'}"


def sooner(was_ms: int | None, now_ms: int | None) -> int | None:
    """How much later an instant is; None where there was none, or is none, or nothing changed."""
    return None if was_ms is None or now_ms is None or was_ms == now_ms else now_ms - was_ms
