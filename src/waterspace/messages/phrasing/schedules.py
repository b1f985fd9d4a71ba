"""Times as notices write them: from windows to `0000Z TO 0900Z DAILY 20 THRU 23 JUL`.

Windows that have the same hours on several days recur; all others, and whatever lasts a day or more, are written from
one date-time group to another. Hours that end before they start end on the next day, and the day names the start. The
resolution is a minute: what begins within one begins with it, what ends within one ends with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from waterspace.domain import Window, join_windows
from waterspace.messages.phrasing.numbers import listed
from waterspace.messages.phrasing.positions import BLANK
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, whole_minute_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["UTC_STYLE", "ZULU_STYLE", "TimeStyle", "group_text", "needs_years", "schedule_text", "whole_minutes"]

_FAR_MS = 180 * DAY_MS
"""Times farther from the issue than this name their years: assumed, half a year."""
_EPOCH = date(1970, 1, 1)
_SHORT_RUN = 2
"""Days in a row up to so many are listed, more become a range: assumed, our reading of what is on the air."""
_EXCEPTION_SHARE = 4
"""Days left out are told by EXCEPT where at least so many times as many are in force: assumed, our reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStyle:
    """How an issuer writes times.

    Attributes:
        zone: behind a time, `Z` or ` UTC`.
        through: from the first of some days to the last, `THRU` or `TO`.
        before: what begins a time, such as `FROM`; may be empty.
        overnight: before days whose hours go over midnight, `COMMENCING DAILY`.
        is_zone_shared: whether the zone stands once behind both hours, as in `0000 TO 0900 UTC`.
    """

    zone: str = "Z"
    through: str = "THRU"
    before: str = ""
    overnight: str = "DAILY"
    is_zone_shared: bool = False


ZULU_STYLE = TimeStyle()
UTC_STYLE = TimeStyle(zone=f"{BLANK}UTC", through="TO", is_zone_shared=True)


class _Hours(NamedTuple):
    """Hours of a day: minutes after its midnight, the end at most a day after the start."""

    start: int
    end: int


class _Clause(NamedTuple):
    """Some times and when they begin, which tells their order."""

    start_ms: int
    text: str


