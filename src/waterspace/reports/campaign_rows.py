"""Campaign rows: what the page of a campaign shows, as text and small pictures."""

from __future__ import annotations

import math
import shlex
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from waterspace.reports.campaign_values import (
    difference_texts,
    interval_text,
    missing_text,
    runs_text,
    steady_text,
    value_text,
)
from waterspace.reports.wording import amount, serial_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.campaigns import Campaign
    from waterspace.campaigns.intervals import Estimate
    from waterspace.campaigns.results import Difference
    from waterspace.campaigns.sensitivity import Influence

__all__ = [
    "MOST_VARIANTS",
    "DifferenceRow",
    "InfluenceRow",
    "MeasureRow",
    "SubjectRows",
    "VariantRow",
    "campaign_command",
    "difference_rows",
    "influence_of",
    "influence_rows",
    "spread_text",
    "subject_rows",
    "too_few_text",
    "variant_measures",
    "variant_rows",
    "variant_runs",
]

_BINS = 24
_WIDTH, _HEIGHT = 192, 40
_MOST_MEASURES = 4
"""Measures beside each variant where nobody asks: those that the varied values move most, or that differ most."""
MOST_VARIANTS = 16
"""So many variants are listed one by one; more are needed to say that a value moves nothing (assumed)."""
_FAINT, _CHANCE = 0.01, 0.01
"""Shares below the one are not shown, nor those that chance alone would give more often than the other (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure over all runs.

    Attributes:
        interval: empty where there is none.
        note: how the interval was worked out, or why there is none.
        count: of runs that have it.
        runs: the same in words, with how many there are of which some have none.
        missing: why some have none; empty where all have it.
        drawing: its distribution as SVG; empty where every run gave the same.
    """

    column: str
    name: str
    mean: str
    interval: str
    note: str
    count: int
    runs: str
    missing: str
    least: str
    median: str
    most: str
    drawing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRows:
    """The measures of one serial.

    Attributes:
        varying: those that differ between runs.
        steady: those that are the same in every run.
    """

    subject: str
    title: str
    varying: tuple[MeasureRow, ...]
    steady: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InfluenceRow:
    """What the varied values have to do with one measure.

    Attributes:
        shares: for each factor in the order of the campaign: percentage of variance, its length from 0 to 100, and a
            sign for the direction.
    """

    column: str
    shares: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantRow:
    """One variant: its values, and some measures with their intervals."""

    number: int
    values: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceRow:
    """A measure under both plans."""

    column: str
    first: str
    second: str
    difference: str
    interval: str
    count: int
    differs: bool


def subject_rows(campaign: Campaign, plan: int = 1) -> tuple[SubjectRows, ...]:
    """Every measure with its interval and distribution, by subject."""
    estimates = campaign.estimates(plan)
    exercise = campaign.plan.plans[plan - 1]
    found = []
    for subject, names in groupby(campaign.measures, key=lambda name: name.partition(".")[0]):
        rows = [_measure_row(campaign, name, estimates[name], plan) for name in names if name in estimates]
        found.append(
            SubjectRows(
                subject="The exercise" if subject == "exercise" else subject,
                title=serial_name(exercise, subject),
                varying=tuple(row for row in rows if row.drawing),
                steady=tuple(row for row in rows if not row.drawing),
            )
        )
    return tuple(found)


def _measure_row(campaign: Campaign, column: str, estimate: Estimate, plan: int) -> MeasureRow:
    table = campaign.table
    values = [
        value
        for own, value in zip(table["plan"], table[column], strict=True)
        if own == plan and isinstance(value, float)
    ]
    differs = min(values) != max(values)
    interval = interval_text(column, estimate) if differs or estimate.method == "Wilson" else ""
    note = {"t": "Student's t", "Wilson": "Wilson", "none": ""}[estimate.method]
    if interval and estimate.method == "Wilson" and estimate.seeds:
        note += f", {estimate.seeds} seeds"
    return MeasureRow(
        column=column,
        name=amount(column.partition(".")[2].partition("#")[0], 0.0).name,
        mean=value_text(column, estimate.value),
        interval=interval,
        note=note if interval else steady_text(campaign, estimate),
        count=estimate.count,
        runs=runs_text(campaign, column, plan),
        missing=missing_text(campaign, column, plan),
        least=value_text(column, min(values)),
        median=value_text(column, float(np.median(values))),
        most=value_text(column, max(values)),
        drawing=_histogram(values) if differs else "",
    )


