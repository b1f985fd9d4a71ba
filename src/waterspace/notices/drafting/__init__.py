"""Drafts of the notices that an exercise needs: what is told, by whom, in how many texts."""

from waterspace.notices.drafting.drafts import draft_all, drafted
from waterspace.notices.drafting.proposing import proposed
from waterspace.notices.drafting.told import Drafted

__all__ = ["Drafted", "draft_all", "drafted", "proposed"]
