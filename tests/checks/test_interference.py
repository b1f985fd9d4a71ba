"""Mutual interference (WS201 to WS203)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builders import findings_of, messages_of, plan, result_of
from waterspace.checks.context import Context
from waterspace.checks.families.interference.dangers_meeting import danger_meets_work, passage_through_danger
from waterspace.checks.views import intrusion
from waterspace.domain import Leg, Position, Severity, Window
from waterspace.geometry.answers import Answers
from waterspace.geometry.legs import hold
from waterspace.quantity import HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from waterspace.domain import Reservation
    from waterspace.geometry.meeting import Clash

OFFICER = "safety_officer: Executive officer"
FIRING = f"""
serials:
  S1:
    type: gunnery
    name: Morning shoot
    area: WEST
    units: {{firing: ALFA}}
    start: 2026-06-08T00:00Z
    duration: 2 h
    {OFFICER}
"""


def test_ws201_says_who_where_how_high_when_and_how_long() -> None:
    fragment = f"""{FIRING}
  S2:
    type: gunnery
    area: WEST
    units: {{firing: BRAVO}}
    start: 2026-06-08T01:30Z
    duration: 2 h
    {OFFICER}
"""
    found = findings_of("WS201", fragment)
    assert [finding.message for finding in found] == [
        (
            "The firing danger area of S1 (Morning shoot) in West and the firing danger area of S2 (gunnery) in "
            "West meet near 38-30.0N 134-00.0E, surface to 3000 ft, 080130Z to 080200Z JUN 26 (30 min). Move one "
            "of them in time, place or height."
        )
    ]
    assert found[0].subjects == ("S1", "S2")
    assert found[0].position is not None
    assert found[0].window is not None


def test_ws201_lets_serials_be_that_are_apart_in_place_height_or_time() -> None:
    apart = f"""
areas:
  WEST: {{circle: {{centre: 38-30.0N 134-00.0E, radius: 15 nm}}, vertical: surface to 3000 ft}}
  EAST: {{circle: {{centre: 38-30.0N 135-00.0E, radius: 15 nm}}, vertical: surface to 3000 ft}}
{FIRING}
  S2:
    type: gunnery
    area: EAST
    units: {{firing: BRAVO}}
    start: 2026-06-08T00:00Z
    duration: 2 h
    {OFFICER}
"""
    assert not findings_of("WS201", apart)
    assert not findings_of("WS202", apart)


def test_ws201_says_how_many_more_claims_of_the_two_meet() -> None:
    fragment = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  HELO1: {name: First, nation: JPN, class: z9, start: 38-30.0N 134-00.0E}
  HELO2: {name: Second, nation: JPN, class: z9, start: 38-30.0N 134-00.0E}
serials:
  S1: {type: asw_search, area: WEST, units: {searching: HELO1}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: asw_search, area: WEST, units: {searching: HELO2}, start: 2026-06-08T01:00Z, duration: 2 h}
"""
    found = findings_of("WS201", fragment)
    assert len(found) == 1
    assert "1 more claim of the two also meet." in found[0].message


def test_ws202_takes_firing_for_an_error_and_other_dangers_for_a_warning() -> None:
    fragment = f"""{FIRING}
  S2: {{type: assembly, area: WEST, units: {{units: BRAVO}}, start: 2026-06-08T01:00Z, duration: 30 min}}
  S3: {{type: manoeuvres, area: WEST, units: {{ships: BRAVO}}, start: 2026-06-09T00:00Z, duration: 2 h}}
  S4: {{type: assembly, area: WEST, units: {{units: ALFA}}, start: 2026-06-09T00:00Z, duration: 2 h}}
"""
    found = findings_of("WS202", fragment)
    assert [(finding.subjects, finding.severity) for finding in found] == [
        (("S1", "S2"), Severity.ERROR),
        (("S3", "S4"), Severity.WARNING),
    ]
    assert found[0].message == (
        "The firing danger area of S1 (Morning shoot) in West reaches into the working room of S2 (assembly) near "
        "38-30.0N 134-00.0E, on the surface, 080100Z to 080130Z JUN 26 (30 min). Move one of them in time, place "
        "or height."
    )


def test_ws202_says_once_what_ws201_says() -> None:
    fragment = f"""{FIRING}
  S2:
    type: gunnery
    area: WEST
    units: {{firing: BRAVO}}
    start: 2026-06-08T01:00Z
    duration: 2 h
    {OFFICER}
"""
    assert {finding.code for finding in result_of(fragment, "WS201", "WS202").findings} == {"WS201"}


PASSAGE = f"""{FIRING}
  S2:
    type: transit
    units: {{units: [BRAVO, CHARLIE]}}
    route: [38-33.0N 133-20.0E, 38-33.0N 133-30.0E]
    start: 2026-06-07T23:00Z
    end: 2026-06-08T00:00Z
  S3:
    type: transit
    units: {{units: [BRAVO, CHARLIE]}}
    route: [38-33.0N 134-40.0E, 38-33.0N 134-50.0E]
    start: 2026-06-08T02:30Z
    end: 2026-06-08T03:30Z
classes:
  cutter: {{name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 20 kn}}
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}}
  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: 38-33.0N 133-20.0E}}
  CHARLIE: {{name: Charlie, nation: KOR, class: cutter, start: 38-33.0N 133-20.0E}}
"""


def test_ws203_names_every_unit_on_the_same_way_and_the_first_to_be_inside() -> None:
    found = findings_of("WS203", PASSAGE)
    assert len(found) == 1
    message = found[0].message
    assert message.startswith(
        "Bravo, on its way from S2 (transit) to S3 (transit), is inside the firing danger area of S1 (Morning "
        "shoot) in West near 38-33."
    )
    assert message.endswith(" So is Charlie. Keep it clear, or move the serial.")
    assert found[0].severity is Severity.ERROR
    assert found[0].subjects == ("S1", "BRAVO", "CHARLIE", "S2", "S3")


