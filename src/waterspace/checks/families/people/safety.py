"""Safety of people (WS6): somebody watches safety, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.domain import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context

__all__ = ["safety_officer_also_conducts", "safety_officer_missing"]


@rule(
    code="WS601",
    name="safety-officer-missing",
    severity=Severity.ERROR,
    summary="A serial whose type needs a safety officer names none.",
    why=(
        "Charts do not show every firing area and others may be in it: the duty to see that it is clear, and to stop, "
        "lies on whoever fires, and must lie on one named person."
    ),
    source=(
        "Notices on firing practice and exercise areas, as reproduced at http://twa800.com/pages/notam.htm: charts "
        "do not show every area, and responsibility rests on the firing authority; which types need an officer is "
        "our judgement"
    ),
    bad="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
    good="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
)
def safety_officer_missing(context: Context) -> Iterator[Remark]:
    """Serials whose types need a safety officer."""
    for id_, type_ in context.types.items():
        serial = context.exercise.serials[id_]
        if not serial.safety_officer.strip() and type_.needs(serial.parameters).safety_officer:
            message = f"{context.serial_title(id_)} names no safety officer; a {type_.title} serial needs one."
            yield Remark(message=message, subjects=(id_,), path=("serials", id_))


@rule(
    code="WS602",
    name="safety-officer-also-conducts",
    severity=Severity.ERROR,
    summary="The safety officer of a serial is also its conducting officer.",
    why="Whoever wants the serial to succeed should not be the one who decides whether it is safe to go on.",
    source=JUDGEMENT,
    bad="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    conducting_officer: Captain, Alfa
    safety_officer: Captain, Alfa
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
    conducting_officer: Captain, Alfa
    safety_officer: Executive officer, Bravo
""",
)
def safety_officer_also_conducts(context: Context) -> Iterator[Remark]:
    """The two officers of each serial, capitals and spaces aside."""
    for id_, serial in context.exercise.serials.items():
        safety, conducting = (_plain(name) for name in (serial.safety_officer, serial.conducting_officer))
        if safety and safety == conducting:
            message = (
                f"{serial.safety_officer} is both safety officer and conducting officer of "
                f"{context.serial_title(id_)}. Name another officer for safety."
            )
            yield Remark(message=message, subjects=(id_,), path=("serials", id_, "safety_officer"))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
