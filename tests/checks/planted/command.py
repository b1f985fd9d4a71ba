"""Planted defects of command (WS705, WS706, WS707)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, distinct_names, moments, off, period, sea, seas
from waterspace.quantity import MINUTE_MS

__all__ = ["DEFECTS"]

_UNITS = ("ALFA", "BRAVO", "CHARLIE", "DELTA")
_SHIPS = "units:\n" + "".join(
    f"  {id_}: {{name: {id_.title()}, nation: JPN, class: cutter, start: 38-3{number}.0N 134-00.0E}}\n"
    for number, id_ in enumerate(_UNITS)
)


def _assembly(id_: str, times_ms: tuple[int, int], who: str, more: str = "") -> str:
    return (
        f"  {id_}: {{type: assembly, area: WEST, units: {{units: {who}}}, start: {clock(times_ms[0])}, "
        f"end: {clock(times_ms[1])}, objectives: O1{more}}}\n"
    )


@st.composite
def _crossed_groups(draw: st.DrawFn) -> tuple[str, str]:
    """Two groups that share some units but not all, or in the twin all of the smaller."""
    first, second = draw(distinct_names(2))
    order = draw(st.permutations(_UNITS))
    own, shared = order[:1], order[1 : draw(st.integers(2, 3))]
    other = order[3:]

    def written(units: list[str], commander: str) -> str:
        return (
            f"{_SHIPS}groups:\n  ONE: {{units: [{', '.join((*own, *shared))}], commander: Captain {first}}}\n"
            f"  TWO: {{units: [{', '.join(units)}], commander: Captain {commander}}}\n"
        )

    clean = draw(st.sampled_from(((shared, second), ([*shared, *other], first.upper()), (other, second))))
    return written([*shared, *other], second), written(*clean)


@st.composite
def _busy_officer(draw: st.DrawFn) -> tuple[str, str]:
    """One officer for two serials that overlap by some minutes, or follow each other."""
    start_ms, officer = draw(moments()), draw(distinct_names(1))[0]
    first, second, overlap = draw(st.integers(60, 300)), draw(st.integers(60, 300)), draw(st.integers(1, 59))
    posts = draw(st.sampled_from((("conducting_officer",) * 2, ("safety_officer",) * 2)))
    middle_ms = start_ms + first * MINUTE_MS

    def written(from_ms: int) -> str:
        named = [
            f", {post}: {name}" for post, name in zip(posts, (f"Captain {officer}", f"captain  {officer}"), strict=True)
        ]
        one = _assembly("S1", (start_ms, middle_ms), "ALFA", named[0])
        return (
            period(start_ms)
            + "serials:\n"
            + one
            + _assembly("S2", (from_ms, middle_ms + second * MINUTE_MS), "BRAVO", named[1])
        )

    return written(middle_ms - overlap * MINUTE_MS), written(middle_ms)


@st.composite
def _away(draw: st.DrawFn) -> tuple[str, str]:
    """A flagship that waits some miles more than 100 from a serial of its group, or fewer, or that is in it."""
    start_ms, here = draw(moments()), draw(seas())
    bearing, far, near = draw(st.integers(0, 359)), draw(st.integers(101, 300)), draw(st.integers(20, 99))
    area = f"areas:\n  WEST: {{name: West, circle: {{centre: {sea(here)}, radius: 5 nm}}}}\n"
    group = "groups:\n  G1: {units: [ALFA, BRAVO], flagship: BRAVO, commander: Captain Busk}\n"

    def written(miles: int) -> str:
        units = (
            f"units:\n  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: {sea(here)}}}\n"
            f"  BRAVO: {{name: Bravo, nation: JPN, class: cutter, start: {sea(off(here, bearing, miles))}}}\n"
        )
        serial = "serials:\n" + _assembly("S1", (start_ms, start_ms + 120 * MINUTE_MS), "ALFA")
        return period(start_ms) + area + units + group + serial

    return written(far), written(near)


@st.composite
def _handover(draw: st.DrawFn) -> tuple[str, str]:
    """Less than a quarter of an hour from one officer to the next, or more, or the same officer."""
    start_ms, (first, second) = draw(moments()), draw(distinct_names(2))
    short, long = draw(st.integers(0, 14)), draw(st.integers(15, 60))
    middle_ms = start_ms + draw(st.integers(30, 200)) * MINUTE_MS

    def written(pause: int, officer: str) -> str:
        from_ms = middle_ms + pause * MINUTE_MS
        one = _assembly("S1", (start_ms, middle_ms), "[ALFA, BRAVO]", f", conducting_officer: {first}")
        other = _assembly("S2", (from_ms, from_ms + 60 * MINUTE_MS), "ALFA", f", conducting_officer: {officer}")
        return period(start_ms) + "serials:\n" + one + other

    return written(short, second), draw(st.sampled_from((written(long, second), written(short, first))))


DEFECTS = {"WS705": st.one_of(_crossed_groups(), _busy_officer()), "WS706": _away(), "WS707": _handover()}
