"""Duties: how long people are in service in the worst day or week, for all units at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Duties"]


class Duties:
    """Times in service of many units. Of duties at the same time the one that begins first counts.

    All units are laid out on one line, so far apart that no span of interest reaches from one to the next.
    """

    def __init__(self, duties: Mapping[str, Sequence[tuple[int, int, float, str]]]) -> None:
        """Lay them out.

        Args:
            duties: unit to start and end in ms, the share of the time that counts, and what the duty is; in order of
                start.
        """
        self.duties = {unit: duties[unit] for unit in sorted(duties) if duties[unit]}

    def busiest(self, length_ms: int) -> Iterator[tuple[str, float, int]]:
        """For each unit the most time in service in any span of a length, and when one begins: with a duty if it can.

        The time in service in a moving span changes its trend only where the span begins or ends with a duty, and is
        greatest where it begins with one or ends with one.
        """
        import numpy as np

        rows = [row for rows in self.duties.values() for row in rows]
        if not rows:
            return
        counts = np.array([len(rows) for rows in self.duties.values()])
        first_ms = min(row[0] for row in rows)
        starts = np.array([row[0] - first_ms for row in rows], dtype=np.float64)
        ends = np.array([row[1] - first_ms for row in rows], dtype=np.float64)
        apart_ms = float(ends.max()) + 3.0 * length_ms
        offsets = np.repeat(np.arange(len(counts)) * apart_ms, counts)
        starts, ends = starts + offsets, ends + offsets
        before = np.concatenate(([-np.inf], np.maximum.accumulate(ends)[:-1]))
        starts = np.minimum(np.maximum(starts, before), np.maximum(ends, before))
        ends = np.maximum(starts, ends)
        served = np.cumsum((ends - starts) * np.array([row[2] for row in rows]))
        edges = np.stack((starts, ends), axis=1).reshape(-1)
        levels = np.stack((np.concatenate(([0.0], served[:-1])), served), axis=1).reshape(-1)
        begins = np.stack((starts, ends - length_ms), axis=1).reshape(-1)
        serving = np.interp(begins + length_ms, edges, levels) - np.interp(begins, edges, levels)
        firsts = np.concatenate(([0], np.cumsum(counts)[:-1])) * 2
        most = np.maximum.reduceat(serving, firsts)
        for number, unit in enumerate(self.duties):
            own = slice(int(firsts[number]), int(firsts[number] + 2 * counts[number]))
            full = serving[own] >= most[number] - 0.5
            with_duty = begins[own][::2][full[::2]]
            reached = with_duty if with_duty.size else begins[own][full]
            start_ms = round(float(reached.min() - number * apart_ms)) + first_ms
            yield unit, float(most[number]), start_ms

    def within(self, unit: str, window: Window) -> list[str]:
        """What the duties of a unit in a window are, in order."""
        found = []
        for start_ms, end_ms, _, name in self.duties[unit]:
            if Window(start_ms=start_ms, end_ms=end_ms).overlap(window) is not None:
                found.append(name)
        return found
