"""What the planner may say of a gunnery practice, and the danger area that it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from waterspace.domain import Confidence, Provenance
from waterspace.quantity import FOOT_M, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS, YARD_M
from waterspace.serials.base import SerialParameters, parameter
from waterspace.serials.seamanship.danger_area import DangerArea, all_round, practice_circle, slice_of_fire
from waterspace.serials.seamanship.firing_runs import stretch_m

__all__ = ["Fired", "GunneryParameters", "TargetKind", "danger_of", "provenance_of"]

_PRACTICE_RADIUS_M = 5.0 * NAUTICAL_MILE_M
"""Radius of the circle that is published for gunnery practices.

Source: Japan Coast Guard, 10th Regional Headquarters, notice to mariners 252 of 2018.
"""


class TargetKind(StrEnum):
    """What is fired at."""

    SURFACE = "surface"
    AIR = "air"


class Fired(StrEnum):
    """What is fired, in words that `programme.subjects` knows."""

    GUNS = "guns"
    MISSILES = "missiles"
    ROCKETS = "rockets"
    BOMBS = "bombs"
    TORPEDOES = "torpedoes"


@dataclass(frozen=True, slots=True, kw_only=True)
class GunneryParameters(SerialParameters):
    """What the planner may say of a gunnery practice."""

    fires: Fired = parameter(
        text="What is fired: notices call the practice by it, and torpedoes are a danger down to the floor of the "
        "serial's area. Other than for guns, range or practice_radius must be given.",
        default=Fired.GUNS,
    )
    target: TargetKind = parameter(text="Whether the target is on the water or in the air.", default=TargetKind.SURFACE)
    bearing_deg: float = parameter(
        text="Line of fire, true.", default=0.0, minimum=0.0, maximum=360.0, source="assumed"
    )
    range_m: float | None = parameter(
        text="Farthest that anything fired may come down, less the margins that are given apart; without it the "
        "practice circle applies, which is published for guns.",
        default=None,
        minimum=500.0,
    )
    half_angle_deg: float | None = parameter(
        text="To each side of the line of fire; without it, or from 90 degrees on, the danger area is all round.",
        default=None,
        minimum=1.0,
        maximum=180.0,
    )
    ricochet_margin_m: float | None = parameter(
        text="Added to the danger area on all sides for what ricochets; 0 where the range holds it already.",
        default=None,
        minimum=0.0,
    )
    seeker_margin_m: float | None = parameter(
        text="Added to the danger area on all sides for what seeks a target of its own; 0 where the range holds it.",
        default=None,
        minimum=0.0,
    )
    greatest_range_m: float | None = parameter(
        text="Greatest range of what is fired, by its range tables; the danger area is compared with it.",
        default=None,
        minimum=0.0,
    )
    ceiling_m: float | None = parameter(
        text="Vertical limit of the danger area; without it that of the serial's area.", default=None, minimum=0.0
    )
    practice_radius_m: float = parameter(
        text="Radius of the practice circle about the target, where no range is given.",
        default=_PRACTICE_RADIUS_M,
        minimum=1000.0,
        source="Japan Coast Guard, 10th Regional Headquarters, notice to mariners 252 of 2018",
        confidence=Confidence.REPORTED,
    )
    target_range_m: float = parameter(
        text="From the firing point to the target.", default=2.5 * NAUTICAL_MILE_M, minimum=500.0, source="assumed"
    )
    clearance_m: float = parameter(
        text="How far outside the danger area the ships lie that do not fire.",
        default=NAUTICAL_MILE_M,
        minimum=500.0,
        source="assumed",
    )
    tow_m: float | None = parameter(
        text="Length of the tow, where the target ship tows the target and so cannot withdraw farther; without it the "
        "target lies by itself, and the ship withdraws to a flank.",
        default=None,
        minimum=0.0,
    )
    runs_count: int = parameter(text="Runs past the target.", default=4, minimum=1, source="assumed")
    speed_mps: float = parameter(
        text="Speed of the column on a run.", default=12.0 * KNOT_MPS, minimum=1.0, source="assumed"
    )
    spacing_m: float = parameter(
        text="Least distance from ship to ship in the column.", default=1000.0 * YARD_M, minimum=500.0, source="assumed"
    )
    firing_ms: int = parameter(
        text="How long a ship may fire in a run.", default=2 * MINUTE_MS, minimum=SECOND_MS, source="assumed"
    )
    settling_ms: int = parameter(
        text="Steady on the run before the first ship fires, and after the last.",
        default=5 * MINUTE_MS,
        minimum=SECOND_MS,
        source="assumed",
    )
    setting_up_ms: int = parameter(
        text="To lay the target and clear the range, and again to recover it; longer where the laying ship needs it.",
        default=30 * MINUTE_MS,
        minimum=0,
        source="assumed",
    )
    foul_ratio: float = parameter(
        text="Chance that the range is fouled when a run begins, so that nobody fires. It counts only where the danger "
        "area is not watched: in a file with traffic or sensors, strangers decide.",
        default=0.1,
        minimum=0.0,
        maximum=1.0,
        source="assumed",
    )
    height_m: float = parameter(
        text="Height of the lowest aircraft that waits; each further one flies 300 m higher.",
        default=1000.0 * FOOT_M,
        minimum=0.0,
        source="assumed",
    )
    night: bool = parameter(text="Whether the practice may be held in the dark.", default=False, source="assumed")

    def __post_init__(self) -> None:
        """An opening needs a length, and the practice circle of guns is for guns alone.

        Raises:
            ValueError: a half-angle is given without a range, so that it would say nothing; or other than guns fire,
                and neither a range nor another radius than that of the published circle is given.
        """
        if self.half_angle_deg is not None and self.range_m is None:
            message = "half_angle opens a danger area of a given range; give range too, or leave half_angle out"
            raise ValueError(message)
        if self.fires is not Fired.GUNS and self.range_m is None and self.practice_radius_m == _PRACTICE_RADIUS_M:
            message = (
                f"the practice circle of 5 nm is published for guns, and {self.fires.value} are fired; give their range"
                f", or as practice_radius the circle that is meant for them"
            )
            raise ValueError(message)


def danger_of(given: GunneryParameters) -> DangerArea:
    """The danger area, the margins included."""
    return _bare_danger(given).widened((given.ricochet_margin_m or 0.0) + (given.seeker_margin_m or 0.0))


def _bare_danger(given: GunneryParameters) -> DangerArea:
    if given.range_m is None:
        return practice_circle(given.practice_radius_m, given.target_range_m)
    if given.half_angle_deg is None:
        return all_round(given.range_m, stretch_m(given.speed_mps, given.firing_ms))
    return slice_of_fire(given.range_m, given.half_angle_deg, stretch_m(given.speed_mps, given.firing_ms))


def provenance_of(given: GunneryParameters) -> Provenance:
    """Where the size of the danger area is from."""
    if given.range_m is None and given.practice_radius_m == _PRACTICE_RADIUS_M:
        note = "practice circle as published for coast-guard gunnery"
        source = "Japan Coast Guard, 10th Regional Headquarters, notice to mariners 252 of 2018"
        return Provenance(source=source, confidence=Confidence.REPORTED, note=note)
    return Provenance(source="exercise file", note="size given by the planner, swept along the firing stretch")
