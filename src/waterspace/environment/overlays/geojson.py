"""Read GeoJSON that a user has: features with their properties, and every fault with the feature it is in.

Source: RFC 7946, The GeoJSON Format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from waterspace.environment.overlays.json_text import read_object, shown
from waterspace.errors import DataFileError, NotationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from waterspace.geometry.geodesic import FloatArray

__all__ = ["Feature", "FeatureError", "Line", "Part", "fault", "parsed", "place_of", "read_features", "text_of"]

T = TypeVar("T")

Line = tuple["FloatArray", "FloatArray"]
"""Latitudes and longitudes in degrees, each of shape (n,)."""

_KINDS = ("Point", "LineString", "Polygon")
_DEPTH = {"Point": 0, "LineString": 1, "Polygon": 2}
_LEAST = {"LineString": 2, "Polygon": 4}
_NAMES = ("name", "title", "OBJNAM", "seamark:name", "icao", "ident", "id")
"""Properties by which a person would know a feature, the most telling first."""

_LONGEST_NAME = 60
_PLACE = re.compile(r"\[(\S+) (\S+)\]")
_GREATEST = 1e300  # beyond it an integer is no float
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326", "EPSG::4979")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A point, a line, or an area.

    Attributes:
        line: the point, the line, or the outer ring, whose first point is not repeated.
        holes: rings inside of an area, likewise.
    """

    line: Line
    holes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature of a file.

    Attributes:
        properties: as the file gives them.
        kind: `Point`, `LineString` or `Polygon`; a geometry of many parts has the kind of its parts.
        parts: at least one.
        where: its place in the file, such as `feature 12`, counted from 1.
        id: as the file gives it, else empty.
    """

    properties: Mapping[str, Any]
    kind: str
    parts: tuple[Part, ...]
    where: str
    id: str = ""


class FeatureError(Exception):
    """What is wrong with a feature, and what to do; the place is added on the way out.

    Attributes:
        reason: a sentence.
        advice: another, or empty.
    """

    def __init__(self, reason: str, advice: str = "") -> None:
        self.reason, self.advice = reason, advice
        super().__init__(reason)


def fault(path: Path | str, feature: Feature, reason: str, advice: str = "") -> DataFileError:
    """An error about a feature, which it names by its number and by its name where it has one."""
    return DataFileError(str(path), reason, where=place_of(feature), advice=advice)


def place_of(feature: Feature) -> str:
    """The number of a feature with its name where it has one, such as `feature 3 (Danger area K)`."""
    return _named(feature.where, feature.properties)


def parsed(name: str, text: str, parse: Callable[[str], T]) -> T:
    """The meaning of a property's text.

    Raises:
        FeatureError: it has none; the sentence begins with the property's name.
    """
    try:
        return parse(text)
    except NotationError as error:
        raise FeatureError(f"{name}: {error}.") from None


def text_of(feature: Feature, *names: str) -> str:
    """The first property of some names that says something, as text; empty where none does. Capitals do not matter."""
    return _text(feature.properties, names)


def _named(where: str, properties: Mapping[str, Any]) -> str:
    """The place of a feature with its name, such as `feature 3 (Danger area K)`."""
    name = " ".join(_text(properties, _NAMES).split())
    return f"{where} ({name[:_LONGEST_NAME]})" if name else where


def _text(properties: Mapping[str, Any], names: Iterable[str]) -> str:
    by_name = {name.casefold(): value for name, value in properties.items()}
    for name in names:
        value = by_name.get(name.casefold())
        if isinstance(value, list | tuple):
            value = value[0] if value else None
        if value is not None and str(value).strip():
            return str(value).strip()
    return ""


def read_features(path: Path | str) -> list[Feature]:
    """The features of a file, in its order; none where the file has an empty list of them, as it may.

    A collection, one feature or a bare geometry is understood. Positions are longitude and latitude in degrees on
    WGS 84; a height is left out. Rings must be closed and must not cross themselves. No edge may span 180 degrees of
    longitude or more: a shape across the 180th meridian is to be cut there, as the standard asks.

    Raises:
        DataFileError: the file cannot be read, or one of its features is no such thing.
    """
    document = read_object(path)
    kind = document.get("type")
    if kind == "FeatureCollection":
        _check_system(path, document)
        raw = document.get("features")
        if not isinstance(raw, list):
            raise DataFileError(str(path), f"found {shown(raw)} for features: expected a list.")
    elif kind == "Feature":
        raw = [document]
    elif isinstance(kind, str) and (kind in _KINDS or kind.startswith("Multi") or kind == "GeometryCollection"):
        raw = [{"type": "Feature", "properties": {}, "geometry": document}]
    else:
        raise DataFileError(
            str(path), f"found type {shown(kind)}: expected FeatureCollection, Feature or a geometry of GeoJSON."
        )
    found: list[Feature] = []
    for number, feature in enumerate(raw, start=1):
        where = f"feature {number}"
        try:
            found.extend(_features(feature, where))
        except FeatureError as error:
            properties = feature.get("properties") if isinstance(feature, dict) else None
            named = _named(where, properties if isinstance(properties, dict) else {})
            raise DataFileError(str(path), error.reason, where=named, advice=error.advice) from None
    return found


def _check_system(path: Path | str, document: Mapping[str, Any]) -> None:
    """Refuse coordinates that say they are not degrees on WGS 84."""
    system = document.get("crs")
    if system is None:
        return
    given = system.get("properties") if isinstance(system, dict) else {"name": system}
    name = str(given.get("name") or "") if isinstance(given, dict) else ""
    if not any(name.endswith(known) for known in _WGS84):
        raise DataFileError(
            str(path),
            f"its coordinates are in {name or 'a system without a name'}: expected degrees on WGS 84.",
            advice="Convert it first, for instance with ogr2ogr -t_srs EPSG:4326.",
        )


def _features(raw: object, where: str) -> Iterator[Feature]:
    """A feature; several for a collection of geometries of several kinds."""
    if not isinstance(raw, dict) or raw.get("type") != "Feature":
        raise FeatureError(f"found {shown(raw)}: expected an object of type Feature.")
    properties = raw.get("properties")
    if properties is not None and not isinstance(properties, dict):
        raise FeatureError(f"found {shown(properties)} for properties: expected an object or null.")
    geometry = raw.get("geometry")
    if not isinstance(geometry, dict):
        raise FeatureError(f"found {shown(geometry)} for geometry: expected one with coordinates.")
    parts: dict[str, list[Part]] = {}
    for kind, part in _parts(geometry):
        parts.setdefault(kind, []).append(part)
    if not parts:
        raise FeatureError("its geometry is empty: expected at least one position.")
    name = str(raw["id"]) if isinstance(raw.get("id"), str | int) else ""
    for kind, some in parts.items():
        yield Feature(properties=properties or {}, kind=kind, parts=tuple(some), where=where, id=name)


def _parts(geometry: Mapping[str, Any]) -> Iterator[tuple[str, Part]]:
    """The parts of a geometry with their kinds."""
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        members = geometry.get("geometries")
        if not isinstance(members, list) or not all(isinstance(member, dict) for member in members):
            raise FeatureError(f"found {shown(members)} for geometries: expected a list of them.")
        for member in members:
            yield from _parts(member)
        return
    single = kind.removeprefix("Multi") if isinstance(kind, str) else ""
    if single not in _KINDS:
        raise FeatureError(f"found geometry type {shown(kind)}: expected one of {', '.join(_KINDS)}, or Multi with it.")
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list):
        raise FeatureError(f"found {shown(coordinates)} for coordinates: expected a list.")
    for some in coordinates if kind != single else [coordinates]:
        yield single, _part(single, some)


def _part(kind: str, coordinates: Any) -> Part:  # noqa: ANN401
    """One part."""
    if kind == "Point":
        return Part(line=_line([coordinates]))
    if not isinstance(coordinates, list):
        raise FeatureError(f"found {shown(coordinates)} for coordinates of a {kind}: expected a list.")
    if kind == "LineString":
        _check_count(kind, coordinates)
        line = _line(coordinates)
        _check_span(line)
        return Part(line=line)
    rings = [_ring(ring) for ring in coordinates]
    if not rings:
        raise FeatureError("its polygon has no ring: expected at least the outer one.")
    return Part(line=rings[0], holes=tuple(rings[1:]))


def _ring(coordinates: Any) -> Line:  # noqa: ANN401
    """A ring without its repeated last position."""
    import shapely

    if not isinstance(coordinates, list):
        raise FeatureError(f"found {shown(coordinates)} for a ring: expected a list of positions.")
    _check_count("Polygon", coordinates)
    lat, lon = _line(coordinates)
    if lat[0] != lat[-1] or lon[0] != lon[-1]:
        raise FeatureError(
            f"a ring starts at {lon[0]}, {lat[0]} and ends at {lon[-1]}, {lat[-1]}: expected a closed ring.",
            "Repeat its first position at the end; is the file cut short?",
        )
    _check_span((lat, lon))
    area = shapely.Polygon(np.stack((lon, lat), axis=1))
    if not area.is_valid:
        raise _unsound(shapely.is_valid_reason(area))
    if area.area == 0.0:
        raise FeatureError("a ring has no area.")
    return lat[:-1], lon[:-1]


def _unsound(said: str) -> FeatureError:
    """What shapely says of a ring, in our words; it gives the place as `Self-intersection[133.5 39.5]`."""
    place = _PLACE.search(said)
    if place is None or said.startswith("Too few"):
        return FeatureError("a ring has fewer than three corners that differ: it bounds no area.")
    lon, lat = (float(part) for part in place.groups())
    return FeatureError(
        f"a ring crosses or touches itself at longitude {lon:.10g}, latitude {lat:.10g}: expected one that does not.",
        "Order its corners along the edge, or make it several polygons.",
    )


def _check_count(kind: str, coordinates: Sequence[object]) -> None:
    if len(coordinates) < _LEAST[kind]:
        raise FeatureError(f"a {kind} has {len(coordinates)} positions: expected at least {_LEAST[kind]}.")


def _check_span(line: Line) -> None:
    """Refuse edges that nobody can tell the way of."""
    lat, lon = line
    wide = np.flatnonzero(np.abs(np.diff(lon)) >= 180.0)
    if wide.size:
        at = int(wide[0])
        raise FeatureError(
            f"an edge runs from longitude {lon[at]} to {lon[at + 1]} at latitude {lat[at]}, half way round the earth "
            "or more: expected less than 180 degrees.",
            "Cut a shape across the 180th meridian there and give its pieces as one Multi geometry.",
        )


def _line(coordinates: Sequence[Any]) -> Line:
    """Positions as latitudes and longitudes."""
    lat, lon = np.empty(len(coordinates)), np.empty(len(coordinates))
    for index, position in enumerate(coordinates):
        lon[index], lat[index] = _position(position, index + 1)
    return lat, lon


def _position(position: Any, number: int) -> tuple[float, float]:  # noqa: ANN401
    """Longitude and latitude."""
    if not isinstance(position, list) or len(position) < 2 or not all(map(_is_number, position[:2])):
        raise FeatureError(f"position {number} is {shown(position)}: expected longitude and latitude in degrees.")
    lon, lat = float(position[0]), float(position[1])
    if abs(lat) > 90.0:
        swapped = " Are latitude and longitude swapped?" if abs(lon) <= 90.0 else ""
        raise FeatureError(f"position {number} has latitude {lat}: expected -90 to 90.{swapped}")
    if abs(lon) > 180.0:
        raise FeatureError(
            f"position {number} has longitude {lon}: expected -180 to 180.",
            "Cut a shape across the 180th meridian there and give its pieces as one Multi geometry.",
        )
    return lon, lat


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _GREATEST
