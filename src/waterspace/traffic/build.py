"""Everything that a traffic plan asks for, from a seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from waterspace.traffic import fishing, merchant
from waterspace.traffic.tracks import Traffic, joined

if TYPE_CHECKING:
    from waterspace.traffic.plan import TrafficPlan

__all__ = ["build"]


def build(plan: TrafficPlan, seed: int, progress: Callable[[float], None] = lambda _: None) -> Traffic:
    """The merchant ships, then the fishing vessels of each ground.

    The same plan and seed give the same traffic everywhere. Vessels of one kind, and of one ground, do not change those
    of another.

    Args:
        plan: what is asked for.
        seed: of all chance in it.
        progress: is told how much of the lanes that have to be computed is done, 0 to 1; it is not called where all
            are known.

    Raises:
        GeometryError: nothing can be sailed, or a fishing ground has no water.
        NotationError: a home port is not known.
        RouteError: there is no way from a home port to its ground.
    """
    return joined(
        [
            merchant.build(plan, seed, progress),
            *(fishing.build(ground, plan, seed, progress) for ground in plan.grounds),
        ]
    )
