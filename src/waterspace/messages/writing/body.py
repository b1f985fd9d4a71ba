"""The body of a warning: what goes on where and when, what ships are asked to do, and what is cancelled.

Order of the elements: general area, locality, chart, subject, position, remarks, cancellation.

Source: Joint IMO/IHO/WMO Manual on Maritime Safety Information (S-53), message elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.messages.phrasing.positions import BLANK
from waterspace.messages.phrasing.schedules import needs_years, schedule_text
from waterspace.messages.phrasing.titles import cancel_texts, place_titles
from waterspace.messages.writing.ending import check_end
from waterspace.messages.writing.places import notation_of, places_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.messages.draft import Draft, DraftPart
    from waterspace.messages.writing.styles import Style

__all__ = ["body"]


def body(draft: Draft, style: Style) -> list[str]:
    """The paragraphs of a warning below its heading, each the beginning of a line.

    Args:
        draft: with at least one place or one cancellation.
        style: of the issuer.

    Raises:
        DraftError: it says nothing, or what has no words.
    """
    if not draft.paragraphs and not draft.cancels:
        raise DraftError(f"draft {draft.id!r} has no places and cancels nothing; give it one of them")
    check_end(draft, draft.paragraphs)
    paragraphs = [_part(draft, part, style) for part in draft.paragraphs]
    asked = _asked(draft, style)
    if asked and len(paragraphs) == 1:
        paragraphs[0] += asked
    elif asked:
        paragraphs.append(asked)
    has_year = style.has_cancel_year or _has_years(draft) or draft.issued_ms is None
    ends = [[f"{text}."] for text in cancel_texts(draft, style.itself, style.times, has_year=has_year)]
    if style.is_numbered or len(draft.paragraphs) > 1:
        lines = list(_numbered([*paragraphs, *ends]))
    else:
        lines = [line for paragraph in (*paragraphs, *ends) for line in paragraph]
    return [*place_titles(draft), *lines]


def _numbered(paragraphs: list[list[str]]) -> Iterator[str]:
    """Lines of paragraphs, the first of each behind its number."""
    for number, (first, *others) in enumerate(paragraphs, 1):
        yield f"{number}.{BLANK}{first}"
        yield from others


def _has_years(draft: Draft) -> bool:
    """Whether the times of a draft name their years."""
    instants = [
        instant_ms
        for part in draft.paragraphs
        for window in (*part.windows, *part.reserves)
        for instant_ms in (window.start_ms, window.end_ms)
    ]
    if draft.issued_ms is None and draft.cancel_ms is None:
        return True
    return needs_years([*instants, *([] if draft.cancel_ms is None else [draft.cancel_ms])], draft.issued_ms)


def _part(draft: Draft, part: DraftPart, style: Style) -> list[str]:
    """What goes on in some places at some times."""
    activity = (draft.activity_of(part) or style.activities[draft.category_of(part)]).upper().rstrip(".")
    times = schedule_text(part.windows, part.reserves, style.times, has_years=_has_years(draft))
    lead, *lettered = places_text(part.areas, style, notation_of(draft, style))
    return [f"{activity} {times} {lead}{'' if lettered else '.'}", *lettered]


def _asked(draft: Draft, style: Style) -> list[str]:
    """What ships are asked to do, and remarks."""
    sentences = [style.restrictions[draft.restriction], *draft.remarks]
    return [f"{sentence.upper().rstrip('.')}." for sentence in sentences if sentence]
