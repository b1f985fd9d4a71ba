"""Resources (WS1): units can be where the programme wants them, in the numbers and with the means it wants."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import lasting, listing, plural, span
from waterspace.domain import Amount, Medium, Severity
from waterspace.notation import format_speed
from waterspace.quantity import MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.domain import Serial
    from waterspace.serials.base import Role

__all__ = [
    "area_needed",
    "fallback_speed",
    "role_filled_badly",
    "two_serials_at_once",
]


@rule(
    code="WS101",
    name="two-serials-at-once",
    severity=Severity.ERROR,
    summary="A unit is needed in two serials at the same time.",
    why="One of the two will run short of it, and which one is then decided at sea.",
    source=JUDGEMENT,
    bad="""
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T01:00Z, duration: 2 h, objectives: O1}
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
  S2: {type: assembly, area: WEST, units: {units: BRAVO}, start: 2026-06-08T01:00Z, duration: 2 h, objectives: O1}
""",
)
def two_serials_at_once(context: Context) -> Iterator[Remark]:
    """One remark for each pair of serials that want the same units at the same time."""
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit, serials in sorted(context.programme.assignments.items()):
        for number, first in enumerate(serials):
            for second in serials[number + 1 :]:
                if context.windows[second].start_ms >= context.windows[first].end_ms:
                    break
                shared[first, second].append(unit)
    for (first, second), units in sorted(shared.items()):
        both = context.windows[first].overlap(context.windows[second])
        assert both is not None
        names = listing([context.unit_title(unit) for unit in units])
        message = (
            f"{names} {'is' if len(units) == 1 else 'are'} in {context.serial_title(first)} and in "
            f"{context.serial_title(second)} at once, {span(both)} ({lasting(both.end_ms - both.start_ms)})."
        )
        subjects = (first, second, *units)
        yield Remark(
            message=message,
            subjects=subjects,
            about=(first, second),
            path=("serials", second, "start"),
            position=context.area_position(second),
            window=both,
            amount=Amount(round((both.end_ms - both.start_ms) / MINUTE_MS, 1), 0.0, "min"),
        )


@rule(
    code="WS104",
    name="role-filled-badly",
    severity=Severity.ERROR,
    summary="A role of a serial has too few units, too many, or units that cannot play it.",
    why=(
        "A serial without its parts cannot run as its type describes it: nobody fires, nobody watches, nobody "
        "supplies. Airframes of a flight are counted one by one. Names that do not exist are counted, for another "
        "rule reports them."
    ),
    source="the roles of each serial type, as `waterspace serials` lists them",
    bad="""
serials:
  S1: {type: replenishment, area: WEST, units: {supply: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
""",
    good="""
serials:
  S1:
    type: replenishment
    area: WEST
    units: {supply: ALFA, receiving: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
)
def role_filled_badly(context: Context) -> Iterator[Remark]:
    """Every role of every serial: numbers and media."""
    for id_, type_ in context.types.items():
        serial = context.exercise.serials[id_]
        for role in type_.roles:
            units = context.exercise.units_in(serial, role.name)
            yield from _numbers(context, serial, role, units)
            yield from _media(context, serial, role, units)


def _numbers(context: Context, serial: Serial, role: Role, units: tuple[str, ...]) -> Iterator[Remark]:
    known, groups = context.exercise.units, context.exercise.groups
    count = sum([known[unit].count for unit in units])
    count += sum([name not in known and name not in groups for name in serial.units.get(role.name, ())])
    if role.minimum <= count and (role.maximum is None or count <= role.maximum):
        return
    title = context.serial_title(serial.id)
    path, about = ("serials", serial.id, "units", role.name), (serial.id, f"role {role.name}")
    if count < role.minimum:
        has = "has none" if count == 0 else f"has {count}"
        wanted = f"at least {plural(role.minimum, 'unit')} in the role {role.name}"
        message = f"{title} needs {wanted}, but {has}: {_lower(role.text)}"
        yield Remark(message=message, subjects=(serial.id, *units), about=about, path=path)
    if role.maximum is not None and count > role.maximum:
        message = (
            f"{title} has {count} in the role {role.name}, but there is room for {role.maximum}: {_lower(role.text)}"
        )
        yield Remark(message=message, subjects=(serial.id, *units), about=about, path=path)


def _media(context: Context, serial: Serial, role: Role, units: tuple[str, ...]) -> Iterator[Remark]:
    for unit in units:
        medium = context.medium(unit)
        if medium is not None and medium not in role.media:
            allowed = listing(sorted(medium.value for medium in role.media))
            message = (
                f"{context.unit_title(unit)} moves {_WHERE[medium]} and cannot play the role {role.name} of "
                f"{context.serial_title(serial.id)}, which is for {allowed} units."
            )
            yield Remark(message=message, subjects=(serial.id, unit), path=("serials", serial.id, "units", role.name))


_WHERE = {
    Medium.SURFACE: "on the surface",
    Medium.SUBSURFACE: "under water",
    Medium.AIR: "in the air",
    Medium.SHORE: "nowhere (it is ashore)",
}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


@rule(
    code="WS105",
    name="fallback-speed",
    severity=Severity.ADVICE,
    summary="A class gives no speed to go by, so an assumed one is used.",
    why=(
        "Passages, arrivals and fuel then rest on a guess: 12 kn for a ship, 6 kn for a submarine, 120 kn for an "
        "aircraft, or the greatest speed where that is less."
    ),
    source="the fallback speeds are assumed",
    bad="""
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn}
""",
    good="""
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 14 kn}
""",
)
def fallback_speed(context: Context) -> Iterator[Remark]:
    """One remark for each class without a speed whose units the programme moves."""
    from waterspace.serials.base import cruising_speed_mps

    exercise = context.exercise
    by_class: dict[str, list[str]] = defaultdict(list)
    for unit, serials in context.programme.assignments.items():
        if serials and context.medium(unit) is not Medium.SHORE:
            by_class[exercise.units[unit].platform].append(unit)
    for key, units in sorted(by_class.items()):
        platform = exercise.platforms.get(key)
        if platform is not None and (platform.economical_speed_mps or platform.cruise_speed_mps):
            continue
        units.sort()
        speed = format_speed(cruising_speed_mps(exercise, units[0]))
        what = (
            f"The class {key} is unknown"
            if platform is None
            else f"The class {platform.name or key} gives no economical or cruising speed"
        )
        names = listing([context.unit_title(unit) for unit in units])
        message = f"{what}: {names} {'is' if len(units) == 1 else 'are'} taken to go at {speed} (assumed)."
        place = ("classes", key) if f"classes.{key}" in exercise.places else ("units", units[0], "class")
        yield Remark(message=message, subjects=(key, *units), about=(key,), path=place)


@rule(
    code="WS107",
    name="area-needed",
    severity=Severity.ERROR,
    summary="A serial whose type takes place in an area names none.",
    why="Its units cannot be placed, so neither the programme nor the rules know where it is.",
    source="the needs of each serial type, as `waterspace serials` lists them",
    bad="""
serials:
  S1: {type: assembly, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
""",
)
def area_needed(context: Context) -> Iterator[Remark]:
    """Serials without an area, by what their types need."""
    for id_, type_ in context.types.items():
        serial = context.exercise.serials[id_]
        if not serial.area and type_.needs(serial.parameters).area:
            title = context.serial_title(id_)
            message = f"{title} names no area, and {type_.title} takes place in one. Nobody can be placed."
            yield Remark(message=message, subjects=(id_,), path=("serials", id_))
