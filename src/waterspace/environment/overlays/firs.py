"""Flight information regions that a user has.

None are packaged: no official boundaries were found that may be copied.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from waterspace.domain import Polygon, Position
from waterspace.environment.overlays.geojson import Feature, Line, fault, read_features, text_of
from waterspace.geometry.footprints import contains
from waterspace.geometry.geodesic import positions_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Firs", "code_of", "read"]

_CODE_LETTERS = 4

_NAMES = ("icao", "icao_code", "ident", "id", "designator", "code", "name", "ids")
"""Properties that may name a region, the most telling first."""

_STATES = ("state", "country")
"""Properties that may say whose a region is."""

_STATE = re.compile(r"[A-Z]{3}")


def code_of(name: str) -> str:
    """The ICAO code with which the name of a region begins, in capitals."""
    return name.upper()[:_CODE_LETTERS]


class Firs:
    """Flight information regions.

    Attributes:
        footprints: the areas of each region by its name, in the order of the file. Holes are not in them.
        states: whose each region is, ISO 3166-1 alpha-3; regions of which the file does not say it are left out.
    """

    def __init__(
        self,
        regions: Mapping[str, tuple[tuple[Polygon, tuple[Polygon, ...]], ...]],
        states: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Take each region's areas, each with its holes, and whose they are."""
        self.states: Mapping[str, str] = MappingProxyType(dict(states))
        self._regions = dict(regions)
        self.footprints: Mapping[str, tuple[Polygon, ...]] = MappingProxyType(
            {name: tuple(area for area, _ in areas) for name, areas in regions.items()}
        )

    def at(self, position: Position) -> str | None:
        """The name of the first region of the file that holds a position, its edge included; None for no region."""
        for name, areas in self._regions.items():
            for area, holes in areas:
                if contains(area, position) and not any(contains(hole, position) for hole in holes):
                    return name
        return None


def read(path: Path | str) -> Firs:
    """The regions of a GeoJSON file.

    Every polygon is a region, called by its property `icao`, `ident`, `id`, `designator`, `code` or `name`, or by the
    first of `ids`; polygons of one name are one region. A property `state` or `country` says whose it is, if it is a
    code of three letters. A file without any feature has no regions.

    Raises:
        DataFileError: the file cannot be read, or has a feature that is no polygon or has no name.
    """
    regions: dict[str, tuple[tuple[Polygon, tuple[Polygon, ...]], ...]] = {}
    states: dict[str, str] = {}
    for feature in read_features(path):
        if feature.kind != "Polygon":
            raise fault(path, feature, f"found a {feature.kind}: expected a Polygon.")
        name = text_of(feature, *_NAMES) or feature.id
        if not name:
            raise fault(path, feature, "it has no name.", "Add a property icao, ident or name.")
        regions[name] = (*regions.get(name, ()), *_areas(feature))
        state = text_of(feature, *_STATES).upper()
        if _STATE.fullmatch(state):
            states[name] = state
    return Firs(regions, states)


def _areas(feature: Feature) -> tuple[tuple[Polygon, tuple[Polygon, ...]], ...]:
    return tuple((_polygon(part.line), tuple(_polygon(hole) for hole in part.holes)) for part in feature.parts)


def _polygon(ring: Line) -> Polygon:
    return Polygon(vertices=positions_from(*ring))
