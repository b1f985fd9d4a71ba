"""Resources (WS1): units, aircraft, decks, fuel and time are there when a serial wants them."""

__all__: list[str] = []
