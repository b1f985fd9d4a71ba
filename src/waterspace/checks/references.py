"""References: every name by which one entry of a plan points at another, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain.policy import SwapArea

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from waterspace.domain import Exercise, Link, Net, Permission, PlannedNotice, QuietHours, Reliability

__all__ = ["Reference", "in_place_classes", "references"]


class Reference(NamedTuple):
    """One name that points at another entry.

    Attributes:
        path: keys to the name.
        owner: id of the entry that names it.
        name: as the file gives it.
        kind: what is meant, in words, such as `unit or group`.
        targets: the names that exist.
    """

    path: tuple[str, ...]
    owner: str
    name: str
    kind: str
    targets: Collection[str]

    @property
    def is_dangling(self) -> bool:
        """Whether nothing of that name exists."""
        return self.name not in self.targets


def references(exercise: Exercise) -> Iterator[Reference]:
    """Every reference of a plan between entries of the file; types, roles and ports are not among them."""
    yield from _of_serials(exercise)
    yield from _of_units(exercise)
    yield from _of_others(exercise)
    yield from _of_promises(exercise)
    yield from _of_events(exercise)
    yield from _of_contingencies(exercise)


def in_place_classes(exercise: Exercise) -> tuple[str, ...]:
    """Keys of the classes that the file itself gives."""
    return tuple(key for key in exercise.platforms if f"classes.{key}" in exercise.places)


def _of_serials(exercise: Exercise) -> Iterator[Reference]:
    players = exercise.units.keys() | exercise.groups.keys()
    for id_, serial in exercise.serials.items():
        here = ("serials", id_)
        for role, names in serial.units.items():
            for number, name in enumerate(names):
                path = (*here, "units", role, str(number))
                yield Reference(path=path, owner=id_, name=name, kind="unit or group", targets=players)
        lists: tuple[tuple[str, tuple[str, ...], str, Collection[str]], ...] = (
            ("after", serial.after, "serial", exercise.serials),
            ("objectives", serial.objectives, "objective", exercise.objectives),
        )
        for key, names, kind, targets in lists:
            for number, name in enumerate(names):
                yield Reference(path=(*here, key, str(number)), owner=id_, name=name, kind=kind, targets=targets)
        if serial.area:
            yield Reference(path=(*here, "area"), owner=id_, name=serial.area, kind="area", targets=exercise.areas)
        if serial.phase:
            yield Reference(path=(*here, "phase"), owner=id_, name=serial.phase, kind="phase", targets=exercise.phases)


def _of_units(exercise: Exercise) -> Iterator[Reference]:
    for id_, unit in exercise.units.items():
        here = ("units", id_)
        yield Reference(path=(*here, "class"), owner=id_, name=unit.platform, kind="class", targets=exercise.platforms)
        if unit.home_unit:
            yield Reference(path=(*here, "home"), owner=id_, name=unit.home_unit, kind="unit", targets=exercise.units)
        if exercise.participants:
            yield Reference(
                path=(*here, "nation"),
                owner=id_,
                name=unit.nation,
                kind="participant",
                targets=exercise.participants,
            )
    for id_, group in exercise.groups.items():
        for number, name in enumerate(group.units):
            path = ("groups", id_, "units", str(number))
            yield Reference(path=path, owner=id_, name=name, kind="unit", targets=exercise.units)
        if group.flagship:
            yield Reference(
                path=("groups", id_, "flagship"), owner=id_, name=group.flagship, kind="unit", targets=exercise.units
            )


def _of_others(exercise: Exercise) -> Iterator[Reference]:
    for id_, observer in exercise.observers.items():
        if observer.platform:
            path = ("context", "observers", id_, "class")
            yield Reference(path=path, owner=id_, name=observer.platform, kind="class", targets=exercise.platforms)
        if observer.shadows:
            path = ("context", "observers", id_, "shadows")
            yield Reference(path=path, owner=id_, name=observer.shadows, kind="unit", targets=exercise.units)
    for id_, ground in exercise.traffic.fishing.items() if exercise.traffic is not None else ():
        if ground.area:
            path = ("traffic", "fishing", id_, "area")
            yield Reference(path=path, owner=id_, name=ground.area, kind="area", targets=exercise.areas)


def _of_promises(exercise: Exercise) -> Iterator[Reference]:
    targets = exercise.serials.keys() | exercise.areas.keys()
    promises: tuple[tuple[str, Mapping[str, PlannedNotice | Permission | QuietHours]], ...] = (
        ("notices", exercise.notices),
        ("permissions", exercise.permissions),
        ("quiet_hours", exercise.quiet_hours),
    )
    for key, entries in promises:
        for id_, entry in entries.items():
            for number, name in enumerate(entry.covers):
                path = (key, id_, "covers", str(number))
                yield Reference(path=path, owner=id_, name=name, kind="serial or area", targets=targets)


def _of_events(exercise: Exercise) -> Iterator[Reference]:
    anyone = exercise.serials.keys() | exercise.units.keys() | exercise.groups.keys()
    for id_, inject in exercise.injects.items():
        here = ("injects", id_)
        if inject.to:
            kind = "serial, unit or group"
            yield Reference(path=(*here, "to"), owner=id_, name=inject.to, kind=kind, targets=anyone)
        if inject.delays:
            path = (*here, "delays")
            yield Reference(path=path, owner=id_, name=inject.delays, kind="serial", targets=exercise.serials)


def _of_contingencies(exercise: Exercise) -> Iterator[Reference]:
    players = exercise.units.keys() | exercise.groups.keys()
    for id_, policy in exercise.policies.items():
        for number, name in enumerate(policy.serials):
            path = ("policies", id_, "serials", str(number))
            yield Reference(path=path, owner=id_, name=name, kind="serial", targets=exercise.serials)
        for place, rule in enumerate(policy.policy.rules):
            for number, name in enumerate(rule.then.areas if isinstance(rule.then, SwapArea) else ()):
                deep = ("policies", id_, "rules", str(place), "areas", str(number))
                yield Reference(path=deep, owner=id_, name=name, kind="area", targets=exercise.areas)
    for id_, net in exercise.nets.items():
        for number, name in enumerate(net.serials):
            path = ("nets", id_, "serials", str(number))
            yield Reference(path=path, owner=id_, name=name, kind="serial", targets=exercise.serials)
    equipped: tuple[tuple[str, Mapping[str, Reliability | Link | Net]], ...] = (
        ("breakdowns", exercise.breakdowns),
        ("links", exercise.links),
        ("nets", exercise.nets),
    )
    for key, entries in equipped:
        for id_, entry in entries.items():
            for number, name in enumerate(entry.units):
                path = (key, id_, "units", str(number))
                yield Reference(path=path, owner=id_, name=name, kind="unit or group", targets=players)
