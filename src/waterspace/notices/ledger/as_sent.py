"""The text of a notice as it was sent, held against the draft of which it was made: the ledger keeps what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Band, Window, join_windows
from waterspace.errors import LedgerError
from waterspace.messages.audience import Kind, kind_of
from waterspace.messages.draft import DraftArea, DraftPart, Restriction
from waterspace.messages.phrasing.schedules import whole_minutes
from waterspace.notation import format_time
from waterspace.notices.drafting.claims import less
from waterspace.notices.ledger.changing import is_wider
from waterspace.notices.ledger.content import Place, notation_of, said, whole_band
from waterspace.notices.ledger.numbers import is_same
from waterspace.notices.ledger.subjects import asked_in, is_english, subjects_of
from waterspace.quantity import whole_minute_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.messages.draft import Draft
    from waterspace.messages.reading import Reading, Spell, WarnedArea

__all__ = ["as_it_went", "names_in"]

_NO_PLAIN_TEXT = ("<", "{", "!", "$", "\\")
"""What begins datasets and sentences, which do not carry all times."""
_READ_M = 200.0
"""How far a place that is read may lie from where it was meant: about the last digits of a text, assumed."""
_UNREAD = "could not be held against the draft, as no place was read in it"


def as_it_went(draft: Draft, text: str, at_ms: int) -> tuple[Draft, str]:
    """The draft that says what was sent, and in which way that is otherwise than what was to be sent.

    Plain text that is understood and has other times, places, heights (NOTAM) or goings-on than the draft, asks for
    something else, cancels itself at another time or cancels something else, says what it says: the draft gets those.
    Of text that is not understood whole only places are looked at that lie outside of those of the draft, heights and
    goings-on that it has nowhere, when it cancels itself, what else it asks for, and whether the numbers that it is to
    cancel stand in it; where its places, heights or goings-on are others it is taken to hold in the places that are
    read until further notice, a NOTAM at the times of the draft. Plain text in which no place is read says nothing of
    any place. Datasets and sentences are taken as they were to be sent. Times before the text was sent do not count,
    nor do those after it cancels itself.

    Args:
        draft: that was to be sent.
        text: that was.
        at_ms: when, milliseconds since 1970-01-01T00:00Z.

    Returns:
        The draft and nothing where the text says the same, or is no plain text; else another draft, and half a sentence
        such as `has other times than the plan has now`.

    Raises:
        LedgerError: the text is empty, or was to cancel a notice and nothing else, and does not.
    """
    if not text.strip():
        raise LedgerError(f"the text that was sent for {draft.id} is empty; give it as it was sent, or leave it out")
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
    made = replace(draft, cancels=told)
    found = [f"does not cancel {', '.join(lacking)}"] if lacking else []
    if draft.paragraphs:
        made, others = _held(made, readings, text, at_ms)
        found += others
    return made, " and ".join(found)


def names_in(text: str, issued_ms: int | None) -> list[str]:
    """What the messages of a text call themselves, with their series; those that have a number.

    Args:
        text: as it was sent.
        issued_ms: an instant near its issue; None where unknown.
    """
    from waterspace.messages.notam.reader import SERIES

    found = _readings(text, issued_ms)
    return [f"{'' if one.series == SERIES else one.series} {one.number}".strip() for one in found if one.number]


def _held(draft: Draft, readings: Sequence[Reading], text: str, at_ms: int) -> tuple[Draft, list[str]]:
    """A draft that says what a text says of places, and what is otherwise."""
    cancel_ms = min((one.cancel_ms for one in readings if one.cancel_ms is not None), default=None)
    if not any(one.areas for one in readings):
        parts = tuple(replace(part, areas=()) for part in draft.paragraphs)
        return replace(draft, areas=(), windows=(), reserves=(), parts=parts, cancel_ms=cancel_ms), [_UNREAD]
    is_known = all(map(_is_known, readings))
    made, found = draft, list[str]()
    other = _other(draft, readings, at_ms) if is_known else _strange(draft, readings)
    if not other and is_english(text):
        other = _other_subjects(draft, readings, is_known=is_known)
    if other:
        made = _told(made, readings, has_times=is_known)
        found.append(other)
    if is_english(text):
        asked = asked_in(text, draft)
        if asked is not None and (is_known or asked is not Restriction.NONE):
            made = replace(made, restriction=asked)
            found.append("asks for something else than the plan does now")
    if kind_of(draft.kind) is Kind.NOTAM:
        return made, found
    meant_ms = None if draft.cancel_ms is None else whole_minute_ms(draft.cancel_ms)
    if cancel_ms != meant_ms and (cancel_ms is not None or (is_known and is_english(text))):
        made = _cut(replace(made, cancel_ms=cancel_ms), meant_ms, at_ms)
        found.append("does not cancel itself" if cancel_ms is None else f"cancels itself at {format_time(cancel_ms)}")
    return made, found


def _cut(draft: Draft, meant_ms: int | None, at_ms: int) -> Draft:
    """A draft without the times after it cancels itself.

    Args:
        draft: with the time at which its text cancels itself.
        meant_ms: when it was to cancel itself; None where it was not.
        at_ms: when it was sent.
    """
    end_ms = draft.cancel_ms
    if end_ms is None:
        return draft
    is_early = end_ms < meant_ms if meant_ms is not None else True
    parts = []
    for part in draft.paragraphs:
        windows, reserves = (
            tuple(
                Window(start_ms=one.start_ms, end_ms=min(one.end_ms, end_ms)) for one in times if one.start_ms < end_ms
            )
            for times in (part.windows, part.reserves)
        )
        if not part.windows and is_early and at_ms < end_ms:
            windows = (Window(start_ms=at_ms, end_ms=end_ms),)
        is_left = bool(windows or (not part.windows and not is_early))
        parts.append(replace(part, areas=part.areas if is_left else (), windows=windows, reserves=reserves))
    if tuple(parts) == draft.paragraphs:
        return draft
    return replace(draft, areas=(), windows=(), reserves=(), parts=tuple(parts))


def _told(draft: Draft, readings: Sequence[Reading], *, has_times: bool) -> Draft:
    """A draft with the places and times of a text."""
    known = draft.paragraphs if not has_times and kind_of(draft.kind) is Kind.NOTAM else ()
    windows = join_windows(window for part in known for window in part.windows)
    reserves = less((window for part in known for window in part.reserves), windows)
    parts = tuple(
        replace(
            _subject(draft, area),
            areas=(DraftArea(footprint=area.footprint, band=area.band, form=area.form),),
            windows=_windows(area.spells) if has_times else windows,
            reserves=_windows(area.reserves) if has_times else reserves,
        )
        for one in readings
        for area in one.areas
    )
    return replace(draft, areas=(), windows=(), reserves=(), parts=parts)


def _subject(draft: Draft, area: WarnedArea) -> DraftPart:
    """What goes on in a place that is read: what the draft says where that may be read so."""
    for part in draft.paragraphs:
        if area.category in subjects_of(draft, part):
            return DraftPart(areas=(), category=draft.category_of(part), activity=part.activity)
    return DraftPart(areas=(), category=area.category)


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
    told = [(number, one.series) for one in readings for number in one.cancels]
    meant = [
        number
        for number in draft.cancels
        if any(_is_told(number, *one) for one in told) or (not is_known and _stands(number, text, told))
    ]
    return (*meant, *(one[0] for one in told if not any(_is_told(number, *one) for number in draft.cancels)))


def _is_told(number: str, told: str, series: str) -> bool:
    """Whether a text cancels a number; a reader gives one without a series that of the text, so that ours gets it too.

    Args:
        number: ours.
        told: that the text cancels.
        series: of the text; empty where unknown.
    """
    return is_same(told, number) or (len(number.split()) == 1 and is_same(told, f"{series} {number}"))


def _stands(number: str, text: str, told: Sequence[tuple[str, str]]) -> bool:
    """Whether the last word of a number stands in a text, and is not read there as that of another series."""
    last = number.rsplit(maxsplit=1)[-1]
    if any(is_same(one.rsplit(maxsplit=1)[-1], number) for one, _ in told):
        return False
    return re.search(rf"(?<!\d)0*{re.escape(last.lstrip('0'))}(?!\d)", text, re.IGNORECASE) is not None


def _other(draft: Draft, readings: Sequence[Reading], at_ms: int) -> str:
    """What is said of times, places and heights that are others."""
    if _are_other_times(draft, readings, at_ms):
        return "has other times than the plan has now"
    both = (_meant(draft), _read(draft, readings))
    meant, told = ([one for place in places if (one := place.after(at_ms))] for places in both)
    if _differ(_without_heights(meant), _without_heights(told)):
        return "has other places than the plan has now"
    has_heights = kind_of(draft.kind) is Kind.NOTAM
    return "has other heights than the plan has now" if has_heights and _differ(meant, told) else ""


def _strange(draft: Draft, readings: Sequence[Reading]) -> str:
    """What is said of places and heights of a text that is not understood whole, whatever their times."""
    both = (_meant(draft), _read(draft, readings))
    meant, told = ([replace(place, windows=()) for place in places] for places in both)
    if is_wider(_without_heights(meant), _without_heights(told), _READ_M):
        return "has places outside of those that the plan has now"
    if any(all(one.band != place.band for one in meant) for place in told):
        return "has other heights than the plan has now"
    return ""


def _other_subjects(draft: Draft, readings: Sequence[Reading], *, is_known: bool) -> str:
    """What is said of goings-on that are others than those of the draft, there or, if not all is known, anywhere."""
    meant = [
        (subjects_of(draft, part), replace(draft, areas=(), parts=(part,), reserves=(), windows=()))
        for part in draft.paragraphs
    ]
    told = _read(draft, readings)
    if all(place.category in about for place in told for about, _ in meant):
        return ""
    for place in told:
        alike = [one for about, own in meant if place.category in about for one in (_meant(own) if is_known else [])]
        is_some = any(place.category in about for about, _ in meant)
        if not is_some or (is_known and is_wider(_always(alike), _always([place]), _READ_M)):
            return "tells of something else than the plan does now"
    for about, own in meant if is_known else []:
        if is_wider(_always([one for one in told if one.category in about]), _always(_meant(own)), _READ_M):
            return "tells of something else than the plan does now"
    return ""


def _always(places: Sequence[Place]) -> list[Place]:
    return [replace(place, windows=(), band=Band()) for place in places]


def _without_heights(places: Sequence[Place]) -> list[Place]:
    return [replace(place, band=Band()) for place in places]


def _differ(meant: Sequence[Place], told: Sequence[Place]) -> bool:
    return is_wider(meant, told, _READ_M) or is_wider(told, meant, _READ_M)


def _are_other_times(draft: Draft, readings: Iterable[Reading], at_ms: int) -> bool:
    parts = draft.paragraphs
    meant = whole_minutes(window for part in parts for window in (*part.windows, *part.reserves))
    read = _windows(spell for one in readings for area in one.areas for spell in (*area.spells, *area.reserves))
    return bool(meant) and _after(read, at_ms) != _after(join_windows(meant), at_ms)


def _windows(spells: Iterable[Spell]) -> tuple[Window, ...]:
    return join_windows(
        Window(start_ms=spell.start_ms, end_ms=spell.end_ms)
        for spell in spells
        if spell.start_ms is not None and spell.end_ms is not None
    )


def _after(windows: Iterable[Window], at_ms: int) -> list[Window]:
    return [Window(start_ms=max(one.start_ms, at_ms), end_ms=one.end_ms) for one in windows if one.end_ms > at_ms]


def _meant(draft: Draft) -> list[Place]:
    """The places of a draft with all their times in one row."""
    return [
        replace(place, windows=place.times if place.windows else (), reserves=())
        for place in said(draft, notation_of(draft)).places
    ]


def _read(draft: Draft, readings: Iterable[Reading]) -> list[Place]:
    """The places of a text, likewise, their heights where it is one for airmen."""
    has_heights = kind_of(draft.kind) is Kind.NOTAM
    return [
        Place(
            footprint=area.footprint,
            form=area.form,
            band=whole_band(area.band) if has_heights else Band(),
            category=area.category,
            windows=_windows((*area.spells, *area.reserves)),
            reserves=(),
        )
        for one in readings
        for area in one.areas
    ]
