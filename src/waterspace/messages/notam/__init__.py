"""Read NOTAMs: their fields, the schedule of item D, the areas of item E, and what contradicts itself."""

from waterspace.messages.notam.reader import SERIES, is_notam, read_notam

__all__ = ["SERIES", "is_notam", "read_notam"]
