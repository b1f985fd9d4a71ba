"""Third parties and law (WS3): those who fish are neither caught by submarines nor driven off unawares."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.views.diving import depth_unsaid, on_passage
from waterspace.checks.views.reach import nearest_claims, shared_m2, time_of
from waterspace.checks.words import at, sentence, span
from waterspace.domain import SURFACE, Amount, Hazard, Medium, Overlap, Severity, Window
from waterspace.notation import format_distance
from waterspace.quantity import YARD_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from waterspace.checks.context import Context
    from waterspace.domain import Footprint, Leg, Position

__all__ = ["danger_on_a_fishing_ground", "submarine_near_fishing"]

_CODE = (
    "Code of practice for the conduct of submarine operations in the vicinity of fishing vessels, as the summary of an "
    "investigation at http://eurocbc.org/page118.html tells it: 1,500 yards at periscope depth, 4,000 yards deep"
)
_SHALLOW = Limit(
    name="fishing_clear_at_periscope_depth",
    kind=Kind.DISTANCE,
    default=1500.0 * YARD_M,
    meaning="A submarine at periscope depth keeps this far from a fishing ground.",
    source=_CODE,
)
_DEEP = Limit(
    name="fishing_clear_deep",
    kind=Kind.DISTANCE,
    default=4000.0 * YARD_M,
    meaning="A submarine below periscope depth keeps this far from a fishing ground.",
    source=_CODE,
)
_PERISCOPE_DEPTH = Limit(
    name="periscope_depth",
    kind=Kind.DISTANCE,
    default=20.0,
    meaning="A submarine that is submerged, but no deeper than this, counts as at periscope depth.",
)

_TRAFFIC = """
traffic:
  fishing:
    F1: {circle: {centre: 38-30.0N 134-00.0E, radius: 5 nm}}
"""
_UNITS = """
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
  DELTA: {name: Delta, nation: JPN, class: boat, start: 38-30.0N 135-00.0E}
classes:
  cutter: {name: Cutter, kind: patrol vessel, medium: surface, max_speed: 24 kn, economical_speed: 12 kn,
           range: 4000 nm, endurance: 20 d}
  boat: {name: Boat, kind: submarine, medium: subsurface, max_speed: 16 kn, economical_speed: 8 kn, range: 6000 nm,
         endurance: 40 d}
"""


@rule(
    code="WS304",
    name="submarine-near-fishing",
    severity=Severity.WARNING,
    summary="A submerged submarine comes closer to a fishing ground than submarines are to keep from those who fish.",
    why=(
        "A submarine that meets a trawl drags the vessel under; crews have died so. Nobody on the surface can see it "
        "come: the submarine has to keep clear. Vessels may be anywhere on a ground under `traffic.fishing`, so the "
        "distance is measured from its edge. Inside the ground it is an error. Of passages between serials the plan "
        "gives no depth: a submarine is as a rule submerged then, and may be deep, so that they count as deep, and as "
        "no more than a warning."
    ),
    source=f"{_CODE}; IMO resolution A.709(17): a submerged submarine keeps out of the way; the depth is {JUDGEMENT}",
    limits=(_SHALLOW, _DEEP, _PERISCOPE_DEPTH),
    bad=f"""{_UNITS.strip()}
serials:
  S1:
    type: transit
    units: {{units: DELTA}}
    route: [38-36.0N 134-20.0E, 38-36.0N 133-40.0E]
    depth: 60 m
    start: 2026-06-08T00:00Z
    duration: 8 h
    objectives: O1
{_TRAFFIC.strip()}
""",
    good=f"""{_UNITS.strip()}
