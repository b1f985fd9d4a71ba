"""What changed in one serial: when, where, who does what, under whom, and with which parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.geometry.geodesic import bearing_deg, distance_m
from waterspace.notation import format_bearing, format_duration
from waterspace.reports.changes.causes import why_longer, why_moved
from waterspace.reports.changes.sameness import same
from waterspace.reports.changes.words import longer, shift_words
from waterspace.reports.lines import joined, span
from waterspace.reports.shapes import miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Position, Serial, Window
    from waterspace.reports.changes.plans import Pair, Plan, Thing
    from waterspace.reports.changes.values import Change

__all__ = ["serial_changes"]

_TOLD_HERE = frozenset({"id", "type", "parameters", "area", "units", "start_ms", "end_ms", "duration_ms", "after"})


def serial_changes(pair: Pair, id_: str) -> Iterator[Change]:
    """Everything that changed in a serial that stands in both plans."""
    was, now = pair.old.exercise.serials[id_], pair.new.exercise.serials[id_]
    if was == now and pair.same_groups and pair.old.window(id_) == pair.new.window(id_):
        return
    thing = pair.thing("serials", id_)
    yield from _times(pair, thing)
    yield from _order(thing, was, now)
    yield from _area(pair, thing, was, now)
    yield from _roles(pair, thing, was, now)
    if was.type != now.type:
        words = was.type.replace("_", " "), now.type.replace("_", " ")
        yield thing.change("type", (*words, f"is now {words[1]} (was {words[0]})"))
    elif type(was.parameters) is type(now.parameters) and now.parameters is not None:
        yield from pair.details(thing, was.parameters, now.parameters)
    yield from pair.details(thing, was, now, without=_TOLD_HERE)


# -------------------------------------------------------------------------------------------------------------- when


def _times(pair: Pair, thing: Thing) -> Iterator[Change]:
    was, now = pair.old.window(thing.id), pair.new.window(thing.id)
    if was is None or now is None:
        yield from _untimed(pair, thing, was, now)
        return
    words = span(was, pair.offset_ms), span(now, pair.offset_ms)
    by_ms, more_ms = now.start_ms - was.start_ms, (now.end_ms - now.start_ms) - (was.end_ms - was.start_ms)
    if by_ms:
        text = f"moved {shift_words(by_ms)}: {words[1]}, was {words[0]}"
        yield thing.change("time", (*words, text), shift_ms=by_ms, because=why_moved(pair, thing.id))
    if more_ms:
        lengths = [format_duration(window.end_ms - window.start_ms) for window in (was, now)]
        text = f"lasts {lengths[1]}, was {lengths[0]} ({longer(more_ms)})"
        text += "" if by_ms else f": {words[1]}"
        because = why_longer(pair, thing.id)
        yield thing.change("duration", (lengths[0], lengths[1], text), shift_ms=more_ms, because=because)
    if not by_ms:
        yield from _fixed(pair, thing)


def _untimed(pair: Pair, thing: Thing, was: Window | None, now: Window | None) -> Iterator[Change]:
    """A serial that has no planned time in one of the plans, or in both."""
    if was is not None:
        why = pair.new.programme.timing.untimed.get(thing.id, "its type is not known here")
        old = span(was, pair.offset_ms)
        yield thing.change("time", (old, "", f"has no planned time any more: {why} (was {old})"))
    elif now is not None:
        new = span(now, pair.offset_ms)
        yield thing.change("time", ("", new, f"has a planned time now: {new}"))
    else:
        old_serial, new_serial = pair.old.exercise.serials[thing.id], pair.new.exercise.serials[thing.id]
        others = frozenset(field for field in old_serial.__dataclass_fields__ if not field.endswith("_ms"))
        untold = others | {"earliest_ms", "latest_ms"}
        yield from pair.details(thing, old_serial, new_serial, without=untold)


def _fixed(pair: Pair, thing: Thing) -> Iterator[Change]:
    """A start that was fixed or set free without moving."""
    was, now = (plan.exercise.serials[thing.id] for plan in (pair.old, pair.new))
    before, after = (one.start_ms is not None or one.end_ms is not None for one in (was, now))
    if before != after:
        words = tuple("fixed" if one else "free to move" for one in (before, after))
        yield thing.change("start", (words[0], words[1], f"its time stays but is now {words[1]} (was {words[0]})"))


def _order(thing: Thing, was: Serial, now: Serial) -> Iterator[Change]:
    gone, come = sorted(set(was.after) - set(now.after)), sorted(set(now.after) - set(was.after))
    if gone or come:
        parts = [f"now waits for {joined(come)}"] if come else []
        parts += [f"no longer waits for {joined(gone)}"] if gone else []
        words = ", ".join(sorted(set(was.after))), ", ".join(sorted(set(now.after)))
        yield thing.change("order", (*words, " and ".join(parts)))


# ------------------------------------------------------------------------------------------------------------- where


def _area(pair: Pair, thing: Thing, was: Serial, now: Serial) -> Iterator[Change]:
    if was.area == now.area:
        return
    words = _area_words(pair.old, was.area), _area_words(pair.new, now.area)
    start, end = _middle(pair.old, was.area), _middle(pair.new, now.area)
    if not words[0] or not words[1]:
        text = f"is now held in {words[1]}" if words[1] else f"has no area any more (was {words[0]})"
        yield thing.change("area", (*words, text))
        return
    away_m = None if start is None or end is None else distance_m(start, end)
    text = f"is now held in {words[1]} (was {words[0]})"
    if start is not None and end is not None and away_m:
        text += f", {miles(away_m)} towards {format_bearing(bearing_deg(start, end))} from middle to middle"
    yield thing.change("area", (*words, text), moved_m=away_m)


def _area_words(plan: Plan, id_: str) -> str:
    area = plan.exercise.areas.get(id_)
    return f"{id_} ({area.name})" if area and area.name and area.name != id_ else id_


def _middle(plan: Plan, id_: str) -> Position | None:
    from waterspace.errors import GeometryError
    from waterspace.geometry.footprints import centre

    area = plan.exercise.areas.get(id_)
    try:
        return None if area is None else centre(area.footprint)
    except GeometryError:
        return None


# --------------------------------------------------------------------------------------------------------------- who


def _roles(pair: Pair, thing: Thing, was: Serial, now: Serial) -> Iterator[Change]:
    before, after = _roles_of(pair.old, was), _roles_of(pair.new, now)
    because = _through_group(pair, was, now)
    told = False
    for unit in dict.fromkeys((*after, *before)):
        old, new = before.get(unit, ""), after.get(unit, "")
        if old == new:
            continue
        told = True
        if not old:
            text = f"{unit} joins as {new}"
        else:
            text = f"{unit} is now {new} (was {old})" if new else f"{unit} leaves (was {old})"
        yield thing.change("role", (old, new, text), pair.concern_of(unit), because=because)
    yield from _strangers(thing, pair, was, now)
    if not told:
        yield from _stations(pair, thing, was, now)


def _roles_of(plan: Plan, serial: Serial) -> dict[str, str]:
    """Id of each unit to its roles in words, in the order of the file."""
    found: dict[str, list[str]] = {}
    for role in serial.units:
        for unit in plan.exercise.units_in(serial, role):
            found.setdefault(unit, []).append(role.replace("_", " "))
    return {unit: joined(sorted(roles)) for unit, roles in found.items()}


def _through_group(pair: Pair, was: Serial, now: Serial) -> str:
    """Which group brought other units, where the serial's own entry names whom it named."""
    if not same(dict(was.units), dict(now.units)):
        return ""
    groups = [
        name
        for name in dict.fromkeys(name for names in now.units.values() for name in names)
        if name in pair.new.exercise.groups and pair.old.exercise.expand((name,)) != pair.new.exercise.expand((name,))
    ]
    return f"group {joined(groups)} has other units now" if groups else ""


