"""When tracks are inside a footprint: every crossing of an edge is solved, and each stretch between is looked at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from waterspace.geometry.compiled.edges import BOX, CORRIDOR, POLYGON, SECTOR
from waterspace.geometry.compiled.kernels.compiler import kernel
from waterspace.geometry.compiled.kernels.contacts import roomier
from waterspace.geometry.compiled.kernels.curves import piece_at, place_on, range_between, share_of
from waterspace.geometry.compiled.kernels.polynomials import COUNT, MOST_ROOTS, NODES, fit, roots
from waterspace.geometry.ellipsoid import WGS84
from waterspace.geometry.plane import EARTH_RADIUS_M

if TYPE_CHECKING:
    from waterspace.geometry.arrays import FloatArray
    from waterspace.geometry.compiled.edges import Box, Edges
    from waterspace.geometry.compiled.pieces import Pieces

__all__ = ["found_visits"]

_FLATTENED = 1.0 / (1.0 - WGS84.eccentricity2_ratio)
_LEVEL_M = 0.001
_FINEST_MS = 1.0
_PLAIN_MARGIN_M = 100.0
"""Added where strokes are left out by distance, so that what is left out is out for certain."""


@kernel
def found_visits(pieces: Pieces, edges: Edges, box: Box, span: tuple[float, float]) -> FloatArray:
    """Rows of track, first and last instant inside, in order.

    Args:
        pieces: of all tracks.
        edges: a footprint that stands still, or of kind `BOX`.
        box: what moves, where the kind is `BOX`.
        span: first and last millisecond that counts.
    """
    rows, count = np.empty((64, 3)), 0
    for track in range(pieces.first.size - 1):
        if pieces.first[track] < pieces.first[track + 1]:
            rows, count = _visits_of(pieces, track, (edges, box), span, rows, count)
    return rows[:count]


@kernel
def _visits_of(
    pieces: Pieces,
    track: int,
    footprint: tuple[Edges, Box],
    span: tuple[float, float],
    rows: FloatArray,
    count: int,
) -> tuple[FloatArray, int]:
    """Append the times at which one track is inside."""
    edges, box = footprint
    moves = edges.kind == BOX
    began = count
    start_ms = max(span[0], pieces.start_ms[pieces.first[track]])
    last_ms = min(span[1], pieces.end_ms[pieces.first[track + 1] - 1])
    if moves:
        start_ms, last_ms = max(start_ms, box.pieces.start_ms[0]), min(last_ms, box.pieces.end_ms[-1])
    if start_ms > last_ms:
        return rows, count
    i = piece_at(pieces, track, start_ms)
    j = piece_at(box.pieces, 0, start_ms) if moves else 0
    while True:
        end_ms = min(last_ms, pieces.end_ms[i])
        if moves:
            end_ms = min(end_ms, box.pieces.end_ms[j])
        if _near(pieces, i, (edges, box, j), (start_ms, end_ms)):
            rows, count = _stays(pieces, (track, i, j, began), footprint, (start_ms, end_ms), rows, count)
        if end_ms >= last_ms:
            return rows, count
        if pieces.end_ms[i] <= end_ms:
            i += 1
        if moves and box.pieces.end_ms[j] <= end_ms:
            j += 1
        start_ms = end_ms


@kernel
def _stays(
    pieces: Pieces,
    numbers: tuple[int, int, int, int],
    footprint: tuple[Edges, Box],
    span: tuple[float, float],
    rows: FloatArray,
    count: int,
) -> tuple[FloatArray, int]:
    """Append the stretches between crossings in which a unit is inside, in a span of one piece.

    Args:
        pieces: of all tracks.
        numbers: of the track, of its piece, of the piece of the box, and of the first row of the track.
        footprint: what stands still, or the box.
        span: milliseconds.
        rows: shape (n, 3).
        count: of rows that are in use.
    """
    track, i, j, began = numbers
    edges, box = footprint
    lasts_ms = span[1] - span[0]
    cuts = _cuts(pieces, (i, j), footprint, span)
    low = 0.0
    for k in range(cuts.size):
        high = cuts[k]
        middle_ms = span[0] + lasts_ms * (low + high) / 2.0
        place = place_on(pieces, i, share_of(pieces, i, middle_ms))
        inside = _inside_box(box, j, middle_ms, place) if edges.kind == BOX else _inside(edges, place)
        if inside and (low < high or lasts_ms == 0.0):
            start_ms, end_ms = span[0] + lasts_ms * low, span[0] + lasts_ms * high
            if count > began and start_ms <= rows[count - 1, 2] + _FINEST_MS:
                rows[count - 1, 2] = end_ms
            else:
                rows = roomier(rows, count)
                rows[count, 0], rows[count, 1], rows[count, 2] = track, start_ms, end_ms
                count += 1
        low = high
    return rows, count


@kernel
def _cuts(pieces: Pieces, both: tuple[int, int], footprint: tuple[Edges, Box], span: tuple[float, float]) -> FloatArray:
    """Shares of a span at which a unit may cross an edge, in order, and 1 at the end."""
    i, j = both
    edges, box = footprint
    share = _FINEST_MS / max(span[1] - span[0], _FINEST_MS)
    points, cuts = np.empty((COUNT, 3)), np.empty(64)
    _trace(pieces, i, span, points)
    if edges.kind == BOX:
        local = np.empty((COUNT, 2))
        for k in range(COUNT):
            at_ms = span[0] + (span[1] - span[0]) * NODES[k]
            local[k, 0], local[k, 1] = _in_box(box, j, at_ms, (points[k, 0], points[k, 1], points[k, 2]))
        cuts, count = _box_cuts(box.sizes, local, share, cuts)
    else:
        cuts, count = _still_cuts(edges, points, share, cuts)
    some = np.empty(count + 1)
    some[count] = 1.0
    for k in range(count):  # few, and nearly in order: each is put where it belongs
        place = k
        while place > 0 and some[place - 1] > cuts[k]:
            some[place] = some[place - 1]
            place -= 1
        some[place] = cuts[k]
    return some


@kernel
def _near(pieces: Pieces, i: int, footprint: tuple[Edges, Box, int], span: tuple[float, float]) -> bool:
    """Whether a unit may be inside in a span of one piece, by the ball around its way."""
    edges, box, j = footprint
    x, y, z, reach_m = _ball(pieces, i, span)
    if edges.kind == BOX:
        u, v, w, more_m = _ball(box.pieces, j, span)
        reach_m += more_m + box.sizes[3] + 1.0
    else:
        u, v, w = edges.reach[0], edges.reach[1], edges.reach[2]
        reach_m += edges.reach[3]
    return bool((x - u) ** 2 + (y - v) ** 2 + (z - w) ** 2 <= reach_m * reach_m)


@kernel
def _ball(pieces: Pieces, i: int, span: tuple[float, float]) -> tuple[float, float, float, float]:
    """Centre and radius of a ball that holds a unit's way in a span of one piece."""
    first, last = share_of(pieces, i, span[0]), share_of(pieces, i, span[1])
    x, y, z = place_on(pieces, i, (first + last) / 2.0)
    speed = 0.0
    for axis in range(3):
        c = pieces.curve[i, :, axis]
        speed += (abs(c[1]) + 2.0 * abs(c[2]) + 3.0 * abs(c[3])) ** 2
    return x, y, z, math.sqrt(speed) * (last - first) / 2.0


