"""Campaign rows: what the page of a campaign shows, as text and small pictures."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from waterspace.notation import format_duration
from waterspace.quantity import SECOND_MS
from waterspace.reports.wording import amount, serial_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.campaigns import Campaign
    from waterspace.campaigns.intervals import Estimate
    from waterspace.campaigns.sensitivity import Influence

__all__ = [
    "DifferenceRow",
    "InfluenceRow",
    "MeasureRow",
    "SubjectRows",
    "VariantRow",
    "campaign_command",
    "difference_rows",
    "influence_of",
    "influence_rows",
    "interval_text",
    "subject_rows",
    "value_text",
    "variant_measures",
    "variant_rows",
]

_BINS = 24
_WIDTH, _HEIGHT = 192, 40
_MOST_MEASURES = 4
"""Measures beside each variant, those that the varied values move most."""
_FAINT, _CHANCE = 0.01, 0.01
"""Shares below the one are not shown, nor those that chance alone would give more often than the other (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure over all runs.

    Attributes:
        interval: empty where there is none.
        note: how the interval was worked out.
        drawing: its distribution as SVG; empty where every run gave the same.
    """

    column: str
    name: str
    mean: str
    interval: str
    note: str
    count: int
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
    note = {"t": "Student's t", "Wilson": "Wilson", "none": ""}[estimate.method]
    differs = min(values) != max(values)
    return MeasureRow(
        column=column,
        name=amount(column.partition(".")[2].partition("#")[0], 0.0).name,
        mean=value_text(column, estimate.value),
        interval=interval_text(column, estimate) if differs or estimate.method == "Wilson" else "",
        note=note,
        count=estimate.count,
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


def value_text(column: str, value: float) -> str:
    """A value in mariner's units, finer than for a single run, with its sign; what reads as zero has none."""
    text = _size_text(column.partition("#")[0], abs(value))
    sign = "−" if value < 0.0 and any(digit in text for digit in "123456789") else ""  # noqa: RUF001  # a real minus
    return sign + text


def _size_text(name: str, value: float) -> str:
    if name.endswith("_ratio"):
        return f"{value * 100.0:.1f} %"
    if name.endswith("_count"):
        return f"{value:g}" if float(value).is_integer() else f"{value:.2f}"
    if name.endswith("_ms"):
        return format_duration(round(value / SECOND_MS) * SECOND_MS)
    return amount(name, value).text


def interval_text(column: str, estimate: Estimate) -> str:
    """The interval of an estimate in the same units; empty where there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{value_text(column, estimate.low)} to {value_text(column, estimate.high)}"


def _narrow(column: str, estimate: Estimate) -> str:
    """The interval; empty where it reads as one value."""
    text = interval_text(column, estimate)
    low, _, high = text.partition(" to ")
    return "" if low == high else text


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


def variant_measures(campaign: Campaign) -> tuple[str, ...]:
    """The measures shown beside each variant: the one that was aimed at, and those that are moved most."""
    aimed = () if campaign.plan.wishes.target is None else (campaign.plan.wishes.target[0],)
    moved = (row.column for row in influence_rows(campaign))
    return tuple(dict.fromkeys((*aimed, *moved)))[:_MOST_MEASURES]


def variant_rows(campaign: Campaign) -> tuple[VariantRow, ...]:
    """Every variant with its values and some measures."""
    columns = variant_measures(campaign)
    by_column = {column: campaign.by_variant(column) for column in columns}
    return tuple(
        VariantRow(
            number=number,
            values=values,
            measures=tuple(
                (value_text(column, own.value), _narrow(column, own))
                if (own := by_column[column].get(number))
                else ("", "")
                for column in columns
            ),
        )
        for number, values in enumerate(campaign.plan.variants, start=1)
        if values
    )


def difference_rows(campaign: Campaign) -> tuple[DifferenceRow, ...]:
    """Measures under both plans; those whose interval leaves out zero first, and none that is the same in every run."""
    rows = [
        DifferenceRow(
            column=one.measure,
            first=value_text(one.measure, one.first),
            second=value_text(one.measure, one.second),
            difference=value_text(one.measure, one.estimate.value),
            interval=interval_text(one.measure, one.estimate),
            count=one.estimate.count,
            differs=one.estimate.low is not None
            and one.estimate.high is not None
            and not one.estimate.low <= 0.0 <= one.estimate.high,
        )
        for one in campaign.differences()
        if one.estimate.value or one.estimate.half_width not in {0.0, float("inf")}
    ]
    return tuple(sorted(rows, key=lambda row: not row.differs))


def campaign_command(campaign: Campaign) -> str:
    """The command that gives the same table again."""
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
    return shlex.join([*words, "--out", "again"])


def _file(campaign: Campaign, plan: int) -> str:
    file = campaign.plan.plans[plan].source.file
    return "exercise.yaml" if file in {"-", ""} else file.replace("\\", "/").rpartition("/")[2]
