"""Sea routes: the shortest safe way by sea from one place to another."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment import straits
from waterspace.environment.limits.lakes import in_lakes
from waterspace.environment.routing import canals, offing, seaways, shallows, voyage
from waterspace.environment.routing.arctic import through_arctic
from waterspace.environment.routing.closures import refuse_closed_goal, refuse_closed_start
from waterspace.environment.routing.hindrances import Clock, Hindrance, every, one_way
from waterspace.environment.routing.landfall import End, resolve
from waterspace.environment.routing.network import Chart, Found
from waterspace.environment.routing.sights import ENOUGH_RATIO
from waterspace.environment.routing.tautening import pulled
from waterspace.environment.shores import coast
from waterspace.errors import GeometryError, RouteError
from waterspace.geometry.arguments import admitted
from waterspace.geometry.geodesic import distance_m, position_arrays, positions_from, route_length_m
from waterspace.notation.position import format_position
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from waterspace.domain import Position, Reservation
    from waterspace.environment.bathymetry.depth import DepthGrid
    from waterspace.environment.overlays.lanes import Lane
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["CLEARANCE_M", "Route", "RouteRequest", "lower_bound_m", "resolve_end", "shortest"]

CLEARANCE_M = 0.5 * NAUTICAL_MILE_M
"""Distance that a route keeps off every shore (assumed: the packaged coast is out by 250 m in the region, 500 m
elsewhere, so that half a mile is the least that is surely water)."""

_MOST_CLEARANCE_M = 10.0 * NAUTICAL_MILE_M
_LEVELS = (-1, 0, 1, 2)
_BOUND_RATIO = 1.0 - 1e-9
_MOST_SHALLOWS = 8
_MOST_RATIO, _MOST_MORE_M = 3.0, 500_000.0
"""A way round what is closed is looked for up to so many times the way that heeds nothing, and so much more."""

_ARCTIC_DEG = 66.5


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRequest:
    """What a route must heed.

    Attributes:
        clearance_m: to keep off every shore where there is room; above 0, at most 10 nautical miles.
        draught_m: of the ship; 0 where depth does not matter.
        keep_out: reservations to keep out of while they are in force, if they meet the surface.
        depart_ms: milliseconds since 1970; without it, or without a speed, every window counts as open.
        speed_mps: made good along the route.
        depth: where to look depths up; without it, or without a draught, none are.
        lanes: one-way lanes, to be sailed with their flow or crossed at about a right angle.
        preferred: lines of positions along which a way is preferred.
        preferred_ratio: what a mile along them counts, above 0 to 1.
        closed_canals: keys of canals that are not used.
        arctic: whether passages from ocean to ocean through the Arctic are open; ice is not modelled.
    """

    clearance_m: float = CLEARANCE_M
    draught_m: float = 0.0
    keep_out: tuple[Reservation, ...] = ()
    depart_ms: int | None = None
    speed_mps: float | None = None
    depth: DepthGrid | None = None
    lanes: tuple[Lane, ...] = ()
    preferred: tuple[tuple[Position, ...], ...] = ()
    preferred_ratio: float = 0.9
    closed_canals: frozenset[str] = frozenset()
    arctic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way by sea.

    Attributes:
        waypoints: joined by geodesics; the first and the last are the ends, or their approach points.
        length_m: of these geodesics together.
        canals: for each leg, the key of the canal that it runs through, empty for legs at sea.
        straits: keys of the straits whose gates are crossed, in order.
        offings_m: for each leg, its least distance from a shore, at most the clearance asked for; that in a canal.
        notes: what a reader should know.
    """

    waypoints: tuple[Position, ...]
    length_m: float
    canals: tuple[str, ...]
    straits: tuple[str, ...]
    offings_m: tuple[float, ...]
    notes: tuple[str, ...]

    @property
    def least_offing_m(self) -> float:
        """The least distance from a shore of any leg at sea; infinite where all of the way is a canal."""
        return min((off for off, canal in zip(self.offings_m, self.canals, strict=True) if not canal), default=math.inf)


