"""Mappings that others are made of: facts with their source, spans of time, shapes on the sea.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict

from waterspace.planfile.scalars import AtLeast
from waterspace.planfile.values import (
    Bearing,
    ConfidenceWord,
    DistanceAboveZero,
    DistanceBelowRadius,
    HalfAngle,
    Point,
    Text,
    Time,
    TimeAfterStart,
    Vertical,
)

__all__ = ["CircleWire", "CorridorWire", "Fact", "SectorWire", "Shaped", "WindowWire", "Wire"]


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


class CircleWire(Wire):
    """Everything within a range of a point."""

    centre: Point
    """The middle."""
    radius: DistanceAboveZero
    """From the middle to the edge."""


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


class Shaped(Fact):
    """A mapping with a shape on the sea: one of four."""

    polygon: Annotated[tuple[Point, ...], AtLeast(3, "corners", ring=True)] | None = None
    """Corners in order, either way round, at least three; the sides are geodesics."""
    circle: CircleWire | None = None
    """A point and a radius."""
    sector: SectorWire | None = None
    """A slice of a disc or ring."""
    corridor: CorridorWire | None = None
    """A line and a half width."""
    vertical: Vertical | None = None
    """Vertical limits; without them from the sea bed to unlimited height."""