def _strangers(thing: Thing, pair: Pair, was: Serial, now: Serial) -> Iterator[Change]:
    """Names in the roles that no unit and no group has."""
    olds, news = _unknown(pair.old, was), _unknown(pair.new, now)
    if olds != news:
        words = ", ".join(sorted(olds)), ", ".join(sorted(news))
        text = (
            f"{words[1]}: no unit and no group is called so"
            if words[1]
            else f"every name is known now (was {words[0]})"
        )
        yield thing.change("unknown units", (*words, text))


def _unknown(plan: Plan, serial: Serial) -> set[str]:
    exercise = plan.exercise
    names = {(role, name) for role, given in serial.units.items() for name in given}
    return {f"{name} as {role}" for role, name in names if name not in exercise.units and name not in exercise.groups}


def _stations(pair: Pair, thing: Thing, was: Serial, now: Serial) -> Iterator[Change]:
    """Units that stand in another order in their role, where that gives them other stations."""
    for role in now.units:
        old, new = (plan.exercise.units_in(serial, role) for plan, serial in ((pair.old, was), (pair.new, now)))
        if old == new:
            continue
        if _matters(pair.new, now, role, old) or _matters(pair.old, was, role, new):
            words = ", ".join(old), ", ".join(new)
            text = f"order within {role.replace('_', ' ')}, which gives the stations: {words[1]} (was {words[0]})"
            yield thing.change(f"order of {role}", (*words, text))


def _matters(plan: Plan, serial: Serial, role: str, order: tuple[str, ...]) -> bool:
    """Whether the units of a role would go elsewhere in another order."""
    from waterspace.programme import plan_serial

    planned = plan.programme.plans.get(serial.id)
    if planned is None:
        return False
    other = replace(serial, units={**serial.units, role: order})
    return plan_serial(plan.programme.exercise, other, planned.window).tracks != planned.tracks
