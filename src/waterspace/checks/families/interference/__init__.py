"""Mutual interference (WS2): serials do not endanger one another."""

__all__: list[str] = []
