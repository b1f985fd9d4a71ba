"""Compares two plans: everything that changed, for each unit and for each nation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from waterspace.reports.changes.plans import Pair, Thing
from waterspace.reports.changes.renames import find_renames, renamed, sections
from waterspace.reports.changes.sameness import same
from waterspace.reports.changes.serials import serial_changes
from waterspace.reports.changes.values import Change, ChangeKind, Comparison, NationChanges, UnitChanges
from waterspace.reports.changes.ways import Ways
from waterspace.reports.changes.weather import weather_changes
from waterspace.reports.changes.words import in_words
from waterspace.reports.lines import span
from waterspace.reports.shapes import moved_m, shape_change, shape_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Exercise

__all__ = ["compare"]

_HEADING = "exercise"
_APART = frozenset({"places", "source", "weather"})

_KNOWN = frozenset({"id", "key", "name", "owner", "provenance"})
"""Fields that the title of a thing has already, or that nobody asks for when it comes or goes."""


def compare(old: Exercise, new: Exercise) -> Comparison:
    """What changed from one plan to another. It never raises because of what a plan says.

    A thing that has another id and nothing else new is told as renamed; so is a unit, a group, a serial or an area that
    is known again by a name that nothing else has, whatever else changed in it, and a serial in which but one thing
    changed.

    Args:
        old: the plan that was agreed on before.
        new: the plan as it is now.
    """
    renames = find_renames(old, new)
    pair = Pair(renamed(old, renames), new, renames)
    changes = (*_heading(pair), *_of_sections(pair), *weather_changes(pair))
    units = tuple(_unit_changes(pair, changes))
    return Comparison(
        name=new.name,
        old_file=old.source.file,
        new_file=new.source.file,
        changes=changes,
        units=units,
        nations=tuple(_nation_changes(changes, units)),
        marking=new.marking,
    )


def _heading(pair: Pair) -> Iterator[Change]:
    """The heading, and what else stands once in a plan."""
    held = frozenset({*sections(pair.new.exercise), *_APART})
    thing = Thing(section=_HEADING, id="", title=pair.new.exercise.name)
    old, new = pair.old.exercise, pair.new.exercise
    without = {one.name for one in fields(new) if one.name in held}
    if not same(old.data, new.data) and same(_data(old), _data(new)):
        without.add("data")  # the same files, from another folder
    yield from pair.details(thing, old, new, without=frozenset(without))


def _data(exercise: Exercise) -> Any:  # noqa: ANN401  # a mapping of texts and mappings
    return {one.name: getattr(exercise.data, one.name) for one in fields(exercise.data) if one.name != "folder"}


def _of_sections(pair: Pair) -> Iterator[Change]:
    for section in sections(pair.new.exercise):
        olds, news = pair.old.things(section), pair.new.things(section)
        was_called = {new: old for old, new in pair.renames.get(section, {}).items()}
        for id_, thing in news.items():
            if id_ not in olds:
                yield _come(pair, section, id_)
                continue
            if id_ in was_called:
                yield _renamed(pair, section, id_, was_called[id_])
            if section == "serials":
                yield from serial_changes(pair, id_)
            elif olds[id_] is not thing and not same(olds[id_], thing):
                yield from _details(pair, section, id_)
        for id_ in olds:
            if id_ not in news:
                yield _gone(pair, section, id_)


def _come(pair: Pair, section: str, id_: str) -> Change:
    thing = pair.thing(section, id_)
    about = _about(pair, section, id_)
    return thing.change("", ("", about, f"added{': ' if about else ''}{about}"), kind=ChangeKind.ADDED)


def _gone(pair: Pair, section: str, id_: str) -> Change:
    thing = pair.thing(section, id_)
    about = _about(pair, section, id_)
    return thing.change("", (about, "", f"dropped{f' (was {about})' if about else ''}"), kind=ChangeKind.DROPPED)


def _renamed(pair: Pair, section: str, id_: str, was: str) -> Change:
    thing = pair.thing(section, id_)
    return thing.change("", (was, id_, f"was {was} before"), kind=ChangeKind.RENAMED)


def _about(pair: Pair, section: str, id_: str) -> str:
    """The least that a reader wants to know of a thing that came or went."""
    plan = pair.new if id_ in pair.new.things(section) else pair.old
    thing = plan.things(section)[id_]
    if section == "serials":
        window = plan.window(id_)
        when = "without a planned time" if window is None else span(window, pair.offset_ms)
        where = f" in {thing.area}" if thing.area else ""
        units = ", ".join(plan.exercise.units_in(thing))
        return f"{when}{where}" + (f", with {units}" if units else "")
    if section == "units":
        known = plan.exercise.platforms.get(thing.platform)
        return f"{thing.nation}, {known.name if known and known.name else thing.platform}"
    if section == "areas":
        return shape_words(thing.footprint)
    if section in {"notices", "permissions"}:
        covers = f" for {', '.join(thing.covers)}" if thing.covers else ""
        return f"{thing.kind}{covers}"
    return in_words("", thing, pair.offset_ms, _KNOWN)


def _details(pair: Pair, section: str, id_: str) -> Iterator[Change]:
    """The fields of a thing that stands in both plans; a shape is told by how far it moved and how it grew."""
    thing = pair.thing(section, id_)
    old, new = pair.old.things(section)[id_], pair.new.things(section)[id_]
    was, now = getattr(old, "footprint", None), getattr(new, "footprint", None)
    without = {"id", "key"}
    if was is not None and now is not None:
        without.add("footprint")
        if not same(was, now):
            words = shape_words(was), shape_words(now)
            text = shape_change(was, now) or "has another shape"
            yield thing.change("place", (*words, f"{text}: now {words[1]}"), moved_m=moved_m(was, now))
    yield from pair.details(thing, old, new, without=frozenset(without))


# ----------------------------------------------------------------------------------------- for units, and for nations


def _unit_changes(pair: Pair, changes: tuple[Change, ...]) -> Iterator[UnitChanges]:
    ways = Ways(pair)
    of_unit: dict[str, list[Change]] = defaultdict(list)
    for one in changes:
        for id_ in one.units:
            of_unit[id_].append(one)
    olds, news = pair.old.exercise.units, pair.new.exercise.units
    for id_ in dict.fromkeys((*news, *olds)):
        unit = news[id_] if id_ in news else olds[id_]
        own = tuple(of_unit.get(id_, ()))
        follows = ways.changes(id_) if id_ in news and id_ in olds else ()
        if own or follows:
            name = unit.name or id_
            yield UnitChanges(id=id_, name=name, nation=unit.nation, changes=own, programme=follows)


def _nation_changes(changes: tuple[Change, ...], units: tuple[UnitChanges, ...]) -> Iterator[NationChanges]:
    codes = {code for one in changes for code in one.nations} | {unit.nation for unit in units}
    for code in sorted(codes - {""}):
        own = tuple(one for one in changes if code in one.nations)
        yield NationChanges(nation=code, changes=own, units=tuple(unit.id for unit in units if unit.nation == code))
