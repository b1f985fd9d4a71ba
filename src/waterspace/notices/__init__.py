"""Notices that an exercise needs: from its reservations to drafts, which `waterspace.messages.writing` writes."""

from waterspace.notices.drafting import draft_all

__all__ = ["draft_all"]
