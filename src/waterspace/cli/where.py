"""`waterspace where`: everything known of a point."""

from __future__ import annotations

import json
import textwrap
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Exercise, Reservation
    from waterspace.environment.whereabouts import Whereabouts

__all__ = ["Format", "command"]

_WIDTH = 100
_COLUMN = 12
_CAVEAT = "Limits are computed, never legal; nothing here is for navigation."


class Format(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


def command(
    position: Annotated[str, typer.Argument(metavar="POSITION", help="Such as '39-48N 133-12E', or a port.")],
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
    from waterspace.cli import spots
    from waterspace.environment.surroundings import Surroundings
    from waterspace.environment.whereabouts import whereabouts

    spot = spots.spot(position, "POSITION")
    time_ms = spots.now_or(at, "--at")
    plan = spots.exercise_of(exercise)
    around = Surroundings() if plan is None else Surroundings.of(plan)
    found = whereabouts(spot.position, time_ms, around, () if plan is None else _claims(plan))
    if format_ is Format.JSON:
        typer.echo(json.dumps(_as_data(found), indent=2, ensure_ascii=False))
        return
    typer.echo("\n".join(_as_text(found, spot.name, plan)))


def _claims(plan: Exercise) -> tuple[Reservation, ...]:
    """What the serials of a plan and others around it claim."""
    from waterspace import programme

    return (*programme.build(plan).reservations, *plan.standing_reservations.values())


# ---------------------------------------------------------------------------------------------------------- as data


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


# ---------------------------------------------------------------------------------------------------------- as text


def _as_text(found: Whereabouts, name: str, plan: Exercise | None) -> Iterator[str]:
    from waterspace.notation import format_position, format_time

    place = format_position(found.position.lat_deg, found.position.lon_deg)
    yield f"{name + ', ' if name else ''}{place} at {format_time(found.time_ms)}"
    for label, text in _rows(found, plan):
        yield from textwrap.wrap(
            text,
            _WIDTH,
            initial_indent=f"{label:<{_COLUMN}}",
            subsequent_indent=" " * _COLUMN,
            break_on_hyphens=False,
        )
    yield _CAVEAT


def _rows(found: Whereabouts, plan: Exercise | None) -> Iterator[tuple[str, str]]:
    from waterspace.environment.limits.zones import CAVEAT

    yield "zone", _zone(found)
    for note in found.zone.notes:
        if note != CAVEAT:  # the last line says it
            yield "", note
    yield "land", _land(found)
    yield from _near_rows(found)
    yield "depth", _depth(found)
    yield "FIR", found.fir or _no_fir(plan)
    yield from _sky_rows(found)
    if found.variation_deg is None:
        yield "variation", "unknown here or in that year"
    else:
        side = "W" if found.variation_deg < 0.0 else "E"
        yield "variation", f"{abs(found.variation_deg):.1f}° {side}"
    if found.conditions is not None:
        yield "weather", _weather(found)
    for lane in found.lanes:
        yield "lane", f"{lane.name or lane.id}, flow {lane.flow_deg:03.0f}"
    if plan is not None:
        yield from _active_rows(found)


def _zone(found: Whereabouts) -> str:
    from waterspace.notation import format_distance

    zone = found.zone
    words = zone.zone.value.replace("_", " ").replace("eez", "exclusive economic zone")
    whose = f" of {zone.state}" if zone.state else ""
    away = f", {format_distance(zone.distance_m)} from the computed baseline"
    return f"{words}{whose}{away}"


def _land(found: Whereabouts) -> str:
    if found.to_land.distance_m <= 0.0:
        return f"this is land{f' ({found.zone.state})' if found.zone.state else ''}"
    whose = found.land.state or "assigned to no state"
    return f"{_way(found.to_land.distance_m, found.to_land.bearing_deg)}, {whose}"


def _near_rows(found: Whereabouts) -> Iterator[tuple[str, str]]:
    from waterspace.geometry.geodesic import bearing_deg

    label = "ports"
    for near in found.ports:
        code = f" ({near.port.code})" if near.port.code else ""
        yield label, f"{near.port.name}{code}, {near.port.state}, {_way(near.way.distance_m, near.way.bearing_deg)}"
        label = ""
    label = "straits"
    for strait in found.straits:
        bearing = bearing_deg(found.position, strait.position)
        yield label, f"{strait.strait.name}, {_way(strait.distance_m, bearing)}"
        label = ""


def _way(distance_m: float, bearing_deg: float | None) -> str:
    from waterspace.notation import format_bearing, format_distance

    if bearing_deg is None:
        return format_distance(distance_m)
    return f"{format_distance(distance_m)} on {format_bearing(bearing_deg)}"


def _depth(found: Whereabouts) -> str:
    sounding = found.sounding
    note = f"; {sounding.note}" if sounding.note else ""
    depth = "unknown" if sounding.depth_m is None else f"{sounding.depth_m:.0f} m"
    grid = sounding.source.partition(",")[0]
    return f"{depth}{note} ({grid}, cells of {_cell(sounding.resolution_m)})"


def _cell(resolution_m: float) -> str:
    from waterspace.notation import format_distance

    return format_distance(resolution_m)


def _no_fir(plan: Exercise | None) -> str:
    if plan is not None and plan.data.firs:
        return "none of those in the file given"
    return "unknown; none is packaged, an exercise file may name boundaries of yours (environment: firs)"


def _sky_rows(found: Whereabouts) -> Iterator[tuple[str, str]]:
    from waterspace.environment.sky.light import LightKind
    from waterspace.notation import format_time

    polar = f", {found.light.polar.value}" if found.light.polar is not None else ""
    yield "light", f"{found.light.light.value.replace('_', ' ')}{polar}"
    glare = "" if found.glare_deg is None else ", low enough to dazzle"
    yield "sun", f"altitude {found.sun.altitude_deg:.1f}°, azimuth {found.sun.azimuth_deg:03.0f}{glare}"
    moon = found.moon
    lit = f"{moon.illuminated_ratio:.0%} lit, {moon.phase.value}"
    yield "moon", f"altitude {moon.altitude_deg:.1f}°, azimuth {moon.azimuth_deg:03.0f}, {lit}"
    known = [(time_ms, kind) for kind, time_ms in found.next.items() if time_ms is not None]
    label = "next"
    for time_ms, kind in sorted(known, key=lambda entry: entry[0]):
        yield label, f"{format_time(time_ms)}  {kind.value.replace('_', ' ')}"
        label = ""
    if found.next[LightKind.SUNRISE] is None:
        yield label, "the sun neither rises nor sets within two days"


def _weather(found: Whereabouts) -> str:
    from waterspace.notation import format_bearing, format_distance, format_speed

    given = found.conditions
    assert given is not None
    parts = []
    if given.sea_state is not None:
        parts.append(f"sea state {given.sea_state}")
    if given.wind_mps is not None:
        origin = "" if given.wind_from_deg is None else f" from {format_bearing(given.wind_from_deg)}"
        parts.append(f"wind {format_speed(given.wind_mps)}{origin}")
    if given.visibility_m is not None:
        parts.append(f"visibility {format_distance(given.visibility_m)}")
    if given.current_drift_mps is not None and given.current_set_deg is not None:
        drift = format_speed(given.current_drift_mps)
        parts.append(f"current {drift} towards {format_bearing(given.current_set_deg)}")
    remarks = "".join(f"; {flag}" for flag in given.flags)
    origin = f" ({given.source})" if given.source else ""
    return f"{', '.join(parts) or 'nothing known'}{origin}{remarks}"


def _active_rows(found: Whereabouts) -> Iterator[tuple[str, str]]:
    from waterspace.notation import format_band, format_time

    if not found.active:
        yield "in force", "nothing claimed here at this time"
    label = "in force"
    for claim in found.active:
        owner = f" ({claim.owner})" if claim.owner not in claim.name else ""
        hazard = claim.hazard.value if claim.hazard.is_hazardous else "no hazard"
        heights = format_band(claim.band.floor_m, claim.band.ceiling_m)
        end_ms = next(window.end_ms for window in claim.windows if window.end_ms > found.time_ms)
        yield label, f"{claim.name}{owner}: {hazard}, {heights}, until {format_time(end_ms)}"
        label = ""
