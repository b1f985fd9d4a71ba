"""Tracks as curves in space: cubic pieces through earth-centred places that lie on the geodesics.

A leg is cut into pieces of at most 100 km. The ends of a piece, and the course at them, come from the library's
geodesics on WGS-84; between them runs the cubic curve with those ends and courses. It strays from the geodesic by at
most h⁴ / 384 R³, one millimetre, whatever the length of the leg, and neither the poles nor 180° mean anything to it.
What moves is linear, quadratic or cubic in time, so that separations and distances from lines are polynomials.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from waterspace.errors import GeometryError
from waterspace.geometry.ellipsoid import WGS84
from waterspace.geometry.geodesic import inverses, position_arrays, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from waterspace.domain import Leg, Position
    from waterspace.geometry.arrays import FloatArray

__all__ = ["Pieces", "Runs", "pieces_of", "pieces_of_runs", "places", "turned_to_course"]

_PIECE_M = 100_000.0
"""Greatest length of a piece: the curve strays from the geodesic by a millimetre at most."""

_STRAIGHT_M = 1.0
"""A piece shorter than this is straight, and so is its course: a geodesic bends less than a micrometre in it, but the
difference of its ends, earth-centred, is rounded to a nanometre and says little of its course."""


class Pieces(NamedTuple):
    """The curves of several tracks, laid end to end.

    Attributes:
        first: index of the first piece of each track, and at the end the number of pieces; shape (tracks + 1,).
        start_ms: when each piece begins, never falling within a track; shape (n,).
        end_ms: when each piece ends: where the next one of its track begins.
        curve: coefficients of powers 0 to 3 of the share of the piece's time that has passed, earth-centred metres;
            shape (n, 4, 3).
    """

    first: NDArray[np.int64]
    start_ms: FloatArray
    end_ms: FloatArray
    curve: FloatArray


class Runs(NamedTuple):
    """What tracks do, one after the other: legs, and waits where a track pauses; arrays of shape (n,)."""

    track: NDArray[np.int64]
    start_ms: FloatArray
    end_ms: FloatArray
    start_lat: FloatArray
    start_lon: FloatArray
    end_lat: FloatArray
    end_lon: FloatArray


def places(lat: FloatArray, lon: FloatArray) -> FloatArray:
    """Earth-centred places on the ellipsoid, shape (n, 3), from degrees of shape (n,)."""
    return _frame(lat, lon)[0]


def pieces_of(tracks: Sequence[Sequence[Leg]]) -> Pieces:
    """The curves of tracks; a track without legs has none, and a unit waits where legs leave a gap of time.

    Args:
        tracks: each with its legs in order of time.

    Raises:
        GeometryError: a leg begins before the one before it ends, or ends before it begins.
    """
    return pieces_of_runs(_runs(tracks), len(tracks))


def pieces_of_runs(runs_of: Runs, tracks_count: int) -> Pieces:
    """The curves of tracks whose legs are arrays already; there are no gaps of time in a track.

    Args:
        runs_of: the numbers of tracks never fall, and times rise within a track.
        tracks_count: how many tracks there are, those without legs included.
    """
    length_m, bearing = inverses(runs_of.start_lat, runs_of.start_lon, runs_of.end_lat, runs_of.end_lon)
    lasts = runs_of.end_ms > runs_of.start_ms
    length_m = np.where(lasts, length_m, 0.0)
    parts = np.maximum(np.ceil(length_m / _PIECE_M), 1.0).astype(np.int64)
    run = np.repeat(np.arange(parts.size), parts)
    place = np.arange(run.size) - np.repeat(np.cumsum(parts) - parts, parts)
    last = place + 1 == parts[run]
    part_ms = ((runs_of.end_ms - runs_of.start_ms) / parts)[run]
    start_ms = runs_of.start_ms[run] + part_ms * place
    end_ms = np.where(last, runs_of.end_ms[run], runs_of.start_ms[run] + part_ms * (place + 1))
    step_m = (length_m / parts)[run]
    begin = _nodes(runs_of, bearing, run, step_m * place)
    finish = _nodes(runs_of, bearing, run, step_m * (place + 1))
    counts = np.bincount(runs_of.track[run], minlength=tracks_count)
    first = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)))
    curve = _cubics(begin, finish, step_m)
    jumps = ~lasts[run]
    curve[jumps, 0] = places(runs_of.end_lat, runs_of.end_lon)[run[jumps]]  # over in no time: it is at its end
    return Pieces(first, start_ms, end_ms, curve)


def turned_to_course(pieces: Pieces) -> FloatArray:
    """Directions at the start of each piece that a unit keeps there while it waits, unit vectors of shape (n, 3).

    Zero where the unit moves by a metre or more: the curve itself says. A unit that waits keeps the course it came
    with, before its first move that of the move; one that never moves looks north.
    """
    kept = np.zeros((pieces.start_ms.size, 3))
    for begin, end in itertools.pairwise(pieces.first.tolist()):
        held: FloatArray | None = None
        waiting: list[int] = []
        for piece in range(begin, end):
            arrival = pieces.curve[piece, 1] + 2.0 * pieces.curve[piece, 2] + 3.0 * pieces.curve[piece, 3]
            if not arrival.any():
                if held is None:
                    waiting.append(piece)
                else:
                    kept[piece] = held
                continue
            if held is None:
                kept[waiting] = _unit(pieces.curve[piece, 1])
            held = _unit(arrival)
            if not pieces.curve[piece, 2:].any():
                kept[piece] = held
        if held is None:
            kept[waiting] = [_north(pieces.curve[piece, 0]) for piece in waiting]
    return kept


def _unit(vector: FloatArray) -> FloatArray:
    vector = vector / np.abs(vector).max()  # the square of the shortest way would be 0
    unit: FloatArray = vector / math.sqrt(float(vector @ vector))
    return unit


def _north(place: FloatArray) -> FloatArray:
    """The direction of north at an earth-centred place, unit vector."""
    x, y, z = (place * np.array([1.0, 1.0, 1.0 / (1.0 - WGS84.eccentricity2_ratio)])).tolist()
    across = math.hypot(x, y)
    turn = math.atan2(y, x)
    return _unit(np.array([-z * math.cos(turn), -z * math.sin(turn), across]))


def _runs(tracks: Sequence[Sequence[Leg]]) -> Runs:
    """Legs, and waits in gaps of time, of tracks that are in order."""
    numbers: list[int] = []
    times: list[tuple[int, int]] = []
    starts: list[Position] = []
    ends: list[Position] = []
    for number, legs in enumerate(tracks):
        last_ms: int | None = None
        for leg in legs:
            if last_ms is not None and leg.start_ms != last_ms:
                if leg.start_ms < last_ms:
                    raise GeometryError(_overlap(number, leg, last_ms))
                numbers.append(number)
                times.append((last_ms, leg.start_ms))
                starts.append(ends[-1])
                ends.append(ends[-1])
            last_ms = leg.end_ms
            if last_ms < leg.start_ms:
                raise GeometryError(f"track {number} has a leg that ends at {last_ms} ms, before its {leg.start_ms} ms")
            numbers.append(number)
            times.append((leg.start_ms, last_ms))
            starts.append(leg.start)
            ends.append(leg.end)
    spans = np.array(times, dtype=np.float64).reshape(-1, 2)
    here, there = position_arrays(starts), position_arrays(ends)
    return Runs(np.array(numbers, dtype=np.int64), spans[:, 0], spans[:, 1], *here, *there)


def _overlap(number: int, leg: Leg, last_ms: int) -> str:
    return (
        f"track {number} has a leg that starts at {leg.start_ms} ms, before the leg before it ends at {last_ms} ms; "
        "legs must be in order of time"
    )


def _nodes(
    runs_of: Runs, bearing: FloatArray, run: NDArray[np.int64], along_m: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Places and directions of travel, each of shape (n, 3), at distances from the starts of runs."""
    lat, lon, course = runs(runs_of.start_lat[run], runs_of.start_lon[run], bearing[run], along_m)
    place, east, north = _frame(lat, lon)
    angle = np.radians(course)[:, None]
    return place, np.cos(angle) * north + np.sin(angle) * east


