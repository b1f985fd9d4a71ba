"""Third parties and law (WS3): traffic lanes stay open, and our own ships use them as they are meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.reach import nearest_claims, time_of
from waterspace.checks.words import at, sentence, span
from waterspace.domain import SURFACE, Amount, Corridor, Medium, Overlap, Severity
from waterspace.geometry.angles import off_deg
from waterspace.notation import format_bearing, format_distance
from waterspace.quantity import nautical_miles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Footprint, Leg
    from waterspace.environment.overlays.lanes import Lane
    from waterspace.geometry.visits import Visit

__all__ = ["danger_in_a_lane", "lane_crossed_badly"]

_RULE_10 = "International Regulations for Preventing Collisions at Sea, rule 10"

_CLEAR = Limit(
    name="lane_clear",
    kind=Kind.DISTANCE,
    default=0.0,
    meaning="A danger area lies at least this far from a lane of a traffic separation scheme.",
)


@rule(
    code="WS306",
    name="danger-in-lane",
    severity=Severity.ERROR,
    summary="A danger area lies on a lane of a traffic separation scheme.",
    why=(
        "Ships have to follow the lane and cannot keep clear of what lies on it; firing would have to cease for each. "
        "Lanes are those of the file `environment.lanes`, or the few that are packaged: of a lane that is not known "
        "nothing is said."
    ),
    source=(
        f"{_RULE_10}(b): vessels proceed in the appropriate traffic lane; 33 CFR 334.720: firing ceases until shipping "
        f"on an established route has cleared; {JUDGEMENT}"
    ),
    limits=(_CLEAR,),
    bad="""
