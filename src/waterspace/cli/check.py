"""`waterspace check`: what is wrong with a plan."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["Format", "Sort", "command"]


class Format(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GEOJSON = "geojson"


class Sort(StrEnum):
    """In which order findings are written."""

    PLACE = "place"
    SEVERITY = "severity"


_MENDING, _KNOWN = "Mending", "Known findings and settings"


def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Exercise files; `-` for standard input.")],
    *,
    format_: Annotated[Format, typer.Option("--format", help="How to write the findings.")] = Format.TEXT,
    sort: Annotated[Sort, typer.Option(help="By place in the file, or errors first.")] = Sort.PLACE,
    select: Annotated[
        list[str] | None, typer.Option(help="Only these rules or families, such as WS2 or WS2,WS305.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these rules or families.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why under the first finding of each rule.")] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help="Apply the safe fixes to the files.", rich_help_panel=_MENDING)
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change; change nothing.", rich_help_panel=_MENDING)
    ] = False,
    suggest: Annotated[
        bool,
        typer.Option(
            "--suggest",
            help="Look for the smallest move in time, place or height that ends each interference.",
            rich_help_panel=_MENDING,
        ),
    ] = False,
    baseline: Annotated[
        Path | None, typer.Option(help="Show only what is not in this file.", rich_help_panel=_KNOWN)
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(help="Write all findings to this file as known.", rich_help_panel=_KNOWN)
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(help="Settings; without it, the nearest waterspace.toml above each file.", rich_help_panel=_KNOWN),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes.")] = False,
) -> None:
    """Check exercise files.

    Exit status 0 without a finding of severity error, 1 with some, 2 where a file cannot be understood, 3 where a rule
    failed.
    """
    from waterspace.checks import codes_matching
    from waterspace.cli.checking import Checking, Wish

    chosen, left_out = _codes(select), _codes(ignore)
    for pattern in (*chosen, *left_out):
        if not codes_matching(pattern):
            raise typer.BadParameter(f"no rule begins with {pattern!r}; `waterspace rule` lists them all")
    if "" in files:
        raise typer.BadParameter("it is empty; name an exercise file, or `-` for standard input", param_hint="FILE")
    if "-" in files and (fix or diff or watch):
        given = "--fix" if fix else "--diff" if diff else "--watch"
        raise typer.BadParameter("standard input has no file to change or to watch; name one", param_hint=given)
    wish = Wish(
        format=format_.value,
        sort=sort.value,
        select=chosen,
        ignore=left_out,
        is_explained=explain,
        mends=fix,
        shows_diff=diff,
        suggests=suggest,
        baseline=baseline,
        new_baseline=write_baseline,
        settings=config,
    )
    checking = Checking(tuple(files), wish)
    status = checking.watch() if watch else checking.once()
    if status:
        raise typer.Exit(status)


def _codes(given: list[str] | None) -> tuple[str, ...]:
    """Codes as they were given, one by one or several with commas between."""
    return tuple(code.strip() for text in given or () for code in text.split(","))
