"""Third parties and law (WS3): shipping, fishing, airmen, other states and other exercises."""

__all__: list[str] = []
