"""Makes the card of each unit from a plan, its programme and what the rules say of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.domain import Medium, Severity
from waterspace.environment.sky import light
from waterspace.environment.sky.light import LightKind
from waterspace.geometry.geodesic import bearing_deg
from waterspace.geometry.legs import position_at
from waterspace.quantity import DAY_MS
from waterspace.reports.cards.particulars import particulars
from waterspace.reports.cards.strangers import Strangers
from waterspace.reports.cards.values import (
    Card,
    CardArea,
    CardDanger,
    CardDay,
    CardNet,
    CardNotice,
    CardPassage,
    CardSerial,
    Partners,
)
from waterspace.reports.cards.words import by_gravity
from waterspace.reports.shapes import miles, place_words
from waterspace.reports.wording import serial_name, unit_name
from waterspace.serials import registry
from waterspace.serials.base import top_speed_mps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from waterspace.domain import CheckResult, Exercise, Finding, Leg, Position, Serial, Unit
    from waterspace.programme import Programme

__all__ = ["make_cards"]

_GROUP = 3
"""So many others of a group go by its name (assumed: fewer are quicker read one by one)."""

_NO_DISTANCE_M = 50.0
"""A passage that is shorter is none (assumed)."""


def make_cards(
    exercise: Exercise, units: Collection[str] = (), check_result: CheckResult | None = None
) -> tuple[Card, ...]:
    """The card of each unit, in the order of the plan. It never raises because of what the plan says.

    Args:
        exercise: the plan, good or bad.
        units: ids of the units that are wanted; all where it is empty. Ids that the plan does not have are passed over.
        check_result: what the rules said, where it is known already.
    """
    from waterspace.checks import check

    desk = _Desk(exercise, check_result or check(exercise))
    return tuple(desk.card(unit) for unit in exercise.units.values() if not units or unit.id in units)


class _Desk:
    """One plan, and what all cards share."""

    def __init__(self, exercise: Exercise, result: CheckResult) -> None:
        self.exercise = exercise
        self.result = result

    @cached_property
    def programme(self) -> Programme:
        """The programme of the serials whose type exists here."""
        from waterspace.programme import build

        given = self.exercise.serials
        serials = {id_: serial for id_, serial in given.items() if registry.exists(serial.type)}
        return build(self.exercise if len(serials) == len(given) else replace(self.exercise, serials=serials))

    @cached_property
    def strangers(self) -> Strangers:
        """The danger areas, as units meet them that have no part in them."""
        return Strangers(self.exercise, self.programme)

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """Id of a serial to the units in it."""
        return self.strangers.members

    def card(self, unit: Unit) -> Card:
        exercise = self.exercise
        platform = exercise.platform(unit.id)
        own = self._own(unit.id)
        ids = frozenset(serial.id for serial in own)
        return Card(
            exercise=exercise.name,
            period=exercise.window,
            local_offset_ms=exercise.local_offset_ms,
            marking=exercise.marking,
            unit=unit.id,
            name=unit.name or unit.id,
            hull=unit.hull,
            nation=unit.nation,
            class_name=(platform.name or platform.key) if platform else unit.platform,
            kind=platform.kind if platform else "",
            home=self._home(unit),
            command=tuple(self._command(unit)),
            serials=tuple(self._serial(unit.id, serial) for serial in own),
            groups=tuple(self._groups(own)),
            areas=tuple(self._areas(own)),
            passages=tuple(self._passages(unit.id)),
            days=tuple(self._days(unit, own)),
            dangers=self._dangers(unit),
            notices=tuple(self._notices(own)),
            nets=tuple(self._nets(unit.id, ids)),
            findings=by_gravity(one for one in self.result.findings if unit.id in one.subjects),
            serial_findings=by_gravity(self._serial_findings(unit.id, ids)),
            not_checked=tuple(dict.fromkeys(one.code for one in self.result.not_checked)),
        )

    # ---------------------------------------------------------------------------------------------------- the unit

    def _home(self, unit: Unit) -> str:
        if unit.home_unit:
            return f"carried by {unit_name(self.exercise, unit.home_unit)}"
        if unit.home is not None:
            return unit.home_name or place_words(unit.home)
        return unit.home_name

    def _command(self, unit: Unit) -> Iterator[str]:
        if unit.command_ship:
            yield "command ship: a commander is embarked"
        for group in self.exercise.groups.values():
            if unit.id not in group.units and unit.id != group.flagship:
                continue
            parts = [f"commander {group.commander}"] if group.commander else []
            if group.flagship:
                flagship = "this unit" if group.flagship == unit.id else unit_name(self.exercise, group.flagship)
                parts.append(f"flagship {flagship}")
            parts += [", ".join(group.roles)] if group.roles else []
            yield f"{group.name or group.id}" + (f" ({'; '.join(parts)})" if parts else "")

    def _legs(self, unit: str) -> tuple[Leg, ...]:
        track = self.programme.tracks.get(unit)
        return track.legs if track else ()

    # ------------------------------------------------------------------------------------------------- its serials

    def _own(self, unit: str) -> list[Serial]:
        """In order of time; those without a time last, in the order of the plan."""
        windows = self.programme.timing.windows
        own = [serial for id_, serial in self.exercise.serials.items() if unit in self.members[id_]]
        last = self.exercise.window.end_ms + max((window.end_ms for window in windows.values()), default=0)

        def when(serial: Serial) -> tuple[int, str]:
            window = windows.get(serial.id)
            return (last, "") if window is None else (window.start_ms, serial.id)

        return sorted(own, key=when)

    def _serial(self, unit: str, serial: Serial) -> CardSerial:
        timing = self.programme.timing
        phase = self.exercise.phases.get(serial.phase)
        window = timing.windows.get(serial.id)
        return CardSerial(
            id=serial.id,
            title=serial_name(self.exercise, serial.id),
            phase=phase.name if phase else serial.phase,
            window=window,
            untimed="" if window else timing.untimed.get(serial.id, "its type is not known here"),
            area=serial.area,
            place=self._place(unit, serial),
            role=" and ".join(self._roles(unit, serial)),
            partners=tuple(self._partners(unit, serial)),
            conducting=serial.conducting_officer,
            safety=serial.safety_officer,
            particulars=self._particulars(unit, serial),
        )

    def _particulars(self, unit: str, serial: Serial) -> tuple[str, ...]:
        from waterspace.errors import GeometryError

        platform = self.exercise.platform(unit)
        flies = platform is not None and platform.medium is Medium.AIR
        own = [claim for claim in self.programme.reservations if claim.owner == serial.id]
        try:
            return particulars(serial.parameters, own, flies=flies)
        except GeometryError:  # a place or a shape that is none; a rule reports it
            return ()

    def _place(self, unit: str, serial: Serial) -> Position | None:
        from waterspace.errors import GeometryError
        from waterspace.geometry.footprints import centre

        area = self.exercise.areas.get(serial.area)
        if area is not None:
            try:
                return centre(area.footprint)
            except GeometryError:
                return None
        plan = self.programme.plans.get(serial.id)
        legs = plan.tracks.get(unit, ()) if plan else ()
        return legs[0].start if legs else None

    def _roles(self, unit: str, serial: Serial) -> list[str]:
        return [role.replace("_", " ") for role in serial.units if unit in self.exercise.units_in(serial, role)]

    def _partners(self, unit: str, serial: Serial) -> Iterator[Partners]:
        own = self._roles(unit, serial)
        given = [(role.replace("_", " "), role) for role in serial.units]
        for words, role in sorted(given, key=lambda pair: pair[0] not in own):
            units = tuple(dict.fromkeys(filter(None, (self._partner(unit, name) for name in serial.units[role]))))
            if units:
                yield Partners(role=words, units=units)

    def _partner(self, unit: str, name: str) -> str:
        """Who takes part beside a unit by one name in a role; empty for nobody."""
        group = self.exercise.groups.get(name)
        if name in self.exercise.units or group is None:
            return "" if name == unit else unit_name(self.exercise, name)
        others = [id_ for id_ in self.exercise.expand((name,)) if id_ != unit]
        if len(others) < _GROUP:
            return ", ".join(unit_name(self.exercise, id_) for id_ in others)
        return f"the others of {group.name or name}" if unit in group.units else group.name or name

    def _groups(self, own: list[Serial]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for name in dict.fromkeys(name for serial in own for names in serial.units.values() for name in names):
            group = self.exercise.groups.get(name)
            if group is not None and name not in self.exercise.units:
                units = tuple(unit_name(self.exercise, id_) for id_ in self.exercise.expand((name,)))
                yield group.name or name, units

    def _areas(self, own: list[Serial]) -> Iterator[CardArea]:
        for id_ in dict.fromkeys(serial.area for serial in own):
            area = self.exercise.areas.get(id_)
            if area is not None:
                yield CardArea(id=id_, name=area.name or id_, footprint=area.footprint, band=area.band)

    def _passages(self, unit: str) -> Iterator[CardPassage]:
        for passage in self.programme.passages:
            if passage.unit == unit and passage.distance_m >= _NO_DISTANCE_M:
                yield CardPassage(
                    origin=passage.origin,
                    destination=passage.destination,
                    available=passage.available,
                    distance_m=passage.distance_m,
                    course_deg=bearing_deg(passage.start, passage.end),
                    required_speed_mps=passage.required_speed_mps,
                    top_speed_mps=top_speed_mps(self.exercise, unit),
                )

    # -------------------------------------------------------------------------------------------- what is around it

    def _days(self, unit: Unit, own: list[Serial]) -> Iterator[CardDay]:
        windows = [window for serial in own if (window := self.programme.timing.windows.get(serial.id))]
        legs = self._legs(unit.id)
        if not windows or not (legs or unit.home):
            return
        offset_ms = self.exercise.local_offset_ms
        first_ms = min(window.start_ms for window in windows)
        last_ms = max(window.end_ms for window in windows)
        midnight_ms = (first_ms + offset_ms) // DAY_MS * DAY_MS - offset_ms
        while midnight_ms < last_ms:
            noon_ms = midnight_ms + DAY_MS // 2
            here = position_at(legs, noon_ms) if legs else unit.home
            assert here is not None
            yield _day(here, noon_ms)
            midnight_ms += DAY_MS

    def _dangers(self, unit: Unit) -> tuple[CardDanger, ...]:
        found = [one for claim in self.strangers.claims.values() for one in self.strangers.near(unit, claim)]
        return tuple(sorted(found, key=lambda danger: (danger.window, danger.title)))

    def _notices(self, own: list[Serial]) -> Iterator[CardNotice]:
        about = {serial.id for serial in own} | {serial.area for serial in own if serial.area}
        for notice in self.exercise.notices.values():
            covers = tuple(id_ for id_ in notice.covers if id_ in about)
            if covers:
                yield CardNotice(
                    id=notice.id,
                    kind=notice.kind,
                    covers=covers,
                    originator=notice.originator,
                    planned_ms=notice.planned_ms,
                    cancel_ms=notice.cancel_ms,
                )

    def _nets(self, unit: str, serials: frozenset[str]) -> Iterator[CardNet]:
        for net in self.exercise.nets.values():
            kept_by = not net.units or unit in self.exercise.expand(net.units)
            if kept_by and (not net.serials or not serials.isdisjoint(net.serials)):
                only = f"for {', '.join(id_ for id_ in net.serials if id_ in serials)}" if net.serials else ""
                details = (net.purpose, net.channel, net.language, only)
                yield CardNet(name=net.name or net.id, details="; ".join(filter(None, details)))
        for link in self.exercise.links.values():
            if not link.units or unit in self.exercise.expand(link.units):
                reach = "line of sight" if link.range_m is None else f"reaches {miles(link.range_m)}"
                yield CardNet(name=link.name or link.id, details=reach)

    def _serial_findings(self, unit: str, serials: frozenset[str]) -> Iterator[Finding]:
        for one in self.result.findings:
            grave = one.severity is not Severity.ADVICE
            if grave and unit not in one.subjects and not serials.isdisjoint(one.subjects):
                yield one


def _day(here: Position, noon_ms: int) -> CardDay:
    """The sun of one day at a place."""
    half_ms = DAY_MS // 2
    kinds = (LightKind.SUNRISE, LightKind.SUNSET)
    found = {one.kind: one.time_ms for one in light.events(here, noon_ms - half_ms, noon_ms + half_ms, kinds)}
    rise_ms, set_ms = (found.get(kind) for kind in kinds)
    note = ""
    if rise_ms is None or set_ms is None:
        state = light.state(here, noon_ms)
        note = str(state.polar.value) if state.polar else "no sunrise" if rise_ms is None else "no sunset"
    return CardDay(noon_ms=noon_ms, position=here, sunrise_ms=rise_ms, sunset_ms=set_ms, note=note)
