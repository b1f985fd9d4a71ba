"""AIS area notices read: message 8, area code 1, function 22, from sentences as they are heard or as a station is told.

    for reading in read_area_notices(text, near_ms=now_ms):
        print(reading.number, reading.verdict)

Source: IMO SN.1/Circ.289, annex, 11. Each notice is a reading of its own, its number the identity of the station and
the linkage; other messages are passed over. A notice names no year: that nearest to a given time is taken. What a
notice resolves is told in `waterspace.messages.ais.figures`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.messages.ais.faults import told, told_broken
from waterspace.messages.ais.figures import RESOLUTION_DEG, read_figures
from waterspace.messages.ais.notices import CANCELLATION, CATEGORIES, HEAD_BITS, OTHERS, Head
from waterspace.messages.ais.sentences import heard, unheard
from waterspace.messages.bounds import bounded
from waterspace.messages.category import category
from waterspace.messages.lexing import tokens
from waterspace.messages.reading import Category, Doubt, Message, Reading, Span, Spell, WarnedArea
from waterspace.quantity import MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.messages.ais.sentences import Heard

__all__ = ["SERIES", "read_ais", "read_area_notices"]

SERIES = "AIS AREA NOTICE"
"""Series of every reading made here."""


def read_area_notices(text: str, near_ms: int | None = None, file: str = "") -> tuple[Reading, ...]:
    """The area notices in a text, and every sentence that is wrong, in order.

    Args:
        text: lines with VDM, VDO or BBM sentences, anything around them.
        near_ms: when it was heard, for the year; None where unknown, which leaves a doubt.
        file: where it was found.
    """
    return tuple(_readings(text, near_ms, file))


def read_ais(message: Message) -> Reading:
    """The area notice in a message of AIS sentences; of a message without one, how many others there are.

    Args:
        message: as `waterspace.messages.finding` cuts it; a text with several notices leaves a doubt.
    """
    notices: list[tuple[Head, Heard]] = []
    faults: list[Heard] = []
    others: list[Heard] = []
    for one in heard(message.text[: _told_from(message)]):
        head = Head.read(one.bits)
        if head is not None:
            notices.append((head, one))
        else:
            (faults if one.fault else others).append(one)
    doubts = told([(Span(one.start, one.end), one.fault) for one in faults])
    if not notices:
        return _without_notice(message, doubts, others)
    head, first = notices[0]
    reading = _reading(message, Span(first.start, first.end), head, first)
    if len(notices) > 1:
        reason = f"{len(notices)} area notices stand in one message: expected one, and the first is read."
        doubts = (*doubts, Doubt(Span(notices[1][1].start, notices[1][1].end), reason))
    return replace(reading, doubts=(*reading.doubts, *doubts)) if doubts else reading


def _told_from(message: Message) -> int | None:
    """From where on the sentences of a message are wrong, as was told when it was cut; None where it was not."""
    return min((doubt.span.start for doubt in message.doubts), default=None) if message.id == OTHERS else None


def _without_notice(message: Message, doubts: tuple[Doubt, ...], others: list[Heard]) -> Reading:
    """Messages of AIS that carry no notice are passed over; what is wrong may have been one."""
    remarks = []
    if not (message.id == OTHERS and message.doubts):
        doubts = (*doubts, *told_broken(unheard(message.text)))
    if others:
        what = "message carries" if len(others) == 1 else "messages carry"
        reason = f"{len(others)} AIS {what} no area notice (message 8, area code 1, function 22): passed over."
        remarks.append(Doubt(Span(others[0].start, others[0].end), reason))
    return Reading(message=message, doubts=doubts, remarks=tuple(remarks), issued_ms=message.issued_ms)


def _readings(text: str, near_ms: int | None, file: str) -> Iterator[Reading]:
    line, counted = 1, 0
    for one in heard(text):
        head = Head.read(one.bits)
        if head is None and not one.fault:
            continue
        line, counted = line + text.count("\n", counted, one.start), max(counted, one.start)
        number = _number(head) if head else ""
        message = Message(
            id=f"{SERIES} {number}".strip(), text=text[one.start : one.end], file=file, line=line, issued_ms=near_ms
        )
        span = Span(0, len(message.text))
        if head is None:
            yield Reading(message=message, doubts=(Doubt(span, f"{one.fault.capitalize()}."),))
        else:
            yield _reading(message, span, head, one)


def _number(head: Head) -> str:
    return f"{head.mmsi:09d}/{head.linkage}"


def _reading(message: Message, span: Span, head: Head, one: Heard) -> Reading:
    number = _number(head)
    doubts: list[Doubt] = []
    found = read_figures(one.bits[HEAD_BITS:])
    doubts += [Doubt(span, f"{fault[:1].upper()}{fault[1:]}.") for fault in found.faults]
    spell = _spell(head, message.issued_ms, doubts, span)
    said = category(tokens(found.text))
    areas = tuple(
        WarnedArea(
            form=form,
            footprint=footprint,
            positions=positions,
            spans=(span,) * len(positions),
            spells=(spell,),
            category=CATEGORIES.get(head.notice, Category.OTHER) if said is Category.OTHER else said,
            resolution_deg=RESOLUTION_DEG,
        )
        for form, footprint, positions in found.shapes
    )
    is_taken_back = head.notice == CANCELLATION
    return bounded(
        Reading(
            message=message,
            areas=() if is_taken_back else areas,
            doubts=tuple(doubts),
            cancels=(f"{SERIES} {number}",) if is_taken_back else (),
            issued_ms=message.issued_ms,
            series=SERIES,
            number=number,
        )
    )


def _spell(head: Head, near_ms: int | None, doubts: list[Doubt], span: Span) -> Spell:
    """When a notice is in force."""
    if head.start is None:
        start_ms = near_ms
    elif near_ms is None:
        doubts.append(Doubt(span, "A notice names no year: a time near which it was heard is expected beside it."))
        return Spell(None, None)
    else:
        start_ms = head.start_ms(near_ms)
        if start_ms is None:
            month, day, hour, minute = head.start
            told = f"month {month}, day {day}, {hour:02d}{minute:02d}"
            doubts.append(Doubt(span, f"A notice starts on {told}: a date and time that exist are expected."))
            return Spell(None, None)
    end_ms = None if head.minutes is None or start_ms is None else start_ms + head.minutes * MINUTE_MS
    return Spell(start_ms, end_ms)
