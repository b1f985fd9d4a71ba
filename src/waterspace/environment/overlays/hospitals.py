"""Hospitals that take casualties, from a file that a user has. None are packaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Provenance
from waterspace.environment.overlays.geojson import fault, read_features, text_of
from waterspace.geometry.geodesic import positions_from

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.domain import Position

__all__ = ["PROPERTIES", "Hospital", "read"]

_NAMES, _STATES = ("name", "title", "id"), ("state", "country")
PROPERTIES = (*_NAMES, *_STATES)
"""Names of the properties that mean something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hospital:
    """A hospital that takes casualties.

    Attributes:
        name: as the file gives it, else its number in the file.
        position: where a helicopter lands, as far as the file tells.
        state: ISO 3166-1 alpha-3 as the file gives it; empty where it gives none.
        provenance: the file and the feature.
    """

    name: str
    position: Position
    state: str = ""
    provenance: Provenance = Provenance()


def read(path: Path | str) -> tuple[Hospital, ...]:
    """The hospitals of a GeoJSON file: every point is one, called by its property `name`; none in an empty file.

    Raises:
        DataFileError: the file cannot be read, or has a feature that is no point.
    """
    found: list[Hospital] = []
    for feature in read_features(path):
        if feature.kind != "Point":
            raise fault(path, feature, f"found a {feature.kind}: expected a Point.")
        name = text_of(feature, *_NAMES) or feature.id or feature.where
        state = text_of(feature, *_STATES).upper()
        source = Provenance(source=f"{path}, {feature.where}")
        for part in feature.parts:
            (position,) = positions_from(*part.line)
            found.append(Hospital(name=name, position=position, state=state, provenance=source))
    return tuple(found)
