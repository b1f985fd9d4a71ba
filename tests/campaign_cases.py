"""A small exercise with luck in it, quick to rehearse, for campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from source_tree import ROOT
from waterspace.planfile import Document, loads

if TYPE_CHECKING:
    from waterspace.domain import Exercise

__all__ = ["PASSEX", "TEXT", "passex"]

PASSEX = ROOT / "examples" / "passex.exercise.yaml"

TEXT = PASSEX.read_text(encoding="utf-8").replace(
    "duration: 2 h, objectives: O2,", "duration: 2 h, objectives: O2, reaction: 20 s, evolutions: 8,"
)


def passex(**texts: str) -> Exercise:
    """The example with a reaction time of its own, and whatever else is asked for."""
    document = Document(TEXT.encode(), "passex.exercise.yaml")
    return loads(
        document.replace_all({key.replace("__", "."): text for key, text in texts.items()}).content, document.file
    )
