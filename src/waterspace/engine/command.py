"""The commander of a run: what the written policies say when something stands in the way of a serial.

Where no policy of the file speaks of a trouble, practice does (assumed): a serial waits for weather and for light step
by step and is given up when its patience is over; it goes on without a link, and where another exercise or a stranger
is in its area, for the watch on the range checks fire by itself; late units and breakdowns are waited for as the
conductor does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from waterspace.domain.policy import Condition, GoOn, Policy, Postpone, Rule, SwapArea, Trouble
from waterspace.notation import format_duration
from waterspace.phenomena.decisions import Decision, Situation, decide
from waterspace.quantity import HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from waterspace.domain import Exercise

__all__ = ["PATIENCE_MS", "Commander"]

PATIENCE_MS: Final = 2 * HOUR_MS
"""How long a serial waits for late units, or for weather, once its time has come (assumed).

A latest start in the file takes its place, and then holds against whatever is missing.
"""

_WAITED_FOR: Final = frozenset({Trouble.WEATHER, Trouble.DARK})
_WAITING: Final = Policy(
    rules=(
        Rule(
            when=Condition(troubles=_WAITED_FOR),
            then=Postpone(step_ms=30 * MINUTE_MS, at_most_ms=PATIENCE_MS),
        ),
    )
)
_GOING_ON: Final = Policy(rules=(Rule(when=Condition(), then=GoOn()),))


class Commander:
    """Decides by what is written, and by practice where nothing is."""

    def __init__(self, exercise: Exercise) -> None:
        policies = exercise.policies.values()
        common = next((written.policy for written in policies if not written.serials), None)
        self._policies = dict.fromkeys(exercise.serials, common)
        for written in reversed(tuple(policies)):
            self._policies |= dict.fromkeys(written.serials, written.policy)

    def speaks_of(self, serial: str, trouble: Trouble) -> bool:
        """Whether a policy of the file says what to do about a trouble of a serial."""
        policy = self._policies.get(serial)
        return policy is not None and any(
            not rule.when.troubles or trouble in rule.when.troubles for rule in policy.rules
        )

    def areas(self, serial: str) -> tuple[str, ...]:
        """Ids of the areas to which a policy may move a serial, the best first."""
        policy = self._policies.get(serial)
        rules = () if policy is None else policy.rules
        return tuple(
            dict.fromkeys(area for rule in rules if isinstance(rule.then, SwapArea) for area in rule.then.areas)
        )

    def decide(self, situation: Situation) -> Decision:
        """What is done."""
        policy = self._policies.get(situation.serial)
        if policy is not None and self.speaks_of(situation.serial, situation.trouble):
            return decide(policy, situation)
        decision = decide(_WAITING if situation.trouble in _WAITED_FOR else _GOING_ON, situation)
        about = f"{situation.serial}: {situation.trouble.text}"
        if decision.until_ms is None:
            reason = f"{about}, for longer than it is waited for; it is scrubbed."
        else:
            reason = f"{about}; it is postponed by {format_duration(decision.until_ms - situation.now_ms)}."
        return replace(decision, rule=0, reason=reason)
