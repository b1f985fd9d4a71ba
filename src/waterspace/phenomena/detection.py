"""When a searcher detects what passes: chance gathers along the relative track, and one drawn number picks the instant.

Koopman's potential of detection adds up along the track; the chance to have detected so far is 1 - exp(-potential).
The instant is where the potential reaches -log(1 - draw). On a straight run each law gives it in closed form, so it is
exact for relative motion in straight pieces, and a kernel can put it on its calendar.

Source: B. O. Koopman, Search and Screening, OEG Report 56, 1946, chapters 2 and 3: instantaneous probability of
detection, potential, definite range, inverse cube law, random search.
Limits: glimpses are independent; range is along the surface; the laws know no clutter, light, weather or attention but
what is put into the sweep width and the limit of range.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from waterspace.errors import ModelError
from waterspace.phenomena.draws import above_zero, as_draw
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.phenomena.relative_motion import RelativeLeg

__all__ = [
    "DefiniteRange",
    "InverseCube",
    "Law",
    "RandomSearch",
    "SteadyLook",
    "detected_ratio",
    "detection_ms",
    "piecewise_detection_ms",
]


class Law(Protocol):
    """How chance gathers on one straight relative run."""

    def potential_ratio(self, leg: RelativeLeg) -> float:
        """What the whole run adds to the potential; infinite where it detects for certain."""

    def elapsed_s(self, leg: RelativeLeg, wanted_ratio: float) -> float:
        """After how long the run has added so much, given that it adds as much in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefiniteRange:
    """Everything that comes within the range is detected at once, and nothing beyond it.

    Attributes:
        range_m: above 0; the sweep width is twice this.
    """

    range_m: float

    def __post_init__(self) -> None:
        """Refuse a range that is not above 0."""
        above_zero(range_m=self.range_m)

    def potential_ratio(self, leg: RelativeLeg) -> float:
        """Infinite where the run comes within the range, else 0."""
        return 0.0 if leg.within_s(self.range_m) is None else math.inf

    def elapsed_s(self, leg: RelativeLeg, wanted_ratio: float) -> float:  # noqa: ARG002  # whatever the draw was
        """When the run comes within the range."""
        inside = leg.within_s(self.range_m)
        assert inside is not None, "asked only where the potential is infinite"
        return inside[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class InverseCube:
    """The chance in each instant falls with the cube of range, as for an eye that looks down on a wake.

    A sweep width holds at one relative speed: the rate in time is what does not depend on it, so that the same lookout
    sweeps a width that falls with the square root of the speed.

    Attributes:
        sweep_width_m: at the relative speed `at_mps`, above 0.
        at_mps: above 0.
        limit_m: beyond this range nothing is seen, such as the horizon; infinite for no limit.
    """

    sweep_width_m: float
    at_mps: float
    limit_m: float = math.inf

    def __post_init__(self) -> None:
        """Refuse what is not above 0."""
        above_zero(sweep_width_m=self.sweep_width_m, at_mps=self.at_mps)
        if not self.limit_m > 0.0:
            raise ModelError(f"limit_m is {self.limit_m}; expected a range above 0, or infinity for none")

    def width_m(self, speed_mps: float) -> float:
        """Sweep width at another relative speed, the limit of range left out.

        Raises:
            ModelError: the speed is not above 0.
        """
        above_zero(speed_mps=speed_mps)
        return self.sweep_width_m * math.sqrt(self.at_mps / speed_mps)

    def potential_ratio(self, leg: RelativeLeg) -> float:
        """The rate of detection, gathered over the run."""
        inside = leg.within_s(self.limit_m)
        if inside is None or inside[1] <= inside[0]:
            return 0.0
        speed_mps, along_m = leg.speed_mps, leg.along_m
        if leg.stands:
            cube = leg.range_m**3
            return self._strength * (inside[1] - inside[0]) / cube if cube > 0.0 else math.inf
        ends_m = along_m + speed_mps * inside[0], along_m + speed_mps * inside[1]
        return self._strength / speed_mps * _gathered(leg.lateral_m, *ends_m)

    def elapsed_s(self, leg: RelativeLeg, wanted_ratio: float) -> float:
        """When the run has gathered so much, in closed form."""
        inside = leg.within_s(self.limit_m)
        assert inside is not None, "asked only where there is some potential"
        speed_mps = leg.speed_mps
        if leg.stands:
            return inside[0] + wanted_ratio * leg.range_m**3 / self._strength
        from_m = leg.along_m + speed_mps * inside[0]
        to_m = _reached_m(leg.lateral_m, from_m, wanted_ratio * speed_mps / self._strength)
        return min(inside[1], inside[0] + max(0.0, to_m - from_m) / speed_mps)

    @property
    def _strength(self) -> float:
        """The rate of detection times the cube of range: w W² / 8π, in cubic metres a second."""
        return self.at_mps * self.sweep_width_m**2 / (8.0 * math.pi)


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomSearch:
    """The searcher's track lies at random in an area that holds the object: chance gathers with the area swept.

    Where the two are does not matter, only how fast the searcher moves against the object.

    Attributes:
        sweep_width_m: above 0.
        area_m2: above 0.
    """

    sweep_width_m: float
    area_m2: float

    def __post_init__(self) -> None:
        """Refuse what is not above 0."""
        above_zero(sweep_width_m=self.sweep_width_m, area_m2=self.area_m2)

    def potential_ratio(self, leg: RelativeLeg) -> float:
        """Coverage of the run."""
        return self.sweep_width_m * leg.speed_mps * leg.duration_s / self.area_m2

    def elapsed_s(self, leg: RelativeLeg, wanted_ratio: float) -> float:
        """When the run has covered so much."""
        return wanted_ratio * self.area_m2 / (self.sweep_width_m * leg.speed_mps) if wanted_ratio > 0.0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SteadyLook:
    """Whoever is within a range is noticed at a constant rate, as by one who looks again and again.

    Koopman's continuous looking with an instantaneous probability that does not depend on range. Unlike a definite
    range it leaves room for attention: somebody may come and go unseen.

    Attributes:
        limit_m: beyond this range nothing is noticed, such as the horizon; above 0.
        mean_s: mean time within range until it is noticed, above 0.
    """

    limit_m: float
    mean_s: float

    def __post_init__(self) -> None:
        """Refuse what is not above 0."""
        above_zero(limit_m=self.limit_m, mean_s=self.mean_s)

    def potential_ratio(self, leg: RelativeLeg) -> float:
        """Time within range, in mean times."""
        inside = leg.within_s(self.limit_m)
        return 0.0 if inside is None else (inside[1] - inside[0]) / self.mean_s

    def elapsed_s(self, leg: RelativeLeg, wanted_ratio: float) -> float:
        """When so much time within range has passed."""
        inside = leg.within_s(self.limit_m)
        assert inside is not None, "asked only where there is some potential"
        return min(inside[1], inside[0] + wanted_ratio * self.mean_s)


def detected_ratio(law: Law, legs: Iterable[RelativeLeg]) -> float:
    """Chance to have detected by the end of a relative track."""
    return -math.expm1(-math.fsum(law.potential_ratio(leg) for leg in legs))


def detection_ms(law: Law, legs: Iterable[RelativeLeg], draw_ratio: float) -> int | None:
    """The instant of detection for one drawn number, rounded up to the millisecond; None for never.

    The same draw with more chance never gives a later instant, so runs that differ in a sweep width stay comparable.

    Args:
        law: of detection.
        legs: in order of time; no more of them is read than is needed.
        draw_ratio: from 0 to below 1.

    Raises:
        ModelError: the draw is out of its bounds.
    """
    return piecewise_detection_ms(((law, leg) for leg in legs), draw_ratio)


def piecewise_detection_ms(pieces: Iterable[tuple[Law, RelativeLeg]], draw_ratio: float) -> int | None:
    """The same where the law changes on the way, as when the weather closes in or an aircraft climbs.

    Args:
        pieces: law and run of each piece, in order of time; no more of them is read than is needed.
        draw_ratio: from 0 to below 1.

    Raises:
        ModelError: the draw is out of its bounds.
    """
    wanted_ratio = -math.log1p(-as_draw(draw_ratio))
    for law, leg in pieces:
        potential_ratio = law.potential_ratio(leg)
        if potential_ratio > 0.0 and potential_ratio >= wanted_ratio:
            elapsed_ms = math.ceil(law.elapsed_s(leg, wanted_ratio) * SECOND_MS - _ROUNDING_MS)
            return min(leg.end_ms, leg.start_ms + elapsed_ms)
        wanted_ratio -= potential_ratio
    return None


_ROUNDING_MS = 1e-6
"""An instant that is whole but for rounding is not put off to the next millisecond."""


def _tail(lateral_m: float, beyond_m: float) -> float:
    """What a line gathers beyond a point after its closest one: the integral of 1 / r³, without loss of digits."""
    range_m = math.hypot(lateral_m, beyond_m)
    product = range_m * (range_m + beyond_m)
    return 1.0 / product if product > 0.0 else math.inf


def _gathered(lateral_m: float, from_m: float, to_m: float) -> float:
    """The integral of 1 / r³ along a line past the origin, between two points told from its closest one."""
    if from_m >= 0.0:
        return _between(_tail(lateral_m, from_m), _tail(lateral_m, to_m))
    if to_m <= 0.0:
        return _between(_tail(lateral_m, -to_m), _tail(lateral_m, -from_m))
    square = lateral_m * lateral_m
    whole = 2.0 / square if square > 0.0 else math.inf
    return _between(whole, _tail(lateral_m, -from_m) + _tail(lateral_m, to_m))


def _between(more: float, less: float) -> float:
    """A difference that stays infinite where what it starts from is."""
    return math.inf if math.isinf(more) else more - less


def _reached_m(lateral_m: float, from_m: float, wanted: float) -> float:
    """How far along the line so much has been gathered since a point, told from the closest one."""
    square = lateral_m * lateral_m
    if from_m < 0.0:
        before = _tail(lateral_m, -from_m) + wanted
        if square == 0.0 or before * square <= 1.0:
            return -_where_m(square, before)
        left = 2.0 / square - before
    else:
        left = _tail(lateral_m, from_m) - wanted
    return _where_m(square, left) if left > 0.0 else math.inf


def _where_m(square: float, tail: float) -> float:
    """How far beyond the closest point the rest of a line gathers a given amount; the inverse of `_tail`."""
    if math.isinf(tail):
        return 0.0
    part = tail * square
    return (1.0 - part) / math.sqrt(tail * (2.0 - part))
