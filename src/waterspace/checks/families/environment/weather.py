"""Environment (WS4): sea state, wind and visibility are what the serials bear."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.limits import ASSUMED, Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.words import listing, span
from waterspace.domain import Amount, Hazard, Medium, Severity, Window
from waterspace.notation import format_speed, format_time
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M, knots, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from waterspace.checks.context import Context

    _Values = Sequence[tuple[float, Window]]


__all__ = ["sea_too_high", "wind_or_visibility"]

_DECK_WIND = Limit(
    name="deck_wind",
    kind=Kind.SPEED,
    default=35.0 * KNOT_MPS,
    meaning="A stronger wind than this stops flights from ships, where nothing else is given.",
    source=f"{ASSUMED}; who flies a type from a deck knows better",
)
_FLYING_SIGHT = Limit(
    name="flying_visibility",
    kind=Kind.DISTANCE,
    default=NAUTICAL_MILE_M,
    meaning="Less visibility than this stops flights from ships, where nothing else is given.",
    source=f"{ASSUMED}: to find the deck again",
)
_FIRING_SIGHT = Limit(
    name="firing_visibility",
    kind=Kind.DISTANCE,
    default=3.0 * NAUTICAL_MILE_M,
    meaning="Less visibility than this stops firing, where nothing else is given.",
    source=f"{JUDGEMENT}: to see that the range is clear; 33 CFR 334.10 lets no bombing be practised in fog",
)


@rule(
    code="WS403",
    name="sea-too-high",
    severity=Severity.ERROR,
    summary="The weather given in the file has a sea state above the limit of a serial.",
    why=(
        "Helicopters, ships alongside each other and boats have limits; a serial that is planned above them will be "
        "cancelled or will hurt somebody. The limit is that of the serial's conditions, otherwise that of its type."
    ),
    source="the limits of the file and of each serial type, as `waterspace serials` lists them; Douglas sea scale",
    bad="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    conditions: {sea_state: 4}
weather:
  - {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 6}
""",
    good="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    conditions: {sea_state: 4}
weather:
  - {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3}
