"""`waterspace ports`: the ports and airfields that are known by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from waterspace.cli.formats import Format

if TYPE_CHECKING:
    from waterspace.environment.places import NamedPlace

__all__ = ["command"]


def command(
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Part of a name, a code, or a state such as `JPN`; else all.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write the list.")] = Format.TEXT,
) -> None:
    """List the ports and airfields that can be named instead of a position.

    Each has its code, its other spellings, state and position; JSON gives its source too. They are in order of state,
    then of name.
    """
    from waterspace.environment import places

    found = sorted(places.matching(text or ""), key=lambda place: (place.state, place.name.casefold(), place.code))
    if not found:
        raise typer.BadParameter(
            f"no port or airfield has {text!r} in its name, its code or its state; `waterspace ports` lists them all",
            param_hint="TEXT",
        )
    if format_ is Format.JSON:
        typer.echo(json.dumps([_as_data(place) for place in found], indent=2, ensure_ascii=False))
        return
    width = max(len(_names(place)) for place in found)
    for place in found:
        typer.echo(_row(place, width))


def _as_data(place: NamedPlace) -> dict[str, object]:
    return {
        "code": place.code or None,
        "name": place.name,
        "aliases": list(place.aliases),
        "kind": place.kind.value,
        "state": place.state,
        "position": [place.position.lat_deg, place.position.lon_deg],
        "source": place.provenance.source or None,
        "confidence": None if place.provenance.confidence is None else place.provenance.confidence.value,
        "note": place.provenance.note or None,
    }


def _row(place: NamedPlace, width: int) -> str:
    from waterspace.notation import format_position

    position = format_position(place.position.lat_deg, place.position.lon_deg)
    return f"{place.code:<5}  {_names(place):<{width}}  {place.state}  {place.kind.value:<8}  {position}"


def _names(place: NamedPlace) -> str:
    return f"{place.name} ({', '.join(place.aliases)})" if place.aliases else place.name
