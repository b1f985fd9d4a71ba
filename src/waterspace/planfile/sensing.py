"""What the ships of an exercise notice strangers by, as a model of the file's key.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

from typing import Annotated

from waterspace.domain.sensors import Sensors
from waterspace.planfile import scalars
from waterspace.planfile.pieces import Wire
from waterspace.planfile.scalars import bounded
from waterspace.planfile.values import DistanceAboveZero, Duration, DurationAboveZero, Flag

__all__ = ["SensorsWire", "Share"]

_ASSUMED = Sensors()

Share = Annotated[float, bounded(scalars.RATIO, "{:.0%}".format, minimum=0.0, maximum=1.0)]


class SensorsWire(Wire):
    """What the ships of the exercise notice strangers by. With this key, or with traffic, danger areas are watched."""

    ais: Flag = _ASSUMED.ais
    """Whether they receive AIS."""
    radar: Flag = _ASSUMED.radar
    """Whether they keep a radar watch."""
    lookout: Flag = _ASSUMED.lookout
    """Whether they keep a lookout by eye."""
    radar_time: DurationAboveZero = _ASSUMED.radar_mean_ms
    """Mean time that somebody is in radar range before a ship notices him."""
    lookout_time: DurationAboveZero = _ASSUMED.lookout_mean_ms
    """Mean time that somebody is in sight before a ship notices him."""
    small_ais: Share = _ASSUMED.small_ais_ratio
    """Share of vessels under 300 GT, and of all fishing vessels, that send AIS."""
    warning: Duration = _ASSUMED.warning_ms
    """How long before a stranger would enter a danger area fire is checked."""
    visibility: DistanceAboveZero = _ASSUMED.visibility_m
    """Taken where the weather says nothing of it."""

    def sensors(self) -> Sensors:
        """The same as a value of the domain."""
        return Sensors(
            ais=self.ais,
            radar=self.radar,
            lookout=self.lookout,
            radar_mean_ms=self.radar_time,
            lookout_mean_ms=self.lookout_time,
            small_ais_ratio=self.small_ais,
            warning_ms=self.warning,
            visibility_m=self.visibility,
        )
