"""Integrity (WS0): the file is understood, and its names exist, are used and mean one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.references import in_place_classes
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.audiences import unknown_kinds
from waterspace.checks.words import did_you_mean, listing, surely_meant
from waterspace.domain import Edit, Fix, Medium, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.checks.references import Reference
    from waterspace.domain import Exercise

__all__ = [
    "class_hides_library",
    "file_fault",
    "unknown_name",
    "unused_name",
]

_LEAST_WORD = 4
"""Shorter words are near to too many others (assumed)."""


@rule(
    code="WS000",
    name="file-fault",
    severity=Severity.ERROR,
    summary="The file cannot be understood at this place.",
    why=(
        "Nothing is guessed: a quantity without its unit, a key that nobody knows or a name that stands twice may "
        "mean two things, and the wrong one would be planned on. All faults are listed at once, and no other rule is "
        "applied."
    ),
    source="the format of the exercise file, version 1 (docs/guide/exercise-file.md)",
    bad="""
areas:
  WEST: {circle: {centre: "38.5, 134.0", radius: 15}}
""",
    good="""
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}}
""",
)
def file_fault(context: Context) -> Iterator[Remark]:  # noqa: ARG001  # a plan that was read has no faults
    """The reader of the file reports faults; a plan that was read has none."""
    yield from ()


@rule(
    code="WS001",
    name="unknown-name",
    severity=Severity.ERROR,
    summary="A name points at an entry that does not exist.",
    why=(
        "What the planner meant is lost: a unit that is misspelt is not in the serial, a notice that covers nothing "
        "warns nobody. Everything that hangs on the name is left out of the programme and of the other rules."
    ),
    source=JUDGEMENT,
    bad="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
    good="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
)
def unknown_name(context: Context) -> Iterator[Remark]:
    """Every reference to an entry, a type, a role, a port or a kind of notice that does not exist."""
    exercise = context.exercise
    for reference in context.references:
        if reference.is_dangling:
            hint = did_you_mean(reference.name, set(reference.targets) - {reference.owner})
            if reference.kind == "unit" and reference.name in exercise.groups:
                hint = f" {reference.name} is a group; name its units."
            message = f"{reference.owner} names {reference.name}, but there is no {reference.kind} of that name.{hint}"
            yield Remark(
                message=message,
                subjects=(reference.owner, reference.name),
                path=reference.path,
                fix=_spelling(reference),
            )
    yield from _unknown_homes(context)
    yield from _unknown_types_and_roles(context)
    yield from unknown_kinds(exercise)
    yield from _misspelt_owners(exercise)


def _misspelt_owners(exercise: Exercise) -> Iterator[Remark]:
    """Owners of objectives, which may be anybody, that are nearly the name of somebody of the plan."""
    nations = {unit.nation for unit in exercise.units.values()} | {one.nation for one in exercise.participants.values()}
    ids = exercise.units.keys() | exercise.groups.keys() | exercise.participants.keys() | nations
    names = {unit.name for unit in exercise.units.values()} | {group.name for group in exercise.groups.values()}
    folded = {name.casefold() for name in ids | names}
    for id_, objective in exercise.objectives.items():
        owner = objective.owner.strip()
        if len(owner) < _LEAST_WORD or " " in owner or owner.casefold() in folded:
            continue
        hint = did_you_mean(owner, ids) or did_you_mean(owner, names)
        if hint:
            message = f"The owner of {id_} is {owner}, which is no unit, group or nation of the plan.{hint}"
            path = ("objectives", id_, "owner")
            yield Remark(message=message, subjects=(id_, owner), path=path, severity=Severity.ADVICE)


def _spelling(reference: Reference) -> Fix | None:
    """The one name that can be meant, in place of the one that does not exist."""
    meant = surely_meant(reference.name, set(reference.targets) - {reference.owner})
    return Fix(title=f"Write {meant} for {reference.name}", edits=(Edit(reference.path, meant),)) if meant else None


def _unknown_homes(context: Context) -> Iterator[Remark]:
    for id_, unit in context.exercise.units.items():
        if unit.home_name and unit.home is None and not unit.home_unit:
            from waterspace.environment import places

            near = places.near_misses(unit.home_name)
            own = "" if near else did_you_mean(unit.home_name, context.exercise.units)
            hint = f" Did you mean {' or '.join(near)}?" if near else own or " Write its position, or its code."
            message = f"{id_} is based at {unit.home_name}, but no port, airfield or unit of that name is known.{hint}"
            yield Remark(message=message, subjects=(id_, unit.home_name), path=("units", id_, "home"))


def _unknown_types_and_roles(context: Context) -> Iterator[Remark]:
    from waterspace.serials import registry

    for id_, serial in context.exercise.serials.items():
        type_ = context.types.get(id_)
        if type_ is None:
            hint = did_you_mean(serial.type, registry.keys())
            message = f"{id_} is of type {serial.type}, but no such type of serial is installed.{hint}"
            yield Remark(message=message, subjects=(id_, serial.type), path=("serials", id_, "type"))
            continue
        known = [role.name for role in type_.roles]
        for role in serial.units:
            if role not in known:
                message = (
                    f"{context.serial_title(id_)} gives units the role {role}, but {type_.title} has "
                    f"{listing(known) or 'no roles'}.{did_you_mean(role, known)}"
                )
                yield Remark(message=message, subjects=(id_, role), path=("serials", id_, "units", role))


@rule(
    code="WS002",
    name="unused-name",
    severity=Severity.ADVICE,
    summary="An entry is declared and nothing uses it.",
    why=(
        "Either something was forgotten, such as the serial of a ship that came to take part, or the entry is left "
        "over from an earlier plan and misleads the reader."
    ),
    source=JUDGEMENT,
    bad="""
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
  EAST: {circle: {centre: 38-30.0N 135-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
""",
    good="""
areas:
  WEST: {circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
""",
)
def unused_name(context: Context) -> Iterator[Remark]:
    """Areas, classes given in place, groups and units that nothing names."""
    exercise = context.exercise
    named = {(reference.kind, reference.name) for reference in context.references}
    used = {(section, name) for kind, name in named for section in _sections(kind)}
    busy = set(exercise.expand(tuple(name for section, name in used if section == "players")))
    for id_ in exercise.areas:
        if ("areas", id_) not in used:
            yield _unused("areas", id_, "no serial, notice or permission names it")
    for id_ in in_place_classes(exercise):
        if ("classes", id_) not in used:
            yield _unused("classes", id_, "no unit and no observer is of this class")
    for id_, group in exercise.groups.items():
        if ("players", id_) not in used and not group.roles:
            yield _unused("groups", id_, "no serial or inject names it, and it holds no command role")
    flagships = {group.flagship for group in exercise.groups.values()}
    carriers = {unit.home_unit for unit in exercise.units.values()}
    for id_, unit in exercise.units.items():
        stays = unit.command_ship or context.medium(id_) is Medium.SHORE
        if id_ not in busy | flagships | carriers and not stays:
            yield _unused("units", id_, "it takes part in no serial")


def _sections(kind: str) -> tuple[str, ...]:
    """Where a reference of a kind may point, players being units and groups named to take part."""
    if kind in {"unit or group", "serial, unit or group"}:
        return ("players",)
    return {"area": ("areas",), "serial or area": ("areas",), "class": ("classes",)}.get(kind, ())


def _unused(section: str, id_: str, reason: str) -> Remark:
    return Remark(message=f"{id_} is not used: {reason}.", subjects=(id_,), path=(section, id_))


@rule(
    code="WS006",
    name="class-hides-library",
    severity=Severity.WARNING,
    summary="A class given in the file has the key of a class in the library, which it replaces.",
    why="A reader who knows the library expects its figures; the file's own are used instead.",
    source=JUDGEMENT,
    bad="""
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn}
  type054a: {name: Type 054A, kind: frigate, medium: surface, max_speed: 40 kn, economical_speed: 18 kn}
""",
    good="""
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn}
  type054a_fast: {name: Type 054A, kind: frigate, medium: surface, max_speed: 40 kn, economical_speed: 18 kn}
""",
)
def class_hides_library(context: Context) -> Iterator[Remark]:
    """Classes given in place under a key of the library."""
    given = in_place_classes(context.exercise)
    if not given:
        return
    from waterspace.environment import classes

    for key in given:
        hidden = classes.library().get(key)
        if hidden is not None:
            message = f"The class {key} given here replaces {hidden.name} of the library. Give it a key of its own."
            yield Remark(message=message, subjects=(key,), path=("classes", key))
