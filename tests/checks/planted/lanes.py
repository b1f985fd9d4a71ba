"""Planted defects on traffic lanes (WS306, WS317)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import strategies as st

from dangers import danger_of, feature, gunnery, overlay
from planting import clock, moments, off, period, sea, seas
from waterspace.quantity import nautical_miles

if TYPE_CHECKING:
    from waterspace.domain import Position

__all__ = ["DEFECTS"]


def _lane(middle: Position, bearing: float, half_nm: float, flow: float) -> str:
    """A square lane in a file, given as an `environment` key."""
    corners = [off(middle, bearing + turn, half_nm * 2.0**0.5) for turn in (45.0, 135.0, 225.0, 315.0)]
    assume(len({corner.lon_deg > 0.0 for corner in corners}) == 1)
    ring = [[corner.lon_deg, corner.lat_deg] for corner in [*corners, corners[0]]]
    path = overlay(feature("Polygon", [ring], name="Planted", flow_deg=flow % 360.0))
    return f"environment: {{lanes: {path}}}\n"


@st.composite
def _danger(draw: st.DrawFn) -> tuple[str, str]:
    """A danger area over the edge of a lane; in the twin the lane lies beside it."""
    own = gunnery(draw(seas()), draw(moments()), draw(st.integers(2, 9)))
    danger, bearing, half = danger_of(own), draw(st.integers(0, 359)), draw(st.integers(1, 3))
    clear, margin = nautical_miles(danger.radius_m) + half, draw(st.integers(3, 8)) / 10.0
    flow = bearing + 90.0
    bad, good = (_lane(off(danger.centre, bearing, clear + more), bearing, half, flow) for more in (-margin, margin))
    return own + bad, own + good


@st.composite
def _way(draw: st.DrawFn) -> tuple[str, str]:
    """A ship that goes through a lane at a wrong angle to its flow; the twin goes along it or across."""
    middle, start_ms, course = draw(seas()), draw(moments()), draw(st.integers(0, 359))
    wrong = draw(st.one_of(st.integers(35, 55), st.integers(125, 180)))
    right = draw(st.one_of(st.integers(0, 25), st.integers(65, 115)))
    side = draw(st.sampled_from((-1, 1)))
    here, there = sea(off(middle, course + 180.0, 12.0)), sea(off(middle, course, 12.0))
    own = (
        f"{period(start_ms)}"
        f"units:\n  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: {here}}}\n"
        "serials:\n"
        f"  S1: {{type: transit, units: {{units: ALFA}}, route: [{here}, {there}], start: {clock(start_ms)},"
        " duration: 3 h, objectives: O1}\n"
    )
    turned = draw(st.integers(0, 89))
    bad, good = (_lane(middle, turned, 2.0, course + side * angle) for angle in (wrong, right))
    return own + bad, own + good


DEFECTS = {"WS306": _danger(), "WS317": _way()}
