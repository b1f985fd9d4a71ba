"""Planted defects of rest and flying hours (WS606, WS607)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, flotilla, hunt, moments, period, sea, seas
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]


def _meeting(number: int, start_ms: int, minutes: int) -> str:
    return (
        f"  S{number}: {{type: assembly, area: WEST, units: {{units: ALFA}}, start: {clock(start_ms)}, "
        f"duration: {minutes} min, objectives: O1}}\n"
    )


@st.composite
def _day(draw: st.DrawFn) -> tuple[str, str]:
    """Two serials and a pause between them, together some minutes more than 14 hours of service in a day, or less."""
    start_ms, more = draw(moments()), draw(st.integers(1, 30))
    first, pause = draw(st.integers(200, 640)), draw(st.integers(60, 500))
    area = f"areas:\n  WEST: {{name: West, circle: {{centre: {sea(draw(seas()))}, radius: 5 nm}}}}\n"

    def written(service: int) -> str:
        second = _meeting(2, start_ms + (first + pause) * MINUTE_MS, service - first)
        return period(start_ms) + area + "serials:\n" + _meeting(1, start_ms, first) + second

    return written(14 * 60 + more), written(14 * 60 - draw(st.integers(0, 30)))


@st.composite
def _week(draw: st.DrawFn) -> tuple[str, str]:
    """Serials day after day, each in order, with more than 91 hours of service in seven days, or less."""
    start_ms = draw(moments())
    hours, fewer = draw(st.sampled_from(((790, 770), (785, 775), (820, 740))))

    def written(minutes: int) -> str:
        halves = "".join(
            _meeting(2 * day, start_ms + day * DAY_MS, minutes - 400)
            + _meeting(2 * day + 1, start_ms + day * DAY_MS + 10 * HOUR_MS, 400)
            for day in range(7)
        )
        return period(start_ms) + "serials:\n" + halves

    return written(hours), written(fewer)


@st.composite
def _cut_up(draw: st.DrawFn) -> tuple[str, str]:
    """A day with 10 hours of rest or more, but with no rest of 6 h, in three pieces, or without any for 14 h.

    Minutes of service, of rest, of service and so on. In the twin the first rest is longer, at the cost of the service
    or the rest after it.
    """
    start_ms, more, less = draw(moments()), draw(st.integers(1, 20)), draw(st.integers(0, 20))
    bad, good = draw(
        st.sampled_from(
            (
                ((240, 360 - more, 210, 355, 300), (240, 360 + less, 210 - more - less, 355, 300)),
                ((200, 380, 200, 200 - more, 200, 200, 200), (200, 400 + less, 180 - more - less, 200, 200, 200, 200)),
                ((420, 60 - more, 380 + more), (420, 60 + less, 380)),
            )
        )
    )

    def written(minutes: tuple[int, ...]) -> str:
        begins = [start_ms + sum(minutes[:number]) * MINUTE_MS for number in range(0, len(minutes), 2)]
        lasting = zip(begins, minutes[::2], strict=True)
        serials = [_meeting(number, begin_ms, long) for number, (begin_ms, long) in enumerate(lasting)]
        return period(start_ms) + "serials:\n" + "".join(serials)

    return written(bad), written(good)


@st.composite
def _long(draw: st.DrawFn) -> tuple[str, str]:
    """A serial of more than 12 h, of which a part counts in full, and another that fills up the day, or does not."""
    start_ms, first = draw(moments()), draw(st.integers(721, 1000))
    left = 840 - (720 - (first - 720) // 3)
    second, fewer = left + draw(st.integers(3, 30)), left - draw(st.integers(3, 30))
    pause = draw(st.integers(60, max(60, 1440 - first - second)))

    def written(minutes: int) -> str:
        last = _meeting(2, start_ms + (first + pause) * MINUTE_MS, minutes)
        return period(start_ms) + "serials:\n" + _meeting(1, start_ms, first) + last

    return written(second), written(fewer)


@st.composite
def _end_to_end(draw: st.DrawFn) -> tuple[str, str]:
    """Serials of half a day and more, one after the other for days; the twin is one serial of days, in watches."""
    start_ms, long, count = draw(moments()), draw(st.integers(721, 1000)), draw(st.integers(4, 7))
    several = "".join(_meeting(number, start_ms + number * long * MINUTE_MS, long) for number in range(count))
    return tuple(  # type: ignore[return-value]  # two of them
        period(start_ms) + "serials:\n" + text for text in (several, _meeting(0, start_ms, count * long))
    )


@st.composite
def _hours(draw: st.DrawFn) -> tuple[str, str]:
    """More than 8 hours of flying a day for each crew; the twin has one crew more."""
    start_ms, position = draw(moments()), draw(seas())
    crews = draw(st.integers(1, 2))
    kind = draw(st.sampled_from(("crews", "count")))
    each = draw(st.integers(490, 640)) * crews // 2
    head = period(start_ms)
    serials = "serials:\n" + hunt("S1", start_ms, each) + hunt("S2", start_ms + (each + 120) * MINUTE_MS, each)

    def written(number: int) -> str:
        return head + flotilla(position, endurance="30 h", helicopter=f", {kind}: {number}") + serials

    return written(crews), written(crews + 1)


DEFECTS = {"WS606": st.one_of(_day(), _week(), _cut_up(), _long(), _end_to_end()), "WS607": _hours()}
