"""Encoding: positions, times and tracks as small lists of whole numbers, for a payload that a page decodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Leg, Position, Window

__all__ = ["COAST_SCALE", "RING_SCALE", "TRACK_SCALE", "Epoch", "encode_line", "encode_ring", "encode_track"]

TRACK_SCALE = 100_000
"""Steps to a degree for tracks: about a metre."""

RING_SCALE = 100_000
"""Steps to a degree for areas."""

COAST_SCALE = 10_000
"""Steps to a degree for the coast: about eleven metres, finer than the coast itself is known."""


class Epoch:
    """The instant from which a payload counts whole seconds."""

    __slots__ = ("start_ms",)

    def __init__(self, start_ms: int) -> None:
        self.start_ms = start_ms

    def seconds(self, time_ms: int) -> int:
        """Whole seconds after the epoch, rounded."""
        return round((time_ms - self.start_ms) / SECOND_MS)

    def span(self, window: Window) -> list[int]:
        """Start and end of a window."""
        return [self.seconds(window.start_ms), self.seconds(window.end_ms)]

    def spans(self, windows: Iterable[Window]) -> list[list[int]]:
        """Starts and ends of windows."""
        return [self.span(window) for window in windows]


def encode_ring(positions: Iterable[Position], scale: int = RING_SCALE) -> list[int]:
    """The corners of a shape, as `encode_line` does."""
    corners = tuple(positions)
    return encode_line([corner.lat_deg for corner in corners], [corner.lon_deg for corner in corners], scale)


def encode_line(lats_deg: Iterable[float], lons_deg: Iterable[float], scale: int) -> list[int]:
    """Latitude and longitude by turns in steps of 1/scale degree, each pair after the first as difference.

    A corner that falls on the one before is left out.
    """
    flat: list[int] = []
    last = (0, 0)
    for lat_deg, lon_deg in zip(lats_deg, lons_deg, strict=True):
        here = (round(float(lat_deg) * scale), round(float(lon_deg) * scale))
        if flat and here == last:
            continue
        flat += (here[0] - last[0], here[1] - last[1])
        last = here
    return flat


def encode_track(legs: Sequence[Leg], epoch: Epoch) -> dict[str, object]:
    """A track as columns of differences, with heights noted where they change.

    Returns:
        `t` seconds, `lat` and `lon` in steps of 1/TRACK_SCALE degree, of equal length, each as difference from the one
        before; `h` pairs of index and height in metres that hold from that vertex on.
    """
    vertices: list[tuple[int, int, int]] = []
    heights: list[list[int]] = []
    for leg in legs:
        _add(vertices, _vertex(epoch, leg.start_ms, leg.start))
        height_m = round(leg.height_m)
        if height_m != (heights[-1][1] if heights else 0):
            heights.append([len(vertices) - 1, height_m])
        _add(vertices, _vertex(epoch, leg.end_ms, leg.end))
    columns = list(zip(*vertices, strict=True)) or [(), (), ()]
    seconds, lats, lons = (_differences(column) for column in columns)
    return {"t": seconds, "lat": lats, "lon": lons, "h": heights}


def _vertex(epoch: Epoch, time_ms: int, position: Position) -> tuple[int, int, int]:
    return epoch.seconds(time_ms), round(position.lat_deg * TRACK_SCALE), round(position.lon_deg * TRACK_SCALE)


def _add(vertices: list[tuple[int, int, int]], vertex: tuple[int, int, int]) -> None:
    """Append a vertex that differs from the last."""
    if not vertices or vertices[-1] != vertex:
        vertices.append(vertex)


def _differences(column: Sequence[int]) -> list[int]:
    return [value - before for before, value in zip((0, *column), column, strict=False)]
