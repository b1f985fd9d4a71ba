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
    "Await",
    "CloseTo",
    "Follow",
    "Order",
    "Proceed",
    "Record",
    "Signal",
    "Wait",
    "WaitUntil",
    "Wake",
    "WakeReason",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceed:
    """Go along waypoints from where the unit is. Answered with `ARRIVED`.

    Attributes:
        speed_mps: None for the unit's economical or cruise speed.
        height_m: height to hold; None keeps the present height.
    """

    waypoints: tuple[Position, ...]
    speed_mps: float | None = None
    height_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Run timed legs as planned, shifted to start now. Answered with `ARRIVED`."""

    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Stay for a time. Answered with `ELAPSED`."""

    duration_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitUntil:
    """Stay until an instant; no time passes where it is already over. Answered with `ELAPSED`."""

    time_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTo:
    """Steer to intercept a unit until within a range of it. Answered with `MET`, or with `TIMEOUT`.

    Attributes:
        unit: id of the other unit.
        range_m: separation at which the order is done.
        timeout_ms: how long to try.
        speed_mps: None for the unit's maximum speed.
    """

    unit: str
    range_m: float
    timeout_ms: int
    speed_mps: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Raise a named signal for the other scripts of the serial; once raised it stays. Answered with `DONE`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Await:
    """Wait for a named signal of the serial. Answered with `SIGNALLED`, or with `TIMEOUT`."""

    name: str
    timeout_ms: int


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


Order = Proceed | Follow | Wait | WaitUntil | CloseTo | Signal | Await | Record


class WakeReason(StrEnum):
    """Why a script goes on."""

    DONE = "done"
    ARRIVED = "arrived"
    ELAPSED = "elapsed"
    MET = "met"
    SIGNALLED = "signalled"
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    """The engine's answer to an order.

    Attributes:
        time_ms: now.
        position: of the unit that the script moves.
    """

    reason: WakeReason
    time_ms: int
    position: Position
