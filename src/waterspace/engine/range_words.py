"""Where somebody is against a danger area, and how a safety officer would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, MovingBox
from waterspace.geometry import legs as geometry
from waterspace.geometry.geodesic import distance_m
from waterspace.notation import format_duration
from waterspace.quantity import HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Leg, Position

__all__ = ["counted", "course_words", "edge_m", "may_reach", "middle_of", "roughly"]

_PASSING_MPS = 0.5
"""Below this rate of range somebody neither closes nor opens (assumed)."""


def edge_m(footprint: Footprint, here: Position, time_ms: int) -> float:
    """How far a position is from the edge of a footprint, on either side of it."""
    if isinstance(footprint, Circle):
        return abs(distance_m(footprint.centre, here) - footprint.radius_m)
    import numpy as np

    from waterspace.geometry.footprints import outline, outline_at
    from waterspace.geometry.plane import Plane

    corners = outline_at(footprint, time_ms) if isinstance(footprint, MovingBox) else outline(footprint)
    points = Plane(here).project_positions((*corners, corners[0]))
    start, run = points[:-1], np.diff(points, axis=0)
    length2 = np.maximum((run**2).sum(axis=1), 1e-9)
    along = np.clip(-(start * run).sum(axis=1) / length2, 0.0, 1.0)
    nearest = start + along[:, None] * run
    return float(np.hypot(nearest[:, 0], nearest[:, 1]).min())


def middle_of(footprint: Footprint, time_ms: int) -> Position:
    """The middle of a footprint at a time."""
    if isinstance(footprint, MovingBox):
        return geometry.position_at(footprint.legs, time_ms)
    from waterspace.geometry.footprints import centre

    return centre(footprint)


def roughly(duration_ms: int) -> str:
    """A time in words, to the second below an hour."""
    step_ms = SECOND_MS if duration_ms < HOUR_MS else MINUTE_MS
    return format_duration(round(duration_ms / step_ms) * step_ms)


def counted(count: int, what: str) -> str:
    """Such as `no strangers`, `1 stranger`, `2 strangers`."""
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def may_reach(footprint: Footprint, leg: Leg) -> bool:
    """Whether a leg may come into a footprint, by a bound that costs little."""
    from waterspace.geometry.footprints import bounding_circle

    around = bounding_circle(footprint)
    return distance_m(leg.start, around.centre) <= around.radius_m + geometry.length_m(leg) + 1.0


def course_words(footprint: Footprint, here: Position, later: Position, time_ms: int) -> str:
    """Whether somebody closes the middle of a footprint.

    Args:
        footprint: still or moving.
        here: where he is at the time.
        later: where he is a second later.
        time_ms: of `here`.
    """
    if here == later:
        return "lying still"
    off_m, later_m = (
        distance_m(place, middle_of(footprint, at_ms))
        for place, at_ms in ((here, time_ms), (later, time_ms + SECOND_MS))
    )
    nearer_mps = off_m - later_m
    return "closing" if nearer_mps > _PASSING_MPS else "opening" if nearer_mps < -_PASSING_MPS else "passing"
