"""Mappings that others are made of: facts with their source, spans of time, shapes on the sea.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from waterspace.domain import Circle, Corridor, Footprint, Joined, Polygon, Sector, Without
from waterspace.errors import GeometryError
from waterspace.planfile.contradiction import Contradiction, ContradictionError
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

    def footprint(self) -> Sector:
        """The footprint."""
        return Sector(
            centre=self.centre,
            bearing_deg=self.bearing,
            half_angle_deg=self.half_angle,
            radius_m=self.radius,
            inner_radius_m=self.inner_radius,
        )


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

    def footprint(self) -> Footprint | None:  # noqa: PLR0911  # one for each kind
        """The footprint; None where there is no shape."""
        if self.polygon is not None:
            return Polygon(vertices=self.polygon)
        if self.circle is not None:
            return Circle(centre=self.circle.centre, radius_m=self.circle.radius)
        if self.ring is not None:
            return Sector.ring(self.ring.centre, self.ring.inner_radius, self.ring.radius)
        if self.sector is not None:
            return self.sector.footprint()
        if self.corridor is not None:
            return Corridor(waypoints=self.corridor.waypoints, half_width_m=self.corridor.half_width)
        if self.union is not None:
            return Joined(parts=_several(self.union))
        return None if self.difference is None else self.difference.footprint()


class DifferenceWire(Wire):
    """A shape less what lies in others."""

    base: ShapeWire
    """What is left where nothing is taken out."""
    without: Annotated[tuple[ShapeWire, ...], AtLeast(1, "shapes")]
    """What is taken out."""

    def footprint(self) -> Without | None:
        """The footprint; None where the base has no shape."""
        base = self.base.footprint()
        return None if base is None else Without(base=base, holes=_several(self.without))

    @model_validator(mode="after")
    def _leaves_something(self) -> DifferenceWire:
        from waterspace.geometry import footprints

        left = self.footprint()
        if left is not None:  # what lacks a shape is said where it stands
            try:
                footprints.points_inside(left)
            except GeometryError as error:
                raise ContradictionError(
                    Contradiction(
                        said=f"leaves nothing of its base: {error}",
                        expected="something that is left of the base",
                        advice="Take less out of it.",
                    )
                ) from None
        return self


def _several(entries: tuple[ShapeWire, ...]) -> tuple[Footprint, ...]:
    return tuple(part for entry in entries if (part := entry.footprint()) is not None)


ShapeWire.model_rebuild()
DifferenceWire.model_rebuild()


class Shaped(ShapeWire, Fact):
    """A mapping with a shape on the sea."""

    vertical: Vertical | None = None
    """Vertical limits; without them from the sea bed to unlimited height."""
