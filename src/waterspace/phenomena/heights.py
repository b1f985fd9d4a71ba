"""How high the antennas, the eyes and the top of a ship are, by its class or else by its length.

One home of these numbers, so that a ship is as tall for a link as it is for a radar. What a class says holds; else
heights are parts of the length of the hull, and a class without a length is given a usual one (all assumed).

Assumed: a ship's radio antenna is as high as its radar's, and a ship without radar has one all the same; a submarine
has its antenna at the surface; what flies has everything at the height at which it flies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from waterspace.domain import Medium

if TYPE_CHECKING:
    from waterspace.domain import Platform

__all__ = ["SHORE_ANTENNA_M", "USUAL_LENGTH_M", "eye_m", "length_m", "radar_m", "radio_m", "top_m"]

USUAL_LENGTH_M: Final = 100.0
"""Of a ship whose class gives no length (assumed)."""

SHORE_ANTENNA_M: Final = 50.0
"""Height of a radio antenna ashore (assumed)."""

_ANTENNA_RATIO: Final = 0.16
"""Height of a radar antenna, as part of the length (assumed: 21 m in a frigate of 134 m)."""

_EYE_RATIO: Final = 0.11
"""Height of the eye on the bridge, as part of the length (assumed: 15 m in a frigate of 134 m)."""

_TOP_RATIO: Final = 0.2
"""Height of what radar and eye find of a ship, as part of the length (assumed: 36 m in a merchant ship of 180 m)."""

_LEAST_HEIGHT_M: Final = 2.0
"""Of anything above the hull of the smallest craft (assumed)."""


def length_m(platform: Platform | None) -> float:
    """Length of the hull of a class; the usual one where nothing is known of it."""
    return (platform and platform.length_m) or USUAL_LENGTH_M


def radar_m(platform: Platform | None) -> float:
    """Height of a ship's radar antenna above the sea; 0 for no radar."""
    given_m = None if platform is None else platform.radar_height_m
    return _part_m(length_m(platform), _ANTENNA_RATIO) if given_m is None else given_m


def eye_m(platform: Platform | None) -> float:
    """Height of a ship's lookout above the sea."""
    given_m = None if platform is None else platform.eye_height_m
    return _part_m(length_m(platform), _EYE_RATIO) if given_m is None else given_m


def top_m(hull_m: float) -> float:
    """Height above the sea of what radar and eye find of a ship, from the length of its hull."""
    return _part_m(hull_m, _TOP_RATIO)


def radio_m(platform: Platform | None, height_m: float = 0.0) -> float:
    """Height of a unit's radio antenna above the sea or the ground.

    Args:
        platform: class of the unit; None for a ship of which nothing is known.
        height_m: at which it flies, for an aircraft.
    """
    match Medium.SURFACE if platform is None else platform.medium:
        case Medium.AIR:
            return max(0.0, height_m)
        case Medium.SUBSURFACE:
            return 0.0
        case Medium.SHORE:
            return SHORE_ANTENNA_M
        case Medium.SURFACE:
            return radar_m(platform) or _part_m(length_m(platform), _ANTENNA_RATIO)


def _part_m(hull_m: float, part_ratio: float) -> float:
    return max(_LEAST_HEIGHT_M, hull_m * part_ratio)
