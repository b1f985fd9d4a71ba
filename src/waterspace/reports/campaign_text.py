"""Campaign text: what a campaign has to say of one measure, in a few lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.campaigns.expected import unknown_measure
from waterspace.errors import CampaignError
from waterspace.reports.campaign_rows import MOST_VARIANTS, influence_of, spread_text, too_few_text, variant_runs
from waterspace.reports.campaign_values import basis_text, difference_texts, interval_text, value_text

if TYPE_CHECKING:
    from waterspace.campaigns import Campaign
    from waterspace.campaigns.intervals import Estimate

__all__ = ["measure_text"]


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
        head = ("first plan", "second plan")[number - 1] if several else "all runs"
        lines.append(f"  {head:<12}{_estimate(campaign, measure, number)}")
    lines += _difference(campaign, measure)
    lines += [f"  {line}" for line in _variants(campaign, measure)]
    lines += _influences(campaign, measure)
    return "\n".join(lines) + "\n"


def _estimate(campaign: Campaign, measure: str, plan: int) -> str:
    estimate = campaign.estimates(plan).get(measure)
    if estimate is None:
        return "in no run"
    interval = interval_text(measure, estimate)
    between = f", {interval}" if interval else ""
    return f"{value_text(measure, estimate.value)}{between} ({basis_text(campaign, measure, estimate, plan)})"


def _difference(campaign: Campaign, measure: str) -> list[str]:
    found = [one for one in campaign.differences() if one.measure == measure]
    lines = []
    for one in found:
        own = one.estimate
        _, _, apart, interval = difference_texts(one)
        between = f", {interval}" if interval else ""
        pairs = f"{own.count} seed{'s'[: own.count > 1]} in pairs"
        lines.append(f"  {'difference':<12}{apart}{between} ({pairs}; {_verdict(own)})")
    return lines


def _verdict(own: Estimate) -> str:
    if own.low is None or own.high is None:
        return "no interval"
    if own.low == own.high:
        return "the same in every pair" if own.value else "the same under both plans in every pair"
    return "zero is inside: no difference shown" if own.low <= 0.0 <= own.high else "zero is outside"


def _variants(campaign: Campaign, measure: str) -> list[str]:
    """The first plan in each variant, where they are few."""
    if not 1 < len(campaign.plan.variants) <= MOST_VARIANTS:
        return []
    names = [factor.path for factor in campaign.plan.factors]
    rows = [
        [*texts, *(_cell(campaign, measure, number, plan) for plan in range(1, len(campaign.plan.plans) + 1))]
        for number, texts in enumerate(campaign.plan.variants, start=1)
    ]
    heads = [*names, *(("first plan", "second plan") if len(campaign.plan.plans) > 1 else ("mean",))]
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    return [
        "  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip()
        for row in (heads, *rows)
    ]


def _cell(campaign: Campaign, measure: str, variant: int, plan: int) -> str:
    estimate = campaign.by_variant(measure, plan).get(variant)
    if estimate is None:
        return "in no run"
    runs = variant_runs(campaign, variant, estimate, plan)
    words = "; ".join(filter(None, (interval_text(measure, estimate), runs)))
    return value_text(measure, estimate.value) + (f" ({words})" if words else "")


def _influences(campaign: Campaign, measure: str) -> list[str]:
    if not campaign.plan.factors:
        return []
    moved = influence_of(campaign, measure)
    lines = [f"  moved by {path}: {text}" for path, text in moved.items()]
    rest = [factor.path for factor in campaign.plan.factors if factor.path not in moved]
    few = too_few_text(campaign)
    if few:
        spread = spread_text(campaign, measure)
        under = "under the first plan: " if len(campaign.plan.plans) > 1 else ""
        lines += [f"  {under}{spread}"] if spread else []
    if rest:
        names = ", ".join(rest)
        lines.append(f"  {few} what moves it" if few else f"  not moved by more than chance would: {names}")
    return lines
