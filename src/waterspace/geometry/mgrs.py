"""The military grid (MGRS): a position as a square of a lettered grid, and back.

Source: National Geospatial-Intelligence Agency, NGA.STND.0037, Universal Grids and Grid Reference Systems (2014). The
projections are PROJ's; of the lettering only the newer scheme, that of WGS 84, is known.
"""

from __future__ import annotations

import functools
import math
import re
from typing import TYPE_CHECKING, Any

from waterspace.errors import GeometryError
from waterspace.geometry.arguments import admitted
from waterspace.geometry.geodesy import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["from_mgrs", "to_mgrs"]

_MOST_DIGITS = 9
_SQUARE_M = 100_000.0
_GUARD_M = 1e-7
"""What a projection and back may be off: a place on the line of a grid is not put on the other side of it."""

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_BAND_DEG, _SOUTH_DEG, _NORTH_DEG = 8.0, -80.0, 84.0
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_ROWS_M = len(_ROWS) * _SQUARE_M
_EVEN_ROWS = 5
_POLAR_WEST, _POLAR_EAST = "JKLPQRSTUXYZ", "ABCFGHJKLPQR"
_POLAR_ROWS = {"AB": "ABCDEFGHJKLMNPQRSTUVWXYZ", "YZ": "ABCDEFGHJKLMNP"}
_POLAR_ORIGINS_M = {"AB": 800_000.0, "YZ": 1_300_000.0}
_POLE_M, _WEST_M = 2_000_000.0, 800_000.0

_TEXT = re.compile(r"(?:([1-9]|[0-5]\d|60)([C-HJ-NP-X])|([ABYZ]))([A-HJ-NP-Z])([A-HJ-NP-V]|[W-Z])(\d*)")


def to_mgrs(lat_deg: float, lon_deg: float, digits: int = 5) -> str:
    """The square of the grid that holds a position, without blanks: `38SMB4414084706`.

    Args:
        lat_deg: latitude.
        lon_deg: longitude.
        digits: of easting and of northing each, 0 (squares of 100 km) to 9; 5 for metres, -1 for the zone alone.

    Raises:
        GeometryError: there is no such place or no such square.
    """
    admitted(lat_deg=lat_deg, lon_deg=lon_deg)
    if not -1 <= digits <= _MOST_DIGITS:
        raise GeometryError(f"found {digits} digits, expected -1 to {_MOST_DIGITS}")
    lon = (lon_deg + 180.0) % 360.0 - 180.0
    grid = _utm if _SOUTH_DEG <= lat_deg < _NORTH_DEG else _polar
    zone, squares, easting, northing = grid(lat_deg, lon)
    if digits < 0:
        return zone
    return f"{zone}{squares}{_within(easting, digits)}{_within(northing, digits)}"


def from_mgrs(text: str) -> Place[float]:
    """The middle of a square of the grid, of 100 km to a tenth of a millimetre; blanks and small letters are allowed.

    Raises:
        GeometryError: the text is no square of the grid.
    """
    found = _TEXT.fullmatch("".join(text.split()).upper())
    if found is None or len(found[6]) % 2 or len(found[6]) > 2 * _MOST_DIGITS:
        raise GeometryError(
            f"found {text!r}, expected a square of the military grid such as 38SMB4488: a zone with its letter, two "
            "letters, and as many digits of easting as of northing"
        )
    digits = len(found[6]) // 2
    size_m = _SQUARE_M / 10**digits
    east_m, north_m = ((int(half or "0") + 0.5) * size_m for half in (found[6][:digits], found[6][digits:]))
    if found[3]:
        places = _polar_places(found[3], (found[4], found[5]), (east_m, north_m))
    else:
        places = _utm_places(int(found[1]), found[2], (found[4], found[5]), (east_m, north_m))
    for place in places:
        return place
    raise GeometryError(f"found {text!r}, whose letters name no square of that zone; look at the letters again")


@functools.cache
def _utm_zone(zone: int) -> Any:  # noqa: ANN401
    from pyproj import Proj

    return Proj(proj="utm", zone=zone, ellps="WGS84")


