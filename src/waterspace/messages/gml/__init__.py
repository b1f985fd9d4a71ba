"""Geography Markup Language in the profile of S-100: the geometry of S-124, read."""

__all__: list[str] = []
