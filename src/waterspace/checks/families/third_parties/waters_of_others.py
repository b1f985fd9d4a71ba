"""Third parties and law (WS3): the waters of other exercises, of standing reservations and of warnings in force."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.views.intrusion import intruders_each, legs_near_each, runs
from waterspace.checks.words import at, extent, listing, sentence, span
from waterspace.domain import Amount, Severity, Window
from waterspace.quantity import hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.checks.context import Context
    from waterspace.domain import Leg, Reservation
    from waterspace.geometry.meeting import Clash

__all__ = ["meets_others", "track_through_a_warning"]


@rule(
    code="WS302",
    name="meets-others",
    severity=Severity.WARNING,
    summary="A claim of a serial meets another exercise, a standing reservation or a warning of others.",
    why=(
        "Somebody else has the water, or has warned of it. It is an error where either side is firing or a warning "
        "is in force, otherwise a warning. Warnings are entries under `context.reservations`, or messages in the files "
        "that `context.warnings` names; of those that tell of no practice, launch or closed area it is a warning. "
        "Serials that meet the same claim of others are told together."
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
    """One remark for each claim of others, about the first serial that meets it; graver meetings have their own."""
    from waterspace.environment.outsiders import known_as

    known = known_as(context.outsiders)
    for met in _by_outsider(context):
        yield _meeting(context, met, known[met[0].outsider.owner])
    placeless = [
        drill.name or drill.id
        for drill in context.exercise.other_exercises.values()
        if drill.footprint is None and any(drill.window.overlap(window) for window in context.windows.values())
    ]
    if placeless:
        raise NotCheckedError(f"no position is given for {listing(placeless)}")


class _Met(NamedTuple):
    """The first meeting of a serial with a claim of others."""

    serial: str
    claim: Reservation
    outsider: Reservation
    clash: Clash


def _by_outsider(context: Context) -> Iterator[list[_Met]]:
    """The meetings to be told together, in order of time: of one claim of others, and as grave as each other.

    Those of a serial that the file's acceptances name stand alone, so that nobody accepts more than was meant.
    """
    found: dict[tuple[str, str, bool], list[_Met]] = defaultdict(list)
    for (serial, other), (claim, outsider, clash) in context.once(_meetings).items():
        alone = serial if _is_accepted_alone(context, serial, outsider) else ""
        found[other, alone, _is_error(context, claim, outsider)].append(_Met(serial, claim, outsider, clash))
    for met in found.values():
        yield sorted(met, key=lambda one: (one.clash.window, not one.claim.hazard.endangers_shipping, one.serial))


def _is_accepted_alone(context: Context, serial: str, outsider: Reservation) -> bool:
    """Whether somebody accepts the meeting of one serial, or those up to a time, and not all with that claim."""
    from waterspace.environment.outsiders import own_id

    ids = {serial, own_id(outsider)}
    return any(
        one.rule.casefold() == "ws302" and ids.issuperset(one.about) and (serial in one.about or one.until_ms)
        for one in context.exercise.check.suppressions
    )


def _is_error(context: Context, claim: Reservation, outsider: Reservation) -> bool:
    return _is_grave(context, outsider) or claim.hazard.endangers_shipping


def _meeting(context: Context, met: list[_Met], known: str) -> Remark:
    """What is said of the serials that meet a claim of others.

    Args:
        context: knows their names.
        met: the meetings, in order of time.
        known: what the claim is known by.
    """
    from waterspace.environment.outsiders import own_id

    serial, claim, outsider, clash = met[0]
    others = [f"{context.serial_title(one.serial)} {span(one.clash.window)}" for one in met[1:]]
    message = (
        f"{sentence(context.claim_title(claim))} meets {_outsider_title(context, outsider)} near "
        f"{at(clash.position)}, {extent(clash)}.{f' So do claims of {listing(others)}.' if others else ''} "
        f"Move the {'serials' if others else 'serial'} in time, place or height."
    )
    return Remark(
        message=message,
        subjects=(serial, own_id(outsider), *(one.serial for one in met[1:])),
        about=(known, *(one.serial for one in met)),
        path=("serials", serial),
        clash=clash,
        windows=tuple(sorted({one.clash.window for one in met})),
        severity=Severity.ERROR if _is_error(context, claim, outsider) else None,
        amount=max(filter(None, (_overlap(outsider, one.clash) for one in met)), default=None, key=attrgetter("value")),
    )


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
    asked = list(_ways_near(context))
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


def _ways_near(context: Context) -> Iterator[tuple[Reservation, list[tuple[str, list[list[Leg]]]]]]:
    """Each danger of others, and what of the ways of units may lead through it, but in serials that meet it."""
    dangers = [outsider for outsider in context.outsiders if outsider.hazard.endangers_shipping]
    if not dangers:
        return
    reported: dict[str, set[str]] = defaultdict(set)
    for serial, other in context.once(_meetings):
        reported[other].add(serial)
    arrays = context.unit_legs
    units, tracks = list(context.programme.tracks), list(context.programme.tracks.values())
    of, first = arrays.track.tolist(), arrays.first.tolist()
    for danger, near in legs_near_each(dangers, arrays):
        told = reported[danger.owner]
        by_track = groupby(near, key=of.__getitem__)
        ways = [(track, [tracks[track].legs[number - first[track]] for number in some]) for track, some in by_track]
        yield danger, [(units[track], runs(leg for leg in legs if leg.serial not in told)) for track, legs in ways]


def _path(context: Context, outsider: Reservation) -> tuple[str, ...]:
    """Where a warning stands in the file; of what stands in a file of the planner's, where that is named."""
    from waterspace.checks.views.warned import path_of_claim
    from waterspace.environment.outsiders import AREAS, WARNINGS, own_id, sort_of

    if sort_of(outsider) == WARNINGS:
        return path_of_claim(context, outsider)
    is_in_file = sort_of(outsider) == AREAS
    return ("environment", "areas") if is_in_file else ("context", "reservations", own_id(outsider))
