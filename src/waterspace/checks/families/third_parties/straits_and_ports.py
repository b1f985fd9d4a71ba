"""Third parties and law (WS3): straits, the approaches of ports and busy water stay open to those who need them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, NotCheckedError, Remark, rule
from waterspace.checks.views.reach import nearest_claims, time_of
from waterspace.checks.words import at, listing, sentence, span
from waterspace.domain import SURFACE, Amount, Corridor, Severity
from waterspace.notation import format_distance
from waterspace.quantity import NAUTICAL_MILE_M, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.checks.views.reach import Near
    from waterspace.domain import Reservation
    from waterspace.environment.places import NamedPlace
    from waterspace.environment.straits import Strait

__all__ = ["danger_in_a_strait", "port_approach", "traffic_density"]

_SPAN = Limit(
    name="strait_span",
    kind=Kind.DISTANCE,
    default=6.0 * NAUTICAL_MILE_M,
    meaning="The water of a strait reaches this far to both sides of its gate.",
)
_OPEN = Limit(
    name="strait_open_width",
    kind=Kind.DISTANCE,
    default=12.0 * NAUTICAL_MILE_M,
    meaning="So wide a corridor past a danger area leaves a strait open.",
)
_INTERNATIONAL = ("designated area", "transit passage", "corridor", "sea lane", "convention", "treaty", "12 nm")
"""Words in the regime of a strait that is used for international navigation."""


@rule(
    code="WS307",
    name="danger-in-strait",
    severity=Severity.ERROR,
    summary="A danger area lies in a strait.",
    why=(
        "Ships have no other way: transit passage shall not be impeded, and where a state leaves a corridor of high "
        "sea in a strait, that corridor is meant for everybody. It is an error where the strait is designated or used "
        "for international navigation, by the packaged table, and no corridor as wide as the limit stays open between "
        "the danger area and one of the shores; a warning where one does, or where the table names no such regime; "
        "advice where neither is so. What is left open is measured along the gate, shore to shore."
    ),
    source=(
        "UN Convention on the Law of the Sea, articles 38(1) and 44: transit passage shall not be impeded (not "
        f"verified); the regimes as in docs/reference/straits.md; the widths are {JUDGEMENT}"
    ),
    limits=(_SPAN, _OPEN),
    bad="""
