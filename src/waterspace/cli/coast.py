"""`waterspace coast`: which coast answers, and the world at high resolution."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Task", "command"]


class Task(StrEnum):
    """What can be done."""

    STATUS = "status"
    BUILD = "build"


def command(
    task: Annotated[Task, typer.Argument(help="`build` needs the extra `coast`.")] = Task.STATUS,
) -> None:
    """Say which coast answers, or build the one of the world at high resolution.

    What is built, and the distances to the shore, are kept in the user's cache: WATERSPACE_CACHE names another folder.
    """
    from waterspace.environment.files import cache
    from waterspace.environment.shores import coast, hires

    if task is Task.BUILD:
        with _progress("coast of the world") as told:
            path = hires.build(told)
        typer.echo(f"wrote {path}")
        with _progress("distances to the shore") as told:
            coast.load().field(told)
    else:
        typer.echo(f"cache {cache.folder()}")
    found = hires.load()
    typer.echo("115-160 degrees east, 20-60 north: high resolution, points every 200 m or so")
    if found is None:
        typer.echo("elsewhere: intermediate resolution, every kilometre or so; high resolution around straits")
    else:
        typer.echo("elsewhere: high resolution, from the cache")


@contextmanager
def _progress(text: str) -> Iterator[Callable[[float], None]]:
    """A bar on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(TextColumn(text), BarColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=1.0)
        yield lambda done: progress.update(task, completed=done)
