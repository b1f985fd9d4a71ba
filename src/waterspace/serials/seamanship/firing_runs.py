"""Runs of a column past a target: who is where when, and when each ship opens fire."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from waterspace.domain import Leg, Window
from waterspace.geometry.legs import fill, hold, legs_at_speed, make_leg
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from waterspace.serials.seamanship.danger_area import DangerArea
    from waterspace.serials.seamanship.frame import Frame

__all__ = ["FiringRuns", "stretch_m"]


def stretch_m(speed_mps: float, firing_ms: int) -> float:
    """How far a ship goes while it fires."""
    return speed_mps * firing_ms / SECOND_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class FiringRuns:
    """The runs of one practice in time, and on a sheet with its origin at the firing point.

    Attributes:
        window: of the serial.
        serial: its id.
        danger: the danger area, on the same sheet.
        ships: how many are in the column.
        asked: runs asked for.
        speed_mps: of the column.
        spacing_m: least distance from ship to ship.
        target_range_m: of the target, ahead of the firing point.
        clearance_m: of everybody else from the danger area.
        firing_ms: how long a ship may fire in a run.
        settling_ms: steady on the run before the first ship fires, and after the last.
        setting_up_ms: before the first run.
        laying_mps: speed of the ships that lay the target, all alike so that they keep apart.
        tow_m: how far from the target the ships lie that tow it; None where they withdraw clear of the danger area.
        gap_m: from ship to ship: no ship opens fire before the one ahead has done.
        half_column_m: from the middle of the column to its last ship.
        half_run_m: how far to each side of the firing point the middle of the column steams.
        run_ms: time for one run.
    """

    window: Window
    serial: str
    danger: DangerArea
    ships: int
    asked: int
    speed_mps: float
    spacing_m: float
    target_range_m: float
    clearance_m: float
    firing_ms: int
    settling_ms: int
    setting_up_ms: int
    laying_mps: float
    tow_m: float | None = None
    gap_m: float = field(init=False)
    half_column_m: float = field(init=False)
    half_run_m: float = field(init=False)
    run_ms: int = field(init=False)

    def __post_init__(self) -> None:
        """Work out what everything else is made of."""
        firing_m, settling_m = stretch_m(self.speed_mps, self.firing_ms), stretch_m(self.speed_mps, self.settling_ms)
        gap_m = max(self.spacing_m, firing_m)
        half_column_m = max(0, self.ships - 1) * gap_m / 2.0
        half_run_m = half_column_m + firing_m / 2.0 + settling_m
        run_ms = math.ceil(2.0 * half_run_m / self.speed_mps * SECOND_MS)
        values = {"gap_m": gap_m, "half_column_m": half_column_m, "half_run_m": half_run_m, "run_ms": run_ms}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def flank_m(self) -> float:
        """How far abeam of the target the first ship lies that lays or tows it, while others fire."""
        return self.danger.flank_m(self.target_range_m, self.clearance_m) if self.tow_m is None else self.tow_m

    @property
    def behind_m(self) -> float:
        """Range from the firing point at which whoever is behind it is clear of the column and of the danger area."""
        return max(self.half_run_m + self.half_column_m, self.danger.rear_m) + self.clearance_m

    @property
    def count(self) -> int:
        """Runs that fit into the window, no more than asked for."""
        left_ms = self.window.end_ms - self.window.start_ms - self.setting_up_ms
        return max(0, min(self.asked, left_ms // self.run_ms))

    def start_ms(self, run: int) -> int:
        """When a run begins; the first has the number 0."""
        return self.window.start_ms + self.setting_up_ms + run * self.run_ms

    def fire_ms(self, run: int, place: int) -> int:
        """When the ship at a place in the column opens fire in a run."""
        direction = 1.0 if run % 2 == 0 else -1.0
        way_m = self.half_run_m - direction * self._offset_m(place) - stretch_m(self.speed_mps, self.firing_ms) / 2.0
        return self.start_ms(run) + round(way_m / (2.0 * self.half_run_m) * self.run_ms)

    def fire_after_ms(self, run: int, place: int) -> int:
        """How long after the beginning of a run the ship at a place in the column opens fire."""
        return self.fire_ms(run, place) - self.start_ms(run)

    @property
    def latest_ms(self) -> int:
        """When the last run can begin, so that the time which the plan keeps to recover the target is left."""
        kept_ms = max(0, min(self.setting_up_ms, self.window.end_ms - self.start_ms(self.count)))
        return self.window.end_ms - kept_ms - self.run_ms

    def run(self, frame: Frame, place: int, run: int, start_ms: int) -> Leg:
        """The leg of a firing ship in a run that begins at a time of its own; runs with odd numbers lead back."""
        ends = [
            frame.position((0.0, self._offset_m(place) - self.half_run_m)),
            frame.position((0.0, self._offset_m(place) + self.half_run_m)),
        ]
        return Leg(
            start_ms=start_ms,
            end_ms=start_ms + self.run_ms,
            start=ends[run % 2],
            end=ends[1 - run % 2],
            serial=self.serial,
        )

    def column(self, frame: Frame, place: int) -> tuple[Leg, ...]:
        """Legs of the firing ship at a place in the column: wait, run to and fro, wait."""
        ends = [
            frame.position((0.0, self._offset_m(place) - self.half_run_m)),
            frame.position((0.0, self._offset_m(place) + self.half_run_m)),
        ]
        if not self.count:
            return (hold(ends[0], self.window, serial=self.serial),)
        starts_ms = [self.start_ms(run) for run in range(self.count + 1)]
        legs = [
            make_leg(from_ms, to_ms, ends[run % 2], ends[1 - run % 2], 0.0, self.serial)
            for run, (from_ms, to_ms) in enumerate(itertools.pairwise(starts_ms))
        ]
        return fill(legs, self.window)

    def laying_way_m(self, ships: int) -> float:
        """The longest way from the target to a flank, when so many ships lay it."""
        return self.flank_m + max(0, ships - 1) // 2 * self.spacing_m

    def laying(self, frame: Frame, place: int) -> tuple[Leg, ...]:
        """Legs of a ship that lays the target, withdraws to a flank, and comes back after the last run.

        One that cannot move lies on its flank.

        Args:
            frame: at the firing point, on the line of fire.
            place: even to starboard, odd to port, each pair farther out than the one before.
        """
        side, row = (1.0 if place % 2 == 0 else -1.0), place // 2
        flank_m = self.flank_m + row * self.spacing_m
        target = frame.position((self.target_range_m, side * (row + 0.5) * self.spacing_m))
        clear = frame.position((self.target_range_m, side * flank_m))
        if self.laying_mps <= 0.0:
            return (hold(clear, self.window, serial=self.serial),)
        out = legs_at_speed((target, clear), self.window.start_ms, self.laying_mps, serial=self.serial)
        back = legs_at_speed((clear, target), self.start_ms(self.count), self.laying_mps, serial=self.serial)
        return fill((*out, *back), self.window)

    def _offset_m(self, place: int) -> float:
        """Where in the column a ship is, to starboard of its middle when looking along the line of fire."""
        return place * self.gap_m - self.half_column_m
