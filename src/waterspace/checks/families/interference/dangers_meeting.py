"""Mutual interference (WS2): serials and passages of one exercise keep clear of each other's dangers."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.intrusion import intruders, intruders_each, near_each, runs, serials_around
from waterspace.checks.words import again, at, extent, listing, plural, sentence
from waterspace.domain import Medium, Severity, join_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from waterspace.checks.context import Conflict, Context
    from waterspace.domain import Leg, Reservation, Window
    from waterspace.geometry.meeting import Clash
    from waterspace.geometry.reservations.legarrays import LegArrays

__all__ = ["danger_meets_danger", "danger_meets_work", "passage_through_danger"]

_FIRING = """
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Alfa"""


@rule(
    code="WS201",
    name="danger-meets-danger",
    severity=Severity.ERROR,
    summary="Dangerous claims of two serials meet in space, height and time.",
    why=(
        "Each serial was planned as if the water and the air were its own: one fires where another flies, dips or "
        "tows. Footprints are compared on the ellipsoid, moving boxes as they move; claims that only touch do not "
        "meet."
    ),
    source=f"{JUDGEMENT}; the size of each claim is that of its serial type, with the parameters of the file",
    bad=_FIRING
    + """
  S2:
    type: gunnery
    area: WEST
    units: {firing: BRAVO}
    start: 2026-06-08T01:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
    good=_FIRING
    + """
  S2:
    type: gunnery
    area: WEST
    units: {firing: BRAVO}
    start: 2026-06-08T02:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
)
def danger_meets_danger(context: Context) -> Iterator[Remark]:
    """One remark for each pair of serials, about where they first meet, and every time that they do."""
    pairs = list(_by_pair(context.conflicts, dangerous=2).values())
    for conflicts, windows in zip(pairs, _times(pairs), strict=True):
        first = min(conflicts, key=_in_order)
        a, b = first.first, first.second
        message = (
            f"{context.claim_title(a)} and {context.claim_title(b)} meet near {at(first.clash.position)}, "
            f"{extent(first.clash)}{again(windows)}.{_more(conflicts)} Move one of them in time, place or height."
        )
        yield _remark(message, (a, b), first.clash, windows)


@rule(
    code="WS202",
    name="danger-meets-work",
    severity=Severity.WARNING,
    summary="A dangerous claim of one serial reaches into the water or air in which another serial works.",
    why=(
        "The other serial is not dangerous itself, but its units are in somebody's danger. It is an error where the "
        "danger is firing, otherwise a warning. Units count where a serial claims no water of its own."
    ),
    source=f"{JUDGEMENT}; the size of each claim is that of its serial type, with the parameters of the file",
    bad=_FIRING
    + """
  S2: {type: assembly, area: WEST, units: {units: BRAVO}, start: 2026-06-08T01:00Z, duration: 2 h, objectives: O1}
""",
    good=_FIRING
    + """
  S2: {type: assembly, area: WEST, units: {units: BRAVO}, start: 2026-06-08T02:00Z, duration: 2 h, objectives: O1}
