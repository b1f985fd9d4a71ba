"""A card for each unit: what it does in the exercise, on one page, as values, text and HTML."""

from waterspace.reports.cards.make import make_cards
from waterspace.reports.cards.values import Card

__all__ = ["Card", "make_cards"]
