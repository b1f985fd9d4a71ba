"""What a notice says, apart from its words: where, when, how high, and what it asks; to compare one with another.

Two texts say the same where this is the same: order of areas, corner at which an area begins, cut into paragraphs,
style and wording do not matter, but for the words for what goes on where no category tells it. Positions are rounded as
the form writes them, so that a change which no text would show is none. Places of the same shape are one, with the
times of all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import (
    Band,
    Circle,
    NotamCircle,
    Window,
    join_windows,
)
from waterspace.messages.audience import HYDRO, Kind, kind_of
from waterspace.messages.category import category
from waterspace.messages.lexing import tokens
from waterspace.messages.phrasing.positions import Notation
from waterspace.messages.phrasing.schedules import whole_minutes
from waterspace.messages.reading import Category, Form
from waterspace.messages.writing.styles import STYLES
from waterspace.notation import format_band, parse_band
from waterspace.notices.ledger.coming import without_alternate
from waterspace.notices.ledger.nearing import as_said
from waterspace.quantity import FOOT_M, whole_minute_ms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.domain import Footprint
    from waterspace.messages.draft import Draft, DraftPart, Restriction

__all__ = ["ALWAYS", "Place", "Said", "notation_of", "regions_of", "said", "whole_band"]

ALWAYS = Window(start_ms=-(10**15), end_ms=10**15)
"""Stands for times until further notice where times are compared."""
_TELLING = frozenset({Category.GUNNERY, Category.MISSILE, Category.BOMBING, Category.ROCKET_LAUNCHING})
"""What says by itself what goes on; of exercises, operations and all else the words say which."""
_TOUCH = 1e-6
"""Part of a foot that is noise of conversion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place that a notice names, and its times.

    Attributes:
        footprint: rounded as the form writes it, its corners in an order of our own.
        form: what its positions make.
        band: heights; the whole column in forms that do not carry them.
        category: what goes on there.
        activity: the same in capital words, where the category does not tell it; empty for an issuer's own words.
        windows: in order of time and joined, whole minutes; empty until further notice.
        reserves: alternate times, likewise.
    """

    footprint: Footprint
    form: Form
    band: Band
    category: Category
    activity: str = ""
    windows: tuple[Window, ...]
    reserves: tuple[Window, ...]

    @property
    def times(self) -> tuple[Window, ...]:
        """All times at which something may go on, alternates included."""
        return join_windows((*self.windows, *self.reserves)) if self.windows else (ALWAYS,)

    def after(self, now_ms: int) -> Place | None:
        """What of it is still to come; None where all is over."""
        if not self.windows:
            return self
        windows, reserves = (
            tuple(Window(start_ms=max(one.start_ms, now_ms), end_ms=one.end_ms) for one in times if one.end_ms > now_ms)
            for times in (self.windows, self.reserves)
        )
        if not windows and reserves:
            windows, reserves = reserves, ()
        return replace(self, windows=windows, reserves=reserves) if windows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a notice says.

    Attributes:
        places: in an order of our own, no two of the same shape, height and activity.
        notation: how its positions are rounded.
        restriction: what ships are asked to do.
        cancel_ms: when it cancels itself; None where it does not.
        firs: ICAO codes of flight information regions in order of the alphabet, in a notice to airmen.
        circle: that the planner gave for line Q; None where he gave none.
    """

    places: tuple[Place, ...]
    notation: Notation
    restriction: Restriction
    cancel_ms: int | None
    firs: tuple[str, ...] = ()
    circle: Footprint | None = None

    @property
    def last_end_ms(self) -> int | None:
        """The last end of all times, alternates included; None until further notice, and where it names no place."""
        if not self.places or any(not place.windows for place in self.places):
            return None
        return max(window.end_ms for place in self.places for window in place.times)

    def after(self, now_ms: int) -> tuple[Place, ...]:
        """What is still to come."""
        return tuple(left for place in self.places if (left := place.after(now_ms)) is not None)