""",
)
def danger_meets_work(context: Context) -> Iterator[Remark]:
    """One remark for each pair of serials that no other rule reports."""
    reported = set(_by_pair(context.conflicts, dangerous=2))
    others = {pair: found for pair, found in _by_pair(context.conflicts, dangerous=1).items() if pair not in reported}
    reported |= others.keys()
    gravest = [_gravest(conflicts) for conflicts in others.values()]
    for conflicts, windows in zip(gravest, _times(gravest), strict=True):
        first = min(conflicts, key=_in_order)
        danger, work = _danger(first), _work(first)
        message = (
            f"{context.claim_title(danger)} reaches into the working room of {context.serial_title(work.owner)} near "
            f"{at(first.clash.position)}, {extent(first.clash)}{again(windows)}. Move one of them in time, place or "
            "height."
        )
        yield _remark(message, (danger, work), first.clash, windows, severity=_severity(danger))
    yield from _units_at_work(context, reported)


def _units_at_work(context: Context, reported: set[_Pair]) -> Iterator[Remark]:
    """Units of serials that claim no water, inside the danger of another serial."""
    dangers = [claim for claim in context.reservations if claim.hazard.is_hazardous]
    tracks = context.plan_tracks
    asked: list[tuple[Reservation, str, list[tuple[str, list[list[Leg]]]]]] = []
    for danger, near in near_each(dangers, context.plan_legs):
        own = context.assigned.get(danger.owner, frozenset())
        others = (tracks[number] for number in near if tracks[number][1] not in own)
        for id_, here in groupby(others, key=itemgetter(0)):
            if id_ == danger.owner or not _active(danger, context.plans[id_].window):
                continue
            if _pair(danger.owner, id_) not in reported:
                asked.append((danger, id_, [(unit, runs(legs)) for _, unit, legs in here]))
    each = intruders_each(context, ((danger, found) for danger, _, found in asked))
    for (danger, id_, _), inside in zip(asked, each, strict=True):
        pair = _pair(danger.owner, id_)
        if inside and pair not in reported:
            reported.add(pair)
            unit, clash = inside[0]
            names = listing([context.unit_title(name) for name, _ in inside])
            message = (
                f"{names}, working in {context.serial_title(id_)}, {'is' if len(inside) == 1 else 'are'} inside "
                f"{context.claim_title(danger)}: {context.unit_title(unit)} first, near {at(clash.position)}, "
                f"{extent(clash)}. Move one of the serials in time, place or height."
            )
            yield Remark(
                message=message,
                subjects=(danger.owner, id_, *(name for name, _ in inside)),
                about=(danger.owner, id_),
                path=("serials", id_),
                clash=clash,
                severity=_severity(danger),
            )


@rule(
    code="WS203",
    name="passage-through-danger",
    severity=Severity.ERROR,
    summary="Between its serials, a unit is inside the firing danger area of another serial.",
    why=(
        "People have died on ships that were inside the danger area because they had another task there. Units are "
        "taken to go straight from serial to serial and to wait where the last one ended, or where the next begins: "
        "being there on the way is an error, waiting there before or after a serial a warning. A ship that starts at "
        "sea is taken to leave for its first serial as soon as the exercise begins: if it stays where it starts, "
        "inside an area that is fired into later, nothing is said."
    ),
    source=f"{JUDGEMENT}; the danger area is that of the serial type, with the parameters of the file",
    bad=_FIRING
    + """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-30.0N 134-00.5E}
""",
    good=_FIRING
    + """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 39-30.0N 134-00.5E}
