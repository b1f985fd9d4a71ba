"""Traffic around the exercise, as models of the file's keys.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from waterspace.domain.traffic import CALL_RANGE_M, ENCOUNTER_RANGE_M, LANES_COUNT, MOST_FISHING, SPACING_M
from waterspace.environment import places
from waterspace.errors import GeometryError, NotationError
from waterspace.notation import format_distance
from waterspace.planfile import scalars
from waterspace.planfile.contradiction import Contradiction, ContradictionError
from waterspace.planfile.pieces import Fact, ShapeWire
from waterspace.planfile.scalars import Reader, bounded
from waterspace.planfile.values import Distance, DistanceAboveZero, Id, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FishingWire", "ShipsAtWork", "TrafficWire"]

_MOST_SHIPS, _MOST_LANES, _MOST_AT_WORK = 100_000, 2_000, 200
_LEAST_SPACING_M = 200.0


def _read_port(text: str) -> str:
    try:
        return places.lookup(text).code or text.strip()
    except NotationError as error:
        misses = places.near_misses(text)
        reason = f"did you mean {' or '.join(misses)}?" if misses else "vessels go home to a port of that list only"
        raise NotationError(text, error.expected, reason) from None


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
        found = tuple(self._contradictions())
        if found:
            raise ContradictionError(*found)
        return self

    def _contradictions(self) -> Iterator[Contradiction]:
        has_shape = self.footprint() is not None
        if not has_shape and not self.area:
            said = "says nowhere where they fish: it has neither an area nor a shape"
            advice = "Name an area of the file under area, or give a shape such as circle."
            yield Contradiction(said=said, expected="an area or a shape", advice=advice)
        if has_shape and self.area:
            said, advice = "has both an area and a shape, and they fish on one ground", "Remove one of the two."
            yield Contradiction(at=("area",), said=said, expected="an area or a shape", advice=advice)
        if self.spacing is not None and self.vessels is not None:
            said, advice = "is given beside spacing, and either says how many they are", "Remove one of the two."
            yield Contradiction(at=("vessels",), said=said, expected="spacing or vessels", advice=advice)
        for key, what, limits in (("depth", "depth", self.depths_m), ("off_land", "distance", self.off_land_m)):
            if limits is not None and not limits[0] < limits[1]:
                least, most = (format_distance(limit_m) for limit_m in limits)
                yield Contradiction(
                    at=(f"max_{key}",),
                    said=f"is {most}, but min_{key} is {least}, so that no {what} is left between them",
                    expected=f"min_{key} less than max_{key}",
                    advice="Make max the greater, or remove one of the two.",
                )

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
            raise ContradictionError(
                Contradiction(
                    said=f"has {count:,.0f} vessels at a spacing of {format_distance(spacing_m)}, but at most "
                    f"{MOST_FISHING:,} vessels may be there",
                    expected=f"at most {MOST_FISHING:,} vessels",
                    advice=f"Give a spacing of {format_distance(least_m)} or more, or a smaller shape.",
                )
            )
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

    @model_validator(mode="after")
    def _calls_whom_it_meets(self) -> TrafficWire:
        """Refuse to call ships that do not count as met."""
        if self.call_range > self.encounter_range:
            call, meet = format_distance(self.call_range), format_distance(self.encounter_range)
            given = "call_range" if "call_range" in self.model_fields_set else "encounter_range"
            said = (
                f"is {call}, but encounter_range is {meet}"
                if given == "call_range"
                else f"is {meet}, but call_range is {call}"
            )
            raise ContradictionError(
                Contradiction(
                    at=(given,),
                    said=f"{said}: a ship is met before it is called",
                    expected="encounter_range of at least call_range",
                    advice="Give both, with encounter_range the greater.",
                )
            )
        return self


def _limits(least_m: float | None, most_m: float | None) -> tuple[float, float] | None:
    if least_m is None and most_m is None:
        return None
    return least_m or 0.0, math.inf if most_m is None else most_m
