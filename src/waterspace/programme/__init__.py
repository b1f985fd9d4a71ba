"""The programme that the serials make together: times, plans, passages, planned tracks."""

from waterspace.programme.build import Programme, SerialPlan, build, plan_serial
from waterspace.programme.passages import Passage, Sortie

__all__ = ["Passage", "Programme", "SerialPlan", "Sortie", "build", "plan_serial"]
