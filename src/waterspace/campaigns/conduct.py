"""A campaign from its first run to its table."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from waterspace.campaigns.designs import Design
from waterspace.campaigns.executors import open_executor
from waterspace.campaigns.expected import unknown_measure
from waterspace.campaigns.folder import open_folder, write_folder
from waterspace.campaigns.paired import Spread, spread_between
from waterspace.campaigns.plan import CampaignPlan, Wishes, make_plan
from waterspace.campaigns.results import (
    Difference,
    cell_estimates,
    differences,
    overall_estimates,
    sensitivity,
    share_within,
)
from waterspace.campaigns.table import KEYS, make_table, measure_names
from waterspace.domain.showing import shown
from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from waterspace.campaigns.intervals import Estimate
    from waterspace.campaigns.job import Row
    from waterspace.campaigns.journal import Journal
    from waterspace.campaigns.sensitivity import Influence
    from waterspace.campaigns.table import Table
    from waterspace.domain import Exercise

__all__ = ["Campaign", "Options", "Watch", "campaign", "conduct"]

Watch = Callable[[int, int, int], None]
"""Told after each run how many are done, how many there may be, and how many of them were done now."""


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """What many runs came to.

    Attributes:
        plan: what was run.
        rows: the runs that count, in order.
        reached: whether the wanted half-width was reached; None where none was wanted.
    """

    plan: CampaignPlan
    rows: tuple[Row, ...]
    reached: bool | None

    @cached_property
    def table(self) -> Table:
        """Column name to values: run_id, plan, variant, replication, seed, digest, varied values, every measure."""
        return make_table(self.plan, self.rows)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The names of the measures."""
        own = {*KEYS, *(factor.path for factor in self.plan.factors)}
        return tuple(name for name in self.table if name not in own)

    @cached_property
    def digest(self) -> str:
        """Of the digests of all runs in order."""
        return hashlib.sha256("\n".join(row.digest for row in self.rows).encode()).hexdigest()

    def estimates(self, plan: int = 1) -> dict[str, Estimate]:
        """The mean or share of every measure over all variants of a plan, with its interval."""
        return overall_estimates(self.table, self.measures, plan)

    def values(self, measure: str, plan: int = 1) -> list[float]:
        """The values of a measure under a plan in the order of the runs, those without one left out.

        Raises:
            CampaignError: there is no such measure.
        """
        self._refuse_unknown(measure)
        pairs = zip(self.table["plan"], self.table[measure], strict=True)
        return [value for own, value in pairs if own == plan and isinstance(value, float)]

    def share(self, measure: str, *, at_least: float = -math.inf, at_most: float = math.inf, plan: int = 1) -> Estimate:
        """In what share of all runs a measure is within bounds, with its interval; a run that has none is not within.

        Args:
            measure: name of a column.
            at_least: lower bound, in the unit that the name ends in; the bound itself is within.
            at_most: upper bound, likewise.
            plan: 1, or 2 for the plan that is compared with.

        Raises:
            CampaignError: there is no such measure.
        """
        self._refuse_unknown(measure)
        return share_within(self.table, measure, (at_least, at_most), plan)

    def _refuse_unknown(self, measure: str) -> None:
        if measure not in self.measures:
            raise CampaignError(unknown_measure(measure, self.measures))

    def __repr__(self) -> str:
        return f"<Campaign {self.plan.plans[0].name!r}: {len(self.rows)} runs, digest {self.digest[:12]}>"

    def _repr_html_(self) -> str:
        return shown(self)

    def by_variant(self, measure: str, plan: int = 1) -> dict[int, Estimate]:
        """The mean or share of a measure in each variant of a plan, with its interval."""
        return cell_estimates(self.table, measure, plan)

    def spread(self, measure: str, plan: int = 1) -> Spread | None:
        """How far the variants of a plan are apart in a measure, seed by seed; None where that cannot be compared."""
        return spread_between(self.table, measure, plan)

    def differences(self) -> tuple[Difference, ...]:
        """For every measure the second plan less the first, paired by seed and variant; empty for one plan."""
        return differences(self.table, self.measures) if len(self.plan.plans) > 1 else ()

    def sensitivity(self, measure: str) -> tuple[Influence, ...]:
        """The varied values in the order of their influence on a measure, the greatest first."""
        return sensitivity(self.table, [factor.path for factor in self.plan.factors], measure)


