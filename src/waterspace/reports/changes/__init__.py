"""What changed from one plan to another, for each unit and each nation, as values, text, JSON and a page."""

from waterspace.reports.changes.compare import compare
from waterspace.reports.changes.values import Change, ChangeKind, Comparison, NationChanges, UnitChanges

__all__ = ["Change", "ChangeKind", "Comparison", "NationChanges", "UnitChanges", "compare"]
