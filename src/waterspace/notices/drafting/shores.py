"""Dangers by the state in whose territorial sea they lie, and what that means for a notice.

A warning to ships at sea always tells of the whole danger, for some of them hear nothing else. Russia tells in it that
navigation is prohibited in territorial waters and dangerous outside. Elsewhere the state repeats the part within its
territorial sea in a coastal warning of its own; a state that neither takes part nor hosts nor has given leave does not.

Source: 333 texts of NAVAREA XX and of Russian coastal warnings, 2018 to 2026; for others assumed. The limits are
computed, not legal. Where a part has corners too close to be told apart once they are rounded, nothing is repeated.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from waterspace.domain import Polygon, Without
from waterspace.errors import DraftError
from waterspace.messages.audience import HYDRO, Kind, kind_of, reaches_ships
from waterspace.messages.draft import Issuer
from waterspace.messages.phrasing.outlines import corners_kept
from waterspace.messages.writing.styles import STYLES
from waterspace.notices.drafting.grouping import pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from waterspace.domain import Exercise, Footprint, PlannedNotice
    from waterspace.notices.drafting.claims import Claim
    from waterspace.notices.waters.dividing import Piece

__all__ = ["Part", "Shares", "coastal_of", "shared"]

_OWN = {Issuer.RUSSIA: "RUS"}
_KINDS = (Kind.NAVAREA, Kind.MARINERS, Kind.SAFETYNET, Kind.S124, *HYDRO)
"""Warnings whose coordinator is not the state whose waters they tell of."""
_FARTHEST_M = 250_000.0
"""Radius about a danger beyond which it is not divided: the planes on which it is cut are right up to this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What lies in one territorial sea of a danger.

    Attributes:
        claim: the part.
        whole: the danger.
    """

    claim: Claim
    whole: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Who else warns of the dangers of a notice, which itself tells of all of them.

    Attributes:
        coastal: state to what its coastal warning tells of again; empty where nothing is.
        unasked: states whose territorial seas it reaches into, which neither take part nor host nor have given leave,
            in order of the alphabet.
        is_partly_inside: whether part of what is told lies in the territorial sea of the state that tells it.
        is_inside: whether all of it does; then `is_partly_inside` is false.
    """

    coastal: tuple[tuple[str, tuple[Part, ...]], ...] = ()
    unasked: tuple[str, ...] = ()
    is_partly_inside: bool = False
    is_inside: bool = False


def shared(
    exercise: Exercise,
    notice: PlannedNotice,
    issuer: Issuer,
    claims: Sequence[Claim],
    near: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> Shares:
    """Who warns of the dangers of a notice.

    Dangers that lie in territorial seas alone, of states that have no texts of their own for it, stay with the notice:
    the planner chose it. What ships near the coast are told of by other notices of that state is not repeated.

    Args:
        exercise: whose notice it is.
        notice: of any kind; those to airmen and letters are never divided.
        issuer: whose habits its text follows.
        claims: the dangers that it covers.
        near: id of a serial to the states whose coastal notices of the plan tell of it, empty for one of no known
            state, which counts for all.

    Raises:
        DataFileError: the file gives holders of features in dispute that do not exist.
    """
    own = _OWN.get(issuer, "")
    is_divided = kind_of(notice.kind) in _KINDS
    if not (is_divided or (own and reaches_ships(notice.kind))):
        return Shares()
    if not any(claim.hazard.endangers_shipping for claim in claims):
        return Shares()
    held = _by_holder(exercise, claims)
    is_own = bool(own) and own in held
    inside = Shares(is_partly_inside=is_own and len(held) > 1, is_inside=is_own and len(held) == 1)
    if not is_divided:
        return inside
    has_rest = not held.keys().isdisjoint({"", own}) or any(_is_told(claim, near) for claim in claims)
    coastal: list[tuple[str, tuple[Part, ...]]] = []
    unasked: list[str] = []
    for state in sorted(held.keys() - {""}):
        theirs = tuple(part for part in held[state] if _may_warn(exercise, state, part.claim))
        if len(theirs) < len(held[state]):
            unasked.append(state)
        again = tuple(part for part in theirs if not _is_told(part.claim, near, state))
        if state != own and again and has_rest and _have_words(again):
            coastal.append((state, again))
    return replace(inside, coastal=tuple(coastal), unasked=tuple(unasked))


def _is_told(claim: Claim, near: Mapping[str, Collection[str]], state: str = "") -> bool:
    """Whether coastal notices of a state tell of all of a danger; without a state, whether those of any do."""
    by_owner = [near.get(owner, ()) for owner in claim.owners]
    return all(by_owner) if not state else all("" in states or state in states for states in by_owner)


def _may_warn(exercise: Exercise, state: str, claim: Claim) -> bool:
    """Whether a state has a part in what is dangerous in its sea: it takes part, hosts, or has given leave for it.

    Leave counts that holds for all of its times, alternate ones included.
    """
    if state == exercise.host or state in exercise.nations:
        return True
    names = {name for owner in claim.owners for name in (owner, exercise.serials[owner].area)}
    windows = (*claim.windows, *claim.reserves)
    return any(
        one.is_for_sea and one.covers_any(names) and not one.is_late_for(windows) and not one.is_run_out_in(windows)
        for one in exercise.permissions.values()
        if one.state == state
    )


def coastal_of(notice: PlannedNotice, state: str) -> PlannedNotice:
    """The coastal warning of a state for its part of a notice."""
    id_ = f"{notice.id}-COASTAL-{state}"
    return replace(notice, id=id_, kind=Kind.COASTAL, originator="", circle=None, firs=(), to=(state,))


def _by_holder(exercise: Exercise, claims: Sequence[Claim]) -> dict[str, list[Part]]:
    """Parts of claims by the state in whose territorial sea they lie, empty for nobody's and for what is in dispute."""
    from waterspace.environment.surroundings import Surroundings
    from waterspace.geometry.footprints import bounding_circle
    from waterspace.notices.waters.dividing import split

    zones = Surroundings.of(exercise).zones
    known: dict[Footprint, tuple[Piece, ...]] = {}
    found: dict[str, list[Part]] = {}
    for claim in pieces(claims):
        place = claim.footprint
        if bounding_circle(place).radius_m > _FARTHEST_M:
            found.setdefault("", []).append(Part(claim=claim, whole=claim))
            continue
        if place not in known:
            known[place] = split(place, zones)
        for piece in known[place]:
            part = Part(claim=replace(claim, footprint=piece.footprint), whole=claim)
            found.setdefault(piece.state or "", []).append(part)
    return found


def _have_words(parts: Sequence[Part]) -> bool:
    return all(_has_words(part.claim.footprint) for part in parts)


def _has_words(footprint: Footprint) -> bool:
    """Whether the corners of a part bound the same once they are rounded as issuers write them."""
    corners = footprint.base if isinstance(footprint, Without) else footprint
    if not isinstance(corners, Polygon):
        return True
    try:
        for style in STYLES.values():
            corners_kept(corners.vertices, style.notation)
    except DraftError:
        return False
    return True
