"""Pieces of exercise files for planted defects: times, positions and names by chance, as a planner writes them."""

from __future__ import annotations

from hypothesis import strategies as st

from waterspace.domain import Position
from waterspace.geometry.geodesic import destination
from waterspace.notation import format_position, format_time_iso
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, NAUTICAL_MILE_M

__all__ = ["clock", "distinct_names", "flotilla", "hunt", "moments", "off", "period", "sea", "seas", "without_key"]

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


def flotilla(position: Position, **given: str) -> str:
    """Two cutters with a deck and a helicopter of the first, and an area of 5 nm round it.

    Args:
        position: where the first ship and the middle of the area are.
        given: `endurance` of the helicopter, `spots` and `deck` (more keys) of the ships, `second` (where it is),
            `helicopter` (more keys of its unit).
    """
    second = given.get("second", sea(off(position, 90.0, 2.0)))
    return (
        "classes:\n  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, "
        f"economical_speed: 12 kn, range: 4000 nm, endurance: 20 d{given.get('deck', ', helicopter_spots: 1')}}}\n"
        "  hopper: {name: Hopper, kind: ship helicopter, medium: air, max_speed: 130 kn, cruise_speed: 120 kn, "
        f"endurance: {given.get('endurance', '6 h')}}}\n"
        f"units:\n  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: {sea(position)}}}\n"
        f"  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: {second}}}\n"
        f"  HELO: {{name: Helo, nation: JPN, class: hopper, home: ALFA{given.get('helicopter', '')}}}\n"
        f"areas:\n  WEST: {{name: West, circle: {{centre: {sea(position)}, radius: 5 nm}}}}\n"
    )


def hunt(id_: str, start_ms: int, minutes: int, who: str = "ALFA, HELO") -> str:
    """One serial that searches an area."""
    return (
        f"  {id_}: {{type: asw_search, area: WEST, units: {{searching: [{who}]}}, start: {clock(start_ms)}, "
        f"duration: {minutes} min, objectives: O1}}\n"
    )


def without_key(text: str, fragment: str) -> str:
    """A fragment's own top key taken out of a text."""
    key = fragment.partition(":")[0]
    lines, keep = [], True
    for line in text.splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            keep = line.partition(":")[0] != key
        lines += [line] if keep else []
    return "".join(lines)
