"""Whether the day allows what a serial wants to do: flying, replenishment, boats, firing.

The limits are those of the serial: its own conditions and what its type needs. What is not known is never taken for
good: it is told apart from what is exceeded, and the caller says which of the two stops work.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.domain import Window
from waterspace.domain.schedule import join_windows
from waterspace.errors import ModelError
from waterspace.quantity import knots, nautical_miles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from waterspace.environment.metoc.weather import Conditions

__all__ = ["Limits", "Verdict", "judge", "stopped_windows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What work bears. None for what does not matter to it.

    Attributes:
        sea_state_max: highest Douglas sea state, 0 to 9.
        wind_max_mps: strongest mean wind.
        visibility_min_m: least visibility.
    """

    sea_state_max: int | None = None
    wind_max_mps: float | None = None
    visibility_min_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the day says to the limits.

    Attributes:
        exceeded: what forbids the work, in words with both numbers.
        unknown: limits to which nobody can say anything.
    """

    exceeded: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def allows(self) -> bool:
        """Whether nothing that is known forbids the work."""
        return not self.exceeded


def judge(limits: Limits, conditions: Conditions) -> Verdict:
    """Hold the conditions against the limits; what equals a limit is within it."""
    exceeded, unknown = [], []
    sea, wind, sight = limits.sea_state_max, limits.wind_max_mps, limits.visibility_min_m
    if sea is not None and conditions.sea_state is None:
        unknown.append("sea state")
    elif sea is not None and conditions.sea_state is not None and conditions.sea_state > sea:
        exceeded.append(f"sea state {conditions.sea_state}, limit {sea}")
    if wind is not None and conditions.wind_mps is None:
        unknown.append("wind")
    elif wind is not None and conditions.wind_mps is not None and conditions.wind_mps > wind:
        exceeded.append(f"wind {knots(conditions.wind_mps):.0f} kn, limit {knots(wind):.0f} kn")
    if sight is not None and conditions.visibility_m is None:
        unknown.append("visibility")
    elif sight is not None and conditions.visibility_m is not None and conditions.visibility_m < sight:
        seen = f"{nautical_miles(conditions.visibility_m):.1f} nm"
        exceeded.append(f"visibility {seen}, least {nautical_miles(sight):.1f} nm")
    return Verdict(exceeded=tuple(exceeded), unknown=tuple(unknown))


def stopped_windows(
    limits: Limits, window: Window, known: Callable[[int], Conditions], changes_ms: Iterable[int]
) -> tuple[Window, ...]:
    """When known weather forbids the work within a window; in order of time, those that touch joined.

    Args:
        limits: of the work.
        window: in which it is to be done.
        known: the conditions at an instant.
        changes_ms: instants at which conditions may change, in any order: the ends of the spells of a schedule, or
            hours where they come from fields; in between, those at the earlier instant hold.

    Raises:
        ModelError: the window ends before it begins.
    """
    if window.end_ms < window.start_ms:
        raise ModelError(f"the window from {window.start_ms} to {window.end_ms} ms ends before it begins")
    inside = {time_ms for time_ms in changes_ms if window.start_ms < time_ms < window.end_ms}
    times_ms = sorted(inside | {window.start_ms, window.end_ms})
    return join_windows(
        Window(start_ms=start_ms, end_ms=end_ms)
        for start_ms, end_ms in itertools.pairwise(times_ms)
        if not judge(limits, known(start_ms)).allows
    )
