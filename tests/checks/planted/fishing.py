"""Planted defects on fishing grounds (WS304, WS305)."""

from __future__ import annotations

from hypothesis import strategies as st

from dangers import danger_of, gunnery, passage, submarine
from planting import moments, off, sea, seas
from waterspace.quantity import YARD_M, nautical_miles

__all__ = ["DEFECTS"]


def _ground(centre: str, radius_nm: float) -> str:
    return f"traffic:\n  fishing:\n    F1: {{circle: {{centre: {centre}, radius: {radius_nm:g} nm}}}}\n"


@st.composite
def _submarine(draw: st.DrawFn) -> tuple[str, str]:
    """A submerged submarine that passes a ground a little too near; the twin passes a little farther off."""
    middle, bearing = draw(seas()), draw(st.integers(0, 359))
    depth_m, yards = draw(st.sampled_from(((20.0, 1500.0), (30.0, 4000.0), (150.0, 4000.0))))
    radius, margin = draw(st.integers(2, 12)), draw(st.integers(2, 5)) / 10.0
    own = submarine((off(middle, bearing, 25.0), off(middle, bearing + 180.0, 25.0)), draw(moments()), depth_m)
    clear = radius + nautical_miles(yards * YARD_M)
    bad, good = (sea(off(middle, bearing + 90.0, clear + more)) for more in (-margin, margin))
    return own + _ground(bad, radius), own + _ground(good, radius)


@st.composite
def _on_passage(draw: st.DrawFn) -> tuple[str, str]:
    """A submarine of which nobody says how deep it is on passage by a ground; in the twin it is farther off."""
    middle, bearing = draw(seas()), draw(st.integers(0, 359))
    radius, margin = draw(st.integers(2, 12)), draw(st.integers(2, 5)) / 10.0
    own = passage((off(middle, bearing + 180.0, 25.0), off(middle, bearing, 25.0)), draw(moments()))
    clear = radius + nautical_miles(4000.0 * YARD_M)
    bad, good = (sea(off(middle, bearing + 90.0, clear + more)) for more in (-margin, margin))
    return own + _ground(bad, radius), own + _ground(good, radius)


@st.composite
def _danger(draw: st.DrawFn) -> tuple[str, str]:
    """A danger area that covers the edge of a ground; in the twin the ground lies beside it."""
    own = gunnery(draw(seas()), draw(moments()), draw(st.integers(2, 9)))
    danger, radius, bearing = danger_of(own), draw(st.integers(2, 12)), draw(st.integers(0, 359))
    clear, margin = nautical_miles(danger.radius_m) + radius, draw(st.integers(3, 12)) / 10.0
    bad, good = (sea(off(danger.centre, bearing, clear + more)) for more in (-margin, margin))
    return own + _ground(bad, radius), own + _ground(good, radius)


DEFECTS = {"WS304": st.one_of(_submarine(), _on_passage()), "WS305": _danger()}
