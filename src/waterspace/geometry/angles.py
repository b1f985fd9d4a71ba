"""Angles between directions on the compass, in degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from waterspace.geometry.arrays import FloatArray

__all__ = ["off_deg", "turn_deg"]

Degrees = TypeVar("Degrees", float, "FloatArray")


def turn_deg(from_deg: Degrees, to_deg: Degrees) -> Degrees:
    """The shorter way from one course to another, -180 to below 180; to starboard above 0. Numbers, or two arrays."""
    return (to_deg - from_deg + 180.0) % 360.0 - 180.0


def off_deg(one_deg: Degrees, other_deg: Degrees) -> Degrees:
    """How far two directions are apart, whichever way round: 0 to 180. Numbers, or two arrays of one shape."""
    return abs(turn_deg(one_deg, other_deg))
