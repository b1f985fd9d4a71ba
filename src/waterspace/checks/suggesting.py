"""Suggesting: the smallest move in time, place or height that ends an interference, each verified by another check.

For two serials that interfere, each of the two is tried: at other times, its area at other places, its height at other
heights. A move counts only if, with it written into the file, the finding is gone, every rule could still be applied,
no error or warning is new, and none that was there, accepted ones included, is graver, farther beyond its limit or
lasts longer. Where there is none such, an error may end at the price of warnings, which are then named.

Limits: times are tried in steps of a quarter of an hour up to a day, and only of serials that have a fixed start;
places in eight directions, at growing distances up to 60 nm; heights in steps of 500 ft. One serial is moved, once.
Moves after which claims of the two still meet are passed over by geometry alone, without a rule; of the others no more
than a number are looked at, and where that ends the search it is said.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from waterspace import planfile
from waterspace.checks.runner import check
from waterspace.checks.session import Session
from waterspace.checks.words import listing, plural
from waterspace.domain import Band, Edit, Exercise, Fix, Position, Severity
from waterspace.errors import NotationError, PlanFileError
from waterspace.geometry.geodesic import destination
from waterspace.notation import (
    format_band,
    format_duration,
    format_height,
    format_position,
    format_time_iso,
    parse_position,
)
from waterspace.quantity import DAY_MS, FOOT_M, MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from waterspace.domain import Amount, Area, CheckResult, Finding, Reservation, Serial, Window

__all__ = ["FAMILY", "with_suggestions"]

FAMILY = "WS2"
"""The rules about interference."""

_TIME_STEP_MS: Final = 15 * MINUTE_MS
_FARTHEST_MS: Final = DAY_MS
_FARTHEST_M: Final = 60 * NAUTICAL_MILE_M
_HEIGHT_STEP_M: Final = 500 * FOOT_M
_HEIGHT_STEPS: Final = 40
_BEARINGS: Final = 8
_LOOKS: Final = 200
"""How many moves of a kind that part two serials are shown to the rule before the kind is given up."""

_TRIALS: Final = 6
"""How many moves of a kind are checked against all rules before the kind is given up."""

_TOGETHER: Final = {"WS302"}
"""Rules of which a finding is known by all whom it names: one that names fewer of them tells nothing new."""

_SAME: Final = 1e-9
"""Share by which amounts may differ that are the same: the rounding of sums, nothing of the world."""


_DANGEROUS: Final = {"WS201": 2, "WS202": 1}
"""Of the rules about two claims that meet: how many of the two are dangerous at least."""


def with_suggestions(
    exercise: Exercise,
    result: CheckResult,
    limits: Mapping[str, str] | None = None,
    say: Callable[[str], object] = lambda _: None,
) -> CheckResult:
    """The same result; findings of interference say what would end them.

    Args:
        exercise: read from a file.
        result: of a check of it.
        limits: name of a limit to a text, as that check had them beside those of the file.
        say: is told where a search was given up before every move had been looked at.
    """
    if not any(finding.code.startswith(FAMILY) for finding in result.findings):
        return result
    searcher = _Searcher(exercise, limits or {}, say)
    findings = tuple(
        replace(finding, suggestions=searcher.moves(finding)) if finding.code.startswith(FAMILY) else finding
        for finding in result.findings
    )
    return replace(result, findings=findings)


class _Move(NamedTuple):
    """One move of one serial: how far it goes in its own measure, the plan with it, and the file with it.

    Attributes:
        plan: made only when asked for.
    """

    size: float
    title: str
    plan: Callable[[], Exercise]
    edits: tuple[Edit, ...]


class _Price(NamedTuple):
    """What a move brings beside the end of a finding: what is new, and what was there and is worse."""

    new: tuple[Finding, ...]
    worse: tuple[Finding, ...]


class _Searcher:
    """Looks for moves in one plan."""

    def __init__(self, exercise: Exercise, limits: Mapping[str, str], say: Callable[[str], object]) -> None:
        from waterspace.programme import build

        self._exercise, self._limits, self._say = exercise, limits, say
        self._document = planfile.Document(exercise.source.content, exercise.source.file)
        self._session = Session(exercise.source.file)
        before = self._session.check(exercise.source.content, limits=limits)
        self._known = {_key(one): one for one in (*_grave(before), *(one.finding for one in before.suppressed))}
        self._not_checked = frozenset(one.code for one in before.not_checked)
        self._programme = build(exercise)

    def moves(self, finding: Finding) -> tuple[Fix, ...]:
        """The smallest move of each kind that ends a finding: in time, in place, in height."""
        serials = [id_ for id_ in finding.subjects if id_ in self._exercise.serials][:2]
        kinds: dict[str, Callable[[str], Iterator[_Move]]] = {
            "time": self._times,
            "place": self._places,
            "height": self._heights,
        }
        found = (self._best(finding, way, chain.from_iterable(map(kind, serials))) for way, kind in kinds.items())
        return tuple(fix for fix in found if fix is not None)

    def _best(self, finding: Finding, way: str, moves: Iterator[_Move]) -> Fix | None:
        """The smallest of some moves that ends the finding and worsens nothing."""
        dearer: list[tuple[_Move, _Price]] = []
        for move in self._worth_a_trial(finding, way, moves):
            price = self._brings(move, finding)
            if price is not None and not any(price):
                return Fix(title=move.title, edits=move.edits, is_safe=False)
            if price is not None and _is_worth(price, finding):
                dearer.append((move, price))
        if not dearer:
            return None
        move, price = min(dearer, key=lambda one: (one[0].size, len(one[1].new) + len(one[1].worse)))
        return Fix(title=f"{move.title}; {_told(price)}", edits=move.edits, is_safe=False)

    def _worth_a_trial(self, finding: Finding, way: str, moves: Iterator[_Move]) -> Iterator[_Move]:
        """The moves against which the rule alone has nothing, the smallest first; no more than are to be tried."""
        looks = trials = 0
        for move in sorted(moves, key=lambda one: one.size):
            exercise = move.plan()
            if self._still_meet(exercise, finding):
                continue
            if looks == _LOOKS or trials == _TRIALS:
                self._say(
                    f"{finding.code} of {listing(finding.subjects[:2])}: gave up looking for a move in {way} after the "
                    f"{looks} smallest that might help, {trials} of them checked by every rule"
                )
                return
            looks += 1
            if self._has_nothing_against(exercise, finding):
                trials += 1
                yield move

    def _still_meet(self, exercise: Exercise, finding: Finding) -> bool:
        """Whether claims of the two serials of a finding about that meet, so that no rule need be asked."""
        from waterspace.geometry.meeting import clash_each
        from waterspace.programme.timing import plan_times

        least = _DANGEROUS.get(finding.code)
        windows = plan_times(exercise).windows
        if least is None or not all(id_ in exercise.serials and id_ in windows for id_ in finding.subjects[:2]):
            return False
        ours, theirs = (self._claims(exercise, id_, windows[id_]) for id_ in finding.subjects[:2])
        pairs = ((a, b) for a in ours for b in theirs if a.hazard.is_hazardous + b.hazard.is_hazardous >= least)
        return any(one is not None for one in clash_each(list(pairs)))

    def _claims(self, exercise: Exercise, serial: str, window: Window) -> tuple[Reservation, ...]:
        """What a serial claims in a plan that is another in one serial or one area."""
        from waterspace.programme import plan_serial
        from waterspace.serials import registry

        given, known = exercise.serials[serial], self._programme.plans.get(serial)
        is_as_it_was = given is self._exercise.serials[serial] and exercise.areas is self._exercise.areas
        if known is not None and is_as_it_was and known.window == window and given.type in registry.built_in_keys():
            return known.reservations
        return plan_serial(exercise, given, window).reservations

    def _has_nothing_against(self, exercise: Exercise, finding: Finding) -> bool:
        """Whether the rule of a finding, asked alone, has nothing against a plan."""
        from waterspace.programme import build

        build(exercise, self._programme)  # the check takes over what it finds made: all but the serial that moves
        price = self._price(check(exercise, select=[finding.code], limits=self._limits), finding)
        return price is not None and _is_worth(price, finding)

    def _brings(self, move: _Move, finding: Finding) -> _Price | None:
        """What a move brings by every rule; None where the file with it is none, or still has the finding."""
        try:
            after = self._session.check(self._document.edit(move.edits).content, limits=self._limits)
        except (KeyError, ValueError, PlanFileError):
            return None
        return self._price(after, finding)

    def _price(self, after: CheckResult, finding: Finding) -> _Price | None:
        """What is new and what is worse in a result; None where the finding is in it, or a rule says less."""
        if finding.id in {one.id for one in after.findings} or not self._checks_as_much(after):
            return None
        known, grave = self._known, _grave(after)
        again = (*grave, *(one.finding for one in after.suppressed))
        return _Price(
            new=tuple(one for one in grave if _key(one) not in known and not _is_part(one, known.values())),
            worse=tuple(one for one in again if _key(one) in known and _is_worse(one, known[_key(one)])),
        )

    def _checks_as_much(self, after: CheckResult) -> bool:
        return self._not_checked.issuperset(one.code for one in after.not_checked)

    def _text(self, *path: str) -> str | None:
        """The text of the file at a path, if one stands there."""
        try:
            return self._document.value(".".join(path))
        except KeyError:
            return None

    def _with(self, serial: Serial) -> Exercise:
        return replace(self._exercise, serials={**self._exercise.serials, serial.id: serial})

    def _with_area(self, area: Area) -> Exercise:
        return replace(self._exercise, areas={**self._exercise.areas, area.id: area})

    def _title(self, serial: str) -> str:
        given = self._exercise.serials[serial]
        return f"{serial} ({given.name})" if given.name else serial

    def _times(self, serial: str) -> Iterator[_Move]:
        """The serial earlier and later, where the file fixes its start."""
        given = self._exercise.serials[serial]
        if given.start_ms is None:
            return
        for step in range(1, _FARTHEST_MS // _TIME_STEP_MS + 1):
            for shift_ms in (step * _TIME_STEP_MS, -step * _TIME_STEP_MS):
                start_ms = given.start_ms + shift_ms
                end_ms = None if given.end_ms is None else given.end_ms + shift_ms
                times = (("start", start_ms), ("end", end_ms))
                edits = tuple(
                    Edit(("serials", serial, key), format_time_iso(time_ms))
                    for key, time_ms in times
                    if time_ms is not None
                )
                way = "later" if shift_ms > 0 else "earlier"
                title = f"Start {self._title(serial)} {format_duration(abs(shift_ms))} {way}"
                moved = replace(given, start_ms=start_ms, end_ms=end_ms)
                yield _Move(abs(shift_ms), title, partial(self._with, moved), edits)

    def _places(self, serial: str) -> Iterator[_Move]:
        """The serial's area moved in eight directions."""
        area = self._exercise.areas.get(self._exercise.serials[serial].area)
        if area is None:
            return
        stem = f"areas.{area.id}."
        places = {
            tuple(dotted.split(".")): position
            for dotted in self._document.texts()
            if dotted.startswith(stem) and (position := _position(self._document.value(dotted))) is not None
        }
        for number in range(_BEARINGS):
            towards_deg = number * 360.0 / _BEARINGS
            for miles in _STEPS_NM:
                distance_m = miles * NAUTICAL_MILE_M
                edits = tuple(
                    Edit(where, _written(destination(at, towards_deg, distance_m))) for where, at in places.items()
                )
                title = f"Move {area.name} {miles:g} nm towards {towards_deg:03.0f}"
                moved = partial(self._moved_area, area, towards_deg, distance_m)
                yield _Move(distance_m, title, moved, edits)

    def _moved_area(self, area: Area, towards_deg: float, distance_m: float) -> Exercise:
        moved = _translated(area.footprint, towards_deg, distance_m)
        return self._with_area(replace(area, footprint=moved))

    def _heights(self, serial: str) -> Iterator[_Move]:
        """The serial's height, and the heights of its area, up and down."""
        given, area = self._exercise.serials[serial], self._exercise.areas.get(self._exercise.serials[serial].area)
        parameters: Any = given.parameters
        height_m: float = getattr(parameters, "height_m", 0.0)
        has_height = height_m > 0.0 and self._text("serials", serial, "height") is not None
        has_band = area is not None and self._text("areas", area.id, "vertical") is not None
        for step in range(1, _HEIGHT_STEPS + 1):
            for shift_m in (step * _HEIGHT_STEP_M, -step * _HEIGHT_STEP_M):
                way = f"{format_height(abs(shift_m))} {'higher' if shift_m > 0.0 else 'lower'}"
                if has_height and height_m + shift_m > 0.0:
                    text = format_height(height_m + shift_m)
                    higher = replace(given, parameters=replace(parameters, height_m=height_m + shift_m))
                    plan = partial(self._with, higher)
                    edits = (Edit(("serials", serial, "height"), text),)
                    yield _Move(abs(shift_m), f"Fly {self._title(serial)} {way}, at {text}", plan, edits)
                if has_band and area is not None and area.band.floor_m > 0.0 and area.band.floor_m + shift_m >= 0.0:
                    band = Band(floor_m=area.band.floor_m + shift_m, ceiling_m=area.band.ceiling_m + shift_m)
                    text = format_band(band.floor_m, band.ceiling_m)
                    plan = partial(self._with_area, replace(area, band=band))
                    edits = (Edit(("areas", area.id, "vertical"), text),)
                    yield _Move(abs(shift_m), f"Take {area.name} {way}, {text}", plan, edits)


