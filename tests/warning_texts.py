"""A warning of one sentence, for tests of what single words do."""

from __future__ import annotations

from collections.abc import Iterable

from waterspace.messages.reading import Doubt, Message, Reading
from waterspace.messages.warnings import read_warning

__all__ = ["AREA", "read", "told"]

AREA = "IN AREA BOUND BY 12-30.0N 110-20.0E, 12-40.0N 110-20.0E, 12-40.0N 110-40.0E"


def read(words: str) -> Reading:
    """The reading of a HYDROPAC warning that says these words."""
    return read_warning(Message(id="x", text=f"010000Z MAR 26\nHYDROPAC 100/26.\nSOUTH CHINA SEA.\n{words}."))


def told(reading: Reading, notes: Iterable[Doubt]) -> list[str]:
    """The words that notes stand at."""
    return [reading.message.text[note.span.start : note.span.end] for note in notes]
