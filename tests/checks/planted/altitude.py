"""Planted defects of height: two helicopters search the same water at heights too near each other (WS206)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting_scene import Scene, scenes

__all__ = ["DEFECTS"]

_BLOCK_FT = 984
"""A search claims 150 m above and below the height flown: so much more than the separation must lie between heights."""


@st.composite
def _blocks(draw: st.DrawFn) -> tuple[str, str]:
    bearing_deg = draw(st.integers(0, 359))
    scene, low_ft = draw(scenes()), draw(st.integers(500, 3000))
    apart_nm = draw(st.integers(0, scene.radius_nm))
    later_ms = draw(st.integers(0, scene.hours * 60 - 1)) * 60_000

    def written(gap_ft: int) -> str:
        first = _search(scene, "S1", "HAWK", low_ft, 0)
        second = _search(scene, "S2", "KITE", low_ft + _BLOCK_FT + gap_ft, later_ms, "EAST")
        area = scene.area("EAST", bearing_deg, apart_nm)
        helicopters = "".join(
            f"  {id_}: {{name: {id_.title()}, nation: {nation}, class: z9, start: {scene.at(side_deg, 3)}}}\n"
            for id_, nation, side_deg in (("HAWK", "JPN", 0), ("KITE", "KOR", 180))
        )
        text = scene.head().replace(f"areas:\n{scene.area()}", f"areas:\n{scene.area()}{area}")
        return text.replace(scene.units(), scene.units(spare=helicopters)) + f"serials:\n{first}{second}"

    return written(draw(st.integers(5, 980))), written(draw(st.integers(1020, 3000)))


def _search(scene: Scene, id_: str, unit: str, height_ft: int, after_ms: int, area: str = "WEST") -> str:
    units = f"{{coordinator: {'ALFA' if id_ == 'S1' else 'BRAVO'}, searching: {unit}}}"
    return scene.serial(id_, "search_and_rescue", units, more=f"height: {height_ft} ft", after_ms=after_ms, area=area)


DEFECTS = {"WS206": _blocks()}
