"""Planted defects of homes, files of data and settings (WS007 to WS010)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting_scene import scenes
from waterspace.checks import known_limits

__all__ = ["DEFECTS"]

Pair = tuple[str, str]


@st.composite
def _carried(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    wrong = draw(st.sampled_from(("HELO", "SECOND")))
    second = "nation: JPN, class: z9, home: ALFA"

    def written(home: str) -> str:
        return scene.units(SECOND=second, HELO=f"nation: JPN, class: z9, home: {home}")

    return written(wrong), written(draw(st.sampled_from(("ALFA", "BRAVO"))))


@st.composite
def _missing_file(draw: st.DrawFn) -> Pair:
    key = draw(st.sampled_from(("areas", "lanes", "firs", "depths", "weather")))
    ending = "nc" if key in {"depths", "weather"} else "geojson"
    name = draw(st.from_regex(r"[a-z]{3,8}", fullmatch=True))
    return f"environment: {{{key}: nowhere/{name}.{ending}}}\n", "environment: {}\n"


@st.composite
def _no_limit(draw: st.DrawFn) -> Pair:
    limit = draw(st.sampled_from(known_limits()))
    usual = limit.write(limit.default)
    wrong = draw(st.sampled_from((f"{limit.name}x: {usual}", f"{limit.name}: much")))
    return f"check:\n  limits: {{{wrong}}}\n", f"check:\n  limits: {{{limit.name}: {usual}}}\n"


@st.composite
def _accepts_nothing(draw: st.DrawFn) -> Pair:
    number, who = draw(st.integers(900, 999)), draw(st.sampled_from(("Captain Mori", "Safety cell")))

    def written(rule: str) -> str:
        return f"check:\n  suppress:\n    - {{rule: {rule}, reason: agreed, by: {who}}}\n"

    return written(f"WS{number}"), written("WS701")


DEFECTS = {"WS007": _carried(), "WS008": _missing_file(), "WS009": _no_limit(), "WS010": _accepts_nothing()}
