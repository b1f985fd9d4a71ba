"""`waterspace cards`: a card of one page for each unit."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from waterspace.cli.folders import file_names, write_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.reports.cards import Card

__all__ = ["Format", "command"]


class Format(StrEnum):
    """How cards are written."""

    TEXT = "text"
    HTML = "html"


_SUFFIXES = {Format.TEXT: "txt", Format.HTML: "html"}


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The exercise file; `-` for standard input.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for one file for each unit, and one with all.", show_default=False),
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only the card of this unit; as often as wanted.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write the cards.")] = Format.TEXT,
) -> None:
    """Write a card of one page for each unit.

    Its serials with times, places, roles and officers, its passages, the sun, danger areas near its way, notices and
    findings. HTML prints each card on one sheet of A4. Without --out the cards go to standard output. Exit status 2
    where the file cannot be understood or the folder cannot be written.
    """
    from waterspace import planfile
    from waterspace.cli.names import require_known
    from waterspace.reports.cards import make_cards

    if file == "":
        raise typer.BadParameter("it is empty; name an exercise file, or `-` for standard input", param_hint="FILE")
    exercise = planfile.load(file)
    require_known(unit or [], exercise.units, "unit", "--unit")
    cards = make_cards(exercise, unit or ())
    if out is None:
        typer.echo(_written(cards, format_), nl=False)
        return
    for path in _write(cards, format_, out):
        typer.echo(f"card {path}")


def _written(cards: Sequence[Card], format_: Format) -> str:
    from waterspace.reports.cards.page import as_html
    from waterspace.reports.cards.text import as_text

    return as_html(cards) if format_ is Format.HTML else as_text(cards)


def _write(cards: Sequence[Card], format_: Format, folder: Path) -> list[Path]:
    """A file for each card, and one with all of them; older files of these names are replaced."""
    suffix = _SUFFIXES[format_]
    names = file_names([card.unit for card in cards], taken=["all-cards"])
    texts = {f"{name}.{suffix}": _written([card], format_) for name, card in zip(names, cards, strict=True)}
    texts[f"all-cards.{suffix}"] = _written(cards, format_)
    return write_texts(texts, folder)
