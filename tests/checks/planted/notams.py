"""Planted defects of NOTAMs and of parties to agreements (WS506, WS511, WS512)."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from dangers import danger_of, gunnery, overlay, rectangles
from notice_cases import notice, practice
from planting import moments, off, sea, seas
from waterspace.domain import Position
from waterspace.geometry.geodesic import distance_m
from waterspace.quantity import DAY_MS, HOUR_MS, NAUTICAL_MILE_M

__all__ = ["DEFECTS"]


def _circle(centre: str, radius: float) -> str:
    return f"{{centre: {centre}, radius: {radius:g} nm}}"


@st.composite
def _circle_short(draw: st.DrawFn) -> tuple[str, str]:
    """A circle about a whole minute near the middle of an area of 5 nm: a mile or more short, or just enough."""
    middle, start_ms, east = draw(seas()), draw(moments()), draw(st.integers(-6, 6))
    lon = (round(middle.lon_deg * 60) + east) / 60
    lon = lon - 360 if lon > 180 else lon + 360 if lon < -180 else lon
    centre = Position(lat_deg=round(middle.lat_deg * 60) / 60, lon_deg=lon)
    enough = math.ceil(distance_m(centre, middle) / NAUTICAL_MILE_M + 5.0 - 0.0005)
    head = f"areas:\n  FAR: {{name: Far, circle: {{centre: {sea(middle)}, radius: 5 nm}}}}\nnotices:\n"

    def written(radius: float) -> str:
        return head + notice("N1", "notam", start_ms, "FAR", circle=_circle(sea(centre), radius))

    return written(enough - draw(st.integers(1, 4))), written(enough + draw(st.integers(0, 3)))


@st.composite
def _circle_uneven(draw: st.DrawFn) -> tuple[str, str]:
    """Tenths of a minute or of a mile, or none."""
    start_ms, tenth = draw(moments()), draw(st.integers(1, 9))
    head = "areas:\n  FAR: {name: Far, circle: {centre: 20-00N 179-59E, radius: 5 nm}}\nnotices:\n"
    good = head + notice("N1", "notam", start_ms, "FAR", circle=_circle("20-00N 180-00E", 9))
    circle = draw(st.sampled_from((_circle(f"20-00.{tenth}N 180-00E", 9), _circle("20-00N 180-00E", 9 + tenth / 10))))
    return head + notice("N1", "notam", start_ms, "FAR", circle=circle), good


@st.composite
def _party_told_late(draw: st.DrawFn) -> tuple[str, str]:
    """A notice to the party before the exercise, or a warning of firing, too late and in time."""
    start_ms, days, short = draw(moments()), draw(st.integers(4, 14)), draw(st.integers(1, 70))
    head = practice(draw(seas()), start_ms, 60)
    if draw(st.booleans()):
        agreed = f"agreements:\n  A1: {{name: Agreed, parties: [KOR, USA], kind: incidents at sea, notice: {days} d}}\n"
        asked_ms, kind, to = start_ms, draw(st.sampled_from(("navarea", "HYDROPAC", "letter"))), "[USA]"
    else:
        agreed = f"agreements:\n  A1: {{name: Agreed, parties: [JPN, USA], kind: exercises, notice: {days} d}}\n"
        asked_ms, kind, to = start_ms - start_ms % HOUR_MS - 40 * DAY_MS, "letter", "[USA]"

    def written(lead_ms: int) -> str:
        return head + agreed + "notices:\n" + notice("N1", kind, asked_ms - lead_ms, to=to)

    return written(days * DAY_MS - short * HOUR_MS), written(days * DAY_MS)


@st.composite
def _party_not_told(draw: st.DrawFn) -> tuple[str, str]:
    """Nothing goes to the party, or something does."""
    start_ms, other = draw(moments()), draw(st.sampled_from(("USA", "RUS", "CHN", "AUS")))
    head = practice(draw(seas()), start_ms, 60)
    head += f"agreements:\n  A1: {{name: Agreed, parties: [JPN, {other}], kind: Incidents at sea}}\nnotices:\n"
    early_ms = start_ms - 6 * DAY_MS
    return head + notice("N1", "coastal", early_ms), head + notice("N1", "coastal", early_ms, to=f"[{other}]")


@st.composite
def _odd_regions(draw: st.DrawFn) -> tuple[str, str]:
    """Names in place of the codes of regions; the twin names none, for no file of regions is there."""
    start_ms, odd = draw(moments()), draw(st.sampled_from(("Fukuoka", "RJJ", "rjjj", "RJJJ FIR", "RJJJJ")))
    head = practice(draw(seas()), start_ms, 60) + "notices:\n"
    return head + notice("N1", "notam", start_ms, firs=f"[{odd}]"), head + notice("N1", "notam", start_ms)


@st.composite
def _other_region(draw: st.DrawFn) -> tuple[str, str]:
    """Sent for the region beside the danger, or for one of two that share it."""
    own = gunnery(draw(seas()), draw(moments()))
    middle, bearing = danger_of(own).centre, draw(st.integers(80, 100))
    near = rectangles(middle, 2.0, icao="RJJJ")
    beside = rectangles(off(middle, bearing, 400.0), 1.0, icao="UHHH")
    second = rectangles(middle, 1.0, icao="RKRR") if draw(st.booleans()) else []
    inside = "RJJJ, RKRR" if second else "RJJJ"
    wrong = draw(st.sampled_from(("UHHH", f"{inside}, UHHH", *(("RJJJ", "RKRR") if second else ()))))
    own += f"environment: {{firs: {overlay(*near, *beside, *second)}}}\nnotices:\n"
    bad, good = (own + notice("N1", "notam", 1_780_272_000_000, firs=f"[{firs}]") for firs in (wrong, inside))
    return bad, good


DEFECTS = {
    "WS506": st.one_of(_circle_short(), _circle_uneven()),
    "WS511": st.one_of(_party_told_late(), _party_not_told()),
    "WS512": st.one_of(_odd_regions(), _other_region()),
}
