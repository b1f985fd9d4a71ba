"""Third parties and law (WS3): whoever calls at a foreign port or airfield is cleared for it, in time and on paper."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.consents import TERRITORIAL_SEA, covers, gave, kind_of
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import at, listing, span
from waterspace.domain import Amount, Medium, PhaseKind, Severity, Window
from waterspace.notation import format_duration, format_time
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.domain import Permission, Position
    from waterspace.environment.places import NamedPlace, PlaceKind

__all__ = ["clearance_missing", "permission_dates"]

_HARBOUR = Limit(
    name="harbour_range",
    kind=Kind.DISTANCE,
    default=3.0 * NAUTICAL_MILE_M,
    meaning="A ship no farther from the position of a port, or an aircraft from that of an airfield, is there.",
)
_SHIPS = ("port call", "port visit", "port entry", "diplomatic clearance")
_AIRCRAFT = ("overflight", "landing", "basing", "diplomatic clearance")


class _Visit(NamedTuple):
    """That a unit is at a place."""

    place: NamedPlace
    unit: str
    window: Window


@rule(
    code="WS315",
    name="clearance-missing",
    severity=Severity.WARNING,
    summary="A ship is to be in a port, or an aircraft on an airfield, of another state without its clearance.",
    why=(
        "Warships and state aircraft enter ports and airfields of others only with leave. Looked at are the first and "
        "last place of each unit, what its home is, and where it lies in a harbour phase. A permission counts if its "
        "kind names a port call, visit or entry (for aircraft overflight, landing or basing) or a diplomatic "
        "clearance, and it covers nothing in particular or one of the unit's serials. The host invites, so that in its "
        "places this is advice: enter the note by which it did. Only packaged ports and airfields are known."
    ),
    source=(
        "Convention on International Civil Aviation, article 3(c): no state aircraft over or on the territory of "
        f"another state without authorization (not verified); for ships {JUDGEMENT}"
    ),
    limits=(_HARBOUR,),
    bad="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, home: RUVVO}
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
""",
    good="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, home: RUVVO}
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
permissions:
  L1: {state: RUS, kind: port call, covers: S1, date: 2026-05-01T00:00Z, reference: note 17}
