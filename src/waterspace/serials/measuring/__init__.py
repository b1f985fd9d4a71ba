"""What serial types share when they look for things and when they measure: hunts, spans of time, numbers with names."""

__all__ = ["hunt", "spans"]
