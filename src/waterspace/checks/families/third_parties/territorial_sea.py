"""Third parties and law (WS3): states, other exercises and warnings in force are respected."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from waterspace.checks.families.third_parties.consents import shortcomings
from waterspace.checks.families.third_parties.seas import dangerous, lacks
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.views.intrusion import intruders_each, legs_near_each, runs
from waterspace.checks.words import at, extent, listing, sentence, span
from waterspace.domain import Amount, Severity, Window
from waterspace.notation import format_distance
from waterspace.quantity import hours, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.checks.context import Context
    from waterspace.checks.families.third_parties.seas import Need
    from waterspace.domain import Reservation
    from waterspace.environment.limits.reach import NearZone
    from waterspace.geometry.meeting import Clash

__all__ = ["in_a_territorial_sea", "meets_others", "track_through_a_warning"]


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
        "the serial's time. The host's own waters give a warning, a shore that the data assigns to no state gives a "
        "warning too."
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


@rule(
    code="WS302",
    name="meets-others",
    severity=Severity.WARNING,
    summary="A claim of a serial meets another exercise, a standing reservation or a warning of others.",
    why=(
        "Somebody else has the water, or has warned of it. It is an error where either side is firing or a warning "
        "is in force, otherwise a warning. Warnings are entries under `context.reservations`, or messages in the files "
        "that `context.warnings` names; of those that tell of no practice, launch or closed area it is a warning."
    ),
    source=(
        "UN Convention on the Law of the Sea, article 87(2): due regard for others; the example of 16 July 2023, "
        "when two exercises shared the Sea of Japan; the severities are our judgement"
    ),
    bad="""
context:
  reservations:
    R1:
      name: Rocket launch
      hazard: warning
      circle: {centre: 38-30.0N 134-10.0E, radius: 10 nm}
      windows: [{start: 2026-06-08T00:00Z, end: 2026-06-08T06:00Z}]
""",
    good="""
context:
  reservations:
    R1:
      name: Rocket launch
      hazard: warning
      circle: {centre: 39-30.0N 134-10.0E, radius: 10 nm}
      windows: [{start: 2026-06-08T00:00Z, end: 2026-06-08T06:00Z}]
""",
)
def meets_others(context: Context) -> Iterator[Remark]:
    """One remark for each serial and each claim of others, about their first meeting."""
    from waterspace.environment.outsiders import known_as, own_id

    known = known_as(context.outsiders)
    for (serial, other), (claim, outsider, clash) in context.once(_meetings).items():
        grave = _is_grave(context, outsider) or claim.hazard.endangers_shipping
        message = (
            f"{sentence(context.claim_title(claim))} meets {_outsider_title(context, outsider)} near "
            f"{at(clash.position)}, {extent(clash)}. Move the serial in time, place or height."
        )
        yield Remark(
            message=message,
            subjects=(serial, own_id(outsider)),
            about=(serial, known[other]),
            path=("serials", serial),
            clash=clash,
            severity=Severity.ERROR if grave else None,
            amount=_overlap(outsider, clash),
        )
    placeless = [
        drill.name or drill.id
        for drill in context.exercise.other_exercises.values()
        if drill.footprint is None and any(drill.window.overlap(window) for window in context.windows.values())
    ]
    if placeless:
        raise NotCheckedError(f"no position is given for {listing(placeless)}")


def _meetings(context: Context) -> Mapping[tuple[str, str], tuple[Reservation, Reservation, Clash]]:
    """Serial and claim of others to their gravest, then first meeting, in order of the pair."""
    claims, outsiders, meetings = context.reservations, context.outsiders, context.meetings
    found: dict[tuple[str, str], tuple[Reservation, Reservation, Clash]] = {}
    places = [k for k, second in enumerate(meetings.second.tolist()) if second >= len(claims)]
    for k, met in zip(places, meetings.clashes(places), strict=True):
        claim, outsider = claims[int(meetings.first[k])], outsiders[int(meetings.second[k]) - len(claims)]
        known = found.get((claim.owner, outsider.owner))
        if known is None or _order(claim, outsider, met) < _order(*known):
            found[claim.owner, outsider.owner] = (claim, outsider, met)
    return dict(sorted(found.items()))


def _order(claim: Reservation, outsider: Reservation, met: Clash) -> tuple[bool, bool, Window]:
    """Firing and warnings first, then by time."""
    return not outsider.hazard.endangers_shipping, not claim.hazard.endangers_shipping, met.window


def _is_grave(context: Context, outsider: Reservation) -> bool:
    """Whether a claim of others is a danger to shipping, or says so: not each message that warns of a buoy."""
    from waterspace.checks.views.warned import is_practice
    from waterspace.environment.outsiders import WARNINGS, sort_of

    return is_practice(context, outsider) if sort_of(outsider) == WARNINGS else outsider.hazard.endangers_shipping


def _overlap(outsider: Reservation, clash: Clash) -> Amount | None:
    """For how long a message of others is met, against no time at all."""
    from waterspace.environment.outsiders import WARNINGS, sort_of

    if sort_of(outsider) != WARNINGS:
        return None
    return Amount(round(hours(clash.window.end_ms - clash.window.start_ms), 1), 0.0, "h")


def _outsider_title(context: Context, outsider: Reservation) -> str:
    from waterspace.checks.views.warned import title
    from waterspace.environment.outsiders import EXERCISES, WARNINGS, own_id, sort_of

    if sort_of(outsider) == WARNINGS:
        return title(context, outsider)
    if sort_of(outsider) != EXERCISES:
        return outsider.name
    participants = sorted(context.exercise.other_exercises[own_id(outsider)].participants)
    return f"{outsider.name} ({', '.join(participants)})" if participants else outsider.name


@rule(
    code="WS303",
    name="track-through-a-warning",
    severity=Severity.WARNING,
    summary="The planned track of a unit leads through a firing or warning area of somebody else while it is active.",
    why=(
        "A warning in force is meant for everybody. Units are taken to go straight from serial to serial; serials "
        "whose own claim meets the area are reported by another rule."
    ),
    source=f"UN Convention on the Law of the Sea, article 87(2): due regard; {JUDGEMENT}",
    bad="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 38-30.0N 135-00.0E]
    start: 2026-06-08T00:00Z
    duration: 4 h
    objectives: O1
  S2:
    type: transit
    units: {units: ALFA}
    route: [39-30.0N 135-00.0E, 39-30.0N 134-00.0E]
    start: 2026-06-08T10:00Z
    duration: 4 h
    objectives: O1
context:
  reservations:
    R1:
      name: Rocket launch
      hazard: warning
      circle: {centre: 39-00.0N 135-00.0E, radius: 10 nm}
      windows: [{start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z}]
""",
    good="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [38-30.0N 134-00.0E, 38-30.0N 135-00.0E]
    start: 2026-06-08T00:00Z
    duration: 4 h
    objectives: O1
  S2:
    type: transit
    units: {units: ALFA}
    route: [39-30.0N 135-00.0E, 39-30.0N 134-00.0E]
    start: 2026-06-08T10:00Z
    duration: 4 h
    objectives: O1
