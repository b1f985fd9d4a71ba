"""Third parties and law (WS3): dangers that reach into the air are kept from routes, aerodromes and strangers."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

from waterspace.checks.families.third_parties.consents import AIRSPACE, gave, holds
from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import NotCheckedError, Remark, rule
from waterspace.checks.views.reach import nearest_claims, time_of
from waterspace.checks.words import at, listing, sentence, span, upward
from waterspace.domain import SURFACE, Amount, Overlap, Severity
from waterspace.notation import format_band, format_distance
from waterspace.quantity import NAUTICAL_MILE_M, feet, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from waterspace.checks.context import Context
    from waterspace.checks.views.reach import Near
    from waterspace.domain import Reservation
    from waterspace.environment.overlays.air_routes import AirRoute
    from waterspace.environment.overlays.firs import Firs
    from waterspace.environment.places import NamedPlace

__all__ = ["aerodrome_near", "asking_for_air", "danger_in_an_air_route", "fir_of_a_third_state"]

_COORDINATION = (
    "ICAO Annex 11, as at http://www.aero.cn/2011/0828/26268_37.html: activities hazardous to civil aircraft, over the "
    "high seas too, are coordinated with the air traffic services authority"
)
_ALOFT = Limit(
    name="aloft_height",
    kind=Kind.HEIGHT,
    default=SURFACE.ceiling_m,
    meaning="A danger area that stays below this height does not concern aircraft; it is about that of masts.",
)


def _aloft(context: Context) -> list[Reservation]:
    """The claims that endanger others and reach into the air."""
    height_m = context.limit(_ALOFT)
    return [claim for claim in context.firing if claim.band.ceiling_m > height_m]


_ROUTES = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"designator": "B332", "width": "10 nm", "lower": "2000 ft", "upper": "FL245"},
   "geometry": {"type": "LineString", "coordinates": [[133, 38.4], [135, 38.6]]}}
]}
"""


