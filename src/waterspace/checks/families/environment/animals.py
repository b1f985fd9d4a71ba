"""Environment (WS4): whales, seals and turtles are watched for where they live, far enough and long enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.limits import Kind, Limit
from waterspace.checks.rule import JUDGEMENT, Remark, rule
from waterspace.checks.words import at, extent, lasting, listing
from waterspace.domain import Amount, Hazard, Reservation, Severity, Window
from waterspace.notation import format_distance
from waterspace.quantity import MINUTE_MS, YARD_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from waterspace.checks.context import Context
    from waterspace.domain import Habitat
    from waterspace.geometry.meeting import Clash
    from waterspace.geometry.separation import IndexArray

__all__ = ["animal_watch_missing", "animal_watch_short"]

_NOISY = frozenset({Hazard.FIRING, Hazard.UNDERWATER})
_DISTANCE = Limit(
    name="animal_watch_distance",
    kind=Kind.DISTANCE,
    default=70.0 * YARD_M,
    meaning="A watch that stops firing or noise only for animals nearer than this is spoken of.",
    source="mitigation of US Navy gunnery, Federal Register of 16 July 2021: 70 yd; sinking exercises: 1.0 nm",
)
_DELAY = Limit(
    name="animal_watch_delay",
    kind=Kind.DURATION,
    default=30 * MINUTE_MS,
    meaning="Going on sooner than this after the last sighting is spoken of.",
    source="50 CFR 218, mitigation: an animal unseen for 30 min",
)
_BEFORE = Limit(
    name="animal_watch_before",
    kind=Kind.DURATION,
    default=15 * MINUTE_MS,
    meaning="A watch that begins less than this before the serial is spoken of.",
)


@rule(
    code="WS413",
    name="animal-watch-missing",
    severity=Severity.ADVICE,
    summary="Firing or underwater noise meets a habitat in its season, and nobody watches for animals.",
    why=(
        "Shells, charges and sonar harm whales, seals and turtles. Where a habitat is known, a lookout who stops the "
        "serial in time costs nothing; without one, permits fall and exercises are moved after protest."
    ),
    source=(
        "NMFS mitigation for US Navy training (Federal Register of 16 July 2021; 50 CFR 218): observe before and "
        f"during, cease, wait; habitats as the file gives them; {JUDGEMENT}"
    ),
    bad="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T02:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
context:
  habitats:
    H1: {name: Feeding ground, species: fin whale, circle: {centre: 38-35N 134-05E, radius: 10 nm}}
""",
    good="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T02:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
    animal_watch: {distance: 100 yd, delay: 30 min, before: 30 min}
notices:
  N1: {kind: navarea, covers: S1, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T05:00Z}
context:
  habitats:
    H1: {name: Feeding ground, species: fin whale, circle: {centre: 38-35N 134-05E, radius: 10 nm}}
