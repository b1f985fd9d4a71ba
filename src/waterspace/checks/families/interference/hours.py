"""Mutual interference (WS2): times at which nobody makes noise, and times kept in reserve for what was put off."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.reach import clash_order
from waterspace.checks.words import at, extent, lasting, listing, sentence, span
from waterspace.domain import Amount, Band, Hazard, Reservation, Severity, Window
from waterspace.quantity import MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.domain import QuietHours
    from waterspace.geometry.meeting import Clash
    from waterspace.geometry.separation import IndexArray

__all__ = ["GRACE", "noise_in_quiet_hours", "reserve_clash"]

GRACE = Limit(
    name="quiet_grace",
    kind=Kind.DURATION,
    default=0.0,
    meaning="Noise that lasts no longer than this into quiet hours is let be.",
)

_NOISE = {Hazard.FIRING: "fires", Hazard.UNDERWATER: "makes noise under water"}
"""Dangers that are loud, and what their serials do."""

_AT_NIGHT = """
quiet_hours:
  Q1: {covers: WEST, windows: [{start: %s, end: 2026-06-08T03:00Z}]}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
"""


@rule(
    code="WS211",
    name="quiet-hours",
    severity=Severity.ERROR,
    summary="A serial fires or searches by sonar at a time, and in a place, at which the staff promised quiet.",
    why=(
        "Quiet hours are promised to somebody: to those ashore who sleep, to those who fish, for animals that breed. "
        "Hours count for the serials and areas that they cover and for all noise that reaches into those areas; of a "
        "firing serial the time counts in which it may fire, not that in which it sets up. Noise at a reserve time is "
        "a warning, for the serial may yet be held as planned."
    ),
    source=f"{JUDGEMENT}; the hours are those of the file",
    bad=_AT_NIGHT % "2026-06-08T01:00Z",
    good=_AT_NIGHT % "2026-06-08T02:00Z",
    limits=(GRACE,),
)
def noise_in_quiet_hours(context: Context) -> Iterator[Remark]:
    """One remark for each serial, as planned or at a reserve time, and each entry of quiet hours that it breaks."""
    if not context.exercise.quiet_hours:
        return
    noisy = _noisy(context)
    reached = _reached(context, [noise.claim for noise in noisy])
    for quiet in context.exercise.quiet_hours.values():
        broken: dict[tuple[str, Window | None], list[tuple[_Noise, Window]]] = defaultdict(list)
        for number, noise in enumerate(noisy):
            owner = noise.claim.owner
            named = not quiet.covers or owner in quiet.covers or context.exercise.serials[owner].area in quiet.covers
            if named or (number, quiet.id) in reached:
                broken[owner, noise.reserve] += [(noise, both) for both in _shared(noise.loud, quiet.windows)]
        for found in broken.values():
            windows = tuple(sorted({window for _, window in found}))
            if sum(window.end_ms - window.start_ms for window in windows) > context.limit(GRACE):
                yield _broken(context, found[0][0], quiet, windows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noise:
    """A claim that is loud.

    Attributes:
        loud: when it is: of one that fires, while somebody may fire.
        reserve: the time of the serial where it is held in reserve; None where it is held as planned.
    """

    claim: Reservation
    loud: tuple[Window, ...]
    reserve: Window | None = None


def _noisy(context: Context) -> list[_Noise]:
    """Every loud claim of the serials as planned, then of those that have a reserve time in which hours are quiet."""
    from waterspace.programme import plan_serial

    found = [
        _Noise(claim=claim, loud=_loud(claim, context.plans[claim.owner].live))
        for claim in context.reservations
        if claim.hazard in _NOISE
    ]
    owners = {noise.claim.owner for noise in found}
    quiet = [window for one in context.exercise.quiet_hours.values() for window in one.windows]
    for one in _held(context):
        if one.serial in owners and _shared([one.window], quiet):
            planned = plan_serial(context.exercise, context.exercise.serials[one.serial], one.window)
            found += [
                _Noise(claim=claim, loud=_loud(claim, planned.live), reserve=one.window)
                for claim in planned.reservations
                if claim.windows and claim.hazard in _NOISE
            ]
    return found


def _loud(claim: Reservation, live: Sequence[Window]) -> tuple[Window, ...]:
    return tuple(_shared(claim.windows, live)) if claim.hazard is Hazard.FIRING else claim.windows


def _shared(some: Sequence[Window], others: Sequence[Window]) -> list[Window]:
    pairs = (one.overlap(other) for one in some for other in others)
    return sorted(window for window in pairs if window is not None)


def _reached(context: Context, noisy: Sequence[Reservation]) -> set[tuple[int, str]]:
    """Loud claims, by number, that reach into areas which quiet hours cover while these last, each with the hours."""
    import numpy as np

    from waterspace.geometry.reservations.index import ReservationIndex

    areas = context.exercise.areas
    quiet = [
        _quiet_claim(one, name, context)
        for one in context.exercise.quiet_hours.values()
        for name in one.covers
        if name in areas and one.windows
    ]
    if not quiet or not noisy:
        return set()
    count, claims = len(noisy), (*noisy, *quiet)

    def matters(first: IndexArray, second: IndexArray) -> NDArray[np.bool_]:
        wanted: NDArray[np.bool_] = (np.minimum(first, second) < count) & (np.maximum(first, second) >= count)
        return wanted

    met = ReservationIndex(claims).meetings(matters)
    pairs = zip(met.first.tolist(), met.second.tolist(), strict=True)
    return {(min(a, b), claims[max(a, b)].owner) for a, b in pairs}


def _quiet_claim(quiet: QuietHours, area: str, context: Context) -> Reservation:
    return Reservation(
        id=f"{quiet.id}/{area}",
        owner=quiet.id,
        name=quiet.id,
        footprint=context.exercise.areas[area].footprint,
        band=Band(),
        windows=quiet.windows,
        hazard=Hazard.NONE,
    )


def _broken(context: Context, noise: _Noise, quiet: QuietHours, windows: tuple[Window, ...]) -> Remark:
    from waterspace.geometry.footprints import centre

    id_, claim, reserve = noise.claim.owner, noise.claim, noise.reserve
    loud_ms, grace_ms = sum(window.end_ms - window.start_ms for window in windows), context.limit(GRACE)
    position = centre(claim.footprint)
    times = listing([span(window) for window in windows])
    when = "" if reserve is None else f", on its reserve time, {span(reserve)},"
    advice = "Move it out of them" if reserve is None else "Choose another reserve time"
    message = (
        f"{context.serial_title(id_)}{context.area_title(id_)}{when} {_NOISE[claim.hazard]} in the quiet hours "
        f"{quiet.id} near {at(position)}: {times} ({lasting(loud_ms)}). {advice}, or change what was promised."
    )
    return Remark(
        message=message,
        subjects=(id_, quiet.id),
        path=("serials", id_) if reserve is None else ("serials", id_, "reserve"),
        position=position,
        severity=None if reserve is None else Severity.WARNING,
        about=(id_, quiet.id) if reserve is None else (id_, quiet.id, "reserve", str(reserve.start_ms)),
        windows=windows,
        shapes=(claim.footprint,),
        amount=Amount(round(loud_ms / MINUTE_MS, 1), grace_ms / MINUTE_MS, "min"),
    )


_RESERVE = """
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    reserve: [{start: %s, end: 2026-06-09T02:00Z}]
    objectives: O1
  S2: {type: assembly, area: WEST, units: {units: BRAVO}, start: 2026-06-08T22:00Z, duration: 2 h, objectives: O1}
