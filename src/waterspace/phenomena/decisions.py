"""What a commander does when something stands in the way of a serial: written beforehand, as rules in order.

A policy is data. Deciding looks at a situation and returns what to do and why; it changes nothing, draws nothing and
asks nobody, so that the same situation always has the same answer. Where no rule fits, the serial is scrubbed.
"""

from __future__ import annotations

from dataclasses import dataclass

from waterspace.domain.policy import (
    Action,
    Condition,
    GoOn,
    Policy,
    Postpone,
    Scrub,
    SwapArea,
    Trouble,
    Verb,
)
from waterspace.quantity import MINUTE_MS

__all__ = ["Decision", "Situation", "decide"]


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
        can_go_on: every role can be filled with those who are there.
    """

    serial: str
    trouble: Trouble
    now_ms: int
    postponed_ms: int = 0
    clears_ms: int | None = None
    latest_ms: int | None = None
    free_areas: tuple[str, ...] = ()
    ready_count: int = 0
    can_go_on: bool = True


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
        if _holds(rule.when, situation):
            decision = _carried_out(rule.then, situation, number)
            if decision is not None:
                return decision
    reason = f"{situation.serial}: {situation.trouble.text}, and no rule of the policy helps; it is scrubbed."
    return Decision(verb=Verb.SCRUB, reason=reason)


def _holds(when: Condition, situation: Situation) -> bool:
    """Whether the situation is one of those that a rule speaks of."""
    if when.troubles and situation.trouble not in when.troubles:
        return False
    if situation.ready_count < when.ready_min_count:
        return False
    if when.clears_within_ms is None:
        return True
    return situation.clears_ms is not None and situation.clears_ms - situation.now_ms <= when.clears_within_ms


def _carried_out(action: Action, situation: Situation, number: int) -> Decision | None:
    """The decision that an action comes to, or None where it cannot be carried out now."""
    why = f"{situation.serial}: {situation.trouble.text}; by rule {number}"
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
            reason = f"{why} it moves to {area}."
            return None if area is None else Decision(verb=Verb.SWAP_AREA, area=area, rule=number, reason=reason)
        case GoOn():
            on = Decision(verb=Verb.GO_ON, rule=number, reason=f"{why} it goes on.")
            return on if situation.can_go_on else None
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
