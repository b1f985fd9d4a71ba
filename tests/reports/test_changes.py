"""What changed between two plans: worked cases a staff would know, and that every field of a plan is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from builders import plan
from waterspace import planfile
from waterspace.domain import Circle, Exercise, Polygon, Position, Provenance, Window
from waterspace.quantity import HOUR_MS
from waterspace.reports.changes import ChangeKind, Comparison, compare
from waterspace.reports.changes.text import NOTHING, as_text

EXAMPLES = Path(__file__).parents[2] / "examples"
TWO_AREAS = """
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
  EAST: {name: East, circle: {centre: 38-30.0N 136-00.0E, radius: 15 nm}}
"""
ROW = """
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h}
  S2: {type: assembly, name: Again, area: WEST, units: {units: [ALFA, BRAVO]}, after: S1, duration: 2 h}
  S3: {type: assembly, name: Third, area: WEST, units: {units: ALFA}, after: S2, duration: 2 h}
"""


@cache
def big() -> str:
    return (EXAMPLES / "northern-interaction-2023.exercise.yaml").read_text(encoding="utf-8")


def of(old: str, new: str) -> Comparison:
    """The comparison of two fragments."""
    return compare(plan(old), plan(new))


def told(comparison: Comparison) -> list[str]:
    return [f"{one.title}: {one.sentence}" for one in comparison.changes]


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


# -------------------------------------------------------------------------------------------------------------- when


def test_a_serial_that_moves_is_told_with_both_times_by_both_clocks() -> None:
    new = edited(big(), "start: 2023-07-22T06:30Z", "start: 2023-07-22T08:00Z")
    comparison = compare(planfile.loads(big(), "old.yaml"), planfile.loads(new, "new.yaml"))
    assert told(comparison) == [
        (
            "S112 Second expulsion: moved 1 h 30 min later: 220800Z to 221000Z JUL 23 (221700I to 221900I), "
            "was 220630Z to 220830Z JUL 23 (221530I to 221730I)"
        )
    ]
    (change,) = comparison.changes
    assert change.shift_ms == HOUR_MS * 3 // 2
    assert change.units == ("PANTELEYEV", "TRIBUTS", "ZAOZHUANG")
    assert change.nations == ("CHN", "RUS")
    assert [unit.id for unit in comparison.units if unit.changes] == ["ZAOZHUANG", "TRIBUTS", "PANTELEYEV"]


def test_serials_pushed_by_the_one_before_them_name_their_cause() -> None:
    comparison = of(ROW, edited(ROW, "2026-06-08T00:00Z", "2026-06-08T01:00Z"))
    assert [one.because for one in comparison.changes] == [
        "",
        "it follows S1, which ends 1 h later",
        "it follows S2, which ends 1 h later, in the end because of S1, which begins 1 h later",
    ]
    assert [one.shift_ms for one in comparison.changes] == [HOUR_MS] * 3


def test_a_longer_serial_pushes_and_its_duration_is_told_once() -> None:
    first = edited(ROW, "2026-06-08T00:00Z, duration: 2 h", "2026-06-08T00:00Z, duration: 3 h")
    comparison = of(ROW, first)
    assert told(comparison)[:2] == [
        "S1 assembly: lasts 3 h, was 2 h (1 h longer): 080000Z to 080300Z JUN 26",
        (
            "S2 Again: moved 1 h later: 080300Z to 080500Z JUN 26, was 080200Z to 080400Z JUN 26, because it follows "
            "S1, which ends 1 h later"
        ),
    ]
    assert comparison.changes[2].because.endswith("because of S1, which is 1 h longer")


def test_a_serial_moved_by_hand_names_no_cause() -> None:
    comparison = of(ROW, edited(ROW, "after: S1,", "after: S1, earliest: 2026-06-08T05:00Z,"))
    assert comparison.changes[0].topic == "time"
    assert not comparison.changes[0].because


def test_a_period_that_begins_later_is_named_as_the_cause() -> None:
    row = "serials:\n  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, duration: 2 h}\n"
    heading = "exercise: {name: Example, period: {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z}}\n"
    comparison = of(heading + row, heading.replace("06-01T00", "06-01T06") + row)
    moved = next(one for one in comparison.changes if one.id == "S1")
    assert moved.because == "the exercise period begins 6 h later"


def test_a_circle_of_serials_loses_its_time_and_says_why() -> None:
    circle = edited(ROW, "start: 2026-06-08T00:00Z,", "after: S3,")
    lost = next(one for one in of(ROW, circle).changes if one.id == "S2" and one.topic == "time")
    assert lost.sentence.startswith("has no planned time any more: it waits for itself")
    assert not lost.new


def test_a_start_that_is_fixed_where_it_was_is_told_though_nothing_moves() -> None:
    fixed = edited(ROW, "after: S1,", "after: S1, start: 2026-06-08T02:00Z,")
    assert told(of(ROW, fixed)) == ["S2 Again: its time stays but is now fixed (was free to move)"]


# ------------------------------------------------------------------------------------------------- where, who, which


def test_a_serial_in_another_area_says_how_far_away_and_what_the_way_now_asks() -> None:
    old = TWO_AREAS + ROW
    comparison = of(old, edited(old, "name: Again, area: WEST", "name: Again, area: EAST"))
    change = comparison.changes[0]
    assert change.text == "is now held in EAST (East) (was WEST (West)), 94.2 nm towards 089 from middle to middle"
    alfa = comparison.units[0]
    assert [one.text for one in alfa.programme] == [
        "passage from S1 to S2: 89.2 nm and no time for it (was 5.0 nm and no time for it) - more than its 24.0 kn",
        "passage from S2 to S3: 94.3 nm and no time for it (was 5.0 nm and no time for it) - more than its 24.0 kn",
    ]


def test_an_area_that_moves_and_grows_is_told_in_miles_and_in_percent() -> None:
    old = TWO_AREAS + ROW
    new = edited(old, "38-30.0N 134-00.0E, radius: 15 nm", "38-40.0N 134-00.0E, radius: 20 nm")
    (change,) = of(old, new).changes
    assert change.text.startswith("moved 10.0 nm towards 000, 78 % larger (707 nm² to 1257 nm²): now circle of 20.0 nm")
    assert change.units == ("ALFA", "BRAVO")
    assert change.moved_m == pytest.approx(18_500, rel=0.01)


def test_units_that_join_leave_and_change_their_role_are_told_one_by_one() -> None:
    old = edited(big(), "{guard: [QIQIHAR, GREMYASHCHIY], intruder: GUIYANG}", "{guard: [QIQIHAR], intruder: GUIYANG}")
    new = edited(big(), "{guard: [QIQIHAR, GREMYASHCHIY], intruder: GUIYANG}", "{guard: [GUIYANG], intruder: TRIBUTS}")
    comparison = compare(planfile.loads(old), planfile.loads(new))
    assert told(comparison) == [
        "S106 Deterrence and expulsion: GUIYANG is now guard (was intruder)",
        "S106 Deterrence and expulsion: TRIBUTS joins as intruder",
        "S106 Deterrence and expulsion: QIQIHAR leaves (was guard)",
    ]
    assert [one.units for one in comparison.changes] == [("GUIYANG",), ("TRIBUTS",), ("QIQIHAR",)]


def test_a_unit_that_leaves_a_group_leaves_its_serials_and_the_group_is_named() -> None:
    group = "groups:\n  G1: {name: Both, units: [ALFA, BRAVO]}\n"
    row = ROW.replace("[ALFA, BRAVO]", "[G1]")
    comparison = of(group + row, edited(group, "[ALFA, BRAVO]", "[ALFA]") + row)
    assert "S2 Again: BRAVO leaves (was units), because group G1 has other units now" in told(comparison)
    bravo = next(unit for unit in comparison.units if unit.id == "BRAVO")
    assert [one.text for one in bravo.programme][:1] == ["no serial any more (was S1, which begins 080000Z JUN 26)"]


def test_a_role_in_another_order_is_told_only_where_it_gives_other_stations() -> None:
    units = "screen: [QIQIHAR, GUIYANG, TRIBUTS, PANTELEYEV, ZAOZHUANG, GREMYASHCHIY]"
    turned = "screen: [GUIYANG, QIQIHAR, TRIBUTS, PANTELEYEV, ZAOZHUANG, GREMYASHCHIY]"
    comparison = compare(planfile.loads(big()), planfile.loads(edited(big(), units, turned)))
    assert [one.topic for one in comparison.changes] == ["order of screen"]
    stations = "stations: [GUIYANG, ZAOZHUANG, RIZHAO, TAIHU, RUS-GROUP]"
    other = "stations: [RUS-GROUP, ZAOZHUANG, RIZHAO, GUIYANG, TAIHU]"
    assert compare(planfile.loads(big()), planfile.loads(edited(big(), stations, other))).is_empty


def test_officers_notices_permissions_objectives_and_parameters_are_told() -> None:
    new = edited(big(), "safety_officer: Search commander in Admiral Tributs", "safety_officer: Captain Ivanov")
    new = edited(new, "planned: 2023-07-16T06:00Z", "planned: 2023-07-14T06:00Z")
    new = edited(new, "covers: [S110]", "covers: [S110, S109]")
    new = edited(new, "range: 18 nm", "range: 20 nm")
    new = edited(
        new,
        "    reference: assumed\n    confidence: assumed\n    note: the call",
        "    reference: Note 17\n    confidence: assumed\n    note: the call",
    )
    new = edited(new, "Keep an intruder outside 2 nm", "Keep an intruder outside 3 nm")
    found = told(compare(planfile.loads(big()), planfile.loads(new)))
    assert (
        "S105 Joint anti-submarine search: safety officer: Captain Ivanov (was Search commander in Admiral Tributs)"
        in found
    )
    assert ("Notice N1: planned: 140600Z JUL 23 (141500I) (was 160600Z JUL 23 (161500I)), 2 d earlier") in found
    assert "Notice N2: covers: S109 added" in found
    assert "S109 Joint gunnery at surface targets: range: 20.0 nm (was 18.0 nm)" in found
    assert "Permission P1: reference: Note 17 (was assumed)" in found
    assert len([line for line in found if line.startswith("Objective O5: text: ")]) == 1
    assert len(found) == 6


def test_a_class_and_its_figures_concern_its_units() -> None:
    classes = (
        "classes:\n  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, "
        "economical_speed: 12 kn, range: 4000 nm, endurance: 20 d}\n"
    )
    comparison = of(classes, edited(classes, "24 kn", "20 kn"))
    assert told(comparison) == ["Class cutter (Cutter): max speed: 20.0 kn (was 24.0 kn)"]
    assert comparison.changes[0].units == ("ALFA", "BRAVO")


def test_weather_is_known_by_its_times() -> None:
    new = edited(big(), 'sea_state: "4"', 'sea_state: "5"')
    (change,) = compare(planfile.loads(big()), planfile.loads(new)).changes
    assert change.section == "weather"
    assert change.text == "sea state: 5 (was 4)"
    assert "QIQIHAR" in change.units


# ---------------------------------------------------------------------------------------- came, went, has another name


def test_serials_added_and_dropped_are_told_with_time_place_and_units() -> None:
    more = ROW + "  S4: {type: assembly, area: WEST, units: {units: BRAVO}, start: 2026-06-09T00:00Z, duration: 2 h}\n"
    comparison = of(ROW, more)
    assert told(comparison) == ["S4 assembly: added: 090000Z to 090200Z JUN 26 in WEST, with BRAVO"]
    assert [one.text for one in comparison.units[0].programme] == [
        "last serial: S4, which ends 090200Z JUN 26, 22 h later (was S2, which ends 080400Z JUN 26)",
        "new passage from S2 to S4: 4.0 nm in 20 h, 0.2 kn needed",
    ]
    assert told(of(more, ROW)) == ["S4 assembly: dropped (was 090000Z to 090200Z JUN 26 in WEST, with BRAVO)"]


def test_what_comes_is_told_with_what_it_is() -> None:
    fragment = """
