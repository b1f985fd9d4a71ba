"""The exercise file as models of its keys: what may stand where, every value still named as the planner names it.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from waterspace.planfile.arranging import (
    AgreementWire,
    AnimalWatchWire,
    CheckWire,
    NetWire,
    NotamCircleWire,
    QuietWire,
)
from waterspace.planfile.contingencies import BreakdownWire, LinkWire, PolicyWire
from waterspace.planfile.contradiction import ContradictionError
from waterspace.planfile.handling import RangeWire, SpeedAboveZero, range_contradictions, stray_handling
from waterspace.planfile.others import TrafficWire
from waterspace.planfile.pieces import Fact, Shaped, WindowWire, Wire
from waterspace.planfile.sensing import SensorsWire
from waterspace.planfile.surrounding import (
    ContextExerciseWire,
    ContextWire,
    EnvironmentWire,
    ObserverWire,
    ReservationWire,
    WeatherWire,
)
from waterspace.planfile.values import (
    Count,
    Distance,
    DistanceAboveZero,
    Duration,
    DurationAboveZero,
    Flag,
    Height,
    Home,
    Id,
    Mass,
    MediumWord,
    Offset,
    PhaseKindWord,
    Point,
    Role,
    SeaState,
    Some,
    Speed,
    State,
    States,
    Text,
    Texts,
    Time,
    TimeAfterStart,
    TimeNotBeforeEarliest,
    Version,
)

__all__ = [
    "AreaWire",
    "ConditionsWire",
    "ContextExerciseWire",
    "ContextWire",
    "EnvironmentWire",
    "ExerciseWire",
    "FileWire",
    "GroupWire",
    "InjectWire",
    "NoticeWire",
    "ObjectiveWire",
    "ObserverWire",
    "ParticipantWire",
    "PermissionWire",
    "PhaseWire",
    "PlatformWire",
    "ReservationWire",
    "SerialWire",
    "SettingsWire",
    "UnitWire",
    "WeatherWire",
]


class ExerciseWire(Fact):
    """What the exercise is called, who is its host, and when it is."""

    name: Text
    """What the exercise is called."""
    period: WindowWire
    """From the opening to the end of the exercise."""
    series: Text = ""
    """The series it belongs to, such as Northern/Interaction."""
    theme: Text = ""
    """What it is about, in a sentence."""
    host: State | None = None
    """The country that hosts it."""
    languages: Texts = ()
    """Languages of command and reports."""
    marking: Text = ""
    """Handling marking, as free text."""


class ParticipantWire(Fact):
    """A nation that takes part."""

    service: Text = ""
    """Navy, coast guard ..."""
    languages: Texts = ()
    """Languages in which its bridges can work."""


class PlatformWire(Fact):
    """A class of ship or aircraft, given in place because the library lacks it."""

    name: Text
    """What the class is called."""
    kind: Text
    """Its role, such as patrol vessel."""
    medium: MediumWord
    """Where it moves."""
    length: Distance | None = None
    """Length over all."""
    beam: Distance | None = None
    """Greatest breadth."""
    draught: Distance | None = None
    """Depth of the keel."""
    displacement: Mass | None = None
    """Full-load displacement, or greatest take-off mass."""
    max_speed: Speed | None = None
    """Greatest speed."""
    economical_speed: Speed | None = None
    """The speed at which range holds, for a ship."""
    cruise_speed: Speed | None = None
    """Cruising speed, for an aircraft."""
    range: Distance | None = None
    """Distance without replenishment."""
    endurance: Duration | None = None
    """Time away from a base or a supply ship."""
    ceiling: Height | None = None
    """Greatest height, for an aircraft."""
    helicopter_spots: Count | None = None
    """How many helicopters can be on deck at once."""
    deck_sea_state: SeaState | None = None
    """Highest Douglas sea state in which helicopters use the deck, 0 to 9."""
    gun_calibre: Distance | None = None
    """Calibre of the main gun, such as 76 mm."""
    radar_height: Distance | None = None
    """Height of the radar antenna above the sea, 0 m for none; of an aircraft, any above 0 m says that it has one."""
    eye_height: Distance | None = None
    """Height of the lookout's eye above the sea, for a ship."""
    tactical_diameter: DistanceAboveZero | None = None
    """Width of a half turn with full rudder; without it the unit turns on the spot."""
    time_to_full_speed: DurationAboveZero | None = None
    """From rest to the greatest speed; without it the unit changes speed at once."""
    climb_rate: SpeedAboveZero | None = None
    """At which an aircraft changes height, such as 1500 ft/min; without it at once."""
    ranges: tuple[RangeWire, ...] = ()
    """Distances without replenishment at several speeds; they replace the assumed curve of consumption."""

    @model_validator(mode="after")
    def _agrees(self) -> PlatformWire:
        given = frozenset(self.model_fields_set)
        found = (*stray_handling(self.medium, given), *range_contradictions(self.ranges, self.max_speed))
        if found:
            raise ContradictionError(*found)
        return self


