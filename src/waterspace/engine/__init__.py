"""The simulation kernel and the rehearsal that runs on it."""

from waterspace.engine.checkpoint import (
    Checkpoint,
    read_checkpoint,
    resume,
    take_checkpoint,
    write_checkpoint,
)
from waterspace.engine.instruments import Instrument, View
from waterspace.engine.log import first_difference
from waterspace.engine.rehearsal import Outcome, Rehearsal, rehearse

__all__ = [
    "Checkpoint",
    "Instrument",
    "Outcome",
    "Rehearsal",
    "View",
    "first_difference",
    "read_checkpoint",
    "rehearse",
    "resume",
    "take_checkpoint",
    "write_checkpoint",
]
