"""Planted defects of names and order (WS011, WS012)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, distinct_names, moments, period
from waterspace.quantity import HOUR_MS

__all__ = ["DEFECTS"]


@st.composite
def _twice(draw: st.DrawFn) -> tuple[str, str]:
    """Two areas, units or serials of one name; the twin gives the second another."""
    first, second = draw(distinct_names(2))
    spoken = draw(st.sampled_from((first, first.upper(), f" {first} ")))
    kind = draw(st.sampled_from(("units", "areas", "serials")))
    parts = {
        "units": "units:\n  ALFA: {{name: {a}, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}}\n"
        "  BRAVO: {{name: '{b}', nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}}\n",
        "areas": "areas:\n  WEST: {{name: {a}, circle: {{centre: 38-30.0N 134-00.0E, radius: 15 nm}}}}\n"
        "  EAST: {{name: '{b}', circle: {{centre: 38-30.0N 135-00.0E, radius: 15 nm}}}}\n",
        "serials": "serials:\n"
        "  S1: {{type: assembly, name: {a}, area: WEST, units: {{units: ALFA}}, start: 2026-06-08T00:00Z}}\n"
        "  S2: {{type: assembly, name: '{b}', area: WEST, units: {{units: ALFA}}, start: 2026-06-09T00:00Z}}\n",
    }
    return parts[kind].format(a=first, b=spoken), parts[kind].format(a=first, b=second)


@st.composite
def _disorder(draw: st.DrawFn) -> tuple[str, str]:
    """Spells of weather, windows of a reservation or quiet hours in another order; the twin is in order."""
    start_ms = draw(moments())
    count = draw(st.integers(2, 5))
    gaps = draw(st.lists(st.integers(1, 30), min_size=2 * count, max_size=2 * count))
    edges = [start_ms + sum(gaps[:number]) * HOUR_MS for number in range(2 * count)]
    order = draw(st.permutations(range(count)).filter(lambda numbers: list(numbers) != sorted(numbers)))
    spans = [f"{{start: {clock(edges[2 * k])}, end: {clock(edges[2 * k + 1])}" for k in range(count)]
    kind = draw(st.sampled_from(("weather", "quiet", "reservation")))

    def written(numbers: list[int]) -> str:
        if kind == "weather":
            return "weather:\n" + "".join(f"  - {spans[number]}, sea_state: 3}}\n" for number in numbers)
        windows = ", ".join(spans[number] + "}" for number in numbers)
        if kind == "quiet":
            return f"quiet_hours:\n  Q1: {{windows: [{windows}]}}\n"
        shape = "circle: {centre: 38-30.0N 136-00.0E, radius: 5 nm}"
        return f"context:\n  reservations:\n    R1: {{hazard: firing, {shape}, windows: [{windows}]}}\n"

    head = period(start_ms)
    return head + written(list(order)), head + written(sorted(order))


@st.composite
def _overlap(draw: st.DrawFn) -> tuple[str, str]:
    """Two spells of weather that share a time; in the twin the second begins when the first ends."""
    start_ms = draw(moments())
    first, second, shared = draw(st.integers(2, 50)), draw(st.integers(2, 50)), draw(st.integers(1, 60))
    middle_ms = start_ms + first * HOUR_MS

    def written(from_ms: int) -> str:
        return (
            f"weather:\n  - {{start: {clock(start_ms)}, end: {clock(middle_ms)}, sea_state: 3}}\n"
            f"  - {{start: {clock(from_ms)}, end: {clock(middle_ms + second * HOUR_MS)}, sea_state: 2}}\n"
        )

    head = period(start_ms)
    return head + written(middle_ms - shared * 60_000), head + written(middle_ms)


DEFECTS = {"WS011": _twice(), "WS012": st.one_of(_disorder(), _overlap())}
