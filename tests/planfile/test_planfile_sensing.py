"""The key `sensors`, and what a class says of the height of its radar and its lookout."""

from __future__ import annotations

from pathlib import Path

import pytest

from waterspace import planfile
from waterspace.domain import Sensors
from waterspace.errors import PlanFileError
from waterspace.quantity import MINUTE_MS

PLAN = (Path(__file__).resolve().parents[2] / "examples" / "passex.exercise.yaml").read_text(encoding="utf-8")


def sensors_of(tmp_path: Path, text: str) -> Sensors | None:
    path = tmp_path / "plan.exercise.yaml"
    path.write_text(PLAN + text, encoding="utf-8")
    return planfile.load(path).sensors


def test_without_the_key_the_exercise_says_nothing_of_sensors(tmp_path: Path) -> None:
    assert sensors_of(tmp_path, "") is None


def test_an_empty_key_takes_what_is_assumed(tmp_path: Path) -> None:
    assert sensors_of(tmp_path, "\nsensors: {}\n") == Sensors()


def test_every_key_reaches_the_value_it_names(tmp_path: Path) -> None:
    text = """
sensors: {ais: no, radar: no, lookout: no, radar_time: 1 min, lookout_time: 2 min, small_ais: 30 %, warning: 0 min,
          visibility: 3000 m}
"""
    assert sensors_of(tmp_path, text) == Sensors(
        ais=False,
        radar=False,
        lookout=False,
        radar_mean_ms=MINUTE_MS,
        lookout_mean_ms=2 * MINUTE_MS,
        small_ais_ratio=0.3,
        warning_ms=0,
        visibility_m=3000.0,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{small_ais: 130 %}", "at most 100%"),
        ("{radar_time: 0 min}", "radar_time"),
        ("{visibility: 0 m}", "visibility"),
        ("{radr: no}", "Did you mean radar?"),
    ],
)
def test_what_no_ship_can_have_is_a_fault_at_its_key(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(PlanFileError, match=expected.replace("?", r"\?")):
        sensors_of(tmp_path, f"\nsensors: {text}\n")


def test_a_class_says_how_high_its_radar_and_its_lookout_are(tmp_path: Path) -> None:
    path = tmp_path / "plan.exercise.yaml"
    classes = (
        "\nclasses:\n  CUTTER: {name: Cutter, kind: cutter, medium: surface, radar_height: 18 m, eye_height: 9 m}\n"
    )
    path.write_text(PLAN + classes, encoding="utf-8")
    cutter = planfile.load(path).platforms["CUTTER"]
    assert (cutter.radar_height_m, cutter.eye_height_m) == (18.0, 9.0)
