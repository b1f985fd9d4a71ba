"""Encounters: every approach of a stranger to a ship of the exercise that is at sea, and the signals exchanged.

For each ship it is solved when a stranger comes within the range that the file gives (5 nm, assumed), for its present
course and at most two hours ahead; it is solved anew whenever the ship, or a stranger that follows somebody, goes
another way. What is logged happens at its instant: `encounter.begun`, with range, bearing and the closest approach to
come on the courses of that moment.

Then somebody speaks. A ship of commerce or a fishing vessel that is to pass closer than a limit (1 nm, assumed) is
called by VHF (`encounter.called`). With ships of navies signals are exchanged (`encounter.signalled`): who one is, on
what course, and that one is at exercise. Each stranger is spoken to once an hour at most, whoever of the exercise it
meets (assumed: one ship speaks for all). Nobody's course depends on it.

Sources: Code for Unplanned Encounters at Sea, version 1.0 (2014), on communication: calls by radio in English, signals
of the International Code; VHF channel 16 for calls, ITU Radio Regulations, appendix 18. The words are assumed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from waterspace.domain import Leg, Medium, SeaTraffic, Window
from waterspace.engine.kernel import Priority, Ticket
from waterspace.geometry import legs as geometry
from waterspace.geometry.geodesic import inverse
from waterspace.notation import format_distance, format_time, format_time_iso
from waterspace.quantity import HOUR_MS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.engine.around import Stranger
    from waterspace.engine.sea import Sea
    from waterspace.geometry.compiled.company import Contact

__all__ = ["Encounters"]

_AHEAD_MS: Final = 2 * HOUR_MS
"""How far ahead is looked; then again."""

_FAR_AHEAD_MS: Final = 6 * HOUR_MS
"""How far ahead the closest approach of somebody who has come is looked for."""

_SAME_MS: Final = 30 * MINUTE_MS
"""Who comes back within this time is met still (assumed)."""

_QUIET_MS: Final = HOUR_MS
"""A stranger that was spoken to is left alone for this time (assumed)."""


_SLACK_M: Final = 20.0
"""A ship that is so much farther off than was solved is not where it was to be."""


class _Meeting(NamedTuple):
    """Contacts with one stranger, each within `_SAME_MS` of the one before: they count as one, and are met once."""

    contacts: tuple[Contact, ...]

    @property
    def other(self) -> int:
        return self.contacts[0].other

    @property
    def start_ms(self) -> int:
        return self.contacts[0].start_ms

    @property
    def end_ms(self) -> int:
        return self.contacts[-1].end_ms

    @property
    def closest(self) -> Contact:
        """The one in which they come closest."""
        return min(self.contacts, key=lambda contact: contact.cpa_m)

    def until(self, now_ms: int) -> _Meeting:
        """What of it has been by now, once it has begun: the last of it only."""
        last = [contact for contact in self.contacts if contact.start_ms <= now_ms][-1]
        return _Meeting((last._replace(end_ms=min(last.end_ms, now_ms)),))


class Encounters:
    """Watches the ships of an exercise for strangers that come near."""

    def __init__(self, sea: Sea) -> None:
        """Begin to watch; the first look is due at once."""
        from waterspace.geometry.compiled.company import Company

        self._sea, self._around = sea, sea.around
        self._asked = sea.exercise.traffic or SeaTraffic()
        self._ids = (*self._around.tracks, *self._around.reactive)
        self._numbers = {id_: number for number, id_ in enumerate(self._around.reactive, len(self._around.tracks))}
        self._company = Company(self._around.pieces, len(self._numbers))
        self._tickets: dict[str, list[Ticket]] = {unit: [] for unit in sea.fleet.movers if self._is_ship(unit)}
        self._spells: dict[str, dict[int, _Meeting]] = {unit: {} for unit in self._tickets}
        self._spoken_ms: dict[int, int] = {}
        sea.watches.append(self.altered)
        for unit in self._tickets:
            sea.kernel.at(sea.kernel.now_ms, Priority.CLOSE, partial(self._look, unit))

    def altered(self, who: str) -> None:
        """Somebody goes another way: look anew at whom it meets."""
        if who in self._tickets:
            self._look(who)
        elif who in self._numbers and self._around.strangers[who].is_afloat:
            self._put(who)
            for unit in self._tickets:
                self._look(unit)

    def _put(self, who: str) -> None:
        """Take down where a stranger that follows somebody goes, and the rest when there is room for it."""
        kernel, legs = self._sea.kernel, self._around.legs(who)
        end_ms = legs[-1].end_ms
        known_ms = self._company.put(self._numbers[who], legs, Window(start_ms=kernel.now_ms, end_ms=end_ms))
        if kernel.now_ms < known_ms < end_ms:
            kernel.at(known_ms - 1, Priority.CLOSE, partial(self._put, who))

    def _is_ship(self, unit: str) -> bool:
        return self._sea.exercise.medium(unit) is Medium.SURFACE

    def _look(self, unit: str) -> None:
        """Put what a ship meets on its present course on the calendar, in place of what was there."""
        sea, now_ms, tickets = self._sea, self._sea.kernel.now_ms, self._tickets[unit]
        for ticket in tickets:
            ticket.cancel()
        tickets.clear()
        spells = self._spells[unit]
        for other, spell in tuple(spells.items()):
            if spell.end_ms > now_ms:
                spells[other] = spell.until(now_ms)
        if sea.is_closed or self._is_in_port(unit):
            return
        until_ms, meetings = self._met(unit, _AHEAD_MS)
        for meeting in meetings:
            before = spells.get(meeting.other)
            if before is not None and meeting.start_ms - before.end_ms <= _SAME_MS:
                spells[meeting.other] = _Meeting((*before.contacts, *meeting.contacts))
            elif meeting.start_ms <= now_ms:
                self._begin(unit, meeting)
            else:
                due = partial(self._come_due, unit, meeting)
                tickets.append(sea.kernel.at(meeting.start_ms, Priority.MOTION, due))
        tickets.append(sea.kernel.at(max(until_ms, now_ms + 1), Priority.CLOSE, partial(self._look, unit)))

    def _is_in_port(self, unit: str) -> bool:
        mover = self._sea.fleet[unit]
        return mover.in_base or mover.aboard is not None

    def _met(self, unit: str, ahead_ms: int) -> tuple[int, tuple[_Meeting, ...]]:
        """Up to when was looked, and whom a ship meets; it stays where its course ends."""
        now_ms = self._sea.kernel.now_ms
        window = Window(start_ms=now_ms, end_ms=now_ms + ahead_ms)
        until_ms, contacts = self._company.meetings(self._course(unit, window), window, self._asked.encounter_range_m)
        return until_ms, tuple(_joined(contacts))

    def _course(self, unit: str, window: Window) -> Sequence[Leg]:
        legs = self._sea.fleet[unit].legs
        first = len(legs)
        while first > 0 and legs[first - 1].end_ms > window.start_ms:
            first -= 1
        ahead = legs[first:]
        from_ms = ahead[-1].end_ms if ahead else window.start_ms
        if from_ms < window.end_ms:
            here = ahead[-1].end if ahead else self._sea.fleet[unit].position(window.start_ms)
            ahead.append(geometry.hold(here, Window(start_ms=from_ms, end_ms=window.end_ms)))
        return ahead

    def _come_due(self, unit: str, meeting: _Meeting) -> None:
        """The instant of an encounter has come; where a ship is not where it was to be, look anew."""
        if self._bearing(unit, meeting.other)[0] <= self._asked.encounter_range_m + _SLACK_M:
            self._begin(unit, meeting)
        else:
            self._look(unit)

    def _bearing(self, unit: str, other: int) -> tuple[float, float]:
        """Range and true bearing of a stranger now."""
        now_ms = self._sea.kernel.now_ms
        there = geometry.position_at(self._around.legs(self._ids[other]), now_ms)
        return inverse(self._sea.fleet[unit].position(now_ms), there)

    def _begin(self, unit: str, meeting: _Meeting) -> None:
        sea = self._sea
        self._spells[unit][meeting.other] = meeting
        contact = meeting.closest
        if contact.cpa_ms >= meeting.end_ms:  # they were closing still where the look ended
            later = [one for one in self._met(unit, _FAR_AHEAD_MS)[1] if one.other == meeting.other]
            contact = later[0].closest if later else contact
        stranger = self._around.strangers[self._ids[contact.other]]
        range_m, bearing_deg = self._bearing(unit, contact.other)
        near = f"within {format_distance(range_m)} of {self._name(unit)}"
        text = (
            f"{_label(stranger)} {near}, bearing {bearing_deg:03.0f}°, "
            f"closest {format_distance(contact.cpa_m)} at {format_time(contact.cpa_ms)}"
        )
        data: dict[str, float | int | str] = {
            "stranger": stranger.id,
            "range_m": range_m,
            "bearing_deg": bearing_deg,
            "cpa_m": contact.cpa_m,
            "closest_at": format_time_iso(contact.cpa_ms // SECOND_MS * SECOND_MS),
        }
        sea.write("encounter.begun", text, unit=unit, data=data)
        self._speak(unit, stranger, contact)

    def _speak(self, unit: str, stranger: Stranger, contact: Contact) -> None:
        """Call a stranger that is to pass close, or exchange signals with a ship of a navy; not too often."""
        now_ms = self._sea.kernel.now_ms
        if now_ms - self._spoken_ms.get(contact.other, now_ms - _QUIET_MS) < _QUIET_MS:
            return
        data: dict[str, float | int | str] = {"stranger": stranger.id, "cpa_m": contact.cpa_m}
        if stranger.is_naval:
            told = "who we are, our course and speed, and that we exercise"
            text = f"{self._name(unit)} exchanges signals with {_label(stranger)}: {told}"
            self._sea.write("encounter.signalled", text, unit=unit, data=data)
        elif contact.cpa_m < self._asked.call_range_m:
            passing = f"passing at {format_distance(contact.cpa_m)}"
            text = f"{self._name(unit)} calls {_label(stranger)} by VHF channel 16: {passing}"
            self._sea.write("encounter.called", text, unit=unit, data=data)
        else:
            return
        self._spoken_ms[contact.other] = now_ms

    def _name(self, unit: str) -> str:
        return self._sea.exercise.units[unit].name or unit


def _joined(contacts: Sequence[Contact]) -> list[_Meeting]:
    """Contacts in order of time as meetings, in order of time."""
    found: list[_Meeting] = []
    last: dict[int, int] = {}
    for contact in contacts:
        place = last.get(contact.other)
        if place is not None and contact.start_ms - found[place].end_ms <= _SAME_MS:
            found[place] = _Meeting((*found[place].contacts, contact))
        else:
            last[contact.other] = len(found)
            found.append(_Meeting((contact,)))
    return found


def _label(stranger: Stranger) -> str:
    return f"{stranger.name} ({stranger.kind})"
