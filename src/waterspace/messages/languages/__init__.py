"""Languages: the words of cards and of national texts, one TOML file each, that a speaker can read and mend."""

from waterspace.messages.languages.tables import CODES, Language, Standing, language, parse

__all__ = ["CODES", "Language", "Standing", "language", "parse"]
"""A file is checked whenever it is loaded: every name of the English file, every word in braces."""
