"""What a run came to: planned against actual, distances, approaches, measures."""

from waterspace.review.assess import assess, rehearse

__all__ = ["assess", "rehearse"]