""",
)
def sea_too_high(context: Context) -> Iterator[Remark]:
    """The highest sea state in each serial that has a limit."""
    unknown: list[str] = []
    for id_, window in context.windows.items():
        limit = _sea_state_limit(context, id_)
        if limit is None:
            continue
        spells = [
            (float(spell.sea_state), both)
            for spell in context.exercise.weather
            if spell.sea_state is not None and (both := spell.window.overlap(window)) is not None
        ]
        if not _covers(window, [both for _, both in spells]):
            unknown.append(id_)
        high = [spell for spell in spells if spell[0] > limit]
        if high:
            state = max(value for value, _ in high)
            times = _times(high, state)
            message = (
                f"{context.serial_title(id_)}{context.area_title(id_)} may run up to sea state {limit}, but sea state "
                f"{state:.0f} is given {times.said}. Move it, or name a reserve day."
            )
            yield Remark(
                message=message,
                subjects=(id_,),
                path=("serials", id_, "conditions", "sea_state"),
                position=context.area_position(id_),
                windows=times.windows,
                amount=Amount(value=state, limit=float(limit), unit="Douglas sea state"),
            )
    if unknown:
        reason = "the weather given leaves out" if context.exercise.weather else "no weather is given for"
        raise NotCheckedError(f"{reason} {listing(sorted(unknown))}")


class _Times(NamedTuple):
    """When a serial is beyond a limit: in words, the worst first; and all of it, in order."""

    said: str
    windows: tuple[Window, ...]


def _times(beyond: _Values, worst: float) -> _Times:
    """When values are given that are beyond a limit.

    Args:
        beyond: values with their times, in any order; at least one.
        worst: of them.
    """
    windows, at_worst = _runs(both for _, both in beyond), _runs(both for value, both in beyond if value == worst)
    said = listing([f"from {format_time(one.start_ms)} to {format_time(one.end_ms)}" for one in at_worst])
    if windows != at_worst:
        said += f", and the limit is passed {listing([span(one) for one in windows])}"
    return _Times(said, windows)


def _runs(parts: Iterable[Window]) -> tuple[Window, ...]:
    """Windows in order of time; those that touch or overlap are one."""
    runs: list[Window] = []
    for part in sorted(parts):
        if runs and part.start_ms <= runs[-1].end_ms:
            runs[-1] = Window(start_ms=runs[-1].start_ms, end_ms=max(runs[-1].end_ms, part.end_ms))
        else:
            runs.append(part)
    return tuple(runs)


def _sea_state_limit(context: Context, serial: str) -> int | None:
    asked = context.exercise.serials[serial].conditions.sea_state_max
    if asked is not None:
        return asked
    return context.needs[serial].sea_state_max


def _covers(window: Window, parts: Sequence[Window]) -> bool:
    """Whether parts of a window, in any order, leave no gap in it."""
    known_ms = window.start_ms
    for part in sorted(parts):
        if part.start_ms > known_ms:
            return False
        known_ms = max(known_ms, part.end_ms)
    return known_ms >= window.end_ms


@rule(
    code="WS404",
    name="wind-or-visibility",
    severity=Severity.ERROR,
    summary="The wind or the visibility given is beyond a limit of a serial.",
    why=(
        "Decks, boats and lookouts have limits of wind and sight as they have of the sea; a serial that is planned "
        "beyond them will be cancelled or will hurt somebody. The limit is that of the serial's conditions, otherwise "
        "that of its type. Fields that the planner brings are looked at every hour in the middle of the area; without "
        "any, the schedule of the file holds. Where neither the serial nor its type gives a limit, some serials have "
        "one all the same, if the file has a schedule of weather: flights from ships 35 kn of wind and 1 nm of sight, "
        "firing 3 nm of sight (assumed)."
    ),
    source=(
        "the limits of the file and of each serial type, as `waterspace serials` lists them; 33 CFR 334.10: no "
        f"bombing practice in foggy weather; how far those who fire should see is {JUDGEMENT}"
    ),
    bad="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    conditions: {wind: 20 kn, visibility: 3 nm}
weather:
  - {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3, wind_speed: 28 kn, visibility: 8 nm}
""",
    good="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    conditions: {wind: 20 kn, visibility: 3 nm}
weather:
  - {start: 2026-06-01T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3, wind_speed: 18 kn, visibility: 8 nm}
