"""Planted defects of clearances and their dates (WS315, WS316)."""

from __future__ import annotations

from hypothesis import strategies as st

from dangers import gunnery, overlay, rectangles
from planting import clock, moments, off, period, seas
from waterspace import planfile
from waterspace.checks.example import whole as _whole
from waterspace.domain import Position
from waterspace.environment import places
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

_FOREIGN = tuple(place for place in places.every() if place.state not in {"JPN", "KOR", "NZL"} and place.code)


@st.composite
def _uncleared(draw: st.DrawFn) -> tuple[str, str]:
    """A ship that comes from a foreign port, or an aircraft based abroad; the twin is cleared, or at home there."""
    place, start_ms = draw(st.sampled_from(_FOREIGN)), draw(moments())
    flies = place.kind is places.PlaceKind.AIRFIELD
    kinds = ("overflight", "Landing rights") if flies else ("port call", "Port visit", "diplomatic clearance")

    def whole(nation: str) -> str:
        return (
            f"{period(start_ms)}"
            f"participants:\n  JPN: {{service: navy}}\n  {nation}: {{service: navy}}\n"
            "classes:\n"
            "  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn}\n"
            "  patroller: {name: Patroller, kind: patrol aircraft, medium: air, max_speed: 300 kn,"
            " cruise_speed: 250 kn}\n"
            "units:\n"
            "  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}\n"
            f"  BRAVO: {{name: Bravo, nation: {nation}, class: {'patroller' if flies else 'cutter'},"
            f" home: {place.code}}}\n"
            "serials:\n"
            "  S1: {type: communications_check, units: {control: ALFA, stations: BRAVO},"
            f" start: {clock(start_ms)}, duration: 1 h, objectives: O1}}\n"
        )

    bad = whole("KOR")
    if draw(st.booleans()):
        return bad, whole(place.state)
    kind, covers = draw(st.sampled_from(kinds)), draw(st.sampled_from(("S1", "[]")))
    leave = (
        f"permissions:\n  L1: {{state: {place.state}, kind: {kind}, covers: {covers},"
        f" date: {clock(start_ms - DAY_MS)}, reference: note 17}}\n"
    )
    return bad, bad + leave


@st.composite
def _dates(draw: st.DrawFn) -> tuple[str, str]:
    """A permission that is given late, runs out too early or has no paper; its twin is in order."""
    start_ms, slip = draw(moments()), draw(st.integers(1, 90)) * MINUTE_MS
    end_ms = start_ms + 2 * HOUR_MS
    own = (
        f"{period(start_ms)}"
        "serials:\n"
        "  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]},"
        f" start: {clock(start_ms)}, duration: 2 h, objectives: O1}}\n"
    )
    kind = draw(st.sampled_from(("overflight", "port call", "territorial sea")))
    head = f"permissions:\n  L1: {{state: KOR, kind: {kind}, covers: {draw(st.sampled_from(('S1', 'WEST')))}"
    early = clock(start_ms - DAY_MS)
    paper = f", date: {early}, reference: note 17"
    good, bad = draw(
        st.sampled_from(
            (
                (f", date: {clock(start_ms)}, reference: 17/26", f", date: {clock(start_ms + slip)}, reference: 17/26"),
                (
                    f"{paper}, valid: {{start: {early}, end: {clock(end_ms)}}}",
                    f"{paper}, valid: {{start: {early}, end: {clock(end_ms - slip)}}}",
                ),
                (
                    f"{paper}, valid: {{start: {clock(start_ms)}, end: {clock(end_ms + DAY_MS)}}}",
                    f"{paper}, valid: {{start: {clock(start_ms + slip)}, end: {clock(end_ms + DAY_MS)}}}",
                ),
                (paper, f", date: {early}"),
                (paper, ", reference: note 17"),
            )
        )
    )
    return f"{own}{head}{bad}}}\n", f"{own}{head}{good}}}\n"


