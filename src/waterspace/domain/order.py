"""Orders: what a script tells a unit to do, and how the engine answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.domain.place import Position
    from waterspace.domain.track import Leg

__all__ = [
    "NEWS",
    "RANGE_NEWS",
    "Await",
    "BearingFrom",
    "CloseTo",
    "Follow",
    "KeepStation",
    "Order",
    "Proceed",
    "Record",
    "Send",
    "Signal",
    "Wait",
    "WaitUntil",
    "Wake",
    "WakeReason",
]


class WakeReason(StrEnum):
    """Why a script goes on."""

    DONE = "done"
    ARRIVED = "arrived"
    ELAPSED = "elapsed"
    MET = "met"
    SIGNALLED = "signalled"
    TIMEOUT = "timeout"
    MESSAGE = "message"
    ORDERED = "ordered"
    INJECT = "inject"
    FAILED = "failed"
    FOULED = "range fouled"
    CLEARED = "range clear"


RANGE_NEWS = frozenset({WakeReason.FOULED, WakeReason.CLEARED})
"""What the watch over a danger area says, each with the instant `at_ms`: a stranger is in it or about to enter it; all
have left. The first of them comes as the serial starts, and comes only where such a watch is kept."""

NEWS = RANGE_NEWS | {WakeReason.MESSAGE, WakeReason.ORDERED, WakeReason.INJECT, WakeReason.FAILED}
"""What may reach a script unasked: word from another script, a commander's order, an inject, a breakdown of its unit,
and of a danger area that it is fouled or clear.

Each order that takes time names in `heeds` the news that breaks it off; by default none does. News that no order heeds
yet is kept for the first one that does.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceed:
    """Go along waypoints from where the unit is. Answered with `ARRIVED`.

    Attributes:
        speed_mps: None for the unit's economical or cruise speed.
        height_m: height to hold; None keeps the present height.
        heeds: news that breaks the order off.
    """

    waypoints: tuple[Position, ...]
    speed_mps: float | None = None
    height_m: float | None = None
    heeds: frozenset[WakeReason] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Run timed legs as planned, shifted to start now. Answered with `ARRIVED`.

    Attributes:
        heeds: news that breaks the order off.
    """

    legs: tuple[Leg, ...]
    heeds: frozenset[WakeReason] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Stay for a time. Answered with `ELAPSED`.

    Attributes:
        heeds: news that breaks the order off.
    """

    duration_ms: int
    heeds: frozenset[WakeReason] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitUntil:
    """Stay until an instant; no time passes where it is already over. Answered with `ELAPSED`.

    Attributes:
        heeds: news that breaks the order off.
    """

    time_ms: int
    heeds: frozenset[WakeReason] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTo:
    """Steer to intercept a unit until within a range of it. Answered with `MET`, or with `TIMEOUT`.

    Attributes:
        unit: id of the other unit.
        range_m: separation at which the order is done.
        timeout_ms: how long to try.
        speed_mps: None for the unit's maximum speed.
        heeds: news that breaks the order off.
    """

    unit: str
    range_m: float
    timeout_ms: int
    speed_mps: float | None = None
    heeds: frozenset[WakeReason] = frozenset()


class BearingFrom(StrEnum):
    """What the bearing of a station counts from."""

    NORTH = "north"
    BOW = "bow"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepStation:
    """Keep a bearing and range from a guide, whatever it does. Answered with `ELAPSED`.

    A unit that is off its station goes there at no more than its speed, on the way that leads there soonest.

    Attributes:
        guide: id of the guide.
        bearing_deg: of the station from the guide.
        range_m: of the station from the guide.
        until_ms: how long to keep it.
        bearing_from: true north, or the guide's bow: its course, or while it stays, the one it came with.
        speed_mps: with which to catch up; None for the unit's maximum speed.
        heeds: news that breaks the order off.
    """

    guide: str
    bearing_deg: float
    range_m: float
    until_ms: int
    bearing_from: BearingFrom = BearingFrom.NORTH
    speed_mps: float | None = None
    heeds: frozenset[WakeReason] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Raise a named signal for the other scripts of the serial; once raised it stays. Answered with `DONE`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Await:
    """Wait for a named signal of the serial. Answered with `SIGNALLED`, or with `TIMEOUT`.

    Attributes:
        heeds: news that breaks the order off.
    """

    name: str
    timeout_ms: int
    heeds: frozenset[WakeReason] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """Send word to scripts of any serial that is running. Answered with `DONE`, in no time.

    Attributes:
        to: id of the unit, or of the serial, whose scripts get it.
        text: for a person, and for the script that reads it.
        delay_ms: how long it takes to arrive.
        data: amounts, each named with its unit suffix.
    """

    to: str
    text: str
    delay_ms: int = 0
    data: Mapping[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Write an event into the log of the run. Answered with `DONE`, in no time.

    Attributes:
        kind: such as `firing.run` or `search.detection`.
        text: for a person.
        data: amounts, each named with its unit suffix.
    """

    kind: str
    text: str
    data: Mapping[str, float | int | str] = field(default_factory=dict)


Order = Proceed | Follow | Wait | WaitUntil | CloseTo | KeepStation | Signal | Await | Record | Send


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    """The engine's answer to an order.

    Attributes:
        time_ms: now.
        position: of the unit that the script moves.
        text: what the news says; empty where it is no news.
        sender: id of the unit or inject that the news comes from; empty where it comes from outside.
        data: amounts that came with the news.
    """

    reason: WakeReason
    time_ms: int
    position: Position
    text: str = ""
    sender: str = ""
    data: Mapping[str, float | int | str] = field(default_factory=dict)
