"""Planted defects of anchorages (WS408, WS409)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, moments, off, period, sea
from waterspace.domain import Position

__all__ = ["DEFECTS"]

_ROADS = ((32.667, 123.5), (33.2, 123.4), (63.0, -172.5), (61.65, -168.75))
"""Water of 20 to 70 m whose depth the packaged grid knows."""
_DEEP = ((38.5, 134.0), (20.0, 179.95), (20.0, -179.95), (45.0, 179.99))


def _anchorage(here: Position, start_ms: int, more: str, draught_m: float = 4.0) -> str:
    """Two ships at anchor and one on patrol."""
    units = "".join(
        f"  {name}: {{name: {name.title()}, nation: JPN, class: cutter, start: {sea(off(here, 0, miles))}}}\n"
        for miles, name in enumerate(("ALFA", "BRAVO", "CHARLIE"), start=1)
    )
    return (
        f"{period(start_ms)}classes:\n  cutter: {{name: Cutter, kind: patrol vessel, medium: surface, length: 100 m, "
        f"draught: {draught_m:g} m, max_speed: 24 kn, economical_speed: 12 kn}}\n"
        f"units:\n{units}areas:\n  WEST: {{name: West, circle: {{centre: {sea(here)}, radius: 3 nm}}}}\n"
        "serials:\n  S1:\n    type: anchorage_defence\n    area: WEST\n"
        "    units: {anchored: [ALFA, BRAVO], patrol: CHARLIE}\n"
        f"    start: {clock(start_ms)}\n    duration: 3 h\n    objectives: O1\n{more}"
    )


def _near(places: tuple[tuple[float, float], ...]) -> st.SearchStrategy[Position]:
    return st.tuples(st.sampled_from(places), st.integers(0, 359), st.integers(0, 2)).map(
        lambda three: off(Position(lat_deg=three[0][0], lon_deg=three[0][1]), three[1], three[2])
    )


@st.composite
def _no_depth_to_anchor_in(draw: st.DrawFn) -> tuple[str, str]:
    """Too deep, or too shallow for the draught; or only as if at anchor, or in the roads."""
    start_ms, roads, deep = draw(moments()), draw(_near(_ROADS)), draw(_near(_DEEP))
    most = "check: {limits: {anchor_depth_most: 90 m}}\n"
    clean = _anchorage(roads, start_ms, most)
    simulated = _anchorage(deep, start_ms, "    at_anchor: no\n")
    shallow = _anchorage(roads, start_ms, most, draught_m=draw(st.integers(80, 120)))
    pairs = ((_anchorage(deep, start_ms, ""), simulated), (_anchorage(deep, start_ms, ""), clean), (shallow, clean))
    return draw(st.sampled_from(pairs))


@st.composite
def _no_room_to_swing(draw: st.DrawFn) -> tuple[str, str]:
    """Too little cable for the depth, so that the berths are too close together, or enough of it."""
    start_ms, roads = draw(moments()), draw(_near(_ROADS))
    short, enough, scope = draw(st.integers(10, 60)), draw(st.integers(950, 1200)), draw(st.integers(8, 12))
    limits = f"check: {{limits: {{anchor_scope: {scope}}}}}\n"
    bad, good = (
        _anchorage(roads, start_ms, f"    cable: {cable} m\n    margin: 0 m\n") + limits for cable in (short, enough)
    )
    return bad, good


DEFECTS = {"WS408": _no_depth_to_anchor_in(), "WS409": _no_room_to_swing()}
