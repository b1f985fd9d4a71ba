"""The head of an area notice: what it is about, since when and how long.

Source: IMO SN.1/Circ.289, annex, 11: message 8 with designated area code 1 and function identifier 22.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from waterspace.messages.ais.bits import Bits, Fields
from waterspace.messages.ais.sentences import BROADCAST
from waterspace.messages.reading import Category
from waterspace.quantity import SECOND_MS

__all__ = ["CANCELLATION", "CATEGORIES", "CODES", "HEAD_BITS", "MOST_MINUTES", "MOST_SUB_AREAS", "OTHERS", "Head"]

HEAD_BITS = 111
MOST_SUB_AREAS = 10
MOST_MINUTES = 262_142
"""Longest duration that a notice can tell."""

OTHERS = "AIS"
"""What the message is called that holds all the sentences of a file without a notice."""

CANCELLATION = 126
"""Notice that takes back the one of the same linkage."""

_FIRING, _MILITARY, _PROHIBITED, _RISK, _UNDERWATER, _OTHER = 37, 36, 35, 20, 14, 125

CODES = {
    Category.GUNNERY: _FIRING,
    Category.MISSILE: _FIRING,
    Category.BOMBING: _FIRING,
    Category.ROCKET_LAUNCHING: _RISK,
    Category.MILITARY_EXERCISE: _MILITARY,
    Category.HAZARDOUS_OPERATIONS: _RISK,
    Category.NAVIGATION_PROHIBITED: _PROHIBITED,
    Category.UNDERWATER_OPERATIONS: _UNDERWATER,
}
"""Notice description of each category; of all others 125, defined in the text."""

CATEGORIES = {
    _FIRING: Category.GUNNERY,
    _MILITARY: Category.MILITARY_EXERCISE,
    _PROHIBITED: Category.NAVIGATION_PROHIBITED,
    _RISK: Category.HAZARDOUS_OPERATIONS,
    _UNDERWATER: Category.UNDERWATER_OPERATIONS,
    10: Category.UNDERWATER_OPERATIONS,
    12: Category.UNDERWATER_OPERATIONS,
    13: Category.UNDERWATER_OPERATIONS,
    21: Category.UNDERWATER_OPERATIONS,
    64: Category.DISTRESS,
    65: Category.DISTRESS,
    66: Category.DISTRESS,
}
"""Category of notice descriptions; 64 to 66 are vessels in distress."""

_DAC, _FI = 1, 22
_NO_HOUR, _NO_MINUTE = 24, 60
_NO_DURATION = MOST_MINUTES + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The fields before the sub-areas.

    Attributes:
        mmsi: identity of the station that sends it; 0 where a BBM leaves it to the station.
        linkage: 1 to 1023, of this notice among those of the station; 0 for none.
        notice: its description, 0 to 127.
        start: month, day, hour and minute in UTC; None for at once.
        minutes: how long; None where it does not say.
    """

    mmsi: int
    linkage: int
    notice: int
    start: tuple[int, int, int, int] | None = None
    minutes: int | None = None

    def bits(self) -> str:
        """All of them, with the header of the message."""
        month, day, hour, minute = self.start or (0, 0, _NO_HOUR, _NO_MINUTE)
        bits = Bits()
        for value, width in (
            (BROADCAST, 6),
            (0, 2),
            (self.mmsi, 30),
            (0, 2),
            (_DAC, 10),
            (_FI, 6),
            (self.linkage, 10),
            (self.notice, 7),
            (month, 4),
            (day, 5),
            (hour, 5),
            (minute, 6),
            (_NO_DURATION if self.minutes is None else self.minutes, 18),
        ):
            bits.add(value, width)
        return bits.text()

    def start_ms(self, near_ms: int) -> int | None:
        """When it starts, in the year that is nearest to a time; None where no year has it, or it starts at once."""
        if self.start is None:
            return None
        year = datetime.fromtimestamp(near_ms // SECOND_MS, UTC).year
        found: list[int] = []
        for candidate in (year - 1, year, year + 1):
            try:
                found.append(int(datetime(candidate, *self.start, tzinfo=UTC).timestamp()) * SECOND_MS)
            except ValueError:
                continue
        return min(found, key=lambda instant_ms: abs(instant_ms - near_ms), default=None)

    @classmethod
    def read(cls, bits: str) -> Head | None:
        """The head of a message; None where it is none of an area notice."""
        fields = Fields(bits)
        kind, _, mmsi, _, dac, fi = (fields.take(width) for width in (6, 2, 30, 2, 10, 6))
        if (kind, dac, fi) != (BROADCAST, _DAC, _FI) or len(bits) < HEAD_BITS:
            return None
        linkage, notice, month, day, hour, minute, minutes = (fields.take(width) for width in (10, 7, 4, 5, 5, 6, 18))
        is_told = month or day or hour < _NO_HOUR
        return cls(
            mmsi=mmsi,
            linkage=linkage,
            notice=notice,
            start=(month, day, hour % _NO_HOUR, minute % _NO_MINUTE) if is_told else None,
            minutes=None if minutes == _NO_DURATION else minutes,
        )
