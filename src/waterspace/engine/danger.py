"""Who matters to a hot danger area: one answer, for the watch on a range and for whoever decides to begin.

A claim matters where it endangers those who have no part in the serial. To one that takes up the surface every stranger
afloat matters; and every unit of the exercise that has no part in the serial, at whatever height the claim takes up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.domain import SURFACE, Leg, Medium, Window, join_windows
from waterspace.engine.range_words import may_reach
from waterspace.geometry import legs as geometry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from waterspace.domain import Reservation
    from waterspace.engine.sea import Sea

__all__ = ["endangering", "is_open_to_ships", "stays", "unit_legs", "unit_stays", "visits"]


def endangering(reservations: Iterable[Reservation]) -> tuple[Reservation, ...]:
    """Those of some claims from which others must be kept out while they are in force."""
    return tuple(claim for claim in reservations if claim.hazard.endangers_shipping)


def is_open_to_ships(claim: Reservation) -> bool:
    """Whether a ship that takes no part matters to a claim: it takes up the surface."""
    return claim.band.meets(SURFACE)


def stays(
    sea: Sea, reservations: Iterable[Reservation], own: Collection[str], window: Window
) -> Iterator[tuple[str, Window]]:
    """Who matters to the danger areas among some claims, and when each is inside one, within a window.

    Args:
        sea: of the run.
        reservations: of a serial; those that endanger nobody are passed over.
        own: ids of the units that take part in it.
        window: from now on.
    """
    for claim in endangering(reservations):
        if is_open_to_ships(claim):
            yield from sea.around.stays(claim.footprint, window)
        for unit in sea.fleet.movers:
            if unit not in own:
                yield from ((unit, stay) for stay in unit_stays(sea, claim, unit, window))


def unit_stays(sea: Sea, claim: Reservation, unit: str, window: Window) -> tuple[Window, ...]:
    """When a unit of the exercise is inside a claim on its present course; where that ends, a ship stays."""
    return visits(claim, [leg for leg in unit_legs(sea, unit, window.end_ms) if _in_band(claim, leg)], window)


def visits(claim: Reservation, legs: Sequence[Leg], window: Window) -> tuple[Window, ...]:
    """When a track is inside the footprint of a claim, within a window."""
    legs = [leg for leg in legs if leg.end_ms > window.start_ms]
    if not any(may_reach(claim.footprint, leg) for leg in legs):
        return ()
    from waterspace.geometry.compiled.fleet import Fleet

    found = Fleet.of(_runs(legs)).visits(claim.footprint, window.start_ms, window.end_ms)
    times = zip(found.start_ms.tolist(), found.end_ms.tolist(), strict=True)
    return join_windows(Window(start_ms=start_ms, end_ms=end_ms) for start_ms, end_ms in times)


def unit_legs(sea: Sea, unit: str, until_ms: int) -> tuple[Leg, ...]:
    """What a unit has run and runs now; a ship that has nothing to run stays. None for one that is carried."""
    mover = sea.fleet[unit]
    medium = sea.exercise.medium(unit)
    if mover.aboard is not None or medium is Medium.SHORE:
        return ()
    now_ms, legs = sea.kernel.now_ms, tuple(mover.legs)
    from_ms = max(now_ms, legs[-1].end_ms) if legs else now_ms
    if legs and legs[-1].end_ms < now_ms:
        wait = Window(start_ms=legs[-1].end_ms, end_ms=now_ms)
        legs = (*legs, geometry.hold(legs[-1].end, wait, legs[-1].height_m))
    if medium is Medium.AIR or from_ms >= until_ms:
        return legs
    here = legs[-1].end if legs else mover.position(now_ms)
    height_m = legs[-1].height_m if legs else mover.height_m(now_ms)
    return (*legs, geometry.hold(here, Window(start_ms=from_ms, end_ms=until_ms), height_m))


def _in_band(claim: Reservation, leg: Leg) -> bool:
    """Whether what runs a leg is at a height that the claim takes up."""
    return claim.band.floor_m <= leg.height_m < claim.band.ceiling_m


def _runs(legs: Sequence[Leg]) -> list[tuple[Leg, ...]]:
    """Legs as tracks without gaps in time."""
    runs: list[list[Leg]] = []
    for leg in legs:
        if runs and runs[-1][-1].end_ms == leg.start_ms:
            runs[-1].append(leg)
        else:
            runs.append([leg])
    return [tuple(run) for run in runs]
