"""The plan of a campaign: which runs there are, before the first is done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from waterspace.campaigns.designs import Design, usual_variants, variants
from waterspace.campaigns.expected import refuse_unexpected
from waterspace.campaigns.factors import Factor, read_factor
from waterspace.campaigns.job import Job, Task, run_seed
from waterspace.errors import CampaignError, PlanFileError
from waterspace.planfile import Document, loads
from waterspace.version import __version__

if TYPE_CHECKING:
    from waterspace.domain import Exercise

__all__ = ["CampaignPlan", "Wishes", "make_plan"]

_FIRST_LOOK = 20
"""Replications before the half-width is looked at for the first time (assumed)."""
_GROWTH = 5, 4
"""By how much there must be more before it is looked at again, so that few looks are taken (assumed)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is asked of a campaign.

    Attributes:
        runs: rows of the table; at most so many where a target may end it sooner.
        vary: `PATH=FROM..TO` or `PATH=A,B,C`, each.
        variants: how many; None leaves it to the design.
        target: measure and half-width at which to stop; None goes on to the last run.
    """

    runs: int = 1000
    seed: int = 1
    vary: tuple[str, ...] = ()
    design: Design = Design.LHS
    variants: int | None = None
    target: tuple[str, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPlan:
    """Every run of a campaign.

    Attributes:
        plans: one, or the two that are compared.
        variants: the texts of each variant, one for each factor.
    """

    wishes: Wishes
    plans: tuple[Exercise, ...]
    factors: tuple[Factor, ...]
    variants: tuple[tuple[str, ...], ...]

    @property
    def cells(self) -> int:
        """Runs of one replication: every variant of every plan."""
        return len(self.plans) * len(self.variants)

    @property
    def job(self) -> Job:
        """What the workers need."""
        edits = tuple(
            {place: text for factor, text in zip(self.factors, row, strict=True) for place in factor.places}
            for row in self.variants
        )
        return Job(version=__version__, plans=self.plans, edits=edits)

    def tasks(self, first: int, last: int) -> tuple[Task, ...]:
        """The runs of the replications from `first` to before `last`, as far as there are runs."""
        return tuple(
            self._task(number) for number in range(first * self.cells, min(last * self.cells, self.wishes.runs))
        )

    def _task(self, number: int) -> Task:
        replication, cell = divmod(number, self.cells)
        variant, plan = divmod(cell, len(self.plans))
        return Task(
            run_id=number + 1,
            plan=plan,
            variant=variant,
            replication=replication,
            seed=run_seed(self.wishes.seed, replication),
        )

    def task(self, run_id: int) -> Task:
        """A run by its number."""
        return self._task(run_id - 1)

    def looks(self) -> Iterator[tuple[int, int]]:
        """The replications between looks at the half-width, as first and last; all at once where there is no target.

        They depend on nothing but the wishes, so a campaign ends after the same run whoever does it.
        """
        whole = -(-self.wishes.runs // self.cells)
        first, last = 0, whole if self.wishes.target is None else min(whole, _FIRST_LOOK)
        while first < whole:
            yield first, last
            first, last = last, min(whole, last * _GROWTH[0] // _GROWTH[1])

    def identity(self) -> dict[str, Any]:
        """What makes two campaigns the same, so that runs of one serve the other; more runs may be asked for later."""
        return {
            "campaign": 1,
            "version": __version__,
            "exercise": [hashlib.sha256(plan.source.content).hexdigest() for plan in self.plans],
            "seed": self.wishes.seed,
            "vary": list(self.wishes.vary),
            "design": self.wishes.design.value if self.factors else "",
            "variants": len(self.variants),
        }


def make_plan(plans: Sequence[Exercise], wishes: Wishes) -> CampaignPlan:
    """The runs that were asked for; every value of every variant has been tried on the file.

    Raises:
        CampaignError: what is asked for makes no sense, names what does not exist, or a plan refuses a value.
    """
    if wishes.runs < 1:
        raise CampaignError(f"--runs {wishes.runs}: a campaign has at least one run")
    if wishes.variants is not None and wishes.variants < 1:
        raise CampaignError(f"--variants {wishes.variants}: a campaign has at least one")
    if wishes.target is not None and not wishes.target[1] > 0.0:
        raise CampaignError(f"--target-half-width {wishes.target[0]}={wishes.target[1]}: it must be more than 0")
    if wishes.target is not None:
        refuse_unexpected(wishes.target[0], plans, "--target-half-width")
    if wishes.vary:
        _refuse_if_changed(plans)
    documents = [Document(plan.source.content, plan.source.file) for plan in plans]
    factors = tuple(read_factor(text, documents) for text in wishes.vary)
    _refuse_overlap(factors)
    count = wishes.variants or usual_variants(wishes.design, max(1, wishes.runs // len(plans)))
    rows = variants(factors, wishes.design, count, wishes.seed)
    needed = len(rows) * len(plans)
    if needed > wishes.runs:
        raise CampaignError(
            f"--runs {wishes.runs}: there are {len(rows)} variants of {len(plans)} plan{'s'[: len(plans) > 1]}, "
            f"and each needs a run; ask for {needed} or more"
        )
    plan = CampaignPlan(wishes=wishes, plans=tuple(plans), factors=factors, variants=rows)
    _try_together(plan, documents)
    return plan


def _refuse_if_changed(plans: Sequence[Exercise]) -> None:
    for plan in plans:
        if loads(plan.source.content, plan.source.file) != plan:
            raise CampaignError(
                f"{plan.source.file} has been changed since it was read, and only what stands in the file can be varied"
            )


def _refuse_overlap(factors: Sequence[Factor]) -> None:
    taken: dict[str, str] = {}
    for factor in factors:
        for place in factor.places:
            if place in taken:
                raise CampaignError(f"--vary {factor.path}: {place} is varied by {taken[place]} already")
            taken[place] = factor.path


def _try_together(plan: CampaignPlan, documents: Sequence[Document]) -> None:
    """Refuse a variant whose values do not go together."""
    if len(plan.factors) < 1:
        return
    known = [set(document.texts()) for document in documents]
    for row, edits in zip(plan.variants, plan.job.edits, strict=True):
        for document, places in zip(documents, known, strict=True):
            own = {place: text for place, text in edits.items() if place in places}
            try:
                loads(document.replace_all(own).content, document.file)
            except PlanFileError as error:
                values = ", ".join(f"{factor.path} = {text}" for factor, text in zip(plan.factors, row, strict=True))
                raise CampaignError(f"{document.file} cannot have {values}: {error.faults[0].message}") from None
