"""Planted defects in territorial seas (WS313, WS318)."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from dangers import submarine
from planting import clock, moments, off, period, sea
from waterspace.domain import Circle, Corridor, Position
from waterspace.environment.limits import zones
from waterspace.quantity import DAY_MS, NAUTICAL_MILE_M

__all__ = ["DEFECTS"]

_COASTS = (
    (Position(lat_deg=37.5, lon_deg=130.93), "KOR"),
    (Position(lat_deg=-16.85, lon_deg=-179.87), "FJI"),
    (Position(lat_deg=71.0, lon_deg=-178.0), "RUS"),
    (Position(lat_deg=-29.26, lon_deg=-177.92), "NZL"),
)
"""Off the shores of states that do not host, two of them close to 180 degrees."""


def _sea_of(state: str, footprint: Circle | Corridor) -> bool:
    return state in {near.state for near in zones.load().territorial_seas_near(footprint)}


def _leave(draw: st.DrawFn, state: str, start_ms: int) -> str:
    covers = draw(st.sampled_from(("S1", "[]")))
    return (
        f"permissions:\n  L1: {{state: {state}, kind: territorial sea, covers: {covers}, "
        f"date: {clock(start_ms - DAY_MS)}, reference: note 17}}\n"
    )


def _meeting(centre: Position, radius_nm: float, start_ms: int) -> str:
    return (
        f"{period(start_ms)}"
        f"areas:\n  WEST: {{name: West, circle: {{centre: {sea(centre)}, radius: {radius_nm:g} nm}}}}\n"
        "serials:\n"
        f"  S1: {{type: assembly, area: WEST, units: {{units: ALFA}}, start: {clock(start_ms)},"
        " duration: 2 h, objectives: O1}\n"
    )


@st.composite
def _exercise(draw: st.DrawFn) -> tuple[str, str]:
    """Ships meet in a foreign territorial sea; in the twin outside of it, or with leave."""
    (coast, state), start_ms = draw(st.sampled_from(_COASTS)), draw(moments())
    bearing, radius = draw(st.integers(0, 359)), draw(st.integers(2, 6))
    inside = off(coast, bearing, draw(st.integers(2, 8)))
    bad = _meeting(inside, radius, start_ms)
    assume(_sea_of(state, Circle(centre=inside, radius_m=500.0)))
    if draw(st.booleans()):
        return bad, bad + _leave(draw, state, start_ms)
    outside = off(coast, bearing, 60.0)
    around = Circle(centre=outside, radius_m=(radius + 1.0) * NAUTICAL_MILE_M)
    assume(not zones.load().territorial_seas_near(around))
    return bad, _meeting(outside, radius, start_ms)


@st.composite
def _submerged(draw: st.DrawFn) -> tuple[str, str]:
    """A submarine submerged in a foreign territorial sea; the twin has leave, or stays outside."""
    (coast, state), start_ms = draw(st.sampled_from(_COASTS)), draw(moments())
    bearing, depth_m = draw(st.integers(0, 359)), draw(st.sampled_from((20.0, 60.0, 200.0)))
    way = off(coast, bearing, 50.0), off(coast, bearing, draw(st.integers(3, 9)))
    bad = submarine(way, start_ms, depth_m, hours=10)
    assume(_sea_of(state, Circle(centre=way[1], radius_m=100.0)))
    if draw(st.booleans()):
        return bad, bad + _leave(draw, state, start_ms)
    end = off(coast, bearing, 40.0)
    assume(not zones.load().territorial_seas_near(Corridor(waypoints=(way[0], end), half_width_m=500.0)))
    return bad, submarine((way[0], end), start_ms, depth_m, hours=10)


DEFECTS = {"WS313": _exercise(), "WS318": _submerged()}