def _histogram(values: Sequence[float]) -> str:
    """Bars as SVG; values that are all whole and few have a bar each."""
    data = np.asarray(values)
    low, high = float(data.min()), float(data.max())
    whole = bool(np.all(data == np.round(data))) and high - low < _BINS
    edges = np.arange(low - 0.5, high + 1.0) if whole else np.linspace(low, high, _BINS + 1)
    counts, _ = np.histogram(data, bins=edges)
    step = _WIDTH / len(counts)
    bars = "".join(
        f'<rect x="{index * step + 0.5:.1f}" y="{_HEIGHT - height:.1f}" width="{max(1.0, step - 1.0):.1f}" '
        f'height="{height:.1f}"/>'
        for index, count in enumerate(counts)
        if (height := max(1.0, (_HEIGHT - 2.0) * count / counts.max()) if count else 0.0)
    )
    return (
        f'<svg class="histogram" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'aria-hidden="true">{bars}<line x1="0" x2="{_WIDTH}" y1="{_HEIGHT}" y2="{_HEIGHT}"/></svg>'
    )


def influence_rows(campaign: Campaign) -> tuple[InfluenceRow, ...]:
    """Measures that a varied value moves, those that are moved most first."""
    paths = [factor.path for factor in campaign.plan.factors]
    found = []
    for column in campaign.measures if paths else ():
        seen = _seen(campaign, column)
        if not seen:
            continue
        most = max(one.share for one in seen.values())
        shares = tuple(
            (f"{one.share * 100.0:.0f} %", round(one.share * 100.0), _arrow(one.direction))
            if (one := seen.get(path)) is not None
            else ("", 0, "")
            for path in paths
        )
        found.append((most, InfluenceRow(column=column, shares=shares)))
    return tuple(row for _, row in sorted(found, key=lambda pair: (-pair[0], pair[1].column)))


def influence_of(campaign: Campaign, measure: str) -> dict[str, str]:
    """The varied values that move a measure by more than chance would, the greatest first, each in words."""
    return {
        path: f"{one.share * 100.0:.0f} % of its variance" + (f", {way}" if (way := _arrow(one.direction)) else "")
        for path, one in _seen(campaign, measure).items()
    }


def _seen(campaign: Campaign, measure: str) -> dict[str, Influence]:
    """What is worth showing of the influences on a measure, by path, the greatest first."""
    found = campaign.sensitivity(measure)
    return {one.factor: one for one in found if one.share >= _FAINT and one.chance < _CHANCE}


def _arrow(direction: float | None) -> str:
    if direction is None:
        return ""
    return f"{'rises' if direction > 0.0 else 'falls'} ({direction:+.2f})".replace("-", "−")  # noqa: RUF001  # a real minus


def too_few_text(campaign: Campaign) -> str:
    """That so few variants cannot say what moves a measure; empty where there are enough."""
    count = len(campaign.plan.variants)
    few = campaign.plan.factors and count <= MOST_VARIANTS
    return f"{count} variant{'s'[: count > 1]} {'are' if count > 1 else 'is'} too few to rank" if few else ""


def spread_text(campaign: Campaign, measure: str, plan: int = 1) -> str:
    """Whether the variants differ in a measure, seed by seed; empty where that cannot be compared."""
    found = campaign.spread(measure, plan) if len(campaign.plan.variants) > 1 else None
    if found is None:
        return ""
    if found.share == 0.0:
        return f"the same in every variant, {found.seeds} seeds compared"
    if found.chance >= _CHANCE:
        return f"the variants do not differ by more than chance would, {found.seeds} seeds compared"
    return f"the variants differ by more than chance would, {found.seeds} seeds compared"


def variant_measures(campaign: Campaign, show: Sequence[str] = ()) -> tuple[str, ...]:
    """The measures shown beside each variant: those asked for, or else those that the variants have most to do with.

    The one that was aimed at comes first, then those that a varied value moves most, then those that differ most
    between the variants, compared seed by seed: of serials before others.
    """
    aimed = () if campaign.plan.wishes.target is None else (campaign.plan.wishes.target[0],)
    asked = tuple(dict.fromkeys((*(name for name in show if name in campaign.measures), *aimed)))
    if show:
        return asked
    moved = (row.column for row in influence_rows(campaign))
    return tuple(dict.fromkeys((*asked, *moved, *_apart(campaign))))[:_MOST_MEASURES]


