"""Waterspace, the exercise compiler: one file describes a joint exercise at sea; everything else follows from it.

    import waterspace

    exercise = waterspace.load("examples/passex.exercise.yaml")
    result = waterspace.check(exercise)
    run = waterspace.run(exercise, seed=1)
    waterspace.report(run, "report.html")
    many = waterspace.campaign(exercise, runs=100, executor="processes")

Each of these is imported when it is first used, so `import waterspace` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from waterspace.version import __version__

if TYPE_CHECKING:
    from waterspace.campaigns import Campaign, campaign
    from waterspace.checks import check
    from waterspace.domain import Exercise, Run
    from waterspace.planfile import load
    from waterspace.reports.page import write_report as report
    from waterspace.review import rehearse as run

__all__ = ["Campaign", "Exercise", "Run", "__version__", "campaign", "check", "load", "report", "run"]

_HOMES = {
    "Campaign": ("waterspace.campaigns", "Campaign"),
    "Exercise": ("waterspace.domain", "Exercise"),
    "Run": ("waterspace.domain", "Run"),
    "campaign": ("waterspace.campaigns", "campaign"),
    "check": ("waterspace.checks", "check"),
    "load": ("waterspace.planfile", "load"),
    "report": ("waterspace.reports.page", "write_report"),
    "run": ("waterspace.review", "rehearse"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # the names above are of many kinds
    if name in _HOMES:
        module, attribute = _HOMES[name]
        value = getattr(import_module(module), attribute)
        globals()[name] = value
        return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
