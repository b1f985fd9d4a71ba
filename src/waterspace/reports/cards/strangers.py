"""Danger areas of others: which of a plan's are no unit's own, and how near it comes to them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.geometry.legs import trim
from waterspace.programme.passages import carrier
from waterspace.reports.cards.dangers import dangers_near
from waterspace.reports.wording import serial_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Exercise, Leg, Reservation, Unit
    from waterspace.programme import Programme
    from waterspace.reports.cards.values import CardDanger

__all__ = ["Strangers"]


class Strangers:
    """The danger areas of one plan, as its units meet them."""

    def __init__(self, exercise: Exercise, programme: Programme) -> None:
        self.exercise = exercise
        self.programme = programme

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """Id of a serial to the units in it."""
        return {id_: frozenset(self.exercise.units_in(serial)) for id_, serial in self.exercise.serials.items()}

    @cached_property
    def claims(self) -> Mapping[str, Reservation]:
        """Every danger area of the serials, and of others, by id."""
        both = (*self.programme.reservations, *self.exercise.standing_reservations.values())
        return {claim.id: claim for claim in both if claim.hazard.endangers_shipping}

    def title(self, claim: Reservation) -> str:
        """`S110 Firing at air targets`; of a warning of others its name."""
        if claim.owner in self.exercise.serials:
            return f"{claim.owner} {serial_name(self.exercise, claim.owner)}"
        return claim.name or claim.id

    def legs(self, unit: str) -> tuple[Leg, ...]:
        """The planned track of a unit; empty where it has none."""
        track = self.programme.tracks.get(unit)
        return track.legs if track else ()

    def near(self, unit: Unit, claim: Reservation) -> tuple[CardDanger, ...]:
        """When and how near a unit comes to a danger area that is not its own.

        An aircraft on the deck of a ship of the serial is no stranger to it; in flight it is.
        """
        members = self.members.get(claim.owner, frozenset())
        if unit.id in members:
            return ()
        legs, title = self.legs(unit.id), self.title(claim)
        ship = carrier(self.exercise, unit)
        if not ship or ship not in members:
            return dangers_near(legs, [(title, claim)])
        sorties = (one for one in self.programme.sorties if one.unit == unit.id)
        return tuple(one for sortie in sorties for one in dangers_near(trim(legs, sortie.window), [(title, claim)]))
