"""The words of a card, the same in text and on paper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace.domain import Severity
from waterspace.notation import format_band, format_bearing, format_duration, format_offset, format_speed, format_time
from waterspace.quantity import MINUTE_MS
from waterspace.reports.cards.particulars import plot_words
from waterspace.reports.lines import clock, joined, span
from waterspace.reports.shapes import miles, place_words, shape_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.domain import Finding
    from waterspace.reports.cards.values import (
        Card,
        CardArea,
        CardDanger,
        CardDay,
        CardNotice,
        CardPassage,
        CardSerial,
    )

__all__ = [
    "active_words",
    "area_words",
    "by_gravity",
    "danger_words",
    "day_words",
    "notice_words",
    "officer_words",
    "passage_words",
    "period_words",
    "place_words",
    "plot_words",
    "title_words",
    "unit_words",
    "where_words",
    "with_words",
]

_DATE = 2
"""Letters of a date-time group that are the day of the month."""


def unit_words(card: Card) -> str:
    """`Type 052D (Luyang III), destroyer; home Qingdao`."""
    kind = f"{card.class_name}, {card.kind}" if card.kind else card.class_name
    home = card.home if card.home.startswith("carried by") else f"home {card.home}" if card.home else ""
    return "; ".join(filter(None, (kind, home)))


def period_words(card: Card) -> str:
    """`150000Z JUL 23 to 250000Z JUL 23; local time +09:00`."""
    start, end = format_time(card.period.start_ms), format_time(card.period.end_ms)
    local = f"; local time {format_offset(card.local_offset_ms)}" if card.local_offset_ms else ""
    return f"{start} to {end}{local}"


def where_words(serial: CardSerial) -> str:
    """`MEETING, 39-48.0N 133-12.6E`; `from 36-01.0N 120-20.0E` where it has no area."""
    place = "" if serial.place is None else place_words(serial.place)
    if serial.area:
        return f"{serial.area}, {place}" if place else serial.area
    return f"from {place}" if place else ""


def with_words(serial: CardSerial) -> str:
    """`ships Guiyang and Zaozhuang; safety Rizhao`; a role that is called units goes without its name."""
    given = ((one.role if one.role != "units" else "", joined(list(one.units))) for one in serial.partners)
    return "; ".join(f"{role} {units}".lstrip() for role, units in given)


def title_words(serial: CardSerial) -> str:
    """`Joint gunnery, as safety`; a role that is called units says nothing."""
    return serial.title if serial.role == "units" else f"{serial.title}, as {serial.role}"


def officer_words(serial: CardSerial) -> str:
    """Who conducts it and who watches safety."""
    return f"conducts: {serial.conducting or 'not named'}; safety officer: {serial.safety or 'not named'}"


def passage_words(passage: CardPassage) -> str:
    """`36.8 nm, at first on 193, in 2 h 30 min: 14.7 kn needed`; a way that cannot be made says so."""
    way = f"{miles(passage.distance_m)}, at first on {format_bearing(passage.course_deg)}"
    if not passage.origin and not passage.too_fast:
        return way  # it has days for it
    if math.isinf(passage.required_speed_mps):
        return f"{way}: no time for it"
    duration_ms = passage.available.end_ms - passage.available.start_ms
    text = f"{way}, in {format_duration(duration_ms)}: {format_speed(passage.required_speed_mps)} needed"
    return f"{text}, more than its {format_speed(passage.top_speed_mps)}" if passage.too_fast else text


def day_words(day: CardDay, offset_ms: int) -> tuple[str, str, str]:
    """The date by the local clock, sunrise and sunset by both clocks: `16 JUL 23`, `152034Z (160534I)`, ..."""
    date = format_time(day.noon_ms, offset_ms)
    name = f"{date[:_DATE]} {date[_DATE + 6 :]}" if date[_DATE].isdigit() else date[:10]
    return name, _sun(day.sunrise_ms, day.note, offset_ms), _sun(day.sunset_ms, day.note, offset_ms)


def area_words(area: CardArea) -> str:
    """Its corners, and its heights where it is limited."""
    limited = math.isfinite(area.band.floor_m) or math.isfinite(area.band.ceiling_m)
    heights = f"; {format_band(area.band.floor_m, area.band.ceiling_m)}" if limited else ""
    return f"{shape_words(area.footprint)}{heights}"


def danger_words(danger: CardDanger, offset_ms: int) -> str:
    """`8.1 nm off at 220137Z JUL 23 (221037I); surface to 10000 ft`."""
    near = "inside it from" if danger.distance_m < 1.0 else f"{miles(danger.distance_m)} off at"
    floor_m = 0.0 if -100.0 < danger.band.floor_m < 0.0 else danger.band.floor_m  # a keel counts as the surface
    return f"{near} {clock(danger.closest_ms, offset_ms)}; {format_band(floor_m, danger.band.ceiling_m)}"


def active_words(danger: CardDanger, card: Card) -> str:
    """`active 220000Z to 220300Z JUL 23 (220900I to 221200I)`; what is in force all the time says so."""
    window, period = danger.window, card.period
    if window.start_ms <= period.start_ms and period.end_ms <= window.end_ms:
        return "active all the time"
    return f"active {span(window, card.local_offset_ms)}"


def notice_words(notice: CardNotice, offset_ms: int) -> str:
    """`navarea for S109, planned for 160600Z JUL 23 (161500I) by Air element`."""
    when = "no time planned" if notice.planned_ms is None else f"planned for {clock(notice.planned_ms, offset_ms)}"
    by = f" by {notice.originator}" if notice.originator else ""
    until = "" if notice.cancel_ms is None else f", cancelled at {clock(notice.cancel_ms, offset_ms)}"
    return f"{notice.kind} for {', '.join(notice.covers)}, {when}{by}{until}"


def _sun(time_ms: int | None, note: str, offset_ms: int) -> str:
    """To the minute, with the day of the month: one by the local clock may be another by UTC."""
    if time_ms is None:
        return note
    minute_ms = round(time_ms / MINUTE_MS) * MINUTE_MS
    universal = format_time(minute_ms)[:7]
    local = format_time(minute_ms, offset_ms)
    if not offset_ms:
        return universal
    there = local[:7] if local[_DATE].isdigit() else f"{local[8:10]} {local[11:16]}"
    return f"{universal} ({there})"


def by_gravity(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then warnings, then advice; those of one severity keep their order."""
    order = {severity: rank for rank, severity in enumerate(Severity)}
    return tuple(sorted(findings, key=lambda one: order[one.severity]))
