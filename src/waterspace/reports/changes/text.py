"""A comparison as text of 80 columns, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from waterspace.reports.lines import joined, wrapped

if TYPE_CHECKING:
    from waterspace.reports.changes.values import Change, Comparison, NationChanges, UnitChanges

__all__ = ["NOTHING", "as_json", "as_text", "by_title", "counted", "shows_nations", "summary", "told_apart"]

NOTHING = "Nothing changed: the two plans mean the same."


def as_text(comparison: Comparison) -> str:
    """What changed, then for each nation, then for each unit."""
    return "".join(f"{line}\n" for line in _lines(comparison))


def summary(comparison: Comparison) -> str:
    """`13 changes; they concern 2 nations and 12 units`."""
    asked = joined([*comparison.only_units, *comparison.only_nations])
    if comparison.is_empty:
        return f"Nothing changed for {asked}." if asked else NOTHING
    if asked:
        return f"{counted(len(comparison.changes), 'change')} for {asked}"
    count = len(comparison.changes)
    verb = "it concerns" if count == 1 else "they concern"
    nations, units = counted(len(comparison.nations), "nation"), counted(len(comparison.units), "unit")
    return f"{counted(count, 'change')}; {verb} {nations} and {units}"


def told_apart(comparison: Comparison) -> tuple[str, tuple[Change, ...]] | None:
    """What is told before the nations and units: everything, or where some were asked for, what concerns everybody."""
    if not comparison.only_units and not comparison.only_nations:
        return ("What changed", comparison.changes) if comparison.changes else None
    everybodys = tuple(one for one in comparison.changes if one.for_all)
    return ("For everybody", everybodys) if everybodys else None


def shows_nations(comparison: Comparison) -> bool:
    """Whether nations are told: not where units alone were asked for."""
    return bool(comparison.nations) and (not comparison.only_units or bool(comparison.only_nations))


def counted(number: int, noun: str) -> str:
    """`1 unit`, `2 units`, `no units`."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def by_title(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Changes of one thing together, in the order in which the things come."""
    found: dict[str, list[Change]] = {}
    for one in changes:
        found.setdefault(one.title, []).append(one)
    return list(found.items())


def _lines(comparison: Comparison) -> Iterator[str]:
    if comparison.marking:
        yield from wrapped(comparison.marking)
    yield from wrapped(f"{comparison.name}: from {comparison.old_file} to {comparison.new_file}")
    yield from wrapped(summary(comparison))
    if comparison.is_empty:
        return
    if told := told_apart(comparison):
        yield from _heading(told[0])
        yield from _things(told[1])
    if shows_nations(comparison):
        yield from _heading("For each nation")
        for nation in comparison.nations:
            yield from _nation(nation)
    if comparison.units:
        yield from _heading("For each unit")
        for unit in comparison.units:
            yield from _unit(unit)


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text.upper()


def _nation(nation: NationChanges) -> Iterator[str]:
    yield ""
    units = f"; units: {', '.join(nation.units)}" if nation.units else ""
    yield from wrapped(f"{nation.nation}: {counted(len(nation.changes), 'change')}{units}")
    yield from _short(nation.changes)


def _unit(unit: UnitChanges) -> Iterator[str]:
    yield ""
    named = "" if unit.name == unit.id else f" {unit.name}"
    yield from wrapped(f"{unit.id}{named} ({unit.nation})" if unit.nation else f"{unit.id}{named}")
    yield from _short(unit.changes)
    if unit.programme:
        yield "  its programme:"
        for one in unit.programme:
            yield from wrapped(one.sentence, "  - ", "    ")


def _things(changes: Iterable[Change]) -> Iterator[str]:
    for title, own in by_title(changes):
        yield ""
        yield from wrapped(title)
        for one in own:
            yield from wrapped(one.sentence, "  - ", "    ")


def _short(changes: Iterable[Change]) -> Iterator[str]:
    for title, own in by_title(changes):
        yield from wrapped(f"{title}: {'; '.join(one.sentence for one in own)}", "  - ", "    ")


# -------------------------------------------------------------------------------------------------------------- JSON


def as_json(comparison: Comparison) -> str:
    """An object with every change, and for each unit and nation the numbers of its changes in that list."""
    number = {id(one): place for place, one in enumerate(comparison.changes)}
    record = {
        "exercise": comparison.name,
        "old": comparison.old_file,
        "new": comparison.new_file,
        "changed": not comparison.is_empty,
        "summary": summary(comparison),
        "changes": [_as_data(one) for one in comparison.changes],
        "nations": [
            {
                "nation": nation.nation,
                "units": list(nation.units),
                "changes": [number[id(one)] for one in nation.changes],
            }
            for nation in comparison.nations
        ],
        "units": [
            {
                "id": unit.id,
                "name": unit.name,
                "nation": unit.nation,
                "changes": [number[id(one)] for one in unit.changes if id(one) in number],
                "programme": [_as_data(one) for one in unit.programme],
            }
            for unit in comparison.units
        ],
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def _as_data(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "section": change.section,
        "id": change.id,
        "topic": change.topic,
        "title": change.title,
        "text": change.text,
        "because": change.because,
        "old": change.old,
        "new": change.new,
        "shift_ms": change.shift_ms,
        "moved_m": None if change.moved_m is None else round(change.moved_m, 1),
        "units": list(change.units),
        "nations": list(change.nations),
        "for_all": change.for_all,
    }
