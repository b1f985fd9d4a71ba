"""What all scripts of a serial work out alike: worked out once, by the first that asks."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["once_for_all"]

StageT = TypeVar("StageT")
Result = TypeVar("Result")
Given = ParamSpec("Given")


def once_for_all(
    work: Callable[Concatenate[StageT, Given], Result],
) -> Callable[Concatenate[StageT, Given], Result]:
    """A function of a stage that gives every script of that stage the same answer.

    What it finds must follow from the briefing, the plan and common draws, so that it does not matter who asks first
    or when; whatever else it is given must follow from the stage. The answer is forgotten with the stage.
    """
    known: WeakKeyDictionary[StageT, Result] = WeakKeyDictionary()

    @functools.wraps(work)
    def asked(stage: StageT, /, *given: Given.args, **named: Given.kwargs) -> Result:
        if stage not in known:
            known[stage] = work(stage, *given, **named)
        return known[stage]

    return asked
