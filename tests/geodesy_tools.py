"""The command lines of GeographicLib's tools, answered by our functions, and compared with what the tools printed."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pytest
from pyproj import Proj

from waterspace import geometry
from waterspace.errors import GeometryError, NotationError
from waterspace.geometry import WGS84, Ellipsoid
from waterspace.notation import parse_position

__all__ = ["NOT_OFFERED", "PARTLY", "Case", "check"]

_INFINITE = "PROJ's projections refuse infinite coordinates, and so do we"

NOT_OFFERED = {
    "GeoConvert3": "an option that the tool does not have; nothing is computed",
    "GeodSolve80": "expects the geodesic scale",
    "GeodSolve98": "goes a way given by its arc length on the auxiliary sphere",
    "ConicProj1": "PROJ has no ellipsoid longer from pole to pole than across",
    "ConicProj4": _INFINITE,
    "ConicProj6": _INFINITE,
    "ConicProj8": _INFINITE,
}
"""Cases that are not met, each with the reason."""

_FULL = "m12 M12 M21"
_OVER_POLE = "m12 M12 M21 S12"

PARTLY = {
    "GeodSolve15": _FULL,
    "GeodSolve16": _FULL,
    "GeodSolve26": _FULL,
    "GeodSolve27": _FULL,
    "GeodSolve28": _FULL,
    "GeodSolve29": _FULL,
    "GeodSolve30": _FULL,
    "GeodSolve31": _FULL,
    "GeodSolve32": _FULL,
    "GeodSolve65": _OVER_POLE,
    "GeodSolve66": _OVER_POLE,
    "GeodSolve81": _FULL,
    "GeodSolve82": _FULL,
    "GeodSolve83": _FULL,
    "GeodSolve96": _FULL,
    "GeodSolve97": _FULL,
    "ConicProj3": "gamma k",
    "ConicProj5": "gamma k",
    "ConicProj7": "gamma k",
    "TransverseMercatorProj2": "lon gamma",
    "TransverseMercatorProj3": "lon gamma",
    "GeodesicProj0": "rk",
}
"""Cases met in all columns but these.

Reduced length and geodesic scales are offered neither by PROJ nor by us. The area under a geodesic that leads over a
pole (S12) depends on the side on which the pole is passed, and in two cases the sign of a zero decides
that. At a pole a projection's scale is infinite, or the longitude is anything.
"""

_LOOSE_DEG = {"GeodSolve13": 2e-4, "GeoConvert1": 0.0501 / 3600.0}
"""Of the first, two printed answers to one question, by series and by elliptic integrals, on an ellipsoid nearly three
times as long as it is wide; the tool's authors ask for agreement to a hundredth of a degree. The second is printed to a
tenth of a second.
"""


class Case(NamedTuple):
    """One test of a tool.

    Attributes:
        name: as the tool's authors call it; some names stand twice.
        tool: whose command line it is.
        args: the command line.
        printed: what the tool printed, empty where it refused.
    """

    name: str
    tool: str
    args: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command line taken apart.

    Attributes:
        flags: options that stand alone, and each other option with its arguments.
        lines: of the input.
        ellipsoid: the one asked for.
    """

    flags: dict[str, list[str]]
    lines: list[list[str]]
    ellipsoid: Ellipsoid


_ARGUMENTS = {"-p": 1, "-e": 2, "-L": 3, "-D": 4, "-I": 4, "-a": 2, "-c": 2, "-l": 1, "-k": 1, "--input-string": 1}
_ALONE = {"GeodSolve": ("-a",), "Planimeter": ("-l",)}


def check(case: Case) -> str:
    """Compare one case, and say by whom it was met.

    Raises:
        AssertionError: where the answers differ.
    """
    if case.name in NOT_OFFERED:
        return "not offered"
    command = _taken_apart(case)
    refused = not case.printed or case.printed.startswith("ERROR") or "nan" in case.printed
    if refused:
        with pytest.raises((GeometryError, NotationError)):
            _ANSWERS[case.tool](command)
        return "ours"
    if "-m" in command.flags:
        digits = 5 + int(command.flags.get("-p", ["0"])[0])
        squares = [geometry.to_mgrs(*_geo_place(line), digits=digits) for line in command.lines]
        assert squares == case.printed.split(), case
        return "ours"
    printed = [_numbers(case.tool, line) for line in case.printed.splitlines()]
    answers = _ANSWERS[case.tool](command)
    assert len(answers) == len(printed), case
    for answer, tokens in zip(answers, printed, strict=True):
        _compare(case, answer, tokens)
    if case.tool in {"ConicProj", "TransverseMercatorProj"} or ("-u" in command.flags and case.tool == "GeoConvert"):
        return "pyproj"
    return "ours, some columns" if case.name in PARTLY else "ours"


