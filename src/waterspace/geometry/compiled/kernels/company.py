"""Whom a unit meets among many tracks: those that come near it are found by balls in slices of time, then solved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.geometry.compiled.kernels.compiler import kernel
from waterspace.geometry.compiled.kernels.contacts import COLUMNS, contacts
from waterspace.geometry.compiled.kernels.curves import place_on
from waterspace.geometry.ellipsoid import WGS84

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.geometry.arrays import FloatArray
    from waterspace.geometry.compiled.pieces import Pieces

__all__ = ["STROKE_COLUMNS", "Finder", "found_with", "rewrite"]

STROKE_COLUMNS = 9
"""Of a stroke: start and end (ms), latitude, longitude and course (degrees) at both, and its length (m)."""

_RADIUS_M = WGS84.equatorial_radius_m
_SQUARE = WGS84.eccentricity2_ratio
_STRAIGHT_M = 1.0
_MARGIN_M = 10.0


class Finder(NamedTuple):
    """How pieces near a place at a time are found.

    Attributes:
        balls: centre, earth-centred, and radius of a ball that holds each piece that does not change, shape (n, 4).
        owner: number of the track of each of these pieces, shape (n,).
        first: place in `members` of the first of each slice of time, and at the end how many there are.
        members: pieces that are under way in each slice.
        grain: start of the first slice and length of a slice, milliseconds, shape (2,).
        out_ms: first and last instant of each track, shape (tracks, 2).
        seen: number of the question in which each track was looked at last, shape (tracks,).
    """

    balls: FloatArray
    owner: NDArray[np.int64]
    first: NDArray[np.int64]
    members: NDArray[np.int64]
    grain: FloatArray
    out_ms: FloatArray
    seen: NDArray[np.int64]


@kernel
def rewrite(pieces: Pieces, out_ms: FloatArray, track: int, strokes: FloatArray) -> None:
    """Give a track other strokes than it had; it has room for them.

    Args:
        pieces: of all tracks, written to.
        out_ms: first and last instant of each track, written to.
        track: its number.
        strokes: in order of time, without gaps, shape (n, `STROKE_COLUMNS`).
    """
    begin, end = pieces.first[track], pieces.first[track + 1]
    for k in range(begin, end):
        pieces.start_ms[k] = pieces.end_ms[k] = math.inf
    for k in range(strokes.shape[0]):
        s = strokes[k]
        pieces.start_ms[begin + k], pieces.end_ms[begin + k] = s[0], s[1]
        here, leave = _frame(s[2], s[3], s[4])
        there, arrive = _frame(s[5], s[6], s[7])
        c = pieces.curve[begin + k]
        for axis in range(3):
            gap = there[axis] - here[axis]
            u, v = leave[axis] * s[8], arrive[axis] * s[8]
            c[0, axis], c[1, axis], c[2, axis], c[3, axis] = here[axis], u, 0.0, 0.0
            if s[8] >= _STRAIGHT_M:
                c[2, axis], c[3, axis] = 3.0 * gap - 2.0 * u - v, u + v - 2.0 * gap
    out_ms[track, 0], out_ms[track, 1] = math.inf, -math.inf
    if strokes.shape[0] > 0:
        out_ms[track, 0], out_ms[track, 1] = strokes[0, 0], strokes[strokes.shape[0] - 1, 1]


@kernel
def found_with(
    pieces: Pieces, finder: Finder, question: tuple[int, float, int], strokes: FloatArray, changing: int
) -> FloatArray:
    """The times at which other tracks are within a range of a unit.

    Args:
        pieces: of all tracks; the last one is that of the unit and is written to.
        finder: of these tracks.
        question: its number, the range in metres, and how many strokes are given.
        strokes: of the unit, in order of time, without gaps, shape (n or more, `STROKE_COLUMNS`).
        changing: so many tracks before the last one change, and are looked at one by one.

    Returns:
        Rows as in `contacts`, the other track first, in order of tracks looked at.
    """
    number, range_m, count_of = question
    own = pieces.first.size - 2
    rewrite(pieces, finder.out_ms, own, strokes[:count_of])
    begin_ms, end_ms = finder.out_ms[own, 0], finder.out_ms[own, 1]
    x, y, z, radius_m = _ball(pieces, pieces.first[own], pieces.first[own] + count_of)
    rows, count = np.empty((16, COLUMNS)), 0
    slices = finder.first.size - 1
    low = max(math.floor((begin_ms - finder.grain[0]) / finder.grain[1]), 0)
    high = min(math.floor((end_ms - finder.grain[0]) / finder.grain[1]), slices - 1)
    for slice_ in range(low, high + 1):
        for place in range(finder.first[slice_], finder.first[slice_ + 1]):
            piece = finder.members[place]
            other = finder.owner[piece]
            if finder.seen[other] == number or pieces.start_ms[piece] > end_ms or pieces.end_ms[piece] < begin_ms:
                continue
            ball = finder.balls[piece]
            reach_m = radius_m + ball[3] + range_m
            dx, dy, dz = ball[0] - x, ball[1] - y, ball[2] - z
            if dx * dx + dy * dy + dz * dz > reach_m * reach_m:
                continue
            finder.seen[other] = number
            rows, count = _meet(pieces, finder, (other, own), range_m, rows, count)
    for other in range(own - changing, own):
        rows, count = _meet(pieces, finder, (other, own), range_m, rows, count)
    return rows[:count]


@kernel
def _meet(
    pieces: Pieces, finder: Finder, pair: tuple[int, int], range_m: float, rows: FloatArray, count: int
) -> tuple[FloatArray, int]:
    """Append the times at which two tracks that are both out are within a range."""
    out_ms = finder.out_ms
    start_ms = max(out_ms[pair[0], 0], out_ms[pair[1], 0])
    end_ms = min(out_ms[pair[0], 1], out_ms[pair[1], 1])
    if start_ms <= end_ms:
        rows, count = contacts(pieces, pair, (start_ms, end_ms), range_m, rows, count)
    return rows, count


@kernel
def _ball(pieces: Pieces, begin: int, end: int) -> tuple[float, float, float, float]:
    """Centre and radius of a ball that holds some pieces."""
    x, y, z = 0.0, 0.0, 0.0
    for k in range(begin, end):
        ax, ay, az = place_on(pieces, k, 0.5)
        x, y, z = x + ax / (end - begin), y + ay / (end - begin), z + az / (end - begin)
    reach_m = 0.0
    for k in range(begin, end):
        c = pieces.curve[k]
        ax, ay, az = place_on(pieces, k, 0.5)
        half_m = math.sqrt(c[1, 0] ** 2 + c[1, 1] ** 2 + c[1, 2] ** 2) / 2.0
        reach_m = max(reach_m, math.sqrt((ax - x) ** 2 + (ay - y) ** 2 + (az - z) ** 2) + half_m + _MARGIN_M)
    return x, y, z, reach_m


@kernel
def _frame(lat: float, lon: float, course: float) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Earth-centred place on the ellipsoid, and the direction of a course there."""
    phi, lam, turn = math.radians(lat), math.radians(lon), math.radians(course)
    sin_phi, cos_phi, sin_lam, cos_lam = math.sin(phi), math.cos(phi), math.sin(lam), math.cos(lam)
    normal_m = _RADIUS_M / math.sqrt(1.0 - _SQUARE * sin_phi * sin_phi)
    place = (normal_m * cos_phi * cos_lam, normal_m * cos_phi * sin_lam, normal_m * (1.0 - _SQUARE) * sin_phi)
    north, east = math.cos(turn), math.sin(turn)
    ahead = (-north * sin_phi * cos_lam - east * sin_lam, -north * sin_phi * sin_lam + east * cos_lam, north * cos_phi)
    return place, ahead
