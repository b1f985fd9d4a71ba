"""Request: what a chart is to show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.reports.chart.look import ChartStyle

if TYPE_CHECKING:
    from waterspace.domain import Area, Position, Reservation
    from waterspace.environment.shores.shoreline import Bounds

__all__ = ["ChartContent", "ChartLine", "ChartMark", "ChartRequest", "LineKind", "MarkKind"]


class ChartContent(StrEnum):
    """What the package knows of the sea and can lay on a chart. The coast is always there."""

    DEPTHS = "depths"
    ZONES = "zones"
    STRAITS = "straits"
    PORTS = "ports"


class LineKind(StrEnum):
    """What a line is."""

    TRACK = "track"
    ROUTE = "route"
    LANE = "lane"
    BOUNDARY = "boundary"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """A line of geodesics: a track, a route, a traffic lane in its direction, the boundary of a flight region.

    Attributes:
        name: as it is written beside the line; empty for none.
        positions: at least two.
    """

    name: str
    positions: tuple[Position, ...]
    kind: LineKind


class MarkKind(StrEnum):
    """What a point is."""

    POSITION = "position"
    PORT = "port"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartMark:
    """A point with a name; a port's name may be left out where it is tight."""

    name: str
    position: Position
    kind: MarkKind = MarkKind.POSITION


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRequest:
    """One chart.

    Attributes:
        bounds: what it must show, in degrees; it shows more where the shape of the page asks for it.
        title: its heading, also read out.
        description: what it shows, for those who cannot see it; a sentence is made of the rest where it is empty.
        contents: of what the package knows.
        reservations: outlines with hatching by what they are: firing and warnings, or anything else.
        width: of the page in pixels, at least 320.
        key: begins the ids inside the picture; different for each picture on a page.
    """

    bounds: Bounds
    title: str
    description: str = ""
    style: ChartStyle = ChartStyle.LIGHT
    contents: frozenset[ChartContent] = frozenset()
    areas: tuple[Area, ...] = ()
    reservations: tuple[Reservation, ...] = ()
    lines: tuple[ChartLine, ...] = ()
    marks: tuple[ChartMark, ...] = ()
    width: int = 900
    key: str = "chart"