class Number(NamedTuple):
    """One column of an answer.

    Attributes:
        value: None where we do not offer it.
        kind: `m`, `deg` (compared modulo a whole turn), `lat`, `m2`, `ratio`.
    """

    value: float | None
    kind: str
    tolerance: float = 0.0


def _compare(case: Case, answer: Sequence[Number], tokens: list[str]) -> None:
    assert len(answer) == len(tokens), (case, answer)
    missing = sum(number.value is None for number in answer)
    assert missing == len(PARTLY.get(case.name, "").split()), case
    for number, token in zip(answer, tokens, strict=True):
        if number.value is None:
            continue
        places = len(token.partition(".")[2])
        least = {"m": 1e-6, "deg": 1e-10, "lat": 1e-10, "m2": 0.15, "ratio": 1e-9}[number.kind]
        tolerance = max(0.501 * 10.0**-places, least, number.tolerance, _LOOSE_DEG.get(case.name, 0.0))
        apart = number.value - float(token)
        if number.kind == "deg":
            apart = (apart + 180.0) % 360.0 - 180.0
        assert abs(apart) <= tolerance, (case, answer, tokens)


def _numbers(tool: str, line: str) -> list[str]:
    """What a tool printed, as decimal numbers; a position in letters goes through our notation."""
    if tool != "GeoConvert" or not re.search("[NE]", line):
        return line.removeprefix("n ").split()
    lat, lon = parse_position(line.replace(":", " ").replace("d", "°"))
    places = 7 if "d" in line else 1 if "." in line else 3 if ":" in line else 0
    return [f"{lat:.{places}f}", f"{lon:.{places}f}"]


def _taken_apart(case: Case) -> Command:
    words = shlex.split(case.args)
    flags: dict[str, list[str]] = {}
    while words:
        word = words.pop(0)
        count = 0 if word in _ALONE.get(case.tool, ()) else _ARGUMENTS.get(word, 0)
        flags[word], words = words[:count], words[count:]
    lines = [line.split() for line in flags.get("--input-string", [""])[0].split(";")]
    radius, flattening = flags.get("-e", ["", ""])
    ellipsoid = (
        Ellipsoid(equatorial_radius_m=float(radius), flattening_ratio=_fraction(flattening)) if radius else WGS84
    )
    return Command(flags=flags, lines=lines, ellipsoid=ellipsoid)


def _fraction(text: str) -> float:
    over, _, under = text.partition("/")
    return float(over) / float(under or 1.0)


def _position(lat: str, lon: str) -> tuple[float, float]:
    """A position in the tools' notation: numbers go as they are, everything else through our notation."""
    return _angle(lat, ("NS", "{} 0E", 0)), _angle(lon, ("EW", "0N {}", 1))


def _angle(text: str, half: tuple[str, str, int]) -> float:
    """Half a position, read as a whole one with nothing in its other half."""
    letters, whole, index = half
    try:
        return float(text)
    except ValueError:
        body = text.rstrip("NSEW")
        letter = text[len(body) :] or letters[body.startswith("-")]
        return parse_position(whole.format(body.lstrip("-").replace("d", "°").replace(":", " ") + letter))[index]


def _azimuth(text: str) -> float:
    """An azimuth, which the tools also take as a sum of angles in degrees, minutes and seconds."""
    try:
        return float(text)
    except ValueError:
        total = 0.0
        for sign, part in re.findall(r"([-+]?)([\d.:d']+)", text):
            numbers = re.findall(r"[\d.]+", part)
            degrees = sum(float(number) / 60.0**power for power, number in enumerate(numbers))
            total += -degrees if sign == "-" else degrees
        return total


