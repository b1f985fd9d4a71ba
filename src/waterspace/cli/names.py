"""Names of units and nations that a person types, held against those of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["require_known"]


def require_known(given: Sequence[str], known: Iterable[str], noun: str, option: str) -> None:
    """Refuse a name that no plan has, with the nearest that one has.

    Args:
        given: as typed.
        known: of the plan, or of all the plans that were named.
        noun: what they name, such as `unit`.
        option: the option's name, for the message.

    Raises:
        BadParameter: a name is not among them.
    """
    from waterspace.planfile.scalars import near_miss_or_all

    choices = tuple(dict.fromkeys(known))
    for name in given:
        if name not in choices:
            advice = near_miss_or_all(name, choices) or f"The plan has no {noun}s."
            raise typer.BadParameter(f"no {noun} is called {name!r}. {advice}", param_hint=option)
