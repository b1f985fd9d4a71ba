"""What `waterspace where` found, in words: what matters to a ship there first, what is far off last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.cli.prose import band, clocks, local_time, miles, wrapped, zone_offset_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Exercise
    from waterspace.environment.whereabouts import Whereabouts

__all__ = ["lines"]

_COLUMN = 12
_CAVEAT = "Limits are computed, never legal; nothing here is for navigation."
_HERE_NM = 0.05
"""Nearer than this is the place itself."""

_HERE_M = 0.5
"""Nearer than this nothing bears anywhere."""


def lines(found: Whereabouts, name: str, plan: Exercise | None) -> Iterator[str]:
    """The answer, line by line.

    Args:
        found: the point and all that is known of it.
        name: of the port or airfield there; empty for a position.
        plan: the exercise whose claims and data count; its local clock is used if it has one.
    """
    from waterspace.notation import format_position, format_time

    place = format_position(found.position.lat_deg, found.position.lon_deg)
    offset_ms, clock = _clock(found, plan)
    local = f", {local_time(found.time_ms, offset_ms)} {clock}" if offset_ms else ""
    yield f"{name + ', ' if name else ''}{place}"
    yield from _row("time", f"{format_time(found.time_ms)}{local}")
    yield from _here(found)
    yield from _water(found)
    if plan is not None:
        yield from _in_force(found, offset_ms)
    yield from _sky(found)
    yield from _next(found, offset_ms, clock)
    yield from _ports(found)
    yield from _straits(found)
    yield from _row("FIR", found.fir or _no_fir(plan))
    yield from wrapped(_CAVEAT)


def _row(label: str, text: str) -> list[str]:
    """A labelled paragraph; without a label one that goes on under the last."""
    return wrapped(text, f"{label:<{_COLUMN}}", " " * _COLUMN)


def _clock(found: Whereabouts, plan: Exercise | None) -> tuple[int, str]:
    """Local time minus UTC, and whose it is."""
    if plan is not None and plan.local_offset_ms:
        return plan.local_offset_ms, "exercise time"
    return zone_offset_ms(found.position.lon_deg), "zone time"


def _here(found: Whereabouts) -> Iterator[str]:
    """Zone and nearest land."""
    from waterspace.environment.limits.zones import CAVEAT
    from waterspace.geometry.geodesic import inverse
    from waterspace.notation import format_bearing

    zone = found.zone
    words = zone.zone.value.replace("_", " ").replace("eez", "exclusive economic zone")
    whose = f" of {zone.state}" if zone.state else ""
    is_land = found.to_land.distance_m <= 0.0
    yield from _row(
        "zone", f"{words}{whose}{'' if is_land else f', {miles(zone.distance_m)} from the computed baseline'}"
    )
    for note in zone.notes:
        if note != CAVEAT:  # the last line says it
            yield from _row("", note)
    away_m, bearing = inverse(found.position, found.land.position)
    on = f", bearing {format_bearing(bearing)}" if away_m >= _HERE_M else ""
    lake = ", the shore of a lake" if found.is_lake_shore else ""
    whose = found.land.state or "assigned to no state"
    yield from _row("shore" if is_land else "land", f"{miles(away_m)}{on}, {whose}{lake}")


def _water(found: Whereabouts) -> Iterator[str]:
    """Depth, weather, lanes and the compass."""
    yield from _row("depth", _depth(found))
    if found.conditions is not None:
        yield from _row("weather", _weather(found))
    for lane in found.lanes:
        yield from _row("lane", f"{lane.name or lane.id}, flow {lane.flow_deg:03.0f}")
    if found.variation_deg is None:
        yield from _row("variation", "unknown here or in that year")
    else:
        yield from _row("variation", f"{abs(found.variation_deg):.1f}° {'W' if found.variation_deg < 0.0 else 'E'}")


def _depth(found: Whereabouts) -> str:
    """Depth in metres with the grid that it comes from; the size of its cells in miles, as all that lies level."""
    sounding = found.sounding
    cell = miles(sounding.resolution_m)
    note = sounding.note.replace(f"{sounding.resolution_m:.0f} m", cell)
    depth = "unknown" if sounding.depth_m is None else f"{sounding.depth_m:.0f} m"
    grid = sounding.source.partition(",")[0]
    return f"{depth}{f': {note}' if note else ''} ({grid}, a point every {cell})"


def _weather(found: Whereabouts) -> str:
    from waterspace.notation import format_bearing, format_speed

    given = found.conditions
    assert given is not None
    parts = []
    if given.sea_state is not None:
        parts.append(f"sea state {given.sea_state}")
    if given.wind_mps is not None:
        origin = "" if given.wind_from_deg is None else f" from {format_bearing(given.wind_from_deg)}"
        parts.append(f"wind {format_speed(given.wind_mps)}{origin}")
    if given.visibility_m is not None:
        parts.append(f"visibility {miles(given.visibility_m)}")
    if given.current_drift_mps is not None and given.current_set_deg is not None:
        drift = format_speed(given.current_drift_mps)
        parts.append(f"current {drift} towards {format_bearing(given.current_set_deg)}")
    remarks = "".join(f"; {flag}" for flag in given.flags)
    origin = f" ({given.source})" if given.source else ""
    return f"{', '.join(parts) or 'nothing known'}{origin}{remarks}"


def _in_force(found: Whereabouts, offset_ms: int) -> Iterator[str]:
    """Claims on the place, each with its end."""
    from waterspace.environment.overlays.area_windows import ALWAYS

    if not found.active:
        yield from _row("in force", "nothing claimed here at this time")
    label = "in force"
    for claim in found.active:
        owner = f" ({claim.owner})" if claim.owner not in claim.name else ""
        hazard = claim.hazard.value if claim.hazard.is_hazardous else "no hazard"
        end_ms = next(window.end_ms for window in claim.windows if window.end_ms > found.time_ms)
        until = "always" if claim.windows == (ALWAYS,) else f"until {clocks(end_ms, offset_ms)}"
        yield from _row(label, f"{claim.name}{owner}: {hazard}, {band(claim.band)}, {until}")
        label = ""


def _sky(found: Whereabouts) -> Iterator[str]:
    """Light, sun and moon at the time."""
    polar = f", {found.light.polar.value}" if found.light.polar is not None else ""
    yield from _row("light", f"{found.light.light.value.replace('_', ' ')}{polar}")
    glare = "" if found.glare_deg is None else ", low enough to dazzle"
    yield from _row("sun", f"{_height(found.sun.altitude_deg)}, bearing {found.sun.azimuth_deg:03.0f}{glare}")
    moon = found.moon
    lit = f"{moon.illuminated_ratio:.0%} lit, {moon.phase.value}"
    yield from _row("moon", f"{_height(moon.altitude_deg)}, bearing {moon.azimuth_deg:03.0f}, {lit}")


def _height(altitude_deg: float) -> str:
    """`17.1° below the horizon`."""
    return f"{abs(altitude_deg):.1f}° {'below' if altitude_deg < 0.0 else 'above'} the horizon"


def _next(found: Whereabouts, offset_ms: int, clock: str) -> Iterator[str]:
    """The events of sun and moon to come, in order, in UTC and by a local clock."""
    from waterspace.environment.sky.light import LightKind
    from waterspace.notation import format_time

    known = sorted((time_ms, kind.value) for kind, time_ms in found.next.items() if time_ms is not None)
    label = "next"
    if known and offset_ms:
        yield f"{label:<{_COLUMN}}{'UTC':<14}  {clock}"
        label = ""
    for time_ms, kind in known:
        local = f"{format_time(time_ms, offset_ms)}  " if offset_ms else ""
        yield f"{label:<{_COLUMN}}{format_time(time_ms)}  {local}{kind.replace('_', ' ')}"
        label = ""
    if found.next[LightKind.SUNRISE] is None:
        yield from _row(label, "the sun neither rises nor sets within two days")


def _ports(found: Whereabouts) -> Iterator[str]:
    from waterspace.environment.whereabouts import WITHIN_M
    from waterspace.quantity import nautical_miles

    rows = []
    for near in found.ports:
        code = f" ({near.port.code})" if near.port.code else ""
        rows.append((near.way.distance_m, near.way.bearing_deg, f"{near.port.name}, {near.port.state}{code}"))
    yield from _list("ports", f"of the packaged ports within {nautical_miles(WITHIN_M):.0f} nm", rows)


def _straits(found: Whereabouts) -> Iterator[str]:
    from waterspace.environment.whereabouts import WITHIN_M
    from waterspace.geometry.geodesic import bearing_deg
    from waterspace.quantity import nautical_miles

    rows = [(near.distance_m, bearing_deg(found.position, near.position), near.strait.name) for near in found.straits]
    yield from _list("straits", f"of the packaged straits within {nautical_miles(WITHIN_M):.0f} nm", rows)


def _list(label: str, whole: str, rows: Sequence[tuple[float, float | None, str]]) -> Iterator[str]:
    """The nearest of something: distance, true bearing and name in columns, under a line that says it is a choice."""
    from waterspace.notation import format_bearing
    from waterspace.quantity import nautical_miles

    if not rows:
        yield from _row(label, f"none {whole}")
        return
    yield from _row(label, f"the nearest {len(rows)} {whole}, with true bearings")
    for distance_m, bearing, name in rows:
        distance_nm = nautical_miles(distance_m)
        way = "here" if distance_nm < _HERE_NM else f"{distance_nm:5.1f} nm"
        on = "" if bearing is None or distance_nm < _HERE_NM else format_bearing(bearing)
        yield from wrapped(name, f"{'':<{_COLUMN}}{way:>8}  {on:<3}  ", " " * (_COLUMN + 15))


def _no_fir(plan: Exercise | None) -> str:
    if plan is not None and plan.data.firs:
        return "none of those in the file given"
    return "unknown; none is packaged, an exercise file may name boundaries of yours (environment: firs)"
