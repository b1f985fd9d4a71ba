"""`waterspace campaign`: many rehearsals, and what they have in common."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.campaigns.conduct import Watch

__all__ = ["DesignName", "command"]


_STARTING = "starting; the first run may compile"


class DesignName(StrEnum):
    """How the variants are spread."""

    LHS = "lhs"
    GRID = "grid"
    SOBOL = "sobol"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The exercise file; `-` for standard input.")],
    out: Annotated[Path, typer.Option(help="Folder for the results; a finished campaign in it is replaced.")],
    runs: Annotated[int, typer.Option(min=1, help="How many; at most so many with --target-half-width.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Of the campaign; the seeds of its runs follow from it.")] = 1,
    vary: Annotated[
        list[str] | None, typer.Option(metavar="PATH=A..B", help="A value of the file as range, or as list A,B,C.")
    ] = None,
    design: Annotated[DesignName, typer.Option(help="How the variants are spread over the ranges.")] = DesignName.LHS,
    variants: Annotated[
        int | None,
        typer.Option(min=1, help="How many share the runs; without it about as many as each has runs, 25 of 1000."),
    ] = None,
    against: Annotated[str | None, typer.Option(metavar="FILE", help="A second plan, compared run by run.")] = None,
    target_half_width: Annotated[
        str | None, typer.Option(metavar="MEASURE=X", help="Stop once the interval of a measure is as narrow as this.")
    ] = None,
    show: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MEASURE", help="Print what the campaign says of a measure; beside each variant in the report."
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Who does the runs: local, processes, ray, or the ray:// address of a cluster.")
    ] = "processes",
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; one for each processor if not given.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the campaign in the folder.")] = False,
) -> None:
    """Rehearse an exercise many times and write the table and the report.

    The same file, seed and version give the same table, whoever does the runs. Interrupted, the runs that are done are
    kept, and the same command with --resume goes on.
    """
    from waterspace import planfile
    from waterspace.campaigns import campaign
    from waterspace.campaigns.expected import refuse_unexpected
    from waterspace.campaigns.folder import REPORT, TABLE
    from waterspace.engine.around import get_ready
    from waterspace.reports.campaign_page import write_campaign_report
    from waterspace.reports.campaign_text import measure_text

    if not file:
        raise typer.BadParameter("it is empty; name an exercise file, or `-` for standard input", param_hint="FILE")
    exercise = planfile.load(file)
    other = None if against is None else planfile.load(against)
    target = _target(target_half_width)
    for measure in show or ():
        refuse_unexpected(measure, (exercise,) if other is None else (exercise, other), "--show")
    for each in (exercise,) if other is None else (exercise, other):
        get_ready(each, partial(typer.echo, err=True))
    if resume and not out.is_dir():
        typer.echo(f"there is nothing to resume in {out}: the campaign begins", err=True)
    with _progress() as watch, _kept_when_interrupted(out):
        done = campaign(
            exercise,
            runs,
            seed,
            engine,
            vary=tuple(vary or ()),
            design=design.value,
            variants=variants,
            against=other,
            target_half_width=target,
            workers=workers,
            out=out,
            resume=resume,
            watch=watch,
        )
    report = out / REPORT
    write_campaign_report(done, report, tuple(dict.fromkeys(show or ())))
    count = len(done.plan.variants)
    words = f", {count} variants" if count > 1 else ""
    typer.echo(f"{exercise.name}: {len(done.rows)} runs{words}, seed {seed}")
    if done.reached is not None and target is not None:
        word = "reached" if done.reached else "not reached; ask for more --runs"
        typer.echo(f"half-width {target[1]:g} of {target[0]} {word}")
    typer.echo(f"digest {done.digest}")
    typer.echo(f"table {out / TABLE}")
    typer.echo(f"report {report}")
    for measure in show or ():
        typer.echo("\n" + measure_text(done, measure), nl=False)


def _target(text: str | None) -> tuple[str, float] | None:
    if text is None:
        return None
    name, _, width = text.rpartition("=")
    try:
        return name.strip(), float(width)
    except ValueError:
        raise typer.BadParameter(
            f"found {text!r}, expected MEASURE=NUMBER such as S1.arrived_count=0.05", param_hint="--target-half-width"
        ) from None


@contextmanager
def _kept_when_interrupted(out: Path) -> Iterator[None]:
    """Say what becomes of the runs that are done."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"waterspace: the runs that are done are kept in {out}; --resume goes on", err=True)
        raise


@contextmanager
def _progress() -> Iterator[Watch | None]:
    """Runs done, their rate and the time left on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    import time

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("runs"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("runs", total=None, rate=_STARTING)
        began = time.monotonic()

        def watch(done: int, total: int, now: int) -> None:
            rate = f"{now / (time.monotonic() - began):.1f} a second" if now else _STARTING
            progress.update(task, completed=done, total=total, rate=rate)

        yield watch