@functools.cache
def _pole(letter: str) -> Any:  # noqa: ANN401
    from pyproj import Proj

    return Proj(proj="ups", ellps="WGS84", south=letter in "AB")


def _utm(lat: float, lon: float) -> tuple[str, str, float, float]:
    """Zone, letters of the square, easting and northing."""
    zone = _zone(lat, lon)
    easting, northing = _utm_zone(zone)(lon, lat)
    band = _BANDS[min(int((lat - _SOUTH_DEG) / _BAND_DEG), len(_BANDS) - 1)]
    column = _COLUMNS[(zone - 1) % 3][math.floor((easting + _GUARD_M) / _SQUARE_M) - 1]
    row = math.floor((northing + _GUARD_M) / _SQUARE_M) + (0 if zone % 2 else _EVEN_ROWS)
    return f"{zone:02d}{band}", column + _ROWS[row % len(_ROWS)], easting, northing


def _zone(lat: float, lon: float) -> int:
    """Six degrees wide, but for the south-west of Norway and for Svalbard."""
    if 56.0 <= lat < 64.0 and 3.0 <= lon < 12.0:
        return 32
    if lat >= 72.0 and 0.0 <= lon < 42.0:
        return 31 + 2 * int((lon + 3.0) // 12.0)
    return int((lon + 180.0) // 6.0) + 1


def _polar(lat: float, lon: float) -> tuple[str, str, float, float]:
    """As `_utm`, round a pole."""
    pair = "AB" if lat < 0.0 else "YZ"
    easting, northing = _pole(pair)(lon, lat)
    east = easting + _GUARD_M >= _POLE_M
    columns, west_m = (_POLAR_EAST, _POLE_M) if east else (_POLAR_WEST, _WEST_M)
    column = columns[math.floor((easting + _GUARD_M - west_m) / _SQUARE_M)]
    row = _POLAR_ROWS[pair][math.floor((northing + _GUARD_M - _POLAR_ORIGINS_M[pair]) / _SQUARE_M)]
    return pair[east], column + row, easting, northing


def _within(metres: float, digits: int) -> str:
    """Where in its square a coordinate lies."""
    unit_m = _SQUARE_M / 10**digits
    steps = math.floor((metres + _GUARD_M) / unit_m) % 10**digits
    return f"{steps:0{digits}d}" if digits else ""


def _utm_places(zone: int, band: str, letters: tuple[str, str], off_m: tuple[float, float]) -> Iterator[Place[float]]:
    """The middle of a square whose row lies in a band, or none."""
    columns = _COLUMNS[(zone - 1) % 3]
    if letters[0] not in columns or letters[1] not in _ROWS:
        return
    easting = (columns.index(letters[0]) + 1) * _SQUARE_M + off_m[0]
    row = (_ROWS.index(letters[1]) - (0 if zone % 2 else _EVEN_ROWS)) % len(_ROWS)
    south_deg = _SOUTH_DEG + _BAND_DEG * _BANDS.index(band)
    north_deg = _NORTH_DEG if band == _BANDS[-1] else south_deg + _BAND_DEG
    for turn in range(-5, 5):
        northing = row * _SQUARE_M + off_m[1] + turn * _ROWS_M
        lon, lat = _utm_zone(zone)(easting, northing, inverse=True)
        if south_deg - 1.0 < lat < north_deg + 1.0:
            yield Place(lat, lon)


def _polar_places(zone: str, letters: tuple[str, str], off_m: tuple[float, float]) -> Iterator[Place[float]]:
    """As `_utm_places`, round a pole."""
    pair = "AB" if zone in "AB" else "YZ"
    columns, west_m = (_POLAR_EAST, _POLE_M) if zone == pair[1] else (_POLAR_WEST, _WEST_M)
    if letters[0] not in columns or letters[1] not in _POLAR_ROWS[pair]:
        return
    easting = west_m + columns.index(letters[0]) * _SQUARE_M + off_m[0]
    northing = _POLAR_ORIGINS_M[pair] + _POLAR_ROWS[pair].index(letters[1]) * _SQUARE_M + off_m[1]
    lon, lat = _pole(pair)(easting, northing, inverse=True)
    yield Place(lat, lon)
