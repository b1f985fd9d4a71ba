"""Where a unit is on its curve, how far apart two places are along the surface, and which latitude a place has."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from waterspace.geometry.compiled.kernels.compiler import kernel
from waterspace.geometry.ellipsoid import WGS84

if TYPE_CHECKING:
    from waterspace.geometry.arrays import FloatArray
    from waterspace.geometry.compiled.pieces import Pieces

__all__ = ["degrees_of", "piece_at", "place_on", "places_at", "range_between", "share_of"]

_RADIUS_M = WGS84.equatorial_radius_m
_SQUARE = WGS84.eccentricity2_ratio
_STRETCH = 1.0 / math.sqrt(1.0 - _SQUARE)
_GAUSS = math.sqrt(0.6)
"""Place of the outer nodes of Gauss's rule with three nodes, which have weights 5/9, 8/9 and 5/9."""


@kernel
def range_between(ax_m: float, ay_m: float, az_m: float, bx_m: float, by_m: float, bz_m: float) -> float:
    """Distance along the surface between two earth-centred places on the ellipsoid.

    It is the length of the great ellipse through them, the section with the plane through the earth's centre, which is
    longer than the geodesic by at most 2 mm at 500 km, 12 mm at 1,000 km, 0.4 m at 3,000 km and 1.6 m at 5,000 km
    (measured on 200,000 random pairs each), 20 m at 10,000 km.
    """
    # stretched along the axis, the ellipsoid is a sphere and the great ellipse a great circle
    dx, dy, dz = bx_m - ax_m, by_m - ay_m, (bz_m - az_m) * _STRETCH
    gap = math.sqrt(dx * dx + dy * dy + dz * dz)
    if gap == 0.0:
        return 0.0
    mx, my, mz = ax_m + bx_m, ay_m + by_m, (az_m + bz_m) * _STRETCH
    middle = math.sqrt(mx * mx + my * my + mz * mz)
    half = math.atan2(gap, middle)
    along, across = dz / gap, mz / middle if middle > 0.0 else 0.0
    cosine, sine = math.cos(half * _GAUSS), math.sin(half * _GAUSS)
    before, after = along * cosine + across * sine, along * cosine - across * sine
    speed = 5.0 * math.sqrt(1.0 - _SQUARE * before * before) + 5.0 * math.sqrt(1.0 - _SQUARE * after * after)
    speed += 8.0 * math.sqrt(1.0 - _SQUARE * along * along)
    return _RADIUS_M * half * speed / 9.0


@kernel
def degrees_of(x_m: float, y_m: float, z_m: float) -> tuple[float, float]:
    """Latitude and longitude in degrees of an earth-centred place on the ellipsoid."""
    lat = math.atan2(z_m, (1.0 - _SQUARE) * math.sqrt(x_m * x_m + y_m * y_m))
    return math.degrees(lat), math.degrees(math.atan2(y_m, x_m))


@kernel
def piece_at(pieces: Pieces, track: int, time_ms: float) -> int:
    """The piece under way at a time: the last of a track that has begun, or the first."""
    low, high = pieces.first[track], pieces.first[track + 1]
    while high - low > 1:
        middle = (low + high) // 2
        if pieces.start_ms[middle] <= time_ms:
            low = middle
        else:
            high = middle
    return int(low)


@kernel
def share_of(pieces: Pieces, piece: int, time_ms: float) -> float:
    """Which share of a piece's time has passed, 0 to 1."""
    lasts_ms = pieces.end_ms[piece] - pieces.start_ms[piece]
    if lasts_ms <= 0.0:
        return 0.0
    return float(min(max((time_ms - pieces.start_ms[piece]) / lasts_ms, 0.0), 1.0))


@kernel
def place_on(pieces: Pieces, piece: int, fraction: float) -> tuple[float, float, float]:
    """Earth-centred place on a piece at a fraction of its time."""
    c = pieces.curve[piece]
    return (
        c[0, 0] + fraction * (c[1, 0] + fraction * (c[2, 0] + fraction * c[3, 0])),
        c[0, 1] + fraction * (c[1, 1] + fraction * (c[2, 1] + fraction * c[3, 1])),
        c[0, 2] + fraction * (c[1, 2] + fraction * (c[2, 2] + fraction * c[3, 2])),
    )


@kernel
def places_at(pieces: Pieces, time_ms: float, lat: FloatArray, lon: FloatArray) -> None:
    """Write down where every track is at a time, in degrees; outside a track, where it begins and ends.

    Args:
        pieces: of all tracks.
        time_ms: one instant.
        lat: shape (tracks,), written to; left as it is for a track without legs.
        lon: the same.
    """
    for track in range(lat.size):
        if pieces.first[track] < pieces.first[track + 1]:
            piece = piece_at(pieces, track, time_ms)
            x, y, z = place_on(pieces, piece, share_of(pieces, piece, time_ms))
            lat[track], lon[track] = degrees_of(x, y, z)
