"""Objectives, command and assessment (WS7): one commander at a time, near the serial, with time to hand over."""

from __future__ import annotations

import bisect
import operator
from collections import defaultdict
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import at, lasting, listing, span
from waterspace.domain import Amount, Medium, Severity, Window
from waterspace.geometry.sphere import sphere_m
from waterspace.notation import format_distance, format_time
from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Group, Position

__all__ = ["command_ship_away", "handover_short", "two_commanders"]

_COMMAND_AWAY = Limit(
    name="command_ship_away",
    kind=Kind.DISTANCE,
    default=100.0 * NAUTICAL_MILE_M,
    meaning="A flagship farther than this from a serial of its group, while that runs, is a finding.",
)
_HANDOVER = Limit(
    name="handover_least",
    kind=Kind.DURATION,
    default=15 * MINUTE_MS,
    meaning="Less time than this for units to go from one conducting officer to another is a finding.",
)

_WELL_WITHIN_RATIO = 0.95
"""Of the limit: distances on the sphere and the bulge of a leg are less than the rest."""

_POSTS = {"conducts": "conducting_officer", "is safety officer of": "safety_officer"}


@rule(
    code="WS705",
    name="two-commanders",
    severity=Severity.ERROR,
    summary="A unit is under two commanders at once, or an officer has two serials to look after at one time.",
    why=(
        "Two orders to one ship are settled by whoever calls last, and an officer who watches two serials sees one. "
        "A unit may be in a group and in a larger one that holds the whole of it: that is one chain of command."
    ),
    source=JUDGEMENT,
    bad="""
groups:
  ONE: {units: ALFA, commander: Captain Adler, roles: OTC}
  TWO: {units: [ALFA, BRAVO], commander: Captain Busk}
  THREE: {units: [ALFA], commander: Captain Crane}
""",
    good="""
groups:
  ONE: {units: ALFA, commander: Captain Adler, roles: OTC}
  TWO: {units: [ALFA, BRAVO], commander: Captain Busk}
""",
)
def two_commanders(context: Context) -> Iterator[Remark]:
    """Groups that cut across each other, and officers with two serials at once."""
    groups = [group for group in context.exercise.groups.values() if group.commander.strip()]
    for first, second in combinations(sorted(groups, key=lambda group: group.id), 2):
        shared = sorted(set(first.units) & set(second.units) & context.exercise.units.keys())
        if not shared or _same(first.commander, second.commander) or _holds(first, second) or _holds(second, first):
            continue
        names = listing([context.unit_title(unit) for unit in shared])
        message = (
            f"{names} {'is' if len(shared) == 1 else 'are'} under {first.commander} ({first.name or first.id}) and "
            f"under {second.commander} ({second.name or second.id}) at once, and neither group is part of the other. "
            "Leave each unit in one of them, or put one group under the other."
        )
        about = (first.id, second.id)
        yield Remark(message=message, subjects=(*about, *shared), path=("groups", second.id, "units"), about=about)
    yield from _busy_officers(context)


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _holds(large: Group, small: Group) -> bool:
    """Whether a group holds the whole of a smaller one."""
    return set(small.units) < set(large.units)


def _busy_officers(context: Context) -> Iterator[Remark]:
    """Each serial that begins while an officer still has another, with the one of those that ends last."""
    written: dict[str, list[tuple[Window, str, str]]] = defaultdict(list)
    for id_, window in context.windows.items():
        serial = context.exercise.serials[id_]
        for post, name in zip(_POSTS, (serial.conducting_officer, serial.safety_officer), strict=True):
            if name:
                written[name].append((window, id_, post))
    posts: dict[str, list[tuple[Window, str, str]]] = defaultdict(list)
    for name, duties in written.items():
        posts[_plain(name)].extend(duties)
    for duties in posts.values():
        duties.sort(key=lambda duty: (duty[0].start_ms, duty[0].end_ms, *duty[1:]))
        before = duties[0]
        for duty in duties[1:]:
            if duty[1] != before[1] and duty[0].start_ms < before[0].end_ms:
                yield _two_at_once(context, before, duty)
            if duty[0].end_ms > before[0].end_ms:
                before = duty


