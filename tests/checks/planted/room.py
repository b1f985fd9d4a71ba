"""Planted defects of the room that serials were given: fire into a part of it that is not planned with (WS213)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting_scene import Scene, scenes

__all__ = ["DEFECTS"]

_SPARE_NM = 1.0


@st.composite
def _fired_into(draw: st.DrawFn) -> tuple[str, str]:
    """A danger that ends inside the area of another serial, far from its middle, or short of the area."""
    scene, bearing_deg = draw(scenes()), draw(st.integers(0, 359))
    range_nm, apart_nm = draw(st.integers(3, 9)), draw(st.integers(30, 45))
    deep_nm = draw(st.floats(_SPARE_NM, 6.0))

    def written(reach_nm: float) -> str:
        room = f"{{centre: {scene.at(bearing_deg, apart_nm)}, radius: {apart_nm - range_nm + reach_nm:.2f} nm}}"
        shape = f"bearing: '{bearing_deg:03d}'\npractice_radius: {range_nm} nm"
        head = _moved(scene, bearing_deg, apart_nm).replace(
            "areas:\n", f"areas:\n  ROOM: {{name: Room, circle: {room}}}\n"
        )
        fired = scene.serial("S1", "gunnery", "{firing: ALFA}", more=f"safety_officer: Executive officer\n{shape}")
        return f"{head}serials:\n{fired}{scene.serial('S2', 'assembly', '{units: BRAVO}', area='ROOM')}"

    return written(deep_nm), written(-deep_nm - _SPARE_NM)


def _moved(scene: Scene, bearing_deg: int, apart_nm: int) -> str:
    """The head of a scene with Bravo in the middle of the other area."""
    return scene.head().replace(f"start: {scene.at(90, 1)}", f"start: {scene.at(bearing_deg, apart_nm)}")


DEFECTS = {"WS213": _fired_into()}