@st.composite
def _calls(draw: st.DrawFn) -> tuple[str, str]:
    """A permission for nothing in particular that is late for a stay abroad, or does not hold for all of it.

    In the twin it is in order for the stay, or is one of another state, or is for those who come otherwise.
    """
    place, start_ms = draw(st.sampled_from(_FOREIGN)), draw(moments())
    flies, slip = place.kind is places.PlaceKind.AIRFIELD, draw(st.integers(1, 90)) * MINUTE_MS
    kind, other = (("landing", "port visit"), ("port call", "basing"))[not flies]
    kind = draw(st.sampled_from((kind, "diplomatic clearance")))
    own = (
        f"{period(start_ms)}"
        "classes:\n"
        "  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn}\n"
        "  patroller: {name: Patroller, kind: patrol aircraft, medium: air, max_speed: 300 kn, cruise_speed: 250 kn}\n"
        "units:\n"
        "  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}\n"
        f"  BRAVO: {{name: Bravo, nation: KOR, class: {'patroller' if flies else 'cutter'}, home: {place.code}}}\n"
        "serials:\n"
        "  S1: {type: communications_check, units: {control: ALFA, stations: BRAVO},"
        f" start: {clock(start_ms)}, duration: 1 h, objectives: O1}}\n"
    )
    whole = planfile.loads(_whole(own)).window
    start, end = (whole.start_ms, whole.end_ms)
    late = draw(st.booleans())

    def leave(kind: str, state: str, short_ms: int) -> str:
        dated = clock(start + short_ms) if late else clock(start - DAY_MS)
        valid = "" if late else f", valid: {{start: {clock(start)}, end: {clock(end - short_ms)}}}"
        return f"permissions:\n  L1: {{state: {state}, kind: {kind}, date: {dated}, reference: note 17{valid}}}\n"

    twin = draw(
        st.sampled_from((leave(kind, place.state, 0), leave(kind, "NZL", slip), leave(other, place.state, slip)))
    )
    return own + leave(kind, place.state, slip), own + twin


_COASTS = (
    (Position(lat_deg=37.5, lon_deg=130.93), "KOR"),
    (Position(lat_deg=-16.85, lon_deg=-179.87), "FJI"),
    (Position(lat_deg=-29.26, lon_deg=-177.92), "NZL"),
)


@st.composite
def _dangers(draw: st.DrawFn) -> tuple[str, str]:
    """A permission for nothing in particular that does not hold for all of the firing in a territorial sea or a region.

    In the twin it does, or is of another state, or is for something else of which there is nothing. For the sea there
    is other leave, without which WS301 would speak.
    """
    (coast, state), start_ms = draw(st.sampled_from(_COASTS)), draw(moments())
    slip = draw(st.integers(1, 90)) * MINUTE_MS
    end_ms, early, beside = start_ms + 2 * HOUR_MS, clock(start_ms - DAY_MS), ""
    if draw(st.booleans()):
        place, kind = off(coast, draw(st.integers(0, 359)), draw(st.integers(0, 3))), "territorial sea"
        own = gunnery(place, start_ms)
        beside = f"  L2: {{state: {state}, kind: territorial sea, covers: S1, date: {early}, reference: note 18}}\n"
    else:
        place, kind = draw(seas()), draw(st.sampled_from(("use of airspace", "FIR")))
        path = overlay(*rectangles(place, 2.0, icao="ZZZZ", state=state))
        own = f"{gunnery(place, start_ms)}environment: {{firs: {path}}}\n"

    def leave(kind: str, whose: str, short_ms: int) -> str:
        valid = f"{{start: {early}, end: {clock(end_ms - short_ms)}}}"
        return (
            f"permissions:\n  L1: {{state: {whose}, kind: {kind}, date: {early}, reference: note 17, valid: {valid}}}\n"
        )

    twin = draw(st.sampled_from((leave(kind, state, 0), leave(kind, "ISL", slip), leave("port call", state, slip))))
    return own + leave(kind, state, slip) + beside, own + twin + beside


DEFECTS = {"WS315": _uncleared(), "WS316": st.one_of(_dates(), _calls(), _dangers())}
