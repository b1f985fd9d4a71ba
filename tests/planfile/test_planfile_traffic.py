"""The keys of what is around an exercise: what may stand there, what is refused, and that nobody is asked to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from others_cases import ALONE, FISHING, FOLLOWED, NEIGHBOURS, load
from waterspace.checks import check
from waterspace.domain import Circle
from waterspace.errors import PlanFileError
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from pathlib import Path


def test_every_key_of_traffic_is_read_in_si(tmp_path: Path) -> None:
    text = """\
areas:
  A1: {circle: {centre: 39-15.0N 133-50.0E, radius: 25 nm}}
traffic:
  merchants: 120
  lanes: 12
  encounter_range: 4 nm
  call_range: 0 nm
  fishing:
    BANK: {area: A1, vessels: 7, min_depth: 50 m, max_off_land: 60 nm, home: KRPUS, confidence: assumed}
    SHOAL: {circle: {centre: 39-15.0N 133-50.0E, radius: 25 nm}}
"""
    traffic = load(tmp_path, text).traffic
    assert traffic is not None
    assert (traffic.merchants, traffic.lanes) == (120, 12)
    assert (traffic.encounter_range_m, traffic.call_range_m) == (4.0 * NAUTICAL_MILE_M, 0.0)
    bank, shoal = traffic.fishing["BANK"], traffic.fishing["SHOAL"]
    assert (bank.area, bank.vessels, bank.depth_m, bank.home) == ("A1", 7, (50.0, float("inf")), "KRPUS")
    assert bank.off_land_m == (0.0, 60.0 * NAUTICAL_MILE_M)
    assert isinstance(shoal.footprint, Circle)
    assert shoal.spacing_m == 5.0 * NAUTICAL_MILE_M


def test_a_file_that_does_not_ask_has_no_traffic_and_no_followers(tmp_path: Path) -> None:
    exercise = load(tmp_path)
    assert exercise.traffic is None
    assert load(tmp_path, FOLLOWED).observers["PASSER"].shadows == ""
    assert load(tmp_path, NEIGHBOURS.replace(", ships: 5", "")).other_exercises["OTHERS"].ships == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{spacing: 2 nm}", "says nowhere where they fish: it has neither an area nor a shape."),
        ("{area: A1, circle: {centre: 39N 133E, radius: 5 nm}}", "has both an area and a shape"),
        ("{area: A1, spacing: 2 nm, vessels: 3}", "vessels is given beside spacing"),
        (
            "{area: A1, min_depth: 50 m, max_depth: 40 m}",
            "max_depth is 40 m, but min_depth is 50 m, so that no depth is left",
        ),
        (
            "{area: A1, min_off_land: 9 nm, max_off_land: 9 nm}",
            "max_off_land is 9.0 nm, but min_off_land is 9.0 nm, so that no distance is left",
        ),
        ("{area: A1, spacing: 10 m}", "at least 200 m"),
        ("{area: A1, home: XXABC}", "a port"),
        ("{area: A1, home: 35-06N 129-04E}", "vessels go home to a port of that list only"),
        ("{area: A1, home: Pusna}", "did you mean Busan?"),
        ("{area: A1, vessels: 0}", "at least 1"),
        ("{area: A1, vessels: 20001}", "at most 20000"),
        ("{circle: {centre: 39N 133E, radius: 300 nm}, spacing: 200 m}", "but at most 20,000 vessels may be there"),
        ("{circle: {centre: 39N 133E, radius: 5 nm}, polygon: [39N 133E, 40N 133E, 40N 134E]}", "exactly one of"),
    ],
)
def test_a_ground_that_contradicts_itself_is_a_fault_at_its_place(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(PlanFileError) as refused:
        load(tmp_path, f"traffic:\n  fishing:\n    BANK: {wrong}\n")
    (fault,) = refused.value.faults
    assert said in fault.message
    assert "a mapping" not in fault.message
    assert "position instead" not in str(fault)
    assert fault.path.startswith("traffic.fishing.BANK")
    assert fault.line == len(ALONE.splitlines()) + 3


@pytest.mark.parametrize(
    ("line", "path", "said"),
    [
        (
            "call_range: 6 nm",
            "call_range",
            "is 6.0 nm, but encounter_range is 5.0 nm: a ship is met before it is called",
        ),
        ("encounter_range: 900 m", "encounter_range", "is 900 m, but call_range is 1.0 nm: a ship is met before"),
    ],
)
def test_a_ship_is_not_called_before_it_is_met(tmp_path: Path, line: str, path: str, said: str) -> None:
    with pytest.raises(PlanFileError) as refused:
        load(tmp_path, f"traffic:\n  merchants: 3\n  {line}\n")
    (fault,) = refused.value.faults
    assert (fault.line, fault.path) == (len(ALONE.splitlines()) + 3, f"traffic.{path}")
    assert said in fault.message
    assert fault.advice == "Give both, with encounter_range the greater."


def test_an_area_and_a_unit_that_do_not_exist_are_findings(tmp_path: Path) -> None:
    lost = FISHING.replace("{circle: {centre: 39-15.0N 133-50.0E, radius: 25 nm}, spacing: 6 nm}", "{area: NOWHERE}")
    exercise = load(tmp_path, lost, FOLLOWED.replace("shadows: ALFA", "shadows: GHOST"))
    messages = [finding.message for finding in check(exercise).findings]
    assert any("NOWHERE" in message for message in messages)
    assert any("GHOST" in message for message in messages)


def test_the_schema_knows_the_keys() -> None:
    from waterspace.planfile.schema import json_schema

    schema = json_schema(())
    assert "traffic" in schema["properties"]
    assert {"merchants", "fishing", "encounter_range"} <= schema["definitions"]["Traffic"]["properties"].keys()
    assert {"shadows", "distance"} <= schema["definitions"]["Observer"]["properties"].keys()
