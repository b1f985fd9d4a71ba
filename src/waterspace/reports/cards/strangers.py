"""Dangers of others: firing of other serials, warnings, areas of the planner's file, exercises of others.

Which of them are no unit's own, and how near it comes to them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.domain import SURFACE, Medium
from waterspace.environment.outsiders import with_areas
from waterspace.environment.surroundings import Surroundings
from waterspace.errors import DataFileError, GeometryError
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import distances_m, position_arrays
from waterspace.geometry.legs import trim
from waterspace.programme.passages import carrier
from waterspace.reports.cards.dangers import NEAR_M, dangers_near
from waterspace.reports.warned import warnings_around
from waterspace.reports.wording import serial_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.domain import Exercise, Leg, Reservation, Unit
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.programme import Programme
    from waterspace.reports.cards.values import CardDanger

__all__ = ["Strangers"]

_NO_SERIAL = ""
"""The owner of what belongs to others, whose ids may be those of serials."""


class Strangers:
    """The danger areas of one plan, as its units meet them."""

    def __init__(self, exercise: Exercise, programme: Programme) -> None:
        self.exercise = exercise
        self.programme = programme
        self._known: dict[str, tuple[FloatArray, FloatArray, FloatArray]] = {}

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """Id of a serial to the units in it."""
        return {id_: frozenset(self.exercise.units_in(serial)) for id_, serial in self.exercise.serials.items()}

    @cached_property
    def claims(self) -> Mapping[str, Reservation]:
        """Every danger area of the serials, and whatever of others is a danger, by id."""
        own = {claim.id: claim for claim in self.programme.reservations if claim.hazard.endangers_shipping}
        others = (claim for claim in self._others() if claim.hazard.is_hazardous)
        return own | {f"others: {claim.id}": replace(claim, owner=_NO_SERIAL) for claim in others}

    def _others(self) -> Iterator[Reservation]:
        """What the plan and the planner's file know of others; of a file that cannot be read, nothing."""
        try:
            areas = Surroundings.of(self.exercise).areas
        except DataFileError:  # a rule reports it
            areas = ()
        return with_areas(self.exercise, areas, warnings_around(self.exercise, self.exercise.window))

    def title(self, claim: Reservation) -> str:
        """`S110 Firing at air targets`; of others its name, and what it is if that is no firing and no warning."""
        if claim.owner != _NO_SERIAL:
            return f"{claim.owner} {serial_name(self.exercise, claim.owner)}"
        return claim.name if claim.hazard.endangers_shipping else f"{claim.name} ({claim.hazard.value})"

    def legs(self, unit: str) -> tuple[Leg, ...]:
        """The planned track of a unit; empty where it has none."""
        track = self.programme.tracks.get(unit)
        return track.legs if track else ()

    def near(self, unit: Unit, claim: Reservation) -> tuple[CardDanger, ...]:
        """When and how near a unit comes to a danger area that is not its own.

        An aircraft on the deck of a ship of the serial is no stranger to it; in flight it is.
        """
        members = self.members.get(claim.owner, frozenset())
        if unit.id in members or self._passes_by(unit, claim):
            return ()
        legs, title = self.legs(unit.id), self.title(claim)
        ship = carrier(self.exercise, unit)
        if not ship or ship not in members:
            return dangers_near(legs, [(title, claim)])
        sorties = (one for one in self.programme.sorties if one.unit == unit.id)
        return tuple(one for sortie in sorties for one in dangers_near(trim(legs, sortie.window), [(title, claim)]))

    def _passes_by(self, unit: Unit, claim: Reservation) -> bool:
        """Whether a claim of others is too high for a ship, or too deep for an aircraft, or surely far off."""
        if claim.owner != _NO_SERIAL:
            return False
        platform = self.exercise.platform(unit.id)
        flies = platform is not None and platform.medium is Medium.AIR
        if claim.band.ceiling_m <= 0.0 if flies else claim.band.floor_m >= SURFACE.ceiling_m:
            return True
        try:
            around = bounding_circle(claim.footprint)
        except GeometryError:  # a rule reports it
            return True
        lat, lon, lengths_m = self._reaches(unit.id)
        centre = around.centre
        apart_m = distances_m(lat, lon, centre.lat_deg, centre.lon_deg) - lengths_m - around.radius_m
        return bool((apart_m > NEAR_M).all())

    def _reaches(self, unit: str) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Where the legs of a unit begin, and how long they are."""
        if unit not in self._known:
            legs = self.legs(unit)
            lat, lon = position_arrays([leg.start for leg in legs])
            self._known[unit] = (lat, lon, distances_m(lat, lon, *position_arrays([leg.end for leg in legs])))
        return self._known[unit]
