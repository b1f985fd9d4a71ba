"""Third parties and law (WS3): exercises of others near ours, in the same days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import at, listing, plural, span
from waterspace.domain import Amount, Circle, Corridor, Medium, MovingBox, Severity, Window
from waterspace.notation import format_distance
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import ContextExercise, Footprint, Position

__all__ = ["near_another_exercise"]

_APART = Limit(
    name="other_exercise_clear",
    kind=Kind.DISTANCE,
    default=30.0 * NAUTICAL_MILE_M,
    meaning="Serials and ways of units lie at least this far from the water of another exercise while it lasts.",
)
_NEIGHBOUR = Limit(
    name="neighbour_range",
    kind=Kind.DISTANCE,
    default=300.0 * NAUTICAL_MILE_M,
    meaning="A state that has a packaged port so near to an area of the exercise is a neighbour.",
)
_HULL_M = 1.0
"""A ship that waits is a circle of this radius."""


@rule(
    code="WS314",
    name="near-another-exercise",
    severity=Severity.WARNING,
    summary="Another exercise is held near by in the same days, or somewhere unknown by neighbours.",
    why=(
        "Ships of two exercises that do not know of each other meet at the edges: aircraft stray, contacts are taken "
        "for one's own, and calls on the radio cross. Exercises whose water a claim meets are reported by WS302. One "
        "whose position nobody gives is advice, if its days are ours and one of its participants takes part here too "
        "or has a port near our areas: ask where it is."
    ),
    source=f"UN Convention on the Law of the Sea, article 87(2): due regard; the distances are {JUDGEMENT}",
    limits=(_APART, _NEIGHBOUR),
    bad="""
context:
  exercises:
    X1:
      name: Swift Heron
      participants: [USA]
      start: 2026-06-07T00:00Z
      end: 2026-06-09T00:00Z
      circle: {centre: 38-30.0N 134-40.0E, radius: 10 nm}
""",
    good="""
context:
  exercises:
    X1:
      name: Swift Heron
      participants: [USA]
      start: 2026-06-07T00:00Z
      end: 2026-06-09T00:00Z
      circle: {centre: 38-30.0N 136-00.0E, radius: 10 nm}
