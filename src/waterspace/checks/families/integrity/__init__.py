"""Integrity (WS0): what the file says of itself holds together."""

__all__: list[str] = []