nets:
  SAFE: {name: Safety net, purpose: safety, channel: VHF 72, units: ALFA, language: en}
context:
  reservations:
    W1:
      name: Warning 17
      circle: {centre: 38-30N 134-10E, radius: 3 nm}
      hazard: warning
      windows: [{start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z}]
"""
    comparison = of("", fragment)
    assert told(comparison) == [
        (
            "Reservation of others W1 (Warning 17): added: circle of 3.0 nm round 38-30.0N 134-10.0E, "
            "times 080000Z to 090000Z JUN 26, hazard warning"
        ),
        "Net SAFE (Safety net): added: purpose safety, channel VHF 72, units ALFA, language en",
    ]
    assert [one.for_all for one in comparison.changes] == [True, False]


def test_settings_are_told_as_a_file_writes_them() -> None:
    comparison = of("", 'settings: {local_time: "+09:00"}\n')
    assert told(comparison) == ["Example: local time: +09:00 (was +00:00)"]
    assert comparison.changes[0].for_all


def test_a_new_id_is_a_rename_wherever_it_is_named() -> None:
    new = big()
    for old, fresh in (("QIQIHAR", "QQHR"), ("S109", "S209"), ("SIERRA", "SURFACE"), ("O3", "O33"), ("RUS-GROUP", "R")):
        new = new.replace(old, fresh)
    comparison = compare(planfile.loads(big()), planfile.loads(new))
    renames = {(one.section, one.old, one.new) for one in comparison.changes}
    assert {one.kind for one in comparison.changes} == {ChangeKind.RENAMED}
    assert renames == {
        ("units", "QIQIHAR", "QQHR"),
        ("units", "Z9-QIQIHAR", "Z9-QQHR"),
        ("groups", "RUS-GROUP", "R"),
        ("areas", "SIERRA", "SURFACE"),
        ("objectives", "O3", "O33"),
        ("serials", "S109", "S209"),
    }
    assert not any(unit.programme for unit in comparison.units)


def test_serials_that_follow_one_another_are_known_again_when_all_are_renumbered() -> None:
    new = ROW.replace("S1", "T1").replace("S2", "T2").replace("S3", "T3")
    assert told(of(ROW, new)) == ["T1 assembly: was S1 before", "T2 Again: was S2 before", "T3 Third: was S3 before"]


def test_a_serial_with_another_id_and_another_time_is_known_by_its_name() -> None:
    new = edited(ROW.replace("S3", "T9"), "after: S2,", "after: S2, earliest: 2026-06-09T00:00Z,")
    found = of(ROW, new).changes
    assert [(one.kind, one.id, one.topic) for one in found] == [
        (ChangeKind.RENAMED, "T9", ""),
        (ChangeKind.CHANGED, "T9", "time"),
        (ChangeKind.CHANGED, "T9", "earliest"),
    ]


def test_a_serial_with_another_id_and_one_other_parameter_is_renamed_and_changed() -> None:
    old = ROW.replace("duration: 2 h}", "duration: 2 h, spacing: 1 nm}", 1)
    new = old.replace("S1", "S9").replace("spacing: 1 nm", "spacing: 2 nm")
    assert told(of(old, new)) == ["S9 assembly: was S1 before", "S9 assembly: spacing: 2.0 nm (was 1.0 nm)"]


def test_a_serial_with_another_id_and_two_other_things_is_another_serial() -> None:
    old = ROW.replace("duration: 2 h}", "duration: 2 h, spacing: 1 nm}", 1)
    new = old.replace("S1", "S9").replace("spacing: 1 nm", "spacing: 2 nm").replace("08T00:00Z", "08T01:00Z")
    kinds = {(one.id, one.kind) for one in of(old, new).changes if one.id in {"S1", "S9"}}
    assert kinds == {("S1", ChangeKind.DROPPED), ("S9", ChangeKind.ADDED)}


FIRING = """
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 30 nm}}
  EAST: {name: East, circle: {centre: 38-30.0N 134-12.0E, radius: 2 nm}}
