"""Measures that a campaign can have are known before it runs."""

from __future__ import annotations

import pytest

import waterspace
from campaign_cases import passex
from waterspace.campaigns.expected import expected_measures, refuse_unexpected
from waterspace.errors import CampaignError


def test_every_measure_that_runs_give_was_expected() -> None:
    done = waterspace.campaign(passex(), runs=4)
    assert {name.partition("#")[0] for name in done.measures} <= set(expected_measures(passex()))


@pytest.mark.parametrize(
    ("measure", "near"),
    [
        ("S1.cals_count", "did you mean S1.calls_count"),
        ("S2.time_to_staton_ms", "did you mean S2.time_to_station_ms"),
        ("S9.calls_count", "did you mean S1.calls_count"),
        ("S1", "there are for example exercise.completed_count"),
    ],
)
def test_a_measure_that_no_run_can_have_is_refused_with_what_is_near(measure: str, near: str) -> None:
    with pytest.raises(CampaignError) as refused:
        refuse_unexpected(measure, [passex()], "--show")
    assert near in str(refused.value)
    with pytest.raises(CampaignError, match="--target-half-width: no run has a measure"):
        waterspace.campaign(passex(), runs=10**9, target_half_width=(measure, 1.0))
