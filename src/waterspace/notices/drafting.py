"""Drafts of the warnings to mariners that a plan needs: those that it names, and one for each firing that none covers.

Claims with the same times make one paragraph with lettered areas, other times another paragraph. What moves is drafted
as the outline of what it sweeps. A notice without a time of cancellation cancels itself an hour after its last end, as
most do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import Hazard, Joined, PlannedNotice, Without, join_windows
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Issuer, Restriction
from waterspace.messages.reading import Category
from waterspace.notices.originating import issuer_of, series_of
from waterspace.notices.sweeping import still
from waterspace.quantity import HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Exercise, Footprint, Reservation, Window

__all__ = ["KINDS", "drafts"]

KINDS = ("navarea", "coastal", "hydropac", "navtex")
"""Kinds of planned notices that are warnings to mariners in plain text."""
_AFTER_MS = HOUR_MS
"""From the last end to the cancellation. Source: 96 of 100 warnings with both, 6,016 of them from 2018 to 2026."""
_FIRING_TYPES = {"gunnery": Category.GUNNERY}
_RESTRICTIONS = {Issuer.RUSSIA: Restriction.DANGEROUS, Issuer.CHINA: Restriction.PROHIBITED}


@dataclass(frozen=True, slots=True)
class _Claim:
    """A place and its times, and what goes on there."""

    footprint: Footprint
    windows: tuple[Window, ...]
    category: Category


def drafts(exercise: Exercise) -> tuple[Draft, ...]:
    """The drafts that a plan needs, in the order of its notices, then proposed ones in the order of its serials.

    A notice that covers nothing with a time and a place has none.

    Args:
        exercise: serials of a type that is not installed have no reservations, and so no notice.
    """
    from waterspace.programme import build
    from waterspace.serials import registry

    known = {id_: serial for id_, serial in exercise.serials.items() if registry.exists(serial.type)}
    whole = exercise if len(known) == len(exercise.serials) else replace(exercise, serials=known)
    claims: dict[str, list[Reservation]] = {}
    for claim in build(whole).reservations:
        if claim.windows and claim.hazard.is_hazardous:
            claims.setdefault(claim.owner, []).append(claim)
    notices = [notice for notice in exercise.notices.values() if notice.kind in KINDS]
    found = [_draft(exercise, notice, _covered(exercise, notice, claims)) for notice in notices]
    told = {name for notice in notices for name in notice.covers}
    found += [
        _draft(exercise, PlannedNotice(id=f"PROPOSED-{owner}", kind="navarea", covers=(owner,)), dangers)
        for owner, dangers in _untold(exercise, claims, told)
    ]
    return tuple(draft for draft in found if draft is not None)


def _untold(
    exercise: Exercise, claims: dict[str, list[Reservation]], told: set[str]
) -> Iterator[tuple[str, list[_Claim]]]:
    """Each serial that endangers shipping and that no notice covers, with its dangers."""
    for owner, all_claims in claims.items():
        dangers = [claim for claim in all_claims if claim.hazard.endangers_shipping]
        if dangers and not told & {owner, exercise.serials[owner].area}:
            yield owner, [_claim(exercise, danger) for danger in dangers]


def _covered(exercise: Exercise, notice: PlannedNotice, claims: dict[str, list[Reservation]]) -> list[_Claim]:
    """What a notice covers: dangers of serials; areas at the times of the dangers in them."""
    found: list[_Claim] = []
    for name in dict.fromkeys(notice.covers):
        if name in exercise.serials:
            found += [_claim(exercise, claim) for claim in _foremost(claims.get(name, []))]
        elif name in exercise.areas:
            inside = [
                claim
                for owner, of_owner in claims.items()
                if exercise.serials[owner].area == name
                for claim in _foremost(of_owner)
            ]
            if inside:
                windows = join_windows(window for claim in inside for window in claim.windows)
                kind = _claim(exercise, inside[0]).category
                found.append(_Claim(exercise.areas[name].footprint, windows, kind))
    return found


def _foremost(claims: Sequence[Reservation]) -> list[Reservation]:
    """The claims that endanger shipping; all of them where none does."""
    return [claim for claim in claims if claim.hazard.endangers_shipping] or list(claims)


def _claim(exercise: Exercise, claim: Reservation) -> _Claim:
    """What a reservation is to those outside."""
    kind = _FIRING_TYPES.get(exercise.serials[claim.owner].type)
    if kind is None:
        kind = Category.HAZARDOUS_OPERATIONS if claim.hazard is Hazard.FIRING else Category.MILITARY_EXERCISE
    return _Claim(claim.footprint, claim.windows, kind)


def _draft(exercise: Exercise, notice: PlannedNotice, claims: Sequence[_Claim]) -> Draft | None:
    """The draft of a notice; None where it covers nothing."""
    together: dict[tuple[tuple[Window, ...], Category], list[Footprint]] = {}
    for claim in claims:
        places = together.setdefault((claim.windows, claim.category), [])
        places += [place for place in _parts(still(claim.footprint)) if place not in places]
    if not together:
        return None
    issuer = issuer_of(exercise, notice)
    (windows, category), first = next(iter(together.items()))
    last_ms = max(window.end_ms for times, _ in together for window in times)
    return Draft(
        id=notice.id,
        issuer=issuer,
        series=series_of(notice),
        issued_ms=notice.planned_ms,
        category=category,
        areas=_areas(first),
        windows=windows,
        parts=tuple(
            DraftPart(areas=_areas(places), windows=times, activity="" if kind is category else kind.replace("_", " "))
            for (times, kind), places in list(together.items())[1:]
        ),
        cancel_ms=last_ms + _AFTER_MS if notice.cancel_ms is None else notice.cancel_ms,
        restriction=_RESTRICTIONS.get(issuer, Restriction.WIDE_BERTH),
        originator=notice.originator if issuer is Issuer.CHINA else "",
    )


def _areas(places: Sequence[Footprint]) -> tuple[DraftArea, ...]:
    return tuple(DraftArea(footprint=place) for place in places)


def _parts(footprint: Footprint) -> Iterator[Footprint]:
    """The pieces of a footprint that have words of their own."""
    if isinstance(footprint, Joined):
        for part in footprint.parts:
            yield from _parts(part)
    elif isinstance(footprint, Without):
        for part in _parts(footprint.base):
            yield Without(base=part, holes=footprint.holes)
    else:
        yield footprint