class Options(TypedDict, total=False):
    """What else can be said of a campaign.

    Attributes:
        vary: `PATH=FROM..TO` or `PATH=A,B,C`, one or several.
        design: `lhs`, `grid` or `sobol`.
        variants: how many.
        against: a second plan, compared run by run.
        target_half_width: measure and half-width at which to stop.
        workers: processes, or runs at a time on a cluster.
        out: a folder for the journal and the table.
        resume: go on with the journal in that folder.
        watch: told after each run.
    """

    vary: str | Sequence[str]
    design: str
    variants: int | None
    against: Exercise | None
    target_half_width: tuple[str, float] | None
    workers: int | None
    out: Path | str | None
    resume: bool
    watch: Watch | None


def campaign(
    exercise: Exercise, runs: int = 1000, seed: int = 1, executor: str = "local", **options: Unpack[Options]
) -> Campaign:
    """Rehearse an exercise many times.

    The same exercise, seed and version give the same table bit by bit, whoever does the runs and in whatever order.

    Args:
        exercise: the plan.
        runs: rows of the table; at most so many where a target may end it sooner.
        seed: of the campaign; the runs have seeds that follow from it.
        executor: `local`, `processes`, `ray`, or the `ray://` address of a cluster.
        **options: see `Options`.

    Raises:
        CampaignError: it cannot begin, go on or be kept.
    """
    vary = options.get("vary", ())
    wishes = Wishes(
        runs=runs,
        seed=seed,
        vary=(vary,) if isinstance(vary, str) else tuple(vary),
        design=_design(options.get("design", "lhs")),
        variants=options.get("variants"),
        target=options.get("target_half_width"),
    )
    against = options.get("against")
    plans = (exercise,) if against is None else (exercise, against)
    out = options.get("out")
    workers = options.get("workers")
    if workers is not None and workers < 1:
        raise CampaignError(f"--workers {workers}: there must be at least one")
    with ExitStack() as stack:
        journal = None
        if out is not None:
            wishes, journal = open_folder(Path(out), plans, wishes, resume=options.get("resume", False))
        plan = make_plan(plans, wishes)
        opened = stack.enter_context(journal(plan.identity())) if journal is not None else None
        done = conduct(plan, executor, workers, opened, options.get("watch"))
    if out is not None:
        write_folder(done.plan, done.table, done.digest, Path(out))
    return done


def _design(name: str) -> Design:
    try:
        return Design(name)
    except ValueError:
        raise CampaignError(f"there is no design {name!r}; there are {', '.join(Design)}") from None


def conduct(
    plan: CampaignPlan, executor: str, workers: int | None, journal: Journal | None, watch: Watch | None
) -> Campaign:
    """Do the runs that the journal lacks, until they are done or the interval is narrow enough.

    Args:
        plan: the runs.
        executor: who does them.
        workers: how many at a time; None for as many as there are processors.
        journal: of the runs done before, and where each goes as it is done.
        watch: told after each run.

    Raises:
        CampaignError: a run stops, or cannot be kept.
    """
    rows: dict[int, Row] = {} if journal is None else dict(journal.rows)
    before = len(rows)
    reached: bool | None = None
    counted: list[Row] = []
    with open_executor(executor, plan.job, workers) as opened:
        for first, last in plan.looks():
            tasks = plan.tasks(first, last)
            if watch is not None:
                watch(len(rows), plan.wishes.runs, len(rows) - before)
            for row in opened.perform([task for task in tasks if task.run_id not in rows]):
                rows[row.run_id] = row
                if journal is not None:
                    journal.add(row)
                if watch is not None:
                    watch(len(rows), plan.wishes.runs, len(rows) - before)
            counted += (rows[task.run_id] for task in tasks)
            if plan.wishes.target is not None:
                reached = _is_reached(plan, counted)
                if reached:
                    break
    return Campaign(plan=plan, rows=tuple(counted), reached=reached)


def _is_reached(plan: CampaignPlan, rows: Sequence[Row]) -> bool:
    """Whether the interval of the wanted measure is narrow enough in every variant, or that of its difference."""
    assert plan.wishes.target is not None
    name, wanted = plan.wishes.target
    names = measure_names(rows)
    if name not in names:
        raise CampaignError(f"--target-half-width: {unknown_measure(name, names)}")
    table = make_table(plan, rows)
    if len(plan.plans) > 1:
        found = [one.estimate.half_width for one in differences(table, (name,))]
        return bool(found) and max(found) <= wanted
    widths = [one.half_width for one in cell_estimates(table, name, 1).values()]
    return len(widths) == len(plan.variants) and max(widths, default=math.inf) <= wanted
