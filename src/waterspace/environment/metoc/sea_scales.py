"""Scales of wind, sea, swell and visibility, from a number to a code and back.

Sources: Beaufort scale, WMO Manual on Codes (WMO-No. 306) volume I.1, code table 1100, with the probable heights of the
waves in the open sea from the Manual on Marine Meteorological Services (WMO-No. 558). State of the sea (Douglas sea
scale), code table 3700. Swell (Douglas swell scale), Met Office, Fact sheet 6, The Beaufort Scale, and WMO-No. 9
volume D: low below 2 m, moderate to 4 m, heavy above; short below 100 m, average to 200 m, long above. Horizontal
visibility at the surface, code table 4300, with the names of the international visibility scale.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from waterspace.errors import GeometryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "BEAUFORT",
    "DOUGLAS",
    "SWELL",
    "UNKNOWN",
    "VISIBILITY",
    "Force",
    "SeaState",
    "Swell",
    "VisibilityCode",
    "beaufort",
    "beauforts",
    "douglas",
    "douglas_states",
    "swell",
    "swell_length_m",
    "visibilities",
    "visibility",
]

UNKNOWN: Final = -1
"""The code that arrays have where the value is NaN."""

_ROUNDING = 1e-9
_GRAVITY_MPS2 = 9.80665


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """One force of the Beaufort scale.

    Attributes:
        from_mps: least mean wind at 10 m.
        to_mps: the least wind of the next force; infinite for the last.
        wave_m: probable significant height of the waves in the open sea, remote from land.
        highest_wave_m: probable highest; None where the table gives none.
    """

    number: int
    name: str
    from_mps: float
    to_mps: float
    wave_m: float
    highest_wave_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaState:
    """One state of the Douglas sea scale.

    Attributes:
        over_m: the significant height is above this (or 0).
        to_m: and up to this, included; infinite for the last.
    """

    number: int
    name: str
    over_m: float
    to_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Swell:
    """One degree of the Douglas swell scale."""

    number: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibilityCode:
    """One code of visibility.

    Attributes:
        from_m: least visibility.
        to_m: the least of the next code; infinite for the last.
    """

    number: int
    name: str
    from_m: float
    to_m: float


_FORCES: Sequence[tuple[str, float, float, float | None]] = (
    ("calm", 0.0, 0.0, None),
    ("light air", 0.3, 0.1, 0.1),
    ("light breeze", 1.6, 0.2, 0.3),
    ("gentle breeze", 3.4, 0.6, 1.0),
    ("moderate breeze", 5.5, 1.0, 1.5),
    ("fresh breeze", 8.0, 2.0, 2.5),
    ("strong breeze", 10.8, 3.0, 4.0),
    ("near gale", 13.9, 4.0, 5.5),
    ("gale", 17.2, 5.5, 7.5),
    ("strong gale", 20.8, 7.0, 10.0),
    ("storm", 24.5, 9.0, 12.5),
    ("violent storm", 28.5, 11.5, 16.0),
    ("hurricane", 32.7, 14.0, None),
)
_STATES: Sequence[tuple[str, float]] = (
    ("calm (glassy)", 0.0),
    ("calm (rippled)", 0.1),
    ("smooth", 0.5),
    ("slight", 1.25),
    ("moderate", 2.5),
    ("rough", 4.0),
    ("very rough", 6.0),
    ("high", 9.0),
    ("very high", 14.0),
    ("phenomenal", math.inf),
)
_SWELLS: Sequence[str] = (
    "no swell",
    "low, short or average",
    "low, long",
    "moderate, short",
    "moderate, average",
    "moderate, long",
    "heavy, short",
    "heavy, average",
    "heavy, long",
    "confused",
)
_VISIBILITIES: Sequence[tuple[str, float]] = (
    ("dense fog", 0.0),
    ("thick fog", 50.0),
    ("moderate fog", 200.0),
    ("light fog", 500.0),
    ("thin fog", 1000.0),
    ("haze", 2000.0),
    ("light haze", 4000.0),
    ("clear", 10_000.0),
    ("very clear", 20_000.0),
    ("exceptionally clear", 50_000.0),
)

BEAUFORT: Final = tuple(
    Force(
        number=number,
        name=name,
        from_mps=from_mps,
        to_mps=_FORCES[number + 1][1] if number + 1 < len(_FORCES) else math.inf,
        wave_m=wave_m,
        highest_wave_m=highest_wave_m,
    )
    for number, (name, from_mps, wave_m, highest_wave_m) in enumerate(_FORCES)
)
"""Forces 0 to 12, each at its number."""

DOUGLAS: Final = tuple(
    SeaState(number=number, name=name, over_m=_STATES[max(number - 1, 0)][1], to_m=to_m)
    for number, (name, to_m) in enumerate(_STATES)
)
"""States of the sea 0 to 9, each at its number."""

SWELL: Final = tuple(Swell(number=number, name=name) for number, name in enumerate(_SWELLS))
"""Degrees of swell 0 to 9, each at its number; 9 is given by an observer, not by a height."""

VISIBILITY: Final = tuple(
    VisibilityCode(
        number=number,
        name=name,
        from_m=from_m,
        to_m=_VISIBILITIES[number + 1][1] if number + 1 < len(_VISIBILITIES) else math.inf,
    )
    for number, (name, from_m) in enumerate(_VISIBILITIES)
)
"""Codes of visibility 0 to 9, each at its number."""


def beaufort(wind_mps: float) -> int:
    """The Beaufort force of a mean wind at 10 m.

    The column of metres a second decides; between two printed values (7.9 and 8.0) the lower force holds. The column of
    knots does not agree with it everywhere: 16 kn are 8.2 m/s, force 4 by one and 5 by the other.

    Raises:
        GeometryError: the wind is negative or not a number.
    """
    return int(beauforts(_measured(wind_mps, "wind", "m/s")))


def beauforts(wind_mps: ArrayLike) -> NDArray[np.int8]:
    """As `beaufort`, of many; `UNKNOWN` for NaN."""
    return _codes(wind_mps, [force.from_mps for force in BEAUFORT[1:]], "right")


def douglas(significant_wave_m: float) -> int:
    """The state of the sea for a significant height of waves; a bounding height has the lower number, as WMO rules.

    Raises:
        GeometryError: the height is negative or not a number.
    """
    return int(douglas_states(_measured(significant_wave_m, "height of waves", "m")))


def douglas_states(significant_wave_m: ArrayLike) -> NDArray[np.int8]:
    """As `douglas`, of many; `UNKNOWN` for NaN."""
    return _codes(significant_wave_m, [state.to_m for state in DOUGLAS[:-1]], "left")


def swell(height_m: float, length_m: float) -> int:
    """The degree of swell, 0 to 8.

    Args:
        height_m: significant height; 0 is no swell.
        length_m: from crest to crest; see `swell_length_m`.

    Raises:
        GeometryError: one of them is negative or not a number.
    """
    height, length = _measured(height_m, "height of swell", "m"), _measured(length_m, "length of swell", "m")
    long_by = int(length >= 100.0) + int(length > 200.0)
    if height == 0.0:
        return 0
    if height < 2.0:
        return 2 if long_by == 2 else 1
    return (3 if height <= 4.0 else 6) + long_by


def swell_length_m(period_s: float) -> float:
    """Length of a swell in deep water from its period.

    Source: linear theory of waves, g T² / 2π.

    Raises:
        GeometryError: the period is negative or not a number.
    """
    return _GRAVITY_MPS2 * _measured(period_s, "period", "s") ** 2 / (2.0 * math.pi)


def visibility(distance_m: float) -> int:
    """The code of a visibility, 0 to 9; a bounding distance has the higher number.

    Raises:
        GeometryError: the distance is negative or not a number.
    """
    return int(visibilities(_measured(distance_m, "visibility", "m")))


def visibilities(distance_m: ArrayLike) -> NDArray[np.int8]:
    """As `visibility`, of many; `UNKNOWN` for NaN."""
    return _codes(distance_m, [code.from_m for code in VISIBILITY[1:]], "right")


def _codes(values: ArrayLike, bounds: Sequence[float], side: str) -> NDArray[np.int8]:
    """How many bounds lie below each value; a value on a bound is above it for `right` and below it for `left`."""
    array = np.asarray(values, dtype=np.float64)
    edges = np.asarray(bounds, dtype=np.float64)
    nudged = edges * (1.0 - _ROUNDING if side == "right" else 1.0 + _ROUNDING)
    codes = np.searchsorted(nudged, array, side="right" if side == "right" else "left")
    return np.where(np.isnan(array), UNKNOWN, codes).astype(np.int8)


def _measured(value: float, title: str, unit: str) -> float:
    if not value >= 0.0:
        raise GeometryError(f"found a {title} of {value} {unit}; give 0 or more")
    return value
