"""Messages of the Automatic Identification System: bits, sentences, and the figures of area notices."""

__all__: list[str] = []
