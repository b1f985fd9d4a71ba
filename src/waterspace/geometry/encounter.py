"""When a moving box first overlaps something, for how long, and where."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from waterspace.domain import Position, Window
from waterspace.geometry.arrays import distinct
from waterspace.geometry.boxes import BoxMotion, BoxMotions
from waterspace.geometry.geodesic import FloatArray, distances_m
from waterspace.geometry.slices import MovingSide, Pieces, StillSide
from waterspace.quantity import MINUTE_MS, SECOND_MS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from waterspace.geometry.slices import Mover, Side, Slices

__all__ = ["Answer", "Encounter", "Meeting", "Search", "first_meetings"]

_PIECE_M = 50_000.0
"""Farthest that either side moves in one piece, so that a plane is nearly true along it."""

_LEAF_MS = SECOND_MS
"""The first instant is known to this."""

_PARTED_MS = MINUTE_MS
"""Sides that part for less than this are not seen to part."""

_SPLIT_PARTS = 8
"""Into how many parts a piece is split to find where in it they meet."""

_AT_ONCE = 512
"""About how many encounters are looked at together."""

_SAMPLES = 24
"""How many instants of one encounter are looked at together, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The first time that two footprints overlap.

    Attributes:
        window: from the first instant, right to a second, until they part for a minute or more.
        position: where they first overlap.
    """

    window: Window
    position: Position


class Answer(NamedTuple):
    """In which of the pieces that a search asked about the two overlap.

    Attributes:
        inside: shape (pieces,).
        slices: what was looked at, of other searches too.
        first: number of the first of these pieces among them.
    """

    inside: NDArray[np.bool_]
    slices: Slices
    first: int

    def position(self, number: int) -> Position:
        """A position in the overlap of one of the pieces."""
        return self.slices.position(self.first + number)


Search: TypeAlias = "Generator[Pieces, Answer, Meeting | None]"
"""Asks about pieces, one or more at a time, and says at last when the two first meet."""


class _Leaf(NamedTuple):
    """One of the pieces that an answer is about."""

    pieces: Pieces
    answer: Answer
    number: int

    def span_ms(self) -> tuple[float, float]:
        """Its start and its end."""
        return float(self.pieces.start_ms[self.number]), float(self.pieces.end_ms[self.number])


class Encounter:
    """A moving box, and another box or a footprint that stands still.

    Attributes:
        box: of no size for a unit.
        side: what it may meet.
        taking_part: which legs of the box count; None for all.
    """

    __slots__ = ("box", "side", "taking_part")

    def __init__(
        self, box: BoxMotion, side: BoxMotion | StillSide, taking_part: NDArray[np.bool_] | None = None
    ) -> None:
        """Prepare to ask for meetings.

        Args:
            box: a box of no size stands for a unit.
            side: what it may meet.
            taking_part: which legs of the box count, shape (legs,); None for all.
        """
        self.box, self.side, self.taking_part = box, side, taking_part

    def first(self, window: Window) -> Meeting | None:
        """The first meeting in a window; None where there is none."""
        return first_meetings([(self, (window,))])[0]

    @property
    def kind(self) -> tuple[bool, bool, bool]:
        """Encounters of one kind can be looked at together: whether the box has a size, the side moves and has one."""
        side = self.side
        moves = isinstance(side, BoxMotion)
        return self.box.radius_m > 0.0, moves, isinstance(side, BoxMotion) and side.radius_m > 0.0

    def search(self, pieces: Pieces) -> Search:
        """Look for the first meeting in pieces; it asks of pieces whether the two overlap in each."""
        answer = yield pieces
        for number in np.flatnonzero(answer.inside).tolist():
            leaf = yield from _first_leaf(pieces, answer, number)
            if leaf is not None:
                start_ms, end_ms = leaf.span_ms()
                parted_ms = yield from self._parted_ms(pieces.take(np.arange(number, pieces.a.size)), end_ms)
                window = Window(start_ms=math.floor(start_ms), end_ms=math.ceil(parted_ms))
                return Meeting(window=window, position=leaf.answer.position(leaf.number))
        return None

    def pieces(self, start_ms: float, end_ms: float) -> Pieces:
        """A span of time, cut where either side changes course and where it would go too far."""
        motions = [self.box.motion] + ([self.side.motion] if self.side.motion is not None else [])
        start_ms = max(start_ms, *(float(motion.start_ms[0]) for motion in motions))
        end_ms = min(end_ms, *(float(motion.end_ms[-1]) for motion in motions))
        ends = np.concatenate([times for motion in motions for times in (motion.start_ms, motion.end_ms)])
        cuts = distinct(np.clip(np.append(ends, (start_ms, end_ms)), start_ms, max(start_ms, end_ms)))
        if start_ms >= end_ms:
            cuts = cuts[:1]
        begin, finish = cuts[:-1], cuts[1:]
        legs = [motion.leg_at((begin + finish) / 2.0) for motion in motions]
        fastest = np.max([motion.speed[leg] for motion, leg in zip(motions, legs, strict=True)], axis=0)
        parts = np.maximum(np.ceil(fastest * (finish - begin) / SECOND_MS / _PIECE_M), 1.0).astype(np.intp)
        whole = np.repeat(np.arange(parts.size), parts)
        place = np.arange(whole.size) - np.repeat(np.cumsum(parts) - parts, parts)
        part_ms = ((finish - begin) / parts)[whole]
        first_ms = begin[whole] + part_ms * place
        last_ms = np.where(place + 1 == parts[whole], finish[whole], first_ms + part_ms)
        a = legs[0][whole]
        return Pieces(first_ms, last_ms, a, legs[1][whole] if len(legs) > 1 else np.zeros_like(a))

    def _parted_ms(self, pieces: Pieces, together_ms: float) -> Generator[Pieces, Answer, float]:
        """When the two, together at a time in the first of some pieces, first part."""
        number = 0
        while number < pieces.a.size and pieces.start_ms[number] <= together_ms:
            instants = self._samples(pieces, number, together_ms)
            for begin in range(0, instants.a.size, _SAMPLES):
                looked = slice(begin, begin + _SAMPLES)
                inside = (yield instants.take(looked)).inside
                if not inside.all():
                    out = begin + int(np.argmin(inside))
                    before_ms = float(instants.start_ms[out - 1]) if out else together_ms
                    return (yield from _between(instants, out, before_ms))
            together_ms = float(pieces.end_ms[number])
            number += 1
        return together_ms

    def _samples(self, pieces: Pieces, number: int, start_ms: float) -> Pieces:
        """Instants of a piece at which to look whether the two are still together."""
        end_ms = float(pieces.end_ms[number])
        other = self.side.motion
        still = self.box.motion.speed[pieces.a[number]] == 0.0
        if other is not None:
            still = still and other.speed[pieces.b[number]] == 0.0
        count = 1 if still else max(math.ceil((end_ms - start_ms) / _PARTED_MS), 1)
        times: FloatArray = np.linspace(start_ms, end_ms, count + 1)
        legs = (np.full(times.size, column[number]) for column in (pieces.a, pieces.b))
        return Pieces(times, times, *legs)


def _first_leaf(pieces: Pieces, answer: Answer, number: int) -> Generator[Pieces, Answer, _Leaf | None]:
    """The first part of a piece, no longer than a leaf, in which the two overlap; None where there is none."""
    stack = [_Leaf(pieces, answer, number)]
    while stack:
        part = stack.pop()
        start_ms, end_ms = part.span_ms()
        if end_ms - start_ms <= _LEAF_MS:
            return part
        smaller = part.pieces.cut(part.number, np.linspace(start_ms, end_ms, _SPLIT_PARTS + 1))
        found = yield smaller
        stack.extend(_Leaf(smaller, found, hit) for hit in reversed(np.flatnonzero(found.inside).tolist()))
    return None


def _between(instants: Pieces, out: int, inside_ms: float) -> Generator[Pieces, Answer, float]:
    """When the two part, sought between an instant at which they overlap and one at which they do not."""
    times = np.linspace(inside_ms, float(instants.start_ms[out]), _SPLIT_PARTS + 1)
    finer = instants.cut(out, times)
    inside = (yield Pieces(finer.end_ms, finer.end_ms, finer.a, finer.b)).inside
    return float(finer.end_ms[int(np.argmin(inside))])


def first_meetings(asked: Sequence[tuple[Encounter, Sequence[Window]]]) -> list[Meeting | None]:
    """The first meeting of each encounter in the first of its windows in which there is one; None where there is none.

    The searches go on side by side, and what they ask about is looked at together: numpy, pyproj and shapely are called
    a few times for all of them.
    """
    found: list[Meeting | None] = [None] * len(asked)
    groups: dict[tuple[bool, ...], list[int]] = defaultdict(list)
    for place, (encounter, _) in enumerate(asked):
        groups[encounter.kind].append(place)
    for places in groups.values():
        for begin in range(0, len(places), _AT_ONCE):
            members = places[begin : begin + _AT_ONCE]
            party = _Party([asked[place][0] for place in members])
            met = party.first([asked[place][1] for place in members])
            for place, meeting in zip(members, met, strict=True):
                found[place] = meeting
    return found


class _Party:
    """Encounters of one kind, whose boxes and sides are laid end to end."""

    __slots__ = ("_box", "_encounters", "_first_a", "_first_b", "_side")

    def __init__(self, encounters: Sequence[Encounter]) -> None:
        self._encounters = encounters
        boxes = {id(encounter.box): encounter.box for encounter in encounters}
        sides = {id(encounter.side): encounter.side for encounter in encounters}
        self._box, first_a = _boxes_joined(list(boxes.values()))
        self._side, first_b = _sides_joined(list(sides.values()))
        begins = dict(zip(boxes, first_a, strict=True)), dict(zip(sides, first_b, strict=True))
        self._first_a = np.array([begins[0][id(encounter.box)] for encounter in encounters], dtype=np.intp)
        self._first_b = np.array([begins[1][id(encounter.side)] for encounter in encounters], dtype=np.intp)

    def first(self, windows: Sequence[Sequence[Window]]) -> list[Meeting | None]:
        """The first meeting of each encounter in its windows."""
        found: list[Meeting | None] = [None] * len(windows)
        for turn in range(max(map(len, windows), default=0)):
            asked = {
                place: self._encounters[place].pieces(float(given[turn].start_ms), float(given[turn].end_ms))
                for place, given in enumerate(windows)
                if found[place] is None and turn < len(given)
            }
            close = self._close({place: pieces for place, pieces in asked.items() if pieces.a.size})
            for place, meeting in self._searched(close):
                found[place] = meeting
        return found

    def _searched(self, close: Mapping[int, Pieces]) -> Iterator[tuple[int, Meeting]]:
        """What the searches in pieces find, in the order in which they end."""
        searches = {place: self._encounters[place].search(pieces) for place, pieces in close.items()}
        questions = {place: next(search) for place, search in searches.items()}
        while questions:
            answers = self._answers(questions)
            questions = {}
            for place, answer in answers:
                try:
                    questions[place] = searches[place].send(answer)
                except StopIteration as end:
                    if end.value is not None:
                        yield place, end.value

    def _answers(self, questions: Mapping[int, Pieces]) -> Iterator[tuple[int, Answer]]:
        together, bounds = self._laid(questions)
        slices = self._side.slices(self._box, together)
        inside = slices.overlapping()
        for place, begin, end in zip(questions, bounds, bounds[1:], strict=False):
            yield place, Answer(inside[begin:end], slices, begin)

    def _close(self, asked: Mapping[int, Pieces]) -> dict[int, Pieces]:
        """The pieces in which the two may be close enough to meet, by the circles around them, where there are any."""
        if not asked:
            return {}
        pieces, bounds = self._laid(asked)
        middle_ms = (pieces.start_ms + pieces.end_ms) / 2.0
        half_s = (pieces.end_ms - pieces.start_ms) / SECOND_MS / 2.0
        box, other = self._box.motion, self._side.motion
        reach_m = self._box.reach_m(pieces.a) + self._side.reach_m(pieces) + box.speed[pieces.a] * half_s
        if other is not None:
            reach_m += other.speed[pieces.b] * half_s
        close = distances_m(*box.on_leg(pieces.a, middle_ms), *self._side.places(pieces)) <= reach_m
        left: dict[int, Pieces] = {}
        for (place, own), begin, end in zip(asked.items(), bounds, bounds[1:], strict=False):
            keep, counts = close[begin:end], self._encounters[place].taking_part
            keep = keep if counts is None else keep & counts[own.a]
            if keep.any():
                left[place] = own.take(keep)
        return left

    def _laid(self, questions: Mapping[int, Pieces]) -> tuple[Pieces, list[int]]:
        """Pieces of several encounters end to end, their legs numbered through, and where each encounter's begin."""
        own, places = list(questions.values()), list(questions)
        counts = [pieces.a.size for pieces in own]
        columns = own[0] if len(own) == 1 else Pieces(*(np.concatenate(column) for column in zip(*own, strict=True)))
        a = columns.a + np.repeat(self._first_a[places], counts)
        b = columns.b + np.repeat(self._first_b[places], counts)
        return columns._replace(a=a, b=b), list(itertools.accumulate(counts, initial=0))


def _boxes_joined(boxes: Sequence[BoxMotion]) -> tuple[Mover, list[int]]:
    """Boxes as one, and the number of the first leg of each."""
    if len(boxes) == 1:
        return boxes[0], [0]
    joined = BoxMotions(boxes)
    return joined, joined.first.tolist()


def _sides_joined(sides: Sequence[BoxMotion | StillSide]) -> tuple[Side, list[int]]:
    """Sides of one kind as one, and the number of the first leg of each, or of the footprint."""
    moving = [side for side in sides if isinstance(side, BoxMotion)]
    if moving:
        legs = itertools.accumulate((box.motion.lat.size for box in moving[:-1]), initial=0)
        return MovingSide(*moving), list(legs)
    still = [side for side in sides if isinstance(side, StillSide)]
    joined = still[0] if len(still) == 1 else StillSide(*(side.footprints[0] for side in still))
    return joined, list(range(len(still)))
