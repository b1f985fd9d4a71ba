"""The printed chart stands in for the map on paper and where scripts do not run, and is out of sight elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_a_reader_with_scripts_sees_the_map_alone_and_prints_the_chart(open_report: Callable[..., Any]) -> None:
    page = open_report("small").page
    assert not page.locator(".printed-chart").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".printed-chart svg").is_visible()


def test_a_reader_without_scripts_sees_the_chart(browser: Browser, reports: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((reports / "small.html").as_uri())
    assert page.locator(".printed-chart svg").is_visible()
    context.close()


def test_no_word_of_the_chart_reaches_beyond_the_page(browser: Browser, reports: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.goto((reports / "crowded.html").as_uri())
    picture = page.locator(".printed-chart svg").bounding_box()
    assert picture is not None
    for word in page.locator(".printed-chart svg text").all():
        box = word.bounding_box()
        assert box is not None
        assert box["x"] >= picture["x"] - 1.0
        assert box["x"] + box["width"] <= picture["x"] + picture["width"] + 1.0
    context.close()
