"""Objectives, command and assessment (WS7): objectives are measured by something, and the lead is shared."""

from __future__ import annotations

import difflib
from collections import defaultdict
from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.words import listing, plural
from waterspace.domain import Amount, Edit, Fix, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.domain import Objective

__all__ = ["lead_uneven", "objective_unmeasured"]

_LEAD_SHARE = Limit(
    name="lead_least_share",
    kind=Kind.RATIO,
    default=0.5,
    meaning="A nation that leads less than this part of its even share of the serials it takes part in is a finding.",
)


@rule(
    code="WS708",
    name="objective-unmeasured",
    severity=Severity.WARNING,
    summary="Nothing that the serials of an objective measure can show whether it is met.",
    why=(
        "An objective that nobody measures is met when somebody says so. `waterspace serials` lists what each type of "
        "serial measures; an objective names those it needs under `measures`, or takes whatever its serials give."
    ),
    source=JUDGEMENT,
    bad="""
objectives:
  O1: {text: Both ships have met in time., owner: JPN, measures: [ready_ration]}
""",
    good="""
objectives:
  O1: {text: Both ships have met in time., owner: JPN}
""",
)
def objective_unmeasured(context: Context) -> Iterator[Remark]:
    """One remark for each objective whose serials measure nothing, and for each measure that none of them gives."""
    served: dict[str, dict[str, None]] = defaultdict(dict)
    serials: dict[str, list[str]] = defaultdict(list)
    for id_, type_ in context.types.items():
        for name in context.exercise.serials[id_].objectives:
            served[name].update(dict.fromkeys(type_.measured_by))
            serials[name].append(id_)
    for id_, objective in context.exercise.objectives.items():
        if not serials[id_]:
            continue
        given = tuple(served[id_])
        if not given:
            names = listing([context.serial_title(name) for name in sorted(serials[id_])])
            message = (
                f"Objective {id_} is served by {names}, whose types measure nothing. Add a serial that measures "
                "something, or say who judges it."
            )
            yield Remark(message=message, subjects=(id_, *sorted(serials[id_])), path=("objectives", id_), about=(id_,))
            continue
        for number, measure in enumerate(objective.measures):
            if measure not in given:
                yield _unknown_measure(objective, number, given)


def _unknown_measure(objective: Objective, number: int, given: tuple[str, ...]) -> Remark:
    measure, path = objective.measures[number], ("objectives", objective.id, "measures", str(number))
    close = difflib.get_close_matches(measure, sorted(given), n=1, cutoff=0.6)
    hint = f"Did you mean {close[0]}?" if close else f"They give {listing(sorted(given))}."
    message = f"Objective {objective.id} is to be shown by {measure}, which none of its serials measures. {hint}"
    fix = None
    if close and close[0] not in objective.measures:
        fix = Fix(title=f"Name the measure {close[0]}", edits=(Edit(path, close[0]),))
    return Remark(message=message, subjects=(objective.id, measure), path=path, fix=fix)


@rule(
    code="WS709",
    name="lead-uneven",
    severity=Severity.ADVICE,
    summary="A nation that takes part leads none of the serials, or far fewer than its even share.",
    why=(
        "Who only follows learns to follow, and comes back less willingly. In a serial of several nations each has an "
        "even share of the lead; a nation is named where its shares add up to one serial or more and it leads fewer "
        "than half of that. Nothing is said where the file names no leads."
    ),
    source=JUDGEMENT,
    bad="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h,
       objectives: O1, lead: JPN}
  S2: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-09T00:00Z, duration: 2 h,
       objectives: O1, lead: JPN}
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h,
       objectives: O1, lead: JPN}
  S2: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-09T00:00Z, duration: 2 h,
       objectives: O1, lead: KOR}
""",
    limits=(_LEAD_SHARE,),
)
def lead_uneven(context: Context) -> Iterator[Remark]:
    """One remark for each nation that leads too little."""
    exercise = context.exercise
    if not any(serial.lead for serial in exercise.serials.values()):
        return
    even: dict[str, float] = defaultdict(float)
    part: dict[str, int] = defaultdict(int)
    led: dict[str, int] = defaultdict(int)
    unnamed: list[str] = []
    for id_, serial in exercise.serials.items():
        nations = {exercise.units[unit].nation for unit in context.assigned[id_]}
        if len(nations) < 2:
            continue
        if not serial.lead:
            unnamed.append(id_)
            continue
        led[serial.lead] += 1
        for nation in nations:
            even[nation] += 1.0 / len(nations)
            part[nation] += 1
    share = context.limit(_LEAD_SHARE)
    for nation, due in sorted(even.items()):
        if due >= 1.0 - 1e-9 and led[nation] < share * due - 1e-9:
            yield _follower(nation, (part[nation], led[nation]), (due, share))
    if unnamed:
        raise NotCheckedError(f"nobody is named to lead {listing(sorted(unnamed))}")


def _follower(nation: str, counts: tuple[int, int], shares: tuple[float, float]) -> Remark:
    """What is said of a nation: how many serials it takes part in and leads; its even share, and the part it should."""
    (part, led), (due, share) = counts, shares
    message = (
        f"{nation} takes part in {plural(part, 'serial')} with others and leads {led or 'none'}; its even share would "
        f"be {due:.3g}, and {share:.0%} of that is looked for. Give it the lead of one more."
    )
    return Remark(
        message=message,
        subjects=(nation,),
        path=("participants", nation),
        amount=Amount(value=float(led), limit=share * due, unit="serials"),
    )
