"""The maritime zones by name, and how wide they are by law."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from waterspace.quantity import NAUTICAL_MILE_M

__all__ = ["CONTIGUOUS_ZONE_M", "EEZ_M", "TERRITORIAL_SEA_M", "Zone"]

TERRITORIAL_SEA_M: Final = 12.0 * NAUTICAL_MILE_M
"""Source: UN Convention on the Law of the Sea, article 3."""

CONTIGUOUS_ZONE_M: Final = 24.0 * NAUTICAL_MILE_M
"""Source: UN Convention on the Law of the Sea, article 33(2)."""

EEZ_M: Final = 200.0 * NAUTICAL_MILE_M
"""Source: UN Convention on the Law of the Sea, article 57."""


class Zone(StrEnum):
    """Where a point lies, from the land outwards."""

    LAND = "land"
    INTERNAL_WATERS = "internal_waters"
    TERRITORIAL_SEA = "territorial_sea"
    CONTIGUOUS_ZONE = "contiguous_zone"
    EEZ = "eez"
    HIGH_SEAS = "high_seas"
    UNKNOWN = "unknown"
