"""How far eye, radar and radio reach round the curve of the earth, from the heights at both ends.

The earth is a sphere of its mean radius, and the bending of the ray by the air is counted as a larger sphere. Ranges
are along the surface. Not modelled: clutter of the sea, rain, the power of a set and the size of a target, ducts, and
the weather's visibility; where one of these gives a range, the lesser of the two holds.

Sources: mean radius, Moritz, Geodetic Reference System 1980, Journal of Geodesy 74 (2000); light, The American
Practical Navigator (Bowditch), 2002, explanation of table 12, distance of the horizon; radar and radio, Recommendation
ITU-R P.310, effective radius of the earth in the standard atmosphere, four thirds.
"""

from __future__ import annotations

import math
from typing import Final

from waterspace.errors import ModelError

__all__ = [
    "EARTH_RADIUS_M",
    "LIGHT_EARTH_RATIO",
    "RADIO_EARTH_RATIO",
    "radar_range_m",
    "radio_horizon_m",
    "radio_range_m",
    "visual_horizon_m",
    "visual_range_m",
]

EARTH_RADIUS_M: Final = 6_371_008.8

LIGHT_EARTH_RATIO: Final = 1.0 / 0.8279
"""By how much the earth is larger for light; Bowditch divides by 0.8279 for terrestrial refraction."""

RADIO_EARTH_RATIO: Final = 4.0 / 3.0
"""By how much the earth is larger for radar and for radio of very high frequency and above."""


def visual_horizon_m(eye_m: float) -> float:
    """Distance of the visible horizon.

    Args:
        eye_m: height of the eye above the sea, 0 or more.

    Raises:
        ModelError: the height is negative or not finite.
    """
    return _horizon_m(eye_m, LIGHT_EARTH_RATIO)


def visual_range_m(eye_m: float, object_m: float) -> float:
    """Range at which the top of an object comes over the horizon, in clear air.

    Args:
        eye_m: height of the eye above the sea, 0 or more.
        object_m: height of the top of the object, 0 or more.

    Raises:
        ModelError: a height is negative or not finite.
    """
    return _horizon_m(eye_m, LIGHT_EARTH_RATIO) + _horizon_m(object_m, LIGHT_EARTH_RATIO)


def radar_range_m(antenna_m: float, target_m: float) -> float:
    """Range at which the top of a target comes over the radar horizon.

    Args:
        antenna_m: height of the antenna above the sea, 0 or more.
        target_m: height of the top of the target, 0 or more.

    Raises:
        ModelError: a height is negative or not finite.
    """
    return radio_range_m(antenna_m, target_m)


def radio_horizon_m(antenna_m: float) -> float:
    """Distance of the horizon of radio of very high frequency and above.

    Args:
        antenna_m: height of the antenna above the sea, 0 or more.

    Raises:
        ModelError: the height is negative or not finite.
    """
    return _horizon_m(antenna_m, RADIO_EARTH_RATIO)


def radio_range_m(antenna_m: float, other_m: float) -> float:
    """Range at which two antennas are in line of sight.

    Args:
        antenna_m: height of one antenna above the sea, 0 or more.
        other_m: height of the other.

    Raises:
        ModelError: a height is negative or not finite.
    """
    return _horizon_m(antenna_m, RADIO_EARTH_RATIO) + _horizon_m(other_m, RADIO_EARTH_RATIO)


def _horizon_m(height_m: float, larger_ratio: float) -> float:
    """Way along the surface to where the straight line from a height touches the larger sphere."""
    if not 0.0 <= height_m < math.inf:
        raise ModelError(f"found a height of {height_m} m; expected 0 or more, for what is submerged has no horizon")
    radius_m = EARTH_RADIUS_M * larger_ratio
    return radius_m * math.atan2(math.sqrt(height_m * (2.0 * radius_m + height_m)), radius_m)