class UnitWire(Fact):
    """A named ship, submarine, aircraft, flight of aircraft or shore headquarters."""

    name: Text
    """What it is called."""
    nation: State
    """Whose it is."""
    class_: Text = Field(alias="class")
    """A class from the library that comes with Waterspace, or from `classes`."""
    hull: Text = ""
    """Hull or side number."""
    home: Home | None = None
    """Where it is based: UN/LOCODE of a port, ICAO code of an airfield, a position, or id of the ship it flies from."""
    start: Point | None = None
    """Where it is at start_time, or when the exercise period begins; without it, at home."""
    start_time: Time | None = None
    """When it is at start."""
    count: Some = 1
    """How many airframes or craft the entry stands for."""
    command_ship: Flag = False
    """Whether a commander is embarked."""
    crews: Some = 1
    """How many crews take turns in it, for an aircraft."""


class GroupWire(Fact):
    """Units under one commander."""

    units: Texts
    """Ids of the units."""
    name: Text = ""
    """What it is called."""
    commander: Text = ""
    """A rank and name, or an office."""
    flagship: Text = ""
    """Id of the unit in which the commander is embarked."""
    roles: Texts = ()
    """Standing command roles, such as OTC or OCE."""


class AreaWire(Shaped):
    """A named piece of sea, with exactly one shape."""

    name: Text = ""
    """What a chart would call it."""


class ObjectiveWire(Fact):
    """What the exercise is for: specific, measurable, and owned by somebody."""

    text: Text
    """The objective in a sentence."""
    owner: Text = ""
    """Who answers for it."""
    measures: Texts = ()
    """Names of the measures that show whether it is met; without it, whatever its serials measure."""


class ConditionsWire(Wire):
    """What a serial asks of the day, beyond what its type asks."""

    daylight: Flag | None = None
    """Whether the sun must be up throughout."""
    sea_state: SeaState | None = None
    """Highest Douglas sea state, 0 to 9."""
    wind: Speed | None = None
    """Strongest mean wind."""
    visibility: Distance | None = None
    """Least visibility."""


class SerialWire(Fact):
    """One activity of the programme. The keys below are those of every type; each type adds its own parameters."""

    type: Text
    """What kind of serial it is; `waterspace serials` describes them."""
    name: Text = ""
    """What it is called."""
    phase: Text = ""
    """Id of the phase it belongs to."""
    area: Text = ""
    """Id of the area in which it takes place."""
    units: dict[Role, Texts] = Field(default_factory=dict)
    """Who takes part: role to ids of units or groups."""
    start: Time | None = None
    """Fixed start."""
    end: TimeAfterStart | None = None
    """Fixed end."""
    earliest: Time | None = None
    """It may not start before."""
    latest: TimeNotBeforeEarliest | None = None
    """It may not start after."""
    duration: Duration | None = None
    """How long it takes."""
    after: Texts = ()
    """Ids of serials that must have ended."""
    objectives: Texts = ()
    """Ids of the objectives it serves."""
    safety_officer: Text = ""
    """Who watches safety and nothing else."""
    conducting_officer: Text = ""
    """Who runs it."""
    lead: State | None = None
    """The country that leads it."""
    reserve: tuple[WindowWire, ...] = ()
    """When it is held instead if it cannot be held as planned."""
    animal_watch: AnimalWatchWire | None = None
    """How it keeps clear of whales, seals and turtles."""
    conditions: ConditionsWire | None = None
    """What it asks of the day."""


class PhaseWire(Fact):
    """A named part of the exercise period."""

    kind: PhaseKindWord
    """Harbour, sea or free play."""
    start: Time
    """When it begins."""
    end: TimeAfterStart
    """When it ends."""
    name: Text = ""
    """What it is called."""


