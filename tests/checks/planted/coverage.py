"""Planted defects of warnings and NOTAMs that give less than the danger (WS513)."""

from __future__ import annotations

from hypothesis import strategies as st

from notice_cases import notice, practice
from planting import moments, seas
from waterspace.quantity import DAY_MS

__all__ = ["DEFECTS"]


@st.composite
def _too_small(draw: st.DrawFn) -> tuple[str, str]:
    """A practice circle about the middle of an area that the warning names: too large for it by a mile, or not."""
    middle, start_ms = draw(seas()), draw(moments())
    radius, kind = (
        draw(st.integers(8, 20)),
        draw(st.sampled_from(("navarea", "coastal", "NAVTEX", "hydropac", "notam"))),
    )

    def written(size: float) -> str:
        head = practice(middle, start_ms, 60, more=f"    practice_radius: {size:g} nm\n")
        head = head.replace("radius: 5 nm", f"radius: {radius} nm", 1)
        return head + "notices:\n" + notice("N1", kind, start_ms - 9 * DAY_MS, "WEST", originator="JPN")

    return written(radius + draw(st.integers(10, 40)) / 10), written(radius + draw(st.integers(-40, 4)) / 10)


DEFECTS = {"WS513": _too_small()}
