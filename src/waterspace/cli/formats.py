"""How a command writes its answer: in words for a person, or as JSON for a program."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Format"]


class Format(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"
