"""Planted defects in the air (WS310, WS311, WS312)."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from dangers import danger_of, feature, gunnery, overlay, rectangles
from planting import clock, moments, off, seas
from waterspace.environment import places
from waterspace.geometry.geodesic import distance_m
from waterspace.quantity import DAY_MS, nautical_miles

__all__ = ["DEFECTS"]

_AERODROMES = tuple(place for place in places.every() if place.kind is places.PlaceKind.AIRFIELD)


@st.composite
def _route(draw: st.DrawFn) -> tuple[str, str]:
    """A danger area across an air route; the twin's route runs beside it, or above it."""
    ceiling = draw(st.integers(3, 20)) * 1000
    own = gunnery(draw(seas()), draw(moments()), draw(st.integers(2, 9)), f"{ceiling} ft")
    danger, width = danger_of(own), draw(st.integers(2, 20))
    reach, margin = nautical_miles(danger.radius_m) + width / 2.0, draw(st.integers(3, 9)) / 10.0
    near, far = (off(danger.centre, draw(st.just(90.0)), reach + more) for more in (-margin, margin))
    above = draw(st.booleans())
    low, high = f"{ceiling - 500} ft", f"{ceiling + (500 if above else -500)} ft"

    def route(lon_deg: float, lower: str) -> str:
        line = [[lon_deg, danger.centre.lat_deg - 2.0], [lon_deg, danger.centre.lat_deg + 2.0]]
        path = overlay(feature("LineString", line, designator="B332", width=f"{width} nm", lower=lower))
        return f"environment: {{air_routes: {path}}}\n"

    return own + route(near.lon_deg, low), own + route((near if above else far).lon_deg, high)


@st.composite
def _aerodrome(draw: st.DrawFn) -> tuple[str, str]:
    """A danger area less than 5 nm from an aerodrome; in the twin it is farther off, or stays below the masts."""
    place, bearing, margin = (
        draw(st.sampled_from(_AERODROMES)),
        draw(st.integers(0, 359)),
        draw(st.integers(4, 15)) / 10,
    )
    radius, start_ms = draw(st.integers(2, 6)), draw(moments())
    bad, good = (off(place.position, bearing, radius + 5.0 + more) for more in (-margin, margin))
    if draw(st.booleans()):
        return gunnery(bad, start_ms, radius), gunnery(bad, start_ms, radius, "150 ft")
    assume(all(nautical_miles(distance_m(good, other.position)) > radius + 5.3 for other in _AERODROMES))
    return gunnery(bad, start_ms, radius), gunnery(good, start_ms, radius)


@st.composite
def _region(draw: st.DrawFn) -> tuple[str, str]:
    """A danger in the air of a stranger's region; in the twin he takes part, has given leave, or is sent a notice."""
    start_ms = draw(moments())
    own = gunnery(draw(seas()), start_ms, draw(st.integers(2, 9)))
    state, code = draw(st.sampled_from((("RUS", "UHHH"), ("USA", "KZAK"), ("NZL", "NZZO"), ("PHL", "RPHI"))))
    path = overlay(*rectangles(danger_of(own).centre, 3.0, icao=code, state=state))
    own += f"environment: {{firs: {path}}}\n"
    when = clock(start_ms - 5 * DAY_MS)
    kind = draw(st.sampled_from(("use of airspace", "FIR coordination", "Airspace_reservation")))
    covers = draw(st.sampled_from(("S1", "WEST", "[]")))
    settled = draw(
        st.sampled_from(
            (
                f"permissions:\n  L1: {{state: {state}, kind: {kind}, covers: {covers}, date: {when}}}\n",
                f"notices:\n  N1: {{kind: notam, covers: S1, originator: JPN, planned: {when}, firs: [{code}]}}\n",
                f"participants:\n  JPN: {{service: navy}}\n  KOR: {{service: navy}}\n  {state}: {{service: navy}}\n",
            )
        )
    )
    return own, own + settled


DEFECTS = {"WS310": _route(), "WS311": _aerodrome(), "WS312": _region()}
