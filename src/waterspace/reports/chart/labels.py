"""Labels: where words stand on a chart, so that none lies on another.

The most important first, each in the best of a few places around its point, in several orders of which the cheapest is
kept. What finds no place is left out and reported. Places that cover lines or shores cost, and so do places far from
the point, and near a point that another label names.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.reports.chart.letters import BOLD, PLAIN, text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from waterspace.geometry.geodesic import FloatArray

__all__ = ["BOLD_ROLES", "LINE_EM", "Box", "Label", "Placed", "place"]

BOLD_ROLES = frozenset({"area", "mark", "strait"})
"""Roles of labels whose letters are bold."""

LINE_EM = 1.15
"""Distance between lines of text, in sizes of their letters."""

_GAP = 2.0
_NEAR_RADII = (5.0, 9.0)
_LEADER_RADII = (16.0, 26.0, 38.0, 52.0, 70.0, 92.0, 120.0, 152.0, 188.0)
_DIRECTIONS = 24
_COVERED_COST = 2.4
_BACKWARD_COST = 3.0
_INSIDE_GAIN = 3.0
_MISTAKEN_COST = 40.0
_BESIDE = 16.0
_DROPPED_COST = 10_000.0
_COST_DIGITS = 6
"""Costs that differ by less are equal: the last bits of a cosine must not move a label."""


_ORDERS: tuple[Callable[[Label], float], ...] = (
    lambda _: 0.0,
    lambda label: label.x,
    lambda label: -label.x,
    lambda label: label.y,
    lambda label: -label.y,
)
"""Orders in which labels of one rank are tried: as given, and from each side of the page."""


class Box(NamedTuple):
    """A rectangle on the page, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        """Whether two boxes come closer than a gap."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def within(self, other: Box) -> bool:
        """Whether it lies wholly inside another."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words that want a place.

    Attributes:
        words: one line, or several with line feeds between them.
        x: of the point they name, in pixels.
        size: of the letters, in pixels.
        role: how they are drawn, as `draw` knows it.
        rank: lower is placed first.
        may_lead: whether they may stand away from their point, joined to it by a thin line.
        may_cover: whether they may stand on the point itself, which then is the best place.
        is_over: whether they stand on the point itself, or else nowhere.
    """

    words: str
    x: float
    y: float
    size: float
    role: str
    rank: int
    may_lead: bool = False
    may_cover: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A label and its box.

    Attributes:
        leader: the two ends of the line to its point; None where it stands beside it.
    """

    label: Label
    box: Box
    leader: tuple[float, float, float, float] | None = None


def place(
    labels: Iterable[Label], page: Box, taken: Iterable[Box], lines: FloatArray
) -> tuple[list[Placed], list[Label]]:
    """Find a place for each label that can have one.

    Args:
        labels: in any order.
        page: what they must lie in.
        taken: what they must not lie on.
        lines: points of lines that they had better not lie on, of shape (n, 2).

    Returns:
        The labels that found a place, and those that did not.
    """
    wanted, fixed = list(labels), list(taken)
    tries = []
    for order in _ORDERS:
        ranked = sorted(wanted, key=lambda label: (label.rank, round(order(label), 1)))
        tries.append(_placed_in_turn(ranked, page, fixed, lines))
    costs = [cost for cost, _, _ in tries]
    _, placed, dropped = tries[costs.index(min(costs))]
    return placed, dropped


def _placed_in_turn(
    ranked: list[Label], page: Box, fixed: list[Box], lines: FloatArray
) -> tuple[float, list[Placed], list[Label]]:
    """What the labels cost together when each takes the best place that is left, and where they stand."""
    whole_cost = 0.0
    placed: list[Placed] = []
    dropped: list[Label] = []
    for label in ranked:
        strangers = [(other.x, other.y) for other in ranked if other.role == label.role and other.words != label.words]
        best, cost = _best(label, _Ground(page, fixed, placed, lines, strangers))
        if best is None:
            dropped.append(label)
            whole_cost += _DROPPED_COST * 2.0 ** (-label.rank / 10.0)
        else:
            placed.append(best)
            whole_cost += cost
    return round(whole_cost, _COST_DIGITS), placed, dropped


class _Ground(NamedTuple):
    """What a label finds on the page; `strangers` are the points that others of its role name."""

    page: Box
    fixed: list[Box]
    placed: list[Placed]
    lines: FloatArray
    strangers: list[tuple[float, float]]


