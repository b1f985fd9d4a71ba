"""Environment (WS4): the planned ways of ships keep water under their keels and distance from land."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.families.environment.sampling import samples_of
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.views.intrusion import serials_around
from waterspace.checks.words import at, listing
from waterspace.domain import Amount, Medium, Position, Severity, Window
from waterspace.notation import format_distance, format_time
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.checks.families.environment.sampling import Samples
    from waterspace.domain import Leg
    from waterspace.geometry.arrays import FloatArray
    from waterspace.geometry.separation import IndexArray

__all__ = ["CLEARANCE", "SPARE_RATIO", "draught_m", "land_near", "under_keel"]

CLEARANCE = Limit(
    name="under_keel_share",
    kind=Kind.RATIO,
    default=0.2,
    meaning="Water under the keel of a ship, as a part of its draught.",
    source="PIANC: water of 1.1 to 1.3 times the draught, after the swell (not verified)",
)
_BOTTOM = Limit(
    name="under_submarine",
    kind=Kind.DISTANCE,
    default=50.0,
    meaning="Water between a dived submarine and the sea bed.",
)
_LAND = Limit(
    name="land_distance",
    kind=Kind.DISTANCE,
    default=NAUTICAL_MILE_M,
    meaning="A planned way nearer to land than this, outside harbours, is spoken of.",
)
_DRAUGHT_M = 6.0
"""Of a ship whose class gives none (assumed: a frigate's)."""
SPARE_RATIO = 3.0
"""Where a depth is unknown, it is enough that the least depth around it is so many times what is needed."""
_APPROACH_M = 25.0 * NAUTICAL_MILE_M
"""Within this of a named port the packaged grid is not asked: approaches are planned on the chart."""
_NODE_M = 1.2 * NAUTICAL_MILE_M
"""So near to land the packaged depths are unknown everywhere, for land lies within a cell of the grid."""
_CELL_DEG = 0.25
_PLANE_DEG_M = 60.0 * NAUTICAL_MILE_M
_BLOCK = 65_536
"""Pairs of a point and a piece of shore that are computed at a time, so that they stay in the processor's cache."""
_SHORE_M = 40_000.0
"""From the middle of a cell so far covers the cell and some miles around it."""


@rule(
    code="WS410",
    name="under-keel",
    severity=Severity.ERROR,
    summary="A planned way leads through water that is too shallow for the ship, or for the dive.",
    why=(
        "Nobody is told when a plan is typed in over a bank. The depth is that of the packaged grid, or of the "
        "planner's own, every half mile of every way that is not in deep and wide sea; tides are not in it. Needed are "
        "the draught (6 m where the class gives none, assumed) and a part of it; under a dived submarine a number of "
        "metres. Where the grid cannot say, the rule is not checked, unless all depths around are three times what is "
        "needed. Nothing is said within 5 nm of a named port or the ship's home, and the packaged grid, which has a "
        "node every 11 km, is not asked within 25 nm of a port: approaches are planned on the chart."
    ),
    source=(
        "depths: ETOPO1 (Amante and Eakins, NOAA Technical Memorandum NESDIS NGDC-24, 2009) or the planner's grid; "
        f"water under the keel: PIANC (not verified); the rest is {JUDGEMENT}"
    ),
    bad="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [61-36.0N 168-54.0W, 61-42.0N 168-36.0W]
    start: 2026-06-10T00:00Z
    duration: 2 h
    objectives: O1
units:
  ALFA: {name: Alfa, nation: JPN, class: tanker, start: 61-36.0N 168-54.0W}
classes:
  tanker: {name: Tanker, kind: tanker, medium: surface, max_speed: 20 kn, economical_speed: 12 kn, draught: 30 m}
""",
    good="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [61-36.0N 168-54.0W, 61-42.0N 168-36.0W]
    start: 2026-06-10T00:00Z
    duration: 2 h
    objectives: O1
units:
  ALFA: {name: Alfa, nation: JPN, class: tanker, start: 61-36.0N 168-54.0W}
classes:
  tanker: {name: Tanker, kind: tanker, medium: surface, max_speed: 20 kn, economical_speed: 12 kn, draught: 8 m}
""",
    limits=(CLEARANCE, _BOTTOM),
)
def under_keel(context: Context) -> Iterator[Remark]:
    """One remark for each unit and each serial, or way between two, about the worst place."""
    import numpy as np

    samples = context.once(samples_of)
    if not samples.lat.size:
        return
    grid = context.surroundings.depths
    needed = np.array([_needed_m(context, unit, leg) for unit, leg in samples.ways])[samples.way]
    depths = grid.depths_m(samples.lat, samples.lon)
    own_grid = context.exercise.data.path("depths") is not None
    short, unknown = np.flatnonzero(depths < needed), np.flatnonzero(np.isnan(depths))
    if unknown.size:
        least = grid.least_around_m(samples.lat[unknown], samples.lon[unknown])
        unknown = unknown[~(least >= SPARE_RATIO * needed[unknown])]
    if not own_grid:
        short, unknown = (some[~_near_ports(samples.lat[some], samples.lon[some])] for some in (short, unknown))
    for key, numbers in sorted(_by_way(context, samples, short).items()):
        worst = min(numbers, key=lambda number: (depths[number] - needed[number], number))
        yield _shoal(context, samples, key, (worst, float(depths[worst]), float(needed[worst])))
    places = _by_way(context, samples, unknown)
    if places:
        first = [
            f"{context.unit_title(unit)} near {_where(samples, numbers[0])}" for (unit, *_), numbers in places.items()
        ]
        raise NotCheckedError(f"the grid of depths cannot say how deep it is for {listing(sorted(set(first)))}")


def draught_m(context: Context, unit: str) -> float:
    """The draught of a unit, or what is assumed for it."""
    platform = context.exercise.platform(unit)
    given = None if platform is None else platform.draught_m
    return _DRAUGHT_M if given is None else given


def _needed_m(context: Context, unit: str, leg: Leg) -> float:
    """How deep the water must be."""
    if leg.height_m < 0.0 and context.exercise.medium(unit) is Medium.SUBSURFACE:
        return -leg.height_m + context.limit(_BOTTOM)
    return draught_m(context, unit) * (1.0 + context.limit(CLEARANCE))


def _by_way(context: Context, samples: Samples, numbers: IndexArray) -> dict[tuple[str, str, str, str], list[int]]:
    """Numbers of samples by unit and serial, or by unit and the serials before and after; in order of time."""
    found: dict[tuple[str, str, str, str], list[int]] = {}
    for number in numbers.tolist():
        unit, leg = samples.ways[samples.way[number]]
        way = (leg.serial, "", "") if leg.serial else ("", *serials_around(context, unit, leg.start_ms))
        found.setdefault((unit, *way), []).append(number)
    return {key: numbers for key, numbers in found.items() if not _is_told(samples, found, key)}


def _is_told(
    samples: Samples, found: dict[tuple[str, str, str, str], list[int]], key: tuple[str, str, str, str]
) -> bool:
    """Whether a unit only waits where the serial before or after is spoken of already."""
    unit, serial, *around = key
    waits = all(samples.ways[samples.way[number]][1].is_wait for number in found[key])
    return not serial and waits and any((unit, other, "", "") in found for other in around if other)


def _where(samples: Samples, number: int) -> str:
    return at(_position(samples, number))


def _position(samples: Samples, number: int) -> Position:
    return Position(lat_deg=float(samples.lat[number]), lon_deg=float(samples.lon[number]))


def _on_the_way(context: Context, key: tuple[str, str, str, str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """`in S1 (transit)`, or `from S1 (..) to S2 (..)`; the subjects; the path."""
    unit, serial, origin, destination = key
    if serial:
        return f"in {context.serial_title(serial)}{context.area_title(serial)}", (serial, unit), ("serials", serial)
    begin = context.serial_title(origin) if origin else "the start"
    end = context.serial_title(destination) if destination else "its last position"
    named = tuple(filter(None, (destination, origin)))
    path = ("serials", named[0]) if named else ("units", unit)
    return f"on its straight way from {begin} to {end}", (*named, unit), path


def _about(key: tuple[str, str, str, str]) -> tuple[str, ...]:
    """What tells a way from others: that in a serial from those to it and from it."""
    return key[0], *(f"{word} {id_}" for word, id_ in zip(("in", "from", "to"), key[1:], strict=True) if id_)


def _shoal(
    context: Context, samples: Samples, key: tuple[str, str, str, str], found: tuple[int, float, float]
) -> Remark:
    number, depth_m, needed_m = found
    unit, leg = samples.ways[samples.way[number]]
    where, subjects, path = _on_the_way(context, key)
    of = f"draws {draught_m(context, unit):.1f} m" if leg.height_m >= 0.0 else f"is {-leg.height_m:.0f} m deep"
    message = (
        f"{context.unit_title(unit)} {of} and passes over {depth_m:.1f} m of water near {_where(samples, number)} "
        f"{where}, between {format_time(leg.start_ms)} and {format_time(leg.end_ms)}; {needed_m:.1f} m are needed. "
        "Lead it round the shoal."
    )
    return Remark(
        message=message,
        subjects=subjects,
        about=_about(key),
        path=path,
        position=_position(samples, number),
        window=Window(start_ms=leg.start_ms, end_ms=leg.end_ms),
        shapes=(_position(samples, number), (leg,)),
        amount=Amount(value=depth_m, limit=needed_m, unit="m"),
    )


def _near_ports(lat: FloatArray, lon: FloatArray) -> NDArray[np.bool_]:
    """Which points are in the approaches of a named port."""
    import numpy as np

    from waterspace.environment import places
    from waterspace.geometry.geodesic import position_arrays
    from waterspace.geometry.reservations.earthframe import earth_centred, norm

    here = earth_centred(lat, lon)
    near: NDArray[np.bool_] = np.zeros(lat.size, dtype=bool)
    ports = [place.position for place in places.every() if place.kind is places.PlaceKind.PORT]
    for port in earth_centred(*position_arrays(ports)):
        near |= norm(here - port) < _APPROACH_M
    return near


@rule(
    code="WS411",
    name="land-near",
    severity=Severity.WARNING,
    summary="The planned way of a ship passes closer to land than a distance.",
    why=(
        "A mile off the rocks a steering failure is a stranding. Every half mile of every way that is not in deep and "
        "wide sea is measured to the shore; within 5 nm of a named port or of the ship's home nothing is said, and "
        "what leads over land is WS402's."
    ),
    source=(
        f"GSHHG shoreline (Wessel and Smith, Journal of Geophysical Research 101, 1996); the distance is {JUDGEMENT}"
    ),
    bad="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [37-30.0N 130-20.0E, 37-30.0N 130-48.0E]
    start: 2026-06-10T00:00Z
    duration: 2 h
    objectives: O1
""",
    good="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [37-30.0N 130-20.0E, 37-30.0N 130-45.0E]
    start: 2026-06-10T00:00Z
    duration: 2 h
    objectives: O1
""",
    limits=(_LAND,),
)
def land_near(context: Context) -> Iterator[Remark]:
    """One remark for each unit and each serial, or way between two, about the place nearest to land."""
    import numpy as np

    from waterspace.environment.bathymetry import depth
    from waterspace.environment.shores import coast

    samples, limit_m = context.once(samples_of), context.limit(_LAND)
    if not samples.lat.size:
        return
    off_m = np.full(samples.lat.size, np.inf)
    inshore = np.arange(samples.lat.size)
    if limit_m <= _NODE_M:
        inshore = np.flatnonzero(np.isnan(depth.load().depths_m(samples.lat, samples.lon)))
    if not inshore.size:
        return
    off_m[inshore] = _off_shore_m(samples.lat[inshore], samples.lon[inshore], limit_m)
    near = np.flatnonzero(off_m < limit_m)
    shore = coast.load()
    for key, numbers in sorted(_by_way(context, samples, near).items()):
        legs = [samples.ways[way][1] for way in dict.fromkeys(int(samples.way[number]) for number in numbers)]
        moving = [(leg.start, leg.end) for leg in legs]
        if any(hit is not None for hit in shore.land_on_legs(moving)):
            continue
        closest = min(numbers, key=lambda number: (off_m[number], number))
        unit, leg = samples.ways[samples.way[closest]]
        where, subjects, path = _on_the_way(context, key)
        message = (
            f"{context.unit_title(unit)} passes {format_distance(float(off_m[closest]))} from land near "
            f"{_where(samples, closest)} {where}, between {format_time(leg.start_ms)} and {format_time(leg.end_ms)}; "
            f"{format_distance(limit_m)} are looked for. Lead it farther off."
        )
        yield Remark(
            message=message,
            subjects=subjects,
            about=_about(key),
            path=path,
            position=_position(samples, closest),
            window=Window(start_ms=leg.start_ms, end_ms=leg.end_ms),
            shapes=(_position(samples, closest), (leg,)),
            amount=Amount(value=nautical_miles(float(off_m[closest])), limit=nautical_miles(limit_m), unit="nm"),
        )


def _off_shore_m(lat: FloatArray, lon: FloatArray, within_m: float) -> FloatArray:
    """Distances of points from the shore where they are within a distance, to a few metres; endless elsewhere."""
    import numpy as np

    from waterspace.environment.shores import coast

    shore, off_m = coast.load(), np.full(lat.size, np.inf)
    key = np.floor(lat / _CELL_DEG) * 10_000.0 + np.floor(lon / _CELL_DEG)
    order = np.argsort(key, kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(key[order])) + 1):
        middle = tuple((np.floor(float(axis[part[0]]) / _CELL_DEG) + 0.5) * _CELL_DEG for axis in (lat, lon))
        shores = shore.shores_near(Position(lat_deg=middle[0], lon_deg=middle[1]), _SHORE_M / 2.0 + within_m)
        if shores.lat1.size:
            scale = np.array([_PLANE_DEG_M, _PLANE_DEG_M * np.cos(np.radians(middle[0]))])
            ends = [
                np.stack([along - middle[0], (across - middle[1] + 180.0) % 360.0 - 180.0], axis=-1) * scale
                for along, across in ((shores.lat1, shores.lon1), (shores.lat2, shores.lon2))
            ]
            points = np.stack([lat[part] - middle[0], lon[part] - middle[1]], axis=-1) * scale
            off_m[part] = _to_segments_m(points, (ends[0], ends[1]), within_m)
    return off_m


def _to_segments_m(points: FloatArray, segments: tuple[FloatArray, FloatArray], within_m: float) -> FloatArray:
    """Distance of each point of a plane, shape (n, 2), from the nearest segment, where it is within a distance."""
    import numpy as np

    starts, ends = segments
    along = ends - starts
    square = np.maximum((along**2).sum(axis=1), 1e-9)
    apart = ((points[:, None, 0] - starts[:, 0]) ** 2 + (points[:, None, 1] - starts[:, 1]) ** 2).min(axis=1)
    nearest = np.full(len(points), np.inf)
    candidates = np.flatnonzero(apart <= (within_m + np.sqrt(square.max())) ** 2)
    for some in np.array_split(candidates, -(-candidates.size * len(starts) // _BLOCK) or 1):
        north, east = (points[some, None, axis] - starts[:, axis] for axis in (0, 1))
        part = np.clip((north * along[:, 0] + east * along[:, 1]) / square, 0.0, 1.0)
        north, east = north - part * along[:, 0], east - part * along[:, 1]
        nearest[some] = np.sqrt((north * north + east * east).min(axis=1))
    return nearest
