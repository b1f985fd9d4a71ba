"""Planted defects of programmes without slack (WS710)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, moments, period, sea, seas
from waterspace.domain import Position, Window
from waterspace.environment.sky.sun import first_dark_ms
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

_HOUR = 60


def _serial(id_: str, who: str, start_ms: int, minutes: int, more: str = "") -> str:
    return (
        f"  {id_}: {{type: assembly, area: WEST, units: {{units: {who}}}, earliest: {clock(start_ms)}, "
        f"duration: {minutes} min, objectives: O1{more}}}\n"
    )


@st.composite
def _latest(draw: st.DrawFn) -> tuple[str, str]:
    """A serial after another, or after another still, whose latest start leaves less than an hour, or an hour."""
    start_ms, first = draw(moments()), draw(st.integers(30, 200))
    pause, between = draw(st.integers(0, 40)), draw(st.integers(0, 10))
    spare = draw(st.integers(0, _HOUR - pause - between - 1))
    chained = draw(st.booleans())

    def written(left: int) -> str:
        second_ms = start_ms + (first + pause) * MINUTE_MS
        third_ms = second_ms + (30 + between) * MINUTE_MS
        latest = f", latest: {clock((third_ms if chained else second_ms) + left * MINUTE_MS)}"
        text = period(start_ms) + "serials:\n" + _serial("S1", "ALFA", start_ms, first)
        if not chained:
            return text + _serial("S2", "BRAVO", second_ms, 30, ", after: S1" + latest)
        middle = _serial("S2", "BRAVO", second_ms, 30, ", after: S1")
        return text + middle + _serial("S3", "ALFA", third_ms, 30, ", after: S2" + latest)

    taken = between if chained else pause
    return written(min(spare, _HOUR - taken - 1)), written(_HOUR - taken)


@st.composite
def _dark(draw: st.DrawFn) -> tuple[str, str]:
    """A serial that needs daylight and ends less than an hour before sunset, or more."""
    here, noon_ms = draw(seas()), draw(moments())
    lit_ms = _afternoon_ms(here, noon_ms)
    pause, minutes = draw(st.integers(0, 30)), draw(st.integers(20, 60))
    short, long = draw(st.integers(2, _HOUR - pause - 2)), draw(st.integers(_HOUR - pause + 2, _HOUR + 30))

    def written(left: int) -> str:
        begin_ms = lit_ms - (left + minutes) * MINUTE_MS
        begin_ms -= begin_ms % MINUTE_MS
        area = f"areas:\n  WEST: {{name: West, circle: {{centre: {sea(here)}, radius: 5 nm}}}}\n"
        first = _serial("S1", "ALFA", begin_ms - (pause + 40) * MINUTE_MS, 40)
        second = _serial("S2", "BRAVO", begin_ms, minutes, ", after: S1, conditions: {daylight: yes}")
        return period(begin_ms) + area + "serials:\n" + first + second

    return written(short), written(long)


def _afternoon_ms(here: Position, from_ms: int) -> int:
    """A sunset after an instant."""
    for hours in range(48):
        begin_ms = from_ms + hours * HOUR_MS
        dark_ms = first_dark_ms(here, Window(start_ms=begin_ms, end_ms=begin_ms + DAY_MS))
        if dark_ms is not None and dark_ms > begin_ms + 5 * HOUR_MS:
            return dark_ms
    raise AssertionError("there is a sunset within two days where these seas are")


@st.composite
def _fixed(draw: st.DrawFn) -> tuple[str, str]:
    """A short serial of fixed hours after another: less than half of it is left, or just half."""
    start_ms, first, pause = draw(moments()), draw(st.integers(30, 200)), draw(st.integers(0, 40))
    late = _HOUR - pause
    short, long = draw(st.integers(10, 2 * late - 2)), draw(st.integers(2 * late, 300))
    begin_ms = start_ms + (first + pause) * MINUTE_MS

    def written(minutes: int) -> str:
        text = period(start_ms) + "serials:\n" + _serial("S1", "ALFA", start_ms, first)
        return text + (
            f"  S2: {{type: assembly, area: WEST, units: {{units: BRAVO}}, after: S1, start: {clock(begin_ms)}, "
            f"end: {clock(begin_ms + minutes * MINUTE_MS)}, objectives: O1}}\n"
        )

    return written(short), written(long)


DEFECTS = {"WS710": st.one_of(_latest(), _dark(), _fixed())}
