"""`waterspace run`: one rehearsal, and its folder."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from waterspace.domain import Event, Exercise

__all__ = ["command"]


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The exercise file; `-` for standard input.")],
    out: Annotated[Path, typer.Option(help="Folder for the results; an earlier run in it is replaced.")],
    seed: Annotated[
        int, typer.Option(min=0, help="Of every random stream: same file, seed and version, same run.")
    ] = 1,
) -> None:
    """Rehearse an exercise once and write the folder with its report.

    A plan with findings is run as far as it goes, and the report says so. Exit status 2 where the file cannot be
    understood or the folder cannot be written.
    """
    from waterspace import planfile
    from waterspace.domain import Severity
    from waterspace.reports.folder import refuse_to_overwrite, write_run
    from waterspace.review import rehearse

    if not file:
        raise typer.BadParameter("it is empty; name an exercise file, or `-` for standard input", param_hint="FILE")
    refuse_to_overwrite(out)
    exercise = planfile.load(file)
    with _progress(exercise) as watch:
        result = rehearse(exercise, seed, watch)
        report = write_run(result, out)
    errors = sum(finding.severity is Severity.ERROR for finding in result.check.findings)
    ran = sum(record.actual is not None for record in result.records)
    typer.echo(f"{exercise.name}: {ran} of {len(result.records)} serials ran, {len(result.tracks)} units, seed {seed}")
    if errors:
        typer.echo(f"The plan has {errors} finding{'s'[: errors > 1]} of severity error; it was run all the same.")
    if result.check.not_checked:
        typer.echo(f"Not checked: {', '.join(entry.code for entry in result.check.not_checked)}")
    typer.echo(f"digest {result.digest}")
    typer.echo(f"report {report}")


@contextmanager
def _progress(exercise: Exercise) -> Iterator[Callable[[Event], None] | None]:
    """Simulated time against the exercise period on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from waterspace.notation import format_time

    window = exercise.window
    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(format_time(window.start_ms), total=window.end_ms - window.start_ms)

        def watch(event: Event) -> None:
            done_ms = event.time_ms - window.start_ms
            progress.update(task, completed=done_ms, description=format_time(event.time_ms))

        yield watch
