"""Environment (WS4): light, weather, depth, land and animals allow what is planned."""

__all__: list[str] = []
