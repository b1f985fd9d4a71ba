"""`waterspace run`: one rehearsal and its folder, or the part of one up to a time and the rest of it later."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from waterspace.engine import Instrument, Rehearsal, View

__all__ = ["command"]


def command(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="The exercise file; `-` for standard input.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the results; an earlier run in it is replaced.", show_default=False),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(min=0, help="Of every random stream: same file, seed and version, same run.", show_default="1"),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Stop there and write a checkpoint; --resume goes on.", show_default=False),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Go on with the run stopped in this folder, which holds the file.", show_default=False
        ),
    ] = None,
) -> None:
    """Rehearse an exercise once and write the folder with its report.

    A plan with findings is run as far as it goes, and the report says so. Exit status 2 where the file cannot be
    understood or the folder cannot be written.
    """
    from waterspace.reports.folder import refuse_to_overwrite

    _refuse_mixed(file, out, seed, resume)
    folder = out or resume
    assert folder is not None
    until_ms = _time(until)
    refuse_to_overwrite(folder)
    with _progress() as (instruments, say):
        run = _begun(file, 1 if seed is None else seed, resume, _Watching(instruments, say))
        if until_ms is None:
            _finish(run, folder)
        else:
            _stop(run, until_ms, folder)


def _refuse_mixed(file: str | None, out: Path | None, seed: int | None, resume: Path | None) -> None:
    """Make sure that there is either a file to run or a run to go on with."""
    if resume is not None:
        if file is not None:
            raise typer.BadParameter("leave it out with --resume: the folder holds the file", param_hint="FILE")
        if seed is not None:
            raise typer.BadParameter("leave it out with --resume: the run keeps its seed", param_hint="--seed")
        return
    if not file:
        text = "it is empty" if file == "" else "it is missing"
        text += "; name an exercise file, or `-` for standard input, or give --resume DIR"
        raise typer.BadParameter(text, param_hint="FILE")
    if out is None:
        raise typer.BadParameter("it is missing; name a folder for the results", param_hint="--out")


def _time(until: str | None) -> int | None:
    from waterspace.errors import NotationError
    from waterspace.notation import parse_time

    if until is None:
        return None
    try:
        return parse_time(until)
    except NotationError as error:
        raise typer.BadParameter(str(error), param_hint="--until") from error


class _Watching(NamedTuple):
    """Who watches a run, and how to say a word to whoever waits for it."""

    instruments: tuple[Instrument, ...]
    say: Callable[[str], None]


def _begun(file: str | None, seed: int, resume: Path | None, watching: _Watching) -> Rehearsal:
    """A run at its beginning, or where it was stopped."""
    from waterspace import planfile
    from waterspace.engine import Rehearsal
    from waterspace.engine.around import get_ready
    from waterspace.reports.folder import resume_stopped

    if resume is not None:
        return resume_stopped(resume, watching.instruments, partial(get_ready, report=watching.say))
    assert file is not None
    exercise = planfile.load(file)
    get_ready(exercise, watching.say)
    return Rehearsal(exercise, seed, instruments=watching.instruments)


def _stop(run: Rehearsal, until_ms: int, folder: Path) -> None:
    """Run up to a time and write the checkpoint."""
    from waterspace.notation import format_time
    from waterspace.reports.folder import write_stopped

    if not run.now_ms <= until_ms < run.end_ms:
        text = (
            f"the run is at {format_time(run.now_ms)} and is over by {format_time(run.end_ms)}; give a time between, "
            "or leave it out to run to the end"
        )
        raise typer.BadParameter(text, param_hint="--until")
    with _keeping(run, folder):
        run.run(until_ms)
    path = write_stopped(run, folder)
    typer.echo(
        f"{run.exercise.name}: stopped at {format_time(until_ms)} after {len(run.events)} events, seed {run.seed}"
    )
    typer.echo(f"digest so far {run.digest}")
    typer.echo(f"checkpoint {path}")
    typer.echo(f"waterspace run --resume {folder} goes on")


def _finish(run: Rehearsal, folder: Path) -> None:
    """Run to the end, write the folder and say what came of it."""
    from waterspace.domain import Severity
    from waterspace.reports.folder import write_run
    from waterspace.review import assess

    with _keeping(run, folder):
        result = assess(run.exercise, run.seed, run.finish())
    report = write_run(result, folder)
    errors = sum(finding.severity is Severity.ERROR for finding in result.check.findings)
    ran = sum(record.actual is not None for record in result.records)
    units, name = len(result.tracks), run.exercise.name
    typer.echo(f"{name}: {ran} of {len(result.records)} serials ran, {units} units, seed {run.seed}")
    if errors:
        typer.echo(f"The plan has {errors} finding{'s'[: errors > 1]} of severity error; it was run all the same.")
    if result.check.not_checked:
        typer.echo(f"Not checked: {', '.join(entry.code for entry in result.check.not_checked)}")
    typer.echo(f"digest {result.digest}")
    typer.echo(f"report {report}")


@contextmanager
def _keeping(run: Rehearsal, folder: Path) -> Iterator[None]:
    """Write what there is of a run that breaks, whatever breaks it, and let the error go on as it is."""
    try:
        yield
    except Exception as error:
        _keep(run, folder, error)
        raise


def _keep(run: Rehearsal, folder: Path, error: Exception) -> None:
    """Write the folder of a broken run; where even that breaks, say so, for what broke the run matters more."""
    from waterspace.engine.rehearsal import why_broken
    from waterspace.notation import format_time
    from waterspace.reports.folder import write_run
    from waterspace.review import assess

    when = f"The run broke off at {format_time(run.now_ms)}"
    try:
        write_run(assess(run.exercise, run.seed, run.salvage(error), broken=why_broken(error)), folder)
    except Exception as second:  # noqa: BLE001  # the first error is raised, whatever this one is
        typer.echo(f"{when}, and what there was of it could not be written: {why_broken(second)}", err=True)
    else:
        typer.echo(f"{when}; {folder} holds it up to then.", err=True)


@contextmanager
def _progress() -> Iterator[tuple[tuple[Instrument, ...], Callable[[str], None]]]:
    """Simulated time against the exercise period on a terminal, nothing in a pipe; and how to say a word meanwhile."""
    if not sys.stderr.isatty():
        yield (), partial(typer.echo, err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from waterspace.engine import Instrument
    from waterspace.notation import format_time

    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        class Bar(Instrument):
            """Draws the clock."""

            def on_start(self, view: View) -> None:
                """Set the length."""
                window = view.exercise.window
                self._start_ms = window.start_ms
                progress.update(task, total=window.end_ms - window.start_ms)

            def on_time(self, time_ms: int) -> None:
                """Move on."""
                progress.update(task, completed=time_ms - self._start_ms, description=format_time(time_ms))

        yield (Bar(),), progress.console.print
