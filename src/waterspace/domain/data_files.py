"""Data files: what the planner knows of the sea beyond the packaged data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DataFiles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFiles:
    """Paths as the exercise file gives them, each empty where it gives none.

    Attributes:
        folder: where relative paths start: the folder of the exercise file, or the working folder for standard input.
        firs: boundaries of flight information regions, GeoJSON.
        lanes: traffic separation lanes, GeoJSON.
        areas: danger and exercise areas of others, GeoJSON.
        air_routes: GeoJSON.
        traffic_density: of ships, GeoJSON.
        hospitals: that take casualties, GeoJSON.
        depths: a grid of depths, NetCDF or GeoTIFF.
        weather: fields of wind, sea and current, NetCDF or GRIB.
        warnings: files and folders of warnings of others, in any form that `waterspace warnings` reads.
        holders: key of a disputed feature to the state, ISO 3166-1 alpha-3, that it is to be counted to.
    """

    folder: str = ""
    firs: str = ""
    lanes: str = ""
    areas: str = ""
    air_routes: str = ""
    traffic_density: str = ""
    hospitals: str = ""
    depths: str = ""
    weather: str = ""
    warnings: tuple[str, ...] = ()
    holders: Mapping[str, str] = field(default_factory=dict)

    def path(self, name: str) -> Path | None:
        """Where one of the files is, by the name of its attribute; None where the exercise file gives none."""
        from pathlib import Path

        given = getattr(self, name)
        assert isinstance(given, str), name
        return Path(self.folder) / given if given else None

    def warning_paths(self) -> tuple[Path, ...]:
        """Where the files and folders of warnings are, in the order of the exercise file."""
        from pathlib import Path

        return tuple(Path(self.folder) / name for name in self.warnings)
