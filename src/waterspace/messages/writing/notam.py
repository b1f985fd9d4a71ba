"""NOTAMs in the format of ICAO, as a draft that the NOTAM office numbers and sends.

One NOTAM holds places that have the same times, for the flight information regions of one state. A draft with more than
that becomes several, each of which names the regions of the others: one for each paragraph, for each office, and for
each stage of a schedule that item D or three months do not hold. A draft that cancels NOTAMs replaces them, in their
order, by those that it makes (NOTAMR); what it cancels beyond that, and all of it where it names no place, is cancelled
(NOTAMC); line Q of a cancellation has a blank for the circle, which the draft must give. Minutes that a time and its
alternate share once both are rounded belong to the time.

What the form does not carry: times finer than a minute (written never shorter), heights finer than a foot (rounded
outwards), positions finer than a second, lengths finer than a hundredth of a mile; time of issue, which the heading of
the transmission has; the time at which a warning cancels itself, since a NOTAM ends with item C; sea charts. What
moves, and several shapes in one, have no words here. Labels of areas become letters in order.

Traffic `IV`, purpose `BO` and scope `W` are those of 1,125 of 1,175 NOTAMs on such subjects from 2020 to 2026.

Source: ICAO Doc 8126 chapter 6 and PANS-AIM (Doc 10066) appendix 3, the NOTAM format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from waterspace.domain import Band, Window, join_windows
from waterspace.errors import DraftError
from waterspace.messages.draft import Restriction
from waterspace.messages.phrasing.item_d import item_d, listed_days, stages
from waterspace.messages.phrasing.numbers import letters
from waterspace.messages.phrasing.schedules import whole_minutes
from waterspace.messages.phrasing.titles import number_text
from waterspace.messages.reading import Category
from waterspace.messages.writing.ending import check_end
from waterspace.messages.writing.lines import folded, telex
from waterspace.messages.writing.notam_circle import covering_circle, given_circle
from waterspace.messages.writing.notam_levels import check_band, levels, limits_text
from waterspace.messages.writing.notam_offices import by_office, offices
from waterspace.messages.writing.notam_places import compact_text, place_text
from waterspace.quantity import DAY_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Position
    from waterspace.messages.draft import Draft, DraftArea, DraftPart
    from waterspace.messages.writing.notam_offices import Office

__all__ = ["LINE_LENGTH", "LONGEST_MS", "LONGEST_TEXT", "divided", "write", "write_all"]

LINE_LENGTH = 69
"""Most characters of a line. Source: Annex 10 volume II, 4.4: lines of at most 69 characters."""
LONGEST_TEXT = 1800
"""Most characters of a message. Source: EUROCONTROL, Digital NOTAM, Multi-part NOTAM: the limit of the AFTN."""
LONGEST_MS = 90 * DAY_MS
"""Longest time in force: what lasts longer belongs in the AIP and its supplements.

