"""Drafts of the notices that a plan needs: those that it names, and what is lacking for ships and for aircraft.

What moves is drafted as the outline of what it sweeps; `grouping` makes the paragraphs. A notice without a time of
cancellation cancels itself an hour after its last end, alternate times included, as most do. A letter has no draft.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.messages.audience import HYDRO, Kind, kind_of
from waterspace.messages.draft import Draft, DraftArea, DraftPart, Issuer, Restriction
from waterspace.messages.leads import CANCEL_AFTER_MS
from waterspace.messages.phrasing.numbers import listed
from waterspace.messages.writing.styles import STYLES
from waterspace.notices.drafting.claims import claims_of, covered
from waterspace.notices.drafting.grouping import held_by, paragraphs, pieces, with_lent
from waterspace.notices.drafting.originating import NAVAREAS, area_in, elsewhere, issuer_of, series_of, states_of
from waterspace.notices.drafting.proposing import proposed
from waterspace.notices.drafting.reaching import beyond
from waterspace.notices.drafting.regions import regions_of
from waterspace.notices.drafting.shores import coastal_of, shared
from waterspace.notices.drafting.timing import span_of, timed
from waterspace.notices.drafting.told import Drafted
from waterspace.notices.waters.localities import locality
from waterspace.notices.waters.navareas import navarea
from waterspace.notices.waters.seas import general_area
from waterspace.programme.subjects import rank
from waterspace.quantity import whole_minute_ms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Exercise, Footprint, PlannedNotice
    from waterspace.notices.drafting.claims import Claim
    from waterspace.notices.drafting.grouping import Paragraph
    from waterspace.notices.drafting.shores import Part, Shares

__all__ = ["draft_all", "drafted"]

_LACKING = "Proposed: no notice of the plan covers it."
_COASTAL = (Kind.COASTAL, Kind.LOCAL, Kind.NAVTEX)
"""Notices of the plan beside which no coastal warning is proposed for a part of another."""
_NO_PART = DraftPart(areas=())
"""Stands first in a draft whose first paragraph is of another category than the draft."""
_KEPT = 512
"""Places whose names are kept, so that the same plan is drafted again at once."""
_RESTRICTIONS = {Issuer.RUSSIA: Restriction.DANGEROUS, Issuer.CHINA: Restriction.PROHIBITED}


def draft_all(exercise: Exercise) -> tuple[Draft, ...]:
    """The drafts that a plan needs, in the order of its notices, then proposed ones in the order of its serials.

    The `kind` of each is a word of `messages.audience.Kind`. A notice that covers nothing with a time and a place has
    none, nor has a letter, nor a kind that nobody knows.

    Args:
        exercise: serials of a type that is not installed have no reservations, and so no notice.

    Raises:
        DataFileError: the file of flight information regions of the exercise cannot be read.
    """
    return tuple(one.draft for one in drafted(exercise) if one.draft is not None)


def drafted(exercise: Exercise, now_ms: int | None = None) -> tuple[Drafted, ...]:
    """Every notice of a plan with its draft, then every proposed one; see `draft_all`.

    A coastal warning that repeats a part of a notice stands behind it; what several notices tell of is repeated once.
    A draft is dated by the plan's own time, or where that is late or missing by the time by which it is due.

    Args:
        exercise: see `draft_all`.
        now_ms: no draft is dated before it, milliseconds since 1970-01-01T00:00Z; None to look at no clock, so that one
            exercise has one text.

    Raises:
        DataFileError: see `draft_all`.
    """
    claims = claims_of(exercise)
    wanted = [(notice, covered(exercise, notice, claims), "") for notice in exercise.notices.values()]
    near = _near([(notice, dangers) for notice, dangers, _ in wanted if kind_of(notice.kind) in _COASTAL])
    wanted += [(notice, tuple(lacking), _LACKING) for notice, lacking in proposed(exercise, claims)]
    shares = [_shared(exercise, notice, dangers, near) for notice, dangers, _ in wanted]
    repeated = _repeated([notice for notice, _, _ in wanted], shares)
    found: list[Drafted] = []
    for (notice, dangers, remark), one in zip(wanted, shares, strict=True):
        told = _told(exercise, notice, dangers, one)
        found.append(replace(told, remark=remark, beyond=beyond(exercise, notice, claims)))
        found += [_coastal(exercise, notice, repeat) for repeat in repeated if repeat.notices[0] == notice.id]
    return _dated(exercise, found, now_ms)


def _near(told: Sequence[tuple[PlannedNotice, Sequence[Claim]]]) -> Mapping[str, set[str]]:
    """Id of a serial to the states whose coastal notices tell of it, empty for one of no known state."""
    found: dict[str, set[str]] = {}
    for notice, dangers in told:
        states = states_of(notice) or ("",)
        for owner in {owner for claim in dangers for owner in claim.owners}:
            found.setdefault(owner, set()).update(states)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Repeat:
    """What a state repeats in a coastal warning, and the ids of the notices that tell of it, the first one first."""

    state: str
    parts: tuple[Part, ...]
    notices: tuple[str, ...]


def _repeated(notices: Sequence[PlannedNotice], shares: Sequence[Shares]) -> list[_Repeat]:
    """What states repeat of notices, each part once: with the notice that is handed in first."""
    found: list[_Repeat] = []
    pairs = enumerate(zip(notices, shares, strict=True))
    for _, (notice, share) in sorted(pairs, key=lambda one: (_time_of(one[1][0]), one[0])):
        for state, inside in share.coastal:
            left = inside
            for at, one in enumerate(found):
                if one.state == state and left:
                    found[at], left = _shared_out(one, left, notice.id)
            if left:
                found.append(_Repeat(state=state, parts=left, notices=(notice.id,)))
    return found


def _shared_out(repeat: _Repeat, parts: tuple[Part, ...], id_: str) -> tuple[_Repeat, tuple[Part, ...]]:
    """What is repeated, and what is left of the parts of one more notice; what holds the former takes its place."""
    left, told = _lent(parts, repeat.parts)
    kept, around = _lent(told, left)
    if len(left) == len(parts) and len(kept) == len(told):
        return repeat, left
    notices = (*repeat.notices, id_)
    if len(kept) < len(told):
        return replace(repeat, parts=(*kept, *around), notices=notices), ()
    return replace(repeat, parts=told, notices=notices), left


def _lent(parts: tuple[Part, ...], others: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Parts of dangers that lie within none of others, and these with owners and heights of all that do."""
    holders = held_by([part.whole for part in parts], [other.whole for other in others])
    held: dict[Claim, list[Claim]] = {}
    for part, holder in zip(parts, holders, strict=True):
        if holder is not None:
            held.setdefault(others[holder].whole, []).append(part.whole)
    left = tuple(part for part, holder in zip(parts, holders, strict=True) if holder is None)
    return left, tuple(
        replace(other, claim=with_lent(other.claim, held[other.whole]), whole=with_lent(other.whole, held[other.whole]))
        if other.whole in held
        else other
        for other in others
    )


