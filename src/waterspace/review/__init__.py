"""What a run came to: planned against actual, distances, approaches, measures."""

from waterspace.review.assess import rehearse

__all__ = ["rehearse"]
