"""Planted defects of areas that are too small for what is held in them (WS111)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock
from planting_scene import Scene, scenes
from waterspace.quantity import HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

_MARGIN_NM = 6.0


def _water(scene: Scene, kind: str) -> str:
    """The area of a scene, as wide in every direction of the compass as its circle."""
    reach = scene.radius_nm
    corners = {
        "square": [scene.at(turn, reach * 2**0.5) for turn in (45, 135, 225, 315)],
        "diamond": [scene.at(turn, reach) for turn in (270, 180, 90, 0)],
        "star": [scene.at(18 * turn, reach / (1 + turn % 2)) for turn in range(20)],
    }
    around = f"circle: {{centre: {scene.at(0, 0)}, radius: {reach} nm}}"
    if kind in corners:
        around = f"polygon: [{', '.join(corners[kind])}]"
    return f"  WEST: {{name: West, {around}}}\n"


@st.composite
def _overrun(draw: st.DrawFn) -> tuple[str, str]:
    """A replenishment that is too long for its area by more than the margin, or by less."""
    scene, course = draw(scenes()), draw(st.sampled_from((0, 90, 180, 270)))
    kind, speed_kn = draw(st.sampled_from(("circle", "square", "diamond", "star"))), draw(st.integers(10, 16))
    if kind == "star":
        course = draw(st.sampled_from((0, 36, 72, 108)))
    head = scene.head().replace(scene.area(), _water(scene, kind))

    def written(over_nm: float) -> str:
        minutes = round(2.0 * (scene.radius_nm + over_nm) / speed_kn * HOUR_MS / MINUTE_MS)
        return (
            f"{head}serials:\n  S1:\n    type: replenishment\n    area: WEST\n"
            f"    units: {{supply: ALFA, receiving: BRAVO}}\n    course: '{course:03d}'\n    speed: {speed_kn} kn\n"
            f"    start: {clock(scene.start_ms)}\n    duration: {minutes} min\n    objectives: O1\n"
        )

    return written(_MARGIN_NM + draw(st.floats(1.0, 60.0))), written(_MARGIN_NM - draw(st.floats(2.5, 8.0)))


DEFECTS = {"WS111": _overrun()}
