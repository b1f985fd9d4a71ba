"""What the table says: estimates, differences between two plans, what moves a measure."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.campaigns.intervals import (
    Estimate,
    estimate,
    is_share,
    mean_interval,
    wilson_interval,
    within_bounds,
)
from waterspace.campaigns.sensitivity import Influence, influences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.campaigns.table import Table

__all__ = ["Difference", "cell_estimates", "differences", "overall_estimates", "sensitivity", "share_within"]

_SAME = 1e-12
"""Means of 0 and 1 that lie nearer to each other than this are the same, but for rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A measure of the second plan less that of the first.

    Attributes:
        first: mean under the first plan, over the runs that are paired.
        second: under the second.
        estimate: of the difference, paired by seed and variant.
        unpaired: runs of either plan that have no such measure in the other.
    """

    measure: str
    first: float
    second: float
    estimate: Estimate
    unpaired: int


def overall_estimates(table: Table, measures: Sequence[str], plan: int = 1) -> dict[str, Estimate]:
    """The mean or share of every measure over all variants of a plan, with its interval.

    The variants of one replication share their luck, so they are no independent values. Where there are several, the
    interval is that of the means of the replications, of those that have every variant. Where these means are all the
    same, what is yes or no has Wilson's interval for so many replications: a mean of values between 0 and 1 spreads no
    more than a yes or no of the same mean does.
    """
    rows = [index for index, own in enumerate(table["plan"]) if own == plan]
    several = len({table["variant"][index] for index in rows}) > 1
    found: dict[str, Estimate] = {}
    for name in measures:
        one = _of_replications(table, name, rows) if several else estimate(name, _numbers(table, name, rows))
        if one is not None:
            found[name] = one
    return found


def share_within(table: Table, measure: str, bounds: tuple[float, float], plan: int = 1) -> Estimate:
    """In what share of the runs of a plan a measure lies within bounds, ends included; without one it does not.

    Where there are several variants, the interval is that of the means of the replications.
    """
    name = "within_ratio"
    within = [float(isinstance(value, float) and bounds[0] <= value <= bounds[1]) for value in table[measure]]
    asked: Table = {key: table[key] for key in ("plan", "variant", "replication")}
    asked[name] = [*within]
    return overall_estimates(asked, (name,), plan)[name]


def _of_replications(table: Table, name: str, rows: Sequence[int]) -> Estimate | None:
    """The mean over all runs, with the interval of the means of whole replications."""
    variants = len({table["variant"][index] for index in rows})
    by_replication: dict[object, list[int]] = defaultdict(list)
    for index in rows:
        by_replication[table["replication"][index]].append(index)
    values = _numbers(table, name, rows)
    if not values:
        return None
    whole = [_numbers(table, name, own) for own in by_replication.values() if len(own) == variants]
    means = [math.fsum(own) / len(own) for own in whole if own]
    if len(means) < 2:
        return Estimate(count=len(values), value=math.fsum(values) / len(values), low=None, high=None, method="none")
    interval = mean_interval(means)
    if is_share(name, values) and max(means) - min(means) < _SAME:
        interval = wilson_interval(interval.value * len(means), len(means))
    return replace(within_bounds(name, values, interval), count=len(values), seeds=len(means))


def cell_estimates(table: Table, measure: str, plan: int = 1) -> dict[int, Estimate]:
    """The mean or share of a measure in each variant of a plan that has it, with its interval."""
    found: dict[int, list[float]] = defaultdict(list)
    for own, variant, value in zip(table["plan"], table["variant"], table[measure], strict=True):
        if own == plan and isinstance(variant, int) and isinstance(value, float):
            found[variant].append(value)
    everything = [value for values in found.values() for value in values]
    share = is_share(measure, everything)
    return {
        variant: wilson_interval(sum(own), len(own))
        if share
        else within_bounds(measure, everything, mean_interval(own))
        for variant, own in sorted(found.items())
    }


def differences(table: Table, measures: Sequence[str]) -> tuple[Difference, ...]:
    """For every measure the second plan less the first, paired by seed and variant.

    Source: A. M. Law, "Simulation Modeling and Analysis", 5th ed. (2015), chapter 10, the paired-t interval with common
    random numbers. Replications are independent; where there are several variants, a replication's mean difference
    counts as one value.
    """
    found = []
    for name in measures:
        pairs: dict[tuple[object, object], dict[object, float]] = defaultdict(dict)
        for plan, variant, replication, value in zip(
            table["plan"], table["variant"], table["replication"], table[name], strict=True
        ):
            if isinstance(value, float):
                pairs[replication, variant][plan] = value
        both = {key: pair for key, pair in pairs.items() if len(pair) == 2}
        if not both:
            continue
        by_replication: dict[object, list[float]] = defaultdict(list)
        for (seed, _), pair in both.items():
            by_replication[seed].append(pair[2] - pair[1])
        means = [math.fsum(own) / len(own) for own in by_replication.values()]
        found.append(
            Difference(
                measure=name,
                first=math.fsum(pair[1] for pair in both.values()) / len(both),
                second=math.fsum(pair[2] for pair in both.values()) / len(both),
                estimate=_possible(name, [*both.values()], mean_interval(means)),
                unpaired=len(pairs) - len(both),
            )
        )
    return tuple(found)


def _possible(name: str, pairs: Sequence[Mapping[object, float]], found: Estimate) -> Estimate:
    """The interval of a difference; two parts of a whole differ by no more than the whole."""
    values = [value for pair in pairs for value in pair.values()]
    if found.low is None or found.high is None or not name.endswith("_ratio"):
        return found
    if min(values) < 0.0 or max(values) > 1.0:
        return found
    return replace(found, low=max(-1.0, found.low), high=min(1.0, found.high))


def sensitivity(table: Table, factors: Sequence[str], measure: str) -> tuple[Influence, ...]:
    """The varied values in the order of their influence on a measure of the first plan."""
    rows = [index for index, plan in enumerate(table["plan"]) if plan == 1 and table[measure][index] is not None]
    columns = {factor: [table[factor][index] for index in rows] for factor in factors}
    return influences(columns, _numbers(table, measure, rows), [table["variant"][index] for index in rows])


def _numbers(table: Table, name: str, rows: Sequence[int]) -> list[float]:
    return [value for index in rows if isinstance(value := table[name][index], float)]
