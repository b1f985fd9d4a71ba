"""Planted defects of the hours of firing, and of watches for animals (WS412 to WS414)."""

from __future__ import annotations

from hypothesis import strategies as st

from notice_cases import practice
from planting import clock, moments, off, sea, seas
from waterspace.domain import Position
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]


@st.composite
def _low_sun(draw: st.DrawFn) -> tuple[str, str]:
    """Watched firing about sunrise or sunset on the equator at 134 E, or at noon there, at about 0300Z."""
    day_ms = draw(st.sampled_from((1_780_272_000_000, 1_782_777_600_000, 1_798_675_200_000)))
    position = Position(lat_deg=draw(st.integers(-3, 3)) / 2.0, lon_deg=134.0)
    watched = "    animal_watch: {distance: 100 yd, delay: 30 min, before: 30 min}\n    conditions: {daylight: no}\n"
    low_ms = draw(st.sampled_from((-HOUR_MS * 11 // 4, 8 * HOUR_MS + HOUR_MS * 3 // 4, 14 * HOUR_MS)))
    noon_ms = 2 * HOUR_MS + draw(st.integers(0, 60)) * MINUTE_MS

    def written(time_ms: int) -> str:
        return practice(position, day_ms + time_ms, 20, more=watched)

    return written(low_ms), written(noon_ms)


@st.composite
def _unwatched(draw: st.DrawFn) -> tuple[str, str]:
    """Firing or a hunt in a habitat: without a watch, out of its season, beside it, or with a watch."""
    start_ms, position = draw(moments()), draw(seas())
    watch = "    animal_watch: {distance: 100 yd, delay: 30 min, before: 30 min}\n"
    kind, bearing = draw(st.sampled_from(("gunnery", "asw_search"))), draw(st.integers(0, 359))
    far, near = draw(st.integers(45, 90)), draw(st.integers(0, 8))
    season = "windows: [{{start: {}, end: {}}}]"
    now = season.format(clock(start_ms - DAY_MS), clock(start_ms + DAY_MS))
    later = season.format(clock(start_ms + DAY_MS), clock(start_ms + 30 * DAY_MS))

    def written(miles: int, when: str, more: str = "") -> str:
        text = practice(position, start_ms, 60, more=more)
        if kind == "asw_search":
            text = text.replace("type: gunnery", "type: asw_search").replace(
                "{firing: ALFA, safety: BRAVO}", "{searching: [ALFA, BRAVO]}"
            )
        circle = f"circle: {{centre: {sea(off(position, bearing, miles))}, radius: 10 nm}}"
        return text + f"context:\n  habitats:\n    H1: {{name: Ground, {circle}, {when}}}\n"

    clean = draw(st.sampled_from((written(far, now), written(near, later), written(near, now, watch))))
    return written(near, now), clean


@st.composite
def _watched_too_little(draw: st.DrawFn) -> tuple[str, str]:
    """One of the three numbers below its limit, or at it."""
    start_ms, position = draw(moments()), draw(seas())
    which, missing = draw(st.sampled_from(("distance", "delay", "before"))), draw(st.integers(1, 14))
    least = {"distance": (70, "yd"), "delay": (30, "min"), "before": (15, "min")}

    def written(less: int) -> str:
        keys = (f"{key}: {value - less * (key == which)} {unit}" for key, (value, unit) in least.items())
        return practice(position, start_ms, 60, more=f"    animal_watch: {{{', '.join(keys)}}}\n")

    return written(missing), written(0)


DEFECTS = {"WS412": _low_sun(), "WS413": _unwatched(), "WS414": _watched_too_little()}
