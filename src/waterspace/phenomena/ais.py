"""When a ship's AIS reports, and whether a report is heard.

The instants are the nominal ones of autonomous mode: a report comes one interval after the last, and an interval that
grows shorter brings the next report forward. The slots into which stations arrange themselves, the longer intervals of
crowded water and the orders of a base station are not modelled.

Source: Recommendation ITU-R M.1371-5 (02/2014), annex 1, table 1 (class A reporting intervals) and table 2 (other
equipment). Assumed: each report is heard or lost independently of the others, with a chance that is constant near and
falls in a straight line to nothing at the radio horizon.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.geometry.legs import speed_mps as speed_of
from waterspace.phenomena.draws import above_zero, as_draw, as_ratio, from_zero
from waterspace.phenomena.horizon import radio_range_m
from waterspace.quantity import KNOT_MPS, MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from waterspace.domain import Leg

__all__ = ["Equipment", "Reception", "Status", "first_heard_ms", "heard_ratio", "interval_ms", "reports_ms"]


class Equipment(StrEnum):
    """What sends."""

    CLASS_A = "class A"
    CLASS_B_SELF_ORGANISED = "class B SO"
    CLASS_B_CARRIER_SENSE = "class B CS"
    RESCUE_AIRCRAFT = "search and rescue aircraft"


class Status(StrEnum):
    """What a ship does, as far as its reporting interval asks."""

    UNDER_WAY = "under way"
    CHANGING_COURSE = "changing course"
    MOORED = "at anchor or moored"


_SLOW_MS = 3 * MINUTE_MS

_CLASS_A_MOORED = ((3.0, _SLOW_MS), (float("inf"), 10 * SECOND_MS))
_STEPS: dict[tuple[Equipment, Status], tuple[tuple[float, int], ...]] = {
    (Equipment.CLASS_A, Status.UNDER_WAY): (
        (14.0, 10 * SECOND_MS),
        (23.0, 6 * SECOND_MS),
        (float("inf"), 2 * SECOND_MS),
    ),
    (Equipment.CLASS_A, Status.CHANGING_COURSE): ((14.0, 10 * SECOND_MS // 3), (float("inf"), 2 * SECOND_MS)),
    (Equipment.CLASS_A, Status.MOORED): _CLASS_A_MOORED,
}
_OTHERS: dict[Equipment, tuple[tuple[float, int], ...]] = {
    Equipment.CLASS_B_SELF_ORGANISED: (
        (2.0, _SLOW_MS),
        (14.0, 30 * SECOND_MS),
        (23.0, 15 * SECOND_MS),
        (float("inf"), 5 * SECOND_MS),
    ),
    Equipment.CLASS_B_CARRIER_SENSE: ((2.0, _SLOW_MS), (float("inf"), 30 * SECOND_MS)),
    Equipment.RESCUE_AIRCRAFT: ((float("inf"), 10 * SECOND_MS),),
}
_ROUNDING = 1e-9


def interval_ms(equipment: Equipment, speed_mps: float, status: Status = Status.UNDER_WAY) -> int:
    """Nominal time between reports of position; a speed on a bound of the table has the longer interval.

    Args:
        equipment: only class A looks at the status.
        speed_mps: over the ground, 0 or more.
        status: what the ship does.

    Raises:
        ModelError: the speed is negative or not finite.
    """
    from_zero(speed_mps=speed_mps)
    steps = _STEPS[equipment, status] if equipment is Equipment.CLASS_A else _OTHERS[equipment]
    return next(lasts_ms for bound_kn, lasts_ms in steps if speed_mps <= bound_kn * KNOT_MPS * (1.0 + _ROUNDING))


def reports_ms(legs: Sequence[Leg], equipment: Equipment, draw_ratio: float) -> Iterator[int]:
    """The instants at which a ship reports along its track, in order, from one drawn number.

    A wait counts as being at anchor or moored, a run as keeping the course.

    Args:
        legs: in order of time, one after the other.
        equipment: what sends.
        draw_ratio: from 0 to below 1; how much of the first interval has passed without a report at the start.

    Raises:
        ModelError: the draw is out of its bounds.
    """
    as_draw(draw_ratio)
    last_ms: int | None = None
    for leg in legs:
        status = Status.MOORED if leg.is_wait else Status.UNDER_WAY
        every_ms = interval_ms(equipment, speed_of(leg), status)
        if last_ms is None:
            last_ms = leg.start_ms - round(draw_ratio * every_ms)
        while (next_ms := max(leg.start_ms, last_ms + every_ms)) < leg.end_ms:
            yield next_ms
            last_ms = next_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """How likely one report is to be heard at a range.

    Attributes:
        horizon_m: range from which on nothing is heard, above 0.
        sure_m: up to this range the chance is best; from 0 to `horizon_m`.
        best_ratio: that chance.
    """

    horizon_m: float
    sure_m: float
    best_ratio: float

    def __post_init__(self) -> None:
        """Refuse bounds that are out of order."""
        above_zero(horizon_m=self.horizon_m)
        as_ratio("sure_m as part of horizon_m", self.sure_m / self.horizon_m)
        as_ratio("best_ratio", self.best_ratio)

    @classmethod
    def between(cls, antenna_m: float, other_m: float) -> Reception:
        """That of two antennas by their heights: 95 in 100 within half the horizon, both assumed.

        Raises:
            ModelError: both antennas are at the surface, or one is below it.
        """
        horizon_m = radio_range_m(antenna_m, other_m)
        return cls(horizon_m=horizon_m, sure_m=horizon_m / 2.0, best_ratio=0.95)

    def report_ratio(self, range_m: float) -> float:
        """Chance that one report is heard at a range of 0 or more."""
        if range_m >= self.horizon_m:
            return 0.0
        if range_m <= self.sure_m:
            return self.best_ratio
        return self.best_ratio * min(1.0, (self.horizon_m - range_m) / (self.horizon_m - self.sure_m))


def heard_ratio(reception: Reception, ranges_m: Iterable[float]) -> float:
    """Chance that at least one of several reports is heard."""
    missed = 1.0
    for range_m in ranges_m:
        missed *= 1.0 - reception.report_ratio(range_m)
    return 1.0 - missed


def first_heard_ms(reception: Reception, reports: Iterable[tuple[int, float]], draw_ratio: float) -> int | None:
    """The instant of the first report that is heard, for one drawn number; None for never.

    Args:
        reception: of the two stations.
        reports: instant and range of each, in order of time; no more of them are read than are needed.
        draw_ratio: from 0 to below 1.

    Raises:
        ModelError: the draw is out of its bounds.
    """
    left, missed = 1.0 - as_draw(draw_ratio), 1.0
    for time_ms, range_m in reports:
        missed *= 1.0 - reception.report_ratio(range_m)
        if missed < left:
            return time_ms
    return None
