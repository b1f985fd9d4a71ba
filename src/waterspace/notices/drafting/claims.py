"""What notices tell of: the dangers of serials, with their heights, times and alternate times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import SURFACE, Band, Hazard, Window, join_windows
from waterspace.messages import audience
from waterspace.programme.subjects import rank, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from waterspace.domain import Exercise, Footprint, PlannedNotice
    from waterspace.programme.subjects import Subject

__all__ = ["Claim", "claims_of", "covered", "for_airmen", "for_ships", "less"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A danger of a serial.

    Attributes:
        owners: ids of serials that make it.
        windows: when it is there, in order of time, not touching.
        reserves: when it may be there instead, likewise, apart from the windows.
        hazard: what makes it dangerous.
        subject: what it is called.
    """

    owners: tuple[str, ...]
    footprint: Footprint
    band: Band
    windows: tuple[Window, ...]
    reserves: tuple[Window, ...]
    hazard: Hazard
    subject: Subject

    @property
    def endangers_aircraft(self) -> bool:
        """Whether it reaches above the masts of ships."""
        return self.band.ceiling_m > SURFACE.ceiling_m


def claims_of(exercise: Exercise) -> Mapping[str, tuple[Claim, ...]]:
    """Id of a serial to its dangers, in the order of the file; serials of types that are not installed have none."""
    from waterspace.programme import build
    from waterspace.serials import registry

    known = {id_: serial for id_, serial in exercise.serials.items() if registry.exists(serial.type)}
    whole = exercise if len(known) == len(exercise.serials) else replace(exercise, serials=known)
    found: dict[str, tuple[Claim, ...]] = {}
    for claim in build(whole).reservations:
        if claim.windows and claim.hazard.is_hazardous:
            windows = join_windows(claim.windows)
            made = Claim(
                owners=(claim.owner,),
                footprint=claim.footprint,
                band=claim.band,
                windows=windows,
                reserves=less(exercise.serials[claim.owner].reserve, windows),
                hazard=claim.hazard,
                subject=subject_of(exercise, claim),
            )
            found[claim.owner] = (*found.get(claim.owner, ()), made)
    return found


def less(windows: Iterable[Window], others: Sequence[Window]) -> tuple[Window, ...]:
    """What is left of some windows without others; in order of time, joined."""
    left = list(join_windows(windows))
    for other in others:
        left = [piece for window in left for piece in _cut(window, other)]
    return tuple(left)


def _cut(window: Window, other: Window) -> tuple[Window, ...]:
    shared = window.overlap(other)
    if shared is None:
        return (window,)
    before = Window(start_ms=window.start_ms, end_ms=shared.start_ms)
    after = Window(start_ms=shared.end_ms, end_ms=window.end_ms)
    return tuple(piece for piece in (before, after) if piece.start_ms < piece.end_ms)


def for_ships(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims that endanger shipping; where none does, all that is not in the air alone, else all of them."""
    dangers = tuple(claim for claim in claims if claim.hazard.endangers_shipping)
    low = tuple(claim for claim in claims if claim.hazard is not Hazard.FLYING)
    return dangers or low or tuple(claims)


def for_airmen(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """What aircraft must avoid: firing and flying; where there is neither, what reaches above the masts of ships."""
    dangers = tuple(claim for claim in claims if claim.hazard.endangers_shipping or claim.hazard is Hazard.FLYING)
    return dangers or tuple(claim for claim in claims if claim.endangers_aircraft)


def covered(exercise: Exercise, notice: PlannedNotice, claims: Mapping[str, Sequence[Claim]]) -> tuple[Claim, ...]:
    """What a notice covers: dangers of serials, and areas at the times of the dangers in them."""
    foremost = for_airmen if audience.reaches_airmen(notice.kind) else for_ships
    found: list[Claim] = []
    for name in dict.fromkeys(notice.covers):
        if name in exercise.serials:
            found += foremost(claims.get(name, ()))
        elif name in exercise.areas:
            inside = [
                claim
                for owner, of_owner in claims.items()
                if exercise.serials[owner].area == name
                for claim in foremost(of_owner)
            ]
            found += _area(exercise.areas[name].footprint, foremost(inside))
    return tuple(found)


def _area(footprint: Footprint, inside: Sequence[Claim]) -> tuple[Claim, ...]:
    """A whole area at the times of all that is dangerous in it, called by the foremost of that."""
    if not inside:
        return ()
    first = min(inside, key=lambda claim: rank(claim.subject))
    windows = join_windows(window for claim in inside for window in claim.windows)
    return (
        replace(
            first,
            owners=tuple(dict.fromkeys(owner for claim in inside for owner in claim.owners)),
            footprint=footprint,
            band=Band.around(claim.band for claim in inside),
            windows=windows,
            reserves=less((spare for claim in inside for spare in claim.reserves), windows),
        ),
    )
