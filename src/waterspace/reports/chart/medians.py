"""Medians: lines at sea that are as far from one state's coast as from another's, between their computed zones."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from waterspace.environment.limits import zones
from waterspace.environment.shores import coast
from waterspace.environment.shores.contours import zero_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from waterspace.geometry.geodesic import FloatArray
    from waterspace.reports.chart.frame import Frame, Line

__all__ = ["medians"]

_STEP = 4.0
"""Distance in pixels between the points whose state is asked for."""

_SMOOTHINGS = 2
_LEAST_POINTS = 4


def medians(frame: Frame) -> list[Line]:
    """Lines in pixels between the zones of neighbouring states, right to two or three pixels.

    Between two states alone: where the sea beyond is nobody's, or unknown, there is none.
    """
    x = np.arange(frame.left - _STEP, frame.left + frame.width + 2.0 * _STEP, _STEP)
    y = np.arange(frame.top - _STEP, frame.top + frame.height + 2.0 * _STEP, _STEP)
    lat, lon = frame.degrees(*(values.ravel() for values in np.meshgrid(x, y)))
    states = np.array(_states(lat.tobytes(), lon.tobytes())).reshape(y.size, x.size)
    lines = []
    for row, column in _between(states):
        on_page = x[0] + column * _STEP, y[0] + row * _STEP
        at_sea = ~coast.load().on_land(*frame.degrees(*on_page))
        lines += [(on_page[0][part], on_page[1][part]) for part in _runs(at_sea)]
    return lines


@functools.lru_cache(maxsize=2)
def _states(lat: bytes, lon: bytes) -> tuple[str, ...]:
    """The state of each point; kept, because a chart in a second style asks for the same."""
    _, states = zones.load().classify(np.frombuffer(lat), np.frombuffer(lon))
    return tuple(states.tolist())


def _between(states: NDArray[np.str_]) -> Iterator[Line]:
    """Lines of rows and columns where the shares of two states around a point are equal and nobody's is larger."""
    names = sorted(set(states.ravel().tolist()))
    shares = {name: _smoothed(states == name) for name in names}
    for index, name in enumerate(names):
        others = [other for other in names if other != name]
        if not name or len(others) < 1:
            continue
        strongest = np.argmax([shares[other] for other in others], axis=0)
        rest = np.max([shares[other] for other in others], axis=0)
        for row, column in zero_lines(shares[name] - rest):
            near = strongest[np.rint(row).astype(np.int64), np.rint(column).astype(np.int64)]
            is_later = np.array([names.index(others[number]) > index for number in near.tolist()])
            for part in _runs(is_later):
                yield row[part], column[part]


def _smoothed(mask: NDArray[np.bool_]) -> FloatArray:
    """The share of a mask around each point: steps become slopes."""
    share = mask.astype(np.float64)
    for _ in range(_SMOOTHINGS):
        rows = np.pad(share, ((1, 1), (0, 0)), mode="edge")
        share = (rows[:-2] + rows[1:-1] + rows[2:]) / 3.0
        columns = np.pad(share, ((0, 0), (1, 1)), mode="edge")
        share = (columns[:, :-2] + columns[:, 1:-1] + columns[:, 2:]) / 3.0
    return share


def _runs(kept: NDArray[np.bool_]) -> list[slice]:
    """Stretches of a line that are kept, those of a few points left out."""
    ends = np.flatnonzero(np.diff(np.concatenate(([False], kept, [False])).astype(np.int8))).tolist()
    return [
        slice(first, last) for first, last in zip(ends[::2], ends[1::2], strict=True) if last - first >= _LEAST_POINTS
    ]
