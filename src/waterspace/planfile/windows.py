"""Windows of the file, single and daily, as those of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import (
    Schedule,
    Weekday,
    Window,
    join_windows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.domain import Footprint
    from waterspace.planfile import pieces

__all__ = ["schedule_of", "windows_of"]


def windows_of(spans: Iterable[pieces.SpanWire], footprint: Footprint) -> tuple[Window, ...]:
    """Windows in order of time, those that overlap or touch joined; hours by the sun are those at the footprint."""
    windows: list[Window] = []
    for span in spans:
        if span.daily is None:
            assert span.start is not None, "agreement.py refuses a window without start and end"
            assert span.end is not None, "agreement.py refuses a window without start and end"
            windows.append(Window(start_ms=span.start, end_ms=span.end))
        else:
            windows += _schedule_windows(schedule_of(span), footprint)
    return join_windows(windows)


def schedule_of(span: pieces.SpanWire) -> Schedule:
    """The schedule of a window that comes again daily."""
    assert span.from_ is not None, "agreement.py refuses daily hours without dates"
    assert span.to is not None, "agreement.py refuses daily hours without dates"
    assert span.daily is not None, "asked only where there are daily hours"
    return Schedule(
        first=span.from_,
        last=span.to,
        opens=span.daily[0],
        closes=span.daily[1],
        weekdays=frozenset(Weekday[day.name] for day in span.weekdays),
        without=frozenset(span.except_),
        also=frozenset(span.also),
    )


def _schedule_windows(schedule: Schedule, footprint: Footprint) -> tuple[Window, ...]:
    if not schedule.needs_sun:
        return schedule.windows()
    from waterspace.environment.sky import schedules
    from waterspace.geometry import footprints

    return schedules.windows_at(schedule, footprints.centre(footprint))
