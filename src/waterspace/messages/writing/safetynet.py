"""Text ready for SafetyNET: a warning in letters, figures and signs that every ship's terminal prints.

The text only: the codes that tell the satellites where to send it (priority, service, address, repetition) are the
coordinator's. What the form does not carry is what `navarea` does not carry.

Source: International SafetyNET Manual, IMO MSC.1/Circ.1364: the text in capitals of the telegraph alphabet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.messages.phrasing.schedules import group_text
from waterspace.messages.phrasing.titles import number_text
from waterspace.messages.writing.body import body
from waterspace.messages.writing.lines import folded, telex
from waterspace.messages.writing.styles import STYLES

if TYPE_CHECKING:
    from waterspace.messages.draft import Draft

__all__ = ["LINE_LENGTH", "write"]

LINE_LENGTH = 40
"""Most characters of a line of a small terminal's printer; assumed."""
_BLANK = "---"


def write(draft: Draft) -> str:
    """The text of a warning by SafetyNET.

    Args:
        draft: whose `issuer` tells the style.

    Raises:
        DraftError: it says what the form has no words for.
    """
    style = STYLES[draft.issuer]
    dates = [] if draft.issued_ms is None else [group_text(draft.issued_ms, style.times, has_year=True)]
    title = f"{draft.series or style.series} {number_text(draft, _BLANK)}"
    ends = [f"{draft.originator.upper().rstrip('.')}."] if draft.originator else []
    return telex(folded([*dates, title, *body(draft, style), *ends], LINE_LENGTH))
