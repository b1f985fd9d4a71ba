"""Planted defects of times: outside the period, none at all, against the order (WS003 to WS005)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, without_key
from planting_scene import scenes
from waterspace.quantity import HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

Pair = tuple[str, str]


@st.composite
def _outside(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    beyond = draw(st.integers(1, 90)) * MINUTE_MS
    start = clock(scene.start_ms - 24 * HOUR_MS)

    def written(end_ms: int) -> str:
        head = f"exercise:\n  name: Planted\n  period: {{start: {start}, end: {clock(end_ms)}}}\n"
        return without_key(scene.head(), "exercise:") + head + f"serials:\n{scene.serial()}"

    return written(scene.end_ms - min(beyond, scene.hours * HOUR_MS - MINUTE_MS)), written(scene.end_ms)


@st.composite
def _timeless(draw: st.DrawFn) -> Pair:
    """Serials that wait for one another in a ring; in the twin one of them has a start."""
    scene = draw(scenes())
    count = draw(st.integers(1, 4))
    start = f"    start: {clock(scene.start_ms)}\n"
    serials = [scene.serial(f"S{k}", more=f"after: S{(k + 1) % count}").replace(start, "") for k in range(count)]
    ring = f"{scene.head()}serials:\n{''.join(serials)}"
    return ring, ring.replace(f"    after: S{1 % count}\n", start, 1)


@st.composite
def _contradicted(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    early = draw(st.integers(1, 59)) * MINUTE_MS
    first = scene.serial(units="{units: ALFA}")

    def written(gap_ms: int) -> str:
        second = scene.serial("S2", units="{units: BRAVO}", after_ms=scene.hours * HOUR_MS - gap_ms, more="after: S1")
        return f"{scene.head()}serials:\n{first}{second}"

    return written(early), written(0)


DEFECTS = {"WS003": _outside(), "WS004": _timeless(), "WS005": _contradicted()}
