"""`waterspace classes`: the classes of ships and aircraft that are known by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from waterspace.cli.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.domain import Platform

__all__ = ["command"]


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="A key such as `sejong`, or part of a key, a name or a kind, or a medium; else all."
        ),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write the list.")] = Format.TEXT,
) -> None:
    """List the classes of ships and aircraft that a unit can be of.

    Each has its key, name, kind and medium, speeds, range and endurance as far as they are known, and whether they are
    reported, estimated or assumed. A key alone also tells size and source, and JSON tells them of all. A file gives
    classes of its own under `classes`.
    """
    from waterspace.environment import classes

    library = classes.library()
    found = _matching(name, library)
    if not found:
        raise typer.BadParameter(_unknown(str(name), library), param_hint="NAME")
    if format_ is Format.JSON:
        typer.echo(json.dumps([_as_data(one) for one in found], indent=2, ensure_ascii=False))
        return
    lines = _described(found[0]) if len(found) == 1 else _listed(found)
    typer.echo("\n".join(lines))


def _matching(name: str | None, library: Mapping[str, Platform]) -> list[Platform]:
    """The class of a key, else those of a medium, else those with a text in their key, their name or their kind."""
    asked = (name or "").strip().casefold()
    if asked in library:
        return [library[asked]]
    if name is not None and not asked:
        return []
    by_medium = [one for one in library.values() if one.medium.value == asked]
    return by_medium or [
        one for one in library.values() if any(asked in text.casefold() for text in (one.key, one.name, one.kind))
    ]


def _unknown(name: str, library: Mapping[str, Platform]) -> str:
    """What to say of a name that no class has: the nearest keys, by key or by name."""
    import difflib

    known = {text.casefold(): one.key for one in library.values() for text in (one.key, one.name, *one.name.split())}
    near = difflib.get_close_matches(name.casefold(), known, n=3, cutoff=0.7)
    keys = tuple(dict.fromkeys(known[text] for text in near))
    hint = f"did you mean {' or '.join(keys)}? " if keys else ""
    return (
        f"no class has {name!r} in its key, its name or its kind, or as its medium; {hint}`waterspace classes` lists "
        "them all, and a file gives others under `classes`"
    )


def _as_data(one: Platform) -> dict[str, object]:
    return {
        "key": one.key,
        "name": one.name,
        "kind": one.kind,
        "medium": one.medium.value,
        "max_speed_mps": one.max_speed_mps,
        "economical_speed_mps": one.economical_speed_mps,
        "cruise_speed_mps": one.cruise_speed_mps,
        "range_m": one.range_m,
        "endurance_ms": one.endurance_ms,
        "ceiling_m": one.ceiling_m,
        "length_m": one.length_m,
        "beam_m": one.beam_m,
        "draught_m": one.draught_m,
        "displacement_kg": one.displacement_kg,
        "helicopter_spots": one.helicopter_spots,
        "gun_calibre_m": one.gun_calibre_m,
        "source": one.provenance.source or None,
        "confidence": _confidence(one) or None,
        "note": one.provenance.note or None,
    }


def _listed(found: list[Platform]) -> Iterator[str]:
    from waterspace.cli import prose

    width = max(len(one.key) for one in found) + 2
    for one in found:
        text = "; ".join((_heading(one), *_movement(one), _confidence(one)))
        yield from prose.wrapped(text, f"{one.key:<{width}}", " " * width)


def _described(one: Platform) -> Iterator[str]:
    from waterspace.cli import prose

    yield from prose.wrapped(f"{one.key}: {_heading(one)}")
    parts = {
        "moves": "; ".join(_movement(one)),
        "size": "; ".join(_size(one)),
        "source": "; ".join(part for part in (_confidence(one), one.provenance.source) if part),
        "note": one.provenance.note,
    }
    for title, text in parts.items():
        if text:
            yield from prose.wrapped(text, f"{title:<8}", " " * 8)


def _heading(one: Platform) -> str:
    return f"{one.name}, {one.kind}, {one.medium.value}"


def _movement(one: Platform) -> Iterator[str]:
    """Speeds, range, endurance and ceiling, as far as they are known."""
    from waterspace.notation import format_distance, format_duration, format_height, format_speed

    for title, speed_mps in (
        ("at most", one.max_speed_mps),
        ("economical", one.economical_speed_mps),
        ("cruises at", one.cruise_speed_mps),
    ):
        if speed_mps is not None:
            yield f"{title} {_round(format_speed(speed_mps))}"
    if one.range_m is not None:
        yield f"range {_round(format_distance(one.range_m))}"
    if one.endurance_ms is not None:
        yield f"endurance {format_duration(one.endurance_ms)}"
    if one.ceiling_m is not None:
        yield f"ceiling {format_height(one.ceiling_m)}"


def _round(amount: str) -> str:
    """`30 kn` for `30.0 kn`."""
    return amount.replace(".0 ", " ")


def _size(one: Platform) -> Iterator[str]:
    from waterspace.notation import format_mass
    from waterspace.quantity import MILLIMETRE_M

    for title, size_m in (("length", one.length_m), ("beam", one.beam_m), ("draught", one.draught_m)):
        if size_m is not None:
            yield f"{title} {size_m:g} m"
    if one.displacement_kg is not None:
        yield f"displacement {format_mass(one.displacement_kg)}"
    if one.helicopter_spots is not None:
        yield f"helicopter spots {one.helicopter_spots}"
    if one.gun_calibre_m is not None:
        yield f"gun {one.gun_calibre_m / MILLIMETRE_M:.0f} mm"


def _confidence(one: Platform) -> str:
    return "" if one.provenance.confidence is None else one.provenance.confidence.value