areas:
  WEST: {name: West, circle: {centre: 41-37.0N 140-56.0E, radius: 10 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    practice_radius: 2 nm
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
    good="""
areas:
  WEST: {name: West, circle: {centre: 41-37.0N 142-20.0E, radius: 10 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    practice_radius: 2 nm
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
)
def danger_in_a_strait(context: Context) -> Iterator[Remark]:
    """One remark for each serial and strait, about the claim that is nearest to the gate."""
    claims = [claim for claim in context.firing if claim.band.meets(SURFACE)]
    if not claims:
        return
    from waterspace.environment import straits

    known = tuple(straits.load().values())
    gates = [Corridor(waypoints=strait.gate, half_width_m=0.0) for strait in known]
    for near in nearest_claims(claims, gates, context.limit(_SPAN)):
        passage = _left_open(near.claim, known[near.place])
        if passage is not None:
            yield _closing(context, near, known[near.place], passage)


class _Passage(NamedTuple):
    """What a danger area leaves of a strait.

    Attributes:
        open_m: width of the wider corridor past it, along the gate.
        gate_m: length of the gate.
        end: number of the end of the gate on whose side that corridor is.
    """

    open_m: float
    gate_m: float
    end: int


def _left_open(claim: Reservation, strait: Strait) -> _Passage | None:
    """What is left of a strait; None where the claim lies beside it, beyond the ends of its gate."""
    import numpy as np
    import shapely

    from waterspace.geometry.geodesic import between
    from waterspace.geometry.plane import Plane
    from waterspace.geometry.shapes import shape_of

    plane = Plane(between(*strait.gate, 0.5))
    first, last = plane.project_positions(strait.gate)
    gate_m = float(np.hypot(*(last - first)))
    along = (last - first) / gate_m
    corners = shapely.get_coordinates(shape_of(claim.footprint, plane).filled())
    run_m = (corners - first) @ along
    low_m, high_m = float(run_m.min()), float(run_m.max())
    if high_m <= 0.0 or low_m >= gate_m:
        return None
    before_m, after_m = max(low_m, 0.0), max(gate_m - high_m, 0.0)
    return _Passage(max(before_m, after_m), gate_m, 0 if before_m >= after_m else 1)


def _closing(context: Context, near: Near, strait: Strait, passage: _Passage) -> Remark:
    claim, window, limit_m = near.claim, time_of(near.claim), context.limit(_OPEN)
    is_open = passage.open_m >= limit_m
    if any(word in strait.regime.casefold() for word in _INTERNATIONAL):
        severity = Severity.WARNING if is_open else Severity.ERROR
    else:
        severity = Severity.ADVICE if is_open else Severity.WARNING
    where = "lies across the gate of" if near.apart_m <= 0.0 else f"comes within {format_distance(near.apart_m)} of"
    left = (
        f"the widest corridor past it is {format_distance(passage.open_m)} of {format_distance(passage.gate_m)}, off "
        f"{at(strait.gate[passage.end])}"
        if passage.open_m > 0.0
        else f"nothing of its {format_distance(passage.gate_m)} stays open"
    )
    regime = f" ({strait.regime})" if strait.regime else ""
    advice = "Move it" if severity is Severity.ERROR else "Move it, or say in the notice how ships pass"
    message = (
        f"{sentence(context.claim_title(claim))} {where} the {strait.name}{regime} near {at(near.position)}, "
        f"{span(window)}; {left}. {advice}."
    )
    return Remark(
        message=message,
        subjects=(claim.owner, strait.key),
        path=("serials", claim.owner),
        position=near.position,
        window=window,
        severity=severity,
        shapes=(claim.footprint, Corridor(waypoints=strait.gate, half_width_m=0.0)),
        amount=Amount(round(nautical_miles(passage.open_m), 1), round(nautical_miles(limit_m), 1), "nm"),
    )


_APPROACH = Limit(
    name="port_approach",
    kind=Kind.DISTANCE,
    default=5.0 * NAUTICAL_MILE_M,
    meaning="A danger area lies at least this far from a port.",
)


@functools.cache
def _ports() -> tuple[NamedPlace, ...]:
    from waterspace.environment.places import PlaceKind, every

    return tuple(place for place in every() if place.kind is PlaceKind.PORT)


@rule(
    code="WS308",
    name="port-approach",
    severity=Severity.WARNING,
    summary="A danger area lies in the approach of a port.",
    why=(
        "Everybody who calls there passes through its approach, pilots board in it, and ships wait in it. Only the "
        "packaged ports are known (`waterspace ports`), each by one position; the distance is measured from there."
    ),
    source=f"{JUDGEMENT}; 33 CFR 334.720 lets established traffic pass before firing",
    limits=(_APPROACH,),
    bad="""
areas:
  WEST: {name: West, circle: {centre: 42-41.0N 133-05.0E, radius: 6 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    practice_radius: 3 nm
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
permissions:
  L1: {state: RUS, kind: territorial sea, covers: S1, date: 2026-05-01T00:00Z, reference: note 17}
""",
    good="""
areas:
  WEST: {name: West, circle: {centre: 42-30.0N 133-25.0E, radius: 6 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    practice_radius: 3 nm
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
permissions:
  L1: {state: RUS, kind: territorial sea, covers: S1, date: 2026-05-01T00:00Z, reference: note 17}
""",
)
def port_approach(context: Context) -> Iterator[Remark]:
    """One remark for each serial, about the port that it is nearest to."""
    claims = [claim for claim in context.firing if claim.band.meets(SURFACE)]
    if not claims:
        return
    ports, limit_m = _ports(), context.limit(_APPROACH)
    nearest: dict[str, list[Near]] = {}
    for near in nearest_claims(claims, [port.position for port in ports], limit_m):
        nearest.setdefault(near.claim.owner, []).append(near)
    for serial, found in nearest.items():
        found.sort(key=lambda near: (near.apart_m, near.place))
        near, window = found[0], time_of(found[0].claim)
        port = ports[near.place]
        others = [ports[other.place].name for other in found[1:]]
        how = f"comes within {format_distance(near.apart_m)} of" if near.apart_m > 0.0 else "lies over"
        message = (
            f"{sentence(context.claim_title(near.claim))} {how} the port of {port.name} ({port.state}) at "
            f"{at(port.position)}, {span(window)}; its approach is kept clear for {format_distance(limit_m)}."
            f"{f' {listing(others)} as well.' if others else ''} Move it, or agree on times with the harbour master."
        )
        yield Remark(
            message=message,
            subjects=(serial, port.code or port.name),
            path=("serials", serial),
            position=port.position,
            window=window,
            shapes=(near.claim.footprint, port.position),
            amount=Amount(round(nautical_miles(near.apart_m), 1), round(nautical_miles(limit_m), 1), "nm"),
        )


_DENSITY = Limit(
    name="traffic_density",
    kind=Kind.COUNT,
    default=1.0,
    meaning="The mean density of traffic in a danger area, in the unit of the planner's file, is no greater than this.",
)
_KNOWN_RATIO = 0.5
"""Share of a danger area that must have cells for its mean to count (assumed)."""
_CELLS = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"density": 6.5}, "geometry": {"type": "Polygon", "coordinates":
    [[[133, 38], [135, 38], [135, 39], [133, 39], [133, 38]]]}},
  {"type": "Feature", "properties": {"density": 0.2}, "geometry": {"type": "Polygon", "coordinates":
    [[[133, 39], [135, 39], [135, 40], [133, 40], [133, 39]]]}}
]}
"""


@rule(
    code="WS309",
    name="traffic-density",
    severity=Severity.WARNING,
    summary="A danger area is put where the traffic of ships is thick.",
    why=(
        "Every ship that comes by stops the firing. With one hour of ships per square kilometre and month, as such "
        "maps give it, 0.37 ships are in a circle of 5 nm on average (269 square kilometres, 730 hours a month). The "
        "file `environment.traffic_density` gives the density; without one this cannot be told, nor where less than "
        "half of an area has cells."
    ),
    source=(
        "EMODnet Human Activities, vessel density maps: hours per square kilometre per month, "
        f"https://emodnet.ec.europa.eu/en/map-week-%E2%80%93-vessel-density-2017; {JUDGEMENT}"
    ),
    limits=(_DENSITY,),
    files={"density.geojson": _CELLS},
    bad="""
environment: {traffic_density: density.geojson}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
    good="""
environment: {traffic_density: density.geojson}
areas:
  WEST: {name: West, circle: {centre: 39-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
)
def traffic_density(context: Context) -> Iterator[Remark]:
    """One remark for each serial, about its claim in the thickest traffic."""
    claims = [claim for claim in context.firing if claim.band.meets(SURFACE)]
    if not claims:
        return
    cells = context.surroundings.traffic_density
    if cells is None:
        raise NotCheckedError("no density of traffic is given (environment.traffic_density)")
    limit = context.limit(_DENSITY)
    worst: dict[str, tuple[Reservation, float]] = {}
    unknown: dict[str, None] = {}
    for claim in claims:
        density = cells.over(claim.footprint)
        if density.known_ratio < _KNOWN_RATIO:
            unknown[claim.owner] = None
        elif density.mean_count > limit and (claim.owner not in worst or density.mean_count > worst[claim.owner][1]):
            worst[claim.owner] = (claim, density.mean_count)
    for serial, (claim, mean) in worst.items():
        yield _thick(context, serial, (claim, mean), limit)
    if unknown:
        raise NotCheckedError(
            f"the file of traffic density has too few cells in the danger area of {listing([*unknown])}"
        )


def _thick(context: Context, serial: str, found: tuple[Reservation, float], limit: float) -> Remark:
    from waterspace.geometry.footprints import centre

    claim, mean = found
    window, middle = time_of(claim), centre(claim.footprint)
    message = (
        f"{sentence(context.claim_title(claim))} about {at(middle)}, {span(window)}, lies where the mean density of "
        f"traffic is {mean:.2g}, in the unit of the planner's file, and {limit:g} is the limit. Ships will stop the "
        "firing time and again: move it to quieter water."
    )
    return Remark(
        message=message,
        subjects=(serial,),
        path=("serials", serial),
        position=middle,
        window=window,
        shapes=(claim.footprint,),
        amount=Amount(round(mean, 3), limit, "density"),
    )
