"""Whereabouts: everything known of one point at one time."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import SURFACE
from waterspace.environment import magnetism, places, straits
from waterspace.environment.limits.baselines import UNASSIGNED
from waterspace.environment.limits.breadths import Zone
from waterspace.environment.limits.lakes import is_lake_shore
from waterspace.environment.shores import coast
from waterspace.environment.sky import light
from waterspace.environment.sky.light import LightKind
from waterspace.environment.surroundings import Surroundings
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import distance_m, inverse
from waterspace.geometry.reservations.index import ReservationIndex
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from waterspace.domain import Band, Position, Reservation
    from waterspace.environment.bathymetry.depth import Sounding
    from waterspace.environment.limits.zones import ZoneAt, Zones
    from waterspace.environment.metoc.weather import Conditions
    from waterspace.environment.overlays.lanes import Lane
    from waterspace.environment.places import NamedPlace
    from waterspace.environment.shores.coast import NearLand
    from waterspace.environment.sky.light import LightState, Moon, Sun
    from waterspace.environment.straits import NearStrait

__all__ = ["WITHIN_M", "Direction", "NearPort", "Whereabouts", "whereabouts"]

_NAMED = 3
"""How many of the nearest ports and straits are worth a line."""

_HERE_M = 0.5
"""Nearer than this nothing bears anywhere."""

WITHIN_M = 600.0 * NAUTICAL_MILE_M
"""A strait or a packaged port farther away says nothing of a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """How far a thing is and where it bears, true, from the point; None where it is here."""

    distance_m: float
    bearing_deg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPort:
    """A port and the way to it."""

    port: NamedPlace
    way: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """A point at a time.

    Attributes:
        land: the nearest shore; `to_land` is 0 m for a point on land.
        is_lake_shore: whether that is the shore of a lake.
        ports: the nearest of those packaged within 600 nautical miles, nearest first.
        straits: those whose gate is nearest, nearest first.
        fir: name of the flight information region; None where no boundaries are given or none holds the point.
        next: kind of event of sun and moon to its first time at or after the time; None where there is none soon,
            as under a polar day.
        glare_deg: bearing of a sun low enough to dazzle; None where it is higher or down.
        variation_deg: of the compass, east positive; None outside the years of the magnetic model.
        conditions: weather and sea; None where nothing is given for the time.
        lanes: traffic lanes that hold the point.
        active: reservations in force there and then, whatever their height.
    """

    position: Position
    time_ms: int
    zone: ZoneAt
    land: NearLand
    is_lake_shore: bool
    to_land: Direction
    ports: tuple[NearPort, ...]
    straits: tuple[NearStrait, ...]
    sounding: Sounding
    fir: str | None
    sun: Sun
    moon: Moon
    light: LightState
    next: Mapping[LightKind, int | None]
    glare_deg: float | None
    variation_deg: float | None
    conditions: Conditions | None
    lanes: tuple[Lane, ...]
    active: tuple[Reservation, ...]


def whereabouts(
    position: Position,
    time_ms: int,
    around: Surroundings | None = None,
    claims: Sequence[Reservation] = (),
) -> Whereabouts:
    """What is known of a point at a time.

    Args:
        position: anywhere.
        time_ms: milliseconds since 1970.
        around: the packaged data, and what the planner brings.
        claims: reservations to look through, besides those of the planner's file of areas.

    Raises:
        DataFileError: one of the planner's files cannot be read.
    """
    around = around or Surroundings()
    zone = around.zones.at(position)
    land = _land(around.zones, position)
    return Whereabouts(
        position=position,
        time_ms=time_ms,
        zone=zone,
        land=land,
        is_lake_shore=is_lake_shore(land.position),
        to_land=_to_land(position, zone, land),
        ports=tuple(
            NearPort(port=port, way=_direction(position, port.position))
            for port in places.nearest_ports(position, _NAMED)
            if distance_m(position, port.position) <= WITHIN_M
        ),
        straits=straits.near(position, WITHIN_M)[:_NAMED],
        sounding=_sounding(around, position, zone),
        fir=None if around.firs is None else around.firs.at(position),
        sun=light.sun(position, time_ms),
        moon=light.moon(position, time_ms),
        light=light.state(position, time_ms),
        next={kind: light.next_event(position, kind, time_ms) for kind in LightKind},
        glare_deg=light.glare_bearing_deg(position, time_ms),
        variation_deg=magnetism.variation_deg(position, time_ms),
        conditions=around.conditions(position, time_ms),
        lanes=tuple(lane for lane in around.lanes if lane.polygon is not None and contains(lane.polygon, position)),
        active=_in_force((*claims, *around.areas), position, time_ms),
    )


def _land(limits: Zones, position: Position) -> NearLand:
    """The nearest shore, a feature in dispute being held by whom the planner says."""
    land = coast.load().nearest_land(position)
    holder = limits.baselines.counted(land)
    return land if holder.startswith(UNASSIGNED) else replace(land, state=holder)


def _sounding(around: Surroundings, position: Position, zone: ZoneAt) -> Sounding:
    """The depth; on land none, whatever a coarse grid has around."""
    found = around.depths.at(position)
    if zone.zone is not Zone.LAND or found.depth_m is not None:
        return found
    return replace(found, note="land", shallowest_m=None, deepest_m=None)


def _direction(position: Position, other: Position) -> Direction:
    distance_m, bearing_deg = inverse(position, other)
    return Direction(distance_m=distance_m, bearing_deg=bearing_deg if distance_m >= _HERE_M else None)


def _to_land(position: Position, zone: ZoneAt, land: NearLand) -> Direction:
    """The way to the nearest shore, none at all from a point on land."""
    if zone.zone is Zone.LAND:
        return Direction(distance_m=0.0, bearing_deg=None)
    return _direction(position, land.position)


def _in_force(claims: Sequence[Reservation], position: Position, time_ms: int) -> tuple[Reservation, ...]:
    """The claims that hold a point at a time, at whatever height."""
    index = ReservationIndex(claims)
    heights_m = {_height_inside(claim.band) for claim in claims}
    numbers = {number for height_m in heights_m for number in index.at(position, time_ms, height_m)}
    return tuple(claims[number] for number in sorted(numbers))


def _height_inside(band: Band) -> float:
    """A height in a band: the surface where it holds that, else its middle, or a metre from its only bound."""
    if band.meets(SURFACE):
        return 0.0
    if math.isfinite(band.floor_m) and math.isfinite(band.ceiling_m):
        return (band.floor_m + band.ceiling_m) / 2.0
    return band.floor_m + 1.0 if math.isfinite(band.floor_m) else band.ceiling_m - 1.0
