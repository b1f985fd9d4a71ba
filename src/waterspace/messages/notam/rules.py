"""What item D says, before dates are counted: rules of days and hours, breaks in them, and single stretches."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from waterspace.messages.notam.dates import DaySpan

__all__ = ["Break", "Edge", "Hours", "Light", "Misread", "Moment", "Plan", "Rule", "Stretch"]


class Light(Enum):
    """What the sun does at one end of a span of hours."""

    SUNRISE = "SR"
    SUNSET = "SS"
    DAWN = "BCMT"
    DUSK = "ECET"


class Edge(NamedTuple):
    """One end of a span of hours.

    Attributes:
        light: None for a time of day.
        offset_ms: since 00:00 UTC, or since what the sun does.
    """

    light: Light | None
    offset_ms: int


class Hours(NamedTuple):
    """From one end to the other, past midnight where the second is not later; `days` are added to the second."""

    start: Edge
    end: Edge
    days: int = 0


class Moment(NamedTuple):
    """A time of a date; the date is None where `at_ms` is since 1970."""

    day: DaySpan | None
    at_ms: int


class Stretch(NamedTuple):
    """One window from a date and time to another."""

    start: Moment
    end: Moment


class Break(NamedTuple):
    """When not: days or weekdays, and the hours of them; no hours for the whole of them."""

    days: tuple[DaySpan, ...]
    weekdays: frozenset[int]
    hours: tuple[Hours, ...]


class Rule(NamedTuple):
    """Hours on days.

    Attributes:
        days: no days for every day.
        weekdays: 0 for Monday; empty for every one.
        every: 2 for every other day or week, from the first.
        hours: of each day.
        but: when not.
    """

    days: tuple[DaySpan, ...] = ()
    weekdays: frozenset[int] = frozenset()
    every: int = 1
    hours: tuple[Hours, ...] = ()
    but: tuple[Break, ...] = ()


class Misread(NamedTuple):
    """What was not understood: characters of item D, and why."""

    start: int
    end: int
    reason: str


class Plan(NamedTuple):
    """All of item D."""

    rules: tuple[Rule, ...]
    stretches: tuple[Stretch, ...]
    misread: tuple[Misread, ...]
