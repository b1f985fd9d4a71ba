"""Campaign values: how the numbers of a campaign are printed, with intervals, differences and what is missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace.notation import format_duration
from waterspace.quantity import NAUTICAL_MILE_M, SECOND_MS, TONNE_KG
from waterspace.reports.wording import amount

if TYPE_CHECKING:
    from waterspace.campaigns import Campaign
    from waterspace.campaigns.intervals import Estimate
    from waterspace.campaigns.results import Difference

__all__ = [
    "basis_text",
    "difference_texts",
    "interval_text",
    "missing_text",
    "runs_text",
    "steady_text",
    "value_text",
]

_MOST_DECIMALS = 6
_METHODS = {"t": "Student", "Wilson": "Wilson", "none": "no interval"}


def value_text(column: str, value: float) -> str:
    """A value in mariner's units, finer than for a single run, with its sign; what reads as zero has none."""
    return _signed(_size_text(column.partition("#")[0], abs(value)), value)


def _signed(text: str, value: float) -> str:
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
    """The interval of an estimate in the same units; empty where there is none, or where it reads as one value."""
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = value_text(column, estimate.low), value_text(column, estimate.high)
    return "" if low == high else f"{low} to {high}"


def steady_text(campaign: Campaign, estimate: Estimate) -> str:
    """What an estimate without a width to print rests on; empty where there is no interval at all."""
    if estimate.low is None or estimate.high is None:
        return ""
    if estimate.low != estimate.high:
        return "the interval is narrower than the last digit"
    if estimate.seeds is None:
        return "the same in every run"
    return f"the same with each of {estimate.seeds} seeds over {len(campaign.plan.variants)} variants"


def basis_text(campaign: Campaign, measure: str, estimate: Estimate, plan: int) -> str:
    """How an interval was worked out and from how many runs."""
    interval = interval_text(measure, estimate)
    method = _METHODS[estimate.method] if interval or estimate.low is None else steady_text(campaign, estimate)
    seeds = f", {estimate.seeds} seeds" if interval and estimate.method == "Wilson" and estimate.seeds else ""
    runs, missing = runs_text(campaign, measure, plan), missing_text(campaign, measure, plan)
    return f"{method}{seeds}, {runs} runs" + (f"; {missing}" if missing else "")


def runs_text(campaign: Campaign, measure: str, plan: int) -> str:
    """How many runs of a plan have a measure: `240`, or `192 of 240`."""
    table = campaign.table
    own = [value is not None for number, value in zip(table["plan"], table[measure], strict=True) if number == plan]
    return f"{len(own)}" if all(own) else f"{sum(own)} of {len(own)}"


def missing_text(campaign: Campaign, measure: str, plan: int) -> str:
    """Why runs of a plan have no such measure; empty where every run has it."""
    table = campaign.table
    begun = table.get(f"{measure.partition('.')[0]}.late_ms")
    rows = [index for index, number in enumerate(table["plan"]) if number == plan and table[measure][index] is None]
    idle = 0 if begun is None else sum(begun[index] is None for index in rows)
    said = (f"in {idle} the serial did not run" if idle else "", _without(len(rows) - idle))
    return ", ".join(filter(None, said))


def _without(count: int) -> str:
    return f"in {count} there was none to take" if count else ""


def difference_texts(difference: Difference) -> tuple[str, str, str, str]:
    """Both means, their difference and its interval, in one unit and to the digit that the difference needs.

    Shares differ by points: 90 % less 85 % is 5 points. The interval is empty where there is none.
    """
    name, found = difference.measure.partition("#")[0], difference.estimate
    ends = () if found.low is None or found.high is None or found.low == found.high else (found.low, found.high)
    sizes = [abs(value) for value in (difference.first, difference.second, found.value, *ends)]
    scale, unit, least = _scale(name, max(sizes))
    if not scale:
        texts = [value_text(name, value) for value in (difference.first, difference.second, found.value, *ends)]
    else:
        finest = (found.half_width if ends else abs(found.value)) / scale or 1.0
        places = min(_MOST_DECIMALS, max(least, -math.floor(math.log10(finest))))
        own = " points" if unit == " %" else unit
        values = (
            (difference.first, unit),
            (difference.second, unit),
            *((value, own) for value in (found.value, *ends)),
        )
        texts = [_signed(f"{abs(value) / scale:.{places}f}{words}", value) for value, words in values]
    first, second, apart, *between = texts
    return first, second, apart, " to ".join(between) if len(set(between)) > 1 else ""


def _scale(name: str, greatest: float) -> tuple[float, str, int]:
    """By what the values of a measure are divided, their unit and the fewest decimals; 0 where they are no decimals."""
    if name.endswith("_ratio"):
        return 0.01, " %", 1
    if name.endswith("_count"):
        return 1.0, "", 2
    if name.endswith("_m"):
        return (1.0, " m", 0) if greatest < NAUTICAL_MILE_M else (NAUTICAL_MILE_M, " nm", 1)
    if name.endswith("_kg"):
        return (1.0, " kg", 0) if greatest < TONNE_KG else (TONNE_KG, " t", 1)
    return 0.0, "", 0