def _geod_solve(command: Command) -> list[list[Number]]:
    if "-i" in command.flags:
        return [_geod_inverse(command, line) for line in command.lines]
    ends = []
    for line in command.lines:
        if "-L" in command.flags or "-I" in command.flags or "-D" in command.flags:
            lat1, lon1, azimuth1, distance = _on_line(command, line[0])
        else:
            lat1, lon1 = _position(*line[:2])
            azimuth1, distance = _azimuth(line[2]), float(line[3])
        end = geometry.direct(lat1, lon1, azimuth1, distance, ellipsoid=command.ellipsoid)
        lat2, lon2, azimuth2 = end
        found = [Number(lat2, "lat"), Number(lon2, "deg"), Number(azimuth2, "deg")]
        if "-f" in command.flags:
            start = [Number(lat1, "lat"), Number(lon1, "deg"), Number(azimuth1, "deg")]
            under = _area_under(command, (lat1, lon1), (lat2, lon2))
            found = [*start, *found, Number(distance, "m"), _arc(command, *end, start), *_not_offered(), under]
        ends.append(found)
    return ends


def _on_line(command: Command, along: str) -> tuple[float, float, float, float]:
    """A line given once, and how far along it to go: a distance, or a fraction of its length."""
    ellipsoid, flags = command.ellipsoid, command.flags
    if "-I" in flags:
        lat1, lon1 = _position(*flags["-I"][:2])
        way = geometry.inverse(lat1, lon1, *_position(*flags["-I"][2:]), ellipsoid=ellipsoid)
        azimuth1, length = way.azimuth1_deg, way.distance_m
    else:
        given = flags.get("-L") or flags["-D"]
        lat1, lon1 = _position(*given[:2])
        azimuth1, length = _azimuth(given[2]), float(given[3]) if "-D" in flags else math.nan
    return lat1, lon1, azimuth1, float(along) * (length if "-F" in flags else 1.0)


def _geod_inverse(command: Command, line: list[str]) -> list[Number]:
    (lat1, lon1), (lat2, lon2) = _position(*line[:2]), _position(*line[2:])
    way = geometry.inverse(lat1, lon1, lat2, lon2, ellipsoid=command.ellipsoid)
    azimuth1, azimuth2, distance = (
        Number(way.azimuth1_deg, "deg"),
        Number(way.azimuth2_deg, "deg"),
        Number(way.distance_m, "m"),
    )
    if "-f" not in command.flags:
        return [azimuth1, azimuth2, distance]
    start, end = [Number(lat1, "lat"), Number(lon1, "deg")], [Number(lat2, "lat"), Number(lon2, "deg")]
    under = _area_under(command, (lat1, lon1), (lat2, lon2))
    arc = _arc(command, lat2, lon2, way.azimuth2_deg, [*start, azimuth1])
    return [*start, azimuth1, *end, azimuth2, distance, arc, *_not_offered(), under]


def _arc(command: Command, lat2: float, lon2: float, azimuth2: float, start: list[Number]) -> Number:
    """Arc length on the auxiliary sphere, which follows from what we offer: reduced latitudes and azimuths."""
    lat1, lon1, azimuth1 = (number.value or 0.0 for number in start)
    ratio = 1.0 - command.ellipsoid.flattening_ratio
    if lat1 == lat2 == 0.0:
        return Number(((lon2 - lon1 + 180.0) % 360.0 - 180.0) / ratio, "deg")
    if lat1 == lat2 and (lon1 == lon2 or lat1 == 90.0):
        return Number(0.0, "deg")
    from_node = []
    for lat, azimuth in ((lat1, azimuth1), (lat2, azimuth2)):
        reduced = math.atan2(ratio * math.sin(math.radians(lat)), math.cos(math.radians(lat)))
        across = math.cos(math.radians(azimuth)) * math.cos(reduced)
        from_node.append(math.degrees(math.atan2(math.sin(reduced), across)))
    return Number(from_node[1] - from_node[0], "deg", 1e-8)


def _not_offered() -> list[Number]:
    return [Number(None, "ratio") for _ in _FULL.split()]


