"""Communications in a run: whether word from one unit reaches another, and when.

A link reaches where both ends have it, are within its range or in line of sight, and neither set is out of order. What
cannot be said is tried again every five minutes for six hours (assumed), so that it arrives when a way opens. Where the
file names no link, word arrives at once.

Assumed: antennas as high as `phenomena.heights` says, on an aircraft at its height at that instant; a unit without a
place, such as a headquarters, is reached by every link; links are tried in the order of the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from waterspace.engine.kernel import Priority
from waterspace.geometry.geodesic import distance_m
from waterspace.quantity import HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from waterspace.domain import Exercise, Link, Window
    from waterspace.engine.kernel import Kernel
    from waterspace.engine.motion import Fleet
    from waterspace.engine.streams import Streams

__all__ = ["Communications"]

_AGAIN_MS: Final = 5 * MINUTE_MS
_PATIENCE_MS: Final = 6 * HOUR_MS


class Communications:
    """The links of one run and the state of their sets."""

    def __init__(
        self, exercise: Exercise, kernel: Kernel, fleet: Fleet, streams: Streams, write: Callable[..., None]
    ) -> None:
        """Of a run that is about to begin.

        Args:
            exercise: the plan.
            kernel: the clock.
            fleet: where units are.
            streams: of chance.
            write: logs an event, as `Sea.write` does.
        """
        self._exercise, self._kernel, self._fleet, self._streams, self._write = exercise, kernel, fleet, streams, write
        self._start_ms = kernel.now_ms
        self._holders = {
            link.id: frozenset(exercise.expand(link.units) if link.units else exercise.units)
            for link in exercise.links.values()
        }
        self._outages: dict[tuple[str, str], tuple[Iterator[Window], Window]] = {}

    def link(self, sender: str, to: str) -> Link | None:
        """The first link of the file by which one unit reaches another now; None where none does."""
        return next((link for link in self._exercise.links.values() if self._reaches(link, sender, to)), None)

    def unreached(self, sender: str, others: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of those that a unit cannot reach now; nobody where the file names no link."""
        if not self._exercise.links:
            return ()
        return tuple(other for other in others if other != sender and self.link(sender, other) is None)

    def send(self, sender: str, to: str, deliver: Callable[[], None]) -> None:
        """Have something delivered as soon as word from one unit reaches another; after the links' patience, never.

        Args:
            sender: id of a unit.
            to: id of a unit.
            deliver: what to do when it has arrived.
        """
        self._try(sender, to, deliver, self._kernel.now_ms + _PATIENCE_MS)

    def _try(self, sender: str, to: str, deliver: Callable[[], None], until_ms: int) -> None:
        now_ms, links = self._kernel.now_ms, self._exercise.links
        link = self.link(sender, to) if links and sender != to else None
        if link is not None or not links or sender == to:
            self._kernel.at(now_ms + (0 if link is None else link.delay_ms), Priority.SCRIPT, deliver)
        elif now_ms + _AGAIN_MS <= until_ms:
            if until_ms - now_ms == _PATIENCE_MS:
                self._write("message.waiting", f"{sender} cannot reach {to}", unit=sender, data={"to": to})
            self._kernel.at(now_ms + _AGAIN_MS, Priority.SCRIPT, lambda: self._try(sender, to, deliver, until_ms))
        else:
            self._write("message.lost", f"{sender} could not reach {to}; the message is dropped", unit=sender)

    def _reaches(self, link: Link, sender: str, to: str) -> bool:
        holders = self._holders[link.id]
        if sender not in holders or to not in holders:
            return False
        return self._works(link, sender) and self._works(link, to) and self._in_range(link, sender, to)

    def _in_range(self, link: Link, sender: str, to: str) -> bool:
        fleet, now_ms = self._fleet, self._kernel.now_ms
        if sender not in fleet or to not in fleet:
            return True
        range_m = link.range_m
        if range_m is None:
            from waterspace.phenomena.horizon import radio_range_m

            range_m = radio_range_m(self._antenna_m(sender), self._antenna_m(to))
        return distance_m(fleet[sender].position(now_ms), fleet[to].position(now_ms)) <= range_m

    def _antenna_m(self, unit: str) -> float:
        from waterspace.phenomena.heights import radio_m

        return radio_m(self._exercise.platform(unit), self._fleet[unit].height_m(self._kernel.now_ms))

    def _works(self, link: Link, unit: str) -> bool:
        """Whether a unit's set of a link is in order now."""
        if link.works_mean_ms is None or link.repair_mean_ms is None:
            return True
        now_ms, key = self._kernel.now_ms, (unit, link.id)
        if key not in self._outages:
            from waterspace.phenomena.failures import Lifetime, breakdowns

            works, repair = (Lifetime(mean_s=ms / SECOND_MS) for ms in (link.works_mean_ms, link.repair_mean_ms))
            row = breakdowns(self._streams.get(f"{unit}/{link.id}/outages"), self._start_ms, works, repair)
            self._outages[key] = (row, next(row))
        row, outage = self._outages[key]
        while outage.end_ms <= now_ms:
            outage = next(row)
        self._outages[key] = (row, outage)
        return not outage.start_ms <= now_ms
