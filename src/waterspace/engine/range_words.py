"""Where somebody is against a danger area, and how a safety officer would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Circle, Leg, MovingBox
from waterspace.geometry import legs as geometry
from waterspace.geometry.geodesic import bearing_deg, destination, distance_m
from waterspace.notation import format_duration
from waterspace.quantity import HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Position

__all__ = ["counted", "course_words", "edge_m", "may_reach", "middle_of", "roughly"]

_PASSING_MPS = 0.5
"""Below this rate of range somebody neither closes nor opens (assumed)."""

_AHEAD_MS = 30 * MINUTE_MS
"""How far ahead a safety officer reckons with the course that somebody steers (assumed)."""


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
    """Whether somebody closes a footprint, and when he will be inside if he holds his course and speed.

    Args:
        footprint: still or moving.
        here: where he is at the time.
        later: where he is a second later.
        time_ms: of `here`.
    """
    if here == later:
        return "lying still"
    inside_ms = _inside_in_ms(footprint, here, later, time_ms)
    if inside_ms is not None and inside_ms >= SECOND_MS:
        return f"closing, inside in {roughly(inside_ms)}"
    off_m, later_m = (
        distance_m(place, middle_of(footprint, at_ms))
        for place, at_ms in ((here, time_ms), (later, time_ms + SECOND_MS))
    )
    nearer_mps = off_m - later_m
    return "closing" if nearer_mps > _PASSING_MPS else "opening" if nearer_mps < -_PASSING_MPS else "passing"


def _inside_in_ms(footprint: Footprint, here: Position, later: Position, time_ms: int) -> int | None:
    """How long until somebody is inside on the course he steers; 0 for one who is, None where it is not soon."""
    from waterspace.geometry.compiled.fleet import Fleet

    ahead_m = distance_m(here, later) * _AHEAD_MS / SECOND_MS
    end = destination(here, bearing_deg(here, later), ahead_m)
    leg = Leg(start_ms=time_ms, end_ms=time_ms + _AHEAD_MS, start=here, end=end)
    if not may_reach(footprint, leg):
        return None
    inside = Fleet.of([(leg,)]).visits(footprint, leg.start_ms, leg.end_ms).start_ms
    return int(inside.min()) - time_ms if inside.size else None
