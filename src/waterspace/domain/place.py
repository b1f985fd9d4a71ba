"""Where a value stands: on the sea, in a file, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from waterspace.domain.quick import quick

__all__ = ["Confidence", "Place", "Position", "Provenance"]


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A point on the WGS-84 ellipsoid.

    Attributes:
        lat_deg: geodetic latitude, -90 to 90, north positive.
        lon_deg: longitude, -180 to 180, east positive.
    """

    lat_deg: float
    lon_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a text: 1-based line and column, in characters."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """`file:line:column`."""
        return f"{self.file}:{self.line}:{self.column}"


class Confidence(StrEnum):
    """How sure a fact is: a page says it, it was derived, or it is a template."""

    REPORTED = "reported"
    ESTIMATED = "estimated"
    ASSUMED = "assumed"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """On whose word a fact stands.

    Attributes:
        source: a citation or an address; empty where none is known.
        confidence: None where the file does not say.
        note: a remark of the planner.
    """

    source: str = ""
    confidence: Confidence | None = None
    note: str = ""
