"""Planted defects of resources: units, ways, stores, roles, speeds, areas (WS101 to WS107)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock
from planting_scene import scenes
from waterspace.quantity import HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

Pair = tuple[str, str]


def _cutter(more: str = "range: 4000 nm, endurance: 20 d", speeds: str = "economical_speed: 12 kn, ") -> str:
    said = f"name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, {speeds}{more}".rstrip(", ")
    return f"classes:\n  cutter: {{{said}}}\n"


@st.composite
def _twice(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    shared = draw(st.integers(1, scene.hours * 60)) * MINUTE_MS
    first = scene.serial(units="{units: ALFA}")

    def written(after_ms: int) -> str:
        return f"{scene.head()}serials:\n{first}{scene.serial('S2', units='{units: ALFA}', after_ms=after_ms)}"

    return written(scene.hours * HOUR_MS - shared), written(scene.hours * HOUR_MS)


@st.composite
def _too_far(draw: st.DrawFn) -> Pair:
    """Two areas a day's run apart; the time between is too short, and in the twin ample."""
    scene = draw(scenes())
    miles, bearing_deg = draw(st.integers(100, 400)), draw(st.sampled_from((0.0, 75.0, 180.0, 280.0)))
    areas = f"areas:\n{scene.area()}{scene.area('EAST', bearing_deg, miles)}"
    needed_ms = round((miles - 2 * scene.radius_nm) / 24.0 * HOUR_MS)

    def written(gap_ms: int) -> str:
        after_ms = scene.hours * HOUR_MS + gap_ms
        second = scene.serial("S2", units="{units: ALFA}", area="EAST", after_ms=after_ms)
        head = scene.head().replace(f"areas:\n{scene.area()}", areas)
        return f"{head}serials:\n{scene.serial(units='{units: ALFA}')}{second}"

    return written(needed_ms * 8 // 10), written(round(miles / 24.0 * HOUR_MS * 1.3) + HOUR_MS)


@st.composite
def _spent(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    miles = draw(st.integers(60, 200))
    legs = ", ".join(scene.at(0, reach) for reach in (0, miles, 0, miles))
    hours = 3 * miles // 12 + 1
    transit = (
        f"serials:\n  S1:\n    type: transit\n    units: {{units: ALFA}}\n    route: [{legs}]\n"
        f"    start: {clock(scene.start_ms)}\n    duration: {hours} h\n    objectives: O1\n"
    )

    def written(range_nm: int) -> str:
        return scene.head() + transit + _cutter(f"range: {range_nm} nm, endurance: 60 d")

    return written(2 * miles), written(20 * miles)


@st.composite
def _miscast(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    type_, right, wrong = draw(
        st.sampled_from(
            (
                ("replenishment", "{supply: ALFA, receiving: BRAVO}", "{supply: ALFA}"),
                ("replenishment", "{supply: ALFA, receiving: BRAVO}", "{supply: [ALFA, BRAVO], receiving: BRAVO}"),
                ("gunnery", "{firing: ALFA}", "{safety: ALFA}"),
            )
        )
    )
    more = "safety_officer: Executive officer, Bravo"
    good = f"{scene.head()}serials:\n{scene.serial(type_=type_, units=right, more=more)}"
    return good.replace(right, wrong), good


@st.composite
def _speedless(draw: st.DrawFn) -> Pair:
    speed = draw(st.integers(8, 20))
    return _cutter("", speeds=""), _cutter("", speeds=f"economical_speed: {speed} kn")


@st.composite
def _hurried(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    miles, bearing_deg = draw(st.integers(30, 200)), draw(st.integers(0, 359))
    route = f"[{scene.at(0, 0)}, {scene.at(bearing_deg, miles)}]"

    def written(speed_kn: float) -> str:
        minutes = round(miles / speed_kn * 60)
        return (
            f"{scene.head()}serials:\n  S1:\n    type: transit\n    units: {{units: ALFA}}\n    route: {route}\n"
            f"    start: {clock(scene.start_ms)}\n    duration: {minutes} min\n    objectives: O1\n"
        )

    return written(draw(st.sampled_from((26.0, 40.0)))), written(draw(st.sampled_from((10.0, 20.0))))


@st.composite
def _nowhere(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    good = f"{scene.head()}serials:\n{scene.serial()}"
    return good.replace("    area: WEST\n", ""), good


DEFECTS = {
    "WS101": _twice(),
    "WS102": _too_far(),
    "WS103": _spent(),
    "WS104": _miscast(),
    "WS105": _speedless(),
    "WS106": _hurried(),
    "WS107": _nowhere(),
}
