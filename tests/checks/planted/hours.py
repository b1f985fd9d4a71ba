"""Planted defects of hours: noise in quiet hours, reserve times that are taken (WS211, WS212)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock
from planting_scene import scenes
from waterspace.quantity import HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

Pair = tuple[str, str]


@st.composite
def _quiet(draw: st.DrawFn) -> Pair:
    """A search by sonar that begins before quiet hours end; in the twin it begins as they end."""
    scene = draw(scenes())
    covers = draw(st.sampled_from(("", "covers: S1, ", "covers: WEST, ", "covers: NEAR, ")))
    near = scene.area("NEAR", draw(st.integers(0, 359)), draw(st.integers(0, scene.radius_nm)))
    into_ms = draw(st.integers(1, scene.hours * 60)) * MINUTE_MS
    search = scene.serial("S1", "asw_search", "{searching: [ALFA, BRAVO]}")

    def written(end_ms: int) -> str:
        window = f"{{start: {clock(end_ms - 9 * HOUR_MS)}, end: {clock(end_ms)}}}"
        head = scene.head().replace(f"areas:\n{scene.area()}", f"areas:\n{scene.area()}{near}")
        return f"{head}quiet_hours:\n  Q1: {{{covers}windows: [{window}]}}\nserials:\n{search}"

    return written(scene.start_ms + into_ms), written(scene.start_ms)


@st.composite
def _quiet_reserve(draw: st.DrawFn) -> Pair:
    """A search that keeps the quiet hours as planned and breaks them on its reserve time, or begins it as they end."""
    scene = draw(scenes())
    covers = draw(st.sampled_from(("", "covers: S1, ", "covers: WEST, ")))
    off_ms = draw(st.integers(1, 6)) * 24 * HOUR_MS
    late_ms = draw(st.integers(1, scene.hours * 60)) * MINUTE_MS
    start_ms = scene.start_ms + off_ms
    window = f"{{start: {clock(start_ms - 9 * HOUR_MS)}, end: {clock(start_ms)}}}"

    def written(begin_ms: int) -> str:
        more = f"reserve: [{{start: {clock(begin_ms)}, end: {clock(begin_ms + scene.hours * HOUR_MS)}}}]"
        search = scene.serial("S1", "asw_search", "{searching: [ALFA, BRAVO]}", more=more)
        return f"{scene.head()}quiet_hours:\n  Q1: {{{covers}windows: [{window}]}}\nserials:\n{search}"

    return written(start_ms - late_ms), written(start_ms)


@st.composite
def _reserve(draw: st.DrawFn) -> Pair:
    """A ship that would be in two serials at once, or a firing over the water of others, in a reserve time."""
    scene = draw(scenes())
    whole_ms, shared_ms = scene.hours * HOUR_MS, draw(st.integers(1, scene.hours * 60)) * MINUTE_MS
    fires = draw(st.booleans())
    other = scene.serial("S2", units="{units: BRAVO}", after_ms=12 * HOUR_MS)

    def written(after_ms: int) -> str:
        start_ms = scene.start_ms + after_ms
        more = f"reserve: [{{start: {clock(start_ms)}, end: {clock(start_ms + whole_ms)}}}]"
        first = scene.gunnery(more=more) if fires else scene.serial(more=more)
        return f"{scene.head()}serials:\n{first}{other}"

    return written(12 * HOUR_MS + whole_ms - shared_ms), written(12 * HOUR_MS + whole_ms)


DEFECTS = {"WS211": st.one_of(_quiet(), _quiet_reserve()), "WS212": _reserve()}
