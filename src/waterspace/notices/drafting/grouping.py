"""From dangers to the paragraphs of a notice, as an experienced originator groups them.

What has the same place is told once, with all its times; what lies within another at times when that is dangerous too
is not told again; what has the same times makes one paragraph with lettered areas. Paragraphs stand in order of time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import Joined, Without, join_windows
from waterspace.errors import GeometryError
from waterspace.notices.drafting.claims import band_around, less
from waterspace.notices.drafting.subjects import rank
from waterspace.notices.drafting.sweeping import still

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Footprint, Window
    from waterspace.notices.drafting.claims import Claim
    from waterspace.notices.drafting.subjects import Subject

__all__ = ["Paragraph", "paragraphs", "pieces"]

_SPARE_M = 20.0
"""What reaches no farther out of another lies within it: what a hundredth of a minute may be off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Dangers that have their times and what goes on in common.

    Attributes:
        claims: at least one, each of one piece that has words of its own.
    """

    windows: tuple[Window, ...]
    reserves: tuple[Window, ...]
    subject: Subject
    claims: tuple[Claim, ...]


def paragraphs(claims: Sequence[Claim]) -> tuple[Paragraph, ...]:
    """The paragraphs of a notice of some dangers, in order of time; none for none."""
    together: dict[tuple[tuple[Window, ...], tuple[Window, ...], Subject], list[Claim]] = {}
    for claim in _told_once(_united(pieces(claims))):
        together.setdefault((claim.windows, claim.reserves, claim.subject), []).append(claim)
    found = [
        Paragraph(windows=windows, reserves=reserves, subject=subject, claims=tuple(members))
        for (windows, reserves, subject), members in together.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.windows, one.reserves, rank(one.subject), one.subject.words)))


def pieces(claims: Iterable[Claim]) -> list[Claim]:
    """Claims as their pieces that have words of their own; what moves as the outline of what it sweeps."""
    return [replace(claim, footprint=footprint) for claim in claims for footprint in _simple(still(claim.footprint))]


def _simple(footprint: Footprint) -> Iterator[Footprint]:
    if isinstance(footprint, Joined):
        for part in footprint.parts:
            yield from _simple(part)
    elif isinstance(footprint, Without):
        holes = tuple(hole for whole in footprint.holes for hole in _simple(whole))
        for part in _simple(footprint.base):
            yield from _left(part, holes)
    else:
        yield footprint


def _left(footprint: Footprint, holes: Sequence[Footprint]) -> Iterator[Footprint]:
    """What is left of one piece without those of some others that it shares water with; nothing where they cover it."""
    from waterspace.geometry.footprints import area_m2
    from waterspace.geometry.meeting import footprints_meet

    base, inner = (footprint.base, footprint.holes) if isinstance(footprint, Without) else (footprint, ())
    taken = (*inner, *(hole for hole in holes if footprints_meet(base, hole) is not None))
    if not taken:
        yield base
        return
    left = Without(base=base, holes=taken)
    try:
        area_m2(left)
    except GeometryError:
        return
    yield left


def _united(claims: Sequence[Claim]) -> list[Claim]:
    """Claims of one place and subject made one, with the times of all."""
    together: dict[tuple[Footprint, Subject], list[Claim]] = {}
    for claim in claims:
        together.setdefault((claim.footprint, claim.subject), []).append(claim)
    return [_joined(members) for members in together.values()]


def _joined(members: Sequence[Claim]) -> Claim:
    """The first of some claims with the owners, heights and times of all."""
    windows = join_windows(window for claim in members for window in claim.windows)
    return replace(
        members[0],
        owners=tuple(dict.fromkeys(owner for claim in members for owner in claim.owners)),
        band=band_around(claim.band for claim in members),
        windows=windows,
        reserves=less((spare for claim in members for spare in claim.reserves), windows),
    )


def _told_once(claims: Sequence[Claim]) -> list[Claim]:
    """Claims without those that lie within others, whose heights they lend them; in the order given."""
    if len(claims) == 1:
        return list(claims)
    from waterspace.geometry.footprints import area_m2

    sizes_m2 = [area_m2(claim.footprint) for claim in claims]
    kept: dict[int, Claim] = {}
    for number in sorted(range(len(claims)), key=lambda at: (-sizes_m2[at], at)):
        claim = claims[number]
        holder = next((at for at, other in kept.items() if _is_within(claim, other)), None)
        if holder is None:
            kept[number] = claim
        else:
            larger = kept[holder]
            owners = tuple(dict.fromkeys((*larger.owners, *claim.owners)))
            kept[holder] = replace(larger, band=band_around((larger.band, claim.band)), owners=owners)
    return [kept[number] for number in sorted(kept)]


def _is_within(claim: Claim, other: Claim) -> bool:
    """Whether whoever is told of the other keeps out of a claim too."""
    if claim.hazard.endangers_shipping and not other.hazard.endangers_shipping:
        return False
    if rank(other.subject) > rank(claim.subject) or not _are_within(claim.windows, other.windows):
        return False
    if not _are_within(claim.reserves, join_windows((*other.windows, *other.reserves))):
        return False
    return _lies_within(claim.footprint, other.footprint)


def _are_within(windows: Sequence[Window], others: Sequence[Window]) -> bool:
    return not less(windows, others)


def _lies_within(footprint: Footprint, other: Footprint) -> bool:
    from waterspace.geometry import footprints
    from waterspace.geometry.geodesic import distance_m
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import solid

    if footprint == other:
        return True
    small, large = footprints.bounding_circle(footprint), footprints.bounding_circle(other)
    if distance_m(small.centre, large.centre) > small.radius_m + large.radius_m:
        return False
    plane = Plane(large.centre)
    return bool(solid(other, plane).buffer(_SPARE_M).covers(solid(footprint, plane)))
