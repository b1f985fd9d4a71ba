"""Dangers: which serials endanger shipping, from when, with what, and which of them comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import SURFACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.checks.context import Context
    from waterspace.domain import Footprint, Reservation

__all__ = ["Danger", "dangers", "serial_order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """What of a serial endangers shipping.

    Attributes:
        claims: in the order in which they begin, of several at once the highest first; at least one.
        order: by which dangers are sorted: the first to begin first.
    """

    serial: str
    claims: tuple[Reservation, ...]
    order: tuple[object, ...]

    @property
    def first(self) -> Reservation:
        """The claim that begins first: to it the lead of a notice is counted."""
        return self.claims[0]

    @property
    def highest(self) -> Reservation:
        """The claim that reaches highest; of several as high the first."""
        return max(self.claims, key=lambda claim: claim.band.ceiling_m)

    @property
    def first_aloft(self) -> Reservation:
        """The first claim that reaches above the masts of ships; the first of all where none does."""
        return next((claim for claim in self.claims if claim.band.ceiling_m > SURFACE.ceiling_m), self.first)

    @property
    def start_ms(self) -> int:
        """When the serial first endangers shipping."""
        return self.first.windows[0].start_ms

    @property
    def end_ms(self) -> int:
        """When it last does."""
        return max(claim.windows[-1].end_ms for claim in self.claims)

    @property
    def footprints(self) -> tuple[Footprint, ...]:
        """Where it does, one footprint for each claim."""
        return tuple(claim.footprint for claim in self.claims)


def dangers(context: Context) -> Mapping[str, Danger]:
    """Id of a serial that endangers shipping to how it does; in the order in which they begin."""
    return context.once(_dangers)


def _dangers(context: Context) -> Mapping[str, Danger]:
    claims_of: dict[str, list[Reservation]] = {}
    for claim in context.firing:
        claims_of.setdefault(claim.owner, []).append(claim)
    found = [_danger(context, id_, claims) for id_, claims in claims_of.items()]
    return {danger.serial: danger for danger in sorted(found, key=lambda danger: danger.order)}


def _danger(context: Context, serial: str, claims: list[Reservation]) -> Danger:
    claims.sort(key=lambda claim: (claim.windows[0].start_ms, -claim.band.ceiling_m, claim.windows, claim.id))
    order = (claims[0].windows[0].start_ms, -claims[0].band.ceiling_m, *serial_order(context, serial))
    return Danger(serial=serial, claims=tuple(claims), order=order)


def serial_order(context: Context, serial: str) -> tuple[object, ...]:
    """By time, then by what a serial is; its id, which may be spelt in any way, tells apart only what is else equal."""
    planned = context.exercise.serials[serial]
    area = context.exercise.areas.get(planned.area)
    return context.windows[serial], planned.type, planned.name, "" if area is None else area.name, serial
