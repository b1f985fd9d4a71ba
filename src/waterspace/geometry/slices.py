"""What a moving box and its opposite cover in slices of time, as shapes of a plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from waterspace.domain import Position
from waterspace.geometry.arrays import distinct
from waterspace.geometry.boxes import BoxMotions
from waterspace.geometry.footprints import bounding_circle
from waterspace.geometry.geodesic import position_arrays
from waterspace.geometry.plane import EARTH_RADIUS_M, Plane, project_around
from waterspace.geometry.shapes import TOUCH_M, Shape, eroded, meeting_point, shape_of
from waterspace.quantity import SECOND_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from waterspace.domain import Footprint
    from waterspace.geometry.boxes import BoxMotion
    from waterspace.geometry.geodesic import FloatArray
    from waterspace.geometry.motion import Motion
    from waterspace.geometry.outlines import Line
    from waterspace.geometry.separation import IndexArray

__all__ = ["Mover", "MovingSide", "Pieces", "Side", "Slices", "StillSide"]


class Pieces(NamedTuple):
    """Spans of time in which nothing changes course; arrays of shape (n,), in order of time.

    Attributes:
        start_ms: as floats.
        end_ms: as floats, not before the start.
        a: leg of the box.
        b: leg of the other side; zeros where that stands still.
    """

    start_ms: FloatArray
    end_ms: FloatArray
    a: IndexArray
    b: IndexArray

    def take(self, keep: NDArray[np.bool_] | IndexArray | slice) -> Pieces:
        """Some of the pieces."""
        return Pieces(self.start_ms[keep], self.end_ms[keep], self.a[keep], self.b[keep])

    def cut(self, number: int, cuts_ms: FloatArray) -> Pieces:
        """One piece cut at times, its ends included in them, shape (m + 1,), into m."""
        legs = (np.full(cuts_ms.size - 1, column[number]) for column in (self.a, self.b))
        return Pieces(cuts_ms[:-1], cuts_ms[1:], *legs)


class Slices(NamedTuple):
    """What both sides cover, as arrays of shapely geometries, each slice on its own plane.

    Attributes:
        a: the box, as seen from the other side.
        b: the other side, without the strip in which it is only touched.
        radius_m: around `b`, shape (n,).
        bend_m: by how much the planes may mislead, shape (n,).
        centre: of each plane.
        origin: where the other side is at the start, metres, shape (n, 2).
    """

    a: Any
    b: Any
    radius_m: FloatArray
    bend_m: FloatArray
    centre: Line
    origin: FloatArray

    def overlapping(self) -> NDArray[np.bool_]:
        """In which slices the two overlap, shape (n,)."""
        import shapely

        answer: NDArray[np.bool_] = shapely.dwithin(self.b, self.a, self.radius_m + self.bend_m)
        return answer

    def position(self, number: int) -> Position:
        """A position in the overlap of a slice."""
        radius_m = float(self.radius_m[number])
        x_m, y_m = meeting_point(Shape(core=self.a[number]), Shape(core=self.b[number], radius_m=radius_m))
        lat, lon = (float(values[number]) for values in self.centre)
        origin_x_m, origin_y_m = self.origin[number].tolist()
        return Plane(Position(lat_deg=lat, lon_deg=lon)).position(x_m + origin_x_m, y_m + origin_y_m)


class Mover(Protocol):
    """A moving box, or several."""

    @property
    def motion(self) -> Motion:
        """Of the centres."""
        ...

    def corners(self, index: IndexArray, times_ms: FloatArray) -> Line:
        """Corners at given times on given legs, each of shape (n, 1 or 4)."""
        ...

    def reach_m(self, index: IndexArray) -> FloatArray:
        """Reach of the farthest corner on given legs, an array that broadcasts to shape (n,)."""
        ...


class Side(Protocol):
    """What a box may meet, or several such things, whose legs or numbers the pieces name."""

    @property
    def motion(self) -> Motion | None:
        """How it moves; None where it stands still."""
        ...

    def reach_m(self, pieces: Pieces) -> FloatArray:
        """Reach of its farthest point from where `places` says it is, an array that broadcasts to shape (n,)."""
        ...

    def places(self, pieces: Pieces) -> Line:
        """Where it is in the middle of each piece, arrays that broadcast to shape (n,)."""
        ...

    def slices(self, box: Mover, pieces: Pieces) -> Slices:
        """What it and a box cover in each piece."""
        ...


class StillSide:
    """Footprints that stand still; in pieces `b` says which."""

    __slots__ = ("_lat", "_lon", "_planes", "_radius_m", "_shapes", "footprints")

    motion: Motion | None = None

    def __init__(self, *footprints: Footprint) -> None:
        """Take footprints, one or more, none of them a `MovingBox`; their shapes are made when first needed."""
        bounds = [bounding_circle(footprint) for footprint in footprints]
        self._radius_m = np.array([circle.radius_m for circle in bounds])
        self._lat, self._lon = position_arrays([circle.centre for circle in bounds])
        self.footprints, self._planes = footprints, [Plane(circle.centre) for circle in bounds]
        self._shapes: dict[int, Shape] = {}

    def reach_m(self, pieces: Pieces) -> FloatArray:
        """Reach of the farthest point from the centre."""
        return self._radius_m[pieces.b]

    def places(self, pieces: Pieces) -> Line:
        """The centres of the footprints, shape (n,)."""
        return self._lat[pieces.b], self._lon[pieces.b]

    def slices(self, box: Mover, pieces: Pieces) -> Slices:
        """What the footprints and a box cover in each piece, on the planes around the footprints."""
        which = pieces.b
        asked = distinct(which)
        cores, radius_m = np.empty(asked.size, dtype=np.object_), np.empty(asked.size)
        for place, number in enumerate(asked.tolist()):
            shape = self._shape(number)
            cores[place], radius_m[place] = shape.core, shape.radius_m
        here = np.searchsorted(asked, which)
        lat, lon = self.places(pieces)
        moments = _Moments.of(pieces)
        corners = moments.both(moments.projected(box, pieces.a, (lat, lon)))
        return Slices(
            _hulls(corners),
            cores[here],
            radius_m[here],
            _bend_m(box.motion, pieces.a, pieces, corners),
            (lat, lon),
            np.zeros((which.size, 2)),
        )

    def _shape(self, number: int) -> Shape:
        """A footprint without the strip in which others only touch it, on the plane around it."""
        import shapely

        if number not in self._shapes:
            shape = eroded(shape_of(self.footprints[number], self._planes[number]))
            shapely.prepare(shape.core)
            self._shapes[number] = shape
        return self._shapes[number]


class MovingSide:
    """Other boxes that move; the first are watched from their centres."""

    __slots__ = ("_box", "motion")

    def __init__(self, *boxes: BoxMotion) -> None:
        """Take the motion of boxes, one or more; all of them have a size, or none has."""
        small = [box.shrunk(TOUCH_M) for box in boxes]
        self._box: Mover = small[0] if len(small) == 1 else BoxMotions(small)
        self.motion: Motion | None = self._box.motion

    def reach_m(self, pieces: Pieces) -> FloatArray:
        """Reach of the farthest corner from the centre."""
        return self._box.reach_m(pieces.b)

    def places(self, pieces: Pieces) -> Line:
        """The centre of the box in the middle of each piece, shape (n,)."""
        return self._box.motion.on_leg(pieces.b, (pieces.start_ms + pieces.end_ms) / 2.0)

    def slices(self, box: Mover, pieces: Pieces) -> Slices:
        """What both boxes cover in each piece as seen from the centre of this one, on planes around it."""
        lat, lon = self.places(pieces)
        centre = lat[:, None], lon[:, None]
        motion, moments = self._box.motion, _Moments.of(pieces)
        ours, theirs = (
            np.concatenate([project_around(*centre, *corners) for corners in moments.corners(mover, leg)], axis=1)
            for mover, leg in ((self._box, pieces.b), (box, pieces.a))
        )
        ends = [project_around(*centre, *place) for place in moments.centres(motion, pieces.b)]
        middle = np.concatenate(ends, axis=1)
        bend_m = _bend_m(motion, pieces.b, pieces, ours) + _bend_m(box.motion, pieces.a, pieces, theirs)
        return Slices(
            _hulls(theirs - np.repeat(middle, theirs.shape[1] // 2, axis=1)),
            _hulls(ours - np.repeat(middle, ours.shape[1] // 2, axis=1)),
            np.zeros(lat.size),
            bend_m,
            (lat, lon),
            middle[:, 0],
        )


class _Moments(NamedTuple):
    """The starts and the ends of pieces, each moment once where a piece ends as the next one starts.

    Attributes:
        piece: the first piece that starts or ends at each moment, shape (m,).
        times_ms: shape (m,).
        starts: number of the moment at which each piece starts, shape (n,).
        ends: at which it ends.
    """

    piece: IndexArray
    times_ms: FloatArray
    starts: IndexArray
    ends: IndexArray

    @classmethod
    def of(cls, pieces: Pieces) -> _Moments:
        """Those of pieces."""
        times_ms = np.stack((pieces.start_ms, pieces.end_ms), axis=1).ravel()
        is_new = np.ones(times_ms.size, dtype=np.bool_)
        is_new[1:] = times_ms[1:] != times_ms[:-1]
        is_new[2::2] |= (pieces.a[1:] != pieces.a[:-1]) | (pieces.b[1:] != pieces.b[:-1])
        chosen, number = np.flatnonzero(is_new), np.cumsum(is_new) - 1
        return cls(chosen // 2, times_ms[chosen], number[::2], number[1::2])

    def both(self, values: FloatArray) -> FloatArray:
        """Of each piece what it has at its start and then at its end, shape (n, 2k, 2), from shape (m, k, 2)."""
        return np.concatenate((values[self.starts], values[self.ends]), axis=1)

    def projected(self, box: Mover, leg: IndexArray, centre: Line) -> FloatArray:
        """Corners of a box on planes, shape (m, 1 or 4, 2), from the legs and the planes' centres of the pieces."""
        lat, lon = (values[self.piece][:, None] for values in centre)
        return project_around(lat, lon, *box.corners(leg[self.piece], self.times_ms))

    def corners(self, box: Mover, leg: IndexArray) -> tuple[Line, Line]:
        """Corners of a box at the starts and at the ends, in degrees."""
        lat, lon = box.corners(leg[self.piece], self.times_ms)
        return (lat[self.starts], lon[self.starts]), (lat[self.ends], lon[self.ends])

    def centres(self, motion: Motion, leg: IndexArray) -> tuple[Line, Line]:
        """Centres of a box at the starts and at the ends, in degrees, each of shape (n, 1)."""
        lat, lon = (values[:, None] for values in motion.on_leg(leg[self.piece], self.times_ms))
        return (lat[self.starts], lon[self.starts]), (lat[self.ends], lon[self.ends])


def _hulls(points: FloatArray) -> Any:  # noqa: ANN401  # shapely ships no types
    """Convex hulls of points, shape (n, k, 2), as an array of shapely geometries.

    A box that keeps its course sweeps over the convex hull of its first and last corners.
    """
    import shapely

    return shapely.convex_hull(shapely.multipoints(points))


def _bend_m(motion: Motion, leg: IndexArray, pieces: Pieces, corners: FloatArray) -> FloatArray:
    """By how much a geodesic run may stray from a straight, even run on a plane, shape (n,).

    At a distance D from the centre of an azimuthal equidistant plane geodesics bend by at most about 2D / 3R²; thrice
    that also covers the change of scale along the run.
    """
    travel_m = motion.speed[leg] * (pieces.end_ms - pieces.start_ms) / SECOND_MS
    far_m = np.max(np.hypot(corners[..., 0], corners[..., 1]), axis=1)
    bend: FloatArray = travel_m**2 / 8.0 * 2.0 * (far_m + travel_m) / EARTH_RADIUS_M**2
    return bend
