"""The simulation kernel and the rehearsal that runs on it."""

from waterspace.engine.rehearsal import rehearse

__all__ = ["rehearse"]
