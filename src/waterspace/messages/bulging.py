"""A cheap look whether a polygon bulges out everywhere, which spares most of them the search for crossing sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Position

__all__ = ["bulges"]

_MOST_CORNERS = 12
_WIDEST_DEG = 20.0
"""Widest polygon whose sides are taken for straight in latitude and longitude (assumed); wider ones are not told."""

_ONCE = 2


def bulges(positions: Sequence[Position]) -> bool:
    """Whether a polygon surely has no sides that cross: few corners, not wide, one way round and round once.

    Args:
        positions: its corners in order, the first not repeated.
    """
    lats = [position.lat_deg for position in positions]
    lons = [position.lon_deg for position in positions]
    if len(lats) > _MOST_CORNERS or max(lons) - min(lons) > _WIDEST_DEG or max(lats) - min(lats) > _WIDEST_DEG:
        return False
    turns = 0
    changes = 0
    last_rises: bool | None = None
    for place in range(len(lats)):
        east = lons[place] - lons[place - 1]
        north = lats[place] - lats[place - 1]
        next_east = lons[place + 1 - len(lats)] - lons[place]
        next_north = lats[place + 1 - len(lats)] - lats[place]
        cross = east * next_north - north * next_east
        if cross == 0.0:
            return False
        turns += 1 if cross > 0.0 else -1
        rises = next_north > 0.0 or (next_north == 0.0 and next_east > 0.0)
        changes += last_rises is not None and rises is not last_rises
        last_rises = rises
    return abs(turns) == len(lats) and changes <= _ONCE
