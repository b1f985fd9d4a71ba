"""Who searches what by which pattern: a lot for each searcher, and how much of it a track amounts to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.serials.seamanship.frame import Frame, Point, Sheet, fill_window
from waterspace.serials.seamanship.search_patterns import again_and_again, length_m, parallel_sweep, to_and_fro
from waterspace.serials.seamanship.search_tracks import CLEARANCE_M, Searcher, length_inside_m, lots

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Leg, Position, Window

__all__ = [
    "Lot",
    "area_lots",
    "box",
    "datum_lots",
    "disc",
    "pass_length_m",
    "region_area_m2",
    "slots",
]

_DISC_CORNERS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One searcher's part of a search.

    Attributes:
        region: number of the region it lies in; searchers over one datum share a region.
        share_ratio: probability that the object lies in this lot's region part, all regions together being 1.
        sheet: the frame of the pattern, and the outline of the region.
        pattern: one pass, from where the search begins.
        turn_deg: how far each further pass is turned; None where passes run to and fro.
        swept_m2: area that one pass is meant to search.
    """

    searcher: Searcher
    region: int
    share_ratio: float
    sheet: Sheet
    pattern: tuple[Point, ...]
    turn_deg: float | None
    swept_m2: float

    @property
    def pass_s(self) -> float:
        """Time that one pass takes."""
        return pass_length_m(self) / self.searcher.speed_mps

    def legs(self, window: Window, serial: str) -> tuple[Leg, ...]:
        """Pass after pass until the window ends."""
        route = to_and_fro(self.pattern) if self.turn_deg is None else again_and_again(self.pattern, self.turn_deg)
        return fill_window(
            map(self.sheet.frame.position, route),
            window,
            speed_mps=self.searcher.speed_mps,
            height_m=self.searcher.height_m,
            serial=serial,
        )

    def passes(self, legs: Sequence[Leg]) -> float:
        """How many passes a track amounts to, by its length in the region."""
        whole_m = pass_length_m(self)
        return length_inside_m(legs, self.sheet) / whole_m if whole_m > 0.0 else 0.0


def pass_length_m(lot: Lot) -> float:
    """Length of one pass, with the way back to the datum where the pattern starts there again."""
    back_m = 0.0 if lot.turn_deg is None or not lot.pattern else math.dist(lot.pattern[-1], lot.pattern[0])
    return length_m(lot.pattern) + back_m


def region_area_m2(parts: Sequence[Lot]) -> float:
    """The area that one pass over every region is meant to search."""
    return math.fsum({lot.region: lot.swept_m2 for lot in parts}.values())


def area_lots(sheet: Sheet, team: Sequence[Searcher], spacing_m: float) -> tuple[Lot, ...]:
    """Strips of one area with parallel sweeps, each searcher in a region of its own."""
    strips = lots(sheet, team, max(0.0, CLEARANCE_M - spacing_m / 4.0))
    total_m = math.fsum(strip.width_m for strip in strips)
    area_m2 = _area_m2(sheet.outline)
    found: list[Lot] = []
    for number, (searcher, strip) in enumerate(zip(team, strips, strict=True)):
        share = strip.width_m / total_m if total_m > 0.0 else 1.0 / len(strips)
        found.append(
            Lot(
                searcher=searcher,
                region=number,
                share_ratio=share,
                sheet=sheet,
                pattern=parallel_sweep(sheet.outline, spacing_m, strip),
                turn_deg=None,
                swept_m2=area_m2 * share,
            )
        )
    return tuple(found)


def slots(
    datums: Sequence[Position], axis_deg: float, team: Sequence[Searcher], step_m: float
) -> tuple[tuple[Searcher, Position, int], ...]:
    """A datum for each searcher, with its number among those over the same datum.

    Ships take the named datums in order, then places abreast of the first, to starboard and to port in turn. Aircraft
    share the named datums.

    Args:
        datums: at least one.
        axis_deg: true direction of the first leg.
        team: who searches.
        step_m: between places abreast, wide enough for two patterns not to touch.
    """
    frame = Frame(origin=datums[0], axis_deg=axis_deg)
    crowd: dict[Position, int] = {}
    found: list[tuple[Searcher, Position, int]] = []
    ships = aircraft = 0
    for searcher in team:
        if searcher.flies:
            datum, aircraft = datums[aircraft % len(datums)], aircraft + 1
        elif ships < len(datums):
            datum, ships = datums[ships], ships + 1
        else:
            extra = ships - len(datums) + 1
            abreast = (extra + 1) // 2 if extra % 2 == 1 else -(extra // 2)
            datum, ships = frame.position((0.0, abreast * step_m)), ships + 1
        found.append((searcher, datum, crowd.get(datum, 0)))
        crowd[datum] = crowd.get(datum, 0) + 1
    return tuple(found)


def datum_lots(
    places: Sequence[tuple[Searcher, Position, int]], axis_deg: float, pattern: Sequence[Point], turn_deg: float
) -> tuple[Lot, ...]:
    """The same pattern round each datum, turned for each further searcher over it."""
    radius_m = max(math.hypot(*point) for point in pattern)
    regions = list(dict.fromkeys(datum for _, datum, _ in places))
    found: list[Lot] = []
    for searcher, datum, number in places:
        sheet = Sheet(
            frame=Frame(origin=datum, axis_deg=(axis_deg + number * turn_deg) % 360.0), outline=disc(radius_m)
        )
        found.append(
            Lot(
                searcher=searcher,
                region=regions.index(datum),
                share_ratio=1.0 / len(regions),
                sheet=sheet,
                pattern=tuple(pattern),
                turn_deg=turn_deg,
                swept_m2=math.pi * radius_m**2,
            )
        )
    return tuple(found)


def box(side_m: float) -> tuple[Point, ...]:
    """Corners of a square round the origin."""
    half_m = side_m / 2.0
    return ((-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m))


def disc(radius_m: float) -> tuple[Point, ...]:
    """Corners of a polygon that holds a disc round the origin."""
    outer_m = radius_m / math.cos(math.pi / _DISC_CORNERS)
    turns = (2.0 * math.pi * corner / _DISC_CORNERS for corner in range(_DISC_CORNERS))
    return tuple((outer_m * math.cos(turn), outer_m * math.sin(turn)) for turn in turns)


def _area_m2(outline: Sequence[Point]) -> float:
    following: Iterator[Point] = iter((*outline[1:], outline[0]))
    return abs(math.fsum(a * d - b * c for (a, b), (c, d) in zip(outline, following, strict=True))) / 2.0
