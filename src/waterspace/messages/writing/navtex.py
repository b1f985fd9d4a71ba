"""NAVTEX messages: `ZCZC JA42` to `NNNN`, in lines as receivers print them.

What the form does not carry is what `navarea` does not carry; besides it has only the letters, figures and signs of the
telegraph alphabet. Station and serial number are the coordinator's to give; until then `--` stands in their place.

Source: Recommendation ITU-R M.540; NAVTEX Manual, IMO: B1 the transmitter, B2 the subject, B3 and B4 the number.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.messages.phrasing.schedules import UTC_STYLE, group_text
from waterspace.messages.phrasing.titles import number_text
from waterspace.messages.writing.body import body
from waterspace.messages.writing.lines import folded, telex
from waterspace.messages.writing.styles import STYLES

if TYPE_CHECKING:
    from waterspace.messages.draft import Draft

__all__ = ["LINE_LENGTH", "SUBJECTS", "write"]

LINE_LENGTH = 40
"""Most characters of a line of a NAVTEX receiver. Source: IEC 61097-6; receivers print 40 characters a line."""
SUBJECTS = ("A", "L")
"""Letters of navigational warnings; L where A has run out of numbers."""
_MOST_SERIAL = 99
_BLANK = "---"
"""Stands for a number that is not given yet, for the alphabet has no lower line."""


def write(draft: Draft, station: str = "", serial: int | None = None, subject: str = "A") -> str:
    """The text of a NAVTEX message.

    Args:
        draft: whose issuer tells the style of its words.
        station: letter of the transmitter, A to Z; empty until it is given.
        serial: 0 to 99, 0 for what is always printed; None until it is given.
        subject: one of `SUBJECTS`.

    Raises:
        DraftError: it says what the form has no words for, or the letters or the number are none.
    """
    _check(station, serial, subject)
    number = "--" if serial is None else f"{serial:02}"
    style = STYLES[draft.issuer]
    times = replace(
        UTC_STYLE, before=style.times.before, is_zone_shared=style.times.is_zone_shared or not style.times.before
    )
    plain = replace(style, times=times, is_numbered=False)
    dates = [] if draft.issued_ms is None else [group_text(draft.issued_ms, UTC_STYLE, has_year=True)]
    title = f"{draft.series or 'NAV WARN'} {number_text(draft, _BLANK)}"
    ends = [f"{draft.originator.upper().rstrip('.')}."] if draft.originator else []
    text = folded([*dates, title, *body(draft, plain), *ends], LINE_LENGTH)
    return telex(f"ZCZC {station or '-'}{subject}{number}\n{text}\nNNNN")


def _check(station: str, serial: int | None, subject: str) -> None:
    """Refuse letters and numbers that no receiver knows."""
    if station and not (len(station) == 1 and "A" <= station <= "Z"):
        raise DraftError(f"{station!r} is no NAVTEX station; give a letter from A to Z")
    if serial is not None and not 0 <= serial <= _MOST_SERIAL:
        raise DraftError(f"{serial} is no serial number of a NAVTEX message; give one from 0 to {_MOST_SERIAL}")
    if subject not in SUBJECTS:
        raise DraftError(f"{subject!r} is no subject of a navigational warning; give {' or '.join(SUBJECTS)}")