""",
)
def clearance_missing(context: Context) -> Iterator[Remark]:
    """One remark for each place, about all who are there uncleared."""
    found: dict[str, list[_Visit]] = defaultdict(list)
    for visit in _visits(context):
        if not _is_cleared(context, visit):
            found[f"{visit.place.code} {visit.place.name}"].append(visit)
    for _, visits in sorted(found.items()):
        visits.sort(key=lambda visit: (visit.window, context.unit_title(visit.unit), visit.unit))
        yield _uncleared(context, visits)


def _uncleared(context: Context, visits: list[_Visit]) -> Remark:
    place, window = visits[0].place, visits[0].window
    units = list(dict.fromkeys(visit.unit for visit in visits))
    flies = context.medium(units[0]) is Medium.AIR
    wanted = "basing or landing" if flies else "port call"
    invited = place.state == context.exercise.host
    advice = (
        f"{place.state} is the host: enter the note by which it invites them."
        if invited
        else f"Ask {place.state} for leave, and enter it as a permission of kind {wanted}."
    )
    are = "is" if len(units) == 1 else "are"
    message = (
        f"{listing([context.unit_title(unit) for unit in units])} {are} to be at {place.name} ({place.state}) near "
        f"{at(place.position)}, {span(window)}, and no permission of {place.state} for a {wanted} covers "
        f"{'it' if len(units) == 1 else 'them'}. {advice}"
    )
    return Remark(
        message=message,
        subjects=(*units, place.code or place.name),
        about=(place.code or place.name, wanted),
        path=("units", units[0]),
        position=place.position,
        window=window,
        severity=Severity.ADVICE if invited else None,
    )


def _visits(context: Context) -> Iterator[_Visit]:
    """Every stay of a unit at a packaged place of another state, as far as the plan tells."""
    from waterspace.environment.places import PlaceKind

    stays: list[tuple[str, PlaceKind, Position, Window]] = []
    for id_, unit in context.exercise.units.items():
        if unit.home_unit or context.medium(id_) is Medium.SHORE:
            continue
        kind = PlaceKind.AIRFIELD if context.medium(id_) is Medium.AIR else PlaceKind.PORT
        track = context.programme.tracks.get(id_)
        whole = context.exercise.window
        if unit.home is not None and (track is not None or unit.start is None):
            stays.append((id_, kind, unit.home, whole))
        if track is not None:
            first, last = track.legs[0], track.legs[-1]
            stays.append((id_, kind, first.start, Window(start_ms=first.start_ms, end_ms=first.end_ms)))
            stays.append((id_, kind, last.end, Window(start_ms=last.start_ms, end_ms=last.end_ms)))
    stays.extend(_in_harbour(context))
    yield from _at_places(context, stays)


def _in_harbour(context: Context) -> Iterator[tuple[str, PlaceKind, Position, Window]]:
    """Where units lie in the serials of harbour phases."""
    from waterspace.environment.places import PlaceKind

    phases = {phase.id for phase in context.exercise.phases.values() if phase.kind is PhaseKind.HARBOUR}
    for id_, plan in context.plans.items() if phases else ():
        if context.exercise.serials[id_].phase in phases:
            for unit, legs in plan.tracks.items():
                if legs and context.medium(unit) is not Medium.AIR:
                    yield unit, PlaceKind.PORT, legs[-1].end, plan.window


def _at_places(context: Context, stays: list[tuple[str, PlaceKind, Position, Window]]) -> Iterator[_Visit]:
    """The stays that are at a packaged place of a state other than the unit's own; each unit and place once."""
    from waterspace.checks.reach import balls, near_pairs
    from waterspace.geometry.geodesic import distance_m

    places, range_m = _places(), context.limit(_HARBOUR)
    told: set[tuple[str, str]] = set()
    near = near_pairs(
        balls([position for _, _, position, _ in stays]), balls([one.position for one in places]), range_m
    )
    for number, index in near:
        (unit, kind, position, window), place = stays[number], places[index]
        own = context.exercise.units[unit].nation
        if place.kind is not kind or place.state == own or (unit, place.name) in told:
            continue
        if distance_m(position, place.position) <= range_m:
            told.add((unit, place.name))
            yield _Visit(place, unit, window)


@functools.cache
def _places() -> tuple[NamedPlace, ...]:
    from waterspace.environment.places import every

    return every()


def _is_cleared(context: Context, visit: _Visit) -> bool:
    kinds = _AIRCRAFT if context.medium(visit.unit) is Medium.AIR else _SHIPS
    serials = [id_ for id_, units in context.assigned.items() if visit.unit in units]
    return any(
        not permission.covers or any(covers(context, permission, serial) for serial in serials)
        for permission in gave(context, visit.place.state, *kinds)
    )


@rule(
    code="WS316",
    name="permission-dates",
    severity=Severity.WARNING,
    summary="A permission comes after what it is for, does not hold for all of it, or cannot be shown.",
    why=(
        "Leave that is given afterwards, or has run out, is none. It is a warning where the permission is dated after "
        "the first serial that it covers begins, or where its `valid` leaves out some of their time; one that covers "
        "nothing in particular is for all serials. It is advice where it has no date or no reference, for then nobody "
        "can show it to a patrol boat. A late one for a territorial sea is reported by WS301."
    ),
    source=JUDGEMENT,
    bad="""
permissions:
  L1:
    state: KOR
    kind: overflight
    covers: S1
    date: 2026-05-01T00:00Z
    reference: note 17
    valid: {start: 2026-06-07T00:00Z, end: 2026-06-08T01:00Z}
""",
    good="""
permissions:
  L1:
    state: KOR
    kind: overflight
    covers: S1
    date: 2026-05-01T00:00Z
    reference: note 17
    valid: {start: 2026-06-07T00:00Z, end: 2026-06-08T02:00Z}
""",
)
def permission_dates(context: Context) -> Iterator[Remark]:
    """Up to three remarks for each permission."""
    for permission in context.exercise.permissions.values():
        yield from _late(context, permission)
        yield from _run_out(context, permission)
        paper = {"date": permission.date_ms is not None, "reference": bool(permission.reference.strip())}
        missing = [name for name, is_there in paper.items() if not is_there]
        if missing:
            message = (
                f"The permission {permission.id} of {permission.state} ({permission.kind}) has no "
                f"{' and no '.join(missing)}, so that nobody can show it. Enter what the document says."
            )
            yield Remark(
                message=message,
                subjects=(permission.id,),
                about=(permission.id, "paper"),
                path=("permissions", permission.id),
                severity=Severity.ADVICE,
            )


