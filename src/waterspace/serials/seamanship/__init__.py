"""What serial types share: stations, racetracks, search patterns, danger areas, anchorages."""

__all__: list[str] = []
