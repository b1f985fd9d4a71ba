"""The library's direct and inverse problem in our order and with our azimuths, for arguments that are known to be good.

Azimuths are 0 to below 360, at both ends in the direction of travel. Two points that coincide keep the library's
azimuth, which points to the equator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pyproj import Geod

    from waterspace.geometry.arrays import FloatArray

__all__ = ["azimuth", "azimuths", "direct_array", "direct_one", "inverse_array", "inverse_one"]

_FULL_CIRCLE_DEG = 360.0


def azimuth(angle_deg: float) -> float:
    """An angle as an azimuth from 0 to below 360."""
    turned = angle_deg % _FULL_CIRCLE_DEG
    return turned if turned < _FULL_CIRCLE_DEG else 0.0


def azimuths(angles: FloatArray) -> FloatArray:
    """Angles from -360 to 360 as azimuths from 0 to below 360."""
    turned = np.where(angles < 0.0, angles + _FULL_CIRCLE_DEG, angles)
    return np.where(turned < _FULL_CIRCLE_DEG, turned, 0.0) + 0.0


def inverse_one(
    geod: Geod, lat1_deg: float, lon1_deg: float, lat2_deg: float, lon2_deg: float
) -> tuple[float, float, float]:
    """Distance and the azimuths at both ends, of numbers."""
    azimuth1, azimuth2, distance_m = geod.inv(lon1_deg, lat1_deg, lon2_deg, lat2_deg, return_back_azimuth=False)
    return distance_m, azimuth(azimuth1), azimuth(azimuth2)


def inverse_array(
    geod: Geod, lat1: FloatArray, lon1: FloatArray, lat2: FloatArray, lon2: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Distances and the azimuths at both ends, of arrays of one shape."""
    azimuth1, azimuth2, distance = geod.inv(lon1, lat1, lon2, lat2, return_back_azimuth=False)
    return distance, azimuths(azimuth1), azimuths(azimuth2)


def direct_one(
    geod: Geod, lat1_deg: float, lon1_deg: float, bearing_deg: float, distance_m: float
) -> tuple[float, float, float]:
    """Latitude, longitude and azimuth at the end, of numbers."""
    lon2, lat2, azimuth2 = geod.fwd(lon1_deg, lat1_deg, bearing_deg, distance_m, return_back_azimuth=False)
    return lat2, lon2, azimuth(azimuth2)


def direct_array(
    geod: Geod, lat1: FloatArray, lon1: FloatArray, bearing: FloatArray, distance: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Latitudes, longitudes and azimuths at the end, of arrays of one shape."""
    lon2, lat2, azimuth2 = geod.fwd(lon1, lat1, bearing, distance, return_back_azimuth=False)
    return lat2, lon2, azimuths(azimuth2)
