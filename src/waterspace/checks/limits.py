"""Limits: the numbers in rules that a staff may change, each with its unit, its meaning and where it comes from."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from waterspace import notation
from waterspace.errors import NotationError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ASSUMED", "Kind", "Limit", "UnusableLimitError", "read"]

ASSUMED = "assumed"
"""What stands as the source of a number that no publication gives."""


class Kind(StrEnum):
    """What a limit measures, and so how it is written."""

    DISTANCE = "distance"
    HEIGHT = "height"
    DURATION = "duration"
    SPEED = "speed"
    ANGLE = "angle"
    COUNT = "count"
    RATIO = "share"


class _Writing(NamedTuple):
    parse: Callable[[str], float]
    write: Callable[[float], str]
    expected: str


def _whole(value: float) -> str:
    return f"{value:g}"


_WRITINGS: Mapping[Kind, _Writing] = {
    Kind.DISTANCE: _Writing(notation.parse_distance, notation.format_distance, notation.DISTANCE),
    Kind.HEIGHT: _Writing(notation.parse_height, notation.format_height, notation.HEIGHT),
    Kind.DURATION: _Writing(notation.parse_duration, lambda ms: notation.format_duration(round(ms)), notation.DURATION),
    Kind.SPEED: _Writing(notation.parse_speed, notation.format_speed, notation.SPEED),
    Kind.ANGLE: _Writing(notation.parse_angle, lambda deg: f"{deg:g} degrees", notation.ANGLE),
    Kind.COUNT: _Writing(notation.parse_count, _whole, notation.COUNT),
    Kind.RATIO: _Writing(notation.parse_ratio, _whole, notation.RATIO),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number in a rule that a staff may change, under `check.limits` of the file or in `waterspace.toml`.

    Attributes:
        name: unique among all rules, such as `notice_least_lead`.
        kind: what it measures.
        default: in SI, degrees or milliseconds.
        meaning: what it bounds, in one sentence.
        source: where the number comes from; `ASSUMED` where nobody gives it.
    """

    name: str
    kind: Kind
    default: float
    meaning: str
    source: str = ASSUMED

    def parse(self, text: str) -> float:
        """A text of the staff as a number.

        Raises:
            NotationError: it is not one of this kind, or below nought.
        """
        value = float(_WRITINGS[self.kind].parse(text))
        if value < 0.0 and self.kind is not Kind.HEIGHT:
            raise NotationError(text, _WRITINGS[self.kind].expected, "a limit is nought or more")
        return value

    def write(self, value: float) -> str:
        """A number as a person reads it."""
        return _WRITINGS[self.kind].write(value)

    @property
    def expected(self) -> str:
        """What a text is to be, in words."""
        return _WRITINGS[self.kind].expected


class UnusableLimitError(NotationError):
    """A limit that does not exist, or is set to what it cannot be."""

    def __init__(self, name: str, text: str, sentence: str) -> None:
        """As a sentence about a limit and the text that was given for it."""
        super().__init__(text, f"another text for the limit {name}", sentence)
        self.name = name
        self.sentence = sentence


def read(given: Mapping[str, str], known: Iterable[Limit]) -> tuple[dict[str, float], dict[str, str]]:
    """Limits as numbers, and what is wrong with those that are not.

    Args:
        given: name to text.
        known: all that there are.

    Returns:
        Name to number; name to a sentence, for those that do not exist or are no such number.
    """
    by_name = {limit.name: limit for limit in known}
    values: dict[str, float] = {}
    wrong: dict[str, str] = {}
    for name, text in given.items():
        limit = by_name.get(name)
        if limit is None:
            close = difflib.get_close_matches(name, sorted(by_name), n=1, cutoff=0.6)
            advice = f"did you mean {close[0]}?" if close else "`waterspace rule CODE` names those of a rule."
            wrong[name] = f"No rule has a limit {name}; {advice}"
            continue
        try:
            values[name] = limit.parse(text)
        except NotationError as error:
            usual = limit.write(limit.default)
            wrong[name] = f"The limit {name} is {text!r}, but {error.expected} is expected; without it, it is {usual}."
    return values, wrong
