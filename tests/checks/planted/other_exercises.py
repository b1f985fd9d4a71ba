"""Planted defects beside the exercises of others (WS314)."""

from __future__ import annotations

from hypothesis import strategies as st

from builders import plan
from planting import clock, distinct_names, moments, off, period, sea, seas
from waterspace.checks.context import Context
from waterspace.domain import Position
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import distance_m
from waterspace.quantity import HOUR_MS, nautical_miles

__all__ = ["DEFECTS"]


def _ours(middle: Position, start_ms: int) -> str:
    return (
        f"{period(start_ms)}"
        "units:\n"
        "  ALFA: {name: Alfa, nation: JPN, class: cutter}\n"
        "  BRAVO: {name: Bravo, nation: KOR, class: cutter}\n"
        f"areas:\n  WEST: {{name: West, circle: {{centre: {sea(middle)}, radius: 10 nm}}}}\n"
        "serials:\n"
        f"  S1: {{type: assembly, area: WEST, units: {{units: [ALFA, BRAVO]}}, start: {clock(start_ms)},"
        " duration: 2 h, objectives: O1}\n"
    )


def _drill(name: str, window: tuple[int, int], where: str, participants: str) -> str:
    start, end = (clock(time_ms) for time_ms in window)
    return (
        f"context:\n  exercises:\n    X1: {{name: {name}, participants: [{participants}], start: {start}, end: {end}"
        f"{where}}}\n"
    )


@st.composite
def _beside(draw: st.DrawFn) -> tuple[str, str]:
    """Another exercise less than the limit away; in the twin it is farther off, or over before ours begins."""
    start_ms, bearing, radius = draw(moments()), draw(st.integers(0, 359)), draw(st.integers(3, 20))
    own = _ours(draw(seas()), start_ms)
    (name,), limit = draw(distinct_names(1)), draw(st.sampled_from((20, 30, 45)))
    set_to = f"check: {{limits: {{other_exercise_clear: {limit} nm}}}}\n" if limit != 30 else ""
    context = Context(plan(own))
    (claim,) = context.reservations
    ours = bounding_circle(claim.footprint)
    legs = [leg for track in context.programme.tracks.values() for leg in track.legs]
    ends = [end for leg in legs for end in (leg.start, leg.end)]
    wide = nautical_miles(max(0.0, *(distance_m(ours.centre, end) - ours.radius_m for end in ends)))
    clear, margin = nautical_miles(ours.radius_m) + radius + limit, draw(st.integers(4, 15)) / 10.0
    bad, good = (
        f", circle: {{centre: {sea(off(ours.centre, bearing, clear + more))}, radius: {radius} nm}}"
        for more in (-margin, wide + margin)
    )
    during, before = (
        (start_ms - 5 * HOUR_MS, start_ms + 5 * HOUR_MS),
        (start_ms - 300 * HOUR_MS, start_ms - 250 * HOUR_MS),
    )
    found = own + set_to + _drill(name, during, bad, "USA")
    if draw(st.booleans()):
        return found, own + set_to + _drill(name, before, bad, "USA")
    return found, own + set_to + _drill(name, during, good, "USA")


@st.composite
def _somewhere(draw: st.DrawFn) -> tuple[str, str]:
    """An exercise of a neighbour of which nobody says where it is; the twin's is of somebody from far away."""
    start_ms, (name,) = draw(moments()), draw(distinct_names(1))
    own = _ours(Position(lat_deg=40.0, lon_deg=133.0), start_ms)
    during = start_ms - 5 * HOUR_MS, start_ms + draw(st.integers(1, 50)) * HOUR_MS
    near, far = draw(st.sampled_from(("RUS", "KOR", "JPN"))), draw(st.sampled_from(("AUS", "FRA", "CHL")))
    return own + _drill(name, during, "", near), own + _drill(name, during, "", far)


DEFECTS = {"WS314": st.one_of(_beside(), _somewhere())}
