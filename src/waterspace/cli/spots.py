"""What a person types for a place or a time on the command line, as values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from waterspace.domain import Exercise, Position

__all__ = ["Spot", "distance", "exercise_of", "instant", "speed", "spot", "this_minute"]

_MOST_SPEED_MPS = 1000.0
"""A ship that is faster is a slip of the hand; routes refuse it too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that was typed.

    Attributes:
        name: of the port or airfield; empty for a position.
    """

    position: Position
    name: str = ""


def spot(text: str, hint: str) -> Spot:
    """A position in any notation, or the name or code of a port or airfield.

    Args:
        text: as typed.
        hint: the argument's name, for the message.

    Raises:
        BadParameter: it is neither.
    """
    from waterspace.domain import Position
    from waterspace.environment import places
    from waterspace.errors import NotationError
    from waterspace.notation import parse_position

    plain = text.strip()
    place = places.find(plain)
    if place is not None:
        return Spot(position=place.position, name=place.name)
    try:
        lat_deg, lon_deg = parse_position(plain)
    except NotationError as error:
        if any(letter.isdecimal() for letter in plain):
            raise typer.BadParameter(f"{error}.", param_hint=hint) from error
        misses = places.near_misses(plain)
        advice = f"Did you mean {' or '.join(misses)}?" if misses else "A position such as 39-48N 133-12E always works;"
        advice += " `waterspace ports` lists the places."
        raise typer.BadParameter(f"no port or airfield is called {text!r}. {advice}", param_hint=hint) from error
    return Spot(position=Position(lat_deg=lat_deg, lon_deg=lon_deg))


def this_minute() -> int:
    """Milliseconds since 1970 of the minute that runs."""
    import time

    from waterspace.quantity import MINUTE_MS, SECOND_MS

    return math.floor(time.time() * SECOND_MS / MINUTE_MS) * MINUTE_MS


def instant(text: str, hint: str) -> int:
    """Milliseconds since 1970 of a time that was typed.

    Raises:
        BadParameter: it is no time.
    """
    from waterspace.errors import NotationError
    from waterspace.notation import parse_time

    try:
        return parse_time(text)
    except NotationError as error:
        raise typer.BadParameter(f"{error}.", param_hint=hint) from error


def distance(text: str, hint: str) -> float:
    """Metres of a distance that was typed.

    Raises:
        BadParameter: it is no distance.
    """
    from waterspace.errors import NotationError
    from waterspace.notation import parse_distance

    try:
        return parse_distance(text)
    except NotationError as error:
        raise typer.BadParameter(f"{error}.", param_hint=hint) from error


def speed(text: str, hint: str) -> float:
    """Metres a second of a speed that was typed.

    Raises:
        BadParameter: it is no speed, or none that a ship makes good.
    """
    from waterspace.errors import NotationError
    from waterspace.notation import parse_speed
    from waterspace.quantity import knots

    try:
        speed_mps = parse_speed(text)
    except NotationError as error:
        raise typer.BadParameter(f"{error}.", param_hint=hint) from error
    if not 0.0 < speed_mps < _MOST_SPEED_MPS:
        most_kn = knots(_MOST_SPEED_MPS)
        raise typer.BadParameter(
            f"found {text!r}, expected more than 0 kn and less than {most_kn:.0f} kn", param_hint=hint
        )
    return speed_mps


def exercise_of(file: str | None) -> Exercise | None:
    """The exercise in a file that was named, None where none was.

    Raises:
        PlanFileError: it cannot be understood.
    """
    from waterspace import planfile

    return None if file is None else planfile.load(file)
