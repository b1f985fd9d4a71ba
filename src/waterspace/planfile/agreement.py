"""What no value says alone: a piece of sea has one shape, a window two ends or daily hours that come on some date.

And nothing has two of what it can have but one of: a serial its policy, a unit its rate of breakdowns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.planfile.tree import Listing, Scalar, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.errors import Fault
    from waterspace.planfile.tree import Node, Path, Tree

__all__ = ["SHAPES", "disagreements"]

SHAPES = ("polygon", "circle", "ring", "sector", "corridor", "union", "difference")
"""The keys that give a shape."""

_SHAPED = (
    ("areas",),
    ("context", "exercises"),
    ("context", "reservations"),
    ("context", "habitats"),
    ("traffic", "fishing"),
)
_MAY_LACK_SHAPE = {("context", "exercises"), ("traffic", "fishing")}
_TIMED = (("context", "reservations"), ("context", "habitats"), ("quiet_hours",))
_ONE_SPAN, _DAILY, _DAILY_ONLY = ("start", "end"), ("from", "to", "daily"), ("weekdays", "except", "also")
_DEEPEST = 20
_ONE_FOR_EACH = (
    (("policies", "serials"), "every serial that no other policy names"),
    (("breakdowns", "units"), "every unit that no other entry names"),
)
"""Sections whose entries share out what they name, under which key, and for whom an entry is that names nothing."""


def disagreements(tree: Tree) -> Iterator[Fault]:
    """The faults of shapes, of windows, and of what is given for one thing twice."""
    for names, rest in _ONE_FOR_EACH:
        yield from _second_namings(names, rest, tree)
    for section in _SHAPED:
        for path, entry in _entries(section, tree):
            yield from _shape_faults(path, entry, tree, may_lack=section in _MAY_LACK_SHAPE)
    for section in _TIMED:
        for path, entry in _entries(section, tree):
            yield from _window_faults((*path, "windows"), entry.entries.get("windows"), tree)


def _entries(section: Path, tree: Tree) -> Iterator[tuple[Path, Table]]:
    """The entries of a section that are mappings, with their paths."""
    table = tree.find(section)
    for id_, entry in table.entries.items() if isinstance(table, Table) else ():
        if isinstance(entry, Table):
            yield (*section, id_), entry


def _shape_faults(path: Path, entry: Table, tree: Tree, *, may_lack: bool) -> Iterator[Fault]:
    given = [key for key in entry.keys if key in SHAPES]
    dotted = ".".join(path)
    expected = f"exactly one of {', '.join(SHAPES[:-1])} and {SHAPES[-1]}"
    if len(given) > 1:
        message = f"{dotted} has {' and '.join(given)}, but {expected} is expected."
        yield tree.lines.fault(
            entry.keys[given[1]], message, path=f"{dotted}.{given[1]}", found=", ".join(given), expected=expected
        )
    if not given and not may_lack:
        message = f"{dotted} has no shape: {expected} is expected."
        yield tree.lines.fault(tree.nearest(path), message, path=dotted, found="nothing", expected=expected)
    if len(path) < _DEEPEST:
        for part, shape in _parts(path, entry):
            yield from _shape_faults(part, shape, tree, may_lack=False)


def _parts(path: Path, entry: Table) -> Iterator[tuple[Path, Table]]:
    """The shapes that a shape is made of."""
    found: list[tuple[Path, Node | None]] = []
    found += _items((*path, "union"), entry.entries.get("union"))
    difference = entry.entries.get("difference")
    if isinstance(difference, Table):
        here = (*path, "difference")
        found.append(((*here, "base"), difference.entries.get("base")))
        found += _items((*here, "without"), difference.entries.get("without"))
    for part, shape in found:
        if isinstance(shape, Table):
            yield part, shape


def _second_namings(at: tuple[str, str], rest: str, tree: Tree) -> Iterator[Fault]:
    """The faults of entries that name what an earlier entry has named, or that name nothing as an earlier one does."""
    (section, key), holder = at, dict[str, str]()
    table, expected = tree.find((section,)), f"one entry of {section} for each"
    for id_, entry in table.entries.items() if isinstance(table, Table) else ():
        if not isinstance(entry, Table):
            continue
        path = (section, id_, key)
        for named, offset in _names(entry, key) or (("", tree.nearest(path)),):
            first = holder.setdefault(named, id_)
            if first != id_:
                message = (
                    f"{section}.{id_} is for {named or rest}, and so is {section}.{first}, but {expected} is expected."
                )
                remedy = "Remove it from one of them" if named else f"Say under {key} what it is for"
                advice = f"{remedy}, or make one entry of the two."
                yield tree.lines.fault(
                    offset, message, path=".".join(path), found=named or "nothing", expected=expected, advice=advice
                )


def _names(entry: Table, key: str) -> list[tuple[str, int]]:
    """The texts under a key, one or a list, with where each stands; none where there are none."""
    node = entry.entries.get(key)
    items = node.items if isinstance(node, Listing) else [node]
    return [(item.text.strip(), item.start) for item in items if isinstance(item, Scalar)]


def _window_faults(path: Path, listing: Node | None, tree: Tree) -> Iterator[Fault]:
    for here, window in _items(path, listing):
        if isinstance(window, Table):
            yield from _span_faults(here, window, tree)


def _span_faults(path: Path, window: Table, tree: Tree) -> Iterator[Fault]:
    """The faults of one window: what it lacks, and what does not go with the rest."""
    dotted, expected = ".".join(path), "start and end, or from, to and daily"
    daily = [key for key in window.keys if key in (*_DAILY, *_DAILY_ONLY)]
    wanted, others = (_DAILY, _ONE_SPAN) if daily else (_ONE_SPAN, ())
    for key in wanted:
        if key not in window.keys:
            message = f"{dotted} lacks the key {key}: a window has {expected}."
            yield tree.lines.fault(
                tree.nearest(path), message, path=f"{dotted}.{key}", found="nothing", expected=expected
            )
    for key in others:
        if key in window.keys:
            message = f"{dotted} has {key} beside {daily[0]}, but a window has {expected}."
            yield tree.lines.fault(window.keys[key], message, path=f"{dotted}.{key}", found=key, expected=expected)
    if set(_DAILY) <= window.keys.keys():
        yield from _idle_faults(path, window, tree)


def _idle_faults(path: Path, window: Table, tree: Tree) -> Iterator[Fault]:
    """The fault of daily hours that come on no date; none where a part of the window cannot be read anyway."""
    from pydantic import ValidationError

    from waterspace.planfile.pieces import SpanWire
    from waterspace.planfile.windows import schedule_of

    try:
        schedule = schedule_of(SpanWire.model_validate(plain(window)))
    except ValidationError:
        return
    reason = schedule.why_idle()
    if reason:
        key = next(key for key in ("weekdays", "except") if key in window.keys)
        dotted, expected = ".".join(path), "a window that is in force on one date at least"
        message = f"{dotted} is never in force: {reason}, but {expected} is expected."
        found, advice = (
            _in_words(window.entries[key]),
            f"Correct from, to or {key}, add a date under also, or remove it.",
        )
        yield tree.lines.fault(
            window.keys[key], message, path=f"{dotted}.{key}", found=found, expected=expected, advice=advice
        )


def _in_words(node: Node) -> str:
    """A text, or the texts of a list."""
    found = plain(node)
    return found if isinstance(found, str) else ", ".join(found)


def _items(path: Path, listing: Node | None) -> list[tuple[Path, Node | None]]:
    """The items of a list with their paths; none where it is no list."""
    if not isinstance(listing, Listing):
        return []
    return [((*path, str(number)), item) for number, item in enumerate(listing.items)]
