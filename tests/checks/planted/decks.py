"""Planted defects of decks (WS108, WS405)."""

from __future__ import annotations

from hypothesis import strategies as st

from planting import clock, flotilla, hunt, moments, period, seas
from waterspace.quantity import DAY_MS, HOUR_MS

__all__ = ["DEFECTS"]

_SECOND = "  MATE: {name: Mate, nation: JPN, class: hopper, home: ALFA}\n"


@st.composite
def _overbooked(draw: st.DrawFn) -> tuple[str, str]:
    """Two helicopters from a deck with one spot, or from one without; the twin has room."""
    start_ms, minutes = draw(moments()), draw(st.integers(30, 180))
    position, room = draw(seas()), draw(st.sampled_from(((1, 2), (1, 3), (0, 2))))
    head, serial = period(start_ms), "serials:\n" + hunt("S1", start_ms, minutes, "ALFA, HELO, MATE")

    def written(spots: int) -> str:
        ships = flotilla(position, deck=f", helicopter_spots: {spots}").replace("areas:\n", _SECOND + "areas:\n")
        return head + ships + serial

    return written(room[0]), written(room[1])


@st.composite
def _crossing(draw: st.DrawFn) -> tuple[str, str]:
    """A helicopter that no deck is left for stays on board while another lands there."""
    start_ms, position = draw(moments()), draw(seas())
    hours = draw(st.integers(2, 4))
    serial = (
        "serials:\n  S1: {type: crossdeck, area: WEST, objectives: O1, "
        "units: {decks: [ALFA, BRAVO], helicopters: [HELO, MATE, GUEST]}, "
        f"start: {clock(start_ms)}, duration: {hours} h}}\n"
    )
    more = _SECOND + "  GUEST: {name: Guest, nation: KOR, class: hopper, home: BRAVO}\n"

    def written(spots: int) -> str:
        ships = flotilla(position, deck=f", helicopter_spots: {spots}").replace("areas:\n", more + "areas:\n")
        return period(start_ms) + ships + serial

    return written(1), written(2)


@st.composite
def _rough(draw: st.DrawFn) -> tuple[str, str]:
    """A sea one state above the limit of the deck, and at it, over the whole exercise or only at the landing."""
    start_ms, minutes = draw(moments()), draw(st.integers(30, 180))
    given = draw(st.sampled_from((None, 2, 3, 4, 6)))
    limit = 5 if given is None else given
    more = ", helicopter_spots: 1" + ("" if given is None else f", deck_sea_state: {given}")
    serial = "serials:\n" + hunt("S1", start_ms, minutes)
    ships = flotilla(draw(seas()), deck=more)
    turn_ms = draw(st.sampled_from((start_ms - DAY_MS, start_ms)))

    def written(state: int) -> str:
        spells = ((start_ms - 10 * DAY_MS, turn_ms, 2), (turn_ms, start_ms + 10 * DAY_MS + HOUR_MS, state))
        weather = "".join(
            f"  - {{start: {clock(a)}, end: {clock(b)}, sea_state: {sea_state}}}\n" for a, b, sea_state in spells
        )
        return period(start_ms) + ships + serial + "weather:\n" + weather

    return written(limit + 1), written(limit)


DEFECTS = {"WS108": st.one_of(_overbooked(), _crossing()), "WS405": _rough()}
