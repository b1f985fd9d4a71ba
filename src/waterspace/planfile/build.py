"""Wire models to domain values: here the keys of the file become the nouns of an exercise.

What is arranged with others is in `build_arrangements`, what is around the exercise in `build_surroundings`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from waterspace.domain import (
    Area,
    Conditions,
    DataFiles,
    Exercise,
    Group,
    Objective,
    Participant,
    Phase,
    Platform,
    Position,
    Serial,
    SourceText,
    Unit,
    join_windows,
)
from waterspace.environment import classes, places
from waterspace.planfile import build_arrangements as arrangements
from waterspace.planfile import build_surroundings as surroundings
from waterspace.planfile.facts import provenance_of, water_of, window_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Place
    from waterspace.planfile import wire

__all__ = ["build"]


def build(
    file: wire.FileWire, parameters: Mapping[str, object], places_by_path: Mapping[str, Place], source: SourceText
) -> Exercise:
    """The exercise that a file describes.

    Args:
        file: everything but the parameters that belong to serial types.
        parameters: id of each serial to the parameters of its type.
        places_by_path: dotted path to place in the file.
        source: the file as read.
    """
    heading = file.exercise
    given = {id_: _platform(id_, entry) for id_, entry in file.classes.items()}
    return Exercise(
        name=heading.name,
        window=window_of(heading.period),
        source=source,
        series=heading.series,
        theme=heading.theme,
        host=heading.host or "",
        languages=heading.languages,
        marking=heading.marking,
        local_offset_ms=file.settings.local_time,
        provenance=provenance_of(heading),
        participants={id_: _participant(id_, entry) for id_, entry in file.participants.items()},
        platforms={**classes.library(), **given},
        units={id_: _unit(id_, entry, file.units) for id_, entry in file.units.items()},
        groups={id_: _group(id_, entry) for id_, entry in file.groups.items()},
        areas={id_: _area(id_, entry) for id_, entry in file.areas.items()},
        objectives={id_: _objective(id_, entry) for id_, entry in file.objectives.items()},
        serials={id_: _serial(id_, entry, parameters[id_]) for id_, entry in file.serials.items()},
        phases={id_: _phase(id_, entry) for id_, entry in file.phases.items()},
        notices={id_: arrangements.notice(id_, entry) for id_, entry in file.notices.items()},
        permissions={id_: arrangements.permission(id_, entry) for id_, entry in file.permissions.items()},
        injects={id_: arrangements.inject(id_, entry) for id_, entry in file.injects.items()},
        weather=tuple(surroundings.weather(entry) for entry in file.weather),
        other_exercises={
            id_: surroundings.context_exercise(id_, entry) for id_, entry in file.context.exercises.items()
        },
        observers={id_: surroundings.observer(id_, entry) for id_, entry in file.context.observers.items()},
        standing_reservations={
            id_: surroundings.standing_reservation(id_, entry) for id_, entry in file.context.reservations.items()
        },
        policies={id_: arrangements.policy(id_, entry) for id_, entry in file.policies.items()},
        breakdowns={id_: arrangements.breakdown(id_, entry) for id_, entry in file.breakdowns.items()},
        links={id_: arrangements.link(id_, entry) for id_, entry in file.links.items()},
        nets={id_: arrangements.net(id_, entry, heading.period) for id_, entry in file.nets.items()},
        agreements={id_: arrangements.agreement(id_, entry) for id_, entry in file.agreements.items()},
        quiet_hours={id_: arrangements.quiet_hours(id_, entry) for id_, entry in file.quiet_hours.items()},
        habitats={id_: surroundings.habitat(id_, entry) for id_, entry in file.context.habitats.items()},
        check=file.check.settings(),
        sensors=None if file.sensors is None else file.sensors.sensors(),
        traffic=None if file.traffic is None else surroundings.sea_traffic(file.traffic),
        data=_data(file.environment, file.context.warnings, source),
        places=places_by_path,
    )


def _data(entry: wire.EnvironmentWire, warnings: tuple[str, ...], source: SourceText) -> DataFiles:
    return DataFiles(
        folder=str(Path(source.file).parent),
        firs=entry.firs,
        lanes=entry.lanes,
        areas=entry.areas,
        air_routes=entry.air_routes,
        traffic_density=entry.traffic_density,
        hospitals=entry.hospitals,
        depths=entry.depths,
        weather=entry.weather,
        warnings=warnings,
        holders=entry.holders,
    )


def _participant(nation: str, entry: wire.ParticipantWire) -> Participant:
    return Participant(nation=nation, service=entry.service, languages=entry.languages, provenance=provenance_of(entry))


def _platform(id_: str, entry: wire.PlatformWire) -> Platform:
    return Platform(
        key=id_,
        name=entry.name,
        kind=entry.kind,
        medium=entry.medium,
        length_m=entry.length,
        beam_m=entry.beam,
        draught_m=entry.draught,
        displacement_kg=entry.displacement,
        max_speed_mps=entry.max_speed,
        economical_speed_mps=entry.economical_speed,
        cruise_speed_mps=entry.cruise_speed,
        range_m=entry.range,
        endurance_ms=entry.endurance,
        ceiling_m=entry.ceiling,
        helicopter_spots=entry.helicopter_spots,
        deck_sea_state=entry.deck_sea_state,
        gun_calibre_m=entry.gun_calibre,
        radar_height_m=entry.radar_height,
        eye_height_m=entry.eye_height,
        tactical_diameter_m=entry.tactical_diameter,
        full_speed_ms=entry.time_to_full_speed,
        climb_rate_mps=entry.climb_rate,
        ranges=tuple(sorted({(row.speed, row.range) for row in entry.ranges})),
        provenance=provenance_of(entry),
    )


def _unit(id_: str, entry: wire.UnitWire, units: Mapping[str, wire.UnitWire]) -> Unit:
    home, home_name, home_unit = _home(entry.home, units)
    return Unit(
        id=id_,
        name=entry.name,
        nation=entry.nation,
        platform=entry.class_,
        hull=entry.hull,
        home=home,
        home_name=home_name,
        home_unit=home_unit,
        start=entry.start,
        start_ms=entry.start_time,
        count=entry.count,
        command_ship=entry.command_ship,
        crews=entry.crews,
        provenance=provenance_of(entry),
    )


def _home(home: Position | str | None, units: Mapping[str, wire.UnitWire]) -> tuple[Position | None, str, str]:
    """Position, name and carrying unit. An unknown name stays a name: a rule reports it."""
    if home is None or isinstance(home, Position):
        return home, "", ""
    if home in units:
        return None, units[home].name, home
    place = places.find(home)
    return (None, home, "") if place is None else (place.position, place.name, "")


def _group(id_: str, entry: wire.GroupWire) -> Group:
    return Group(
        id=id_,
        name=entry.name or id_,
        units=entry.units,
        commander=entry.commander,
        flagship=entry.flagship,
        roles=entry.roles,
        provenance=provenance_of(entry),
    )


def _area(id_: str, entry: wire.AreaWire) -> Area:
    return Area(**water_of(id_, entry))


def _objective(id_: str, entry: wire.ObjectiveWire) -> Objective:
    return Objective(
        id=id_, text=entry.text, owner=entry.owner, measures=entry.measures, provenance=provenance_of(entry)
    )


def _serial(id_: str, entry: wire.SerialWire, parameters: object) -> Serial:
    asked = entry.conditions
    return Serial(
        id=id_,
        type=entry.type,
        parameters=parameters,
        name=entry.name,
        area=entry.area,
        units=entry.units,
        start_ms=entry.start,
        end_ms=entry.end,
        earliest_ms=entry.earliest,
        latest_ms=entry.latest,
        duration_ms=entry.duration,
        after=entry.after,
        objectives=entry.objectives,
        safety_officer=entry.safety_officer,
        conducting_officer=entry.conducting_officer,
        phase=entry.phase,
        lead=entry.lead or "",
        reserve=join_windows(window_of(span) for span in entry.reserve) if entry.reserve else (),
        animal_watch=None if entry.animal_watch is None else entry.animal_watch.watch(),
        conditions=_NO_CONDITIONS
        if asked is None
        else Conditions(
            daylight=asked.daylight,
            sea_state_max=asked.sea_state,
            wind_max_mps=asked.wind,
            visibility_min_m=asked.visibility,
        ),
        provenance=provenance_of(entry),
    )


_NO_CONDITIONS = Conditions()


def _phase(id_: str, entry: wire.PhaseWire) -> Phase:
    return Phase(
        id=id_, name=entry.name or id_, kind=entry.kind, window=window_of(entry), provenance=provenance_of(entry)
    )
