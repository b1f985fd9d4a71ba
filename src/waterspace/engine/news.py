"""News: word that reaches the script of a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import WakeReason

__all__ = ["News"]


class News(NamedTuple):
    """Word that reaches a script unasked.

    Attributes:
        reason: `MESSAGE`, `ORDERED`, `INJECT` or `FAILED`.
        sender: id of the unit or inject that it comes from; empty where it comes from outside.
    """

    reason: WakeReason
    text: str
    sender: str
    data: Mapping[str, float | int | str]
