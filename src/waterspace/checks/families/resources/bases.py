"""Resources (WS1): aircraft that take part have somewhere to come from and to land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import listing
from waterspace.domain import Medium, Severity, Window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context

__all__ = ["without_a_base"]

_FLEET = """
classes:
  cutter:
    name: Cutter
    kind: patrol vessel
    medium: surface
    max_speed: 24 kn
    economical_speed: 12 kn
    range: 4000 nm
    endurance: 20 d
    helicopter_spots: 1
  hopper: {{name: Hopper, kind: ship helicopter, medium: air, max_speed: 130 kn, cruise_speed: 120 kn, endurance: 3 h}}
units:
  ALFA: {{name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}}
  BRAVO: {{name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}}
  HELO: {{name: Helo, nation: JPN, class: hopper{home}}}
serials:
  S1:
    type: crossdeck
    area: WEST
    units: {{decks: [ALFA, BRAVO], helicopters: HELO}}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
"""


@rule(
    code="WS112",
    name="without-a-base",
    severity=Severity.WARNING,
    summary="An aircraft takes part in a serial, and nothing says which ship or airfield it comes from and lands on.",
    why=(
        "It is then planned as if it hung in the air from one serial to the next: no flight out and home, no deck to "
        "be clear, no fuel to be counted and no rest for its crew, and every rule about those is silent. A home is the "
        "ship that carries it, or an airfield by name, code or position."
    ),
    source=JUDGEMENT,
    bad=_FLEET.format(home=""),
    good=_FLEET.format(home=", home: ALFA"),
)
def without_a_base(context: Context) -> Iterator[Remark]:
    """One remark for each aircraft; a home that does not exist, or cannot carry it, is left to WS001 and WS007."""
    for id_, serials in context.programme.assignments.items():
        unit = context.exercise.units[id_]
        has_home = unit.home is not None or unit.home_unit or unit.home_name
        if not serials or has_home or context.medium(id_) is not Medium.AIR:
            continue
        titles = listing([context.serial_title(serial) for serial in serials])
        windows = [context.windows[serial] for serial in serials]
        lacks = (
            "nothing says where it takes off and lands"
            if unit.start is None
            else "its start says only where it begins, not where it takes off and lands"
        )
        message = (
            f"{context.unit_title(id_)} flies in {titles}, but {lacks}, so its flights, its fuel and its deck were not "
            "looked at. Name its home: a ship, an airfield or a position."
        )
        yield Remark(
            message=message,
            subjects=(id_, *serials),
            about=(id_,),
            path=("units", id_),
            position=context.area_position(serials[0]),
            window=Window(start_ms=min(windows).start_ms, end_ms=max(window.end_ms for window in windows)),
        )
