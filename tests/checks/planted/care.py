"""Planted defects of care for casualties (WS603, WS604, WS605)."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from planting import clock, flotilla, hunt, moments, off, period, sea, seas
from waterspace.domain import Position
from waterspace.environment.shores import coast
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M

__all__ = ["DEFECTS"]

_HOSPITAL = Position(lat_deg=36.6, lon_deg=136.7)
"""Where the file of the rule's examples has one."""


def _area(position: Position) -> str:
    return f"areas:\n  WEST: {{name: West, circle: {{centre: {sea(position)}, radius: 5 nm}}}}\n"


def _firing(start_ms: int, minutes: int) -> str:
    return (
        "serials:\n  S1: {type: gunnery, area: WEST, units: {firing: ALFA, safety: BRAVO}, objectives: O1, "
        f"start: {clock(start_ms)}, duration: {minutes} min, safety_officer: Executive officer}}\n"
    )


@st.composite
def _no_hospital(draw: st.DrawFn) -> tuple[str, str]:
    """Some miles more than two hours of flight from the only hospital, or fewer."""
    start_ms, bearing = draw(moments()), draw(st.integers(0, 359))
    far, near = draw(st.integers(241, 600)), draw(st.integers(10, 239))
    head = period(start_ms) + "environment: {hospitals: hospitals.geojson}\n" + _firing(start_ms, 60)
    return head + _area(off(_HOSPITAL, bearing, far)), head + _area(off(_HOSPITAL, bearing, near))


@st.composite
def _no_land(draw: st.DrawFn) -> tuple[str, str]:
    """A ship a little too slow to reach land in 8 hours, or just fast enough."""
    start_ms, here = draw(moments()), draw(seas())
    away_nm = coast.load().nearest_land(here).distance_m / NAUTICAL_MILE_M
    slow, fast = math.floor((away_nm - 1.0) / 8.0), math.ceil((away_nm + 1.0) / 8.0)

    def written(knots: int) -> str:
        ships = flotilla(here).replace("max_speed: 24 kn, economical_speed: 12 kn", f"max_speed: {knots} kn")
        ships = ships.replace("  HELO: {name: Helo, nation: JPN, class: hopper, home: ALFA}\n", "")
        return period(start_ms) + ships + _firing(start_ms, draw(st.integers(30, 200)))

    return written(slow), written(fast)


@st.composite
def _short_range(draw: st.DrawFn) -> tuple[str, str]:
    """A helicopter of which two fifths of the range are a little less than the way to land, or a little more."""
    start_ms, here, minutes = draw(moments()), draw(seas()), draw(st.integers(30, 200))
    away_nm = coast.load().nearest_land(here).distance_m / NAUTICAL_MILE_M
    short, long = math.floor((away_nm - 1.0) / 0.4), math.ceil((away_nm + 1.0) / 0.4)
    serial = "serials:\n" + hunt("S1", start_ms, minutes)

    def written(miles: int) -> str:
        return period(start_ms) + flotilla(here, endurance=f"6 h, range: {miles} nm") + serial

    return written(short), written(long)


@st.composite
def _no_rescue(draw: st.DrawFn) -> tuple[str, str]:
    """The only ship is some miles more than 50 from where an aircraft flies, or fewer."""
    start_ms, here, bearing = draw(moments()), draw(seas()), draw(st.integers(0, 359))
    far, near = draw(st.integers(51, 400)), draw(st.integers(1, 49))
    classes = (
        "classes:\n  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn}\n"
        "  eagle: {name: Eagle, kind: maritime patrol aircraft, medium: air, max_speed: 300 kn, cruise_speed: 250 kn}\n"
    )
    serials = "serials:\n" + hunt("S1", start_ms, draw(st.integers(30, 240)), "EAGLE")

    def written(miles: int) -> str:
        units = (
            f"units:\n  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: {sea(off(here, bearing, miles))}}}\n"
            f"  EAGLE: {{name: Eagle, nation: JPN, class: eagle, start: {sea(here)}}}\n"
        )
        return period(start_ms - start_ms % MINUTE_MS) + classes + units + _area(here) + serials

    return written(far), written(near)


DEFECTS = {"WS603": _no_hospital(), "WS604": st.one_of(_no_land(), _short_range()), "WS605": _no_rescue()}
