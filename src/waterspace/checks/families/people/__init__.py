"""Safety of people (WS6): rest, rescue, care and communications."""

__all__: list[str] = []