serials:
  S1:
    type: gunnery
    name: Firing
    area: WEST
    units: {firing: ALFA}
    start: 2026-06-08T00:00Z
    duration: 2 h
    range: 3 nm
    half_angle: 15
  S2:
    type: assembly
    area: EAST
    units: {units: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
"""


def programme_of(comparison: Comparison, unit: str) -> list[str]:
    return [one.sentence for row in comparison.units if row.id == unit for one in row.programme]


def test_a_danger_area_that_grew_over_a_unit_is_told_to_that_unit() -> None:
    wider = FIRING.replace("range: 3 nm", "range: 12 nm").replace("half_angle: 15", "half_angle: 180")
    comparison = of(FIRING, wider)
    near = [text for text in programme_of(comparison, "BRAVO") if text.startswith("danger area of S1 Firing: now ")]
    assert len(near) == 1
    assert "inside it from 08" in near[0]
    assert not [text for text in programme_of(comparison, "ALFA") if "danger area" in text]
    back = programme_of(of(wider, FIRING), "BRAVO")
    assert not [text for text in back if "danger area" in text]


def test_a_half_angle_is_no_bearing() -> None:
    sentences = [one.sentence for one in of(FIRING, FIRING.replace("half_angle: 15", "half_angle: 20")).changes]
    assert "half angle: 20 degrees (was 15 degrees)" in sentences


def test_a_way_that_cannot_be_worked_out_is_not_told_as_one_that_is_not_gone() -> None:
    waiting = ROW.replace("after: S2, duration", "after: [S2, S3], duration")
    (lost,) = [text for text in programme_of(of(ROW, waiting), "ALFA") if "cannot be worked out" in text]
    assert "its way from S2 to S3 cannot be worked out any more, though it still takes part in S3: S3 has no" in lost
    gone = programme_of(of(ROW, ROW.replace("units: ALFA}, after: S2", "units: BRAVO}, after: S2")), "ALFA")
    assert "no longer goes from S2 to S3" in gone


def test_no_words_are_told_that_only_the_program_knows() -> None:
    old = "units:\n  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, home: Kure}\n"
    comparison = of(old, old.replace(", home: Kure", ""))
    assert "home port: no longer given (was Kure)" in " ".join(told(comparison))
    unknown = told(of(ROW, ROW.replace("[ALFA, BRAVO]", "[ALFA, BRAVVO]", 1)))
    assert any("BRAVVO as units: no unit and no group is called so" in text for text in unknown)


def test_two_alike_serials_are_not_taken_for_one_when_one_of_them_goes() -> None:
    alike = ROW.replace("name: Again, ", "").replace("name: Third, ", "")
    gone = alike[: alike.index("  S3:")]
    assert [(one.kind, one.id) for one in of(alike, gone).changes] == [(ChangeKind.DROPPED, "S3")]


# --------------------------------------------------------------------------------------------- only some, and nothing


def test_only_what_concerns_a_unit_or_a_nation_is_kept() -> None:
    new = edited(big(), "start: 2023-07-22T06:30Z", "start: 2023-07-22T08:00Z")
    new = edited(new, "theme: Safeguarding", "theme: Guarding")
    new = edited(
        new, "start: 2023-07-23T00:00Z\n    duration: 1 h 30 min", "start: 2023-07-23T00:00Z\n    duration: 1 h"
    )
    comparison = compare(planfile.loads(big()), planfile.loads(new))
    assert {one.id for one in comparison.changes} == {"", "S112", "S116"}
    assert {one.id for one in comparison.only(units=("PANTELEYEV",)).changes} == {"", "S112"}
    assert {one.id for one in comparison.only(units=("GUIYANG",)).changes} == {"", "S116"}
    assert {one.id for one in comparison.only(units=("TAIHU",)).changes} == {""}
    russian = comparison.only(nations=("RUS",))
    assert {unit.nation for unit in russian.units} == {"RUS"}
    assert [nation.nation for nation in russian.nations] == ["RUS"]


def test_a_unit_that_was_renamed_is_found_by_its_old_id() -> None:
    comparison = compare(planfile.loads(big()), planfile.loads(big().replace("TAIHU", "LAKE")))
    assert [unit.id for unit in comparison.only(units=("TAIHU",)).units] == ["LAKE"]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.exercise.yaml")), ids=lambda path: path.name)
def test_a_plan_compared_with_itself_has_no_difference(path: Path) -> None:
    comparison = compare(planfile.load(path), planfile.load(path))
    assert comparison.is_empty
    assert as_text(comparison).rstrip().endswith(NOTHING)


# ------------------------------------------------------------------------------------------------- no field is passed


def _other(value: Any) -> Any:  # noqa: ANN401, C901, PLR0911
    """Another value of the same kind; None where there is none to be made."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, Enum):
        return next((one for one in type(value) if one is not value), None)
    if isinstance(value, int | float):
        return value + 7
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, Position):
        return replace(value, lat_deg=value.lat_deg + 0.5)
    if isinstance(value, Window):
        return replace(value, end_ms=value.end_ms + HOUR_MS)
    if isinstance(value, Polygon):
        return replace(value, vertices=tuple(map(_other, value.vertices)))
    if isinstance(value, Circle):
        return replace(value, radius_m=value.radius_m * 2.0)
    if isinstance(value, Provenance):
        return replace(value, note=value.note + "x")
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return (*value, "another")
    return None


