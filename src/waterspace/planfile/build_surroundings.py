"""What is around an exercise, as the file has it, to that of the domain: weather, other people and animals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import ContextExercise, FishingFleet, Habitat, Observer, Reservation, SeaTraffic, Weather
from waterspace.domain.traffic import SPACING_M
from waterspace.planfile.facts import band_of, provenance_of, water_of, window_of
from waterspace.planfile.windows import windows_of

if TYPE_CHECKING:
    from waterspace.planfile import arranging, others, wire

__all__ = ["context_exercise", "habitat", "observer", "sea_traffic", "standing_reservation", "weather"]


def weather(entry: wire.WeatherWire) -> Weather:
    """The weather of some time."""
    return Weather(
        window=window_of(entry),
        sea_state=entry.sea_state,
        wind_from_deg=entry.wind_from,
        wind_speed_mps=entry.wind_speed,
        visibility_m=entry.visibility,
        provenance=provenance_of(entry),
    )


def context_exercise(id_: str, entry: wire.ContextExerciseWire) -> ContextExercise:
    """An exercise of others."""
    return ContextExercise(
        id=id_,
        name=entry.name,
        participants=entry.participants,
        window=window_of(entry),
        footprint=entry.footprint(),
        band=band_of(entry),
        ships=entry.ships,
        provenance=provenance_of(entry),
    )


def observer(id_: str, entry: wire.ObserverWire) -> Observer:
    """Somebody who comes to look."""
    return Observer(
        id=id_,
        name=entry.name,
        nation=entry.nation,
        platform=entry.class_,
        window=window_of(entry),
        activity=entry.activity,
        route=entry.route,
        shadows=entry.shadows,
        distance_m=entry.distance,
        provenance=provenance_of(entry),
    )


def standing_reservation(id_: str, entry: wire.ReservationWire) -> Reservation:
    """Water that others have reserved."""
    water = water_of(id_, entry)
    windows = windows_of(entry.windows, water["footprint"])
    return Reservation(**water, owner=id_, windows=windows, hazard=entry.hazard)


def habitat(id_: str, entry: arranging.HabitatWire) -> Habitat:
    """Where animals live, and when."""
    water = water_of(id_, entry)
    return Habitat(**water, species=entry.species, windows=windows_of(entry.windows, water["footprint"]))


def sea_traffic(entry: others.TrafficWire) -> SeaTraffic:
    """The ships that are about."""
    return SeaTraffic(
        merchants=entry.merchants,
        lanes=entry.lanes,
        fishing={id_: _fishing(id_, ground) for id_, ground in entry.fishing.items()},
        encounter_range_m=entry.encounter_range,
        call_range_m=entry.call_range,
        provenance=provenance_of(entry),
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
        provenance=provenance_of(entry),
    )
