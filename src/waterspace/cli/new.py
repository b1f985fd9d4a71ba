"""`waterspace new`: a commented starting file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["command"]


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Such as harbour-drill.exercise.yaml.")],
    name: Annotated[str, typer.Option(help="Name of the exercise.")] = "",
) -> None:
    """Write a starting file with comments. A file that is there already is left alone."""
    from waterspace import planfile

    title = name or file.name.removesuffix(".yaml").removesuffix(".yml").removesuffix(".exercise")
    try:
        with file.open("x", encoding="utf-8", newline="") as stream:
            stream.write(planfile.new_file(title))
    except FileExistsError:
        raise typer.BadParameter(f"{file} is there already; choose another name") from None
    except OSError as error:
        raise typer.BadParameter(f"cannot write {file}: {error.strerror or error}") from None
    typer.echo(f"wrote {file}; next: waterspace check {file}")
