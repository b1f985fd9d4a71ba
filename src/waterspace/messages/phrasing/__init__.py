"""Phrases that forms of notices share: positions, lengths, times, headings and cancellations."""

__all__: list[str] = []
