"""Third parties and law (WS3): what was not understood of the warnings of others is read by somebody."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import at, listing, plural
from waterspace.domain import Amount, Severity
from waterspace.notation import format_distance
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.checks.warned import Warned
    from waterspace.domain import Footprint, Position
    from waterspace.geometry.balls import Balls
    from waterspace.messages.reading import Doubt, Reading
    from waterspace.messages.standing import StandingWarning

__all__ = ["warning_to_be_read"]

_NEAR = Limit(
    name="doubtful_warning_range",
    kind=Kind.DISTANCE,
    default=60.0 * NAUTICAL_MILE_M,
    meaning="A warning of which a part was not understood is told where the rest of it comes so near to our water.",
)
_PIECE_M, _MOST_PIECES, _MEASURED = 40_000.0, 100, 8
_NAMED = 5
"""So many messages are named one by one where none of their places is known."""
_WARNING = """\
HYDROPAC 1234/26.
SEA OF JAPAN.
1. GUNNERY 0000Z TO 0900Z DAILY 31 JUN IN AREA BOUND BY
   38-20.00N 134-10.00E, 38-20.00N 134-40.00E,
   38-00.00N 134-40.00E, 38-00.00N 134-10.00E.
2. CANCEL THIS MSG 081000Z JUN 26.
"""


@rule(
    code="WS319",
    name="warning-to-be-read",
    severity=Severity.WARNING,
    summary="A warning of others that may concern the exercise was not understood whole.",
    why=(
        "The files that `context.warnings` names are read by a program, and what it is not sure of it does not guess: "
        "a place, a day or a number may be missing from what is held against the plan. Somebody has to read such a "
        "message. It is told where what was understood of it comes near to water of ours at a time of ours, or leaves "
        "place or time open; messages of which no place is known are told together. A message that names no place by "
        "coordinates and cancels none is advice, and so is one that tells the very water of a serial, or a part of it "
        "cut off, with its hours and with what goes on there: the areas that do are taken for the plan's own notice, "
        "and not held against it."
    ),
    source=JUDGEMENT,
    limits=(_NEAR,),
    files={"warnings.txt": _WARNING},
    bad="""
context:
  warnings: warnings.txt
""",
    good="""
context:
  reservations:
    R1:
      name: HYDROPAC 1234/26, asked on the radio
      hazard: warning
      polygon: [38-20.00N 134-10.00E, 38-20.00N 134-40.00E, 38-00.00N 134-40.00E, 38-00.00N 134-10.00E]
      windows: [{start: 2026-06-07T00:00Z, end: 2026-06-07T09:00Z}]
