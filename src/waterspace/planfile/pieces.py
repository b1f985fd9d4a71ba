"""Mappings that others are made of: facts with their source, spans of time, shapes on the sea.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from waterspace.planfile import shaping
from waterspace.planfile.corners import Corners
from waterspace.planfile.scalars import AtLeast
from waterspace.planfile.values import (
    Bearing,
    ConfidenceWord,
    Date,
    DateNotBeforeFrom,
    Dates,
    DistanceAboveZero,
    DistanceBelowRadius,
    HalfAngle,
    Hours,
    Point,
    Text,
    Time,
    TimeAfterStart,
    Vertical,
    WeekdayWords,
)

__all__ = [
    "CircleWire",
    "CorridorWire",
    "DifferenceWire",
    "Fact",
    "RingWire",
    "SectorWire",
    "ShapeWire",
    "Shaped",
    "SpanWire",
    "WindowWire",
    "Wire",
]


class Wire(BaseModel):
    """A mapping of the file. Keys that are not declared are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Fact(Wire):
    """A mapping that says on whose word it stands."""

    source: Text = ""
    """Where this comes from: a citation or an address."""
    confidence: ConfidenceWord | None = None
    """reported: a page says it; estimated: derived; assumed: a template or a guess."""
    note: Text = ""
    """A remark for the reader."""


class WindowWire(Wire):
    """A span of time."""

    start: Time
    """When it begins."""
    end: TimeAfterStart
    """When it ends."""


class SpanWire(Wire):
    """A span of time from start to end, or the same hours day after day between two dates."""

    start: Time | None = None
    """When it begins."""
    end: TimeAfterStart | None = None
    """When it ends."""
    from_: Date | None = Field(default=None, alias="from")
    """The first date of daily hours."""
    to: DateNotBeforeFrom | None = None
    """The last date of daily hours, itself included."""
    daily: Hours | None = None
    """The hours of each date, over midnight where they end no later than they begin."""
    weekdays: WeekdayWords = ()
    """The days of the week that count; all without it."""
    except_: Dates = Field(default=(), alias="except")
    """Dates that do not count."""
    also: Dates = ()
    """Dates that count whatever their weekday, outside the two dates too."""


class CircleWire(Wire):
    """Everything within a range of a point."""

    centre: Point
    """The middle."""
    radius: DistanceAboveZero
    """From the middle to the edge."""


class RingWire(Wire):
    """Everything between two ranges of a point."""

    centre: Point
    """The middle."""
    radius: DistanceAboveZero
    """Outer range."""
    inner_radius: DistanceBelowRadius
    """Inner range."""


class SectorWire(Wire):
    """A slice of a disc, or of a ring."""

    centre: Point
    """The apex."""
    bearing: Bearing
    """True bearing of the middle line from the apex."""
    half_angle: HalfAngle
    """Opening to each side of the middle line, in degrees."""
    radius: DistanceAboveZero
    """Outer range."""
    inner_radius: DistanceBelowRadius = 0.0
    """Inner range; without it the slice reaches the apex."""


class CorridorWire(Wire):
    """Everything within a distance of a line."""

    waypoints: Annotated[tuple[Point, ...], AtLeast(2, "waypoints")]
    """The line, at least two positions."""
    half_width: DistanceAboveZero
    """Reach to each side of the line."""


class ShapeWire(Wire):
    """A shape on the sea: one of several."""

    polygon: Annotated[tuple[Point, ...], Corners()] | None = None
    """Corners in order, either way round, at least three; the sides are geodesics and do not cross."""
    circle: CircleWire | None = None
    """A point and a radius."""
    ring: RingWire | None = None
    """A point and two radii."""
    sector: SectorWire | None = None
    """A slice of a disc or ring."""
    corridor: CorridorWire | None = None
    """A line and a half width."""
    union: Annotated[tuple[ShapeWire, ...], AtLeast(2, "shapes")] | None = None
    """Everything that lies in any of several shapes."""
    difference: DifferenceWire | None = None
    """A shape less what lies in others."""


class DifferenceWire(Wire):
    """A shape less what lies in others."""

    base: ShapeWire
    """What is left where nothing is taken out."""
    without: Annotated[tuple[ShapeWire, ...], AtLeast(1, "shapes")]
    """What is taken out."""

    @model_validator(mode="after")
    def _leaves_something(self) -> DifferenceWire:
        shaping.refuse_nothing_left(self)
        return self


ShapeWire.model_rebuild()
DifferenceWire.model_rebuild()


class Shaped(ShapeWire, Fact):
    """A mapping with a shape on the sea."""

    vertical: Vertical | None = None
    """Vertical limits; without them from the sea bed to unlimited height."""
