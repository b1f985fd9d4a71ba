"""Planted defects of languages and nets (WS608, WS609, WS610)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, moments, off, period, sea, seas
from waterspace.quantity import HOUR_MS, MINUTE_MS

__all__ = ["DEFECTS"]

_TONGUES = ("ja", "ko", "en", "fr", "es", "ru", "zh", "id")


@st.composite
def _speechless(draw: st.DrawFn) -> tuple[str, str]:
    """Two nations with languages of which none is common; the twin has one more."""
    tongues = draw(st.permutations(_TONGUES))
    cut = draw(st.integers(1, 4))
    first, second = tongues[:cut], tongues[cut : cut + draw(st.integers(1, 3))]
    shared = draw(st.sampled_from(first))

    def written(spoken: list[str]) -> str:
        return (
            f"participants:\n  JPN: {{languages: [{', '.join(first)}]}}\n  KOR: {{languages: [{', '.join(spoken)}]}}\n"
        )

    return written(second), written([*second, draw(st.sampled_from((shared, shared.upper())))])


@st.composite
def _foreign_net(draw: st.DrawFn) -> tuple[str, str]:
    """A safety net in a language that one of two nations does not speak, or in the one that both do."""
    both, own, other = draw(st.permutations(_TONGUES))[:3]
    nations = f"participants:\n  JPN: {{languages: [{both}, {own}]}}\n  KOR: {{languages: [{both}, {other}]}}\n"

    def written(language: str) -> str:
        return nations + f"nets:\n  N1: {{purpose: safety, channel: VHF 8, language: {language}}}\n"

    return written(own), written(both)


def _firing(start_ms: int, minutes: int) -> str:
    return (
        "serials:\n  S1: {type: gunnery, area: WEST, units: {firing: ALFA, safety: BRAVO}, objectives: O1, "
        f"start: {clock(start_ms)}, duration: {minutes} min, safety_officer: Executive officer}}\n"
    )


@st.composite
def _no_safety(draw: st.DrawFn) -> tuple[str, str]:
    """A net for something else, for another unit, or not throughout; the twin is kept by all until the end."""
    start_ms, minutes = draw(moments()), draw(st.integers(60, 300))
    lacks = draw(st.sampled_from(("purpose", "units", "time", "serial")))
    end_ms = start_ms + minutes * MINUTE_MS

    def written(lack: str) -> str:
        purpose = "command" if lack == "purpose" else draw(st.sampled_from(("safety", "Range safety", "SAFETY")))
        units = "ALFA" if lack == "units" else "[ALFA, BRAVO]"
        until_ms = end_ms - MINUTE_MS if lack == "time" else end_ms
        other = "  S2: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-01T00:00Z}\n"
        serial = "S2" if lack == "serial" else "S1"
        return (
            period(start_ms)
            + _firing(start_ms, minutes)
            + other
            + f"nets:\n  N1: {{purpose: {purpose}, channel: VHF 8, units: {units}, serials: {serial}, "
            f"start: {clock(start_ms)}, end: {clock(until_ms)}}}\n"
        )

    return written(lacks), written("")


@st.composite
def _gap(draw: st.DrawFn) -> tuple[str, str]:
    """A net that one of two ships does not keep, or that has no channel; the twin has both."""
    start_ms = draw(moments())
    channel = draw(st.sampled_from(("VHF 72", "243.0 MHz", "HF 4125 kHz")))
    kind = draw(st.sampled_from(("units", "channel")))

    def written(lack: str) -> str:
        units = "BRAVO" if lack == "units" else "[ALFA, BRAVO]"
        given = "" if lack == "channel" else f", channel: {channel}"
        return period(start_ms) + _firing(start_ms, 60) + f"nets:\n  N1: {{purpose: safety, units: {units}{given}}}\n"

    return written(kind), written("")


@st.composite
def _shared_channel(draw: st.DrawFn) -> tuple[str, str]:
    """Two nets on one channel for serials near each other at one time; the twin is an hour later, or far away."""
    start_ms, here = draw(moments()), draw(seas())
    minutes, near, far = draw(st.integers(30, 200)), draw(st.integers(5, 55)), draw(st.integers(65, 200))
    way = draw(st.sampled_from(("time", "place")))

    def written(clean: bool) -> str:
        miles = far if clean and way == "place" else near
        later_ms = start_ms + (minutes * MINUTE_MS if clean and way == "time" else 0)
        places = (here, off(here, 0.0, miles))
        areas = "areas:\n" + "".join(
            f"  {id_}: {{name: {id_.title()}, circle: {{centre: {sea(place)}, radius: 2 nm}}}}\n"
            for id_, place in zip(("WEST", "EAST"), places, strict=True)
        )
        serials = "serials:\n" + "".join(
            f"  {id_}: {{type: assembly, area: {area}, units: {{units: {unit}}}, start: {clock(time_ms)}, "
            f"duration: {minutes} min, objectives: O1}}\n"
            for id_, area, unit, time_ms in (("S1", "WEST", "ALFA", start_ms), ("S2", "EAST", "BRAVO", later_ms))
        )
        nets = "nets:\n  N1: {channel: VHF 6, serials: S1}\n  N2: {channel: vhf 6, serials: S2}\n"
        return period(start_ms + HOUR_MS) + areas + serials + nets

    return written(clean=False), written(clean=True)


DEFECTS = {
    "WS608": st.one_of(_speechless(), _foreign_net()),
    "WS609": _no_safety(),
    "WS610": st.one_of(_gap(), _shared_channel()),
}