""",
    limits=(_DECK_WIND, _FLYING_SIGHT, _FIRING_SIGHT),
)
def wind_or_visibility(context: Context) -> Iterator[Remark]:
    """The strongest wind and the least visibility in each serial that has a limit of them."""
    unknown: dict[str, list[str]] = {"wind": [], "visibility": []}
    winds_in_general, sights_in_general = _general_limits(context)
    for id_, window in context.windows.items():
        wind, sight = _wind_and_sight(context, id_)
        wind = winds_in_general.get(id_) if wind is None else wind
        sight = sights_in_general.get(id_) if sight is None else sight
        if wind is None and sight is None:
            continue
        winds, sights = _given(context, id_)
        if wind is not None:
            if not _covers(window, [both for _, both in winds]):
                unknown["wind"].append(id_)
            strong = [entry for entry in winds if entry[0] > wind]
            if strong:
                worst = max(value for value, _ in strong)
                said = f"in up to {format_speed(wind)} of wind, but {format_speed(worst)}"
                amount = Amount(value=knots(worst), limit=knots(wind), unit="kn")
                yield _beyond(context, id_, said, amount, _times(strong, worst))
        if sight is not None:
            if not _covers(window, [both for _, both in sights]):
                unknown["visibility"].append(id_)
            poor = [entry for entry in sights if entry[0] < sight]
            if poor:
                worst = min(value for value, _ in poor)
                amount = Amount(value=nautical_miles(worst), limit=nautical_miles(sight), unit="nm")
                said = f"with a visibility of {amount.limit:.1f} nm or more, but {amount.value:.1f} nm"
                yield _beyond(context, id_, said, amount, _times(poor, worst))
    reasons = [f"no {what} is given throughout {listing(sorted(ids))}" for what, ids in unknown.items() if ids]
    if reasons:
        raise NotCheckedError("; ".join(reasons))


def _from_decks(context: Context) -> frozenset[str]:
    """Serials with a flight from a ship, or back to one."""
    from waterspace.programme.passages import carrier

    exercise = context.exercise
    return frozenset(
        serial
        for sortie in context.programme.sorties
        if (ship := carrier(exercise, exercise.units[sortie.unit])) and context.medium(ship) is not Medium.SHORE
        for serial in sortie.serials
    )


def _general_limits(context: Context) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Serial to the strongest wind, and serial to the least visibility, where neither it nor its type gives one."""
    if not context.exercise.weather:
        return {}, {}
    decks = _from_decks(context)
    firing = {claim.owner for claim in context.firing if claim.hazard is Hazard.FIRING}
    sights_m = dict.fromkeys(decks, context.limit(_FLYING_SIGHT))
    for id_ in firing:
        sights_m[id_] = max(sights_m.get(id_, 0.0), context.limit(_FIRING_SIGHT))
    return dict.fromkeys(decks, context.limit(_DECK_WIND)), sights_m


def _wind_and_sight(context: Context, serial: str) -> tuple[float | None, float | None]:
    """The strongest wind and the least visibility that a serial or its type gives, None where nothing does."""
    asked, needs = context.exercise.serials[serial].conditions, context.needs[serial]
    wind_mps = needs.wind_max_mps if asked.wind_max_mps is None else asked.wind_max_mps
    return wind_mps, needs.visibility_min_m if asked.visibility_min_m is None else asked.visibility_min_m


def _beyond(context: Context, serial: str, said: str, amount: Amount, times: _Times) -> Remark:
    message = (
        f"{context.serial_title(serial)}{context.area_title(serial)} may run {said} is given {times.said}. "
        "Move it, or name a reserve day."
    )
    return Remark(
        message=message,
        subjects=(serial,),
        about=(serial, amount.unit),
        path=("serials", serial, "conditions"),
        position=context.area_position(serial),
        windows=times.windows,
        amount=amount,
    )


def _given(context: Context, serial: str) -> tuple[_Values, _Values]:
    """Winds, metres a second, and visibilities, metres, each with the part of the serial's time for which it is."""
    window, fields = context.windows[serial], context.surroundings.fields
    if fields is None:
        near = (
            spell
            for spell in context.exercise.weather
            if spell.window.start_ms < window.end_ms and window.start_ms < spell.window.end_ms
        )
        spells = [(spell, both) for spell in near if (both := spell.window.overlap(window))]
        winds = [(spell.wind_speed_mps, both) for spell, both in spells if spell.wind_speed_mps is not None]
        sights = [(spell.visibility_m, both) for spell, both in spells if spell.visibility_m is not None]
        return winds, sights
    position = context.area_position(serial)
    if position is None:
        return [], []
    import numpy as np

    times = np.arange(window.start_ms, window.end_ms, HOUR_MS, dtype=np.float64)
    sea = fields.at(position.lat_deg, position.lon_deg, times)
    hours = [Window(start_ms=int(ms), end_ms=min(int(ms) + HOUR_MS, window.end_ms)) for ms in times]
    return tuple(  # type: ignore[return-value]  # two of them
        [(float(value), hour) for value, hour in zip(values, hours, strict=True) if not np.isnan(value)]
        for values in (np.broadcast_to(sea.wind_mps, times.shape), np.broadcast_to(sea.visibility_m, times.shape))
    )
