"""Planted defects of notices, officers and objectives (WS501 to WS503, WS601 and WS602, WS701 to WS704)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock
from planting_scene import Scene, scenes
from waterspace.quantity import DAY_MS, HOUR_MS

__all__ = ["DEFECTS"]

Pair = tuple[str, str]

_NAMES = st.sampled_from(("Captain, Alfa", "Commander Sato", "LCDR Kim", "Executive officer, Bravo"))


def _firing(scene: Scene, notices: str) -> str:
    return f"{scene.head()}serials:\n{scene.gunnery()}notices:\n{notices}"


def _notice(scene: Scene, kind: str, lead_ms: int, id_: str = "N1", covers: str = "S1") -> str:
    planned = clock(scene.start_ms - lead_ms)
    return f"  {id_}: {{kind: {kind}, covers: {covers}, originator: JPN, planned: {planned}}}\n"


@st.composite
def _no_warning(draw: st.DrawFn) -> Pair:
    scene, kind = draw(scenes()), draw(st.sampled_from(("navarea", "coastal", "navtex")))
    air = _notice(scene, "notam", 9 * DAY_MS, "N0")
    covers = draw(st.sampled_from(("S1", "WEST", "[S1, WEST]")))
    return _firing(scene, air), _firing(scene, air + _notice(scene, kind, 9 * DAY_MS, covers=covers))


@st.composite
def _late(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    air = _notice(scene, "notam", 9 * DAY_MS, "N0")
    hours, more = draw(st.integers(-5, 119)), draw(st.integers(120, 220))
    bad, good = (_notice(scene, "navarea", lead * HOUR_MS) for lead in (hours, more))
    return _firing(scene, air + bad), _firing(scene, air + good)


@st.composite
def _airmen(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    sea_notice = _notice(scene, "navarea", 9 * DAY_MS, "N0")
    return _firing(scene, sea_notice), _firing(scene, sea_notice + _notice(scene, "notam", 9 * DAY_MS))


@st.composite
def _unsafe(draw: st.DrawFn) -> Pair:
    scene, name = draw(scenes()), draw(_NAMES)
    good = f"{scene.head()}serials:\n{scene.serial(type_='gunnery', units='{firing: ALFA}', more='')}"
    return good, f"{good}    safety_officer: {name}\n"


@st.composite
def _both(draw: st.DrawFn) -> Pair:
    scene, name, other = draw(scenes()), draw(_NAMES), draw(_NAMES)
    other = f"{other} the second" if other == name else other
    said = draw(st.sampled_from((name, name.upper(), f"'{name}'")))
    good = f"{scene.head()}serials:\n{scene.serial(more=f'conducting_officer: {name}')}"
    return f"{good}    safety_officer: {said}\n", f"{good}    safety_officer: {other}\n"


@st.composite
def _aimless(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    texts = (f"{scene.head()}serials:\n{scene.serial(objectives=aims)}" for aims in ("", "O1"))
    bad, good = texts
    return bad, good


@st.composite
def _unserved(draw: st.DrawFn) -> Pair:
    scene, count = draw(scenes()), draw(st.integers(2, 5))
    aims = "".join(f"  O{k}: {{text: Both ships have done number {k} together.}}\n" for k in range(1, count + 1))
    served = [f"O{k}" for k in range(1, count + 1)]

    def written(names: list[str]) -> str:
        return f"{scene.head()}objectives:\n{aims}serials:\n{scene.serial(objectives=f'[{chr(44).join(names)}]')}"

    return written(served[:-1]), written(served)


@st.composite
def _leaderless(draw: st.DrawFn) -> Pair:
    scene, count = draw(scenes()), draw(st.integers(1, 4))
    more = {f"SHIP{k}": f"nation: KOR, class: cutter, start: {scene.at(90, k + 2)}" for k in range(count)}
    units = scene.units(**more)
    names = ", ".join(("ALFA", "BRAVO", *more))
    group = f"groups:\n  ALL: {{units: [{names}], flagship: ALFA, roles: OTC}}\n"
    return units.replace(", command_ship: yes", ""), units + group


@st.composite
def _stranger(draw: st.DrawFn) -> Pair:
    flag, other = draw(st.sampled_from((("ALFA", "BRAVO"), ("BRAVO", "ALFA"))))
    bad = f"groups:\n  PAIR: {{units: {other}, flagship: {flag}, roles: OTC}}\n"
    return bad, bad.replace(f"units: {other}", "units: [ALFA, BRAVO]")


DEFECTS = {
    "WS501": _no_warning(),
    "WS502": _late(),
    "WS503": _airmen(),
    "WS601": _unsafe(),
    "WS602": _both(),
    "WS701": _aimless(),
    "WS702": _unserved(),
    "WS703": _leaderless(),
    "WS704": _stranger(),
}
