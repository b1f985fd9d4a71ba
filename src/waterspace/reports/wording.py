"""Wording: instants, amounts and names as a report prints them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import SerialStatus
from waterspace.notation import (
    format_bearing,
    format_distance,
    format_duration,
    format_mass,
    format_offset,
    format_speed,
    format_time,
    format_time_iso,
)
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from waterspace.domain import Exercise, Measure, SerialRecord

__all__ = [
    "NATION_SHAPES",
    "NATION_SIGNS",
    "Amount",
    "Clockface",
    "Moment",
    "Nation",
    "against_plan",
    "amount",
    "amounts",
    "area_name",
    "lateness",
    "nations",
    "nothing_came",
    "percentage",
    "rounded_duration",
    "serial_name",
    "unit_name",
]

NATION_SHAPES = ("disc", "square", "triangle", "diamond", "ring", "box", "wedge", "cross")
"""Shapes that tell nations apart where colour might have, in the order in which nations are named."""

NATION_SIGNS: Mapping[str, str] = {
    "disc": "●",
    "square": "■",
    "triangle": "▲",
    "diamond": "◆",
    "ring": "○",
    "box": "□",
    "wedge": "▽",
    "cross": "✕",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant in Z and local time.

    Attributes:
        zulu: date-time group.
        local: date-time group of local time, empty where local time is Z.
        iso: for machines.
    """

    time_ms: int
    zulu: str
    local: str
    iso: str


class Clockface:
    """How one exercise reads the clock."""

    __slots__ = ("offset_ms",)

    def __init__(self, offset_ms: int) -> None:
        self.offset_ms = offset_ms

    @property
    def offset(self) -> str:
        """`+09:00`, empty where local time is Z."""
        return format_offset(self.offset_ms) if self.offset_ms else ""

    def moment(self, time_ms: int) -> Moment:
        """An instant as it is printed."""
        local = format_time(time_ms, self.offset_ms) if self.offset_ms else ""
        return Moment(time_ms=time_ms, zulu=format_time(time_ms), local=local, iso=format_time_iso(time_ms))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """A nation as the report shows it: by its code and a shape.

    Attributes:
        code: ISO 3166-1 alpha-3.
        sign: the shape as a character.
    """

    code: str
    shape: str
    sign: str
    participant: bool
    service: str = ""


def area_name(exercise: Exercise, area: str) -> str:
    """An area's name, or its id where it is unknown."""
    known = exercise.areas.get(area)
    return known.name or area if known else area


def against_plan(record: SerialRecord) -> tuple[str, str]:
    """How late a serial started, and how late it ended.

    Both are empty where there is nothing to compare; the end also where it was as late as the start, or came before
    its time because the serial was cut short.
    """
    if record.planned is None or record.actual is None:
        return "", ""
    start = lateness(record.actual.start_ms - record.planned.start_ms)
    end = lateness(record.actual.end_ms - record.planned.end_ms)
    if record.status is SerialStatus.CUT_SHORT or end == start:
        return start, ""
    return f"started {start}", f"ended {end}"


def nothing_came(measures: Iterable[Measure]) -> str:
    """What the measures of one serial say where nothing came of it, such as `firings 0; waited 2 h 33 min`.

    Nothing came of a serial whose first measure is a count or a share and zero: a type names the one that matters most
    first. The measures that are not zero tell why, times before counts. Empty where something came of it, and where
    nothing was measured.
    """
    given = tuple(measures)
    if not given or given[0].value or not given[0].name.endswith(("_count", "_ratio")):
        return ""
    others = sorted(
        (one for one in given[1:] if one.value and one.name.endswith(_TELLING)),
        key=lambda one: next(place for place, ending in enumerate(_TELLING) if one.name.endswith(ending)),
    )
    first, *rest = (amount(one.name, one.value) for one in (given[0], *others[:_MOST_TELLING]))
    why = ", ".join(f"{one.name} {one.text}" for one in rest)
    return f"{first.name} {first.text}" + (f"; {why}" if why else "")


_TELLING = ("_ms", "_count")
_MOST_TELLING = 3


