"""Pairs of reservations that meet, as arrays; when and where each first meets is computed when asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import Reservation, Window
from waterspace.geometry.answers import Answers
from waterspace.geometry.reservations.pairwise import Clash, clash_each, footprints_meet, shared_band

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.separation import IndexArray

__all__ = ["Found", "Meetings"]


class Found(NamedTuple):
    """Pairs of reservations that meet, by number, the lower first.

    Attributes:
        first: numbers of those that stand still and surely meet, shape (n,).
        second: the higher numbers.
        start_ms: start of the first window that they share.
        end_ms: its end.
        moving: pairs with a moving box that surely meet, though when is not known yet.
        exact: pairs that the exact code was asked about, and when and where they meet.
    """

    first: IndexArray
    second: IndexArray
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]
    moving: set[tuple[int, int]]
    exact: dict[tuple[int, int], Clash]


class Meetings:
    """Every pair of reservations that meets, in order of their numbers.

    That a pair meets is known from the start. Where it meets, and for a pair with a moving box when, takes the exact
    code some milliseconds for each pair; this is done when `clash`, `start_ms` or `end_ms` is first asked for, the last
    two for all pairs at once, and kept.

    Attributes:
        first: number of one reservation, shape (n,).
        second: number of the other, always higher.
    """

    __slots__ = ("_end_ms", "_known", "_pending", "_reservations", "_start_ms", "first", "second")

    def __init__(self, reservations: Mapping[int, Reservation], found: Found) -> None:
        """Take reservations by number, which must not change any more, and the pairs of them that meet."""
        exact, moving = list(found.exact.items()), sorted(found.moving)
        pairs = np.array([pair for pair, _ in exact] + moving, dtype=np.intp).reshape(-1, 2)
        unknown = [0] * len(moving)
        starts = [met.window.start_ms for _, met in exact] + unknown
        ends = [met.window.end_ms for _, met in exact] + unknown
        first = np.concatenate((found.first, pairs[:, 0]))
        second = np.concatenate((found.second, pairs[:, 1]))
        order = np.lexsort((second, first))
        self.first: IndexArray = first[order]
        self.second: IndexArray = second[order]
        self._start_ms: NDArray[np.int64] = np.concatenate((found.start_ms, np.array(starts, dtype=np.int64)))[order]
        self._end_ms: NDArray[np.int64] = np.concatenate((found.end_ms, np.array(ends, dtype=np.int64)))[order]
        self._pending = order >= first.size - len(moving)
        self._reservations = reservations
        self._known = dict(found.exact)

    def __len__(self) -> int:
        """How many pairs meet."""
        return int(self.first.size)

    @property
    def start_ms(self) -> NDArray[np.int64]:
        """The first instant at which each pair meets, shape (n,)."""
        self._solve()
        return self._start_ms

    @property
    def end_ms(self) -> NDArray[np.int64]:
        """Until when each pair meets, as in `Clash.window`, shape (n,)."""
        self._solve()
        return self._end_ms

    def clash(self, k: int) -> Clash:
        """When, where and at what height the pair at a place in the arrays first meets."""
        return self.clashes((k,))[0]

    def clashes(self, places: Sequence[int]) -> list[Clash]:
        """The clash of the pair at each of some places; those that are not known yet are worked out together."""
        numbers = [(int(self.first[k]), int(self.second[k])) for k in places]
        new = {pair: k for pair, k in zip(numbers, places, strict=True) if pair not in self._known}
        moving = {pair: k for pair, k in new.items() if self._pending[k]}
        met = _moving_clashes([(self._reservations[one], self._reservations[other]) for one, other in moving])
        for (pair, k), found in zip(moving.items(), met, strict=True):
            self._start_ms[k], self._end_ms[k] = found.window.start_ms, found.window.end_ms
            self._pending[k] = False
            self._known[pair] = found
        for pair, k in new.items():
            if pair not in moving:
                window = Window(start_ms=int(self._start_ms[k]), end_ms=int(self._end_ms[k]))
                self._known[pair] = _still_clash(*(self._reservations[number] for number in pair), window)
        return [self._known[pair] for pair in numbers]

    def __iter__(self) -> Iterator[tuple[int, int, Clash]]:
        """Numbers of both reservations and their clash."""
        yield from zip(self.first.tolist(), self.second.tolist(), self.clashes(range(len(self))), strict=True)

    def _solve(self) -> None:
        """Find out when the pairs meet of which that is not known yet."""
        self.clashes(np.flatnonzero(self._pending).tolist())


def _moving_clashes(pairs: Sequence[tuple[Reservation, Reservation]]) -> list[Clash]:
    """The clashes of pairs of reservations of which one moves and that are known to meet."""
    return _MOVING.answers(pairs)


def _clashes(pairs: Sequence[tuple[Reservation, Reservation]]) -> Sequence[Clash]:
    found: list[Clash] = []
    for pair, met in zip(pairs, clash_each(pairs), strict=True):
        assert met is not None, f"{pair[0].id} and {pair[1].id} meet by the index, but not by the exact code"
        found.append(met)
    return found


_MOVING = Answers(_clashes, most=4096)
"""The clashes of pairs of which one moves, for those that were worked out lately."""


@functools.lru_cache(maxsize=2048)
def _still_clash(one: Reservation, other: Reservation, window: Window) -> Clash:
    """The clash of two reservations that stand still and are known to meet."""
    position = footprints_meet(one.footprint, other.footprint)
    assert position is not None, f"{one.id} and {other.id} meet by the index, but not by their shapes"
    between = one.footprint, other.footprint
    return Clash(window=window, position=position, band=shared_band(one.band, other.band), between=between)
