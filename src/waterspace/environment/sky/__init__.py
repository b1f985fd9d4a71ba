"""Sun and moon: rising, setting, twilights, altitudes, and windows of time that follow them."""

__all__ = ["light", "moon", "schedules", "sun"]
