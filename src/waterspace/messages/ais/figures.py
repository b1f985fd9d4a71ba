"""Sub-areas of an area notice: 87 bits each, as fields and as footprints.

Source: IMO SN.1/Circ.289, Guidance on the use of AIS application-specific messages, annex, 11 (area notice). Our
reading of it: bearings and ranges are geodesics of WGS-84; a line or a polygon starts at the point (a circle of no
radius) that stands before it, goes on over further sub-areas of the same kind, and a polygon closes by itself; a
rectangle turns clockwise about its south-west corner.

Resolution: positions a thousandth of a minute; radii 1, 10, 100 or 1,000 m up to 4,095 of them; legs of lines likewise
up to 1,023 of them and never less than one, in the scale of the longest of four; their bearings half a degree; limits
of sectors a degree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from waterspace.domain import Circle, Corridor, Polygon, Position, Sector
from waterspace.errors import GeometryError
from waterspace.geometry.geodesic import destination, inverse
from waterspace.messages.ais.bits import Bits, Fields, six_bit
from waterspace.messages.reading import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.domain import Footprint

__all__ = [
    "LEGS",
    "RESOLUTION_DEG",
    "SUB_AREA_BITS",
    "TEXT_LENGTH",
    "Figure",
    "Read",
    "circle",
    "legs",
    "read_figures",
    "sector",
    "text",
]

SUB_AREA_BITS = 87
LEGS = 4
"""Legs of a line or a polygon in one sub-area."""
TEXT_LENGTH = 14

_SIXTY, _THOUSAND = 60, 1000
_MINUTE_PARTS = _SIXTY * _THOUSAND
"""Thousandths of a minute of arc in a degree."""
RESOLUTION_DEG = 0.5 / _MINUTE_PARTS
"""Half of the last digit of a position."""
_SCALES_M = (1, 10, 100, 1000)
_MOST_RADIUS = 4095
_MOST_LEG = 1023
_NO_ANGLE = 720
_HALVES = 2
_TURN_DEG = 360
_PRECISION = 3
"""Decimals of a minute that a display shows: Circ.289 has 0 to 4; positions have three."""


class Figure(IntEnum):
    """Shapes of sub-areas."""

    CIRCLE = 0
    RECTANGLE = 1
    SECTOR = 2
    POLYLINE = 3
    POLYGON = 4
    TEXT = 5


@dataclass(slots=True, kw_only=True)
class Read:
    """What the sub-areas of one notice hold.

    Attributes:
        shapes: with the positions that they were made of.
        text: of all text sub-areas together.
        faults: what was not understood.
    """

    shapes: list[tuple[Form, Footprint, tuple[Position, ...]]]
    text: str
    faults: list[str]


# ------------------------------------------------------------------------------------------------------------- written


def circle(centre: Position, radius_m: float) -> str:
    """A circle, its radius rounded up so that it covers; a point where it is nought."""
    bits, scale_m = _placed(Figure.CIRCLE, centre, radius_m)
    bits.add(_up(radius_m / scale_m), 12)
    bits.add(0, 18)
    return bits.text()


def sector(shape: Sector) -> str:
    """A sector without an inner radius, its radius and limits rounded outwards so that it covers."""
    bits, scale_m = _placed(Figure.SECTOR, shape.centre, shape.radius_m)
    bits.add(_up(shape.radius_m / scale_m), 12)
    bits.add(-_up(-(shape.bearing_deg - shape.half_angle_deg)) % _TURN_DEG, 9)
    bits.add(_up(shape.bearing_deg + shape.half_angle_deg) % _TURN_DEG, 9)
    return bits.text()


def _up(value: float) -> int:
    """The next whole number, a millionth below it counting as it."""
    return math.ceil(value - 1e-6)


def text(words: str) -> str:
    """Up to fourteen characters."""
    bits = Bits()
    bits.add(Figure.TEXT, 3)
    for code in six_bit(words, TEXT_LENGTH):
        bits.add(code, 6)
    return bits.text()


def legs(figure: Figure, points: Sequence[Position]) -> list[str]:
    """A line or a polygon: a point, then sub-areas of four legs each.

    Each leg is measured from where the legs before it really lead, so that their errors do not add up.

    Raises:
        GeometryError: a leg is longer than the format can carry.
    """
    found = [circle(points[0], 0.0)]
    here = _grid(points[0])
    for group in _grouped(points[1:]):
        here, bits = _group(figure, here, group)
        found.append(bits)
    return found


def _grouped(points: Sequence[Position]) -> Iterator[Sequence[Position]]:
    for at in range(0, len(points), LEGS):
        yield points[at : at + LEGS]


def _group(figure: Figure, start: Position, points: Sequence[Position]) -> tuple[Position, str]:
    """One sub-area of legs from a place, and where it ends."""
    for number, scale_m in enumerate(_SCALES_M):
        bits = Bits()
        bits.add(figure, 3)
        bits.add(number, 2)
        here = start
        for point in points:
            length_m, bearing_deg = inverse(here, point)
            angle, count = round(bearing_deg * _HALVES) % _NO_ANGLE, max(round(length_m / scale_m), 1)
            if count > _MOST_LEG:
                break
            bits.add(angle, 10)
            bits.add(count, 10)
            here = destination(here, angle / _HALVES, float(count * scale_m))
        else:
            for _ in range(LEGS - len(points)):
                bits.add(_NO_ANGLE, 10)
                bits.add(0, 10)
            bits.add(0, 2)
            return here, bits.text()
    raise GeometryError(f"an edge is longer than {_MOST_LEG} km, which an area notice cannot carry; add corners to it")


def _placed(figure: Figure, centre: Position, radius_m: float) -> tuple[Bits, int]:
    """The fields up to the radius, and the scale of lengths."""
    numbers = [number for number, scale_m in enumerate(_SCALES_M) if _up(radius_m / scale_m) <= _MOST_RADIUS]
    if not numbers:
        raise GeometryError(f"a radius of {radius_m:g} m is longer than {_MOST_RADIUS} km, which no notice can carry")
    bits = Bits()
    bits.add(figure, 3)
    bits.add(numbers[0], 2)
    bits.add(round(centre.lon_deg * _MINUTE_PARTS), 25)
    bits.add(round(centre.lat_deg * _MINUTE_PARTS), 24)
    bits.add(_PRECISION, 3)
    return bits, _SCALES_M[numbers[0]]


def _grid(position: Position) -> Position:
    """A position as a notice carries it."""
    return Position(
        lat_deg=round(position.lat_deg * _MINUTE_PARTS) / _MINUTE_PARTS,
        lon_deg=round(position.lon_deg * _MINUTE_PARTS) / _MINUTE_PARTS,
    )


# ---------------------------------------------------------------------------------------------------------------- read


def read_figures(bits: str) -> Read:
    """The sub-areas in the bits behind the head of a notice; fewer bits than one takes are passed over."""
    return _Reader().read(bits)


class _Reader:
    """Reads sub-areas in order."""

    def __init__(self) -> None:
        self.found = Read(shapes=[], text="", faults=[])
        self.point: Position | None = None
        self.line: list[Position] = []
        self.figure: Figure | None = None

    def read(self, bits: str) -> Read:
        for at in range(0, len(bits) - SUB_AREA_BITS + 1, SUB_AREA_BITS):
            fields = Fields(bits[at : at + SUB_AREA_BITS])
            kind = fields.take(3)
            try:
                figure = Figure(kind)
            except ValueError:
                self.found.faults.append(f"a sub-area has the shape {kind}; 0 to 5 are known")
                continue
            try:
                self._figure(figure, fields)
            except GeometryError as error:
                self.found.faults.append(str(error))
        self._finish()
        return self.found

    def _figure(self, figure: Figure, fields: Fields) -> None:
        if figure is Figure.TEXT:
            self.found.text += fields.characters(TEXT_LENGTH)
            return
        if figure in {Figure.POLYLINE, Figure.POLYGON}:
            self._legs(figure, fields)
            return
        self._finish()
        scale_m = _SCALES_M[fields.take(2)]
        lon_deg, lat_deg = fields.signed(25) / _MINUTE_PARTS, fields.signed(24) / _MINUTE_PARTS
        fields.take(3)
        place = Circle(centre=Position(lat_deg=lat_deg, lon_deg=lon_deg), radius_m=0.0).centre
        if figure is Figure.RECTANGLE:
            self._rectangle(place, (fields.take(8) * scale_m, fields.take(8) * scale_m), fields.take(9))
            return
        radius_m = float(fields.take(12) * scale_m)
        if figure is Figure.SECTOR:
            self._sector(place, radius_m, (fields.take(9), fields.take(9)))
        elif radius_m:
            self.found.shapes.append((Form.AREA, Circle(centre=place, radius_m=radius_m), (place,)))
        else:
            self.point = place

    def _sector(self, place: Position, radius_m: float, limits_deg: tuple[int, int]) -> None:
        left_deg, right_deg = limits_deg
        if max(limits_deg) >= _TURN_DEG:
            raise GeometryError(f"a sector has the limits {left_deg} and {right_deg}; 0 to 359 are expected")
        opening_deg = (right_deg - left_deg) % _TURN_DEG or _TURN_DEG
        shape = Sector(
            centre=place,
            bearing_deg=(left_deg + opening_deg / 2.0) % _TURN_DEG,
            half_angle_deg=opening_deg / 2.0,
            radius_m=radius_m,
        )
        self.found.shapes.append((Form.AREA, shape, (place,)))

    def _rectangle(self, corner: Position, sides_m: tuple[int, int], turn_deg: int) -> None:
        east_m, north_m = sides_m
        if not (east_m and north_m):
            form = Form.LINE if east_m or north_m else Form.POSITION
            bearing_deg = turn_deg + (_TURN_DEG / 4.0 if east_m else 0.0)
            end = destination(corner, bearing_deg, float(east_m or north_m))
            line = Corridor(waypoints=(corner, end), half_width_m=0.0)
            point = Circle(centre=corner, radius_m=0.0)
            self.found.shapes.append((form, line if form is Form.LINE else point, (corner,)))
            return
        east = destination(corner, turn_deg + _TURN_DEG / 4.0, float(east_m))
        north = destination(corner, float(turn_deg), float(north_m))
        far = destination(east, float(turn_deg), float(north_m))
        vertices = (corner, north, far, east)
        self.found.shapes.append((Form.AREA, Polygon(vertices=vertices), vertices))

    def _legs(self, figure: Figure, fields: Fields) -> None:
        if self.figure is not figure and self.line:
            self._finish()
        if not self.line:
            if self.point is None:
                raise GeometryError(f"a {figure.name.lower()} starts nowhere; a point is expected before it")
            self.line, self.point, self.figure = [self.point], None, figure
        scale_m = _SCALES_M[fields.take(2)]
        for _ in range(LEGS):
            angle, count = fields.take(10), fields.take(10)
            if angle >= _NO_ANGLE or not count:
                break
            self.line.append(destination(self.line[-1], angle / _HALVES, float(count * scale_m)))

    def _finish(self) -> None:
        """Close the line that is open, or keep the point that starts none."""
        point, line, figure = self.point, tuple(self.line), self.figure
        self.point, self.line, self.figure = None, [], None
        if point is not None:
            self.found.shapes.append((Form.POSITION, Circle(centre=point, radius_m=0.0), (point,)))
        elif line and figure is Figure.POLYGON:
            corners = line[:-1] if len(line) > LEGS - 1 and _is_closed(line) else line
            self.found.shapes.append((Form.AREA, Polygon(vertices=corners), corners))
        elif line:
            self.found.shapes.append((Form.LINE, Corridor(waypoints=line, half_width_m=0.0), line))


def _is_closed(line: Sequence[Position]) -> bool:
    """Whether a polygon comes back to where it starts, within what its last leg can resolve."""
    back_m, _ = inverse(line[0], line[-1])
    leg_m, _ = inverse(line[-2], line[-1])
    return back_m <= 1.0 + leg_m * math.radians(0.25)