""",
)
def near_another_exercise(context: Context) -> Iterator[Remark]:
    """One remark for each other exercise, about what of ours comes nearest."""
    drills = context.exercise.other_exercises
    if not drills:
        return
    met = _met(context)
    for id_, drill in drills.items():
        if drill.footprint is None:
            yield from _somewhere(context, drill)
        elif id_ not in met:
            ours = _nearest(context, drill, drill.footprint)
            if ours is not None:
                yield _beside(context, drill, drill.footprint, ours)


def _met(context: Context) -> frozenset[str]:
    """Ids of the other exercises that some claim meets, of whom WS302 speaks."""
    from waterspace.environment.outsiders import EXERCISES, own_id, sort_of

    claims, outsiders, meetings = len(context.reservations), context.outsiders, context.meetings
    found = (outsiders[number] for number in (int(second) - claims for second in meetings.second) if number >= 0)
    return frozenset(own_id(outsider) for outsider in found if sort_of(outsider) == EXERCISES)


class _Ours(NamedTuple):
    """Something of ours that is at sea: the water of a serial, or the way of a unit to one."""

    serial: str
    unit: str
    footprint: Footprint
    window: Window


class _Nearest(NamedTuple):
    ours: _Ours
    apart_m: float
    position: Position


def _nearest(context: Context, drill: ContextExercise, water: Footprint) -> _Nearest | None:
    """What of ours comes nearest while the other exercise lasts, if it comes too near; the earlier of two alike."""
    from waterspace.geometry.balls import balls, near_pairs
    from waterspace.geometry.footprints import nearest_m

    limit_m = context.limit(_APART)
    ours = [*_claims(context, drill.window), *_ways(context, drill, water)]
    best: _Nearest | None = None
    measured: dict[int, tuple[float, Position]] = {}
    for number, _ in near_pairs(balls([one.footprint for one in ours]), balls([water]), limit_m):
        one = ours[number]
        if id(one.footprint) not in measured:
            measured[id(one.footprint)] = nearest_m(one.footprint, water)
        apart_m, position = measured[id(one.footprint)]
        if apart_m < limit_m and (best is None or _order(one, apart_m) < _order(best.ours, best.apart_m)):
            best = _Nearest(one, apart_m, position)
    return best


def _order(ours: _Ours, apart_m: float) -> tuple[int, Window, bool, str, str]:
    """The nearest first, to a metre; then the earliest; a serial before the way to it."""
    return round(apart_m), ours.window, bool(ours.unit), ours.serial, ours.unit


def _claims(context: Context, during: Window) -> Iterator[_Ours]:
    """The claims of serials while the other exercise lasts; of one that moves the way that it then makes."""
    from waterspace.geometry.legs import trim

    for claim in context.reservations:
        shared = next((both for window in claim.windows if (both := window.overlap(during)) is not None), None)
        if shared is None:
            continue
        footprint = claim.footprint
        if isinstance(footprint, MovingBox):
            legs = trim(footprint.legs, shared)
            if not legs:
                continue
            footprint = replace(footprint, legs=legs)
        yield _Ours(claim.owner, "", footprint, shared)


def _ways(context: Context, drill: ContextExercise, water: Footprint) -> Iterator[_Ours]:
    """The legs of units that lead near the water while the other exercise lasts."""
    import numpy as np

    from waterspace.checks.views.intrusion import serials_around
    from waterspace.geometry.balls import Balls, balls, near_pairs
    from waterspace.geometry.legs import trim

    arrays, tracks, during = context.unit_legs, context.programme.tracks, drill.window
    afloat = np.array([context.medium(unit) in {Medium.SURFACE, Medium.SUBSURFACE} for unit in tracks], dtype=np.bool_)
    wanted = (arrays.start_ms < during.end_ms) & (arrays.end_ms > during.start_ms)
    wanted &= arrays.moves | afloat[arrays.track]
    numbers = np.flatnonzero(wanted)
    if not numbers.size:
        return
    middle, reach_m = arrays.leg_balls()
    units, owner = list(tracks), arrays.track
    for number, _ in near_pairs(Balls(middle[numbers], reach_m[numbers]), balls([water]), context.limit(_APART)):
        index = int(numbers[number])
        unit = units[int(owner[index])]
        leg = tracks[unit].legs[index - int(arrays.first[owner[index]])]
        serial = leg.serial or serials_around(context, unit, leg.start_ms)[1]
        for part in trim((leg,), during):
            if part.start != part.end or leg.is_wait:
                way = (
                    Circle(centre=part.start, radius_m=_HULL_M)
                    if leg.is_wait
                    else Corridor(waypoints=(part.start, part.end), half_width_m=0.0)
                )
                yield _Ours(serial, unit, way, Window(start_ms=part.start_ms, end_ms=part.end_ms))


def _beside(context: Context, drill: ContextExercise, water: Footprint, found: _Nearest) -> Remark:
    one = found.ours
    title = f"{context.serial_title(one.serial)}{context.area_title(one.serial)}" if one.serial else "where it waits"
    begins = context.windows.get(one.serial)
    there = "in" if begins is not None and begins.start_ms < one.window.end_ms else "to"
    what = f"The way of {context.unit_title(one.unit)} {there} {title}" if one.unit else title
    limit_m = context.limit(_APART)
    how = f"comes within {format_distance(found.apart_m)} of" if found.apart_m > 0.0 else "leads through the water of"
    if one.unit and isinstance(one.footprint, Circle):
        what = f"{context.unit_title(one.unit)}{f', which waits for {title},' if one.serial else ''}"
        how = f"lies {format_distance(found.apart_m)} from" if found.apart_m > 0.0 else "lies in the water of"
    message = (
        f"{what} {how} {_title(drill)} near {at(found.position)}, {span(one.window)}; {format_distance(limit_m)} is "
        "the limit. Tell its staff, agree on who uses which water and channels, or keep farther off."
    )
    return Remark(
        message=message,
        subjects=(drill.id, one.serial, *filter(None, (one.unit,))),
        about=(drill.id,),
        path=("context", "exercises", drill.id),
        position=found.position,
        window=one.window,
        shapes=(one.footprint, water),
        amount=Amount(round(nautical_miles(found.apart_m), 1), round(nautical_miles(limit_m), 1), "nm"),
    )


def _title(drill: ContextExercise) -> str:
    who = f" ({', '.join(drill.participants)})" if drill.participants else ""
    return f"{drill.name or drill.id}{who}"


def _somewhere(context: Context, drill: ContextExercise) -> Iterator[Remark]:
    """Advice about an exercise of which nobody says where it is."""
    windows = sorted(window for window in context.windows.values() if window.overlap(drill.window))
    if not windows:
        return
    near = [state for state in dict.fromkeys(drill.participants) if _is_near(context, state)]
    if not near:
        return
    message = (
        f"Nobody says where {_title(drill)} is held, {span(drill.window)}, while {plural(len(windows), 'serial')} of "
        f"ours {'is' if len(windows) == 1 else 'are'} under way and {listing(near)} "
        f"{'is a neighbour or takes' if len(near) == 1 else 'are neighbours or take'} part here. Ask for its position."
    )
    yield Remark(
        message=message,
        subjects=(drill.id,),
        path=("context", "exercises", drill.id),
        window=drill.window,
        severity=Severity.ADVICE,
    )


def _is_near(context: Context, state: str) -> bool:
    """Whether a state takes part here, or has a port near an area."""
    if state in context.exercise.participants:
        return True
    from waterspace.environment.places import every
    from waterspace.geometry.balls import balls, near_pairs

    ports: Sequence[Position] = [place.position for place in every() if place.state == state]
    areas = [area.footprint for area in context.exercise.areas.values()]
    return bool(near_pairs(balls(areas), balls(ports), context.limit(_NEIGHBOUR)))
