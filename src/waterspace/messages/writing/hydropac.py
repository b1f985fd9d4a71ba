"""HYDROPAC, HYDROLANT and HYDROARC: the warnings of the United States for waters that others coordinate.

What the form does not carry is what `navarea` does not carry.

Source: broadcast warnings of the National Geospatial-Intelligence Agency, 2018 to 2026.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.messages.draft import Issuer
from waterspace.messages.phrasing.schedules import ZULU_STYLE, group_text
from waterspace.messages.phrasing.titles import number_text
from waterspace.messages.writing.body import body
from waterspace.messages.writing.lines import folded
from waterspace.messages.writing.navarea import LINE_LENGTH
from waterspace.messages.writing.styles import STYLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.draft import Draft

__all__ = ["write"]


def write(draft: Draft, regions: Sequence[str] = ()) -> str:
    """The text of a HYDROPAC.

    Args:
        draft: whose `series` may be `HYDROLANT` or `HYDROARC`; its issuer's style is not used.
        regions: numbers of the subregions of charts that it concerns, such as `97`.

    Raises:
        DraftError: it says what the form has no words for.
    """
    style = STYLES[Issuer.USA]
    subregions = f"({','.join(regions)})" if regions else ""
    dates = [] if draft.issued_ms is None else [group_text(draft.issued_ms, ZULU_STYLE, has_year=True)]
    series = draft.series if draft.series.startswith("HYDRO") else "HYDROPAC"
    title = f"{series} {number_text(draft)}{subregions}."
    return folded([*dates, title, *body(replace(draft, issuer=Issuer.USA), style)], LINE_LENGTH)
