"""NAVAREA and coastal warnings in plain text, in the style of their issuer.

The order is that of the joint manual: date, series and number; general area, locality, chart; what goes on, when and
where; what ships are asked to do; what is cancelled and when.

What the form does not carry: heights (a reader takes the whole column), times finer than a minute (written never
shorter), positions finer than the issuer's notation (`Notation.resolution_deg`), lengths finer than a hundredth of a
mile and bearings finer than a tenth of a degree. What moves, and several shapes in one, have no words here: draft the
outline, or several areas. Labels of areas become letters in order.

Source: IMO resolution A.706(17) as amended, MSC.1/Circ.1288; Joint IMO/IHO/WMO Manual on MSI (S-53).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from waterspace.messages.draft import Issuer
from waterspace.messages.phrasing.schedules import group_text
from waterspace.messages.phrasing.titles import number_text
from waterspace.messages.writing.body import body
from waterspace.messages.writing.lines import folded
from waterspace.messages.writing.styles import STYLES
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from waterspace.messages.draft import Draft
    from waterspace.messages.writing.styles import Style

__all__ = ["LINE_LENGTH", "heading", "write"]

LINE_LENGTH = 69
"""Most characters of a line. Source: Recommendation ITU-T F.1, telegram page, 69 characters a line; assumed to do."""


def write(draft: Draft) -> str:
    """The text of a NAVAREA or coastal warning.

    Args:
        draft: whose `issuer` tells the style, and whose `series` the heading where it is not the issuer's own.

    Raises:
        DraftError: it says what the form has no words for.
    """
    style = STYLES[draft.issuer]
    ends = [f"{draft.originator.upper().rstrip('.')}."] if draft.originator else []
    return folded([*heading(draft, style), *body(draft, style), *ends], LINE_LENGTH)


def heading(draft: Draft, style: Style) -> list[str]:
    """Date of issue, series and number, a line each in the issuer's order."""
    series = f"{draft.series or style.series} {number_text(draft)}"
    if draft.issued_ms is None:
        return [series]
    if draft.issuer is Issuer.JAPAN:
        return [f"{series} {_date_text(draft.issued_ms)}"]
    return [group_text(draft.issued_ms, style.times, has_year=True), series]


def _date_text(issued_ms: int) -> str:
    """`DATE:2026/07/15 06 UTC`."""
    moment = datetime.fromtimestamp(issued_ms // SECOND_MS, UTC)
    clock = f"{moment:%H%M}" if issued_ms % (60 * MINUTE_MS) else f"{moment:%H}"
    return f"DATE:{moment:%Y/%m/%d} {clock} UTC"
