"""Planted defects of replenishments (WS406, WS407)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, moments, off, period, sea, seas
from waterspace.domain import Position
from waterspace.environment.shores import coast
from waterspace.quantity import DAY_MS, HOUR_MS

__all__ = ["DEFECTS"]

_ULLEUNG = Position(lat_deg=37.5, lon_deg=130.87)


def _replenishment(here: Position, start_ms: int, course: int, more: str = "", areas: str = "") -> str:
    """Two hours at 12 knots through the middle of an area."""
    return (
        f"{period(start_ms)}units:\n"
        f"  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: {sea(here)}, command_ship: yes}}\n"
        + "".join(
            f"  {name}: {{name: {name.title()}, nation: KOR, class: cutter, start: {sea(off(here, 0, miles))}}}\n"
            for miles, name in enumerate(("BRAVO", "CHARLIE", "DELTA"), start=1)
        )
        + f"areas:\n  WEST: {{name: West, circle: {{centre: {sea(here)}, radius: 15 nm}}}}\n{areas}"
        "serials:\n  S1:\n    type: replenishment\n    area: WEST\n    units: {supply: ALFA, receiving: BRAVO}\n"
        f'    course: "{course % 360:03d}"\n    speed: 12 kn\n    start: {clock(start_ms)}\n    duration: 2 h\n'
        f"    objectives: O1\n{more}"
    )


@st.composite
def _off_the_wind(draw: st.DrawFn) -> tuple[str, str]:
    """A course more than two points off a fresh wind; or in less wind, or up to two points off."""
    start_ms, position = draw(moments()), draw(seas())
    wind, speed = draw(st.integers(0, 359)), draw(st.integers(16, 40))
    side, wide, close = draw(st.sampled_from((-1, 1))), draw(st.integers(23, 180)), draw(st.integers(0, 22))

    def written(angle: int, knots: int) -> str:
        spell = f"start: {clock(start_ms - DAY_MS)}, end: {clock(start_ms + DAY_MS)}"
        weather = f'weather:\n  - {{{spell}, wind_from: "{wind:03d}", wind_speed: {knots} kn}}\n'
        return _replenishment(position, start_ms, wind + side * angle, weather)

    return written(wide, speed), draw(st.sampled_from((written(close, speed), written(wide, 14))))


@st.composite
def _towards_land(draw: st.DrawFn) -> tuple[str, str]:
    """Straight at an island, or past it."""
    start_ms, side, miles = draw(moments()), draw(st.integers(190, 330)), draw(st.integers(13, 16))
    shore = coast.load().land_on_leg(off(_ULLEUNG, side, 40), _ULLEUNG)
    assert shore is not None
    here, turn = off(shore, side, miles), draw(st.sampled_from((90, -90)))
    return _replenishment(here, start_ms, side + 180), _replenishment(here, start_ms, side + turn)


@st.composite
def _towards_firing(draw: st.DrawFn) -> tuple[str, str]:
    """Another serial fires beyond the end of the run, or far beyond it, or when all is over."""
    start_ms, position, course = draw(moments()), draw(seas()), draw(st.integers(0, 359))

    def written(miles: int, later: int = 0) -> str:
        there = off(position, course, miles)
        area = f"  FIRE: {{name: Fire, circle: {{centre: {sea(there)}, radius: 8 nm}}}}\n"
        firing = (
            "  S2:\n    type: gunnery\n    area: FIRE\n    units: {firing: CHARLIE, safety: DELTA}\n"
            f"    start: {clock(start_ms + later * HOUR_MS)}\n    duration: 2 h\n    objectives: O1\n"
            "    safety_officer: Executive officer\n"
        )
        return _replenishment(position, start_ms, course, firing, area)

    return written(23), draw(st.sampled_from((written(45), written(23, 4))))


DEFECTS = {"WS406": _off_the_wind(), "WS407": st.one_of(_towards_land(), _towards_firing())}
