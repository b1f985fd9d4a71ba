"""The table of a campaign: one row for each run, as columns and as Parquet."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from waterspace.errors import CampaignError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.campaigns.job import Row
    from waterspace.campaigns.plan import CampaignPlan

__all__ = ["KEYS", "Table", "make_table", "measure_names", "write_parquet"]

Table = dict[str, list[float | int | str | None]]
"""Column name to values, None where a run has none; all of one length."""

KEYS = ("run_id", "plan", "variant", "replication", "seed", "digest")
"""What identifies a row; `plan` is 1, or 2 for the plan that is compared with."""


def make_table(plan: CampaignPlan, rows: Sequence[Row]) -> Table:
    """The columns: keys, varied values, measures in the order in which runs first had them."""
    ordered = sorted(rows, key=lambda row: row.run_id)
    tasks = [plan.task(row.run_id) for row in ordered]
    table: Table = {
        "run_id": [row.run_id for row in ordered],
        "plan": [task.plan + 1 for task in tasks],
        "variant": [task.variant + 1 for task in tasks],
        "replication": [task.replication + 1 for task in tasks],
        "seed": [task.seed for task in tasks],
        "digest": [row.digest for row in ordered],
    }
    for index, factor in enumerate(plan.factors):
        table[factor.path] = [factor.value(plan.variants[task.variant][index]) for task in tasks]
    for name in measure_names(ordered):
        table[name] = [row.measures.get(name) for row in ordered]
    return table


def measure_names(rows: Sequence[Row]) -> tuple[str, ...]:
    """The measures of runs by subject, subjects and measures in the order in which a run first had them."""
    found = dict.fromkeys(name for row in rows for name in row.measures)
    subjects = dict.fromkeys(name.partition(".")[0] for name in found)
    by_subject: dict[str, list[str]] = {subject: [] for subject in subjects}
    for name in found:
        by_subject[name.partition(".")[0]].append(name)
    return tuple(name for names in by_subject.values() for name in names)


def write_parquet(table: Table, path: Path, notes: Mapping[str, str]) -> None:
    """Write the table, whole or not at all.

    Args:
        table: the columns.
        path: of the file.
        notes: kept in the file's own key and value metadata.

    Raises:
        CampaignError: it cannot be written.
    """
    import duckdb  # heavy, and only the end of a campaign needs it

    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".ndjson", dir=path.parent)
    fresh = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            for values in zip(*table.values(), strict=True):
                stream.write(json.dumps(dict(zip(table, values, strict=True)), ensure_ascii=False) + "\n")
        columns = ", ".join(f"{_quoted(column)}: '{_kind(column, values)}'" for column, values in table.items())
        source = f"read_json({_quoted(name)}, format='newline_delimited', columns={{{columns}}})"
        kept = ", ".join(f"{key}: {_quoted(text)}" for key, text in notes.items())
        options = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{kept}}}"
        with duckdb.connect(":memory:") as connection:
            connection.execute("SET threads = 1")
            connection.execute(f"COPY (SELECT * FROM {source} ORDER BY run_id) TO {_quoted(str(fresh))} ({options})")  # noqa: S608  # our own names, quoted
        fresh.replace(path)
    except (OSError, duckdb.Error) as error:
        reason = getattr(error, "strerror", None) or str(error).split("\n", 1)[0]
        raise CampaignError(f"cannot write {path}: {reason}; the runs are kept in the journal beside it") from error
    finally:
        for left in (Path(name), fresh):
            with suppress(FileNotFoundError):
                left.unlink()


def _kind(column: str, values: Sequence[object]) -> str:
    if column in KEYS:
        return "VARCHAR" if column == "digest" else "BIGINT"
    return "VARCHAR" if any(isinstance(value, str) for value in values) else "DOUBLE"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
