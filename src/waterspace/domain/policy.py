"""What a commander is to do when something stands in the way of a serial: written beforehand, as rules in order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from waterspace.domain.place import Provenance
from waterspace.errors import ModelError
from waterspace.notation import format_duration

__all__ = [
    "Action",
    "Condition",
    "GoOn",
    "Policy",
    "Postpone",
    "Rule",
    "Scrub",
    "SwapArea",
    "Trouble",
    "Verb",
    "WrittenPolicy",
]


class Trouble(StrEnum):
    """What stands in the way."""

    LATE = "late"
    WEATHER = "weather"
    DARK = "dark"
    AREA_OCCUPIED = "area occupied"
    STRANGER = "stranger"
    BREAKDOWN = "breakdown"
    NO_LINK = "no link"

    @property
    def text(self) -> str:
        """In words."""
        return _TEXTS[self]


_TEXTS = {
    Trouble.LATE: "units late",
    Trouble.WEATHER: "weather beyond limits",
    Trouble.DARK: "darkness",
    Trouble.AREA_OCCUPIED: "area occupied",
    Trouble.STRANGER: "stranger in the danger area",
    Trouble.BREAKDOWN: "unit out of action",
    Trouble.NO_LINK: "no communications",
}


class Verb(StrEnum):
    """What is done."""

    POSTPONE = "postpone"
    SWAP_AREA = "swap area"
    GO_ON = "go on"
    SCRUB = "scrub"


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
            message = f"a postponement by {format_duration(self.step_ms)} decides nothing; expected a step above 0"
            raise ModelError(message)
        if self.at_most_ms < self.step_ms:
            raise ModelError(
                f"a postponement by {format_duration(self.step_ms)} and at most {format_duration(self.at_most_ms)} can "
                "never be made; expected a limit of one step or more"
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
class WrittenPolicy:
    """A policy as the exercise file holds it.

    Attributes:
        serials: ids of the serials that it is for; empty for every serial that no other policy names.
    """

    id: str
    policy: Policy
    serials: tuple[str, ...] = ()
    provenance: Provenance = Provenance()
