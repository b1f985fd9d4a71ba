"""Weather and sea: fields from files, schedules, scales, drift."""

__all__ = ["drift", "fields", "sea_scales", "weather"]
