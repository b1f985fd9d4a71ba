"""Planted defects of ranges: a tug on too short a tow, margins that nobody states, too short a reach (WS208, WS209)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting_scene import Scene, scenes

__all__ = ["DEFECTS"]

Pair = tuple[str, str]


def _fired(scene: Scene, more: str, units: str = "{firing: ALFA, target: BRAVO}") -> str:
    lines = f"safety_officer: Executive officer\n{more}"
    return f"{scene.head()}serials:\n{scene.serial('S1', 'gunnery', units, more=lines)}"


@st.composite
def _tug(draw: st.DrawFn) -> Pair:
    """The target ship cannot draw off farther than its tow is long."""
    scene = draw(scenes().filter(lambda one: one.hours >= 3))
    radius_nm, bearing_deg = draw(st.integers(3, 6)), draw(st.integers(0, 359))
    shape = f"bearing: '{bearing_deg:03d}'\npractice_radius: {radius_nm} nm\n"
    bad, good = draw(st.floats(0.2, radius_nm + 0.4)), draw(st.floats(radius_nm + 0.6, radius_nm + 2.0))
    return _fired(scene, f"{shape}tow: {bad:.2f} nm"), _fired(scene, f"{shape}tow: {good:.2f} nm")


@st.composite
def _margins(draw: st.DrawFn) -> Pair:
    """A range without a word about its margins, or shorter than that of the weapon."""
    scene, range_nm = draw(scenes()), draw(st.integers(3, 12))
    shape = (
        f"range: {range_nm} nm\nhalf_angle: '{draw(st.integers(5, 120))}'\nbearing: '{draw(st.integers(0, 359)):03d}'"
    )
    margin = draw(st.sampled_from(("ricochet_margin", "seeker_margin")))
    stated = f"{shape}\n{margin}: {draw(st.integers(0, 2000))} m"
    if draw(st.booleans()):
        return _fired(scene, shape), _fired(scene, stated)
    wanted_nm = range_nm + draw(st.integers(20, 40)), range_nm - draw(st.integers(0, 2))
    bad, good = (_fired(scene, f"{stated}\ngreatest_range: {miles} nm") for miles in wanted_nm)
    return bad, good


DEFECTS = {"WS208": _tug(), "WS209": _margins()}
