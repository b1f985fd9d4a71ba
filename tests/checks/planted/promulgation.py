"""Planted defects of when notices end, who sends them and how long ahead they come (WS504 to WS505, WS507 to WS509)."""

from __future__ import annotations

from hypothesis import strategies as st

from notice_cases import notice, practice
from planting import clock, moments, seas
from waterspace.quantity import DAY_MS, HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

_KINDS = ("navarea", "NAVAREA", "coastal", "navtex", "notam")


@st.composite
def _cancelled_early(draw: st.DrawFn) -> tuple[str, str]:
    """Cancelled in the last minutes, of the practice or of its reserve, or just when it ends."""
    start_ms, minutes, early = draw(moments()), draw(st.integers(30, 300)), draw(st.integers(1, 29))
    end_ms, more = start_ms + minutes * MINUTE_MS, ""
    if draw(st.booleans()):
        end_ms = start_ms + 2 * DAY_MS
        more = f"    reserve: [{{start: {clock(end_ms - HOUR_MS)}, end: {clock(end_ms)}}}]\n"
    head = practice(draw(seas()), start_ms, minutes, more=more) + "notices:\n"
    kind, covers = draw(st.sampled_from(_KINDS)), draw(st.sampled_from(("S1", "WEST")))

    def written(cancel_ms: int) -> str:
        return head + notice("N1", kind, start_ms - 9 * DAY_MS, covers, originator="JPN", cancel=clock(cancel_ms))

    return written(end_ms - early * MINUTE_MS), written(end_ms)


@st.composite
def _cancel_left_out(draw: st.DrawFn) -> tuple[str, str]:
    """No time at which the notice ends."""
    start_ms, minutes = draw(moments()), draw(st.integers(30, 300))
    head = practice(draw(seas()), start_ms, minutes) + "notices:\n"
    kind, covers = draw(st.sampled_from(_KINDS)), draw(st.sampled_from(("S1", "WEST")))
    bad = notice("N1", kind, start_ms - 9 * DAY_MS, covers)
    good = notice("N1", kind, start_ms - 9 * DAY_MS, covers, cancel=clock(start_ms + DAY_MS))
    return head + bad, head + good


@st.composite
def _nobody_sends(draw: st.DrawFn) -> tuple[str, str]:
    """No originator."""
    start_ms = draw(moments())
    head = practice(draw(seas()), start_ms, 60) + "notices:\n"
    kind = draw(st.sampled_from(_KINDS))
    bad = notice("N1", kind, start_ms)
    return head + bad, head + notice("N1", kind, start_ms, originator=draw(st.sampled_from(("JPN", "Hydrographer"))))


@st.composite
def _second_kind_late(draw: st.DrawFn) -> tuple[str, str]:
    """Those who hear only the second kind have a day, or two."""
    start_ms = draw(moments())
    head = practice(draw(seas()), start_ms, 60) + "notices:\n" + notice("N1", "navarea", start_ms - 8 * DAY_MS)
    kind = draw(st.sampled_from(("coastal", "navtex", "NAVTEX")))
    late, early = draw(st.integers(0, 28)), draw(st.integers(29, 150))
    return tuple(head + notice("N2", kind, start_ms - lead * HOUR_MS) for lead in (late, early))  # type: ignore[return-value]


@st.composite
def _notam_late(draw: st.DrawFn) -> tuple[str, str]:
    """Between five and seven days, or seven and more."""
    start_ms = draw(moments())
    head = practice(draw(seas()), start_ms, 60) + "notices:\n" + notice("N1", "navarea", start_ms - 12 * DAY_MS)
    late, early = draw(st.integers(5 * 24, 7 * 24 - 1)), draw(st.integers(7 * 24, 400))
    kind = draw(st.sampled_from(("notam", "NOTAM")))
    return tuple(head + notice("N2", kind, start_ms - lead * HOUR_MS) for lead in (late, early))  # type: ignore[return-value]


DEFECTS = {
    "WS504": _cancelled_early(),
    "WS505": _cancel_left_out(),
    "WS507": _nobody_sends(),
    "WS508": _second_kind_late(),
    "WS509": _notam_late(),
}