@kernel
def _trace(pieces: Pieces, i: int, span: tuple[float, float], points: FloatArray) -> None:
    """Places of a unit at the nodes of a span of one piece."""
    first, last = share_of(pieces, i, span[0]), share_of(pieces, i, span[1])
    for k in range(COUNT):
        points[k, 0], points[k, 1], points[k, 2] = place_on(pieces, i, first + (last - first) * NODES[k])


@kernel
def _still_cuts(edges: Edges, points: FloatArray, share: float, cuts: FloatArray) -> tuple[FloatArray, int]:
    """Every instant, as a share of the span, at which a unit may cross an edge of a footprint that stands still.

    Args:
        edges: the footprint.
        points: places of the unit at the nodes, shape (7, 3).
        share: below which parts of the span are not told apart.
        cuts: shape (n,), written to.

    Returns:
        The cuts, in a larger array where there was no room, and how many are in use.
    """
    samples, count = np.empty(COUNT), 0
    for number in range(edges.discs.shape[0]):
        disc = edges.discs[number]
        for k in range(COUNT):
            apart_m = range_between(points[k, 0], points[k, 1], points[k, 2], disc[0], disc[1], disc[2])
            samples[k] = apart_m * apart_m - disc[3] * disc[3]
        cuts, count = _add_cuts(samples, 2.0 * disc[3] * _LEVEL_M, share, cuts, count)
    if edges.kind == SECTOR and edges.discs.shape[0] > 0:
        sine, cosine = math.sin(edges.numbers[2]), math.cos(edges.numbers[2])
        for sign in (-1.0, 1.0):
            for k in range(COUNT):
                ahead = _dot(edges.frame[0], points[k], edges.discs[0])
                samples[k] = cosine * _dot(edges.frame[1], points[k], edges.discs[0]) + sign * sine * ahead
            cuts, count = _add_cuts(samples, _LEVEL_M, share, cuts, count)
    return _stroke_cuts(edges, points, share, cuts, count)