class NoticeWire(Fact):
    """A warning the exercise intends to have promulgated."""

    kind: Text
    """Such as navarea, coastal, navtex or notam."""
    covers: Texts
    """Ids of the serials or areas it warns of."""
    originator: Text = ""
    """Who sends it."""
    planned: Time | None = None
    """When it is to be sent."""
    cancel: Time | None = None
    """When it is cancelled, or cancels itself."""
    circle: NotamCircleWire | None = None
    """Of a NOTAM: the circle of its line Q."""
    firs: Texts = ()
    """Of a NOTAM: the flight information regions that it is sent for, by their ICAO codes."""
    to: States = ()
    """Countries that are told by it, beside whoever listens."""


class PermissionWire(Fact):
    """Leave that a state has given."""

    state: State
    """The country that gave it."""
    kind: Text
    """Such as territorial sea, port call or overflight."""
    covers: Texts = ()
    """Ids of serials or areas; without any it covers the exercise."""
    date: Time | None = None
    """When it was given."""
    reference: Text = ""
    """Number of the document."""
    valid: WindowWire | None = None
    """From when to when it holds; without it, it is not limited."""


class InjectWire(Fact):
    """An event that the directing staff puts into the exercise."""

    at: Time
    """When."""
    text: Text
    """What the players are told."""
    to: Text = ""
    """Id of the unit, group or serial it goes to; without it, to all."""
    delays: Text = ""
    """Id of a serial that it puts back."""
    delay: Duration = 0
    """By how much."""


class SettingsWire(Wire):
    """How times are shown."""

    local_time: Offset = 0
    """Local time minus UTC, for display only."""


class FileWire(Wire):
    """A joint exercise at sea, described for Waterspace."""

    waterspace: Version
    """The version of these keys."""
    exercise: ExerciseWire
    """What the exercise is called, who is its host, and when it is."""
    participants: dict[State, ParticipantWire] = Field(default_factory=dict)
    """Nations that take part."""
    classes: dict[Id, PlatformWire] = Field(default_factory=dict)
    """Classes of ships and aircraft that the library lacks."""
    units: dict[Id, UnitWire] = Field(default_factory=dict)
    """Ships, submarines, aircraft and headquarters."""
    groups: dict[Id, GroupWire] = Field(default_factory=dict)
    """Units under one commander."""
    areas: dict[Id, AreaWire] = Field(default_factory=dict)
    """Named pieces of sea."""
    objectives: dict[Id, ObjectiveWire] = Field(default_factory=dict)
    """What the exercise is for."""
    serials: dict[Id, SerialWire] = Field(default_factory=dict)
    """The programme: one entry for each activity."""
    phases: dict[Id, PhaseWire] = Field(default_factory=dict)
    """Parts of the exercise period."""
    notices: dict[Id, NoticeWire] = Field(default_factory=dict)
    """Warnings the exercise intends to have promulgated."""
    permissions: dict[Id, PermissionWire] = Field(default_factory=dict)
    """Leave that states have given."""
    context: ContextWire = Field(default_factory=ContextWire)
    """What goes on around the exercise."""
    traffic: TrafficWire | None = None
    """Ships of commerce and fishing vessels around it."""
    injects: dict[Id, InjectWire] = Field(default_factory=dict)
    """Events that the directing staff puts in."""
    weather: tuple[WeatherWire, ...] = ()
    """Weather as a schedule."""
    policies: dict[Id, PolicyWire] = Field(default_factory=dict)
    """What is done when something stands in the way of a serial."""
    breakdowns: dict[Id, BreakdownWire] = Field(default_factory=dict)
    """How often units break down."""
    links: dict[Id, LinkWire] = Field(default_factory=dict)
    """Means of communication between units."""
    nets: dict[Id, NetWire] = Field(default_factory=dict)
    """The communications plan."""
    agreements: dict[Id, AgreementWire] = Field(default_factory=dict)
    """What states have agreed on about exercises."""
    quiet_hours: dict[Id, QuietWire] = Field(default_factory=dict)
    """When nobody fires or makes other noise."""
    check: CheckWire = Field(default_factory=CheckWire)
    """Limits of rules, and findings that have been accepted."""
    sensors: SensorsWire | None = None
    """What the ships of the exercise notice strangers by."""
    environment: EnvironmentWire = Field(default_factory=EnvironmentWire)
    """Files of your own about the sea."""
    settings: SettingsWire = Field(default_factory=SettingsWire)
    """How times are shown."""
