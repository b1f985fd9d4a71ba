"""Windows of the file, single and daily, as those of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Position, Schedule, Weekday, Window, join_windows
from waterspace.environment.sky.schedules import windows_over
from waterspace.planfile.tree import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from waterspace.domain import Footprint
    from waterspace.errors import Fault
    from waterspace.planfile import pieces, wire
    from waterspace.planfile.tree import Tree

__all__ = ["schedule_of", "sunless", "windows_anywhere", "windows_of"]

_ANYWHERE = Circle(centre=Position(lat_deg=0.0, lon_deg=0.0), radius_m=1.0)
"""Where spans are that have no place; none of them asks for the sun."""


def windows_anywhere(spans: Iterable[pieces.SpanWire]) -> tuple[Window, ...]:
    """As `windows_of`, of spans that do not follow the sun."""
    return windows_of(spans, _ANYWHERE)


def windows_of(spans: Iterable[pieces.SpanWire], footprint: Footprint) -> tuple[Window, ...]:
    """Windows in order of time, those that overlap or touch joined; hours by the sun are those at the footprint."""
    windows: list[Window] = []
    for span in spans:
        if span.daily is None:
            assert span.start is not None, "agreement.py refuses a window without start and end"
            assert span.end is not None, "agreement.py refuses a window without start and end"
            windows.append(Window(start_ms=span.start, end_ms=span.end))
        else:
            windows += windows_over(schedule_of(span), footprint)
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


def sunless(file: wire.FileWire, tree: Tree) -> Iterator[Fault]:
    """The faults of windows that follow the sun: in force on no date, as under a polar night, or with no place."""
    shaped = (("reservations", file.context.reservations), ("habitats", file.context.habitats))
    for section, entries in shaped:
        for id_, entry in entries.items():
            footprint = entry.footprint()
            assert footprint is not None, "agreement.py refuses an entry without shape"
            for number, schedule in _by_the_sun(entry.windows):
                if not windows_over(schedule, footprint):
                    yield _sunless(("context", section, id_, "windows", str(number), "daily"), tree)
    for id_, quiet in file.quiet_hours.items():
        for number, _ in _by_the_sun(quiet.windows):
            yield _placeless(("quiet_hours", id_, "windows", str(number), "daily"), tree)


def _by_the_sun(spans: Iterable[pieces.SpanWire]) -> Iterator[tuple[int, Schedule]]:
    """The schedules of those that follow the sun, with their numbers."""
    for number, span in enumerate(spans):
        schedule = None if span.daily is None else schedule_of(span)
        if schedule is not None and schedule.needs_sun:
            yield number, schedule


def _placeless(path: tuple[str, ...], tree: Tree) -> Fault:
    hours, dotted = tree.find(path), ".".join(path)
    found = hours.text if isinstance(hours, Scalar) else ""
    expected = "clock times"
    message = f"{dotted} is {found!r}, but {expected} are expected: quiet hours have no place at which the sun rises."
    advice = "Give clock times such as 2100Z to 0500Z."
    return tree.lines.fault(tree.nearest(path), message, path=dotted, found=found, expected=expected, advice=advice)


def _sunless(path: tuple[str, ...], tree: Tree) -> Fault:
    hours, dotted = tree.find(path), ".".join(path)
    found = hours.text if isinstance(hours, Scalar) else ""
    expected = "hours that the sun there gives on one of the dates at least"
    message = f"{dotted} is {found!r}, but {expected} is expected: the sun makes no such hours there on any date."
    advice = "Give clock times such as 0000Z to 0900Z, or remove the window."
    return tree.lines.fault(tree.nearest(path), message, path=dotted, found=found, expected=expected, advice=advice)