"""


@rule(
    code="WS212",
    name="reserve-clash",
    severity=Severity.WARNING,
    summary="At its reserve time a serial would need a unit that is in another serial, or water that another uses.",
    why=(
        "A reserve time that clashes with the rest of the programme is none: on the day that the weather puts a serial "
        "off, one more has to fall. The serial is taken to begin with the reserve time and to last as planned; whether "
        "two reserve times clash with each other is not asked."
    ),
    source=JUDGEMENT,
    bad=_RESERVE % "2026-06-08T23:00Z",
    good=_RESERVE % "2026-06-09T00:00Z",
)
def reserve_clash(context: Context) -> Iterator[Remark]:
    """One remark for each serial with a reserve time, each other serial and what they clash over."""
    held = _held(context)
    if not held:
        return
    yield from _units_twice(context, held)
    yield from _water_twice(context, held)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A serial as it would be held in a reserve time."""

    serial: str
    window: Window


def _held(context: Context) -> list[_Held]:
    found = []
    for id_ in context.windows:
        for reserve in context.exercise.serials[id_].reserve if id_ in context.types else ():
            planned = context.windows[id_].begun_at(reserve.start_ms)
            end_ms = min(planned.end_ms, reserve.end_ms)
            if reserve.start_ms < end_ms:
                found.append(_Held(serial=id_, window=Window(start_ms=reserve.start_ms, end_ms=end_ms)))
    return found


