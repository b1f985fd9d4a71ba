"""How far a class gets at a speed, as a model of a key of the file."""

from __future__ import annotations

from typing import Annotated

from waterspace.notation import format_speed
from waterspace.planfile import scalars
from waterspace.planfile.pieces import Wire
from waterspace.planfile.scalars import bounded
from waterspace.planfile.values import DistanceAboveZero

__all__ = ["RangeWire", "SpeedAboveZero"]

SpeedAboveZero = Annotated[float, bounded(scalars.SPEED, format_speed, above=0.0)]


class RangeWire(Wire):
    """How far a class gets at a speed."""

    speed: SpeedAboveZero
    """The speed."""
    range: DistanceAboveZero
    """Distance without replenishment at it."""
