"""Warned: the warnings of others in the files that a plan names, as maps and cards show them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.errors import DataFileError, GeometryError
from waterspace.notation import format_time
from waterspace.reports.extent import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Exercise, Reservation, Window

__all__ = ["warnings_around"]

_TURN_DEG = 360.0


def warnings_around(exercise: Exercise, during: Window, box: Extent | None = None) -> Iterator[Reservation]:
    """The areas of warnings that are in force at some time, their names with their numbers and times.

    A file that cannot be read gives none: a rule reports it. An open end is that of the time.

    Args:
        exercise: that names the files.
        during: from when to when; the windows are cut to it.
        box: where; without it anywhere.
    """
    if not exercise.data.warnings:
        return
    from waterspace.geometry.footprints import outline
    from waterspace.messages.standing import EVER, read, standing

    try:
        readings = read(exercise.data.warning_paths())
    except DataFileError:
        return
    for warning in standing(readings, during):
        for area, claim in zip(warning.areas, warning.reservations, strict=True):
            windows = tuple(both for window in claim.windows if (both := window.overlap(during)) is not None)
            if not windows or (box is not None and not _meets(box, Extent.around(area.positions))):
                continue
            try:
                outline(claim.footprint)
            except GeometryError:  # a shape that cannot be is told by a rule where it is in doubt
                continue
            yield replace(claim, name=f"{claim.name}, {_times(claim, EVER)}", windows=windows)


def _times(claim: Reservation, ever: Window) -> str:
    """`080000Z to 090900Z JUN 26, 2 times`; `until further notice`."""
    first, last = claim.windows[0], claim.windows[-1]
    if last.end_ms >= ever.end_ms:
        return "until further notice"
    start, end = format_time(first.start_ms), format_time(last.end_ms)
    (begins, _, month), (_, _, month_after) = start.partition(" "), end.partition(" ")
    span = f"{begins if month == month_after else start} to {end}"
    return span if len(claim.windows) == 1 else f"{span}, {len(claim.windows)} times"


def _meets(box: Extent, other: Extent) -> bool:
    """Whether two boxes share a point, over 180 degrees too."""
    if box.south_deg > other.north_deg or other.south_deg > box.north_deg:
        return False
    return any(
        box.west_deg <= other.east_deg + turn_deg and other.west_deg + turn_deg <= box.east_deg
        for turn_deg in (-_TURN_DEG, 0.0, _TURN_DEG)
    )
