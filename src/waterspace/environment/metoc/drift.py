"""Set and drift: how a current carries what floats, and which course makes good another through it.

Set is the direction towards which a current flows and drift its speed, as navigators use the words. Over the short time
of one answer the triangle of vectors is plane. Leeway, the push of the wind, comes with the search for what drifts.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from waterspace.domain import Position
from waterspace.errors import GeometryError, RouteError
from waterspace.geometry.geodesic import destination
from waterspace.quantity import MINUTE_MS, SECOND_MS, knots

__all__ = ["Current", "CurrentAt", "MadeGood", "course_to_steer", "drifted", "made_good"]

_STEP_MS = 10 * MINUTE_MS
_TURN_DEG = 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """A current.

    Attributes:
        set_deg: true direction towards which it flows.
        drift_mps: its speed.
    """

    set_deg: float
    drift_mps: float

    def __post_init__(self) -> None:
        """Refuse what is no current."""
        if not (math.isfinite(self.set_deg) and 0.0 <= self.drift_mps < math.inf):
            raise GeometryError(f"found a set of {self.set_deg} and a drift of {self.drift_mps} m/s; give 0 or more")

    @classmethod
    def of(cls, east_mps: float, north_mps: float) -> Current:
        """A current from its components towards east and north."""
        set_deg = math.degrees(math.atan2(east_mps, north_mps)) % _TURN_DEG % _TURN_DEG
        return cls(set_deg=set_deg, drift_mps=math.hypot(east_mps, north_mps))

    @property
    def components_mps(self) -> tuple[float, float]:
        """Speeds towards east and towards north."""
        angle = math.radians(self.set_deg)
        return self.drift_mps * math.sin(angle), self.drift_mps * math.cos(angle)


CurrentAt: TypeAlias = Callable[[Position, int], Current | None]
"""The current at a position and a time in milliseconds since 1970; None where it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeGood:
    """A motion over the ground and the one through the water that makes it.

    Attributes:
        course_deg: over the ground, true, 0 to below 360; the heading where the ship makes no way.
        speed_mps: over the ground.
        heading_deg: through the water.
        water_speed_mps: through the water.
    """

    course_deg: float
    speed_mps: float
    heading_deg: float
    water_speed_mps: float


def made_good(heading_deg: float, water_speed_mps: float, current: Current) -> MadeGood:
    """Course and speed over the ground of a ship that steers a heading through a current.

    Raises:
        GeometryError: a speed that is negative or not a number, a heading that is not a number.
    """
    _require_motion(heading_deg, water_speed_mps)
    east, north = current.components_mps
    angle = math.radians(heading_deg)
    over = Current.of(water_speed_mps * math.sin(angle) + east, water_speed_mps * math.cos(angle) + north)
    heading = heading_deg % _TURN_DEG % _TURN_DEG
    course = over.set_deg if over.drift_mps > 0.0 else heading
    return MadeGood(course_deg=course, speed_mps=over.drift_mps, heading_deg=heading, water_speed_mps=water_speed_mps)


def course_to_steer(course_deg: float, water_speed_mps: float, current: Current) -> MadeGood:
    """The heading that makes good a course through a current.

    Raises:
        GeometryError: as for `made_good`.
        RouteError: the current across or against the course is too strong for the speed.
    """
    _require_motion(course_deg, water_speed_mps)
    off = math.radians(current.set_deg - course_deg)
    across_mps, along_mps = current.drift_mps * math.sin(off), current.drift_mps * math.cos(off)
    ahead_mps = math.sqrt(max(water_speed_mps**2 - across_mps**2, 0.0)) + along_mps
    if abs(across_mps) > water_speed_mps or (ahead_mps <= 0.0 and current.drift_mps > 0.0):
        raise RouteError(
            f"course {course_deg % _TURN_DEG:05.1f} cannot be made good at {knots(water_speed_mps):.1f} kn through the "
            f"water in a current that sets {current.set_deg:05.1f} at {knots(current.drift_mps):.1f} kn. Give more "
            "speed, or wait."
        )
    crab_deg = math.degrees(math.asin(across_mps / water_speed_mps)) if water_speed_mps > 0.0 else 0.0
    return MadeGood(
        course_deg=course_deg % _TURN_DEG % _TURN_DEG,
        speed_mps=ahead_mps,
        heading_deg=(course_deg - crab_deg) % _TURN_DEG % _TURN_DEG,
        water_speed_mps=water_speed_mps,
    )


def drifted(datum: Position, start_ms: int, end_ms: int, current: Current | CurrentAt) -> Position | None:
    """Where a datum has drifted after a time in a current; back in time where the end is before the start.

    In a field it goes in steps of ten minutes, with the current of the middle of each step.

    Returns:
        None where the current is unknown somewhere on the way.
    """
    if isinstance(current, Current):
        return _carried(datum, current, end_ms - start_ms)
    position, now_ms = datum, start_ms
    step_ms = _STEP_MS if end_ms >= start_ms else -_STEP_MS
    while now_ms != end_ms:
        span_ms = step_ms if abs(end_ms - now_ms) > _STEP_MS else end_ms - now_ms
        here = current(position, now_ms)
        if here is None:
            return None
        middle = current(_carried(position, here, span_ms / 2), now_ms + span_ms // 2)
        if middle is None:
            return None
        position, now_ms = _carried(position, middle, span_ms), now_ms + span_ms
    return position


def _carried(position: Position, current: Current, span_ms: float) -> Position:
    return destination(position, current.set_deg, current.drift_mps * span_ms / SECOND_MS)


def _require_motion(direction_deg: float, speed_mps: float) -> None:
    if not (math.isfinite(direction_deg) and 0.0 <= speed_mps < math.inf):
        raise GeometryError(
            f"found a direction of {direction_deg} and a speed of {speed_mps} m/s; give finite ones, 0 or more"
        )
