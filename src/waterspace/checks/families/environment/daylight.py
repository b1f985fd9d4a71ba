"""Environment (WS4): the sun is up where serials need its light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import NotCheckedError, Remark, rule
from waterspace.checks.views.light import needs_daylight
from waterspace.checks.words import at, listing
from waterspace.domain import Amount, Severity, Window
from waterspace.notation import format_duration, format_time
from waterspace.quantity import DAY_MS, MINUTE_MS, whole_minute_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Position

__all__ = ["dark_when_light_is_needed"]

_LONGEST_MS = 366 * DAY_MS
"""Light is looked for this long; the rest of a longer serial is not checked."""

_LOOKS = 8
"""How often in a serial the sun is looked at before it is looked at closely."""

_CIVIL_DEG = -6.0
"""Altitude of the sun's centre at which civil twilight ends; below it is dark.

Source: U.S. Naval Observatory, Astronomical Applications Department, Rise, Set, and Twilight Definitions.
"""

_TURN_DEG = 362.0
"""More than the sun moves in a day, seen from the turning earth."""

_UNSURE_DEG = 0.1
"""Added to what is asked of the sun where nobody looks closely."""


@rule(
    code="WS401",
    name="dark-when-light-is-needed",
    severity=Severity.ERROR,
    summary="A serial that needs daylight runs, in part or throughout, while the sun is down.",
    why=(
        "Lookouts must see that the range is clear, and people in the water must be found. A serial needs daylight "
        "where its type says so, unless its conditions say otherwise. The sun is computed for the middle of the area "
        "and for where the units begin and end, without twilight."
    ),
    source=(
        "sunrise and sunset at 0.833 degrees below the horizon (U.S. Naval Observatory); daylight for firing after "
        "the NMFS biological opinion on US Navy training (sinking exercises: 1 h after sunrise to 30 min before "
        "sunset); which types need it is our judgement"
    ),
    bad="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T09:00Z
    duration: 2 h
    objectives: O1
    conditions: {daylight: yes}
""",
    good="""
serials:
  S1:
    type: assembly
    area: WEST
    units: {units: [ALFA, BRAVO]}
    start: 2026-06-08T02:00Z
    duration: 2 h
    objectives: O1
    conditions: {daylight: yes}
""",
)
def dark_when_light_is_needed(context: Context) -> Iterator[Remark]:
    """The first darkness in each serial that needs daylight."""
    from waterspace.environment.sky.sun import first_dark_ms

    nowhere: list[str] = []
    too_long: list[str] = []
    needing = [id_ for id_ in context.windows if needs_daylight(context, id_)]
    places = {id_: _positions(context, id_) for id_ in needing}
    light = _surely_light(context, places)
    for id_, window in ((id_, context.windows[id_]) for id_ in needing):
        positions = places[id_]
        if not positions:
            nowhere.append(id_)
            continue
        if id_ in light:
            continue
        look = Window(start_ms=window.start_ms, end_ms=min(window.end_ms, window.start_ms + _LONGEST_MS))
        dark = ((first_dark_ms(position, look), position) for position in positions)
        found = [(time_ms, position) for time_ms, position in dark if time_ms is not None]
        if found:
            dark_ms, position = min(found, key=lambda entry: entry[0])
            yield _darkness(context, id_, dark_ms, position)
        elif look.end_ms < window.end_ms:
            too_long.append(id_)
    reasons = [f"nothing says where {listing(sorted(nowhere))} is held"] if nowhere else []
    if too_long:
        reasons.append(f"light was looked for only in the first {format_duration(_LONGEST_MS)} of {listing(too_long)}")
    if reasons:
        raise NotCheckedError("; ".join(reasons))


