"""A report that is open in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["Opened"]


@dataclass
class Opened:
    """A page, what it wrote to its console, and what it asked the network for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def run(self, script: str) -> Any:  # noqa: ANN401  # whatever the script gives
        """The value of an expression in the page."""
        return self.page.evaluate(script)

    def settle(self) -> None:
        """Wait until what was asked for has been painted."""
        self.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))")

    def wait_for(self, condition: str) -> None:
        """Wait, frame by frame, until an expression is true. The page's policy forbids Playwright's own way."""
        frames = f"(done) => {{ const look = () => ({condition}) ? done(0) : requestAnimationFrame(look); look(); }}"
        self.run(f"new Promise({frames})")

    def positions(self) -> dict[str, tuple[float, float]]:
        """Where the map shows each unit, in degrees."""
        self.settle()
        return {unit["id"]: (unit["lat"], unit["lon"]) for unit in self.run("waterspace.state().units")}
