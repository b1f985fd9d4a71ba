"""Search patterns in metres: expanding square, sector and parallel sweep, and an area shared out among searchers.

Points are (ahead, starboard) of a `Frame`: its origin is the datum, its axis the direction of the first leg.
Source: IAMSAR Manual volumes II and III, search patterns SS, VS and PS. The expanding square turns 90 degrees to
starboard and grows by one track spacing every second leg; the sector search turns 120 degrees to starboard after each
leg and crosses the datum between sectors; the parallel sweep keeps half a spacing off every side of the area.
Limits: searches begin again after a pass, turned by 45 degrees (square) or 30 degrees (sectors), without regard to
drift; a parallel sweep runs each lane from the first to the last crossing of the outline, bays included.
"""

from __future__ import annotations

import functools
import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from waterspace.serials.seamanship.frame import Point, chord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "SECTOR_TURN_DEG",
    "SQUARE_TURN_DEG",
    "Strip",
    "again_and_again",
    "expanding_square",
    "irregular",
    "length_m",
    "parallel_sweep",
    "sector_search",
    "share_out",
    "to_and_fro",
    "turned",
]

Mark = TypeVar("Mark")

SQUARE_TURN_DEG = 45.0
"""How far a second expanding square is turned from the first. Source: IAMSAR volume III."""

SECTOR_TURN_DEG = 30.0
"""How far a second sector search is turned from the first. Source: IAMSAR volume III."""

_LANES_MAX = 100_000
"""More lanes than any searcher can run; keeps a spacing of centimetres from filling the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A slice of an area between two lines parallel to the axis.

    Attributes:
        from_m: starboard coordinate of the port side.
        to_m: starboard coordinate of the starboard side.
    """

    from_m: float
    to_m: float

    @property
    def width_m(self) -> float:
        """From side to side."""
        return self.to_m - self.from_m


def expanding_square(spacing_m: float, leg_count: int) -> tuple[Point, ...]:
    """Legs of 1, 1, 2, 2, 3, 3 ... spacings from the datum, each 90 degrees to starboard of the one before."""
    ahead_m = starboard_m = 0.0
    points: list[Point] = [(0.0, 0.0)]
    headings = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))
    for leg in range(leg_count):
        step_m = spacing_m * (leg // 2 + 1)
        north, east = headings[leg % 4]
        ahead_m, starboard_m = ahead_m + north * step_m, starboard_m + east * step_m
        points.append((ahead_m, starboard_m))
    return tuple(points)


def sector_search(radius_m: float) -> tuple[Point, ...]:
    """Nine legs of one radius: three equilateral triangles with a corner at the datum."""
    points: list[Point] = [(0.0, 0.0)]
    for sector in range(3):
        out_rad = math.radians(240.0 * sector)
        back_rad = out_rad + math.radians(60.0)
        points.append((radius_m * math.cos(out_rad), radius_m * math.sin(out_rad)))
        points.append((radius_m * math.cos(back_rad), radius_m * math.sin(back_rad)))
        points.append((0.0, 0.0))
    return tuple(points)


def parallel_sweep(outline: Sequence[Point], spacing_m: float, strip: Strip | None = None) -> tuple[Point, ...]:
    """Lanes parallel to the axis, to and fro, from port to starboard.

    Where the width is no multiple of the spacing, the lanes are drawn a little closer so that nothing is left out.

    Args:
        outline: of the area, corners in order.
        spacing_m: between lanes, and twice the distance that lanes keep off the sides.
        strip: the part of the area to sweep; all of it where None is given.
    """
    whole = strip or Strip(from_m=min(y for _, y in outline), to_m=max(y for _, y in outline))
    return _lanes(tuple(outline), spacing_m, whole)


@functools.lru_cache(maxsize=4096)
def _lanes(outline: tuple[Point, ...], spacing_m: float, whole: Strip) -> tuple[Point, ...]:
    """As `parallel_sweep`; a long programme searches the same areas over and over."""
    lanes = min(max(1, math.ceil(whole.width_m / spacing_m - 1e-9)), _LANES_MAX)
    points: list[Point] = []
    for lane in range(lanes):
        starboard_m = whole.from_m + (lane + 0.5) * whole.width_m / lanes
        found = chord(outline, starboard_m)
        if found is None:
            continue
        low_m, high_m = found[0] + spacing_m / 2.0, found[1] - spacing_m / 2.0
        if low_m >= high_m:
            low_m = high_m = (found[0] + found[1]) / 2.0
        ends = [(low_m, starboard_m), (high_m, starboard_m)]
        points += ends[:1] if low_m == high_m else ends if lane % 2 == 0 else ends[::-1]
    return tuple(points)


def irregular(outline: Sequence[Point], strip: Strip, margin_m: float) -> Iterator[Point]:
    """Waypoints without end that wander over a strip evenly but without a pattern, the same each time.

    The two coordinates are the Halton sequences of base 2 and 3.
    Source: J. H. Halton, Numerische Mathematik 2 (1960) 84-90.
    """
    for index in itertools.count(1):
        starboard_m = strip.from_m + strip.width_m * _halton(index, 3)
        found = chord(outline, starboard_m)
        if found is None:
            continue
        room_m = max(found[1] - found[0] - 2.0 * margin_m, 0.0)
        middle_m = (found[0] + found[1]) / 2.0
        yield middle_m + room_m * (_halton(index, 2) - 0.5), starboard_m


def share_out(strip: Strip, weights: Sequence[float], keep_off_m: float = 0.0) -> tuple[Strip, ...]:
    """Neighbouring strips, from port to starboard, as wide as their weights, with a gap between neighbours.

    Args:
        strip: what is shared out.
        weights: one for each part, such as the searcher's speed.
        keep_off_m: how far each part stays off an inner boundary; a part too narrow for that keeps its middle line.
    """
    total = math.fsum(weights)
    cuts_m = [strip.from_m + strip.width_m * math.fsum(weights[:part]) / total for part in range(len(weights) + 1)]
    parts: list[Strip] = []
    for part, (from_m, to_m) in enumerate(itertools.pairwise(cuts_m)):
        low_m = from_m + (keep_off_m if part > 0 else 0.0)
        high_m = to_m - (keep_off_m if part < len(weights) - 1 else 0.0)
        if low_m > high_m:
            low_m = high_m = (from_m + to_m) / 2.0
        parts.append(Strip(from_m=low_m, to_m=high_m))
    return tuple(parts)


def turned(points: Sequence[Point], angle_deg: float) -> tuple[Point, ...]:
    """The same pattern, turned about the datum to starboard."""
    cosine, sine = math.cos(math.radians(angle_deg)), math.sin(math.radians(angle_deg))
    return tuple((x * cosine - y * sine, x * sine + y * cosine) for x, y in points)


def again_and_again(pattern: Sequence[Point], turn_deg: float) -> Iterator[Point]:
    """A pattern without end: after each pass back to its first point, and once more, turned further."""
    for turn in itertools.count():
        yield from turned(pattern, turn * turn_deg)


def to_and_fro(pattern: Sequence[Mark]) -> Iterator[Mark]:
    """A pattern without end: run to its last point, back to its first, and once more."""
    if pattern:
        yield pattern[0]
        yield from itertools.cycle((*pattern[1:], *pattern[-2::-1]) or pattern)


def length_m(points: Sequence[Point]) -> float:
    """Length of a route over the sheet."""
    return math.fsum(math.dist(a, b) for a, b in itertools.pairwise(points))


def _halton(index: int, base: int) -> float:
    value, step = 0.0, 1.0
    while index > 0:
        step /= base
        index, digit = divmod(index, base)
        value += step * digit
    return value
