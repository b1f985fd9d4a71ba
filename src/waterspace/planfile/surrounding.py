"""What is around the exercise, as models of the file's keys: others and their claims, weather, files about the sea.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from waterspace.domain.traffic import SHADOW_RANGE_M
from waterspace.planfile.arranging import HabitatWire
from waterspace.planfile.others import ShipsAtWork
from waterspace.planfile.pieces import Fact, Shaped, SpanWire, Wire
from waterspace.planfile.scalars import AtLeast
from waterspace.planfile.values import (
    Bearing,
    Distance,
    DistanceAboveZero,
    HazardWord,
    Id,
    Point,
    SeaState,
    Speed,
    State,
    States,
    Text,
    Texts,
    Time,
    TimeAfterStart,
)

__all__ = [
    "ContextExerciseWire",
    "ContextWire",
    "EnvironmentWire",
    "ObserverWire",
    "ReservationWire",
    "WeatherWire",
]


class ContextExerciseWire(Shaped):
    """Somebody else's exercise near ours in space or time. The shape may be left out where no position is known."""

    name: Text
    """What it is called."""
    participants: States
    """Countries that take part."""
    start: Time
    """When it begins."""
    end: TimeAfterStart
    """When it ends."""
    ships: ShipsAtWork = 0
    """How many ships are at work in its shape while it lasts; without it nobody is."""


class ObserverWire(Fact):
    """A ship or aircraft that is not a participant and is near."""

    name: Text
    """What it is called."""
    nation: State
    """Whose it is."""
    class_: Text = Field(alias="class")
    """A class from the library or from `classes`."""
    start: Time
    """When it comes near."""
    end: TimeAfterStart
    """When it is gone."""
    activity: Text = ""
    """What it does, in neutral words."""
    route: tuple[Point, ...] = ()
    """Where it was reported or is assumed to go; one position for a sighting."""
    shadows: Text = ""
    """Id of the unit that it follows in a run; where it has a route, from the start of that."""
    distance: DistanceAboveZero = SHADOW_RANGE_M
    """How far off it keeps; 5 nm without it."""


class ReservationWire(Shaped):
    """A standing claim on water or air: another state's warning in force, a lane, a danger area."""

    hazard: HazardWord
    """What makes it dangerous to others."""
    windows: Annotated[tuple[SpanWire, ...], AtLeast(1, "windows")]
    """When it is in force."""
    name: Text = ""
    """What a chart would call it."""


class ContextWire(Wire):
    """What goes on around the exercise."""

    exercises: dict[Id, ContextExerciseWire] = Field(default_factory=dict)
    """Exercises of others."""
    observers: dict[Id, ObserverWire] = Field(default_factory=dict)
    """Ships and aircraft that watch."""
    reservations: dict[Id, ReservationWire] = Field(default_factory=dict)
    """Water and air claimed by others."""
    habitats: dict[Id, HabitatWire] = Field(default_factory=dict)
    """Water in which animals live that noise or ordnance would harm."""
    warnings: Texts = ()
    """Files or folders of warnings of others, as `waterspace warnings` reads them, beside this file."""


class WeatherWire(Fact):
    """Weather for a span of time, over the whole exercise."""

    start: Time
    """From when."""
    end: TimeAfterStart
    """Until when."""
    sea_state: SeaState | None = None
    """Douglas sea state, 0 to 9."""
    wind_from: Bearing | None = None
    """True direction the wind blows from."""
    wind_speed: Speed | None = None
    """Mean wind speed."""
    visibility: Distance | None = None
    """How far one sees."""


class EnvironmentWire(Wire):
    """Files of your own about the sea. A relative path starts at the folder of this file."""

    firs: Text = ""
    """Boundaries of flight information regions, GeoJSON."""
    lanes: Text = ""
    """Traffic separation lanes, GeoJSON."""
    areas: Text = ""
    """Danger areas and exercise areas of others, GeoJSON."""
    air_routes: Text = ""
    """Air routes, GeoJSON."""
    traffic_density: Text = ""
    """How dense the traffic of ships is, GeoJSON."""
    hospitals: Text = ""
    """Hospitals that take casualties, GeoJSON."""
    depths: Text = ""
    """A grid of depths, NetCDF (GEBCO, ETOPO) or GeoTIFF."""
    weather: Text = ""
    """Fields of wind, sea and current, NetCDF or GRIB."""
    holders: dict[Text, State] = Field(default_factory=dict)
    """Key of a disputed feature to the country it is to be counted to; without it, to none."""
