"""Integrity (WS0): every name means one thing, and lists in order of time stand in it."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import lasting, listing, span
from waterspace.domain import Fix, Severity, Sorting
from waterspace.errors import NotationError, PlanFileError
from waterspace.notation import format_time, parse_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Exercise
    from waterspace.planfile import Document

__all__ = ["name_twice", "out_of_order"]

_WRITTEN = re.compile(r"[\"']?([^\"',}\]#\r\n]+)")
"""A time as it stands in the file, quoted or not."""

_UNHEARD = dict.fromkeys(map(ord, " -\t\u00a0"))
"""Characters that nobody speaks."""


@rule(
    code="WS011",
    name="name-twice",
    severity=Severity.ADVICE,
    summary="Two units, two areas or two serials carry the same name.",
    why=(
        "On the radio a ship, an area and a serial are known by their names; of two that sound the same somebody "
        "will follow the wrong one. Capitals, spaces and hyphens are not heard."
    ),
    source=JUDGEMENT,
    bad="""
areas:
  WEST: {name: Foxtrot, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
  EAST: {name: FOXTROT, circle: {centre: 38-30.0N 135-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
""",
    good="""
areas:
  WEST: {name: Foxtrot, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
  EAST: {name: Golf, circle: {centre: 38-30.0N 135-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
""",
)
def name_twice(context: Context) -> Iterator[Remark]:
    """One remark for each name that several entries of one kind carry."""
    exercise = context.exercise
    kinds = (("units", "unit", exercise.units), ("areas", "area", exercise.areas), ("serials", "", exercise.serials))
    for section, kind, entries in kinds:
        bearers: dict[str, list[str]] = defaultdict(list)
        for id_, entry in entries.items():
            if entry.name:
                bearers[_heard(entry.name)].append(id_)
        for ids in bearers.values():
            if len(ids) > 1:
                ids.sort()
                spoken = entries[ids[0]].name
                message = (
                    f"{listing(ids)} are all called {spoken}; whoever hears of the {kind or 'serial'} {spoken} cannot "
                    "tell which is meant. Give each a name of its own."
                )
                if len(ids) == 2:
                    message = message.replace("are all called", "are both called", 1)
                yield Remark(message=message, subjects=tuple(ids), path=(section, ids[-1], "name"))


def _heard(name: str) -> str:
    return name.casefold().translate(_UNHEARD)


@rule(
    code="WS012",
    name="out-of-order",
    severity=Severity.ADVICE,
    summary="Entries of a list that goes by time stand in another order, or spells of weather overlap.",
    why=(
        "Whoever reads the file from top to bottom takes the last entry for the latest and misses the one that stands "
        "out of order. `--fix` sorts the list, unless comments would lose the entry that they are about. Where spells "
        "of weather overlap, two things are said of one time: the worse is used, and only the planner knows which is "
        "right; that is a warning."
    ),
    source=JUDGEMENT,
    bad="""
weather:
  - {start: 2026-06-08T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3}
  - {start: 2026-06-01T00:00Z, end: 2026-06-08T00:00Z, sea_state: 2}
""",
    good="""
weather:
  - {start: 2026-06-01T00:00Z, end: 2026-06-08T00:00Z, sea_state: 2}
  - {start: 2026-06-08T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3}
""",
)
def out_of_order(context: Context) -> Iterator[Remark]:
    """The weather, and the windows of serials, reservations, habitats and quiet hours."""
    exercise = context.exercise
    spells = exercise.weather
    starts = [spell.window.start_ms for spell in spells]
    yield from _disorder(context, "the weather", ("weather",), starts, ("weather",))
    by_time = sorted(range(len(spells)), key=lambda number: (spells[number].window, number))
    for first, second in pairwise(by_time):
        both = spells[first].window.overlap(spells[second].window)
        if both is not None:
            message = (
                f"Two spells of weather overlap: {span(spells[first].window)} and {span(spells[second].window)} share "
                f"{lasting(both.end_ms - both.start_ms)}. End the first when the second begins."
            )
            path = ("weather", str(second), "start")
            about = ("weather", format_time(both.start_ms))
            yield Remark(message=message, subjects=about, path=path, window=both, severity=Severity.WARNING)
    lists = tuple(_lists(exercise))
    texts = exercise.source.content.decode(errors="replace").splitlines() if lists else []
    for title, keys, id_ in lists:
        yield from _disorder(context, title, keys, _written_starts(exercise, texts, keys), (id_,))


def _lists(exercise: Exercise) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every list of windows with two entries or more: what it is, its path, and id of whose it is."""
    sections: tuple[tuple[str, tuple[str, ...], Mapping[str, object] | Iterable[str], str], ...] = (
        ("the reserve of", ("serials",), (id_ for id_, one in exercise.serials.items() if one.reserve), "reserve"),
        ("the windows of", ("context", "reservations"), exercise.standing_reservations, "windows"),
        ("the windows of", ("context", "habitats"), exercise.habitats, "windows"),
        ("the windows of", ("quiet_hours",), exercise.quiet_hours, "windows"),
    )
    for title, section, ids, key in sections:
        for id_ in ids:
            path = (*section, id_, key)
            if ".".join((*path, "1")) in exercise.places:
                yield f"{title} {id_}", path, id_


def _written_starts(exercise: Exercise, lines: Sequence[str], path: tuple[str, ...]) -> list[int]:
    """When each entry of a list begins, in the order of the file; nothing where one has no plain start."""
    starts: list[int] = []
    while ".".join((*path, str(len(starts)))) in exercise.places:
        place = exercise.places.get(".".join((*path, str(len(starts)), "start")))
        written = None if place is None else _WRITTEN.match(lines[place.line - 1][place.column - 1 :])
        if written is None:
            return []
        try:
            starts.append(parse_time(written.group(1).strip()))
        except NotationError:
            return []
    return starts


def _disorder(
    context: Context, title: str, path: tuple[str, ...], starts_ms: Sequence[int], subjects: tuple[str, ...]
) -> Iterator[Remark]:
    """One remark for a list out of order, about the first entry that comes too late in it."""
    stray = next((number for number, (a, b) in enumerate(pairwise(starts_ms), start=1) if b < a), None)
    if stray is None:
        return
    order = tuple(sorted(range(len(starts_ms)), key=lambda number: (starts_ms[number], number)))
    edit = Sorting(path, order)
    can_be_sorted = _can_be_sorted(context, edit)
    advice = "" if can_be_sorted else " by hand, for between them stand comments that sorting would leave behind"
    message = (
        f"Entry {stray + 1} of {title} begins at {format_time(starts_ms[stray])}, before the entry above it "
        f"({format_time(starts_ms[stray - 1])}). Put the entries in order of time{advice}."
    )
    fix = Fix(title=f"Sort {title} by time", edits=(edit,)) if can_be_sorted else None
    yield Remark(message=message, subjects=subjects, path=(*path, str(stray)), fix=fix)


def _can_be_sorted(context: Context, edit: Sorting) -> bool:
    """Whether the file's list can be sorted with all its comments."""
    content = context.exercise.source.content
    if b"#" not in content:
        return True
    try:
        context.once(_document).edit((edit,))
    except (KeyError, ValueError, PlanFileError):
        return False
    return True


def _document(context: Context) -> Document:
    from waterspace.planfile import Document

    return Document(context.exercise.source.content)
