"""Closures: ends of a route that lie in an area to keep out of when the ship would be there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace.environment.routing import seaways
from waterspace.errors import RouteError
from waterspace.notation import format_position, format_time
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.domain import Position
    from waterspace.environment.routing.hindrances import Clock, Hindrance
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["refuse_closed_goal", "refuse_closed_start"]


def refuse_closed_start(start: Position, threats: Iterable[Hindrance], clock: Clock) -> None:
    """Refuse a start in an area that is in force when the ship leaves.

    Raises:
        RouteError: as above; without a time of departure and a speed every area counts as in force.
    """
    for threat in _around(start, threats):
        if clock.depart_ms is None or clock.speed_mps is None:
            raise RouteError(_always(start, threat))
        window = threat.in_force_ms(clock.depart_ms, clock.depart_ms)
        if window is not None:
            raise RouteError(
                f"{_text(start)}, where the route starts, lies in {threat.name}, which is in force until "
                f"{format_time(window[1])}; found a departure at {format_time(clock.depart_ms)}, expected one after "
                "that, or another place"
            )


def refuse_closed_goal(goal: Position, threats: Iterable[Hindrance], clock: Clock, way: FloatArray) -> None:
    """Refuse a goal in an area that is in force when the ship runs into it by a way that heeds no area.

    Args:
        goal: where the way ends.
        threats: areas and lanes.
        clock: when the ship leaves, and how fast she is.
        way: latitudes and longitudes of the waypoints, degrees, shape (n, 2).

    Raises:
        RouteError: as above; without a time of departure and a speed every area counts as in force.
    """
    run_m = seaways.runs_m(way).tolist()
    for threat in _around(goal, threats):
        if clock.depart_ms is None or clock.speed_mps is None:
            raise RouteError(_always(goal, threat))
        entered_m = run_m[-2] + threat.entered_m(way[-2:, 0], way[-2:, 1])
        enter_ms, arrive_ms = (
            clock.depart_ms + min(run, run_m[-1]) / clock.speed_mps * SECOND_MS for run in (entered_m, run_m[-1])
        )
        window = threat.in_force_ms(enter_ms, arrive_ms)
        if window is not None:
            later_ms = math.ceil((clock.depart_ms + window[1] - enter_ms) / MINUTE_MS) * MINUTE_MS
            raise RouteError(
                f"{_text(goal)}, where the route ends, lies in {threat.name}, which is in force until "
                f"{format_time(window[1])}; the ship would run into it at {format_time(round(enter_ms))}: leave no "
                f"sooner than {format_time(later_ms)}, or give another place"
            )


def _around(place: Position, threats: Iterable[Hindrance]) -> Iterable[Hindrance]:
    """The areas to keep out of that hold a place."""
    return (threat for threat in threats if threat.flow_deg is None and threat.holds(place))


def _always(place: Position, threat: Hindrance) -> str:
    return (
        f"{_text(place)} lies in {threat.name}, which is to be kept out of; give a time of departure and a speed if it "
        "is not always in force, or another place"
    )


def _text(place: Position) -> str:
    return format_position(place.lat_deg, place.lon_deg)
