"""Third parties and law (WS3): whoever calls at a foreign port or airfield is cleared for it, in time and on paper."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.families.third_parties.airspace import asking_for_air
from waterspace.checks.families.third_parties.consents import (
    AIRSPACE,
    CALLS_OF_AIRCRAFT,
    CALLS_OF_SHIPS,
    covers,
    gave,
    is_for,
    misspelt,
)
from waterspace.checks.families.third_parties.seas import asking_for_sea, lacking_for_sea
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.dangers import serial_order
from waterspace.checks.views.visits import HARBOUR, first_visits, stays_abroad
from waterspace.checks.words import at, listing, span
from waterspace.domain import Amount, Medium, Severity, Window
from waterspace.notation import format_duration, format_time
from waterspace.quantity import HOUR_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.checks.views.visits import Visit
    from waterspace.domain import Permission

__all__ = ["clearance_missing", "permission_dates"]


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
    limits=(HARBOUR,),
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
    found: dict[str, list[Visit]] = defaultdict(list)
    for visit in first_visits(context):
        if not _is_cleared(context, visit):
            found[f"{visit.place.code} {visit.place.name}"].append(visit)
    for _, visits in sorted(found.items()):
        visits.sort(key=lambda visit: (visit.window, context.unit_title(visit.unit), visit.unit))
        yield _uncleared(context, visits)


def _uncleared(context: Context, visits: list[Visit]) -> Remark:
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
    serials = [id_ for id_, members in context.assigned.items() if not members.isdisjoint(units)]
    near = misspelt(context, place.state, serials, CALLS_OF_AIRCRAFT if flies else CALLS_OF_SHIPS)
    are = "is" if len(units) == 1 else "are"
    message = (
        f"{listing([context.unit_title(unit) for unit in units])} {are} to be at {place.name} ({place.state}) near "
        f"{at(place.position)}, {span(window)}, and no permission of {place.state} for a {wanted} covers "
        f"{'it' if len(units) == 1 else 'them'}.{near} {advice}"
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


def _is_cleared(context: Context, visit: Visit) -> bool:
    kinds = CALLS_OF_AIRCRAFT if context.medium(visit.unit) is Medium.AIR else CALLS_OF_SHIPS
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
        "can show it to a patrol boat. Of one for a territorial sea nothing is said about the serials "
        "of which WS301, WS313 or WS318 say that they lack it."
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
        uses = _untold(context, permission, _uses(context, permission))
        yield from _late(context, permission, uses)
        yield from _run_out(context, permission, uses)
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


class _Use(NamedTuple):
    """What a permission is for: a serial, or that a unit is at a place."""

    window: Window
    id: str
    title: str


def _uses(context: Context, permission: Permission) -> list[_Use]:
    """What a permission is for and has a time, the earliest first.

    One that covers nothing in particular is for whatever the other rules ask leave of its kind for: what is done in
    the state's territorial sea or in the air of its regions, and who calls at its ports and airfields. One of a kind
    that no rule asks for is taken to be for all serials.
    """
    if permission.covers:
        return _serials(context, {id_ for id_ in context.windows if covers(context, permission, id_)})
    known = [
        _calls(context, permission) if is_for(permission, *CALLS_OF_SHIPS, *CALLS_OF_AIRCRAFT) else None,
        _serials(context, asking_for_air(context, permission.state)) if is_for(permission, *AIRSPACE) else None,
        _serials(context, asking_for_sea(context, permission.state)) if permission.is_for_sea else None,
    ]
    if all(uses is None for uses in known):
        return _serials(context, context.windows)
    return sorted((use for uses in known for use in uses or ()), key=lambda use: use.window)


def _untold(context: Context, permission: Permission, uses: Sequence[_Use]) -> Sequence[_Use]:
    """Those uses of which no other rule says that they lack this leave."""
    if not permission.is_for_sea:
        return uses
    lacking = lacking_for_sea(context, permission.state)
    return [use for use in uses if use.id not in lacking]


def _serials(context: Context, ids: Iterable[str]) -> list[_Use]:
    in_order = sorted(ids, key=lambda id_: serial_order(context, id_))
    return [_Use(context.windows[id_], id_, context.serial_title(id_)) for id_ in in_order]


def _calls(context: Context, permission: Permission) -> list[_Use]:
    """The calls of the units that a permission is for at ports and airfields of its state."""
    counts = {True: is_for(permission, *CALLS_OF_AIRCRAFT), False: is_for(permission, *CALLS_OF_SHIPS)}
    return [
        _Use(visit.window, visit.unit, f"the stay of {context.unit_title(visit.unit)} at {visit.place.name}")
        for visit in context.once(stays_abroad)
        if visit.place.state == permission.state and counts[context.medium(visit.unit) is Medium.AIR]
    ]


def _late(context: Context, permission: Permission, uses: Sequence[_Use]) -> Iterator[Remark]:
    """That it is dated after the first serial begins."""
    if permission.date_ms is None:
        return
    early = [use for use in uses if use.window.start_ms < permission.date_ms]
    if not early:
        return
    window, id_, title = early[0]
    late_ms = permission.date_ms - window.start_ms
    more = f", and after {len(early) - 1} more" if len(early) > 1 else ""
    message = (
        f"The permission {permission.id} of {permission.state} ({permission.kind}) is dated "
        f"{format_time(permission.date_ms)}, {format_duration(late_ms)} after {title} begins at "
        f"{format_time(window.start_ms)}{more}. Put {_it(context, id_)} off, or have the leave given before."
    )
    yield Remark(
        message=message,
        subjects=(permission.id, id_),
        about=(permission.id, "late"),
        path=("permissions", permission.id, "date"),
        window=window,
        amount=Amount(round(late_ms / HOUR_MS, 2), 0.0, "h"),
    )


def _run_out(context: Context, permission: Permission, uses: Sequence[_Use]) -> Iterator[Remark]:
    """That it does not hold for all of the time of its serials."""
    valid = permission.valid
    if valid is None:
        return
    outside = []
    for window, id_, title in uses:
        before = Window(start_ms=window.start_ms, end_ms=min(window.end_ms, max(valid.start_ms, window.start_ms)))
        after = Window(start_ms=max(window.start_ms, min(valid.end_ms, window.end_ms)), end_ms=window.end_ms)
        parts = tuple(part for part in (before, after) if part.start_ms < part.end_ms)
        if parts:
            outside.append((sum(part.end_ms - part.start_ms for part in parts), parts, id_, title))
    if not outside:
        return
    out_ms, parts, id_, title = outside[0]
    others = list(dict.fromkeys(other for _, _, other, _ in outside[1:] if other != id_))
    message = (
        f"The permission {permission.id} of {permission.state} ({permission.kind}) holds {span(valid)} and so not for "
        f"{' and '.join(span(part) for part in parts)} of {title}, {format_duration(out_ms)}"
        f"{f', nor for all of {listing(others)}' if others else ''}. Move {_it(context, id_)} into it, or have it "
        "extended."
    )
    yield Remark(
        message=message,
        subjects=(permission.id, id_, *others),
        about=(permission.id, "valid"),
        path=("permissions", permission.id, "valid"),
        windows=parts,
        amount=Amount(round(out_ms / HOUR_MS, 2), 0.0, "h"),
    )


def _it(context: Context, id_: str) -> str:
    return "the serial" if id_ in context.windows else "the stay"
