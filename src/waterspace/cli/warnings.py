"""`waterspace warnings`: reads the warnings of others."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from waterspace.messages.reading import Reading

__all__ = ["Format", "Only", "command"]


class Format(StrEnum):
    """How readings are written."""

    TEXT = "text"
    JSON = "json"
    GEOJSON = "geojson"


class Only(StrEnum):
    """Which readings are written."""

    UNDERSTOOD = "understood"
    REVIEW = "review"
    NO_AREA = "no-area"


def command(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="Files or folders of text, JSON lines, NAVTEX or NOTAM; `-` for standard input."
        ),
    ],
    format_: Annotated[Format, typer.Option("--format", help="How to write what was understood.")] = Format.TEXT,
    only: Annotated[Only | None, typer.Option(help="Only the messages with this verdict.")] = None,
) -> None:
    """Read warnings to mariners and airmen.

    Where, when and what they warn of, and what of them was not understood, with its place in the text.

    Exit status 0 where everything was understood, 1 where somebody must look at a message, 2 where a file cannot be
    read.
    """
    from waterspace.messages import lint, reader
    from waterspace.messages.reading import Verdict

    if "" in files:
        raise typer.BadParameter("it is empty; name a file or a folder, or `-` for standard input", param_hint="FILE")
    readings = [lint.linted(reading) for reading in reader.read_all(files)]
    wanted = None if only is None else Verdict(only.value.replace("-", " "))
    shown = [reading for reading in readings if wanted is None or reading.verdict is wanted]
    if format_ is Format.TEXT:
        from waterspace.cli import warnings_text

        typer.echo("\n".join(warnings_text.lines(shown, readings)))
    else:
        typer.echo(_document(shown, format_))
    if any(reading.verdict is Verdict.REVIEW for reading in readings):
        raise typer.Exit(1)


def _document(readings: list[Reading], format_: Format) -> str:
    import json

    from waterspace.messages import showing

    if format_ is Format.GEOJSON:
        return json.dumps(showing.as_geojson(readings), ensure_ascii=False)
    return json.dumps({"messages": [showing.as_data(reading) for reading in readings]}, indent=2, ensure_ascii=False)
