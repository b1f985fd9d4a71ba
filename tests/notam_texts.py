"""A NOTAM of one item E, for tests of what its reader makes of single words."""

from __future__ import annotations

from datetime import UTC, datetime

from waterspace.messages.notam import read_notam
from waterspace.messages.reading import Message, Reading

__all__ = ["BOX", "CORNERS", "HEAD", "LINE", "TAIL", "at", "corners", "flat", "read"]

HEAD = "P9999/26 NOTAMN\nQ) {line}\nA) RJJJ B) 2607200000 C) 2607230900\nD) 20-23 0000-0900\nE) "
LINE = "RJJJ/QWMLW/IV/BO /W /000/300/4010N13600E019"
TAIL = "\nF) SFC G) FL300\nCREATED: 15 JUL 2026 06:10\nSOURCE: RJAAYNYX"
BOX = "402000N1354000E 402000N1362000E 400000N1362000E 400000N1354000E 402000N1354000E"
CORNERS = [(40 + 20 / 60, 135 + 40 / 60), (40 + 20 / 60, 136 + 20 / 60), (40.0, 136 + 20 / 60), (40.0, 135 + 40 / 60)]


def read(body: str, line: str = LINE) -> Reading:
    """The reading of a NOTAM that says this in item E."""
    return read_notam(Message(id="1", text=HEAD.format(line=line) + body + TAIL))


def corners(reading: Reading, number: int = 0) -> list[float]:
    """Latitudes and longitudes of an area, one after the other."""
    return flat([(each.lat_deg, each.lon_deg) for each in reading.areas[number].positions])


def flat(pairs: list[tuple[float, float]]) -> list[float]:
    """The numbers of pairs, one after the other."""
    return [value for pair in pairs for value in pair]


def at(group: str) -> int:
    """The instant of a date-time group, YYMMDDhhmm."""
    return int(datetime.strptime(group, "%y%m%d%H%M").replace(tzinfo=UTC).timestamp()) * 1000
