"""Third parties and law (WS3): what is dangerous in a territorial sea has the permission of its state."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from waterspace.checks.families.third_parties.consents import shortcomings
from waterspace.checks.families.third_parties.seas import dangerous, lacks
from waterspace.checks.rule import Remark, rule
from waterspace.checks.words import at, sentence, span
from waterspace.domain import Amount, Severity, Window
from waterspace.notation import format_distance
from waterspace.quantity import nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.checks.families.third_parties.seas import Need
    from waterspace.domain import Reservation
    from waterspace.environment.limits.reach import NearZone

__all__ = ["in_a_territorial_sea"]


@rule(
    code="WS301",
    name="in-a-territorial-sea",
    severity=Severity.ERROR,
    summary="A dangerous claim reaches into a territorial sea without that state's permission in the file.",
    why=(
        "Weapons practice, aircraft operations and anything else that has no direct bearing on passage are not "
        "innocent passage; in a territorial sea they need the consent of the state. The limit is computed, not legal: "
        "12 nm, or 3 nm in the straits where a state claims no more, from the shoreline of the packaged data and from "
        "the closing lines it knows. A permission counts if its kind is `territorial sea`, it covers the serial, its "
        "area or everything, is not dated after the serial starts, and its `valid`, where it has one, holds for all of "
        "the serial's times, alternate ones included. The host's own waters give a warning, a shore that the data "
        "assigns to no state gives a warning too."
    ),
    source="UN Convention on the Law of the Sea, articles 3 (12 nm), 8 (internal waters) and 19(2)(a)-(l)",
    bad="""
areas:
  WEST: {name: West, circle: {centre: 37-41.0N 130-54.0E, radius: 5 nm}, vertical: surface to 3000 ft}
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
    good="""
areas:
  WEST: {name: West, circle: {centre: 37-41.0N 130-54.0E, radius: 5 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
permissions:
  L1: {state: KOR, kind: territorial sea, covers: S1, date: 2026-05-01T00:00Z, reference: note 17}
""",
)
def in_a_territorial_sea(context: Context) -> Iterator[Remark]:
    """One remark for each serial and state, about the claim that reaches in deepest."""
    deepest: dict[tuple[str, str], Need[Reservation]] = {}
    for need in context.once(dangerous):
        key = (need.of.owner, need.near.state)
        if key not in deepest or need.near.inside_m > deepest[key].near.inside_m:
            deepest[key] = need
    for _, need in sorted(deepest.items(), key=itemgetter(0)):
        if lacks(context, need):
            yield _trespass(context, need.of, need.near)


def _trespass(context: Context, claim: Reservation, near: NearZone) -> Remark:
    host = context.exercise.host
    what = sentence(context.claim_title(claim))
    when = span(Window(start_ms=claim.windows[0].start_ms, end_ms=claim.windows[-1].end_ms))
    reach = _reach(near)
    if not near.state:
        message = (
            f"{what} {reach} a shore near {at(near.position)}, {when}, less than 12 nm. The packaged data assigns this "
            "shore to no state: settle whose consent is needed, or move the serial."
        )
    else:
        message = (
            f"{what} {reach} the coast of {near.state} near {at(near.position)}, {when}: it is in "
            f"{_water(near, host)}, and no permission of {near.state} for it is in the file."
            f"{shortcomings(context, near.state, claim.owner)} Enter the permission, or move the serial."
        )
    lenient = not near.state or near.state == host
    return Remark(
        message=message,
        subjects=(claim.owner, *filter(None, (near.state,))),
        path=("serials", claim.owner),
        position=near.position,
        window=claim.windows[0],
        severity=Severity.WARNING if lenient else None,
        shapes=(claim.footprint,),
        amount=Amount(round(nautical_miles(near.distance_m), 1), round(nautical_miles(near.breadth_m), 1), "nm"),
    )


def _reach(near: NearZone) -> str:
    """How far a claim comes to the baseline."""
    return f"reaches to {format_distance(near.distance_m)} from" if near.distance_m > 0.0 else "reaches over"


def _water(near: NearZone, host: str) -> str:
    """What the water there is, and whose."""
    from waterspace.environment.limits.breadths import Zone

    internal = near.zone is Zone.INTERNAL_WATERS
    name = "internal waters" if internal else "territorial sea"
    breadth = "" if internal else f"{nautical_miles(near.breadth_m):g} nm, "
    whose = f"the host's own {name}" if near.state == host else f"the {name} of {near.state}"
    return f"{whose} ({breadth}computed)"
