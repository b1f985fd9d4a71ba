"""Traffic separation lanes, a few packaged ones or those that a user has, and which way traffic flows in them.

Packaged are only schemes whose positions could be read at an address that the table names; `docs/explanation/zones.md`
names those of the region that could not.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Polygon, Position, Provenance
from waterspace.environment.files.packaged import provenance, rows
from waterspace.environment.overlays.geojson import Feature, Part, fault, read_features, text_of
from waterspace.errors import DataFileError
from waterspace.geometry.geodesic import bearing_deg, positions_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["PROPERTIES", "Lane", "load", "read"]

_FLOW = (
    "tss_flow_bearing_deg",
    "flow_deg",
    "flow",
    "orientation",
    "ORIENT",
    "seamark:separation_lane:orientation",
)
_FORWARD = "tss_flow_is_forward_along_geometry"
PROPERTIES = (*_FLOW, _FORWARD, "seamark:type", "seamark:name", "name", "OBJNAM")
"""Names of the properties that mean something; the case of a name counts."""

_LANE = "separation_lane"
_TAG = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_FULL_CIRCLE_DEG = 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A lane of a traffic separation scheme, or a line along the middle of one.

    Attributes:
        id: of the feature in its file, else `lane-` and its number; a part of several adds its own number.
        name: of the scheme; empty where the file gives none.
        polygon: the lane; None where only a line is known.
        line: along the flow; empty where only the area is known.
        flow_deg: true direction of the traffic, 0 to below 360.
        provenance: the file and the feature, or on whose word a packaged lane stands.
    """

    id: str
    name: str
    polygon: Polygon | None
    line: tuple[Position, ...]
    flow_deg: float
    provenance: Provenance


@functools.cache
def load() -> tuple[Lane, ...]:
    """The packaged lanes; a scheme that is not among them may exist all the same."""
    return tuple(
        Lane(
            id=row["key"],
            name=row["name"],
            polygon=Polygon(vertices=_corners(row["lane"])),
            line=(),
            flow_deg=float(row["flow_deg"]),
            provenance=provenance(row),
        )
        for row in rows("lanes.csv")
    )


def _corners(text: str) -> tuple[Position, ...]:
    numbers = [[float(number) for number in place.split()] for place in text.split(";")]
    return tuple(Position(lat_deg=lat, lon_deg=lon) for lat, lon in numbers)


def read(path: Path | str) -> tuple[Lane, ...]:
    """The lanes of a GeoJSON file.

    Every polygon and every line is a lane, unless its property or tag `seamark:type` says that it is something else,
    which is passed over. The flow is a property in degrees: `flow_deg`, `flow`, `orientation` (or `ORIENT`),
    `seamark:separation_lane:orientation` or `tss_flow_bearing_deg`. A line without it flows the way it is drawn;
    `tss_flow_is_forward_along_geometry: false` turns it round. Names come from `name`, `seamark:name` or `OBJNAM`.
    A file without any feature has no lanes.

    Raises:
        DataFileError: the file cannot be read, has features of which none is a lane, or has an area without a flow.
    """
    found: list[Lane] = []
    features = read_features(path)
    for number, feature in enumerate(features, start=1):
        tags = _tags(feature)
        if tags.get("seamark:type", _LANE) != _LANE:
            continue
        name = tags.get("id") or tags.get("osm_id") or feature.id or f"lane-{number}"
        for index, part in enumerate(feature.parts, start=1):
            own = name if len(feature.parts) == 1 else f"{name}/{index}"
            found.append(_lane(path, feature, part, own))
    if features and not found:
        raise DataFileError(
            str(path), "none of its features is a lane: expected lines or polygons of separation lanes."
        )
    return tuple(found)


def _lane(path: Path | str, feature: Feature, part: Part, name: str) -> Lane:
    tags = _tags(feature)
    flow = _flow_deg(path, feature, tags)
    line = positions_from(*part.line)
    if feature.kind == "Point":
        raise fault(path, feature, "found a Point: expected a LineString or a Polygon.")
    if feature.kind == "LineString" and tags.get(_FORWARD, "").casefold() == "false":
        line = line[::-1]
    if flow is None and feature.kind == "Polygon":
        raise fault(
            path,
            feature,
            "it is an area without a direction of flow.",
            "Add a property flow_deg, the true direction of the traffic in degrees.",
        )
    return Lane(
        id=name,
        name=tags.get("name") or tags.get("seamark:name") or tags.get("OBJNAM", ""),
        polygon=Polygon(vertices=line) if feature.kind == "Polygon" else None,
        line=line if feature.kind == "LineString" else (),
        flow_deg=bearing_deg(line[0], line[-1]) if flow is None else flow,
        provenance=Provenance(source=f"{path}, {feature.where}"),
    )


def _flow_deg(path: Path | str, feature: Feature, tags: Mapping[str, str]) -> float | None:
    """The direction that a feature gives, None where it gives none."""
    name = next((name for name in _FLOW if tags.get(name)), None)
    if name is None:
        return None
    try:
        flow = float(tags[name].removesuffix("°"))
    except ValueError:
        flow = float("nan")
    if not 0.0 <= flow <= _FULL_CIRCLE_DEG:
        raise fault(path, feature, f"{name} is {tags[name]!r}: expected a true direction from 0 to 360 degrees.")
    return flow % _FULL_CIRCLE_DEG


def _tags(feature: Feature) -> Mapping[str, str]:
    """Properties and tags as text: those of nested objects and of `other_tags` too, the feature's own first."""
    found: dict[str, str] = {}
    for value in feature.properties.values():
        if isinstance(value, dict):
            found.update({str(name): str(tag) for name, tag in value.items()})
    found.update(_TAG.findall(text_of(feature, "other_tags")))
    found.update(
        {
            name: str(value)
            for name, value in feature.properties.items()
            if value is not None and not isinstance(value, dict | list)
        }
    )
    return found