""",
)
def warning_to_be_read(context: Context) -> Iterator[Remark]:
    """One remark for each message that may concern us, one for those of a file of which no place is known."""
    if not context.exercise.data.warnings:
        return
    from waterspace.messages.reading import Verdict

    found = context.warned
    placeless: list[StandingWarning] = []
    for id_, warning in found.warnings.items():
        if id_ in found.own:
            yield _own(context, warning, found.own[id_])
        if warning.reading.verdict is Verdict.REVIEW and warning.reading.areas:
            yield from _doubtful(context, found, warning)
        elif not warning.reading.areas:
            placeless.append(warning)
    for verdict in (Verdict.REVIEW, Verdict.NO_AREA):
        some = [warning for warning in placeless if warning.reading.verdict is verdict]
        for file, group in groupby(some, key=lambda warning: warning.reading.message.file):
            yield _placeless(context, file, list(group), is_doubtful=verdict is Verdict.REVIEW)


def _doubtful(context: Context, found: Warned, warning: StandingWarning) -> Iterator[Remark]:
    """What is said of a message of which some place is known, where it comes near."""
    from waterspace.checks.views.warned import path_of, place_in_plan
    from waterspace.messages.bounds import enclosing

    near = _nearest(context, [enclosing(area) for area in found.doubtful.get(warning.id, ())])
    if near is None:
        return
    apart_m, position, water = near
    doubt = warning.reading.doubts[0]
    others = len(warning.reading.doubts) - 1
    more = f" And {plural(others, 'doubt')} more." if others else ""
    how = "meets our water" if apart_m <= 0.0 else f"comes within {format_distance(apart_m)} of our water"
    message = (
        f"{warning.id} was not understood whole ({place_in_plan(context, warning, doubt.span.start)}): "
        f"{_said(warning.reading, doubt)}{more} What was understood "
        f"of it {how} near {at(position)}. Read it, and enter what it means under context.reservations in its place."
    )
    yield Remark(
        message=message,
        subjects=(warning.id,),
        path=path_of(context, warning.reading.message.file),
        position=position,
        shapes=(water,),
        amount=Amount(round(nautical_miles(apart_m), 1), round(nautical_miles(context.limit(_NEAR)), 1), "nm"),
    )


def _nearest(context: Context, waters: Sequence[Footprint]) -> tuple[float, Position, Footprint] | None:
    """How near waters come to claims and ways of ours, if nearer than the limit: distance, where, and which water.

    Of the pieces of our water those are measured that seem the nearest.
    """
    import numpy as np

    from waterspace.errors import GeometryError
    from waterspace.geometry.balls import balls
    from waterspace.geometry.footprints import nearest_m

    limit_m, theirs = context.limit(_NEAR), balls(waters)
    ours, (middle, reach_m) = context.once(_pieces)
    best: tuple[float, Position, Footprint] | None = None
    for water, centre, radius_m in zip(waters, theirs.middle, theirs.reach_m, strict=True):
        least_m = np.sqrt(((middle - centre) ** 2).sum(axis=1)) - reach_m - radius_m
        for number in np.argsort(least_m, kind="stable")[:_MEASURED].tolist():
            if least_m[number] >= (limit_m if best is None else min(limit_m, best[0])):
                break
            try:
                apart_m, position = nearest_m(water, ours[number])
            except GeometryError:  # of a shape that cannot be, only its doubt is told
                break
            if apart_m < limit_m and (best is None or apart_m < best[0]):
                best = (apart_m, position, water)
            if apart_m <= 0.0:
                return best
    return best


def _pieces(context: Context) -> tuple[list[Footprint | Position], Balls]:
    """Our claims, and our ways in short pieces, each with a ball about it."""
    import numpy as np

    from waterspace.domain import Corridor
    from waterspace.geometry.balls import Balls, balls
    from waterspace.geometry.geodesic import between

    pieces: dict[Footprint | Position, None] = dict.fromkeys(claim.footprint for claim in context.reservations)
    legs = [leg for track in context.programme.tracks.values() for leg in track.legs]
    for leg, long_m in zip(legs, context.unit_legs.least_m.tolist(), strict=True):
        count = min(int(long_m / _PIECE_M) + 1, _MOST_PIECES)
        ends = [leg.start, *(between(leg.start, leg.end, step / count) for step in range(1, count)), leg.end]
        for start, end in pairwise(ends):
            pieces[start if start == end else Corridor(waypoints=(start, end), half_width_m=0.0)] = None
    if not pieces:
        return [], Balls(np.zeros((0, 3)), np.zeros(0))
    return list(pieces), balls(list(pieces))


def _said(reading: Reading, doubt: Doubt) -> str:
    """What is in doubt, with the characters of the text."""
    words = " ".join(reading.message.text[doubt.span.start : doubt.span.end].split())
    return f"{doubt.reason} ({words})" if words and len(words) <= 40 and words not in doubt.reason else doubt.reason


def _placeless(context: Context, file: str, warnings: Sequence[StandingWarning], *, is_doubtful: bool) -> Remark:
    """What is said of messages of which no place is known."""
    from waterspace.checks.views.warned import path_of, place_in_plan

    named = [f"{warning.id} ({place_in_plan(context, warning)})" for warning in warnings]
    many = len(warnings) > 1
    what = (
        f"{'were' if many else 'was'} not understood, and of {'none of them' if many else 'it no place'} "
        f"{'a place ' if many else ''}is known, so that {'they are' if many else 'it is'} held against nothing. "
        if is_doubtful
        else f"{'name' if many else 'names'} no place by coordinates, so that {'they are' if many else 'it is'} "
        "held against nothing. "
    )
    message = f"{listing(named)} {what}Read {'them' if many else 'it'}."
    return Remark(
        message=message,
        subjects=tuple(warning.id for warning in warnings[:_NAMED]),
        about=(file, "doubtful" if is_doubtful else "placeless"),
        path=path_of(context, file),
        severity=None if is_doubtful else Severity.ADVICE,
    )


def _own(context: Context, warning: StandingWarning, serials: Sequence[str]) -> Remark:
    from waterspace.checks.views.warned import path_of, place_in_plan

    named = list(dict.fromkeys(serials))
    title = f"{warning.id} ({place_in_plan(context, warning)})"
    ours = listing([context.serial_title(serial) for serial in named])
    count = len(warning.reservations)
    message = (
        f"{title} tells the water and the hours of {ours}, so it is taken for our own notice and not held against the "
        "plan. Leave it out of the file if it is, and move the serial if it is of somebody else."
        if len(serials) >= count
        else f"{title} warns of {count} areas; {len(serials)} of them, with the water and the hours of {ours}, counts "
        "as our own notice and is not held against the plan, the rest is. Leave it out of the file if all of it is "
        "ours, and move the serial if it is of somebody else."
    )
    return Remark(
        message=message,
        subjects=(warning.id, *named),
        path=path_of(context, warning.reading.message.file),
        severity=Severity.ADVICE,
    )