""",
)
def animal_watch_missing(context: Context) -> Iterator[Remark]:
    """One remark for each serial and each habitat that it meets, about the first meeting."""
    if not context.exercise.habitats:
        return
    for (id_, habitat_id), clash in _met(context).items():
        habitat = context.exercise.habitats[habitat_id]
        of = f" ({habitat.species})" if habitat.species else ""
        message = (
            f"{context.serial_title(id_)}{context.area_title(id_)} meets the habitat {habitat.name or habitat_id}{of} "
            f"near {at(clash.position)}, {extent(clash)}, and has no `animal_watch`. Say at which distance it stops "
            "for animals, and for how long."
        )
        yield Remark(message=message, subjects=(id_, habitat_id), path=("serials", id_), clash=clash)


def _met(context: Context) -> Mapping[tuple[str, str], Clash]:
    """Serial without a watch and habitat to their first meeting."""
    from waterspace.geometry.reservations.index import ReservationIndex

    claims = tuple(
        claim
        for claim in context.reservations
        if claim.hazard in _NOISY and context.exercise.serials[claim.owner].animal_watch is None
    )
    if not claims:
        return {}
    always = Window(
        start_ms=min(claim.windows[0].start_ms for claim in claims),
        end_ms=max(claim.windows[-1].end_ms for claim in claims),
    )
    grounds = tuple(_claim(id_, habitat, always) for id_, habitat in context.exercise.habitats.items())
    ours = len(claims)

    def matters(first: IndexArray, second: IndexArray) -> NDArray[np.bool_]:
        wanted: NDArray[np.bool_] = (first < ours) != (second < ours)
        return wanted

    met = ReservationIndex((*claims, *grounds)).meetings(matters)
    found: dict[tuple[str, str], Clash] = {}
    for k in range(len(met)):
        first, second = sorted((int(met.first[k]), int(met.second[k])))
        pair, clash = (claims[first].owner, grounds[second - ours].owner), met.clash(k)
        if pair not in found or clash.window < found[pair].window:
            found[pair] = clash
    return dict(sorted(found.items()))


def _claim(id_: str, habitat: Habitat, always: Window) -> Reservation:
    return Reservation(
        id=f"{id_}/habitat",
        owner=id_,
        name=habitat.name,
        footprint=habitat.footprint,
        band=habitat.band,
        windows=habitat.windows or (always,),
        hazard=Hazard.NONE,
        provenance=habitat.provenance,
    )


@rule(
    code="WS414",
    name="animal-watch-short",
    severity=Severity.WARNING,
    summary="The watch for animals stops the serial too late, waits too short, or begins too late.",
    why=(
        "A whale dives for twenty minutes and more: whoever goes on sooner fires at an animal that is still there. "
        "For the sinking of a target with live ordnance set the distance to 1 nm."
    ),
    source=(
        "mitigation of US Navy gunnery, Federal Register of 16 July 2021: 70 yd; sinking exercises: 1.0 nm; 50 CFR "
        f"218: an animal unseen for 30 min; how long before is {JUDGEMENT}"
    ),
    bad="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T02:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
    animal_watch: {distance: 50 yd, delay: 10 min, before: 30 min}
""",
    good="""
serials:
  S1:
    type: gunnery
    area: WEST
    units: {firing: ALFA, safety: BRAVO}
    start: 2026-06-08T02:00Z
    duration: 2 h
    objectives: O1
    safety_officer: Executive officer, Bravo
    animal_watch: {distance: 70 yd, delay: 30 min, before: 30 min}
notices:
  N1: {kind: navarea, covers: S1, originator: JPN, planned: 2026-05-31T00:00Z, cancel: 2026-06-08T05:00Z}
""",
    limits=(_DISTANCE, _DELAY, _BEFORE),
)
def animal_watch_short(context: Context) -> Iterator[Remark]:
    """One remark for each serial with a watch that falls short of a limit."""
    least_m, wait_ms, early_ms = (context.limit(limit) for limit in (_DISTANCE, _DELAY, _BEFORE))
    for id_, window in context.windows.items():
        watch = context.exercise.serials[id_].animal_watch
        if watch is None:
            continue
        short = []
        if watch.distance_m < least_m:
            words = f"stops for animals within {format_distance(watch.distance_m)} (limit {format_distance(least_m)})"
            short.append((words, Amount(value=watch.distance_m, limit=least_m, unit="m")))
        for found_ms, limit_ms, words in (
            (watch.delay_ms, wait_ms, "goes on {} after the last sighting (limit {})"),
            (watch.before_ms, early_ms, "watches for {} before it begins (limit {})"),
        ):
            if found_ms < limit_ms:
                said = words.format(lasting(found_ms), lasting(round(limit_ms)))
                amount = Amount(value=found_ms / MINUTE_MS, limit=limit_ms / MINUTE_MS, unit="min")
                short.append((said, amount))
        if short:
            said = listing([words for words, _ in short])
            message = f"{context.serial_title(id_)}{context.area_title(id_)} {said}. Watch farther, or longer."
            yield Remark(
                message=message,
                subjects=(id_,),
                path=("serials", id_, "animal_watch"),
                position=context.area_position(id_),
                window=window,
                amount=short[0][1],
            )
