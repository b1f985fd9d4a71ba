"""`waterspace where`: everything known of a point."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from waterspace.cli.formats import Format

if TYPE_CHECKING:
    from waterspace.domain import Exercise, Reservation
    from waterspace.environment.whereabouts import Whereabouts

__all__ = ["command"]


def command(
    position: Annotated[
        list[str], typer.Argument(metavar="POSITION", help="Such as 39-48N 133-12E, or the name or code of a port.")
    ],
    at: Annotated[str | None, typer.Option(help="Time, such as 2023-07-20T12:00Z; without it, now.")] = None,
    exercise: Annotated[
        str | None, typer.Option(metavar="FILE", help="An exercise file: its claims, weather and data files count too.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write the answer.")] = Format.TEXT,
) -> None:
    """Tell everything known of a point.

    Zone, nearest land and ports, straits, depth, flight information region, sun and moon, magnetic variation, weather,
    and with an exercise file the areas in force there.
    """
    from waterspace.cli import spots, where_text
    from waterspace.environment.surroundings import Surroundings
    from waterspace.environment.whereabouts import whereabouts

    spot = spots.spot(" ".join(position), "POSITION")  # its words need no quotation marks
    time_ms = spots.this_minute() if at is None else spots.instant(at, "--at")
    plan = spots.exercise_of(exercise)
    around = Surroundings() if plan is None else Surroundings.of(plan)
    found = whereabouts(spot.position, time_ms, around, () if plan is None else _claims(plan))
    if format_ is Format.JSON:
        typer.echo(json.dumps({"name": spot.name or None, **_as_data(found)}, indent=2, ensure_ascii=False))
        return
    typer.echo("\n".join(where_text.lines(found, spot.name, plan)))


def _claims(plan: Exercise) -> tuple[Reservation, ...]:
    """What the serials of a plan and others around it claim."""
    from waterspace import programme

    return (*programme.build(plan).reservations, *plan.standing_reservations.values())


def _as_data(found: Whereabouts) -> dict[str, object]:
    from waterspace.notation import format_time_iso

    lat_deg, lon_deg = found.position.lat_deg, found.position.lon_deg
    next_times = {
        kind.value: None if time_ms is None else format_time_iso(time_ms) for kind, time_ms in found.next.items()
    }
    return {
        "position": [lat_deg, lon_deg],
        "at": format_time_iso(found.time_ms),
        "zone": found.zone.zone.value,
        "zone_state": found.zone.state or None,
        "distance_to_baseline_m": _rounded(found.zone.distance_m),
        "territorial_sea_m": _rounded(found.zone.territorial_sea_m),
        "zone_notes": list(found.zone.notes),
        "distance_to_land_m": _rounded(found.to_land.distance_m),
        "nearest_land": {
            "state": found.land.state or None,
            "position": [round(found.land.position.lat_deg, 5), round(found.land.position.lon_deg, 5)],
            "bearing_deg": _rounded(found.to_land.bearing_deg),
            "is_lake_shore": found.is_lake_shore,
        },
        **_places_as_data(found),
        "depth_m": _rounded(found.sounding.depth_m),
        "depth": {
            "resolution_m": _rounded(found.sounding.resolution_m),
            "shallowest_m": _rounded(found.sounding.shallowest_m),
            "deepest_m": _rounded(found.sounding.deepest_m),
            "source": found.sounding.source,
            "note": found.sounding.note,
        },
        "fir": found.fir,
        **next_times,
        **_sky_as_data(found),
        "variation_deg": _rounded(found.variation_deg, 2),
        "weather": _weather_as_data(found),
        "lanes": [{"id": lane.id, "name": lane.name, "flow_deg": lane.flow_deg} for lane in found.lanes],
        "active": [
            {"id": claim.id, "owner": claim.owner, "name": claim.name, "hazard": claim.hazard.value}
            for claim in found.active
        ],
    }


def _places_as_data(found: Whereabouts) -> dict[str, object]:
    return {
        "ports": [
            {
                "code": near.port.code or None,
                "name": near.port.name,
                "state": near.port.state,
                "distance_m": _rounded(near.way.distance_m),
                "bearing_deg": _rounded(near.way.bearing_deg),
            }
            for near in found.ports
        ],
        "straits": [
            {
                "key": near.strait.key,
                "name": near.strait.name,
                "distance_m": _rounded(near.distance_m),
                "width_m": _rounded(near.strait.width_computed_m),
                "regime": near.strait.regime,
            }
            for near in found.straits
        ],
    }


def _sky_as_data(found: Whereabouts) -> dict[str, object]:
    return {
        "light": found.light.light.value,
        "polar": None if found.light.polar is None else found.light.polar.value,
        "sun": {
            "altitude_deg": _rounded(found.sun.altitude_deg, 2),
            "azimuth_deg": _rounded(found.sun.azimuth_deg, 1),
            "glare_deg": _rounded(found.glare_deg, 1),
        },
        "moon": {
            "altitude_deg": _rounded(found.moon.altitude_deg, 2),
            "azimuth_deg": _rounded(found.moon.azimuth_deg, 1),
            "illuminated": _rounded(found.moon.illuminated_ratio, 3),
            "phase": found.moon.phase.value,
        },
    }


def _weather_as_data(found: Whereabouts) -> dict[str, object] | None:
    from dataclasses import asdict

    return None if found.conditions is None else asdict(found.conditions)


def _rounded(value: float | None, digits: int = 0) -> float | None:
    if value is None:
        return None
    return round(value) if digits == 0 else round(value, digits)