def _units_twice(context: Context, held: Sequence[_Held]) -> Iterator[Remark]:
    """Units that would have to be in two serials at once."""
    busy: dict[str, list[str]] = defaultdict(list)
    for id_, units in context.assigned.items():
        if id_ in context.windows and id_ in context.types and context.types[id_].exclusive:
            for unit in units:
                busy[unit].append(id_)
    for one in held:
        if not context.types[one.serial].exclusive:
            continue
        wanted: defaultdict[str, list[str]] = defaultdict(list)
        for unit in sorted(context.assigned[one.serial]):
            for other in busy[unit]:
                if other != one.serial and one.window.overlap(context.windows[other]) is not None:
                    wanted[other].append(unit)
        for other, twice in wanted.items():
            yield _twice(context, one, other, twice)


def _twice(context: Context, one: _Held, other: str, units: list[str]) -> Remark:
    window = one.window.overlap(context.windows[other])
    assert window is not None
    names = sorted(context.unit_title(unit) for unit in units)
    message = (
        f"If {context.serial_title(one.serial)} is held in its reserve time, {span(one.window)}, {listing(names)} "
        f"{'is' if len(names) == 1 else 'are'} also in {context.serial_title(other)}, {span(window)} "
        f"({lasting(window.end_ms - window.start_ms)}). Choose another reserve time."
    )
    return Remark(
        message=message,
        subjects=(one.serial, other, *units),
        about=(one.serial, other, "units", str(one.window.start_ms)),
        path=("serials", one.serial, "reserve"),
        position=context.area_position(other),
        window=window,
        amount=Amount(round((window.end_ms - window.start_ms) / MINUTE_MS, 1), 0.0, "min"),
    )


def _water_twice(context: Context, held: Sequence[_Held]) -> Iterator[Remark]:
    """Dangers that would reach into the water or air of another serial, either way round."""
    first: dict[tuple[_Held, str], tuple[Reservation, Reservation, Clash]] = {}
    for one, own, other, clash in _water_clashes(context, held):
        key = one, other.owner
        if key not in first or clash_order(clash) < clash_order(first[key][2]):
            first[key] = own, other, clash
    for (one, _), (own, other, clash) in first.items():
        message = (
            f"If {context.serial_title(one.serial)} is held in its reserve time, {span(one.window)}, "
            f"{context.claim_title(own)} meets {context.claim_title(other)} near {at(clash.position)}, "
            f"{extent(clash)}. Choose another reserve time."
        )
        yield Remark(
            message=sentence(message),
            subjects=(one.serial, other.owner),
            about=(one.serial, other.owner, "water", str(one.window.start_ms)),
            path=("serials", one.serial, "reserve"),
            clash=clash,
            amount=Amount(round((clash.window.end_ms - clash.window.start_ms) / MINUTE_MS, 1), 0.0, "min"),
        )


def _water_clashes(context: Context, held: Sequence[_Held]) -> Iterator[tuple[_Held, Reservation, Reservation, Clash]]:
    """Each claim that a serial would make in its reserve time, and what it would meet."""
    import numpy as np

    from waterspace.geometry.reservations.index import ReservationIndex

    claims: list[Reservation] = list(context.reservations)
    made: list[_Held] = []
    for one in held:
        planned = _claims(context, one)
        claims += planned
        made += [one] * len(planned)
    count = len(context.reservations)
    owners = np.array([claim.owner for claim in claims])
    dangers = np.array([claim.hazard.is_hazardous for claim in claims], dtype=np.bool_)

    def matters(first: IndexArray, second: IndexArray) -> NDArray[np.bool_]:
        pairs = (np.minimum(first, second) < count) & (np.maximum(first, second) >= count)
        wanted: NDArray[np.bool_] = pairs & (owners[first] != owners[second]) & (dangers[first] | dangers[second])
        return wanted

    met = ReservationIndex(claims).meetings(matters)
    for k in range(len(met)):
        number = int(met.second[k])
        yield made[number - count], claims[number], claims[int(met.first[k])], met.clash(k)


def _claims(context: Context, one: _Held) -> tuple[Reservation, ...]:
    from waterspace.programme import plan_serial

    planned = plan_serial(context.exercise, context.exercise.serials[one.serial], one.window)
    return tuple(claim for claim in planned.reservations if claim.windows)
