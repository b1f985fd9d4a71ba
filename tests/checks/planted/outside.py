"""Planted defects about others and the land (WS301 to WS303, WS402)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, off, sea
from planting_scene import scenes
from waterspace.domain import Position
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

Pair = tuple[str, str]

_ISLES = ((37.5, 130.87, "KOR"), (37.24, 131.87, ""), (38.23, 138.4, "JPN"))
"""Lone islands and their states; Ulleungdo, one that is disputed and so nobody's by default, Sado."""


@st.composite
def _waters_of_a_state(draw: st.DrawFn) -> Pair:
    """Firing within the territorial sea of an island, without leave and with it, or clear of it."""
    lat_deg, lon_deg, state = draw(st.sampled_from([isle for isle in _ISLES if isle[2]]))
    isle, hours = Position(lat_deg=lat_deg, lon_deg=lon_deg), draw(st.integers(1, 5))
    bearing_deg = 0.0 if state == "KOR" else 300.0
    start_ms = 1_780_272_000_000 + draw(st.integers(0, 200)) * HOUR_MS

    def written(miles: float) -> str:
        middle = sea(off(isle, bearing_deg, miles))
        return (
            f"areas:\n  WEST: {{name: West, circle: {{centre: {middle}, radius: 4 nm}}}}\n"
            f"serials:\n  S1:\n    type: gunnery\n    area: WEST\n    units: {{firing: ALFA, safety: BRAVO}}\n"
            f"    start: {clock(start_ms)}\n    duration: {hours} h\n    objectives: O1\n"
            "    safety_officer: Executive officer, Bravo\n"
        )

    near = draw(st.integers(13, 16))

    def leave(short_ms: int) -> str:
        valid = f"{{start: {clock(start_ms - DAY_MS)}, end: {clock(start_ms + hours * HOUR_MS - short_ms)}}}"
        return f"permissions:\n  L1: {{state: {state}, kind: territorial sea, covers: S1, valid: {valid}}}\n"

    bad = draw(st.sampled_from(("", leave(draw(st.integers(1, 59)) * MINUTE_MS))))
    clean = draw(st.sampled_from((written(near) + leave(0), written(draw(st.integers(45, 60))))))
    return written(near) + bad, clean


@st.composite
def _meets_others(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    start_ms, end_ms = scene.start_ms - HOUR_MS, scene.end_ms + HOUR_MS
    span = f"start: {clock(start_ms)}, end: {clock(end_ms)}"
    after = f"start: {clock(scene.end_ms)}, end: {clock(end_ms)}"
    is_drill = draw(st.booleans())

    def written(miles: float, window: str) -> str:
        shape = f"circle: {{centre: {scene.at(45, miles)}, radius: 10 nm}}"
        other = (
            f"  exercises:\n    R1: {{name: Others, participants: [USA, KOR], {window}, {shape}}}\n"
            if is_drill
            else f"  reservations:\n    R1: {{name: Launch, hazard: warning, {shape}, windows: [{{{window}}}]}}\n"
        )
        return f"{scene.head()}serials:\n{scene.serial()}context:\n{other}"

    clean = written(60, span) if draw(st.booleans()) else written(5, after)
    return written(draw(st.integers(0, 7)), span), clean


@st.composite
def _through_a_warning(draw: st.DrawFn) -> Pair:
    """Between two serials a ship steams through a warning area that is in force, or past it."""
    scene = draw(scenes())
    bearing_deg, miles = draw(st.sampled_from((0.0, 60.0, 135.0, 250.0))), draw(st.integers(100, 150))
    lasting = miles // 12 + 4
    span = f"start: {clock(scene.start_ms - DAY_MS)}, end: {clock(scene.start_ms + 2 * DAY_MS)}"
    serials = scene.serial(units="{units: ALFA}") + scene.serial(
        "S2", units="{units: ALFA}", area="EAST", after_ms=(scene.hours + lasting) * HOUR_MS
    )
    areas = f"areas:\n{scene.area()}"
    head = scene.head().replace(areas, areas + scene.area("EAST", bearing_deg, miles))

    def written(aside_nm: float) -> str:
        middle = sea(off(off(scene.middle, bearing_deg, miles / 2), bearing_deg + 90.0, aside_nm))
        return (
            f"{head}serials:\n{serials}"
            f"context:\n  reservations:\n    R1:\n      name: Launch\n      hazard: warning\n"
            f"      circle: {{centre: {middle}, radius: 10 nm}}\n      windows: [{{{span}}}]\n"
        )

    return written(draw(st.floats(0.0, 7.0))), written(draw(st.floats(15.0, 25.0)))


@st.composite
def _over_land(draw: st.DrawFn) -> Pair:
    """A way across Noto, Sado or Oki, and one on the open sea as long."""
    west, east = draw(
        st.sampled_from((("37-30.0N 136-00.0E", "37-30.0N 137-30.0E"), ("38-05.0N 137-45.0E", "38-05.0N 138-50.0E")))
    )
    hours = draw(st.integers(6, 12))

    def written(*route: str) -> str:
        return (
            f"serials:\n  S1:\n    type: transit\n    units: {{units: ALFA}}\n    route: [{', '.join(route)}]\n"
            f"    start: 2026-06-08T00:00Z\n    duration: {hours} h\n    objectives: O1\n"
        )

    lat, lon = draw(st.integers(10, 50)), draw(st.integers(0, 59))
    return written(west, east), written(f"39-{lat}.0N 134-{lon:02d}.0E", f"39-{lat}.0N 136-{lon:02d}.0E")


DEFECTS = {
    "WS301": _waters_of_a_state(),
    "WS302": _meets_others(),
    "WS303": _through_a_warning(),
    "WS402": _over_land(),
}
