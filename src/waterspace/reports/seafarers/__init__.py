"""Cards for fishermen and yachts: a notice in plain words with a small chart, one sheet of A4 for each draft."""

from waterspace.reports.seafarers.page import as_card
from waterspace.reports.seafarers.words import CardWords, card_words

__all__ = ["CardWords", "as_card", "card_words"]
