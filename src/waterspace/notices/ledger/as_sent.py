"""The text of a notice as it was sent, held against the draft of which it was made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.domain import Band, Window, join_windows
from waterspace.errors import LedgerError
from waterspace.messages.phrasing.schedules import whole_minutes
from waterspace.notices.ledger.changing import is_wider
from waterspace.notices.ledger.content import Place, notation_of, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.messages.draft import Draft
    from waterspace.messages.reading import Reading, Spell

__all__ = ["check_as_sent"]

_NO_PLAIN_TEXT = ("", "<", "{", "!", "$", "\\")
"""What begins datasets and sentences, which do not carry all times."""
_SLACK_M = 200.0
"""How far a place that is read may lie from where it was meant: about the last digits of a text, assumed."""


def check_as_sent(draft: Draft, text: str, at_ms: int) -> None:
    """Refuse plain text that is understood and says other times or places than a draft, or does not cancel the same.

    Of text that is not understood whole only places are looked at that lie outside of those of the draft; all else is
    taken as it is. Times before the text was sent do not count.

    Args:
        draft: that was to be sent.
        text: that was.
        at_ms: when, milliseconds since 1970-01-01T00:00Z.

    Raises:
        LedgerError: it says something else.
    """
    readings = _readings(text, draft.issued_ms)
    if not readings:
        return
    if not all(map(_is_known, readings)):
        other = _strange_places(draft, readings)
    else:
        other = _other_numbers(draft, readings)
        if not other and draft.paragraphs:
            other = _other_times(draft, readings, at_ms) or _other_places(draft, readings, at_ms)
    if other:
        raise LedgerError(
            f"the text that was sent for {draft.id} {other}; record it with the plan from which it was written, or "
            "send it right"
        )


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


def _other_numbers(draft: Draft, readings: Iterable[Reading]) -> str:
    told = {_last_word(number) for one in readings for number in one.cancels}
    lacking = [number for number in draft.cancels if _last_word(number) not in told]
    return f"does not cancel {', '.join(lacking)}" if lacking else ""


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
