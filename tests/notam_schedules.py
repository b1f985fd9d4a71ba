"""Schedules of item D with their windows, expanded by hand: those of `notam_schedules.txt` are typed, not computed.

Each row: item D; items B and C (yymmddhhmm); the windows; the rule that the row proves.

Windows are written `20 0000-0900`: day, beginning, end. `+0400` ends on the next day, `07/20` names the month, `20..23`
is each of these days with the same hours, `20 0500-22 1200` goes on to another day. Days without a month are in the
month last named, at first in that of item B, in its year or the next. In July 2026 the 20th is a Monday.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

__all__ = ["ROWS", "Row"]

_TABLE = Path(__file__).with_name("notam_schedules.txt")


class Row(NamedTuple):
    """One schedule."""

    schedule: str
    start: str
    end: str
    windows: str
    rule: str


def _rows() -> tuple[Row, ...]:
    lines = (line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return tuple(Row(*(part.strip() for part in line.split(" | "))) for line in lines)


ROWS = _rows()
