"""Takes the README's picture: the report of the big example, in a real browser, at the moment its two ranges overlap.

Usage: python tools/take_picture.py [--browser /usr/bin/chromium]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import waterspace

__all__ = ["main", "take"]

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "northern-interaction-2023.exercise.yaml"
PICTURE = ROOT / "docs" / "images" / "report.png"
MOMENT = "2023-07-22T02:15Z"
SIZE = {"width": 1366, "height": 900}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Run the example and take the picture."""
    parser = argparse.ArgumentParser(description="Take the README's picture of the report.")
    parser.add_argument("--browser", default="/usr/bin/chromium", help="a Chromium to use")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        waterspace.report(waterspace.run(waterspace.load(EXAMPLE), seed=1), page)
        take(page, options.browser)
    print(f"wrote {PICTURE.relative_to(ROOT)}")


def take(page: Path, browser: str) -> None:
    """Photograph a report's map and programme at the moment."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=ARGUMENTS)
        view = chromium.new_page(viewport=SIZE)  # type: ignore[arg-type]  # a plain dictionary will do
        view.goto(page.as_uri())
        view.wait_for_selector("html[data-ready=true]")
        view.evaluate(f"window.waterspace.clock.set(Date.parse('{MOMENT}'))")
        view.evaluate("document.getElementById('stage').scrollIntoView()")
        view.wait_for_function("window.waterspace.state().timeMs > 0")
        view.screenshot(path=PICTURE)
        chromium.close()


if __name__ == "__main__":
    main()
