"""Amounts of findings in words: how much was found against which limit, as a mariner would say it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from waterspace.notation import format_duration
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Amount

__all__ = ["amount_words"]

_SPANS: Final[Mapping[str, int]] = {"d": DAY_MS, "h": HOUR_MS, "min": MINUTE_MS}
_SHARE: Final = "share"
_SCALE: Final = "Douglas"
_COUNTED: Final = frozenset({"helicopters", "serials"})
_TOLD_TO_THE_SECOND_MS: Final = 10 * MINUTE_MS
"""Spans below this are told to the second, longer ones to the minute, as the messages of findings do."""
_WHOLE_FROM: Final = 1000.0
"""Numbers from here on are told without decimals."""


def amount_words(amount: Amount) -> str:
    """`21 h against 2 d`, `12500 m against 9000 m`, `2 h too early`: never a power of ten.

    A span of time is told in days, hours and minutes, whatever its unit.
    """
    base, _, rest = amount.unit.partition(" ")
    if base in _SPANS and math.isfinite(amount.value) and math.isfinite(amount.limit):
        return _spans(amount, base, rest)
    if base == _SHARE and rest:
        return f"{_number(100.0 * amount.value)}% {rest} against {_number(100.0 * amount.limit)}%"
    if base == _SCALE:
        return f"{_number(amount.value)} against {_number(amount.limit)} {amount.unit}"
    if amount.unit in _COUNTED:
        return f"{_counted(amount.value, amount.unit)} against {_number(amount.limit)}"
    return f"{_number(amount.value)} {amount.unit} against {_number(amount.limit)} {amount.unit}".replace(" %", "%")


def _counted(count: float, unit: str) -> str:
    return f"{_number(count)} {unit if count != 1.0 else unit.removesuffix('s')}"


def _spans(amount: Amount, base: str, rest: str) -> str:
    """Two spans of time; what the span is measured from is said once."""
    text = f"{_span(amount.value, base)} {rest}".rstrip()
    if rest and not amount.limit:
        return text
    return f"{text} against {_span(amount.limit, base)}"


def _span(value: float, unit: str) -> str:
    span_ms = value * _SPANS[unit]
    sign = "minus " if round(span_ms / SECOND_MS) < 0 else ""
    size_ms = abs(span_ms)
    if size_ms >= DAY_MS:
        return f"{sign}{format_duration(round(size_ms / HOUR_MS) * HOUR_MS)}"
    grain_ms = SECOND_MS if size_ms < _TOLD_TO_THE_SECOND_MS else MINUTE_MS
    return f"{sign}{format_duration(round(size_ms / grain_ms) * grain_ms)}"


def _number(value: float) -> str:
    """Four digits, all digits of a large number; no power of ten."""
    if math.isnan(value):
        return "unknown"
    if math.isinf(value):
        return "unlimited" if value > 0.0 else "minus unlimited"
    size = abs(value)
    if size >= _WHOLE_FROM:
        text = f"{size:.0f}"
    elif size >= 1.0:
        text = f"{size:.4g}"
    else:
        text = f"{size:.4f}".rstrip("0").rstrip(".")
    return f"minus {text}" if value < 0.0 and text != "0" else text
