"""The promulgation plan: what is handed in, to whom, by when, and when it is cancelled."""

from waterspace.notices.promulgation.calendar import Entry, as_calendar
from waterspace.notices.promulgation.history import as_entries_so_far
from waterspace.notices.promulgation.plan import Promulgation, Step, Task, promulgation_plan
from waterspace.notices.promulgation.sheet import as_entries, as_json, as_text

__all__ = [
    "Entry",
    "Promulgation",
    "Step",
    "Task",
    "as_calendar",
    "as_entries",
    "as_entries_so_far",
    "as_json",
    "as_text",
    "promulgation_plan",
]
