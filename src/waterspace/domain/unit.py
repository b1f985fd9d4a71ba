"""Units and their classes: ships, submarines and aircraft, with published data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain.place import Provenance

if TYPE_CHECKING:
    from waterspace.domain.place import Position

__all__ = ["Group", "Medium", "Platform", "Unit"]


class Medium(StrEnum):
    """Where a unit moves."""

    SURFACE = "surface"
    SUBSURFACE = "subsurface"
    AIR = "air"
    SHORE = "shore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A class of ship or aircraft. None where no published figure is known.

    Attributes:
        key: as in the library, or the unit's own id where the file gives the data in place.
        kind: role in words, such as `destroyer`.
        economical_speed_mps: speed at which `range_m` holds for a ship.
        cruise_speed_mps: for aircraft.
        range_m: distance without replenishment.
        endurance_ms: time away from a base or a supply ship.
        radar_height_m: of the antenna above the sea, 0 for none; of an aircraft, anything above 0 says it has a radar.
        eye_height_m: of the lookout's eye above the sea, for a ship.
        helicopter_spots: how many helicopters can be on deck at once.
        deck_sea_state: highest Douglas sea state in which helicopters use the deck.
        tactical_diameter_m: width of a half turn with full rudder; None where it turns on the spot.
        full_speed_ms: time from rest to greatest speed; None where it changes speed at once.
        climb_rate_mps: at which an aircraft changes height; None where it does so at once.
        ranges: pairs of a speed and the distance without replenishment at it, metres a second and metres, slowest
            first; empty where only `range_m` is known.
    """

    key: str
    name: str
    kind: str
    medium: Medium
    length_m: float | None = None
    beam_m: float | None = None
    draught_m: float | None = None
    displacement_kg: float | None = None
    max_speed_mps: float | None = None
    economical_speed_mps: float | None = None
    cruise_speed_mps: float | None = None
    range_m: float | None = None
    endurance_ms: int | None = None
    ceiling_m: float | None = None
    helicopter_spots: int | None = None
    deck_sea_state: int | None = None
    gun_calibre_m: float | None = None
    radar_height_m: float | None = None
    eye_height_m: float | None = None
    tactical_diameter_m: float | None = None
    full_speed_ms: int | None = None
    climb_rate_mps: float | None = None
    ranges: tuple[tuple[float, float], ...] = ()
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A named ship, submarine, aircraft, flight of aircraft or shore headquarters.

    Attributes:
        id: as the file calls it.
        nation: ISO 3166-1 alpha-3.
        platform: key of the class; look it up with `Exercise.platform`.
        home: position of the base, or None where `home_unit` carries it or nothing is known.
        home_name: what the file calls the base.
        home_unit: id of the ship that carries this aircraft; empty otherwise.
        start: where it is when the exercise period begins, or at `start_ms`; None means at home.
        count: how many airframes or craft the entry stands for.
        command_ship: whether a commander is embarked.
        crews: how many crews take turns in it, for an aircraft.
    """

    id: str
    name: str
    nation: str
    platform: str
    hull: str = ""
    home: Position | None = None
    home_name: str = ""
    home_unit: str = ""
    start: Position | None = None
    start_ms: int | None = None
    count: int = 1
    command_ship: bool = False
    crews: int = 1
    provenance: Provenance = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Units under one commander.

    Attributes:
        units: ids of units.
        commander: a rank and name, or an office.
        flagship: id of the unit in which the commander is embarked.
        roles: standing command roles, such as `OTC` or `OCE`.
    """

    id: str
    name: str
    units: tuple[str, ...]
    commander: str = ""
    flagship: str = ""
    roles: tuple[str, ...] = ()
    provenance: Provenance = Provenance()
