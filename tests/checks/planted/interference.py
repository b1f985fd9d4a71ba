"""Planted defects of interference: dangers, work and passages (WS201 to WS203)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting_scene import Scene, scenes
from waterspace.quantity import HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

Pair = tuple[str, str]


def _file(scene: Scene, *serials: str, east_nm: float = 0.0) -> str:
    areas = f"areas:\n{scene.area()}{scene.area('EAST', 90, east_nm)}" if east_nm else f"areas:\n{scene.area()}"
    return f"{scene.head().replace(f'areas:{chr(10)}{scene.area()}', areas)}serials:\n{''.join(serials)}"


@st.composite
def _danger(draw: st.DrawFn) -> Pair:
    """Two ships fire in one water; in the twin at other times, or in other waters."""
    scene = draw(scenes())
    shared = draw(st.integers(1, scene.hours * 60)) * MINUTE_MS
    first, whole = scene.gunnery(), scene.hours * HOUR_MS
    bad = _file(scene, first, scene.gunnery("S2", "BRAVO", after_ms=whole - shared))
    if draw(st.booleans()):
        return bad, _file(scene, first, scene.gunnery("S2", "BRAVO", after_ms=whole))
    apart = scene.gunnery("S2", "BRAVO", after_ms=whole - shared, area="EAST")
    return bad, _file(scene, first, apart, east_nm=draw(st.integers(150, 300)))


@st.composite
def _work(draw: st.DrawFn) -> Pair:
    """One ship fires where another assembles; in the twin after it."""
    scene = draw(scenes())
    shared = draw(st.integers(1, scene.hours * 60)) * MINUTE_MS
    first, whole = scene.gunnery(), scene.hours * HOUR_MS

    def written(after_ms: int) -> str:
        return _file(scene, first, scene.serial("S2", units="{units: BRAVO}", after_ms=after_ms))

    return written(whole - shared), written(whole)


@st.composite
def _passage(draw: st.DrawFn) -> Pair:
    """A ship with no part in the firing lies where it is fired, or far away."""
    scene = draw(scenes())
    bearing_deg, inside = draw(st.integers(0, 359)), draw(st.floats(0.0, 3.0))
    near, far = scene.at(bearing_deg, inside), scene.at(bearing_deg, draw(st.integers(80, 200)))
    text = f"{scene.head()}serials:\n{scene.gunnery()}"
    ship = scene.at(90, 1)
    return text.replace(ship, near, 1), text.replace(ship, far, 1)


DEFECTS = {"WS201": _danger(), "WS202": _work(), "WS203": _passage()}
