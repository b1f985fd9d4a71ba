"""A unit's card, as values: everything that whoever has the watch in it wants on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waterspace.domain import Band, Finding, Footprint, Position, Window

__all__ = [
    "Card",
    "CardArea",
    "CardDanger",
    "CardDay",
    "CardNet",
    "CardNotice",
    "CardPassage",
    "CardSerial",
    "Partners",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partners:
    """The other units of a role.

    Attributes:
        role: in words.
        units: their names; a group that takes part as a whole goes by its own name.
    """

    role: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSerial:
    """One serial of the unit.

    Attributes:
        title: its name, or its type in words.
        window: None where it has no planned time; `untimed` then says why.
        area: id of its area; empty where it has none.
        place: the middle of the area, or where the unit begins where it has none; None where nobody knows.
        role: of the unit, in words.
        partners: with whom, its own role first.
        conducting: who conducts it; empty where nobody is named.
        safety: the safety officer; empty where nobody is named.
        particulars: route, speed, depth, line of fire and own danger area, where the plan has them, in words.
    """

    id: str
    title: str
    phase: str
    window: Window | None
    untimed: str
    area: str
    place: Position | None
    role: str
    partners: tuple[Partners, ...]
    conducting: str
    safety: str
    particulars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardArea:
    """An area of one of its serials, or of several."""

    id: str
    name: str
    footprint: Footprint
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPassage:
    """The way from one serial to the next.

    Attributes:
        origin: id of the serial that it comes from; empty where it comes from its base or start.
        destination: id of the serial that it goes to.
        available: from the end of the one to the start of the other.
        course_deg: true, at the start.
        required_speed_mps: inf where there is no time.
        top_speed_mps: of the unit.
    """

    origin: str
    destination: str
    available: Window
    distance_m: float
    course_deg: float
    required_speed_mps: float
    top_speed_mps: float

    @property
    def too_fast(self) -> bool:
        """Whether the unit cannot make it in time."""
        return self.required_speed_mps > self.top_speed_mps


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDay:
    """A day by the local clock, and the sun where the unit is planned to be at noon.

    Attributes:
        noon_ms: noon by the local clock.
        sunrise_ms: None where the sun does not rise that day.
        sunset_ms: None where it does not set.
        note: why there is no sunrise or sunset; empty where there are both.
    """

    noon_ms: int
    position: Position
    sunrise_ms: int | None
    sunset_ms: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDanger:
    """A danger area that is not its own and that it passes near while the area is active.

    Attributes:
        title: the serial that fires, or the warning of others.
        window: when the area is active.
        closest_ms: when the unit is nearest, to the minute.
        distance_m: how near; 0 inside.
        band: of the danger.
        footprint: of the danger, to be plotted.
    """

    title: str
    window: Window
    closest_ms: int
    distance_m: float
    band: Band
    footprint: Footprint


@dataclass(frozen=True, slots=True, kw_only=True)
class CardNotice:
    """A notice about one of its serials.

    Attributes:
        covers: ids of its serials and their areas that the notice is about.
        planned_ms: None where the plan does not say when it is sent.
        cancel_ms: None where the plan does not say when it is cancelled.
    """

    id: str
    kind: str
    covers: tuple[str, ...]
    originator: str
    planned_ms: int | None
    cancel_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardNet:
    """A net or a link that it keeps.

    Attributes:
        details: purpose, channel, language, range: what the plan gives, in words.
    """

    name: str
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one unit does in the exercise.

    Attributes:
        exercise: its name.
        period: the exercise period.
        local_offset_ms: local time minus UTC.
        marking: handling marking of the exercise.
        unit: id.
        class_name: of its class; the key where the class is unknown.
        kind: of the class, such as `destroyer`.
        home: base or carrier, in words; empty where none is known.
        command: its groups, commanders and flagships, each in words.
        serials: in order of time; those without a time last.
        groups: that its serials name, each with the names of its units.
        areas: of its serials, in the order in which they come.
        passages: between them, in order of time.
        days: from its first serial to its last.
        dangers: in order of time.
        notices: in the order of the plan.
        nets: in the order of the plan.
        findings: about the unit itself, errors first.
        serial_findings: errors and warnings about its serials that do not name it, errors first.
        not_checked: codes of the rules that could not be applied in full.
    """

    exercise: str
    period: Window
    local_offset_ms: int
    marking: str
    unit: str
    name: str
    hull: str
    nation: str
    class_name: str
    kind: str
    home: str
    command: tuple[str, ...]
    serials: tuple[CardSerial, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    areas: tuple[CardArea, ...]
    passages: tuple[CardPassage, ...]
    days: tuple[CardDay, ...]
    dangers: tuple[CardDanger, ...]
    notices: tuple[CardNotice, ...]
    nets: tuple[CardNet, ...]
    findings: tuple[Finding, ...]
    serial_findings: tuple[Finding, ...]
    not_checked: tuple[str, ...]
