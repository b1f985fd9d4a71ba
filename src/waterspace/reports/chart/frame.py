"""Frame: the rectangle of a chart on the page, and the way between pixels and degrees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.shores.shoreline import Bounds
from waterspace.errors import GeometryError
from waterspace.geometry.geodesic import distances_m
from waterspace.reports.chart.plane import Plane, PolarStereographic, near_meridian, plane_for

if TYPE_CHECKING:
    from waterspace.domain import Position
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Frame", "Line", "fitted"]

Line = tuple["FloatArray", "FloatArray"]
"""Latitudes and longitudes in degrees, or abscissae and ordinates in pixels, each of shape (n,)."""

_TALLEST_RATIO = 1.15
_FLATTEST_RATIO = 0.5
_LEAST_DEG = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where the chart lies on the page.

    Attributes:
        left: of the inner neat line, in pixels from the left of the page.
        top: in pixels from the top of the page.
        scale: pixels for a unit of the projection.
        bounds: a box in degrees that holds everything in the frame.
        holds_pole: whether a pole lies inside.
    """

    plane: Plane
    left: float
    top: float
    width: float
    height: float
    scale: float
    origin_x: float
    origin_y: float
    bounds: Bounds
    holds_pole: bool

    def pixels(self, lat: FloatArray, lon: FloatArray) -> Line:
        """Where a line of positions lies on the page, in one piece."""
        x, y = self.plane.project(np.asarray(lat), near_meridian(lon, self.plane.middle_lon_deg))
        return self.left + (x - self.origin_x) * self.scale, self.top + (self.origin_y - y) * self.scale

    def pixel(self, position: Position) -> tuple[float, float]:
        """Where a position lies on the page."""
        x, y = self.pixels(np.array([position.lat_deg]), np.array([position.lon_deg]))
        return float(x[0]), float(y[0])

    def degrees(self, x: FloatArray, y: FloatArray) -> Line:
        """Latitudes and longitudes of pixels, longitudes within half a turn of the middle meridian."""
        return self.plane.unproject(
            self.origin_x + (x - self.left) / self.scale, self.origin_y - (y - self.top) / self.scale
        )

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a pixel lies inside, a margin away from the neat line."""
        return (
            self.left + margin <= x <= self.left + self.width - margin
            and self.top + margin <= y <= self.top + self.height - margin
        )

    def metres_in_pixel(self) -> float:
        """Length of a pixel in the middle of the frame."""
        x, y = self.left + self.width / 2.0, self.top + self.height / 2.0
        lat, lon = self.degrees(np.array([x - 5.0, x + 5.0]), np.array([y, y]))
        return float(distances_m(lat[0], lon[0], lat[1], lon[1])) / 10.0


def fitted(bounds: Bounds, left: float, top: float, width: float) -> Frame:
    """A frame around a box, no taller than a page and no flatter than half its width; it shows more where it must.

    Raises:
        GeometryError: a box that is empty, turned over, wider than the earth, or not made of numbers.
    """
    south, west, north, east = _checked(bounds)
    plane = plane_for(south, west, north, east)
    edge = np.linspace(0.0, 1.0, 73)
    lat = np.concatenate((np.full(73, south), np.full(73, north), south + edge * (north - south)))
    lons = (west + edge * (east - west), west + edge * (east - west), np.full(73, west))
    x, y = plane.project(np.append(lat, lat[-73:]), np.append(np.concatenate(lons), np.full(73, east)))
    span_x, span_y = float(np.ptp(x)), float(np.ptp(y))
    middle_x, middle_y = float(x.min()) + span_x / 2.0, float(y.min()) + span_y / 2.0
    span_x = max(span_x, span_y / _TALLEST_RATIO)
    span_y = max(span_y, span_x * _FLATTEST_RATIO)
    scale = width / span_x
    height = float(np.ceil(span_y * scale - 1e-6))
    frame = Frame(
        plane=plane,
        left=left,
        top=top,
        width=width,
        height=height,
        scale=scale,
        origin_x=middle_x - span_x / 2.0,
        origin_y=middle_y + height / scale / 2.0,
        bounds=bounds,
        holds_pole=False,
    )
    return _with_bounds(frame)


def _checked(bounds: Bounds) -> Bounds:
    south, west, north, east = (float(value) for value in bounds)
    numbers = all(np.isfinite(value) for value in (south, west, north, east))
    if not numbers or not -90.0 <= south < north <= 90.0 or not west < east <= west + 360.0:
        raise GeometryError(
            f"the box {tuple(bounds)} cannot be drawn: expected south, west, north, east in degrees with south below "
            "north and east above west, at most 360 degrees wide (across 180 degrees east runs on: 170 to 190)"
        )
    wider, taller = max(0.0, _LEAST_DEG - (east - west)) / 2.0, max(0.0, _LEAST_DEG - (north - south)) / 2.0
    return Bounds(max(south - taller, -90.0), west - wider, min(north + taller, 90.0), east + wider)


def _with_bounds(frame: Frame) -> Frame:
    """The frame, with the box of degrees that it really shows."""
    steps = np.linspace(0.0, 1.0, 181)
    x = frame.left + frame.width * np.concatenate((steps, steps, np.zeros(181), np.ones(181)))
    y = frame.top + frame.height * np.concatenate((np.zeros(181), np.ones(181), steps, steps))
    lat, lon = frame.degrees(x, y)
    if isinstance(frame.plane, PolarStereographic):
        up, right = (frame.origin_y - 0.0) * frame.scale, (0.0 - frame.origin_x) * frame.scale
        if 0.0 <= right <= frame.width and 0.0 <= up <= frame.height:
            west = frame.plane.middle_lon_deg - 180.0
            reach = Bounds(float(lat.min()), west, 90.0, west + 360.0)
            if float(lat.mean()) < 0.0:
                reach = Bounds(-90.0, west, float(lat.max()), west + 360.0)
            return replace(frame, bounds=reach, holds_pole=True)
    return replace(
        frame,
        bounds=Bounds(float(max(lat.min(), -90.0)), float(lon.min()), float(min(lat.max(), 90.0)), float(lon.max())),
    )