def test_ws203_warns_of_units_that_would_wait_there_before_or_after_a_serial() -> None:
    fragment = f"""{FIRING}
  S0: {{type: assembly, area: WEST, units: {{units: BRAVO}}, start: 2026-06-07T20:00Z, duration: 2 h}}
  S3:
    type: transit
    units: {{units: CHARLIE}}
    route: [38-32.0N 134-01.0E, 38-52.0N 134-01.0E]
    start: 2026-06-08T04:00Z
    duration: 2 h
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}}
  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}}
  CHARLIE: {{name: Charlie, nation: KOR, class: cutter, start: 38-32.0N 134-00.0E}}
"""
    assert [message.split(", is inside")[0] for message in messages_of("WS203", fragment)] == [
        "warning: Bravo, waiting after S0 (assembly)",
        "warning: Charlie, waiting for S3 (transit)",
    ]


def test_ws203_takes_a_unit_for_moving_that_leaves_while_the_danger_is_active() -> None:
    context = Context(plan(FIRING))
    danger, track = context.windows["S1"], context.programme.tracks["BRAVO"]
    here, there = Position(lat_deg=38.5, lon_deg=134.0), Position(lat_deg=38.5, lon_deg=134.05)
    stays = hold(here, Window(start_ms=danger.start_ms, end_ms=danger.start_ms + HOUR_MS))
    leaves = Leg(start_ms=stays.end_ms, end_ms=danger.end_ms, start=here, end=there)
    leaving = replace(track, legs=(stays, leaves))
    context.programme = replace(context.programme, tracks={**context.programme.tracks, "BRAVO": leaving})
    remarks = list(passage_through_danger(context))
    assert [remark.message.split(", is inside")[0] for remark in remarks] == ["Bravo, on its way from its start"]
    assert remarks[0].severity is None


def test_ws203_sees_an_aircraft_in_the_air_but_not_on_deck() -> None:
    fragment = f"""{FIRING}
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}}
  HELO: {{name: Helo, nation: JPN, class: z9, home: ALFA}}
  STAFF: {{name: Staff, nation: JPN, class: staff, start: 38-30.0N 134-00.0E}}
classes:
  cutter: {{name: Cutter, kind: patrol vessel, medium: surface, economical_speed: 12 kn}}
  staff: {{name: Staff, kind: headquarters, medium: shore}}
"""
    assert not findings_of("WS203", fragment)


def test_ws202_counts_the_units_of_a_serial_that_claims_no_water() -> None:
    context = Context(
        plan(
            f"""{FIRING}
  S2: {{type: assembly, area: WEST, units: {{units: [BRAVO, CHARLIE]}}, start: 2026-06-08T00:00Z, duration: 2 h}}
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}}
  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}}
  CHARLIE: {{name: Charlie, nation: KOR, class: cutter, start: 38-32.0N 134-00.0E}}
"""
        )
    )
    plans = context.programme.plans
    unclaimed = {**plans, "S2": replace(plans["S2"], reservations=())}
    context.programme = replace(context.programme, plans=unclaimed)
    remarks = list(danger_meets_work(context))
    assert len(remarks) == 1
    assert remarks[0].subjects[:2] == ("S1", "S2")
    assert set(remarks[0].subjects[2:]) == {"BRAVO", "CHARLIE"}
    assert remarks[0].message.startswith(
        "Bravo and Charlie, working in S2 (assembly), are inside the firing danger area of "
    )
    assert remarks[0].severity is Severity.ERROR


def test_ws202_asks_once_about_all_units_even_where_the_memory_holds_none_of_the_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worked: list[int] = []

    def counted(pairs: Sequence[tuple[Reservation, tuple[Leg, ...]]]) -> Sequence[Clash | None]:
        worked.append(len(pairs))
        return intrusion._met(pairs)

    monkeypatch.setattr(intrusion, "_KEPT", Answers(counted, most=2))
    rows = "".join(
        f"  S{n}: {{type: assembly, area: WEST, units: {{units: U{n}}}, start: 2026-06-08T00:00Z, duration: 2 h}}\n"
        for n in range(2, 6)
    )
    ships = "".join(
        f"  U{n}: {{name: Ship {n}, nation: KOR, class: cutter, start: 38-3{n}.0N 134-00.0E}}\n" for n in range(2, 6)
    )
    alfa = "  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}\n"
    context = Context(plan(f"{FIRING}{rows}units:\n{alfa}{ships}"))
    plans = context.programme.plans
    unclaimed = {id_: one if id_ == "S1" else replace(one, reservations=()) for id_, one in plans.items()}
    context.programme = replace(context.programme, plans=unclaimed)
    assert [one.subjects for one in danger_meets_work(context)] == [("S1", f"S{n}", f"U{n}") for n in range(2, 6)]
    assert worked == [4]


def test_ws203_takes_a_ship_that_starts_inside_to_have_left_when_the_firing_begins_later() -> None:
    fragment = """
serials:
  S1: {type: gunnery, area: WEST, units: {firing: ALFA}, start: %s, duration: 4 h, objectives: O1}
  S2: {type: assembly, area: EAST, units: {units: BRAVO}, start: 2026-06-08T06:00Z, duration: 2 h, objectives: O1}
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
  EAST: {circle: {centre: 39-30.0N 134-00.0E, radius: 5 nm}, vertical: surface to 3000 ft}
"""
    assert not findings_of("WS203", fragment % "2026-06-08T00:00Z")
    assert findings_of("WS203", fragment % "2026-06-01T00:00Z")
