"""What every serial type answers: parameters, roles, needs, plan, reservations, script, measures.

A serial type is one module that ends in `SERIAL_TYPE = MyType()`. Built-in types are the modules of this package;
others come from installed packages by the entry-point group `waterspace.serials`. No stage of Waterspace knows any
type by name: the file reader, the rules, the engine and the report all ask the type.
"""

from __future__ import annotations

import dataclasses
import functools
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar, cast

from waterspace.domain import Confidence, Follow, Medium, SerialStatus
from waterspace.quantity import KNOT_MPS

if TYPE_CHECKING:
    import numpy as np

    from waterspace.domain import (
        Area,
        Event,
        Exercise,
        Leg,
        Measure,
        Order,
        Position,
        Reservation,
        Serial,
        SerialRecord,
        Wake,
        Window,
    )

__all__ = [
    "AIRCRAFT",
    "SHIPS",
    "Briefing",
    "Needs",
    "Ordnance",
    "Plan",
    "Role",
    "Script",
    "SerialParameters",
    "SerialType",
    "Stage",
    "cruising_speed_mps",
    "once",
    "parameter",
    "top_speed_mps",
]

SHIPS = frozenset({Medium.SURFACE})
AIRCRAFT = frozenset({Medium.AIR})

_FALLBACK_SPEED_MPS: Mapping[Medium, float] = {
    Medium.SURFACE: 12.0 * KNOT_MPS,
    Medium.SUBSURFACE: 6.0 * KNOT_MPS,
    Medium.AIR: 120.0 * KNOT_MPS,
    Medium.SHORE: 0.0,
}
"""Speed of a unit whose class gives none (assumed; rule WS105 tells the planner when it is used)."""

Plan = Mapping[str, "tuple[Leg, ...]"]
"""Unit id to the timed legs it is meant to run, from the serial's start to its end."""

Script = Generator["Order", "Wake", None]
"""Orders out, answers in."""


class SerialParameters:
    """Base of the frozen dataclass that holds a type's parameters.

    Fields are in SI with the unit as suffix of the name (`range_m`, `speed_mps`, `duration_ms`, `bearing_deg`,
    `..._count`); the exercise file calls them without the suffix (`range: 12 nm`). Fields without a suffix may be
    `str`, `bool`, `int`, `Position`, `tuple[Position, ...]` or an `Enum` of strings.
    """

    __slots__ = ()


def parameter(
    *,
    text: str,
    default: Any = dataclasses.MISSING,  # noqa: ANN401  # a dataclass default may be anything
    minimum: float | None = None,
    maximum: float | None = None,
    source: str = "",
    confidence: Confidence = Confidence.ASSUMED,
) -> Any:  # noqa: ANN401  # stands where a field's value will
    """One field of a type's parameters.

    Args:
        text: one sentence on what it means, for the schema and for `waterspace serials`.
        default: value where the file gives none; without it the file must give one.
        minimum: least value allowed, in the unit of the suffix.
        maximum: greatest value allowed, in the unit of the suffix.
        source: where the default comes from.
        confidence: of the default.
    """
    metadata = {"text": text, "minimum": minimum, "maximum": maximum, "source": source, "confidence": confidence}
    if default is dataclasses.MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A part that units play in a serial.

    Attributes:
        minimum: how many units (airframes of a flight counted one by one) at least.
        maximum: None for any number.
        media: where the units must move.
        stands_in: name of the role whose place these units take when one of its units is lost during the serial;
            empty for none. They count towards that role, and their scripts are told of each loss by a `MESSAGE` whose
            data has the id of the lost unit under `lost`.
        fires: whether its units fire, and so stand within the danger area that they make; nobody else should.
    """

    name: str
    text: str
    minimum: int = 1
    maximum: int | None = None
    media: frozenset[Medium] = SHIPS
    stands_in: str = ""
    fires: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordnance:
    """What a serial says of how far that which it fires may come down.

    Attributes:
        reach_m: farthest edge of the danger area from where it is fired, along the line of fire, margins included.
        has_range: whether the planner gives the range, and so has to answer for its margins.
        has_margins: whether the planner says how much of the reach is for ricochets, or for seekers.
        greatest_range_m: of the weapon, by its range tables; None where nobody gives it.
        fires: what is fired, in a word that warnings use, such as `missiles`; empty where the type's title says it.
    """

    reach_m: float
    has_range: bool
    has_margins: bool
    greatest_range_m: float | None = None
    fires: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a type asks of the place and the day, before the file's own conditions.

    Attributes:
        area: an area must be named.
        daylight: the sun must be up throughout.
        sea_state_max: highest Douglas sea state; None for no limit.
        wind_max_mps: strongest mean wind; None for no limit.
        visibility_min_m: least visibility; None for no limit.
        safety_officer: somebody must watch safety and nothing else.
        source: where the limits come from.
    """

    area: bool = True
    daylight: bool = False
    sea_state_max: int | None = None
    wind_max_mps: float | None = None
    visibility_min_m: float | None = None
    safety_officer: bool = False
    source: str = ""


