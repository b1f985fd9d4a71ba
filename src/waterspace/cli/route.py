"""`waterspace route`: the shortest safe way by sea between two places."""

from __future__ import annotations

import json
import textwrap
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.cli.spots import Spot
    from waterspace.domain import Exercise, Reservation
    from waterspace.environment.bathymetry.depth import DepthGrid
    from waterspace.environment.overlays.lanes import Lane
    from waterspace.environment.routing.routes import Route, RouteRequest

__all__ = ["Format", "command"]

_WIDTH = 100
_CAVEAT = "A planning aid from a packaged shoreline: not for navigation."


class Format(StrEnum):
    """How a route is written."""

    TEXT = "text"
    JSON = "json"


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
        depart_ms=None if depart is None else spots.now_or(depart, "--depart"),
        speed_mps=None if speed is None else spots.speed(speed, "--speed"),
        depth=depths,
        lanes=lanes,
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


def _as_data(a: Spot, b: Spot, route: Route, request: RouteRequest) -> dict[str, object]:
    from waterspace.geometry.geodesic import distance_m
    from waterspace.notation import format_time_iso
    from waterspace.quantity import nautical_miles

    data: dict[str, object] = {
        "from": _end_as_data(a),
        "to": _end_as_data(b),
        "distance_nm": round(nautical_miles(route.length_m), 2),
        "great_circle_nm": round(nautical_miles(distance_m(a.position, b.position)), 2),
        "waypoints": [[round(p.lat_deg, 6), round(p.lon_deg, 6)] for p in route.waypoints],
        "straits": list(route.straits),
        "notes": list(route.notes),
    }
    arrive_ms = _arrival(route, request)
    if arrive_ms is not None:
        data["arrival"] = format_time_iso(arrive_ms)
    return data


def _end_as_data(spot: Spot) -> dict[str, object]:
    return {"name": spot.name or None, "position": [spot.position.lat_deg, spot.position.lon_deg]}


def _arrival(route: Route, request: RouteRequest) -> int | None:
    """When a ship that leaves as asked arrives."""
    from waterspace.quantity import SECOND_MS

    if request.depart_ms is None or not request.speed_mps:
        return None
    return request.depart_ms + round(route.length_m / request.speed_mps * SECOND_MS)


def _as_text(a: Spot, b: Spot, route: Route, request: RouteRequest) -> Iterator[str]:
    from waterspace.environment import straits
    from waterspace.geometry.geodesic import distance_m
    from waterspace.notation import format_distance, format_time

    direct = format_distance(distance_m(a.position, b.position))
    length = format_distance(route.length_m)
    yield f"{_title(a)} to {_title(b)}: {length} by sea; the great circle is {direct}"
    yield ""
    yield from _legs(route)
    yield ""
    if route.straits:
        known = straits.load()
        yield from _wrapped(f"through {', '.join(known[key].name for key in route.straits)}")
    arrive_ms = _arrival(route, request)
    if arrive_ms is not None:
        yield f"arrives {format_time(arrive_ms)}"
    for note in route.notes:
        yield from _wrapped(f"note: {note}")
    yield _CAVEAT


def _legs(route: Route) -> Iterator[str]:
    """A table of waypoints, with course and distance to the next."""
    from waterspace.geometry.geodesic import inverse
    from waterspace.notation import format_bearing, format_distance, format_position

    yield f"{'':>4}  {'waypoint':<20}  {'course':>6}  {'leg':>10}  {'from A':>10}"
    run_m = 0.0
    for number, here in enumerate(route.waypoints, 1):
        place = format_position(here.lat_deg, here.lon_deg)
        if number == len(route.waypoints):
            yield f"{number:>4}  {place:<20}  {'':>6}  {'':>10}  {format_distance(run_m):>10}"
            return
        length_m, course_deg = inverse(here, route.waypoints[number])
        cells = f"{format_bearing(course_deg):>6}  {format_distance(length_m):>10}  {format_distance(run_m):>10}"
        yield f"{number:>4}  {place:<20}  {cells}"
        run_m += length_m


def _title(spot: Spot) -> str:
    from waterspace.notation import format_position

    return spot.name or format_position(spot.position.lat_deg, spot.position.lon_deg)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent="  ", break_on_hyphens=False)
