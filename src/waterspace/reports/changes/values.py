"""What changed from one plan to another, as values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

__all__ = ["Change", "ChangeKind", "Comparison", "NationChanges", "UnitChanges"]


class ChangeKind(StrEnum):
    """What happened to a thing of the plan."""

    ADDED = "added"
    DROPPED = "dropped"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is not as it was.

    Attributes:
        section: key of the plan, such as `serials`; `exercise` for its heading, `programme` for what follows for a
            unit.
        id: of the thing as the new plan calls it, or as the old one did where it was dropped; empty for the heading.
        topic: what about it, such as `time` or `safety officer`; empty where the whole thing is meant.
        title: the thing as a reader knows it, such as `S109 Joint gunnery`.
        text: what changed, in words that need no other line.
        old: the old value in words; empty where there was none.
        new: the new value in words; empty where there is none.
        shift_ms: how much later, or longer; negative for earlier and shorter. None where nothing of the kind changed.
        moved_m: how far a place moved; None where none did.
        because: what it follows from, where nobody changed it by hand; otherwise empty.
        units: ids of the units that it concerns, sorted; of a dropped unit its old id.
        nations: ISO 3166-1 alpha-3 of those it concerns, sorted.
        for_all: it concerns everybody; `units` and `nations` are then empty.
    """

    kind: ChangeKind
    section: str
    id: str
    topic: str
    title: str
    text: str
    old: str = ""
    new: str = ""
    shift_ms: int | None = None
    moved_m: float | None = None
    because: str = ""
    units: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    for_all: bool = False

    @property
    def sentence(self) -> str:
        """The text with what it follows from."""
        return f"{self.text}, because {self.because}" if self.because else self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanges:
    """What changed for one unit.

    Attributes:
        changes: of the plan that concern it, those that concern everybody left out.
        programme: what follows for its own way through the programme.
    """

    id: str
    name: str
    nation: str
    changes: tuple[Change, ...]
    programme: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NationChanges:
    """What changed for one nation.

    Attributes:
        changes: that concern it or one of its units, those that concern everybody left out.
        units: ids of its units that something changed for.
    """

    nation: str
    changes: tuple[Change, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed from one plan to another.

    Attributes:
        name: of the exercise, as the new plan has it.
        old_file: the plan compared with.
        new_file: the plan that is told about.
        changes: in the order of the new plan; what was dropped follows what is left of its kind.
        units: the units that something changed for, in the order of the new plan, dropped ones last.
        nations: the nations that something changed for, sorted.
        marking: handling marking of the new plan.
        only_units: ids that were asked for; empty for all.
        only_nations: nations that were asked for; empty for all.
    """

    name: str
    old_file: str
    new_file: str
    changes: tuple[Change, ...]
    units: tuple[UnitChanges, ...]
    nations: tuple[NationChanges, ...]
    marking: str = ""
    only_units: tuple[str, ...] = ()
    only_nations: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the two plans mean the same."""
        return not self.changes and not self.units

    def only(self, units: Collection[str] = (), nations: Collection[str] = ()) -> Comparison:
        """What concerns some units or nations, and what concerns everybody; all of it where none is named.

        Args:
            units: ids; that of a renamed unit as either plan has it.
            nations: ISO 3166-1 alpha-3; their units are meant too.
        """
        if not units and not nations:
            return self
        called = {one.old: one.id for one in self.changes if one.section == "units" and one.kind is ChangeKind.RENAMED}
        units = {called.get(unit, unit) for unit in units}
        kept = tuple(unit for unit in self.units if unit.id in units or unit.nation in nations)
        changes = tuple(
            one
            for one in self.changes
            if one.for_all or not units.isdisjoint(one.units) or not set(nations).isdisjoint(one.nations)
        )
        named = {unit.id for unit in kept}
        own = {*nations, *(unit.nation for unit in kept)}
        told = tuple(
            replace(
                nation,
                changes=tuple(one for one in nation.changes if one in changes),
                units=tuple(unit for unit in nation.units if unit in named),
            )
            for nation in self.nations
            if nation.nation in own
        )
        return replace(
            self,
            changes=changes,
            units=kept,
            nations=told,
            only_units=tuple(sorted(units)),
            only_nations=tuple(sorted(nations)),
        )
