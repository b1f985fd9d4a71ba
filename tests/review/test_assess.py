"""What a run came to, from the example that everybody starts with."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import waterspace
from waterspace.domain import Medium, Run, SerialStatus
from waterspace.geometry.geodesic import distance_m
from waterspace.geometry.legs import position_at, total_length_m
from waterspace.phenomena.fuel import is_down
from waterspace.quantity import KNOT_MPS, NAUTICAL_MILE_M

EXAMPLES = Path(__file__).parents[2] / "examples"
QUANTITIES = ("_m", "_mps", "_s", "_ms", "_deg", "_kg", "_count", "_ratio")


@pytest.fixture(scope="module")
def run() -> Run:
    return waterspace.run(waterspace.load(EXAMPLES / "northern-interaction-2023.exercise.yaml"), seed=1)


def test_every_serial_has_a_record_in_the_order_of_the_file(run: Run) -> None:
    assert [record.serial for record in run.records] == list(run.exercise.serials)
    assert all(record.status is SerialStatus.COMPLETED for record in run.records)


def test_the_run_names_what_it_was_made_from(run: Run) -> None:
    content = (EXAMPLES / "northern-interaction-2023.exercise.yaml").read_bytes()
    assert run.input_sha256 == hashlib.sha256(content).hexdigest()
    assert (run.seed, run.version) == (1, waterspace.__version__)


def test_the_inject_makes_its_serial_late_and_the_record_says_why(run: Run) -> None:
    record = next(record for record in run.records if record.serial == "S106")
    assert record.planned is not None
    assert record.actual is not None
    assert record.actual.start_ms - record.planned.start_ms == 20 * 60_000
    assert record.reason == "put back by an inject"


def test_summaries_agree_with_the_tracks(run: Run) -> None:
    assert {summary.unit for summary in run.summaries} == set(run.tracks)
    for summary in run.summaries:
        legs = run.tracks[summary.unit].legs
        platform = run.exercise.platform(summary.unit)
        if platform is not None and platform.medium is Medium.AIR:
            legs = tuple(leg for leg in legs if not is_down(leg))
        assert summary.distance_m == pytest.approx(total_length_m(legs))
        assert summary.mean_speed_mps <= summary.max_speed_mps * 1.001


def test_what_a_helicopter_is_carried_does_not_count_as_flown(run: Run) -> None:
    flown = {summary.unit: summary.distance_m / NAUTICAL_MILE_M for summary in run.summaries}
    assert flown["Z9-ZAOZHUANG"] < 600.0 < flown["ZAOZHUANG"]


def test_ships_in_one_harbour_are_no_close_approach(run: Run) -> None:
    starts_ms = {run.exercise.serials[id_].start_ms for id_ in ("S001", "S002")}
    assert all(approach.time_ms not in starts_ms for approach in run.closest_approaches)


def test_the_passage_from_qingdao_is_about_as_long_as_by_chart(run: Run) -> None:
    qiqihar = next(summary for summary in run.summaries if summary.unit == "QIQIHAR")
    assert 1200.0 < qiqihar.distance_m / NAUTICAL_MILE_M < 2200.0
    assert qiqihar.fuel_used_ratio is not None
    assert 0.2 < qiqihar.fuel_used_ratio < 0.7


def test_no_ship_is_faster_than_its_class(run: Run) -> None:
    for summary in run.summaries:
        platform = run.exercise.platform(summary.unit)
        assert platform is not None
        fastest_mps = max(platform.max_speed_mps or 0.0, platform.cruise_speed_mps or 0.0, 12.0 * KNOT_MPS)
        assert summary.max_speed_mps <= fastest_mps * 1.01, summary.unit


def test_a_replenished_ship_has_more_left_than_it_would_have_had(run: Run) -> None:
    tsydenzhapov = next(summary for summary in run.summaries if summary.unit == "TSYDENZHAPOV")
    assert tsydenzhapov.fuel_used_ratio is not None
    assert tsydenzhapov.fuel_lowest_ratio is not None
    assert tsydenzhapov.fuel_lowest_ratio > 1.0 - tsydenzhapov.fuel_used_ratio


def test_closest_approaches_are_what_the_tracks_say(run: Run) -> None:
    assert run.closest_approaches
    ranges_m = [approach.range_m for approach in run.closest_approaches]
    assert ranges_m == sorted(ranges_m)
    for approach in run.closest_approaches:
        first, second = (run.tracks[unit].legs for unit in (approach.first, approach.second))
        there_m = distance_m(position_at(first, approach.time_ms), position_at(second, approach.time_ms))
        assert there_m == pytest.approx(approach.range_m, abs=20.0)


def test_measures_are_named_by_quantity_and_belong_to_serials(run: Run) -> None:
    assert {measure.subject for measure in run.measures} >= {"S101", "S105", "S106", "S109", "S117"}
    for measure in run.measures:
        assert measure.name.endswith(QUANTITIES), measure.name
        assert measure.text


def test_a_plan_with_errors_is_run_all_the_same(run: Run) -> None:
    assert run.check.has_errors
    assert any(finding.code == "WS201" for finding in run.check.findings)
