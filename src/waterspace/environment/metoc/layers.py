"""Layers: one quantity on one grid at some times, asked anywhere and at any time between."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from waterspace.environment.metoc.field_names import Quantity
from waterspace.environment.metoc.oddities import where_odd
from waterspace.environment.metoc.stencils import Stencil, blended
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.environment.metoc.stencils import Grid
    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Layer", "ReadSlice"]

ReadSlice: TypeAlias = Callable[[int], "FloatArray"]
"""Reads all values at one of the times, flat, in our units, NaN where masked."""

_SLICES = 24
_LONGEST_GAP_MS = DAY_MS
_GAP_STEPS = 3.0
_DIRECTIONS = {Quantity.WAVE_FROM}
_OPPOSED = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A quantity in space and time.

    Attributes:
        quantity: what it tells.
        grid: where.
        times_ms: when, shape (n,), rising.
        read: of the values.
        is_screened: whether odd values are treated as unknown.
    """

    quantity: Quantity
    grid: Grid
    times_ms: NDArray[np.int64]
    read: ReadSlice = field(repr=False)
    is_screened: bool = True
    _slices: OrderedDict[int, FloatArray] = field(default_factory=OrderedDict)

    def unscreened(self) -> Layer:
        """The same with odd values as they are."""
        return replace(self, is_screened=False, _slices=OrderedDict())

    def at(self, stencil: Stencil, time_ms: NDArray[np.int64]) -> FloatArray:
        """Values at the points of a stencil and at as many times; NaN where unknown.

        Between two times the value changes evenly. It is unknown before the first and after the last, and within a gap
        of more than a day or of more than three of the usual steps (assumed).
        """
        if self.quantity not in _DIRECTIONS:
            return self._means(stencil, time_ms, np.asarray)
        east = self._means(stencil, time_ms, lambda values: np.sin(np.radians(values)))
        north = self._means(stencil, time_ms, lambda values: np.cos(np.radians(values)))
        direction = np.degrees(np.arctan2(east, north)) % 360.0 % 360.0
        return np.where(np.hypot(east, north) > _OPPOSED, direction, np.nan)

    def odd(self, index: int) -> tuple[NDArray[np.intp], FloatArray]:
        """The nodes whose values at one time are odd, and those values."""
        values = self.read(index)
        nodes = np.flatnonzero(where_odd(self.quantity, values, self.grid))
        return nodes, values[nodes]

    def _means(
        self, stencil: Stencil, time_ms: NDArray[np.int64], change: Callable[[FloatArray], FloatArray]
    ) -> FloatArray:
        """Changed values, blended in space and time."""
        result = np.full(len(stencil.nodes), np.nan)
        first, part = self._brackets(time_ms)
        for index in np.unique(first[first >= 0]).tolist():
            chosen = np.flatnonzero(first == index)
            here = stencil.part(chosen)
            before = blended(change(self._slice(index)[here.nodes]), here)
            moving = part[chosen] > 0.0
            if moving.any():
                after = blended(change(self._slice(index + 1)[here.nodes]), here)
                before = np.where(moving, before + part[chosen] * (after - before), before)
            result[chosen] = before
        return result

    def _brackets(self, time_ms: NDArray[np.int64]) -> tuple[NDArray[np.intp], FloatArray]:
        """The time at or before each, -1 where unknown, and the part of the way to the next."""
        times = self.times_ms
        first = np.searchsorted(times, time_ms, side="right") - 1
        first[time_ms > times[-1]] = -1
        part = np.zeros(len(time_ms))
        if times.size > 1:
            steps = np.diff(times)
            at = np.clip(first, 0, times.size - 2)
            part = np.where(first >= times.size - 1, 0.0, (time_ms - times[at]) / steps[at])
            most = min(_LONGEST_GAP_MS, _GAP_STEPS * float(np.median(steps)))
            first[(part > 0.0) & (steps[at] > most)] = -1
        return first, part

    def _slice(self, index: int) -> FloatArray:
        """All values at one of the times, the odd ones as NaN where the layer is screened; a few are kept."""
        if index not in self._slices:
            values = self.read(index)
            if self.is_screened:
                values = np.where(where_odd(self.quantity, values, self.grid), np.nan, values)
            self._slices[index] = values
            if len(self._slices) > _SLICES:
                self._slices.popitem(last=False)
        self._slices.move_to_end(index)
        return self._slices[index]
