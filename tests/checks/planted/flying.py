"""Planted defects of flights (WS109, WS110)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import flotilla, hunt, moments, off, period, sea, seas
from waterspace.quantity import MINUTE_MS

__all__ = ["DEFECTS"]


@st.composite
def _short_turnaround(draw: st.DrawFn) -> tuple[str, str]:
    """A second search within the hour after the first, or some time after it."""
    start_ms, first = draw(moments()), draw(st.integers(20, 120))
    short, long = draw(st.integers(45, 58)), draw(st.integers(75, 150))
    head = period(start_ms) + flotilla(draw(seas())) + "serials:\n"

    def written(pause: int) -> str:
        return head + hunt("S1", start_ms, first) + hunt("S2", start_ms + (first + pause) * MINUTE_MS, 30)

    return written(short), written(long)


@st.composite
def _no_fuel(draw: st.DrawFn) -> tuple[str, str]:
    """A helicopter that comes home with fuel for less than half an hour, or for more than an hour."""
    start_ms, position, minutes = draw(moments()), draw(seas()), draw(st.integers(20, 200))
    little, much = draw(st.integers(15, 29)), draw(st.integers(60, 120))
    head, serial = period(start_ms), "serials:\n" + hunt("S1", start_ms, minutes)

    def written(spare: int) -> str:
        return head + flotilla(position, endurance=f"{minutes + spare} min") + serial

    return written(little), written(much)


@st.composite
def _no_deck(draw: st.DrawFn) -> tuple[str, str]:
    """The other deck is too far away when the helicopter comes home, or near."""
    start_ms, position, minutes = draw(moments()), draw(seas()), draw(st.integers(20, 120))
    bearing, far, near = draw(st.integers(0, 359)), draw(st.integers(200, 350)), draw(st.integers(1, 20))
    head, serial = period(start_ms), "serials:\n" + hunt("S1", start_ms, minutes)

    def written(miles: int) -> str:
        second = sea(off(position, bearing, miles))
        return head + flotilla(position, endurance=f"{minutes + 75} min", second=second) + serial

    return written(far), written(near)


DEFECTS = {"WS109": _short_turnaround(), "WS110": st.one_of(_no_fuel(), _no_deck())}