serials:
  S1:
    type: transit
    units: {{units: DELTA}}
    route: [38-38.0N 134-20.0E, 38-38.0N 133-40.0E]
    depth: 60 m
    start: 2026-06-08T00:00Z
    duration: 8 h
    objectives: O1
{_TRAFFIC.strip()}
""",
)
def submarine_near_fishing(context: Context) -> Iterator[Remark]:
    """One remark for each submarine and ground, about where it falls short by most.

    Passages of which nobody gives a depth count, as they do for WS205: it is the fishing vessel that sinks if the
    submarine turns out to be submerged, and to lead it clear, or to plan the passage as a transit on the surface, costs
    the staff little. What the plan says is spoken of before what it leaves open.
    """
    grounds = _grounds(context)
    tracks = context.programme.tracks if grounds else {}
    for unit, track in tracks.items():
        if context.medium(unit) is not Medium.SUBSURFACE:
            continue
        given = list(_dived(track.legs, context.limit(_PERISCOPE_DEPTH)))
        unsaid = [_Run(legs, is_deep=True, is_said=False) for legs in depth_unsaid(track.legs)]
        for ground in grounds.items():
            nearest = _closest(context, given, ground[1]) or _closest(context, unsaid, ground[1])
            if nearest is not None:
                yield _too_near(context, unit, ground, nearest)


class _Run(NamedTuple):
    """A submerged part of a track, or a passage, of which nobody says how deep it is."""

    legs: list[Leg]
    is_deep: bool
    is_said: bool


class _Nearest(NamedTuple):
    """Where a submarine falls short of its distance from a ground by most."""

    run: _Run
    apart_m: float
    limit_m: float
    position: Position


def _closest(context: Context, dives: Iterable[_Run], ground: Footprint) -> _Nearest | None:
    """Where some parts of a track fall short by most; None where they all keep clear."""
    from waterspace.geometry.footprints import around_track, nearest_m

    best: _Nearest | None = None
    for run in dives:
        limit_m = context.limit(_DEEP if run.is_deep else _SHALLOW)
        apart_m, position = nearest_m(around_track(run.legs, 0.0), ground)
        if apart_m < limit_m and (best is None or apart_m - limit_m < best.apart_m - best.limit_m):
            best = _Nearest(run, apart_m, limit_m, position)
    return best


def _too_near(context: Context, unit: str, ground: tuple[str, Footprint], nearest: _Nearest) -> Remark:
    (legs, _, is_said), apart_m, limit_m, position = nearest
    window = _within(legs, ground[1], limit_m)
    serial = next((leg.serial for leg in legs if leg.serial and leg.end_ms > window.start_ms), "")
    how = f"comes within {format_distance(apart_m)} of" if apart_m > 0.0 else "goes through"
    message = (
        f"{context.unit_title(unit)}, {_doing(context, unit, nearest.run, serial)}, {how} the fishing ground "
        f"{_ground_title(context, ground[0])} near {at(position)}, {span(window)}; {limit_m:.0f} m is to be kept. "
        f"Lead it clear of the ground, or {'keep it' if is_said else 'plan a transit that keeps it'} on the surface "
        "there."
    )
    return Remark(
        message=message,
        subjects=(unit, ground[0], *filter(None, (serial,))),
        about=(unit, ground[0]),
        path=("serials", serial) if serial else ("units", unit),
        position=position,
        window=window,
        severity=Severity.ERROR if apart_m <= 0.0 and is_said else None,
        shapes=(ground[1], tuple(legs)),
        amount=Amount(round(apart_m), round(limit_m), "m"),
    )


def _doing(context: Context, unit: str, run: _Run, serial: str) -> str:
    """How deep a submarine is, and in which serial; or between which, and that nobody says how deep."""
    if run.is_said:
        deepest_m = -min(leg.height_m for leg in run.legs)
        return f"submerged at {deepest_m:.0f} m{f' in {context.serial_title(serial)}' if serial else ''}"
    return f"{on_passage(context, unit, run.legs[0].start_ms)} at a depth that nobody gives"


def _dived(legs: Iterable[Leg], periscope_m: float) -> Iterator[_Run]:
    """The submerged parts of a track, of a depth that the plan gives."""
    run: list[Leg] = []
    is_deep = False
    for leg in legs:
        dived, deep = leg.height_m < 0.0, -leg.height_m > periscope_m
        if run and (not dived or deep is not is_deep or run[-1].end_ms != leg.start_ms):
            yield _Run(run, is_deep, is_said=True)
            run = []
        if dived:
            run.append(leg)
            is_deep = deep
    if run:
        yield _Run(run, is_deep, is_said=True)


def _within(legs: list[Leg], ground: Footprint, limit_m: float) -> Window:
    """When a track first comes too near; all its time where it hardly does."""
    from waterspace.geometry.footprints import buffer
    from waterspace.geometry.visits import visits

    inside = visits(legs, buffer(ground, limit_m))
    return inside[0].window if inside else Window(start_ms=legs[0].start_ms, end_ms=legs[-1].end_ms)


def _grounds(context: Context) -> Mapping[str, Footprint]:
    """Id of a fishing ground to its shape, for those that have one."""
    traffic = context.exercise.traffic
    found: dict[str, Footprint] = {}
    for id_, fleet in (traffic.fishing if traffic is not None else {}).items():
        area = context.exercise.areas.get(fleet.area)
        footprint = fleet.footprint if area is None else area.footprint
        if footprint is not None:
            found[id_] = footprint
    return found


def _ground_title(context: Context, ground: str) -> str:
    """`F1 (West)`, or `F1` where it has a shape of its own."""
    traffic = context.exercise.traffic
    area = context.exercise.areas.get(traffic.fishing[ground].area) if traffic is not None else None
    return ground if area is None else f"{ground} ({area.name or area.id})"


_SHARE = Limit(
    name="fishing_ground_share",
    kind=Kind.RATIO,
    default=0.0,
    meaning="A danger area may cover this share of a fishing ground.",
)
_DANGERS = frozenset({Hazard.FIRING, Hazard.WARNING, Hazard.UNDERWATER})


@rule(
    code="WS305",
    name="danger-on-fishing-ground",
    severity=Severity.WARNING,
    summary="A firing danger area, or submarines and towed or dipped sonar, are put on a fishing ground.",
    why=(
        "Vessels with their gear out cannot clear an area at once, and those who live by the ground will protest: "
        "exercises have been moved for it. Move the serial off the ground, or settle it with those who fish there and "
        "accept this finding."
    ),
    source=f"UN Convention on the Law of the Sea, article 87(2): due regard; {JUDGEMENT}",
    limits=(_SHARE,),
    bad=f"""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {{firing: ALFA, safety: BRAVO}}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
{_TRAFFIC.strip()}
""",
    good="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T00:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
traffic:
  fishing:
    F1: {circle: {centre: 38-55.0N 134-00.0E, radius: 5 nm}}
""",
)
def danger_on_a_fishing_ground(context: Context) -> Iterator[Remark]:
    """One remark for each serial and ground."""
    grounds = _grounds(context)
    if not grounds:
        return
    from waterspace.geometry.footprints import area_m2

    claims = [
        claim
        for claim in context.reservations
        if claim.hazard in _DANGERS and (claim.hazard is Hazard.UNDERWATER or claim.band.meets(SURFACE))
    ]
    names = list(grounds)
    for near in nearest_claims(claims, list(grounds.values()), 0.0):
        claim, ground, window = near.claim, names[near.place], time_of(near.claim)
        shared = shared_m2(claim.footprint, grounds[ground], window)
        whole_m2 = area_m2(grounds[ground])
        ratio = shared / whole_m2 if whole_m2 > 0.0 else 1.0
        limit = context.limit(_SHARE)
        if ratio <= limit:
            continue
        side = format_distance(shared**0.5)
        message = (
            f"{sentence(context.claim_title(claim))} lies on {ratio:.0%} of the fishing ground "
            f"{_ground_title(context, ground)} near {at(near.position)} (as much as a square of {side}), "
            f"{span(window)}. Move it off the ground, or settle it with those who fish there."
        )
        yield Remark(
            message=message,
            subjects=(claim.owner, ground),
            path=("serials", claim.owner),
            position=near.position,
            window=window,
            shapes=(Overlap(claim.footprint, grounds[ground], window),),
            amount=Amount(round(100.0 * ratio, 1), round(100.0 * limit, 1), "%"),
        )
