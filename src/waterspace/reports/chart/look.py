"""Look: the inks, lines and letters of a chart, on a screen and on paper.

The colours follow printed charts: buff land, tinted shallows, nearly white deep water, magenta for limits. On paper
everything is black, or a grey that any printer screens, told apart by dashes and hatching. No colour stands for a state
or for those who take part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FONT", "LIGHT", "PRINT", "ChartStyle", "LineLook", "Look", "look_of"]

FONT = "Noto Sans, DejaVu Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"


class ChartStyle(StrEnum):
    """Where a chart is looked at."""

    LIGHT = "light"
    PRINT = "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLook:
    """How a line is drawn.

    Attributes:
        width: in pixels.
        dash: lengths of strokes and gaps in pixels; empty for a whole line.
    """

    ink: str
    width: float = 1.0
    dash: str = ""

    def attributes(self) -> dict[str, str | float]:
        """As attributes of an element."""
        dashes: dict[str, str | float] = {"stroke-dasharray": self.dash} if self.dash else {}
        return {"fill": "none", "stroke": self.ink, "stroke-width": self.width, "stroke-linejoin": "round", **dashes}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All inks and lines of a style.

    Attributes:
        depths: tint from each depth in metres downwards; the first, 0, is that of the shallows.
        lines: how each kind of line is drawn, by its name.
        hatches: ink of each hatching, by its name.
    """

    paper: str
    water: str
    land: str
    ink: str
    quiet: str
    halo: str
    contour_text: str
    strait: str
    depths: Mapping[float, str]
    lines: Mapping[str, LineLook]
    hatches: Mapping[str, str] = field(default_factory=dict)


_DEPTHS = (0.0, 200.0, 1000.0, 2000.0, 3000.0)

_MAGENTA = "#96246f"
_BLACK = "#000000"

LIGHT = Look(
    paper="#ffffff",
    water="#f1f7fb",
    land="#f3e8c8",
    ink="#22282e",
    quiet="#5a646e",
    halo="#ffffff",
    contour_text="#3c6a8c",
    strait="#7b1f5b",
    depths=dict(zip(_DEPTHS, ("#b9d9ec", "#d0e5f2", "#dfeef7", "#ebf4fa", "#f5f9fc"), strict=True)),
    lines={
        "coast": LineLook(ink="#6d5a2e", width=0.7),
        "contour": LineLook(ink="#86aac4", width=0.5),
        "graticule": LineLook(ink="#7f8d99", width=0.4),
        "internal_waters": LineLook(ink=_MAGENTA, width=0.9),
        "territorial_sea": LineLook(ink=_MAGENTA, width=1.2, dash="7 3"),
        "contiguous_zone": LineLook(ink=_MAGENTA, width=0.8, dash="2 3"),
        "eez": LineLook(ink=_MAGENTA, width=1.5, dash="14 3 3 3"),
        "median": LineLook(ink="#46535f", width=0.8, dash="18 5"),
        "strait": LineLook(ink="#7b1f5b", width=2.2),
        "area": LineLook(ink="#1d4f73", width=1.6),
        "danger": LineLook(ink="#a1341c", width=1.2, dash="5 3"),
        "claim": LineLook(ink="#4b5a2a", width=1.0, dash="3 2"),
        "track": LineLook(ink="#3d4a55", width=0.8),
        "route": LineLook(ink="#0b5d3b", width=2.0),
        "lane": LineLook(ink=_MAGENTA, width=1.0),
        "boundary": LineLook(ink="#2f6f73", width=1.1, dash="10 2 2 2 2 2"),
    },
    hatches={"danger": "#a1341c", "claim": "#4b5a2a"},
)

PRINT = Look(
    paper="#ffffff",
    water="#ffffff",
    land="#d4d4d4",
    ink=_BLACK,
    quiet="#333333",
    halo="#ffffff",
    contour_text="#333333",
    strait=_BLACK,
    depths=dict.fromkeys(_DEPTHS, "#ffffff") | {0.0: "#f0f0f0"},
    lines={
        "coast": LineLook(ink=_BLACK, width=0.7),
        "contour": LineLook(ink="#777777", width=0.4),
        "graticule": LineLook(ink="#888888", width=0.35),
        "internal_waters": LineLook(ink=_BLACK, width=0.7),
        "territorial_sea": LineLook(ink=_BLACK, width=1.2, dash="7 3"),
        "contiguous_zone": LineLook(ink=_BLACK, width=0.9, dash="2 3"),
        "eez": LineLook(ink=_BLACK, width=1.6, dash="14 3 3 3"),
        "median": LineLook(ink=_BLACK, width=0.6, dash="18 5"),
        "strait": LineLook(ink=_BLACK, width=2.2),
        "area": LineLook(ink=_BLACK, width=1.8),
        "danger": LineLook(ink=_BLACK, width=1.1, dash="5 3"),
        "claim": LineLook(ink="#333333", width=0.9, dash="3 2"),
        "track": LineLook(ink="#555555", width=0.6),
        "route": LineLook(ink=_BLACK, width=2.0),
        "lane": LineLook(ink=_BLACK, width=0.9),
        "boundary": LineLook(ink=_BLACK, width=0.9, dash="10 2 2 2 2 2"),
    },
    hatches={"danger": _BLACK, "claim": "#555555"},
)


def look_of(style: ChartStyle) -> Look:
    """The look of a style."""
    return LIGHT if style is ChartStyle.LIGHT else PRINT
