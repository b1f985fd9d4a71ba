"""One index over reservations in space, height and time, for checks, notices and a live board.

Most pairs are decided together, on arrays, with a margin for all that the arrays may get wrong; what lies inside the
margin, and all that moves, is decided by the exact code of `pairwise`. So the answers are those of `pairwise.clash`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from waterspace.domain import SURFACE, Band, Hazard, MovingBox, Polygon, Position, Reservation, Window
from waterspace.geometry.earthframe import earth_centred
from waterspace.geometry.footprints import contains, outline_at
from waterspace.geometry.joins import Together, pairs_between, pairs_within
from waterspace.geometry.pairwise import Clash, clash, footprints_meet, shared_band, track_clashes
from waterspace.geometry.table import Table
from waterspace.geometry.verdicts import Verdict, judged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Leg
    from waterspace.geometry.separation import IndexArray

__all__ = ["Meetings", "ReservationIndex", "Wanted"]

Wanted: TypeAlias = "Callable[[IndexArray, IndexArray], NDArray[np.bool_]]"
"""Numbers of the reservations of pairs to whether each pair matters."""

_STALE_SHARE = 0.5
"""A block of which more than this share is gone is made anew."""


class Meetings:
    """Every pair of reservations that meets, in order of their numbers. Positions are computed when asked for.

    Attributes:
        first: number of one reservation, shape (n,).
        second: number of the other, always higher.
        start_ms: the first instant at which they meet.
        end_ms: until when, as in `Clash.window`.
    """

    __slots__ = ("_exact", "_reservations", "end_ms", "first", "second", "start_ms")

    def __init__(
        self, reservations: Mapping[int, Reservation], decided: _Decided, exact: Mapping[tuple[int, int], Clash]
    ) -> None:
        """Take pairs that surely meet, with the first window they share, and pairs that the exact code decided."""
        pairs = np.array(list(exact), dtype=np.intp).reshape(-1, 2)
        spans = [met.window for met in exact.values()]
        first = np.concatenate((decided.first, pairs[:, 0]))
        second = np.concatenate((decided.second, pairs[:, 1]))
        start_ms = np.concatenate((decided.start_ms, np.array([span.start_ms for span in spans], dtype=np.int64)))
        end_ms = np.concatenate((decided.end_ms, np.array([span.end_ms for span in spans], dtype=np.int64)))
        order = np.lexsort((second, first))
        self.first: IndexArray = first[order]
        self.second: IndexArray = second[order]
        self.start_ms: NDArray[np.int64] = start_ms[order]
        self.end_ms: NDArray[np.int64] = end_ms[order]
        self._reservations = reservations
        self._exact = exact

    def __len__(self) -> int:
        """How many pairs meet."""
        return int(self.first.size)

    def clash(self, k: int) -> Clash:
        """When, where and at what height the pair at a place in the arrays first meets."""
        numbers = int(self.first[k]), int(self.second[k])
        known = self._exact.get(numbers)
        if known is not None:
            return known
        one, other = (self._reservations[number] for number in numbers)
        window = Window(start_ms=int(self.start_ms[k]), end_ms=int(self.end_ms[k]))
        return _still_clash(one, other, window)

    def __iter__(self) -> Iterator[tuple[int, int, Clash]]:
        """Numbers of both reservations and their clash."""
        for k in range(len(self)):
            yield int(self.first[k]), int(self.second[k]), self.clash(k)


class _Decided(NamedTuple):
    """Pairs of reservations that stand still and surely meet, by number, and the first window they share."""

    first: IndexArray
    second: IndexArray
    start_ms: NDArray[np.int64]
    end_ms: NDArray[np.int64]


class _Block(NamedTuple):
    """Reservations whose arrays are made together, and their numbers."""

    table: Table
    numbers: IndexArray

    @classmethod
    def of(cls, reservations: Mapping[int, Reservation]) -> _Block:
        """The arrays of numbered reservations."""
        return cls(Table.of(tuple(reservations.values())), np.array(list(reservations), dtype=np.intp))


class ReservationIndex:
    """Reservations by number, found again by place, height and time.

    Adding or removing one costs about a millisecond, whatever is there already: the new stand apart in small blocks,
    and two blocks of like size are made into one.

    Attributes:
        reservations: number to reservation, in the order they came; the first have the numbers 0, 1, 2 and so on.
    """

    __slots__ = ("_blocks", "_next", "reservations")

    def __init__(self, reservations: Sequence[Reservation] = ()) -> None:
        self.reservations: dict[int, Reservation] = dict(enumerate(reservations))
        self._next = len(self.reservations)
        self._blocks = [_Block.of(self.reservations)] if self.reservations else []

    def add(self, reservation: Reservation) -> int:
        """Take in one more reservation and say its number."""
        number = self._next
        self._next += 1
        self.reservations[number] = reservation
        fresh = {number: reservation}
        while self._blocks and self._blocks[-1].numbers.size <= 2 * len(fresh):
            fresh = {**self._present(self._blocks.pop()), **fresh}
        self._blocks.append(_Block.of(fresh))
        return number

    def remove(self, number: int) -> Reservation:
        """Take a reservation out and hand it back.

        Raises:
            KeyError: no reservation has this number.
        """
        gone = self.reservations.pop(number)
        for place, block in enumerate(self._blocks):
            if number in block.numbers:
                left = self._present(block)
                if len(left) < _STALE_SHARE * block.numbers.size:
                    self._blocks[place : place + 1] = [_Block.of(left)] if left else []
                break
        return gone

    def meetings(self, wanted: Wanted | None = None) -> Meetings:
        """Every pair that meets, with the first instant.

        Args:
            wanted: which pairs to look at, from the numbers of both, each of shape (n,); without it, all.
        """
        if len(self._blocks) > 1:
            self._blocks = [_Block.of(self.reservations)]
        if not self._blocks:
            return Meetings(self.reservations, _NOTHING, {})
        block = self._blocks[0]
        together = pairs_within(block.table)
        if wanted is not None:
            owner = block.table.shapes.owner
            keep = wanted(block.numbers[owner[together.a]], block.numbers[owner[together.b]])
            together = Together(*(column[keep] for column in together))
        return Meetings(self.reservations, *self._settled((block, block), together))

    def meeting(self, reservation: Reservation) -> list[tuple[int, Clash]]:
        """What a claim, itself not in the index, would meet: numbers, rising, and first clashes."""
        claim = Table.of((reservation,))
        found = []
        for block in self._blocks:
            together = pairs_between(claim, block.table)
            decided, exact = self._settled((_Block(claim, np.array([-1])), block), together, reservation)
            spans = zip(decided.start_ms.tolist(), decided.end_ms.tolist(), strict=True)
            for number, (start_ms, end_ms) in zip(decided.second.tolist(), spans, strict=True):
                window = Window(start_ms=start_ms, end_ms=end_ms)
                found.append((number, _still_clash(reservation, self.reservations[number], window)))
            found += [(number, met) for (_, number), met in exact.items()]
        return sorted(found, key=lambda entry: entry[0])

    def along(self, legs: Sequence[Leg]) -> list[tuple[int, Clash]]:
        """Which reservations a unit enters, and when first, as `track_clash` says: numbers, rising, and clashes."""
        if not legs:
            return []
        track = _as_claim(legs)
        numbers: set[int] = set()
        for block in self._blocks:
            together = pairs_between(track, block.table)
            numbers.update(block.numbers[block.table.shapes.owner[together.b]].tolist())
        near = sorted(numbers.intersection(self.reservations))
        met = track_clashes({"": legs}, [self.reservations[number] for number in near])
        return [(near[number], found) for _, number, found in met]

    def at(self, position: Position, time_ms: int, height_m: float = 0.0) -> tuple[int, ...]:
        """Which reservations claim a position at a time: numbers, rising.

        Args:
            position: anywhere.
            time_ms: a window counts from its start until before its end.
            height_m: at height 0 a ship from keel to masthead (`SURFACE`), elsewhere the height alone.
        """
        point = earth_centred(np.array([position.lat_deg]), np.array([position.lon_deg]))
        found: list[int] = []
        for block in self._blocks:
            table, shapes = block.table, block.table.shapes
            row = table.row[(table.start_ms <= time_ms) & (time_ms < table.end_ms)]
            gap = shapes.middle[row] - point
            row = row[np.einsum("ij,ij->i", gap, gap) <= shapes.reach_m[row] ** 2]
            found += set(block.numbers[shapes.owner[row]].tolist()).intersection(self.reservations)
        claims = ((number, self.reservations[number]) for number in sorted(found))
        return tuple(number for number, claim in claims if _claims(claim, position, time_ms, height_m))

    def _present(self, block: _Block) -> dict[int, Reservation]:
        """The reservations of a block that have not been removed."""
        numbers = block.numbers.tolist()
        return {number: self.reservations[number] for number in numbers if number in self.reservations}

    def _settled(
        self, blocks: tuple[_Block, _Block], together: Together, stranger: Reservation | None = None
    ) -> tuple[_Decided, dict[tuple[int, int], Clash]]:
        """Pairs that surely meet, and those that the exact code was asked about and that do."""
        (one, many), pairs = blocks, _first_windows(together, blocks[1].table)
        verdict = judged(one.table, many.table, pairs.a, pairs.b)
        owners = one.table.shapes.owner[pairs.a], many.table.shapes.owner[pairs.b]
        numbers = one.numbers[owners[0]], many.numbers[owners[1]]
        first, second = np.minimum(*numbers), np.maximum(*numbers)
        there = np.ones(first.size, dtype=np.bool_)
        if len(self.reservations) < self._next:
            there = np.isin(numbers[1], list(self.reservations)) & (
                np.isin(numbers[0], list(self.reservations)) | (stranger is not None)
            )
        sure = there & (verdict == Verdict.OVERLAP)
        asked = there & (verdict == Verdict.OPEN)
        known = self.reservations if stranger is None else {**self.reservations, -1: stranger}
        exact = {}
        for pair in sorted(set(zip(first[asked].tolist(), second[asked].tolist(), strict=True))):
            met = clash(known[pair[0]], known[pair[1]])
            if met is not None:
                exact[pair] = met
        return _Decided(first[sure], second[sure], pairs.start_ms[sure], pairs.end_ms[sure]), exact


_NONE = np.zeros(0, dtype=np.int64)
_NOTHING = _Decided(_NONE.astype(np.intp), _NONE.astype(np.intp), _NONE, _NONE)


def _first_windows(together: Together, many: Table) -> Together:
    """Each pair of shapes once, with the first window that both are claimed in."""
    pair = together.a * many.shapes.owner.size + together.b
    order = np.lexsort((together.end_ms, together.start_ms, pair))
    pair = pair[order]
    is_new = np.ones(pair.size, dtype=np.bool_)
    is_new[1:] = pair[1:] != pair[:-1]
    return Together(*(column[order[is_new]] for column in together))


def _still_clash(one: Reservation, other: Reservation, window: Window) -> Clash:
    """The clash of two reservations that stand still and are known to meet."""
    position = footprints_meet(one.footprint, other.footprint)
    assert position is not None, f"{one.id} and {other.id} meet by the index, but not by their shapes"
    between = one.footprint, other.footprint
    return Clash(window=window, position=position, band=shared_band(one.band, other.band), between=between)


def _as_claim(legs: Sequence[Leg]) -> Table:
    """A track as a box of no size that claims all heights."""
    box = MovingBox(legs=tuple(legs), ahead_m=0.0, astern_m=0.0, abeam_m=0.0)
    span = Window(start_ms=legs[0].start_ms, end_ms=legs[-1].end_ms)
    return Table.of(
        (Reservation(id="", owner="", name="", footprint=box, band=Band(), windows=(span,), hazard=Hazard.NONE),)
    )


def _claims(reservation: Reservation, position: Position, time_ms: int, height_m: float) -> bool:
    """Whether a reservation in force at a time claims a position and a height."""
    band, footprint = reservation.band, reservation.footprint
    high = band.meets(SURFACE) if height_m == 0.0 else band.floor_m < height_m < band.ceiling_m
    if not high:
        return False
    if isinstance(footprint, MovingBox):
        footprint = Polygon(vertices=outline_at(footprint, time_ms))
    return contains(footprint, position)