context:
  reservations:
    R1:
      name: Rocket launch
      hazard: warning
      circle: {centre: 39-00.0N 134-30.0E, radius: 10 nm}
      windows: [{start: 2026-06-08T00:00Z, end: 2026-06-09T00:00Z}]
""",
)
def track_through_a_warning(context: Context) -> Iterator[Remark]:
    """One remark for each claim of others, about the first unit inside."""
    from waterspace.environment.outsiders import known_as, own_id

    known = known_as(context.outsiders)
    reported: dict[str, set[str]] = defaultdict(set)
    for serial, other in context.once(_meetings):
        reported[other].add(serial)
    dangers = [outsider for outsider in context.outsiders if outsider.hazard.endangers_shipping]
    legs = [(unit, leg) for unit, track in context.programme.tracks.items() for leg in track.legs]
    asked = []
    for outsider, near in legs_near_each(dangers, context.unit_legs):
        told = reported[outsider.owner]
        due = groupby((legs[number] for number in near), key=itemgetter(0))
        asked.append((outsider, [(unit, runs(leg for _, leg in own if leg.serial not in told)) for unit, own in due]))
    for (outsider, _), inside in zip(asked, intruders_each(context, asked), strict=True):
        if not inside:
            continue
        units, clash = [name for name, _ in inside], inside[0][1]
        unit, others = units[0], [context.unit_title(name) for name in units[1:]]
        message = (
            f"The planned track of {context.unit_title(unit)} leads through {_outsider_title(context, outsider)} near "
            f"{at(clash.position)}, {extent(clash)}."
            f"{f' So do those of {listing(others)}.' if others else ''} Route it clear, or change its times."
        )
        yield Remark(
            message=message,
            subjects=(own_id(outsider), *units),
            about=(known[outsider.owner],),
            path=_path(context, outsider),
            clash=clash,
            severity=None if _is_grave(context, outsider) else Severity.ADVICE,
            amount=_overlap(outsider, clash),
        )


def _path(context: Context, outsider: Reservation) -> tuple[str, ...]:
    """Where a warning stands in the file; of what stands in a file of the planner's, where that is named."""
    from waterspace.checks.views.warned import path_of_claim
    from waterspace.environment.outsiders import AREAS, WARNINGS, own_id, sort_of

    if sort_of(outsider) == WARNINGS:
        return path_of_claim(context, outsider)
    is_in_file = sort_of(outsider) == AREAS
    return ("environment", "areas") if is_in_file else ("context", "reservations", own_id(outsider))
