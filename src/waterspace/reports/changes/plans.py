"""Two plans side by side, each with its programme, and whom a thing of theirs concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from waterspace.reports.changes.values import Change, ChangeKind
from waterspace.reports.changes.words import differences, reworded, shift_words, sooner
from waterspace.serials import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from waterspace.domain import Exercise, Window
    from waterspace.programme import Programme
    from waterspace.reports.changes.renames import Renames

__all__ = ["Concern", "Pair", "Plan", "Thing", "title"]

_NOUNS: Mapping[str, str] = {
    "platforms": "class",
    "other_exercises": "other exercise",
    "standing_reservations": "reservation of others",
    "policies": "policy",
    "quiet_hours": "quiet hours",
}
"""What one thing of a section is called, where that is not the section's name without its last letter."""

_OF_UNITS: Mapping[str, str] = {"units": "id", "platforms": "platform", "participants": "nation"}
"""Section to the field by which a unit belongs to one of its things."""

_NATIONS = ("nation", "state", "host", "lead", "participants", "parties", "to")
"""Fields that name countries."""


class Plan:
    """One plan and what follows from it.

    Attributes:
        exercise: as the file gives it, but for ids.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    @cached_property
    def programme(self) -> Programme:
        """The programme of the serials whose type exists here."""
        from waterspace.programme import build

        given = self.exercise.serials
        serials = {id_: serial for id_, serial in given.items() if registry.exists(serial.type)}
        return build(self.exercise if len(serials) == len(given) else replace(self.exercise, serials=serials))

    def window(self, serial: str) -> Window | None:
        """The planned time of a serial; None where it has none."""
        return self.programme.timing.windows.get(serial)

    def things(self, section: str) -> Mapping[str, Any]:
        """Everything in a section, by id."""
        found: Mapping[str, Any] = getattr(self.exercise, section)
        return found

    def units_of(self, section: str, id_: str) -> frozenset[str]:
        """Ids of the units that a thing concerns."""
        thing = self.things(section).get(id_)
        if thing is None:
            return frozenset()
        if section in _OF_UNITS:
            units = self.exercise.units.values()
            return frozenset(unit.id for unit in units if getattr(unit, _OF_UNITS[section]) == id_)
        if section in {"areas", "objectives", "phases"}:
            return self._in_serials_with(section, id_)
        if section == "serials":
            return frozenset(self.exercise.units_in(thing))
        return self._named_by(thing)

    def _in_serials_with(self, section: str, id_: str) -> frozenset[str]:
        found: set[str] = set()
        for serial in self.exercise.serials.values():
            named = {"areas": (serial.area,), "objectives": serial.objectives, "phases": (serial.phase,)}[section]
            if id_ in named:
                found.update(self.exercise.units_in(serial))
        return frozenset(found)

    def _named_by(self, thing: object) -> frozenset[str]:
        """The units that a thing names, by itself or through serials, areas and groups."""
        found: set[str] = set()
        for name in ("units", "to", "covers", "serials", "delays", "shadows", "flagship", "area"):
            given = getattr(thing, name, ())
            for id_ in (given,) if isinstance(given, str) else given or ():
                found.update(self.exercise.expand((id_,)))
                for section in ("serials", "areas"):
                    found.update(self.units_of(section, id_))
        return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Whom a change concerns; nobody in particular where both are empty."""

    units: frozenset[str] = frozenset()
    nations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What a change is about.

    Attributes:
        section: as in `Change`.
        id: as in `Change`.
        title: as in `Change`.
        concern: whom every change of it concerns, unless told otherwise.
    """

    section: str
    id: str
    title: str
    concern: Concern = Concern()

    def change(
        self,
        topic: str,
        words: tuple[str, str, str],
        concern: Concern | None = None,
        **more: Any,  # noqa: ANN401
    ) -> Change:
        """One change of it.

        Args:
            topic: as in `Change`.
            words: the old value, the new value, the sentence.
            concern: whom it concerns; without it, whom the whole thing does.
            **more: other attributes of `Change`.
        """
        who = concern or self.concern
        old, new, text = words
        return Change(
            kind=more.pop("kind", ChangeKind.CHANGED),
            section=self.section,
            id=self.id,
            topic=topic,
            title=self.title,
            text=text,
            old=old,
            new=new,
            units=tuple(sorted(who.units)),
            nations=tuple(sorted(who.nations)),
            for_all=not who.units and not who.nations,
            **more,
        )


class Pair:
    """The old plan with the new ids, and the new plan.

    Attributes:
        old: the plan compared with.
        new: the plan that is told about.
        renames: what was renamed.
        offset_ms: local time minus UTC, of the new plan.
    """

    def __init__(self, old: Exercise, new: Exercise, renames: Renames) -> None:
        self.old, self.new, self.renames = Plan(old), Plan(new), renames
        self.offset_ms = new.local_offset_ms

    @cached_property
    def same_groups(self) -> bool:
        """Whether every name stands for the same units in both plans."""
        old, new = self.old.exercise, self.new.exercise
        return old.units.keys() == new.units.keys() and old.groups == new.groups

    def thing(self, section: str, id_: str) -> Thing:
        """Something that stands in one of the plans or in both."""
        plan = self.new if id_ in self.new.things(section) else self.old
        known = plan.things(section)[id_]
        return Thing(section=section, id=id_, title=title(section, id_, known), concern=self.concern(section, id_))

    def concern(self, section: str, id_: str) -> Concern:
        """Whom a thing concerns in either plan."""
        units = self.old.units_of(section, id_) | self.new.units_of(section, id_)
        nations = set(self._nations(units))
        if section == "participants":
            nations.add(id_)
        for plan in (self.old, self.new):
            nations.update(_countries(plan.things(section).get(id_)))
        return Concern(units=units, nations=frozenset(nations) - {""})

    def concern_of(self, *units: str) -> Concern:
        """That of some units."""
        return Concern(units=frozenset(units), nations=frozenset(self._nations(units)) - {""})

    def _nations(self, units: Iterable[str]) -> Iterator[str]:
        """Of some units, in either plan."""
        for unit in units:
            for plan in (self.old, self.new):
                if unit in plan.exercise.units:
                    yield plan.exercise.units[unit].nation

    def details(
        self, thing: Thing, was: object, now: object, without: frozenset[str] = frozenset()
    ) -> Iterator[Change]:
        """A change for each field that differs between two values of one class."""
        for one in differences(was, now, without):
            words = reworded(one, self.offset_ms)
            by_ms = None
            if one.name.endswith("_ms") and isinstance(one.was, int) and isinstance(one.now, int):
                by_ms = sooner(one.was, one.now)
            text = f"{words[2]}, {shift_words(by_ms)}" if by_ms and _is_instant(one.name) else words[2]
            yield thing.change(one.label, (words[0], words[1], text), shift_ms=by_ms)


def title(section: str, id_: str, thing: object) -> str:
    """`Notice N1`, `Class type052d (Type 052D)`; a serial and a unit go by id and name alone."""
    name = str(getattr(thing, "name", ""))
    named = "" if name == id_ else name
    if section in {"serials", "units"}:
        kind = str(getattr(thing, "type", "")).replace("_", " ")
        return f"{id_} {named or kind}".rstrip()
    noun = _NOUNS.get(section) or section.removesuffix("s").replace("_", " ")
    return f"{noun[:1].upper()}{noun[1:]} {id_}" + (f" ({named})" if named else "")


def _countries(thing: object) -> Iterator[str]:
    if thing is None or not is_dataclass(thing):
        return
    own = {one.name for one in fields(thing)}
    for name in _NATIONS:
        if name not in own:
            continue
        given = getattr(thing, name)
        for code in (given,) if isinstance(given, str) else given:
            if len(code) == 3 and code.isalpha() and code.isupper():
                yield code


def _is_instant(name: str) -> bool:
    return name.endswith(("planned_ms", "cancel_ms", "start_ms", "earliest_ms", "latest_ms", "date_ms", "at_ms"))