def _two_at_once(context: Context, first: tuple[Window, str, str], second: tuple[Window, str, str]) -> Remark:
    (mine, here, post), (theirs, there, other) = first, second
    both = mine.overlap(theirs) or theirs
    officer = getattr(context.exercise.serials[there], _POSTS[other])
    message = (
        f"{officer} {post} {context.serial_title(here)} and {other} {context.serial_title(there)} at once, "
        f"{span(both)} ({lasting(both.end_ms - both.start_ms)}). Name another officer for one of them."
    )
    path = ("serials", there, _POSTS[other])
    return Remark(message=message, subjects=(here, there), path=path, about=(here, there, post, other), window=both)


@rule(
    code="WS706",
    name="command-ship-away",
    severity=Severity.WARNING,
    summary="The flagship of a group is far from a serial of its group and takes no part in it.",
    why=(
        "A commander beyond the range of radar and of short-range radio commands by report. A serial is one of a group "
        "where every ship in it belongs to that group; of several such groups that with the fewest ships counts. The "
        "distance is from the ship's planned place to a middle of the serial's area, at its start, middle and end."
    ),
    source="the distance is assumed",
    bad="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 40-50.0N 134-00.0E}
groups:
  PAIR: {units: [ALFA, BRAVO], flagship: BRAVO, commander: Captain Busk}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
""",
    good="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 39-50.0N 134-00.0E}
groups:
  PAIR: {units: [ALFA, BRAVO], flagship: BRAVO, commander: Captain Busk}
serials:
  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, duration: 2 h, objectives: O1}
""",
    limits=(_COMMAND_AWAY,),
)
def command_ship_away(context: Context) -> Iterator[Remark]:
    """One remark for each serial that its group's flagship is too far from."""
    for flagship, serials in sorted(_led(context).items()):
        places = [context.area_position(id_) for id_, _ in serials]
        known = [
            (entry, place)
            for entry, place in zip(serials, places, strict=True)
            if place is not None and not _surely_near(context, flagship, entry[0], place)
        ]
        if not known:
            continue
        for (id_, group), (away_m, here, there) in zip(
            (entry for entry, _ in known), _farthest(context, flagship, known), strict=True
        ):
            if away_m > context.limit(_COMMAND_AWAY):
                yield _away(context, (id_, group), (away_m, here, there))


def _led(context: Context) -> dict[str, list[tuple[str, str]]]:
    """Flagship to the serials of its group that it has no part in, each with the group."""
    exercise = context.exercise
    groups = [group for group in exercise.groups.values() if group.flagship in context.programme.tracks]
    groups.sort(key=lambda group: (len(set(group.units)), group.id))
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if not groups:
        return found
    members = [frozenset(group.units) | {group.flagship} for group in groups]
    of_unit: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(members):
        for unit in own:
            of_unit[unit].append(number)
    at_sea = {unit for unit in exercise.units if context.medium(unit) in {Medium.SURFACE, Medium.SUBSURFACE}}
    for id_ in context.windows:
        ships = context.assigned[id_] & at_sea
        led = of_unit.get(next(iter(ships), ""), ())
        number = next((number for number in led if ships <= members[number]), -1)
        if number >= 0 and groups[number].flagship not in context.assigned[id_]:
            found[groups[number].flagship].append((id_, groups[number].id))
    return found


def _surely_near(context: Context, flagship: str, serial: str, place: Position) -> bool:
    """Whether every leg of a ship during a serial begins and ends well within the limit of it: a quick look first."""
    window, legs = context.windows[serial], context.programme.tracks[flagship].legs
    first = max(bisect.bisect_right(legs, window.start_ms, key=_start_ms) - 1, 0)
    last = max(bisect.bisect_right(legs, window.end_ms, key=_start_ms), first + 1)
    near_m = context.limit(_COMMAND_AWAY) * _WELL_WITHIN_RATIO
    return all(sphere_m(place, end) < near_m for leg in legs[first:last] for end in (leg.start, leg.end))


_start_ms = operator.attrgetter("start_ms")


