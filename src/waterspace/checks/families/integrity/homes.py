"""Homes (WS0): a unit that is based on another is based on a ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.domain import Medium, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.checks.context import Context
    from waterspace.domain import Unit

__all__ = ["home_not_a_ship"]


@rule(
    code="WS007",
    name="home-not-a-ship",
    severity=Severity.ERROR,
    summary="The home of a unit is a unit that cannot carry it: itself, no surface ship, or one that it carries.",
    why=(
        "A unit based on another lies on its deck, goes where it goes and comes back to it. Only a surface ship has "
        "such a deck, and no unit lies on its own: where it is when it does nothing cannot be said."
    ),
    source=JUDGEMENT,
    bad="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-30.0N 134-00.5E}
  HELO1: {name: First, nation: JPN, class: z9, home: ALFA}
  HELO2: {name: Second, nation: JPN, class: z9, home: HELO1}
""",
    good="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-30.0N 134-00.5E}
  HELO1: {name: First, nation: JPN, class: z9, home: ALFA}
  HELO2: {name: Second, nation: JPN, class: z9, home: ALFA}
""",
)
def home_not_a_ship(context: Context) -> Iterator[Remark]:
    """One remark for each unit whose home is itself or no surface ship, and one for each circle."""
    units = context.exercise.units
    for id_, unit in units.items():
        home = units.get(unit.home_unit)
        if home is None:
            continue
        medium = context.medium(home.id)
        circle = _circle(units, id_)
        if home.id == id_:
            message = f"{id_} is its own home. Name the ship, the port or the airfield where it is based."
        elif medium not in {None, Medium.SURFACE}:
            message = f"{id_} is based on {home.id}, which is no surface ship. Name the ship that carries it."
        elif circle and id_ == min(circle):
            message = (
                f"{' on '.join((*circle, id_))}: these units are based on each other. Give one a port, or a position."
            )
        else:
            continue
        yield Remark(
            message=message, subjects=tuple(dict.fromkeys((id_, home.id, *circle))), path=("units", id_, "home")
        )


def _circle(units: Mapping[str, Unit], first: str) -> tuple[str, ...]:
    """The units from one home to the next, back to the first; empty where the way does not lead back."""
    passed: dict[str, None] = {}
    here = first
    while here in units and here not in passed:
        passed[here] = None
        here = units[here].home_unit
    return tuple(passed) if here == first else ()
