"""Waterspace, the exercise compiler: one file describes a joint exercise at sea; everything else follows from it.

    import waterspace

    exercise = waterspace.load("examples/passex.exercise.yaml")
    result = waterspace.check(exercise)
    run = waterspace.run(exercise, seed=1)
    waterspace.report(run, "report.html")
    many = waterspace.campaign(exercise, runs=100, executor="processes")
    changes = waterspace.diff("as-agreed.exercise.yaml", exercise)
    cards = waterspace.cards(exercise)

`check`, `run`, `campaign`, `diff` and `cards` take the path of a file as well as an exercise. What they need is
imported when it is first used, so `import waterspace` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from waterspace.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Unpack

    from waterspace.campaigns import Campaign
    from waterspace.campaigns.conduct import Options
    from waterspace.domain import CheckResult, Event, Exercise, Run
    from waterspace.planfile import load
    from waterspace.reports.cards import Card
    from waterspace.reports.changes import Comparison
    from waterspace.reports.page import write_report as report

__all__ = ["Campaign", "Exercise", "Run", "__version__", "campaign", "cards", "check", "diff", "load", "report", "run"]

_HOMES = {
    "Campaign": ("waterspace.campaigns", "Campaign"),
    "Exercise": ("waterspace.domain", "Exercise"),
    "Run": ("waterspace.domain", "Run"),
    "load": ("waterspace.planfile", "load"),
    "report": ("waterspace.reports.page", "write_report"),
}


def check(
    exercise: Exercise | str | PathLike[str], select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> CheckResult:
    """What the rules have to say of a plan. It never raises because of what the plan says.

    Args:
        exercise: the plan, or the path of its file, which is then loaded.
        select: codes, or beginnings of codes such as `WS2`; without any, all rules.
        ignore: codes or beginnings of codes to leave out.

    Raises:
        UnknownRuleError: no rule has a code that was asked for.
        PlanFileError: the file cannot be understood.
        TypeError: it is neither an exercise nor a path.
    """
    from waterspace import checks

    return checks.check(_exercise(exercise), select, ignore)


def run(
    exercise: Exercise | str | PathLike[str],
    seed: int = 1,
    watch: Callable[[Event], None] | None = None,
    check_result: CheckResult | None = None,
) -> Run:
    """Rehearse an exercise once and assess it.

    Args:
        exercise: the plan, good or bad, or the path of its file, which is then loaded.
        seed: of every random stream; the same file, seed and version give the same digest.
        watch: told of each event as it happens.
        check_result: what the rules said, where it is known already.

    Raises:
        PlanFileError: the file cannot be understood.
        TypeError: it is neither an exercise nor a path.
    """
    from waterspace import review

    return review.rehearse(_exercise(exercise), seed, watch, check_result)


def campaign(
    exercise: Exercise | str | PathLike[str],
    runs: int = 1000,
    seed: int = 1,
    executor: str = "local",
    **options: Unpack[Options],
) -> Campaign:
    """Rehearse an exercise many times.

    Args:
        exercise: the plan, or the path of its file, which is then loaded.
        runs: rows of the table; at most so many where a target may end it sooner.
        seed: of the campaign; the runs have seeds that follow from it.
        executor: `local`, `processes`, `ray`, or the `ray://` address of a cluster.
        **options: see `waterspace.campaigns.conduct.Options`.

    Raises:
        CampaignError: it cannot begin, go on or be kept.
        PlanFileError: the file cannot be understood.
        TypeError: it is neither an exercise nor a path.
    """
    from waterspace import campaigns

    return campaigns.campaign(_exercise(exercise), runs, seed, executor, **options)


def diff(old: Exercise | str | PathLike[str], new: Exercise | str | PathLike[str]) -> Comparison:
    """What changed from one plan to another, for each unit and each nation. It never raises because of what they say.

    Args:
        old: the plan as it was, or the path of its file, which is then loaded.
        new: the plan as it is, or the path of its file.

    Raises:
        PlanFileError: a file cannot be understood.
        TypeError: one is neither an exercise nor a path.
    """
    from waterspace.reports import changes

    return changes.compare(_exercise(old), _exercise(new))


def cards(exercise: Exercise | str | PathLike[str]) -> tuple[Card, ...]:
    """A card for each unit, in the order of the plan. It never raises because of what the plan says.

    Args:
        exercise: the plan, or the path of its file, which is then loaded.

    Raises:
        PlanFileError: the file cannot be understood.
        TypeError: it is neither an exercise nor a path.
    """
    from waterspace.reports.cards import make_cards

    return make_cards(_exercise(exercise))


def _exercise(given: object) -> Exercise:
    """An exercise as it is, and the one in the file of a path."""
    from waterspace.domain import Exercise

    if isinstance(given, Exercise):
        return given
    if isinstance(given, (str, PathLike)):
        from waterspace import planfile

        return planfile.load(fspath(given))
    kind = type(given).__name__
    message = f"an exercise or the path of its file is expected, not {kind}; waterspace.load(path) gives an exercise"
    raise TypeError(message)


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