def _farthest(
    context: Context, flagship: str, serials: Sequence[tuple[tuple[str, str], Position]]
) -> Iterator[tuple[float, Position, Position]]:
    """For each serial the greatest distance of a ship from it, where the ship then is, and where the serial is."""
    import numpy as np

    from waterspace.geometry.geodesic import distances_m, position_arrays, positions_from
    from waterspace.geometry.legs import positions_at

    windows = [context.windows[id_] for (id_, _), _ in serials]
    times_ms = np.array([[one.start_ms, (one.start_ms + one.end_ms) // 2, one.end_ms] for one in windows]).reshape(-1)
    lat, lon = positions_at(context.programme.tracks[flagship].legs, times_ms)
    there = position_arrays([place for _, place in serials for _ in range(3)])
    away_m = distances_m(lat, lon, *there).reshape(-1, 3)
    here = positions_from(lat, lon)
    for number, (_, place) in enumerate(serials):
        worst = int(np.argmax(away_m[number]))
        yield float(away_m[number, worst]), here[3 * number + worst], place


def _away(context: Context, who: tuple[str, str], found: tuple[float, Position, Position]) -> Remark:
    (id_, group_id), (away_m, here, there) = who, found
    limit_m = context.limit(_COMMAND_AWAY)
    group = context.exercise.groups[group_id]
    message = (
        f"{context.unit_title(group.flagship)}, the flagship of {group.name or group_id}, is near {at(here)}, "
        f"{format_distance(away_m)} from {context.serial_title(id_)}{context.area_title(id_)}, while that runs "
        f"({span(context.windows[id_])}); it should be within {_COMMAND_AWAY.write(limit_m)}. Bring it nearer, or put "
        "the serial under somebody there."
    )
    return Remark(
        message=message,
        subjects=(id_, group_id, group.flagship),
        path=("serials", id_),
        position=here,
        window=context.windows[id_],
        shapes=(here, there),
        amount=Amount(value=away_m / NAUTICAL_MILE_M, limit=limit_m / NAUTICAL_MILE_M, unit="nm"),
    )


@rule(
    code="WS707",
    name="handover-short",
    severity=Severity.ADVICE,
    summary="Units go from one conducting officer to another without time to hand over.",
    why=(
        "The one who takes over must know who is where and what went wrong; a handover under way is when nobody is in "
        "charge. Only serials that name their conducting officers are looked at."
    ),
    source="the time is assumed",
    bad="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h,
       objectives: O1, conducting_officer: Captain Adler}
  S2: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T02:05Z, duration: 2 h,
       objectives: O1, conducting_officer: Captain Busk}
""",
    good="""
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h,
       objectives: O1, conducting_officer: Captain Adler}
  S2: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T02:30Z, duration: 2 h,
       objectives: O1, conducting_officer: Captain Busk}
""",
    limits=(_HANDOVER,),
)
def handover_short(context: Context) -> Iterator[Remark]:
    """One remark for each pair of serials between which units change officers too quickly."""
    least_ms = context.limit(_HANDOVER)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    names = {id_: serial.conducting_officer for id_, serial in context.exercise.serials.items()}
    plain = {name: _plain(name) for name in set(names.values())}
    officers = {id_: plain[name] for id_, name in names.items()}
    if len(plain) < 2:
        return
    for unit, serials in sorted(context.programme.assignments.items()):
        for first, second in pairwise(serials):
            if officers[first] != officers[second] and officers[first] and officers[second]:
                pause_ms = context.windows[second].start_ms - context.windows[first].end_ms
                if 0 <= pause_ms < least_ms:
                    shared[first, second].append(unit)
    for (first, second), units in sorted(shared.items()):
        end_ms, start_ms = context.windows[first].end_ms, context.windows[second].start_ms
        who = listing([context.unit_title(unit) for unit in units])
        serials_ = context.exercise.serials
        pause = "at once" if start_ms == end_ms else f"within {lasting(start_ms - end_ms)}"
        message = (
            f"{who} {'goes' if len(units) == 1 else 'go'} from {serials_[first].conducting_officer} "
            f"({context.serial_title(first)}) to {serials_[second].conducting_officer} "
            f"({context.serial_title(second)}) {pause} at {format_time(start_ms)}; {_HANDOVER.write(least_ms)} or more "
            "are for handing over. Begin the second later."
        )
        yield Remark(
            message=message,
            subjects=(first, second, *units),
            path=("serials", second, "start"),
            about=(first, second),
            window=Window(start_ms=end_ms, end_ms=start_ms) if start_ms > end_ms else None,
            amount=Amount(value=(start_ms - end_ms) / MINUTE_MS, limit=least_ms / MINUTE_MS, unit="min"),
        )