def notation_of(draft: Draft) -> Notation:
    """The notation of a draft's positions in the form that its kind asks for.

    Forms with finer positions than a hundredth of a minute are compared by hundredths.
    """
    if _is_for_airmen(draft):
        return Notation.SECONDS
    return Notation.HUNDREDTHS if kind_of(draft.kind) in HYDRO else STYLES[draft.issuer].notation


def _is_for_airmen(draft: Draft) -> bool:
    """Whether its text carries heights, regions and the circle of line Q; others leave them out."""
    return kind_of(draft.kind) is Kind.NOTAM


def regions_of(draft: Draft) -> tuple[str, ...]:
    """The flight information regions of a notice to airmen in order of the alphabet; none for others."""
    return tuple(sorted({*draft.firs})) if _is_for_airmen(draft) else ()


def said(draft: Draft, notation: Notation) -> Said:
    """What a draft says.

    Args:
        draft: of it.
        notation: to which positions are rounded: that of the text with which it is compared.

    Raises:
        DraftError: an area moves, or is nothing when its corners are rounded.
    """
    found: dict[tuple[Footprint, Form, Band, tuple[Category, str]], list[DraftPart]] = {}
    for part in draft.paragraphs:
        subject = _subject_of(draft, part)
        for area in part.areas:
            band = whole_band(area.band) if _is_for_airmen(draft) else Band()
            found.setdefault((as_said(area.footprint, notation), area.form, band, subject), []).append(part)
    places = [
        Place(
            footprint=footprint,
            form=form,
            band=band,
            category=category_,
            activity=activity,
            windows=_joined(parts) if all(part.windows for part in parts) else (),
            reserves=whole_minutes(join_windows(window for part in parts for window in part.reserves)),
        )
        for (footprint, form, band, (category_, activity)), parts in found.items()
    ]
    return Said(
        places=tuple(sorted(places, key=repr)),
        notation=notation,
        restriction=draft.restriction,
        cancel_ms=_cancel_ms(draft),
        firs=regions_of(draft),
        circle=_circle(draft.circle, notation) if draft.circle and _is_for_airmen(draft) else None,
    )


def _cancel_ms(draft: Draft) -> int | None:
    """When a text cancels itself, in whole minutes; a notice to airmen ends with its last time and does not say."""
    if draft.cancel_ms is None or _is_for_airmen(draft):
        return None
    return whole_minute_ms(draft.cancel_ms)


def _joined(parts: Iterable[DraftPart]) -> tuple[Window, ...]:
    return join_windows(whole_minutes(window for part in parts for window in part.windows))


def _subject_of(draft: Draft, part: DraftPart) -> tuple[Category, str]:
    """What goes on in a paragraph, and the words for it where the category does not tell."""
    found = part.category
    if found is None and part.activity:
        found = category(tokens(part.activity.upper()))
    if found is None or (part.category is None and found is Category.OTHER):
        found = draft.category
    if found in _TELLING:
        return found, ""
    words = part.activity or (draft.activity if found is draft.category else "")
    plain = without_alternate(" ".join(words.upper().rstrip(".").split()))
    return found, "" if any(plain == style.activities.get(found) for style in STYLES.values()) else plain


def whole_band(band: Band) -> Band:
    """A band as a notice to airmen has it: from the surface up, outwards to whole feet."""
    floor_ft = math.floor(max(band.floor_m, 0.0) / FOOT_M + _TOUCH)
    ceiling_m = band.ceiling_m
    if math.isfinite(ceiling_m):
        ceiling_m = max(math.ceil(ceiling_m / FOOT_M - _TOUCH), floor_ft + 1) * FOOT_M
    floor_m, ceiling_m = parse_band(format_band(floor_ft * FOOT_M, ceiling_m))
    return Band(floor_m=floor_m, ceiling_m=ceiling_m)


def _circle(circle: NotamCircle, notation: Notation) -> Footprint:
    return as_said(Circle(centre=circle.centre, radius_m=circle.radius_m), notation)
