"""What a class says of its handling and fuel goes from the file into the run."""

from __future__ import annotations

import itertools

import pytest

from waterspace import planfile
from waterspace.engine import rehearse
from waterspace.errors import PlanFileError
from waterspace.geometry.angles import turn_deg
from waterspace.geometry.geodesic import bearing_deg, distance_m
from waterspace.quantity import FOOT_M, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.review.assess import assess

PLAIN = "name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn, range: 4000 nm"
PLAN = """
waterspace: 1
exercise: {name: Drill, period: {start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z}}
classes:
  cutter: {CLASS}
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-00.0N 134-00.0E}
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 38-45.0N 134-00.0E, 38-45.0N 134-20.0E]
    start: 2026-06-08T06:00Z
    duration: 3 h
"""


def plan(more: str = "") -> str:
    return PLAN.replace("CLASS", f"{PLAIN}{more}")


def sharpest_deg(text: str) -> float:
    legs = [leg for leg in rehearse(planfile.loads(text)).tracks["ALFA"].legs if leg.serial and not leg.is_wait]
    return max(
        abs(turn_deg(bearing_deg(a.end, a.start) + 180.0, bearing_deg(b.start, b.end)))
        for a, b in itertools.pairwise(legs)
        if distance_m(a.start, a.end) > 2.0 and distance_m(b.start, b.end) > 2.0
    )


def test_the_keys_of_a_class_are_read() -> None:
    more = (
        ", tactical_diameter: 800 yd, time_to_full_speed: 6 min"
        ", ranges: [{speed: 24 kn, range: 1200 nm}, {speed: 12 kn, range: 4000 nm}]"
    )
    flying = "\n  helo: {name: Helo, kind: helicopter, medium: air, climb_rate: 1500 ft/min}\nunits:"
    platforms = planfile.loads(plan(more).replace("\nunits:", flying)).platforms
    cutter = platforms["cutter"]
    assert cutter.tactical_diameter_m == pytest.approx(2400.0 * FOOT_M)
    assert cutter.full_speed_ms == 6 * MINUTE_MS
    assert platforms["helo"].climb_rate_mps == pytest.approx(7.62)
    (slow_mps, far_m), (fast_mps, near_m) = cutter.ranges
    assert (slow_mps, far_m) == (12.0 * KNOT_MPS, 4000.0 * NAUTICAL_MILE_M)
    assert (fast_mps, near_m) == pytest.approx((24.0 * KNOT_MPS, 1200.0 * NAUTICAL_MILE_M))


@pytest.mark.parametrize(
    "more",
    [
        ", tactical_diameter: 800",
        ", tactical_diameter: 0 m",
        ", time_to_full_speed: 0 s",
        ", climb_rate: 0 kn",
        ", ranges: [{speed: 0 kn, range: 4000 nm}]",
        ", ranges: [{speed: 12 kn}]",
    ],
)
def test_handling_that_cannot_be_is_a_fault_at_its_line(more: str) -> None:
    with pytest.raises(PlanFileError) as found:
        planfile.loads(plan(more))
    assert [fault.line for fault in found.value.faults] == [5]


SHIP = "{name: Cutter, kind: patrol vessel, medium: surface,"
HELO = "{name: Helo, kind: helicopter, medium: air,"
TWICE = "ranges: [{speed: 12 kn, range: 4000 nm}, {speed: 12 kn, range: 1200 nm}]"


@pytest.mark.parametrize(
    ("entry", "path", "said", "advice"),
    [
        (f"{SHIP} climb_rate: 1500 ft/min}}", "climb_rate", "says nothing of a ship, and medium is surface", "Remove"),
        (f"{HELO} tactical_diameter: 800 yd}}", "tactical_diameter", "says nothing of an aircraft", "Remove"),
        (f"{SHIP} {TWICE}}}", "ranges.1", "gives 1200.0 nm at 12.0 kn, but ranges.0 gives 4000.0 nm", "Keep the one"),
        (
            f"{SHIP} max_speed: 24 kn, ranges: [{{speed: 30 kn, range: 900 nm}}]}}",
            "ranges.0.speed",
            "is 30.0 kn, but max_speed is 24.0 kn",
            "Correct one of the two.",
        ),
    ],
)
def test_data_of_a_class_that_contradict_each_other_are_a_fault_at_their_line(
    entry: str, path: str, said: str, advice: str
) -> None:
    text = plan().replace("\nunits:", f"\n  other: {entry}\nunits:")
    with pytest.raises(PlanFileError) as found:
        planfile.loads(text)
    (fault,) = found.value.faults
    assert (fault.line, fault.path) == (6, f"classes.other.{path}")
    assert fault.message.startswith(f"classes.other.{path} {said}")
    assert fault.advice.startswith(advice)


def test_every_contradiction_of_a_class_is_told_at_once() -> None:
    more = ", climb_rate: 5 m/s, ranges: [{speed: 40 kn, range: 900 nm}, {speed: 40 kn, range: 800 nm}]"
    with pytest.raises(PlanFileError) as found:
        planfile.loads(plan(more))
    assert [fault.path.removeprefix("classes.cutter.") for fault in found.value.faults] == [
        "climb_rate",
        "ranges.0.speed",
        "ranges.1",
        "ranges.1.speed",
    ]


def test_a_speed_given_twice_with_one_range_and_in_other_units_is_no_contradiction() -> None:
    more = (
        ", ranges: [{speed: 24 kn, range: 900 nm}, {speed: 44.448 km/h, range: 900 nm}, {speed: 24 kn, range: 900 nm}]"
    )
    cutter = planfile.loads(plan(more)).platforms["cutter"]
    assert all(speed_mps == pytest.approx(24.0 * KNOT_MPS) for speed_mps, _ in cutter.ranges)
    assert len(cutter.ranges) < 3


def test_a_run_turns_along_arcs_where_the_file_gives_a_tactical_diameter() -> None:
    assert sharpest_deg(plan()) > 80.0
    assert sharpest_deg(plan(", tactical_diameter: 700 m")) < 8.0


def test_a_run_says_what_is_left_of_the_fuel_of_every_unit_that_has_a_range() -> None:
    exercise = planfile.loads(plan())
    measures = {
        measure.name: measure.value
        for measure in assess(exercise, 1, rehearse(exercise)).measures
        if measure.subject == "ALFA"
    }
    assert set(measures) == {"fuel_lowest_ratio", "fuel_final_ratio"}
    assert 0.97 < measures["fuel_final_ratio"] < 1.0
    assert measures["fuel_lowest_ratio"] == measures["fuel_final_ratio"]
    without = planfile.loads(plan().replace(", range: 4000 nm", ""))
    assert not [one for one in assess(without, 1, rehearse(without)).measures if one.subject == "ALFA"]