""",
)
def passage_through_danger(context: Context) -> Iterator[Remark]:
    """One remark for each danger area and each way between serials, about the first unit inside."""
    ways, arrays = _ways_between(context)
    for danger, near in near_each(context.firing, arrays):
        due = [ways(number) for number in near]
        by_way: dict[_Way, list[tuple[str, Clash]]] = defaultdict(list)
        for unit, clash in intruders(context, danger, ((unit, [run]) for unit, run in due)):
            start_ms, end_ms = clash.window.start_ms, clash.window.end_ms
            runs_of = (run for owner, run in due if owner == unit)
            here = (leg for run in runs_of for leg in run if leg.start_ms < end_ms and leg.end_ms > start_ms)
            moving = any(not leg.is_wait for leg in here)
            by_way[_Way(*serials_around(context, unit, start_ms), moving)].append((unit, clash))
        for way, found in sorted(by_way.items()):
            ends = {frozenset((danger.owner, end)) for end in (way.origin, way.destination)}
            if way.moving or not ends & context.met_pairs:
                yield _passing(context, danger, way, found)


class _Way(NamedTuple):
    """What a unit does between its serials: where it comes from and goes to, each empty where there is none."""

    origin: str
    destination: str
    moving: bool

    @property
    def words(self) -> tuple[str, ...]:
        """What tells it from others: a way to a serial from one after it, going from waiting."""
        ends = (("after", self.origin), ("before", self.destination))
        return "goes" if self.moving else "waits", *(f"{word} {id_}" for word, id_ in ends if id_)


def _passing(context: Context, danger: Reservation, way: _Way, found: list[tuple[str, Clash]]) -> Remark:
    unit, clash = found[0]
    others = [context.unit_title(name) for name, _ in found[1:]]
    also = f" So {'is' if len(others) == 1 else 'are'} {listing(others)}." if others else ""
    message = (
        f"{context.unit_title(unit)}, {_doing(context, way)}, is inside {context.claim_title(danger)} near "
        f"{at(clash.position)}, {extent(clash)}.{also} Keep it clear, or move the serial."
    )
    serials = tuple(filter(None, (way.origin, way.destination)))
    return Remark(
        message=message,
        subjects=(danger.owner, *(name for name, _ in found), *serials),
        about=(danger.owner, *way.words),
        path=("serials", danger.owner),
        clash=clash,
        severity=Severity.WARNING if serials and not way.moving else None,
    )


def _active(danger: Reservation, window: Window) -> bool:
    return any(window.overlap(active) is not None for active in danger.windows)


def _ways_between(context: Context) -> tuple[Callable[[int], tuple[str, list[Leg]]], LegArrays]:
    """What units do outside their serials, in runs without a gap of time; of aircraft only what they do in the air.

    Returns:
        The unit and the legs of a run, by its number, and the arrays of all runs.
    """
    import numpy as np

    tracks, every = context.programme.tracks, context.unit_legs
    units, media = list(tracks), [context.medium(unit) for unit in tracks]
    free = np.fromiter((not leg.serial for track in tracks.values() for leg in track.legs), np.bool_, every.moves.size)
    afloat = np.array([medium is not Medium.SHORE for medium in media], dtype=np.bool_)
    free &= (every.end_ms > every.start_ms) & np.repeat(afloat, every.size)
    for number in (number for number, medium in enumerate(media) if medium is Medium.AIR):
        rows = slice(int(every.first[number]), int(every.first[number] + every.size[number]))
        free[rows] &= [leg.height_m > 0.0 for leg in tracks[units[number]].legs]
    chosen = np.flatnonzero(free)
    track = every.track[chosen]
    begins = np.ones(chosen.size, dtype=np.bool_)
    begins[1:] = (track[1:] != track[:-1]) | (every.end_ms[chosen[:-1]] != every.start_ms[chosen[1:]])
    between = every.taken(chosen, np.flatnonzero(begins))

    def way(number: int) -> tuple[str, list[Leg]]:
        rows = slice(int(between.first[number]), int(between.first[number] + between.size[number]))
        unit = units[int(track[rows][0])]
        legs = tracks[unit].legs
        return unit, [legs[place] for place in (chosen[rows] - every.first[track[rows]]).tolist()]

    return way, between


def _doing(context: Context, way: _Way) -> str:
    if way.moving:
        source = context.serial_title(way.origin) if way.origin else "its start"
        onward = f" to {context.serial_title(way.destination)}" if way.destination else ""
        return f"on its way from {source}{onward}"
    if way.origin:
        return f"waiting after {context.serial_title(way.origin)}"
    return f"waiting for {context.serial_title(way.destination)}" if way.destination else "with no serial to go to"


class _Pair(NamedTuple):
    first: str
    second: str


def _pair(a: str, b: str) -> _Pair:
    return _Pair(min(a, b), max(a, b))


def _by_pair(conflicts: Iterable[Conflict], *, dangerous: int) -> Mapping[_Pair, list[Conflict]]:
    """Conflicts with so many dangerous claims by the serials between which they are, in order."""
    found: dict[_Pair, list[Conflict]] = defaultdict(list)
    for conflict in conflicts:
        if conflict.first.hazard.is_hazardous + conflict.second.hazard.is_hazardous == dangerous:
            found[_pair(conflict.first.owner, conflict.second.owner)].append(conflict)
    return dict(sorted(found.items()))


def _in_order(conflict: Conflict) -> tuple[Window, str, str]:
    return conflict.clash.window, conflict.first.id, conflict.second.id


def _gravest(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """Of the conflicts of a pair those with fire; all where there is none."""
    return [conflict for conflict in conflicts if _danger(conflict).hazard.endangers_shipping] or list(conflicts)


def _times(pairs: Sequence[Sequence[Conflict]]) -> Iterator[tuple[Window, ...]]:
    """Of each list of conflicts every time that claims meet in one of them; in order, those that touch joined."""
    from waterspace.geometry.meeting import every_clash

    clashes = iter(every_clash([(one.first, one.second, one.clash) for conflicts in pairs for one in conflicts]))
    for conflicts in pairs:
        yield join_windows(clash.window for _ in conflicts for clash in next(clashes))


def _danger(conflict: Conflict) -> Reservation:
    return conflict.first if conflict.first.hazard.is_hazardous else conflict.second


def _work(conflict: Conflict) -> Reservation:
    return conflict.second if conflict.first.hazard.is_hazardous else conflict.first


def _severity(danger: Reservation) -> Severity:
    return Severity.ERROR if danger.hazard.endangers_shipping else Severity.WARNING


def _more(conflicts: list[Conflict]) -> str:
    return f" {plural(len(conflicts) - 1, 'more claim')} of the two also meet." if len(conflicts) > 1 else ""


def _remark(
    message: str,
    claims: tuple[Reservation, Reservation],
    clash: Clash,
    windows: tuple[Window, ...],
    *,
    severity: Severity | None = None,
) -> Remark:
    first, second = claims
    return Remark(
        message=sentence(message),
        subjects=(first.owner, second.owner),
        path=("serials", second.owner),
        clash=clash,
        windows=windows,
        severity=severity,
    )
