"""Outside events: what reaches a rehearsal from people while it runs, as the journal of a run keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["OutsideEvent", "OutsideKind"]


class OutsideKind(StrEnum):
    """What an outside event does.

    `MESSAGE`, `ORDER` and `INJECT` bring news to the scripts of a unit or a serial. `FAILURE` puts a unit out of
    action. `DELAY` puts a serial back that has not begun. `CANCEL` tells the scripts of a serial to stop; `PREEMPT`
    does so for the sake of another serial, to which its units go next.
    """

    MESSAGE = "message"
    ORDER = "order"
    INJECT = "inject"
    FAILURE = "failure"
    DELAY = "delay"
    CANCEL = "cancel"
    PREEMPT = "preempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideEvent:
    """One thing that somebody outside the run does to it.

    Attributes:
        at_ms: when; whatever else is due at that instant comes before it.
        to: id of the unit or serial that it concerns; for `FAILURE` a unit, for the last three kinds a serial.
        text: for a person, and for the script that reads it.
        by_ms: for `DELAY` how far the serial is put back; for `FAILURE` how long the repair takes, 0 for the rest of
            the run; otherwise 0.
        other: for `PREEMPT` id of the serial that takes precedence; otherwise empty.
        data: amounts, each named with its unit suffix.
    """

    at_ms: int
    kind: OutsideKind
    to: str
    text: str = ""
    by_ms: int = 0
    other: str = ""
    data: Mapping[str, float | int | str] = field(default_factory=dict)
