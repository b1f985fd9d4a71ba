"""`waterspace check`: what is wrong with a plan."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from waterspace.domain import CheckResult

__all__ = ["Format", "command"]


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Exercise files; `-` for standard input.")],
    format_: Annotated[Format, typer.Option("--format", help="How to write the findings.")] = Format.TEXT,
    select: Annotated[list[str] | None, typer.Option(help="Only these rules or families, such as WS2.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these rules or families.")] = None,
) -> None:
    """Check exercise files.

    Exit status 0 without a finding of severity error, 1 with some, 2 where a file cannot be understood.
    """
    from waterspace import planfile
    from waterspace.checks import check, codes_matching
    from waterspace.errors import PlanFileError
    from waterspace.reports import findings as formats

    for pattern in (*(select or ()), *(ignore or ())):
        if not codes_matching(pattern):
            raise typer.BadParameter(f"no rule begins with {pattern!r}; `waterspace rule` lists them all")
    if "" in files:
        raise typer.BadParameter("it is empty; name an exercise file, or `-` for standard input", param_hint="FILE")
    results: list[CheckResult] = []
    unusable = False
    for file in files:
        try:
            results.append(check(planfile.load(file), select=tuple(select or ()), ignore=tuple(ignore or ())))
        except PlanFileError as error:
            unusable = True
            results.append(formats.faults_as_result(error))
    typer.echo(formats.FORMATS[format_.value](formats.together(results)), nl=False)
    if unusable:
        raise typer.Exit(2)
    if any(result.has_errors for result in results):
        raise typer.Exit(1)
