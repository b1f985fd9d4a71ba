"""Diversion: where else an aircraft of a ship can land when its flight ends."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Medium, Position
from waterspace.geometry.ellipsoid import WGS84
from waterspace.quantity import NAUTICAL_MILE_M, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.programme import Sortie

__all__ = ["Alternate", "Landing", "landings_of", "without_alternate"]

_SAME_PLACE_M = 5.0 * NAUTICAL_MILE_M
"""An airfield this near to where a flight ends is the one it ends at, and no other place to land (assumed)."""

_COARSE_RATIO = 1.01
"""Distances on the sphere are off by less than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """The end of a flight.

    Attributes:
        left_ms: how long the fuel would still last.
    """

    flight: Sortie
    position: Position
    left_ms: float
    speed_mps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """Another place to land: where it is when it is needed, how far and how long the way is."""

    name: str
    position: Position
    way_m: float
    way_ms: float


def landings_of(context: Context, flights: Sequence[Sortie], lasts_ms: float) -> Iterator[Landing]:
    """The ends of an aircraft's flights, those left out that are longer than its fuel lasts.

    Args:
        context: of the plan.
        flights: of one aircraft, at least one.
        lasts_ms: how long its fuel lasts.
    """
    import numpy as np

    from waterspace.geometry.geodesic import positions_from
    from waterspace.geometry.legs import positions_at
    from waterspace.serials.base import cruising_speed_mps

    unit = flights[0].unit
    legs = context.programme.tracks[unit].legs
    speed_mps = max(cruising_speed_mps(context.exercise, unit), 1.0)
    ends = positions_from(*positions_at(legs, np.array([flight.window.end_ms for flight in flights])))
    for flight, position in zip(flights, ends, strict=True):
        left_ms = lasts_ms - (flight.window.end_ms - flight.window.start_ms)
        if left_ms >= 0.0:
            yield Landing(flight=flight, position=position, left_ms=left_ms, speed_mps=speed_mps)


def without_alternate(
    context: Context, landings: Sequence[Landing], reserve_ms: float
) -> Iterator[tuple[Landing, Alternate | None]]:
    """The landings that leave too little fuel for the nearest other place and a reserve, each with that place.

    Args:
        context: of the plan.
        landings: of any aircraft.
        reserve_ms: flying time that is to be left.
    """
    wanting = [landing for landing in landings if landing.left_ms < reserve_ms]
    open_ = [landing for landing in landings if landing.left_ms >= reserve_ms]
    company = _company(context, open_)
    safe = _within(context, company, reserve_ms)
    open_ = [one for one in open_ if id(one) not in safe]
    airfields, decks = _airfields(context), _decks(context)
    for landing in (*wanting, *open_):
        there = _nearest(context, landing, airfields, decks)
        if there is None or landing.left_ms < there.way_ms + reserve_ms:
            yield landing, there


def _company(context: Context, landings: Sequence[Landing]) -> dict[str, list[Landing]]:
    """Deck to the landings of those that were in a serial with it: the first to ask, for it is near."""
    found: dict[str, list[Landing]] = defaultdict(list)
    decks = frozenset(_decks(context))
    for landing in landings:
        company = decks.intersection(context.assigned[landing.flight.serials[-1]])
        for deck in company - {_carrier(context, landing)}:
            found[deck].append(landing)
    return found


def _within(context: Context, company: dict[str, list[Landing]], reserve_ms: float) -> frozenset[int]:
    """Those that can reach a deck of their company, by identity."""
    import numpy as np

    from waterspace.geometry.geodesic import position_arrays
    from waterspace.geometry.legs import positions_at

    safe: set[int] = set()
    for deck, landings in company.items():
        times_ms = np.array([landing.flight.window.end_ms for landing in landings])
        there = positions_at(context.programme.tracks[deck].legs, times_ms)
        away_m = _coarse_m(position_arrays([landing.position for landing in landings]), there) * _COARSE_RATIO
        for landing, way_m in zip(landings, away_m.tolist(), strict=True):
            if way_m / landing.speed_mps * SECOND_MS + reserve_ms <= landing.left_ms:
                safe.add(id(landing))
    return frozenset(safe)


def _nearest(
    context: Context, landing: Landing, airfields: Sequence[tuple[str, Position]], decks: Sequence[str]
) -> Alternate | None:
    """The nearest other place at which an aircraft can land when its flight ends; None where there is none.

    Args:
        context: of the plan.
        landing: the end of the flight.
        airfields: name and position of each.
        decks: ids of the ships with room for a helicopter.
    """
    import numpy as np

    from waterspace.geometry.geodesic import distance_m, position_arrays
    from waterspace.geometry.legs import position_at

    here, time_ms = landing.position, landing.flight.window.end_ms
    tracks, own = context.programme.tracks, _carrier(context, landing)
    ships = [(context.unit_title(deck), position_at(tracks[deck].legs, time_ms)) for deck in decks if deck != own]
    places = [*airfields, *ships]
    away_m = _coarse_m(position_arrays([here]), position_arrays([position for _, position in places]))
    ashore = away_m[: len(airfields)]
    ashore[ashore < _SAME_PLACE_M] = np.inf
    best = int(np.argmin(away_m)) if places else -1
    if best < 0 or not np.isfinite(away_m[best]):
        return None
    name, there = places[best]
    way_m = distance_m(here, there)
    return Alternate(name=name, position=there, way_m=way_m, way_ms=way_m / landing.speed_mps * SECOND_MS)


def _airfields(context: Context) -> list[tuple[str, Position]]:
    """Airfields that come with Waterspace, and the homes of aircraft ashore."""
    from waterspace.environment.places import PlaceKind, every

    known = {place.position: place.name for place in every() if place.kind is PlaceKind.AIRFIELD}
    for unit in context.exercise.units.values():
        if unit.home is not None and context.medium(unit.id) is Medium.AIR:
            known.setdefault(unit.home, unit.home_name or "an airfield")
    return [(name, position) for position, name in known.items()]


def _carrier(context: Context, landing: Landing) -> str:
    """The ship on which a flight ends."""
    from waterspace.programme.passages import carrier

    return carrier(context.exercise, context.exercise.units[landing.flight.unit])


def _decks(context: Context) -> tuple[str, ...]:
    """Ships with room for a helicopter, whose way is known."""
    tracks = context.programme.tracks
    found = []
    for id_ in sorted(context.exercise.units):
        platform = context.exercise.platform(id_)
        if platform is not None and platform.medium is Medium.SURFACE and platform.helicopter_spots and id_ in tracks:
            found.append(id_)
    return tuple(found)


def _coarse_m(a: tuple[FloatArray, FloatArray], b: tuple[FloatArray, FloatArray]) -> FloatArray:
    """Distances on a sphere: enough to tell which of two places is nearer."""
    import numpy as np

    lat_a, lon_a, lat_b, lon_b = (np.radians(values) for values in (*a, *b))
    half = np.sin((lat_b - lat_a) / 2.0) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2.0) ** 2
    return np.asarray(2.0 * WGS84.mean_radius_m * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))
