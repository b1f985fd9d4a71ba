"""Planted defects of objectives and leads (WS708, WS709)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, moments, period
from waterspace.quantity import DAY_MS
from waterspace.serials import registry

__all__ = ["DEFECTS"]

_GIVEN = tuple(registry.get("assembly").measured_by)


@st.composite
def _unmeasured(draw: st.DrawFn) -> tuple[str, str]:
    """A measure of another type, or one misspelt; the twin names one that the serial gives."""
    right = draw(st.sampled_from(_GIVEN))
    cut = draw(st.integers(1, len(right) - 1))
    wrong = draw(st.sampled_from((right[:cut] + "x" + right[cut:], "rounds_fired_per_target", "morale")))
    others = draw(st.lists(st.sampled_from(_GIVEN), max_size=2, unique=True))

    def written(name: str) -> str:
        return f"objectives:\n  O1: {{text: Both have met., owner: JPN, measures: [{', '.join([*others, name])}]}}\n"

    return written(wrong), written(right)


@st.composite
def _uneven(draw: st.DrawFn) -> tuple[str, str]:
    """One of two nations leads less than a quarter of the serials; in the twin a quarter or more."""
    start_ms, count = draw(moments()), draw(st.integers(2, 9))
    least = -(-count // 4)
    few, enough = draw(st.integers(0, least - 1)), draw(st.integers(least, max(least, count // 2)))
    nations = draw(st.permutations(("JPN", "KOR")))
    order = draw(st.permutations(range(count)))

    def written(led: int) -> str:
        serials = "".join(
            f"  S{number}: {{type: assembly, area: WEST, units: {{units: [ALFA, BRAVO]}}, objectives: O1, "
            f"start: {clock(start_ms + number * DAY_MS)}, duration: 2 h, lead: {nations[order[number] < led]}}}\n"
            for number in range(count)
        )
        return period(start_ms) + "serials:\n" + serials

    return written(few), written(enough)


DEFECTS = {"WS708": _unmeasured(), "WS709": _uneven()}
