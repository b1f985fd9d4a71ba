"""Planted defects of spacing: claims that leave no room, formations that sweep across others (WS204, WS207)."""

from __future__ import annotations

import math

from hypothesis import strategies as st

from planting_scene import Scene, scenes

__all__ = ["DEFECTS"]

Pair = tuple[str, str]


def _written(scene: Scene, areas: str, serials: str) -> str:
    return scene.head().replace(f"areas:\n{scene.area()}", f"areas:\n{scene.area()}{areas}") + f"serials:\n{serials}"


@st.composite
def _too_near(draw: st.DrawFn) -> Pair:
    """A search beside a firing practice, some cables within the buffer or beyond it."""
    scene = draw(scenes())
    bearing_deg, practice_nm = draw(st.integers(0, 359)), scene.radius_nm + draw(st.integers(0, 3))
    axis = f"bearing: '{draw(st.integers(0, 359)):03d}'\npractice_radius: {practice_nm} nm"
    edge_nm = practice_nm + scene.radius_nm
    search = scene.serial("S2", "asw_search", "{searching: BRAVO}", area="EAST")
    bad, good = (
        _written(scene, scene.area("EAST", bearing_deg, edge_nm + gap_nm), scene.gunnery(more=axis) + search)
        for gap_nm in (draw(st.floats(0.1, 0.9)), draw(st.floats(1.1, 2.0)))
    )
    return bad, good


@st.composite
def _sweeping(draw: st.DrawFn) -> Pair:
    """A ship under way through the water in which another assembles; in the twin it passes well abeam."""
    scene = draw(scenes())
    bearing_deg, long_nm = draw(st.integers(0, 359)), 5.0 * scene.hours

    def passing(off_nm: float) -> str:
        ends = ((bearing_deg + side, (off_nm**2 + long_nm**2) ** 0.5) for side in _angles(off_nm, long_nm))
        route = ", ".join(scene.at(bearing % 360.0, miles) for bearing, miles in ends)
        way = scene.serial("S2", "transit", "{units: BRAVO}", area="", more=f"route: [{route}]")
        return _written(scene, "", scene.serial(units="{units: ALFA}") + way)

    return passing(draw(st.floats(0.0, 0.3))), passing(draw(st.floats(4.0, 9.0)))


_WIDE_NM = 5.0
"""Half the width of the water in which ships gather on their stations."""


@st.composite
def _sweeping_back(draw: st.DrawFn) -> Pair:
    """A ship that passes the edge of the water where another gathers, and comes back through its middle, too long for
    the staff; in the twin it comes back past the edge."""
    scene = draw(scenes().filter(lambda scene: scene.hours >= 3))
    bearing_deg, long_nm, edge_nm = draw(st.integers(0, 359)), 3.0 * scene.hours, 0.9 * _WIDE_NM

    def passing(back_nm: float) -> str:
        ways = ((edge_nm, -long_nm), (edge_nm, long_nm), (-back_nm, long_nm), (-back_nm, -long_nm))
        speed_kn = (4.0 * long_nm + edge_nm + back_nm) / scene.hours
        route = ", ".join(
            scene.at((bearing_deg + math.degrees(math.atan2(ahead, off))) % 360.0, math.hypot(ahead, off))
            for off, ahead in ways
        )
        way = scene.serial("S2", "transit", "{units: BRAVO}", area="", more=f"route: [{route}]")
        most = f"check: {{limits: {{sweep_least_stay: {round(1.6 * _WIDE_NM / speed_kn * 60.0)} min}}}}\n"
        gathering = scene.serial(units="{units: ALFA}", more=f"spacing: {_WIDE_NM:g} nm")
        return _written(scene, "", gathering + way) + most

    return passing(draw(st.floats(0.0, 0.5))), passing(edge_nm)


def _angles(off_nm: float, long_nm: float) -> tuple[float, float]:
    """Bearings of both ends of a way from abeam of which a middle lies so far off."""
    half_deg = math.degrees(math.atan2(long_nm, off_nm))
    return -half_deg, half_deg


DEFECTS = {"WS204": _too_near(), "WS207": st.one_of(_sweeping(), _sweeping_back())}