def _surely_light(context: Context, places: Mapping[str, Sequence[Position]]) -> frozenset[str]:
    """Serials of no more than a day in which the sun surely never sets, for their altitudes all taken together.

    Between two looks the sun falls no faster than the earth turns, and of two places no farther apart than an angle it
    stands no lower over one than that angle below where it stands over the other.
    """
    import numpy as np

    from waterspace.environment.sky.sun import HORIZON_DEG, altitudes_deg

    short = [id_ for id_, found in places.items() if found and _lasting_ms(context, id_) <= min(DAY_MS, _LONGEST_MS)]
    if not short:
        return frozenset()
    lat = [[position.lat_deg for position in places[id_]] for id_ in short]
    lon = [[position.lon_deg for position in places[id_]] for id_ in short]
    spread_deg = np.array([max(a) - min(a) + max(b) - min(b) for a, b in zip(lat, lon, strict=True)])
    start_ms = np.array([context.windows[id_].start_ms for id_ in short], dtype=np.float64)
    part_ms = np.array([_lasting_ms(context, id_) / _LOOKS for id_ in short])
    times_ms = start_ms[:, None] + part_ms[:, None] * np.arange(_LOOKS + 1)
    altitude_deg = altitudes_deg(
        np.array([values[0] for values in lat])[:, None], np.array([values[0] for values in lon])[:, None], times_ms
    )
    fall_deg = part_ms / 2.0 * (_TURN_DEG / DAY_MS)
    light = altitude_deg.min(axis=1) - fall_deg - spread_deg > HORIZON_DEG + _UNSURE_DEG
    return frozenset(id_ for id_, is_light in zip(short, light.tolist(), strict=True) if is_light)


def _lasting_ms(context: Context, serial: str) -> int:
    window = context.windows[serial]
    return window.end_ms - window.start_ms


def _positions(context: Context, serial: str) -> Sequence[Position]:
    """Where light is needed: the middle of the area, and the ends of every unit's track."""
    tracks = [legs for _, legs in sorted(context.plans[serial].tracks.items()) if legs]
    ends = [position for legs in tracks for position in (legs[0].start, legs[-1].end)]
    middle = context.area_position(serial)
    return tuple(dict.fromkeys((*([middle] if middle is not None else []), *ends)))


def _darkness(context: Context, serial: str, dark_ms: int, position: Position) -> Remark:
    from waterspace.environment.sky.sun import daylight, sun_altitude_deg

    window = context.windows[serial]
    title = f"{context.serial_title(serial)}{context.area_title(serial)} needs daylight"
    day_after = daylight(position, Window(start_ms=dark_ms, end_ms=dark_ms + DAY_MS))
    after = [light for light in day_after if light.start_ms > dark_ms]
    if dark_ms > window.start_ms:
        over = format_duration(whole_minute_ms(window.end_ms - dark_ms))
        message = (
            f"{title} until {format_time(window.end_ms)}, but the sun sets at {_clock(context, dark_ms)} at "
            f"{at(position)}, {over} before the end. End it by then, or begin earlier."
        )
    else:
        before = daylight(position, Window(start_ms=dark_ms - DAY_MS, end_ms=dark_ms))
        altitude_deg = sun_altitude_deg(position, dark_ms)
        down = "it is dark" if altitude_deg < _CIVIL_DEG else "the sun is down (civil twilight)"
        set_ = f"the sun set at {_clock(context, before[-1].end_ms)}" if before else "the sun has not been up for a day"
        rise = f"rises at {_clock(context, after[0].start_ms)}" if after else "does not rise within a day"
        message = (
            f"{title}, but {down} at {at(position)} when it starts at {_clock(context, window.start_ms)}: {set_} and "
            f"{rise}."
        )
    dark = Window(start_ms=dark_ms, end_ms=min(window.end_ms, after[0].start_ms if after else window.end_ms))
    return Remark(
        message=message,
        subjects=(serial,),
        path=("serials", serial, "start"),
        position=position,
        window=dark,
        amount=Amount(value=round((dark.end_ms - dark_ms) / MINUTE_MS, 1), limit=0.0, unit="min"),
    )


def _clock(context: Context, time_ms: int) -> str:
    """Z, and local time in brackets where the file names a zone."""
    offset_ms = context.exercise.local_offset_ms
    local = f" ({format_time(time_ms, offset_ms)})" if offset_ms else ""
    return f"{format_time(time_ms)}{local}"