def _covered(context: Context, permission: Permission) -> list[tuple[Window, str]]:
    """The serials that a permission is for and that have a time, the earliest first."""
    if not permission.covers:
        return sorted((window, id_) for id_, window in context.windows.items())
    serials, named = context.exercise.serials, set(permission.covers)
    return sorted(
        (window, id_) for id_, window in context.windows.items() if id_ in named or serials[id_].area in named
    )


def _late(context: Context, permission: Permission) -> Iterator[Remark]:
    """That it is dated after the first serial begins."""
    if permission.date_ms is None or kind_of(permission) == TERRITORIAL_SEA:
        return
    early = [(window, id_) for window, id_ in _covered(context, permission) if window.start_ms < permission.date_ms]
    if not early:
        return
    window, id_ = early[0]
    late_ms = permission.date_ms - window.start_ms
    more = f" and {len(early) - 1} more" if len(early) > 1 else ""
    begin = "begins" if len(early) == 1 else "begin"
    message = (
        f"The permission {permission.id} of {permission.state} ({permission.kind}) is dated "
        f"{format_time(permission.date_ms)}, {format_duration(late_ms)} after {context.serial_title(id_)}{more} "
        f"{begin} at {format_time(window.start_ms)}. Put the serial off, or have the leave given before."
    )
    yield Remark(
        message=message,
        subjects=(permission.id, id_),
        about=(permission.id, "late"),
        path=("permissions", permission.id, "date"),
        window=window,
        amount=Amount(round(late_ms / HOUR_MS, 2), 0.0, "h"),
    )


def _run_out(context: Context, permission: Permission) -> Iterator[Remark]:
    """That it does not hold for all of the time of its serials."""
    valid = permission.valid
    if valid is None:
        return
    outside = []
    for window, id_ in _covered(context, permission):
        before = Window(start_ms=window.start_ms, end_ms=min(window.end_ms, max(valid.start_ms, window.start_ms)))
        after = Window(start_ms=max(window.start_ms, min(valid.end_ms, window.end_ms)), end_ms=window.end_ms)
        parts = tuple(part for part in (before, after) if part.start_ms < part.end_ms)
        if parts:
            outside.append((sum(part.end_ms - part.start_ms for part in parts), parts, id_))
    if not outside:
        return
    out_ms, parts, id_ = outside[0]
    others = [other for _, _, other in outside[1:]]
    message = (
        f"The permission {permission.id} of {permission.state} ({permission.kind}) holds {span(valid)} and so not for "
        f"{' and '.join(span(part) for part in parts)} of {context.serial_title(id_)}, {format_duration(out_ms)}"
        f"{f', nor for all of {listing(others)}' if others else ''}. Move the serial into it, or have it extended."
    )
    yield Remark(
        message=message,
        subjects=(permission.id, id_, *others),
        about=(permission.id, "valid"),
        path=("permissions", permission.id, "valid"),
        windows=parts,
        amount=Amount(round(out_ms / HOUR_MS, 2), 0.0, "h"),
    )
