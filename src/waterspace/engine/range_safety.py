"""Watches over danger areas: when strangers are inside, when somebody notices, and when fire is to be checked.

A stranger is whoever is at sea and takes no part in the serial: a merchant ship, a fishing vessel, a ship that watches
the exercise, and a unit of the exercise that belongs to another serial. That it enters the hot area and leaves it are
facts, logged at the solved instant (`range.entered`, `range.left`). That somebody knows is another thing: the ships and
aircraft of the serial notice it as `lookout` says, from an hour before the serial starts. When a stranger that is known
is in the area, or would enter it within the warning time, the range is fouled (`range.fouled`) and the scripts of the
serial are told; when the last of these has left it is clear (`range.clear`), and they are told again. Whether they heed
it is theirs. When the serial ends the watch says what it saw (`range.secured`).

A watch is kept where the file asks for traffic or others who meet its units, or says by which sensors strangers are
noticed; else nothing is watched, and a type may take to chance instead.

Sources: 33 CFR 334.720 and others of that part: firing ceases until the area is clear of vessels.
Assumed: an hour's watch beforehand; whoever is noticed is followed from then on; the ships of the serial are where
their plan has them. Limits: one who turns away before he enters raises no alarm, for only real tracks count; of a
unit of the exercise and of those who react, the present course counts, and all is worked out anew when it alters.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from waterspace.domain import Medium, Sensors, WakeReason, Window, join_windows
from waterspace.engine import danger
from waterspace.engine.kernel import Priority, Ticket
from waterspace.engine.lookout import Lookout, Sighting, Target, Watcher, is_small
from waterspace.engine.news import News
from waterspace.engine.range_words import counted, course_words, edge_m, roughly
from waterspace.engine.stage import OVERRUN_MS
from waterspace.geometry import legs as geometry
from waterspace.notation import format_distance
from waterspace.phenomena.heights import length_m
from waterspace.quantity import HOUR_MS, SECOND_MS
from waterspace.serials.measuring.spans import both, length_ms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from waterspace.domain import Leg, Position, Reservation
    from waterspace.engine.around import Around, Stranger
    from waterspace.engine.sea import Sea
    from waterspace.engine.stage import LiveStage

__all__ = ["RangeWatch", "range_watch"]

_BEFORE_MS: Final = HOUR_MS
"""How long before the serial starts its ships begin to look (assumed)."""


@dataclass(slots=True, kw_only=True)
class _Case:
    """One stranger against one danger area."""

    claim: Reservation
    stranger: str
    label: str
    inside: bool = False
    fouling: bool = False
    seen: Sighting | None = None
    since_ms: int = 0
    entries: int = 0
    stays: list[Window] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)


def range_watch(sea: Sea, stage: LiveStage, tell: Callable[[News], object]) -> RangeWatch | None:
    """Begin to watch the danger areas of a serial that starts now; None where there is nothing to watch.

    Args:
        sea: of the run.
        stage: of the serial.
        tell: brings news to its scripts. The first comes at once, before they give an order.
    """
    if sea.exercise.sensors is None and not sea.around.is_asked_for:
        return None
    claims = danger.endangering(stage.type.reservations(stage.briefing, stage.plan))
    return RangeWatch(sea, stage, claims, tell) if claims else None


class RangeWatch:
    """The watch over the danger areas of one serial while it runs."""

    def __init__(
        self, sea: Sea, stage: LiveStage, claims: tuple[Reservation, ...], tell: Callable[[News], object]
    ) -> None:
        self._sea, self._stage, self._tell = sea, stage, tell
        self._sensors = sea.exercise.sensors or Sensors()
        self._started_ms = sea.kernel.now_ms
        self._until_ms = max(stage.window.end_ms, *(claim.windows[-1].end_ms for claim in claims)) + OVERRUN_MS
        self._claims = tuple(_kept_hot(claim, self._until_ms) for claim in claims)
        self._own = frozenset(stage.briefing.units())
        self._draws: dict[str, float] = {}
        self._cases: dict[tuple[str, str], _Case] = {}
        self._fouled: list[Window] = []
        self._fouled_since_ms: int | None = None
        self._told = False
        watchers = tuple(self._watchers())
        looks = Window(start_ms=self._started_ms - _BEFORE_MS, end_ms=self._until_ms)
        self._lookout = Lookout(watchers, self._sensors, sea.weather, looks)
        self._begin()

    def _begin(self) -> None:
        watching = ", ".join(watcher.unit for watcher in self._lookout.watchers) or "nobody"
        names = " and ".join(claim.name for claim in self._claims)
        self._write("range.watched", f"{names} watched by {watching}", {"watchers_count": len(self._lookout.watchers)})
        self._sea.watches.append(self.altered)
        around = self._sea.around
        for claim in self._claims:
            span = Window(start_ms=self._started_ms, end_ms=self._until_ms)
            found: dict[str, list[Window]] = {}
            for stranger, window in around.stays(claim.footprint, span) if danger.is_open_to_ships(claim) else ():
                found.setdefault(stranger, []).append(window)
            for stranger, windows in found.items():
                self._plan(self._case(claim, stranger), windows)
        for unit in self._sea.fleet.movers:
            self.altered(unit)
        if not self._told:
            self._bring(WakeReason.CLEARED, "range clear", "")

    # ------------------------------------------------------------------------------------------- who may be inside

    def altered(self, stranger: str) -> None:
        """Somebody has altered course or speed, taken off or landed: work out anew when it is inside."""
        sea = self._sea
        ahead = Window(start_ms=sea.kernel.now_ms, end_ms=self._until_ms)
        for claim in self._claims:
            if stranger in sea.around.strangers:
                matters = sea.around.strangers[stranger].is_afloat and danger.is_open_to_ships(claim)
                windows = danger.visits(claim, sea.around.legs(stranger), ahead) if matters else ()
            elif stranger in sea.fleet and stranger not in self._own:
                windows = danger.unit_stays(sea, claim, stranger, ahead)
            else:
                continue
            if windows or (claim.id, stranger) in self._cases:
                self._plan(self._case(claim, stranger), windows)

    def _case(self, claim: Reservation, stranger: str) -> _Case:
        key = claim.id, stranger
        if key not in self._cases:
            kind = _kind_of(self._sea.around, stranger)
            label = f"{stranger} ({kind})" if kind else stranger
            self._cases[key] = _Case(claim=claim, stranger=stranger, label=label)
        return self._cases[key]

    # ----------------------------------------------------------------------------------------- what comes of it when

    def _plan(self, case: _Case, stays: Sequence[Window]) -> None:
        """Put what is to come of a stranger on the calendar, in place of what was there."""
        now_ms = self._sea.kernel.now_ms
        for ticket in case.tickets:
            ticket.cancel()
        case.tickets.clear()
        hot = [
            shared
            for stay in stays
            for window in case.claim.windows
            if (shared := stay.overlap(window)) is not None and shared.end_ms > now_ms
        ]
        if case.seen is None or case.seen.time_ms > now_ms:
            case.seen = self._first_sighting(case.stranger) if hot else None
        fouled = self._fouled_spans(case, hot)
        if case.inside and not any(stay.start_ms <= now_ms for stay in hot):
            self._leave(case)
        if case.fouling and not any(span.start_ms <= now_ms for span in fouled):
            self._unfoul(case)
        for stay in hot:
            if not (case.inside and stay.start_ms <= now_ms):
                self._at(case, stay.start_ms, self._enter)
            self._at(case, stay.end_ms, self._leave)
        for span in fouled:
            if not (case.fouling and span.start_ms <= now_ms):
                self._at(case, span.start_ms, self._foul)
            self._at(case, span.end_ms, self._unfoul)

    def _fouled_spans(self, case: _Case, hot: list[Window]) -> tuple[Window, ...]:
        """When a stranger fouls the range, as far as anybody knows."""
        seen = case.seen
        if seen is None:
            return ()
        early = [replace(stay, start_ms=stay.start_ms - self._sensors.warning_ms) for stay in hot]
        from_ms = self._started_ms if case.fouling else max(seen.time_ms, self._started_ms)
        return join_windows(
            replace(span, start_ms=max(span.start_ms, from_ms)) for span in early if span.end_ms > from_ms
        )

    def _at(self, case: _Case, time_ms: int, call: Callable[[_Case], None]) -> None:
        """Have something happen to a case, at once where its time has come."""
        if time_ms <= self._sea.kernel.now_ms:
            call(case)
        else:
            case.tickets.append(self._sea.kernel.at(time_ms, Priority.MOTION, lambda: call(case)))

    def _enter(self, case: _Case) -> None:
        case.inside, case.since_ms = True, self._sea.kernel.now_ms
        case.entries += 1
        known = _was_seen(case, case.since_ms)
        text = f"{case.label} inside {case.claim.name}, {'known' if known else 'not noticed so far'}"
        self._write("range.entered", text, {"who": case.stranger, "known": "yes" if known else "no"}, case)

    def _leave(self, case: _Case) -> None:
        now_ms = self._sea.kernel.now_ms
        case.inside = False
        case.stays.append(Window(start_ms=case.since_ms, end_ms=now_ms))
        inside_ms = now_ms - case.since_ms
        text = f"{case.label} out of {case.claim.name} after {roughly(inside_ms)}"
        self._write("range.left", text, {"who": case.stranger, "inside_ms": inside_ms}, case)

    def _foul(self, case: _Case) -> None:
        now_ms = self._sea.kernel.now_ms
        was_clear = self._fouled_since_ms is None
        case.fouling = True
        if was_clear:
            self._fouled_since_ms = now_ms
        assert case.seen is not None, "only who has been noticed fouls a range"
        seen = case.seen
        text, off_m = self._picture(case)
        also = "" if was_clear else "also "
        how = f"first seen by {seen.unit} by {_SENSOR_WORDS[seen.sensor]} at {format_distance(seen.range_m)}"
        data: dict[str, float | int | str] = {"who": case.stranger, "off_m": off_m, "known_ms": now_ms - seen.time_ms}
        data |= {"by": seen.unit, "sensor": seen.sensor}
        self._write("range.fouled", f"range {also}fouled by {text}; check fire ({how})", data, case)
        if was_clear:
            self._bring(WakeReason.FOULED, f"range fouled by {case.label}", case.stranger)

    def _unfoul(self, case: _Case) -> None:
        case.fouling = False
        since_ms = self._fouled_since_ms
        if since_ms is None or any(other.fouling for other in self._cases.values()):
            return
        now_ms = self._sea.kernel.now_ms
        self._fouled_since_ms = None
        self._fouled.append(Window(start_ms=since_ms, end_ms=now_ms))
        fouled_ms = now_ms - since_ms
        self._write("range.clear", f"range clear after {roughly(fouled_ms)}", {"fouled_ms": fouled_ms}, case)
        self._bring(WakeReason.CLEARED, "range clear", case.stranger)

    def _bring(self, reason: WakeReason, text: str, sender: str) -> None:
        self._told = True
        self._tell(News(reason, text, sender, {"at_ms": self._sea.kernel.now_ms}))

    def end(self) -> None:
        """The serial is over: take the watch down and say what it saw."""
        now_ms = self._sea.kernel.now_ms
        self._sea.watches.remove(self.altered)
        fouled = list(self._fouled)
        if self._fouled_since_ms is not None:
            fouled.append(Window(start_ms=self._fouled_since_ms, end_ms=now_ms))
        stays: list[Window] = []
        for case in self._cases.values():
            for ticket in case.tickets:
                ticket.cancel()
            stays += case.stays
            if case.inside:
                stays.append(Window(start_ms=case.since_ms, end_ms=now_ms))
        who = {case.stranger for case in self._cases.values() if case.entries}
        missed = {case.stranger for case in self._cases.values() if case.entries and not _was_seen(case, now_ms)}
        exposed_ms = length_ms(stays) - length_ms(both(join_windows(stays), join_windows(fouled)))
        data = {
            "strangers_count": len(who),
            "missed_count": len(missed),
            "checks_count": len(fouled),
            "checked_ms": length_ms(fouled),
            "exposed_ms": exposed_ms,
        }
        unchecked = f"somebody inside unnoticed for {roughly(exposed_ms)}" if exposed_ms else "nobody inside unnoticed"
        checks = f"fouled for {roughly(length_ms(fouled))}, {unchecked}" if who or fouled else "never fouled"
        text = f"range secured: {counted(len(who), 'stranger')} inside, {checks}"
        self._write("range.secured", text, data)

    # ------------------------------------------------------------------------------------------------ who sees whom

    def _watchers(self) -> Iterator[Watcher]:
        """The ships and aircraft of the serial, where they have been and where their plan has them."""
        exercise, plan = self._sea.exercise, self._stage.plan
        for unit in self._stage.briefing.units():
            medium = exercise.medium(unit)
            if unit not in self._sea.fleet or medium not in {Medium.SURFACE, Medium.AIR}:
                continue
            legs = self._watch_legs(unit, plan.get(unit, ()))
            if legs:
                make = Watcher.aircraft if medium is Medium.AIR else Watcher.ship
                yield make(unit, legs, exercise.platform(unit))

    def _watch_legs(self, unit: str, planned: tuple[Leg, ...]) -> tuple[Leg, ...]:
        mover = self._sea.fleet[unit]
        now_ms = self._started_ms
        ahead = geometry.trim(planned or self._sea.course_of(unit), Window(start_ms=now_ms, end_ms=self._until_ms))
        before = Window(start_ms=now_ms - _BEFORE_MS, end_ms=now_ms)
        past: tuple[Leg, ...] = ()
        if mover.aboard is None:
            past = geometry.fill(mover.legs or (geometry.hold(mover.position(now_ms), before),), before)
        legs = (*past, *ahead)
        return geometry.fill(legs, Window(start_ms=legs[0].start_ms, end_ms=self._until_ms)) if legs else ()

    def _first_sighting(self, stranger: str) -> Sighting | None:
        return self._lookout.first(self._target(stranger), self._draw)

    def _target(self, stranger: str) -> Target:
        who = self._sea.around.strangers.get(stranger)
        if who is None:
            hull_m = length_m(self._sea.exercise.platform(stranger))
            return Target(id=stranger, legs=self._unit_legs(stranger), length_m=hull_m)
        return Target(
            id=stranger, legs=self._sea.around.legs(stranger), length_m=who.length_m, ais_ratio=self._ais_ratio(who)
        )

    def _unit_legs(self, unit: str) -> tuple[Leg, ...]:
        return danger.unit_legs(self._sea, unit, self._until_ms)

    def _ais_ratio(self, who: Stranger) -> float:
        """Chance that a stranger sends AIS."""
        if who.is_naval:
            return 0.0
        return self._sensors.small_ais_ratio if is_small(who.length_m) or who.kind in _FISHING_KINDS else 1.0

    def _draw(self, name: str) -> float:
        """The number of a name, from a stream of that name; asked again it is the same."""
        if name not in self._draws:
            self._draws[name] = float(self._sea.streams.get(f"{self._stage.serial.id}/lookout/{name}").random())
        return self._draws[name]

    # ----------------------------------------------------------------------------------------------------- in words

    def _picture(self, case: _Case) -> tuple[str, float]:
        """What a safety officer would say of a stranger, and how far inside (below 0) or short of the edge it is."""
        now_ms = self._sea.kernel.now_ms
        footprint, here = case.claim.footprint, self._where(case.stranger, now_ms)
        course = course_words(footprint, here, self._where(case.stranger, now_ms + SECOND_MS), now_ms)
        off_m = edge_m(footprint, here, now_ms)
        side = "inside the danger area" if case.inside else "short of the danger area"
        return f"{case.label}, {format_distance(off_m)} {side}, {course}", -off_m if case.inside else off_m

    def _where(self, stranger: str, time_ms: int) -> Position:
        if stranger in self._sea.around.strangers:
            return geometry.position_at(self._sea.around.legs(stranger), time_ms)
        legs = self._unit_legs(stranger)
        return geometry.position_at(legs, time_ms) if legs else self._sea.fleet[stranger].position(time_ms)

    def _write(self, kind: str, text: str, data: Mapping[str, float | int | str], case: _Case | None = None) -> None:
        now_ms, log = self._sea.kernel.now_ms, self._sea.log
        serial = self._stage.serial.id
        unit = case.stranger if case is not None and case.stranger in self._sea.fleet else ""
        position = None if case is None else self._where(case.stranger, now_ms)
        log.write(now_ms, kind, text, serial=serial, unit=unit, position=position, data=data)


_SENSOR_WORDS = {"ais": "AIS", "radar": "radar", "eye": "eye"}
_FISHING_KINDS = frozenset({"trawler", "fishing vessel"})


def _kept_hot(claim: Reservation, until_ms: int) -> Reservation:
    """A claim that stays in force until the serial has ended."""
    last = replace(claim.windows[-1], end_ms=until_ms)
    return replace(claim, windows=(*claim.windows[:-1], last))


def _kind_of(around: Around, stranger: str) -> str:
    who = around.strangers.get(stranger)
    return "" if who is None else who.kind


def _was_seen(case: _Case, now_ms: int) -> bool:
    return case.seen is not None and case.seen.time_ms <= now_ms
