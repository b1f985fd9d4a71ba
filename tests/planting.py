"""Pieces of exercise files for planted defects: times, positions and names by chance, as a planner writes them."""

from __future__ import annotations

from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.geometry.geodesic import destination
from waterspace.notation import format_position, format_time_iso
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M

__all__ = ["clock", "distinct_names", "moments", "off", "period", "sea", "seas"]

_NAMES = ("Alder", "Birch", "Cedar", "Elder", "Fir", "Hazel", "Juniper", "Larch", "Maple", "Olive", "Pine", "Rowan")
_EVENINGS_MS = (1_780_354_800_000, 1_782_860_400_000, 1_798_758_000_000)
"""2300Z of 1 June, 30 June and 31 December 2026: the hour before a midnight, a month's end, a year's end."""


def moments() -> st.SearchStrategy[int]:
    """Instants to the minute, half of them shortly before midnight, the end of a month or of a year."""
    late = st.tuples(st.sampled_from(_EVENINGS_MS), st.integers(0, 59)).map(lambda two: two[0] + two[1] * MINUTE_MS)
    any_time = st.integers(0, 300 * 24 * 60).map(lambda minutes: 1_780_272_000_000 + minutes * MINUTE_MS)
    return st.one_of(late, any_time)


def clock(time_ms: int) -> str:
    """`2026-06-08T00:00Z`."""
    return format_time_iso(time_ms)


def seas() -> st.SearchStrategy[Position]:
    """Open water far from land, on both sides of the equator, and close to 180 degrees on either side of it."""
    whole = st.sampled_from(((38.5, 134.0), (20.0, 179.95), (20.0, -179.95), (-30.0, -150.0), (45.0, 179.99)))
    return st.tuples(whole, st.integers(-5, 5)).map(
        lambda two: Position(lat_deg=two[0][0] + two[1] / 10.0, lon_deg=two[0][1])
    )


def off(position: Position, bearing_deg: float, miles: float) -> Position:
    """A position so many nautical miles away."""
    return destination(position, bearing_deg, miles * NAUTICAL_MILE_M)


def sea(position: Position) -> str:
    """`38-30.0N 134-00.0E`."""
    return format_position(position.lat_deg, position.lon_deg)


def distinct_names(count: int) -> st.SearchStrategy[list[str]]:
    """So many names, no two alike."""
    return st.lists(st.sampled_from(_NAMES), min_size=count, max_size=count, unique=True)


def period(around_ms: int, days: int = 10) -> str:
    """The head of an exercise that lasts from days before an instant to days after it."""
    start_ms = around_ms - around_ms % HOUR_MS - days * DAY_MS
    end_ms = start_ms + 2 * days * DAY_MS
    return f"exercise:\n  name: Planted\n  host: JPN\n  period: {{start: {clock(start_ms)}, end: {clock(end_ms)}}}\n"