def shortest(a: Position, b: Position, request: RouteRequest = RouteRequest()) -> Route:  # frozen
    """The shortest safe way by sea; asked for again it is remembered.

    Raises:
        GeometryError: an end is no position, or the clearance, draught or speed is out of bounds.
        RouteError: there is no way by sea.
    """
    return _remembered(a, b, request)


@functools.lru_cache(maxsize=4096)
def _remembered(a: Position, b: Position, request: RouteRequest) -> Route:
    """As `shortest`."""
    _check(request)
    ends = resolve(a), resolve(b)
    clock = Clock(depart_ms=request.depart_ms, speed_mps=request.speed_mps)
    areas = every(request.keep_out, request.clearance_m, [end.position for end in ends])
    threats = (*areas, *_one_way(request.lanes))
    refuse_closed_start(ends[0].position, threats, clock)
    timed = clock.depart_ms is not None and clock.speed_mps is not None
    if not timed:
        refuse_closed_start(ends[1].position, threats, clock)
    turned = not (timed and threats) and not request.lanes and _key(b) < _key(a)
    way, avoided = _free_way(ends[::-1] if turned else ends, request, threats, clock)
    if turned:
        way = Found(way.places[::-1], way.held[::-1])
    return _route(way, ends, request, avoided)


def resolve_end(position: Position) -> Position:
    """Where at sea a route to a place starts or ends: the place itself, or its approach point if it is on land.

    Raises:
        GeometryError: it is no position.
        RouteError: it is on land, away from any sea that leads to the oceans.
    """
    return resolve(position).position


def lower_bound_m(a: Position, b: Position) -> float:
    """A length that no way by sea between two places falls below, fast: that of the geodesic, less a little."""
    return distance_m(a, b) * _BOUND_RATIO


def _key(position: Position) -> tuple[float, float]:
    return position.lat_deg, position.lon_deg


def _check(request: RouteRequest) -> None:
    """Refuse numbers out of bounds."""
    if not 0.0 < request.clearance_m <= _MOST_CLEARANCE_M:
        raise GeometryError(
            f"found a clearance of {nautical_miles(request.clearance_m):g} nm, expected more than 0 and at most "
            f"{nautical_miles(_MOST_CLEARANCE_M):g} nm"
        )
    if not 0.0 <= request.draught_m < 100.0:
        raise GeometryError(f"found a draught of {request.draught_m} m, expected 0 to 100 m")
    if not 0.0 < request.preferred_ratio <= 1.0:
        raise GeometryError(f"found a ratio of {request.preferred_ratio}, expected more than 0 and at most 1")
    unknown = request.closed_canals - canals.names().keys()
    if unknown:
        raise GeometryError(
            f"found the canals {sorted(unknown)} to be closed, expected some of {sorted(canals.names())}"
        )
    for line in request.preferred:
        for place in line:
            admitted(lat_deg=place.lat_deg, lon_deg=place.lon_deg)
        legs = tuple(itertools.pairwise(line))
        for (start, end), land in zip(legs, coast.load().land_on_legs(legs), strict=True):
            if land is not None:
                raise GeometryError(
                    f"found a preferred line from {format_position(start.lat_deg, start.lon_deg)} to "
                    f"{format_position(end.lat_deg, end.lon_deg)} that meets land at "
                    f"{format_position(land.lat_deg, land.lon_deg)}, expected one at sea"
                )
    if request.speed_mps is not None and not 0.0 < request.speed_mps < 1000.0:
        raise GeometryError(f"found a speed of {request.speed_mps} m/s, expected more than 0 and less than 1000 m/s")


def _one_way(lanes: tuple[Lane, ...]) -> tuple[Hindrance, ...]:
    return tuple(one_way(lane.name, lane.polygon, lane.flow_deg) for lane in lanes if lane.polygon is not None)


