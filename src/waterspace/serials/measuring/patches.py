"""Where an object that is searched for may be, and how likely the tracks run there are to have found it.

A parallel sweep has one patch, the whole area; patterns round datums have a patch for each datum, the circle that the
pattern reaches. Inside its patch the object is anywhere alike.

Source: B. O. Koopman, Search and Screening, OEG Report 56, 1946; IAMSAR Manual volume II (coverage).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.phenomena.coverage import DetectionLaw, coverage_ratio, random_search_ratio
from waterspace.serials.measuring.hunt import standing_ratio, track_law

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Leg
    from waterspace.serials.seamanship.frame import Sheet
    from waterspace.serials.seamanship.search_lots import Lot

__all__ = ["Patch", "patch_drawn", "patch_ratio", "patches_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A region in which the object may be.

    Attributes:
        area_m2: that a pass over it is meant to search.
        share_ratio: chance that the object is in this patch, all patches together being 1.
        lots: of those who search it.
    """

    sheet: Sheet
    area_m2: float
    share_ratio: float
    lots: tuple[Lot, ...]


def patches_of(parts: Sequence[Lot], *, one_area: bool) -> tuple[Patch, ...]:
    """The patches of a search.

    Args:
        parts: the lots of all searchers.
        one_area: whether they share out one area, and not a pattern round each datum.
    """
    groups: dict[int, list[Lot]] = {}
    for lot in parts:
        groups.setdefault(0 if one_area else lot.region, []).append(lot)
    return tuple(
        Patch(
            sheet=lots[0].sheet,
            area_m2=math.fsum({lot.region: lot.swept_m2 for lot in lots}.values()),
            share_ratio=1.0 if one_area else lots[0].share_ratio,
            lots=tuple(lots),
        )
        for lots in groups.values()
    )


def patch_drawn(patches: Sequence[Patch], draw_ratio: float) -> Patch:
    """The patch in which a drawn number puts the object.

    Args:
        patches: at least one.
        draw_ratio: from 0 to below 1.
    """
    limits = itertools.accumulate(patch.share_ratio for patch in patches)
    return next((patch for patch, limit in zip(patches, limits, strict=True) if draw_ratio < limit), patches[-1])


def patch_ratio(
    patch: Patch,
    law: tuple[DetectionLaw, float],
    tracks: Mapping[str, tuple[Leg, ...]],
    swept_m: Mapping[str, float],
) -> float:
    """Chance that an object which stands somewhere in a patch has been found.

    Args:
        patch: where it is.
        law: of detection, and the sweep width.
        tracks: of the searchers.
        swept_m: unit to the length of its track inside its own region.
    """
    kind, width_m = law
    if kind is DetectionLaw.RANDOM:
        run_m = math.fsum(swept_m[lot.searcher.unit] for lot in patch.lots)
        return random_search_ratio(coverage_ratio(width_m, run_m, patch.area_m2))
    searchers = (lot.searcher for lot in patch.lots)
    return standing_ratio(
        patch.sheet, [(track_law(kind, width_m, one.speed_mps), tracks.get(one.unit, ())) for one in searchers]
    )
