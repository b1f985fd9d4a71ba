"""Duties: how long people are in service in the worst day or week, and how their rest is cut up, for all units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.domain import Window

    _Floats = NDArray[np.float64]

__all__ = ["Duties", "Stretches"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Duties of all units as arrays of shape (n,): whose, by number; when; how much of the time counts."""

    unit: NDArray[np.intp]
    start_ms: _Floats
    end_ms: _Floats
    share: _Floats


class Duties:
    """Times in service of many units. Of duties at the same time the one of which the greatest share counts, counts.

    All units are laid out on one line, so far apart that no span of interest reaches from one to the next.
    """

    def __init__(self, duties: Mapping[str, Sequence[tuple[int, int, float, str]]]) -> None:
        """Lay them out.

        Args:
            duties: unit to start and end in ms, the share of the time that counts, and what the duty is; in order of
                start.
        """
        self.duties = {unit: duties[unit] for unit in sorted(duties) if duties[unit]}

    @cached_property
    def _rows(self) -> _Rows:
        import numpy as np

        rows = [row for rows in self.duties.values() for row in rows]
        counts = [len(rows) for rows in self.duties.values()]
        return _Rows(
            unit=np.repeat(np.arange(len(counts)), counts),
            start_ms=np.array([row[0] for row in rows], dtype=np.float64),
            end_ms=np.array([row[1] for row in rows], dtype=np.float64),
            share=np.array([row[2] for row in rows], dtype=np.float64),
        )

    def busiest(self, length_ms: int) -> Iterator[tuple[str, float, int]]:
        """For each unit the most time in service in any span of a length, and when one begins: with a duty if it can.

        The time in service in a moving span changes its trend only where the span begins or ends with a duty, and is
        greatest where it begins with one or ends with one.
        """
        import numpy as np

        rows = self._rows
        if not rows.unit.size:
            return
        first_ms = float(rows.start_ms.min())
        apart_ms = float(rows.end_ms.max()) - first_ms + 3.0 * length_ms
        offsets = rows.unit * apart_ms - first_ms
        starts, ends = rows.start_ms + offsets, rows.end_ms + offsets
        begins = np.stack((starts, ends - length_ms), axis=1).reshape(-1)
        serving = np.zeros(len(begins))
        steps = sorted(set(rows.share.tolist()), reverse=True)
        for share, below in zip(steps, [*steps[1:], 0.0], strict=True):
            at_least = rows.share >= share
            serving += (share - below) * _covered(starts[at_least], ends[at_least], begins, length_ms)
        firsts = np.flatnonzero(np.diff(rows.unit, prepend=-1)) * 2
        most = np.maximum.reduceat(serving, firsts)
        for number, unit in enumerate(self.duties):
            own = slice(int(firsts[number]), int(firsts[number + 1]) if number + 1 < len(firsts) else len(begins))
            full = serving[own] >= most[number] - 0.5
            with_duty = begins[own][::2][full[::2]]
            reached = with_duty if with_duty.size else begins[own][full]
            yield unit, float(most[number]), round(float(reached.min() - number * apart_ms) + first_ms)

    def stretches(self, pause_ms: float) -> Stretches:
        """The time on end in which each unit is in service that counts in full.

        Args:
            pause_ms: a shorter pause between two duties does not end a stretch.
        """
        import numpy as np

        full = self._rows.share >= 1.0
        unit, starts, ends = self._rows.unit[full], self._rows.start_ms[full], self._rows.end_ms[full]
        if not unit.size:
            return Stretches(names=(), unit=unit, start_ms=starts, end_ms=ends)
        least_ms = max(pause_ms, 1.0)
        apart = unit * (ends.max() - starts.min() + least_ms)
        busy = np.maximum.accumulate(ends + apart)
        first = np.flatnonzero(np.concatenate(([True], starts[1:] + apart[1:] - busy[:-1] >= least_ms)))
        return Stretches(
            names=tuple(self.duties),
            unit=unit[first],
            start_ms=starts[first],
            end_ms=np.maximum.reduceat(ends, first),
        )

    def within(self, unit: str, window: Window) -> list[str]:
        """What the duties of a unit in a window are, in order."""
        return [name for begin, end, _, name in self.duties[unit] if begin < window.end_ms and window.start_ms < end]


