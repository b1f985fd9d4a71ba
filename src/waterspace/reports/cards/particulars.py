"""What a serial asks of its units in figures to steer and to plot by: route, speed, depth, line of fire, dangers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from waterspace.domain import Sector
from waterspace.geometry.geodesic import destination
from waterspace.notation import format_bearing
from waterspace.reports.shapes import place_words, shape_words
from waterspace.reports.wording import amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from waterspace.domain import Footprint, Reservation

__all__ = ["particulars", "plot_words"]

_FOR_ALL: Final = ("course_deg", "axis_deg", "speed_mps", "depth_m", "target_depth_m")
_FOR_SHIPS: Final = ("ship_speed_mps",)
_FOR_AIRCRAFT: Final = ("aircraft_speed_mps", "flying_speed_mps", "height_m")
_ROUTES: Final = ("route", "datum")


def particulars(given: object, own: Iterable[Reservation], *, flies: bool) -> tuple[str, ...]:
    """The figures of a serial, a sentence without full stop for each matter; empty where it has none.

    Args:
        given: parameters of the serial.
        own: what the serial claims.
        flies: whether it is for an aircraft, for which other figures count than for a ship.
    """
    return (*_way(given, flies=flies), *_fire(given), *_dangers(own))


def plot_words(footprint: Footprint) -> str:
    """A footprint with what it takes to draw it: `sector of ...; corners 39-24.4N 134-13.7E, 39-24.4N 134-26.3E`."""
    text = shape_words(footprint)
    if not isinstance(footprint, Sector):
        return text
    sides = (footprint.bearing_deg - footprint.half_angle_deg, footprint.bearing_deg + footprint.half_angle_deg)
    corners = (destination(footprint.centre, side_deg, footprint.radius_m) for side_deg in sides)
    return f"{text}; corners {', '.join(map(place_words, corners))}"


def _way(given: object, *, flies: bool) -> Iterator[str]:
    for name in _ROUTES:
        if places := getattr(given, name, ()):
            yield f"{name} {', '.join(map(place_words, places))}"
    names = (*_FOR_ALL, *(_FOR_AIRCRAFT if flies else _FOR_SHIPS))
    told = [(name, value) for name in names if (value := getattr(given, name, None)) is not None]
    figures = [_figure(name, value) for name, value in told if value or name.endswith("_deg")]
    if figures:
        yield ", ".join(figures)


def _figure(name: str, value: Any) -> str:  # noqa: ANN401  # a number of a type's own parameters
    words = amount(name, value)
    return f"{words.name} {words.text}"


def _fire(given: object) -> Iterator[str]:
    """`line of fire 000, range 18.0 nm, half angle 15 degrees`."""
    if not hasattr(given, "half_angle_deg") or not hasattr(given, "bearing_deg"):
        return
    parts = [f"line of fire {format_bearing(given.bearing_deg)}"]
    if getattr(given, "range_m", None) is not None:
        parts.append(_figure("range_m", given.range_m))  # type: ignore[attr-defined]
    if given.half_angle_deg is not None:
        parts.append(f"half angle {given.half_angle_deg:g} degrees")
    yield ", ".join(parts)


def _dangers(own: Iterable[Reservation]) -> Iterator[str]:
    for claim in own:
        if claim.hazard.endangers_shipping:
            yield f"danger area: {plot_words(claim.footprint)}"
