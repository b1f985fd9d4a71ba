"""Cards in a real browser: each on one sheet of A4, with nothing cut off, laid over or fetched."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from waterspace import planfile
from waterspace.reports.cards import make_cards
from waterspace.reports.cards.page import as_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "examples"
OVERFLOWING = """
[...document.querySelectorAll("td, th, h1, p, li")].filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
  .map((cell) => cell.textContent.trim().slice(0, 60))
"""
BEYOND = """
[...document.querySelectorAll("article")].flatMap((card) => [...card.querySelectorAll("*")].filter(
  (part) => part.getBoundingClientRect().right > card.getBoundingClientRect().right).map((part) => card.id))
"""


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.exercise.yaml")), ids=lambda path: path.name)
def test_each_card_of_the_examples_is_one_sheet_with_nothing_cut_off(
    browser: Browser, tmp_path: Path, path: Path
) -> None:
    cards = make_cards(planfile.load(path))
    file = tmp_path / "cards.html"
    file.write_text(as_html(cards), encoding="utf-8")
    context = browser.new_context(offline=True, java_script_enabled=True)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    assert page.evaluate(OVERFLOWING) == []
    page.emulate_media(media="print")
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(BEYOND) == []
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == len(cards)
    assert asked == [file.as_uri()]
    assert not complaints
    context.close()
