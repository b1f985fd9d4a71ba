"""The text of a notice as it was sent, held against the draft of which it was made: the ledger keeps what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Band, Window, join_windows
from waterspace.errors import LedgerError
from waterspace.messages.audience import Kind, kind_of
from waterspace.messages.draft import DraftArea, DraftPart
from waterspace.messages.phrasing.schedules import whole_minutes
from waterspace.notices.drafting.claims import less
from waterspace.notices.ledger.changing import is_wider
from waterspace.notices.ledger.content import Place, notation_of, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.messages.draft import Draft
    from waterspace.messages.reading import Reading, Spell

__all__ = ["as_it_went"]

_NO_PLAIN_TEXT = ("", "<", "{", "!", "$", "\\")
"""What begins datasets and sentences, which do not carry all times."""
_SLACK_M = 200.0
"""How far a place that is read may lie from where it was meant: about the last digits of a text, assumed."""


def as_it_went(draft: Draft, text: str, at_ms: int) -> tuple[Draft, str]:
    """The draft that says what was sent, and in which way that is otherwise than what was to be sent.

    Plain text that is understood and has other times or places than the draft, or cancels something else, says what it
    says: the draft gets those. Of text that is not understood whole only places are looked at that lie outside of those
    of the draft, and whether the numbers that it is to cancel stand in it; it is then taken to hold in the places that
    are read until further notice, a NOTAM at the times of the draft. All else is taken as it was to be sent. Times
    before the text was sent do not count.

    Args:
        draft: that was to be sent.
        text: that was.
        at_ms: when, milliseconds since 1970-01-01T00:00Z.

    Returns:
        The draft and nothing where the text says the same, or what cannot be read; else another draft, and half a
        sentence such as `has other times than the plan has now`.

    Raises:
        LedgerError: the text was to cancel a notice and nothing else, and does not.
    """
    readings = _readings(text, draft.issued_ms)
    if not readings:
        return draft, ""
    is_known = all(map(_is_known, readings))
    told = _cancels(draft, readings, text, is_known=is_known)
    lacking = [number for number in draft.cancels if number not in told]
    if lacking and not draft.paragraphs:
        raise LedgerError(
            f"the text that was sent for {draft.id} does not cancel {', '.join(lacking)}, which stays in force; "
            "send one that does"
        )
    said = [f"does not cancel {', '.join(lacking)}"] if lacking else []
    if not is_known:
        other = _strange_places(draft, readings)
    else:
        other = (
            _other_times(draft, readings, at_ms) or _other_places(draft, readings, at_ms) if draft.paragraphs else ""
        )
    made = replace(draft, cancels=told)
    if other:
        made = _told(made, readings, has_times=is_known)
        said.append(other)
    return made, " and ".join(said)


def _told(draft: Draft, readings: Sequence[Reading], *, has_times: bool) -> Draft:
    """A draft with the places and times of a text."""
    known = draft.paragraphs if not has_times and kind_of(draft.kind) is Kind.NOTAM else ()
    windows = join_windows(window for part in known for window in part.windows)
    reserves = less((window for part in known for window in part.reserves), windows)
    parts = tuple(
        DraftPart(
            areas=(DraftArea(footprint=area.footprint, band=area.band, form=area.form),),
            windows=_windows(area.spells) if has_times else windows,
            reserves=_windows(area.reserves) if has_times else reserves,
            category=area.category,
        )
        for one in readings
        for area in one.areas
    )
    ends = [one.cancel_ms for one in readings if one.cancel_ms is not None]
    cancel_ms = max(ends, default=None) if has_times else None
    return replace(draft, areas=(), windows=(), reserves=(), parts=parts, cancel_ms=cancel_ms)


def _readings(text: str, issued_ms: int | None) -> list[Reading]:
    """The messages of a text; none where it is no plain text."""
    if text.lstrip()[:1] in _NO_PLAIN_TEXT:
        return []
    from waterspace.messages.reader import read
    from waterspace.messages.reading import Message
    from waterspace.messages.splitting import pieces

    return [read(Message(id="", text=piece.text, issued_ms=issued_ms)) for piece in pieces(text)]


def _is_known(reading: Reading) -> bool:
    """Whether a message is understood and says something."""
    return not reading.doubts and bool(reading.areas or reading.cancels)


def _cancels(draft: Draft, readings: Sequence[Reading], text: str, *, is_known: bool) -> tuple[str, ...]:
    """The numbers that a text cancels: those that it was to, as the draft has them, and others as it has them."""
    told = [number for one in readings for number in one.cancels]
    if is_known:
        meant = [number for number in draft.cancels if any(_is_one(number, one) for one in told)]
    elif any(one.areas for one in readings):
        meant = [number for number in draft.cancels if re.search(rf"(?<!\d)0*{re.escape(_last_word(number))}\b", text)]
    else:
        return draft.cancels
    others = [one for one in told if not any(_is_one(number, one) for number in draft.cancels)]
    return (*meant, *others)


def _is_one(number: str, told: str) -> bool:
    return _last_word(number) == _last_word(told)


def _last_word(number: str) -> str:
    """What a number is known by whatever stands before it: `123/26` of `NAVAREA XI 0123/26`."""
    return number.upper().split()[-1].lstrip("0")


def _other_times(draft: Draft, readings: Iterable[Reading], at_ms: int) -> str:
    parts = draft.paragraphs
    meant = whole_minutes(window for part in parts for window in (*part.windows, *part.reserves))
    read = _windows(spell for one in readings for area in one.areas for spell in (*area.spells, *area.reserves))
    is_other = meant and _after(read, at_ms) != _after(join_windows(meant), at_ms)
    return "has other times than the plan has now" if is_other else ""


def _windows(spells: Iterable[Spell]) -> tuple[Window, ...]:
    return join_windows(
        Window(start_ms=spell.start_ms, end_ms=spell.end_ms)
        for spell in spells
        if spell.start_ms is not None and spell.end_ms is not None
    )


def _after(windows: Iterable[Window], at_ms: int) -> list[Window]:
    return [Window(start_ms=max(one.start_ms, at_ms), end_ms=one.end_ms) for one in windows if one.end_ms > at_ms]


def _other_places(draft: Draft, readings: Iterable[Reading], at_ms: int) -> str:
    meant, told = ([one for place in places if (one := place.after(at_ms))] for places in _both(draft, readings))
    is_other = is_wider(meant, told, _SLACK_M) or is_wider(told, meant, _SLACK_M)
    return "has other places than the plan has now" if is_other else ""


def _strange_places(draft: Draft, readings: Iterable[Reading]) -> str:
    """What is said of places of a text that is not understood whole, whatever their times."""
    meant, told = ([replace(place, windows=()) for place in places] for places in _both(draft, readings))
    return "has places outside of those that the plan has now" if is_wider(meant, told, _SLACK_M) else ""


def _both(draft: Draft, readings: Iterable[Reading]) -> tuple[list[Place], list[Place]]:
    """The places of a draft, and those of a text, with all their times in one row and whatever heights they have."""
    meant = [
        replace(place, band=Band(), windows=place.times if place.windows else (), reserves=())
        for place in said(draft, notation_of(draft)).places
    ]
    told = [
        Place(
            footprint=area.footprint,
            form=area.form,
            band=Band(),
            category=area.category,
            windows=_windows((*area.spells, *area.reserves)),
            reserves=(),
        )
        for one in readings
        for area in one.areas
    ]
    return meant, told
