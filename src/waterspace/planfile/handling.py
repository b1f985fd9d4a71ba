"""How far a class gets at a speed, as a model of a key of the file, and what of a class contradicts the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from waterspace.domain import Medium
from waterspace.notation import format_distance, format_speed
from waterspace.planfile import scalars
from waterspace.planfile.contradiction import Contradiction
from waterspace.planfile.pieces import Wire
from waterspace.planfile.scalars import bounded
from waterspace.planfile.values import DistanceAboveZero

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["RangeWire", "SpeedAboveZero", "range_contradictions", "stray_handling"]

SpeedAboveZero = Annotated[float, bounded(scalars.SPEED, format_speed, above=0.0)]

_SAME = 1e-6
"""Speeds and distances that differ by no more than this part are the same, written in other units."""


class RangeWire(Wire):
    """How far a class gets at a speed."""

    speed: SpeedAboveZero
    """The speed."""
    range: DistanceAboveZero
    """Distance without replenishment at it."""


def range_contradictions(ranges: Sequence[RangeWire], max_speed_mps: float | None) -> Iterator[Contradiction]:
    """Speeds with two ranges, and speeds that the class does not reach."""
    for number, row in enumerate(ranges):
        if max_speed_mps is not None and row.speed > max_speed_mps * (1.0 + _SAME):
            yield Contradiction(
                at=("ranges", str(number), "speed"),
                said=f"is {format_speed(row.speed)}, but max_speed is {format_speed(max_speed_mps)}",
                expected="a speed of at most max_speed",
                advice="Correct one of the two.",
            )
        for earlier, other in enumerate(ranges[:number]):
            if _are_same(row.speed, other.speed) and not _are_same(row.range, other.range):
                yield Contradiction(
                    at=("ranges", str(number)),
                    said=f"gives {format_distance(row.range)} at {format_speed(row.speed)}, but ranges.{earlier} gives "
                    f"{format_distance(other.range)} at that speed",
                    expected="one range for each speed",
                    advice="Keep the one that is right.",
                )
                break


def stray_handling(medium: Medium, given: frozenset[str]) -> Iterator[Contradiction]:
    """Keys that say nothing of a class that moves there.

    Args:
        medium: where the class moves.
        given: the keys that the file gives.
    """
    is_aircraft = medium is Medium.AIR
    thing = {Medium.AIR: "an aircraft", Medium.SURFACE: "a ship", Medium.SUBSURFACE: "a submarine"}.get(
        medium, "something ashore"
    )
    for key, strays in (("climb_rate", not is_aircraft), ("tactical_diameter", is_aircraft)):
        if strays and key in given:
            yield Contradiction(
                at=(key,),
                said=f"says nothing of {thing}, and medium is {medium.value}",
                expected=f"{key} of {'a ship or a submarine' if is_aircraft else 'an aircraft'} only",
                advice=f"Remove {key}, or correct medium.",
            )


def _are_same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(one, other)
