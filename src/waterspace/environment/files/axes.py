"""Axes of a grid in latitude and longitude, and which row or column a place falls in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Axis", "latitudes", "longitudes"]

_TURN_DEG = 360.0
_EVEN_PART = 1e-3
_EDGE_PART = 1e-6


@dataclass(frozen=True, slots=True)
class Axis:
    """Where the rows or the columns of a grid stand.

    Attributes:
        nodes: degrees, shape (n,), n at least 1, in rising or in falling order, at even or uneven steps. Longitudes
            run on beyond 180 or 360 where the grid does.
        is_round: whether the last column is followed by the first.
        overhang_ratio: how far the outermost cells reach beyond the outermost nodes, in steps: 0.5 where each value
            stands for a cell around its node, 0 where values stand at the nodes.
    """

    nodes: FloatArray = field(repr=False)
    is_round: bool = False
    overhang_ratio: float = 0.0

    @property
    def step_deg(self) -> float:
        """The longest step between neighbours; 0 for a single node."""
        return float(np.max(np.abs(np.diff(self.nodes)))) if self.nodes.size > 1 else 0.0

    def places(self, degrees: FloatArray) -> FloatArray:
        """Rows or columns as fractions, from 0 to n - 1, or to below n on a round axis; NaN off the axis.

        Args:
            degrees: shape (m,); for longitudes count any turn.
        """
        nodes, last = self.nodes, self.nodes.size - 1
        if last == 0:
            return np.where(np.abs(degrees - nodes[0]) <= _EDGE_PART, 0.0, np.nan)
        step = (nodes[-1] - nodes[0]) / last
        if np.max(np.abs(np.diff(nodes) - step)) <= _EVEN_PART * abs(step):
            place = (degrees - nodes[0]) / step
        else:
            order = np.argsort(nodes)
            place = np.interp(degrees, nodes[order], order.astype(np.float64), left=np.nan, right=np.nan)
        if self.is_round:
            around: FloatArray = place if step > 0.0 else place % nodes.size
            return around
        slack = self.overhang_ratio + _EDGE_PART
        return np.where((place >= -slack) & (place <= last + slack), np.clip(place, 0.0, last), np.nan)

    def turned(self, degrees: FloatArray) -> FloatArray:
        """Longitudes counted in the turn of this axis; those east of it stay above it."""
        west = float(np.min(self.nodes)) - self.overhang_ratio * self.step_deg - _EDGE_PART
        if degrees.size and np.min(degrees) >= west and np.max(degrees) < west + _TURN_DEG:
            return degrees
        turned: FloatArray = west + (degrees - west) % _TURN_DEG
        return turned


def latitudes(nodes: FloatArray, *, overhang_ratio: float = 0.0) -> Axis:
    """Rows of a grid."""
    return Axis(nodes, overhang_ratio=overhang_ratio)


def longitudes(nodes: FloatArray, *, overhang_ratio: float = 0.0) -> Axis:
    """Columns of a grid; one that goes round the world has no end.

    Longitudes that jump back by a turn, as from 359 to 0, are counted on.
    """
    jumps = np.diff(nodes)
    turned = nodes.copy()
    turned[1:] += np.cumsum(np.where(jumps < -_TURN_DEG / 2, _TURN_DEG, np.where(jumps > _TURN_DEG / 2, -_TURN_DEG, 0)))
    if turned.size < 2:
        return Axis(turned, overhang_ratio=overhang_ratio)
    step = float(np.mean(np.diff(turned)))
    is_round = bool(abs(abs(turned[-1] - turned[0]) + abs(step) - _TURN_DEG) <= abs(step) / 2)
    return Axis(turned, is_round=is_round, overhang_ratio=overhang_ratio)
