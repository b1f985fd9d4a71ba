"""What the changes mean for one unit: its first and last serial, and its passages between serials."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace.notation import format_duration, format_speed
from waterspace.quantity import KNOT_MPS, NAUTICAL_MILE_M
from waterspace.reports.changes.perils import Perils
from waterspace.reports.changes.plans import Thing
from waterspace.reports.changes.sameness import same
from waterspace.reports.changes.values import ChangeKind
from waterspace.reports.changes.words import shift_words
from waterspace.reports.lines import clock
from waterspace.reports.shapes import miles
from waterspace.serials.base import top_speed_mps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.domain import Window
    from waterspace.programme import Passage
    from waterspace.reports.changes.plans import Pair, Plan
    from waterspace.reports.changes.values import Change

__all__ = ["Ways", "passage_name", "passage_words"]

_SLOWER_MPS = 0.5 * KNOT_MPS
"""A needed speed that differs by less changes nothing for whoever has the watch (assumed)."""

_NEARER_M = NAUTICAL_MILE_M
"""The same of a distance (assumed)."""

_SHORTEST_M = 50.0
"""A passage that is shorter is none (assumed)."""


class Ways:
    """The ways of all units through two programmes."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self._timed = tuple(_timed(plan) for plan in (pair.old, pair.new))
        self._passages = tuple(_passages(plan) for plan in (pair.old, pair.new))
        self._perils = Perils(pair)

    def changes(self, unit: str) -> tuple[Change, ...]:
        """What follows for a unit that stands in both plans."""
        named = self.pair.new.exercise.units[unit].name or unit
        thing = Thing(section="programme", id=unit, title=named, concern=self.pair.concern_of(unit))
        return (*self._ends(thing), *self._runs(thing), *self._perils.changes(thing))

    def _ends(self, thing: Thing) -> Iterator[Change]:
        was, now = (timed.get(thing.id, []) for timed in self._timed)
        for topic, place in (("first serial", 0), ("last serial", -1)):
            old, new = (rows[place] if rows else None for rows in (was, now))
            if old == new:
                continue
            words = self._end_words(old, place), self._end_words(new, place)
            if old is None or new is None:
                text = f"{topic}: {words[1]} (had none)" if new else f"no serial any more (was {words[0]})"
                yield thing.change(topic, (*words, text))
                continue
            by_ms = _instant(new[1], place) - _instant(old[1], place)
            shift = f", {shift_words(by_ms)}" if by_ms else ""
            yield thing.change(topic, (*words, f"{topic}: {words[1]}{shift} (was {words[0]})"), shift_ms=by_ms or None)

    def _end_words(self, row: tuple[str, Window] | None, place: int) -> str:
        if row is None:
            return ""
        verb = "ends" if place else "begins"
        return f"{row[0]}, which {verb} {clock(_instant(row[1], place), self.pair.offset_ms)}"

    def _runs(self, thing: Thing) -> Iterator[Change]:
        was, now = (passages.get(thing.id, {}) for passages in self._passages)
        for key in dict.fromkeys((*now, *was)):
            old, new = was.get(key), now.get(key)
            if old is not None and new is not None and _alike(old, new) and self._too_fast(new) == self._too_fast(old):
                continue
            words = passage_words(old), passage_words(new)
            name = passage_name(*key)
            if old is None or new is None:
                kind = ChangeKind.DROPPED if new is None else ChangeKind.ADDED
                text = self._lost(thing.id, key) if new is None else f"new passage {name}: {words[1]}"
            else:
                kind, text = ChangeKind.CHANGED, f"passage {name}: {words[1]} (was {words[0]})"
            text += "" if new is None else self._too_fast(new)
            yield thing.change(f"passage {name}", (*words, text), kind=kind)

    def _lost(self, unit: str, key: tuple[str, str]) -> str:
        """Why a way is gone: the unit goes elsewhere, or nobody can tell any more how it goes."""
        name, serial = passage_name(*key), key[1]
        plan = self.pair.new
        known = plan.exercise.serials.get(serial)
        arrives = any(destination == serial for _, destination in self._passages[1].get(unit, {}))
        if known is None or arrives or unit not in plan.exercise.units_in(known):
            return f"no longer goes {name}"
        planned = plan.programme.plans.get(serial)
        if planned is None:
            why = plan.programme.timing.untimed.get(serial, "its type is not known here")
            why = f"{serial} has no planned time: {why}"
        elif not planned.tracks.get(unit):
            why = f"the plan does not say where it is in {serial}"
        else:
            why = "where it comes from is not known"
        return f"its way {name} cannot be worked out any more, though it still takes part in {serial}: {why}"

    def _too_fast(self, passage: Passage) -> str:
        top_mps = top_speed_mps(self.pair.new.exercise, passage.unit)
        if passage.required_speed_mps <= top_mps or passage.distance_m < _SHORTEST_M:
            return ""
        return f" - more than its {format_speed(top_mps)}"


def passage_name(origin: str, destination: str) -> str:
    """`from S103 to S105`, `to S101` for the way from its base."""
    return f"from {origin} to {destination}" if origin else f"to {destination}"


def passage_words(passage: Passage | None) -> str:
    """`34.2 nm in 2 h 30 min, 13.7 kn needed`; `34.2 nm` for the way to the first serial; empty for none."""
    if passage is None:
        return ""
    if passage.distance_m < _SHORTEST_M:
        return "it is there already"
    duration_ms = passage.available.end_ms - passage.available.start_ms
    if math.isinf(passage.required_speed_mps):
        return f"{miles(passage.distance_m)} and no time for it"
    if not passage.origin:
        return miles(passage.distance_m)
    needed = f"{format_speed(passage.required_speed_mps)} needed"
    return f"{miles(passage.distance_m)} in {format_duration(duration_ms)}, {needed}"


def _alike(old: Passage, new: Passage) -> bool:
    near = abs(old.distance_m - new.distance_m) < _NEARER_M
    slow = not new.origin or abs(old.required_speed_mps - new.required_speed_mps) < _SLOWER_MPS
    return near and (slow or same(old.required_speed_mps, new.required_speed_mps))


def _timed(plan: Plan) -> Mapping[str, list[tuple[str, Window]]]:
    """Id of a unit to the serials that it is in and their times, in order of time."""
    found: dict[str, list[tuple[str, Window]]] = {}
    rows = sorted(plan.programme.timing.windows.items(), key=lambda row: (row[1].start_ms, row[1].end_ms, row[0]))
    for serial, window in rows:
        for unit in plan.exercise.units_in(plan.exercise.serials[serial]):
            found.setdefault(unit, []).append((serial, window))
    for own in found.values():
        last = max(own, key=lambda row: row[1].end_ms)
        if last is not own[-1]:  # a long serial that began before the last one
            own.append(last)
    return found


def _passages(plan: Plan) -> Mapping[str, dict[tuple[str, str], Passage]]:
    found: dict[str, dict[tuple[str, str], Passage]] = {}
    for passage in plan.programme.passages:
        found.setdefault(passage.unit, {})[passage.origin, passage.destination] = passage
    return found


def _instant(window: Window, place: int) -> int:
    return window.end_ms if place else window.start_ms