def _with(exercise: Exercise, name: str, value: Any) -> Exercise:  # noqa: ANN401
    fields: dict[str, Any] = {name: value}
    return replace(exercise, **fields)


def _mutants(exercise: Exercise) -> list[tuple[str, Exercise]]:
    """The plan with one field of its first thing of each section changed, for every field that can be."""
    found = []
    for one in dataclasses.fields(exercise):
        held = getattr(exercise, one.name)
        if one.name in {"places", "source", "platforms"}:
            continue
        if isinstance(held, Mapping) and held:
            id_, thing = next(iter(held.items()))
            for inner in dataclasses.fields(thing):
                fresh = _other(getattr(thing, inner.name))
                if fresh is not None and inner.name not in {"id", "key"}:
                    other: Any = {**held, id_: replace(thing, **{inner.name: fresh})}
                    mutant = _with(exercise, one.name, other)
                    found.append((f"{one.name}.{inner.name}", mutant))
        elif (fresh := _other(held)) is not None:
            found.append((one.name, _with(exercise, one.name, fresh)))
    return found


@pytest.mark.parametrize("name", ["small", pytest.param("large", marks=pytest.mark.deep)])
def test_every_field_of_a_plan_that_changes_is_told(name: str) -> None:
    exercise = plan("") if name == "small" else planfile.loads(big())
    mutants = _mutants(exercise)
    assert len(mutants) > 40
    assert [name for name, mutant in mutants if compare(exercise, mutant).is_empty] == []


def test_things_inside_a_section_are_not_told_with_their_id_twice() -> None:
    old = "traffic:\n  fishing:\n    BANK: {area: WEST, spacing: 5 nm}\n"
    (change,) = of(old, old.replace("5 nm", "6 nm")).changes
    assert change.new.startswith("BANK ")
    assert change.new.count("BANK") == 1
