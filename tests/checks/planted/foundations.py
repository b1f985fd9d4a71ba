"""Planted defects of integrity: names, times, order, classes, homes, files and settings (WS001 to WS010)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock
from planting_scene import scenes
from waterspace.checks import known_limits
from waterspace.environment import classes
from waterspace.quantity import HOUR_MS, MINUTE_MS

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
    return _without(good, entries[spare]) + entries[spare], good


def _without(text: str, fragment: str) -> str:
    """A fragment's own top key taken out of a text."""
    key = fragment.partition(":")[0]
    lines, keep = [], True
    for line in text.splitlines(keepends=True):
        if not line.startswith((" ", "#")):
            keep = line.partition(":")[0] != key
        lines += [line] if keep else []
    return "".join(lines)


@st.composite
def _outside(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    beyond = draw(st.integers(1, 90)) * MINUTE_MS
    start = clock(scene.start_ms - 24 * HOUR_MS)

    def written(end_ms: int) -> str:
        head = f"exercise:\n  name: Planted\n  period: {{start: {start}, end: {clock(end_ms)}}}\n"
        return _without(scene.head(), "exercise:") + head + f"serials:\n{scene.serial()}"

    return written(scene.end_ms - min(beyond, scene.hours * HOUR_MS - MINUTE_MS)), written(scene.end_ms)


@st.composite
def _timeless(draw: st.DrawFn) -> Pair:
    """Serials that wait for one another in a ring; in the twin one of them has a start."""
    scene = draw(scenes())
    count = draw(st.integers(1, 4))
    start = f"    start: {clock(scene.start_ms)}\n"
    serials = [scene.serial(f"S{k}", more=f"after: S{(k + 1) % count}").replace(start, "") for k in range(count)]
    ring = f"{scene.head()}serials:\n{''.join(serials)}"
    return ring, ring.replace(f"    after: S{1 % count}\n", start, 1)


@st.composite
def _contradicted(draw: st.DrawFn) -> Pair:
    scene = draw(scenes())
    early = draw(st.integers(1, 59)) * MINUTE_MS
    first = scene.serial(units="{units: ALFA}")

    def written(gap_ms: int) -> str:
        second = scene.serial("S2", units="{units: BRAVO}", after_ms=scene.hours * HOUR_MS - gap_ms, more="after: S1")
        return f"{scene.head()}serials:\n{first}{second}"

    return written(early), written(0)


@st.composite
def _hidden(draw: st.DrawFn) -> Pair:
    key = draw(st.sampled_from(sorted(classes.library())))
    cutter = "classes:\n  cutter: {name: C, kind: patrol vessel, medium: surface, max_speed: 24 kn,"
    cutter += " economical_speed: 12 kn, range: 4000 nm, endurance: 20 d}\n"
    own = ": {name: Own, kind: frigate, medium: surface, max_speed: 30 kn, economical_speed: 18 kn}\n"
    return f"{cutter}  {key}{own}", f"{cutter}  own_{key}{own}"


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


DEFECTS = {
    "WS001": _unknown(),
    "WS002": _unused(),
    "WS003": _outside(),
    "WS004": _timeless(),
    "WS005": _contradicted(),
    "WS006": _hidden(),
    "WS007": _carried(),
    "WS008": _missing_file(),
    "WS009": _no_limit(),
    "WS010": _accepts_nothing(),
}