def _covered(starts: _Floats, ends: _Floats, begins: _Floats, length: float) -> _Floats:
    """How much of each span of a length, from where it begins, some spans in order of start cover together."""
    import numpy as np

    before = np.concatenate(([-np.inf], np.maximum.accumulate(ends)[:-1]))
    firsts = np.minimum(np.maximum(starts, before), np.maximum(ends, before))
    lasts = np.maximum(firsts, ends)
    served = np.cumsum(lasts - firsts)
    edges = np.stack((firsts, lasts), axis=1).reshape(-1)
    levels = np.stack((np.concatenate(([0.0], served[:-1])), served), axis=1).reshape(-1)
    covered: _Floats = np.interp(begins + length, edges, levels) - np.interp(begins, edges, levels)
    return covered


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """Service on end of many units, as arrays of shape (n,).

    Attributes:
        names: of all units, in order.
        unit: whose each is, as a number; in order.
        start_ms: when it begins; of one unit in order.
        end_ms: when it ends, before the next of the same unit begins.
    """

    names: tuple[str, ...]
    unit: NDArray[np.intp]
    start_ms: _Floats
    end_ms: _Floats

    def longest(self, most_ms: float) -> Iterator[tuple[str, float, int]]:
        """For each unit with service on end above a limit: the longest, and when it begins."""
        lasting_ms = self.end_ms - self.start_ms
        for unit, number in self._worst(-lasting_ms, -most_ms):
            yield unit, float(lasting_ms[number]), int(self.start_ms[number])

    def rest_at_a_stretch(self, length_ms: int, least_ms: float) -> Iterator[tuple[str, float, int]]:
        """For each unit with a span in which no rest is as long as asked: the longest rest, and when the span begins.

        Spans begin with service or end with it; a rest counts in full though the span cuts it.
        """
        longest_ms, _, begins_ms = self._rests(length_ms)
        for unit, number in self._worst(longest_ms, least_ms):
            yield unit, float(longest_ms[number]), int(begins_ms[number])

    def rest_in_two(self, length_ms: int, least_ms: float) -> Iterator[tuple[str, float, int]]:
        """For each unit with a span of which two rests give less than asked: what they give, and when it begins.

        Spans begin with service or end with it; of a rest counts what lies in the span.
        """
        _, both_ms, begins_ms = self._rests(length_ms)
        for unit, number in self._worst(both_ms, least_ms):
            yield unit, float(both_ms[number]), int(begins_ms[number])

    def _worst(self, values: _Floats, least: float) -> Iterator[tuple[str, int]]:
        """Units with a value below a limit, each with the number of its least; the values are n or twice n."""
        import numpy as np

        numbers = np.flatnonzero(values < least)
        units = self.unit[numbers % len(self.unit)] if numbers.size else numbers
        order = np.lexsort((numbers, values[numbers], units))
        found, firsts = np.unique(units[order], return_index=True)
        for unit, first in zip(found.tolist(), firsts.tolist(), strict=True):
            yield self.names[unit], int(numbers[order[first]])

    def _rests(self, length_ms: int) -> tuple[_Floats, _Floats, _Floats]:
        """Of each span, those that begin with service first: its longest rest, its two longest cut to it, its begin.

        A span that ends with service is one that begins with it where time runs backwards.
        """
        import numpy as np

        if not self.unit.size:
            return np.zeros(0), np.zeros(0), np.zeros(0)
        is_last = np.append(self.unit[1:] != self.unit[:-1], True)
        rest_ms = np.where(is_last, np.inf, np.append(self.start_ms[1:], np.inf) - self.end_ms)
        forth = _longest_two(self.start_ms, self.end_ms, rest_ms, length_ms)
        earlier_ms = np.concatenate(([np.inf], rest_ms[:-1]))[::-1]
        back = _longest_two(-self.end_ms[::-1], -self.start_ms[::-1], earlier_ms, length_ms)
        longest_ms, both_ms = (np.concatenate((there, here[::-1])) for there, here in zip(forth, back, strict=True))
        return longest_ms, both_ms, np.concatenate((self.start_ms, self.end_ms - length_ms))


def _longest_two(starts: _Floats, ends: _Floats, rests: _Floats, length: float) -> tuple[_Floats, _Floats]:
    """Of spans that begin with each stretch: the longest rest that begins in it, and the two longest cut to it.

    Args:
        starts: of the stretches.
        ends: of the stretches.
        rests: how long the rest after each is; infinite after the last of a unit.
        length: of the spans.
    """
    import numpy as np

    count = len(starts)
    longest, first, second = np.zeros(count), np.zeros(count), np.zeros(count)
    open_, step = np.arange(count), 0
    while open_.size:
        after = open_ + step
        left = starts[open_] + length - ends[after]
        open_, after, left = open_[left > 0.0], after[left > 0.0], left[left > 0.0]
        cut = np.minimum(rests[after], left)
        longest[open_] = np.maximum(longest[open_], rests[after])
        second[open_] = np.maximum(second[open_], np.minimum(first[open_], cut))
        first[open_] = np.maximum(first[open_], cut)
        open_, step = open_[np.isfinite(rests[after])], step + 1
    return longest, first + second
