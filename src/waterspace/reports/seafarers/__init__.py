"""Cards for fishermen and yachts: a notice in plain words with a small chart, one sheet of A4 for each draft."""

from waterspace.reports.seafarers.page import as_card
from waterspace.reports.seafarers.words import ENGLISH, CardWords

__all__ = ["ENGLISH", "CardWords", "as_card"]
