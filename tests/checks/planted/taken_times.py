"""Planted defects of times that nobody gave (WS014)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock
from planting_scene import scenes

__all__ = ["DEFECTS"]


@st.composite
def _nobody_chose(draw: st.DrawFn) -> tuple[str, str]:
    """A serial with a duration alone; in the twin it has a start, an end, an earliest time, or follows another."""
    scene = draw(scenes())
    given = {
        "start": f"start: {clock(scene.start_ms)}",
        "end": f"end: {clock(scene.end_ms)}",
        "earliest": f"earliest: {clock(scene.start_ms)}",
        "after": "after: S0",
    }[draw(st.sampled_from(("start", "end", "earliest", "after")))]
    before = scene.serial("S0", units="{units: ALFA}")
    bare = scene.serial(units="{units: BRAVO}").replace(f"    start: {clock(scene.start_ms)}\n", "")
    head = f"{scene.head()}serials:\n{before}"
    return f"{head}{bare}", f"{head}{bare}    {given}\n"


DEFECTS = {"WS014": _nobody_chose()}