areas:
  WEST: {name: West, circle: {centre: 37-20.0N 123-00.0E, radius: 15 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    practice_radius: 8 nm
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
    good="""
areas:
  WEST: {name: West, circle: {centre: 37-20.0N 123-20.0E, radius: 15 nm}, vertical: surface to 3000 ft}
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    practice_radius: 8 nm
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
""",
)
def danger_in_a_lane(context: Context) -> Iterator[Remark]:
    """One remark for each serial and lane."""
    claims = [claim for claim in context.firing if claim.band.meets(SURFACE)]
    if not claims:
        return
    lanes = context.surroundings.lanes
    water = [_water(lane) for lane in lanes]
    limit_m = context.limit(_CLEAR)
    for near in nearest_claims(claims, water, limit_m):
        claim, lane, window = near.claim, lanes[near.place], time_of(near.claim)
        how = f"lies {format_distance(near.apart_m)} from" if near.apart_m > 0.0 else "lies on"
        asked = f", where {format_distance(limit_m)} is asked for" if near.apart_m > 0.0 else ""
        message = (
            f"{sentence(context.claim_title(claim))} {how} the traffic lane {_title(lane)} near {at(near.position)}, "
            f"{span(window)}{asked}. Ships have to follow that lane: move the danger area off it."
        )
        yield Remark(
            message=message,
            subjects=(claim.owner, lane.id),
            path=("serials", claim.owner),
            position=near.position,
            window=window,
            shapes=(Overlap(claim.footprint, water[near.place], window),)
            if near.apart_m <= 0.0
            else (water[near.place],),
            amount=Amount(round(nautical_miles(near.apart_m), 2), round(nautical_miles(limit_m), 2), "nm"),
        )


def _water(lane: Lane) -> Footprint:
    """What a lane covers; of one that is known as a line, the line."""
    return lane.polygon if lane.polygon is not None else Corridor(waypoints=lane.line, half_width_m=_LINE_M)


_LINE_M = 500.0
"""Half the width of a lane of which only the line is known (assumed)."""


def _title(lane: Lane) -> str:
    return f"{lane.name or lane.id} ({format_bearing(lane.flow_deg)})"


_CROSSING = Limit(
    name="lane_crossing_angle",
    kind=Kind.ANGLE,
    default=60.0,
    meaning="A ship that crosses a lane does so at no smaller angle to it than this.",
    source=f"{_RULE_10}(c): as nearly as practicable at right angles; the number is assumed",
)
_JOINING = Limit(
    name="lane_joining_angle",
    kind=Kind.ANGLE,
    default=30.0,
    meaning="A ship whose course differs from the flow of a lane by no more than this follows it, joins or leaves it.",
    source=f"{_RULE_10}(b): join or leave at as small an angle as practicable; the number is assumed",
)
_HALF_TURN_DEG = 180.0


@rule(
    code="WS317",
    name="lane-crossed-badly",
    severity=Severity.WARNING,
    summary="The planned way of a ship leads against the flow of a traffic lane, or crosses it at a small angle.",
    why=(
        "In a lane everybody counts on one direction. Ships follow it, join and leave it at a small angle, and cross "
        "it as nearly as they can at right angles. The way is the planned one: along the route of a serial, and "
        "straight from serial to serial. Lanes are those of `environment.lanes`, or the few that are packaged."
    ),
    source=f"{_RULE_10}(b), (c), as at https://whitecliffsmaritime.com/revision-notes-rule-10; the numbers are assumed",
    limits=(_CROSSING, _JOINING),
    bad="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [37-10.0N 122-47.0E, 37-24.0N 122-47.0E]
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 37-10.0N 122-47.0E, command_ship: yes}
""",
    good="""
serials:
  S1:
    type: transit
    units: {units: ALFA}
    route: [37-24.0N 122-47.0E, 37-10.0N 122-47.0E]
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 37-24.0N 122-47.0E, command_ship: yes}
""",
)
def lane_crossed_badly(context: Context) -> Iterator[Remark]:
    """One remark for each ship and lane, about the first time."""
    ships = [unit for unit in context.programme.tracks if context.medium(unit) is not Medium.AIR]
    lanes = context.surroundings.lanes if ships else ()
    for unit, number, legs in _near_lanes(context, [_water(lane) for lane in lanes]):
        lane = lanes[number]
        for leg, visit, angle_deg in _passages(legs, lane):
            wrong = _wrong(context, angle_deg)
            if wrong:
                yield _misuse(context, unit, lane, (leg, visit), wrong)
                break


def _near_lanes(context: Context, water: Sequence[Footprint]) -> Iterator[tuple[str, int, list[Leg]]]:
    """Ships, numbers of lanes, and the legs on the surface that may meet them."""
    from waterspace.geometry.balls import Balls, balls, near_pairs

    if not water:
        return
    tracks, arrays = context.programme.tracks, context.unit_legs
    units, places = list(tracks), balls(water)
    whole = near_pairs(Balls(*arrays.balls()), places, 0.0)
    if not whole:
        return
    middle, reach_m = arrays.leg_balls()
    for track, number in whole:
        if context.medium(units[track]) is Medium.AIR:
            continue
        first, size = int(arrays.first[track]), int(arrays.size[track])
        own = Balls(middle[first : first + size], reach_m[first : first + size])
        lane = Balls(places.middle[number : number + 1], places.reach_m[number : number + 1])
        legs = [tracks[units[track]].legs[k] for k, _ in near_pairs(own, lane, 0.0)]
        moving = [leg for leg in legs if not leg.is_wait and leg.duration_ms > 0 and leg.height_m == 0.0]
        if moving:
            yield units[track], number, moving


def _passages(legs: Sequence[Leg], lane: Lane) -> Iterator[tuple[Leg, Visit, float]]:
    """Legs that lead through a lane, when they do, and how far their courses there are from its flow, 0 to 180."""
    from waterspace.geometry.geodesic import bearing_deg
    from waterspace.geometry.visits import visits

    for leg in legs:
        for visit in visits((leg,), _water(lane)):
            if visit.entry == visit.exit:
                continue
            yield leg, visit, off_deg(lane.flow_deg, bearing_deg(visit.entry, visit.exit))


def _wrong(context: Context, angle_deg: float) -> str:
    """What is wrong with a course that is so far from the flow; empty where nothing is."""
    crossing, joining = context.limit(_CROSSING), context.limit(_JOINING)
    if angle_deg <= joining or crossing <= angle_deg <= _HALF_TURN_DEG - crossing:
        return ""
    if angle_deg > _HALF_TURN_DEG - joining:
        return "against its flow"
    return f"at an angle of {min(angle_deg, _HALF_TURN_DEG - angle_deg):.0f} degrees to its flow"


def _misuse(context: Context, unit: str, lane: Lane, at_lane: tuple[Leg, Visit], wrong: str) -> Remark:
    from waterspace.geometry.geodesic import bearing_deg

    leg, visit = at_lane
    course_deg = bearing_deg(visit.entry, visit.exit)
    angle_deg = off_deg(lane.flow_deg, course_deg)
    limit = context.limit(_CROSSING)
    where = f"in {context.serial_title(leg.serial)}" if leg.serial else "on passage"
    message = (
        f"{context.unit_title(unit)} {where} is planned to go through the traffic lane {_title(lane)} {wrong}, on "
        f"course {format_bearing(course_deg)}, from {at(visit.entry)}, {span(visit.window)}. Follow the lane, or "
        f"cross it at {limit:g} degrees or more."
    )
    return Remark(
        message=message,
        subjects=(unit, lane.id, *filter(None, (leg.serial,))),
        about=(unit, lane.id),
        path=("serials", leg.serial) if leg.serial else ("units", unit),
        position=visit.entry,
        window=visit.window,
        shapes=(_water(lane), (leg,)),
        amount=Amount(round(min(angle_deg, _HALF_TURN_DEG - angle_deg), 1), limit, "degrees"),
    )
