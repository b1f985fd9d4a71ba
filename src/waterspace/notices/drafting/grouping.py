"""From dangers to the paragraphs of a notice, as an experienced originator groups them.

What has the same place is told once, with all its times; what lies within another at times when that is dangerous too
is not told again; what has the same times makes one paragraph with lettered areas. Paragraphs stand in order of time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from waterspace.domain import Band, Circle, Corridor, Joined, Polygon, Sector, Without, join_windows
from waterspace.errors import GeometryError
from waterspace.notices.drafting.claims import less
from waterspace.notices.drafting.sweeping import still
from waterspace.programme.subjects import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Footprint, Position, Window
    from waterspace.geometry.plane import Plane
    from waterspace.notices.drafting.claims import Claim
    from waterspace.programme.subjects import Subject

__all__ = ["Paragraph", "held_by", "paragraphs", "pieces", "untold", "with_lent"]

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


def untold(claims: Sequence[Claim], others: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims, each of one piece, without those that lie within others at times when these are dangerous too."""
    return tuple(claim for claim, holder in zip(claims, held_by(claims, others), strict=True) if holder is None)


def held_by(claims: Sequence[Claim], others: Sequence[Claim]) -> tuple[int | None, ...]:
    """Of each of some claims the number of the first of others that it lies within, at its times; None where of none.

    All are of one piece.
    """
    around = [(at, other, _Place(other.footprint)) for at, other in enumerate(others)]
    return tuple(
        next(
            (at for at, other, place in around if _is_within(claim, other) and place.holds(_Place(claim.footprint))),
            None,
        )
        for claim in claims
    )


def with_lent(claim: Claim, others: Iterable[Claim]) -> Claim:
    """A claim with the owners and heights of others that lie within it."""
    held = (claim, *others)
    owners = tuple(dict.fromkeys(owner for one in held for owner in one.owners))
    return replace(claim, owners=owners, band=Band.around(one.band for one in held))


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
        band=Band.around(claim.band for claim in members),
        windows=windows,
        reserves=less((spare for claim in members for spare in claim.reserves), windows),
    )


def _told_once(claims: Sequence[Claim]) -> list[Claim]:
    """Claims without those that lie within others, whose heights they lend them; in the order given."""
    if len(claims) == 1:
        return list(claims)
    from waterspace.geometry.footprints import area_m2

    sizes_m2 = [area_m2(claim.footprint) for claim in claims]
    order = sorted(range(len(claims)), key=lambda at: (-sizes_m2[at], at))
    near = _near([claims[number].footprint for number in order])
    places = [_Place(claims[number].footprint) for number in order]
    kept: dict[int, Claim] = {}
    for at, number in enumerate(order):
        claim = claims[number]
        larger = (one for one in near[at] if one in kept)
        holder = next((one for one in larger if _is_within(claim, kept[one]) and places[one].holds(places[at])), None)
        if holder is None:
            kept[at] = claim
        else:
            kept[holder] = with_lent(kept[holder], (claim,))
    return [kept[at] for at in sorted(kept, key=order.__getitem__)]


def _near(footprints: Sequence[Footprint]) -> list[list[int]]:
    """Of each place the numbers of those before it that it may lie in, in order."""
    from waterspace.geometry.balls import balls, near_pairs

    found: list[list[int]] = [[] for _ in footprints]
    here = balls(footprints)
    for at, other in near_pairs(here, here, _SPARE_M):
        if other < at:
            found[at].append(other)
    return found


def _is_within(claim: Claim, other: Claim) -> bool:
    """Whether whoever is told of the other, and of a place that holds that of a claim, keeps out of the claim too."""
    if claim.hazard.endangers_shipping and not other.hazard.endangers_shipping:
        return False
    if rank(other.subject) > rank(claim.subject) or not _are_within(claim.windows, other.windows):
        return False
    return _are_within(claim.reserves, join_windows((*other.windows, *other.reserves)))


def _are_within(windows: Sequence[Window], others: Sequence[Window]) -> bool:
    return not less(windows, others)


@dataclass(slots=True)
class _Place:
    """A place, with what is made of it once for all that may lie in it."""

    footprint: Footprint
    _ball: Circle | None = None
    _area: tuple[Plane, Any] | None = None

    @property
    def ball(self) -> Circle:
        from waterspace.geometry.footprints import bounding_circle

        if self._ball is None:
            self._ball = bounding_circle(self.footprint)
        return self._ball

    def holds(self, other: _Place) -> bool:
        """Whether another lies in it, but for what its corners may be off."""
        import shapely

        from waterspace.geometry.geodesic import distance_m, position_arrays
        from waterspace.geometry.shapes import solid

        if self.footprint == other.footprint:
            return True
        apart_m = distance_m(self.ball.centre, other.ball.centre)
        if isinstance(self.footprint, Circle) and isinstance(other.footprint, Circle):
            return apart_m + other.ball.radius_m <= self.ball.radius_m + _SPARE_M
        reach_m = 0.0 if isinstance(other.footprint, Circle) else other.ball.radius_m
        if apart_m > self.ball.radius_m + reach_m + _SPARE_M:
            return False
        plane, area = self._widened()
        if not shapely.contains_xy(area, plane.project(*position_arrays(_corners(other.footprint)))).all():
            return False
        return bool(area.covers(solid(other.footprint, plane)))

    def _widened(self) -> tuple[Plane, Any]:
        """A plane about it and on that its area, a little wider, made ready to be asked again and again."""
        import shapely

        from waterspace.geometry.plane import Plane
        from waterspace.geometry.shapes import solid

        if self._area is None:
            plane = Plane(self.ball.centre)
            area = solid(self.footprint, plane).buffer(_SPARE_M)
            shapely.prepare(area)
            self._area = plane, area
        return self._area


def _corners(footprint: Footprint) -> Sequence[Position]:
    """Some points of a place, which cost nothing to find."""
    match footprint:
        case Polygon():
            return footprint.vertices
        case Corridor():
            return footprint.waypoints
        case Circle() | Sector():
            return (footprint.centre,)
        case _:
            return ()
