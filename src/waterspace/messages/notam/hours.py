"""Hours of item D: `0800-1000`, `SR MINUS15-1130`, `H24`, and stretches from one date to another."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from waterspace.messages.notam.dates import DaySpan
from waterspace.messages.notam.rules import Edge, Hours, Light, Moment, Rule, Stretch
from waterspace.messages.notam.terms import LIGHTS, MONTHS, THROUGH
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from waterspace.messages.notam.terms import Reader, Token

__all__ = ["WHOLE_DAY", "read_group", "read_hours", "starts_hours"]

_MINUTES = {"MIN", "MINS", "MINUTES"}

WHOLE_DAY = Hours(Edge(None, 0), Edge(None, DAY_MS))


def starts_hours(reader: Reader) -> bool:
    """Whether hours follow."""
    token = reader.peek()
    return token.kind in ("hours", "time") or token.text in LIGHTS


def read_hours(reader: Reader, rule: Rule) -> tuple[Hours, ...]:
    """One span of hours; none where it turns out to be a stretch to another date, which is noted."""
    token = reader.peek()
    if token.kind == "hours":
        reader.take()
        if token.text in ("HJ", "HN"):
            day, night = Edge(Light.SUNRISE, 0), Edge(Light.SUNSET, 0)
            return (Hours(day, night) if token.text == "HJ" else Hours(night, day),)
        return (WHOLE_DAY,)
    start = _edge(reader)
    if reader.peek().text not in THROUGH:
        reader.wrong(token, f"Found {token.text} in item D without an end of the hours.")
        return ()
    reader.take()
    if _starts_stretch(reader):
        _stretch(reader, rule, start)
        return ()
    if not starts_hours(reader) or reader.peek().kind == "hours":
        reader.wrong(token, f"Found {token.text} in item D without an end of the hours.")
        return ()
    end = _edge(reader)
    days = 0
    if reader.peek().text == "(" and reader.peek(1).text == "NEXTDAY":
        reader.place += 2
        reader.skip({")"})
        days = 0 if start.light or end.light or end.offset_ms <= start.offset_ms else 1
    return (Hours(start, end, days),)


def _edge(reader: Reader) -> Edge:
    """`0800`, `SR`, `SR MINUS15`, `SS PLUS 30`, `SR-30`."""
    token = reader.take()
    if token.kind == "time":
        digits = token.text.replace(":", "").replace(".", "")
        hour, minute = int(digits[:2]), int(digits[2:])
        at_ms = hour * HOUR_MS + minute * MINUTE_MS
        if minute > 59 or at_ms > DAY_MS:
            reader.wrong(token, f"{token.text} is no time of day.")
        return Edge(None, at_ms)
    sign, number, after = reader.peek(), reader.peek(1), reader.peek(2)
    is_signed = sign.text in ("MINUS", "PLUS", "+") or (
        sign.text == "-" and number.kind == "day" and (after.text in THROUGH or after.text in _MINUTES)
    )
    shift_ms = 0
    if is_signed and number.kind in ("day", "number"):
        reader.place += 2
        reader.skip(_MINUTES)
        shift_ms = int(number.text) * MINUTE_MS * (1 if sign.text in ("PLUS", "+") else -1)
    return Edge(LIGHTS[token.text], shift_ms)


def _starts_stretch(reader: Reader) -> bool:
    """Whether a date and a time follow, as in `03 0500-05 1200` after its dash."""
    skip = 1 if reader.peek().text in MONTHS else 0
    return reader.peek(skip).kind == "day" and reader.peek(skip + 1).kind == "time"


def _stretch(reader: Reader, rule: Rule, start: Edge) -> None:
    """The end of a stretch."""
    token = reader.peek()
    month_of_start = reader.month
    if token.text in MONTHS:
        reader.take()
        reader.month = MONTHS[token.text]
    day = int(reader.take().text)
    end = _edge(reader)
    if not rule.days or start.light:
        reader.wrong(token, "Item D goes on to another date from no date.")
        return
    first = rule.days[-1]
    last = DaySpan(reader.month if reader.month != month_of_start or first.month else None, day, None, day)
    reader.stretches.append(Stretch(Moment(first, start.offset_ms), Moment(last, end.offset_ms)))
    if rule.days[:-1]:
        reader.wrong(token, "Item D goes on to another date from several dates.")


def read_group(reader: Reader) -> None:
    """`2604140833 TO 2604141329`."""
    first = reader.take()
    if reader.peek().text not in THROUGH or reader.peek(1).kind != first.kind:
        reader.wrong(first, f"Found {first.text} in item D without an end.")
        return
    reader.take()
    last = reader.take()
    moments = [_moment(reader, token) for token in (first, last)]
    if moments[0] and moments[1]:
        reader.stretches.append(Stretch(moments[0], moments[1]))


def _moment(reader: Reader, token: Token) -> Moment | None:
    """Ten digits yymmddhhmm, or six ddhhmm."""
    pairs = [int(token.text[place : place + 2]) for place in range(0, len(token.text), 2)]
    try:
        if token.kind == "dated":
            day, hour, minute = pairs
            at_ms = hour * HOUR_MS + minute * MINUTE_MS
            if at_ms > DAY_MS or minute > 59:
                raise ValueError
            return Moment(DaySpan(None, day, None, day), at_ms)
        year, month, day, hour, minute = pairs
        at = datetime(2000 + year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        reader.wrong(token, f"{token.text} is no date and time.")
        return None
    return Moment(None, int(at.timestamp()) * SECOND_MS)
