"""Sensors: what the ships of an exercise notice others by, and how soon they act on it. Every default is assumed."""

from __future__ import annotations

from dataclasses import dataclass

from waterspace.quantity import MINUTE_MS, NAUTICAL_MILE_M

__all__ = ["Sensors"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensors:
    """How strangers near a danger area are noticed.

    Attributes:
        ais: whether the ships of the exercise receive AIS.
        radar: whether they keep a radar watch.
        lookout: whether they keep a lookout by eye.
        radar_mean_ms: mean time that somebody is in radar range of a ship before it notices him, above 0.
        lookout_mean_ms: the same for a lookout, above 0.
        small_ais_ratio: share of vessels under 300 GT, and of fishing vessels of any size, that send AIS.
        warning_ms: how long before a stranger would enter a danger area fire is checked, 0 or more.
        visibility_m: taken where the weather says nothing of it, above 0.
    """

    ais: bool = True
    radar: bool = True
    lookout: bool = True
    radar_mean_ms: int = 3 * MINUTE_MS
    lookout_mean_ms: int = 5 * MINUTE_MS
    small_ais_ratio: float = 0.5
    warning_ms: int = 5 * MINUTE_MS
    visibility_m: float = 5.0 * NAUTICAL_MILE_M