Source: Regulation (EU) 2017/373, annex VI (Part-AIS), on NOTAM of long duration, three months; 90 days is assumed.
"""

_BLANK = "A____"
"""Stands for series and number; A, the series of general international distribution, is assumed."""
_NO_CIRCLE = "____N_____E___"
"""Stands for the circle of a NOTAM that is cancelled, which its cancellation repeats, where the draft has none."""
_NUMBER = re.compile(r"(?:NOTAM )?([A-Z]\d{4}/\d{2})")
_CODE = re.compile(r"Q[A-Z]{4}")
_ITEM = re.compile(r"(?<![A-Z0-9])[A-GQ]\)")
_CANCELLED = "CN"
_CODES = {
    Category.GUNNERY: "QWMLW",
    Category.MISSILE: "QWMLW",
    Category.BOMBING: "QWMLW",
    Category.ROCKET_LAUNCHING: "QWMLW",
    Category.MILITARY_EXERCISE: "QWELW",
    Category.HAZARDOUS_OPERATIONS: "QRDCA",
    Category.NAVIGATION_PROHIBITED: "QRTCA",
    Category.OTHER: "QXXLW",
}
"""What goes on, as line Q says it. Source: ICAO Doc 8126, Appendix B, the NOTAM code: `WM` missile, gun or rocket
firing, `WE` exercises, `RD` danger area, `RT` temporary restricted area, `LW` will take place, `CA` activated, `XX` for
what it does not have. Bombs, which it does not have either, count as firing (assumed)."""
_ACTIVITIES = {
    Category.GUNNERY: "GUN FRNG EXER WILL TAKE PLACE",
    Category.MISSILE: "MISSILE FRNG EXER WILL TAKE PLACE",
    Category.BOMBING: "BOMBING EXER WILL TAKE PLACE",
    Category.ROCKET_LAUNCHING: "ROCKET LAUNCHING WILL TAKE PLACE",
    Category.MILITARY_EXERCISE: "MIL EXER WILL TAKE PLACE",
    Category.HAZARDOUS_OPERATIONS: "TEMPO DANGER AREA ACT DUE TO HAZARDOUS OPS",
    Category.NAVIGATION_PROHIBITED: "TEMPO RESTRICTED AREA ACT",
    Category.OTHER: "OPS WILL TAKE PLACE",
}
_RESTRICTIONS = {
    Restriction.NONE: "",
    Restriction.WIDE_BERTH: "ACFT ARE REQUESTED TO REMAIN CLEAR",
    Restriction.DANGEROUS: "DANGEROUS TO ACFT",
    Restriction.PROHIBITED: "ACFT ARE FORBIDDEN TO FLY INTO THE AREA",
    Restriction.PROHIBITED_INSIDE: "FLIGHT OVER TERRITORIAL WATERS FORBIDDEN, DANGEROUS TO ACFT OUTSIDE",
}
"""What aircraft are asked to do where ships are asked something: our words, the last as in texts of China."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """What one NOTAM says.

    Attributes:
        draft: for the office that publishes it.
        office: that one.
        part: places, their words and all times of item D, alternates among them.
        reserves: those of the times that are alternates.
    """

    draft: Draft
    office: Office
    part: DraftPart
    reserves: tuple[Window, ...]


def write(draft: Draft, code: str = "") -> str:
    """The text of a NOTAM, or of several with an empty line between them.

    Args:
        draft: with its regions (`firs`); see `write_all`.
        code: of line Q, such as `QWULW`, where that of the draft's category is not the right one.

    Raises:
        DraftError: it says what the form has no words for.
    """
    return "\n\n".join(write_all(draft, code))


def write_all(draft: Draft, code: str = "") -> tuple[str, ...]:
    """The texts of all NOTAMs that a draft becomes: by paragraph, then by time, then by office.

    Args:
        draft: with its regions (`firs`). A `number` is for one NOTAM only; `circle` is for each of them.
        code: as for `write`.

    Raises:
        DraftError: it says what the form has no words for.
    """
    if code and not _CODE.fullmatch(code):
        raise DraftError(f"{code!r} is no code of a NOTAM: Q and four letters are expected")
    for category in () if code else draft.categories:
        _code_of(category)
    old = _cancelled(draft)
    every = _all(draft)
    if not every and not old:
        raise DraftError(f"draft {draft.id!r} has no places and cancels nothing; give it one of them")
    whose = offices(draft.firs)
    if old and len(whose) > 1:
        raise DraftError(
            f"draft {draft.id!r} cancels NOTAMs and is for the regions of {len(whose)} states, each of which has "
            "numbers of its own; make a draft for each state"
        )
    if draft.number and max(len(every), len(old)) > 1:
        raise DraftError(
            f"draft {draft.id!r} becomes {max(len(every), len(old))} NOTAMs and has one number; leave the numbers to "
            "the office, or draft each alone"
        )
    texts = [
        _notam(code or _code_of(draft.category_of(one.part)), one, old[at] if at < len(old) else "")
        for at, one in enumerate(every)
    ]
    texts += [_cancellation(draft, code or _code_of(draft.category), whose[0], number) for number in old[len(every) :]]
    return tuple(texts)


def _code_of(category: Category) -> str:
    """What line Q says of a category."""
    if category not in _CODES:
        raise DraftError(
            f"there is no code of a NOTAM for {category}, which endangers nobody in the air; give one, or warn "
            "mariners alone"
        )
    return _CODES[category]


def divided(draft: Draft) -> tuple[DraftPart, ...]:
    """The paragraph of each NOTAM that says something of places, in the order of `write_all`.

    Its windows are all times of the NOTAM, alternates among them.

    Raises:
        DraftError: it has times that the form has no words for.
    """
    return tuple(one.part for one in _all(draft))


def _cancelled(draft: Draft) -> list[str]:
    """Numbers of the NOTAMs that a draft cancels."""
    found = []
    for name in draft.cancels:
        number = _NUMBER.fullmatch(name)
        if number is None:
            raise DraftError(
                f"draft {draft.id!r} cancels {name!r}, which is no number of a NOTAM such as A0123/26; cancel it in "
                "the form in which it was made"
            )
        found.append(number[1])
    return found


def _all(draft: Draft) -> list[_One]:
    """What each NOTAM of a draft says."""
    if not draft.paragraphs:
        return []
    whose = [(own, offices(own.firs)[0]) for own in by_office(draft)]
    found = []
    for part in draft.paragraphs:
        _check(draft, part)
        reserves = _less(join_windows(whole_minutes(part.reserves)), whole_minutes(part.windows))
        together = join_windows((*whole_minutes(part.windows), *reserves))
        for stage in stages(together, LONGEST_MS):
            if stage[-1].end_ms - stage[0].start_ms > LONGEST_MS:
                raise DraftError(
                    f"draft {draft.id!r} is in force for more than {LONGEST_MS // DAY_MS} days without a break, which "
                    "is no matter of a NOTAM but of the AIP and its supplements; draft a shorter time"
                )
            told = tuple(each for each in reserves if stage[0].start_ms <= each.start_ms < stage[-1].end_ms)
            for own, office in whose:
                found.append(_One(draft=own, office=office, part=replace(part, windows=stage), reserves=told))
    return found


def _check(draft: Draft, part: DraftPart) -> None:
    """Refuse what has no times, or times that contradict each other."""
    if not part.windows:
        raise DraftError(
            f"draft {draft.id!r} is in force until further notice, and a NOTAM needs a beginning and an end; give it "
            "windows"
        )
    if any(
        one.start_ms < other.end_ms and other.start_ms < one.end_ms for one in part.windows for other in part.reserves
    ):
        raise DraftError(
            f"an alternate time of draft {draft.id!r} overlaps a time that it is to stand in for; give it another"
        )
    check_end(draft, [part])
    for area in part.areas:
        check_band(area.band)


def _less(reserves: Sequence[Window], mains: Sequence[Window]) -> tuple[Window, ...]:
    """Alternate times without the minutes that belong to a time that they are to stand in for once it is rounded."""
    left = list(reserves)
    for main in mains:
        ends = [
            (start_ms, end_ms)
            for one in left
            for start_ms, end_ms in (
                (one.start_ms, min(one.end_ms, main.start_ms)),
                (max(one.start_ms, main.end_ms), one.end_ms),
            )
        ]
        left = [Window(start_ms=start_ms, end_ms=end_ms) for start_ms, end_ms in ends if start_ms < end_ms]
    return tuple(left)


def _notam(code: str, one: _One, old: str) -> str:
    """The text of a NOTAM that is new or stands in for an old one."""
    draft, windows, areas = one.draft, one.part.windows, one.part.areas
    footprints = [area.footprint for area in areas]
    circle = covering_circle(footprints) if draft.circle is None else given_circle(draft.circle, footprints)
    band = Band.around(area.band for area in areas)
    place = f"{_minute_text(circle.centre)}{circle.radius_nm:03}"
    qualifiers = "/".join((one.office.region, code, "IV", "BO", "W", *levels(band), place))
    schedule = item_d(windows)
    low, high = limits_text(band)
    lines = [
        f"({_number(draft)} NOTAM{f'R {old}' if old else 'N'}",
        f"Q) {qualifiers}",
        f"A) {' '.join(one.office.firs)} B) {_group(windows[0].start_ms)} C) {_group(windows[-1].end_ms)}",
        *([f"D) {schedule}"] if schedule else []),
        *_body(one),
        f"F) {low} G) {high})",
    ]
    return _checked(draft, lines)


def _cancellation(draft: Draft, code: str, office: Office, old: str) -> str:
    """The text of a NOTAM that only cancels."""
    if draft.issued_ms is None:
        raise DraftError(
            f"draft {draft.id!r} cancels NOTAM {old}, which ends when the cancellation is issued; say when that is"
        )
    place = _NO_CIRCLE
    if draft.circle is not None:
        whole = given_circle(draft.circle, ())
        place = f"{_minute_text(whole.centre)}{whole.radius_nm:03}"
    lines = [
        f"({_number(draft)} NOTAMC {old}",
        f"Q) {'/'.join((office.region, code[:3] + _CANCELLED, 'IV', 'BO', 'W', *levels(draft.band), place))}",
        f"A) {' '.join(office.firs)} B) {_group(draft.issued_ms)}",
        f"E) {_free(draft, f'{_activity(draft, None)} CANCELLED')})",
    ]
    return _checked(draft, lines)


def _checked(draft: Draft, lines: Sequence[str]) -> str:
    """Lines as a text that the network carries."""
    text = folded(lines, LINE_LENGTH)
    if len(text) > LONGEST_TEXT:
        raise DraftError(
            f"draft {draft.id!r} makes a NOTAM of {len(text)} characters, and a message holds {LONGEST_TEXT}; draft "
            "fewer areas in one paragraph, or simpler ones"
        )
    return text


def _body(one: _One) -> list[str]:
    """Item E: what goes on where, alternate times, what is asked, and what else there is to say."""
    draft, areas = one.draft, one.part.areas
    titles = [_sentence(draft, text) for text in (draft.general_area, draft.locality) if text]
    activity = _free(draft, _activity(draft, one.part))
    if len(areas) == 1:
        places = [f"{activity} {place_text(areas[0])}."]
    else:
        places = [f"{activity} IN FLW AREAS:", *_lettered(areas)]
    first, *others = [*titles, *places]
    lines = [f"E) {first}", *others]
    if one.reserves:
        is_long = len({_group(instant_ms)[:4] for instant_ms in _ends(one.part.windows)}) > 1
        lines.append(f"ALTN TIMES: {listed_days(one.reserves, has_months=is_long)}.")
    ends = [_RESTRICTIONS[draft.restriction], *draft.remarks]
    if draft.originator:
        ends.append(f"ORIGINATED BY {draft.originator}")
    lines += [_sentence(draft, text) for text in ends if text]
    return lines


def _lettered(areas: Sequence[DraftArea]) -> list[str]:
    """Each of several areas, with its own heights where they differ."""
    has_levels = len({limits_text(area.band) for area in areas}) > 1
    lines = []
    for letter, area in zip(letters(len(areas)), areas, strict=True):
        height = f", {' - '.join(limits_text(area.band))}" if has_levels else ""
        lines.append(f"AREA {letter}: {place_text(area, height).removeprefix('WI AREA ')}.")
    return lines


def _ends(windows: Sequence[Window]) -> tuple[int, int]:
    return windows[0].start_ms, windows[-1].end_ms


def _activity(draft: Draft, part: DraftPart | None) -> str:
    """What goes on, in the words of the draft or in ours."""
    own = draft.activity_of(part) if part else draft.activity
    if own:
        is_whole = part is None or part.is_alternate
        return own.rstrip(".") if is_whole else f"{own.rstrip('.')} WILL TAKE PLACE"
    known = _ACTIVITIES.get(draft.category_of(part) if part else draft.category, _ACTIVITIES[Category.OTHER])
    return known if part else known.removesuffix(" WILL TAKE PLACE")


def _sentence(draft: Draft, text: str) -> str:
    return f"{_free(draft, text).rstrip('.')}."


def _free(draft: Draft, text: str) -> str:
    """Words of the draft, which must not read as an item of the form."""
    words = telex(" ".join(text.split()))
    found = _ITEM.search(words)
    if found:
        raise DraftError(f"draft {draft.id!r} says {text!r}, where {found[0]} reads as an item of a NOTAM; reword it")
    return words


def _number(draft: Draft) -> str:
    """Number and year, with blanks for what the office gives."""
    if draft.number and not _NUMBER.fullmatch(draft.number):
        raise DraftError(f"{draft.number!r} is no number of a NOTAM such as A0123/26; give one, or none")
    return number_text(draft, _BLANK).removeprefix("NOTAM ")


def _group(instant_ms: int) -> str:
    """Ten digits of items B and C."""
    return f"{datetime.fromtimestamp(instant_ms // SECOND_MS, UTC):%y%m%d%H%M}"


def _minute_text(centre: Position) -> str:
    """`4010N13600E`, of a position on whole minutes."""
    lat, lon = compact_text(centre)[:7], compact_text(centre)[7:]
    return lat[:4] + lat[-1] + lon[:5] + lon[-1]
