"""Planted defects under water: a submarine on its way past a search in which it has no part (WS205)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting_scene import scenes

__all__ = ["DEFECTS"]

_CLEAR_NM = 1.975
_BOAT = """
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn,
           range: 4000 nm, endurance: 20 d}
  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 16 kn, economical_speed: 8 kn, range: 6000 nm,
         endurance: 40 d}
"""


@st.composite
def _passing(draw: st.DrawFn) -> tuple[str, str]:
    scene, side_deg = draw(scenes()), draw(st.integers(0, 359))
    depth_m, later_ms = draw(st.integers(20, 200)), draw(st.integers(0, 30)) * 60_000

    def written(gap_nm: float) -> str:
        near = scene.radius_nm + gap_nm
        far = scene.at(side_deg, near + 6.0)
        boat = f"  DELTA: {{name: Delta, nation: JPN, class: boat, start: {far}}}\n"
        route = f"route: [{scene.at(side_deg, near)}, {far}]\ndepth: {depth_m} m"
        way = scene.serial("S2", "transit", "{units: DELTA}", area="", more=route, after_ms=later_ms)
        search = scene.serial("S1", "asw_search", "{searching: [ALFA, BRAVO]}")
        head = scene.head().replace(scene.units(), scene.units(spare=boat))
        return f"{head}{_BOAT.lstrip()}serials:\n{search}{way}"

    return written(draw(st.floats(-1.0, _CLEAR_NM - 0.1))), written(draw(st.floats(_CLEAR_NM + 0.1, 9.0)))


DEFECTS = {"WS205": _passing()}
