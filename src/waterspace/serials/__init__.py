"""Serial types, one module each, and the programme that they make together."""

__all__: list[str] = []
