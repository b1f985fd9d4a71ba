"""`waterspace notices`: drafts of the warnings that an exercise needs."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from waterspace.messages.draft import Draft

__all__ = ["Format", "command"]


class Format(StrEnum):
    """The form in which drafts are written."""

    NAVAREA = "navarea"
    HYDROPAC = "hydropac"
    NAVTEX = "navtex"
    SAFETYNET = "safetynet"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An exercise file; `-` for standard input.")],
    format_: Annotated[Format, typer.Option("--format", help="The form of the drafts.")] = Format.NAVAREA,
    general_area: Annotated[
        str, typer.Option(help="The general area that the texts begin with, such as `SEA OF JAPAN`.")
    ] = "",
) -> None:
    """Draft the warnings to mariners that an exercise needs.

    Those that its file plans, and one for each firing that none of them covers. Numbers are the coordinator's to give,
    and are left blank. Nothing is sent.
    """
    from waterspace.cli import spots
    from waterspace.messages.draft import STATUS
    from waterspace.notices import drafts

    if not file:
        raise typer.BadParameter("it is empty; name an exercise file, or `-` for standard input", param_hint="FILE")
    plan = spots.exercise_of(file)
    found = () if plan is None else drafts(plan)
    write = _writer(format_)
    for draft in found:
        typer.echo(f"--- {STATUS} --- {draft.id}\n\n{write(replace(draft, general_area=general_area))}\n")
    if not found:
        typer.echo("No warning to mariners is needed: nothing that is planned endangers shipping.", err=True)


def _writer(format_: Format) -> Callable[[Draft], str]:
    from waterspace.messages.writing import hydropac, navarea, navtex, safetynet

    return {
        Format.NAVAREA: navarea.write,
        Format.HYDROPAC: hydropac.write,
        Format.NAVTEX: navtex.write,
        Format.SAFETYNET: safetynet.write,
    }[format_]
