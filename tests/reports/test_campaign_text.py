"""What a campaign says of one measure in a terminal."""

from __future__ import annotations

import re

import pytest

import waterspace
from campaign_cases import passex
from waterspace.errors import CampaignError
from waterspace.reports.campaign_text import measure_text

MEASURE = "S2.time_to_station_ms"


def test_one_plan_has_one_line_with_an_interval() -> None:
    done = waterspace.campaign(passex(), runs=20)
    assert re.fullmatch(rf"{MEASURE}\n  all runs    .+, .+ to .+ \(Student, 20 runs\)\n", measure_text(done, MEASURE))


def test_few_variants_are_listed_and_nothing_is_said_to_move_nothing() -> None:
    done = waterspace.campaign(passex(), runs=40, vary=["serials.S2.reaction=5 s,240 s"], design="grid")
    text = measure_text(done, MEASURE)
    assert re.search(r"^  serials\.S2\.reaction  mean$", text, re.MULTILINE)
    assert re.search(r"^  5 s +\S+", text, re.MULTILINE)
    assert "not moved" not in text
    assert text.endswith(
        "  the variants differ by more than chance would, 20 seeds compared\n"
        "  2 variants are too few to rank what moves it\n"
    )


def test_many_variants_say_what_moves_a_measure_and_what_does_not() -> None:
    vary = ["serials.S2.reaction=5 s..240 s", "serials.S1.duration=29 min..31 min"]
    text = measure_text(waterspace.campaign(passex(), runs=80, vary=vary, variants=40), MEASURE)
    assert re.search(r"moved by serials\.S2\.reaction: \d+ % of its variance, rises", text)
    assert text.endswith("not moved by more than chance would: serials.S1.duration\n")


def test_two_plans_have_a_difference_and_the_same_plan_twice_has_none() -> None:
    other = passex(serials__S2__reaction="200 s")
    text = measure_text(waterspace.campaign(passex(), runs=40, against=other), MEASURE)
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["first", "second", "difference"]
    assert text.endswith("(20 seeds in pairs; zero is outside)\n")
    alike = measure_text(waterspace.campaign(passex(), runs=40, against=passex()), MEASURE)
    assert alike.endswith("difference  0 min (20 seeds in pairs; the same under both plans in every pair)\n")
    assert "zero is inside" not in alike


def test_a_measure_that_is_not_there_is_named_with_those_that_are_near() -> None:
    done = waterspace.campaign(passex(), runs=2)
    with pytest.raises(
        CampaignError, match=r"--show: no run has a measure 'S2.time_to_staton_ms'; did you mean S2.time"
    ):
        measure_text(done, "S2.time_to_staton_ms")
