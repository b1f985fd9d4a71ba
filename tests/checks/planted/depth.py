"""Planted defects of water under the keel and distance from land (WS410, WS411)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, moments, off, period, sea
from waterspace.domain import Position
from waterspace.environment.shores import coast

__all__ = ["DEFECTS"]

_BANKS = ((32.667, 123.5, 36), (61.65, -168.75, 20), (58.5, -170.5, 60), (33.0, 124.5, 55))
"""Latitude and longitude of water whose depth the packaged grid knows, and metres that surely are less than it."""
_RISES = tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in ((-43.6, 179.9), (-43.6, -179.9), (-43.5, 179.0)))
"""Water that is between 410 and 510 m deep for six miles around; 180 degrees lies close."""
_ISLANDS = ((37.5, 130.87, 270), (37.5, 130.87, 180), (51.95, 179.6, 270), (51.95, 179.6, 0), (-12.5, 177.08, 90))
"""An island, and the side from which a way leads straight to it over open sea; one has 180 degrees close by."""


def _way(position: tuple[Position, Position], start_ms: int, draught_m: float) -> str:
    """A ship that goes from one place to another."""
    here, there = (sea(place) for place in position)
    return (
        period(start_ms) + "classes:\n  tanker: {name: Tanker, kind: tanker, medium: surface, max_speed: 20 kn, "
        f"economical_speed: 12 kn, draught: {draught_m:g} m}}\n"
        f"units:\n  ALFA: {{name: Alfa, nation: JPN, class: tanker, start: {here}}}\n"
        f"serials:\n  S1: {{type: transit, units: {{units: ALFA}}, route: [{here}, {there}], start: {clock(start_ms)}, "
        "duration: 6 h, objectives: O1}\n"
    )


@st.composite
def _bank(draw: st.DrawFn) -> tuple[str, str]:
    """A ship that draws more than the water has, or a quarter of it."""
    lat, lon, depth_m = draw(st.sampled_from(_BANKS))
    here, start_ms = Position(lat_deg=lat, lon_deg=lon), draw(moments())
    ends = (here, off(here, draw(st.integers(0, 359)), draw(st.integers(1, 5))))
    more = draw(st.integers(60, 80))
    return _way(ends, start_ms, depth_m + more), _way(ends, start_ms, depth_m / draw(st.integers(4, 8)))


@st.composite
def _dived(draw: st.DrawFn) -> tuple[str, str]:
    """A submarine that is to run so deep that the sea bed is less than 50 m below it, or well above that."""
    here, start_ms = draw(st.sampled_from(_RISES)), draw(moments())
    ends = (here, off(here, draw(st.integers(0, 359)), draw(st.integers(1, 5))))
    route = ", ".join(sea(place) for place in ends)

    def written(depth_m: int) -> str:
        return (
            period(start_ms) + "classes:\n  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 16 kn, "
            f"economical_speed: 8 kn}}\nunits:\n  ALFA: {{name: Alfa, nation: JPN, class: boat, start: {sea(here)}}}\n"
            f"serials:\n  S1: {{type: transit, units: {{units: ALFA}}, route: [{route}], depth: {depth_m} m, "
            f"start: {clock(start_ms)}, duration: 6 h, objectives: O1}}\n"
        )

    return written(draw(st.integers(465, 700))), written(draw(st.integers(0, 355)))


@st.composite
def _close_in(draw: st.DrawFn) -> tuple[str, str]:
    """Straight towards an island and stopped half a mile off, or two miles and a half."""
    lat, lon, side = draw(st.sampled_from(_ISLANDS))
    middle, start_ms = Position(lat_deg=lat, lon_deg=lon), draw(moments())
    out = off(middle, side, draw(st.integers(18, 30)))
    shore = coast.load().land_on_leg(out, middle)
    assert shore is not None
    near, far = draw(st.integers(3, 8)) / 10, draw(st.integers(25, 60)) / 10
    bad, good = (_way((out, off(shore, side, miles)), start_ms, 5) for miles in (near, far))
    return bad, good


DEFECTS = {"WS410": st.one_of(_bank(), _dived()), "WS411": _close_in()}