@kernel
def _stroke_cuts(
    edges: Edges, points: FloatArray, share: float, cuts: FloatArray, count: int
) -> tuple[FloatArray, int]:
    """Append the instants at which a unit may cross a stroke, or a line beside it at half the width of a corridor."""
    samples = np.empty(COUNT)
    middle = points[COUNT // 2]
    reach_m = 0.0
    for k in range(COUNT):
        reach_m = max(reach_m, math.sqrt(_square_between(points[k], middle)))
    offset_m = edges.numbers[1] if edges.kind == CORRIDOR else 0.0
    for number in range(edges.start.shape[0]):
        start = edges.start[number]
        far_m = reach_m + math.sqrt(_square_between(start, edges.end[number])) + 2.0 * offset_m + _PLAIN_MARGIN_M
        if _square_between(start, middle) > far_m * far_m:
            continue
        for k in range(COUNT):
            samples[k] = _dot(edges.side[number], points[k], start) - offset_m
        cuts, count = _add_cuts(samples, _LEVEL_M, share, cuts, count)
        if offset_m > 0.0:
            for k in range(COUNT):
                samples[k] += 2.0 * offset_m
            cuts, count = _add_cuts(samples, _LEVEL_M, share, cuts, count)
    return cuts, count


@kernel
def _box_cuts(sizes: FloatArray, local: FloatArray, share: float, cuts: FloatArray) -> tuple[FloatArray, int]:
    """Every instant, as a share of the span, at which a unit may cross a side of a box, as `_still_cuts` has them."""
    samples, count = np.empty(COUNT), 0
    for axis, edge_m in ((0, sizes[0]), (0, -sizes[1]), (1, sizes[2]), (1, -sizes[2])):
        for k in range(COUNT):
            samples[k] = local[k, axis] - edge_m
        cuts, count = _add_cuts(samples, _LEVEL_M, share, cuts, count)
    return cuts, count


@kernel
def _add_cuts(samples: FloatArray, level: float, share: float, cuts: FloatArray, count: int) -> tuple[FloatArray, int]:
    """Append the roots of the polynomial through samples."""
    b, found = np.empty(COUNT), np.empty(MOST_ROOTS)
    fit(samples, b)
    more = roots(b, (level, share), found)
    if count + more > cuts.size:
        larger = np.empty(2 * (count + more))
        for k in range(count):
            larger[k] = cuts[k]
        cuts = larger
    for k in range(more):
        cuts[count + k] = found[k]
    return cuts, count + more


@kernel
def _inside_box(box: Box, j: int, time_ms: float, place: tuple[float, float, float]) -> bool:
    """Whether a place is inside a box at a time."""
    along_m, across_m = _in_box(box, j, time_ms, place)
    return bool(-box.sizes[1] <= along_m <= box.sizes[0] and abs(across_m) <= box.sizes[2])


@kernel
def _inside(edges: Edges, place: tuple[float, float, float]) -> bool:
    """Whether a place is inside a footprint that stands still."""
    x, y, z = place
    u, v, w = edges.reach[0] - x, edges.reach[1] - y, edges.reach[2] - z
    if u * u + v * v + w * w > edges.reach[3] * edges.reach[3]:
        return False
    if edges.kind == POLYGON:
        return _inside_polygon(edges, place)
    if edges.kind == SECTOR:
        return _inside_sector(edges, place)
    for number in range(edges.discs.shape[0]):
        disc = edges.discs[number]
        if range_between(x, y, z, disc[0], disc[1], disc[2]) <= disc[3]:
            return True
    return edges.kind == CORRIDOR and _beside_stroke(edges, place)


@kernel
def _inside_sector(edges: Edges, place: tuple[float, float, float]) -> bool:
    """Whether a place is between the radii and the sides of a sector."""
    if edges.discs.shape[0] == 0:
        return False
    centre = edges.discs[0]
    apart_m = range_between(place[0], place[1], place[2], centre[0], centre[1], centre[2])
    if not edges.numbers[1] <= apart_m <= edges.numbers[0]:
        return False
    point = np.empty(3)
    point[0], point[1], point[2] = place
    ahead, right = _dot(edges.frame[0], point, centre), _dot(edges.frame[1], point, centre)
    return bool(abs(math.atan2(right, ahead)) <= edges.numbers[2])


@kernel
def _beside_stroke(edges: Edges, place: tuple[float, float, float]) -> bool:
    """Whether a place is abeam of a stroke of a corridor, within its half width."""
    point = np.empty(3)
    point[0], point[1], point[2] = place
    for number in range(edges.start.shape[0]):
        start, end = edges.start[number], edges.end[number]
        if abs(_dot(edges.side[number], point, start)) > edges.numbers[1]:
            continue
        length_m = math.sqrt(_square_between(start, end))
        along_m = 0.0
        for axis in range(3):  # the way first: a difference of two products is lost to rounding on short strokes
            along_m += (end[axis] - start[axis]) * (point[axis] - start[axis]) / length_m
        if -edges.numbers[2] <= along_m <= length_m + edges.numbers[2]:
            return True
    return False


@kernel
def _inside_polygon(edges: Edges, place: tuple[float, float, float]) -> bool:
    """Whether a ray to the east of a place crosses an odd number of strokes, drawn around the place.

    The drawing is stereographic: nothing but the far side of the earth is out of it, and what is near is true.
    """
    x, y, _ = place
    up = _up_at(place)
    across = math.sqrt(x * x + y * y)
    east = (-y / across, x / across, 0.0) if across > 0.0 else (0.0, 1.0, 0.0)
    north = (up[1] * east[2] - up[2] * east[1], up[2] * east[0] - up[0] * east[2], up[0] * east[1] - up[1] * east[0])
    odd = False
    for number in range(edges.start.shape[0]):
        x0, y0 = _drawn(edges.start[number], place, (east, north, up))
        x1, y1 = _drawn(edges.end[number], place, (east, north, up))
        if (y0 > 0.0) != (y1 > 0.0) and x0 + (x1 - x0) * y0 / (y0 - y1) > 0.0:
            odd = not odd
    return odd


@kernel
def _drawn(
    point: FloatArray,
    place: tuple[float, float, float],
    axes: tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]],
) -> tuple[float, float]:
    """Where a point lies in the stereographic drawing around a place."""
    east, north, up = axes
    x, y, z = point[0] - place[0], point[1] - place[1], point[2] - place[2]
    depth = x * up[0] + y * up[1] + z * up[2]
    scale = 2.0 * EARTH_RADIUS_M / (2.0 * EARTH_RADIUS_M + depth)
    return (
        scale * (x * east[0] + y * east[1] + z * east[2]),
        scale * (x * north[0] + y * north[1] + z * north[2]),
    )