_STEPS_NM: Final = (0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 26, 30, 35, 40, 50, 60)
"""Distances that are tried, in nautical miles."""


def _grave(result: CheckResult) -> tuple[Finding, ...]:
    """The errors and warnings."""
    return tuple(one for one in result.findings if one.severity is not Severity.ADVICE)


def _key(finding: Finding) -> str:
    """By what a finding is known again; one of a rule that failed has no id."""
    return finding.id or finding.code


def _is_part(after: Finding, before: Iterable[Finding]) -> bool:
    """Whether a finding of a rule that names all together tells of some of those of whom a known one tells."""
    some = set(after.subjects)
    return after.code in _TOGETHER and any(one.code == after.code and some < set(one.subjects) for one in before)


def _is_worse(after: Finding, before: Finding) -> bool:
    """Whether what was found already is graver, farther beyond its limit, or lasts longer."""
    order = list(Severity)
    if order.index(after.severity) < order.index(before.severity):
        return True
    return _is_farther(after.amount, before.amount) or _lasts_ms(after) > _lasts_ms(before)


def _is_farther(after: Amount | None, before: Amount | None) -> bool:
    """Whether an amount lies farther from its limit; what is not measured in one unit cannot be told to be no worse."""
    if after is None or before is None:
        return False
    if after.unit != before.unit:
        return True
    beyond, known = abs(after.value - after.limit), abs(before.value - before.limit)
    return beyond > known and not math.isclose(beyond, known, rel_tol=_SAME)


