"""One index over reservations in space, height and time, for checks, notices and a live board.

Most pairs are decided together, on arrays, with a margin for all that the arrays may get wrong; what lies inside the
margin is decided by the exact code of `pairwise`. So the answers are those of `pairwise.clash`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.domain import SURFACE, Band, Hazard, MovingBox, Polygon, Position, Reservation, Window
from waterspace.geometry.arrays import distinct
from waterspace.geometry.footprints import contains, outline_at
from waterspace.geometry.reservations.earthframe import earth_centred
from waterspace.geometry.reservations.joins import Together, pairs_between, pairs_within
from waterspace.geometry.reservations.meetings import Found, Meetings
from waterspace.geometry.reservations.neighbours import Wanted, neighbours
from waterspace.geometry.reservations.pairwise import Clash, clash_each, track_clashes
from waterspace.geometry.reservations.sweeps import swept_verdicts
from waterspace.geometry.reservations.table import Table
from waterspace.geometry.reservations.verdicts import Verdict, judged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Leg
    from waterspace.geometry.separation import IndexArray

__all__ = ["Meetings", "ReservationIndex", "Wanted"]

_STRANGER = -1
"""The number of a claim that is not in the index, lower than all others."""

_STALE_SHARE = 0.5
"""A block of which more than this share is gone is made anew."""


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
        """Every pair that meets; when and where they do is computed when asked for.

        Args:
            wanted: which pairs to look at, from the numbers of both, each of shape (n,); without it, all.
        """
        if len(self._blocks) > 1:
            self._blocks = [_Block.of(self.reservations)]
        if not self._blocks:
            return Meetings({}, _NOTHING)
        block = self._blocks[0]
        together = pairs_within(block.table)
        if wanted is not None:
            owner = block.table.shapes.owner
            keep = wanted(block.numbers[owner[together.a]], block.numbers[owner[together.b]])
            together = Together(*(column[keep] for column in together))
        known = dict(self.reservations)
        return Meetings(known, self._found((block, block), together, known))

    def neighbours(self, within_m: float, above_m: float, wanted: Wanted) -> tuple[IndexArray, IndexArray]:
        """Pairs that may come near each other, as `neighbours.neighbours` says; what is left out surely does not.

        Args:
            within_m: along the surface.
            above_m: in the air.
            wanted: which pairs to look at, from the numbers of both, each of shape (n,).
        """
        if len(self._blocks) > 1 or len(self.reservations) < self._next:
            self._blocks = [_Block.of(self.reservations)]
        if not self._blocks:
            return _NOTHING.first, _NOTHING.second
        table, numbers = self._blocks[0]
        first, second = neighbours(table, within_m, above_m, lambda one, other: wanted(numbers[one], numbers[other]))
        return numbers[first], numbers[second]

    def meeting(self, reservation: Reservation) -> list[tuple[int, Clash]]:
        """What a claim, itself not in the index, would meet: numbers, rising, and first clashes."""
        claim = _Block(Table.of((reservation,)), np.array([_STRANGER]))
        known = {**self.reservations, _STRANGER: reservation}
        met: list[tuple[int, Clash]] = []
        for block in self._blocks:
            together = pairs_between(claim.table, block.table)
            found = Meetings(known, self._found((claim, block), together, known))
            met += [(number, first) for _, number, first in found]
        return sorted(met, key=lambda entry: entry[0])

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

    def _found(self, blocks: tuple[_Block, _Block], together: Together, known: Mapping[int, Reservation]) -> Found:
        """The pairs of blocks that meet, of those that share a time; reservations that are not known are gone."""
        (one, many), pairs = blocks, _first_windows(together, blocks[1].table)
        if len(self.reservations) < self._next:
            here = [np.isin(numbers, list(known)) for numbers in _numbers(blocks, pairs)]
            pairs = Together(*(column[here[0] & here[1]] for column in pairs))
        numbers = _numbers(blocks, pairs)
        first, second = np.minimum(*numbers), np.maximum(*numbers)
        verdict = judged(one.table, many.table, pairs.a, pairs.b)
        moves = one.table.moves[one.table.shapes.owner[pairs.a]] | many.table.moves[many.table.shapes.owner[pairs.b]]
        sure, asked = verdict == Verdict.OVERLAP, (verdict == Verdict.OPEN) & ~moves
        unsure = set(zip(first[asked].tolist(), second[asked].tolist(), strict=True))
        moving, more = _on_the_way(
            blocks, _spans(many.table, together, pairs, (verdict == Verdict.OPEN) & moves), known
        )
        asked = sorted(unsure | more)
        exact = zip(asked, clash_each([(known[first], known[second]) for first, second in asked]), strict=True)
        met = {pair: found for pair, found in exact if found is not None}
        return Found(first[sure], second[sure], pairs.start_ms[sure], pairs.end_ms[sure], moving, met)


_NONE = np.zeros(0, dtype=np.int64)
_NOTHING = Found(_NONE.astype(np.intp), _NONE.astype(np.intp), _NONE, _NONE, set(), {})


def _numbers(blocks: tuple[_Block, _Block], pairs: Together) -> tuple[IndexArray, IndexArray]:
    """Numbers of the reservations of pairs of shapes of two blocks."""
    one, many = blocks
    return one.numbers[one.table.shapes.owner[pairs.a]], many.numbers[many.table.shapes.owner[pairs.b]]


def _first_windows(together: Together, many: Table) -> Together:
    """Each pair of shapes once, with the first window that both are claimed in."""
    pair = together.a * many.shapes.owner.size + together.b
    order = np.lexsort((together.end_ms, together.start_ms, pair))
    pair = pair[order]
    is_new = np.ones(pair.size, dtype=np.bool_)
    is_new[1:] = pair[1:] != pair[:-1]
    return Together(*(column[order[is_new]] for column in together))


def _spans(many: Table, together: Together, pairs: Together, which: NDArray[np.bool_]) -> Together:
    """All times that some of the pairs of shapes share, each pair with the first of its times among them."""
    size = many.shapes.owner.size
    keep = np.isin(together.a * size + together.b, pairs.a[which] * size + pairs.b[which])
    return Together(*(column[keep] for column in together))


def _on_the_way(
    blocks: tuple[_Block, _Block], together: Together, known: Mapping[int, Reservation]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Pairs with a moving box that surely meet at one of the times that they share, and pairs that may."""
    if not together.a.size:
        return set(), set()
    numbers = _numbers(blocks, together)
    footprints = {number: known[number].footprint for number in distinct(np.concatenate(numbers)).tolist()}
    boxes = {number: box for number, box in footprints.items() if isinstance(box, MovingBox)}
    verdict = swept_verdicts((blocks[0].table, blocks[1].table), together, numbers, boxes)
    pairs = np.stack((np.minimum(*numbers), np.maximum(*numbers)), axis=1)
    sure, unsure = (
        {(first, second) for first, second in pairs[verdict == value].tolist()}
        for value in (Verdict.OVERLAP, Verdict.OPEN)
    )
    return sure, unsure - sure


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