def _time_of(notice: PlannedNotice) -> float:
    return math.inf if notice.planned_ms is None else notice.planned_ms


def _shared(
    exercise: Exercise, notice: PlannedNotice, claims: tuple[Claim, ...], near: Mapping[str, set[str]]
) -> Shares:
    """Who else warns of the dangers of a notice."""
    return shared(exercise, notice, issuer_of(exercise, notice, _area(notice, claims)), claims, near)


def _area(notice: PlannedNotice, claims: Sequence[Claim]) -> str:
    """The navigational area by which a notice gets its series; empty where its kind or originator says it."""
    return "" if series_of(notice) else next(iter(_areas(notice, claims)), "")


def _told(exercise: Exercise, notice: PlannedNotice, claims: tuple[Claim, ...], shares: Shares) -> Drafted:
    """A notice with its draft."""
    area = _area(notice, claims)
    draft = _draft(exercise, notice, issuer_of(exercise, notice, area), claims)
    if draft is not None:
        draft = replace(_ashore(draft, shares), series=series_of(notice, area))
    return Drafted(
        notice=notice,
        draft=draft,
        claims=claims,
        areas=_areas(notice, claims),
        unasked=shares.unasked,
        elsewhere=elsewhere(notice, _numbers_of(claims) if kind_of(notice.kind) in (*HYDRO, *NAVAREAS) else ()),
    )


def _coastal(exercise: Exercise, notice: PlannedNotice, repeat: _Repeat) -> Drafted:
    """The coastal warning of a state that repeats a part of a notice."""
    coastal = coastal_of(notice, repeat.state)
    claims = tuple(part.claim for part in repeat.parts)
    draft = _draft(exercise, coastal, issuer_of(exercise, coastal), claims)
    assert draft is not None, "what lies in a territorial sea has a place"
    return Drafted(
        notice=coastal,
        draft=replace(draft, restriction=Restriction.PROHIBITED),
        claims=claims,
        remark=f"Proposed: part of {listed(repeat.notices, 'and')} lies in the territorial sea of {repeat.state} "
        f"(computed limit), and {repeat.state} repeats it.",
        part_of=notice.id,
    )


def _dated(exercise: Exercise, found: Sequence[Drafted], now_ms: int | None) -> tuple[Drafted, ...]:
    """Drafts that promise no time at which they are late, nor one that is past."""
    spans, _ = timed(exercise, found)
    due_ms = {span.told.notice.id: span.due_ms for span in spans}
    return tuple(one if one.draft is None else _with_date(one, one.draft, due_ms, now_ms) for one in found)


def _with_date(one: Drafted, draft: Draft, due_ms: Mapping[str, int], now_ms: int | None) -> Drafted:
    issued_ms = due_ms[one.notice.id]
    if draft.issued_ms is not None:
        issued_ms = min(draft.issued_ms, issued_ms)
    return replace(one, draft=replace(draft, issued_ms=issued_ms if now_ms is None else max(issued_ms, now_ms)))