def _apart(campaign: Campaign) -> tuple[str, ...]:
    """The measures in which the variants differ by more than chance would, those of serials first."""
    spreads = [found for name in campaign.measures if (found := campaign.spread(name)) is not None]
    apart = [one for one in spreads if one.chance < _CHANCE]
    apart = apart or [one for one in spreads if one.share > 0.0]
    return tuple(one.measure for one in sorted(apart, key=lambda one: (_rank(campaign, one.measure), -one.share)))


def _rank(campaign: Campaign, measure: str) -> int:
    """Serials first, then the exercise, then units and their fuel."""
    subject = measure.partition(".")[0]
    if any(subject in plan.serials for plan in campaign.plan.plans):
        return 0
    return 1 if subject == "exercise" else 2


def variant_rows(campaign: Campaign, show: Sequence[str] = ()) -> tuple[VariantRow, ...]:
    """Every variant with its values and some measures."""
    columns = variant_measures(campaign, show)
    by_column = {column: campaign.by_variant(column) for column in columns}
    return tuple(
        VariantRow(
            number=number,
            values=values,
            measures=tuple(
                _variant_cell(campaign, number, column, by_column[column].get(number)) for column in columns
            ),
        )
        for number, values in enumerate(campaign.plan.variants, start=1)
        if values
    )


def _variant_cell(campaign: Campaign, number: int, column: str, own: Estimate | None) -> tuple[str, str]:
    if own is None:
        return "in no run", ""
    words = (interval_text(column, own), variant_runs(campaign, number, own))
    return value_text(column, own.value), ", ".join(filter(None, words))


def variant_runs(campaign: Campaign, number: int, estimate: Estimate, plan: int = 1) -> str:
    """How many runs of a variant have a measure; empty where all have."""
    pairs = zip(campaign.table["plan"], campaign.table["variant"], strict=True)
    runs = sum(pair == (plan, number) for pair in pairs)
    return f"{estimate.count} of {runs} runs" if estimate.count < runs else ""


def difference_rows(campaign: Campaign) -> tuple[DifferenceRow, ...]:
    """Measures under both plans, and none that is the same in every run.

    Those of serials come before those of units; among them first what differs most for the width of its interval.
    """
    found = [
        one for one in campaign.differences() if one.estimate.value or one.estimate.half_width not in {0.0, math.inf}
    ]
    found.sort(key=lambda one: (_rank(campaign, one.measure), -_size(one.estimate)))
    return tuple(_difference_row(one) for one in found)


def _size(estimate: Estimate) -> float:
    """A difference in half-widths of its interval."""
    if estimate.half_width == 0.0:
        return math.inf
    return abs(estimate.value) / estimate.half_width


def _difference_row(one: Difference) -> DifferenceRow:
    first, second, apart, interval = difference_texts(one)
    own = one.estimate
    return DifferenceRow(
        column=one.measure,
        first=first,
        second=second,
        difference=apart,
        interval=interval or ("the same in every pair" if own.low is not None else ""),
        count=own.count,
        differs=own.low is not None and own.high is not None and not own.low <= 0.0 <= own.high,
    )


def campaign_command(campaign: Campaign, show: Sequence[str] = ()) -> str:
    """The command that gives the same table again, and the same page."""
    wishes = campaign.plan.wishes
    words = ["waterspace", "campaign", _file(campaign, 0), "--runs", str(wishes.runs), "--seed", str(wishes.seed)]
    for text in wishes.vary:
        words += ("--vary", text)
    if wishes.vary:
        words += ("--design", wishes.design.value)
        if wishes.design.value != "grid":
            words += ("--variants", str(len(campaign.plan.variants)))
    if len(campaign.plan.plans) > 1:
        words += ("--against", _file(campaign, 1))
    if wishes.target is not None:
        words += ("--target-half-width", f"{wishes.target[0]}={wishes.target[1]:g}")
    for measure in show:
        words += ("--show", measure)
    return shlex.join([*words, "--out", "again"])


def _file(campaign: Campaign, plan: int) -> str:
    file = campaign.plan.plans[plan].source.file
    return "exercise.yaml" if file in {"-", ""} else file
