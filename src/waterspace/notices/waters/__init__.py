"""The waters of a notice: their names, their navigational areas, and where a territorial sea cuts a place."""

__all__: list[str] = []
