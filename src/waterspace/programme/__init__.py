"""The programme that the serials make together: times, plans, passages, planned tracks."""

from waterspace.programme.build import Programme, SerialPlan, build
from waterspace.programme.passages import Passage, Sortie

__all__ = ["Passage", "Programme", "SerialPlan", "Sortie", "build"]
