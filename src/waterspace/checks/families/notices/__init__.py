"""Notices (WS5): the outside is told, rightly and in time."""

__all__: list[str] = []
