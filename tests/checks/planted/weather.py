"""Planted defects of sea state, wind and sight (WS403, WS404)."""

from __future__ import annotations

from hypothesis import strategies as st

from notice_cases import practice
from planting import clock, moments, seas
from planting_scene import scenes
from waterspace.quantity import DAY_MS, MINUTE_MS

__all__ = ["DEFECTS"]


@st.composite
def _rough(draw: st.DrawFn) -> tuple[str, str]:
    scene = draw(scenes())
    limit = draw(st.integers(2, 6))

    def written(state: int) -> str:
        serial = scene.serial(more=f"conditions: {{sea_state: {limit}}}")
        return f"{scene.head()}serials:\n{serial}".replace("sea_state: 2,", f"sea_state: {state},")

    return written(draw(st.integers(limit + 1, 9))), written(draw(st.integers(0, limit)))


@st.composite
def _wind_or_sight(draw: st.DrawFn) -> tuple[str, str]:
    """A forecast one step beyond the limit of a serial, or at it."""
    start_ms, position = draw(moments()), draw(seas())
    wind, sight, beyond = draw(st.integers(10, 40)), draw(st.integers(1, 9)), draw(st.integers(1, 10))
    head = practice(position, start_ms, 120, more=f"    conditions: {{wind: {wind} kn, visibility: {sight} nm}}\n")
    windy = draw(st.booleans())
    turn_ms = start_ms + draw(st.integers(1, 119)) * MINUTE_MS

    def written(over: int) -> str:
        spells = (
            (start_ms - DAY_MS, turn_ms, wind, sight),
            (turn_ms, start_ms + DAY_MS, wind + over * windy, sight - over * (not windy) / 20),
        )
        lines = (
            f"  - {{start: {clock(begin)}, end: {clock(end)}, wind_speed: {speed} kn, visibility: {miles:g} nm}}\n"
            for begin, end, speed, miles in spells
        )
        return head + "weather:\n" + "".join(lines)

    return written(beyond), written(0)


DEFECTS = {"WS403": _rough(), "WS404": _wind_or_sight()}
