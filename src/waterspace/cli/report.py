"""`waterspace report`: the report of a run, made again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that `waterspace run` wrote.")],
    output: Annotated[Path | None, typer.Option(help="Where to write it; DIR/report.html if not given.")] = None,
) -> None:
    """Write the report of a run again.

    The page and the rules are those of this version.
    """
    from waterspace.reports.folder import REPORT, read_run
    from waterspace.reports.page import write_report

    path = folder / REPORT if output is None else output
    run = read_run(folder)
    try:
        write_report(run, path)
    except OSError as error:
        raise typer.BadParameter(f"cannot write {path}: {error.strerror or error}") from None
    typer.echo(f"report {path}")