def _best(label: Label, ground: _Ground) -> tuple[Placed | None, float]:
    """The cheapest of the free places for a label, of equals the first, and its cost."""
    best, best_cost = None, math.inf
    for cost, candidate in _candidates(label):
        if cost >= best_cost or not _is_free(candidate, ground.page, ground.fixed, ground.placed):
            continue
        covered = _COVERED_COST * _covered(candidate.box, ground.lines)
        mistaken = _MISTAKEN_COST * sum(_is_beside(candidate.box, point) for point in ground.strangers)
        whole_cost = round(cost + covered + mistaken, _COST_DIGITS)
        if whole_cost < best_cost:
            best, best_cost = candidate, whole_cost
    return best, best_cost


def _is_beside(box: Box, point: tuple[float, float]) -> bool:
    """Whether words stand so near to a point that they seem to name it."""
    x, y = point
    return math.hypot(max(box.left - x, 0.0, x - box.right), max(box.top - y, 0.0, y - box.bottom)) < _BESIDE


def _is_free(candidate: Placed, page: Box, fixed: list[Box], placed: list[Placed]) -> bool:
    """Whether neither the words nor their line touch anything else. Words may stand close to the mark of their own."""
    if not candidate.box.within(page):
        return False
    own = (candidate.label.x, candidate.label.y)
    boxes = [box for box in fixed if candidate.label.is_over or not _holds(box, own)]
    boxes += [other.box for other in placed]
    if any(candidate.box.meets(box, _GAP) for box in boxes) or any(candidate.box.meets(box) for box in fixed):
        return False
    if candidate.leader and any(_cuts(candidate.leader, box) for box in boxes):
        return False
    return not any(other.leader and _cuts(other.leader, candidate.box) for other in placed)


def _candidates(label: Label) -> Iterator[tuple[float, Placed]]:
    """Places for a label with what each costs before it is known what it covers."""
    lines = label.words.split("\n")
    advances = BOLD if label.role in BOLD_ROLES else PLAIN
    width, height = max(text_width(line, label.size, advances) for line in lines), LINE_EM * label.size * len(lines)
    if label.is_over or label.may_cover:
        box = Box(label.x - width / 2.0, label.y - height / 2.0, label.x + width / 2.0, label.y + height / 2.0)
        yield -_INSIDE_GAIN, Placed(label=label, box=box)
    if label.is_over:
        return
    for radius in (*_NEAR_RADII, *(_LEADER_RADII if label.may_lead else ())):
        for turn in range(_DIRECTIONS):
            angle = 2.0 * math.pi * turn / _DIRECTIONS
            foot_x, foot_y = label.x + radius * math.cos(angle), label.y + radius * math.sin(angle)
            box = _beside(foot_x, foot_y, angle, width, height)
            is_led = radius > _NEAR_RADII[-1]
            leader = (label.x, label.y, foot_x, foot_y) if is_led else None
            backward = _BACKWARD_COST * (1.0 - math.cos(angle)) / 2.0
            yield 0.35 * radius + backward, Placed(label=label, box=box, leader=leader)


def _beside(x: float, y: float, angle: float, width: float, height: float) -> Box:
    """The box that a point on its edge looks at from outside, in a direction."""
    across, down = math.cos(angle), math.sin(angle)
    left = x - width * (1.0 - across) / 2.0
    top = y - height * (1.0 - down) / 2.0
    return Box(left, top, left + width, top + height)


def _covered(box: Box, lines: FloatArray) -> float:
    """How much of the lines lies in a box, fewer and fewer counted: a stroke more or less in a thicket is nothing."""
    if not len(lines):
        return 0.0
    x, y = lines[:, 0], lines[:, 1]
    inside = np.count_nonzero((x >= box.left) & (x <= box.right) & (y >= box.top) & (y <= box.bottom))
    return math.sqrt(float(inside))


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom


def _cuts(leader: tuple[float, float, float, float], box: Box) -> bool:
    """Whether a stroke passes a box (Liang and Barsky)."""
    x1, y1, x2, y2 = leader
    first, last = 0.0, 1.0
    for step, away in (
        (x1 - x2, x1 - box.left),
        (x2 - x1, box.right - x1),
        (y1 - y2, y1 - box.top),
        (y2 - y1, box.bottom - y1),
    ):
        if step == 0.0:
            if away < 0.0:
                return False
            continue
        part = away / step
        if step < 0.0:
            first = max(first, part)
        else:
            last = min(last, part)
    return first <= last
