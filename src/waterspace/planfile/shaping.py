"""Shapes and times of the file as those of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import (
    Circle,
    Corridor,
    Joined,
    Polygon,
    Schedule,
    Sector,
    Weekday,
    Window,
    Without,
    join_windows,
)
from waterspace.errors import GeometryError, NotationError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.domain import Footprint
    from waterspace.planfile import pieces

__all__ = ["footprint_of", "refuse_nothing_left", "schedule_of", "windows_of"]


def footprint_of(entry: pieces.ShapeWire) -> Footprint | None:  # noqa: PLR0911  # one for each kind
    """The footprint of a mapping; None where it has no shape."""
    if entry.polygon is not None:
        return Polygon(vertices=entry.polygon)
    if entry.circle is not None:
        return Circle(centre=entry.circle.centre, radius_m=entry.circle.radius)
    if entry.ring is not None:
        return Sector.ring(entry.ring.centre, entry.ring.inner_radius, entry.ring.radius)
    if entry.sector is not None:
        return _sector(entry.sector)
    if entry.corridor is not None:
        return Corridor(waypoints=entry.corridor.waypoints, half_width_m=entry.corridor.half_width)
    if entry.union is not None:
        return Joined(parts=_several(entry.union))
    return None if entry.difference is None else _difference(entry.difference)


def refuse_nothing_left(entry: pieces.DifferenceWire) -> None:
    """Refuse a difference that leaves nothing.

    Raises:
        NotationError: as above.
    """
    from waterspace.geometry import footprints

    left = _difference(entry)
    if left is None:
        return  # the shapes lack something, and that is said where they stand
    try:
        footprints.points_inside(left)
    except GeometryError as error:
        raise NotationError("a mapping", "something that is left of the base", str(error)) from None


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
    from waterspace.environment import schedules
    from waterspace.geometry import footprints

    return schedules.windows_at(schedule, footprints.centre(footprint))


def _several(entries: Iterable[pieces.ShapeWire]) -> tuple[Footprint, ...]:
    return tuple(part for part in map(footprint_of, entries) if part is not None)


def _difference(entry: pieces.DifferenceWire) -> Without | None:
    base = footprint_of(entry.base)
    return None if base is None else Without(base=base, holes=_several(entry.without))


def _sector(entry: pieces.SectorWire) -> Sector:
    return Sector(
        centre=entry.centre,
        bearing_deg=entry.bearing,
        half_angle_deg=entry.half_angle,
        radius_m=entry.radius,
        inner_radius_m=entry.inner_radius,
    )
