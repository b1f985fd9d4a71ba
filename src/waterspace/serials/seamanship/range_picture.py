"""What a script knows of a watched danger area, and what came of the watch once the serial is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import RANGE_NEWS, Wait, WakeReason, Window, join_windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from waterspace.domain import Event, Wake
    from waterspace.serials.base import Script

__all__ = ["WATCH_MEASURES", "Picture", "stays_inside", "watch_measures"]

WATCH_MEASURES: Mapping[str, str] = {
    "strangers_count": "strangers that were inside the hot danger area, noticed or not; given where it is watched",
    "missed_count": "strangers that were inside and that nobody noticed; given where the area is watched",
    "checked_ms": "time for which known strangers fouled the range; given where the area is watched",
    "exposed_ms": "time for which a stranger was inside and fire was not checked; given where the area is watched",
}
"""Names of the measures that any watched serial can give, each with what it means."""


class Picture:
    """What the watch has told one script so far.

    Attributes:
        is_kept: there is a watch; the first word of it comes as the serial starts.
        is_fouled: the range is fouled now.
        fouls_count: how often it has become fouled.
    """

    def __init__(self) -> None:
        self.is_kept = False
        self.is_fouled = False
        self.fouls_count = 0

    def hear(self, wake: Wake) -> None:
        """Take in one piece of news of the range."""
        self.is_kept = True
        self.is_fouled = wake.reason is WakeReason.FOULED
        self.fouls_count += self.is_fouled

    def update(self) -> Script:
        """Orders that take in all news that has come meanwhile; no time passes."""
        while (wake := (yield Wait(duration_ms=0, heeds=RANGE_NEWS))).reason in RANGE_NEWS:
            self.hear(wake)


def stays_inside(events: Iterable[Event], end_ms: int) -> tuple[Window, ...]:
    """When strangers, noticed or not, were inside a watched danger area, those at one time joined.

    Args:
        events: of the serial, in order.
        end_ms: of the serial; who has not left by then counts as inside until then.
    """
    since_ms: dict[str, int] = {}
    found: list[Window] = []
    for event in events:
        who = str(event.data.get("who", ""))
        if event.kind == "range.entered":
            since_ms[who] = event.time_ms
        elif event.kind == "range.left" and who in since_ms:
            found.append(Window(start_ms=since_ms.pop(who), end_ms=event.time_ms))
    found += [Window(start_ms=start_ms, end_ms=end_ms) for start_ms in since_ms.values()]
    return join_windows(found)


def watch_measures(events: Iterable[Event]) -> dict[str, float]:
    """What the watch of a serial measured, under the names of `WATCH_MEASURES`; nothing where none was kept."""
    for event in events:
        if event.kind == "range.secured":
            return {name: float(event.data[name]) for name in WATCH_MEASURES}
    return {}
