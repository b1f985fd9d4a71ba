"""Contradictions: values of a mapping that can each be read, and do not go together."""

from __future__ import annotations

from dataclasses import dataclass

from waterspace.errors import NotationError

__all__ = ["Contradiction", "ContradictionError"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One of them.

    Attributes:
        said: what is wrong, as the rest of a sentence that begins with the path.
        expected: what would go together, in words.
        advice: what to do.
        at: where it shows, as a path below the mapping; empty for the mapping itself.
    """

    said: str
    expected: str
    advice: str
    at: tuple[str, ...] = ()


class ContradictionError(NotationError):
    """A mapping contradicts itself.

    Attributes:
        contradictions: all of them.
    """

    def __init__(self, *contradictions: Contradiction) -> None:
        self.contradictions = contradictions
        first = contradictions[0]
        super().__init__("a mapping", first.expected, first.said)
