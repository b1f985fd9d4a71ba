"""Air routes that a user has: each a line with a width, and the heights at which it is flown. None are packaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Band, Corridor, Polygon, Provenance
from waterspace.environment.overlays.geojson import (
    Feature,
    FeatureError,
    Part,
    fault,
    parsed,
    read_features,
    text_of,
)
from waterspace.geometry.geodesic import positions_from
from waterspace.notation import format_distance, parse_band, parse_distance, parse_height
from waterspace.quantity import NAUTICAL_MILE_M

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["PROPERTIES", "WIDTH_M", "AirRoute", "read"]

WIDTH_M = 10.0 * NAUTICAL_MILE_M
"""Full width of a route whose feature gives none (assumed: 5 nautical miles to each side)."""

_NAMES = ("designator", "ident", "name", "id")
PROPERTIES = (*_NAMES, "width", "vertical", "floor", "ceiling", "lower", "upper")
"""Names of the properties that mean something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AirRoute:
    """A route along which aircraft fly.

    Attributes:
        name: designator, such as `B332`; else what the file calls it, else its number in the file.
        footprint: the line with its width, or an area that aircraft use.
        band: the heights at which it is flown; without limits where the file gives none.
        provenance: the file and the feature.
    """

    name: str
    footprint: Corridor | Polygon
    band: Band
    provenance: Provenance


def read(path: Path | str) -> tuple[AirRoute, ...]:
    """The routes of a GeoJSON file.

    A line is a route of the width that its property `width` gives, such as `20 nm`, else of 10 nautical miles; a
    polygon is an area that aircraft use. Heights are a property `vertical`, or `lower` and `upper` (or `floor` and
    `ceiling`), such as `FL250`. A file without any feature has no routes.

    Raises:
        DataFileError: the file cannot be read, or has a feature that is no route.
    """
    found: list[AirRoute] = []
    for feature in read_features(path):
        name = text_of(feature, *_NAMES) or feature.id or feature.where
        try:
            band = _band(feature)
            footprints = [_footprint(feature, part) for part in feature.parts]
        except FeatureError as error:
            raise fault(path, feature, error.reason, error.advice) from None
        source = Provenance(source=f"{path}, {feature.where}")
        found.extend(AirRoute(name=name, footprint=each, band=band, provenance=source) for each in footprints)
    return tuple(found)


def _footprint(feature: Feature, part: Part) -> Corridor | Polygon:
    line = positions_from(*part.line)
    if feature.kind == "Point":
        raise FeatureError("found a Point: expected a LineString or a Polygon.")
    if feature.kind == "Polygon":
        return Polygon(vertices=line)
    text = text_of(feature, "width")
    width_m = parsed("width", text, parse_distance) if text else WIDTH_M
    if width_m <= 0.0:
        raise FeatureError(f"width: found {format_distance(width_m)!r}, expected a distance above 0.")
    return Corridor(waypoints=line, half_width_m=width_m / 2.0)


def _band(feature: Feature) -> Band:
    vertical = text_of(feature, "vertical")
    if vertical:
        floor_m, ceiling_m = parsed("vertical", vertical, parse_band)
        return Band(floor_m=floor_m, ceiling_m=ceiling_m)
    lower, upper = text_of(feature, "lower", "floor"), text_of(feature, "upper", "ceiling")
    band = Band(
        floor_m=parsed("lower", lower, parse_height) if lower else 0.0,
        ceiling_m=parsed("upper", upper, parse_height) if upper else Band().ceiling_m,
    )
    if band.floor_m >= band.ceiling_m:
        raise FeatureError(f"found lower {lower or 'surface'!r} and upper {upper!r}: expected lower below upper.")
    return band