def _lasts_ms(finding: Finding) -> int:
    return sum(window.end_ms - window.start_ms for window in finding.when)


def _is_worth(price: _Price, finding: Finding) -> bool:
    """Whether nothing is worse, or an error ends at the price of warnings alone."""
    every = (*price.new, *price.worse)
    return not every or (finding.severity is Severity.ERROR and all(one.severity is Severity.WARNING for one in every))


def _told(price: _Price) -> str:
    """`that brings WS401, 1 warning, and makes WS205 worse`."""
    new, worse = (listing(sorted({one.code for one in some})) for some in price)
    parts = [f"brings {new}, {plural(len(price.new), 'warning')}"] if new else []
    parts += [f"makes {worse} worse"] if worse else []
    return f"that {', and '.join(parts)}"


def _position(text: str) -> Position | None:
    try:
        lat_deg, lon_deg = parse_position(text)
    except NotationError:
        return None
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


def _written(position: Position) -> str:
    return format_position(position.lat_deg, position.lon_deg)


def _translated(shape: Any, towards_deg: float, distance_m: float) -> Any:  # noqa: ANN401  # footprints and their parts
    """A footprint, or a part of one, moved over the earth: every position in it by as much."""
    if isinstance(shape, Position):
        return destination(shape, towards_deg, distance_m)
    if isinstance(shape, tuple):
        return tuple(_translated(part, towards_deg, distance_m) for part in shape)
    if is_dataclass(shape) and not isinstance(shape, type):
        parts = {field.name: getattr(shape, field.name) for field in fields(shape)}
        return type(shape)(**{key: _translated(part, towards_deg, distance_m) for key, part in parts.items()})
    return shape
