"""What a moving box and its opposite cover in slices of time, as shapes of a plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from waterspace.domain import Position
from waterspace.geometry.footprints import bounding_circle
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

__all__ = ["MovingSide", "Pieces", "Side", "Slices", "StillSide"]


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

    def take(self, keep: NDArray[np.bool_] | IndexArray) -> Pieces:
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
        radius_m: around `b`.
        bend_m: by how much the planes may mislead, shape (n,).
        centre: of each plane.
        origin: where the other side is at the start, metres, shape (n, 2).
    """

    a: Any
    b: Any
    radius_m: float
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
        x_m, y_m = meeting_point(Shape(core=self.a[number]), Shape(core=self.b[number], radius_m=self.radius_m))
        lat, lon = (float(values[number]) for values in self.centre)
        origin_x_m, origin_y_m = self.origin[number].tolist()
        return Plane(Position(lat_deg=lat, lon_deg=lon)).position(x_m + origin_x_m, y_m + origin_y_m)


class Side(Protocol):
    """What a box may meet."""

    @property
    def motion(self) -> Motion | None:
        """How it moves; None where it stands still."""
        ...

    @property
    def radius_m(self) -> float:
        """Reach of its farthest point from where `places` says it is."""
        ...

    def places(self, pieces: Pieces) -> Line:
        """Where it is in the middle of each piece, arrays that broadcast to shape (n,)."""
        ...

    def slices(self, box: BoxMotion, pieces: Pieces) -> Slices:
        """What it and a box cover in each piece."""
        ...


class StillSide:
    """A footprint that stands still."""

    __slots__ = ("_footprint", "_plane", "_shape", "radius_m")

    motion: Motion | None = None

    def __init__(self, footprint: Footprint) -> None:
        """Take a footprint, not a `MovingBox`; its shape is made when first needed."""
        bounds = bounding_circle(footprint)
        self.radius_m = bounds.radius_m
        self._footprint, self._plane = footprint, Plane(bounds.centre)
        self._shape: Shape | None = None

    def places(self, pieces: Pieces) -> Line:  # noqa: ARG002  # it is always there
        """The centre of the footprint, shape (1,)."""
        return np.array([self._plane.centre.lat_deg]), np.array([self._plane.centre.lon_deg])

    def slices(self, box: BoxMotion, pieces: Pieces) -> Slices:
        """What the footprint and a box cover in each piece, on the plane around the footprint."""
        import shapely

        if self._shape is None:
            self._shape = eroded(shape_of(self._footprint, self._plane))
            shapely.prepare(self._shape.core)
        count = pieces.a.size
        lat, lon = self.places(pieces)
        corners = _corners(box, pieces.a, pieces, (lat[:, None], lon[:, None]))
        return Slices(
            _hulls(corners),
            np.full(count, self._shape.core, dtype=np.object_),
            self._shape.radius_m,
            _bend_m(box.motion, pieces.a, pieces, corners),
            (np.repeat(lat, count), np.repeat(lon, count)),
            np.zeros((count, 2)),
        )


class MovingSide:
    """Another box that moves; the first is watched from its centre."""

    __slots__ = ("_box", "motion", "radius_m")

    def __init__(self, box: BoxMotion) -> None:
        """Take the motion of a box."""
        self._box = box.shrunk(TOUCH_M)
        self.motion: Motion | None = box.motion
        self.radius_m = box.radius_m

    def places(self, pieces: Pieces) -> Line:
        """The centre of the box in the middle of each piece, shape (n,)."""
        return self._box.motion.on_leg(pieces.b, (pieces.start_ms + pieces.end_ms) / 2.0)

    def slices(self, box: BoxMotion, pieces: Pieces) -> Slices:
        """What both boxes cover in each piece as seen from the centre of this one, on planes around it."""
        lat, lon = self.places(pieces)
        centre = lat[:, None], lon[:, None]
        motion = self._box.motion
        ours = _corners(self._box, pieces.b, pieces, centre)
        theirs = _corners(box, pieces.a, pieces, centre)
        ends = [
            project_around(*centre, *(values[:, None] for values in motion.on_leg(pieces.b, times)))
            for times in (pieces.start_ms, pieces.end_ms)
        ]
        middle = np.concatenate(ends, axis=1)
        bend_m = _bend_m(motion, pieces.b, pieces, ours) + _bend_m(box.motion, pieces.a, pieces, theirs)
        return Slices(
            _hulls(theirs - np.repeat(middle, theirs.shape[1] // 2, axis=1)),
            _hulls(ours - np.repeat(middle, ours.shape[1] // 2, axis=1)),
            0.0,
            bend_m,
            (lat, lon),
            middle[:, 0],
        )


def _corners(box: BoxMotion, leg: IndexArray, pieces: Pieces, centre: Line) -> FloatArray:
    """Corners of a box at the start and at the end of pieces, in metres of planes, shape (n, 2 or 8, 2)."""
    both = [project_around(*centre, *box.corners(leg, times)) for times in (pieces.start_ms, pieces.end_ms)]
    return np.concatenate(both, axis=1)


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
