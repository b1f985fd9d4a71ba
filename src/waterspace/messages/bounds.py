"""Areas that are wider than any that a warning means: a radius with a digit too many, or a unit that was misread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Joined, Sector, Without
from waterspace.messages.reading import Doubt, Span
from waterspace.quantity import nautical_miles

if TYPE_CHECKING:
    from waterspace.domain import Footprint
    from waterspace.messages.reading import Reading

__all__ = ["bounded"]

_MOST_M = 5_000_000.0
"""Half of the way from the equator to a pole: no warning is for all within such a distance (assumed)."""


def bounded(reading: Reading) -> Reading:
    """A reading without areas that reach farther than any that a warning means, with a doubt for each.

    Args:
        reading: of any message.
    """
    if all(_reach_m(area.footprint) <= _MOST_M for area in reading.areas):
        return reading
    kept, doubts = [], list(reading.doubts)
    for area in reading.areas:
        reach_m = _reach_m(area.footprint)
        if reach_m <= _MOST_M:
            kept.append(area)
            continue
        span = Span(min(span.start for span in area.spans), max(span.end for span in area.spans))
        reason = f"A distance of {nautical_miles(reach_m):.4g} nm around it is wider than a warning can mean."
        doubts.append(Doubt(span, reason))
    return replace(reading, areas=tuple(kept), doubts=tuple(sorted(doubts, key=lambda doubt: doubt.span)))


def _reach_m(footprint: Footprint) -> float:
    """How far an area reaches beyond its positions."""
    if isinstance(footprint, Circle | Sector):
        return footprint.radius_m
    if isinstance(footprint, Corridor):
        return footprint.half_width_m
    if isinstance(footprint, Without):
        return _reach_m(footprint.base)
    return max(map(_reach_m, footprint.parts), default=0.0) if isinstance(footprint, Joined) else 0.0
