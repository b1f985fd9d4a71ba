"""Sheet: a chart while it is drawn, which every layer adds to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from waterspace.reports.chart.svg import element, path_data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.geometry.geodesic import FloatArray
    from waterspace.reports.chart.frame import Frame, Line
    from waterspace.reports.chart.labels import Box, Label
    from waterspace.reports.chart.look import Look

__all__ = ["LegendEntry", "Sheet"]

_FINE = frozenset({"contour", "track"})
"""Lines that a label may cover: they are many, and its pale rim keeps it legible."""

_SAMPLE = 3.0
"""Distance in pixels between the points of a line that labels keep off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One line of the legend.

    Attributes:
        swatch: elements drawn in a box 26 pixels wide and 12 high.
    """

    words: str
    swatch: str


@dataclass(slots=True, kw_only=True)
class Sheet:
    """What layers share.

    Attributes:
        parts: elements inside the frame, in the order in which they are drawn.
        labels: that want a place.
        taken: boxes that labels must keep off.
        keep_off: points of lines, in pixels, that labels had better keep off.
        legend: entries in the order of the layers.
        credits: sentences on whose data it is.
        definitions: patterns and markers.
    """

    frame: Frame
    look: Look
    key: str
    parts: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)
    keep_off: list[FloatArray] = field(default_factory=list)
    legend: list[LegendEntry] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)

    def line(self, name: str, lines: Sequence[Line], *, is_closed: bool = False, fill: str = "none") -> str:
        """A path of lines in pixels in the look of a name; labels keep off it unless it is a fine one."""
        if name not in _FINE:
            for x, y in lines:
                self.avoid(x, y)
        attributes = self.look.lines[name].attributes() | {"fill": fill}
        if fill != "none":
            attributes["fill-rule"] = "evenodd"
        return element("path", {"d": path_data(lines, is_closed=is_closed), **attributes})

    def avoid(self, x: FloatArray, y: FloatArray) -> None:
        """Ask labels to keep off a line in pixels; what lies outside the frame does not matter."""
        if len(x) < 2:  # a line has two ends
            return
        run = np.append(0.0, np.cumsum(np.hypot(np.diff(x), np.diff(y))))
        at = np.arange(0.0, min(float(run[-1]), 20_000.0), _SAMPLE)
        points = np.stack((np.interp(at, run, x), np.interp(at, run, y)), axis=1)
        frame = self.frame
        inside = (
            (points[:, 0] >= frame.left)
            & (points[:, 0] <= frame.left + frame.width)
            & (points[:, 1] >= frame.top)
            & (points[:, 1] <= frame.top + frame.height)
        )
        self.keep_off.append(points[inside])
