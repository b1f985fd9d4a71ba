"""`waterspace diff`: what changed from one plan to another, for each unit and each nation."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from waterspace.domain import Exercise
    from waterspace.reports.changes import Comparison

__all__ = ["Format", "command"]


class Format(StrEnum):
    """How changes are written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The exercise file as it was; `-` for standard input.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The exercise file as it is; `-` for standard input.")],
    format_: Annotated[Format, typer.Option("--format", help="How to write the changes.")] = Format.TEXT,
    unit: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only what concerns this unit; as often as wanted.")
    ] = None,
    nation: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Only what concerns this nation; as often as wanted.")
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with status 1 where anything changed.")] = False,
) -> None:
    """Tell what changed from one plan to another, for each unit and each nation.

    Two files that mean the same have no changes, however they are written. Exit status 0, 1 with `--exit-code` where
    anything changed, 2 where a file cannot be understood.
    """
    from waterspace import planfile
    from waterspace.reports.changes import compare

    _refuse_unreadable(old, new)
    plans = planfile.load(old), planfile.load(new)
    _refuse_unknown(plans, unit or [], nation or [])
    comparison = compare(*plans).only(unit or (), nation or ())
    typer.echo(_written(comparison, format_), nl=False)
    if exit_code and not comparison.is_empty:
        raise typer.Exit(1)


def _refuse_unreadable(old: str, new: str) -> None:
    for file, hint in ((old, "OLD"), (new, "NEW")):
        if file == "":
            raise typer.BadParameter("it is empty; name an exercise file, or `-` for standard input", param_hint=hint)
    if old == new == "-":
        raise typer.BadParameter("standard input can be one of the two files only; name the other", param_hint="NEW")


def _refuse_unknown(plans: tuple[Exercise, Exercise], units: list[str], nations: list[str]) -> None:
    from waterspace.cli.names import require_known

    # an old id is known too: of a dropped unit it is the only one
    known = [id_ for plan in reversed(plans) for id_ in plan.units]
    require_known(units, known, "unit", "--unit")
    codes = [code for plan in plans for code in (*plan.participants, *(unit.nation for unit in plan.units.values()))]
    require_known(nations, codes, "nation", "--nation")


def _written(comparison: Comparison, format_: Format) -> str:
    from waterspace.reports.changes.text import as_json, as_text

    if format_ is Format.JSON:
        return as_json(comparison)
    if format_ is Format.HTML:
        from waterspace.reports.changes.page import as_html

        return as_html(comparison)
    return as_text(comparison)