def _free_way(
    ends: tuple[End, End], request: RouteRequest, threats: tuple[Hindrance, ...], clock: Clock
) -> tuple[Found, tuple[Hindrance, ...]]:
    """The way, at first heeding nothing but the coast, then whatever it runs into; and what that was."""
    heeded: tuple[Hindrance, ...] = ()
    levels: tuple[int, ...] = _LEVELS
    most_m = math.inf
    while True:
        chart = Chart(
            clearance_m=request.clearance_m,
            hindrances=heeded,
            clock=clock,
            closed=request.closed_canals,
            arctic=request.arctic,
            preferred=tuple(position_arrays(line) for line in request.preferred),
            preferred_ratio=request.preferred_ratio,
            most_m=most_m,
        )
        way, levels = _any_way(ends, chart, levels)
        if not heeded:
            refuse_closed_goal(ends[1].position, threats, clock, way.places)
            most_m = _MOST_RATIO * float(seaways.runs_m(way.places)[-1]) + _MOST_MORE_M
        met = _shallow(way, ends, request, heeded) + tuple(
            threat for threat in threats if threat not in heeded and _meets(threat, way, clock)
        )
        if not met:
            _refuse_entry(way, ends, chart)
            return way, heeded
        heeded += met


def _shallow(
    way: Found, ends: tuple[End, End], request: RouteRequest, heeded: tuple[Hindrance, ...]
) -> tuple[Hindrance, ...]:
    """The first water on a way that is known to be too shallow, and neither heeded yet nor around an end."""
    known = [each for each in heeded if each.flow_deg is None and each.windows is None]
    if request.depth is None or request.draught_m == 0.0 or len(known) >= _MOST_SHALLOWS:
        return ()
    for place in shallows.on_way(way.places, request.depth, request.draught_m):
        if any(area.holds(place) for area in known):
            continue
        area = shallows.around(place, request.depth, request.draught_m)
        known.append(area)
        if not any(area.holds(end.position) for end in ends):
            return (area,)
    return ()


def _meets(threat: Hindrance, way: Found, clock: Clock) -> bool:
    """Whether a way runs into a hindrance."""
    lat, lon, run_m = way.places[:, 0], way.places[:, 1], seaways.runs_m(way.places)
    return any(
        threat.bars(lat[None, leg : leg + 2], lon[None, leg : leg + 2], float(run_m[leg]), clock).any()
        for leg in range(len(lat) - 1)
    )


def _refuse_entry(way: Found, ends: tuple[End, End], chart: Chart) -> None:
    """Never hand out a way through what it was to keep out of, with the times at which the ship is there."""
    lat, lon, run_m = way.places[:, 0], way.places[:, 1], seaways.runs_m(way.places)
    for threat in chart.hindrances:
        for leg in range(len(lat) - 1):
            if threat.is_entered(lat[leg : leg + 2], lon[leg : leg + 2], float(run_m[leg]), chart.clock):
                raise RouteError(_no_way(ends, chart))


def _any_way(ends: tuple[End, End], chart: Chart, levels: tuple[int, ...]) -> tuple[Found, tuple[int, ...]]:
    """The way with the smallest waters around the ends that lead out, and how large they were, if they mattered."""
    straight = np.array([[end.position.lat_deg, end.position.lon_deg] for end in ends])
    if not chart.preferred and _is_clear(straight, ends, chart):
        return Found(straight, ("",)), levels
    if in_lakes(straight[:, 0], straight[:, 1]).any():
        raise RouteError(_no_way(ends, chart))
    for level in levels:
        found = voyage.find(ends, chart, level)
        if found is not None:
            return pulled(found, chart), tuple(each for each in _LEVELS if level <= each <= level + 1)
    raise RouteError(_no_way(ends, chart))


def _is_clear(straight: FloatArray, ends: tuple[End, End], chart: Chart) -> bool:
    """Whether nothing stands in the straight way."""
    need = np.array([min(chart.clearance_m, *(end.offing_m for end in ends))])
    line = straight[:1, 0], straight[:1, 1], straight[1:, 0], straight[1:, 1]
    clear = offing.keep_clear(line, need * ENOUGH_RATIO, np.array([chart.clearance_m * ENOUGH_RATIO]))
    barred = any(
        threat.bars(straight[None, :, 0], straight[None, :, 1], 0.0, chart.clock).any() for threat in chart.hindrances
    )
    return bool(clear[0]) and not barred and (chart.arctic or not through_arctic(straight))


