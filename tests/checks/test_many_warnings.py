"""Many warnings in one piece of sea: what is found fast, all at once, is what a look at each alone finds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

import waterspace
from waterspace.checks.context import Context
from waterspace.checks.example import whole
from waterspace.checks.families.third_parties.waters_of_others import meets_others, track_through_a_warning
from waterspace.checks.views.intrusion import intruders, runs
from waterspace.checks.warned import _MOST_APART_M, _alike, _is_same_water
from waterspace.domain import Circle, Corridor, Polygon, Position
from waterspace.environment.outsiders import own_id
from waterspace.geometry.geodesic import destination

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from waterspace.domain import Window
    from waterspace.geometry.meeting import Clash

PLAN = """\
areas:
  EAST: {name: East, circle: {centre: 38-40.0N 135-00.0E, radius: 6 nm}, vertical: surface to 3000 ft}
serials:
  S1: {type: transit, units: {units: ALFA}, route: [38-30.0N 134-00.0E, 38-30.0N 135-00.0E, 39-20.0N 135-10.0E],
    start: 2026-06-08T00:00Z, duration: 8 h, objectives: O1}
  S2: {type: transit, units: {units: ALFA}, route: [39-30.0N 135-00.0E, 39-30.0N 134-00.0E],
    start: 2026-06-08T20:00Z, duration: 6 h, objectives: O1}
  S3: {type: assembly, area: WEST, units: {units: BRAVO}, start: 2026-06-08T03:00Z, duration: 2 h, objectives: O1}
  S4: {type: assembly, area: EAST, units: {units: BRAVO}, start: 2026-06-09T03:00Z, duration: 2 h, objectives: O1}
"""


class Told(NamedTuple):
    """A warning of a practice, in minutes of arc from 38N 133E, days of June and hours."""

    north: float
    east: float
    size: float
    day: int
    hour: int
    is_round: bool


told = st.builds(
    Told,
    st.floats(0.0, 100.0),
    st.floats(30.0, 130.0),
    st.floats(1.0, 25.0),
    st.integers(7, 9),
    st.integers(0, 22),
    st.booleans(),
)


def text(number: int, one: Told) -> str:
    def place(north: float, east: float) -> str:
        return f"{38 + north // 60:02.0f}-{north % 60:04.1f}N {133 + east // 60:03.0f}-{east % 60:04.1f}E"

    corners = ((0.0, 0.0), (one.size, 0.3 * one.size), (one.size, one.size), (-0.2 * one.size, one.size))
    ring = ", ".join(place(max(one.north + up, 0.0), one.east + along) for up, along in corners)
    water = f"WITHIN {max(one.size // 2, 1):.0f} MILES OF {place(one.north, one.east)}"
    return (
        f"HYDROPAC {number}/26.\nSEA OF JAPAN.\n1. GUNNERY {one.hour:02}00Z TO {min(one.hour + 5, 23):02}30Z DAILY"
        f" {one.day:02} THRU {one.day + 1:02} JUN IN AREA {water if one.is_round else f'BOUND BY {ring}'}.\n"
        "2. CANCEL THIS MSG 120000Z JUN 26.\n"
    )


def planned(folder: Path, warnings: str) -> Context:
    (folder / "w.txt").write_text(warnings, encoding="utf-8")
    file = folder / "plan.exercise.yaml"
    file.write_text(whole(f"{PLAN}context:\n  warnings: w.txt\n"), encoding="utf-8")
    return Context(waterspace.load(file))


def one_by_one(context: Context) -> Iterator[tuple[str, tuple[str, ...], Window]]:
    """Each warning, the units whose whole tracks lead through it, and when first."""
    ours = len(context.reservations)
    reported: dict[str, set[str]] = defaultdict(set)
    for first, second, _ in context.meetings:
        if second >= ours:
            reported[context.outsiders[second - ours].owner].add(context.reservations[first].owner)
    for outsider in context.outsiders:
        tracks = context.programme.tracks.items()
        due = [(u, runs(leg for leg in t.legs if leg.serial not in reported[outsider.owner])) for u, t in tracks]
        inside: list[tuple[str, Clash]] = intruders(context, outsider, due)
        if inside:
            yield own_id(outsider), tuple(unit for unit, _ in inside), inside[0][1].window


@given(st.lists(told, min_size=20, max_size=60))
@settings(deadline=None, max_examples=15)
def test_tracks_through_many_warnings_are_those_through_each_alone(
    tmp_path_factory: pytest.TempPathFactory, some: list[Told]
) -> None:
    bulletin = "\n".join(text(number, one) for number, one in enumerate(some, start=1))
    context = planned(tmp_path_factory.mktemp("many"), bulletin)
    found = [
        (remark.subjects[0], remark.subjects[1:], remark.clash and remark.clash.window)
        for remark in track_through_a_warning(context)
    ]
    assert found == list(one_by_one(context))


def test_the_scene_of_that_law_has_tracks_through_warnings_and_serials_that_meet_some(tmp_path: Path) -> None:
    some = [Told(north, east, 12.0, 8, 3, is_round=False) for north in range(0, 90, 10) for east in range(40, 135, 5)]
    context = planned(tmp_path, "\n".join(text(number, one) for number, one in enumerate(some, start=1)))
    assert len(list(one_by_one(context))) > 5
    assert len(list(meets_others(context))) > 2


def test_the_tracks_of_a_plan_that_names_no_warnings_are_not_looked_at(tmp_path: Path) -> None:
    exercise = planned(tmp_path, "").exercise
    context = Context(replace(exercise, data=replace(exercise.data, warnings=())))
    assert not list(track_through_a_warning(context))
    assert "unit_legs" not in vars(context)


near_to = st.builds(
    lambda bearing_deg, away_m: destination(Position(lat_deg=38.5, lon_deg=180.0), bearing_deg, away_m),
    st.floats(0.0, 360.0),
    st.sampled_from((0.0, 40.0, 150.0, 290.0, 2000.0)),
)


@st.composite
def waters(draw: st.DrawFn) -> Circle | Corridor | Polygon:
    """Water about one place on the antimeridian, alike but for some metres and for which corner comes first."""
    middle, turn = draw(near_to), draw(st.integers(0, 3))
    if draw(st.booleans()):
        return Circle(centre=middle, radius_m=draw(st.sampled_from((5000.0, 5100.0, 9000.0))))
    if draw(st.integers(0, 5)) == 0:
        return Corridor(waypoints=(middle, destination(middle, 90.0, 5000.0)), half_width_m=100.0)
    corners = [destination(middle, 90.0 * step + 10.0, 5000.0) for step in range(draw(st.sampled_from((3, 4))))]
    turned = corners[turn:] + corners[:turn]
    return Polygon(vertices=tuple(turned if draw(st.booleans()) else reversed(turned)))


@given(st.lists(waters(), max_size=12), st.lists(waters(), max_size=12))
@settings(deadline=None, max_examples=100)
def test_of_many_waters_none_that_may_be_ours_is_left_out(
    theirs: list[Circle | Corridor | Polygon], ours: list[Circle | Corridor | Polygon]
) -> None:
    alike = {(number, other) for number, others in _alike(theirs, ours) for other in others}
    same = {
        (number, other)
        for number, water in enumerate(theirs)
        for other, own in enumerate(ours)
        if _is_same_water(water, own, _MOST_APART_M)
    }
    assert same <= alike
    assert all(isinstance(theirs[number], Circle | Polygon) for number, _ in alike)
