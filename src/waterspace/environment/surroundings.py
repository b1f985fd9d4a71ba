"""Surroundings: all that is known of the sea around one exercise, packaged or brought by the planner."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from waterspace.domain import DataFiles
from waterspace.errors import DataFileError, NotationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.domain import Exercise, Position, Reservation, Weather
    from waterspace.environment.bathymetry.depth import DepthGrid
    from waterspace.environment.limits.zones import Zones
    from waterspace.environment.metoc.fields import Fields
    from waterspace.environment.metoc.weather import Conditions
    from waterspace.environment.overlays.air_routes import AirRoute
    from waterspace.environment.overlays.density import TrafficDensity
    from waterspace.environment.overlays.firs import Firs
    from waterspace.environment.overlays.hospitals import Hospital
    from waterspace.environment.overlays.lanes import Lane

__all__ = ["Surroundings"]


class Surroundings:
    """What the packaged data and the planner's own files say; each part is read when it is first asked for.

    Every part raises `DataFileError` where its file cannot be read.

    Attributes:
        files: what the planner brings.
        schedule: weather as the exercise file gives it.
    """

    def __init__(self, files: DataFiles | None = None, schedule: Sequence[Weather] = ()) -> None:
        self.files = files or DataFiles()
        self.schedule = tuple(schedule)

    @classmethod
    def of(cls, exercise: Exercise) -> Surroundings:
        """Those of an exercise."""
        return cls(exercise.data, exercise.weather)

    @cached_property
    def zones(self) -> Zones:
        """The computed limits, with disputed features counted as the planner says."""
        from waterspace.environment.limits import zones

        try:
            return zones.load(self.files.holders)
        except NotationError as error:
            raise DataFileError("environment.holders", f"{error}.") from error

    @cached_property
    def firs(self) -> Firs | None:
        """The flight information regions that the planner gives; None without a file, for none are packaged."""
        path = self.files.path("firs")
        if path is None:
            return None
        from waterspace.environment.overlays import firs

        return firs.read(path)

    @cached_property
    def lanes(self) -> tuple[Lane, ...]:
        """Traffic separation lanes: those of the planner's file, or the packaged ones without a file."""
        from waterspace.environment.overlays import lanes

        path = self.files.path("lanes")
        return lanes.load() if path is None else lanes.read(path)

    @cached_property
    def areas(self) -> tuple[Reservation, ...]:
        """Areas of others in the planner's file."""
        path = self.files.path("areas")
        if path is None:
            return ()
        from waterspace.environment.overlays import user_areas

        return user_areas.read(path)

    @cached_property
    def air_routes(self) -> tuple[AirRoute, ...] | None:
        """The air routes that the planner gives; None without a file, for none are packaged."""
        path = self.files.path("air_routes")
        if path is None:
            return None
        from waterspace.environment.overlays import air_routes

        return air_routes.read(path)

    @cached_property
    def traffic_density(self) -> TrafficDensity | None:
        """How thick the traffic of ships is, as the planner gives it; None without a file, for none is packaged."""
        path = self.files.path("traffic_density")
        if path is None:
            return None
        from waterspace.environment.overlays import density

        return density.read(path)

    @cached_property
    def hospitals(self) -> tuple[Hospital, ...] | None:
        """The hospitals that the planner gives; None without a file, for none are packaged."""
        path = self.files.path("hospitals")
        if path is None:
            return None
        from waterspace.environment.overlays import hospitals

        return hospitals.read(path)

    @cached_property
    def depths(self) -> DepthGrid:
        """The planner's grid, or the packaged one."""
        from waterspace.environment.bathymetry import depth

        path = self.files.path("depths")
        return depth.load() if path is None else depth.read(path)

    @cached_property
    def fields(self) -> Fields | None:
        """Fields of wind, sea and current; None without a file."""
        path = self.files.path("weather")
        if path is None:
            return None
        from waterspace.environment.metoc import fields

        return fields.read(path)

    def conditions(self, position: Position, time_ms: int) -> Conditions | None:
        """Weather and sea: of the fields where the planner gives some, else of the schedule; None without both."""
        from waterspace.environment.metoc import weather

        source = self.fields or self.schedule
        return weather.at(source, position, time_ms) if source else None
