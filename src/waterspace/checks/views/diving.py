"""Diving: where a submarine is submerged, and where the plan does not say whether it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.views.intrusion import runs, serials_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.checks.context import Context
    from waterspace.domain import Leg

__all__ = ["depth_unsaid", "on_passage"]


def depth_unsaid(legs: Sequence[Leg]) -> list[list[Leg]]:
    """The passages of a submarine, of which no plan gives a depth, in runs without a gap of time.

    A leg of a serial has the depth of its serial, and at none it is on the surface. Between serials nothing is said,
    and a submarine on passage is as a rule submerged. Where it waits before it first moves, and after it last does, it
    lies where it came from or where it ends up, and is left out.

    Args:
        legs: the whole track, in order of time.
    """
    told = [number for number, leg in enumerate(legs) if leg.serial or not leg.is_wait]
    under_way = legs[told[0] : told[-1] + 1] if told else ()
    return runs(leg for leg in under_way if not leg.serial)


def on_passage(context: Context, unit: str, time_ms: int) -> str:
    """What a unit does then: `on its way from S1 (Transit) to S2 (Anti-submarine search)`."""
    origin, destination = serials_around(context, unit, time_ms)
    onward = f" to {context.serial_title(destination)}" if destination else ""
    return f"on its way from {context.serial_title(origin) if origin else 'its start'}{onward}"
