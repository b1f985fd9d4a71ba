"""Chance as numbers from 0 to below 1, and what the models refuse to compute with."""

from __future__ import annotations

import math
from copy import deepcopy
from typing import TYPE_CHECKING

from waterspace.errors import ModelError

if TYPE_CHECKING:
    import numpy as np

__all__ = ["above_zero", "as_draw", "as_ratio", "common_draws", "from_zero"]


def common_draws(stream: np.random.Generator, count: int) -> tuple[float, ...]:
    """Numbers from 0 to 1 that every script of a serial reads alike, because the stream itself is not moved on."""
    return tuple(float(value) for value in deepcopy(stream).random(count))


def as_draw(draw_ratio: float) -> float:
    """A drawn number, as given.

    Raises:
        ModelError: it is not from 0 to below 1.
    """
    if not 0.0 <= draw_ratio < 1.0:
        raise ModelError(f"found a draw of {draw_ratio}; expected a number from 0 to below 1, as a generator gives")
    return draw_ratio


def as_ratio(name: str, share_ratio: float) -> float:
    """A probability or a share, as given.

    Raises:
        ModelError: it is not from 0 to 1.
    """
    if not 0.0 <= share_ratio <= 1.0:
        raise ModelError(f"{name} is {share_ratio}; expected a number from 0 to 1")
    return share_ratio


def above_zero(**given: float) -> None:
    """Refuse what must be above 0 and is not.

    Args:
        given: numbers under their names.

    Raises:
        ModelError: with the name and value of the first that is 0, negative, infinite or no number.
    """
    for name, value in given.items():
        if not 0.0 < value < math.inf:
            raise ModelError(f"{name} is {value}; expected a finite number above 0")


def from_zero(**given: float) -> None:
    """Refuse what must not be below 0 and is.

    Args:
        given: numbers under their names.

    Raises:
        ModelError: with the name and value of the first that is negative, infinite or no number.
    """
    for name, value in given.items():
        if not 0.0 <= value < math.inf:
            raise ModelError(f"{name} is {value}; expected a finite number of 0 or more")
