"""Chart: any piece of the sea, and what is laid over it, as an SVG picture in the manner of a printed chart.

`draw` is the one function; a `ChartRequest` says what to show.
"""

from waterspace.environment.shores.shoreline import Bounds
from waterspace.reports.chart.draw import draw
from waterspace.reports.chart.look import ChartStyle
from waterspace.reports.chart.request import ChartContent, ChartLine, ChartMark, ChartRequest, LineKind, MarkKind

__all__ = [
    "Bounds",
    "ChartContent",
    "ChartLine",
    "ChartMark",
    "ChartRequest",
    "ChartStyle",
    "LineKind",
    "MarkKind",
    "draw",
]