def _areas(notice: PlannedNotice, claims: Sequence[Claim]) -> tuple[str, ...]:
    """The navigational areas of a NAVAREA warning: that which it names, and those in which its dangers may lie.

    The one that it names alone, where they lie in others: it is near no limit of that.
    """
    if not claims or kind_of(notice.kind) not in NAVAREAS:
        return ()
    named = area_in(f"{notice.originator} {notice.kind}")
    found = _numbers_of(claims)
    if not named:
        return found
    return (named, *(number for number in found if number != named)) if named in found else (named,)


def _numbers_of(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The navigational areas in which dangers may lie, the likeliest first; none for none."""
    return _numbers(tuple(claim.footprint for claim in pieces(claims))) if claims else ()


@functools.lru_cache(maxsize=_KEPT)
def _numbers(places: tuple[Footprint, ...]) -> tuple[str, ...]:
    return navarea(places)


@functools.lru_cache(maxsize=_KEPT)
def _sea(places: tuple[Footprint, ...], issuer: Issuer) -> str:
    return general_area(places, issuer)


@functools.lru_cache(maxsize=_KEPT)
def _locality(places: tuple[Footprint, ...], issuer: Issuer) -> str:
    return locality(places, issuer)


def _ashore(draft: Draft, shares: Shares) -> Draft:
    """A draft with what is asked of ships in territorial waters."""
    if shares.is_inside:
        return replace(draft, restriction=Restriction.PROHIBITED)
    return replace(draft, restriction=Restriction.PROHIBITED_INSIDE) if shares.is_partly_inside else draft


def _draft(exercise: Exercise, notice: PlannedNotice, issuer: Issuer, claims: Sequence[Claim]) -> Draft | None:
    """The draft of a notice; None where there is none.

    Airmen are told the sea in English and no locality: those names are of coasts, and words for ships.
    """
    kind = kind_of(notice.kind)
    parts = paragraphs(claims)
    if not parts or kind is None or kind is Kind.LETTER:
        return None
    foremost = min((part.subject for part in parts), key=rank)
    places = tuple(claim.footprint for part in parts for claim in part.claims)
    is_mixed = any(part.subject != foremost for part in parts)
    made = tuple(_part(part, issuer if is_mixed else None) for part in parts)
    is_first = parts[0].subject.category is foremost.category
    first, others = (made[0], made[1:]) if is_first else (_NO_PART, made)
    draft = Draft(
        id=notice.id,
        issuer=issuer,
        series=series_of(notice),
        issued_ms=notice.planned_ms,
        general_area=_sea(places, Issuer.USA if kind is Kind.NOTAM else issuer),
        locality="" if kind is Kind.NOTAM else _locality(places, issuer),
        category=foremost.category,
        activity=first.activity or foremost.words,
        areas=first.areas,
        windows=first.windows,
        reserves=first.reserves,
        parts=others,
        restriction=_asked(kind, issuer),
        originator=notice.originator if issuer is Issuer.CHINA else "",
        kind=kind,
        firs=_firs(exercise, notice, kind, parts),
        circle=notice.circle,
    )
    return replace(draft, cancel_ms=_cancel_ms(draft) if notice.cancel_ms is None else notice.cancel_ms)


def _asked(kind: Kind, issuer: Issuer) -> Restriction:
    """What is asked of those outside; of airmen never more than that they know of a danger.

    Source: EUROCONTROL, airspace management handbook, 3.2.5.1.2: over the high seas only danger areas may be
    established, whatever the risk.
    """
    return Restriction.DANGEROUS if kind is Kind.NOTAM else _RESTRICTIONS.get(issuer, Restriction.WIDE_BERTH)


def _part(paragraph: Paragraph, issuer: Issuer | None) -> DraftPart:
    """A paragraph of a draft, in the words of an issuer; without one what goes on is what the draft is about."""
    subject = paragraph.subject
    return DraftPart(
        areas=tuple(DraftArea(footprint=claim.footprint, band=claim.band) for claim in paragraph.claims),
        windows=paragraph.windows,
        reserves=paragraph.reserves,
        activity="" if issuer is None else subject.words or STYLES[issuer].activities[subject.category],
        category=None if issuer is None else subject.category,
    )


def _cancel_ms(draft: Draft) -> int:
    """A whole minute after the last end."""
    return whole_minute_ms(span_of(draft)[1] + CANCEL_AFTER_MS)


def _firs(exercise: Exercise, notice: PlannedNotice, kind: Kind, parts: Sequence[Paragraph]) -> tuple[str, ...]:
    """The regions that the planner names; for a NOTAM else those that its dangers lie in."""
    if notice.firs or kind is not Kind.NOTAM:
        return notice.firs
    return regions_of(exercise, [claim.footprint for part in parts for claim in part.claims])