P = TypeVar("P", bound=SerialParameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing(Generic[P]):
    """Everything a type may look at when it plans one serial.

    Attributes:
        window: the planned start and end.
    """

    exercise: Exercise
    serial: Serial
    window: Window
    _kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def parameters(self) -> P:
        """The type's own parameters."""
        return cast("P", self.serial.parameters)

    @property
    def area(self) -> Area | None:
        """The area of the serial, or None where none is named or the name is unknown."""
        return self.exercise.areas.get(self.serial.area)

    def units(self, role: str | None = None) -> tuple[str, ...]:
        """Ids of the units in a role, or in all, groups expanded."""
        return self.exercise.units_in(self.serial, role)

    def medium(self, unit: str) -> Medium:
        """Where a unit moves; surface where its class is unknown."""
        return self.exercise.medium(unit)

    def cruising_speed_mps(self, unit: str) -> float:
        """Speed of a unit that is in no hurry."""
        return cruising_speed_mps(self.exercise, unit)

    def max_speed_mps(self, unit: str) -> float:
        """Greatest speed of a unit; its cruising speed where the class gives none."""
        return top_speed_mps(self.exercise, unit)


T = TypeVar("T")
B = TypeVar("B", bound=Briefing[Any])


def once(work: Callable[[B], T]) -> Callable[[B], T]:
    """Let a function work out its answer once for each briefing, for a type asks for the same things many times.

    Args:
        work: depends on the briefing alone; nobody changes what it returns.
    """

    @functools.wraps(work)
    def kept(briefing: B) -> T:
        known = briefing._kept  # noqa: SLF001  # theirs together
        if work in known:
            found: T = known[work]
            return found
        found = known[work] = work(briefing)
        return found

    return kept


def cruising_speed_mps(exercise: Exercise, unit: str) -> float:
    """Economical speed of a ship, cruise speed of an aircraft; a fallback by medium where the class gives none."""
    platform = exercise.platform(unit)
    if platform is None:
        return _FALLBACK_SPEED_MPS[Medium.SURFACE]
    given_mps = platform.cruise_speed_mps or platform.economical_speed_mps
    if given_mps is None:
        slow_mps = _FALLBACK_SPEED_MPS[platform.medium]
        given_mps = slow_mps if platform.max_speed_mps is None else min(slow_mps, platform.max_speed_mps)
    return given_mps


def top_speed_mps(exercise: Exercise, unit: str) -> float:
    """Greatest speed of a unit; its cruising speed where the class gives none."""
    platform = exercise.platform(unit)
    given_mps = None if platform is None else platform.max_speed_mps
    return max(given_mps or 0.0, cruising_speed_mps(exercise, unit))


class Stage(Protocol[P]):
    """What a script sees of the running engine."""

    @property
    def briefing(self) -> Briefing[P]:
        """The serial, with the window in which it really runs."""
        ...

    @property
    def plan(self) -> Plan:
        """The type's plan for that window."""
        ...

    @property
    def now_ms(self) -> int:
        """The instant."""
        ...

    def position(self, unit: str) -> Position:
        """Where a unit is now."""
        ...

    def reaches(self, sender: str, to: str) -> bool:
        """Whether some link of the file takes word from one unit to another now; always where it names no link."""
        ...

    def stream(self, name: str) -> np.random.Generator:
        """Random numbers of this serial under a name; drawing from one stream never changes another."""
        ...


class SerialType(ABC, Generic[P]):
    """A kind of serial. One instance serves every serial of the kind and holds no state.

    Attributes:
        key: as the file writes it; equals the module's name for built-in types.
        title: a few words.
        summary: one or two sentences: what the units do.
        parameters: the frozen dataclass of `SerialParameters`.
        exclusive: whether the units can do nothing else meanwhile; a type that moves nobody sets it to False.
        goes_beyond_area: whether units are meant to be far outside the area as well: some come from there, or keep
            their distance about what is in it.
        hazards: what endangers whom, in words, for `waterspace serials`.
        sources: where the model comes from.
        measured_by: names of the measures it gives, each with what it means; first the one that matters most. Where
            that is a count or a share and zero, the report says that nothing came of the serial.
        example: a small exercise file with one serial `S1` of the type, for its page; built-in types have theirs in
            the folder `examples` of this package.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    parameters: ClassVar[type[SerialParameters]]
    roles: ClassVar[tuple[Role, ...]]
    exclusive: ClassVar[bool] = True
    goes_beyond_area: ClassVar[bool] = False
    hazards: ClassVar[str] = "none beyond ordinary navigation"
    sources: ClassVar[tuple[str, ...]] = ()
    measured_by: ClassVar[Mapping[str, str]] = {}
    example: ClassVar[str] = ""

    def needs(self, parameters: P) -> Needs:  # types override it
        """What the serial asks of the place and the day."""
        return Needs()

    def duration_ms(self, exercise: Exercise, serial: Serial) -> int | None:
        """How long the serial takes by its own parameters, where the file gives no duration."""
        return None

    @abstractmethod
    def plan(self, briefing: Briefing[P]) -> Plan:
        """Where every unit goes if nothing goes wrong.

        Legs start at the window's start and end at its end. A unit that cannot be placed (no area, say) is left out.
        """

    def reservations(self, briefing: Briefing[P], plan: Plan) -> tuple[Reservation, ...]:
        """What water and air the serial claims, and what makes it dangerous."""
        return ()

    def live(self, briefing: Briefing[P]) -> tuple[Window, ...]:
        """When somebody may fire, by the plan: in order, apart, within the serial. By default, all the time.

        A type says less where it sets up before it fires, or clears away afterwards. Claims on water and air stand for
        the whole serial nevertheless.
        """
        return (briefing.window,)

    def ordnance(self, parameters: P) -> Ordnance | None:
        """How far that which is fired may come down; None where nothing is fired."""
        return None

    def replenished(self, briefing: Briefing[P]) -> tuple[str, ...]:
        """Ids of the units that are to leave the serial with full bunkers, in the order in which they are filled."""
        return ()

    def filled_ms(self, briefing: Briefing[P], record: SerialRecord, events: tuple[Event, ...]) -> Mapping[str, int]:
        """Id of each unit that a run really filled up, to when. By default those of the plan, if it ran to its end.

        Args:
            briefing: with the window in which it really ran.
            record: planned against actual.
            events: of this serial, in order.
        """
        done = record.status is SerialStatus.COMPLETED
        return dict.fromkeys(self.replenished(briefing), briefing.window.end_ms) if done else {}

    def script(self, stage: Stage[P], unit: str) -> Script:
        """What a unit does, from the serial's start until it is released. By default it follows the plan."""
        legs = stage.plan.get(unit, ())
        if legs:
            yield Follow(legs=legs)

    def measures(
        self,
        briefing: Briefing[P],
        record: SerialRecord,
        events: tuple[Event, ...],
        tracks: Mapping[str, tuple[Leg, ...]],
    ) -> tuple[Measure, ...]:
        """What came of it.

        Args:
            briefing: with the window in which it really ran.
            record: planned against actual.
            events: of this serial, in order.
            tracks: unit id to the legs it ran in this serial.
        """
        return ()
