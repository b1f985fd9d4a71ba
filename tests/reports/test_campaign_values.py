"""How the numbers of a campaign are printed: nothing reads as surer, or as more, than it can be."""

from __future__ import annotations

import pytest

from campaign_cases import passex
from waterspace.campaigns.conduct import Campaign
from waterspace.campaigns.intervals import Estimate
from waterspace.campaigns.job import Row
from waterspace.campaigns.plan import Wishes, make_plan
from waterspace.campaigns.results import Difference
from waterspace.reports.campaign_page import render_campaign
from waterspace.reports.campaign_rows import difference_rows, variant_measures, variant_rows
from waterspace.reports.campaign_text import measure_text
from waterspace.reports.campaign_values import difference_texts, interval_text

VARY = ("serials.S2.reaction=10 s,20 s,30 s,40 s",)


def _campaign(values: dict[str, list[float | None]], *, plans: int = 1, vary: tuple[str, ...] = VARY) -> Campaign:
    """A campaign whose runs gave these values, in the order of the runs."""
    count = len(next(iter(values.values())))
    plan = make_plan([passex()] * plans, Wishes(runs=count, vary=vary, variants=4 if vary else None))
    rows = tuple(
        Row(run_id=index + 1, digest=str(index), measures={name: own[index] for name, own in values.items()})
        for index in range(count)
    )
    return Campaign(plan=plan, rows=rows, reached=None)


def _step(seeds: int) -> Campaign:
    """Nine of ten until the last variant, in which nothing arrives any more; fuel that moves a little with it."""
    arrived = [float(variant < 3 and seed % 10 > 0) for seed in range(seeds) for variant in range(4)]
    fuel = [0.9 - 0.01 * variant for _ in range(seeds) for variant in range(4)]
    return _campaign(
        {"BRAVO.fuel_final_ratio": [*fuel], "S2.in_time_ratio": [*arrived], "S1.calls_count": [3.0] * len(fuel)}
    )


def test_a_page_of_four_variants_shows_what_differs_between_them_and_denies_nothing() -> None:
    done = _step(30)
    assert variant_measures(done) == ("S2.in_time_ratio", "BRAVO.fuel_final_ratio")
    cells = [row.measures[0] for row in variant_rows(done)]
    assert [text for text, _ in cells] == ["90.0 %", "90.0 %", "90.0 %", "0.0 %"]
    assert all(interval for _, interval in cells)
    page = render_campaign(done)
    assert "No measure is moved" not in page
    assert "4 variants are too few to rank what moves a measure" in page
    assert "the variants differ by more than chance would, 30 seeds compared" in page


def test_the_measures_that_are_asked_for_stand_beside_the_variants() -> None:
    done = _step(20)
    assert variant_measures(done, ("S1.calls_count",)) == ("S1.calls_count",)
    page = render_campaign(done, ("S1.calls_count",))
    assert "the measures that were asked for" in page
    assert "--show S1.calls_count" in page


def test_runs_in_which_the_serial_did_not_run_are_said_in_terminal_and_report() -> None:
    late: list[float | None] = [None if seed < 2 else 0.0 for seed in range(10) for _ in range(4)]
    ready: list[float | None] = [None if seed < 3 else 1.0 - seed / 100.0 for seed in range(10) for _ in range(4)]
    done = _campaign({"S2.late_ms": late, "S2.ready_ratio": ready})
    said = "in 8 the serial did not run, in 4 there was none to take"
    assert f"28 of 40 runs; {said})" in measure_text(done, "S2.ready_ratio")
    page = render_campaign(done)
    assert f'28 of 40<span class="method note">{said}</span>' in page


def test_what_is_the_same_with_every_seed_is_said_to_be_and_has_no_interval_of_no_width() -> None:
    done = _campaign({"S2.track_m": [100.0, 200.0, 300.0, 400.0] * 5})
    text = measure_text(done, "S2.track_m")
    assert "all runs    250 m (the same with each of 5 seeds over 4 variants, 20 runs)" in text
    assert "250 m to 250 m" not in text + render_campaign(done)


@pytest.mark.parametrize("column", ["S1.x_ratio", "S1.x_count", "S1.x_ms", "S1.x_m"])
def test_no_interval_is_printed_that_reads_as_one_value(column: str) -> None:
    narrow = Estimate(count=9, value=0.4, low=0.4 - 1e-9, high=0.4 + 1e-9, method="t")
    assert interval_text(column, narrow) == ""


def _difference(measure: str, first: float, second: float, half: float) -> Difference:
    apart = second - first
    own = Estimate(count=30, value=apart, low=apart - half, high=apart + half, method="t")
    return Difference(measure=measure, first=first, second=second, estimate=own, unpaired=0)


@pytest.mark.parametrize(
    ("measure", "first", "second", "half", "texts"),
    [
        ("S1.x_ratio", 0.675, 0.883, 0.035, ("67.5 %", "88.3 %", "20.8 points", "17.3 points to 24.3 points")),
        ("S1.x_ratio", 0.9, 0.9003, 0.0001, ("90.00 %", "90.03 %", "0.03 points", "0.02 points to 0.04 points")),
        ("S1.x_m", 22_224.0, 21_854.0, 185.2, ("12.0 nm", "11.8 nm", "−0.2 nm", "−0.3 nm to −0.1 nm")),  # noqa: RUF001  # a real minus
        ("S1.x_kg", 2000.0, 2500.0, 0.0, ("2.0 t", "2.5 t", "0.5 t", "")),
    ],
)
def test_means_and_their_difference_have_one_unit_and_digits_enough(
    measure: str, first: float, second: float, half: float, texts: tuple[str, ...]
) -> None:
    assert difference_texts(_difference(measure, first, second, half)) == texts


def test_differences_go_by_their_size_for_their_interval_and_serials_before_fuel() -> None:
    fuel: list[float | None] = [0.5, 0.4, 0.5, 0.41] * 5
    sure: list[float | None] = [0.0, 10.0, 0.0, 11.0] * 5
    loose: list[float | None] = [0.0, 1.0, 9.0, 0.0] * 5
    done = _campaign(
        {"BRAVO.fuel_final_ratio": fuel, "S1.x_count": loose, "S2.x_count": sure, "exercise.x_count": sure},
        plans=2,
        vary=(),
    )
    assert [row.column for row in difference_rows(done)] == [
        "S2.x_count",
        "S1.x_count",
        "exercise.x_count",
        "BRAVO.fuel_final_ratio",
    ]
