"""The folder of a campaign: the journal while it runs, the table when it is done."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from waterspace.campaigns.journal import JOURNAL, Journal, read_journal
from waterspace.campaigns.table import write_parquet
from waterspace.errors import CampaignError
from waterspace.version import __version__
from waterspace.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from waterspace.campaigns.plan import CampaignPlan, Wishes
    from waterspace.campaigns.table import Table
    from waterspace.domain import Exercise

__all__ = ["REPORT", "TABLE", "Opening", "open_folder", "write_folder"]

TABLE, REPORT = "campaign.parquet", "campaign.html"
_RECORD, _EXERCISE, _AGAINST = "campaign.json", "exercise.yaml", "against.yaml"
_NAMES = frozenset({TABLE, REPORT, JOURNAL, _RECORD, _EXERCISE, _AGAINST})

Opening = Callable[["Mapping[str, Any]"], Journal]
"""Opens the journal of the campaign that has such an identity."""


def open_folder(folder: Path, plans: Sequence[Exercise], wishes: Wishes, *, resume: bool) -> tuple[Wishes, Opening]:
    """Get a folder ready, and its journal.

    Args:
        folder: made where there is none.
        plans: of the campaign.
        wishes: of the campaign.
        resume: whether to go on with the journal in it.

    Returns:
        The wishes, with the number of variants that the journal was begun with, and how to open the journal.

    Raises:
        CampaignError: something else is in the way, an unfinished campaign is and `resume` was not asked for, or it
            cannot be written.
    """
    journal = folder / JOURNAL
    _refuse_strangers(folder)
    for plan in plans:
        if not plan.source.content:
            raise CampaignError("the exercise was not read from a file, so no folder can say what was run")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if journal.exists() and not resume:
            _refuse_unfinished(folder)
            for name in sorted(_NAMES):
                (folder / name).unlink(missing_ok=True)
        if journal.exists():
            begun, _, _ = read_journal(journal)
            if wishes.variants is None and isinstance(begun.get("variants"), int):
                wishes = replace(wishes, variants=begun["variants"])
        for name, plan in zip((_EXERCISE, _AGAINST), plans, strict=False):
            if not (folder / name).exists():
                write_whole(folder / name, [plan.source.content])
    except OSError as error:
        raise CampaignError(f"cannot write {folder}: {error.strerror or error}") from error
    return wishes, partial(Journal, journal)


def _refuse_strangers(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CampaignError(f"{folder} is a file; choose another folder with --out")
    others = sorted(path.name for path in folder.iterdir() if path.name not in _NAMES and not path.name.startswith("."))
    if others:
        raise CampaignError(
            f"{folder} holds something other than a campaign ({others[0]}); choose another folder with --out"
        )


def _refuse_unfinished(folder: Path) -> None:
    """A finished campaign is replaced; an unfinished one has cost time and has no table yet."""
    if (folder / TABLE).exists():
        return
    _, rows, _ = read_journal(folder / JOURNAL)
    if rows:
        raise CampaignError(
            f"{folder} holds an unfinished campaign with {len(rows)} runs: go on with --resume, or choose another --out"
        )


def write_folder(plan: CampaignPlan, table: Table, digest: str, folder: Path) -> None:
    """Write the table, and what was run.

    Raises:
        CampaignError: it cannot be written; the journal is kept.
    """
    units = {factor.path: factor.words for factor in plan.factors}
    record = {
        "digest": digest,
        "version": __version__,
        **plan.identity(),
        "runs": len(table["run_id"]),
        "target_half_width": plan.wishes.target,
        "units": units,
    }
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    try:
        write_whole(folder / _RECORD, [text.encode()])
    except OSError as error:
        raise CampaignError(f"cannot write {folder / _RECORD}: {error.strerror or error}") from error
    write_parquet(table, folder / TABLE, {"waterspace": json.dumps(record, ensure_ascii=False)})
