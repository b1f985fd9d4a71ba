"""Small writer of SVG: elements as text, numbers short, every text escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from waterspace.geometry.geodesic import FloatArray

    Points = tuple[FloatArray, FloatArray]
    """Abscissae to the right and ordinates down, in pixels, each of shape (n,)."""

__all__ = ["content", "element", "number", "path_data", "text"]

_STEPS = 10
"""Steps in a pixel that coordinates are rounded to."""


def number(value: float) -> str:
    """A number with at most one digit after the point, and no more characters than it needs."""
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def element(name: str, attributes: Mapping[str, str | float], *inner: str) -> str:
    """An element; attributes that are numbers are shortened, the content is taken as it is."""
    written = "".join(
        f' {key}="{escape(value) if isinstance(value, str) else number(value)}"' for key, value in attributes.items()
    )
    inside = "".join(inner)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def text(words: str, attributes: Mapping[str, str | float]) -> str:
    """A line of text."""
    return element("text", attributes, content(words))


def content(words: str) -> str:
    """Words as the content of an element; what XML cannot hold is left out."""
    return escape("".join(character for character in words if _can_be_held(character)), quote=False)


def path_data(lines: Iterable[Points], *, is_closed: bool) -> str:
    """The data of a path: each line begins anew; points that fall on their forerunner are left out."""
    return "".join(_line_data(x, y, "z" if is_closed else "") for x, y in lines)


def _can_be_held(character: str) -> bool:
    return character >= " " and not "\ud800" <= character <= "\udfff" and character not in "\ufffe\uffff"


def _line_data(x: FloatArray, y: FloatArray, end: str) -> str:
    steps = np.rint(np.stack((x, y), axis=1) * _STEPS).astype(np.int64)
    if len(steps) < 2:  # a line has two ends
        return ""
    moves = np.diff(steps, axis=0)
    moves = moves[np.any(moves != 0, axis=1)]
    if not len(moves):
        return ""
    first_x, first_y = (_short(value) for value in steps[0].tolist())
    return f"M{first_x},{first_y}l" + " ".join(f"{_short(a)},{_short(b)}" for a, b in moves.tolist()) + end


def _short(steps: int) -> str:
    """A whole number of steps in pixels."""
    return f"{steps / _STEPS:g}"
