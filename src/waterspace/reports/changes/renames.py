"""Renames: which things of a plan are the same under another id, and the old plan told with the new ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from waterspace.reports.changes.sameness import same
from waterspace.reports.changes.words import differences

if TYPE_CHECKING:
    from waterspace.domain import Exercise

__all__ = ["Renames", "find_renames", "renamed", "sections"]

Renames = dict[str, dict[str, str]]
"""Section to the old id of each of its things that has another one now, to the new id."""

_FIRST = ("platforms", "objectives", "areas", "phases", "units", "groups", "serials")
"""Sections in an order in which each names only those before it, and itself."""

_KNOWN_BY_NAME = frozenset({"units", "groups", "serials", "areas"})
"""Where a name that stands once in both plans tells that two entries are one, though other things changed too."""

_MOST_CHANGED = 1
"""So many fields of a serial may have changed for it to be known again under another id without a name of its own."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "platform": ("platforms",),
    "home_unit": ("units",),
    "flagship": ("units",),
    "shadows": ("units",),
    "units": ("units", "groups"),
    "area": ("areas",),
    "areas": ("areas",),
    "after": ("serials",),
    "objectives": ("objectives",),
    "phase": ("phases",),
    "covers": ("serials", "areas"),
    "to": ("units", "groups", "serials"),
    "delays": ("serials",),
    "serials": ("serials",),
    "owner": ("units", "groups"),
    "about": ("serials", "units", "groups", "areas", "notices", "permissions"),
}
"""Name of a field that holds ids, to the sections that they are of."""

T = TypeVar("T")


def sections(exercise: Exercise) -> Iterator[str]:
    """Names of the parts of a plan that hold things by id, in the order of the class."""
    for one in fields(exercise):
        value = getattr(exercise, one.name)
        if one.name != "places" and isinstance(value, Mapping):
            yield one.name


def find_renames(old: Exercise, new: Exercise) -> Renames:
    """The things that have another id and nothing else new, and those known again though something is new.

    Those are units, groups, serials and areas by a name that nothing else has, and serials in which one thing changed
    where no other comes as near.
    """
    found: Renames = {}
    names = [name for name in sections(new) if name not in _FIRST]
    for section in (*_FIRST, *names):
        for look in _LOOKS:
            while fresh := _matches(section, renamed(old, found), new, look):
                found.setdefault(section, {}).update(fresh)
                if look is not _by_content:
                    break
    return found


def renamed(exercise: Exercise, renames: Renames) -> Exercise:
    """The same plan with other ids, wherever it names them."""
    if not any(renames.values()):
        return exercise
    given: dict[str, Any] = {}
    for one in fields(exercise):
        value = getattr(exercise, one.name)
        if one.name in {"places", "source"}:
            continue
        if isinstance(value, Mapping):
            own = renames.get(one.name, {})
            given[one.name] = {own.get(id_, id_): _with_id(_told(thing, renames), own) for id_, thing in value.items()}
        else:
            given[one.name] = _told(value, renames)
    return replace(exercise, **given)


def _matches(section: str, old: Exercise, new: Exercise, look: _Look) -> dict[str, str]:
    """Old ids that the new plan lacks, to the new ids of what is the same there."""
    olds: Mapping[str, Any] = getattr(old, section)
    news: Mapping[str, Any] = getattr(new, section)
    dropped = {id_: olds[id_] for id_ in sorted(olds.keys() - news.keys())}
    added = {id_: news[id_] for id_ in sorted(news.keys() - olds.keys())}
    if not dropped or not added or not all(map(is_dataclass, (*dropped.values(), *added.values()))):
        return {}
    if (look is _by_name and section not in _KNOWN_BY_NAME) or (look is _by_nearness and section != "serials"):
        return {}
    return look(dropped, added)


def _by_content(dropped: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, str]:
    waiting: dict[str, list[str]] = defaultdict(list)
    for id_, thing in added.items():
        waiting[_given_name(id_, thing)].append(id_)
    found: dict[str, str] = {}
    for id_, thing in dropped.items():
        left = waiting[_given_name(id_, thing)]
        bare = _bare(id_, thing)
        match = next((other for other in left if same(bare, _bare(other, added[other]))), None)
        if match is not None:
            left.remove(match)
            found[id_] = match
    return found


def _by_name(dropped: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, str]:
    def known(things: Mapping[str, Any]) -> dict[tuple[str, ...], str]:
        seen: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for id_, thing in things.items():
            if name := _given_name(id_, thing):
                kinds = (str(getattr(thing, field, "")) for field in ("nation", "type"))
                seen[(name, *kinds)].append(id_)
        return {key: ids[0] for key, ids in seen.items() if len(ids) == 1}

    names, fresh = known(dropped), known(added)
    return {id_: fresh[key] for key, id_ in names.items() if key in fresh}


def _by_nearness(dropped: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, str]:
    """Pairs that differ in one thing only, where neither differs so little from any other."""
    near = [
        (old, new)
        for old, was in dropped.items()
        for new, now in added.items()
        if was.type == now.type and _changed_count(_bare(old, was), _bare(new, now)) <= _MOST_CHANGED
    ]
    olds, news = Counter(old for old, _ in near), Counter(new for _, new in near)
    return {old: new for old, new in near if olds[old] == news[new] == 1}


def _changed_count(was: object, now: object) -> int:
    return len(list(islice(differences(was, now), _MOST_CHANGED + 1)))


_Look: TypeAlias = Callable[[Mapping[str, Any], Mapping[str, Any]], dict[str, str]]

_LOOKS: tuple[_Look, ...] = (_by_content, _by_name, _by_nearness)
"""Ways to know a thing again, the surest first."""


def _given_name(id_: str, thing: object) -> str:
    """The name of a thing; empty where it has none of its own."""
    name = str(getattr(thing, "name", ""))
    return "" if name == id_ else name


def _bare(id_: str, thing: Any) -> Any:  # noqa: ANN401  # things are of many classes
    """A thing without its id."""
    return _with_id(thing, {id_: ""})


def _with_id(thing: T, ids: Mapping[str, str]) -> T:
    """A thing under another id, wherever it carries its own."""
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    held = {one.name: getattr(thing, one.name) for one in fields(thing)}
    own = str(held.get("id", held.get("key", "")))
    if own not in ids:
        return thing
    changed = {
        name: ids[own] for name in ("id", "key", "owner", "name") if held.get(name) == own and _is_own(thing, name)
    }
    return replace(thing, **changed)


def _is_own(thing: object, name: str) -> bool:
    """Whether a field that equals the id of its thing is the id, and not the name of another thing."""
    return name != "owner" or hasattr(thing, "hazard")


def _told(value: Any, renames: Renames, name: str = "") -> Any:  # noqa: ANN401  # values of a plan are of many classes
    """A value with new ids where it names things."""
    if isinstance(value, str):
        return next((renames[key][value] for key in _NAMES.get(name, ()) if value in renames.get(key, {})), value)
    if isinstance(value, tuple):
        return tuple(_told(one, renames, name) for one in value)
    if isinstance(value, Mapping):
        return {key: _told(one, renames, name) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        fresh = {key: _told(one, renames, key) for key, one in held.items()}
        changed = {key: one for key, one in fresh.items() if one is not held[key] and one != held[key]}
        return replace(value, **changed) if changed else value
    return value
