"""The danger area of a firing practice, on a sheet with its origin at the firing point.

The sheet's axis is the line of fire. Three shapes. *Practice circle*: a circle about the target, as warnings to
shipping publish it, in which ship, target and fall of shot all lie. *All round*: everything within the range of the
gun. *Slice*: the range to each side of the line of fire by a half-angle. The last two are swept along the stretch on
which the ship fires: the apex of the slice is drawn back and its range drawn out until the slices from both ends of
the stretch, and so from every point between, lie inside.

Sources: the layout of a surface danger zone (range, half-angle, margins) after DA PAM 385-63, chapter 3, of which no
figure is used: every figure is the planner's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Sector
from waterspace.geometry.geodesic import bearing_deg

if TYPE_CHECKING:
    from waterspace.serials.seamanship.frame import Frame

__all__ = ["DangerArea", "all_round", "practice_circle", "slice_of_fire"]

_WIDEST_SLICE_DEG = 90.0
"""Half-angle from which a slice is taken as all round, which is on the safe side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerArea:
    """A disc, or a slice of one, on the sheet.

    Attributes:
        apex_m: of the disc's centre, ahead of the firing point; negative behind it.
        radius_m: of the disc.
        half_angle_deg: 180 for the whole disc.
        middle_m: of the shape, ahead of the firing point.
        rear_m: no point behind the firing point is farther from it than this.
    """

    apex_m: float
    radius_m: float
    half_angle_deg: float
    middle_m: float
    rear_m: float

    def footprint(self, frame: Frame) -> Circle | Sector:
        """The same shape on the sea."""
        apex = frame.position((self.apex_m, 0.0))
        if self.half_angle_deg >= 180.0:
            return Circle(centre=apex, radius_m=self.radius_m)
        return Sector(
            centre=apex,
            bearing_deg=bearing_deg(apex, frame.position((self.apex_m + self.radius_m, 0.0))),
            half_angle_deg=self.half_angle_deg,
            radius_m=self.radius_m,
        )

    def widened(self, by_m: float) -> DangerArea:
        """A shape that holds everything within a distance (0 or more) of this one."""
        if by_m <= 0.0:
            return self
        if self.half_angle_deg >= _WIDEST_SLICE_DEG:
            radius_m = self.radius_m + by_m
            return replace(self, radius_m=radius_m, rear_m=math.sqrt(max(radius_m**2 - self.apex_m**2, 0.0)))
        angle_rad = math.radians(self.half_angle_deg)
        back_m = by_m / math.sin(angle_rad)
        apex_m = self.apex_m - back_m
        return replace(
            self, apex_m=apex_m, radius_m=self.radius_m + back_m + by_m, rear_m=-apex_m / math.cos(angle_rad)
        )

    def flank_m(self, ahead_m: float, clearance_m: float) -> float:
        """How far abeam of the line of fire a point must lie to be a clearance away from the shape.

        Args:
            ahead_m: of the point, ahead of the firing point.
            clearance_m: wanted.
        """
        out_m = self.radius_m + clearance_m
        beyond_disc_m = math.sqrt(max(out_m**2 - (ahead_m - self.apex_m) ** 2, 0.0))
        if self.half_angle_deg >= _WIDEST_SLICE_DEG:
            return beyond_disc_m
        angle_rad = math.radians(self.half_angle_deg)
        beside_m = max(ahead_m - self.apex_m, 0.0) * math.tan(angle_rad) + clearance_m / math.cos(angle_rad)
        return min(beside_m, beyond_disc_m)


def practice_circle(radius_m: float, target_m: float) -> DangerArea:
    """A circle about a target that lies ahead of the firing point."""
    rear_m = math.sqrt(max(radius_m**2 - target_m**2, 0.0))
    return DangerArea(apex_m=target_m, radius_m=radius_m, half_angle_deg=180.0, middle_m=target_m, rear_m=rear_m)


def all_round(range_m: float, stretch_m: float) -> DangerArea:
    """Everything within range of any point of a stretch across the line of fire, centred on the firing point."""
    radius_m = range_m + stretch_m / 2.0
    return DangerArea(apex_m=0.0, radius_m=radius_m, half_angle_deg=180.0, middle_m=0.0, rear_m=radius_m)


def slice_of_fire(range_m: float, half_angle_deg: float, stretch_m: float) -> DangerArea:
    """The slices of fire from every point of a stretch across the line of fire, in one slice that holds them all."""
    if half_angle_deg >= _WIDEST_SLICE_DEG:
        return all_round(range_m, stretch_m)
    angle_rad = math.radians(half_angle_deg)
    back_m = stretch_m / 2.0 / math.tan(angle_rad)
    return DangerArea(
        apex_m=-back_m,
        radius_m=range_m + stretch_m / 2.0 / math.sin(angle_rad),
        half_angle_deg=half_angle_deg,
        middle_m=range_m / 2.0,
        rear_m=math.hypot(back_m, stretch_m / 2.0),
    )
