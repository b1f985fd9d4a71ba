"""Notices that an exercise needs: from its reservations to drafts, which `waterspace.messages.writing` writes."""

from waterspace.notices.drafting import drafts

__all__ = ["drafts"]
