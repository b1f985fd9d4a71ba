"""What the variables of weather and sea files are called, and what a unit is worth in ours.

Sources: CF Standard Name Table; ECMWF and NCEP short names of GRIB parameters; the catalogue of Copernicus Marine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from waterspace.quantity import FOOT_M, HECTOPASCAL_PA, KILOMETRE_M, KNOT_MPS, NAUTICAL_MILE_M, ZERO_CELSIUS_K

__all__ = ["LEVELS", "NAMES", "TURNED", "Quantity", "Unit", "named", "unit"]


class Quantity(StrEnum):
    """What a field tells, in metres, seconds, metres a second, degrees, degrees Celsius and pascals."""

    SIGNIFICANT_WAVE = "significant wave height"
    WIND_WAVE = "significant height of wind waves"
    SWELL = "significant height of swell"
    WAVE_PERIOD = "wave period"
    WAVE_FROM = "wave direction (from)"
    WIND_EAST = "wind towards east"
    WIND_NORTH = "wind towards north"
    WIND_SPEED = "wind speed"
    WIND_FROM = "wind direction (from)"
    CURRENT_EAST = "current towards east"
    CURRENT_NORTH = "current towards north"
    SEA_TEMPERATURE = "sea temperature"
    VISIBILITY = "visibility"
    AIR_PRESSURE = "air pressure at sea level"


NAMES: Final[Mapping[Quantity, Sequence[str]]] = {
    Quantity.SIGNIFICANT_WAVE: (
        "sea_surface_wave_significant_height",
        "significant_height_of_combined_wind_waves_and_swell",
        "swh",
        "vhm0",
        "htsgw",
        "hs",
        "hm0",
    ),
    Quantity.WIND_WAVE: (
        "sea_surface_wind_wave_significant_height",
        "significant_height_of_wind_waves",
        "shww",
        "wvhgt",
        "vhm0_ww",
    ),
    Quantity.SWELL: ("sea_surface_swell_wave_significant_height", "shts", "swell", "vhm0_sw1"),
    Quantity.WAVE_PERIOD: (
        "sea_surface_wave_period_at_variance_spectral_density_maximum",
        "vtpk",
        "pp1d",
        "perpw",
        "sea_surface_wave_mean_period_from_variance_spectral_density_inverse_frequency_moment",
        "sea_surface_wave_mean_period",
        "vtm10",
        "mwp",
    ),
    Quantity.WAVE_FROM: (
        "sea_surface_wave_from_direction",
        "vmdr",
        "mwd",
        "dirpw",
        "sea_surface_wave_from_direction_at_variance_spectral_density_maximum",
        "sea_surface_wave_to_direction",
    ),
    Quantity.WIND_EAST: ("u10", "10u", "eastward_wind", "u-component_of_wind_height_above_ground", "ugrd"),
    Quantity.WIND_NORTH: ("v10", "10v", "northward_wind", "v-component_of_wind_height_above_ground", "vgrd"),
    Quantity.WIND_SPEED: ("si10", "10si", "wind_speed", "ws", "ws10"),
    Quantity.WIND_FROM: ("wdir10", "10wdir", "wind_from_direction", "wdir", "wind_to_direction"),
    Quantity.CURRENT_EAST: (
        "surface_eastward_sea_water_velocity",
        "eastward_sea_water_velocity",
        "uo",
        "utotal",
        "ucurr",
        "uogrd",
        "water_u",
    ),
    Quantity.CURRENT_NORTH: (
        "surface_northward_sea_water_velocity",
        "northward_sea_water_velocity",
        "vo",
        "vtotal",
        "vcurr",
        "vogrd",
        "water_v",
    ),
    Quantity.SEA_TEMPERATURE: (
        "sea_surface_temperature",
        "sea_surface_foundation_temperature",
        "sst",
        "analysed_sst",
        "sea_water_potential_temperature",
        "sea_water_temperature",
        "thetao",
        "wtmp",
    ),
    Quantity.VISIBILITY: ("visibility_in_air", "vis"),
    Quantity.AIR_PRESSURE: (
        "air_pressure_at_mean_sea_level",
        "air_pressure_at_sea_level",
        "msl",
        "prmsl",
        "pressure_reduced_to_msl_msl",
    ),
}
"""Names by quantity, in lower letters, the best first where a file has several."""

TURNED: Final = frozenset({"sea_surface_wave_to_direction", "wind_to_direction"})
"""Names of directions towards which; the others are those from which."""

LEVELS: Final[Mapping[Quantity, tuple[float, float, float]]] = {
    **dict.fromkeys(
        (Quantity.WIND_EAST, Quantity.WIND_NORTH, Quantity.WIND_SPEED, Quantity.WIND_FROM), (10.0, 5.0, 20.0)
    ),
    **dict.fromkeys((Quantity.CURRENT_EAST, Quantity.CURRENT_NORTH, Quantity.SEA_TEMPERATURE), (0.0, 0.0, 20.0)),
}
"""Height or depth that is wanted, and the least and greatest that will do, in metres (assumed; wind is told at 10)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit is worth: ours is value × factor + offset."""

    factor_ratio: float
    offset_ratio: float = 0.0


_LENGTHS = {
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), Unit(1.0)),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), Unit(KILOMETRE_M)),
    **dict.fromkeys(("ft", "feet", "foot"), Unit(FOOT_M)),
    **dict.fromkeys(("nmi", "nautical_mile", "nautical_miles"), Unit(NAUTICAL_MILE_M)),
}
_SPEEDS = {
    **dict.fromkeys(("m/s", "m s-1", "m s**-1", "m s^-1", "m.s-1", "meter second-1", "metre/second"), Unit(1.0)),
    **dict.fromkeys(("meters/second", "meters per second", "metres per second", "ms-1"), Unit(1.0)),
    **dict.fromkeys(("kn", "kt", "kts", "knot", "knots"), Unit(KNOT_MPS)),
}
_ANGLES = dict.fromkeys(
    ("degree", "degrees", "deg", "°", "degree true", "degrees true", "degree_true", "degrees_true", "degree.true"),
    Unit(1.0),
)
_TIMES = dict.fromkeys(("s", "second", "seconds", "sec"), Unit(1.0))
_TEMPERATURES = {
    **dict.fromkeys(("k", "kelvin", "degk", "degrees_k"), Unit(1.0, -ZERO_CELSIUS_K)),
    **dict.fromkeys(("c", "°c", "degc", "deg c", "deg_c", "degree_c", "degrees_c", "celsius"), Unit(1.0)),
    **dict.fromkeys(("degree_celsius", "degrees_celsius", "degrees celsius"), Unit(1.0)),
}
_PRESSURES = {
    **dict.fromkeys(("pa", "pascal", "pascals"), Unit(1.0)),
    **dict.fromkeys(("hpa", "mbar", "millibar", "millibars", "mb"), Unit(HECTOPASCAL_PA)),
}
_UNITS: Final[Mapping[Quantity, Mapping[str, Unit]]] = {
    Quantity.SIGNIFICANT_WAVE: _LENGTHS,
    Quantity.WIND_WAVE: _LENGTHS,
    Quantity.SWELL: _LENGTHS,
    Quantity.WAVE_PERIOD: _TIMES,
    Quantity.WAVE_FROM: _ANGLES,
    Quantity.WIND_EAST: _SPEEDS,
    Quantity.WIND_NORTH: _SPEEDS,
    Quantity.WIND_SPEED: _SPEEDS,
    Quantity.WIND_FROM: _ANGLES,
    Quantity.CURRENT_EAST: _SPEEDS,
    Quantity.CURRENT_NORTH: _SPEEDS,
    Quantity.SEA_TEMPERATURE: _TEMPERATURES,
    Quantity.VISIBILITY: _LENGTHS,
    Quantity.AIR_PRESSURE: _PRESSURES,
}


def named(names: Sequence[str]) -> tuple[Quantity, int, str] | None:
    """The quantity that a variable tells, how good its name is (0 is best), and that name; None for one of no use here.

    Args:
        names: those that the variable carries, the most telling first.
    """
    for name in names:
        plain = name.strip().lower().replace(" ", "_")
        for quantity, known in NAMES.items():
            if plain in known:
                return quantity, known.index(plain), plain
    return None


def unit(quantity: Quantity, text: str) -> Unit | None:
    """What a unit is worth for a quantity; None where it is not known."""
    return _UNITS[quantity].get(" ".join(text.strip().lower().split()))