@kernel
def _in_box(box: Box, j: int, time_ms: float, place: tuple[float, float, float]) -> tuple[float, float]:
    """How far ahead of a box's centre a place lies, and how far to the right of its course, along the surface."""
    share = share_of(box.pieces, j, time_ms)
    cx, cy, cz = place_on(box.pieces, j, share)
    c = box.pieces.curve[j]
    x, y, z = box.kept[j, 0], box.kept[j, 1], box.kept[j, 2]
    if x == 0.0 and y == 0.0 and z == 0.0:
        x = c[1, 0] + share * (2.0 * c[2, 0] + 3.0 * share * c[3, 0])
        y = c[1, 1] + share * (2.0 * c[2, 1] + 3.0 * share * c[3, 1])
        z = c[1, 2] + share * (2.0 * c[2, 2] + 3.0 * share * c[3, 2])
    length = math.sqrt(x * x + y * y + z * z)
    if length > 0.0:
        x, y, z = x / length, y / length, z / length
    up = _up_at((cx, cy, cz))
    u, v, w = place[0] - cx, place[1] - cy, place[2] - cz
    ahead = u * x + v * y + w * z
    right = u * (y * up[2] - z * up[1]) + v * (z * up[0] - x * up[2]) + w * (x * up[1] - y * up[0])
    angle = math.asin(min(max(right / EARTH_RADIUS_M, -1.0), 1.0))
    along = ahead / (EARTH_RADIUS_M * max(math.cos(angle), 0.1))
    return EARTH_RADIUS_M * math.asin(min(max(along, -1.0), 1.0)), EARTH_RADIUS_M * angle


@kernel
def _up_at(place: tuple[float, float, float]) -> tuple[float, float, float]:
    """The direction upright on the ellipsoid, unit vector."""
    z = place[2] * _FLATTENED
    length = math.sqrt(place[0] * place[0] + place[1] * place[1] + z * z)
    return place[0] / length, place[1] / length, z / length


@kernel
def _dot(direction: FloatArray, point: FloatArray, origin: FloatArray) -> float:
    """How far a point lies from an origin in a direction."""
    return float(
        direction[0] * (point[0] - origin[0])
        + direction[1] * (point[1] - origin[1])
        + direction[2] * (point[2] - origin[2])
    )


@kernel
def _square_between(a: FloatArray, b: FloatArray) -> float:
    """Square of the straight distance between two points."""
    return float((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2)
