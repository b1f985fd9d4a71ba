"""What a commander does when something stands in the way of a serial: written beforehand, as rules in order.

A policy is data. Deciding looks at a situation and returns what to do and why; it changes nothing, draws nothing and
asks nobody, so that the same situation always has the same answer. Where no rule fits, the serial is scrubbed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from waterspace.errors import ModelError
from waterspace.quantity import MINUTE_MS

__all__ = [
    "Action",
    "Condition",
    "Decision",
    "GoOn",
    "Policy",
    "Postpone",
    "Rule",
    "Scrub",
    "Situation",
    "SwapArea",
    "Trouble",
    "Verb",
    "decide",
]


class Trouble(StrEnum):
    """What stands in the way."""

    LATE = "units late"
    WEATHER = "weather beyond limits"
    AREA_OCCUPIED = "area occupied"
    STRANGER = "stranger in the danger area"
    BREAKDOWN = "unit out of action"
    NO_LINK = "no communications"


class Verb(StrEnum):
    """What is done."""

    POSTPONE = "postpone"
    SWAP_AREA = "swap area"
    GO_ON = "go on"
    SCRUB = "scrub"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a commander knows when a decision is due.

    Attributes:
        serial: id, for the message.
        trouble: what stands in the way.
        now_ms: milliseconds since 1970.
        postponed_ms: by how much the serial has been put off so far, 0 or more.
        clears_ms: when the trouble is expected to be over; None where nobody knows.
        latest_ms: the serial may not start after; None for no limit.
        free_areas: ids of areas that are free now and fit the serial.
        ready_count: units that are there and fit.
    """

    serial: str
    trouble: Trouble
    now_ms: int
    postponed_ms: int = 0
    clears_ms: int | None = None
    latest_ms: int | None = None
    free_areas: tuple[str, ...] = ()
    ready_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a rule speaks. What is left out does not matter.

    Attributes:
        troubles: any of these; all where it is empty.
        ready_min_count: so many units must be there and fit.
        clears_within_ms: the trouble must be expected to be over within this time; where nobody knows, it is not.
    """

    troubles: frozenset[Trouble] = frozenset()
    ready_min_count: int = 0
    clears_within_ms: int | None = None

    def holds(self, situation: Situation) -> bool:
        """Whether the situation is one of these."""
        if self.troubles and situation.trouble not in self.troubles:
            return False
        if situation.ready_count < self.ready_min_count:
            return False
        if self.clears_within_ms is None:
            return True
        return situation.clears_ms is not None and situation.clears_ms - situation.now_ms <= self.clears_within_ms

    @property
    def always(self) -> bool:
        """Whether every situation is one of these."""
        return not self.troubles and self.ready_min_count <= 0 and self.clears_within_ms is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Postpone:
    """Put the serial off, step by step, or at once until the trouble is expected to be over.

    Attributes:
        step_ms: at least this much each time, above 0.
        at_most_ms: in all, no less than one step.
    """

    step_ms: int
    at_most_ms: int

    def __post_init__(self) -> None:
        """Refuse a step of nothing, and a limit that allows none."""
        if self.step_ms <= 0:
            raise ModelError(f"a postponement by {self.step_ms} ms decides nothing; expected a step above 0")
        if self.at_most_ms < self.step_ms:
            raise ModelError(
                f"a postponement by {self.step_ms} ms and at most {self.at_most_ms} ms can never be made; "
                "expected a limit of one step or more"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapArea:
    """Hold the serial in another area, the first of these that is free.

    Attributes:
        areas: ids, in order of preference; at least one.
    """

    areas: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a swap with nothing to swap to."""
        if not self.areas:
            raise ModelError("a swap of areas names no area; expected at least one")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn:
    """Go on all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrub:
    """Do not hold the serial."""


Action: TypeAlias = "Postpone | SwapArea | GoOn | Scrub"
"""What a rule does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of a policy."""

    when: Condition
    then: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Rules in order: the first that speaks and can be carried out decides.

    Attributes:
        rules: none means that every trouble scrubs.
    """

    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rules that nothing can reach."""
        for number, rule in enumerate(self.rules[:-1], start=1):
            if rule.when.always and isinstance(rule.then, GoOn | Scrub):
                raise ModelError(
                    f"rule {number} of {len(self.rules)} decides every situation, so that no later rule is ever read; "
                    "move it to the end or say when it holds"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is done and why.

    Attributes:
        until_ms: to when the serial is put off; None unless it is.
        area: id of the other area; empty unless areas are swapped.
        rule: number of the rule that decided, from 1; 0 where none did.
        reason: one sentence for the log.
    """

    verb: Verb
    until_ms: int | None = None
    area: str = ""
    rule: int = 0
    reason: str = ""


def decide(policy: Policy, situation: Situation) -> Decision:
    """What the policy says to a situation; nothing is changed by asking."""
    for number, rule in enumerate(policy.rules, start=1):
        if rule.when.holds(situation):
            decision = _carried_out(rule.then, situation, number)
            if decision is not None:
                return decision
    reason = f"{situation.serial}: {situation.trouble}, and no rule of the policy helps; it is scrubbed."
    return Decision(verb=Verb.SCRUB, reason=reason)


def _carried_out(action: Action, situation: Situation, number: int) -> Decision | None:
    """The decision that an action comes to, or None where it cannot be carried out now."""
    why = f"{situation.serial}: {situation.trouble}; by rule {number}"
    match action:
        case Postpone():
            until_ms = _postponed_to_ms(action, situation)
            if until_ms is None:
                return None
            minutes = round((until_ms - situation.now_ms) / MINUTE_MS)
            reason = f"{why} it is postponed by {minutes} min."
            return Decision(verb=Verb.POSTPONE, until_ms=until_ms, rule=number, reason=reason)
        case SwapArea():
            area = next((area for area in action.areas if area in situation.free_areas), None)
            if area is None:
                return None
            return Decision(verb=Verb.SWAP_AREA, area=area, rule=number, reason=f"{why} it moves to {area}.")
        case GoOn():
            return Decision(verb=Verb.GO_ON, rule=number, reason=f"{why} it goes on.")
        case Scrub():
            return Decision(verb=Verb.SCRUB, rule=number, reason=f"{why} it is scrubbed.")


def _postponed_to_ms(action: Postpone, situation: Situation) -> int | None:
    """The new start: a step on, or when the trouble is over if that is known and later; None for too late."""
    until_ms = situation.now_ms + action.step_ms
    if situation.clears_ms is not None:
        until_ms = max(until_ms, situation.clears_ms)
    if situation.postponed_ms + until_ms - situation.now_ms > action.at_most_ms:
        return None
    return until_ms if situation.latest_ms is None or until_ms <= situation.latest_ms else None