def _no_way(ends: tuple[End, End], chart: Chart) -> str:
    """Why there is no way."""
    places = " and ".join(format_position(end.position.lat_deg, end.position.lon_deg) for end in ends)
    if chart.hindrances:
        names = ", ".join(dict.fromkeys(threat.name for threat in chart.hindrances))
        return (
            f"no way by sea between {places} was found that keeps out of {names}; leave at another time, or leave out "
            "what may be entered"
        )
    why = "one of them lies in a closed sea or a lake, or behind water narrower than the coast shows"
    return f"no way by sea between {places}: {why}; give places on one sea"


def _route(way: Found, ends: tuple[End, End], request: RouteRequest, avoided: tuple[Hindrance, ...]) -> Route:
    """A way as it is handed out."""
    waypoints = positions_from(way.places[:, 0], way.places[:, 1])
    lat, lon = way.places[:, 0], way.places[:, 1]
    offings = offing.offings_m(lat[:-1], lon[:-1], lat[1:], lon[1:], request.clearance_m)
    offings = np.minimum(offings, request.clearance_m)
    _refuse_landing(waypoints, offings, way.held)
    passed = [strait.key for a, b in itertools.pairwise(waypoints) for strait in straits.crossed(a, b)]
    used = tuple(dict.fromkeys(key for key in way.held if key in canals.names()))
    found = Route(
        waypoints=waypoints,
        length_m=route_length_m(waypoints),
        canals=tuple(key if key in canals.names() else "" for key in way.held),
        straits=tuple(dict.fromkeys(passed)),
        offings_m=tuple(offings.tolist()),
        notes=(),
    )
    notes = (*_notes(ends, request, found.least_offing_m, used), *_avoided_notes(avoided), *_depth_notes(way, request))
    return dataclasses.replace(found, notes=notes)


def _refuse_landing(waypoints: tuple[Position, ...], offings: FloatArray, held: tuple[str, ...]) -> None:
    """Never hand out a way over land."""
    for (start, end), off_m, key in zip(itertools.pairwise(waypoints), offings.tolist(), held, strict=True):
        if off_m <= 0.0 and key not in canals.names():
            raise RouteError(
                f"no way was found that keeps off the land between {format_position(start.lat_deg, start.lon_deg)} and "
                f"{format_position(end.lat_deg, end.lon_deg)}; ask for it in two parts, by a place at sea between them"
            )


def _notes(ends: tuple[End, End], request: RouteRequest, least_m: float, used: tuple[str, ...]) -> list[str]:
    """What a reader should know."""
    notes = [end.note for end in ends if end.note]
    if least_m < 0.95 * request.clearance_m:
        notes.append(
            f"passes within {nautical_miles(least_m):.2f} nm of a shore where the water is narrow or an end lies close "
            f"to land; {nautical_miles(request.clearance_m):.2f} nm elsewhere"
        )
    notes += [f"passes the {canals.names()[key]}, which the coast shows as land" for key in used]
    if not request.arctic and any(end.position.lat_deg > _ARCTIC_DEG for end in ends):
        notes.append("passages through the Arctic from ocean to ocean count as closed: ice is not modelled")
    return notes


def _avoided_notes(avoided: tuple[Hindrance, ...]) -> list[str]:
    """What the straighter way would have run into."""
    areas = dict.fromkeys(each.name for each in avoided if each.flow_deg is None and each.windows is not None)
    return [f"keeps out of {name}" for name in areas]


def _depth_notes(way: Found, request: RouteRequest) -> list[str]:
    """What is known of the depth under a route."""
    if request.draught_m == 0.0:
        return []
    if request.depth is None:
        return [f"no grid of depths was given: a draught of {request.draught_m:g} m was not compared with anything"]
    grid = "the depth is not known more finely than that grid, and not near land: consult the chart"
    if not shallows.on_way(way.places, request.depth, request.draught_m):
        return [
            f"keeps to water that {request.depth.source} does not show shallower than {request.draught_m:g} m; {grid}"
        ]
    return [
        f"WARNING: passes over water that {request.depth.source} shows shallower than {request.draught_m:g} m; {grid}"
    ]
