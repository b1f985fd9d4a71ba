"""The page that explains a rule, where one can be opened."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from waterspace import checks

__all__ = ["page_of"]

_RULES = Path(__file__).parents[3] / "docs" / "reference" / "rules.md"
"""There in a checkout of the repository; an installed package has no pages."""


@cache
def page_of(code: str) -> str | None:
    """Address of the page of a rule; None where there is none."""
    if not _RULES.is_file() or not checks.codes_matching(code):
        return None
    title = next((line for line in _headings() if line.startswith(f"{code} ")), None)
    return None if title is None else f"{_RULES.as_uri()}#{title.lower().replace(' ', '-')}"


@cache
def _headings() -> tuple[str, ...]:
    text = _RULES.read_text(encoding="utf-8")
    return tuple(line[3:].strip() for line in text.splitlines() if line.startswith("## "))
