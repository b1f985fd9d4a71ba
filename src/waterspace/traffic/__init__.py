"""Background traffic: merchant ships between ports and fishing vessels on their grounds, from a seed.

`TrafficPlan` says what is asked for, `build` makes it, `Traffic` holds the tracks as arrays and hands them out as legs.
"""

from __future__ import annotations

from waterspace.traffic.build import build
from waterspace.traffic.plan import FishingGround, TrafficPlan
from waterspace.traffic.tracks import Segments, Traffic

__all__ = ["FishingGround", "Segments", "Traffic", "TrafficPlan", "build"]
