"""When an area of the user is in force: its windows in the words of an exercise file, as GeoJSON properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from waterspace.domain import Schedule, Weekday, Window, hours, join_windows
from waterspace.environment.overlays.geojson import FeatureError, parsed
from waterspace.environment.overlays.json_text import shown
from waterspace.environment.sky.schedules import windows_over
from waterspace.errors import NotationError
from waterspace.notation import format_time, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from waterspace.domain import Footprint

    T = TypeVar("T")

__all__ = ["ALWAYS", "PROPERTIES", "windows_of"]

ALWAYS = Window(start_ms=parse_time("1900-01-01T00:00Z"), end_ms=parse_time("2200-01-01T00:00Z"))
"""The window of an area that gives none: all the time that can be planned in."""

_ONE_SPAN, _DAILY, _DAILY_ONLY = ("start", "end"), ("from", "to", "daily"), ("weekdays", "except", "also")
_KEYS = (*_ONE_SPAN, *_DAILY, *_DAILY_ONLY)
PROPERTIES = ("windows", *_KEYS)
"""Names of the properties of a feature that say when it is in force."""

_FORMS = "start and end, or from, to and daily"
_WEEKDAYS = {day.name.casefold(): day for day in Weekday}


def windows_of(properties: Mapping[str, Any], footprint: Footprint) -> tuple[Window, ...]:
    """Windows in order of time, those that overlap or touch joined; `ALWAYS` where the properties give none.

    Args:
        properties: of a feature; capitals in their names do not matter, and what is empty counts as not given.
        footprint: of the area; hours by the sun are those at its middle.

    Raises:
        FeatureError: a window cannot be understood, or is never in force.
    """
    given = _folded(properties)
    single = {key: given[key] for key in _KEYS if key in given}
    listed = given.get("windows")
    if listed is None:
        return tuple(_window("", single, footprint)) if single else (ALWAYS,)
    if single:
        raise FeatureError(f"it has windows and {next(iter(single))} beside them: expected one or the other.")
    if not isinstance(listed, list) or not listed:
        raise FeatureError(f"windows: found {shown(listed)}, expected a list of objects with {_FORMS}.")
    return join_windows(
        window
        for number, entry in enumerate(listed, start=1)
        for window in _window(f"window {number}, ", _entry(number, entry), footprint)
    )


def _folded(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, by name in small letters."""
    folded = {name.casefold(): value for name, value in properties.items() if value not in (None, "")}
    return {name: value for name, value in folded.items() if value != [] or name not in _DAILY_ONLY}


def _entry(number: int, entry: object) -> dict[str, Any]:
    """One object of the list of windows."""
    if not isinstance(entry, dict):
        raise FeatureError(f"window {number}: found {shown(entry)}, expected a window: an object with {_FORMS}.")
    given = _folded(entry)
    unknown = [key for key in given if key not in _KEYS]
    if unknown:
        raise FeatureError(f"window {number} has the key {unknown[0]!r}: expected {', '.join(_KEYS)}.")
    return given


def _window(place: str, given: Mapping[str, Any], footprint: Footprint) -> tuple[Window, ...]:
    """The windows of one entry.

    Args:
        place: begins the name of a property in a message; empty for the feature's own properties.
        given: its properties.
        footprint: of the area.
    """
    daily = [key for key in given if key not in _ONE_SPAN]
    wanted = _DAILY if daily else _ONE_SPAN
    for key in wanted:
        if key not in given:
            raise FeatureError(f"{place}{key} is missing: a window has {_FORMS}.")
    for key in _ONE_SPAN:
        if daily and key in given:
            raise FeatureError(f"{place}{key} stands beside {daily[0]}: a window has {_FORMS}.")
    if daily:
        return _recurring(place, given, footprint)
    start_ms, end_ms = (_value(place, given, key, parse_time) for key in _ONE_SPAN)
    if start_ms >= end_ms:
        found = f"{format_time(start_ms)} to {format_time(end_ms)}"
        raise FeatureError(f"{place}start and end: found {found}, expected a window whose start is before its end.")
    return (Window(start_ms=start_ms, end_ms=end_ms),)


def _recurring(place: str, given: Mapping[str, Any], footprint: Footprint) -> tuple[Window, ...]:
    """The windows of hours that come again daily."""
    first, last = (_value(place, given, key, hours.parse_date) for key in ("from", "to"))
    if last < first:
        raise FeatureError(f"{place}to: found '{last}', expected a date not before from, which is {first}.")
    opens, closes = _value(place, given, "daily", hours.parse_hours)
    schedule = Schedule(
        first=first,
        last=last,
        opens=opens,
        closes=closes,
        weekdays=frozenset(_values(place, given, "weekdays", _weekday)),
        without=frozenset(_values(place, given, "except", hours.parse_date)),
        also=frozenset(_values(place, given, "also", hours.parse_date)),
    )
    reason = schedule.why_idle()
    windows = () if reason else windows_over(schedule, footprint)
    if not windows:
        why = reason or f"the sun makes no hours {given['daily']} there on any date"
        raise FeatureError(
            f"{place}daily: {why}, so that it is never in force; expected a window in force on one date at least.",
            "Correct the dates or the hours, or remove the window.",
        )
    return windows


def _value(place: str, given: Mapping[str, Any], key: str, parse: Callable[[str], T]) -> T:
    """The meaning of a property that is a text."""
    text = given[key]
    if not isinstance(text, str):
        raise FeatureError(f"{place}{key}: found {shown(text)}, expected a text in quotation marks.")
    return parsed(f"{place}{key}", text, parse)


def _values(place: str, given: Mapping[str, Any], key: str, parse: Callable[[str], T]) -> list[T]:
    """The meanings of a property that is a text or a list of them."""
    several = given.get(key, [])
    return [_value(place, {key: one}, key, parse) for one in (several if isinstance(several, list) else [several])]


def _weekday(text: str) -> Weekday:
    day = _WEEKDAYS.get(text.strip().casefold())
    if day is None:
        raise NotationError(text, f"one of {', '.join(_WEEKDAYS)}")
    return day
