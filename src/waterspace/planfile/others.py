"""Traffic around the exercise, as models of the file's keys.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field, model_validator

from waterspace.domain.traffic import CALL_RANGE_M, ENCOUNTER_RANGE_M, LANES_COUNT, MOST_FISHING, SPACING_M
from waterspace.environment import places
from waterspace.errors import GeometryError, NotationError
from waterspace.notation import format_distance
from waterspace.planfile import scalars
from waterspace.planfile.pieces import Fact, ShapeWire
from waterspace.planfile.scalars import Reader, bounded
from waterspace.planfile.values import Distance, DistanceAboveZero, Id, Text

__all__ = ["FishingWire", "ShipsAtWork", "TrafficWire"]

_MOST_SHIPS, _MOST_LANES, _MOST_AT_WORK = 100_000, 2_000, 200
_LEAST_SPACING_M = 200.0


def _read_port(text: str) -> str:
    return places.lookup(text).code or text.strip()


_Port = Annotated[str, Reader(_read_port, "a port that is known", {"examples": ["KRPUS", "RUVVO"]})]
_Ships = Annotated[int, bounded(scalars.COUNT, str, maximum=_MOST_SHIPS)]
ShipsAtWork = Annotated[int, bounded(scalars.COUNT, str, maximum=_MOST_AT_WORK)]
_Vessels = Annotated[int, bounded(scalars.COUNT, str, minimum=1, maximum=MOST_FISHING)]
_Lanes = Annotated[int, bounded(scalars.COUNT, str, minimum=1, maximum=_MOST_LANES)]
_Spacing = Annotated[float, bounded(scalars.DISTANCE, format_distance, minimum=_LEAST_SPACING_M)]


class FishingWire(ShapeWire, Fact):
    """A ground on which vessels trawl: an area of the file or a shape, and how many they are."""

    area: Text = ""
    """Id of an area; without it, one of the shapes says where they fish."""
    spacing: _Spacing | None = None
    """Mean distance between vessels, one to a square of this side; without it, and without vessels, 5 nm."""
    vessels: _Vessels | None = None
    """How many there are, instead of spacing."""
    min_depth: Distance | None = None
    """They fish where it is at least this deep."""
    max_depth: Distance | None = None
    """They fish where it is at most this deep."""
    min_off_land: Distance | None = None
    """They fish at least this far off the land; never closer than a mile."""
    max_off_land: Distance | None = None
    """They fish at most this far off the land."""
    home: _Port = ""
    """Port that they come from and return to; without it they stay on the ground."""

    @property
    def depths_m(self) -> tuple[float, float] | None:
        """Least and greatest depth; None where neither is given."""
        return _limits(self.min_depth, self.max_depth)

    @property
    def off_land_m(self) -> tuple[float, float] | None:
        """Least and greatest distance off the land; None where neither is given."""
        return _limits(self.min_off_land, self.max_off_land)

    @model_validator(mode="after")
    def _agrees(self) -> FishingWire:
        """Refuse a ground that has no place or two, or limits between which nothing lies."""
        has_shape = self.footprint() is not None
        for expected, found, wrong in (
            ("an area or a shape, and not both", "both" if has_shape else "neither", has_shape == bool(self.area)),
            ("spacing or vessels, and not both", "both", self.spacing is not None and self.vessels is not None),
            ("min_depth less than max_depth", "it is not", _is_empty(self.depths_m)),
            ("min_off_land less than max_off_land", "it is not", _is_empty(self.off_land_m)),
        ):
            if wrong:
                raise NotationError("a mapping", expected, f"found {found}")
        return self

    @model_validator(mode="after")
    def _is_not_crowded(self) -> FishingWire:
        """Refuse a spacing that fills the shape with more vessels than may be; of an area, the run takes so many."""
        footprint = self.footprint()
        if footprint is None or self.vessels is not None:
            return self
        from waterspace.geometry.footprints import area_m2

        spacing_m = SPACING_M if self.spacing is None else self.spacing
        try:
            count = area_m2(footprint) / spacing_m**2
        except GeometryError:  # a shape that cannot be is a fault of its own
            return self
        if count > MOST_FISHING:
            least_m = spacing_m * math.sqrt(count / MOST_FISHING)
            expected = f"at most {MOST_FISHING:,} vessels, which is a spacing of {format_distance(least_m)} or more"
            raise NotationError("a mapping", expected, f"a spacing of {format_distance(spacing_m)} makes {count:,.0f}")
        return self


class TrafficWire(Fact):
    """Ships of commerce and fishing vessels around the exercise. Who they are is drawn from the seed of the run."""

    merchants: _Ships = 0
    """Mean number of ships of commerce that are under way at some time of the exercise period."""
    lanes: _Lanes = LANES_COUNT
    """Pairs of ports between which they sail, those that carry the most; 100 without it."""
    fishing: dict[Id, FishingWire] = Field(default_factory=dict)
    """Grounds on which vessels fish."""
    encounter_range: DistanceAboveZero = ENCOUNTER_RANGE_M
    """Range within which a stranger counts as met; 5 nm without it."""
    call_range: Distance = CALL_RANGE_M
    """A ship that is to pass closer than this is called; 1 nm without it."""


def _limits(least_m: float | None, most_m: float | None) -> tuple[float, float] | None:
    if least_m is None and most_m is None:
        return None
    return least_m or 0.0, math.inf if most_m is None else most_m


def _is_empty(limits: tuple[float, float] | None) -> bool:
    return limits is not None and not limits[0] < limits[1]
