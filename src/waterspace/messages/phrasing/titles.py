"""Titles and ends of notices: series and number, area, locality, charts, date of issue, cancellations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.phrasing.numbers import listed
from waterspace.messages.phrasing.schedules import TimeStyle, group_text
from waterspace.quantity import whole_minute_ms

if TYPE_CHECKING:
    from waterspace.messages.draft import Draft

__all__ = ["cancel_texts", "number_text", "place_titles"]

_NO_NUMBER = "___"
"""Stands for a number that the coordinator has not given yet."""


def number_text(draft: Draft, blank: str = _NO_NUMBER) -> str:
    """The number of a notice, or blanks and the year in its place.

    Args:
        draft: of it.
        blank: what stands for the number that is not given yet.
    """
    if draft.number:
        return draft.number
    times = [window.start_ms for part in draft.paragraphs for window in (*part.windows, *part.reserves)]
    instant_ms = draft.issued_ms if draft.issued_ms is not None else min(times, default=draft.cancel_ms)
    year = "" if instant_ms is None else group_text(instant_ms, TimeStyle(), has_year=True)[-2:]
    return f"{blank}/{year}" if year else blank


def place_titles(draft: Draft) -> list[str]:
    """General area, locality and charts, a line each."""
    lines = [_sentence(text) for text in (draft.general_area, draft.locality) if text]
    if draft.charts:
        lines.append(f"{'CHARTS' if len(draft.charts) > 1 else 'CHART'} {', '.join(draft.charts)}.")
    return lines


def _sentence(text: str) -> str:
    return f"{text.upper().rstrip('.')}."


def cancel_texts(draft: Draft, itself: str, style: TimeStyle, *, has_year: bool) -> list[str]:
    """The cancellations of a draft without full stops: `CANCEL HYDROPAC 1234/26`, `CANCEL THIS MSG 231000Z JUL 26`.

    Args:
        draft: of which.
        itself: what the message calls itself, such as `MSG`.
        style: of times.
        has_year: whether the time at which it cancels itself names its year.
    """
    found = [f"CANCEL {listed(draft.cancels)}"] if draft.cancels else []
    if draft.cancel_ms is not None:
        end_ms = whole_minute_ms(draft.cancel_ms)
        found.append(f"CANCEL THIS {itself} {group_text(end_ms, style, has_year=has_year)}")
    return found
