"""Planted defects of aircraft that come from nowhere (WS112)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, distinct_names, flotilla, moments, off, period, sea, seas

__all__ = ["DEFECTS"]

_WORK = (
    "type: crossdeck, area: WEST, units: {decks: [ALFA, BRAVO], helicopters: HELO}",
    "type: asw_search, area: WEST, units: {searching: [ALFA, HELO]}",
    "type: search_and_rescue, area: WEST, units: {searching: [BRAVO, HELO]}",
)


@st.composite
def _homeless(draw: st.DrawFn) -> tuple[str, str]:
    """A helicopter without a home, somewhere or nowhere; in the twin it has a ship or a place ashore."""
    start_ms, position, work = draw(moments()), draw(seas()), draw(st.sampled_from(_WORK))
    (name,) = draw(distinct_names(1))
    serial = (
        f"serials:\n  S1: {{{work}, start: {clock(start_ms)}, duration: {draw(st.integers(1, 3))} h, objectives: O1}}\n"
    )
    good = period(start_ms) + flotilla(position).replace("name: Helo", f"name: {name}") + serial
    there = sea(off(position, draw(st.integers(0, 359)), draw(st.integers(1, 30))))
    bad = good.replace(", home: ALFA", draw(st.sampled_from(("", f", start: {there}"))))
    return bad, good.replace(", home: ALFA", draw(st.sampled_from((", home: ALFA", f", home: {there}"))))


DEFECTS = {"WS112": _homeless()}
