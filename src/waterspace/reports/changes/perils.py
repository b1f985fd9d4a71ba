"""Danger areas of others that a unit now comes nearer to, because they grew or moved or because its own way did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.quantity import NAUTICAL_MILE_M
from waterspace.reports.cards.dangers import NEAR_M
from waterspace.reports.cards.strangers import Strangers
from waterspace.reports.lines import clock
from waterspace.reports.shapes import miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Reservation
    from waterspace.reports.cards.values import CardDanger
    from waterspace.reports.changes.plans import Pair, Thing
    from waterspace.reports.changes.values import Change

__all__ = ["Perils"]

_NEARER_M = NAUTICAL_MILE_M
"""A danger area that is nearer by less is as near as it was (assumed)."""

_INSIDE_M = 1.0


class Perils:
    """The danger areas near the ways of all units, in both plans."""

    def __init__(self, pair: Pair) -> None:
        self._offset_ms = pair.offset_ms
        self._old, self._new = (Strangers(plan.exercise, plan.programme) for plan in (pair.old, pair.new))

    def changes(self, thing: Thing) -> Iterator[Change]:
        """What a unit is now inside, newly near or nearer to by a mile or more.

        Args:
            thing: the unit, which stands in both plans.
        """
        stays = self._old.legs(thing.id) == self._new.legs(thing.id)
        for id_, claim in self._new.claims.items():
            known = self._old.claims.get(id_)
            took_part = known is not None and thing.id in self._old.members.get(known.owner, ())
            if stays and known == claim and not took_part:
                continue
            now = _closest(self._new.near(self._new.exercise.units[thing.id], claim))
            if now is None:
                continue
            was = None if known is None else _closest(self._old.near(self._old.exercise.units[thing.id], known))
            if was is None or _is_graver(was, now):
                yield self._told(thing, claim, (self._was_words(was, known, took_part=took_part), now))

    def _told(self, thing: Thing, claim: Reservation, words: tuple[str, CardDanger]) -> Change:
        was, danger = words
        at = clock(danger.closest_ms, self._offset_ms)
        now = f"inside it from {at}" if danger.distance_m < _INSIDE_M else f"{miles(danger.distance_m)} off at {at}"
        name = f"danger area of {self._new.title(claim)}"
        return thing.change(name, (was, now, f"{name}: now {now} ({was})"))

    def _was_words(self, was: CardDanger | None, known: Reservation | None, *, took_part: bool) -> str:
        if known is None:
            return "there was none"
        if took_part:
            return "it took part itself"
        if was is None:
            return f"was not within {miles(NEAR_M)}"
        return f"was {miles(was.distance_m)} off"


def _closest(dangers: tuple[CardDanger, ...]) -> CardDanger | None:
    return min(dangers, key=lambda one: (one.distance_m, one.closest_ms), default=None)


def _is_graver(was: CardDanger, now: CardDanger) -> bool:
    enters = now.distance_m < _INSIDE_M <= was.distance_m
    return enters or was.distance_m - now.distance_m >= _NEARER_M
