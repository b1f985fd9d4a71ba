"""A real browser, and reports to open in it; without one the tests skip and say why, unless they may not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from opened_page import Opened
from report_cases import crowded_run, named, small_run
from waterspace.reports.page import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _cannot(reason: str) -> NoReturn:
    if os.environ.get("WATERSPACE_REQUIRE_BROWSER"):
        pytest.fail(f"WATERSPACE_REQUIRE_BROWSER is set, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _cannot("the Python package playwright is not installed")
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        _cannot("Chromium is not installed")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the reports of the runs made by hand."""
    folder = tmp_path_factory.mktemp("reports")
    write_report(small_run(), folder / "small.html")
    write_report(crowded_run(), folder / "crowded.html")
    write_report(named(small_run(), "</script><script>document.title='owned'</script><b>x"), folder / "hostile.html")
    return folder


@pytest.fixture
def open_report(browser: Browser, reports: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a report by name, from the file, with the network cut."""
    contexts = []

    def open_(name: str, width: int = 1366, height: int = 768, **options: Any) -> Opened:  # noqa: ANN401  # Playwright's own
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        opened = Opened(page=context.new_page())
        opened.page.on(
            "console",
            lambda message: opened.complaints.append(message.text) if message.type in {"error", "warning"} else None,
        )
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto((reports / f"{name}.html").as_uri())
        opened.page.wait_for_selector("html[data-ready=true]")
        opened.settle()
        return opened

    yield open_
    for context in contexts:
        context.close()
