"""Planted defects of light (WS401)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock
from waterspace.quantity import DAY_MS, HOUR_MS

__all__ = ["DEFECTS"]

_DAWN_JAPAN_MS = 1_781_128_800_000
"""2026-06-10T22:00Z: seven in the morning at 135 east, when the sun is up for hours to come."""


@st.composite
def _dark(draw: st.DrawFn) -> tuple[str, str]:
    """Work that needs the light, at midday and at midnight off Japan, any day of the summer."""
    day, hours = draw(st.integers(0, 60)), draw(st.integers(1, 4))

    def written(start_ms: int) -> str:
        begin, end = clock(start_ms - 5 * DAY_MS), clock(start_ms + 5 * DAY_MS)
        return (
            f"exercise: {{name: Planted, host: JPN, period: {{start: {begin}, end: {end}}}}}\n"
            f"serials:\n  S1:\n    type: assembly\n    area: WEST\n    units: {{units: [ALFA, BRAVO]}}\n"
            f"    start: {clock(start_ms)}\n    duration: {hours} h\n    objectives: O1\n"
            "    conditions: {daylight: yes}\n"
        )

    morning_ms = _DAWN_JAPAN_MS + day * DAY_MS
    return written(morning_ms + draw(st.integers(13, 18)) * HOUR_MS), written(morning_ms)


DEFECTS = {"WS401": _dark()}