@rule(
    code="WS310",
    name="danger-in-air-route",
    severity=Severity.ERROR,
    summary="A danger area that reaches into the air lies across an air route, at heights at which it is flown.",
    why=(
        "Airliners follow their routes; where notice came late, dozens had to turn within the hour. The file "
        "`environment.air_routes` gives the routes; without one this cannot be told."
    ),
    source=_COORDINATION,
    limits=(_ALOFT,),
    files={"routes.geojson": _ROUTES},
    bad="""
environment: {air_routes: routes.geojson}
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
environment: {air_routes: routes.geojson}
areas:
  WEST: {name: West, circle: {centre: 38-30.0N 134-00.0E, radius: 15 nm}, vertical: surface to 2000 ft}
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
def danger_in_an_air_route(context: Context) -> Iterator[Remark]:
    """One remark for each serial and route."""
    claims = _aloft(context)
    if not claims:
        return
    routes = context.surroundings.air_routes
    if routes is None:
        raise NotCheckedError("no air routes are given (environment.air_routes)")
    told: set[tuple[str, str]] = set()
    for route in routes:
        meeting = [claim for claim in claims if claim.band.meets(route.band)]
        for near in nearest_claims(meeting, [route.footprint], 0.0):
            if (near.claim.owner, route.name) not in told:
                told.add((near.claim.owner, route.name))
                yield _across(context, near, route)


def _across(context: Context, near: Near, route: AirRoute) -> Remark:
    claim, window = near.claim, time_of(near.claim)
    flown = format_band(route.band.floor_m, route.band.ceiling_m)
    message = (
        f"{sentence(context.claim_title(claim))}, {upward(claim.band.ceiling_m)}, lies across the air "
        f"route {route.name} ({flown}) near {at(near.position)}, {span(window)}. Keep it below or beside the route, "
        "or have the air traffic services close the route."
    )
    return Remark(
        message=message,
        subjects=(claim.owner, route.name),
        path=("serials", claim.owner),
        position=near.position,
        window=window,
        shapes=(Overlap(claim.footprint, route.footprint, window),),
        amount=_height_amount(claim, route),
    )


def _height_amount(claim: Reservation, route: AirRoute) -> Amount | None:
    """How high a danger reaches against where a route begins, in feet; None where it has no upper limit."""
    ceiling_m, floor_m = claim.band.ceiling_m, max(route.band.floor_m, 0.0)
    return None if math.isinf(ceiling_m) else Amount(round(feet(ceiling_m)), round(feet(floor_m)), "ft")


_AERODROME = Limit(
    name="aerodrome_clear",
    kind=Kind.DISTANCE,
    default=5.0 * NAUTICAL_MILE_M,
    meaning="A danger area that reaches into the air lies at least this far from an aerodrome.",
    source=(
        "EUROCONTROL and FAA, digital NOTAM specification, as at https://ext.eurocontrol.int/aixm_confluence/plugins/"
        "viewsource/viewpagesrc.action?pageId=61997273: 5 nm"
    ),
)


@functools.cache
def _aerodromes() -> tuple[NamedPlace, ...]:
    from waterspace.environment.places import PlaceKind, every

    return tuple(place for place in every() if place.kind is PlaceKind.AIRFIELD)


@rule(
    code="WS311",
    name="aerodrome-near",
    severity=Severity.WARNING,
    summary="A danger area that reaches into the air lies close to an aerodrome.",
    why=(
        "Aircraft take off and land low there, and an area so near asks for a NOTAM of the aerodrome beside that of "
        "the region. Only the packaged aerodromes are known, each by one position."
    ),
    source=_AERODROME.source,
    limits=(_AERODROME, _ALOFT),
    bad="""
areas:
  WEST: {name: West, circle: {centre: 35-38.0N 133-12.0E, radius: 6 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    practice_radius: 5 nm
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
    good="""
areas:
  WEST: {name: West, circle: {centre: 35-55.0N 133-12.0E, radius: 6 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    practice_radius: 5 nm
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
)
def aerodrome_near(context: Context) -> Iterator[Remark]:
    """One remark for each serial and aerodrome."""
    claims = _aloft(context)
    if not claims:
        return
    places, limit_m = _aerodromes(), context.limit(_AERODROME)
    for near in nearest_claims(claims, [place.position for place in places], limit_m):
        claim, place, window = near.claim, places[near.place], time_of(near.claim)
        how = f"comes within {format_distance(near.apart_m)} of" if near.apart_m > 0.0 else "lies over"
        message = (
            f"{sentence(context.claim_title(claim))}, {upward(claim.band.ceiling_m)}, {how} "
            f"{place.name} ({place.code}, {place.state}) at {at(place.position)}, {span(window)}; within "
            f"{format_distance(limit_m)} it needs a NOTAM of the aerodrome as well. Move it, or agree with its control."
        )
        yield Remark(
            message=message,
            subjects=(claim.owner, place.code or place.name),
            path=("serials", claim.owner),
            position=place.position,
            window=window,
            shapes=(claim.footprint, place.position),
            amount=Amount(round(nautical_miles(near.apart_m), 1), round(nautical_miles(limit_m), 1), "nm"),
        )


_REGIONS = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"icao": "UHHH", "state": "RUS"}, "geometry": {"type": "Polygon", "coordinates":
    [[[132, 37], [136, 37], [136, 40], [132, 40], [132, 37]]]}}
]}
"""


@rule(
    code="WS312",
    name="fir-of-third-state",
    severity=Severity.WARNING,
    summary="A danger reaches into the air of a flight information region whose state takes no part and is not asked.",
    why=(
        "Whoever provides the air traffic services of a region turns aircraft away, over the high seas too; it can do "
        "so only if it is asked. It is content with a permission of that state whose kind names airspace or the FIR, "
        "or with a notice sent for the region (`firs`). Regions come from `environment.firs`; without it this cannot "
        "be told. Whose a region is says its property `state`, or the letters of its code where a packaged aerodrome "
        "begins with the same two."
    ),
    source=_COORDINATION,
    limits=(_ALOFT,),
    files={"firs.geojson": _REGIONS},
    bad="""
environment: {firs: firs.geojson}
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
environment: {firs: firs.geojson}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
permissions:
  L1: {state: RUS, kind: use of airspace, covers: S1, date: 2026-05-01T00:00Z, reference: note 17}
""",
)
def fir_of_a_third_state(context: Context) -> Iterator[Remark]:
    """One remark for each serial and region."""
    claims = _aloft(context)
    if not claims:
        return
    firs = context.surroundings.firs
    if firs is None:
        raise NotCheckedError("no flight information regions are given (environment.firs)")
    areas = [(name, area) for name, footprints in firs.footprints.items() for area in footprints]
    inside: set[str] = set()
    told: set[tuple[str, str]] = set()
    nobodys: dict[str, None] = {}
    for near in nearest_claims(claims, [area for _, area in areas], 0.0):
        name = areas[near.place][0]
        inside.add(near.claim.owner)
        state = _state_of(firs, name)
        if not state:
            nobodys[name] = None
        elif (near.claim.owner, name) not in told and not _is_settled(context, near.claim, name, state):
            told.add((near.claim.owner, name))
            yield _stranger(context, near, (name, state))
    reasons = [f"it is not known whose {listing([*nobodys])} is"] if nobodys else []
    outside = list(dict.fromkeys(claim.owner for claim in claims if claim.owner not in inside))
    if outside:
        reasons.append(f"no region of the file holds the danger area of {listing(outside)}")
    if reasons:
        raise NotCheckedError("; ".join(reasons))


def asking_for_air(context: Context, state: str) -> frozenset[str]:
    """The serials that endanger the air of a state's flight information regions, as far as these are known."""
    firs = context.surroundings.firs
    if firs is None:
        return frozenset()
    areas = [area for name, areas in firs.footprints.items() if _state_of(firs, name) == state for area in areas]
    return frozenset(near.claim.owner for near in nearest_claims(_aloft(context), areas, 0.0)) if areas else frozenset()


def _is_settled(context: Context, claim: Reservation, region: str, state: str) -> bool:
    """Whether a state takes part, hosts, has given leave, or is sent a notice for its region."""
    from waterspace.environment.overlays.firs import code_of

    exercise = context.exercise
    if state == exercise.host or state in exercise.nations:
        return True
    if any(holds(context, permission, claim.owner) for permission in gave(context, state, *AIRSPACE)):
        return True
    names = {claim.owner, exercise.serials[claim.owner].area} - {""}
    codes = {region.casefold(), code_of(region).casefold()}
    return any(
        names.intersection(notice.covers) and codes.intersection(code.casefold() for code in notice.firs)
        for notice in exercise.notices.values()
    )


def _stranger(context: Context, near: Near, region: tuple[str, str]) -> Remark:
    claim, window, (name, state) = near.claim, time_of(near.claim), region
    message = (
        f"{sentence(context.claim_title(claim))}, {upward(claim.band.ceiling_m)}, lies in the flight "
        f"information region {name} of {state} near {at(near.position)}, {span(window)}; {state} takes no part, and "
        f"neither a permission of {state} for the airspace nor a notice for {name} covers {claim.owner}. Coordinate it "
        "with the air traffic services there."
    )
    return Remark(
        message=message,
        subjects=(claim.owner, name, state),
        path=("serials", claim.owner),
        position=near.position,
        window=window,
        shapes=(claim.footprint,),
    )


def _state_of(firs: Firs, name: str) -> str:
    """Whose a region is; empty where it is not known."""
    return firs.states.get(name) or _states_by_letters().get(name[:_LETTERS].upper(), "")


_LETTERS = 2
"""How many letters of a location indicator tell the state (ICAO Doc 7910, not verified), beside a few large states."""


@functools.cache
def _states_by_letters() -> Mapping[str, str]:
    """First letters of the codes of packaged aerodromes to their state, where all agree."""
    found: dict[str, set[str]] = {}
    for place in _aerodromes():
        if place.code:
            found.setdefault(place.code[:_LETTERS], set()).add(place.state)
    return {letters: next(iter(states)) for letters, states in found.items() if len(states) == 1}
