"""Planted defects in straits, at ports and in busy water (WS307, WS308, WS309)."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from dangers import danger_of, gunnery, overlay, rectangles
from planting import moments, off, seas
from waterspace.environment import places, straits
from waterspace.geometry.geodesic import bearing_deg, between, distance_m
from waterspace.quantity import nautical_miles

__all__ = ["DEFECTS"]

_STRAITS = ("tsugaru_e", "miyako", "gibraltar", "dover", "bab", "bering_e", "hormuz", "bass")
_PORTS = tuple(place for place in places.every() if place.kind is places.PlaceKind.PORT)


@st.composite
def _strait(draw: st.DrawFn) -> tuple[str, str]:
    """A danger area less than 6 nm from the gate of a strait, between its shores; in the twin it lies farther off."""
    gate = straits.load()[draw(st.sampled_from(_STRAITS))].gate
    radius, start_ms = draw(st.integers(1, 5)), draw(moments())
    point = between(*gate, draw(st.integers(3, 7)) / 10.0)
    away = bearing_deg(point, gate[1]) + draw(st.sampled_from((90.0, -90.0)))
    margin = draw(st.integers(4, 20)) / 10.0
    bad, good = (gunnery(off(point, away, radius + 6.0 + more), start_ms, radius) for more in (-margin, margin))
    return bad, good


@st.composite
def _port(draw: st.DrawFn) -> tuple[str, str]:
    """A danger area less than 5 nm from a port; in the twin it lies farther off."""
    port, bearing, margin = draw(st.sampled_from(_PORTS)), draw(st.integers(0, 359)), draw(st.integers(4, 15)) / 10.0
    radius, start_ms = draw(st.integers(2, 6)), draw(moments())
    bad, good = (off(port.position, bearing, radius + 5.0 + more) for more in (-margin, margin))
    clear = radius + 5.3
    assume(all(nautical_miles(distance_m(good, other.position)) > clear for other in _PORTS))
    return gunnery(bad, start_ms, radius), gunnery(good, start_ms, radius)


@st.composite
def _density(draw: st.DrawFn) -> tuple[str, str]:
    """A danger area in traffic a little thicker than the limit, the usual one or the staff's; the twin's is thinner."""
    own = gunnery(draw(seas()), draw(moments()), draw(st.integers(2, 9)))
    limit, off_limit = draw(st.integers(1, 20)), draw(st.integers(1, 9)) / 10.0
    set_to = f"check: {{limits: {{traffic_density: '{limit}'}}}}\n" if limit > 1 else ""
    middle = danger_of(own).centre
    bad, good = (overlay(*rectangles(middle, 2.0, density=limit + more)) for more in (off_limit, -off_limit))
    return tuple(f"{own}{set_to}environment: {{traffic_density: {path}}}\n" for path in (bad, good))  # type: ignore[return-value]


DEFECTS = {"WS307": _strait(), "WS308": _port(), "WS309": _density()}