def _frame(lat: FloatArray, lon: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Earth-centred places on the ellipsoid, and unit vectors to the east and north of them, each of shape (n, 3)."""
    phi, lam = np.radians(lat), np.radians(lon)
    sin_phi, cos_phi, sin_lam, cos_lam = np.sin(phi), np.cos(phi), np.sin(lam), np.cos(lam)
    square = WGS84.eccentricity2_ratio
    normal_m = WGS84.equatorial_radius_m / np.sqrt(1.0 - square * sin_phi**2)
    place = (normal_m * cos_phi * cos_lam, normal_m * cos_phi * sin_lam, normal_m * (1.0 - square) * sin_phi)
    east = (-sin_lam, cos_lam, np.zeros_like(phi))
    north = (-sin_phi * cos_lam, -sin_phi * sin_lam, cos_phi)
    return np.stack(place, axis=-1), np.stack(east, axis=-1), np.stack(north, axis=-1)


def _cubics(
    begin: tuple[FloatArray, FloatArray], finish: tuple[FloatArray, FloatArray], step_m: FloatArray
) -> FloatArray:
    """Coefficients, shape (n, 4, 3), of the cubics with given places and directions at both ends."""
    scale = step_m[:, None]
    leave, arrive = begin[1] * scale, finish[1] * scale
    gap = finish[0] - begin[0]
    bends = scale >= _STRAIGHT_M
    square = np.where(bends, 3.0 * gap - 2.0 * leave - arrive, 0.0)
    cube = np.where(bends, leave + arrive - 2.0 * gap, 0.0)
    return np.stack((begin[0], leave, square, cube), axis=1)
