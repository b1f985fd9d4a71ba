"""Objectives, command and assessment (WS7): what each serial is for, and who is in command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.domain import Medium, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context

__all__ = ["command_unnamed", "flagship_outside_group", "objective_without_serial", "serial_without_objective"]

_MANY_SHIPS = 3
"""From so many ships on the plan should name who is in command."""

_TACTICAL_COMMAND = "OTC"


@rule(
    code="WS701",
    name="serial-without-objective",
    severity=Severity.ADVICE,
    summary="A serial serves no objective.",
    why="Nobody can say afterwards whether it succeeded, or why it should stay when time runs short.",
    source=JUDGEMENT,
    bad="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h}
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
def serial_without_objective(context: Context) -> Iterator[Remark]:
    """Serials that name no objective; one remark for all where the file has none at all."""
    exercise = context.exercise
    without = tuple(sorted(id_ for id_, serial in exercise.serials.items() if not serial.objectives))
    if without and not exercise.objectives:
        yield Remark(
            message="The exercise has no objectives, so nobody can say afterwards whether it succeeded.",
            subjects=without,
            path=("exercise", "name"),
        )
        return
    for id_ in without:
        message = f"{context.serial_title(id_)} serves no objective. Name one, or ask whether the serial is needed."
        yield Remark(message=message, subjects=(id_,), path=("serials", id_))


@rule(
    code="WS702",
    name="objective-without-serial",
    severity=Severity.WARNING,
    summary="No serial serves an objective.",
    why="What nobody practises cannot be reached; the programme has a gap, or the objective is left over.",
    source=JUDGEMENT,
    bad="""
objectives:
  O1: {text: Both ships have worked together in each other's language.}
  O2: {text: Both ships have refuelled each other.}
""",
    good="""
objectives:
  O1: {text: Both ships have worked together in each other's language.}
""",
)
def objective_without_serial(context: Context) -> Iterator[Remark]:
    """Objectives that no serial names."""
    served = {name for serial in context.exercise.serials.values() for name in serial.objectives}
    for id_, objective in context.exercise.objectives.items():
        if id_ not in served:
            message = f"No serial serves objective {id_}: {objective.text.rstrip('.')}."
            yield Remark(message=message, subjects=(id_,), path=("objectives", id_))


@rule(
    code="WS703",
    name="command-unnamed",
    severity=Severity.ADVICE,
    summary="An exercise of three ships or more names no command ship, or nobody in tactical command.",
    why=(
        "Orders at sea come from one officer in tactical command, and everybody must know who that is and where. Two "
        "ships settle it between their captains."
    ),
    source=JUDGEMENT,
    bad="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  CHARLIE: {name: Charlie, nation: KOR, class: cutter, start: 38-32.0N 134-00.0E}
""",
    good="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  CHARLIE: {name: Charlie, nation: KOR, class: cutter, start: 38-32.0N 134-00.0E}
groups:
  ALL: {units: [ALFA, BRAVO, CHARLIE], flagship: ALFA, roles: OTC}
""",
)
def command_unnamed(context: Context) -> Iterator[Remark]:
    """A command ship (or a flagship), and a group that holds tactical command."""
    exercise = context.exercise
    at_sea = {Medium.SURFACE, Medium.SUBSURFACE}
    ships = sum(unit.count for id_, unit in exercise.units.items() if context.medium(id_) in at_sea)
    if ships < _MANY_SHIPS:
        return
    groups = exercise.groups.values()
    missing = []
    if not any(unit.command_ship for unit in exercise.units.values()) and not any(group.flagship for group in groups):
        missing.append("no command ship or flagship")
    if not any(role.strip().upper() == _TACTICAL_COMMAND for group in groups for role in group.roles):
        missing.append("no group with the role OTC (officer in tactical command)")
    if missing:
        message = f"With {ships} ships at sea the plan names {' and '.join(missing)}."
        yield Remark(message=message, subjects=(), path=("groups" if exercise.groups else "units",))


@rule(
    code="WS704",
    name="flagship-outside-group",
    severity=Severity.WARNING,
    summary="The flagship of a group is not among its units.",
    why="The commander would then sail apart from the group, or the list of units is not complete.",
    source=JUDGEMENT,
    bad="""
groups:
  PAIR: {units: ALFA, flagship: BRAVO, roles: OTC}
""",
    good="""
groups:
  PAIR: {units: [ALFA, BRAVO], flagship: BRAVO, roles: OTC}
""",
)
def flagship_outside_group(context: Context) -> Iterator[Remark]:
    """Flagships that exist but belong to another group or to none."""
    exercise = context.exercise
    for id_, group in exercise.groups.items():
        if group.flagship in exercise.units and group.flagship not in group.units:
            message = (
                f"{context.unit_title(group.flagship)} is the flagship of {group.name or id_} but not one of its units."
            )
            yield Remark(message=message, subjects=(id_, group.flagship), path=("groups", id_, "flagship"))
