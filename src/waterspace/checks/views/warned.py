"""Warned: how findings tell of a warning of others: its number, its place in a file, its times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.notation import format_time

if TYPE_CHECKING:
    from waterspace.checks.context import Context
    from waterspace.domain import Reservation
    from waterspace.messages.reading import WarnedArea
    from waterspace.messages.standing import StandingWarning

__all__ = ["in_force", "is_practice", "path_of", "path_of_claim", "place_in_plan", "title"]


def in_force(claim: Reservation) -> str:
    """When an area of a warning is in force: `010000Z to 010900Z JUN 26`, or from when until further notice."""
    from waterspace.checks.words import span
    from waterspace.messages.standing import EVER

    first, last = claim.windows[0], claim.windows[-1]
    if last.end_ms >= EVER.end_ms:
        started = "" if first.start_ms <= EVER.start_ms else f"from {format_time(first.start_ms)} "
        return f"{started}until further notice"
    if len(claim.windows) == 1:
        return span(first)
    return f"{len(claim.windows)} times, {span(first)} the first and {span(last)} the last"


def title(context: Context, outsider: Reservation) -> str:
    """`HYDROPAC 1234/26 A (gunnery; warnings/hydropac.txt:14; in force 010000Z to 010900Z JUN 26)`."""
    warning, area = _behind(context, outsider)
    what = area.category.value.replace("_", " ")
    place = place_in_plan(context, warning, area.spans[0].start if area.spans else 0)
    parts = [*([] if what == "other" else [what]), place, f"in force {in_force(outsider)}"]
    return f"{outsider.name} ({'; '.join(parts)})"


def is_practice(context: Context, outsider: Reservation) -> bool:
    """Whether a warning is of a practice, a launch or an area that is closed, not of a light or a buoy."""
    from waterspace.messages.reading import Category

    _, area = _behind(context, outsider)
    return area.category not in {Category.OTHER, Category.DISTRESS, Category.UNDERWATER_OPERATIONS}


def path_of_claim(context: Context, outsider: Reservation) -> tuple[str, ...]:
    """Where the plan names the file that a claim stands in."""
    return path_of(context, _behind(context, outsider)[0].reading.message.file)


def _behind(context: Context, outsider: Reservation) -> tuple[StandingWarning, WarnedArea]:
    """The warning and the area of it that a claim was made of."""
    from waterspace.environment.outsiders import own_id

    warning = context.warned.warnings[own_id(outsider)]
    pairs = zip(warning.areas, warning.reservations, strict=True)
    return warning, next(area for area, claim in pairs if outsider.id.endswith(f"/{claim.id}"))


def place_in_plan(context: Context, warning: StandingWarning, at: int = 0) -> str:
    """The file and the line of a character of a warning, as the plan names the file."""
    from waterspace.messages.standing import place_of

    return place_of(warning.reading, at, context.exercise.data.folder)


def path_of(context: Context, file: str) -> tuple[str, ...]:
    """Where the plan names a file of warnings, or the folder that it is in."""
    from pathlib import Path

    paths = context.exercise.data.warning_paths()
    number = next((number for number, path in enumerate(paths) if Path(file).is_relative_to(path)), 0)
    return ("context", "warnings", str(number))
