"""Planted defects of what follows bad weather (WS510)."""

from __future__ import annotations

from hypothesis import strategies as st

from notice_cases import practice
from planting import clock, moments, seas
from waterspace.quantity import DAY_MS, MINUTE_MS

__all__ = ["DEFECTS"]


@st.composite
def _no_reserve(draw: st.DrawFn) -> tuple[str, str]:
    """Firing that the sea can stop, without a reserve time and with one."""
    start_ms, minutes, position = draw(moments()), draw(st.integers(30, 300)), draw(seas())
    later_ms = start_ms + draw(st.integers(1, 5)) * DAY_MS
    more = f"    reserve: [{{start: {clock(later_ms)}, end: {clock(later_ms + minutes * MINUTE_MS)}}}]\n"
    return practice(position, start_ms, minutes), practice(position, start_ms, minutes, more=more)


DEFECTS = {"WS510": _no_reserve()}
