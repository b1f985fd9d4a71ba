"""The stage of a serial that runs: what its scripts see of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from waterspace.quantity import HOUR_MS

if TYPE_CHECKING:
    import numpy as np

    from waterspace.domain import Position, Serial, Window
    from waterspace.engine.sea import Sea
    from waterspace.serials.base import Briefing, Plan, SerialType

__all__ = ["OVERRUN_MS", "LiveStage", "Waiter"]

OVERRUN_MS = 4 * HOUR_MS
"""How long past its planned end a serial may run (assumed); its danger areas stay hot for as long."""


class Waiter(Protocol):
    """Whoever waits for a signal."""

    def signalled(self) -> None:
        """The signal has been raised."""


class LiveStage:
    """What a script sees of the running engine."""

    def __init__(self, sea: Sea, type_: SerialType[Any], briefing: Briefing[Any], plan: Plan) -> None:
        self.briefing = briefing
        self.plan = plan
        self.raised: set[str] = set()
        self.waiting: dict[str, list[Waiter]] = {}
        self.sea = sea
        self.type = type_

    @property
    def serial(self) -> Serial:
        """The serial."""
        return self.briefing.serial

    @property
    def window(self) -> Window:
        """The window in which it runs."""
        return self.briefing.window

    @property
    def now_ms(self) -> int:
        """The instant."""
        return self.sea.kernel.now_ms

    def position(self, unit: str) -> Position:
        """Where a unit is now."""
        return self.sea.fleet[unit].position(self.now_ms)

    def reaches(self, sender: str, to: str) -> bool:
        """Whether some link of the file takes word from one unit to another now."""
        return not self.sea.communications.unreached(sender, (to,))

    def stream(self, name: str) -> np.random.Generator:
        """Random numbers of this serial under a name."""
        return self.sea.streams.get(f"{self.serial.id}/{name}")