def _area_under(command: Command, start: tuple[float, float], end: tuple[float, float]) -> Number:
    """Area between a geodesic and the equator, with corners on the equator so close that no edge leads over a pole."""
    (lat1, lon1), (lat2, lon2) = start, end
    if "-I" in command.flags:
        return Number(None, "m2")
    turn = lon2 - lon1 - 360.0 * round((lon2 - lon1) / 360.0)
    along_equator = [lon1 + turn * share for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    lats, lons = [*[0.0] * 5, lat2, lat1], [*along_equator, lon2, lon1]
    return Number(geometry.area_m2(lats, lons, ellipsoid=command.ellipsoid), "m2", 0.6)


def _planimeter(command: Command) -> list[list[Number]]:
    flags = command.flags
    corners = [_position(*(line[::-1] if "-w" in flags else line)) for line in command.lines]
    lats, lons = [lat for lat, _ in corners], [lon for _, lon in corners]
    count = Number(len(corners), "ratio")
    if "-l" in flags:
        lengths = geometry.inverse(lats[:-1], lons[:-1], lats[1:], lons[1:]).distance_m
        return [[count, Number(float(np.sum(lengths)), "m")]]
    area, perimeter = geometry.area_m2(lats, lons), geometry.perimeter_m(lats, lons)
    tolerance = 0.0
    if "-R" in flags:
        area, perimeter, tolerance = *_rhumb_polygon(lats, lons), 100.0
    area = -area if "-r" in flags else area
    if "-s" in flags and area < 0.0:
        area += 2.0 * abs(geometry.area_m2([0.0, 0.0, 0.0], [0.0, 120.0, 240.0]))
    return [[count, Number(perimeter, "m"), Number(area, "m2", tolerance)]]


def _rhumb_polygon(lats: list[float], lons: list[float]) -> tuple[float, float]:
    """Area inside rhumb lines, as the limit of polygons with ever shorter geodesic edges, and the perimeter."""
    way = geometry.rhumb_inverse(lats, lons, np.roll(lats, -1), np.roll(lons, -1))
    areas = []
    for parts in (2000, 4000):
        share = np.linspace(0.0, 1.0, parts, endpoint=False)
        line = geometry.rhumb_direct(
            np.asarray(lats)[:, None],
            np.asarray(lons)[:, None],
            way.azimuth_deg[:, None],
            way.distance_m[:, None] * share,
        )
        areas.append(geometry.area_m2(line.lat2_deg.ravel(), line.lon2_deg.ravel()))
    return (4.0 * areas[1] - areas[0]) / 3.0, float(np.sum(way.distance_m))


def _rhumb_solve(command: Command) -> list[list[Number]]:
    answers = []
    for line in command.lines:
        (lat1, lon1), (lat2, lon2) = _position(*line[:2]), _position(*line[2:])
        way = geometry.rhumb_inverse(lat1, lon1, lat2, lon2)
        azimuth, distance = Number(way.azimuth_deg, "deg"), Number(way.distance_m, "m")
        area = _rhumb_polygon([0.0, 0.0, lat2, lat1], [lon1, lon2, lon2, lon1])[0] if lon1 != lon2 else 0.0
        answers.append([azimuth, distance, Number(area, "m2", 1e4)])
    return answers


def _cart_convert(command: Command) -> list[list[Number]]:
    assert "-r" in command.flags
    answers = []
    for line in command.lines:
        x_m, y_m, z_m = map(float, line)
        lat, lon, height = geometry.from_cartesian(x_m, y_m, z_m, ellipsoid=command.ellipsoid)
        answers.append([Number(lat, "lat"), Number(lon, "deg"), Number(height, "m")])
    return answers


def _geo_convert(command: Command) -> list[list[Number]]:
    answers = []
    for line in command.lines:
        lat, lon = _geo_place(line)
        if "-u" in command.flags:
            easting, northing = Proj(proj="ups", ellps="WGS84")(lon, lat)
            answers.append([Number(easting, "m"), Number(northing, "m")])
        else:
            answers.append([Number(lat, "lat"), Number(lon, "deg")])
    return answers


def _geo_place(line: list[str]) -> tuple[float, float]:
    """A position, a square of the military grid, or a zone, easting and northing."""
    if len(line) == 3 and re.fullmatch(r"(\d*)([ns])", line[0]):
        zone, south = line[0][:-1], line[0].endswith("s")
        grid = Proj(proj="utm", zone=int(zone), south=south) if zone else Proj(proj="ups", south=south)
        lon, lat = grid(float(line[1]), float(line[2]), inverse=True)
        return lat, lon
    if len(line) == 1 and re.fullmatch(r"\d+[a-z]{3}", line[0]):
        return geometry.from_mgrs(line[0])
    return _position(*line) if len(line) == 2 else parse_position(" ".join(line))


def _geodesic_proj(command: Command) -> list[list[Number]]:
    """Cassini's projection: how far off the central meridian, and how far along it."""
    lat0, lon0 = map(float, command.flags["-c"])
    answers = []
    for line in command.lines:
        lat, lon = _position(*line)
        offset = geometry.track_offset((lat, lon), (lat0, lon0), (lat0 + 1.0, lon0))
        end = geometry.direct(lat0, lon0, 0.0, offset.along_track_m)
        east = end.azimuth2_deg + 90.0 + (lon - end.lon2_deg if lat == 90.0 else 0.0)
        cross, along = Number(offset.cross_track_m, "m"), Number(offset.along_track_m, "m")
        answers.append([cross, along, Number(east, "deg"), Number(None, "ratio")])
    return answers


def _projected(proj: Proj, command: Command) -> list[list[Number]]:
    """Coordinates, convergence of the meridians and scale; at a pole only what a pole has."""
    answers = []
    for line in command.lines:
        if "-r" in command.flags:
            lon, lat = proj(float(line[0]), float(line[1]), inverse=True, errcheck=True)
            at_pole = abs(abs(lat) - 90.0) < 1e-9
            tmerc = "tmerc" in proj.srs
            found = [Number(lat, "lat"), Number(None if at_pole and tmerc else lon, "deg")]
        else:
            lat, lon = _position(*line)
            x, y = proj(lon, lat, errcheck=True)
            found = [Number(x, "m"), Number(y, "m")]
        factors = proj.get_factors(lon, lat)
        turn: float | None = factors.meridian_convergence
        scale: float | None = factors.parallel_scale
        if "-r" in command.flags and at_pole:
            turn, scale = None, scale if tmerc else None
        answers.append([*found, Number(turn, "deg", 1e-6), Number(scale, "ratio", 1e-6)])
    return answers


def _transverse_mercator(command: Command) -> list[list[Number]]:
    k = float(command.flags.get("-k", ["0.9996"])[0])
    return _projected(Proj(f"+proj=tmerc {_figure(command)} +k={k!r}"), command)


def _conic(command: Command) -> list[list[Number]]:
    flags = command.flags
    lat1, lat2 = (_azimuth(text) for text in flags.get("-a") or flags["-c"])
    lon0 = _angle(flags.get("-l", ["0"])[0], ("EW", "0N {}", 1))
    if "-a" in flags:
        lat0 = _albers_origin(lat1, lat2, command.ellipsoid)
        shape = f"+proj=aea +lat_1={lat1!r} +lat_2={lat2!r} +lat_0={lat0!r}"
    elif lat1 == 0.0:
        shape = "+proj=merc"
    elif lat1 == 90.0:
        shape = "+proj=stere +lat_0=90"
    else:
        shape = f"+proj=lcc +lat_1={lat1!r} +lat_0={lat1!r}"
    return _projected(Proj(f"{shape} {_figure(command)} +lon_0={lon0!r}"), command)


def _figure(command: Command) -> str:
    return f"+a={command.ellipsoid.equatorial_radius_m!r} +f={command.ellipsoid.flattening_ratio!r}"


def _albers_origin(lat1: float, lat2: float, ellipsoid: Ellipsoid) -> float:
    """The latitude of least scale, where the tool has its origin.

    Its sine is the constant of the cone over the square of the scale there.

    Source: Snyder, Map Projections: a working manual, US Geological Survey Professional Paper 1395 (1987), chapter 14.
    """
    square = ellipsoid.eccentricity2_ratio
    root = math.sqrt(square)

    def m2_and_q(sine: float) -> tuple[float, float]:
        rest = 1.0 - square * sine**2
        return (1.0 - sine**2) / rest, (1.0 - square) * (sine / rest + math.atanh(root * sine) / root)

    (first, q1), (second, q2) = (m2_and_q(math.sin(math.radians(lat))) for lat in (lat1, lat2))
    cone = (first - second) / (q2 - q1)
    sine = cone
    for _ in range(10):
        m2, q = m2_and_q(sine)
        sine = cone * m2 / (first + cone * (q1 - q))
    return math.degrees(math.asin(sine))


_ANSWERS = {
    "GeodSolve": _geod_solve,
    "Planimeter": _planimeter,
    "RhumbSolve": _rhumb_solve,
    "CartConvert": _cart_convert,
    "GeoConvert": _geo_convert,
    "GeodesicProj": _geodesic_proj,
    "TransverseMercatorProj": _transverse_mercator,
    "ConicProj": _conic,
}