def nations(exercise: Exercise) -> tuple[Nation, ...]:
    """Every nation of the plan, participants first, each with a shape of its own as far as shapes go."""
    codes = dict.fromkeys(exercise.participants)
    codes.update(dict.fromkeys(unit.nation for unit in exercise.units.values()))
    codes.update(dict.fromkeys(observer.nation for observer in exercise.observers.values()))
    taking_part = {*exercise.participants, *(unit.nation for unit in exercise.units.values())}
    found = []
    for index, code in enumerate(codes):
        shape = NATION_SHAPES[index % len(NATION_SHAPES)]
        participant = exercise.participants.get(code)
        service = participant.service if participant else ""
        found.append(
            Nation(code=code, shape=shape, sign=NATION_SIGNS[shape], participant=code in taking_part, service=service)
        )
    return tuple(found)


def serial_name(exercise: Exercise, serial: str) -> str:
    """A serial's name, or its type in words; empty where it is unknown."""
    known = exercise.serials.get(serial)
    return (known.name or known.type.replace("_", " ")) if known else ""


def unit_name(exercise: Exercise, unit: str) -> str:
    """A unit's name, or its id where it is unknown."""
    known = exercise.units.get(unit)
    return known.name or unit if known else unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A named number in words."""

    name: str
    text: str


def amount(name: str, value: float | str) -> Amount:
    """A number whose name ends in its unit, in mariner's units: `range_m` 22224 becomes `range`, `12.0 nm`."""
    suffix = next((ending for ending in _IN_WORDS if name.endswith(ending)), "")
    plain = name.removesuffix(suffix).replace("_", " ") or name
    return Amount(name=plain, text=value if isinstance(value, str) else _IN_WORDS[suffix](value))


def amounts(values: Iterable[tuple[str, float | str]]) -> tuple[Amount, ...]:
    """Named numbers in words; of those that would have the same name, a count and a share are told apart."""
    given = tuple(values)
    found = [amount(name, value) for name, value in given]
    names = [one.name for one in found]
    return tuple(
        replace(one, name=f"{one.name}, {kind}") if names.count(one.name) > 1 and kind else one
        for one, (name, _) in zip(found, given, strict=True)
        for kind in (next((word for ending, word in _KINDS.items() if name.endswith(ending)), ""),)
    )


_KINDS: Mapping[str, str] = {
    "_count": "number",
    "_ratio": "share",
    "_ms": "time",
    "_mps": "speed",
    "_m": "distance",
}
"""What a number is, by the ending of its name; the first that fits."""


def rounded_duration(duration_ms: float) -> str:
    """To the minute from ten minutes on, to the second below."""
    whole_ms = MINUTE_MS if abs(duration_ms) >= 10 * MINUTE_MS else SECOND_MS
    return format_duration(round(duration_ms / whole_ms) * whole_ms)


def percentage(ratio: float | None) -> str:
    """`63 %`, empty for None; what is neither none nor all never reads as either."""
    if ratio is None:
        return ""
    percent = round(ratio * 100)
    if percent == 0 and ratio > 0.0:
        return "< 1 %"
    if percent == 100 and ratio < 1.0:
        return "> 99 %"
    return f"{percent} %"


def lateness(by_ms: int) -> str:
    """`1 h 20 min late`, `5 min early`, `on time` below a minute either way."""
    if abs(by_ms) < MINUTE_MS:
        return "on time"
    whole_ms = round(abs(by_ms) / MINUTE_MS) * MINUTE_MS
    return f"{format_duration(whole_ms)} {'late' if by_ms > 0 else 'early'}"


_IN_WORDS: Mapping[str, Callable[[float], str]] = {
    "_mps": format_speed,
    "_count": "{:g}".format,
    "_ratio": percentage,
    "_deg": format_bearing,
    "_kg": format_mass,
    "_ms": rounded_duration,
    "_m": format_distance,
    "_s": lambda value: rounded_duration(value * SECOND_MS),
    "": "{:.6g}".format,
}
"""How a number is printed, by the ending that says its unit; the first that fits decides."""
