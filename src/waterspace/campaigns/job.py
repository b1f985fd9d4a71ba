"""What a campaign hands to those who do its runs: the plans, the variants, one task for each run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.domain import Exercise

__all__ = ["Job", "Row", "Task", "run_seed"]

_SEED_BITS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What all runs of a campaign share.

    Attributes:
        version: of Waterspace; who does the runs must have the same.
        plans: one, or the two that are compared.
        edits: for each variant the texts to put at dotted paths of the file.
    """

    version: str
    plans: tuple[Exercise, ...]
    edits: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Task:
    """One run that is to be done.

    Attributes:
        run_id: from 1, in the order of the table.
        plan: 0, or 1 for the plan that is compared with.
        variant: from 0.
        replication: from 0; all plans and variants of one replication have the same seed.
        seed: of the run.
        is_watched: it has killed a worker, and tells where it is when it is done again.
    """

    run_id: int
    plan: int
    variant: int
    replication: int
    seed: int
    is_watched: bool = False

    @property
    def cell(self) -> tuple[int, int]:
        """Plan and variant: what has to be prepared for the run."""
        return self.plan, self.variant


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one run came to.

    Attributes:
        digest: of its events.
        measures: name to number, None where there is none.
    """

    run_id: int
    digest: str
    measures: Mapping[str, float | None]


def run_seed(seed: int, replication: int) -> int:
    """The seed of a replication. Campaigns of neighbouring seeds share none, but for chance (one in 2**48)."""
    digest = hashlib.sha256(f"campaign\x1f{seed}\x1f{replication}".encode()).digest()
    return int.from_bytes(digest[: _SEED_BITS // 8], "big")
