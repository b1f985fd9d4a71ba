"""What may go otherwise than planned, as models of the file's keys: policies, breakdowns, communications.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from pydantic import model_validator

from waterspace.domain.policy import Action, Condition, GoOn, Policy, Postpone, Rule, Scrub, SwapArea, Verb
from waterspace.errors import ModelError
from waterspace.planfile.contradiction import Contradiction, ContradictionError
from waterspace.planfile.pieces import Fact, Wire
from waterspace.planfile.scalars import AtLeast
from waterspace.planfile.values import (
    DistanceAboveZero,
    Duration,
    DurationOfAMinute,
    Some,
    Text,
    Texts,
    TroubleWords,
    VerbWord,
    WeibullShape,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BreakdownWire", "LinkWire", "PolicyRuleWire", "PolicyWire"]

_RULE = "a rule that can be carried out"


@contextmanager
def _refusing(said: str, expected: str) -> Iterator[None]:
    """Make a fault of what the model refuses."""
    try:
        yield
    except ModelError as error:
        raise ContradictionError(Contradiction(said=f"{said}: {error}", expected=expected, advice="")) from None


class PolicyRuleWire(Wire):
    """One rule: when it speaks, and what is then done."""

    when: TroubleWords = ()
    """What stands in the way; without it, anything."""
    ready: Some | None = None
    """Only where so many units are there and fit."""
    clears_within: Duration | None = None
    """Only where the trouble is expected to be over within this time."""
    then: VerbWord
    """What is done: postpone, swap area, go on or scrub."""
    by: DurationOfAMinute | None = None
    """Of a postponement: how far the start is put off each time, at least; a minute or more."""
    at_most: Duration | None = None
    """Of a postponement: how far in all."""
    areas: Texts = ()
    """Of a swap: ids of the areas to move to, the best first."""

    def rule(self) -> Rule:
        """The rule.

        Raises:
            ModelError: it can never be carried out.
        """
        when = Condition(
            troubles=frozenset(self.when), ready_min_count=self.ready or 0, clears_within_ms=self.clears_within
        )
        return Rule(when=when, then=self._action())

    def _action(self) -> Action:
        match self.then:
            case Verb.POSTPONE:
                if self.by is None or self.at_most is None:
                    raise ModelError("a postponement says by how much at a time (by), and in all (at_most)")
                return Postpone(step_ms=self.by, at_most_ms=self.at_most)
            case Verb.SWAP_AREA:
                return SwapArea(areas=self.areas)
            case Verb.GO_ON:
                return GoOn()
            case Verb.SCRUB:
                return Scrub()

    @model_validator(mode="after")
    def _can_be_carried_out(self) -> PolicyRuleWire:
        stray = [
            key
            for key, verb in (("by", Verb.POSTPONE), ("at_most", Verb.POSTPONE), ("areas", Verb.SWAP_AREA))
            if getattr(self, key) not in {None, ()} and self.then is not verb
        ]
        if stray:
            keys = " and ".join(stray)
            says = "say" if len(stray) > 1 else "says"
            raise ContradictionError(
                Contradiction(
                    said=f"cannot be carried out as it stands: {keys} {says} nothing where the rule is to {self.then}",
                    expected=_RULE,
                    advice=f"Remove {keys}, or change then.",
                )
            )
        with _refusing("can never be carried out", _RULE):
            self.rule()
        return self


class PolicyWire(Fact):
    """What the commander is to do when something stands in the way of a serial; the first rule that fits decides."""

    serials: Texts = ()
    """Ids of the serials it is for; without it, every serial that no other policy names."""
    rules: Annotated[tuple[PolicyRuleWire, ...], AtLeast(1, "rules")]
    """In order; where none fits, the serial is scrubbed."""

    def policy(self) -> Policy:
        """The policy."""
        return Policy(rules=tuple(rule.rule() for rule in self.rules))

    @model_validator(mode="after")
    def _every_rule_can_be_reached(self) -> PolicyWire:
        with _refusing("has a rule that is never reached", "rules that can all be reached"):
            self.policy()
        return self


class BreakdownWire(Fact):
    """How often units break down, and how long they take to repair. Nothing breaks down where this is not given."""

    units: Texts = ()
    """Ids of units or groups; without it, every unit that no other entry names."""
    every: DurationOfAMinute
    """Mean time between breakdowns, under way or not; a minute or more."""
    repair: DurationOfAMinute
    """Mean time to repair; a minute or more."""
    shape: WeibullShape = 1.0
    """Weibull's shape of the time to a breakdown, 0.1 to 20: 1 where age says nothing, more where things wear out."""


class LinkWire(Fact):
    """A means of communication. Where none is given, word arrives at once everywhere."""

    name: Text = ""
    """Such as VHF channel 72."""
    units: Texts = ()
    """Ids of the units or groups that have it; without it, all have it."""
    range: DistanceAboveZero | None = None
    """How far it reaches; without it, line of sight over the radio horizon."""
    delay: Duration = 0
    """From sending to arrival."""
    outage_every: DurationOfAMinute | None = None
    """Mean time between outages of one unit's set, a minute or more; without it, it never fails."""
    outage: DurationOfAMinute | None = None
    """Mean length of an outage; a minute or more."""

    @model_validator(mode="after")
    def _outages_have_both(self) -> LinkWire:
        if (self.outage_every is None) != (self.outage is None):
            given, lacking = ("outage", "outage_every") if self.outage_every is None else ("outage_every", "outage")
            raise ContradictionError(
                Contradiction(
                    at=(given,),
                    said=f"says half of what is needed: {given} is given without {lacking}",
                    expected="outage_every and outage, or neither",
                    advice="Give both, or neither.",
                )
            )
        return self
