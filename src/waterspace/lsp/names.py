"""The names of a file: where each id is defined, and where it is used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.lsp.keys import sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.lsp.layout import Layout
    from waterspace.lsp.text import Span
    from waterspace.planfile.tree import Path

__all__ = ["ANYTHING", "Name", "Names", "targets_of"]

_ANY = "*"
_PLAYERS, _CLAIMS = ("units", "groups"), ("serials", "areas")
ANYTHING = ("serials", "units", "groups", "areas", "objectives", "phases", "notices", "permissions", "injects")
"""Sections whose ids a finding may be about."""

_REFERENCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # where a name stands, and the sections that it may be from; sections inside others have dots
    ("exercise.host", ("participants",)),
    ("units.*.class", ("classes",)),
    ("units.*.home", ("units",)),
    ("units.*.nation", ("participants",)),
    ("groups.*.units", ("units",)),
    ("groups.*.flagship", ("units",)),
    ("objectives.*.owner", ("groups", "units")),
    ("serials.*.units.*", _PLAYERS),
    ("serials.*.area", ("areas",)),
    ("serials.*.phase", ("phases",)),
    ("serials.*.after", ("serials",)),
    ("serials.*.objectives", ("objectives",)),
    ("serials.*.lead", ("participants",)),
    ("notices.*.covers", _CLAIMS),
    ("permissions.*.covers", _CLAIMS),
    ("quiet_hours.*.covers", _CLAIMS),
    ("context.observers.*.class", ("classes",)),
    ("context.observers.*.shadows", ("units",)),
    ("traffic.fishing.*.area", ("areas",)),
    ("injects.*.to", ("serials", *_PLAYERS)),
    ("injects.*.delays", ("serials",)),
    ("policies.*.serials", ("serials",)),
    ("policies.*.rules.*.areas", ("areas",)),
    ("breakdowns.*.units", _PLAYERS),
    ("links.*.units", _PLAYERS),
    ("nets.*.units", _PLAYERS),
    ("nets.*.serials", ("serials",)),
    ("agreements.*.parties", ("participants",)),
    ("check.suppress.*.about", ANYTHING),
)
_PATTERNS = tuple((tuple(pattern.split(".")), targets) for pattern, targets in _REFERENCES)


def targets_of(path: Path) -> tuple[str, ...]:
    """The sections that the name at a path may be from, dotted; empty where no name stands there."""
    for pattern, targets in _PATTERNS:
        fits = len(path) == len(pattern) or (len(path) == len(pattern) + 1 and path[-1].isdecimal())
        if fits and all(_ANY in {wanted, step} or wanted == step for wanted, step in zip(pattern, path, strict=False)):
            return targets
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An id of an entry, or a place where it is used.

    Attributes:
        section: where the entry stands, such as `units`; empty for a name that no entry has.
        id: as it is written.
        path: of the entry's key, or of the value that names it.
        span: of the key or of the value.
        is_definition: whether the entry itself stands here.
    """

    section: str
    id: str
    path: Path
    span: Span
    is_definition: bool


class Names:
    """Every name of a layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    @cached_property
    def definitions(self) -> Mapping[str, Mapping[str, Name]]:
        """Section to id to where it is defined."""
        found: dict[str, dict[str, Name]] = {}
        for section in sections():
            dotted = ".".join(section)
            for path, span in self._layout.entries(section):
                name = Name(section=dotted, id=path[-1], path=path, span=span, is_definition=True)
                found.setdefault(dotted, {})[path[-1]] = name
        return found

    @cached_property
    def uses(self) -> tuple[Name, ...]:
        """Every place where a name is used, in the order of the file."""
        return tuple(self._uses())

    def _uses(self) -> Iterator[Name]:
        for path in self._layout.tree.paths():
            targets = targets_of(path)
            text = self._layout.text_at(path) if targets else None
            span = self._layout.value_span(path)
            if text is not None and span is not None:
                yield Name(section=self._section(text, targets), id=text, path=path, span=span, is_definition=False)

    def _section(self, name: str, targets: tuple[str, ...]) -> str:
        return next((section for section in targets if name in self.definitions.get(section, {})), "")

    def at(self, offset: int) -> Name | None:
        """The name at an offset: an id where it is defined, or where it is used."""
        site = self._layout.site(offset)
        if site is None:
            return None
        section = ".".join(site.path[:-1])
        if site.is_key:
            return self.definitions.get(section, {}).get(site.path[-1])
        targets = targets_of(site.path)
        text = self._layout.text_at(site.path) if targets else None
        if text is None:
            return None
        section = self._section(text, targets)
        return Name(section=section, id=text, path=site.path, span=site.span, is_definition=False)

    def definition(self, name: Name) -> Name | None:
        """Where the entry of a name is defined; None where no entry of the file has it."""
        return self.definitions.get(name.section, {}).get(name.id)

    def occurrences(self, name: Name) -> tuple[Name, ...]:
        """The definition of a name and every use of it, in the order of the file."""
        definition = self.definition(name)
        uses = [use for use in self.uses if (use.section, use.id) == (name.section, name.id)]
        return tuple(sorted([*uses, *([] if definition is None else [definition])], key=lambda one: one.span))

    def anywhere(self, id_: str) -> Name | None:
        """Where an id is defined, whatever section it is in; None where it is in none."""
        return next((found[id_] for found in self.definitions.values() if id_ in found), None)