def whole_minutes(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Windows to whole minutes, never shorter; those that overlap then are one."""
    made: list[Window] = []
    for window in sorted(windows):
        start_ms = window.start_ms // MINUTE_MS * MINUTE_MS
        end_ms = whole_minute_ms(window.end_ms)
        if made and start_ms < made[-1].end_ms:
            made[-1:] = join_windows((made[-1], Window(start_ms=start_ms, end_ms=end_ms)))
        else:
            made.append(Window(start_ms=start_ms, end_ms=end_ms))
    return tuple(made)


def needs_years(instants_ms: Iterable[int], issued_ms: int | None) -> bool:
    """Whether times must name their years: they are not all of one year and near the issue.

    Args:
        instants_ms: all that a message names, with the one at which it cancels itself.
        issued_ms: None where the text does not say.
    """
    known = [*instants_ms, *([] if issued_ms is None else [issued_ms])]
    if issued_ms is not None and any(abs(instant_ms - issued_ms) > _FAR_MS for instant_ms in known):
        return True
    return len({_moment(instant_ms).year for instant_ms in known}) > 1


def group_text(instant_ms: int, style: TimeStyle, *, has_year: bool) -> str:
    """A date-time group, such as `231000Z JUL 26` or `231000 UTC JUL`; no line is broken in it."""
    moment = _moment(instant_ms)
    year = f"{BLANK}{moment:%y}" if has_year else ""
    return f"{moment:%d%H%M}{style.zone}{BLANK}{_month(moment)}{year}"


def schedule_text(
    windows: Sequence[Window], reserves: Sequence[Window], style: TimeStyle, *, has_years: bool = False
) -> str:
    """The times of a paragraph.

    Args:
        windows: when it is in force; none for until further notice.
        reserves: alternate times; may be empty.
        style: of the issuer.
        has_years: whether days name their years, see `needs_years`.
    """
    main = _phrase(windows, style, has_years=has_years) if windows else "UNTIL FURTHER NOTICE"
    if not reserves:
        return main
    return f"{main}, ALTERNATE {_phrase(reserves, style, has_years=has_years)}"


def _phrase(windows: Sequence[Window], style: TimeStyle, *, has_years: bool) -> str:
    """All of some windows."""
    recurring: dict[_Hours, list[int]] = {}
    clauses: list[_Clause] = []
    for window in whole_minutes(windows):
        day, minute = divmod(window.start_ms // MINUTE_MS, DAY_MS // MINUTE_MS)
        hours = _Hours(minute, minute + (window.end_ms - window.start_ms) // MINUTE_MS)
        if window.end_ms - window.start_ms < DAY_MS:
            recurring.setdefault(hours, []).append(day)
        else:
            clauses.append(_Clause(window.start_ms, _stretch(window, style, has_years=has_years)))
    together: dict[tuple[int, ...], list[_Hours]] = {}
    for hours, days in recurring.items():
        if len(days) > 1:
            together.setdefault(tuple(days), []).append(hours)
            continue
        start_ms = days[0] * DAY_MS + hours.start * MINUTE_MS
        window = Window(start_ms=start_ms, end_ms=start_ms + (hours.end - hours.start) * MINUTE_MS)
        clauses.append(_Clause(start_ms, _stretch(window, style, has_years=has_years)))
    for days_of_all, several in together.items():
        start_ms = days_of_all[0] * DAY_MS + several[0].start * MINUTE_MS
        clauses.append(_Clause(start_ms, _daily(sorted(several), days_of_all, style, has_years=has_years)))
    texts = listed([clause.text for clause in sorted(clauses)])
    return f"{style.before} {texts}" if style.before else texts


def _stretch(window: Window, style: TimeStyle, *, has_years: bool) -> str:
    """From one instant to another; the month stands once where it is the same."""
    first, last = _moment(window.start_ms), _moment(window.end_ms)
    end = group_text(window.end_ms, style, has_year=has_years)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d%H%M}{style.zone} TO {end}"
    return f"{group_text(window.start_ms, style, has_year=has_years)} TO {end}"


def _daily(several: Sequence[_Hours], days: Sequence[int], style: TimeStyle, *, has_years: bool) -> str:
    """Hours on each of some days."""
    is_overnight = any(hours.end > DAY_MS // MINUTE_MS for hours in several)
    word = style.overnight if is_overnight else "DAILY"
    return f"{listed([_hours(hours, style) for hours in several])} {word} {_days(days, style, has_years=has_years)}"


def _hours(hours: _Hours, style: TimeStyle) -> str:
    """`0000Z TO 0900Z`; midnight at the end is 2400."""
    day = DAY_MS // MINUTE_MS
    first, last = (
        f"{minute // (HOUR_MS // MINUTE_MS):02}{minute % (HOUR_MS // MINUTE_MS):02}"
        for minute in (hours.start, hours.end if hours.end <= day else hours.end - day)
    )
    zone = "" if style.is_zone_shared else style.zone
    return f"{first}{zone}{BLANK}TO{BLANK}{last}{style.zone}"


def _days(days: Sequence[int], style: TimeStyle, *, has_years: bool) -> str:
    """Days since 1970 in order: ranges and single ones, or one range with exceptions."""
    runs = _runs(days)
    left_out = sorted({*range(days[0], days[-1] + 1)} - {*days})
    if left_out and len(left_out) * _EXCEPTION_SHARE <= len(days):
        whole = _listed_days([(days[0], days[-1])], style, has_years=has_years)
        return f"{whole} EXCEPT {_listed_days(_runs(left_out), style, has_years=has_years)}"
    return _listed_days(runs, style, has_years=has_years)


def _runs(days: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of days in a row; short rows are single days."""
    runs: list[tuple[int, int]] = []
    for day in days:
        if runs and day == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return [
        part
        for first, last in runs
        for part in ([(day, day) for day in range(first, last + 1)] if last - first < _SHORT_RUN else [(first, last)])
    ]


def _listed_days(runs: Sequence[tuple[int, int]], style: TimeStyle, *, has_years: bool) -> str:
    """`20 THRU 22, 25 AND 28 JUL`: a month stands behind the last of its days, and behind both where a run crosses."""
    texts: list[str] = []
    for at, (first, last) in enumerate(runs):
        start, end = _date(first), _date(last)
        following = _date(runs[at + 1][0]) if at + 1 < len(runs) else None
        is_last = following is None or _is_other_month(end, following) or _crosses(runs[at + 1])
        behind = _month_text(end, has_year=has_years) if is_last else ""
        if first == last:
            texts.append(f"{end:%d}{behind}")
            continue
        crossed = _month_text(start, has_year=has_years) if _is_other_month(start, end) else ""
        texts.append(f"{start:%d}{crossed} {style.through} {end:%d}{behind}")
    return listed(texts)


def _crosses(run: tuple[int, int]) -> bool:
    """Whether a run of days goes on into another month."""
    return _is_other_month(_date(run[0]), _date(run[1]))


def _is_other_month(one: date, other: date) -> bool:
    return (one.year, one.month) != (other.year, other.month)


def _month_text(day: date, *, has_year: bool) -> str:
    return f"{BLANK}{_month(day)}" + (f"{BLANK}{day:%y}" if has_year else "")


def _month(day: date) -> str:
    """Name of a month in three letters, whatever language the machine speaks."""
    return ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")[day.month - 1]


def _date(day: int) -> date:
    return _EPOCH + timedelta(days=day)


def _moment(instant_ms: int) -> datetime:
    return datetime.fromtimestamp(instant_ms // SECOND_MS, UTC)
