"""Planted defects of names: unknown, unused, and classes that hide those of the library (WS001, WS002, WS006)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import without_key
from planting_scene import scenes
from waterspace.environment import classes

__all__ = ["DEFECTS"]

Pair = tuple[str, str]

_REFERENCES = (
    ("    area: WEST", "    area: WESST"),
    ("units: [ALFA, BRAVO]", "units: [ALFA, BRAVVO]"),
    ("objectives: O1", "objectives: O11"),
    ("{units: [", "{unitz: ["),
    ("class: cutter", "class: cuter"),
)


@st.composite
def _unknown(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    good = f"{scene.head()}serials:\n{scene.serial()}"
    right, wrong = draw(st.sampled_from(_REFERENCES))
    return good.replace(right, wrong, 1), good


@st.composite
def _unused(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    spare = draw(st.sampled_from(("areas", "classes", "units")))
    entries = {
        "areas": f"areas:\n{scene.area()}{scene.area('EAST', 90, 60)}",
        "classes": "classes:\n  cutter: {name: C, kind: patrol vessel, medium: surface, max_speed: 24 kn,"
        " economical_speed: 12 kn, range: 4000 nm, endurance: 20 d}\n"
        "  spare: {name: S, kind: tug, medium: surface, max_speed: 12 kn, economical_speed: 9 kn}\n",
        "units": scene.units(CHARLIE=f"nation: KOR, class: cutter, start: {scene.at(180, 2)}"),
    }
    good = f"{scene.head()}serials:\n{scene.serial()}"
    return without_key(good, entries[spare]) + entries[spare], good


@st.composite
def _hidden(draw: st.DrawFn) -> Pair:
    key = draw(st.sampled_from(sorted(classes.library())))
    cutter = "classes:\n  cutter: {name: C, kind: patrol vessel, medium: surface, max_speed: 24 kn,"
    cutter += " economical_speed: 12 kn, range: 4000 nm, endurance: 20 d}\n"
    own = ": {name: Own, kind: frigate, medium: surface, max_speed: 30 kn, economical_speed: 18 kn}\n"
    return f"{cutter}  {key}{own}", f"{cutter}  own_{key}{own}"


DEFECTS = {"WS001": _unknown(), "WS002": _unused(), "WS006": _hidden()}
