"""`waterspace route`: the shortest safe way by sea between two places."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from waterspace.cli.formats import Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.cli.spots import Spot
    from waterspace.domain import Exercise, Reservation
    from waterspace.environment.bathymetry.depth import DepthGrid
    from waterspace.environment.overlays.lanes import Lane
    from waterspace.environment.routing.routes import Route, RouteRequest

__all__ = ["command"]

_CAVEAT = "A planning aid from a packaged shoreline: not for navigation."
_SAME_PLACE_M = 0.5

_CLOSER_RATIO = 0.95
"""Of the clearance: a leg that comes closer does not keep it. Distances from shores are right to about 1 %."""


def command(
    start: Annotated[str, typer.Argument(metavar="A", help="A position, or the name or code of a port.")],
    end: Annotated[str, typer.Argument(metavar="B", help="The same, where the way ends.")],
    clearance: Annotated[str | None, typer.Option(help="Distance to keep off the land, such as '2 nm'.")] = None,
    draught: Annotated[str | None, typer.Option(help="Draught of the ship, such as '8 m'.")] = None,
    depart: Annotated[str | None, typer.Option(help="When it leaves; needs --speed.")] = None,
    speed: Annotated[str | None, typer.Option(help="Speed of the ship, such as '15 kn'; needs --depart.")] = None,
    exercise: Annotated[
        str | None, typer.Option(metavar="FILE", help="An exercise file whose danger areas and lanes are respected.")
    ] = None,
    without_canal: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help="A canal not to use: suez, panama or kiel; as often as wanted."),
    ] = None,
    arctic: Annotated[
        bool, typer.Option("--arctic", help="Let the way pass the Arctic from ocean to ocean; ice is not modelled.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to write the route.")] = Format.TEXT,
) -> None:
    """Find the shortest safe way by sea between two places.

    It keeps off the land and, with an exercise file, goes round the areas that are closed when the ship passes and
    through the traffic lanes that the file's data gives as areas with the traffic. A port that the packaged shoreline
    has on land starts from its approach point.
    """
    from waterspace.cli import spots
    from waterspace.environment.routing import routes
    from waterspace.environment.routing.routes import RouteRequest

    if (depart is None) != (speed is None):
        raise typer.BadParameter("a time of departure and a speed belong together: give both or neither")
    a, b = spots.spot(start, "A"), spots.spot(end, "B")
    keep_out, lanes, depths = _heeded(spots.exercise_of(exercise))
    request = RouteRequest(
        clearance_m=routes.CLEARANCE_M if clearance is None else spots.distance(clearance, "--clearance"),
        draught_m=0.0 if draught is None else spots.distance(draught, "--draught"),
        keep_out=keep_out,
        depart_ms=None if depart is None else spots.instant(depart, "--depart"),
        speed_mps=None if speed is None else spots.speed(speed, "--speed"),
        depth=depths,
        lanes=lanes,
        closed_canals=frozenset(without_canal or ()),
        arctic=arctic,
    )
    route = routes.shortest(a.position, b.position, request)
    if format_ is Format.JSON:
        typer.echo(json.dumps(_as_data(a, b, route, request), indent=2, ensure_ascii=False))
        return
    typer.echo("\n".join(_as_text(a, b, route, request)))


def _heeded(exercise: Exercise | None) -> tuple[tuple[Reservation, ...], tuple[Lane, ...], DepthGrid]:
    """What a route heeds: the dangers of an exercise and of others around it, traffic lanes, and depths."""
    from waterspace import programme
    from waterspace.environment.surroundings import Surroundings

    if exercise is None:
        around = Surroundings()
        return (), around.lanes, around.depths
    around = Surroundings.of(exercise)
    claims = (*programme.build(exercise).reservations, *exercise.standing_reservations.values(), *around.areas)
    return tuple(claim for claim in claims if claim.hazard.endangers_shipping), around.lanes, around.depths


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leg:
    """One leg.

    Attributes:
        canal: its key; empty at sea.
        offing_m: the least distance from a shore; None where it keeps the clearance asked for, and in a canal.
    """

    course_deg: float
    length_m: float
    canal: str
    offing_m: float | None


def _legs(route: Route, clearance_m: float) -> list[_Leg]:
    from waterspace.geometry.geodesic import inverses, position_arrays

    lat, lon = position_arrays(route.waypoints)
    lengths, courses = inverses(lat[:-1], lon[:-1], lat[1:], lon[1:])
    return [
        _Leg(
            course_deg=course_deg,
            length_m=length_m,
            canal=canal,
            offing_m=None if canal or offing_m >= _CLOSER_RATIO * clearance_m else offing_m,
        )
        for course_deg, length_m, offing_m, canal in zip(
            courses.tolist(), lengths.tolist(), route.offings_m, route.canals, strict=True
        )
    ]


def _as_data(a: Spot, b: Spot, route: Route, request: RouteRequest) -> dict[str, object]:
    from waterspace.notation import format_time_iso
    from waterspace.quantity import nautical_miles

    data: dict[str, object] = {
        "from": _end_as_data(a),
        "to": _end_as_data(b),
        "distance_nm": round(nautical_miles(route.length_m), 2),
        "great_circle_nm": round(nautical_miles(_great_circle_m(route)), 2),
        "waypoints": [[round(p.lat_deg, 6), round(p.lon_deg, 6)] for p in route.waypoints],
        "legs": [
            {
                "course_deg": round(leg.course_deg, 1),
                "distance_nm": round(nautical_miles(leg.length_m), 2),
                "offing_nm": None if leg.offing_m is None else round(nautical_miles(leg.offing_m), 2),
                "canal": leg.canal or None,
            }
            for leg in _legs(route, request.clearance_m)
        ],
        "straits": list(route.straits),
        "notes": list(dict.fromkeys(route.notes)),
    }
    arrive_ms = _arrival(route, request)
    if arrive_ms is not None:
        data["arrival"] = format_time_iso(arrive_ms)
    return data


def _great_circle_m(route: Route) -> float:
    """From the first waypoint to the last: of the same ends as the route, which may be approach points."""
    from waterspace.geometry.geodesic import distance_m

    return distance_m(route.waypoints[0], route.waypoints[-1])


def _end_as_data(spot: Spot) -> dict[str, object]:
    return {"name": spot.name or None, "position": [spot.position.lat_deg, spot.position.lon_deg]}


def _arrival(route: Route, request: RouteRequest) -> int | None:
    """When a ship that leaves as asked arrives."""
    return _time_at(route.length_m, request)


def _time_at(run_m: float, request: RouteRequest) -> int | None:
    """When a ship that leaves as asked has made a distance."""
    from waterspace.quantity import SECOND_MS

    if request.depart_ms is None or not request.speed_mps:
        return None
    return request.depart_ms + round(run_m / request.speed_mps * SECOND_MS)


def _as_text(a: Spot, b: Spot, route: Route, request: RouteRequest) -> Iterator[str]:
    from waterspace.cli.prose import miles, wrapped
    from waterspace.environment import straits

    if route.length_m < _SAME_PLACE_M:
        yield from _as_no_way(a, b, route)
        return
    at_ports = (a.position, b.position) == (route.waypoints[0], route.waypoints[-1])
    ends = "ends" if at_ports else "approach points"
    yield from wrapped(f"{_title(a)} to {_title(b)}: {miles(route.length_m)} by sea")
    yield from wrapped(f"great circle between the same {ends}: {miles(_great_circle_m(route))}")
    yield ""
    legs = _legs(route, request.clearance_m)
    yield from _table(route, legs, request)
    yield ""
    yield from wrapped("Courses are true, at the start of each leg; distances are in nautical miles.")
    if route.straits:
        known = straits.load()
        yield from wrapped(f"through {', '.join(known[key].name for key in route.straits)}")
    yield from _arrives(b, route, request)
    yield from _close_legs(legs, request)
    unheeded = sum(lane.polygon is None for lane in request.lanes)
    if unheeded:
        yield from wrapped(f"note: {unheeded} of the lanes are lines without an area, which a way does not heed")
    for note in dict.fromkeys(route.notes):
        yield from wrapped(f"note: {_short_note(note, request)}")
    yield _CAVEAT


def _as_no_way(a: Spot, b: Spot, route: Route) -> Iterator[str]:
    """Two names for one place."""
    from waterspace.cli.prose import wrapped
    from waterspace.notation import format_position

    here = route.waypoints[0]
    place = format_position(here.lat_deg, here.lon_deg)
    yield from wrapped(f"{_title(a)} to {_title(b)}: 0.00 nm; both ends of the route are {place}")
    yield _CAVEAT


def _table(route: Route, legs: Sequence[_Leg], request: RouteRequest) -> Iterator[str]:
    """Waypoints, each with course and length of the leg that begins there."""
    from waterspace.notation import format_bearing, format_position, format_time
    from waterspace.quantity import nautical_miles

    timed = "" if _arrival(route, request) is None else "  at"
    yield f"{'':>4}  {'waypoint':<18}  {'course':>6}  {'leg':>8}  {'from A':>8}  {'off land':>8}{timed}"
    run_m = 0.0
    for number, here in enumerate(route.waypoints):
        place = format_position(here.lat_deg, here.lon_deg)
        course, length, off = "", "", ""
        if number < len(legs):
            leg = legs[number]
            course, length = format_bearing(leg.course_deg), f"{nautical_miles(leg.length_m):.2f}"
            off = "canal" if leg.canal else _off_land(leg, request.clearance_m)
        run = f"{nautical_miles(run_m):.2f}"
        time_ms = _time_at(run_m, request)
        at = "" if time_ms is None else f"  {format_time(time_ms)}"
        yield f"{number + 1:>4}  {place:<18}  {course:>6}  {length:>8}  {run:>8}  {off:>8}{at}".rstrip()
        run_m += legs[number].length_m if number < len(legs) else 0.0


def _off_land(leg: _Leg, clearance_m: float) -> str:
    """`0.08`, or the clearance where that is kept."""
    from waterspace.quantity import nautical_miles

    if leg.offing_m is None:
        return f"{nautical_miles(clearance_m):.2f}+"
    return f"{nautical_miles(leg.offing_m):.2f}"


def _arrives(b: Spot, route: Route, request: RouteRequest) -> Iterator[str]:
    """The arrival in UTC and in zone time of the place."""
    from waterspace.cli.prose import local_time, wrapped, zone_offset_ms
    from waterspace.notation import format_duration, format_speed, format_time
    from waterspace.quantity import MINUTE_MS

    arrive_ms = _arrival(route, request)
    if arrive_ms is None or request.depart_ms is None or request.speed_mps is None:
        return
    offset_ms = zone_offset_ms(b.position.lon_deg)
    minutes_ms = round((arrive_ms - request.depart_ms) / MINUTE_MS) * MINUTE_MS
    local = f", {local_time(arrive_ms, offset_ms)} zone time" if offset_ms else ""
    after = f"after {format_duration(minutes_ms)} at {format_speed(request.speed_mps)}"
    yield from wrapped(f"arrives {format_time(arrive_ms)}{local}, {after}")


def _close_legs(legs: Sequence[_Leg], request: RouteRequest) -> Iterator[str]:
    """Which legs come closer to land than was asked."""
    from waterspace.cli.prose import miles, wrapped

    close = [number for number, leg in enumerate(legs, 1) if leg.offing_m is not None]
    if close:
        which = f"waypoint {close[0]}" if len(close) == 1 else f"waypoints {_ranges(close)}"
        yield from wrapped(f"closer to land than {miles(request.clearance_m)}: from {which}")


def _ranges(numbers: Sequence[int]) -> str:
    """`1-3, 8`."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return ", ".join(f"{group[0]}-{group[-1]}" if len(group) > 1 else f"{group[0]}" for group in groups)


def _short_note(note: str, request: RouteRequest) -> str:
    """A note that names the grid of depths without its whole citation, which the JSON has."""
    source = request.depth.source if request.depth is not None else ""
    return note.replace(source, source.partition(",")[0]) if source else note


def _title(spot: Spot) -> str:
    from waterspace.notation import format_position

    return spot.name or format_position(spot.position.lat_deg, spot.position.lon_deg)
