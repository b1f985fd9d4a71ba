"""Campaign text: what a campaign has to say of one measure, in a few lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.campaigns.table import unknown_measure
from waterspace.errors import CampaignError
from waterspace.reports.campaign_rows import influence_of, interval_text, value_text

if TYPE_CHECKING:
    from waterspace.campaigns import Campaign
    from waterspace.campaigns.intervals import Estimate

__all__ = ["MOST_VARIANTS", "measure_text"]

MOST_VARIANTS = 16
"""Up to so many variants are listed one by one; more are needed to say that a value moves nothing (assumed)."""
_METHODS = {"t": "Student", "Wilson": "Wilson", "none": "no interval"}


def measure_text(campaign: Campaign, measure: str) -> str:
    """The mean or share of a measure with its interval; what is varied and compared; ends in a newline.

    Raises:
        CampaignError: no run has such a measure.
    """
    if measure not in campaign.measures:
        raise CampaignError(f"--show: {unknown_measure(measure, campaign.measures)}")
    lines = [measure]
    several = len(campaign.plan.plans) > 1
    for number in range(1, len(campaign.plan.plans) + 1):
        own = campaign.estimates(number).get(measure)
        head = ("first plan", "second plan")[number - 1] if several else "all runs"
        lines.append(f"  {head:<12}{_estimate(measure, own)}")
    lines += _difference(campaign, measure)
    lines += [f"  {line}" for line in _variants(campaign, measure)]
    lines += _influences(campaign, measure)
    return "\n".join(lines) + "\n"


def _estimate(measure: str, estimate: Estimate | None) -> str:
    if estimate is None:
        return "in no run"
    interval = interval_text(measure, estimate)
    between = f", {interval}" if interval else ""
    return f"{value_text(measure, estimate.value)}{between} ({_METHODS[estimate.method]}, {estimate.count} runs)"


def _difference(campaign: Campaign, measure: str) -> list[str]:
    found = [one for one in campaign.differences() if one.measure == measure]
    lines = []
    for one in found:
        own = one.estimate
        text = f"{value_text(measure, own.value)}, {interval_text(measure, own)}"
        sure = own.low is not None and own.high is not None and not own.low <= 0.0 <= own.high
        verdict = "zero is outside" if sure else "zero is inside: no difference shown"
        lines.append(f"  {'difference':<12}{text} ({own.count} seeds in pairs; {verdict})")
    return lines


def _variants(campaign: Campaign, measure: str) -> list[str]:
    """The first plan in each variant, where they are few."""
    if not 1 < len(campaign.plan.variants) <= MOST_VARIANTS:
        return []
    by_variant = [campaign.by_variant(measure, plan + 1) for plan in range(len(campaign.plan.plans))]
    names = [factor.path for factor in campaign.plan.factors]
    rows = [
        [*texts, *(_cell(measure, own.get(number)) for own in by_variant)]
        for number, texts in enumerate(campaign.plan.variants, start=1)
    ]
    heads = [*names, *(("first plan", "second plan") if len(by_variant) > 1 else ("mean",))]
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    return [
        "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip()
        for row in (heads, *rows)
    ]


def _cell(measure: str, estimate: Estimate | None) -> str:
    if estimate is None:
        return "in no run"
    interval = interval_text(measure, estimate)
    return value_text(measure, estimate.value) + (f" ({interval})" if interval else "")


def _influences(campaign: Campaign, measure: str) -> list[str]:
    if not campaign.plan.factors:
        return []
    moved = influence_of(campaign, measure)
    lines = [f"  moved by {path}: {text}" for path, text in moved.items()]
    rest = [factor.path for factor in campaign.plan.factors if factor.path not in moved]
    if rest and len(campaign.plan.variants) > MOST_VARIANTS:
        lines.append(f"  not moved by more than chance would: {', '.join(rest)}")
    return lines
