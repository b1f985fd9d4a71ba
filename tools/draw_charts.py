"""Draws the charts of the documentation: docs/images/*.svg, the same bytes each time.

Usage: python tools/draw_charts.py [--check]

With --check nothing is written; it exits with 1 where a picture is not what the code draws.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from waterspace.reports.chart import Bounds, ChartContent, ChartRequest, ChartStyle, draw

__all__ = ["CHARTS", "main"]

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"

_SEA_OF_JAPAN = Bounds(33.0, 126.5, 47.0, 144.5)
_TITLE = "From the Korea Strait to La Perouse: coast, zones, depths, straits"
_DESCRIPTION = (
    "A chart of the waters between 33 and 47 degrees north and 126.5 and 144.5 degrees east, with the computed outer "
    "limits of the territorial sea and the contiguous zone, depths from 200 to 3000 metres, ports, and the straits "
    "that lead out: Korea, Tsushima, Kanmon, Tsugaru and La Perouse."
)

CHARTS = {
    f"sea-of-japan{suffix}.svg": ChartRequest(
        bounds=_SEA_OF_JAPAN,
        title=_TITLE,
        description=_DESCRIPTION,
        style=style,
        contents=frozenset(ChartContent),
        key="sea-of-japan",
    )
    for suffix, style in (("", ChartStyle.LIGHT), ("-print", ChartStyle.PRINT))
}
"""Every chart by the name of its file."""


def main() -> None:
    """Write the pictures, or compare them."""
    parser = argparse.ArgumentParser(description="Draw the charts of the documentation.")
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args()
    stale = []
    for name, request in CHARTS.items():
        path, drawn = IMAGES / name, draw(request)
        if options.check:
            if not path.is_file() or path.read_text(encoding="utf-8") != drawn:
                stale.append(name)
        else:
            path.write_text(drawn, encoding="utf-8")
            print(f"{name}: {len(drawn.encode()):,} bytes")
    if stale:
        sys.exit(f"not what the code draws: {', '.join(stale)}; run make charts")


if __name__ == "__main__":
    main()
