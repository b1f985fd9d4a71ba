"""Wire models to domain values: the one place where the keys of the file become the nouns of an exercise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from waterspace.domain import (
    Agreement,
    Area,
    Band,
    Conditions,
    ContextExercise,
    DataFiles,
    Exercise,
    FishingFleet,
    Group,
    Habitat,
    Inject,
    Link,
    Net,
    NotamCircle,
    Objective,
    Observer,
    Participant,
    Permission,
    Phase,
    PlannedNotice,
    Platform,
    Position,
    Provenance,
    QuietHours,
    Reliability,
    Reservation,
    SeaTraffic,
    Serial,
    SourceText,
    Unit,
    Weather,
    Window,
    WrittenPolicy,
    join_windows,
)
from waterspace.domain.traffic import SPACING_M
from waterspace.environment import classes, places
from waterspace.planfile.windows import windows_anywhere, windows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Footprint, Place
    from waterspace.planfile import arranging, contingencies, others, pieces, wire

__all__ = ["build"]

_NO_PROVENANCE = Provenance()


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
        window=_window(heading.period),
        source=source,
        series=heading.series,
        theme=heading.theme,
        host=heading.host or "",
        languages=heading.languages,
        marking=heading.marking,
        local_offset_ms=file.settings.local_time,
        provenance=_provenance(heading),
        participants={id_: _participant(id_, entry) for id_, entry in file.participants.items()},
        platforms={**classes.library(), **given},
        units={id_: _unit(id_, entry, file.units) for id_, entry in file.units.items()},
        groups={id_: _group(id_, entry) for id_, entry in file.groups.items()},
        areas={id_: _area(id_, entry) for id_, entry in file.areas.items()},
        objectives={id_: _objective(id_, entry) for id_, entry in file.objectives.items()},
        serials={id_: _serial(id_, entry, parameters[id_]) for id_, entry in file.serials.items()},
        phases={id_: _phase(id_, entry) for id_, entry in file.phases.items()},
        notices={id_: _notice(id_, entry) for id_, entry in file.notices.items()},
        permissions={id_: _permission(id_, entry) for id_, entry in file.permissions.items()},
        injects={id_: _inject(id_, entry) for id_, entry in file.injects.items()},
        weather=tuple(_weather(entry) for entry in file.weather),
        other_exercises={id_: _other(id_, entry) for id_, entry in file.context.exercises.items()},
        observers={id_: _observer(id_, entry) for id_, entry in file.context.observers.items()},
        standing_reservations={id_: _standing(id_, entry) for id_, entry in file.context.reservations.items()},
        policies={id_: _policy(id_, entry) for id_, entry in file.policies.items()},
        breakdowns={id_: _breakdown(id_, entry) for id_, entry in file.breakdowns.items()},
        links={id_: _link(id_, entry) for id_, entry in file.links.items()},
        nets={id_: _net(id_, entry, heading.period) for id_, entry in file.nets.items()},
        agreements={id_: _agreement(id_, entry) for id_, entry in file.agreements.items()},
        quiet_hours={id_: _quiet(id_, entry) for id_, entry in file.quiet_hours.items()},
        habitats={id_: _habitat(id_, entry) for id_, entry in file.context.habitats.items()},
        check=file.check.settings(),
        sensors=None if file.sensors is None else file.sensors.sensors(),
        traffic=None if file.traffic is None else _traffic(file.traffic),
        data=_data(file.environment, source),
        places=places_by_path,
    )


def _data(entry: wire.EnvironmentWire, source: SourceText) -> DataFiles:
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
        holders=entry.holders,
    )


def _provenance(entry: pieces.Fact) -> Provenance:
    if not entry.source and entry.confidence is None and not entry.note:
        return _NO_PROVENANCE
    return Provenance(source=entry.source, confidence=entry.confidence, note=entry.note)


def _window(
    span: pieces.WindowWire | wire.PhaseWire | wire.ContextExerciseWire | wire.ObserverWire | wire.WeatherWire,
) -> Window:
    return Window(start_ms=span.start, end_ms=span.end)


def _band(entry: pieces.Shaped) -> Band:
    if entry.vertical is None:
        return Band()
    floor_m, ceiling_m = entry.vertical
    return Band(floor_m=floor_m, ceiling_m=ceiling_m)


def _shape(entry: pieces.Shaped) -> Footprint:
    footprint = entry.footprint()
    assert footprint is not None, "agreement.py refuses an area without shape"
    return footprint


def _participant(nation: str, entry: wire.ParticipantWire) -> Participant:
    return Participant(nation=nation, service=entry.service, languages=entry.languages, provenance=_provenance(entry))


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
        provenance=_provenance(entry),
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
        provenance=_provenance(entry),
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
        provenance=_provenance(entry),
    )


def _area(id_: str, entry: wire.AreaWire) -> Area:
    return Area(
        id=id_,
        name=entry.name or id_,
        footprint=_shape(entry),
        band=_band(entry),
        provenance=_provenance(entry),
    )


def _objective(id_: str, entry: wire.ObjectiveWire) -> Objective:
    return Objective(id=id_, text=entry.text, owner=entry.owner, measures=entry.measures, provenance=_provenance(entry))


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
        reserve=join_windows(_window(span) for span in entry.reserve) if entry.reserve else (),
        animal_watch=None if entry.animal_watch is None else entry.animal_watch.watch(),
        conditions=_NO_CONDITIONS
        if asked is None
        else Conditions(
            daylight=asked.daylight,
            sea_state_max=asked.sea_state,
            wind_max_mps=asked.wind,
            visibility_min_m=asked.visibility,
        ),
        provenance=_provenance(entry),
    )


_NO_CONDITIONS = Conditions()


def _phase(id_: str, entry: wire.PhaseWire) -> Phase:
    return Phase(id=id_, name=entry.name or id_, kind=entry.kind, window=_window(entry), provenance=_provenance(entry))


def _notice(id_: str, entry: wire.NoticeWire) -> PlannedNotice:
    return PlannedNotice(
        id=id_,
        kind=entry.kind,
        covers=entry.covers,
        originator=entry.originator,
        planned_ms=entry.planned,
        cancel_ms=entry.cancel,
        circle=None if entry.circle is None else NotamCircle(centre=entry.circle.centre, radius_m=entry.circle.radius),
        firs=entry.firs,
        to=entry.to,
        provenance=_provenance(entry),
    )


def _permission(id_: str, entry: wire.PermissionWire) -> Permission:
    return Permission(
        id=id_,
        state=entry.state,
        kind=entry.kind,
        covers=entry.covers,
        date_ms=entry.date,
        reference=entry.reference,
        valid=None if entry.valid is None else _window(entry.valid),
        provenance=_provenance(entry),
    )


def _inject(id_: str, entry: wire.InjectWire) -> Inject:
    return Inject(
        id=id_,
        at_ms=entry.at,
        text=entry.text,
        to=entry.to,
        delays=entry.delays,
        delay_ms=entry.delay,
        provenance=_provenance(entry),
    )


def _weather(entry: wire.WeatherWire) -> Weather:
    return Weather(
        window=_window(entry),
        sea_state=entry.sea_state,
        wind_from_deg=entry.wind_from,
        wind_speed_mps=entry.wind_speed,
        visibility_m=entry.visibility,
        provenance=_provenance(entry),
    )


def _other(id_: str, entry: wire.ContextExerciseWire) -> ContextExercise:
    return ContextExercise(
        id=id_,
        name=entry.name,
        participants=entry.participants,
        window=_window(entry),
        footprint=entry.footprint(),
        band=_band(entry),
        ships=entry.ships,
        provenance=_provenance(entry),
    )


def _observer(id_: str, entry: wire.ObserverWire) -> Observer:
    return Observer(
        id=id_,
        name=entry.name,
        nation=entry.nation,
        platform=entry.class_,
        window=_window(entry),
        activity=entry.activity,
        route=entry.route,
        shadows=entry.shadows,
        distance_m=entry.distance,
        provenance=_provenance(entry),
    )


def _policy(id_: str, entry: contingencies.PolicyWire) -> WrittenPolicy:
    return WrittenPolicy(id=id_, policy=entry.policy(), serials=entry.serials, provenance=_provenance(entry))


def _breakdown(id_: str, entry: contingencies.BreakdownWire) -> Reliability:
    return Reliability(
        id=id_,
        works_mean_ms=entry.every,
        repair_mean_ms=entry.repair,
        units=entry.units,
        shape_ratio=entry.shape,
        provenance=_provenance(entry),
    )


def _link(id_: str, entry: contingencies.LinkWire) -> Link:
    return Link(
        id=id_,
        name=entry.name or id_,
        units=entry.units,
        range_m=entry.range,
        delay_ms=entry.delay,
        works_mean_ms=entry.outage_every,
        repair_mean_ms=entry.outage,
        provenance=_provenance(entry),
    )


def _net(id_: str, entry: arranging.NetWire, period: pieces.WindowWire) -> Net:
    is_limited = entry.start is not None or entry.end is not None
    start_ms = period.start if entry.start is None else entry.start
    end_ms = period.end if entry.end is None else entry.end
    return Net(
        id=id_,
        name=entry.name or id_,
        purpose=entry.purpose,
        channel=entry.channel,
        units=entry.units,
        serials=entry.serials,
        language=entry.language,
        window=Window(start_ms=start_ms, end_ms=max(start_ms, end_ms)) if is_limited else None,
        provenance=_provenance(entry),
    )


def _agreement(id_: str, entry: arranging.AgreementWire) -> Agreement:
    return Agreement(
        id=id_,
        name=entry.name,
        parties=entry.parties,
        kind=entry.kind,
        notice_ms=entry.notice,
        provenance=_provenance(entry),
    )


def _quiet(id_: str, entry: arranging.QuietWire) -> QuietHours:
    return QuietHours(
        id=id_, windows=windows_anywhere(entry.windows), covers=entry.covers, provenance=_provenance(entry)
    )


def _habitat(id_: str, entry: arranging.HabitatWire) -> Habitat:
    footprint = _shape(entry)
    return Habitat(
        id=id_,
        name=entry.name or id_,
        footprint=footprint,
        band=_band(entry),
        species=entry.species,
        windows=windows_of(entry.windows, footprint),
        provenance=_provenance(entry),
    )


def _standing(id_: str, entry: wire.ReservationWire) -> Reservation:
    footprint = _shape(entry)
    return Reservation(
        id=id_,
        owner=id_,
        name=entry.name or id_,
        footprint=footprint,
        band=_band(entry),
        windows=windows_of(entry.windows, footprint),
        hazard=entry.hazard,
        provenance=_provenance(entry),
    )


def _traffic(entry: others.TrafficWire) -> SeaTraffic:
    return SeaTraffic(
        merchants=entry.merchants,
        lanes=entry.lanes,
        fishing={id_: _fishing(id_, ground) for id_, ground in entry.fishing.items()},
        encounter_range_m=entry.encounter_range,
        call_range_m=entry.call_range,
        provenance=_provenance(entry),
    )


def _fishing(id_: str, entry: others.FishingWire) -> FishingFleet:
    return FishingFleet(
        id=id_,
        area=entry.area,
        footprint=entry.footprint(),
        spacing_m=SPACING_M if entry.spacing is None else entry.spacing,
        vessels=entry.vessels,
        depth_m=entry.depths_m,
        off_land_m=entry.off_land_m,
        home=entry.home,
        provenance=_provenance(entry),
    )
