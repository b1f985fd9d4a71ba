"""What was sent, word for word, and what a changed plan makes of it."""

__all__: list[str] = []
