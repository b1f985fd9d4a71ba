"""A comparison as one HTML page, to read on a screen and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.reports.changes.text import by_title, counted, shows_nations, summary, told_apart
from waterspace.reports.sheets import render_sheet

if TYPE_CHECKING:
    from waterspace.reports.changes.values import Comparison

__all__ = ["as_html"]


def as_html(comparison: Comparison) -> str:
    """What changed, then for each nation, then for each unit."""
    return render_sheet(
        "changes.html.jinja",
        "changes.css",
        comparison=comparison,
        summary=summary(comparison),
        by_title=by_title,
        counted=counted,
        told=told_apart(comparison),
        shows_nations=shows_nations(comparison),
    )
